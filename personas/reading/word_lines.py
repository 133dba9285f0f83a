"""Words and line breaks as they come out of markup, to the text that a browser would show."""

import re
from dataclasses import dataclass, field

from personas.thread import Link

_GAPS = re.compile(r"[ \t\r\n\f\v\u00a0\u2007\u202f\u3000]+")


@dataclass
class WordLines:
    """Collects the words of one passage with their line breaks; white space is folded as a browser folds it."""

    chunks: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    breaks: int = 0
    gap: bool = False

    def write(self, text: str) -> None:
        """Add words; runs of white space in them count as one space."""
        folded = _GAPS.sub(" ", text)
        if folded.startswith(" "):
            self.gap, folded = True, folded[1:]
        if not folded:
            return
        trailing = folded.endswith(" ")
        self._put(folded[:-1] if trailing else folded)
        self.gap = trailing

    def write_verbatim(self, text: str) -> None:
        """Add words whose spaces and line breaks count, such as code."""
        text = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n")
        bare = text.strip("\n")
        if not bare:
            self.breaks = max(self.breaks, min(text.count("\n"), 2))
            return
        if text.startswith("\n"):
            self.break_lines(1)
        self._put(bare)
        if text.endswith("\n"):
            self.break_lines(1)

    def break_lines(self, at_least: int) -> None:
        """End the line: 1 for a new line, 2 for a new paragraph; breaks do not add up."""
        self.breaks, self.gap = max(self.breaks, at_least), False

    def break_once_more(self) -> None:
        """A line break that adds up, to a paragraph at most."""
        self.breaks, self.gap = min(self.breaks + 1, 2), False

    def _put(self, text: str) -> None:
        if self.chunks and self.breaks:
            self.chunks.append("\n" * self.breaks)
        elif self.chunks and self.gap:
            self.chunks.append(" ")
        self.breaks, self.gap = 0, False
        self.chunks.append(text)

    def text(self) -> str:
        """What was collected, without space around it."""
        return "".join(self.chunks).strip()
