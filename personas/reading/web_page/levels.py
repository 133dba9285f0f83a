"""Which post answers which, where a page says by a number or by a margin how deep each is set."""

import re
from collections.abc import Sequence

from personas.reading.web_page.elements import Element, PageElements

_ATTRIBUTES = ("depth", "data-depth", "data-level", "data-indent", "indent", "aria-level", "data-nest")
_CLASS = re.compile(r"(?:^|[-_])(?:depth|level|lvl|indent|nest(?:ing)?(?:-level)?)[-_]?(\d{1,3})$", re.IGNORECASE)
_MARGIN = re.compile(r"(?:margin|padding)-left\s*:\s*([\d.]{1,6})", re.IGNORECASE)
_LOOKED_AT = 6


def parents_by_level(page: PageElements, units: Sequence[int]) -> list[int | None]:
    """For each post the place of the one that it answers: the last before it that is set less deep.

    Where all are equally deep, or nothing says how deep they are, nobody answers anybody.
    """
    for source in (_by_attribute, _by_class, _by_margin, _by_spacer):
        levels = [source(page, at) for at in units]
        if None not in levels and len(set(levels)) > 1 and levels[0] == min(levels, key=lambda level: level or 0.0):
            return _above([level or 0.0 for level in levels])
    return [None] * len(units)


def _above(levels: Sequence[float]) -> list[int | None]:
    parents: list[int | None] = []
    open_posts: list[int] = []
    for place, level in enumerate(levels):
        while open_posts and levels[open_posts[-1]] >= level:
            open_posts.pop()
        parents.append(open_posts[-1] if open_posts else None)
        open_posts.append(place)
    return parents


def _near(page: PageElements, at: int) -> list[Element]:
    """The post's element, the first ones inside it, and the one around it where it holds nothing else."""
    element = page.elements[at]
    found = [element, *page.elements[at + 1 : min(element.end, at + _LOOKED_AT)]]
    around = page.elements[element.parent] if element.parent >= 0 else None
    return [*found, around] if around is not None and around.chars == element.chars else found


def _by_attribute(page: PageElements, at: int) -> float | None:
    for element in _near(page, at):
        for name in _ATTRIBUTES:
            value = element.node.attributes.get(name) or ""
            if value.isascii() and value.isdecimal():
                return float(value)
    return None


def _by_class(page: PageElements, at: int) -> float | None:
    for element in _near(page, at):
        for name in (element.node.attributes.get("class") or "").split():
            if match := _CLASS.search(name):
                return float(match[1])
    return None


def _by_margin(page: PageElements, at: int) -> float | None:
    for element in _near(page, at):
        if match := _MARGIN.search(element.node.attributes.get("style") or ""):
            return float(match[1].rstrip(".") or 0)
    return None


def _by_spacer(page: PageElements, at: int) -> float | None:
    # A picture of nothing moves the words to the right.
    for element in _near(page, at):
        if element.tag == "img" and (width := element.node.attributes.get("width") or "").isdecimal():
            return float(width)
    return None
