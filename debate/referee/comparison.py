"""A claim laid beside a statement: what agrees, what differs, what only one of them says."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from debate.referee.dates import When, agrees, disagrees, parse_iso
from debate.referee.entries import Entry
from debate.referee.lexical import Kin, classes_of, groups_of, kin, lemma
from debate.referee.quantities import PERCENT, Quantity
from debate.referee.reading import Reading, root, sound
from language.words import Word, stem

Relation = Literal["same", "clash", "none"]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHARES: dict[Kin, float] = {"same": 0.8, "broader": 0.8}


class Match(NamedTuple):
    """A content word of the claim and what the statement has for it."""

    word: Word
    share: float
    """1 for the same word, less for a like one, 0 where the statement has none."""
    kin: Kin
    """The nearest relation found; for a share of 0 "opposite", "sibling", "narrower" or ""."""
    other: str
    """The statement's stem that it relates to, empty where there is none."""


class Comparison(NamedTuple):
    """What a claim and a statement have in common."""

    claim: Reading
    entry: Entry
    matches: tuple[Match, ...]
    cover: float
    """Share of the claim's content, by rarity, that the fact speaks of; 0 to 1."""
    back_cover: float
    """Share of the statement's content that the claim speaks of; 0 to 1."""
    subject: bool
    """Whether the claim names the fact's subject; True where the fact has none."""
    dates: Relation
    date_pair: tuple[When, When] | None
    quantities: Relation
    quantity_pair: tuple[Quantity, Quantity] | None
    negation: bool
    """Whether one denies and the other does not."""

    @property
    def subject_words(self) -> frozenset[str]:
        """The statement's words for its subject that the claim uses: those of every name that it has whole."""
        met = {match.other for match in self.matches if match.share} | {match.word.stem for match in self.matches}
        return frozenset().union(*(name for name in self.entry.subject if name <= met))

    @property
    def missing(self) -> list[Match]:
        """Content words of the claim that the fact lacks."""
        return [match for match in self.matches if match.share == 0]

    @property
    def matched(self) -> int:
        """How many content words of the claim the fact has."""
        return sum(match.share > 0 for match in self.matches)

    @property
    def missing_names(self) -> int:
        """How many names of the claim the fact lacks."""
        return sum(match.share == 0 and match.word.stem in self.claim.names for match in self.matches)

    @property
    def opposites(self) -> bool:
        """Whether a word of the claim is the opposite of one of the statement's."""
        return any(match.kin == "opposite" and match.share == 0 for match in self.matches)


def compare(claim: Reading, entry: Entry, weight: Callable[[str], float]) -> Comparison:
    """Lay a claim beside a statement; `weight` says how rare a stem is."""
    claimed = frozenset(word.stem for word in claim.content)
    matches = tuple(_match(word, claimed, entry, word.stem in claim.names) for word in claim.content)
    total = shared = 0.0
    for match in matches:
        rarity = weight(match.word.stem)
        total += rarity
        shared += rarity * match.share
    dates, date_pair = _dates(claim, entry)
    quantities, quantity_pair = _quantities(claim, entry)
    return Comparison(
        claim=claim,
        entry=entry,
        matches=matches,
        cover=shared / total if total else 0.0,
        back_cover=_back_cover(claimed, matches, entry, weight),
        subject=_names_subject(claimed, entry),
        dates=dates,
        date_pair=date_pair,
        quantities=quantities,
        quantity_pair=quantity_pair,
        negation=claim.negations % 2 not in _negations(entry, matches),
    )


_NEARNESS: dict[Kin, int] = {"opposite": 3, "sibling": 2, "narrower": 1, "": 0}


def _negations(entry: Entry, matches: tuple[Match, ...]) -> set[int]:
    """Whether (1) or not (0) a statement denies; both where of its parts that have much of the claim some do.

    "Marco Polo was not the first to reach it, but he left a chronicle" does not deny the chronicle.
    """
    if entry.subject or not entry.reading.negations:
        return {entry.reading.negations % 2}
    met = {match.other for match in matches if match.share}
    shared = [len(met & part.stems) for part in entry.parts]
    return {part.negations % 2 for part, count in zip(entry.parts, shared, strict=True) if count >= max(shared) * _MUCH}


_MUCH = 0.6


def _match(word: Word, claimed: frozenset[str], entry: Entry, is_name: bool) -> Match:
    own = word.stem
    if own in entry.stems:
        return Match(word, 1.0, "same", own)
    if (len(own) > 3 and sound(own) in entry.sounds) or root(own) in entry.roots:
        return Match(word, 0.9, "same", own)
    best: Kin = ""
    best_stem = ""
    for other in entry.own_stems:
        found = kin(own, other)
        if found in _SHARES:
            return Match(word, _SHARES[found], found, other)
        if is_name and found == "opposite":
            # West Virginia borders on nothing less for what lies east of it.
            continue
        if found and other not in claimed and _NEARNESS[found] > _NEARNESS[best]:
            best, best_stem = found, other
    related = next((other for other in entry.relation if classes_of(own) & classes_of(other)), None)
    if related is not None and best != "opposite":
        return Match(word, 0.8, "same", related)
    groups = groups_of(own)
    if groups and any(groups & groups_of(other) for other in entry.stems):
        return Match(word, 0.7, "same", own)
    return Match(word, 0.0, best, best_stem)


def _back_cover(
    claimed: frozenset[str], matches: tuple[Match, ...], entry: Entry, weight: Callable[[str], float]
) -> float:
    met = {match.other for match in matches if match.share}
    spoken = claimed | met
    roots = _forms(claimed)[0] | {root(one) for one in met}
    total = shared = 0.0
    for other in entry.own_stems:
        rarity = weight(other)
        total += rarity
        if other in spoken or root(other) in roots:
            shared += rarity
    return shared / total if total else 0.0


@lru_cache(maxsize=256)
def _forms(claimed: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Roots and sounds of a claim's words, which are laid beside ten statements one after the other."""
    return frozenset(map(root, claimed)), frozenset(map(sound, claimed))


def _names_subject(claimed: frozenset[str], entry: Entry) -> bool:
    if not entry.subject:
        return True
    roots, sounds = _forms(claimed)
    return any(
        all(part in claimed or root(part) in roots or sound(part) in sounds for part in name) for name in entry.subject
    )


def _dates(claim: Reading, entry: Entry) -> tuple[Relation, tuple[When, When] | None]:
    if not claim.dates or not entry.dates:
        return "none", None
    dates = _phase(claim, entry) if entry.fact.date else without_lives(claim, entry)
    if not dates:
        return "none", None
    for claimed in claim.dates:
        if all(disagrees(claimed, known) for known in dates):
            return "clash", (claimed, dates[0])
    same = all(any(agrees(claimed, known) for known in dates) for claimed in claim.dates)
    return "same" if same else "none", (claim.dates[0], dates[0])


_LIFE = re.compile(
    r"\([^()]*\b(?:born|died|b\.|d\.)\s[^()]*\)"
    rf"|\([^()]*(?:{MONTHS})[^()]*\d\d\s*(?:--?|[–—−]|to)\s[^()]*(?:{MONTHS})[^()]*\)"
)
_LIVING = frozenset((0, 1))
"""Classes of relations that tell of a death or a birth."""


def without_lives(claim: Reading, entry: Entry) -> tuple[When, ...]:
    """A bare statement's dates; a life in brackets after a name dates a claim about birth and death alone."""
    lives = [match.span() for match in _LIFE.finditer(entry.text)]
    if not lives or any(classes_of(word.stem) & _LIVING for word in claim.content):
        return entry.dates
    return tuple(when for when in entry.dates if not any(start <= when.start < end for start, end in lives))


_BEGINS = frozenset(lemma(stem(word)) for word in ("began", "started", "broke", "commenced", "launched"))
_ENDS = frozenset(lemma(stem(word)) for word in ("ended", "finished", "concluded", "over", "ceased"))


def _phase(claim: Reading, entry: Entry) -> tuple[When, ...]:
    """The dates of what the claim speaks of: a beginning or an end, where the fact gives an interval."""
    date = entry.fact.date
    if entry.misstatement or not date or "/" not in date:
        return entry.dates
    first, last = date.split("/")
    spoken = {word.stem for word in claim.content}
    if spoken & _ENDS and not spoken & _BEGINS:
        return (parse_iso(last),)
    return (parse_iso(first),) if spoken & _BEGINS and not spoken & _ENDS else entry.dates


def _quantities(claim: Reading, entry: Entry) -> tuple[Relation, tuple[Quantity, Quantity] | None]:
    relation: Relation = "none"
    pair = None
    for claimed in claim.quantities:
        known = [one for one in entry.quantities if _same_unit(claimed, one) and _is_counted(claimed, one, entry)]
        if not known:
            continue
        if not any(claimed.admits(one) for one in known):
            if any((one.low, one.high) == (claimed.low, claimed.high) for one in entry.quantities):
                # The statement has the number too, with a unit that is not understood.
                continue
            return "clash", (claimed, known[0])
        relation, pair = "same", (claimed, known[0])
    return relation, pair


def _is_counted(claimed: Quantity, known: Quantity, entry: Entry) -> bool:
    """Whether a bare statement speaks of what the claim counts at all, where its own number counts nothing named."""
    if entry.subject or known.unit or not claimed.unit or claimed.unit in (PERCENT, "#", "$"):
        return True
    return claimed.unit in entry.stems or lemma(claimed.unit) in entry.stems


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit == other.unit:
        return True
    if not one.unit or not other.unit:
        return not {PERCENT, "#", "$"} & {one.unit, other.unit}
    return kin(one.unit, other.unit) in ("same", "broader", "narrower")
