"""Question pages that were copied whole: each text is followed by who asked, answered or commented it, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from personas.reading.plain.frame_lines import FrameLine, as_name, frame_lines
from personas.reading.plain.lines import Line, Outline, account_for_rest, make_block
from personas.reading.plain.moments import moment_in

_MIN_POSTS = 2
_MAY_BE_ASKED = re.compile(r"(?i)(?:asked|answered)\s")
_ABOVE = 14
_DASHED = re.compile(r"^[–—-]\s*(?P<name>\S.{0,40})$")
_ENDS_IN_DASH = re.compile(r"\s[–—-]$|^[–—-]$")
_REPUTATION = re.compile(
    r"(?i)^(?=\d)(?:[\d.,k\s]++|gold|silver|bronze|badges?|[•●])++$|.*\b(?:gold|silver|bronze) badges?\b.*"
)
_PAGE_HEAD = re.compile(r"(?i)^(?:asked|modified|active|viewed)\b.*(?:\d|today|yesterday|times)")
_FOOT = re.compile(
    r"(?i)^(?:your answer|you must log in to answer this question.*|not the answer you're looking for.*|"
    r"highly active question.*|start asking to get answers|thanks for contributing an answer.*|"
    r"browse other questions tagged.*|the overflow blog|related|linked|hot network questions|add your answer)$"
)
_HEAD_OF_ANSWERS = re.compile(
    r"(?i)^(?:\d+ answers?|(?:\d+ )?comments?|sign up to request clarification.*|sorted by:?.*|"
    r"reset to default|highest score.*|date (?:modified|created).*)$"
)
_TAG = re.compile(r"^[a-z0-9#+.-]{1,35}$")
_MOST_TAGS = 6
_NOBODY = re.compile(r"(?i)^community(?: wiki|.{0,3}bot)?\b")


@dataclass(slots=True)
class _End:
    """Where a text ends: its signature stands in the visible lines `first` to `last`."""

    first: int
    last: int
    name: str | None
    is_comment: bool
    cue: str
    text_until: int | None = None
    """How many characters of the signature's first line are still text."""
    below: tuple[int, int] | None = None
    """Where the text stands, from the first of these visible lines to before the second, if it is below."""


def outline_questions(lines: Sequence[Line]) -> Outline | None:
    """The posts of a question page, None where the text is none: somebody must have asked, or two have answered."""
    if not any(_MAY_BE_ASKED.match(line.bare) for line in lines):
        return None
    seen = frame_lines(lines)
    ends = _ends(seen)
    posts = [end for end in ends if not end.is_comment]
    if len(ends) < _MIN_POSTS or not any(end.cue in ("asked", "answered") for end in posts):
        return None
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[], is_sure=True)
    outline.notes.append("posts were told apart by lines that say who asked, answered or commented, and when")
    foot = next((at for at in range(ends[-1].last + 1, len(seen)) if _FOOT.match(seen[at].text)), len(seen))
    last_post: int | None = None
    floor = _begin(seen, ends[0], outline)
    outline.furniture += [lines[line.at] for line in seen[:floor] if line.text != outline.title]
    for end in ends:
        _add(lines, seen, floor, end, outline, last_post)
        if not end.is_comment and outline.blocks:
            last_post = len(outline.blocks) - 1
        signature = seen[end.first + (end.text_until is not None) : end.below[0] if end.below else end.last + 1]
        outline.named_lines += [lines[line.at] for line in signature]
        floor = end.last + 1
    outline.furniture += [lines[line.at] for line in seen[min(floor, foot) :]]
    outline.opens_thread = bool(posts) and posts[0].cue == "asked"
    account_for_rest(outline, lines)
    return outline


def _ends(seen: Sequence[FrameLine]) -> list[_End]:
    ends: list[_End] = []
    floor = 0
    for at in range(len(seen)):
        if at < floor:
            continue
        end = _answered(seen, at, floor) or _commented(seen, at, floor) or _commented_below(seen, at, floor)
        if end is not None:
            while end.last + 1 < len(seen) and _goes_on(seen[end.last + 1]):
                end.last += 1
            ends.append(end)
            floor = end.last + 1
    return ends


def _goes_on(line: FrameLine) -> bool:
    """Whether a line below a signature says once more when that was, or that the text was edited."""
    is_moment = line.kind == "moment" and line.name is None and line.moment is not None
    return is_moment and line.moment is not None and line.moment.cue in (None, "commented", "edited")


def _answered(seen: Sequence[FrameLine], at: int, floor: int) -> _End | None:
    """A line "answered Mar 3, 2012 at 9:15" and below it the name and what the site counts of that person."""
    line = seen[at]
    if line.kind != "moment" or line.moment is None or line.moment.cue not in ("asked", "answered"):
        return None
    if _PAGE_HEAD.match(line.text) and at + 1 < len(seen) and _PAGE_HEAD.match(seen[at + 1].text):
        return None  # the page's own counters under its title
    name, last = line.name, at
    for below in range(at + 1, min(at + 4, len(seen))):
        text = seen[below].text
        if _REPUTATION.match(text) or seen[below].kind in ("count", "badge"):
            last = below
            continue
        if name is None and last < below:
            if _NOBODY.match(text):
                return _End(_above(seen, at, floor), below, None, False, line.moment.cue)
            name = as_name(text)
            if name is None:
                break
            last = below
        else:
            break
    while last + 1 < len(seen) and _REPUTATION.match(seen[last + 1].text) and name is not None:
        last += 1
    return _End(_above(seen, at, floor), last, name, False, line.moment.cue)


def _above(seen: Sequence[FrameLine], at: int, floor: int) -> int:
    """Where the frame below a text begins: buttons, who edited it, tags."""
    first = at
    limit = max(floor, at - _ABOVE)
    buttons = [place for place in range(limit, at) if seen[place].kind == "button"]
    if buttons:
        first = buttons[0]
        for place in reversed(buttons):
            between = seen[place + 1 : at]
            if any(line.kind == "words" and line.name is None and not _REPUTATION.match(line.text) for line in between):
                break
            first = place
    else:
        while first > limit and seen[first - 1].kind in ("moment", "count", "badge"):
            first -= 1
    tags = first
    while (
        tags > limit
        and first - tags < _MOST_TAGS
        and _TAG.match(seen[tags - 1].text)
        and seen[tags - 1].kind == "words"
    ):
        tags -= 1
    is_set_off = tags < first and (seen[tags].opens or seen[tags].text == "")
    return tags if is_set_off and tags > floor else first


def _commented(seen: Sequence[FrameLine], at: int, floor: int) -> _End | None:
    """The signature of a comment: "text – NAME Mar 3 at 10:11" in one line, or over several."""
    line = seen[at]
    if (signed := _signed(line.text)) is not None:
        return _End(at, at, signed[0], True, "commented", signed[1])
    if line.kind != "moment" or line.moment is None or line.name is not None:
        return None
    first = at
    while first > floor and seen[first - 1].kind == "moment" and seen[first - 1].name is None:
        first -= 1
    if first == floor:
        return None
    above = seen[first - 1]
    dashed = _DASHED.match(above.text)
    name = as_name(dashed["name"] if dashed else above.text)
    if dashed is None and name is not None:
        # The text ends in the dash, and the name has a line of its own.
        text = seen[first - 2].text if first - 1 > floor else ""
        is_signed = _ENDS_IN_DASH.search(text) is not None
        until = None if len(text) == 1 else len(text) - 1
        return _End(first - 2, at, name, True, "commented", until) if is_signed else None
    if name is None:
        return None
    first -= 1
    # The name stands once more where a picture was.
    if first > floor and as_name(seen[first - 1].text) == name:
        first -= 1
    return _End(first, at, name, True, "commented")


def _commented_below(seen: Sequence[FrameLine], at: int, floor: int) -> _End | None:
    """A comment whose name stands over it: "NAME", "NAME Over a year ago", and its text up to the next one."""
    if not (
        at > floor and seen[at].name is not None and seen[at].kind == "moment" and seen[at - 1].name == seen[at].name
    ):
        return None
    stop = at + 1
    while stop < len(seen) and not _closes_comment(seen, stop):
        stop += 1
    if stop == at + 1:
        return None
    return _End(at - 1, stop - 1, seen[at].name, True, "commented", None, (at + 1, stop))


def _closes_comment(seen: Sequence[FrameLine], at: int) -> bool:
    line = seen[at]
    is_next = (
        at + 1 < len(seen)
        and line.name is not None
        and seen[at + 1].kind == "moment"
        and seen[at + 1].name == line.name
    )
    return (
        is_next
        or (line.kind == "moment" and line.name is None)
        or bool(_HEAD_OF_ANSWERS.match(line.text) or line.kind in ("button", "count"))
    )


def _signed(text: str) -> tuple[str, int] | None:
    """The name in "... – NAME Mar 3 at 10:11", and where the text before it ends."""
    for dash in ("–", "—"):
        place = text.rfind(dash)
        if place < 0:
            continue
        tail = text[place + 1 :]
        moment = moment_in(tail)
        if moment is None or moment.after.strip(" ()edit") or not moment.is_certain:
            continue
        name = as_name(re.sub(r"(?i)\s*commented\s*$", "", moment.before).strip())
        if name is not None:
            return name, place
    return None


def _begin(seen: Sequence[FrameLine], first: _End, outline: Outline) -> int:
    """Where the question's text begins: below the lines that count its views, else at the top; its title is above."""
    counters = [at for at in range(first.first) if _PAGE_HEAD.match(seen[at].text)]
    if not counters:
        return 0
    above = [line for line in seen[: counters[0]] if line.kind == "words" and line.text.casefold() != "ask question"]
    outline.title = above[-1].text if above else None
    return counters[-1] + 1


def _add(
    lines: Sequence[Line], seen: Sequence[FrameLine], floor: int, end: _End, outline: Outline, answered: int | None
) -> None:
    first = floor
    while first < end.first and (
        seen[first].kind in ("count", "button", "badge", "field") or _HEAD_OF_ANSWERS.match(seen[first].text)
    ):
        first += 1
    outline.furniture += [lines[line.at] for line in seen[floor:first]]
    start = seen[first].at if first < len(seen) else len(lines)
    stop = seen[end.first].at
    body = list(lines[start:stop]) if first < end.first else []
    if end.below is not None:
        outline.furniture += [line for line in body if not line.is_blank]
        last = seen[end.below[1]].at if end.below[1] < len(seen) else len(lines)
        body = list(lines[seen[end.below[0]].at : last])
    if end.text_until is not None:
        line = lines[stop]
        until = line.place(end.text_until) if end.text_until < len(line.bare) else len(line.text)
        body.append(Line(line.start, line.start + until, line.text[:until]))
        outline.named_lines.append(Line(line.start + until, line.end, line.text[until:]))
    block = make_block(body, outline.furniture)
    if block is not None:
        block.name = end.name
        block.answers = answered if end.is_comment else (0 if outline.blocks else None)
        outline.blocks.append(block)
