"""Cutting a page of comments that was copied from a browser: a name and, below it, how long ago it was written.

Reddit, YouTube, Disqus, news sites and their like print neither numbers nor dates, and many buttons.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from personas.reading.plain import furniture
from personas.reading.plain.buttons import is_badge, is_button_line, is_count_line
from personas.reading.plain.lines import Line, Outline, make_block
from personas.reading.plain.moments import moment_in

_MIN_COMMENTS = 3
_UNIT = r"(?:s(?:ec(?:ond)?)?|m(?:in(?:ute)?|o(?:nth)?)?|h(?:r|our)?|d(?:ay)?|w(?:k|eek)?|y(?:r|ear)?)s?\.?"
_AGO = re.compile(
    rf"(?i)^[•·]?\s*(?:(?:\d+|an?|one)\s?{_UNIT} ago|just now)(?:\s*[•·(]?\s*(?:edited|bearbeitet).{{0,40}})?$"
)
# "12 points 3 years ago (4 children)": one line has all of it.
_OLD_REDDIT = re.compile(
    rf"^\[[–+-]\]\s*(?P<name>[\w-]{{2,30}}|\[deleted\])(?:\[[A-Z]+\]|\s*[A-Z]\b)?\s.*?\b(?:\d+|an?) {_UNIT} ago\*?"
    r"(?:\s*\(.*)?$"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_HANDLE = re.compile(r"^@[\w-]{2,30}(?:[.@][\w.@-]{2,60})?$")
# "Mar 12", "12 Mar", "5h": says when only below a handle.
_SHORT_TIME = re.compile(
    r"(?i)^(?:[a-z]{3,9}\.? \d{1,2}|\d{1,2}\.? [a-z]{3,9}\.?)(?:,? \d{4})?$|^(?:[•·]\s*)?\d{1,2}\s?(?:s|m|h|d|w|mo|y)$"
)
_ADDRESSED = re.compile(r"(?i)^(?:replying to|and|@[\w.-]{2,60}(?: and \d+ others?)?)$")
_BETWEEN = re.compile(
    r"(?i)^(?:[•·]+|op|mod|admin|author|verified|edited|top 1% (?:commenter|poster)|level \d+|unread,?|"
    r"[•·]?\s*edited .{2,20} ago)$"
)
_MOST_BETWEEN = 5
_WORDS_OF_POST = 2
_BY = re.compile(r"(?i)\bby\s+(?:/?u/|@)?(?P<name>[\w.@-]{2,40})")
_CLIENT = re.compile(r"(?i)^(?:[•·]\s*)?(?:web|twitter for .{3,20}|x for .{3,20}|mobile)$")
_COUNTED = re.compile(r"\s*\(\d+\)$")
_MOST_DATE_CHARS = 50
_NAME = re.compile(r"^(?:u/|@)?[\w.-]{2,40}$|^\[deleted\]$")
_AVATAR = re.compile(r"(?i)^(?:u/\S+ avatar|avatar|level \d+|profile badge.*|go to \S+)$")
_BUTTON = re.compile(
    r"(?i)^(?:(?:up|down)votes?|votes?|reply|reply reply|share|share share|award|give award|report|save|follow|hide|"
    r"permalink|embed|parent|source|context|full comments.*|like|dislike|more|read more|show (?:less|more)|"
    r"\d+ (?:more )?repl(?:y|ies)|(?:view|show|hide) (?:all )?(?:\d+ )?(?:more )?repl(?:y|ies)|load more comments.*|"
    r"\d+ more repl(?:y|ies)|continue (?:this )?thread.*|[•·|]+|-?[\d.,]+\s?[kmKM]?|vote|collapse|expand|see more|"
    r"(?:reply|report|recommend|share|like)(?: ?\| ?(?:reply|report|recommend|share|like)(?: \(\d+\))?)+|"
    r"permalinkembed.*|(?:permalink|embed|save|parent|report|reply|share|award)(?:\s*(?:embed|save|parent|report|reply|"
    r"share|award|give award))+)$"
)
_SUBREDDIT = re.compile(r"^r/\w{2,30}$")


@dataclass(frozen=True, slots=True)
class _Comment:
    """Where a comment's head begins, where its body does, and whose it is."""

    at: int
    body_at: int
    name: str


def outline_comments(lines: Sequence[Line]) -> Outline | None:
    """The comments of a copied page, None where the text is none.

    Replies lose their indentation when a page is copied, so nobody can tell any more which comment one answers.
    """
    comments = _find(lines)
    if len(comments) < _MIN_COMMENTS or len({comment.name for comment in comments}) == 1:
        return None
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[], is_sure=True)
    outline.notes.append("posts were told apart by lines of the kind 'name over time'")
    _read_head(lines[: comments[0].at], outline)
    stops = [*(comment.at for comment in comments[1:]), len(lines)]
    for comment, stop in zip(comments, stops, strict=True):
        outline.named_lines += [line for line in lines[comment.at : comment.body_at] if not line.is_blank]
        _add(lines[comment.body_at : stop], comment.name, outline)
    return outline


def _find(lines: Sequence[Line]) -> list[_Comment]:
    comments: list[_Comment] = []
    floor = 0
    for at, line in enumerate(lines):
        if match := _OLD_REDDIT.match(line.bare):
            comments.append(_Comment(at, at + 1, match["name"]))
            floor = at + 1
        elif _HANDLE.match(line.bare) and _is_first_words(lines, at, floor):
            comments.append(_Comment(at - 1, at + 1, lines[at - 1].bare))
            floor = at + 1
        elif (handled := _over_handle(lines, at, floor)) is not None:
            body_at = _after(lines, at + 1)
            while body_at < len(lines) and _ADDRESSED.match(lines[body_at].bare):
                body_at += 1
            comments.append(_Comment(handled, body_at, lines[handled].bare))
            floor = at + 1
        elif _AGO.match(line.bare) or _is_dated(line.bare):
            name_at = _name_above(lines, at, floor)
            if name_at is not None:
                start = name_at
                while start > floor and _AVATAR.match(lines[start - 1].bare):
                    start -= 1
                name = _COUNTED.sub("", lines[name_at].bare.removeprefix("u/").removeprefix("@"))
                comments.append(_Comment(start, _after(lines, at + 1), name))
                floor = at + 1
    return comments


def _is_dated(text: str) -> bool:
    return bool(_CLOCK.search(text)) and len(text) <= _MOST_DATE_CHARS and furniture.is_when(text)


def _over_handle(lines: Sequence[Line], at: int, floor: int) -> int | None:
    """Index of the name over a handle over a line that may say when, None where there are not all three."""
    if not _SHORT_TIME.match(lines[at].bare):
        return None
    place = at - 1
    while place > floor and place > at - _MOST_BETWEEN and _BETWEEN.match(lines[place].bare):
        place -= 1
    if place <= floor - 1 or place < 1 or not _HANDLE.match(lines[place].bare):
        return None
    is_name = place - 1 >= floor and furniture.may_be_name(lines[place - 1].bare)
    return place - 1 if is_name and not _BUTTON.match(lines[place - 1].bare) else None


def _is_first_words(lines: Sequence[Line], at: int, floor: int) -> bool:
    """Whether below a name and its handle come words and no moment, as the post that a page is about is shown."""
    if at - 1 < floor or not furniture.may_be_name(lines[at - 1].bare) or _is_frame(lines[at - 1].bare):
        return False
    below = next((line.bare for line in lines[at + 1 : at + _MOST_BETWEEN] if not line.is_blank), "")
    is_said = len(below.split()) > _WORDS_OF_POST and not _is_frame(below) and moment_in(below) is None
    return is_said and not _ADDRESSED.match(lines[at - 1].bare) and not _BETWEEN.match(below)


def _name_above(lines: Sequence[Line], at: int, floor: int) -> int | None:
    between = 0
    for place in range(at - 1, floor - 1, -1):
        text = lines[place].bare
        if lines[place].is_blank or _BETWEEN.match(text):
            between += 1
            if between > _MOST_BETWEEN:
                return None
            continue
        is_name = _NAME.match(text) or (furniture.may_be_person(text) and text[:1].isupper())
        return place if is_name and not _BUTTON.match(text) and not _SUBREDDIT.match(text) else None
    return None


def _after(lines: Sequence[Line], at: int) -> int:
    """Where the body begins, after marks of an edit or a rank that stand below the time."""
    place = at
    while place < len(lines) and (lines[place].is_blank or _BETWEEN.match(lines[place].bare)):
        place += 1
    return place


def _read_head(head: Sequence[Line], outline: Outline) -> None:
    """The thread's own post, where the page begins with one: community, time, name, title, words."""
    for at, line in enumerate(head):
        if not _SUBREDDIT.match(line.bare):
            continue
        below = [place for place in range(at + 1, len(head)) if not head[place].is_blank]
        below = [place for place in below if not _BETWEEN.match(head[place].bare)]
        if len(below) < 3 or not _AGO.match(head[below[0]].bare) or not _NAME.match(head[below[1]].bare):
            continue
        outline.title = head[below[2]].bare
        outline.furniture += [one for one in head[:at] if not one.is_blank]
        outline.named_lines += [one for one in head[at : below[2] + 1] if not one.is_blank]
        outline.opens_thread = True
        end = next((place for place in below[3:] if _BUTTON.match(head[place].bare)), len(head))
        _add(head[below[2] + 1 : end], head[below[1]].bare, outline)
        outline.furniture += [one for one in head[end:] if not one.is_blank]
        return
    if _read_submitted(head, outline):
        return
    words = [one.bare for one in head if len(one.bare.split()) > 2 and not _is_site(one.bare)]
    outline.title = words[0] if words else None
    for line in head:
        if not line.is_blank:
            (outline.named_lines if line.bare == outline.title else outline.furniture).append(line)


def _read_submitted(head: Sequence[Line], outline: Outline) -> bool:
    """The thread's own post where one line says who submitted it and when: title above, words below."""
    for at, line in enumerate(head):
        moment = moment_in(line.bare)
        match = _BY.search(line.bare) if moment is not None and moment.is_certain else None
        if match is None:
            continue
        above = [one for one in head[:at] if not one.is_blank and not _is_frame(one.bare)]
        if not above:
            continue
        outline.title = above[-1].bare
        end = next((place for place in range(at + 1, len(head)) if _is_frame(head[place].bare)), len(head))
        outline.furniture += [one for one in head[:at] if not one.is_blank and one is not above[-1]]
        outline.named_lines += [above[-1], line]
        if any(not one.is_blank for one in head[at + 1 : end]):
            outline.opens_thread = True
            _add(head[at + 1 : end], match["name"], outline)
        outline.furniture += [one for one in head[end:] if not one.is_blank]
        return True
    return False


def _is_site(text: str) -> bool:
    return furniture.is_furniture(text) or is_button_line(text.rstrip(".… "))


def _is_frame(text: str) -> bool:
    moment = moment_in(text)
    return bool(
        _BUTTON.match(text)
        or _AVATAR.match(text)
        or is_button_line(text)
        or is_count_line(text)
        or is_badge(text)
        or (moment is not None and moment.is_bare and moment.is_certain)
        or _CLIENT.match(text)
    )


def _add(body: Sequence[Line], name: str, outline: Outline) -> None:
    end = len(body)
    while end and (body[end - 1].is_blank or _is_frame(body[end - 1].bare)):
        end -= 1
    outline.furniture += [line for line in body[end:] if not line.is_blank]
    block = make_block(body[:end], outline.furniture)
    if block is not None:
        block.name = name
        outline.blocks.append(block)
