"""How much of a thread's claims a fact sheet speaks about, for whoever chooses a sheet."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.http.guard import Runner
from api.http.service import Served
from debate.referee.facts import FactSheet
from personas.thread import Post, Thread

router = APIRouter(prefix="/classroom/threads/{thread_id}", include_in_schema=False)

MOST_WORDS = 20_000
"""Of a longer thread so many words are looked at, from posts all over it: a teacher waits for the answer."""
MOST_GAPS = 12


class GapView(BaseModel):
    """A claim that the sheet does not speak about."""

    claim: str
    times: int
    posts: list[str]


class CoverageView(BaseModel):
    """How much of a thread a sheet speaks about."""

    claims: int = Field(description="Checkable claims that were looked at")
    covered: int
    posts: int = Field(description="Posts that were looked at")
    all_posts: int
    gaps: list[GapView]


@router.get("/coverage/{digest}")
async def look_at_coverage(thread_id: str, digest: str, actor: Runner, service: Served) -> CoverageView:
    """What of a thread's claims a sheet covers, and the gaps worth filling first."""
    found = await service.library.thread(thread_id)
    sheet = await service.library.sheet(digest)
    return await asyncio.to_thread(_measured, found.thread, sheet, found.motion)


def _measured(thread: Thread, sheet: FactSheet, motion: str) -> CoverageView:
    from api.referees import open_referee
    from debate.referee.curation import coverage
    from debate.referee.port import Background

    posts = sample(thread)
    texts = [(post.id, post.own_text) for post in posts]
    measured = coverage(texts, open_referee(sheet), Background(motion=motion))
    gaps = [GapView(claim=one.claim, times=one.times, posts=list(one.where)) for one in measured.gaps[:MOST_GAPS]]
    return CoverageView(
        claims=measured.claims, covered=measured.covered, posts=len(posts), all_posts=len(thread.posts), gaps=gaps
    )


def sample(thread: Thread) -> list[Post]:
    """Posts at even distances over the thread, with as many words together as are looked at."""
    sizes = [len(post.own_text.split()) for post in thread.posts]
    step = max(1.0, sum(sizes) / MOST_WORDS)
    places = dict.fromkeys(int(number * step) for number in range(int(len(thread.posts) / step)))
    return [thread.posts[place] for place in places]
