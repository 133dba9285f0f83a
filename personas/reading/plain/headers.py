"""The header over a post in a plain dump: a member's name and title, counters, the number of the post."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from personas.reading.plain import furniture
from personas.reading.plain.lines import Line

_MAX_LINES_TO_NUMBER = 40
_MAX_HEAD_LINES = 400
_MAX_SHAPE_CHARS = 40
_MAX_FIELD_LINES = 8
_MIN_RECURRING = 3
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: its lines are `name_at` to `body_at` (exclusive)."""

    name_at: int
    body_at: int
    name: str
    title: str


def find_header(lines: Sequence[Line], *, needs_gap: bool) -> Header | None:
    """The "name / blank / title" that opens a post, None where it opens with its body.

    Args:
        lines: What stands between two end marks, the tail of the post before taken off.
        needs_gap: Whether a blank line must come before the name, as it does in all posts but the first; without
            it a short first paragraph would pass for a name. The first post may have the page's head before it.
    """
    if needs_gap:
        start = next((at for at, line in enumerate(lines) if not line.is_blank), None)
        if not start:
            return None
        candidates = [start]
        if furniture.post_number(lines[start].bare):
            candidates = [at for at in range(start + 1, min(start + 4, len(lines))) if not lines[at].is_blank][:1]
    else:
        candidates = [at for at, line in enumerate(lines[:_MAX_HEAD_LINES]) if not line.is_blank]
    found = (_header_at(lines, at, strict=not needs_gap) for at in candidates)
    return next((header for header in found if header is not None), None)


def _header_at(lines: Sequence[Line], at: int, *, strict: bool) -> Header | None:
    above_is_stock = at > 0 and (lines[at - 1].is_blank or furniture.is_furniture(lines[at - 1].bare))
    if at and not above_is_stock:
        return None
    name_at = at
    # The letter that stands for a missing picture comes before the name.
    letter = lines[at].bare.casefold()
    follows = len(letter) == 1 and at + 2 < len(lines) and lines[at + 1].is_blank
    if follows and lines[at + 2].bare[:1].casefold() == letter:
        name_at = at + 2
    if not furniture.may_be_name(lines[name_at].bare):
        return None
    body_at, title = name_at + 1, None
    if body_at < len(lines) and lines[body_at].is_blank:
        body_at += 1
        if body_at >= len(lines) or not furniture.may_be_member_title(lines[body_at].bare):
            return None
        title = lines[body_at].bare
        body_at += 1
    evidence = title is not None and furniture.is_known_member_title(title)
    while body_at < len(lines):
        taken = furniture.header_lines([line.bare for line in lines[body_at : body_at + 3]])
        if not taken and title is not None and _is_second_title(lines, body_at):
            taken = 1
        if not taken:
            break
        evidence = True
        body_at += taken
    if evidence:
        body_at += _field_lines(lines, body_at)
    if title is None and not evidence:
        return None
    if strict and not evidence and not _title_then_text(lines, name_at, body_at):
        return None
    return Header(name_at=at, body_at=body_at, name=lines[name_at].bare, title=title or "")


def _is_second_title(lines: Sequence[Line], at: int) -> bool:
    """Whether a short line stands between a member's title and the counters."""
    following = [line.bare for line in lines[at + 1 : at + 3]]
    if not furniture.may_be_field(lines[at].bare) or len(following) < 2:
        return False
    return all(map(furniture.is_counter, following)) or (
        furniture.is_label(following[0]) and furniture.is_counter(following[1])
    )


def _field_lines(lines: Sequence[Line], at: int) -> int:
    """How many lines after a member's counters are fields of their own making: a place, a car, a diagnosis.

    They are a few short lines right before running text; without running text after them they are the post.
    """
    if not lines[at - 1].bare or not furniture.ends_counters(lines[at - 1].bare):
        return 0
    taken = 0
    while at + taken < len(lines) and taken < _MAX_FIELD_LINES and _may_be_field(lines[at + taken].bare):
        taken += 1
    following = lines[at + taken].bare if at + taken < len(lines) else ""
    return taken if taken and len(following) > _MAX_SHAPE_CHARS else 0


def _may_be_field(text: str) -> bool:
    return furniture.may_be_field(text) or furniture.is_inserted(text)


def counters_length(lines: Sequence[Line]) -> int:
    """How many lines at the start of a post are counters of a header whose name is lost; 0 for fewer than two."""
    at = next((at for at, line in enumerate(lines) if not line.is_blank), len(lines))
    title = next((other for other in range(at + 1, len(lines))), len(lines))
    if at < len(lines) and not furniture.header_lines([lines[at].bare]) and furniture.may_be_field(lines[at].bare):
        following = [line.bare for line in lines[title : title + 2]]
        if len(following) == 2 and all(furniture.is_counter(text) for text in following):
            at = title
    first, steps = at, 0
    while at < len(lines):
        taken = furniture.header_lines([line.bare for line in lines[at : at + 3]])
        if not taken or (steps == 0 and furniture.is_known_member_title(lines[at].bare)):
            break
        at, steps = at + taken, steps + 1
    if steps < 2 or at >= len(lines):
        return 0
    return at + _field_lines(lines, at) if at > first else 0


def shape(text: str) -> str:
    """What is left of a line when numbers and names of months and days are taken for each other."""
    return re.sub(r"\d+", "0", _MONTH.sub("M", " ".join(text.casefold().split())))


def recurring_openers(segments: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Shapes of short lines with a number that many posts begin with: "#3 ·", "Post 2 of 7", a date."""
    counts: Counter[str] = Counter()
    for segment in segments:
        first = next((line.bare for line in segment if not line.is_blank), "")
        if 0 < len(first) <= _MAX_SHAPE_CHARS and any(character.isdigit() for character in first):
            counts[shape(first)] += 1
    many = max(_MIN_RECURRING, len(segments) // 4)
    return frozenset(found for found, count in counts.items() if count >= many)


def number_line(lines: Sequence[Line]) -> tuple[int, str | None, str | None]:
    """Where the body begins after a line that only counts the posts, that number, and the name above it.

    Such a line opens the post, or stands under a member's header with its counters (XenForo 1).
    """
    counters = 0
    name: str | None = None
    for at, line in enumerate(lines[:_MAX_LINES_TO_NUMBER]):
        if line.is_blank:
            continue
        if found := furniture.post_number(line.bare):
            return (at + 1, found, name) if counters or not name else (0, None, None)
        counters += bool(furniture.header_lines([other.bare for other in lines[at : at + 2]]))
        listed = re.sub(r"^\d{1,4}\.\s+", "", line.bare)
        if name is None and furniture.may_be_name(listed):
            name = listed
        elif name is None or (len(line.bare) > 60 and not counters):
            break
    return 0, None, None


def _title_then_text(lines: Sequence[Line], name_at: int, body_at: int) -> bool:
    """Whether a one-word name and a short title stand before running text with no blank line between."""
    if " " in lines[name_at].bare or body_at >= len(lines):
        return False
    return not lines[body_at].is_blank and len(lines[body_at].bare) > 60
