"""What is left to take off posts and names once all posts of a page are known: what they have in common."""

import re
from collections.abc import Callable, Sequence

from personas.reading.plain.buttons import is_badge, is_button_line, is_count_line
from personas.reading.plain.lines import Block, BodyLines, Line, Outline, make_block

_LEAST_SHARE = 0.5
_LEAST_HEADED = 0.6
_MAX_HEAD_CHARS = 120
_CLOCK = re.compile(r"^\[?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?\]?$")
_ADDRESSED = re.compile(r"^(?:to|cc|replying to|in reply to|in response to|an)\s+\S", re.IGNORECASE)
_WIDE = re.compile(r"\s{2,}|\s*(?:→|▶|►|⟶|➜)\s*")
_MIN_POSTS = 2
_EDITED = re.compile(r"\s*\((?:edited|bearbeitet)\)\s*$", re.IGNORECASE)
_NOBODY = re.compile(
    r"^\[?(?:deleted|removed|deleted[ _-]user|account deleted|anonymous(?: user| coward)?|guest|unknown user)\]?$",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"^\[?(?:(?:this )?(?:comment|post|message) )?(?:was )?(?:deleted|removed)(?: by \S.{0,30})?\]?\.?$", re.IGNORECASE
)


def tidy(outline: Outline, lines: Sequence[Line]) -> None:
    """Take buttons, lines on whom a post goes to, and clocks off the posts, and whom they answer off their names.

    Each only where most posts of the page have it: a word that one post ends with may have been said.
    """
    if len(outline.blocks) < _MIN_POSTS:
        return
    _settle_names(outline)
    _leave_out_deleted(outline, lines)
    if sum(block.name is not None for block in outline.blocks) < len(outline.blocks) / 2:
        return  # what an extractor left has lost its buttons with its names
    body_lines = BodyLines(lines)
    bodies = [body_lines.of(block) for block in outline.blocks]
    ends = [_without_buttons(body) for body in bodies]
    ended = [
        end < len(body) or body_lines.is_followed(block, is_button_line)
        for end, body, block in zip(ends, bodies, outline.blocks, strict=True)
    ]
    if sum(ended) >= _LEAST_SHARE * len(bodies):
        _trim(outline, bodies, lambda number, body: body[: ends[number]])
        bodies = [body_lines.of(block) for block in outline.blocks]
    counted = [len(body) > 1 and is_count_line(body[-1].bare) and body[-2].is_blank for body in bodies]
    if sum(counted) >= _LEAST_HEADED * len(bodies):
        # The votes of the next post stand over its name.
        _trim(outline, bodies, lambda number, body: body[:-1] if counted[number] else body)
        bodies = [body_lines.of(block) for block in outline.blocks]
    headed = [bool(body) and len(body) > 1 and _is_head(body[0].bare) for body in bodies]
    if sum(headed) >= _LEAST_HEADED * len(bodies):
        _trim(outline, bodies, lambda number, body: body[1:] if headed[number] else body)
        bodies = [body_lines.of(block) for block in outline.blocks]
    for block, body in zip(outline.blocks, bodies, strict=True):
        _leave_out_clocks(block, body, outline)
        _leave_out_edited(block, body, outline)


def _is_head(text: str) -> bool:
    return len(text) <= _MAX_HEAD_CHARS and _ADDRESSED.match(text) is not None


def _without_buttons(body: Sequence[Line]) -> int:
    """How many lines are left without buttons at the end, and the counters and badges among them."""
    end, at = len(body), len(body)
    while at > 1:
        line = body[at - 1]
        if is_button_line(line.bare):
            end = at - 1
        elif not (line.is_blank or is_count_line(line.bare) or is_badge(line.bare)):
            break
        at -= 1
    return at if end < len(body) else end


def _trim(
    outline: Outline, bodies: Sequence[Sequence[Line]], kept: Callable[[int, Sequence[Line]], Sequence[Line]]
) -> None:
    for number, (block, body) in enumerate(zip(outline.blocks, bodies, strict=True)):
        left = kept(number, body)
        if len(left) == len(body):
            continue
        trimmed = make_block(left, outline.furniture, outline.names)
        if trimmed is None:
            continue
        inside = {line.start for line in left}
        outline.furniture += [line for line in body if line.start not in inside and not line.is_blank]
        block.start, block.end, block.holes, block.headers = trimmed.start, trimmed.end, trimmed.holes, trimmed.headers


def _leave_out_clocks(block: Block, body: Sequence[Line], outline: Outline) -> None:
    """In a chat that was copied, lines that hold only a time stand between the messages of one person."""
    known = set(block.holes)
    for line in body[1:]:
        hole = (max(line.start, block.start), min(line.end, block.end))
        if _CLOCK.match(line.bare) and hole not in known:
            block.holes.append(hole)
            outline.furniture.append(line)
    block.holes.sort()


def _leave_out_edited(block: Block, body: Sequence[Line], outline: Outline) -> None:
    """Chats write "(edited)" behind a message."""
    last = body[-1] if body else None
    match = _EDITED.search(last.text) if last is not None else None
    if last is None or match is None or last.start + match.start() <= block.start:
        return
    cut = last.start + match.start()
    outline.furniture.append(Line(cut, last.end, last.text[match.start() :]))
    block.end = min(block.end, cut)


def _leave_out_deleted(outline: Outline, lines: Sequence[Line]) -> None:
    """What a site writes in place of a post that was deleted is no post, and who wrote it is nobody."""
    body_lines = BodyLines(lines)
    for block in list(outline.blocks):
        if block.name is None or not _NOBODY.match(block.name):
            continue
        block.is_nobody = True
        body = body_lines.of(block)
        is_reply = any(other.answers is not None for other in outline.blocks)
        if len(body) == 1 and _DELETED.match(body[0].bare) and not is_reply:
            outline.furniture.append(body[0])
            outline.blocks.remove(block)


def _settle_names(outline: Outline) -> None:
    """Names without those of the people whom the post answers, where the page sets both in one line."""
    known = {block.name for block in outline.blocks if block.name}
    for block in outline.blocks:
        if not block.name:
            continue
        first, *others = _WIDE.split(block.name.strip(), maxsplit=1)
        if others and others[0] in known and first:
            block.name = first
            continue
        answered = [name for name in known if block.name.endswith(f" {name}") and name != block.name]
        for name in answered:
            writer = block.name[: -len(name)].strip()
            if writer in known or len(name.split()) > 1:
                block.name = writer
                break
