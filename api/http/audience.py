"""The audience of a debate: joining by a code, ballots, questions."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.commands import CommandState, hand_over, settled
from api.http.debates import Words
from api.http.guard import COOKIE, JOINS_PER_MINUTE, Reader, Runner, Watcher, audit
from api.http.problems import ProblemError, responses
from api.http.service import Served
from api.tokens import Token
from debate.commands import Ask
from debate.interventions import polls_open
from language.errors import CommandError, Conflict, NotFound
from transcripts.audience import AudienceQuestion, JoinCode

router = APIRouter(prefix="/v1", tags=["audience"])

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are taken for one another
CODE_LENGTH = 6
MOST_QUESTIONS_WAITING = 3


class CodeRequest(BaseModel):
    """How long a join code is in force."""

    model_config = ConfigDict(extra="forbid")
    lasts_minutes: int = Field(default=120, ge=1, le=60 * 24 * 14)


class JoinRequest(BaseModel):
    """Who would like to watch."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"code": "K7P2MX", "nickname": "Kim"}]})
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)]
    nickname: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] | None = None


class Joined(BaseModel):
    """A place in the audience. The token is also set as a cookie, so that a page need not keep it."""

    debate_id: str
    member: str
    token: str


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


@router.post("/join", status_code=201, responses=responses(404))
async def join(request: Request, response: Response, body: JoinRequest, service: Served) -> Joined:
    """Take a place in the audience; needs no key but the code."""
    address = request.client.host if request.client else "-"
    wait_s = service.limits.wait_s(f"join {address}", JOINS_PER_MINUTE * (1 if service.needs_keys else 60))
    if wait_s:
        headers = {"Retry-After": str(int(wait_s) + 1)}
        raise ProblemError(429, "too-many-requests", "Too many requests", f"try again in {wait_s:.0f} s", headers)
    # Nobody knows a token with this hash before the member's own is set.
    member = await service.audience.join(body.code, body.nickname, secrets.token_hex(32))
    token = Token("member", member.id)
    await service.audience.set_hash(member.id, token.hash)
    response.set_cookie(COOKIE, token.text, httponly=True, samesite="strict", max_age=60 * 60 * 24)
    return Joined(debate_id=member.debate_id, member=member.id, token=token.text)


@router.put("/debates/{debate_id}/polls/{poll}/ballot", status_code=204, responses=responses(404, 409))
async def cast_ballot(debate_id: str, poll: str, body: Ballot, actor: Watcher, service: Served) -> None:
    """Choose; until the poll is closed the choice can be changed. Nobody is shown who chose what."""
    transcript = await service.store.transcript(debate_id)
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
    if await service.audience.count_waiting(debate_id, actor.id) >= MOST_QUESTIONS_WAITING:
        raise CommandError(f"{MOST_QUESTIONS_WAITING} questions of yours wait already")
    return Queued(id=await service.audience.add_question(debate_id, actor.id, actor.name[:80], body.to, body.text))


@router.get("/debates/{debate_id}/questions", responses=responses(404))
async def list_questions(debate_id: str, actor: Reader, service: Served) -> QuestionQueue:
    """The audience's questions, oldest first."""
    await service.store.get_summary(debate_id)
    return QuestionQueue(items=await service.audience.questions(debate_id))


@router.post(
    "/debates/{debate_id}/questions/{question_id}:release",
    responses={202: {"model": CommandState}, **responses(404, 409)},
)
async def release_question(
    request: Request, response: Response, debate_id: str, question_id: str, actor: Runner, service: Served
) -> CommandState:
    """Put a waiting question to whom it is for."""
    waiting = {one.id: one for one in await service.audience.questions(debate_id) if one.state == "waiting"}
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
