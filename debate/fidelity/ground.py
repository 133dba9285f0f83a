"""Everything that the participants of one debate wrote, indexed once for all its turns."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from debate.fidelity.statements import Statement, clauses, read_statement
from language.sentences import split_sentences
from personas.persona import Persona
from personas.terms import rarity, terms, words

_FIGURE = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d(?![\w.])")


class Nearest(NamedTuple):
    """The statement nearest to a sentence, and how near it is (cosine, 0 to 1)."""

    likeness: float
    statement: Statement | None


class Ground:
    """The own words of all participants, ready to be searched."""

    def __init__(self, participants: tuple[Persona, ...], known: str) -> None:
        """Index what was written.

        Args:
            participants: Of the debate.
            known: Further words that may be used: the motion, the premise.
        """
        texts = {one.id: own_texts(one) for one in participants}
        self._weights = rarity(text for own in texts.values() for text in own)
        self._statements = {
            # A sentence that asserts nothing by itself is still something that the poster wrote.
            one: [self.read(clause) for text in own for clause in ([one.text for one in clauses(text)] or [text])]
            for one, own in texts.items()
        }
        self._places = {one: _index(statements) for one, statements in self._statements.items()}
        self._sentence_places = {one: _terms_index([terms(text) for text in own]) for one, own in texts.items()}
        self.vocabulary = {one: frozenset().union(*(terms(text) for text in own)) for one, own in texts.items()}
        everything = " ".join([known, *(text for own in texts.values() for text in own)])
        self.terms = frozenset[str]().union(terms(known), *self.vocabulary.values())
        self.known_words = frozenset(words(everything))
        self.known_figures = frozenset(_FIGURE.findall(everything))

    def read(self, text: str) -> Statement:
        """A sentence made ready to be compared."""
        return read_statement(text, self._weights)

    def nearest(self, statement: Statement, persona_id: str) -> Nearest:
        """The own statement of a participant that is nearest to a sentence."""
        shared: dict[int, float] = defaultdict(float)
        places = self._places[persona_id]
        for term in statement.terms:
            weight = self._weights.get(term, 2.0) ** 2
            for place in places.get(term, ()):
                shared[place] += weight
        best = Nearest(0.0, None)
        for place, dot in shared.items():
            other = self._statements[persona_id][place]
            likeness = dot / (statement.norm * other.norm) if statement.norm and other.norm else 0.0
            if likeness > best.likeness and len(statement.terms & other.terms) >= 2:
                best = Nearest(likeness, other)
        return best

    def share_in_one(self, said: frozenset[str], persona_id: str) -> float:
        """The largest share of these terms that one sentence of a participant holds, 0 to 1."""
        shared: dict[int, int] = defaultdict(int)
        for term in said:
            for place in self._sentence_places[persona_id].get(term, ()):
                shared[place] += 1
        return max(shared.values(), default=0) / len(said) if said else 0.0

    def closeness(self, text: str, persona_id: str) -> float:
        """How near the sentences of a text are on average to what a participant wrote, 0 to 1."""
        sentences = [one.text for one in split_sentences(text)]
        near = [self.nearest(self.read(sentence), persona_id).likeness for sentence in sentences]
        return sum(near) / len(near) if near else 0.0


def own_texts(persona: Persona) -> list[str]:
    """Every sentence that a poster wrote, once."""
    texts = [remark.text for remark in persona.remarks]
    texts += [one.text for position in persona.positions for one in position.evidence]
    texts += [position.statement for position in persona.positions]
    return list(dict.fromkeys(texts))


def _index(statements: list[Statement]) -> Mapping[str, list[int]]:
    return _terms_index([statement.terms for statement in statements])


def _terms_index(texts: Sequence[frozenset[str]]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(texts):
        for term in found:
            places[term].append(place)
    return places
