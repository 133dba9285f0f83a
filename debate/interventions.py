"""What people do to a running debate, as the log tells it: pauses, polls, seats, questions from the audience.

Pure functions of the events; no model calls here.
"""

from collections.abc import Sequence
from typing import Literal

from debate.events import (
    DebateEnded,
    Event,
    Fault,
    Paused,
    PollClosed,
    PollOpened,
    PremiseSet,
    Question,
    Resumed,
    RoundAdded,
    RulingMade,
    RulingOverruled,
    SeatLeft,
    SeatTaken,
    Setup,
    Turn,
)

WaitReason = Literal["paused", "poll", "person"]

_BESIDE_THE_DEBATE = (Paused, RulingOverruled, SeatTaken, SeatLeft, PollOpened, PollClosed, PremiseSet)
"""What may follow an ending without continuing the debate."""


def ending(events: Sequence[Event]) -> DebateEnded | None:
    """The event that ended the debate; None where it goes on, or was continued since."""
    for event in reversed(events):
        if isinstance(event, DebateEnded):
            return event
        if not isinstance(event, _BESIDE_THE_DEBATE):
            return None
    return None


def is_paused(events: Sequence[Event]) -> bool:
    """True where a person paused the debate, or resumed it for a number of turns that have been taken."""
    paused = False
    left: int | None = None
    for event in events:
        if isinstance(event, Paused):
            paused = True
        elif isinstance(event, Resumed):
            paused, left = False, event.turns
        elif isinstance(event, Turn) and left is not None:
            left -= 1
            if left == 0:
                paused, left = True, None
    return paused


def polls_open(events: Sequence[Event]) -> tuple[PollOpened, ...]:
    """Polls that have not been closed, in the order of their opening."""
    polls: dict[str, PollOpened] = {}
    for event in events:
        if isinstance(event, PollOpened):
            polls[event.poll] = event
        elif isinstance(event, PollClosed):
            polls.pop(event.poll, None)
    return tuple(polls.values())


def premise_at(setup: Setup, events: Sequence[Event], seq: int | None = None) -> str | None:
    """What is stipulated when the event `seq` happens, or now; None for nothing."""
    for event in reversed(events):
        if isinstance(event, PremiseSet) and (seq is None or event.seq < seq):
            return event.premise
    return setup.premise


def people_in_seats(events: Sequence[Event]) -> dict[str, str]:
    """Who words the turns of which participant: persona id to the person's name for themselves."""
    seats: dict[str, str] = {}
    for event in events:
        if isinstance(event, SeatTaken):
            seats[event.persona] = event.by
        elif isinstance(event, SeatLeft):
            seats.pop(event.persona, None)
    return seats


def open_question(events: Sequence[Event]) -> Question | None:
    """The audience's earliest question that has not been answered."""
    return next(iter(_audience(events)[0]), None)


def without_audience(events: Sequence[Event], since: int) -> list[Event]:
    """The events from index `since` on, less the audience's questions and the answers to them.

    Those stand beside the plan of the debate: who was asked from the floor still has their turn of the round.
    """
    _, beside = _audience(events)
    return [event for event in events[since:] if event.seq not in beside]


def _audience(events: Sequence[Event]) -> tuple[list[Question], set[int]]:
    # A question from the floor is answered before anything else happens, so the next turn with the phase "answer" of
    # whoever was asked is its answer, even where the moderator had asked them as well.
    waiting: list[Question] = []
    beside: set[int] = set()
    for event in events:
        if isinstance(event, Question) and event.asker is not None:
            waiting.append(event)
            beside.add(event.seq)
        elif isinstance(event, Turn) and event.phase == "answer":
            asked = next((one for one in waiting if one.to == event.speaker), None)
            if asked is not None:
                waiting.remove(asked)
                beside.add(event.seq)
    return waiting, beside


def is_between_turn_and_rulings(event: Event) -> bool:
    """True for what may stand between a turn and its rulings: rulings, failures, and what people did meanwhile."""
    if isinstance(event, Question):
        return event.asker is not None
    return isinstance(event, (RulingMade, Fault, DebateEnded, Resumed, RoundAdded, *_BESIDE_THE_DEBATE))
