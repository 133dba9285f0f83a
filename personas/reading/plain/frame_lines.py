"""Every visible line of a page with what it may be: a button, a counter, a moment, a badge, a name, or words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from personas.reading.plain import furniture
from personas.reading.plain.buttons import is_badge, is_button_line, is_count_line
from personas.reading.plain.headers import shape
from personas.reading.plain.lines import Line
from personas.reading.plain.moments import Moment, moment_in
from personas.reading.plain.quote_headers import quote_header

Kind = Literal["button", "count", "moment", "badge", "field", "words"]

_MAX_FRAME_CHARS = 140
_MAX_NAME_CHARS = 50
_MAX_NAME_WORDS = 5
_AROUND_MOMENTS = " \t·•|,–—-[]()<>"
_BEFORE_NAME = re.compile(
    r"(?i)^(?:(?:by|von|par|por|posted by|written by|submitted by|asked by|answered by|from)\s+|(?:u/|@|~|"
    r"[–—-]|[•·|»>]+)\s*)"
    r"(?=\S)"
)
_AFTER_NAME = re.compile(
    r"(?i)(?:[\s•·|,:–—-]+(?:\((?:[\d,.]+|op|author|pinned|he/him|she/her|they/them)\)?|follow|following|op|"
    r"author|admin|mod|"
    r"moderator|verified|posts: [\d,.]+|[\d,.]+ points?|wrote|says|said|on|at|date|unread|edited|avatar|\#\s?\d+|"
    r"discussion starter|thread starter|said in reply to .{1,40}|replied to .{1,40}|the author)|"
    r"[\s✭★☆⭐✓✔🔰👑♦◆🔹]++)*+[\s•·|,:–—»-]*$"
)
_COUNTS = re.compile(r"(?i)\b(?:posts?|joined|members?|since|reputation|points?|replies|threads?)\b.*\d|^\d[\d,.]*k?\s")
_NO_NAME_CHARS = re.compile(r"[?!;,=<>{}\[\]|\\#\"“”]|://|\.\.\.|…")
_BEGINS_NO_NAME = re.compile(
    r"(?i)^(?:thanked|liked|upvoted|edited|last|posted|replied|started|reactions?|quoted?|in reply|view|show|"
    r"see|read|"
    r"sort|share|about|exported|studied|lives|works|author of|former|historian)\s"
)
_NO_NAMES = re.compile(
    r"(?i)^(?:comments?|answers?|replies|discussion|home|search|login|log ?in|register|sign ?up|sign ?in|menu|"
    r"newest|oldest|"
    r"best|popular|all|everyone|public|thanks|thank you|hello|hi|yes|no|ok|true|agreed|this|english|deutsch|"
    r"anonymous user|"
    r"most relevant|all comments|top comments|sort by|new|advertisement|sponsored|promoted|related|tags?|"
    r"status|subject|title|"
    r"message|messages?|members?|location|joined|join date|from|date|posts?|topics?|likes?|replies to this|"
    r"go to post|find|send|old|new|"
    r"join|logged|website|pm|online|offline|about|about me|contribute|user actions|print|original post|discussion|"
    r"quote|report|recommended posts|featured replies|author stats|thread starter|discussion starter|add to quote)$"
)


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A visible line: its place among all lines, its text, what it may be."""

    at: int
    text: str
    kind: Kind
    moment: Moment | None
    name: str | None
    """The name that it may hold and nothing else; for a line with a moment the name beside that."""
    family: str
    """What lines of the same make share; empty for words."""
    opens: bool
    """Whether a blank line or the page's beginning stands above it."""


def frame_lines(lines: Sequence[Line]) -> list[FrameLine]:
    """The visible lines of a page."""
    found = []
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        opens = at == 0 or lines[at - 1].is_blank
        found.append(_frame_line(at, line.bare, opens))
    return [
        replace(line, kind="badge") if following is not None and _stands_for(line.text, following.text) else line
        for line, following in zip_longest(found, found[1:])
    ]


def _stands_for(letter: str, name: str) -> bool:
    """Whether a line is the letter that a page sets in place of the picture of whoever is named below it."""
    return len(letter) == 1 and letter.isalpha() and letter.casefold() == name[:1].casefold() and len(name) > 1


def may_be_framed(lines: Sequence[Line], least: int) -> bool:
    """Whether at least so many lines hold buttons or moments: without them a text is not worth looking at closely."""
    found = 0
    for line in lines:
        text = line.bare
        if 0 < len(text) <= _MAX_FRAME_CHARS and (is_button_line(text) or moment_in(text) is not None):
            found += 1
            if found >= least:
                return True
    return False


def _frame_line(at: int, text: str, opens: bool) -> FrameLine:
    if len(text) > _MAX_FRAME_CHARS:
        return FrameLine(at, text, "words", None, None, "", opens)
    if is_count_line(text):
        return FrameLine(at, text, "count", None, None, "", opens)
    if is_button_line(text):
        return FrameLine(at, text, "button", None, None, _family(text), opens)
    moment = None if quote_header(text) else moment_in(text)
    if moment is not None and moment.is_bare:
        return FrameLine(at, text, "moment", moment, None, f"when {moment.cue or ''}", opens)
    if moment is not None:
        return _with_moment(at, text, moment, opens)
    if is_badge(text):
        return FrameLine(at, text, "badge", None, None, "", opens)
    if furniture.header_lines([text]) or furniture.is_post_end(text) or furniture.is_inserted(text):
        return FrameLine(at, text, "field", None, None, _family(text), opens)
    return FrameLine(at, text, "words", None, as_name(text), "", opens)


def _with_moment(at: int, text: str, moment: Moment, opens: bool) -> FrameLine:
    """A line with a moment and something else: buttons, a name, or words that happen to name a day."""
    beside = f"{moment.before} {moment.after}"
    if is_button_line(beside.strip()):
        return FrameLine(at, text, "button", moment, None, _family(beside), opens)
    before, after = moment.before.strip(_AROUND_MOMENTS), moment.after.strip(_AROUND_MOMENTS)
    name = as_name(before) if before else as_name(after) if after else None
    leftover = after if before else ""
    if name is not None and (not leftover or _is_small(leftover)) and moment.is_certain:
        # What lines with names share is how the name and the moment are set, not the name.
        return FrameLine(at, text, "moment", moment, name, f"name when {moment.cue or ''}", opens)
    return FrameLine(at, text, "words", None, None, "", opens)


def _is_small(text: str) -> bool:
    """Whether what stands behind a moment is a number of the post, buttons, or a few letters."""
    return is_button_line(text) or is_count_line(text) or is_badge(text) or len(text) <= _MAX_NAME_CHARS // 2


def _family(text: str) -> str:
    """The first of a line's buttons: the others may come and go."""
    words = re.findall(r"[^\W\d_]{2,}", text.casefold())
    return words[0] if words else shape(text)[:60]


def as_name(text: str) -> str | None:
    """A name without what pages set around it, None where the text can be none."""
    if len(text) > 2 * _MAX_NAME_CHARS:
        return None
    name = _BEFORE_NAME.sub("", " ".join(text.split()))
    name = re.sub(r"\s*\(\s*[\d,.]+\s*\)\s*(?:on|at)?$|#\d{4}$", "", name)
    name = _AFTER_NAME.sub("", name).strip()
    if not 1 < len(name) <= _MAX_NAME_CHARS or len(name.split()) > _MAX_NAME_WORDS:
        return None
    if (
        _NO_NAME_CHARS.search(name)
        or _COUNTS.search(name)
        or _BEGINS_NO_NAME.match(name)
        or _NO_NAMES.match(name)
        or not any(map(str.isalpha, name))
    ):
        return None
    if not furniture.may_be_name(name) or furniture.says_nobody(name) or furniture.is_known_member_title(name):
        return None
    return name
