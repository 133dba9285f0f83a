"""What each kind of evidence adds when posts without a name are joined by writer."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from personas.authorship import PostClues, assign_authors
from personas.authorship_links import ALL_SIGNALS, Signal
from personas.quotations import find_quotations

EVERY = 3
"""One discussion in so many is taken: style is slow to measure, and there are a dozen runs."""


def signal_rows(discussions: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Rows of a table: precision and recall over pairs of posts, with all evidence, each kind alone, each left out."""
    threads = [_blanked(discussion) for discussion in discussions[::EVERY]]
    rows = [_row("all", threads, ALL_SIGNALS)]
    for signal in sorted(ALL_SIGNALS):
        rows.append(_row(f"{signal} alone", threads, frozenset({signal})))
        rows.append(_row(f"all but {signal}", threads, ALL_SIGNALS - {signal}))
    return rows


def _blanked(discussion: dict[str, Any]) -> tuple[list[PostClues], list[str]]:
    texts = [post["text"] for post in discussion["posts"]]
    clues = [PostClues(None, text, quotes) for text, quotes in zip(texts, find_quotations(texts), strict=True)]
    return clues, [post["author"] for post in discussion["posts"]]


def _row(
    name: str, threads: Sequence[tuple[list[PostClues], list[str]]], signals: frozenset[Signal]
) -> tuple[str, str, str]:
    joined = same = right = 0
    for clues, authors in threads:
        labels = [author.name for author in assign_authors(clues, signals).authors]
        joined += _pairs(labels)
        same += _pairs(authors)
        right += _pairs(list(zip(labels, authors, strict=True)))
    seen = f"precision {right / joined if joined else 0.0:.3f} ({right}/{joined}), recall {right / max(1, same):.4f}"
    return (f"IAC, every {EVERY}rd discussion, names blanked: {name}", seen, "")


def _pairs(labels: Sequence[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())
