"""Signatures under posts: what all posts of a member end with, and what stands below a note of an edit."""

import re
from collections.abc import Sequence

from personas.reading.plain_lines import BodyLines, Line, Outline, make_block

_NEIGHBOURS = 2


def drop_signatures(outline: Outline, lines: Sequence[Line]) -> None:
    """Take off the ends of bodies what a member's posts all end with, and what stands below a note of an edit."""
    body_lines = BodyLines(lines)
    bodies = [[line for line in body_lines.of(block) if not line.is_blank] for block in outline.blocks]
    by_name: dict[str, list[int]] = {}
    for number, block in enumerate(outline.blocks):
        if block.name is not None:
            by_name.setdefault(block.name, []).append(number)
    cut = {number: _edit_note(body) for number, body in enumerate(bodies)}
    for numbers in by_name.values():
        for place, one in enumerate(numbers):
            rest = bodies[one][: cut[one]]
            others = (bodies[other][: cut[other]] for other in _neighbours(numbers, place))
            shared = max((_shared_end(rest, other) for other in others), default=0)
            cut[one] -= shared if shared < len(rest) else 0
    for number, block in enumerate(outline.blocks):
        if cut[number] == len(bodies[number]):
            continue
        trimmed = make_block(bodies[number][: cut[number]], outline.furniture)
        if trimmed is not None:
            outline.furniture += bodies[number][cut[number] :]
            trimmed.name, trimmed.number = block.name, block.number
            outline.blocks[number] = trimmed


def _neighbours(numbers: Sequence[int], place: int) -> list[int]:
    """The member's posts just before and after one; a signature need not be compared with every other."""
    return [*numbers[max(0, place - _NEIGHBOURS) : place], *numbers[place + 1 : place + 1 + _NEIGHBOURS]]


def _edit_note(body: Sequence[Line]) -> int:
    """How many lines of a body come before the software's note of an edit, which only a signature can follow."""
    for at in range(len(body) - 1, 0, -1):
        if re.match(r"(?i)^last edited by .{1,60} on .{6,60}", body[at].bare):
            return at
    return len(body)


def _shared_end(one: Sequence[Line], other: Sequence[Line]) -> int:
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared].bare == other[-1 - shared].bare:
        shared += 1
    return shared
