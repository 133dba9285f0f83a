"""A claim beside a bare statement, with what the grounds of an objection look at."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from debate.referee.comparison import Comparison, Match
from debate.referee.definitions import Definition, find_definitions, is_of
from debate.referee.facets import Facet
from debate.referee.features import NAMES
from debate.referee.grammar import is_finite
from debate.referee.lexical import classes_of, kin
from debate.referee.lexicon import AUXILIARIES
from debate.referee.reading import Reading
from debate.referee.rivalry import Rivals, find_rivals
from language.sentences import split_sentences
from language.words import stem, words

_PLACE = {name: place for place, name in enumerate(NAMES)}
_CALENDAR = re.compile(r"(?:januari|februari|march|april|may|june|juli|august|septemb|octob|novemb|decemb)$")


PHRASE_END = re.compile(
    r"[,.;:()]|\b(?:of|by|in|on|at|from|with|and|or|which|that|who|was|were|is|to|for|as|when|starring|directed|written)\b"
)
"""Where a noun phrase ends at the latest."""


_OWNED = re.compile(r"['’]s?\s+$")
"""What stands before what belongs to somebody: "Osmond's parents"."""


class Pair:
    """A claim beside a bare statement, its facets and features looked up when they are asked for."""

    def __init__(self, one: Comparison, values: Sequence[float], weight: Callable[[str], float]) -> None:
        self.one = one
        self.claim: Reading = one.claim
        self.statement: Reading = one.entry.reading
        self._values = values
        self._weight = weight

    def value(self, name: str) -> float:
        """A feature by its name, see `debate.referee.features.NAMES`."""
        return self._values[_PLACE[name]]

    @property
    def cover(self) -> float:
        """Share of the claim's content that the statement speaks of."""
        return self.one.cover

    @cached_property
    def rivals(self) -> Rivals:
        """The facets of both."""
        return find_rivals(self.one, self._weight)

    def sentence_at(self, place: int) -> int:
        """Which sentence of the statement a place is in, from 0."""
        return sum(sentence.end <= place for sentence in split_sentences(self.statement.text))

    @cached_property
    def nearest(self) -> str:
        """The statement's sentence that has most of the claim."""
        sentences = split_sentences(self.statement.text)
        return sentences[self.rivals.sentence].text if sentences else self.statement.text

    @cached_property
    def verb_start(self) -> int:
        """Where the claim's first finite verb stands: what is before it is its subject."""
        found = words(self.claim.text)
        verb = next((word.start for word in found[1:] if is_finite(word)), None)
        if verb is not None:
            return verb
        # "Eric Church sings": where a name opens the claim, what follows it in lower case does as its verb.
        named = bool(found) and found[0].text[0].isupper()
        return next(
            (word.start for word in found[1:] if named and word.text[0].islower() and word.fold.endswith("s")), 0
        )

    @cached_property
    def said(self) -> list[Facet]:
        """What the claim says of its subject; months are dates."""
        return [
            facet
            for facet in self.rivals.claimed
            if facet.start >= self.verb_start and not _CALENDAR.match(facet.stems[0])
        ]

    @cached_property
    def known(self) -> list[Facet]:
        """What the statement has, brackets left out: they hold spellings, lives and sources."""
        return [
            facet
            for facet in self.rivals.known
            if not _CALENDAR.match(facet.stems[0]) and not _in_brackets(self.statement.text, facet.start)
        ]

    @cached_property
    def lacking(self) -> list[Facet]:
        """What the claim says of its subject and the statement lacks."""
        return [facet for facet in self.said if facet in self.rivals.lacking]

    @cached_property
    def free(self) -> list[Facet]:
        """What the statement has instead of it."""
        return [facet for facet in self.known if facet in self.rivals.free]

    def near(self, facet: Facet) -> bool:
        """Whether a facet of the statement stands in the sentence that has most of the claim."""
        return facet.sentence == self.rivals.sentence

    @cached_property
    def _subject(self) -> list[Match]:
        """The matches of the words before the verb, brackets left out."""
        text = self.claim.text
        return [
            match
            for match in self.one.matches
            if match.word.start < self.verb_start and not _in_brackets(text, match.word.start)
        ]

    @cached_property
    def subject_met(self) -> bool:
        """Whether the statement names what the claim speaks of."""
        subject = self._subject
        named = [match for match in subject if match.word.stem in self.claim.names] or subject
        if not named:
            # "More reached number one": a title of common words names nothing that could be found.
            return not any(word.text[0].isupper() for word in words(self.claim.text[: self.verb_start])[:1])
        first = self.rivals.claimed[0] if self.rivals.claimed else None
        is_named = first is not None and first.sort in ("name", "place") and first.start < self.verb_start
        if first is not None and is_named:
            return first not in self.rivals.lacking or self._is_called(first)
        return sum(match.share > 0 for match in named) * 2 >= len(named)

    @cached_property
    def is_qualified(self) -> bool:
        """Whether the claim speaks of something about its subject that the statement lacks: "Katy's real last name"."""
        unmet = [match for match in self._subject if not match.share]
        if unmet and unmet[-1] is self._subject[-1] and _OWNED.search(self.claim.text[: unmet[-1].word.start]):
            return True
        return len(unmet) * 2 >= len(self._subject) and any(match.word.text[0].islower() for match in unmet)

    def _is_called(self, name: Facet) -> bool:
        """Whether the statement opens with the first part of a name: Buffy for Buffy Summers."""
        near = [facet for facet in self.rivals.known if self.near(facet)]
        return bool(near) and near[0].stems == name.stems[: len(near[0].stems)]

    @cached_property
    def definition(self) -> Definition | None:
        """What the statement says the claim's subject is; None where it defines it not."""
        return next((known for known in find_definitions(self.statement.text) if self._is_of_subject(known)), None)

    @cached_property
    def sentence_of_definition(self) -> int:
        """Which sentence of the statement says what the claim's subject is; -1 where none does."""
        return self.definition.sentence if self.definition else -1

    def _is_of_subject(self, known: Definition) -> bool:
        claimed = frozenset(match.word.stem for match in self._subject)
        return bool(claimed) and is_of(self.one, claimed, known)

    @cached_property
    def is_of_another(self) -> bool:
        """Whether the statement says what something else is, and nothing of the claim's subject."""
        known = find_definitions(self.statement.text)
        if self.is_namesake:
            return True
        return bool(known) and self.definition is None and not self.value("leads")

    @cached_property
    def is_namesake(self) -> bool:
        """Whether the statement opens with somebody else of the same family name."""
        claimed, known = self.rivals.claimed[:1], self.rivals.known[:1]
        if not claimed or not known or claimed[0].sort != "name" or known[0].sort != "name":
            return False
        mine, theirs = claimed[0].stems, known[0].stems
        if len(mine) < _WITH_GIVEN_NAME or len(theirs) < _WITH_GIVEN_NAME or mine[-1] != theirs[-1]:
            return False
        return not any(one[:_SHORT] == mine[0][:_SHORT] for one in theirs[:-1])


_WITH_GIVEN_NAME, _SHORT = 2, 3


def is_defining(pair: Pair, facet: Facet) -> bool:
    """Whether a facet stands in the sentence that says what the claim's subject is."""
    return pair.definition is not None and pair.sentence_of_definition == facet.sentence


LOCATED = frozenset(map(stem, ("is", "located", "situated", "based", "lies", "stands", "lives", "city", "town")))
"""Words that say where something is."""


def _in_brackets(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)


def word_before(reading: Reading, start: int) -> str:
    """Stem of the word of meaning that stands before a place; empty where there is none."""
    return next((word.stem for word in reversed(reading.content) if word.end <= start), "")


def word_after(reading: Reading, end: int) -> str:
    """Stem of the word of meaning that stands behind a place; empty where there is none."""
    return next((word.stem for word in reading.content if word.start >= end), "")


def anchor(reading: Reading, facet: Facet) -> str:
    """The word that a facet hangs on: "direct" for "directed by X", "is" for "is from X"."""
    kept = {word.start: word for word in reading.content}
    for word in reversed([word for word in words(reading.text) if word.end <= facet.start]):
        if word.start in kept and not word.fold.endswith("ly"):
            return kept[word.start].stem
        if word.fold in AUXILIARIES:
            return "is"
    return ""


def is_tied(text: str, facet: Facet) -> bool:
    """Whether a facet stands right behind its preposition, or needs none."""
    if facet.preposition in ("", "is") or facet.preposition not in text:
        return True
    return bool(re.search(rf"\b{facet.preposition}\s+(?:\S+\s+){{0,2}}$", text[: facet.start], re.IGNORECASE))


def tied(text: str, facet: Facet) -> str:
    """A facet as the text has it, with the preposition that stands right before it."""
    if facet.preposition in ("", "is"):
        return text[facet.start : facet.end]
    before = re.search(rf"\b{facet.preposition}\s+(?:the\s+|an?\s+)?$", text[: facet.start], re.IGNORECASE)
    return text[before.start() if before else facet.start : facet.end]


def one_event(mine: str, theirs: str) -> bool:
    """Whether two stems may name one event."""
    return bool(mine and theirs) and (kin(mine, theirs) == "same" or bool(classes_of(mine) & classes_of(theirs)))
