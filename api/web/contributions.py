"""Who in a class contributed what: votes, guesses, questions, seats, turns; as rows and as a CSV file.

How somebody voted is nobody's business, also here: a vote counts as cast. Guesses are told right or wrong.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field

from api.web.lesson import GUESSES
from api.web.texts import say
from debate.events import Event, PollOpened, RulingMade, SeatTaken, Turn
from debate.holding import HeldRulings
from transcripts.audience import AudienceQuestion
from transcripts.lessons import Lesson, Pupil

COLUMNS = ("pupil", "group", "votes", "guesses", "guesses_right", "asked", "put", "seats", "turns", "contradicted")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "=", "+", "-", "@", "|", "%")
"""What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection), full-width forms included."""


class Contribution(BaseModel):
    """What one pupil did."""

    member: str
    label: str = Field(description="Their name, or a number in the order of joining")
    groups: list[str]
    here: bool
    removed: bool
    votes: int
    guesses: int
    guesses_right: int
    asked: int
    put: int
    seats: list[str]
    turns: int
    contradicted: int


class Share:
    """One debate of a class and what its audience did in it.

    Args:
        lesson: Which debate it is.
        events: Its log.
        ballots: Poll to voter to choice.
        questions: Its audience's questions.
        names: Persona id to the name shown.
    """

    def __init__(
        self,
        lesson: Lesson,
        events: Sequence[Event],
        ballots: Mapping[str, Mapping[str, str]],
        questions: Sequence[AudienceQuestion],
        names: Mapping[str, str],
    ) -> None:
        self.lesson = lesson
        self.questions = questions
        self._names = names
        self._events = events
        self._ballots = ballots
        self._polls = {one.poll: one for one in events if isinstance(one, PollOpened)}
        self._seats = [one for one in events if isinstance(one, SeatTaken) and one.member is not None]
        rulings = HeldRulings()
        for event in events:
            rulings.take(event)
        # A guess counts from when the ruling may be seen, so that this table gives nothing away on the wall.
        held = {one.seq for one in rulings.held}
        self._verdicts = {one.seq: one.verdict for one in events if isinstance(one, RulingMade) and one.seq not in held}

    def votes(self, member: str) -> int:
        """Votes that somebody cast."""
        return sum(self._polls[poll].kind == "vote" for poll in self._voted(member))

    def guesses(self, member: str) -> tuple[int, int]:
        """How often somebody guessed at a ruling that is known by now, and how often rightly."""
        guessed = [
            (self._ballots[poll][member], self._verdicts[seq])
            for poll in self._voted(member)
            if self._polls[poll].kind == "guess" and (seq := self._polls[poll].about_seq or 0) in self._verdicts
        ]
        return len(guessed), sum(verdict in GUESSES.get(guess, ()) for guess, verdict in guessed)

    def _voted(self, member: str) -> list[str]:
        return [poll for poll, cast in self._ballots.items() if member in cast and poll in self._polls]

    def seats(self, member: str) -> list[str]:
        """Whose seats somebody has had."""
        return [self._names.get(one.persona, one.persona) for one in self._seats if one.member == member]

    def turns(self, member: str) -> list[Turn]:
        """The turns that somebody worded."""
        holder: dict[str, str | None] = {}
        found = []
        for event in self._events:
            if isinstance(event, SeatTaken):
                holder[event.persona] = event.member
            elif isinstance(event, Turn) and event.origin == "human" and holder.get(event.speaker) == member:
                found.append(event)
        return found

    def contradicted(self, turns: Sequence[Turn]) -> int:
        """How many claims of these turns the referee contradicted."""
        seqs = {one.seq for one in turns}
        return sum(
            isinstance(one, RulingMade) and one.turn_seq in seqs and self._verdicts.get(one.seq) == "contradicted"
            for one in self._events
        )


def contributions(
    shares: Sequence[Share], pupils: Sequence[Pupil], *, nameless: bool, here: frozenset[str]
) -> list[Contribution]:
    """What everybody did, in the order of joining; whoever went on into a group is one person.

    Args:
        shares: The debates of the class.
        pupils: Everybody who joined one of them.
        nameless: True where no name may be shown.
        here: Member ids of those whose phones are there.
    """
    by_person: dict[str, list[Pupil]] = {}
    for pupil in pupils:
        by_person.setdefault(pupil.joined_from or pupil.id, []).append(pupil)
    rows = []
    for number, (member, places) in enumerate(by_person.items(), start=1):
        name = None if nameless else next((one.nickname for one in places if one.nickname), None)
        rows.append(_row(member, name or say("pupil_number", number=number), places, shares, here))
    return rows


def _row(
    member: str, label: str, places: Sequence[Pupil], shares: Sequence[Share], here: frozenset[str]
) -> Contribution:
    groups: list[str] = []
    seats: list[str] = []
    votes = guesses = right = asked = put = spoken = contradicted = 0
    mine = {one.debate_id: one.id for one in places}
    for share in shares:
        if (one := mine.get(share.lesson.debate_id)) is None:
            continue
        if share.lesson.is_group:
            groups.append(share.lesson.name)
        votes += share.votes(one)
        made, good = share.guesses(one)
        guesses, right = guesses + made, right + good
        theirs = [question for question in share.questions if question.asker == one]
        asked, put = asked + len(theirs), put + sum(question.state == "released" for question in theirs)
        seats += share.seats(one)
        turns = share.turns(one)
        spoken, contradicted = spoken + len(turns), contradicted + share.contradicted(turns)
    return Contribution(
        member=member,
        label=label,
        groups=groups,
        here=any(one.id in here for one in places),
        removed=all(one.is_removed for one in places),
        votes=votes,
        guesses=guesses,
        guesses_right=right,
        asked=asked,
        put=put,
        seats=seats,
        turns=spoken,
        contradicted=contradicted,
    )


def as_csv(rows: Sequence[Contribution]) -> str:
    """A table for spreadsheets: UTF-8 with a byte order mark, and no cell that could be taken for a formula."""
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_ALL)
    table.writerow([say(f"column_{one}") for one in COLUMNS])
    for row in rows:
        cells = (row.label, "; ".join(row.groups), row.votes, row.guesses, row.guesses_right, row.asked, row.put)
        table.writerow([_harmless(one) for one in (*cells, "; ".join(row.seats), row.turns, row.contradicted)])
    return "\ufeff" + written.getvalue()


def _harmless(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
