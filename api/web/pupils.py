"""What a pupil's phone asks: the way in, what it may do now, and the way into a group."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.admission import Joined, JoinRequest, admit, find_code, fitting_name, lessons_of
from api.http.guard import Actor, Watcher, holder
from api.http.problems import ProblemError
from api.http.service import Served, Service
from api.tokens import Token
from api.web.layout import DebateId
from api.web.leading import lead_on, leads, open_vote
from api.web.seats import Waiting, names_in_seats, waiting_for
from debate.seats import seats_taken
from language.errors import NotFound
from transcripts.lessons import Lesson, Naming, Pupil

router = APIRouter(prefix="/classroom", include_in_schema=False)

PLACE_COOKIE = "rejoinder_place"
"""Tells a phone that joins again, or in a second tab, from a new one; sent to the way in and nowhere else."""
PLACE_S = 24 * 60 * 60


class CodeTyped(BaseModel):
    """A code that somebody typed."""

    model_config = ConfigDict(extra="forbid")
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)]


class GroupChoice(BaseModel):
    """A group, as a pupil may choose it."""

    debate_id: str
    name: str
    pupils: int
    premise: str | None


class WayIn(BaseModel):
    """What a pupil has to say before they are in."""

    motion: str
    naming: Naming
    groups: list[GroupChoice]


class Place(BaseModel):
    """What a pupil is in the class, and what they may do now."""

    member: str
    nickname: str | None
    naming: Naming
    group: str | None = Field(description="Name of the group whose debate this is")
    groups: list[GroupChoice]
    class_id: str
    next_debate: str | None = Field(description="Where the class's code leads by now, if to another debate")
    status: str
    guess_s: int
    seats: dict[str, str] = Field(description="Persona id to the name of who has the seat")
    seat: str | None = Field(description="Persona whose seat is theirs")
    wanted: str | None = Field(description="Persona whose seat they asked for")
    refused: bool = Field(description="Whether their last request was refused")
    waiting: Waiting | None
    is_my_turn: bool
    questions: list["OwnQuestion"]
    is_leader: bool
    may_lead: bool = Field(description="Whether nobody leads the group now")


class OwnQuestion(BaseModel):
    """A question of theirs and what became of it."""

    id: str
    text: str
    state: str


@router.post("/look")
async def look(request: Request, body: CodeTyped, service: Served) -> WayIn:
    """What a code leads to."""
    code = await find_code(service, request, body.code)
    lessons = await lessons_of(service, code.debate_id)
    header = (await service.store.get(code.debate_id)).header
    return WayIn(motion=header.motion, naming=lessons[0].naming, groups=await _choices(service, lessons))


async def _choices(service: Service, lessons: list[Lesson]) -> list[GroupChoice]:
    choices = []
    for one in lessons:
        if one.is_group:
            header = (await service.store.get(one.debate_id)).header
            pupils = await service.audience.count_members(one.debate_id)
            choices.append(GroupChoice(debate_id=one.debate_id, name=one.name, pupils=pupils, premise=header.premise))
    return choices


@router.post("/join", status_code=201)
async def join_class(request: Request, response: Response, body: JoinRequest, service: Served) -> Joined:
    """Take a place in the class. A phone that has one already gets the same, so that nobody votes twice.

    The service's own cookie is not set, so that a teacher can try it beside the stage.
    """
    joined = await _place_again(request, body, service)
    if joined is None:
        joined = await admit(request, body, service)
        if body.group is not None:
            await service.lessons.set_leader(joined.debate_id, joined.member, instead_of=None)
    response.set_cookie(
        PLACE_COOKIE, joined.token, httponly=True, samesite="strict", max_age=PLACE_S, path="/classroom/join"
    )
    return joined


async def _place_again(request: Request, body: JoinRequest, service: Service) -> Joined | None:
    text = request.cookies.get(PLACE_COOKIE)
    before = await holder(text, service) if text else None
    if text is None or before is None or before.debate_id is None:
        return None
    code = await find_code(service, request, body.code)
    lessons = await lessons_of(service, code.debate_id)
    if before.debate_id != (body.group or code.debate_id):
        return None
    if body.nickname is not None:
        name = await fitting_name(service, lessons, body.nickname, before.id)
        await service.lessons.rename([before.id], name)
    return Joined(debate_id=before.debate_id, member=before.id, token=text)


@router.get("/debates/{debate_id}/me")
async def look_at_place(debate_id: DebateId, actor: Watcher, service: Served) -> Place:
    """What a pupil may do now; also tells that their phone is there."""
    if not actor.is_audience:
        raise ProblemError(403, "not-allowed", "Not allowed", "only a pupil has a place")
    await service.lessons.see(actor.id)
    transcript = await service.logs.transcript(debate_id)
    summary = await service.store.get_summary(debate_id)
    lesson = await service.lessons.of(debate_id) or Lesson(debate_id=debate_id, class_id=debate_id)
    seats = seats_taken(transcript.events)
    waiting = await waiting_for(service, lesson, transcript) if summary.status == "person" else None
    requests = [one for one in await service.lessons.requests(debate_id) if one.member == actor.id]
    questions = [one for one in await service.audience.questions(debate_id) if one.asker == actor.id]
    me = await _pupil(service, lesson, actor)
    nameless = lesson.naming == "anonymous"
    lessons = await lessons_of(service, debate_id)
    return Place(
        member=actor.id,
        nickname=None if nameless else me.nickname,
        naming=lesson.naming,
        group=lesson.name if lesson.is_group else None,
        groups=await _choices(service, lessons),
        class_id=lesson.class_id,
        next_debate=await _next_debate(service, lessons),
        status=summary.status,
        guess_s=lesson.guess_s,
        seats=names_in_seats(lesson, transcript.events),
        seat=next((persona for persona, one in seats.items() if one.member == actor.id), None),
        wanted=next((one.persona for one in requests if one.state == "waiting"), None),
        refused=bool(requests) and requests[-1].state == "refused",
        waiting=waiting,
        is_my_turn=waiting is not None and waiting.member == actor.id,
        questions=[OwnQuestion(id=one.id, text=one.text, state=one.state) for one in questions],
        is_leader=lesson.is_group and lesson.leader == actor.id,
        may_lead=lesson.is_group and lesson.leader != actor.id and not await leads(service, lesson),
    )


async def _pupil(service: Service, lesson: Lesson, actor: Actor) -> Pupil:
    found = next((one for one in await service.lessons.pupils([lesson.debate_id]) if one.id == actor.id), None)
    if found is None:
        raise NotFound(f"nobody {actor.id!r} is in this class")
    return found


async def _next_debate(service: Service, lessons: list[Lesson]) -> str | None:
    """Where the class went on: the debate of the latest code of whoever gave this class its own."""
    latest = await service.audience.latest_code()
    if latest is None or latest.debate_id in {one.debate_id for one in lessons}:
        return None
    main = await service.store.get_summary(lessons[0].class_id)
    other = await service.store.get_summary(latest.debate_id)
    is_closed = not await service.audience.codes(lessons[0].class_id)
    goes_on = is_closed and latest.owner == main.owner and other.created_at_ms > main.created_at_ms
    return latest.debate_id if goes_on else None


@router.post("/debates/{debate_id}/groups/{group_id}:join", status_code=201)
async def join_group(debate_id: DebateId, group_id: DebateId, actor: Watcher, service: Served) -> Joined:
    """Go on into a group of the class; the place in the whole class is kept."""
    lessons = await lessons_of(service, debate_id)
    if not actor.is_audience or group_id not in {one.debate_id for one in lessons if one.is_group}:
        raise NotFound(f"this class has no group {group_id!r}")
    for one in await service.lessons.pupils([group_id]):
        if one.joined_from == actor.id and not one.is_removed:
            return await _with_new_token(service, one)
    me = await _pupil(service, lessons[0], actor)
    member = await service.audience.admit(group_id, me.nickname, "-", me.expires_at_ms, joined_from=actor.id)
    await service.lessons.set_leader(group_id, member.id, instead_of=None)
    token = Token("member", member.id)
    await service.audience.set_hash(member.id, token.hash)
    return Joined(debate_id=group_id, member=member.id, token=token.text)


async def _with_new_token(service: Service, pupil: Pupil) -> Joined:
    token = Token("member", pupil.id)
    await service.audience.set_hash(pupil.id, token.hash)
    return Joined(debate_id=pupil.debate_id, member=pupil.id, token=token.text)


@router.post("/debates/{debate_id}/lead", status_code=204)
async def take_the_lead(debate_id: DebateId, actor: Watcher, service: Served) -> None:
    """Lead the group's debate, where nobody does."""
    lesson = await service.lessons.of(debate_id)
    if lesson is None or not lesson.is_group or not actor.is_audience:
        raise ProblemError(403, "not-allowed", "Not allowed", "only a group is led by a pupil")
    if await leads(service, lesson) or not await service.lessons.set_leader(
        debate_id, actor.id, instead_of=lesson.leader
    ):
        raise ProblemError(409, "led-already", "Somebody leads the group", "somebody leads this group already")


@router.post("/debates/{debate_id}/lead:next", status_code=204)
async def let_it_go_on(debate_id: DebateId, actor: Watcher, service: Served) -> None:
    """The next thing that happens in a group's debate: a poll is closed, a guess asked, a turn taken."""
    await _check_leader(service, debate_id, actor)
    await lead_on(service, actor, debate_id)


@router.post("/debates/{debate_id}/lead:vote", status_code=204)
async def let_it_vote(debate_id: DebateId, actor: Watcher, service: Served) -> None:
    """Ask the group for its vote."""
    await _check_leader(service, debate_id, actor)
    await open_vote(service, actor, debate_id)


async def _check_leader(service: Service, debate_id: str, actor: Actor) -> None:
    lesson = await service.lessons.of(debate_id)
    if lesson is None or not lesson.is_group or lesson.leader != actor.id:
        raise ProblemError(403, "not-allowed", "Not allowed", "another pupil leads this group")
