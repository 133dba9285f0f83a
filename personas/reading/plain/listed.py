"""Posts that are items of a numbered list, as XenForo 1 prints a page: "3. NAME", the name again, and the body."""

import re
from collections.abc import Sequence
from itertools import pairwise

from personas.reading.plain import furniture
from personas.reading.plain.lines import Line

_ITEM = re.compile(r"^(\s*(\d{1,6})\.(?:\s+|$))")
_LINES_TO_ITEM = 6
_LINES_TO_FIRST_ITEM = 40
_MIN_ITEMS = 3


def are_listed(segments: Sequence[Sequence[Line]]) -> bool:
    """Whether most segments open with the number of an item, and the numbers rise."""
    found = [_item(segment, _LINES_TO_ITEM if at else _LINES_TO_FIRST_ITEM) for at, segment in enumerate(segments)]
    numbers = [
        int(match.group(2))
        for match in (_match(segment, at) for segment, at in zip(segments, found, strict=True))
        if match
    ]
    rising = sum(after > before for before, after in pairwise(numbers))
    return len(numbers) >= max(_MIN_ITEMS, len(segments) // 2) and rising == len(numbers) - 1


def open_item(lines: list[Line], *, is_first: bool) -> tuple[list[Line], list[Line], str | None]:
    """A segment without its item's number and the name said twice after it.

    Returns:
        What is left, the lines before the item and of its name, and the name, None where it is lost.
    """
    at = _item(lines, _LINES_TO_FIRST_ITEM if is_first else _LINES_TO_ITEM)
    match = _match(lines, at)
    if match is None:
        return lines, [], None
    line, width = lines[at], len(match.group(1))
    before = [*lines[:at], Line(line.start, line.start + width, line.text[:width])]
    rest = [Line(line.start + width, line.end, line.text[width:]), *lines[at + 1 :]]
    name = rest[0].bare
    again = next((other for other in range(1, len(rest)) if not rest[other].is_blank), len(rest))
    if again + 1 < len(rest) and rest[again].bare == name and furniture.may_be_name(name):
        return rest[again + 1 :], before + rest[: again + 1], name
    return rest, before, None


def _item(lines: Sequence[Line], limit: int) -> int:
    """Index of the line that opens the item, -1 where there is none."""
    return next((at for at, line in enumerate(lines[:limit]) if _ITEM.match(line.text)), -1)


def _match(lines: Sequence[Line], at: int) -> re.Match[str] | None:
    return _ITEM.match(lines[at].text) if at >= 0 else None
