"""The text that a page's posts are about: an article or a first post that is marked up unlike its answers."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from personas.reading.web_page.bodies import Said
from personas.reading.web_page.elements import Element, PageElements
from personas.reading.web_page.marks import NameMark, TimeMark
from personas.reading.web_page.units import Unit

_FURNITURE = re.compile(
    r"(?i)\b(?:log ?in|sign ?(?:in|up)|register|membership|to (?:join|post)|cookies?|subscribe|newsletter|rules|"
    r"share this)\b"
)
_LOOKED_AT_CHARS = 160
_LEAST_CHARS = 30
_LEAST_WEIGHT = 2
_SURE_WEIGHT = 3
_MAX_NAME_DISTANCE = 30
_BODY_SHARE = 0.7


def find_opening(
    page: PageElements, names: Sequence[NameMark], times: Sequence[TimeMark], said: Sequence[Said], title: str | None
) -> Said | None:
    """The text between the page's heading and its first post, where its writer is named; None where there is none."""
    first = said[0].unit.at
    heading = next((element for element in page.elements[:first] if element.tag == "h1" and element.chars), None)
    if heading is None and title:
        # Not every page marks its heading as one.
        lines = (one for one in page.elements[:first] if 0 < one.chars <= len(title))
        heading = next((one for one in lines if " ".join(one.node.text().split()) == title), None)
    if heading is None:
        return None
    answered = [one.unit.at for one in said]
    around = heading
    while around.parent >= 0:
        outer = page.elements[around.parent]
        if _holds_any(outer, answered):
            break
        around = outer
    candidate = _after_heading(page, heading, around, first)
    if candidate is None:
        return None
    name = _mark_near(names, around.at, candidate, heading)
    if name is None:
        return None
    time = next(
        (mark for mark in times if around.at <= mark.at < first and _is_near(mark.at, heading, candidate)), None
    )
    answer, body = said[0].unit.name, said[0].body
    repeats = answer is not None and answer.name == name.name
    if _is_furniture(candidate.node.text()[:_LOOKED_AT_CHARS]):
        return None
    if (time is None and name.weight < _SURE_WEIGHT) or (repeats and body is not None and candidate.words < body.words):
        return None
    return Said(Unit(around.at, name, time, ()), candidate)


def _is_furniture(text: str) -> bool:
    """Whether the first words of a text are what a site tells its visitors."""
    return bool(_FURNITURE.search(text))


def _holds_any(element: Element, places: Sequence[int]) -> bool:
    at = bisect_left(places, element.at)
    return at < len(places) and places[at] < element.end


def _after_heading(page: PageElements, heading: Element, around: Element, first: int) -> Element | None:
    """The element with the words: inside what holds the heading, else what follows it up to the first post."""
    inside = [element for element in page.elements[around.at : around.end] if not element.holds(heading.at)]
    best = _wordiest(page, inside)
    if best is None or best.words < _LEAST_CHARS:
        between = [element for element in page.elements[around.end : first] if not element.holds(first)]
        best = _wordiest(page, between)
    return best if best is not None and best.words >= _LEAST_CHARS and best.words > 2 * best.linked else None


def _wordiest(page: PageElements, elements: Sequence[Element]) -> Element | None:
    best = max(elements, key=lambda element: (element.words, -element.at), default=None)
    if best is None:
        return None
    while True:
        inner = [element for element in page.elements[best.at + 1 : best.end] if element.parent == best.at]
        largest = max(inner, key=lambda element: element.words, default=None)
        if (
            largest is None
            or largest.words < _BODY_SHARE * best.words
            or largest.tag in ("p", "ul", "ol", "blockquote")
        ):
            return best
        best = largest


def _is_near(at: int, heading: Element, body: Element) -> bool:
    return min(abs(at - heading.at), abs(at - body.at), abs(at - body.end)) <= _MAX_NAME_DISTANCE


def _mark_near(names: Sequence[NameMark], start: int, body: Element, heading: Element) -> NameMark | None:
    """The surest name between the heading and the words, or close before the heading.

    What stands below the words names whoever answers them.
    """
    near = [
        mark
        for mark in names
        if mark.weight >= _LEAST_WEIGHT
        and start <= mark.at < body.at
        and not heading.holds(mark.at)
        and _is_near(mark.at, heading, body)
    ]
    return max(near, key=lambda mark: (mark.weight, -abs(mark.at - body.at)), default=None)
