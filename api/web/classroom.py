"""What the classroom's pages ask beyond the service itself: the example, the class's code, who is here, the way in."""

import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from api.http.admission import lessons_of
from api.http.audience import CODE_LENGTH, CODE_LETTERS
from api.http.guard import COOKIE, Reader, Runner, audit
from api.http.problems import ProblemError
from api.http.service import Served, Service
from api.http.sheets import upload_sheet
from api.http.threads import ReadThread, upload_thread
from api.tokens import Token
from api.web.layout import HEADERS, DebateId
from api.web.seats import HERE_S, Waiting, names_in_seats, waiting_for
from debate.interventions import polls_open
from language.errors import Conflict
from transcripts.access import Access
from transcripts.lessons import SeatRequest

router = APIRouter(prefix="/classroom", include_in_schema=False)

TEACHER = "classroom teacher"
LESSON_S = 24 * 60 * 60
"""How long a teacher's key and a class's code are in force."""
_EXAMPLES = (Path(__file__).parent / "examples", Path(__file__).parents[2] / "examples")
"""In an installed package, and in the source tree."""


@dataclass(slots=True)
class Classroom:
    """What `rejoinder serve --classroom` printed, for as long as the server runs."""

    address: str
    """Where phones reach the service, such as "http://192.168.1.20:8000"."""
    ticket: str | None = field(default_factory=lambda: secrets.token_urlsafe(24))
    """The teacher link's secret; None once it has been used."""
    code: str = field(default_factory=lambda: new_code())
    """Leads pupils to the debate that was begun last."""

    @property
    def teacher_link(self) -> str:
        """Opens the classroom to the first who follows it."""
        return f"{self.address}/classroom/enter?ticket={self.ticket}"


class Code(BaseModel):
    """How pupils join a debate."""

    code: str
    address: str = Field(description="What they open")
    expires_at_ms: int


class Overview(BaseModel):
    """Who is here and what waits for the teacher."""

    status: str
    last_seq: int
    pupils: int
    ballots: dict[str, int] = Field(description="Ballots cast by poll, of those that are open")
    waiting: int = Field(description="Questions that wait to be released")
    here: int = Field(description="Pupils whose phones are there")
    groups: int
    wishes: list[SeatRequest] = Field(description="Pupils who would like a seat")
    seats: dict[str, str] = Field(description="Persona id to the name of who has the seat")
    waits_for: Waiting | None = Field(description="Whose words the debate waits for")
    guess_s: int


def new_code() -> str:
    """A join code that is read aloud without mistakes."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


@router.get("/enter")
async def enter(request: Request, service: Served, ticket: str = "") -> Response:
    """Follow the teacher link: once, for whoever comes first."""
    classroom: Classroom | None = getattr(request.app.state, "classroom", None)
    if classroom is None or classroom.ticket is None or not secrets.compare_digest(classroom.ticket, ticket):
        detail = "the teacher link works once; start the server again for a new one"
        raise ProblemError(403, "link-used", "This link is not in force", detail)
    classroom.ticket = None
    await _revoke_old_keys(service.access)
    token = Token("key", f"k{secrets.token_hex(6)}")
    await service.access.add_key(token.id, TEACHER, token.hash, ("run",))
    response = RedirectResponse("/teach", status_code=303, headers=HEADERS)
    response.set_cookie(COOKIE, token.text, httponly=True, samesite="strict", max_age=LESSON_S)
    return response


async def _revoke_old_keys(access: Access) -> None:
    oldest_ms = (time.time() - LESSON_S) * 1000
    for key in await access.list_keys():
        if key.name == TEACHER and key.revoked_at_ms is None and key.created_at_ms < oldest_ms:
            await access.revoke_key(key.id)


class Example(BaseModel):
    """The shipped example, uploaded."""

    read: ReadThread
    sheet: str = Field(description="Digest of its fact sheet")


@router.post("/example", status_code=201)
async def take_example(request: Request, actor: Runner, service: Served) -> Example:
    """Upload the discussion and the fact sheet that come with the program."""
    folder = next((one for one in _EXAMPLES if (one / "politburo" / "thread.txt").is_file()), None)
    if folder is None:
        raise ProblemError(404, "not-found", "No example", "this installation has no example; upload a thread")
    thread = _with_body(request, (folder / "politburo" / "thread.txt").read_bytes())
    read = await upload_thread(thread, Response(), actor, service, name="Politburo (example)")
    sheet = _with_body(request, (folder / "interwar-ussr.yaml").read_bytes())
    kept = await upload_sheet(sheet, Response(), actor, service)
    return Example(read=read, sheet=kept.digest)


def _with_body(request: Request, data: bytes) -> Request:
    """The same request, as if it had this body."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": data, "more_body": False}

    return Request(request.scope, receive)


@router.post("/debates/{debate_id}/code", status_code=201)
async def open_class(request: Request, debate_id: DebateId, actor: Runner, service: Served) -> Code:
    """The code with which pupils join this debate; the class's own code, where the server printed one, moves to it."""
    await service.store.get_summary(debate_id)
    # A group's pupils come in by the code of its class.
    debate_id = (await service.lessons.open(debate_id)).class_id
    in_force = await service.audience.codes(debate_id)
    if in_force:
        return _code(request, in_force[-1].code, in_force[-1].expires_at_ms)
    classroom: Classroom | None = getattr(request.app.state, "classroom", None)
    code = classroom.code if classroom is not None else new_code()
    while True:
        try:
            made = await service.audience.add_code(code, debate_id, actor.id, LESSON_S)
        except Conflict:
            if classroom is None:
                code = new_code()
            else:
                await service.audience.delete_code(code)
            continue
        await audit(service, request, actor, "audience.open", debate_id)
        return _code(request, made.code, made.expires_at_ms)


def _code(request: Request, code: str, expires_at_ms: int) -> Code:
    return Code(code=code, address=f"{_address(request)}/join", expires_at_ms=expires_at_ms)


def _address(request: Request) -> str:
    classroom: Classroom | None = getattr(request.app.state, "classroom", None)
    return classroom.address if classroom is not None else str(request.base_url).rstrip("/")


@router.get("/debates/{debate_id}/code.svg")
async def draw_code(request: Request, debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """The way to join, for a phone's camera."""
    import io

    import segno

    in_force = await service.audience.codes((await lessons_of(service, debate_id))[0].class_id)
    if not in_force:
        raise ProblemError(404, "not-found", "No code", f"debate {debate_id!r} is not open to pupils")
    drawn = io.BytesIO()
    address = f"{_address(request)}/join?code={in_force[-1].code}"
    segno.make(address, micro=False, error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers=HEADERS)


@router.get("/debates/{debate_id}/overview")
async def look_over(debate_id: DebateId, actor: Reader, service: Served) -> Overview:
    """Who is here and what waits for the teacher."""
    return await _overview(service, debate_id)


async def _overview(service: Service, debate_id: str) -> Overview:
    summary = await service.store.get_summary(debate_id)
    ballots = await service.audience.ballots(debate_id)
    transcript = await service.logs.transcript(debate_id)
    open_now = polls_open(transcript.events)
    questions = await service.audience.questions(debate_id)
    lessons = await lessons_of(service, debate_id)
    lesson = next(one for one in lessons if one.debate_id == debate_id)
    wishes = [one for one in await service.lessons.requests(debate_id) if one.state == "waiting"]
    return Overview(
        status=summary.status,
        last_seq=summary.last_seq,
        pupils=await service.audience.count_members(debate_id),
        ballots={one.poll: len(ballots.get(one.poll, {})) for one in open_now},
        waiting=sum(one.state == "waiting" for one in questions),
        here=await service.lessons.count_present(debate_id, HERE_S),
        groups=sum(one.is_group for one in lessons),
        wishes=wishes,
        seats=names_in_seats(lesson, transcript.events),
        waits_for=await waiting_for(service, lesson, transcript) if summary.status == "person" else None,
        guess_s=lesson.guess_s,
    )
