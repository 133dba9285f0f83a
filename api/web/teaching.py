"""What a teacher sees and decides about the class: names, groups, seats, who contributed what."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http.admission import fitting_name, lessons_of
from api.http.audience import questions_as_named
from api.http.commands import BranchRequest, branch_debate, hand_over
from api.http.debates import Words
from api.http.guard import Reader, Runner, audit
from api.http.moderation import cleaned
from api.http.problems import ProblemError
from api.http.service import Served, Service
from api.web.contributions import COLUMNS, Contribution, Share, as_csv, contributions
from api.web.layout import HEADERS, DebateId, page
from api.web.seats import HERE_S, Waiting, leave_seats, names_in_seats, waiting_for
from api.web.texts import say
from debate.commands import LeaveSeat
from debate.interventions import polls_open
from debate.seats import seats_taken
from language.errors import CommandError, NotFound
from transcripts.audience import AudienceQuestion
from transcripts.lessons import Lesson, Naming, Pupil

router = APIRouter(include_in_schema=False)

MOST_GROUPS = 12


class ClassChange(BaseModel):
    """How pupils are named, and how long they have."""

    model_config = ConfigDict(extra="forbid")
    naming: Naming
    turn_s: int = Field(ge=30, le=900)
    guess_s: int = Field(ge=0, le=300)


class NewGroup(BaseModel):
    """A group, with a premise of its own where it is to argue under one."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=40)
    premise: Words | None = None


class NewGroups(BaseModel):
    """The groups that a class is split into."""

    model_config = ConfigDict(extra="forbid")
    groups: list[NewGroup] = Field(min_length=1, max_length=MOST_GROUPS)


class NameChange(BaseModel):
    """What a pupil is to be called; null for nothing."""

    model_config = ConfigDict(extra="forbid")
    nickname: str | None = Field(default=None, max_length=40)


class Leader(BaseModel):
    """Who is to lead a group."""

    model_config = ConfigDict(extra="forbid")
    member: str = Field(max_length=80)


class Wish(BaseModel):
    """A pupil would like a seat."""

    id: str
    who: str
    persona: str


class Seat(BaseModel):
    """A seat that somebody has."""

    persona: str
    by: str


class Group(BaseModel):
    """One debate of the class."""

    debate_id: str
    name: str
    is_group: bool
    motion: str
    premise: str | None
    status: str
    turns: int
    pupils: int
    here: int
    leader: str | None = Field(description="What whoever leads it is called")
    waiting_questions: int
    wishes: list[Wish]
    seats: list[Seat]
    waits_for: Waiting | None


class WholeClass(BaseModel):
    """Everything that the teacher's overview shows."""

    code: str | None
    naming: Naming
    turn_s: int
    guess_s: int
    groups: list[Group]
    pupils: list[Contribution]
    questions: list[AudienceQuestion] = Field(description="Of this debate, those that wait")


@router.get("/class/{debate_id}")
async def class_page(debate_id: DebateId) -> Response:
    """The teacher's overview."""
    return page("class", debate_id=debate_id, columns=COLUMNS)


@router.get("/classroom/debates/{debate_id}/class")
async def look_over_class(debate_id: DebateId, actor: Reader, service: Served) -> WholeClass:
    """Groups, seats, questions, and who contributed what."""
    await service.store.get_summary(debate_id)
    lessons = await lessons_of(service, debate_id)
    main = lessons[0]
    rows, pupils = await _rows(service, lessons)
    labels = {one.id: row.label for row in rows for one in pupils if row.member in (one.id, one.joined_from)}
    codes = await service.audience.codes(main.class_id)
    questions = await questions_as_named(service, debate_id)
    return WholeClass(
        code=codes[-1].code if codes else None,
        naming=main.naming,
        turn_s=main.turn_s,
        guess_s=main.guess_s,
        groups=[await _group(service, one, labels, pupils) for one in lessons],
        pupils=rows,
        questions=[one for one in questions if one.state == "waiting"],
    )


async def _rows(service: Service, lessons: list[Lesson]) -> tuple[list[Contribution], list[Pupil]]:
    shares = []
    for lesson in lessons:
        transcript = await service.logs.transcript(lesson.debate_id)
        ballots = await service.audience.ballots(lesson.debate_id)
        questions = await service.audience.questions(lesson.debate_id)
        names = {one.id: transcript.name(one.id) for one in transcript.header.participants}
        shares.append(Share(lesson, transcript.events, ballots, questions, names))
    pupils = await service.lessons.pupils([one.debate_id for one in lessons])
    here = await _here(service, pupils)
    nameless = lessons[0].naming == "anonymous"
    return contributions(shares, pupils, nameless=nameless, here=here), pupils


async def _here(service: Service, pupils: list[Pupil]) -> frozenset[str]:
    since_ms = await service.lessons.now_ms() - HERE_S * 1000
    return frozenset(one.id for one in pupils if (one.seen_at_ms or 0) > since_ms and not one.is_removed)


async def _group(service: Service, lesson: Lesson, labels: dict[str, str], pupils: list[Pupil]) -> Group:
    transcript = await service.logs.transcript(lesson.debate_id)
    summary = await service.store.get_summary(lesson.debate_id)
    wishes = [one for one in await service.lessons.requests(lesson.debate_id) if one.state == "waiting"]
    here = await _here(service, [one for one in pupils if one.debate_id == lesson.debate_id])
    questions = await service.audience.questions(lesson.debate_id)
    return Group(
        debate_id=lesson.debate_id,
        name=lesson.name or say("whole_class"),
        is_group=lesson.is_group,
        motion=transcript.header.motion,
        premise=transcript.header.premise,
        status=summary.status,
        turns=len(transcript.turns()),
        pupils=sum(one.debate_id == lesson.debate_id and not one.is_removed for one in pupils),
        here=len(here),
        leader=labels.get(lesson.leader) if lesson.leader is not None else None,
        waiting_questions=sum(one.state == "waiting" for one in questions),
        wishes=[Wish(id=one.id, who=labels.get(one.member, ""), persona=one.persona) for one in wishes],
        seats=[Seat(persona=one, by=by) for one, by in names_in_seats(lesson, transcript.events).items()],
        waits_for=await waiting_for(service, lesson, transcript),
    )


@router.get("/classroom/debates/{debate_id}/contributions.csv")
async def contributions_csv(debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """Who contributed what, for a spreadsheet."""
    await service.store.get_summary(debate_id)
    rows, _ = await _rows(service, await lessons_of(service, debate_id))
    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="contributions.csv"'}
    return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.put("/classroom/debates/{debate_id}/class", status_code=204)
async def change_class(
    request: Request, debate_id: DebateId, body: ClassChange, actor: Runner, service: Served
) -> None:
    """How pupils are named, and how long they have. Where no names are wanted, none is shown from now on."""
    await service.store.get_summary(debate_id)
    lesson = await service.lessons.open(debate_id)
    await service.lessons.change(lesson.class_id, body.naming, body.turn_s, body.guess_s)
    await audit(service, request, actor, "class.change", debate_id)


@router.post("/classroom/debates/{debate_id}/groups", status_code=201)
async def split_class(
    request: Request, debate_id: DebateId, body: NewGroups, actor: Runner, service: Served
) -> list[Lesson]:
    """Split a class: every group goes on from here in a debate of its own, under the same code."""
    lesson = await service.lessons.open(debate_id)
    transcript = await service.logs.transcript(lesson.class_id)
    if polls_open(transcript.events):
        raise CommandError("close the vote first")
    known = await service.lessons.groups(lesson.class_id)
    names = [cleaned(one.name) for one in body.groups]
    if len({*names, *(one.name for one in known)}) < len(names) + len(known) or "" in names:
        raise ProblemError(409, "name-taken", "A group has this name", "give every group a name of its own")
    if len(known) + len(names) > MOST_GROUPS + 1:
        raise CommandError(f"a class has at most {MOST_GROUPS} groups")
    made = []
    for name, group in zip(names, body.groups, strict=True):
        premise = {"premise": group.premise} if group.premise is not None else {}
        branch = BranchRequest(after_seq=len(transcript.events), start_paused=True, **premise)
        debate = await branch_debate(request, Response(), lesson.class_id, branch, actor, service)
        made.append(await service.lessons.add_group(debate.id, lesson.class_id, name))
        # Who had a seat before the class was split has it in the whole class, and in no group.
        for persona in seats_taken(transcript.events):
            await hand_over(service, actor, debate.id, LeaveSeat(persona=persona, by=say("teacher")))
    return made


@router.put("/classroom/debates/{debate_id}/leader", status_code=204)
async def choose_leader(request: Request, debate_id: DebateId, body: Leader, actor: Runner, service: Served) -> None:
    """Let another pupil lead a group."""
    lesson = await service.lessons.of(debate_id)
    pupils = await service.lessons.pupils([debate_id])
    if lesson is None or not any(body.member in (one.id, one.joined_from) and not one.is_removed for one in pupils):
        raise NotFound(f"nobody {body.member!r} is in this group")
    member = next(one.id for one in pupils if body.member in (one.id, one.joined_from))
    await service.lessons.set_leader(debate_id, member, instead_of=lesson.leader)
    await audit(service, request, actor, "group.leader", debate_id)


@router.put("/classroom/debates/{debate_id}/pupils/{member}/name", status_code=204)
async def rename_pupil(
    request: Request, debate_id: DebateId, member: str, body: NameChange, actor: Runner, service: Served
) -> None:
    """Call a pupil something else, or nothing."""
    places = await _places(service, debate_id, member)
    lessons = await lessons_of(service, debate_id)
    wanted = body.nickname if body.nickname and cleaned(body.nickname) else None
    name = await fitting_name(service, lessons, wanted, member) if wanted is not None else None
    await service.lessons.rename([one.id for one in places], name)
    await audit(service, request, actor, "pupil.rename", debate_id)


@router.delete("/classroom/debates/{debate_id}/pupils/{member}", status_code=204)
async def remove_pupil(request: Request, debate_id: DebateId, member: str, actor: Runner, service: Served) -> None:
    """Take a pupil's place away: their questions that wait are left, and their seat is given back."""
    places = await _places(service, debate_id, member)
    await service.lessons.remove([one.id for one in places])
    for one in places:
        await service.lessons.withdraw(one.debate_id, one.id)
        await leave_seats(service, one.debate_id, one.id, actor)
        for question in await service.audience.questions(one.debate_id):
            if question.asker == one.id and question.state == "waiting":
                await service.audience.settle_question(one.debate_id, question.id, "dismissed")
    await audit(service, request, actor, "pupil.remove", debate_id)


async def _places(service: Service, debate_id: str, member: str) -> list[Pupil]:
    lessons = await lessons_of(service, debate_id)
    pupils = await service.lessons.pupils([one.debate_id for one in lessons])
    found = [one for one in pupils if member in (one.id, one.joined_from)]
    if not found:
        raise NotFound(f"nobody {member!r} is in this class")
    return found
