"""Cutting a page that somebody copied whole from a browser: all that stands on it, in order, markup lost.

A copied XenForo page closes each member's box with a line "#N"; older versions sign each post with name and date.
Comment pages (Reddit, YouTube, Disqus and their like) print a name and, below it, how long ago it was written. Unlike
in a dump by an extractor, nothing is dropped: every name is there, and so are all buttons.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from personas.reading.plain import furniture
from personas.reading.plain.lines import Block, Line, Outline, QuoteHeader, make_block
from personas.reading.plain.quote_headers import quote_header

_NUMBER = re.compile(r"^(?:\d{1,6}\.\s+)?#\s?(\d{1,3}(?:[.,]\d{3})+|\d{1,6})$")
_MIN_POSTS = 2
_MOST_BOX_LINES = 24
_LONGEST_IN_BOX = 60
_MOST_OWN_TITLES = 1
_MOST_AFTER_END = 600
_SAYS_WHEN_ABOVE = 3
_CLOSES_QUOTE = re.compile(r"(?i)^click to expand(?:\.\.\.|…)?$")
_STARTER = re.compile(r"(?i)^\s*thread starter\s+(?P<name>\S.{0,38})$")
_RELATIVE = re.compile(
    r"(?i)^(?:(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: at)?(?: \d{1,2}:\d\d(?: [ap]m)?)?|"
    r"a moment ago|just now|(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago)$"
)
_BUTTON = re.compile(
    r"(?i)^(?:more options|wikipost history.*|reply|like|quote|report|share|bookmark|add bookmark|edit|delete|new|"
    r"next last|prev next|first prev|\d+ of \d+|go|go to page|next|last|prev|first|…|\d{1,4}|status)$"
)


def outline_pasted(lines: Sequence[Line]) -> Outline | None:
    """The posts of a page that was copied whole, None where the text is none.

    Believed only where the boxes' numbers rise and a time stands over most of them.
    """
    anchors = _anchors(lines)
    if len(anchors) < _MIN_POSTS:
        return None
    signed = _signatures(lines, anchors)
    if 2 * len(signed) > len(anchors):
        return _outline_signed(lines, anchors, signed)
    timed = sum(_says_when(lines, anchor.at) for anchor in anchors)
    if 2 * timed <= len(anchors):
        return None
    return _outline_boxes(lines, anchors)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The line that closes a member's box and opens the post's body."""

    at: int
    number: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A member's box: its lines are `start` to the anchor's."""

    start: int
    name: str | None


def _anchors(lines: Sequence[Line]) -> list[_Anchor]:
    found = [
        _Anchor(at, re.sub(r"[.,]", "", match.group(1)))
        for at, line in enumerate(lines)
        if "#" in line.bare[:12] and (match := _NUMBER.match(line.bare))
    ]
    numbers = [int(anchor.number) for anchor in found]
    rising = all(after > before for before, after in pairwise(numbers))
    # Numbers far apart are hashtags and ranks, not the posts of one page.
    return found if rising and numbers and numbers[-1] - numbers[0] < 3 * len(numbers) else []


def _says_when(lines: Sequence[Line], at: int) -> bool:
    above = [line.bare for line in lines[max(0, at - _SAYS_WHEN_ABOVE) : at]]
    return any(furniture.is_when(text) or _RELATIVE.match(text) for text in above)


def _outline_boxes(lines: Sequence[Line], anchors: Sequence[_Anchor]) -> Outline | None:
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[], is_sure=True)
    known = _known_names(lines)
    boxes: list[_Box] = []
    floor = 0
    for anchor in anchors:
        boxes.append(_box_over(lines, anchor.at, floor, known))
        floor = anchor.at + 1
    if 2 * sum(anchor.at - box.start > 1 for anchor, box in zip(anchors, boxes, strict=True)) <= len(boxes):
        return None  # the box stands below the number
    outline.title = _title(lines[: boxes[0].start], outline)
    _note_head(lines[: boxes[0].start], outline)
    stops = [*(box.start for box in boxes[1:]), len(lines)]
    for box, anchor, stop in zip(boxes, anchors, stops, strict=True):
        outline.named_lines += [line for line in lines[box.start : anchor.at + 1] if not line.is_blank]
        segment = lines[anchor.at + 1 : stop]
        end = _end_of_body(segment, is_last=stop == len(lines))
        tail = [line for line in segment[end:] if not line.is_blank]
        _add(segment[:end], tail, box.name, anchor.number, outline)
    return outline


def _box_over(lines: Sequence[Line], at: int, floor: int, known: frozenset[str]) -> _Box:
    start = at
    while start > max(floor, at - _MOST_BOX_LINES) and _may_be_in_box(lines[start - 1]):
        start -= 1
    box = lines[start:at]
    place = _name_place(box, known)
    if place is None:
        return _Box(at, None)
    is_lettered = place > 0 and _is_letter_of(box[place - 1].bare, box[place].bare)
    return _Box(start + place - is_lettered, box[place].bare)


def _may_be_in_box(line: Line) -> bool:
    if line.is_blank or len(line.bare) > _LONGEST_IN_BOX:
        return False
    # A member's counters are numbers too, so only words are buttons here.
    is_button = not line.bare.isdigit() and _BUTTON.match(line.bare)
    return not (furniture.is_post_tail(line.bare) or is_button or _CLOSES_QUOTE.match(line.bare))


def _name_place(box: Sequence[Line], known: frozenset[str]) -> int | None:
    """Which line of a box is the name: under its own letter, else one known from elsewhere, else over a rank."""
    texts = [line.bare for line in box]
    for place, (letter, name) in enumerate(pairwise(texts)):
        if _is_letter_of(letter, name):
            return place + 1
    for place, text in enumerate(texts):
        if text in known and not furniture.header_lines([text]):
            return place
    for place, (name, title) in enumerate(pairwise(texts)):
        if furniture.is_known_member_title(title) and furniture.may_be_name(name):
            # A member may have a title of their own between the name and the software's.
            return 0 if place <= _MOST_OWN_TITLES and furniture.may_be_name(texts[0]) else place
    return next((place for place, text in enumerate(texts) if not furniture.header_lines([text])), None)


def _is_letter_of(letter: str, name: str) -> bool:
    return len(letter) == 1 and letter.casefold() == name[:1].casefold() and len(name) > 1


def _known_names(lines: Sequence[Line]) -> frozenset[str]:
    """Names that the page prints elsewhere: of whom it quotes, of likers, of who began the thread."""
    found: set[str] = set()
    for line in lines:
        if quoted := quote_header(line.text):
            found.add(quoted[0])
        if started := _STARTER.match(line.bare):
            found.add(started["name"])
        found.update(furniture.likers(line.bare))
    return frozenset(found)


def _end_of_body(segment: Sequence[Line], *, is_last: bool) -> int:
    """Where a body ends: at the first end mark after which nothing is left but a signature and buttons."""
    marks = [at for at, line in enumerate(segment) if _ends_body(line)]
    for at in marks:
        after = sum(len(line.bare) for line in segment[at:])
        if is_last or after <= _MOST_AFTER_END:
            return at
    end = marks[-1] if marks else len(segment)
    while end and (segment[end - 1].is_blank or furniture.is_post_end(segment[end - 1].bare)):
        end -= 1
    return end


def _ends_body(line: Line) -> bool:
    # Browsers copy the no-break space that ends a body as a plain one.
    return line.is_blank and line.text != ""


def _title(head: Sequence[Line], outline: Outline) -> str | None:
    """The line over "Thread starter"."""
    for at, line in enumerate(head):
        if _STARTER.match(line.bare):
            over = next((other for other in reversed(head[:at]) if not other.is_blank), None)
            if over is not None and not furniture.is_furniture(over.bare):
                outline.opens_thread = False
                return over.bare
    return None


def _note_head(head: Sequence[Line], outline: Outline) -> None:
    for line in head:
        if not line.is_blank:
            (outline.named_lines if line.bare == outline.title else outline.furniture).append(line)


def _add(
    body: Sequence[Line], tail: Iterable[Line], name: str | None, number: str | None, outline: Outline
) -> Block | None:
    tail = list(tail)
    block = make_block(body, outline.furniture)
    outline.furniture += tail
    if block is None:
        return None
    block.name, block.number = name, number
    block.likers = [one for line in tail for one in furniture.likers(line.bare)]
    block.headers = [_closed(header, body) for header in block.headers]
    outline.blocks.append(block)
    return block


def _closed(header: QuoteHeader, body: Sequence[Line]) -> QuoteHeader:
    """The header of a quotation with the place where the page closes it."""
    for line in body:
        if line.start >= header.end:
            if quote_header(line.text):
                break
            if _CLOSES_QUOTE.match(line.bare):
                return replace(header, closes=line.start)
    return header


def _signatures(lines: Sequence[Line], anchors: Sequence[_Anchor]) -> dict[int, int]:
    """The line that signs each post ("NAME, May 1, 2024"), by the index of the anchor."""
    found: dict[int, int] = {}
    stops = [*(anchor.at for anchor in anchors[1:]), len(lines)]
    for index, (anchor, stop) in enumerate(zip(anchors, stops, strict=True)):
        signed = [at for at in range(anchor.at + 1, stop) if furniture.signed_by(lines[at].bare)]
        if signed:
            # The page's foot may list other threads in the same way.
            found[index] = signed[0] if index == len(anchors) - 1 else signed[-1]
    return found


def _outline_signed(lines: Sequence[Line], anchors: Sequence[_Anchor], signed: dict[int, int]) -> Outline:
    """A page whose posts are signed below: the box of the next post follows the line that signs."""
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[], is_sure=True)
    names = Counter(furniture.signed_by(lines[at].bare) for at in signed.values())
    before = next((at for at in range(anchors[0].at) if furniture.signed_by(lines[at].bare)), None)
    # A post without a number stands before the first: an extractor took it for the start of a list.
    head_end = _body_without_number(lines, before) if before is not None else _box_below(lines, 0, anchors[0].at, names)
    outline.title = _title_in_words(lines[:head_end], lines[anchors[0].at :])
    _note_head(lines[:head_end], outline)
    box_at = head_end
    if before is not None:
        box_at = _box_below(lines, before + 1, anchors[0].at, names)
        tail = [line for line in lines[before:box_at] if not line.is_blank]
        _add(lines[head_end:before], tail, furniture.signed_by(lines[before].bare), None, outline)
    outline.named_lines += [line for line in lines[box_at : anchors[0].at + 1] if not line.is_blank]
    stops = [*(anchor.at for anchor in anchors[1:]), len(lines)]
    for index, (anchor, stop) in enumerate(zip(anchors, stops, strict=True)):
        is_last = stop == len(lines)
        end = signed.get(index)
        box = stop if is_last else _box_below(lines, end or anchor.at + 1, stop, names)
        body = lines[anchor.at + 1 : end if end is not None else box]
        tail = [line for line in lines[end if end is not None else box : box] if not line.is_blank]
        name = furniture.signed_by(lines[end].bare) if end is not None else None
        _add(body, tail, name, anchor.number, outline)
        if not is_last:
            outline.named_lines += [line for line in lines[box : stop + 1] if not line.is_blank]
    return outline


def _body_without_number(lines: Sequence[Line], signed_at: int) -> int:
    """Where the body begins that is signed at a line: after the counters over it, else after the line on the thread."""
    texts = [line.bare for line in lines[:signed_at]]
    start = 0
    for at, text in enumerate(texts):
        taken = furniture.header_lines(texts[at : at + 2])
        if taken or text.startswith("Discussion in "):
            start = max(start, at + max(taken, 1))
    return start


def _box_below(lines: Sequence[Line], floor: int, anchor: int, names: Counter[str | None]) -> int:
    """Where the box over an anchor begins: at the line that begins with a name."""
    for at in range(anchor - 1, max(floor, anchor - _MOST_BOX_LINES) - 1, -1):
        text = lines[at].bare
        if any(name and (text == name or text.startswith(f"{name} ")) for name in names) and not furniture.likers(text):
            return at
    return anchor


def _title_in_words(head: Sequence[Line], body: Sequence[Line]) -> str | None:
    """The longest early line that is no furniture and that the page's own line of discussion follows."""
    for at, line in enumerate(head):
        following = next((other.bare for other in head[at + 1 :] if not other.is_blank), "")
        if following.startswith("Discussion in ") and len(line.bare.split()) > 1:
            return line.bare
    spoken = {word for line in body for word in re.findall(r"\w{4,}", line.bare.casefold())}
    ranked = [
        (sum(word in spoken for word in re.findall(r"\w{4,}", line.bare.casefold())), -at, line.bare)
        for at, line in enumerate(head)
        if 2 <= len(line.bare.split()) <= 25 and not furniture.is_furniture(line.bare)
    ]
    best = max(ranked, default=(0, 0, ""))
    return best[2] if best[0] >= 2 else None
