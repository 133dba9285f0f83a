"""A speaker without a model: a persona answers in its poster's own sentences, or says that nothing is left."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from debate.agenda import examinee_of
from debate.events import Question, ReplyTo, Setup, Turn, Utterance
from debate.speakers.port import Brief
from debate.speakers.repertoire import Contest, Repertoire, find_contests, find_names, weigh_terms
from debate.speakers.wording import (
    NOTHING_IN_THREAD,
    NOTHING_TO_ADD,
    asks_back,
    lead_closing,
    lead_to,
    word_turn,
    word_yield,
)
from language.sentences import split_sentences
from personas.argumentative import ARGUES
from personas.terms import terms, words

MAX_TARGETS = 12
MAX_WORDS = 95
_MAX_WORDS_IN_ALL = 130
_ANSWERED_IN_THREAD = 1.0
_LOOSE = 0.05
_ON_PREMISE = 0.5
_FIGURE = re.compile(r"\d")


class _Target(NamedTuple):
    """A sentence that may be answered."""

    seq: int
    rank: int
    speaker: str | None
    text: str
    """Verbatim from the turn or question."""
    about: str
    """The words that an answer has to bear on."""


class _Choice(NamedTuple):
    """Lines to say, and what they answer."""

    score: float
    lines: tuple[int, ...]
    target: _Target
    in_thread: bool


class VerbatimSpeaker:
    """Words the turns of any participant from its remarks; deterministic, and cheap enough for every turn."""

    def __init__(self) -> None:
        self._setup: Setup | None = None
        self._repertoires: dict[str, Repertoire] = {}
        self._contests: dict[tuple[str, int], tuple[Contest, ...]] = {}
        self._names: frozenset[str] = frozenset()

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        """Word the turn that `brief` describes; see `debate.speakers.port.Speaker`.

        What answered the target's very words in the thread comes first, then what is on its topic, then the poster's
        central position, once, as an opening. Never says the same sentence twice in a debate.
        """
        utterance = self._utterance(brief)
        if on_words is not None:
            on_words(utterance.text)
        return utterance

    def _utterance(self, brief: Brief) -> Utterance:
        self._prepare(brief.setup)
        turn = _Turn(brief, self._repertoires, self._contests, self._names)
        if brief.phase == "answer":
            return turn.answer_question()
        if brief.phase == "question":
            return turn.examine()
        if brief.phase == "opening":
            return turn.open() or word_yield(NOTHING_TO_ADD)
        if brief.phase == "closing":
            return turn.close() or word_yield(NOTHING_TO_ADD)
        return turn.reply() or turn.provoke() or turn.connect() or turn.open() or word_yield(NOTHING_TO_ADD)

    def _prepare(self, setup: Setup) -> None:
        if self._setup is setup or self._setup == setup:
            return
        weights = weigh_terms(setup.participants)
        self._repertoires = {one.id: Repertoire(one, weights) for one in setup.participants}
        self._contests = find_contests(self._repertoires)
        self._names = find_names(setup.participants)
        self._setup = setup


class _Turn:
    """One turn being worded."""

    def __init__(
        self,
        brief: Brief,
        repertoires: Mapping[str, Repertoire],
        contests: Mapping[tuple[str, int], tuple[Contest, ...]],
        names: frozenset[str],
    ) -> None:
        self._names = names
        self._brief = brief
        self._setup = brief.setup
        self._own = own = repertoires[brief.speaker.id]
        self._contests = contests
        self._repertoires = repertoires
        self._said_by: dict[str, frozenset[int]] = {}
        self._said = self._said_of(brief.speaker.id)
        self._number = len(brief.events) + 1
        premise = terms(self._setup.premise) if self._setup.premise else frozenset()
        self._on_premise = own.coverage(premise)
        left = max(1, brief.setup.rounds - brief.round + 1)
        # What is left is spread over the rounds to come, so that nobody says everything at once.
        self._share = max(1, min(brief.max_sentences, 3, -(-(len(own.lines) - len(self._said)) // left)))

    def open(self) -> Utterance | None:
        """The central position that has not been said yet."""
        lines = self._opening_lines()
        return self._word(lines, None, None) if lines else None

    def reply(self) -> Utterance | None:
        """The best answer to what may be answered, None where nothing bears on it."""
        choice = self._best(list(self._targets()))
        return self._word_choice(choice) if choice else None

    def provoke(self) -> Utterance | None:
        """A turn that answers nobody: the first of all, or a point that others contested in the thread."""
        lines = self._opening_lines()
        if not lines or (self._said and not any(self._provokes(index) for index in lines)):
            return None
        return self._word(lines, None, None)

    def connect(self) -> Utterance | None:
        """An argument not yet made, put beside the sentence that speaks of the same by name."""
        best: _Choice | None = None
        for target in self._targets():
            subject = terms(target.about)
            for index, likeness in sorted(self._own.likeness(subject).items()):
                shared = self._own.lines[index].terms & subject
                if likeness < _LOOSE or not self._is_argument(index) or not (shared & self._names or len(shared) > 1):
                    continue
                score = likeness + self._fit(index, target)
                if best is None or score > best.score:
                    lines = self._lines_from(index, in_thread=False)
                    best = _Choice(score, lines, target, in_thread=False) if lines else best
        return self._word_choice(best) if best else None

    def _is_argument(self, index: int) -> bool:
        """Whether a line that has not been said argues something by itself."""
        line = self._own.lines[index]
        return index not in self._said and (line.remark.position_id is not None or line.judgement.argues >= ARGUES)

    def close(self) -> Utterance | None:
        """Where the persona stands, if that has not been said; a position not yet stated; or one more answer."""
        lines = self._stance_lines() or self._opening_lines()
        if lines:
            lead = lead_closing(self._setup.seed, self._number) if self._said else None
            return self._word(lines, lead, None)
        return self.reply()

    def _stance_lines(self) -> tuple[int, ...]:
        found = self._brief.speaker.stance_evidence
        if found is None:
            return ()
        for index, line in enumerate(self._own.lines):
            remark = line.remark
            if index not in self._said and (remark.post_id, remark.start) == (found.post_id, found.start):
                return self._lines_from(index, in_thread=False)
        return ()

    def answer_question(self) -> Utterance:
        """What bears on the question asked; says plainly where the thread holds nothing."""
        targets = list(self._targets())
        choice = self._best(targets)
        if choice is not None:
            return self._word_choice(choice)
        if not targets:
            return self.open() or word_yield(NOTHING_TO_ADD)
        asked = targets[0]
        reply_to = ReplyTo(seq=asked.seq, speaker=asked.speaker, text=asked.text)
        lines = self._opening_lines() if self._asks_for_position(asked) else ()
        if lines:
            return self._word(lines, None, reply_to)
        return word_yield(NOTHING_TO_ADD if self._has_answered(asked) else NOTHING_IN_THREAD, reply_to)

    def _has_answered(self, asked: _Target) -> bool:
        """Whether what the thread holds on a question has all been said."""
        subject = terms(asked.about)
        likeness = self._own.likeness(subject)
        return any(
            index in self._said and self._own.is_on_topic(index, subject, value) for index, value in likeness.items()
        ) or (bool(self._said) and self._asks_for_position(asked))

    def _asks_for_position(self, asked: _Target) -> bool:
        """Whether a question is about the motion, or quotes the one who is asked."""
        event = self._brief.events[asked.seq - 1]
        if isinstance(event, Question) and event.evidence is not None:
            return event.evidence.post_id in self._brief.speaker.posts
        return asked.speaker is None and self._setup.motion in asked.text

    def examine(self) -> Utterance:
        """A point of one's own put to the participant who is to be examined."""
        other = examinee_of(self._setup, self._brief.speaker.id, self._brief.round)
        name = self._setup.shown_name(other.id)
        choice = self._best(list(self._targets()))
        if choice is not None:
            return self._word_choice(choice, asks_back(name))
        lines = self._opening_lines()
        if not lines:
            return word_yield(NOTHING_TO_ADD)
        return self._word(lines, None, None, asks_back(name))

    def _word_choice(self, choice: _Choice, asks: str | None = None) -> Utterance:
        target = choice.target
        reply_to = ReplyTo(seq=target.seq, speaker=target.speaker, text=target.text)
        lead = None
        if target.speaker is not None:
            name = self._setup.shown_name(target.speaker)
            lead = lead_to(name, choice.in_thread, self._setup.seed, self._number)
        return self._word(choice.lines, lead, reply_to, asks)

    def _word(
        self, lines: Sequence[int], lead: str | None, reply_to: ReplyTo | None, asks: str | None = None
    ) -> Utterance:
        return word_turn([self._own.lines[index].remark for index in lines], lead, reply_to, asks)

    def _targets(self) -> Iterator[_Target]:
        """The sentences that may be answered, the most pressing first."""
        for rank, seq in enumerate(self._brief.answerable[:MAX_TARGETS]):
            event = self._brief.events[seq - 1]
            if isinstance(event, Question):
                # What is quoted in a question is what it is about; the words around it are the same in every one.
                about = event.evidence.text if event.evidence is not None else event.text
                yield _Target(seq, rank, None, event.text, about)
            elif isinstance(event, Turn):
                for text in _sentences(event):
                    yield _Target(seq, rank, event.speaker, text, text)

    def _best(self, targets: Sequence[_Target]) -> _Choice | None:
        best: _Choice | None = None
        for target in targets:
            subject = terms(target.about)
            answering = self._own.answered(target.about)
            likeness = self._own.likeness(subject)
            for index in sorted(answering | likeness.keys()):
                in_thread = index in answering
                if index in self._said:
                    continue
                if not (in_thread or self._bears_on(index, subject, likeness[index])):
                    continue
                lines = self._lines_from(index, in_thread)
                if not lines:
                    continue
                score = likeness.get(index, 0.0) + self._on_premise.get(index, 0.0) + self._fit(index, target)
                score += _ANSWERED_IN_THREAD if in_thread else 0.0
                if best is None or score > best.score:
                    best = _Choice(score, lines, target, in_thread)
        return best

    def _bears_on(self, index: int, subject: frozenset[str], likeness: float) -> bool:
        # Where a premise is stipulated, a line about it bears on all that is said.
        return self._on_premise.get(index, 0.0) >= _ON_PREMISE or self._own.is_on_topic(index, subject, likeness)

    def _fit(self, index: int, target: _Target) -> float:
        """What speaks for or against saying a line to this participant, beside its subject."""
        line = self._own.lines[index]
        score = 0.05 * min(max(line.judgement.argues, 0.0), 4.0) - 0.03 * target.rank
        score += 0.2 if self._provokes(index) else 0.0
        score += 0.1 if line.remark.position_id is not None else 0.0
        # What can be checked and what can be understood by itself makes the better answer.
        score += 0.15 if _FIGURE.search(line.remark.text) else 0.0
        score += 0.1 if line.remark.stands_alone else 0.0
        if target.speaker is None:
            return score
        other = next(one for one in self._setup.participants if one.id == target.speaker)
        if line.remark.answers_author == other.name:
            score += 0.2
        if {other.stance, self._brief.speaker.stance} == {"for", "against"}:
            score += 0.1
        return score

    def _opening_lines(self) -> tuple[int, ...]:
        """The lines to bring up unasked: what argues a position not yet stated, and first what others will contest."""
        rank = {position.id: place for place, position in enumerate(self._brief.speaker.positions)}
        candidates: list[tuple[float, int]] = []
        for index, line in enumerate(self._own.lines):
            home = line.remark.position_id
            on_premise = self._on_premise.get(index, 0.0)
            if index in self._said or not (home in rank or self._provokes(index) or on_premise >= _ON_PREMISE):
                continue
            place = rank.get(home or "", len(rank))
            ahead = (2.5 if self._provokes(index) else 0.0) + 8.0 * on_premise
            candidates.append((place - ahead, index))
        if not candidates and not self._said:
            # Somebody without a position of their own still has a best sentence.
            arguments = [index for index in range(len(self._own.lines)) if self._is_argument(index)]
            candidates = [(-self._own.lines[index].judgement.argues, index) for index in arguments]
        for _, index in sorted(candidates):
            lines = self._lines_from(index, in_thread=False)
            if lines:
                return lines
        return ()

    def _provokes(self, index: int) -> bool:
        """Whether others answered this line in the thread with something that they have not said yet."""
        contests = self._contests.get((self._brief.speaker.id, index), ())
        return any(contest.lines - self._said_of(contest.by) for contest in contests)

    def _said_of(self, persona_id: str) -> frozenset[int]:
        if persona_id not in self._said_by:
            self._said_by[persona_id] = self._repertoires[persona_id].said(self._brief.events)
        return self._said_by[persona_id]

    def _lines_from(self, index: int, in_thread: bool) -> tuple[int, ...]:
        """The lines that have to be said with this one: what it leans on before it, what leans on it after."""
        lines = self._own.lines
        start = index
        while lines[start].leans and not self._opens_an_answer(start, in_thread):
            if not lines[start].follows or index - start >= 2 or start - 1 in self._said:
                return ()
            start -= 1
        chosen = list(range(start, index + 1))
        if any(lines[one].judgement.personal and not in_thread for one in chosen):
            return ()
        following = index + 1
        while following < len(lines) and lines[following].follows and following not in self._said:
            line = lines[following]
            most = _MAX_WORDS_IN_ALL if line.leans else MAX_WORDS
            full = len(chosen) >= self._brief.max_sentences or self._length([*chosen, following]) > most
            wanted = line.leans or len(chosen) < self._share
            if full or not wanted or line.judgement.question or (line.judgement.personal and not in_thread):
                break
            chosen.append(following)
            following += 1
        if lines[chosen[-1]].remark.text.rstrip().endswith(":"):
            chosen.pop()
        return tuple(chosen)

    def _opens_an_answer(self, index: int, in_thread: bool) -> bool:
        """Whether the line may lean on the very words that are now answered, as it did in the thread."""
        return in_thread and not self._own.lines[index].follows

    def _length(self, indices: Sequence[int]) -> int:
        return sum(len(words(self._own.lines[index].remark.text)) for index in indices)


def _sentences(turn: Turn) -> list[str]:
    """The sentences of a turn that are its speaker's; joining words are nobody's and cannot be answered."""
    if turn.origin in ("verbatim", "verbatim_fallback"):
        return [turn.text[one.spoken.start : one.spoken.end] for one in turn.evidence]
    return [sentence.text for sentence in split_sentences(turn.text)]
