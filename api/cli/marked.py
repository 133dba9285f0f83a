"""Rulings as a person reads them: a table, the text with marks, and a page."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from language.terminal import one_line, printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from debate.referee.facts import FactSheet, Ruling

# A mark and a word beside the colour: not everybody sees the colour.
_LOOKS = {
    "supported": ("✓", "green", "supported"),
    "contradicted": ("✗", "bold red", "contradicted"),
    "not_covered": ("·", "dim", "not covered"),
    "not_checkable": ("–", "dim", "nothing to check"),
    "unchecked": ("?", "yellow", "unchecked"),
}


def table(rulings: "Sequence[Ruling]") -> "RenderableType":
    """One row a ruling."""
    from rich.table import Table
    from rich.text import Text

    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("", "claim", "verdict", "why", "facts"):
        rows.add_column(column, overflow="fold")
    for one in rulings:
        mark, style, said = _LOOKS[one.verdict]
        cells = (mark, one_line(one.claim), said, one_line(_why(one)), " ".join(one.facts))
        rows.add_row(*(Text(cell, style=style if place in (0, 2) else "") for place, cell in enumerate(cells)))
    return rows if rulings else Text("no claims found", style="dim")


def _why(ruling: "Ruling") -> str:
    """The explanation, behind what the claim was taken to say where its words alone do not tell."""
    if ruling.reads_as is None or ruling.verdict in ("not_covered", "not_checkable"):
        return ruling.explanation
    return f"Read as “{ruling.reads_as.rstrip('.')}”. {ruling.explanation}"


def marked_text(words: str, rulings: "Sequence[Ruling]") -> "Text":
    """The text with each ruled claim coloured and numbered, the explanations below."""
    from rich.text import Text

    shown = Text()
    notes: list[str] = []
    for piece, ruling in _pieces(words, rulings):
        if ruling is None or ruling.verdict in ("not_covered", "not_checkable"):
            shown.append(printable(piece))
            continue
        mark, style, said = _LOOKS[ruling.verdict]
        notes.append(f"[{len(notes) + 1}] {said}: {one_line(_why(ruling))}")
        shown.append(printable(piece), style=f"{style} underline").append(f" {mark}[{len(notes)}]", style=style)
    return shown.append("\n\n" + "\n".join(notes) if notes else "")


def _pieces(words: str, rulings: "Sequence[Ruling]") -> "Iterator[tuple[str, Ruling | None]]":
    place = 0
    for one in sorted(rulings, key=lambda ruling: ruling.start):
        if one.start < place:
            continue
        if one.start > place:
            yield words[place : one.start], None
        yield words[one.start : one.end], one
        place = one.end
    if place < len(words):
        yield words[place:], None


_STYLE = """body{font:17px/1.6 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
h2{font-size:1rem;margin:2rem 0 .3rem}p{white-space:pre-wrap}mark{padding:.05em .15em;background:none}
mark.supported{background:#d9f2dd;border-bottom:2px solid #1a7f37}
mark.contradicted{background:#fde0dd;border-bottom:2px solid #b42318}
mark.unchecked{background:#fff3cd;border-bottom:2px dotted #8a6d00}
ol{font-size:.95rem}footer{font-size:.85rem;color:#555;margin-top:2rem}sup{font-weight:bold}"""


def page(judged: "Sequence[tuple[str | None, str, tuple[Ruling, ...]]]", sheet: "FactSheet") -> str:
    """A self-contained page of the marked texts, explanations and sources beneath each."""
    parts = [_part(name, words, rulings) for name, words, rulings in judged]
    about = f"Checked against “{sheet.title}”, version {sheet.version} ({sheet.digest[:12] or 'no digest'})."
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Checked claims</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><h1>Checked claims</h1>\n"
        + "\n".join(parts)
        + f"\n<footer>{escape(about)} A claim without a mark is one that the sheet does not cover, or nothing to check."
        "</footer></body></html>\n"
    )


def _part(name: str | None, words: str, rulings: "tuple[Ruling, ...]") -> str:
    shown: list[str] = []
    notes: list[str] = []
    for piece, ruling in _pieces(words, rulings):
        if ruling is None or ruling.verdict in ("not_covered", "not_checkable"):
            shown.append(escape(printable(piece)))
            continue
        mark, _, said = _LOOKS[ruling.verdict]
        notes.append(f"<li><strong>{said}</strong>: {escape(_why(ruling))} [{escape(', '.join(ruling.facts))}]</li>")
        shown.append(
            f'<mark class="{ruling.verdict}" title="{escape(_why(ruling))}">{escape(printable(piece))}</mark>'
            f"<sup>{mark}{len(notes)}</sup>"
        )
    heading = f"<h2>{escape(printable(name))}</h2>" if name else ""
    return f"{heading}<p>{''.join(shown)}</p>" + (f"<ol>{''.join(notes)}</ol>" if notes else "")
