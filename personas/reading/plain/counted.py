"""Posts under a line that only counts them, 1, 2, 3, as Discourse prints a topic for those without scripts."""

import re
from collections.abc import Sequence

from personas.reading.plain import furniture
from personas.reading.plain.lines import Line, Outline, make_block

_MIN_POSTS = 3
_MAX_HEAD_LINES = 12
_MAX_MISSING = 2
_COUNT = re.compile(r"^\d{1,5}$")
_LIKES = re.compile(r"(?i)^(?:\d+ (?:likes?|replies|reply)|solved by \S.{0,40}|system closed\b.{0,80})$")


def outline_counted(lines: Sequence[Line]) -> Outline | None:
    """Cut a text at lines that count its posts, None where no lines plainly do."""
    counts = _counts(lines)
    head = [line for line in lines[: counts[0]] if not line.is_blank] if counts else []
    least = 2 if counts and not head and lines[counts[0]].bare == "1" else _MIN_POSTS
    if len(counts) < least or len(head) > _MAX_HEAD_LINES:
        return None
    outline = Outline(
        title=next((line.bare for line in head if " " in line.bare), None), blocks=[], furniture=[], named_lines=[]
    )
    outline.is_sure = True
    outline.notes.append("posts were told apart by lines that count them")
    outline.opens_thread = lines[counts[0]].bare == "1"
    for line in head:
        (outline.named_lines if line.bare == outline.title else outline.furniture).append(line)
    for at, stop in zip(counts, [*counts[1:], len(lines)], strict=True):
        outline.named_lines.append(lines[at])
        body = lines[at + 1 : stop]
        end = _end(body, is_last=stop == len(lines))
        outline.furniture += [line for line in body[end:] if not line.is_blank]
        block = make_block(body[:end], outline.furniture)
        if block is not None:
            block.number = lines[at].bare
            outline.blocks.append(block)
    return outline


def _counts(lines: Sequence[Line]) -> list[int]:
    """Indexes of lines that hold one number each and count on, with words between them."""
    chain: list[int] = []
    worded = True
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        if not _COUNT.match(line.bare):
            worded = worded or any(map(str.isalpha, line.bare))
            continue
        number = int(line.bare)
        step = number - int(lines[chain[-1]].bare) if chain else 1
        if not chain and at > 0 and number != 1:
            continue
        if worded and 0 < step <= _MAX_MISSING:
            chain.append(at)
            worded = False
    return chain


def _end(body: Sequence[Line], *, is_last: bool) -> int:
    """How many lines of a body are said: likes below it, and the page's foot, are not."""
    end = len(body)
    if is_last:
        feet = (
            at for at, line in enumerate(body) if at and furniture.starts_page_foot(line.bare) and body[at - 1].is_blank
        )
        end = next(feet, end)
    while end > 0 and (
        body[end - 1].is_blank or _LIKES.match(body[end - 1].bare) or furniture.is_post_end(body[end - 1].bare)
    ):
        end -= 1
    return end
