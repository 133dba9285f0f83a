"""Posts under a line that holds a name and nothing else, as a dump shows a page of Simple Machines Forum 2.1.

Any short line might be a name, so a page is believed to be of this kind only where its head says so.
"""

import re
from collections import Counter
from collections.abc import Sequence

from personas.reading.plain import furniture
from personas.reading.plain.lines import Line, Outline, make_block
from personas.reading.plain.marks import without_tail
from personas.reading.plain.quote_headers import quote_header
from personas.reading.plain.signatures import drop_signatures

_MIN_POSTS = 2
_MAX_HEAD_LINES = 40
_MAX_WORDS = 3
_STARTED = re.compile(r"(?i)^started by (?P<name>\S.{0,38}?), \S.*\d")
_NEIGHBOURS = re.compile(r"(?i)^(?:[«‹]\s*)?previous topic\b.{0,12}\bnext topic(?:\s*[»›])?$")
_PAGES = re.compile(r"(?i)^(?:pages?:?\s*\d+.{0,20}|go down|print|user actions)$")


def outline_lone_names(lines: Sequence[Line]) -> Outline | None:
    """Cut a text at lone names, None where its head does not show the page of a topic."""
    head = [(at, line.bare) for at, line in enumerate(lines[:_MAX_HEAD_LINES]) if not line.is_blank]
    started = next(((at, match["name"]) for at, text in head if (match := _STARTED.match(text))), None)
    below = next((at for at, text in head if _NEIGHBOURS.match(text)), None)
    if started is None or below is None or below < started[0]:
        return None
    cuts = _cuts(lines, below + 1, started[1])
    if len(cuts) < _MIN_POSTS:
        return None
    title = next((text for at, text in head if at < started[0]), None)
    outline = Outline(title=title, blocks=[], furniture=[], named_lines=[], is_sure=True, opens_thread=True)
    outline.notes.append("posts were told apart by lines that hold a name and nothing else")
    outline.names = frozenset(lines[at].bare for at in cuts)
    for line in lines[: cuts[0]]:
        if not line.is_blank:
            (outline.named_lines if line.bare == title else outline.furniture).append(line)
    for at, stop in zip(cuts, [*cuts[1:], len(lines)], strict=True):
        outline.named_lines.append(lines[at])
        body, tail = without_tail(lines[at + 1 : stop], is_last=stop == len(lines))
        outline.furniture += [line for line in tail if not line.is_blank]
        block = make_block(body, outline.furniture, outline.names)
        if block is not None:
            block.name = lines[at].bare
            outline.blocks.append(block)
    drop_signatures(outline, lines)
    return outline


def _cuts(lines: Sequence[Line], first: int, starter: str) -> list[int]:
    """Indexes of the lines that hold a name: the starter's, one that recurs or is quoted, else one that may be any."""
    lone = [at for at in range(first, len(lines)) if _is_lone(lines, at)]
    counts = Counter(lines[at].bare for at in lone)
    quoted = {found[0] for line in lines if (found := quote_header(line.text)) is not None}
    known = {starter, *quoted, *(text for text, count in counts.items() if count > 1)}
    stepped = _is_stepped(lines, [at for at in lone if lines[at].bare in known])
    return [
        at
        for at in lone
        if lines[at].bare in known
        or (
            len(lines[at].bare.split()) <= _MAX_WORDS
            and furniture.may_be_person(lines[at].bare)
            and not furniture.is_greeting(lines[at].bare)
            and not lines[at].bare.endswith((".", "!"))
            and (not stepped or _indent(lines[at]) > _indent_above(lines, at))
        )
    ]


def _is_lone(lines: Sequence[Line], at: int) -> bool:
    """Whether a line that could be a name stands alone, with text below it."""
    text = lines[at].bare
    if not text or not furniture.may_be_name(text) or furniture.is_post_end(text) or _PAGES.match(text):
        return False
    followed = (
        at + 1 < len(lines) and lines[at + 1].is_blank and any(not line.is_blank for line in lines[at + 2 : at + 5])
    )
    return followed and lines[at - 1].is_blank


def _is_stepped(lines: Sequence[Line], names: Sequence[int]) -> bool:
    """Whether every name is set deeper than what stands above it, as some dumps show posts in posts."""
    return len(names) > 1 and all(_indent(lines[at]) > _indent_above(lines, at) for at in names[1:])


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _indent_above(lines: Sequence[Line], at: int) -> int:
    return next((_indent(line) for line in reversed(lines[max(0, at - 4) : at]) if not line.is_blank), 0)
