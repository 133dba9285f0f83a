"""Seats that people have in a debate, and the turn that it is waiting for: pure functions of the log."""

from collections.abc import Sequence
from datetime import datetime

from debate.agenda import Wait, next_step
from debate.events import (
    Event,
    PollClosed,
    Question,
    Resumed,
    RoundStarted,
    SeatLeft,
    SeatTaken,
    Setup,
    Turn,
)
from debate.interventions import ending
from personas.thread import Frozen

_BRINGS_A_TURN = (Turn, Question, Resumed, RoundStarted, PollClosed, SeatTaken)
"""What can have made a debate wait for a person."""


class Awaited(Frozen):
    """A debate waits for a person to word a turn."""

    persona: str
    by: str
    member: str | None
    """Id of the one in the audience; None for whoever leads the debate."""
    since: datetime
    answers: int | None
    """Seq of the turn or question that is to be answered."""


def seats_taken(events: Sequence[Event]) -> dict[str, SeatTaken]:
    """Who has which participant's seat now."""
    seats: dict[str, SeatTaken] = {}
    for event in events:
        if isinstance(event, SeatTaken):
            seats[event.persona] = event
        elif isinstance(event, SeatLeft):
            seats.pop(event.persona, None)
    return seats


def awaited_turn(setup: Setup, events: Sequence[Event]) -> Awaited | None:
    """The turn that a person in a seat is to word now; None where the debate waits for nobody's words."""
    if ending(events) is not None:
        return None
    step = next_step(setup, events)
    if not isinstance(step, Wait) or step.turn is None:
        return None
    seat = seats_taken(events)[step.turn.speaker.id]
    began = next(event for event in reversed(events) if isinstance(event, _BRINGS_A_TURN))
    answerable = step.turn.answerable
    return Awaited(
        persona=seat.persona,
        by=seat.by,
        member=seat.member,
        since=began.at,
        answers=answerable[0] if answerable else None,
    )
