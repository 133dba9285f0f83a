"""A statement of a sheet prepared for comparison, read once and kept."""

import re
from functools import cached_property
from typing import NamedTuple

from debate.referee.dates import When, parse_iso
from debate.referee.facts import Fact
from debate.referee.grammar import has_verb
from debate.referee.lexical import lemma
from debate.referee.lexicon import GENERIC_RELATIONS
from debate.referee.quantities import Quantity, find_quantities
from debate.referee.reading import Reading, read, root, sound
from language.sentences import split_sentences
from language.words import STOPWORDS, Word, words


class Part(NamedTuple):
    """A clause of a statement: its stems, and how often it denies."""

    stems: frozenset[str]
    negations: int


_PARTS = re.compile(r";\s|,\s+(?:but|and|while|although|though|whereas|yet)\s")


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
    def parts(self) -> tuple[Part, ...]:
        """The statement's clauses, roughly cut; one at least."""
        texts = [part for one in split_sentences(self.text) for part in _PARTS.split(one.text)]
        found = [read(text) for text in texts or [self.text]]
        return tuple(Part(frozenset(word.stem for word in one.content), one.negations) for one in found)

    @cached_property
    def is_assertion(self) -> bool:
        """Whether the statement states anything: not so a question, nor a title without a verb."""
        bare = self.text.strip(" .")
        is_title = bare[:1] in '"“' and bare[-1:] in '"”' and len(bare) > 1
        return not is_title and not bare.rstrip("\"'”’").endswith("?") and has_verb(bare)

    @cached_property
    def subject(self) -> tuple[frozenset[str], ...]:
        """The subject's names, each as its stems; empty where the fact has no subject."""
        if not self.fact.subject:
            return ()
        names = (self.fact.subject, *self.fact.aliases)
        found = (frozenset(lemma(word.stem) for word in words(name) if word.fold not in STOPWORDS) for name in names)
        return tuple(one for one in found if one)

    @cached_property
    def names_subject(self) -> bool:
        """Whether the text names its subject; a mistake may name somebody else in its place."""
        return any(name <= self.own_stems.keys() for name in self.subject)

    @cached_property
    def own_stems(self) -> dict[str, Word]:
        """Stems of the statement's content."""
        return {word.stem: word for word in self.reading.content}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all that the fact says or is called."""
        fact = self.fact
        parts = (fact.subject, fact.relation, fact.value, fact.unit, *fact.aliases)
        extra = " . ".join(str(part) for part in parts if part is not None)
        return frozenset(self.own_stems) | {lemma(word.stem) for word in words(extra) if word.fold not in STOPWORDS}

    @cached_property
    def roots(self) -> frozenset[str]:
        """Roots of the stems."""
        return frozenset(root(one) for one in self.stems)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Sounds of the longer stems."""
        return frozenset(sound(one) for one in self.stems if len(one) > 3)

    @cached_property
    def relation(self) -> frozenset[str]:
        """Stems of the fact's relation and of its value in words, those left out that say nothing on their own."""
        fact = self.fact
        said = f"{fact.relation or ''} . {fact.value if isinstance(fact.value, str) else ''}"
        kept = (one for one in words(said) if one.fold not in STOPWORDS and one.fold not in GENERIC_RELATIONS)
        return frozenset(lemma(one.stem) for one in kept)

    @cached_property
    def dates(self) -> tuple[When, ...]:
        """The dates that the statement, or the fact's `date`, gives."""
        if self.misstatement or not self.fact.date:
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
