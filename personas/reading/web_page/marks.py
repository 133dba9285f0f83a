"""What on a page says who wrote something and when: by what elements are called, where links lead, how times look."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from personas.reading.attribution import clean_name
from personas.reading.plain import furniture
from personas.reading.post_times import parse_times
from personas.reading.web_page.elements import Element, PageElements

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MAX_NAME_CHARS = 50
_MAX_NAME_WORDS = 5
_MAX_WHEN_CHARS = 80
_MOST_INSIDE = 8
_MAX_WEAK_CHARS = 30
_MAX_ADDRESS_CHARS = 300
_WEAK_TAGS = frozenset(["dt", "strong", "b", "h2", "h3", "h4", "h5", "h6", "span", "div", "td", "th", "p", "a", "em"])
_MOST_STEPS_UP = 3
_CALLED_AUTHOR = re.compile(
    r"author|user|poster|nick|member|handle|creator|byline|screen-?name|display-?name|commenter|owner|sender|"
    r"profile|from[-_]?name|^(?:p-)?(?:fn|name|from)$",
    re.IGNORECASE,
)
_CALLED_SURELY = re.compile(r"author|user-?name|screen-?name|display-?name|nick|byline|^fn$|hnuser", re.IGNORECASE)
_NOT_CALLED = re.compile(
    r"avatar|userpic|initials|rank|title|count|role|badge|sign|online|group|flair|reput|menu|stat|meta|details|info|image|photo|bio|"
    r"since|joined|location|follow|action|reward|gravatar|icon|mention|likes?\b|quote",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?:^|/)(?:@[^/?#]+|(?:users?|u|members?|profiles?|people|accounts?|authors?|person|community/members|channel)"
    r"(?:[/=?]|\.php\?)[^/?#]+.*|~[\w.-]+)/?(?:[?#].*)?$|[?&;](?:u|uid|user|userid|user_id|id|author)=[\w%-]+|/user\?id=",
    re.IGNORECASE,
)
_NAME_ATTRIBUTES = ("data-author", "data-username", "data-user-name", "data-poster", "author", "data-commenter")
_AROUND = re.compile(
    r"(?i)^(?:by|von|par|por|posted by|written by|from|u/|@|~|(?:avatar|profile|posts?) (?:of|for|by))\s*(?=\S)|"
    r"(?:\s*(?:says|said|wrote|writes|schrieb|replied|commented|asked|answered)\s*)?\s*[:,·•|]*$"
)
_COUNTED = re.compile(r"\s*\(\d+\)$")
_NO_NAME = re.compile(
    r"(?i)^(?:reply|quote|report|share|like|likes|edit|delete|permalink|link|more|follow|following|followers|profile|"
    r"view profile|(?:log|sign) ?in|log ?out|register|sign ?up|author|op|admin|moderator|mod|staff|"
    r"members?|users?|guest post|posted|edited|answered|asked|modified|view|show|hide|see|all|top|new|newest|oldest|"
    r"best|sort|sort by|filter|home|about|contact|help|search|menu|website|message|pm|send message|add friend|save|"
    r"award|user profile|member profile|original poster|thread starter|show parent|parent|context|"
    r"prev|next|root|reactions?|"
    r"(?:show|view|see) (?:more|profile|all|parent).*|\d+ (?:posts?|points?|likes?|replies|comments?)|and|"
    r"(?:\d+ )?comments?|discussions?|photos?|topics?|posts?|threads?|unread|read|options|solved|answer|question)$"
)
_CALLED_WHEN = re.compile(r"date|time|ago|when|posted|published|created|\bage\b|stamp", re.IGNORECASE)
_WHEN_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "data-utime", "data-created", "data-date", "data-epoch")
_UNIT = r"(?:s(?:ec(?:ond)?)?|m(?:in(?:ute)?|o(?:nth)?)?|h(?:r|our)?|d(?:ay)?|w(?:k|eek)?|y(?:r|ear)?)s?\.?"
_AGO = re.compile(
    rf"(?i)\b(?:(?:\d+|an?|one|a few|few)\s?{_UNIT},? (?:\d+ {_UNIT} )?ago|just now|yesterday|today|"
    rf"vor (?:\d+|einem|einer) \w+|il y a \d+ \w+|hace \d+ \w+|over \d+ years? ago)\b|^\d{{1,3}}\s?(?:{_UNIT}|mo)$"
)
_ISO = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?=\s|$)")
_GONE = re.compile(r"(?i)^\[?(?:deleted|removed|account deleted|deleted[ _-]user|deactivated user)\]?$")
_NOBODY = re.compile(r"(?i)^(?:guest|anonymous(?: (?:coward|user))?|unknown|unregistered|visitor|gast|anonym|anonyme)$")


@dataclass(frozen=True, slots=True)
class NameMark:
    """A place where a page may name a writer."""

    at: int
    key: str
    """How the page marks it: the places that name the writers of recurring posts share it."""
    name: str
    weight: int
    """How surely such a place names a writer, 1 to 4."""


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A place where a page says when."""

    at: int
    key: str
    value: str
    """In a form that `parse_times` may read."""


def is_nobody(name: str) -> bool:
    """Whether a name stands for whoever has none, so that two posts under it may be two people's."""
    return bool(_NOBODY.match(name) or _GONE.match(name))


def find_names(page: PageElements, times: Sequence[TimeMark]) -> list[NameMark]:
    """Every place that may name a writer, in document order; one element may be marked in several ways."""
    marks = [mark for element in page.elements for mark in _names(element)]
    marks += [mark for time in times if (mark := _name_before(page, time)) is not None]
    marks.sort(key=lambda mark: mark.at)
    return [_without_rest(mark, marks[place + 1 : place + 1 + _MOST_INSIDE], page) for place, mark in enumerate(marks)]


def _without_rest(mark: NameMark, following: "list[NameMark]", page: PageElements) -> NameMark:
    """A mark around another one and more, a rank or a count, names what the inner one does."""
    end = page.elements[mark.at].end
    inner = [other for other in following if mark.at < other.at < end and other.name != mark.name]
    named = next((other for other in inner if other.name in mark.name and not other.key.startswith("@")), None)
    return mark if named is None or mark.key.startswith("@") else replace(mark, name=named.name)


def find_times(page: PageElements) -> list[TimeMark]:
    """Every place that says when, in document order."""
    return [mark for element in page.elements if (mark := _time(element)) is not None]


def _name_before(page: PageElements, time: TimeMark) -> NameMark | None:
    """The name in what stands right before a time, in the same line or in an element of its own."""
    element = page.elements[time.at]
    for _ in range(_MOST_STEPS_UP):
        before = element.node.prev
        while before is not None and not (before.is_element_node or (before.text_content or "").strip()):
            before = before.prev
        if before is not None:
            if before.is_text_node:
                name = _as_name(before.text_content)
                return None if name is None else NameMark(element.parent, "text before time", name, 1)
            place = next(
                (at for at in range(element.at - 1, element.parent, -1) if page.elements[at].node == before), None
            )
            name = _as_name(before.text()) if place is not None and page.elements[place].chars else None
            return None if name is None or place is None else NameMark(place, "line before time", name, 1)
        if element.parent < 0:
            return None
        element = page.elements[element.parent]
    return None


def _names(element: Element) -> list[NameMark]:
    known = element.node.attributes
    marks = [
        NameMark(element.at, f"@{attribute}", name, 4)
        for attribute in _NAME_ATTRIBUTES
        if (name := _as_name(known.get(attribute))) is not None
    ]
    if not 0 < element.chars <= 2 * _MAX_NAME_CHARS:
        return marks
    found = list(_called(element))
    if not found:
        return marks
    name = _as_name(element.node.text())
    if name is None:
        return marks
    return marks + [NameMark(element.at, key, name, weight) for key, weight in found]


def weak_names(page: PageElements) -> list[NameMark]:
    """Short lines that could be names and are called nothing that says so; for pages that mark no name."""
    found = []
    for element in page.elements:
        is_line = 0 < element.chars <= _MAX_WEAK_CHARS and element.tag in _WEAK_TAGS
        name = _as_name(element.node.text()) if is_line else None
        if name is not None and furniture.may_be_name(name) and not furniture.is_known_member_title(name):
            classes = (element.node.attributes.get("class") or "").split()
            found.append(NameMark(element.at, f"{element.tag}.{classes[0] if classes else ''}", name, 1))
    return found


def _called(element: Element) -> "list[tuple[str, int]]":
    known, tag = element.node.attributes, element.tag
    found: list[tuple[str, int]] = []
    properties = (known.get("itemprop") or "").split() + (known.get("property") or "").split()
    if {"author", "creator"}.intersection(properties):
        found.append(("itemprop=author", 4))
    if "name" in properties and _inside_author(element.node):
        found.append(("itemprop=author name", 4))
    if "author" in (known.get("rel") or "").split():
        found.append(("rel=author", 3))
    tokens = [token for token in (known.get("class") or "").split() if _may_call(token)]
    found += [(f"{tag}.{_unnumbered(token)}", 3 if _CALLED_SURELY.search(token) else 2) for token in tokens]
    if tag == "a" and _PROFILE.search((known.get("href") or "")[:_MAX_ADDRESS_CHARS]):
        match = re.search(r"/?([A-Za-z@~][\w.]*)[/=?]", re.sub(r"^https?://[^/]+", "", known.get("href") or ""))
        found.append((f"a->{match[1].lower() if match and match[1][0] not in '@~' else '@'}", 2))
    values = [(name, known.get(name)) for name in ("data-testid", "slot", "id")]
    found += [
        (f"{tag}[{name}={_unnumbered(value)}]", 2) for name, value in values if value and _may_call(value, surely=True)
    ]
    if tag in ("cite", "address"):
        found.append((tag, 1))
    return found


def _may_call(token: str, *, surely: bool = False) -> bool:
    pattern = _CALLED_SURELY if surely else _CALLED_AUTHOR
    return pattern.search(token) is not None and _NOT_CALLED.search(token) is None


def _unnumbered(token: str) -> str:
    return re.sub(r"[0-9]+", "0", token)


def _inside_author(node: "LexborNode") -> bool:
    parent = node.parent
    for _ in range(4):
        if parent is None:
            return False
        if {"author", "creator"}.intersection((parent.attributes.get("itemprop") or "").split()):
            return True
        parent = parent.parent
    return False


def _as_name(text: str | None) -> str | None:
    """A name without what stands around it, None where the text can be none."""
    name = clean_name(text)
    if name is None or len(name) > 2 * _MAX_NAME_CHARS:
        return None
    name = clean_name(_COUNTED.sub("", _AROUND.sub("", name))) or ""
    if not 0 < len(name) <= _MAX_NAME_CHARS or len(name.split()) > _MAX_NAME_WORDS or "://" in name:
        return None
    # One letter stands for a picture.
    if (
        len(name) < 2
        or ":" in name
        or name.startswith("#")
        or not any(map(str.isalnum, name))
        or _NO_NAME.match(name)
        or says_when(name)
        or furniture.is_counter(name)
    ):
        return None
    return None if name.endswith(("?", "!", "…", "...")) else name


def _time(element: Element) -> TimeMark | None:
    known = element.node.attributes
    if element.chars > 2 * _MAX_WHEN_CHARS:
        return None
    for attribute in _WHEN_ATTRIBUTES:
        if value := _moment(known.get(attribute)):
            return TimeMark(element.at, f"@{attribute}", value)
    if (title := known.get("title")) and (value := _moment(title)):
        return TimeMark(element.at, "@title", value)
    if not 0 < element.chars <= _MAX_WHEN_CHARS:
        return None
    called = next((token for token in (known.get("class") or "").split() if _CALLED_WHEN.search(token)), None)
    is_leaf = element.end == element.at + 1
    whole = element.tag == "time" or called is not None or is_leaf
    # Elsewhere only what an element says itself counts, not what those inside it say.
    text = clean_name(element.node.text() if whole else element.node.text(deep=False))
    if text is None or not says_when(text):
        return None
    return TimeMark(element.at, f"{element.tag}.{called or ''}", text)


def _moment(value: str | None) -> str | None:
    if not value:
        return None
    if value.isascii() and value.isdecimal() and len(value) == 13:
        value = value[:10]  # in milliseconds
    if match := _ISO.match(value):
        value = match[0]  # some put seconds since 1970 behind it
    return value if _is_moment(value) else None


def _is_moment(value: str) -> bool:
    return len(value) <= _MAX_WHEN_CHARS and any(map(str.isdigit, value)) and parse_times([value])[0] is not None


def says_when(text: str) -> bool:
    """Whether a short text says when something was written, and little else."""
    if len(text) > _MAX_WHEN_CHARS:
        return False
    return bool(furniture.is_when(text) or _AGO.search(text) or _is_moment(text))
