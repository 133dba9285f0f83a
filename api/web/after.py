"""The pages after a debate: what came of it, replay, two branches side by side, the handout."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from api.http.guard import Reader
from api.http.service import Served, Service
from api.web.comparison import compare
from api.web.layout import DebateId, page, page_in_parts
from api.web.lesson import sum_up
from api.web.pictures import NAMES, Picture
from api.web.results import drawing_of, foot_of_pages
from transcripts.store import StoredDebate

router = APIRouter(include_in_schema=False)

MOST_RELATIVES = 50


@dataclass(frozen=True, slots=True)
class Relative:
    """Another debate on the same thread."""

    debate: StoredDebate
    is_branch: bool
    """Whether both grew out of one debate."""


@router.get("/after/{debate_id}")
async def after_page(debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """What came of it."""
    transcript = await service.store.transcript(debate_id)
    draw = await drawing_of(service, debate_id, transcript)
    relatives = await _relatives(service, debate_id)

    def pictures() -> list[Picture]:
        drawn = draw()
        return [drawn[name] for name in NAMES if name in drawn]

    lesson = sum_up(transcript)
    return page_in_parts(
        "after", debate_id=debate_id, transcript=transcript, lesson=lesson, pictures=pictures, relatives=relatives
    )


@router.get("/replay/{debate_id}")
async def replay_page(debate_id: DebateId) -> Response:
    """The debate once more, at any moment of it."""
    return page("replay", debate_id=debate_id)


@router.get("/compare/{debate_id}/{other_id}")
async def compare_page(debate_id: DebateId, other_id: DebateId, actor: Reader, service: Served) -> Response:
    """Two debates side by side."""
    left, right = await service.store.transcript(debate_id), await service.store.transcript(other_id)
    return page("compare", debate_id=debate_id, both=compare(debate_id, left, other_id, right))


@router.get("/handout/{debate_id}")
async def handout_page(debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """A sheet to print and hand out."""
    transcript = await service.store.transcript(debate_id)
    lesson = sum_up(transcript)
    return page("handout", layout="base.html", debate_id=debate_id, transcript=transcript, lesson=lesson)


@router.get("/handout.css")
async def handout_foot() -> Response:
    """What stands at the foot of every printed page; its words are the catalogue's."""
    return Response(foot_of_pages(), media_type="text/css", headers={"Cache-Control": "no-cache"})


async def _relatives(service: Service, debate_id: str) -> list[Relative]:
    """Debates on the same thread, those that share a beginning first, then the newest first."""
    mine = await service.store.get(debate_id)
    if mine.thread_id is None:
        return []
    summaries = await service.store.list_debates(None, MOST_RELATIVES, None, mine.thread_id)
    debates = {one.id: await service.store.get(one.id) for one in summaries}
    debates[mine.id] = mine
    root = _root(debates, mine)
    found = [Relative(one, _root(debates, one) == root) for one in debates.values() if one.id != mine.id]
    return sorted(found, key=lambda one: not one.is_branch)


def _root(debates: dict[str, StoredDebate], debate: StoredDebate) -> str:
    """The debate that this one goes back to, as far as it is still there."""
    while (left := debate.header.branched_from) is not None:
        if left.debate not in debates:
            return left.debate
        debate = debates[left.debate]
    return debate.id
