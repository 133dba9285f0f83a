"""What came of a lesson: votes, guesses before rulings, rulings per person, the exchange worth printing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from debate.events import Event, PollClosed, PollOpened, RulingMade, RulingOverruled, Turn
from debate.referee.facts import Fact, Verdict
from transcripts.rendering import SHOWN_VERDICTS
from transcripts.transcript import Transcript

GUESSES: dict[str, tuple[Verdict, ...]] = {
    "supported": ("supported",),
    "contradicted": ("contradicted",),
    "cannot know": ("not_covered", "not_checkable", "unchecked"),
}
"""What a pupil can guess, and the rulings that make the guess right."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One closed poll."""

    poll: PollOpened
    closed: PollClosed

    @property
    def total(self) -> int:
        """Ballots."""
        return sum(self.closed.counts.values())

    @property
    def moved(self) -> int:
        """Voters who chose otherwise in the poll that this one is compared with."""
        return sum(one.voters for one in self.closed.moved if one.before != one.after)

    @property
    def compared(self) -> int:
        """Voters who voted both times."""
        return sum(one.voters for one in self.closed.moved)


@dataclass(frozen=True, slots=True)
class Guessed:
    """How the class judged one claim before the referee did."""

    tally: Tally
    ruling: RulingMade

    @property
    def answer(self) -> str:
        """The guess that was right."""
        return next(guess for guess, verdicts in GUESSES.items() if self.ruling.verdict in verdicts)

    @property
    def right(self) -> int:
        """How many guessed right."""
        return self.tally.closed.counts.get(self.answer, 0)


@dataclass(frozen=True, slots=True)
class PersonRulings:
    """How the referee ruled on one participant's claims, a teacher's overruling included."""

    name: str
    turns: int
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn and the turn that answers it, with the rulings on both."""

    said: Turn
    answered: Turn
    rulings: tuple[RulingMade, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything that the pages after a debate show."""

    votes: tuple[Tally, ...]
    guesses: tuple[Guessed, ...]
    people: tuple[PersonRulings, ...]
    rulings: tuple[RulingMade, ...]
    """Those that say something about a claim, in order."""
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    """By a ruling's seq, as it stands now."""
    overruled: dict[int, RulingOverruled] = field(default_factory=dict)
    """By a ruling's seq, the latest."""
    exchange: Exchange | None = None
    facts: tuple[Fact, ...] = ()
    unknown: RulingMade | None = None
    """A claim that could be checked and that the sheet does not speak about, worth looking up."""


def sum_up(transcript: Transcript) -> Lesson:
    """What came of a debate so far. Pure: only the log is read."""
    events = transcript.events
    verdicts: dict[int, Verdict] = {one.seq: one.verdict for one in events if isinstance(one, RulingMade)}
    overruled = {one.ruling_seq: one for one in events if isinstance(one, RulingOverruled)}
    verdicts |= {seq: one.verdict for seq, one in overruled.items()}
    # What a person overruled stays visible, whatever it says now.
    rulings = tuple(
        one for one in events if isinstance(one, RulingMade) and (one.verdict in SHOWN_VERDICTS or one.seq in overruled)
    )
    tallies = _tallies(events)
    facts = {fact.id: fact for one in rulings for fact in one.cited}
    return Lesson(
        votes=tuple(one for one in tallies if one.poll.kind == "vote"),
        guesses=_guesses(tallies, events),
        people=_people(transcript, verdicts),
        rulings=rulings,
        verdicts=verdicts,
        overruled=overruled,
        exchange=_exchange(transcript, rulings),
        facts=tuple(facts.values()),
        unknown=_unknown(events, verdicts),
    )


def _tallies(events: Sequence[Event]) -> list[Tally]:
    opened = {one.poll: one for one in events if isinstance(one, PollOpened)}
    return [Tally(opened[one.poll], one) for one in events if isinstance(one, PollClosed)]


def _guesses(tallies: Sequence[Tally], events: Sequence[Event]) -> tuple[Guessed, ...]:
    rulings = {one.seq: one for one in events if isinstance(one, RulingMade)}
    return tuple(
        Guessed(one, rulings[one.poll.about_seq])
        for one in tallies
        if one.poll.kind == "guess" and one.poll.about_seq in rulings
    )


def _people(transcript: Transcript, verdicts: dict[int, Verdict]) -> tuple[PersonRulings, ...]:
    speakers = {one.seq: one.speaker for one in transcript.turns()}
    counts: dict[str, Counter[str]] = {one: Counter() for one in speakers.values()}
    for event in transcript.events:
        if isinstance(event, RulingMade) and event.turn_seq in speakers:
            counts[speakers[event.turn_seq]][verdicts[event.seq]] += 1
    turns = Counter(speakers.values())
    return tuple(PersonRulings(transcript.name(one), turns[one], counted) for one, counted in counts.items())


def _exchange(transcript: Transcript, rulings: Sequence[RulingMade]) -> Exchange | None:
    """The pair of turns, one answering the other, about which the referee had most to say; else the longest answer."""
    turns = {one.seq: one for one in transcript.turns()}
    ruled = Counter(one.turn_seq for one in rulings)
    pairs = [
        (turns[one.reply_to.seq], one)
        for one in turns.values()
        if one.reply_to is not None and one.reply_to.seq in turns
    ]
    if not pairs:
        return None
    said, answered = max(pairs, key=lambda pair: (ruled[pair[0].seq] + ruled[pair[1].seq], len(pair[1].text)))
    about = tuple(one for one in rulings if one.turn_seq in (said.seq, answered.seq))
    return Exchange(said, answered, about)


def _unknown(events: Sequence[Event], verdicts: dict[int, Verdict]) -> RulingMade | None:
    """The longest such claim: it says most about what would have to be looked up."""
    found = [one for one in events if isinstance(one, RulingMade) and verdicts[one.seq] == "not_covered"]
    return max(found, key=lambda one: len(one.claim), default=None)
