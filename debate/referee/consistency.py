"""Facts of one sheet that cannot both be true."""

import re
from collections import defaultdict
from typing import NamedTuple

from debate.referee.dates import disagrees, parse_iso
from debate.referee.facts import Fact, FactSheet
from language.words import word_set, words

# Relations that hold once for a subject; others ("office", "member of") may hold several values.
_ONCE = word_set("born birth died death founded founding capital birthplace birthdate deathdate")
_NEGATION = re.compile(r"\b(?:not|never|no)\b\s?|n['’]t\b", re.IGNORECASE)


class Contradiction(NamedTuple):
    """Two facts that exclude each other; `place` is that of the second in its sheet."""

    place: int
    first: str
    second: str
    why: str


def contradictions(sheet: FactSheet) -> tuple[Contradiction, ...]:
    """Facts that contradict an earlier fact of the sheet, in the sheet's order; found in linear time."""
    found: list[Contradiction] = []
    slots: dict[tuple[str, ...], tuple[Fact, int]] = {}
    spoken: dict[str, tuple[bool, Fact]] = {}
    for index, fact in enumerate(sheet.facts):
        slot = _slot(fact)
        if slot:
            other = slots.setdefault(slot, (fact, index))[0]
            why = _clash(other, fact)
            if why:
                found.append(Contradiction(index, other.id, fact.id, why))
                continue
        bare = _folded(_NEGATION.sub(" ", fact.statement))
        negated = bool(_NEGATION.search(fact.statement))
        before = spoken.setdefault(bare, (negated, fact))
        if before[0] != negated:
            found.append(Contradiction(index, before[1].id, fact.id, "one statement denies the other"))
    return tuple(found) + _misstated(sheet)


def _slot(fact: Fact) -> tuple[str, ...] | None:
    if not fact.subject or not fact.relation:
        return None
    once = bool(set(_folded(fact.relation).split()) & _ONCE)
    return (_folded(fact.subject), _folded(fact.relation), fact.unit or "", "" if once else fact.date or "")


def _clash(one: Fact, other: Fact) -> str:
    if one.id == other.id:
        return ""
    what = f"{other.subject} / {other.relation}"
    if isinstance(one.value, (int, float)) and isinstance(other.value, (int, float)) and one.value != other.value:
        return f"{what} is {one.value} in one and {other.value} in the other"
    if set(_folded(other.relation or "").split()) & _ONCE:
        if one.date and other.date and disagrees(parse_iso(one.date), parse_iso(other.date)):
            return f"{what} is dated {one.date} in one and {other.date} in the other"
        worded = isinstance(one.value, str) and isinstance(other.value, str) and not one.date and not other.date
        if worded and _folded(str(one.value)) != _folded(str(other.value)):
            return f"{what} is {one.value!r} in one and {other.value!r} in the other"
    return ""


def _misstated(sheet: FactSheet) -> tuple[Contradiction, ...]:
    false = {_folded(line): fact for fact in sheet.facts for line in fact.misstatements}
    if not false:
        return ()
    found = defaultdict(list)
    for index, fact in enumerate(sheet.facts):
        other = false.get(_folded(fact.statement))
        if other:
            found[index].append(Contradiction(index, other.id, fact.id, "one lists the other's statement as false"))
    return tuple(one for group in found.values() for one in group)


def _folded(text: str) -> str:
    return " ".join(word.fold for word in words(text))
