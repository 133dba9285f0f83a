"""What happens in a debate, numbered from 1 without gaps. The event log is the state: there is no other checkpoint.

What is stored is what is replayed, streamed and exported. A transcript is a `Header` and then events; each is one JSON
object a line in a transcript file.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from debate.referee.facts import Fact, Ruling
from personas.persona import Evidence, Persona
from personas.thread import Frozen

SCHEMA_VERSION = 1

Side = Literal["for", "against"]
"""Of the motion."""
Phase = Literal["opening", "question", "answer", "reply", "rebuttal", "closing"]
Origin = Literal["verbatim", "model", "human", "verbatim_fallback"]
"""Who worded a turn: the poster's own sentences, a model, a person at the prompt, or the poster's own sentences in
place of a model's turn that was not faithful."""


class Span(Frozen):
    """Characters `start` to `end` (exclusive) of a turn's text."""

    start: int = Field(ge=0)
    end: int


class SpokenEvidence(Evidence):
    """The place in the thread that a part of a turn rests on.

    For verbatim speech the spoken part is the evidence's text, white space apart; for a model's words it is what the
    evidence backs.
    """

    spoken: Span
    position_id: str | None = None


class ReplyTo(Frozen):
    """The words of an earlier turn (or question) that a turn answers, quoted from it verbatim."""

    seq: int
    speaker: str | None
    """Persona id of who said it; None for the moderator."""
    text: str


QuestionOrigin = Literal["fixed", "model"]
"""Who worded a question: the moderator without a model from a fixed form (or a person), or a model."""


class Attempt(Frozen):
    """A model's turn that was not accepted: what it said and why it does not count."""

    text: str
    reasons: tuple[str, ...]


class Usage(Frozen):
    """What the model calls behind a turn or ruling took."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    estimated: bool = False
    """True where the endpoint reported no usage and the tokens were counted here."""


class Utterance(Frozen):
    """What a speaker answers to a brief; the engine makes a `Turn` event of it."""

    text: str
    evidence: tuple[SpokenEvidence, ...] = ()
    connectives: tuple[Span, ...] = ()
    """Parts of the text that are not the poster's: plain joining words added by the speaker."""
    reply_to: ReplyTo | None = None
    yielded: bool = False
    """True where the speaker has nothing left to say and said so."""
    origin: Origin = "verbatim"
    attempts: tuple[Attempt, ...] = ()
    usage: Usage | None = None


class Recorded(Frozen):
    """What every event carries."""

    seq: int = Field(ge=1)
    at: datetime
    simulated: Literal[True] = True
    """On every line: nobody named here said this in this debate."""


class RoundStarted(Recorded):
    """A new round begins."""

    type: Literal["round_started"] = "round_started"
    round: int = Field(ge=1)
    title: str


class Question(Recorded):
    """The moderator, or a person in the audience, asks one participant."""

    type: Literal["question"] = "question"
    text: str
    to: str
    """Persona id."""
    asker: str | None = None
    """Who asked; None for the moderator."""
    evidence: Evidence | None = None
    """The words of the thread that the question quotes, or rests on."""
    origin: QuestionOrigin = "fixed"
    """Whether a model worded it; a person's question is never a model's."""
    attempts: tuple[Attempt, ...] = ()
    """A model's questions that did not count, and why."""
    usage: Usage | None = None
    """What the model calls behind it took; None where none was asked."""


class Turn(Recorded):
    """One participant speaks."""

    type: Literal["turn"] = "turn"
    round: int = Field(ge=1)
    phase: Phase
    speaker: str
    """Persona id."""
    speaker_name: str
    """The name as shown: the pseudonym where the debate is pseudonymous."""
    text: str
    evidence: tuple[SpokenEvidence, ...] = ()
    connectives: tuple[Span, ...] = ()
    reply_to: ReplyTo | None = None
    yielded: bool = False
    origin: Origin = "verbatim"
    by: str | None = None
    """The person who worded a turn of origin "human", as they call themselves; None for every other origin."""
    attempts: tuple[Attempt, ...] = ()
    usage: Usage | None = None


class RulingMade(Recorded, Ruling):
    """The referee rules on one claim of one turn; `start` and `end` are offsets into that turn's text."""

    type: Literal["ruling"] = "ruling"
    turn_seq: int
    cited: tuple[Fact, ...] = ()
    """The facts named in `facts`, so that a transcript can be read without its sheet."""
    usage: Usage | None = None


class RulingOverruled(Recorded):
    """A person overrules a ruling, with a reason; both stay visible."""

    type: Literal["ruling_overruled"] = "ruling_overruled"
    ruling_seq: int
    verdict: Literal["supported", "contradicted", "not_covered", "not_checkable"]
    reason: str
    by: str


class Fault(Recorded):
    """Something failed and was got over, or ended the debate; about the machinery, never about a speaker."""

    type: Literal["fault"] = "fault"
    what: str
    during: Literal["turn", "ruling"]
    speaker: str | None = None


class Paused(Recorded):
    """A person stops the debate after the turn that runs; nothing more is said until it is resumed."""

    type: Literal["paused"] = "paused"
    by: str


class Resumed(Recorded):
    """A person lets a paused debate go on, or continues one that a failure or a spent budget ended."""

    type: Literal["resumed"] = "resumed"
    by: str
    turns: int | None = Field(default=None, ge=1)
    """It pauses again after so many turns; None lets it run."""


class RoundAdded(Recorded):
    """A person adds one more round, also to a debate that was over."""

    type: Literal["round_added"] = "round_added"
    by: str


class PremiseSet(Recorded):
    """From the next turn on another premise is stipulated, in place of any earlier one."""

    type: Literal["premise_set"] = "premise_set"
    premise: str | None
    """What all take as given from now on; None where nothing is stipulated any more."""
    by: str


class SeatTaken(Recorded):
    """From now on a person words the turns of one participant; the debate waits for them."""

    type: Literal["seat_taken"] = "seat_taken"
    persona: str
    by: str
    member: str | None = None
    """Id of the one in the audience who has the seat; None for whoever leads the debate."""


class SeatLeft(Recorded):
    """The participant speaks for itself again."""

    type: Literal["seat_left"] = "seat_left"
    persona: str
    by: str


PollKind = Literal["vote", "guess"]


class PollOpened(Recorded):
    """The audience is asked to choose; ballots are secret, so only their totals enter the log."""

    type: Literal["poll_opened"] = "poll_opened"
    poll: str
    """Unique within the debate."""
    kind: PollKind = "vote"
    question: str
    choices: tuple[str, ...] = Field(min_length=2)
    holds: bool = True
    """True where the debate waits until the poll is closed."""
    about_seq: int | None = None
    """The turn or ruling that a guess is about."""
    by: str


class Moved(Frozen):
    """So many voters went from one choice in an earlier poll to another one in this."""

    before: str
    after: str
    voters: int = Field(ge=1)


class PollClosed(Recorded):
    """The totals of a poll, counted by code."""

    type: Literal["poll_closed"] = "poll_closed"
    poll: str
    counts: dict[str, int]
    """Ballots for each choice, in the order of the choices; a choice that nobody took has 0."""
    compared_with: str | None = None
    """The latest earlier poll with the same question and choices."""
    moved: tuple[Moved, ...] = ()
    """Among those who voted in both, who stayed included."""
    by: str


EndReason = Literal["completed", "nothing_left", "budget_spent", "failed", "cancelled"]


class DebateEnded(Recorded):
    """Nothing more is said, unless a person resumes a debate that failed or spent its budget, adds a round, or asks."""

    type: Literal["debate_ended"] = "debate_ended"
    reason: EndReason
    detail: str | None = None


Event = Annotated[
    RoundStarted
    | Question
    | Turn
    | RulingMade
    | RulingOverruled
    | Fault
    | Paused
    | Resumed
    | RoundAdded
    | PremiseSet
    | SeatTaken
    | SeatLeft
    | PollOpened
    | PollClosed
    | DebateEnded,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class Setup(Frozen):
    """All that decides a debate before its first event, stored in the transcript's header."""

    motion: str
    premise: str | None = None
    """A stipulated premise ("--what-if"); never an error of a speaker."""
    format: str
    rounds: int = Field(ge=1)
    participants: tuple[Persona, ...] = Field(min_length=1)
    offsets: Literal["source", "post"]
    seed: int = 0
    pseudonymous: bool = False
    sides_swapped: bool = False
    sides: Mapping[str, Side] = Field(default_factory=dict)
    """The side that whoever made the debate put somebody on, by persona id; all others stand where they say."""
    absent: tuple[str, ...] = ()
    """Ids of participants who spoke before a branch was made and take no part in it."""

    def shown_name(self, persona_id: str) -> str:
        """The name that pages and transcripts show for a participant."""
        persona = next(one for one in self.participants if one.id == persona_id)
        return persona.pseudonym if self.pseudonymous else persona.name
