"""Replays: the waits, and the keys."""

from collections.abc import Callable

import pytest

from api.cli.player import Player
from debate.events import Event
from tests.transcripts.transcripts_made import a_transcript
from transcripts.replay import Cue, plan_replay, resolve_pace


def waits(**options: object) -> list[float]:
    return [round(cue.wait_s, 3) for cue in plan_replay(a_transcript(), **options)]  # type: ignore[arg-type]


def test_the_recorded_pace_is_the_original_one() -> None:
    """Each event waits as long as it took after the one before it."""
    assert waits(pace="recorded") == [1, 1, 10, 20, 1, 1, 1, 1]


def test_speed_divides_and_the_limit_cuts() -> None:
    """Speed 2 halves every wait, after waits longer than the limit were cut to it."""
    assert waits(pace="recorded", speed=2, idle_limit_s=4) == [0.5, 0.5, 2, 2, 0.5, 0.5, 0.5, 0.5]


def test_speed_zero_waits_for_nothing() -> None:
    """Speed 0 shows everything at once."""
    assert set(waits(speed=0)) == {0}


def test_a_debate_written_in_a_blink_is_replayed_at_reading_pace() -> None:
    """Without a model a debate takes milliseconds; nobody could follow it at that pace."""
    transcript = a_transcript()
    blink = transcript.model_copy(
        update={
            "events": tuple(
                event.model_copy(update={"at": transcript.header.started_at}) for event in transcript.events
            )
        }
    )
    assert resolve_pace(transcript, "auto") == "recorded"
    assert resolve_pace(blink, "auto") == "reading"
    assert resolve_pace(blink, "recorded") == "recorded"
    assert sum(cue.wait_s for cue in plan_replay(blink)) > 5


def test_events_that_nobody_sees_take_no_step() -> None:
    """What is not shown has no cue of its own, and its wait is not lost."""
    cues = plan_replay(a_transcript(), pace="recorded", is_shown=lambda event: event.seq != 4)
    assert [cue.event.seq for cue in cues] == [1, 2, 3, 5, 6, 7, 8]
    assert cues[3].wait_s == 21


class Keyboard:
    """Presses one key a tick, and moves the clock by a second each."""

    def __init__(self, keys: str) -> None:
        self.keys = list(keys)
        self.seconds = 0.0

    def read_key(self, timeout_s: float) -> str:
        self.seconds += 1
        return self.keys.pop(0).replace("_", "") if self.keys else "q"

    def now(self) -> float:
        return self.seconds


def play(keys: str, cues: tuple[Cue, ...] | None = None, **options: bool) -> list[int]:
    shown: list[int] = []
    keyboard = Keyboard(keys)
    show: Callable[[Event], None] = lambda event: shown.append(event.seq)  # noqa: E731 - the shape that a player takes
    all_cues = cues or plan_replay(a_transcript(), pace="recorded")
    Player(all_cues, show, read_key=keyboard.read_key, now=keyboard.now, **options).play()
    return shown


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("_", [1]),  # one second: the first event, then "q"
        ("__", [1, 2]),
        (" _______", []),  # paused before anything was due
        (" ...", [1, 2, 3]),  # paused, then step by step
        ("]", [1, 2, 3, 4, 5]),  # to the ruling, which is event 5, and paused there
        ("].", [1, 2, 3, 4, 5, 6]),
        ("] __", [1, 2, 3, 4, 5, 6, 7]),  # goes on after the ruling
        ("+++++" + "_" * 3, [1, 2, 3, 4]),  # faster, event 4 is due within the ticks
        ("q", []),
    ],
)
def test_keys(keys: str, shown: list[int]) -> None:
    """Space pauses, "." steps, "]" goes to the next ruling, "+" is faster, "q" leaves."""
    assert play(keys) == shown


def test_pausing_on_rulings() -> None:
    """With that option a replay stands still after each ruling that says something."""
    assert play("_" * 40, pause_on_rulings=True) == [1, 2, 3, 4, 5]
