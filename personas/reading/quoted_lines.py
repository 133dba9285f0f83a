"""Quotations that lines beginning with ">" mark, as in mail and Markdown."""

import re

from personas.thread import Passage

_MARKED = re.compile(r"^[ \t]{0,4}>")
_MARKER = re.compile(r"^[ \t]{0,4}> ?")
_MAX_NESTING = 20  # deeper quotes stay inside their twentieth ancestor, words and all


def split_quoted_lines(text: str, nesting: int = 0) -> tuple[Passage, ...]:
    """Split a text into own words and runs of quoted lines.

    Args:
        text: A post's text; lines of a quote begin with ">", at most four columns in.
        nesting: How many quotes this text lies in.

    Returns:
        Passages in order, trimmed, markers removed; blank lines between two quoted lines belong to the quote. A
        quote's text holds the quotes nested in it, which also stand in `nested`.
    """
    return tuple(
        quote_passage(lines, nesting) if is_quote else Passage(kind="own", text=joined)
        for is_quote, lines in runs_of_lines(text.splitlines())
        if (joined := "\n".join(lines).strip())
    )


def runs_of_lines(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Group lines into runs of quoted and of own ones; blank lines follow the run before them, or join two quotes."""
    runs: list[tuple[bool, list[str]]] = []
    blank: list[str] = []
    for line in lines:
        if not line.strip():
            blank.append(line)
            continue
        is_quote = _MARKED.match(line) is not None
        if runs and runs[-1][0] == is_quote:
            runs[-1][1].extend([*blank, line])
        else:
            runs.append((is_quote, [line]))
        blank = []
    return runs


def quote_passage(lines: list[str], nesting: int = 0) -> Passage:
    """The passage that a run of quoted lines makes, with the quotes nested in it."""
    inner = "\n".join(_MARKER.sub("", line, count=1) for line in lines)
    nested: tuple[Passage, ...] = ()
    if nesting < _MAX_NESTING:
        nested = tuple(part for part in split_quoted_lines(inner, nesting + 1) if part.kind == "quote")
    return Passage(kind="quote", text=unmarked(inner), nested=nested)


def unmarked(text: str) -> str:
    """The text without any line's quote markers, trimmed."""
    return "\n".join(re.sub(r"^(?:[ \t]{0,4}>)+ ?", "", line) for line in text.splitlines()).strip()
