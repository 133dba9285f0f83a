"""What people did to a debate, as a line of its transcript."""

from debate.events import Event, Paused, PollClosed, PollOpened, PremiseSet, Resumed, RoundAdded, SeatLeft, SeatTaken
from transcripts.transcript import Transcript


def intervention_line(transcript: Transcript, event: Event) -> str | None:
    """One line about a pause, a seat, a poll or an added round; None for every other event.

    The text holds what people typed: whoever shows it escapes it.
    """
    match event:
        case Paused():
            return f"Paused by {event.by}."
        case Resumed():
            turns = "" if event.turns is None else f" for {event.turns} turn{'s' if event.turns > 1 else ''}"
            return f"Resumed by {event.by}{turns}."
        case RoundAdded():
            return f"One more round, by {event.by}."
        case PremiseSet():
            premise = f"What if: {event.premise}" if event.premise else "Nothing is stipulated any more."
            return f"From here on, by {event.by}: {premise}"
        case SeatTaken():
            return f"{event.by} takes the seat of {transcript.name(event.persona)}."
        case SeatLeft():
            return f"{event.by} gives the seat of {transcript.name(event.persona)} back."
        case PollOpened():
            return f"{event.by} asks everybody: {event.question} ({' / '.join(event.choices)})"
        case PollClosed():
            counts = ", ".join(f"{choice}: {number}" for choice, number in event.counts.items())
            moved = sum(one.voters for one in event.moved if one.before != one.after)
            changed = f"; {moved} changed their minds" if event.compared_with is not None else ""
            return f"The poll {event.poll} is closed. {counts}{changed}."
        case _:
            return None
