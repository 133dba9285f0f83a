"""What one persona can say in its poster's own words, indexed so that the best answer to a sentence is found fast."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from debate.events import Event, Turn
from language.sentences import split_sentences
from personas.argumentative import Judgement, judge
from personas.persona import Persona, Remark
from personas.terms import terms, words

_GAP = 6
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]+")
_TOPICAL = 0.45
_LEAST_LIKENESS = 0.14
_LEAST_LIKENESS_BY_ONE_WORD = 0.38
_LONGEST_ANSWERED = 4000


class Line(NamedTuple):
    """One remark of a persona, ready to be spoken."""

    remark: Remark
    terms: frozenset[str]
    judgement: Judgement
    norm: float
    joined: str
    """Its words only, to compare it by."""
    follows: bool
    """Whether the line before stands directly before it in the same post, answering the same words."""

    @property
    def leans(self) -> bool:
        """Whether it needs the line before, or the words that it answers, to be understood."""
        return not self.remark.stands_alone


class Repertoire:
    """All lines of one persona, in the thread's order."""

    def __init__(self, persona: Persona, weights: Mapping[str, float]) -> None:
        self.persona = persona
        self._weights = weights
        self._rarest = max(weights.values(), default=2.0)
        remarks = persona.remarks or _positions_as_remarks(persona)
        self.lines = tuple(_lines(remarks, weights))
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._answering: dict[str, list[int]] = defaultdict(list)
        for index, line in enumerate(self.lines):
            for term in line.terms:
                self._postings[term].append(index)
            if line.remark.answers is not None:
                self._answering[line.remark.answers].append(index)
        self._answered = {quoted: (_joined(quoted[:_LONGEST_ANSWERED]), terms(quoted)) for quoted in self._answering}

    def likeness(self, subject: frozenset[str]) -> dict[int, float]:
        """Weighted cosine, 0 to 1, of each line that shares a term with `subject`."""
        shared: dict[int, float] = defaultdict(float)
        for term in subject:
            weight = self._weights.get(term, 2.0) ** 2
            for index in self._postings.get(term, ()):
                shared[index] += weight
        norm = _norm(subject, self._weights)
        return {index: value / (norm * self.lines[index].norm) for index, value in shared.items()}

    def coverage(self, subject: frozenset[str]) -> dict[int, float]:
        """Share of the weight of `subject`, 0 to 1, that each line which shares a term with it speaks of."""
        total = sum(self._weights.get(term, 2.0) for term in subject)
        covered: dict[int, float] = defaultdict(float)
        for term in subject:
            for index in self._postings.get(term, ()):
                covered[index] += self._weights.get(term, 2.0) / total
        return covered

    def is_on_topic(self, index: int, subject: frozenset[str], likeness: float) -> bool:
        """Whether a line shares with `subject` more than words that everybody here uses all the time.

        One rare word alone may be the same by chance ("close"), so it counts only where it is most of what is said.
        """
        shared = self.lines[index].terms & subject
        mass = sum(self._weights.get(term, 2.0) ** 2 for term in shared)
        least = _LEAST_LIKENESS if len(shared) > 1 else _LEAST_LIKENESS_BY_ONE_WORD
        return likeness >= least and mass >= _TOPICAL * self._rarest**2

    def answered(self, sentence: str) -> frozenset[int]:
        """The lines that answered this very sentence in the thread."""
        spoken, subject = _joined(sentence), terms(sentence)
        found: set[int] = set()
        for quoted, (joined, quoted_terms) in self._answered.items():
            contained = len(subject & quoted_terms) >= 0.9 * len(subject) and len(subject) >= 4
            within = len(spoken) >= 12 and (spoken in joined or (len(joined) >= 25 and joined in spoken))
            if contained or within:
                found.update(self._answering[quoted])
        return frozenset(found)

    def said(self, events: Iterable[Event]) -> frozenset[int]:
        """The lines that the persona has spoken already in this debate, in whole or in part, or in the same words."""
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        texts: set[str] = set()
        for event in events:
            if isinstance(event, Turn) and event.speaker == self.persona.id:
                for one in event.evidence:
                    spans[one.post_id].append((one.start, one.end))
                    texts.add(_joined(one.text))
        return frozenset(
            index
            for index, line in enumerate(self.lines)
            if line.joined in texts
            or any(
                start < line.remark.end and line.remark.start < end for start, end in spans.get(line.remark.post_id, ())
            )
        )

    def quoted_sentences(self) -> Iterable[tuple[str, str | None, frozenset[int]]]:
        """Each sentence that this persona answered: its words, its author where known, and the lines that answered."""
        for quoted, indices in self._answering.items():
            author = self.lines[indices[0]].remark.answers_author
            for sentence in split_sentences(quoted[:_LONGEST_ANSWERED]):
                yield _joined(sentence.text), author, frozenset(indices)


class Contest(NamedTuple):
    """Lines of one participant that answered a line of another's in the thread."""

    by: str
    lines: frozenset[int]


def find_contests(repertoires: Mapping[str, Repertoire]) -> dict[tuple[str, int], tuple[Contest, ...]]:
    """Which lines were answered in the thread by other participants, by persona id and line.

    What was answered once makes an exchange when it is said again. Sentences are looked up whole, so that time grows
    linearly with the thread.
    """
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for own_id, own in repertoires.items():
        for index, line in enumerate(own.lines):
            places[line.joined].append((own_id, index))
    found: dict[tuple[str, int], list[Contest]] = defaultdict(list)
    for other_id, other in repertoires.items():
        for joined, author, lines in other.quoted_sentences():
            for own_id, index in places.get(joined, ()):
                if own_id != other_id and author in (repertoires[own_id].persona.name, None):
                    found[own_id, index].append(Contest(other_id, lines))
    return {place: tuple(contests) for place, contests in found.items()}


def weigh_terms(personas: Iterable[Persona]) -> dict[str, float]:
    """Rarity of each term in what these personas can say; what everybody speaks of counts little."""
    counts: dict[str, int] = defaultdict(int)
    total = 0
    for persona in personas:
        for remark in persona.remarks or _positions_as_remarks(persona):
            total += 1
            for term in terms(remark.text):
                counts[term] += 1
    return {term: 0.3 + math.log((1 + total) / (1 + count)) for term, count in counts.items()}


def find_names(personas: Iterable[Persona]) -> frozenset[str]:
    """Terms that these people write with a capital in the middle of a sentence: what they speak of by name."""
    return frozenset(
        term
        for persona in personas
        for remark in persona.remarks or _positions_as_remarks(persona)
        for found in _NAME.finditer(remark.text)
        for term in terms(found[0])
    )


def _positions_as_remarks(persona: Persona) -> tuple[Remark, ...]:
    # A persona file written by hand may list positions only; then their evidence is what can be said.
    return tuple(
        Remark(**evidence.model_dump(), position_id=position.id)
        for position in persona.positions
        for evidence in position.evidence
    )


def _lines(remarks: Sequence[Remark], weights: Mapping[str, float]) -> Iterable[Line]:
    before: Remark | None = None
    for remark in remarks:
        follows = (
            before is not None
            and before.post_id == remark.post_id
            and before.answers == remark.answers
            and 0 <= remark.start - before.end <= _GAP
        )
        found = terms(remark.text)
        yield Line(remark, found, judge(remark.text), _norm(found, weights), _joined(remark.text), follows)
        before = remark


def _norm(found: frozenset[str], weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weights.get(term, 2.0) ** 2 for term in found)) or 1.0


def _joined(text: str) -> str:
    return " ".join(words(text))
