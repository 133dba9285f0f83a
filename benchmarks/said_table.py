"""What the measurements of reading share: a printed table, ratios, and when two stretches are the same."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from personas.thread import Passage

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "threads"
_WORD = re.compile(r"\w+")
_NO_WORDS = re.compile(r":\w{1,20}:|(?<!\w)[:;=]-?[dpox](?!\w)|^\s*\d{1,2}\.\s", re.MULTILINE)
EDGE_CHARS = 3
"""How far the edges of two stretches may lie apart and still be the same, in characters."""


@dataclass
class Table:
    """Rows of one printed table."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, seen: str, wanted: str = "") -> None:
        """Add a line: what was measured, the figure seen, the figure wanted."""
        self.rows.append((what, seen, wanted))

    def show(self) -> None:
        """Print the table."""
        widths = [max(len(row[column]) for row in self.rows) for column in range(3)]
        for row in self.rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def words(text: str) -> list[str]:
    """The words of a text for comparison, in lower case; smilies and the numbers of lists are none.

    The gold was taken from the pages' markup, where smilies are pictures and lists are numbered by the browser.
    """
    return _WORD.findall(_NO_WORDS.sub(" ", text.casefold()))


def share(part: float, whole: float) -> str:
    """A ratio with what it was made of."""
    return f"{part / whole if whole else 0.0:.3f} ({part:g}/{whole:g})"


def f1(found: int, right: int, wanted: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def word_span(source: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the first and the last word character of a stretch."""
    matches = list(_WORD.finditer(source, start, end))
    return (matches[0].start(), matches[-1].end()) if matches else (start, end)


def same_span(source: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches begin and end with the same words."""
    first, second = word_span(source, *one), word_span(source, *other)
    return all(abs(a - b) <= EDGE_CHARS for a, b in zip(first, second, strict=True))


def span_of(part: Passage) -> tuple[int, int]:
    """Offsets of a passage in its source."""
    return part.start or 0, part.end or 0
