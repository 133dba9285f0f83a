"""Drawing in SVG: shapes and words in the pages' colours, as a file of its own or inside a page.

Every shape has its colour as an attribute, so that a saved picture is complete, and a class, so that a page's style
sheet can put the colours of its theme in their place. A policy without inline styles allows both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from language.terminal import one_line

Colour = Literal["ink", "quiet", "line", "soft", "accent", "wrong", "right", "unsure", "paper"]
Anchor = Literal["start", "middle", "end"]

_LIGHT: dict[Colour, str] = {
    "ink": "#1a1a1a",
    "quiet": "#545454",
    "line": "#8a8a86",
    "soft": "#eeece5",
    "accent": "#1d3f72",
    "wrong": "#a4141c",
    "right": "#175c2c",
    "unsure": "#6b4a00",
    "paper": "#fbfaf7",
}
_FONTS = "Segoe UI, Noto Sans, DejaVu Sans, sans-serif"
_CHARACTER = 0.56  # width of an average letter, as a part of the size
Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, for those who would rather read it or go on reckoning with it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the table that it was drawn from."""

    name: str
    """Fit for an address and a file name."""
    title: str
    svg: str
    """As it stands in a page."""
    table: Table
    note: str = ""
    """What one has to know to read it right."""

    @property
    def document(self) -> str:
        """The picture as a file of its own."""
        return '<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"' + self.svg[4:] + "\n"


class Canvas:
    """A sheet to draw on; lengths are in units of which a picture is about 900 wide.

    Args:
        width: Of the sheet.
        height: Of the sheet.
        title: What the picture shows, for those who cannot see it.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        self._root = ElementTree.Element(
            "svg",
            {
                "viewBox": f"0 0 {width:g} {height:g}",
                "class": "picture",
                "role": "img",
                "font-family": _FONTS,
                "aria-label": _legal(title),
            },
        )
        ElementTree.SubElement(self._root, "title").text = _legal(title)
        self.rect(0, 0, width, height, "paper", extra="sheet")

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Colour,
        stroke: Colour | None = None,
        *,
        hint: str = "",
        extra: str = "",
    ) -> None:
        """A box; `hint` is shown to whoever points at it."""
        fields = {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height)}
        self._shape("rect", fields, fill, stroke, hint=hint, extra=extra)

    def circle(
        self, x: float, y: float, radius: float, fill: Colour, stroke: Colour | None = None, *, hint: str = ""
    ) -> None:
        """A disc."""
        self._shape("circle", {"cx": _n(x), "cy": _n(y), "r": _n(radius)}, fill, stroke, hint=hint)

    def polygon(
        self, points: Sequence[tuple[float, float]], fill: Colour, stroke: Colour | None = None, *, hint: str = ""
    ) -> None:
        """A closed shape."""
        listed = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._shape("polygon", {"points": listed}, fill, stroke, hint=hint)

    def band(self, path: str, fill: Colour, *, opacity: float, hint: str = "") -> None:
        """A filled path that lets through what lies under it."""
        self._shape("path", {"d": path, "opacity": f"{opacity:g}"}, fill, None, hint=hint)

    def line(self, path: str, colour: Colour, width: float = 1.0, *, dashes: str = "", hint: str = "") -> None:
        """A line along a path."""
        fields = {"d": path, "fill": "none", "stroke": _LIGHT[colour], "stroke-width": _n(width)}
        if dashes:
            fields["stroke-dasharray"] = dashes
        made = ElementTree.SubElement(self._root, "path", {**fields, "class": f"s-{colour}"})
        _hint(made, hint)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 16,
        colour: Colour = "ink",
        anchor: Anchor = "start",
        bold: bool = False,
        hint: str = "",
    ) -> None:
        """One line of words, `y` its base line. Whoever wrote them, they stay words."""
        fields = {
            "x": _n(x),
            "y": _n(y),
            "font-size": _n(size),
            "fill": _LIGHT[colour],
            "class": f"p-{colour}",
            "text-anchor": anchor,
            "unicode-bidi": "plaintext",
        }
        if bold:
            fields["font-weight"] = "700"
        made = ElementTree.SubElement(self._root, "text", fields)
        made.text = _legal(words)
        _hint(made, hint)

    def svg(self) -> str:
        """The picture as text."""
        return ElementTree.tostring(self._root, encoding="unicode")

    def _shape(
        self, tag: str, fields: dict[str, str], fill: Colour, stroke: Colour | None, *, hint: str, extra: str = ""
    ) -> None:
        names = [extra] if extra else [f"p-{fill}"]
        fields["fill"] = _LIGHT[fill]
        if stroke is not None:
            fields |= {"stroke": _LIGHT[stroke], "stroke-width": "1.5"}
            names.append(f"s-{stroke}")
        _hint(ElementTree.SubElement(self._root, tag, {**fields, "class": " ".join(names)}), hint)


def shortened(words: str, width: float, size: float = 16) -> str:
    """As much of a line as fits into a width."""
    clean = one_line(words)
    most = max(1, int(width / (size * _CHARACTER)))
    return clean if len(clean) <= most else f"{clean[: most - 1].rstrip()}…"


def lines_of(words: str, width: float, size: float = 16, most: int = 2) -> list[str]:
    """Words broken into at most so many lines of a width; what is left over is cut off."""
    lines: list[str] = []
    room = max(1, int(width / (size * _CHARACTER)))
    for word in one_line(words).split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1] = f"{lines[most - 1]} …"
    return [shortened(one, width, size) for one in lines[:most]]


def _n(number: float) -> str:
    return f"{round(number, 1):g}"


def _legal(words: str) -> str:
    """On one line, and without what XML cannot hold."""
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "", one_line(words))


def _hint(made: ElementTree.Element, hint: str) -> None:
    if hint:
        title = ElementTree.Element("title")
        title.text = _legal(hint)
        made.append(title)
