"""What people may tell a debate to do, and the event that each command becomes: a pure function of the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter

from debate.agenda import Wait, next_step
from debate.events import (
    EVENT,
    Event,
    Moved,
    PollKind,
    PollOpened,
    RulingMade,
    RulingOverruled,
    Setup,
)
from debate.interventions import ending, is_paused, people_in_seats, polls_open, premise_at
from language.errors import CommandError
from personas.thread import Frozen

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


def _with_type(schema: dict[str, Any]) -> None:
    # Which command it is must be said, although code that makes one need not.
    schema["required"] = [*schema.get("required", []), "type"]


class Told(Frozen):
    """What every command carries."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_with_type)

    by: Name = "somebody"
    """Who gives it, as the transcript will name them."""


class Pause(Told):
    """Stop after the turn that runs."""

    type: Literal["pause"] = "pause"


class Resume(Told):
    """Go on; also continues a debate that a failure or a spent budget ended."""

    type: Literal["resume"] = "resume"
    turns: int | None = Field(default=None, ge=1, le=1000)
    """Pause again after so many turns; 1 is "next turn"."""


class Cancel(Told):
    """End it now; a turn that is being worded is dropped."""

    type: Literal["cancel"] = "cancel"
    reason: Line | None = None


class AddRound(Told):
    """One more round, also when the debate is over."""

    type: Literal["add_round"] = "add_round"


class Ask(Told):
    """Put a question to one participant, who answers next; also when the debate is over."""

    type: Literal["ask"] = "ask"
    to: str
    text: Line


class Stipulate(Told):
    """Another premise from the next turn on, also when the debate is over and goes on later."""

    type: Literal["stipulate"] = "stipulate"
    premise: Line | None
    """What all take as given from then on; None to stipulate nothing any more."""


class TakeSeat(Told):
    """From now on a person words this participant's turns."""

    type: Literal["take_seat"] = "take_seat"
    persona: str
    member: str | None = None
    """Id of the one in the audience who gets the seat."""


class LeaveSeat(Told):
    """The participant speaks for itself again."""

    type: Literal["leave_seat"] = "leave_seat"
    persona: str


class SpeakAs(Told):
    """Word the turn that the debate is waiting for."""

    type: Literal["speak_as"] = "speak_as"
    persona: str
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
    yielded: bool = False
    """True where the person passes."""


class Overrule(Told):
    """Overrule a ruling, with a reason; both stay visible."""

    type: Literal["overrule"] = "overrule"
    ruling_seq: int = Field(ge=1)
    verdict: Literal["supported", "contradicted", "not_covered", "not_checkable"]
    reason: Line


class OpenPoll(Told):
    """Ask the audience to choose."""

    type: Literal["open_poll"] = "open_poll"
    poll: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    kind: PollKind = "vote"
    question: Line
    choices: tuple[Name, ...] = Field(min_length=2, max_length=12)
    holds: bool = True
    about_seq: int | None = Field(default=None, ge=1)


class ClosePoll(Told):
    """Close a poll; its ballots are counted then."""

    type: Literal["close_poll"] = "close_poll"
    poll: str


Command = Annotated[
    Pause
    | Resume
    | Cancel
    | AddRound
    | Ask
    | Stipulate
    | TakeSeat
    | LeaveSeat
    | SpeakAs
    | Overrule
    | OpenPoll
    | ClosePoll,
    Field(discriminator="type"),
]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)

Ballots = dict[str, dict[str, str]]
"""Poll id to voter to choice."""


def carry_out(command: Command, setup: Setup, events: Sequence[Event], at: datetime, ballots: Ballots) -> Event:
    """The event that a command becomes.

    Args:
        command: What a person wants.
        setup: The debate's setup.
        events: All events so far.
        at: When it happens.
        ballots: All ballots cast so far; looked at when a poll is closed.

    Raises:
        CommandError: It does not fit the debate as it stands; says why.
    """
    fields = _fields(command, setup, events, ballots)
    return EVENT.validate_python({"seq": len(events) + 1, "at": at, **fields})


def _fields(command: Command, setup: Setup, events: Sequence[Event], ballots: Ballots) -> dict[str, object]:
    by = {"by": command.by}
    match command:
        case Pause():
            _refuse_if(ending(events) is not None, "the debate is over; there is nothing to pause")
            _refuse_if(is_paused(events), "the debate is paused already")
            return {"type": "paused", **by}
        case Resume():
            _check_resumable(events)
            return {"type": "resumed", "turns": command.turns, **by}
        case Cancel():
            _refuse_if(ending(events) is not None, "the debate is over already")
            detail = f"{command.by}: {command.reason}" if command.reason else f"by {command.by}"
            return {"type": "debate_ended", "reason": "cancelled", "detail": detail}
        case AddRound():
            _refuse_if(_is_cancelled(events), "the debate was cancelled; make a branch of it instead")
            return {"type": "round_added", **by}
        case Ask():
            _refuse_if(_is_cancelled(events), "the debate was cancelled; make a branch of it instead")
            _check_seated(setup, command.to)
            return {"type": "question", "text": command.text, "to": command.to, "asker": command.by}
        case Stipulate():
            _refuse_if(_is_cancelled(events), "the debate was cancelled; make a branch of it instead")
            _refuse_if(command.premise == premise_at(setup, events), "that is stipulated already")
            return {"type": "premise_set", "premise": command.premise, **by}
        case TakeSeat():
            _check_seated(setup, command.persona)
            taken = people_in_seats(events).get(command.persona)
            _refuse_if(taken is not None, f"{taken!r} has the seat of {command.persona!r}")
            return {"type": "seat_taken", "persona": command.persona, "member": command.member, **by}
        case LeaveSeat():
            nobody = command.persona not in people_in_seats(events)
            _refuse_if(nobody, f"nobody has the seat of {command.persona!r}")
            return {"type": "seat_left", "persona": command.persona, **by}
        case SpeakAs():
            return _turn(command, setup, events)
        case Overrule():
            return _overruling(command, events)
        case OpenPoll():
            return _opening(command, events)
        case ClosePoll():
            return _closing(command, events, ballots)


def _check_resumable(events: Sequence[Event]) -> None:
    last = ending(events)
    if last is not None:
        _refuse_if(
            last.reason not in ("failed", "budget_spent"),
            f"the debate is over ({last.reason}); add a round, ask a question, or make a branch",
        )
    else:
        _refuse_if(not is_paused(events), "the debate is not paused")


def _turn(command: SpeakAs, setup: Setup, events: Sequence[Event]) -> dict[str, object]:
    step = None if ending(events) is not None else next_step(setup, events)
    if not isinstance(step, Wait) or step.turn is None or step.turn.speaker.id != command.persona:
        raise CommandError(f"the debate is not waiting for a person to speak as {command.persona!r}")
    return {
        "type": "turn",
        "round": step.turn.round,
        "phase": step.turn.phase,
        "speaker": command.persona,
        "speaker_name": setup.shown_name(command.persona),
        "text": command.text,
        "reply_to": _reply_to(step.turn.answerable, events),
        "yielded": command.yielded,
        "origin": "human",
        "by": command.by,
    }


def _reply_to(answerable: Sequence[int], events: Sequence[Event]) -> dict[str, object] | None:
    if not answerable:
        return None
    answered = events[answerable[0] - 1]
    return {"seq": answered.seq, "speaker": getattr(answered, "speaker", None), "text": getattr(answered, "text", "")}


def _overruling(command: Overrule, events: Sequence[Event]) -> dict[str, object]:
    rulings = {event.seq: event for event in events if isinstance(event, RulingMade)}
    _refuse_if(command.ruling_seq not in rulings, f"event {command.ruling_seq} is not a ruling of this debate")
    now = rulings[command.ruling_seq].verdict
    for event in events:
        if isinstance(event, RulingOverruled) and event.ruling_seq == command.ruling_seq:
            now = event.verdict
    _refuse_if(now == command.verdict, f"that ruling says {now!r} already")
    fields = command.model_dump(include={"ruling_seq", "verdict", "reason", "by"})
    return {"type": "ruling_overruled", **fields}


def _opening(command: OpenPoll, events: Sequence[Event]) -> dict[str, object]:
    used = any(isinstance(event, PollOpened) and event.poll == command.poll for event in events)
    _refuse_if(used, f"this debate has had a poll {command.poll!r}; choose another id")
    _refuse_if(len(set(command.choices)) < len(command.choices), "the same choice is given twice")
    about = command.about_seq
    _refuse_if(about is not None and about > len(events), f"this debate has no event {about} yet")
    return {**command.model_dump(exclude={"type"}), "type": "poll_opened"}


def _closing(command: ClosePoll, events: Sequence[Event], ballots: Ballots) -> dict[str, object]:
    poll = next((one for one in polls_open(events) if one.poll == command.poll), None)
    if poll is None:
        raise CommandError(f"no poll {command.poll!r} is open")
    cast = ballots.get(poll.poll, {})
    counts = {choice: sum(one == choice for one in cast.values()) for choice in poll.choices}
    earlier = _compared(poll, events)
    moved = _moved(ballots.get(earlier, {}), cast, poll.choices) if earlier is not None else ()
    return {
        "type": "poll_closed",
        "poll": poll.poll,
        "counts": counts,
        "compared_with": earlier,
        "moved": moved,
        "by": command.by,
    }


def _compared(poll: PollOpened, events: Sequence[Event]) -> str | None:
    """The latest earlier poll that asked the same."""
    for event in reversed(events[: poll.seq - 1]):
        if isinstance(event, PollOpened) and (event.question, event.choices) == (poll.question, poll.choices):
            return event.poll
    return None


def _moved(before: dict[str, str], after: dict[str, str], choices: Sequence[str]) -> tuple[Moved, ...]:
    pairs = [(before[voter], choice) for voter, choice in after.items() if voter in before]
    counted = ((one, other, pairs.count((one, other))) for one in choices for other in choices)
    return tuple(Moved(before=one, after=other, voters=number) for one, other, number in counted if number)


def _check_seated(setup: Setup, persona_id: str) -> None:
    seated = [one.id for one in setup.participants if one.id not in setup.absent]
    _refuse_if(persona_id not in seated, f"{persona_id!r} takes no part in this debate; here are {', '.join(seated)}")


def _is_cancelled(events: Sequence[Event]) -> bool:
    last = ending(events)
    return last is not None and last.reason == "cancelled"


def _refuse_if(refused: bool, why: str) -> None:
    if refused:
        raise CommandError(why)
