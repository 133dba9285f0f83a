"""The audience of a debate: joining by a code, ballots, questions."""

import secrets

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http.admission import NOBODY, Joined, JoinRequest, admit, is_anonymous
from api.http.commands import CommandState, hand_over, settled
from api.http.debates import Words
from api.http.guard import COOKIE, Reader, Runner, Watcher, audit
from api.http.moderation import likeness, typed
from api.http.problems import ProblemError, responses
from api.http.service import Served, Service
from debate.commands import Ask
from debate.interventions import polls_open
from language.errors import CommandError, Conflict, NotFound
from transcripts.audience import AudienceQuestion, JoinCode

router = APIRouter(prefix="/v1", tags=["audience"])

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are taken for one another
CODE_LENGTH = 6
MOST_QUESTIONS_WAITING = 3
MOST_IN_A_QUESTION = 500


class CodeRequest(BaseModel):
    """How long a join code is in force."""

    model_config = ConfigDict(extra="forbid")
    lasts_minutes: int = Field(default=120, ge=1, le=60 * 24 * 14)


class Ballot(BaseModel):
    """A choice."""

    model_config = ConfigDict(extra="forbid")
    choice: str = Field(max_length=200, examples=["yes"])


class QuestionRequest(BaseModel):
    """A question from the floor."""

    model_config = ConfigDict(extra="forbid")
    to: str = Field(max_length=200, description="Persona id", examples=["maja"])
    text: Words


class QuestionQueue(BaseModel):
    """The audience's questions."""

    items: list[AudienceQuestion]


class Queued(BaseModel):
    """A question waits to be released."""

    id: str


@router.post("/debates/{debate_id}/join-codes", status_code=201, responses=responses(404, 409))
async def open_to_audience(
    request: Request, debate_id: str, body: CodeRequest, actor: Runner, service: Served
) -> JoinCode:
    """Make a code with which people may watch this one debate, vote and ask; nothing else."""
    await service.store.get_summary(debate_id)
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        try:
            made = await service.audience.add_code(code, debate_id, actor.id, body.lasts_minutes * 60)
        except Conflict:
            continue
        await audit(service, request, actor, "audience.open", debate_id)
        return made


@router.delete("/debates/{debate_id}/join-codes", status_code=204, responses=responses(404))
async def close_to_audience(request: Request, debate_id: str, actor: Runner, service: Served) -> None:
    """Let nobody else in. Who has joined stays."""
    await service.store.get_summary(debate_id)
    await service.audience.delete_codes(debate_id)
    await audit(service, request, actor, "audience.close", debate_id)


@router.post("/join", status_code=201, responses=responses(404, 409))
async def join(request: Request, response: Response, body: JoinRequest, service: Served) -> Joined:
    """Take a place in the audience; needs no key but the code."""
    joined = await admit(request, body, service)
    response.set_cookie(COOKIE, joined.token, httponly=True, samesite="strict", max_age=60 * 60 * 24)
    return joined


@router.put("/debates/{debate_id}/polls/{poll}/ballot", status_code=204, responses=responses(404, 409))
async def cast_ballot(debate_id: str, poll: str, body: Ballot, actor: Watcher, service: Served) -> None:
    """Choose; until the poll is closed the choice can be changed. Nobody is shown who chose what."""
    transcript = await service.logs.transcript(debate_id)
    found = next((one for one in polls_open(transcript.events) if one.poll == poll), None)
    if found is None:
        raise CommandError(f"no poll {poll!r} is open")
    if body.choice not in found.choices:
        raise CommandError(f"{body.choice!r} is no choice here; there are {', '.join(found.choices)}")
    await service.audience.cast_ballot(debate_id, poll, actor.id, body.choice)


@router.post("/debates/{debate_id}/questions", status_code=201, responses=responses(404, 409))
async def queue_question(debate_id: str, body: QuestionRequest, actor: Watcher, service: Served) -> Queued:
    """Ask a participant something; whoever leads the debate releases it or not."""
    debate = await service.store.get(debate_id)
    if body.to not in {one.id for one in debate.header.participants if one.id not in debate.header.absent}:
        raise CommandError(f"{body.to!r} takes no part in this debate")
    text = typed(body.text, MOST_IN_A_QUESTION)
    asked = [one for one in await service.audience.questions(debate_id) if one.state != "dismissed"]
    if sum(one.asker == actor.id and one.state == "waiting" for one in asked) >= MOST_QUESTIONS_WAITING:
        detail = f"{MOST_QUESTIONS_WAITING} questions of yours wait already"
        raise ProblemError(409, "questions-wait", "Your questions wait", detail)
    if any(one.persona == body.to and likeness(one.text) == likeness(text) for one in asked):
        raise ProblemError(409, "asked-already", "Asked already", "somebody has asked the same; ask something else")
    name = actor.name[:80] if actor.is_audience else "somebody"
    return Queued(id=await service.audience.add_question(debate_id, actor.id, name, body.to, text))


@router.get("/debates/{debate_id}/questions", responses=responses(404))
async def list_questions(debate_id: str, actor: Reader, service: Served) -> QuestionQueue:
    """The audience's questions, oldest first."""
    await service.store.get_summary(debate_id)
    return QuestionQueue(items=await questions_as_named(service, debate_id))


@router.post(
    "/debates/{debate_id}/questions/{question_id}:release",
    responses={202: {"model": CommandState}, **responses(404, 409)},
)
async def release_question(
    request: Request, response: Response, debate_id: str, question_id: str, actor: Runner, service: Served
) -> CommandState:
    """Put a waiting question to whom it is for."""
    waiting = {one.id: one for one in await questions_as_named(service, debate_id) if one.state == "waiting"}
    if question_id not in waiting:
        raise NotFound(f"debate {debate_id!r} has no waiting question {question_id!r}")
    asked = waiting[question_id]
    state = await hand_over(service, actor, debate_id, Ask(to=asked.persona, text=asked.text, by=asked.asker_name))
    await service.audience.settle_question(debate_id, question_id, "released")
    await audit(service, request, actor, "question.release", debate_id)
    return settled(state, response)


@router.post("/debates/{debate_id}/questions/{question_id}:dismiss", responses=responses(404, 409))
async def dismiss_question(
    request: Request,
    debate_id: str,
    question_id: str,
    actor: Runner,
    service: Served,
) -> AudienceQuestion:
    """Leave a waiting question unasked."""
    dismissed = await service.audience.settle_question(debate_id, question_id, "dismissed")
    await audit(service, request, actor, "question.dismiss", debate_id)
    return dismissed


async def questions_as_named(service: Service, debate_id: str) -> list[AudienceQuestion]:
    """A debate's questions, oldest first, under their askers' names; under none where the class is anonymous by now."""
    questions = await service.audience.questions(debate_id)
    if not await is_anonymous(service, debate_id):
        return questions
    return [one.model_copy(update={"asker_name": NOBODY}) for one in questions]
