"""Replaying a transcript: which event is shown after how long a wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from debate.events import Event, Question, RulingMade, Turn
from transcripts.transcript import Transcript

Pace = Literal["auto", "recorded", "reading"]

READING_WORDS_PER_S = 4.0  # adults read non-fiction silently at about 240 words a minute (Brysbaert 2019)
SHORTEST_PAUSE_S = 0.8
RULING_PAUSE_S = 1.0
UNREADABLE = 0.5
"""A debate recorded in less than this part of its reading time was written faster than anybody could follow."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One event of a replay and the seconds to wait before it is shown."""

    wait_s: float
    event: Event


def plan_replay(
    transcript: Transcript,
    *,
    speed: float = 1.0,
    idle_limit_s: float | None = None,
    pace: Pace = "auto",
    is_shown: Callable[[Event], bool] = lambda _event: True,
) -> tuple[Cue, ...]:
    """Lay out a replay in time.

    Args:
        transcript: What to replay.
        speed: Divides every wait; 0 shows everything at once.
        idle_limit_s: Longest wait in seconds, before `speed` applies; None for no limit.
        pace: "recorded" waits as long as the debate took, "reading" as long as each turn takes to read, "auto" as
            recorded unless the debate was recorded faster than it can be read (without a model it takes milliseconds).
        is_shown: Events that nobody will see have no cue; their wait goes to the next one that is seen.
    """
    waits = _recorded_waits(transcript)
    if resolve_pace(transcript, pace) == "reading":
        waits = _reading_waits(transcript.events)
    if idle_limit_s is not None:
        waits = [min(wait, idle_limit_s) for wait in waits]
    scale = 1 / speed if speed > 0 else 0.0
    cues, waited_s = [], 0.0
    for wait, event in zip(waits, transcript.events, strict=True):
        waited_s += wait * scale
        if is_shown(event):
            cues.append(Cue(waited_s, event))
            waited_s = 0.0
    return tuple(cues)


def resolve_pace(transcript: Transcript, pace: Pace) -> Literal["recorded", "reading"]:
    """Which pace "auto" stands for with this transcript."""
    if pace != "auto":
        return pace
    too_fast = sum(_recorded_waits(transcript)) < UNREADABLE * sum(_reading_waits(transcript.events))
    return "reading" if too_fast else "recorded"


def _recorded_waits(transcript: Transcript) -> list[float]:
    times = [transcript.header.started_at, *(event.at for event in transcript.events)]
    # A clock that was set back between two events must not stop a replay.
    return [max(0.0, (later - earlier).total_seconds()) for earlier, later in pairwise(times)]


def _reading_waits(events: Iterable[Event]) -> list[float]:
    """Each event waits until the one before it has been read."""
    waits, before = [], 0.0
    for event in events:
        waits.append(before)
        before = _reading_time_s(event)
    return waits


def _reading_time_s(event: Event) -> float:
    if isinstance(event, Turn | Question):
        return max(SHORTEST_PAUSE_S, len(event.text.split()) / READING_WORDS_PER_S)
    if isinstance(event, RulingMade):
        if event.verdict in ("not_covered", "not_checkable"):
            return 0.0
        return max(RULING_PAUSE_S, len(event.explanation.split()) / READING_WORDS_PER_S)
    return SHORTEST_PAUSE_S
