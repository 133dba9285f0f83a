"""What the posts of one page have in common: lines over and under them in which only numbers and names change."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from personas.reading.plain import furniture
from personas.reading.plain.headers import shape
from personas.reading.plain.lines import Line
from personas.reading.plain.quote_headers import quote_header

HEAD_LINES = 14
"""How many visible lines the head of a post may have."""
_MAX_BETWEEN = 1
_MAX_FIELD_CHARS = 60
_END_LINES = 4
_MIN_SEGMENTS = 3
_MAX_CHARS = 120
_MAX_SUBJECT_CHARS = 160
_SUBJECT = re.compile(r"(?i)^(?:[^\W\d_]+(?: [^\W\d_]+)? )re:\s+\S")
_LABELLED = re.compile(r"^([^\W\d_][\w /-]{0,20}):\s")


def head_shapes(segments: Sequence[Sequence[Line]], depth: int) -> frozenset[str]:
    """Shapes of lines that stand among the first `depth` of at least a third of the posts."""
    return _frequent((_shapes(segment, depth) for segment in segments), max(_MIN_SEGMENTS, (len(segments) + 2) // 3))


def end_shapes(segments: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Shapes of short lines that stand among the last of at least half of the posts."""
    ends = (
        {shape(line.bare) for line in islice(_visible(reversed(segment)), _END_LINES) if _is_short(line.bare)}
        for segment in segments
    )
    return _frequent(ends, max(_MIN_SEGMENTS, (len(segments) + 1) // 2))


def head_length(lines: Sequence[Line], shapes: frozenset[str], depth: int) -> int:
    """How many lines at the start of a post belong to its head: all up to the last of a recurring shape."""
    length = between = seen = 0
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        seen += 1
        if seen > depth:
            break
        if _head_shape(line.bare) in shapes and not quote_header(line.text):
            length, between = at + 1, 0
            continue
        between += 1
        after_gap = at > 0 and lines[at - 1].is_blank and length > 0
        if between > _MAX_BETWEEN or len(line.bare) > _MAX_FIELD_CHARS or after_gap:
            break
    return length


def without_recurring_end(lines: Sequence[Line], shapes: frozenset[str]) -> int:
    """How many lines are left after those of a recurring shape, and buttons, at the end are taken off."""
    end = len(lines)
    while end > 1 and (
        lines[end - 1].is_blank or shape(lines[end - 1].bare) in shapes or furniture.is_post_end(lines[end - 1].bare)
    ):
        end -= 1
    return end


def _shapes(segment: Sequence[Line], depth: int) -> set[str]:
    first = islice(_visible(segment), depth)
    return {_head_shape(line.bare) for line in first if not quote_header(line.text)} - {""}


def _head_shape(text: str) -> str:
    """The shape of a line in a head; a label stands for any value. Empty where heads have no such line."""
    if label := _LABELLED.match(text):
        found = label.group(1).casefold()
        if found not in ("quote", "re"):
            return f"{found}:"
    if _SUBJECT.match(text) and len(text) <= _MAX_SUBJECT_CHARS:
        return text.casefold()
    if len(text) > _MAX_FIELD_CHARS and any(mark.isdigit() for mark in text):
        return ""
    if len(text) > _MAX_CHARS or text.casefold().startswith(("quote", ">", "originally posted")):
        return ""
    return shape(re.sub(r"(?i)^re:\s+", "", text))


def _is_short(text: str) -> bool:
    return len(text) <= _MAX_FIELD_CHARS and (len(text.split()) <= 3 or any(mark.isdigit() for mark in text))


def _visible(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if not line.is_blank)


def _frequent(found: Iterable[set[str]], least: int) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for shapes in found:
        counts.update(shapes)
    return frozenset(one for one, count in counts.items() if count >= least)
