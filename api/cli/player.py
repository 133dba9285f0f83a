"""A player with the keys that people know from asciinema: space, ".", "]", "+", "-", "q"."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from debate.events import Event, RulingMade
from transcripts.replay import Cue

TICK_S = 0.05
STEP = 1.5
"""What "+" multiplies the speed with, and "-" divides it by."""


class Player:
    """Shows cues in time and obeys single keys.

    Args:
        cues: What to show, each with its wait in seconds.
        show: Prints one event.
        pause_on_rulings: Pause after every ruling that says something about the facts.
        read_key: Gives a key that was pressed within so many seconds, or "" for none; the terminal's by default.
        now: A monotonic clock in seconds.
    """

    def __init__(
        self,
        cues: Sequence[Cue],
        show: Callable[[Event], None],
        *,
        pause_on_rulings: bool = False,
        read_key: Callable[[float], str] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cues = cues
        self._show = show
        self._pause_on_rulings = pause_on_rulings
        self._read_key = read_key
        self._now = now
        self._paused = False
        self._to_next_ruling = False
        self._speed = 1.0

    def play(self) -> None:
        """Show everything, until the last event or "q"."""
        if self._read_key is not None:
            self._play(self._read_key)
            return
        with _single_keys() as read_key:
            self._play(read_key)

    def _play(self, read_key: Callable[[float], str]) -> None:
        for cue in self._cues:
            if not self._wait(cue, read_key):
                return
            self._show(cue.event)
            if _is_telling(cue.event):
                self._paused = self._paused or self._to_next_ruling or self._pause_on_rulings
                self._to_next_ruling = False

    def _wait(self, cue: Cue, read_key: Callable[[float], str]) -> bool:
        """Wait until the cue is due; False where the user left."""
        waited, last = 0.0, self._now()
        while self._to_next_ruling or self._paused or waited < cue.wait_s:
            if self._to_next_ruling:
                return True
            key = read_key(TICK_S)
            now = self._now()
            if not self._paused:
                waited += (now - last) * self._speed
            last = now
            if key == "q":
                return False
            if key == "." and self._paused:
                return True
            self._obey(key)
        return True

    def _obey(self, key: str) -> None:
        if key == " ":
            self._paused = not self._paused
        elif key == "]":
            self._to_next_ruling, self._paused = True, False
        elif key in ("+", "="):
            self._speed *= STEP
        elif key == "-":
            self._speed /= STEP


def _is_telling(event: Event) -> bool:
    return isinstance(event, RulingMade) and event.verdict in ("contradicted", "supported", "unchecked")


@contextmanager
def _single_keys() -> Iterator[Callable[[float], str]]:
    """Read keys one by one, without Enter; the terminal is put back afterwards."""
    if sys.platform == "win32":
        yield _windows_key
        return
    import select
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def read_key(timeout_s: float) -> str:
        ready, _, _ = select.select([sys.stdin], [], [], timeout_s)
        # An ended input would be ready for ever; "q" is what it means.
        return (sys.stdin.read(1) or "q") if ready else ""

    try:
        tty.setcbreak(descriptor)
        yield read_key
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _windows_key(timeout_s: float) -> str:
    import msvcrt  # there on Windows only

    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
        time.sleep(0.01)
    return ""
