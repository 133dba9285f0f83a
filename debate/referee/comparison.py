"""A claim laid beside a fact: what agrees, what differs, what only one of them says."""

from collections.abc import Callable
from functools import cached_property
from typing import Literal, NamedTuple

from debate.referee.dates import When, disagrees, parse_iso
from debate.referee.facts import Fact
from debate.referee.quantities import Quantity, find_quantities
from debate.referee.reading import Reading, are_opposites, read, root, sound, synonym_groups
from language.words import STOPWORDS, Word, words

Relation = Literal["same", "clash", "none"]


class Entry:
    """A statement prepared for comparison: a fact's own, or one of its misstatements."""

    def __init__(self, fact: Fact, misstatement: str | None = None) -> None:
        self.fact = fact
        self.misstatement = misstatement
        self.text = misstatement or fact.statement

    @cached_property
    def reading(self) -> Reading:
        """The statement taken apart."""
        return read(self.text)

    @cached_property
    def subject(self) -> tuple[frozenset[str], ...]:
        """The subject's names, each as its stems; empty where the fact has no subject."""
        if not self.fact.subject:
            return ()
        names = (self.fact.subject, *self.fact.aliases)
        stems = (frozenset(word.stem for word in words(name) if word.fold not in STOPWORDS) for name in names)
        return tuple(one for one in stems if one)

    @cached_property
    def own_stems(self) -> dict[str, Word]:
        """Stems of the statement's content."""
        return {word.stem: word for word in self.reading.content}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all that the fact says or is called."""
        fact = self.fact
        extra = " . ".join(
            str(part)
            for part in (fact.subject, fact.relation, fact.value, fact.unit, *fact.aliases)
            if part is not None
        )
        return frozenset(self.own_stems) | {word.stem for word in words(extra) if word.fold not in STOPWORDS}

    @cached_property
    def roots(self) -> frozenset[str]:
        """Roots of the stems."""
        return frozenset(root(one) for one in self.stems)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Sounds of the longer stems."""
        return frozenset(sound(one) for one in self.stems if len(one) > 3)

    @cached_property
    def groups(self) -> frozenset[int]:
        """Groups of synonyms of the stems."""
        return frozenset(group for one in self.stems for group in synonym_groups(one))

    @cached_property
    def dates(self) -> tuple[When, ...]:
        """The dates that the statement, or the fact's `date`, gives."""
        if self.reading.dates or self.misstatement or not self.fact.date:
            return self.reading.dates
        return (parse_iso(self.fact.date),)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers that the statement, or the fact's value, gives."""
        fact = self.fact
        if self.misstatement or not isinstance(fact.value, (int, float)) or isinstance(fact.value, bool):
            return self.reading.quantities
        own = find_quantities(f"{fact.value} {fact.unit or ''}".strip())
        return (*self.reading.quantities, *own)


class Comparison(NamedTuple):
    """What a claim and a statement have in common."""

    entry: Entry
    cover: float
    """Share of the claim's content, by rarity, that the fact speaks of; 0 to 1."""
    back_cover: float
    """Share of the statement's content that the claim speaks of; 0 to 1."""
    matched: int
    """Content words of the claim that the fact has."""
    missing: tuple[Word, ...]
    """Content words of the claim that the fact lacks."""
    missing_names: int
    subject: bool
    """Whether the claim names the fact's subject; True where the fact has none."""
    opposites: tuple[tuple[str, str], ...]
    dates: Relation
    date_pair: tuple[When, When] | None
    quantities: Relation
    quantity_pair: tuple[Quantity, Quantity] | None
    negation: bool
    """Whether one denies and the other does not."""


def compare(claim: Reading, entry: Entry, weight: Callable[[str], float]) -> Comparison:
    """Lay a claim beside a statement; `weight` says how rare a stem is."""
    total = shared = 0.0
    missing: list[Word] = []
    for word in claim.content:
        rarity = weight(word.stem)
        degree = _degree(word.stem, entry)
        total += rarity
        shared += rarity * degree
        if degree == 0:
            missing.append(word)
    claimed = {word.stem for word in claim.content}
    dates, date_pair = _dates(claim, entry)
    quantities, quantity_pair = _quantities(claim, entry)
    return Comparison(
        entry=entry,
        cover=shared / total if total else 0.0,
        back_cover=_back_cover(claimed, entry, weight),
        matched=len(claim.content) - len(missing),
        missing=tuple(missing),
        missing_names=sum(word.stem in claim.names for word in missing),
        subject=_names_subject(claimed, entry),
        opposites=tuple(
            (word.text, entry.own_stems[other].text)
            for word in missing
            for other in entry.own_stems
            if are_opposites(word.stem, other) and other not in claimed
        ),
        dates=dates,
        date_pair=date_pair,
        quantities=quantities,
        quantity_pair=quantity_pair,
        negation=(claim.negations % 2) != (entry.reading.negations % 2),
    )


def _degree(stemmed: str, entry: Entry) -> float:
    if stemmed in entry.stems:
        return 1.0
    if len(stemmed) > 3 and sound(stemmed) in entry.sounds:
        return 0.9
    if root(stemmed) in entry.roots:
        return 0.9
    if synonym_groups(stemmed) & entry.groups:
        return 0.7
    return 0.0


def _back_cover(claimed: set[str], entry: Entry, weight: Callable[[str], float]) -> float:
    total = shared = 0.0
    groups = frozenset(group for one in claimed for group in synonym_groups(one))
    roots = {root(one) for one in claimed}
    for stemmed in entry.own_stems:
        rarity = weight(stemmed)
        total += rarity
        if stemmed in claimed or root(stemmed) in roots:
            shared += rarity
        elif synonym_groups(stemmed) & groups:
            shared += 0.7 * rarity
    return shared / total if total else 0.0


def _names_subject(claimed: set[str], entry: Entry) -> bool:
    if not entry.subject:
        return True
    roots = {root(one) for one in claimed}
    sounds = {sound(one) for one in claimed}
    return any(
        all(part in claimed or root(part) in roots or sound(part) in sounds for part in name) for name in entry.subject
    )


def _dates(claim: Reading, entry: Entry) -> tuple[Relation, tuple[When, When] | None]:
    if not claim.dates or not entry.dates:
        return "none", None
    for claimed in claim.dates:
        if all(disagrees(claimed, known) for known in entry.dates):
            return "clash", (claimed, entry.dates[0])
    return "same", (claim.dates[0], entry.dates[0])


def _quantities(claim: Reading, entry: Entry) -> tuple[Relation, tuple[Quantity, Quantity] | None]:
    relation: Relation = "none"
    pair = None
    for claimed in claim.quantities:
        known = [one for one in entry.quantities if _same_unit(claimed, one)]
        if not known:
            continue
        if not any(claimed.admits(one) for one in known):
            return "clash", (claimed, known[0])
        relation, pair = "same", (claimed, known[0])
    return relation, pair


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit == other.unit:
        return True
    if not one.unit or not other.unit:
        return "%" not in (one.unit, other.unit) and "#" not in (one.unit, other.unit)
    return bool(synonym_groups(one.unit) & synonym_groups(other.unit))
