"""Posts whose number closes their header, as XenForo prints a page: name, title, counters, a date, "#4", and the body.

For text copied from a page as it stands, with every name and button in it. Where the software ends a body with a line
of only U+00A0, what follows that line up to the next header (signature, likes, buttons) is no part of the post.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from personas.reading.plain import furniture
from personas.reading.plain.lines import Block, Line, Outline, make_block

_MIN_POSTS = 2
_MAX_HEADER_LINES = 40
_MAX_TITLES = 4
_MAX_BOX = 9
_NUMBER = re.compile(r"^(?:[•·*]\s*)?#(\d{1,6})(?:\s*·\s*(\S.{3,40}?))?(?:\s*\(edited\))?$", re.IGNORECASE)
_POSTS_AND_YEAR = re.compile(r"(?i)^[\d.,]+k? posts?\s*·\s*joined \d{4}$")
_STARTER = re.compile(r"(?i)\s+discussion starter(?:\s*·.*)?$")


@dataclass(frozen=True, slots=True)
class _Head:
    """A header: its first line, the line with the number, the number, and the member's name."""

    start: int
    at: int
    number: str
    name: str


def outline_numbered(lines: Sequence[Line]) -> Outline | None:
    """Cut a text at headers that a number closes, None where it has none or they are not plainly such."""
    numbers = [(at, match) for at, line in enumerate(lines) if (match := _NUMBER.match(line.bare))]
    if len(numbers) < _MIN_POSTS:
        return None
    heads = []
    for place, (at, match) in enumerate(numbers):
        above = numbers[place - 1][0] + 1 if place else 0
        head = _head(lines, max(above, at - _MAX_HEADER_LINES), at, match)
        if head is not None:
            heads.append(head)
    counted = [int(head.number) for head in heads]
    rising = sum(after > before for before, after in pairwise(counted))
    if len(heads) < max(_MIN_POSTS, 0.8 * len(numbers)) or len(set(counted)) < len(counted):
        return None
    return _cut(lines, heads) if 2 * rising >= len(heads) - 1 else None


def _head(lines: Sequence[Line], above: int, at: int, match: re.Match[str]) -> _Head | None:
    """The header that ends with line `at`, None where what stands above is none."""
    dated = furniture.is_when(match.group(2) or "") or _is_dated(lines, above, at)
    name_at, name = _name(lines, above, at)
    if name_at is None or not dated or not furniture.may_be_name(name) or furniture.is_counter(name):
        return None
    start = name_at
    # The name, or its first letter, stands above it once more where a picture was.
    while start > above and (lines[start - 1].is_blank or lines[start - 1].bare in (name, name[:1], name[:1].upper())):
        start -= 1
    return _Head(start, at, match.group(1), name)


def _is_dated(lines: Sequence[Line], above: int, at: int) -> bool:
    shown = [line.bare for line in lines[above:at] if not line.is_blank][-2:]
    return any(furniture.is_when(text.lstrip("•·* ")) for text in shown)


def _name(lines: Sequence[Line], above: int, at: int) -> tuple[int | None, str]:
    """Index of the line with the member's name, and the name; None where no line plainly holds it."""
    top = at
    while top > above and not lines[top - 1].is_blank:
        top -= 1
    for other in range(at - 1, top, -1):
        if _POSTS_AND_YEAR.match(lines[other].bare):
            return other - 1, _STARTER.sub("", lines[other - 1].bare)
    before = next((other for other in range(top - 1, above - 1, -1) if not lines[other].is_blank), None)
    if before is None:
        return None, ""
    paragraph = [line.bare for line in lines[top:at]]
    counted = any(furniture.header_lines(paragraph[place : place + 2]) for place in range(len(paragraph)))
    before = _top_of_box(lines, before, above)
    name = lines[before].bare
    again = next((lines[other].bare for other in range(before - 1, above - 1, -1) if not lines[other].is_blank), "")
    # Shown twice, or under its first letter, it is a member's name; else the counters must say so.
    return (before, name) if counted or again in (name, name[:1].upper()) else (None, "")


def _top_of_box(lines: Sequence[Line], last: int, above: int) -> int:
    """The first of the short lines, up to a gap, that end with line `last`: titles and counters stand below a name."""
    top = last
    while top > above and not lines[top - 1].is_blank and last - top < _MAX_BOX:
        top -= 1
    box = [line.bare for line in lines[top : last + 1]]
    while len(box) > 1 and furniture.is_counter(box[-1]):
        box.pop()
    gap = top == above or lines[top - 1].is_blank
    short = all(furniture.may_be_field(text) or furniture.is_known_member_title(text) for text in box)
    return top if gap and short and len(box) <= _MAX_TITLES and furniture.may_be_name(box[0]) else last


def _cut(lines: Sequence[Line], heads: Sequence[_Head]) -> Outline:
    outline = Outline(title=_title(lines[: heads[0].start]), blocks=[], furniture=[], named_lines=[], is_sure=True)
    outline.notes.append("posts were told apart by the numbers that close their headers")
    for line in lines[: heads[0].start]:
        if not line.is_blank:
            (outline.named_lines if line.bare == outline.title else outline.furniture).append(line)
    stops = [*(head.start for head in heads[1:]), len(lines)]
    for head, stop in zip(heads, stops, strict=True):
        outline.named_lines += [line for line in lines[head.start : head.at + 1] if not line.is_blank]
        body = lines[head.at + 1 : stop]
        end = _end(body, is_last=stop == len(lines))
        outline.furniture += [line for line in body[end:] if not line.is_blank]
        block = make_block(body[:end], outline.furniture)
        if block is not None:
            outline.blocks.append(_named(block, head))
    outline.opens_thread = bool(outline.blocks) and outline.blocks[0].number == "1"
    return outline


def _named(block: Block, head: _Head) -> Block:
    block.name, block.number = head.name, head.number
    return block


def _end(body: Sequence[Line], *, is_last: bool) -> int:
    """How many lines of a body are said: up to the line that ends it, else up to the buttons at its end."""
    marked = next((at for at, line in enumerate(body) if at and line.ends_body), None)
    if marked is not None:
        return marked
    end = len(body)
    if is_last:
        feet = (
            at for at, line in enumerate(body) if at and furniture.starts_page_foot(line.bare) and body[at - 1].is_blank
        )
        end = next(feet, end)
    while end > 0 and (body[end - 1].is_blank or furniture.is_post_end(body[end - 1].bare)):
        end -= 1
    return end


def _title(head: Sequence[Line]) -> str | None:
    """The thread's title: the last line of several words that the page's head has twice, else its first such line."""
    texts = [line.bare for line in head if len(line.bare.split()) > 1 and not furniture.is_furniture(line.bare)]
    twice = [text for place, text in enumerate(texts) if text in texts[:place]]
    return twice[-1] if twice else (texts[0] if texts else None)
