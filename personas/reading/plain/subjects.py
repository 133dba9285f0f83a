"""Subjects over posts: the thread's title, which some software prints again over every post, with "Re:" or without."""

import re
from collections import Counter
from collections.abc import Sequence

from personas.reading.plain import furniture
from personas.reading.plain.lines import Block, BodyLines, Line, Outline, make_block

_MAX_ICON_CHARS = 12
_MAX_SUBJECT_CHARS = 160
_MAX_TITLE_CHARS = 120
# An icon's name, "Default" or "Thumbs up", may stand before it.
_REPLY = re.compile(r"(?i)^(?:[^\W\d_]+(?: [^\W\d_]+)? )?re:\s+(?=\S)")


def subject_said_again(lines: Sequence[Line]) -> str | None:
    """What stands after "Re:" in whole lines, and as a line of its own or twice; None where nothing does."""
    replies = Counter(
        _REPLY.sub("", line.bare)
        for line in lines
        if "re: " in line.bare[:24].casefold() and len(line.bare) <= _MAX_SUBJECT_CHARS and _REPLY.match(line.bare)
    )
    if not replies:
        return None
    whole = {line.bare for line in lines if line.bare in replies}
    said = [subject for subject, count in replies.most_common() if count > 1 or subject in whole]
    return said[0] if said else None


def drop_subjects(outline: Outline, lines: Sequence[Line], *, first_only: bool = False) -> None:
    """Take the thread's title off the starts of bodies, or of the first one alone."""
    if outline.title is None:
        return
    title = outline.title.casefold()
    body_lines = BodyLines(lines)
    for number, block in enumerate(outline.blocks[: 1 if first_only else None]):
        first, *rest = body_lines.of(block)
        subject = first.bare.casefold()
        # An icon's name, "Re:" or "Thumbs up", may stand before it.
        if not subject.endswith(title) or len(subject) > len(title) + _MAX_ICON_CHARS:
            continue
        trimmed = make_block(rest, outline.furniture, outline.names) if rest else None
        if trimmed is not None:
            outline.named_lines.append(first)
            outline.blocks[number] = _named_like(trimmed, block)


def drop_first_title(outline: Outline, lines: Sequence[Line]) -> None:
    """Take the thread's title off the start of the post that opens it, where the software always prints it there."""
    if not outline.opens_thread:
        return
    block = outline.blocks[0]
    first, *rest = BodyLines(lines).of(block)
    text = first.bare
    may_be_title = len(text.split()) > 1 and len(text) <= _MAX_TITLE_CHARS and not text.endswith((".", ":", ",", ";"))
    if not may_be_title or furniture.is_greeting(text) or any(header.start <= first.end for header in block.headers):
        return
    trimmed = make_block(rest, outline.furniture, outline.names) if rest else None
    if trimmed is not None:
        outline.title = text
        outline.named_lines.append(first)
        outline.blocks[0] = _named_like(trimmed, block)


def _named_like(trimmed: Block, block: Block) -> Block:
    trimmed.name, trimmed.number, trimmed.member = block.name, block.number, block.member
    trimmed.title, trimmed.likers = block.title, block.likers
    return trimmed
