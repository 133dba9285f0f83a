"""Whether a claim repeats a mistake that a fact lists."""

import re

from debate.referee.comparison import Comparison
from debate.referee.entries import Entry
from debate.referee.findings import Finding
from debate.referee.lexical import kin
from debate.referee.lexicon import SUPERLATIVES
from debate.referee.reading import Reading


def find_misstatement(claim: Reading, about: list[Comparison], agreeing: list[Comparison]) -> Finding | None:
    """Whether the claim repeats a listed misstatement, with what makes that one false."""
    word_for_word = next(
        (one for one in about if one.entry.misstatement is not None and _is_verbatim(claim, one)), None
    )
    if word_for_word is not None:
        return Finding("contradicted", word_for_word, "misstatement", 0.97)
    if agreeing:
        return None
    for one in sorted(about, key=lambda other: -other.cover - other.back_cover):
        if one.entry.misstatement is not None and _repeats(claim, one):
            return Finding("contradicted", one, "misstatement", min(0.97, 0.6 + 0.37 * one.cover))
    return None


def _is_verbatim(claim: Reading, one: Comparison) -> bool:
    """Whether the claim says what the misstatement says, word for word in its order."""
    false = one.entry.reading
    return (
        [word.stem for word in claim.content] == [word.stem for word in false.content]
        and claim.negations == false.negations
        and [when[2:] for when in claim.dates] == [when[2:] for when in false.dates]
        and [number[2:] for number in claim.quantities] == [number[2:] for number in false.quantities]
    )


def _repeats(claim: Reading, one: Comparison) -> bool:
    if one.dates == "clash" or one.quantities == "clash" or one.opposites or one.missing_names or _turned_round(one):
        return False
    false = one.entry.reading
    if (claim.negations % 2) != (false.negations % 2) and not (_late(claim) and _late(false)):
        return False
    if (false.dates and one.dates != "same") or (false.quantities and not claim.quantities and not false.dates):
        return False
    distinct = _distinct(one.entry)
    met = {match.other for match in one.matches if match.share}
    if any(word.fold in SUPERLATIVES and word.stem not in met for word in false.content):
        # Aldrin did walk on the Moon: only to call him the first is false.
        return False
    if not false.dates and not false.quantities:
        if not distinct and one.back_cover < 0.85:
            return False
        if any(own not in met for own in distinct):
            return False
    return one.cover >= 0.6 and one.back_cover >= 0.5


def _turned_round(one: Comparison) -> bool:
    """Whether the claim has the parts changed: who did it, and to whom it was done."""
    mine = [match.other for match in one.matches if match.share]
    theirs = [own for own in one.entry.own_stems if own in mine]
    passive = [bool(_BY.search(text)) for text in (one.claim.text, one.entry.text)]
    return (
        len(theirs) > 1
        and passive[0] == passive[1]
        and mine[0] != theirs[0]
        and theirs[0] in mine[-2:]
        and mine[0] in theirs[-2:]
    )


_BY = re.compile(r"\b(?:was|were|been|being|is|are)\b.*\bby\b", re.IGNORECASE)


def _late(reading: Reading) -> bool:
    """Whether something is said to have happened only at a date: "not until 1950", "only in 1950"."""
    return any(when.use == "not_until" for when in reading.dates)


def _distinct(entry: Entry) -> list[str]:
    """The words of a misstatement that its fact does not have: what makes it false."""
    true = Entry(entry.fact)
    known = true.stems
    return [own for own in entry.own_stems if not any(kin(own, other) in ("same", "broader") for other in known)]
