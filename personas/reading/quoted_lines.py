"""Quotations that lines beginning with ">" mark, as in mail and Markdown."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from personas.reading.markdown import ReadableText, readable_markdown
from personas.thread import Passage

MAX_NESTED_QUOTES = 8
"""Quotes inside a quote that stand in `Passage.nested`, counted in depth; the words of deeper ones stay in the last."""

_MAIL_MARKER = re.compile(r"[ \t]{0,4}>(?!From ) ?")
# ">!" opens a spoiler; four columns in is code.
_MARKDOWN_MARKER = re.compile(r" {0,3}>(?!!) ?")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")


Attribute = Callable[[tuple[Passage, ...]], tuple[Passage, ...]]
"""Names the authors of the quotes among the passages of one text, from the lines above them."""


def split_mail_quotes(text: str, attribute: Attribute = tuple) -> tuple[Passage, ...]:
    """Split a mail's text into own words and runs of lines that begin with ">", at most four columns in.

    Args:
        text: The text, markers and all.
        attribute: Applied to the passages of each quote, before those nested in it are taken from them.

    Returns:
        Passages in order, trimmed, markers removed; blank lines between two quoted lines belong to the quote. A
        quote's text holds the quotes nested in it, which also stand in `nested`.
    """
    return _passages(text, _Marks(_MAIL_MARKER, _as_typed, attribute))


def split_markdown_quotes(text: str) -> tuple[Passage, ...]:
    """Split Markdown into own words and quotes, as `split_mail_quotes` does, and make it readable.

    A line without ">" ends a quote even where Markdown would let it run on: people who type an answer right under a
    quote mean it as one.
    """
    return _passages(text, _Marks(_MARKDOWN_MARKER, readable_markdown, tuple))


def runs_of_lines(lines: list[str], marker: re.Pattern[str] = _MAIL_MARKER) -> list[tuple[bool, list[str]]]:
    """Group lines into runs of quoted and of own ones; a blank line stays with lines of one kind on both its sides."""
    runs: list[tuple[bool, list[str]]] = []
    blank: list[str] = []
    fenced = False
    for line in lines:
        if not line.strip():
            blank.append(line)
            continue
        is_fence = marker is _MARKDOWN_MARKER and _FENCE.match(line) is not None
        is_quote = not fenced and not is_fence and marker.match(line) is not None
        fenced = fenced != is_fence
        if runs and runs[-1][0] == is_quote:
            runs[-1][1].extend([*blank, line])
        else:
            runs.append((is_quote, [line]))
        blank = []
    return runs


class _Marks(NamedTuple):
    marker: re.Pattern[str]
    readable: Callable[[str], ReadableText]
    attribute: Attribute


def _as_typed(text: str) -> ReadableText:
    return ReadableText(text, ())


def _passages(text: str, marks: _Marks, nesting: int = 0) -> tuple[Passage, ...]:
    passages = []
    for is_quote, lines in runs_of_lines(re.split(r"\r\n|\r|\n", text), marks.marker):
        nested: tuple[Passage, ...] = ()
        if is_quote:
            inner = "\n".join(marks.marker.sub("", line, count=1) for line in lines)
            if nesting < MAX_NESTED_QUOTES:
                parts = marks.attribute(_passages(inner, marks, nesting + 1))
                nested = tuple(part for part in parts if part.kind == "quote")
            lines = [_unmarked(line, marks.marker) for line in inner.split("\n")]
        words, links = marks.readable("\n".join(lines))
        if words.strip():
            kind: Literal["own", "quote"] = "quote" if is_quote else "own"
            passages.append(Passage(kind=kind, text=words.strip(), nested=nested, links=links))
    return tuple(passages)


def _unmarked(line: str, marker: re.Pattern[str]) -> str:
    lead = line[: len(line) - len(line.lstrip("> \t"))]
    end = lead.rfind(">") + 1
    if end and not marker.match(line, end - 1):
        end = lead.rfind(">", 0, end - 1) + 1  # the last one opens a spoiler, or belongs to ">From "
    return line[end:].removeprefix(" ") if end else line
