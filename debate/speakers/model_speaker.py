"""A speaker whose turns a model words: code plans the move, the model words it, and only what is faithful counts."""

from collections.abc import Callable, Sequence

from debate.events import Attempt, Event, Span, SpokenEvidence, Turn, Usage, Utterance
from debate.fidelity.check import FidelityCheck
from debate.fidelity.findings import FindingKind, Inspection, Occasion
from debate.speakers.planning import Plan, plan_turn
from debate.speakers.port import Brief, Speaker
from debate.speakers.turn_prompt import SIZES, max_words, short_prompt, turn_prompt
from debate.speakers.wording import NOTHING_TO_ADD
from language.chat import ChatModel, ChatRequest, Parameters, Reply, TokenUsage
from language.errors import ContextOverflow, EmptyReply, MalformedReply, Refused
from language.sentences import split_sentences
from personas.terms import terms
from personas.thread import Frozen

MAX_ATTEMPTS = 2
"""A turn that does not hold is asked for once more, with the reason."""
KEPT_CHARS = 4_000
"""How much of a rejected turn is kept in the transcript."""


_SLIPS: frozenset[FindingKind] = frozenset(
    (
        "flip",
        "gives_in",
        "biography",
        "invention",
        "beside",
        "assistant",
        "refusal",
        "leak",
        "speaks_for_others",
        "third_person",
    )
)
_RECENT_TURNS = 8
_SLIPS_THAT_TELL = 2


def is_slip(reason: str) -> bool:
    """Whether the reason for which a wording did not count is that it left the persona, not its length or form."""
    return reason.partition(":")[0] in _SLIPS


def slips_often(events: Sequence[Event], speakers: frozenset[str]) -> bool:
    """Whether a model has left its personas in two of its last eight turns, and in a third of them.

    Args:
        events: The debate so far; the answer is the same when it is resumed.
        speakers: Ids of the participants whose turns the model words.
    """
    turns = [
        one
        for one in events
        if isinstance(one, Turn) and one.speaker in speakers and one.origin in ("model", "verbatim_fallback")
    ][-_RECENT_TURNS:]
    slipped = sum(any(is_slip(reason) for one in turn.attempts for reason in one.reasons) for turn in turns)
    return slipped >= _SLIPS_THAT_TELL and slipped * 3 >= len(turns)


class Manner(Frozen):
    """How turns are generated."""

    temperature: float = 0.7
    tokens_per_word: float = 1.8
    has_short_prompts: bool = False
    """True shows the model the move alone, not the debate around it: for small or slow models."""
    deadline_s: float | None = None
    """Seconds for each wording; None leaves it to the model's retry policy."""


class ModelSpeaker:
    """Words the turns of any participant by a chat model.

    The move is planned from what the poster's own sentences would say (`verbatim`); the model's words are checked; a
    turn that twice does not hold is replaced by the verbatim one and marked as such, with the attempts and the reasons.
    """

    def __init__(
        self,
        model: ChatModel,
        verbatim: Speaker,
        check: FidelityCheck | None = None,
        manner: Manner | None = None,
        alike: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare a speaker.

        Args:
            model: Words the turns.
            verbatim: Plans the move, and says it where the model does not.
            check: Shared by all speakers of a debate; without a judge where None.
            manner: How turns are generated.
            alike: Ids of the participants whose turns the same model words: their slips are its record.
        """
        self._model = model
        self._alike = alike
        self._verbatim = verbatim
        self._check = check or FidelityCheck()
        self._manner = manner or Manner()

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        """Word the turn that `brief` describes; see `debate.speakers.port.Speaker`.

        Refusals, empty replies and a context that is too short for the smallest prompt are no failures of the debate:
        they count as attempts that do not hold. A model that cannot be reached is one, and is raised.
        """
        turn = _Turn(brief, plan_turn(brief, await self._verbatim.speak(brief)), self._model, self._manner)
        has_slipped = slips_often(brief.events, self._alike or frozenset({brief.speaker.id}))
        for number in range(1, MAX_ATTEMPTS + 1):
            try:
                reply = await turn.ask(number, on_words)
            except (Refused, EmptyReply, MalformedReply, ContextOverflow) as error:
                turn.reject("", (f"{_KINDS[type(error)]}: {error}",))
                continue
            checked = await self._check.check(
                reply.text,
                turn.occasion,
                was_cut=reply.finish_reason == "length",
                is_wary=has_slipped or turn.has_slipped,
            )
            turn.usage = turn.usage + checked.usage
            if checked.inspection.is_accepted:
                return turn.accepted(checked.inspection)
            turn.reject(reply.text, tuple(finding.reason for finding in checked.inspection.findings))
        return turn.replaced()


_KINDS: dict[type[Exception], str] = {
    Refused: "refusal",
    EmptyReply: "empty",
    MalformedReply: "empty",
    ContextOverflow: "context",
}


class _Turn:
    """One turn on its way from the plan to the utterance."""

    def __init__(self, brief: Brief, plan: Plan, model: ChatModel, manner: Manner) -> None:
        self._brief, self._plan, self._model, self._manner = brief, plan, model, manner
        self._size = len(SIZES) if manner.has_short_prompts else 0
        self._attempts: tuple[Attempt, ...] = ()
        self.usage = TokenUsage()
        self.occasion = Occasion(
            setup=brief.setup,
            events=brief.events,
            speaker=brief.speaker,
            reply_to=plan.reply_to,
            points=plan.points,
            max_words=max_words(brief),
            max_sentences=max(brief.max_sentences, 2),
        )

    @property
    def has_slipped(self) -> bool:
        """Whether a wording of this turn left the persona."""
        return any(is_slip(reason) for attempt in self._attempts for reason in attempt.reasons)

    async def ask(self, number: int, on_words: Callable[[str], None] | None) -> Reply:
        """The model's next wording; shows it less of the debate where its context is too short."""
        if number > 1 and on_words is not None:
            on_words("")
        while True:
            try:
                reply = await self._model.complete(self._request(number), on_words)
            except ContextOverflow:
                if self._attempts or self._size == len(SIZES):
                    raise
                self._size += 1
                continue
            self.usage = self.usage + reply.usage
            return reply

    def _request(self, number: int) -> ChatRequest:
        if self._attempts:
            why = "; ".join(reason.partition(": ")[2] for reason in self._attempts[-1].reasons)
            prompt = short_prompt(self._brief, self._plan, why)
        elif self._size == len(SIZES):
            prompt = short_prompt(self._brief, self._plan)
        else:
            prompt = turn_prompt(self._brief, self._plan, SIZES[self._size])
        self.occasion = self.occasion.model_copy(update={"instructions": prompt.instructions})
        parameters = Parameters(
            temperature=self._manner.temperature,
            max_tokens=int(max_words(self._brief) * self._manner.tokens_per_word),
            seed=(self._brief.setup.seed * 1009 + len(self._brief.events) * 31 + number) % 2**31,
        )
        return ChatRequest(
            messages=prompt.messages,
            parameters=parameters,
            deadline_s=self._manner.deadline_s,
            template=prompt.template,
        )

    def reject(self, text: str, reasons: tuple[str, ...]) -> None:
        self._attempts = (*self._attempts, Attempt(text=text[:KEPT_CHARS], reasons=reasons))

    def accepted(self, inspection: Inspection) -> Utterance:
        return Utterance(
            text=inspection.text,
            evidence=_placed(inspection.text, self._plan.points),
            reply_to=self._plan.reply_to,
            origin="model",
            attempts=self._attempts,
            usage=self._used(),
        )

    def replaced(self) -> Utterance:
        if self._brief.setup.sides_swapped:
            # The poster's own sentences argue the poster's own side, which is not what was asked for.
            words = Utterance(text=NOTHING_TO_ADD, connectives=(Span(start=0, end=len(NOTHING_TO_ADD)),), yielded=True)
        else:
            words = self._plan.fallback
        return words.model_copy(
            update={"origin": "verbatim_fallback", "attempts": self._attempts, "usage": self._used()}
        )

    def _used(self) -> Usage:
        used = self.usage
        return Usage(
            calls=used.calls,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            cost_usd=used.cost_usd,
            estimated=used.estimated,
        )


def _placed(text: str, points: tuple[SpokenEvidence, ...]) -> tuple[SpokenEvidence, ...]:
    """Each own sentence beside the sentence of the turn that rests on it most."""
    sentences = split_sentences(text)
    placed = []
    for point in points:
        subject = terms(point.text)
        best = max(sentences, key=lambda one: len(terms(one.text) & subject), default=None)
        if best is not None and len(terms(best.text) & subject) >= 1:
            placed.append(point.model_copy(update={"spoken": Span(start=best.start, end=best.end)}))
    return tuple(placed)
