"""Commands to a debate, and branches of it."""

import asyncio
import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.http.admission import NOBODY, is_anonymous
from api.http.debates import Pace, Words, paused_at_first
from api.http.guard import Actor, Reader, Runner, Watcher, audit
from api.http.model_choice import BudgetChoice, ModelChoice, bounded, check_budget, resolve
from api.http.moderation import MOST_IN_A_TURN, typed
from api.http.problems import ProblemError, responses
from api.http.retention import delete_after_ms
from api.http.service import Served, Service
from api.wiring import choose_participants
from debate.commands import COMMAND, Command, Name, SpeakAs, carry_out
from debate.engine import utc_now
from debate.events import EVENT, PremiseSet, SeatLeft, SeatTaken, Turn
from debate.formats import find_format, seat_participants
from language.errors import CommandError
from transcripts.store import NewDebate, Options, StoredCommand, StoredDebate, StoredEvent
from transcripts.transcript import Branching, Header

router = APIRouter(prefix="/v1/debates/{debate_id}", tags=["commands"])

_WAIT_S = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.0)
_EXAMPLES: dict[str, Any] = {
    "pause": {"value": {"type": "pause"}},
    "next turn": {"value": {"type": "resume", "turns": 1}},
    "one more round": {"value": {"type": "add_round", "by": "Ms Green"}},
    "audience question": {"value": {"type": "ask", "to": "maja", "text": "And who pays?", "by": "Kim"}},
    "what if": {"value": {"type": "stipulate", "premise": "The railway was never built"}},
    "human turn": {"value": {"type": "speak_as", "persona": "maja", "text": "I disagree.", "by": "Kim"}},
    "vote": {
        "value": {"type": "open_poll", "poll": "before", "question": "Build it?", "choices": ["yes", "no"]},
    },
    "overrule": {"value": {"type": "overrule", "ruling_seq": 4, "verdict": "supported", "reason": "See page 7"}},
}


class CommandState(BaseModel):
    """A command and what became of it."""

    id: str
    state: Literal["waiting", "applied", "refused"]
    applied_seq: int | None = Field(description="Seq of the event that it became")
    refusal: str | None


@router.post("/commands", responses={202: {"model": CommandState}, **responses(404, 409)})
async def give_command(
    request: Request,
    response: Response,
    debate_id: str,
    body: Annotated[Command, Body(openapi_examples=_EXAMPLES)],
    actor: Runner,
    service: Served,
) -> CommandState:
    """Tell a debate to do something. 202 says that whoever runs it has not come to it yet: ask again."""
    command = body if "by" in body.model_fields_set else body.model_copy(update={"by": actor.name[:80]})
    state = await hand_over(service, actor, debate_id, command)
    await audit(service, request, actor, f"command.{command.type}", debate_id)
    return settled(state, response)


@router.get("/commands/{command_id}", responses=responses(404))
async def get_command(debate_id: str, command_id: str, actor: Reader, service: Served) -> CommandState:
    """What became of a command."""
    return _state(await service.store.command(debate_id, command_id))


class SeatTurn(BaseModel):
    """Words of somebody in the audience who has a participant's seat."""

    model_config = ConfigDict(extra="forbid")
    persona: str = Field(examples=["maja"])
    text: str = Field(min_length=1, max_length=4000, examples=["I disagree, because the river floods."])
    passes: bool = Field(default=False, description="Whether they have nothing to say")


@router.post("/turns", tags=["audience"], responses={202: {"model": CommandState}, **responses(404, 409)})
async def speak_from_seat(
    response: Response, debate_id: str, body: SeatTurn, actor: Watcher, service: Served
) -> CommandState:
    """Take the turn that the debate is waiting for, from a seat that one was given."""
    transcript = await service.store.transcript(debate_id)
    holder: str | None = None
    for event in transcript.events:
        if isinstance(event, SeatTaken | SeatLeft) and event.persona == body.persona:
            holder = event.member if isinstance(event, SeatTaken) else None
    if "run" not in actor.rights and holder != actor.id:
        raise ProblemError(403, "not-allowed", "Not allowed", f"the seat of {body.persona!r} is not yours")
    text = typed(body.text, MOST_IN_A_TURN) if actor.is_audience else body.text
    nameless = actor.is_audience and await is_anonymous(service, debate_id)
    name = NOBODY if nameless else actor.name
    command = SpeakAs(persona=body.persona, text=text, yielded=body.passes, by=name[:80])
    return settled(await hand_over(service, actor, debate_id, command), response)


async def hand_over(service: Service, actor: Actor, debate_id: str, command: Command) -> CommandState:
    """Give a command to whoever runs the debate, and wait a moment for what becomes of it.

    Raises:
        CommandError: It does not fit the debate.
    """
    transcript = await service.store.transcript(debate_id)
    ballots = await service.audience.ballots(debate_id)
    carry_out(command, transcript.header.setup, transcript.events, utc_now(), ballots)
    stored = await service.store.add_command(debate_id, actor.id, COMMAND.dump_json(command).decode())
    await service.wake(debate_id)
    for wait_s in _WAIT_S:
        await asyncio.sleep(wait_s)
        stored = await service.store.command(debate_id, stored.id)
        if stored.state != "waiting":
            break
    if stored.state == "refused":
        raise CommandError(stored.refusal or "the command does not fit the debate any more")
    return _state(stored)


def settled(state: CommandState, response: Response) -> CommandState:
    """Say 202 where a command still waits."""
    if state.state == "waiting":
        response.status_code = 202
    return state


def _state(stored: StoredCommand) -> CommandState:
    return CommandState(id=stored.id, state=stored.state, applied_seq=stored.applied_seq, refusal=stored.refusal)


class BranchRequest(BaseModel):
    """Where a branch leaves its debate, and what is different in it; what is left out stays as it was."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"after_seq": 3, "premise": "The railway was never built"}]}
    )

    after_seq: int = Field(ge=0, le=2**31 - 1, description="The last event that both have in common")
    premise: Words | None = None
    participants: list[Name] | None = Field(default=None, min_length=1, max_length=200, description="Persona ids")
    rounds: int | None = Field(default=None, ge=1, le=100)
    seed: int | None = Field(default=None, ge=0, le=2**31)
    models: ModelChoice | None = Field(default=None, description="Other models; null for none")
    budget: BudgetChoice | None = Field(default=None, description="What the branch's models may take, from its start")
    words_per_s: Pace = None
    start_paused: bool = False


@router.post("/branches", status_code=201, tags=["debates"], responses=responses(404, 409))
async def branch_debate(
    request: Request, response: Response, debate_id: str, body: BranchRequest, actor: Runner, service: Served
) -> StoredDebate:
    """A new debate that shares this one's events up to a seq and then goes its own way."""
    parent = await service.store.get(debate_id)
    if body.after_seq > parent.last_seq:
        raise CommandError(f"debate {debate_id!r} has no event {body.after_seq}; its last is {parent.last_seq}")
    events = tuple(await service.store.read_after(debate_id, 0, body.after_seq)) if body.after_seq else ()
    while events and events[-1].type in ("debate_ended", "paused"):
        events = events[:-1]  # a branch from the end goes on
    spoken = {one.speaker for one in (EVENT.validate_json(event.body) for event in events) if isinstance(one, Turn)}
    header = _with_models(service, await _branched(service, parent, body, spoken), parent, body)
    budget = bounded(body.budget, service.settings) if "budget" in body.model_fields_set else parent.options.budget
    check_budget(budget, dict(header.models), service.catalogue)
    if "premise" in body.model_fields_set and any(one.type == "premise_set" for one in events):
        # One that was stipulated on the way would hold over the header's.
        said = PremiseSet(seq=len(events) + 1, at=utc_now(), premise=body.premise, by=actor.name[:80])
        events += (StoredEvent(seq=said.seq, type=said.type, body=EVENT.dump_json(said).decode()),)
    new = NewDebate(
        header=header,
        owner=actor.id,
        thread_id=parent.thread_id,
        sheet_digest=parent.sheet_digest,
        options=Options(words_per_s=body.words_per_s, budget=budget),
        delete_after_ms=delete_after_ms(service.settings),
        events=events,
    )
    debate, _ = await service.store.create(paused_at_first(new, actor) if body.start_paused else new)
    response.headers["Location"] = f"/v1/debates/{debate.id}"
    await audit(service, request, actor, "debate.branch", debate.id)
    await service.wake(debate.id)
    return debate


async def _branched(service: Service, parent: StoredDebate, body: BranchRequest, spoken: set[str]) -> Header:
    header = parent.header
    changed: dict[str, object] = {
        name: getattr(body, name) for name in ("premise", "rounds", "seed") if name in body.model_fields_set
    }
    if body.rounds is not None and body.rounds < header.rounds:
        raise CommandError(f"a branch has at least the {header.rounds} rounds of its debate")
    changed = {name: value for name, value in changed.items() if value is not None or name == "premise"}
    if body.participants is not None:
        changed |= await _reseated(service, parent, body.participants, spoken)
    changed["branched_from"] = Branching(debate=parent.id, seq=body.after_seq)
    return header.model_copy(update={**changed, "started_at": utc_now()})


def _with_models(service: Service, header: Header, parent: StoredDebate, body: BranchRequest) -> Header:
    """The models that are asked for; else the debate's own, for whoever is new as well where all share one."""
    seated = [one.id for one in header.participants if one.id not in header.absent]
    if "models" in body.model_fields_set:
        has_sheet = parent.sheet_digest is not None
        models = resolve(body.models, seated, service.catalogue, format=header.format, has_sheet=has_sheet)
        return header.model_copy(update={"models": models})
    before = parent.header.models
    people = [one.id for one in parent.header.participants]
    shared = {before.get(one) for one in people}
    models = {one: model for one, model in before.items() if one in seated or one not in people}
    if len(shared) == 1 and (model := shared.pop()) is not None:
        models |= dict.fromkeys(seated, model)
    service.catalogue.check(models)
    return header.model_copy(update={"models": models})


async def _reseated(service: Service, parent: StoredDebate, wanted: list[str], spoken: set[str]) -> dict[str, object]:
    """Whoever has spoken stays in the header, so that their turns can be read; who is not wanted is absent."""
    header = parent.header
    known = {one.id: one for one in header.participants}
    if parent.thread_id is not None and not header.pseudonymous:
        cast, _ = await service.library.cast(parent.thread_id)
        known = {**{one.id: one for one in cast.personas}, **known}
    from personas.persona import Cast

    everybody = Cast(
        motion=header.motion,
        offsets=header.offsets,
        thread_digest=header.digests.thread,
        personas=tuple(known.values()),
    )
    seated = seat_participants(find_format(header.format), choose_participants(everybody, wanted), header.sides)
    ids = {one.id for one in seated}
    gone = tuple(one for one in header.participants if one.id in spoken and one.id not in ids)
    participants = (*gone, *seated)
    digest = hashlib.sha256("".join(one.model_dump_json() for one in participants).encode()).hexdigest()
    digests = header.digests.model_copy(update={"personas": digest})
    return {"participants": participants, "absent": tuple(one.id for one in gone), "digests": digests}
