"""Posts under members' boxes: a name, perhaps a rank, and labelled counters, as boards print them beside every post.

"Posts: 96 / Joined: Feb 2011" and its like stand in no ordinary writing. phpBB and MyBB set one such line for each
counter, vBulletin 5 a list of values without labels; names may be lost, where they were links.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from personas.reading.plain import furniture
from personas.reading.plain.lines import Line, Outline, make_block
from personas.reading.plain.marks import name_below, title_before, without_tail
from personas.reading.plain.members import member_key
from personas.reading.plain.quote_headers import quote_header
from personas.reading.plain.recurring import end_shapes, head_length, head_shapes, without_recurring_end
from personas.reading.plain.signatures import drop_signatures
from personas.reading.plain.subjects import drop_first_title, drop_subjects

_MIN_BOXES = 2
_MAX_LABELS = 20
_MAX_ABOVE = 6
_MAX_BELOW = 6
_MAX_LABELLED_CHARS = 90
_MAX_TOP_CHARS = 45
_COUNTED = re.compile(r"(?i)^(?:posts?|messages|beiträge|mensajes|postów)\s*:\s*(?:\d[\d.,  ]*k?|n/a)$")
_SINCE = re.compile(r"(?i)^(?:joined|join date|registered|registriert|member since|founded|threads)\s*:\s*\S")
_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^\W\d ()/'’.-]*(?: [^\W\d]+| ?\([^\W\d ]+\)){0,3}):(?:\s.*)?$")
_MIN_SAME_LABEL = 2
_PRESENT = re.compile(r"^(?:(?P<name>\S.{0,38}?)\s+(?:Offline|Online|Away)|(?:Offline|Online)\s+(?P<after>\S.{0,38}))$")
_MAX_BELOW_PRESENT = 4
_NUMBER = re.compile(r"^#(?P<number>\d{1,6})(?:\s*[|·].{0,20})?$")
_LISTED_SINCE = re.compile(
    r"^[•·*]\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d{4}$|^[•·*]\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$"
)
_LISTED_COUNT = re.compile(r"^[•·*]\s*\d[\d,.]*$")
_LISTED_LABEL = re.compile(r"(?i)^[•·*]\s*(?:posts?|messages|beiträge|mensajes)\s*:\s*\d[\d.,]*$")
_LISTED = re.compile(r"^[•·*]\s+(?P<text>\S.*)$")
_MODIFIED = re.compile(r"\s*\((?:This post was last modified|Edited):? [^()]*\)?.*$")
_ON_LINE = re.compile(r"(?i)^«\s*(?:.{1,30}\bon:)\s*.{8,40}»$")
_BY_LINE = re.compile(r"^(?:Unread\s+)?(?:[Pp]ost\s?)?(?:by\s+(?P<name>\S.{0,38}?)\s+)?»(?P<when>.*)$")
_TOP = re.compile(r"(?i)^(?:user avatar|(?:topic )?author)$")


@dataclass(frozen=True, slots=True)
class _Box:
    """A member's box with what stands under it: lines `top` to `body` (exclusive)."""

    top: int
    body: int
    name: str | None
    number: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labelled counters of a box: lines `start` to `end` (exclusive)."""

    start: int
    end: int
    is_listed: bool
    """Whether they are a list without labels, under whose first item the name stands too."""


def outline_boxes(lines: Sequence[Line]) -> Outline | None:
    """Cut a text at members' boxes, None where there are too few of them."""
    found = _all_labels(lines)
    if len(found) < _MIN_BOXES:
        return None
    known = _sure_names(lines, found)
    ranked = _have_ranks(lines, found, known)
    boxes: list[_Box] = []
    floor = 0
    for labels in found:
        box = _box(lines, labels, floor, known, ranked=ranked)
        boxes.append(box)
        floor = box.body
    return _cut(lines, boxes, is_listed=found[0].is_listed)


def _all_labels(lines: Sequence[Line]) -> list[_Labels]:
    found: list[_Labels] = []
    known = _recurring_labels(lines)
    for at, line in enumerate(lines):
        if found and at < found[-1].end:
            continue
        if line.bare[:1] in ("•", "·", "*"):
            found += _listed(lines, at, found[-1].end if found else 0)
        elif ":" in line.bare[:16] and _COUNTED.match(line.bare):
            found += _labelled(lines, at, found[-1].end if found else 0, known)
    return found


def _listed(lines: Sequence[Line], at: int, floor: int) -> list[_Labels]:
    start, end = at, at + 2
    if _LISTED_LABEL.match(lines[at].bare):
        end = at + 1
        while start > max(floor, at - _MAX_BELOW) and _LISTED.match(lines[start - 1].bare):
            start -= 1
    elif not _LISTED_SINCE.match(lines[at].bare) or at + 1 == len(lines) or not _LISTED_COUNT.match(lines[at + 1].bare):
        return []
    while end < len(lines) and end < at + _MAX_BELOW and _LISTED.match(lines[end].bare):
        end += 1
    return [_Labels(start, end, is_listed=start == at)]


def _recurring_labels(lines: Sequence[Line]) -> frozenset[str]:
    """Labels that several lines of the page begin with; what stands before a colon once is somebody's own heading."""
    matches = (
        _LABELLED.match(line.bare) for line in lines if ":" in line.bare and len(line.bare) <= _MAX_LABELLED_CHARS
    )
    counts = Counter(match["label"] for match in matches if match)
    return frozenset(label for label, count in counts.items() if count >= _MIN_SAME_LABEL)


def _labelled(lines: Sequence[Line], at: int, floor: int, known: frozenset[str]) -> list[_Labels]:
    start, end = at, at + 1
    while start > max(floor, at - _MAX_LABELS) and _is_label(lines[start - 1], known):
        start -= 1
    while end < min(len(lines), at + _MAX_LABELS) and _is_label(lines[end], known):
        end += 1
    above = _above(lines, start, floor)
    is_box = any(_SINCE.match(line.bare) for line in lines[start:end])
    is_box = is_box or (bool(above) and above.start > 0 and _opens_post(lines[above.start - 1].bare))
    return [_Labels(start, end, is_listed=False)] if is_box else []


def _is_label(line: Line, known: frozenset[str]) -> bool:
    if not 0 < len(line.bare) <= _MAX_LABELLED_CHARS:
        return False
    match = _LABELLED.match(line.bare)
    if match is None or quote_header(line.text) is not None:
        return False
    return match["label"] in known or furniture.is_labelled(line.bare)


def _sure_names(lines: Sequence[Line], found: Sequence[_Labels]) -> Counter[str]:
    """Names that the page gives beyond doubt: under a picture, in quotations' headers, in lines of who posted."""
    names: Counter[str] = Counter()
    for line in lines:
        if (quoted := quote_header(line.text)) is not None:
            names[quoted[0]] += 1
        if "»" in line.bare and (match := _BY_LINE.match(line.bare)) and match["name"]:
            names[match["name"]] += 1
    for labels in found:
        above = _above(lines, labels.start, 0)
        if above and (top := _marked_top(lines, above)) is not None:
            names[lines[top].bare] += 1
    return names


def _above(lines: Sequence[Line], start: int, floor: int) -> range:
    """The few lines over the labels that may be name and rank."""
    top = start
    # Some themes set a line of one no-break space between rank and counters.
    if top > floor and lines[top - 1].is_blank and lines[top - 1].text:
        top -= 1
    base = top
    while top > max(floor, base - _MAX_ABOVE) and _may_be_top(lines[top - 1]):
        top -= 1
    return range(top, base)


def _may_be_top(line: Line) -> bool:
    if not 0 < len(line.bare) <= _MAX_TOP_CHARS or _opens_post(line.bare):
        return False
    return bool(_TOP.match(line.bare)) or not furniture.is_post_end(line.bare)


def _opens_post(text: str) -> bool:
    """Whether a line is the number or the date of a post, which some boards set over the box."""
    return bool(_NUMBER.match(text)) or _is_dated(text)


def _marked_top(lines: Sequence[Line], above: range) -> int | None:
    """Index of the name where the place of a member's picture, "Topic Author" or the post's number stands over it."""
    for at in reversed(above):
        if _TOP.match(lines[at].bare):
            return at + 1 if at + 1 in above else None
    before = lines[above.start - 1].bare if above.start else ""
    return above.start if _TOP.match(before) or _opens_post(before) else None


def _have_ranks(lines: Sequence[Line], found: Sequence[_Labels], known: Counter[str]) -> bool:
    """Whether most boxes whose name is known have a rank between it and the counters."""
    with_rank = without = 0
    for labels in found:
        above = _above(lines, labels.start, 0)
        if above:
            without += lines[above[-1]].bare in known
            with_rank += len(above) > 1 and lines[above[-2]].bare in known and lines[above[-1]].bare not in known
    return with_rank > without


def _box(lines: Sequence[Line], labels: _Labels, floor: int, known: Counter[str], *, ranked: bool) -> _Box:
    top, name = _name_over(lines, labels, floor, known, ranked=ranked)
    while top > floor and _goes_with_box(lines[top - 1]):
        top -= 1
    body, number, given = _below(lines, labels)
    member = member_key([line.bare for line in lines[labels.start : labels.end]])
    return _Box(top, body, given or name, number, member)


def _goes_with_box(line: Line) -> bool:
    return line.is_blank or bool(_TOP.match(line.bare)) or _opens_post(line.bare)


def _name_over(
    lines: Sequence[Line], labels: _Labels, floor: int, known: Counter[str], *, ranked: bool
) -> tuple[int, str | None]:
    present = _present(lines, labels.start, floor)
    if present is not None:
        return present
    above = _above(lines, labels.start, floor)
    if not above:
        return _alone(lines, labels.start, floor) if lines[labels.start].bare[:1] in "•·*" else (labels.start, None)
    if labels.is_listed:
        for at in reversed(above):
            if match := _LISTED.match(lines[at].bare):
                return at, match["text"]
    place = _marked_top(lines, above)
    if place is None:
        place = next((at for at in reversed(above) if lines[at].bare in known), None)
    if place is None and furniture.is_known_member_title(lines[above[-1]].bare) and len(above) > 1:
        place = above[-2]
    if place is None:
        place = above[-2] if ranked and len(above) > 1 else above[-1]
    text = lines[place].bare.removesuffix("'s Avatar")
    return (place, text) if furniture.may_be_name(text) else (labels.start, None)


def _present(lines: Sequence[Line], start: int, floor: int) -> tuple[int, str] | None:
    """The line over a box that says a member's name and whether they are there, and that name."""
    seen = 0
    for at in range(start - 1, floor - 1, -1):
        if lines[at].is_blank:
            continue
        if match := _PRESENT.match(lines[at].bare):
            return at, match["name"] or match["after"]
        seen += 1
        if seen > _MAX_BELOW_PRESENT or furniture.is_sentence(lines[at].bare) or furniture.is_post_end(lines[at].bare):
            break
    return None


def _alone(lines: Sequence[Line], start: int, floor: int) -> tuple[int, str | None]:
    """The name in a line of its own over a list, and where it stands."""
    at = next((at for at in range(start - 1, floor - 1, -1) if not lines[at].is_blank), -1)
    text = lines[at].bare if at >= 0 else ""
    is_name = at > 0 and lines[at - 1].is_blank and furniture.may_be_person(text)
    return (at, text) if is_name else (start, None)


def _below(lines: Sequence[Line], labels: _Labels) -> tuple[int, str | None, str | None]:
    """Where the body begins after the lines under a box, the post's number, and the name if it stands there again."""
    body = at = labels.end if labels.is_listed else _end_of_box(lines, labels.end)
    taken = 0
    number = name = None
    while at < len(lines) and taken < _MAX_BELOW:
        text = lines[at].bare
        if not text:
            at += 1
            continue
        found = _NUMBER.match(text)
        by = _BY_LINE.match(text) if "»" in text else None
        if found:
            number = found["number"]
        elif by:
            name = by["name"] or name
        elif _ON_LINE.match(text):
            pass
        elif labels.is_listed or not (_is_dated(text) or text[:4].casefold() == "re: " or _is_subject(lines, at)):
            break
        at, taken = at + 1, taken + 1
        body = at
    return body, number, name


def _end_of_box(lines: Sequence[Line], end: int) -> int:
    """Where a box ends whose last lines are fields without a label; a line on the post must follow after a gap."""
    last = end
    while (
        last < len(lines)
        and last - end < _MAX_BELOW
        and lines[last].bare
        and not furniture.is_sentence(lines[last].bare)
    ):
        last += 1
    if last == end or last >= len(lines) or not lines[last].is_blank:
        return end
    at = next((at for at in range(last, min(last + 4, len(lines))) if not lines[at].is_blank), last)
    text = lines[at].bare
    opens = _is_dated(text) or ("»" in text and _BY_LINE.match(text)) or _NUMBER.match(text)
    return last if opens or text[:4].casefold() == "re: " or _is_subject(lines, at) else end


def _is_dated(text: str) -> bool:
    return len(text) <= 200 and furniture.is_when(_MODIFIED.sub("", text))


def _is_subject(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of its own stands between a box and the date of the post."""
    following = next((line.bare for line in lines[at + 1 : at + 4] if not line.is_blank), "")
    alone = at + 1 < len(lines) and lines[at + 1].is_blank and lines[at - 1].is_blank
    return alone and (_is_dated(following) or ("»" in following and bool(_BY_LINE.match(following))))


def _cut(lines: Sequence[Line], boxes: Sequence[_Box], *, is_listed: bool) -> Outline:
    head = lines[: boxes[0].top]
    outline = Outline(title=title_before(lines, boxes[0].top), blocks=[], furniture=[], named_lines=[], is_sure=True)
    outline.notes.append("posts were told apart by the members' boxes beside them")
    for line in head:
        if not line.is_blank:
            (outline.named_lines if line.bare == outline.title else outline.furniture).append(line)
    stops = [*(box.top for box in boxes[1:]), len(lines)]
    segments = [lines[box.body : stop] for box, stop in zip(boxes, stops, strict=True)]
    heads = head_shapes(segments, 1)
    ends = end_shapes(segments)
    outline.names = frozenset(box.name for box in boxes if box.name)
    for box, following in zip(boxes, segments, strict=True):
        taken = 0 if is_listed else head_length(following, heads, 1)
        taken = taken if any(not line.is_blank for line in following[taken:]) else 0
        segment = following[taken:]
        outline.named_lines += [line for line in lines[box.top : box.body + taken] if not line.is_blank]
        end = without_recurring_end(segment, ends) if ends else len(segment)
        body, tail = without_tail(segment[:end], is_last=box is boxes[-1])
        outline.furniture += [line for line in [*segment[end:], *tail] if not line.is_blank]
        block = make_block(body, outline.furniture, outline.names)
        if block is not None:
            block.member = box.member
            is_title = box.name is None or furniture.is_known_member_title(box.name)
            block.name, block.number = name_below(tail) if is_title else box.name, box.number
            outline.blocks.append(block)
    outline.opens_thread = bool(outline.blocks) and outline.blocks[0].number == "1"
    if _opens_post(lines[boxes[0].top].bare):
        drop_first_title(outline, lines)
    # In the listed kind only the first post has the thread's title over it.
    drop_subjects(outline, lines, first_only=is_listed)
    drop_signatures(outline, lines)
    return outline
