"""A speaker without a model: a persona answers in its poster's own sentences, or says that nothing is left."""

from collections.abc import Callable, Sequence
from functools import cached_property

from debate.agenda import examinee_of
from debate.events import Question, ReplyTo, Setup, Utterance
from debate.speakers.port import Brief
from debate.speakers.repertoire import Contest, Repertoire, find_contests, find_names, weigh_terms
from debate.speakers.selection import Choice, Selection, Target
from debate.speakers.wording import (
    NOTHING_IN_THREAD,
    NOTHING_TO_ADD,
    asks_back,
    lead_closing,
    lead_to,
    word_turn,
    word_yield,
)


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
        turn = _Turn(Selection(brief, self._repertoires, self._contests, self._names))
        if brief.phase == "answer":
            return turn.answer_question()
        if brief.phase == "question":
            return turn.examine()
        if brief.phase == "opening":
            return turn.declare() or turn.open() or word_yield(NOTHING_TO_ADD)
        if brief.phase == "closing":
            return turn.close() or word_yield(NOTHING_TO_ADD)
        return (
            turn.declare_first()
            or turn.introduce()
            or turn.reply()
            or turn.provoke()
            or turn.connect()
            or turn.open()
            or word_yield(NOTHING_TO_ADD)
        )

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

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._setup = selection.setup
        self._number = len(selection.brief.events) + 1

    @cached_property
    def _answer(self) -> Choice | None:
        """The best answer to what may be answered, None where nothing bears on it; sought once a turn."""
        return self._selection.best(list(self._selection.targets()))

    def declare(self) -> Utterance | None:
        """Where the persona stands on the motion: how a speaker of one side begins."""
        lines = self._selection.stance_lines()
        return self._word(lines, None, None) if lines else None

    def declare_first(self) -> Utterance | None:
        """Where the persona stands, as the first thing it says, unless it has an answer from the thread to give."""
        if self._selection.said:
            return None
        return None if self._answer is not None and self._answer.in_thread else self.declare()

    def introduce(self) -> Utterance | None:
        """What the persona is known for, as the first thing it says, unless it has something better to answer."""
        if self._selection.said:
            return None
        choice = self._answer
        return None if choice is not None and (choice.in_thread or choice.is_close) else self.open()

    def open(self) -> Utterance | None:
        """The central position that has not been said yet."""
        lines = self._selection.opening_lines()
        return self._word(lines, None, None) if lines else None

    def reply(self) -> Utterance | None:
        """The best answer to what may be answered, None where nothing bears on it."""
        return self._word_choice(self._answer) if self._answer else None

    def provoke(self) -> Utterance | None:
        """A turn that answers nobody: the first of all, or a point that others contested in the thread."""
        lines = self._selection.opening_lines()
        if not lines or (self._selection.said and not any(self._selection.provokes(index) for index in lines)):
            return None
        return self._word(lines, None, None)

    def connect(self) -> Utterance | None:
        """An argument not yet made, put beside the sentence that speaks of the same by name."""
        choice = self._selection.loosest(list(self._selection.targets()))
        return self._word_choice(choice) if choice else None

    def close(self) -> Utterance | None:
        """Where the persona stands, if that has not been said; a position not yet stated; or one more answer."""
        lines = self._selection.stance_lines() or self._selection.opening_lines()
        if lines:
            lead = lead_closing(self._setup.seed, self._number) if self._selection.said else None
            return self._word(lines, lead, None)
        return self.reply()

    def answer_question(self) -> Utterance:
        """What bears on the question asked; says plainly where the thread holds nothing."""
        targets = list(self._selection.targets())
        for choice in (self._answer, self._selection.loosest(targets)):
            # "Semantics mainly." answered what stood over it in the thread; a question is answered by a sentence.
            if choice is not None and any(not self._selection.own.lines[one].leans for one in choice.lines):
                return self._word_choice(choice)
        if not targets:
            return self.open() or word_yield(NOTHING_TO_ADD)
        asked = targets[0]
        reply_to = ReplyTo(seq=asked.seq, speaker=asked.speaker, text=asked.text)
        lines = self._selection.opening_lines() if self._asks_for_position(asked) else ()
        if lines:
            return self._word(lines, None, reply_to)
        has_answered = self._selection.has_spoken_of(asked) or (
            bool(self._selection.said) and self._asks_for_position(asked)
        )
        return word_yield(NOTHING_TO_ADD if has_answered else NOTHING_IN_THREAD, reply_to)

    def _asks_for_position(self, asked: Target) -> bool:
        """Whether a question is about the motion, or quotes the one who is asked."""
        event = self._selection.brief.events[asked.seq - 1]
        if isinstance(event, Question) and event.evidence is not None:
            return event.evidence.post_id in self._selection.brief.speaker.posts
        return asked.speaker is None and self._setup.motion in asked.text

    def examine(self) -> Utterance:
        """A point of one's own put to the participant who is to be examined."""
        other = examinee_of(self._setup, self._selection.brief.speaker.id, self._selection.brief.round)
        name = self._setup.shown_name(other.id)
        choice = self._answer
        if choice is not None and choice.in_thread:
            return self._word_choice(choice, asks_back(name))
        lines = self._selection.lines_for(other.id)
        if lines:
            return self._word(lines, None, None, asks_back(name))
        if choice is not None:
            return self._word_choice(choice, asks_back(name))
        lines = self._selection.opening_lines()
        return self._word(lines, None, None, asks_back(name)) if lines else word_yield(NOTHING_TO_ADD)

    def _word_choice(self, choice: Choice, asks: str | None = None) -> Utterance:
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
        return word_turn([self._selection.own.lines[index].remark for index in lines], lead, reply_to, asks)
