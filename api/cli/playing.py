"""A debate as the user watches it: events as they happen, and the words of the running turn where a model writes."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from debate.events import Event, Turn
from language.terminal import one_line, printable
from transcripts.rendering import DebateRenderer
from transcripts.transcript import Header, Transcript

SHOWN_CHARS = 600
"""How much of a running turn is shown; its end is what is being written."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the user wants to see while a debate runs."""

    quiet: bool = False
    evidence: bool = False
    all_rulings: bool = False

    def screen(self, header: Header) -> "Screen":
        """Where the debate is shown; its header is printed at once."""
        return Screen(self, header)


class Screen:
    """Prints events, and on a terminal the words of the running turn until it is recorded."""

    def __init__(self, shown: Shown, header: Header) -> None:
        self._quiet = shown.quiet
        self._console = Console(highlight=False, quiet=shown.quiet)
        self._names = Transcript(header=header)
        self._renderer = DebateRenderer(
            self._console, header, show_evidence=shown.evidence, show_all_rulings=shown.all_rulings
        )
        self._words = ""
        self._live: Live | None = None
        self._renderer.print_header()

    @property
    def on_words(self) -> Callable[[str, str], None] | None:
        """What to call with words of the running turn; None where nobody would see them."""
        return self._show_words if self._console.is_terminal and not self._quiet else None

    def show(self, event: Event) -> None:
        """Print one event; the provisional words make room for what was recorded."""
        self.close()
        self._renderer.print_event(event)
        if isinstance(event, Turn):
            self._words = ""

    async def read_line(self, prompt: str) -> str | None:
        """Ask the person at the terminal for a turn; None at the end of the input."""
        self.close()
        return await asyncio.to_thread(_typed, prompt)

    def close(self) -> None:
        """Take away what was provisional."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _show_words(self, persona_id: str, words: str) -> None:
        self._words += words
        name = one_line(self._names.name(persona_id))
        text = Text(f"{name} is writing: ", style="dim bold")
        text.append(printable(self._words[-SHOWN_CHARS:]), style="dim")
        if self._live is None:
            self._live = Live(console=self._console, transient=True, refresh_per_second=8)
            self._live.start()
        self._live.update(Padding(text, (1, 0, 0, 2)))


def _typed(prompt: str) -> str | None:
    try:
        # The prompt is a message: standard output stays the debate's own.
        print(prompt, end="", file=sys.stderr, flush=True)
        return input()
    except EOFError:
        return None
