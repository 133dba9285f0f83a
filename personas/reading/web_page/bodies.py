"""Which part of each recurring post holds what was said, and what in it the site wrote."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from personas.reading.attribution import attributed_name, clean_name
from personas.reading.markup import BodyRules, QuoteHead, classes_of, near
from personas.reading.web_page.elements import Element, PageElements
from personas.reading.web_page.marks import TimeMark
from personas.reading.web_page.units import Group, Unit, nested

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ENOUGH = 0.9
"""Share of the best kind of body's characters that a smaller element must hold to be preferred."""
_LEAST_SHARE = 0.4
_SURE_KEYS = frozenset(
    ["itemprop=text", "itemprop=articleBody", "itemprop=commentText", "itemprop=reviewBody", "div.e-content"]
)
_CARRIES_ON = re.compile(
    r"(?:^|[\s_-])(?:joined|continu\w*|consecutive|grouped|follow-?up|subsequent|compact)(?:$|[\s_-])", re.IGNORECASE
)
_MAX_BUTTON_CHARS = 40
_MAX_FRAME_CHARS = 160
_BUTTON = re.compile(
    r"(?i)^[\s•·|,()\[\]+-]*(?:reply|quote|share|report|like|likes|edit|delete|permalink|link|flag|save|follow|upvote|"
    r"downvote|vote|respond|comment|more|read more|see more|show more|continue reading|view replies|hide|parent|"
    r"context|embed|copy link|give award|award|react|thanks?|helpful|translate|show original|see translation|"
    r"(?:reply|replies|likes?|votes?|points?|shares?|comments?)\s*\(?\d*\)?|\d+\s*(?:replies|reply|likes?|points?|"
    r"votes?|comments?|shares?)|report (?:post|comment|abuse)|reply to this(?: comment)?|log in to reply|"
    r"(?:view|show|hide|load) (?:\d+ )?(?:more )?(?:replies|comments)|antworten|teilen|melden|gefällt mir|zitieren|"
    r"répondre|signaler|partager|responder|compartir|rispondi)[\s•·|,()\[\]…+-]*$"
)
_FRAME_CLASS = re.compile(
    r"signature|^sig$|post-?sig|toolbar|actions?$|action-?(?:bar|list|s)|^actions?|reactions?|share-?(?:bar|buttons?|link)|"
    r"vote|controls$|button|edit-?(?:note|info|history)|permalink|breadcrumb|read-?more|likers|badges?$|"
    r"visually-hidden|sr-only|screen-reader",
    re.IGNORECASE,
)
_QUOTE_CLASS = re.compile(
    r"(?:^|[-_])(?:bb)?quot(?:e|ed|es|ation)(?:box|block|d|s)?(?:$|[-_](?:box|block|body|container|wrap\w*))", re.I
)


@dataclass(frozen=True, slots=True)
class Said:
    """One post: its unit, and the element with its words, None where it has none of the kind that the others have."""

    unit: Unit
    body: Element | None


def settle(page: PageElements, groups: Sequence[Group], times: Sequence[TimeMark]) -> list[Said]:
    """The posts of all groups, in the page's order.

    A part of a post, or a quotation in one, may look like a post too: a group whose units stand around or inside the
    words of posts that were found before is none.
    """
    accepted: list[Group] = []
    said: list[Said] = []
    for group in groups:
        units = [unit for unit in group.units if not _is_part(page, unit, said)]
        if 2 * len(units) < len(group.units):
            continue
        accepted.append(replace(group, units=tuple(units)))
        said = [one for settled in nested(page, accepted) for one in _surely_named(find_bodies(page, settled, times))]
    return sorted((one for one in said if one.body is not None), key=lambda one: one.unit.at)


def _surely_named(said: list[Said]) -> list[Said]:
    """Posts of one group; where few are named, the names found are those of people whom they speak of."""
    if 2 * sum(one.unit.name is not None for one in said) >= len(said):
        return said
    return [replace(one, unit=replace(one.unit, name=None)) for one in said]


def _is_part(page: PageElements, unit: Unit, said: Sequence[Said]) -> bool:
    element = page.elements[unit.at]
    return any(
        one.body is not None
        and page.elements[one.unit.at].holds(unit.at)
        and (element.holds(one.body.at) or one.body.holds(element.at))
        for one in said
    )


def find_bodies(page: PageElements, group: Group, times: Sequence[TimeMark]) -> list[Said]:
    """What each unit of a group says: the kind of element that holds most of their words and no name or time."""
    key = _body_key(page, group.units)
    said = []
    for unit in group.units:
        bodies = _bodies_of(page, unit, key) if key is not None else [page.elements[unit.at]]
        if len(bodies) > 1 and (parts := _messages(unit, bodies, times)):
            said += parts
            continue
        body = max(bodies, key=lambda element: element.chars, default=None)
        said.append(Said(_without_names_in(body, unit), body))
    return _carried_on(page, said)


def _messages(unit: Unit, bodies: Sequence[Element], times: Sequence[TimeMark]) -> list[Said]:
    """The messages of one person that a chat shows below one name, each with a time of its own; else none."""
    parts = [Said(unit, bodies[0])]
    for before, body in pairwise(bodies):
        low, high = bisect_left(times, before.end, key=_place), bisect_left(times, body.at, key=_place)
        if low == high:
            return []
        parts.append(Said(replace(unit, at=body.at, time=times[low], inside=()), body))
    return parts


def _place(mark: TimeMark) -> int:
    return mark.at


def _carried_on(page: PageElements, said: list[Said]) -> list[Said]:
    """Chats name the writer of several messages in a row once: what says that it goes on is by whoever wrote before."""
    for place in range(1, len(said)):
        one, before = said[place], said[place - 1]
        classes = page.elements[one.unit.at].node.attributes.get("class") or ""
        if one.unit.name is None and _CARRIES_ON.search(classes):
            said[place] = replace(one, unit=replace(one.unit, name=before.unit.name))
    return said


def _without_names_in(body: Element | None, unit: Unit) -> Unit:
    """The unit, named by no name among its words: that is whom they quote or address."""
    if body is None or body.at == unit.at or unit.name is None or not body.holds(unit.name.at):
        return unit
    return replace(unit, name=next((mark for mark in unit.names if not body.holds(mark.at)), None))


def _region(page: PageElements, unit: Unit) -> Iterator[Element]:
    """The elements inside a unit that belong to no unit inside it."""
    at, end = unit.at + 1, page.elements[unit.at].end
    inner = iter(unit.inside)
    upcoming = next(inner, end)
    while at < end:
        if at == upcoming:
            at = page.elements[at].end
            upcoming = next(inner, end)
            continue
        yield page.elements[at]
        at += 1


def _body_key(page: PageElements, units: Sequence[Unit]) -> str | None:
    chars: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    depth: dict[str, int] = {}
    whole = 0
    for unit in units:
        marks = [mark.at for mark in (unit.name, unit.time) if mark is not None and mark.at != unit.at]
        seen: set[str] = set()
        whole += _weight(page.elements[unit.at]) - sum(_weight(page.elements[at]) for at in unit.inside)
        for element in _region(page, unit):
            if not element.chars or any(map(element.holds, marks)) or any(map(element.holds, unit.inside)):
                continue
            for key in element.keys:
                # What lies in another of its kind was counted with that.
                if key in seen and element.at < depth.get(f"until {key}", 0):
                    continue
                holders[key] += key not in seen
                seen.add(key)
                chars[key] += _weight(element)
                depth[f"until {key}"] = element.end
    fit = {key: count for key, count in chars.items() if holders[key] >= _LEAST_SHARE * len(units)}
    if not fit:
        return None
    sure = [key for key in fit if key in _SURE_KEYS]
    if sure:
        return max(sure, key=lambda key: fit[key])
    most = max(fit.values())
    if most < _LEAST_SHARE * whole:
        return None
    single = [key for key, count in fit.items() if count >= _ENOUGH * most]
    # Of nearly equal ones the most common, then the innermost: it has the fewest of the site's own lines.
    return max(reversed(single), key=lambda key: (holders[key], -_per_unit(page, units, key), -chars[key]))


def _weight(element: Element) -> int:
    """What an element says, prose before all: a member's box may hold more labels than a post has words."""
    return 4 * element.prose + element.chars


def _per_unit(page: PageElements, units: Sequence[Unit], key: str) -> int:
    return sum(key in element.keys for unit in units[:20] for element in _region(page, unit))


def _bodies_of(page: PageElements, unit: Unit, key: str) -> list[Element]:
    """The elements of a kind in a unit, none inside another."""
    found: list[Element] = []
    for element in _region(page, unit):
        if key in element.keys and element.chars and not (found and found[-1].holds(element.at)):
            found.append(element)
    return found


def body_rules(page: PageElements, said: Sequence[Said], names: frozenset[str]) -> BodyRules:
    """How quotations are marked on such pages, and what of a post's element is no word of it."""
    dropped: set[int] = set()
    for one in said:
        if one.body is None:
            continue
        dropped.update(page.elements[at].node.mem_id for at in one.unit.inside)
        if one.body.at == one.unit.at:
            dropped.update(_frame(page, one))
    return BodyRules(
        quote_head=lambda node: _quote_head(node, names),
        is_chrome=lambda node: node.mem_id in dropped or _is_button(node) or _is_frame(node),
    )


def _frame(page: PageElements, said: Said) -> Iterator[int]:
    """The parts of a unit around its words: the smallest ones that hold its name and its time, while they are small."""
    for mark in (said.unit.name, said.unit.time):
        if mark is None or mark.at == said.unit.at:
            continue
        element = page.elements[mark.at]
        while element.parent != said.unit.at and page.elements[element.parent].chars <= _MAX_FRAME_CHARS // 2:
            element = page.elements[element.parent]
        yield element.node.mem_id


def _is_button(node: "LexborNode") -> bool:
    if node.tag not in ("a", "span", "li", "div", "p", "ul", "small", "footer"):
        return False
    text = node.text()
    if len(text) > 2 * _MAX_BUTTON_CHARS:
        return False
    text = " ".join(text.split())
    if not 0 < len(text) <= _MAX_BUTTON_CHARS or not _BUTTON.match(text):
        return False
    # "More" in a paragraph of its own may have been said; a button is a link, or stands in a frame of its own.
    return node.tag == "a" or bool(
        node.css_first("a, button") or _FRAME_CLASS.search(node.attributes.get("class") or "")
    )


def _is_frame(node: "LexborNode") -> bool:
    classes = classes_of(node)
    if not any(_FRAME_CLASS.search(name) for name in classes):
        return False
    return any("signature" in name.lower() or name.lower() == "sig" for name in classes) or (
        len(node.text()) <= _MAX_FRAME_CHARS
    )


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    classes = classes_of(node)
    if node.tag not in ("blockquote", "div", "section", "aside", "details"):
        return None
    if node.tag != "blockquote" and not any(_QUOTE_CLASS.search(name) for name in classes):
        return None
    if node.tag == "blockquote" and any("tweet" in name or "embed" in name for name in classes):
        return None
    known = node.attributes
    named = known.get("data-author") or known.get("data-username") or known.get("data-quote") or known.get("author")
    header = next((inner for inner in near(node, 3) if _is_header(inner)), None)
    line = clean_name(header.text()) if header is not None else None
    author = clean_name(named) or (attributed_name(line, names) if line else None)
    if author is None and line in names:
        author = line
    return QuoteHead(author=author, attribution=line or (f"{author} said:" if author else ""), header=header)


def _is_header(node: "LexborNode") -> bool:
    text = node.text()
    if len(text) > _MAX_FRAME_CHARS or not text.strip():
        return False
    if node.tag in ("cite", "header", "legend", "summary"):
        return True
    classes = classes_of(node)
    if any(
        re.search(r"cite|quote-?(?:author|header|head|title|by|info|meta|user)|attribution|^title$", name, re.I)
        for name in classes
    ):
        return True
    return node.tag in ("div", "p", "strong", "b", "span", "h4") and bool(
        re.match(
            r"(?i)^\s*\S.{0,60}?\s(?:said|wrote|writes|posted|schrieb|a écrit|escribió)\s*(?:\([^)]{1,40}\))?\s*:\s*$",
            text,
        )
    )
