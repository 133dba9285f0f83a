"""Words between quotation marks in a turn: they stand somewhere in the debate or the thread, or the marks go."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from debate.events import Event, Question, Setup, Turn
from personas.persona import Persona

_LEAST_QUOTED_WORDS = 3
_GAP = 6
"""Characters between two sentences that follow each other."""
_QUOTED = re.compile(
    r"“(?P<curly>[^“”]{1,600})”|\"(?P<straight>[^\"\n]{1,600})\"|«(?P<angled>[^«»]{1,600})»|„(?P<low>[^„“”]{1,600})[“”]"
)
_ATTRIBUTED = re.compile(
    r"\b(?:said|says?|wrote|writes?|claimed|claims?|argued|argues?|admitted|admits?|asked|answered|told us|put it"
    r"|words?)\b[^“”\"«»„.!?]{0,25}$",
    re.IGNORECASE,
)
"""Before a quotation: somebody is said to have said it."""
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_EDGES = " .,;:!?…-'\""


class CheckedQuotations(NamedTuple):
    """A turn's text with unproven quotation marks taken away, and what was counted."""

    text: str
    checked: int
    removed: int
    misattributed: str | None = None
    """The first words that somebody is said to have said or written, and nobody did; None where there are none."""


def check_quotations(text: str, sources: Iterable[str]) -> CheckedQuotations:
    """Keep the marks around words that stand in a source exactly so, white space and case apart; remove the others.

    One or two words in quotation marks are a way of speaking ("so-called"), not a quotation, and are left alone. Words
    that are said to be somebody's ("you wrote: ...") cannot be mended by taking the marks away, and are told apart.
    """
    found = [match for match in _QUOTED.finditer(text) if len(match[0].split()) >= _LEAST_QUOTED_WORDS]
    if not found:
        return CheckedQuotations(text, 0, 0)
    known = "\n".join(_plain(source) for source in sources)
    pieces, place, removed = [], 0, 0
    misattributed: str | None = None
    for match in found:
        inner = next(group for group in match.groups() if group is not None)
        is_verbatim = all(part in known for part in _parts(inner))
        pieces += [text[place : match.start()], match[0] if is_verbatim else inner]
        place = match.end()
        removed += not is_verbatim
        if not is_verbatim and misattributed is None and _ATTRIBUTED.search(text[: match.start()]):
            misattributed = inner
    return CheckedQuotations("".join(pieces) + text[place:], len(found), removed, misattributed)


def quotable(setup: Setup, events: Iterable[Event]) -> Iterator[str]:
    """All words that may be quoted: everybody's own words in the thread, what was said so far, motion and premise."""
    yield setup.motion
    if setup.premise:
        yield setup.premise
    for persona in setup.participants:
        yield from _stretches(persona)
        yield from (remark.answers for remark in persona.remarks if remark.answers)
        yield from (one.text for position in persona.positions for one in position.evidence)
    for event in events:
        if isinstance(event, Turn | Question):
            yield event.text


def _stretches(persona: Persona) -> Iterator[str]:
    """The poster's own words as they stand in the thread: sentences that follow each other make one stretch."""
    stretch, before = "", None
    for remark in persona.remarks:
        follows = before is not None and remark.post_id == before.post_id and 0 <= remark.start - before.end <= _GAP
        if stretch and not follows:
            yield stretch
            stretch = ""
        stretch = f"{stretch} {remark.text}".strip()
        before = remark
    if stretch:
        yield stretch


def _parts(inner: str) -> list[str]:
    """The parts of a quotation around its omissions; each must stand in a source."""
    parts = re.split(r"\[?(?:\.\.\.|…)\]?", _plain(inner))
    return [stripped for part in parts if (stripped := part.strip(_EDGES))] or ["\0"]


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).casefold().split())
