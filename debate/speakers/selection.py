"""Which of a persona's lines to say next: what answers, what bears on it, what has to be said with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from debate.events import Question, Turn
from debate.speakers.port import Brief
from debate.speakers.repertoire import Contest, Repertoire
from language.sentences import split_sentences
from personas.argumentative import ARGUES, leading_words, stipulates
from personas.terms import terms, words

MAX_TARGETS = 12
MAX_WORDS = 95
_MAX_WORDS_IN_ALL = 130
_ANSWERED_IN_THREAD = 1.0
_SHORT_SUBJECT = 2
_LOOSE = 0.01
_LEAST_BEARING = 0.1
_ON_PREMISE = 0.5
_ON_MOTION = 0.4
_TELLING_TERMS = 3
_KNOWN_FOR = 4.0
_STATES = -0.5
_LEAST_ASKED_TERMS = 2
_CLOSE = 0.27
_FIGURE = re.compile(r"\d")


class Target(NamedTuple):
    """A sentence that may be answered."""

    seq: int
    rank: int
    speaker: str | None
    text: str
    """Verbatim from the turn or question."""
    about: str
    """The words that an answer has to bear on."""


_LEAST_SAID_TERMS = 3


class Choice(NamedTuple):
    """Lines to say, and what they answer."""

    score: float
    lines: tuple[int, ...]
    target: Target
    in_thread: bool
    is_close: bool = False
    """Whether it speaks of much the same as what it answers."""


class Selection:
    """Chooses among the lines of the one whose turn it is; a pure function of the brief."""

    def __init__(
        self,
        brief: Brief,
        repertoires: Mapping[str, Repertoire],
        contests: Mapping[tuple[str, int], tuple[Contest, ...]],
        names: frozenset[str],
    ) -> None:
        self._names = names
        self.brief = brief
        self.setup = brief.setup
        self.own = own = repertoires[brief.speaker.id]
        self._contests = contests
        self._repertoires = repertoires
        self._said_by: dict[str, frozenset[int]] = {}
        self.said = self.said_of(brief.speaker.id)
        premise = terms(self.setup.premise) if self.setup.premise else frozenset()
        self._on_premise = own.coverage(premise)
        self._on_motion = own.coverage(terms(self.setup.motion))
        left = max(1, brief.setup.rounds - brief.round + 1)
        # What is left is spread over the rounds to come, so that nobody says everything at once.
        self._share = max(1, min(brief.max_sentences, 3, -(-(len(own.lines) - len(self.said)) // left)))

    def targets(self) -> Iterator[Target]:
        """The sentences that may be answered, the most pressing first."""
        for rank, seq in enumerate(self.brief.answerable[:MAX_TARGETS]):
            event = self.brief.events[seq - 1]
            if isinstance(event, Question):
                # What is quoted in a question is what it is about; the words around it are the same in every one.
                about = event.evidence.text if event.evidence is not None else event.text
                yield Target(seq, rank, None, event.text, about)
            elif isinstance(event, Turn):
                for text in _sentences(event):
                    yield Target(seq, rank, event.speaker, text, text)

    def best(self, targets: Sequence[Target]) -> Choice | None:
        """The lines that answer one of these sentences best; None where nothing bears on any of them."""
        best: Choice | None = None
        for target in targets:
            subject = terms(target.about)
            answering = self.own.answered(target.about)
            likeness = self.own.likeness(subject)
            for index in sorted(answering | likeness.keys()):
                in_thread = index in answering
                if index in self.said:
                    continue
                if not (in_thread or self._bears_on(index, subject, likeness[index])):
                    continue
                lines = self.lines_from(index, in_thread)
                if not self._says_something(lines, subject):
                    continue
                score = likeness.get(index, 0.0) + self._on_premise.get(index, 0.0) + self._fit(index, target)
                score += _ANSWERED_IN_THREAD if in_thread else 0.0
                if best is None or score > best.score:
                    best = Choice(score, lines, target, in_thread, likeness.get(index, 0.0) >= _CLOSE)
        return best

    def loosest(self, targets: Sequence[Target]) -> Choice | None:
        """An argument that speaks of the same as one of these sentences by name, or in two words or more.

        Of a question as short as "What about the army?" one word is enough.
        """
        best: Choice | None = None
        for target in targets:
            subject = terms(target.about)
            for index, likeness in sorted(self.own.likeness(subject).items()):
                shared = self.own.lines[index].terms & subject
                is_same = shared & self._names or len(shared) > 1 or (shared and len(subject) <= _SHORT_SUBJECT)
                if likeness < _LOOSE or not self._is_argument(index) or not is_same:
                    continue
                score = likeness + self._fit(index, target)
                if best is None or score > best.score:
                    lines = self.lines_from(index, in_thread=False)
                    best = Choice(score, lines, target, in_thread=False) if lines else best
        return best

    def opening_lines(self) -> tuple[int, ...]:
        """The lines to bring up unasked: what argues a position not yet stated.

        First what speaks of the motion, and what others will contest.
        """
        rank = {position.id: place for place, position in enumerate(self.brief.speaker.positions)}
        candidates: list[tuple[float, int]] = []
        introduces = not self.said and self._has_standing_position()
        known_for = _known_for(self.brief.speaker.epithet)
        for index, line in enumerate(self.own.lines):
            home = line.remark.position_id
            on_premise, on_motion = self._on_premise.get(index, 0.0), self._on_motion.get(index, 0.0)
            is_on_motion = on_motion >= _ON_MOTION and self._is_argument(index) and not line.leans
            is_known = bool(known_for) and known_for <= line.terms and not line.leans
            bears = home in rank or self.provokes(index) or on_premise >= _ON_PREMISE or is_on_motion
            if introduces:
                # Whoever begins begins with what they argue, not with what they happened to be asked about.
                bears = is_known or (home in rank and not line.leans)
            if index in self.said or not bears:
                continue
            place = rank.get(home or "", len(rank))
            ahead = (2.5 if self.provokes(index) and not line.leans else 0.0) + 8.0 * on_premise + 6.0 * on_motion
            # What opens a paragraph says what it is about; "No, ..." answers something.
            ahead += (0.0 if line.follows else 1.5) - (1.5 if leading_words(line.remark.text) else 0.0)
            # Whoever is introduced by their own words is expected to begin with them.
            ahead += _KNOWN_FOR if introduces and is_known else 0.0
            candidates.append((place - ahead, index))
        if not candidates and not self.said:
            # Somebody without a position of their own still has a best sentence.
            arguments = [index for index in range(len(self.own.lines)) if self._is_argument(index)]
            candidates = [(-self.own.lines[index].judgement.argues, index) for index in arguments]
        for _, index in sorted(candidates):
            lines = self.lines_from(index, in_thread=False)
            if lines:
                return lines
        return ()

    def _has_standing_position(self) -> bool:
        return any(line.remark.position_id is not None and not line.leans for line in self.own.lines)

    def lines_for(self, other_id: str) -> tuple[int, ...]:
        """What to put to somebody: what they contested in the thread, else what their own words bear on most."""
        other = self._repertoires[other_id]
        left = set(range(len(other.lines))) - self.said_of(other_id)
        ranked: list[tuple[float, int]] = []
        for index, line in enumerate(self.own.lines):
            if not self._is_argument(index):
                continue
            contests = self._contests.get((self.brief.speaker.id, index), ())
            score = 1.0 if any(one.by == other_id and one.lines & left for one in contests) else 0.0
            likeness = other.likeness(line.terms)
            bearing = [value for one, value in likeness.items() if one in left]
            score += max(bearing, default=0.0)
            if score >= _LEAST_BEARING:
                ranked.append((-score, index))
        for _, index in sorted(ranked):
            lines = self.lines_from(index, in_thread=False)
            if lines:
                return lines
        return ()

    def stance_lines(self) -> tuple[int, ...]:
        found = self.brief.speaker.stance_evidence
        if found is None:
            return ()
        for index, line in enumerate(self.own.lines):
            remark = line.remark
            if index not in self.said and (remark.post_id, remark.start) == (found.post_id, found.start):
                return self.lines_from(index, in_thread=False)
        return ()

    def has_spoken_of(self, target: Target) -> bool:
        """Whether something that bears on this has been said already, be it by nothing but a shared name."""
        subject = terms(target.about)
        return any(
            index in self.said
            and (self.own.lines[index].terms & subject & self._names or self.own.is_on_topic(index, subject, likeness))
            for index, likeness in self.own.likeness(subject).items()
        )

    def provokes(self, index: int) -> bool:
        """Whether others answered this line in the thread with something that they have not said yet."""
        contests = self._contests.get((self.brief.speaker.id, index), ())
        return any(contest.lines - self.said_of(contest.by) for contest in contests)

    def said_of(self, persona_id: str) -> frozenset[int]:
        if persona_id not in self._said_by:
            self._said_by[persona_id] = self._repertoires[persona_id].said(self.brief.events)
        return self._said_by[persona_id]

    def lines_from(self, index: int, in_thread: bool) -> tuple[int, ...]:
        """The lines that have to be said with this one: what it leans on before it, what leans on it after."""
        lines = self.own.lines
        start = index
        while lines[start].leans and not self._opens_an_answer(start, in_thread):
            if not lines[start].follows or index - start >= 2 or start - 1 in self.said:
                return ()
            start -= 1
        chosen = list(range(start, index + 1))
        if any(lines[one].judgement.personal and not in_thread for one in chosen):
            return ()
        following = index + 1
        while following < len(lines) and lines[following].follows and following not in self.said:
            line = lines[following]
            most = _MAX_WORDS_IN_ALL if line.leans else MAX_WORDS
            if stipulates(line.remark.text):
                break
            full = len(chosen) >= self.brief.max_sentences or self._length([*chosen, following]) > most
            wanted = line.leans or len(chosen) < self._share
            if full or not wanted or line.judgement.question or (line.judgement.personal and not in_thread):
                break
            chosen.append(following)
            following += 1
        if lines[chosen[-1]].remark.text.rstrip().endswith(":"):
            chosen.pop()
        return tuple(chosen)

    def _is_argument(self, index: int) -> bool:
        """Whether a line that has not been said argues something by itself."""
        line = self.own.lines[index]
        return index not in self.said and (line.remark.position_id is not None or line.judgement.argues >= ARGUES)

    def _bears_on(self, index: int, subject: frozenset[str], likeness: float) -> bool:
        # Where a premise is stipulated, a line about it bears on all that is said.
        return self._on_premise.get(index, 0.0) >= _ON_PREMISE or self.own.is_on_topic(index, subject, likeness)

    def _says_something(self, lines: Sequence[int], subject: frozenset[str]) -> bool:
        """Whether these lines argue anything: "There you go!" answered something in the thread, and does not.

        A question may argue too, but not one that only gives back what it asks about.
        """
        for line in (self.own.lines[one] for one in lines):
            is_echo = line.judgement.question and len(line.terms - subject) < _LEAST_ASKED_TERMS
            states = line.judgement.question or line.judgement.argues >= _STATES
            if states and not is_echo and len(line.terms) >= (_LEAST_SAID_TERMS if line.leans else 2):
                return True
        return False

    def _fit(self, index: int, target: Target) -> float:
        """What speaks for or against saying a line to this participant, beside its subject."""
        line = self.own.lines[index]
        score = 0.05 * min(max(line.judgement.argues, 0.0), 4.0) - 0.03 * target.rank
        score += 0.2 if self.provokes(index) else 0.0
        score += 0.1 if line.remark.position_id is not None else 0.0
        # What can be checked and what can be understood by itself makes the better answer.
        score += 0.15 if _FIGURE.search(line.remark.text) else 0.0
        score += 0.1 if line.remark.stands_alone else 0.0
        # "Not too much." is no point to take somebody up on.
        score -= 0.15 if len(terms(target.text)) < _TELLING_TERMS else 0.0
        if target.speaker is None:
            return score
        other = next(one for one in self.setup.participants if one.id == target.speaker)
        if line.remark.answers_author == other.name:
            score += 0.2
        if {other.stance, self.brief.speaker.stance} == {"for", "against"}:
            score += 0.1
        return score

    def _opens_an_answer(self, index: int, in_thread: bool) -> bool:
        """Whether the line may lean on the very words that are now answered, as it did in the thread."""
        return in_thread and not self.own.lines[index].follows

    def _length(self, indices: Sequence[int]) -> int:
        return sum(len(words(self.own.lines[index].remark.text)) for index in indices)


def _known_for(epithet: str) -> frozenset[str]:
    """The terms of the words in quotation marks that a persona is introduced by; none for "the debater"."""
    _, _, rest = epithet.partition('"')
    return terms(rest.rpartition('"')[0])


def _sentences(turn: Turn) -> list[str]:
    """The sentences of a turn that are its speaker's; joining words are nobody's and cannot be answered."""
    if turn.origin in ("verbatim", "verbatim_fallback"):
        return [turn.text[one.spoken.start : one.spoken.end] for one in turn.evidence]
    return [sentence.text for sentence in split_sentences(turn.text)]
