"""Which chat models take part in a debate, opened with their budget and their recording."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from language.chat import TokenUsage
from language.errors import InputError, TranscriptError
from language.resilience import Budget, RetryPolicy

if TYPE_CHECKING:
    from api.wiring import Preparation
    from debate.engine import Crew
    from debate.events import Event
    from debate.referee.port import Referee
    from debate.referee.referee import RuleReferee
    from debate.speakers.human import ReadLine
    from debate.speakers.port import Speaker
    from language.chat import ChatModel
    from language.models import Endpoints, ModelSpec
    from language.recording import CallLog, Playback
    from transcripts.transcript import Header

JUDGE, REFEREE, MODERATOR = "judge", "referee", "moderator"


class ModelOptions(BaseModel):
    """What the user said about models, on the command line and in the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = None
    """Words the turns of everybody without a model of their own; None: they speak in their posters' own sentences."""
    base_url: str | None = None
    api_key: SecretStr | None = None
    personas: Mapping[str, str] = Field(default_factory=dict)
    """Models by persona id."""
    judge: str | None = None
    """Judges each turn's fidelity; None: code alone does."""
    referee: str | None = None
    """Checks claims beside the rules; None: the rules alone do."""
    moderator: str | None = None
    """Words the moderator's questions; None: they are of a fixed form."""
    is_small: bool | None = None
    """True for models of a few billion parameters: shorter prompts, a stricter check of what they say, and plain
    questions where they check claims; None where each model's name says whether it is one."""
    seats: tuple[str, ...] = ()
    """Ids of the participants whose turns a person types."""
    budget: Budget = Budget()
    playback: Path | None = None
    """Recording from which every call is answered; nobody is asked."""
    recording: Path | None = None
    """Where every call is written down."""
    timeout_s: float = Field(default=150.0, gt=0)
    """How long one try of a call may take; a call with its retries takes at most twice as long."""

    def takes_for_small(self, name: str) -> bool:
        """Whether the model of this name is treated as a small one."""
        from language.model_size import looks_small

        return looks_small(name) if self.is_small is None else self.is_small

    @property
    def asks_models(self) -> bool:
        """True where any model takes part."""
        return any((self.model, self.personas, self.judge, self.referee, self.moderator))

    def spec(self, name: str) -> "ModelSpec":
        """How a model is opened.

        Raises:
            InputError: The name names no provider, and there is no address.
        """
        from language.models import ModelSpec

        if self.base_url is None and ":" not in name:
            raise InputError(f"{name!r} names no provider; write PROVIDER:NAME, or give an address with --base-url")
        # At an address, "openai:" says no more than that it speaks OpenAI's protocol.
        bare = name.removeprefix("openai:") if self.base_url else name
        retries = RetryPolicy(try_timeout_s=self.timeout_s, deadline_s=2 * self.timeout_s)
        return ModelSpec(name=bare, base_url=self.base_url, api_key=self.api_key, retries=retries)

    def named(self, preparation: "Preparation") -> dict[str, str]:
        """The models that take part, by participant id, judge, referee and moderator; empty without models."""
        from debate.formats import find_format

        chosen = {
            one.id: name
            for one in preparation.setup.participants
            if one.id not in self.seats and (name := self.personas.get(one.id, self.model)) is not None
        }
        if chosen and self.judge is not None:
            chosen[JUDGE] = self.judge
        if preparation.sheet is not None and self.referee is not None:
            chosen[REFEREE] = self.referee
        if self.moderator is not None and find_format(preparation.setup.format).has_moderator:
            chosen[MODERATOR] = self.moderator
        return chosen


def with_persona_models(options: ModelOptions, given: Sequence[str], preparation: "Preparation") -> ModelOptions:
    """The options with a model for some personas.

    Args:
        options: The options so far.
        given: PERSONA=MODEL, each; a persona by name or id.
        preparation: Who takes part.

    Raises:
        InputError: One has no "=", or names nobody who takes part.
    """
    chosen: dict[str, str] = {}
    for one in given:
        name, equals, model = one.partition("=")
        if not equals or not model.strip():
            raise InputError(f"{one!r} says no model; write PERSONA=MODEL")
        chosen[_participant(name, preparation)] = model.strip()
    return options.model_copy(update={"personas": {**options.personas, **chosen}})


def with_seats(options: ModelOptions, given: Sequence[str], preparation: "Preparation") -> ModelOptions:
    """The options with people at some seats.

    Args:
        options: The options so far.
        given: PERSONA=human, each; a persona by name or id.
        preparation: Who takes part.

    Raises:
        InputError: One is of another form, or names nobody who takes part.
    """
    seats = []
    for one in given:
        name, _, who = one.partition("=")
        if who.strip() != "human":
            raise InputError(f"{one!r} is no seat; write PERSONA=human")
        seats.append(_participant(name, preparation))
    return options.model_copy(update={"seats": tuple(seats)})


def _participant(name: str, preparation: "Preparation") -> str:
    key = name.strip().casefold()
    people = preparation.setup.participants
    fitting = [person for person in people if key in (person.id.casefold(), person.name.casefold())]
    if len(fitting) != 1:
        known = ", ".join(person.id for person in people)
        raise InputError(f"{name.strip()!r} names nobody in this debate; in it are {known}")
    return fitting[0].id


def recorded_beside(options: ModelOptions, transcript: Path, *, overwrite: bool = False) -> ModelOptions:
    """The options with every call written down beside the transcript.

    Args:
        options: The options so far.
        transcript: The transcript's file.
        overwrite: True where the transcript replaces an earlier one, whose recording goes with it.
    """
    recording = transcript.with_suffix(".calls.jsonl")
    if options.playback is not None or not options.asks_models:
        return options
    if overwrite:
        recording.unlink(missing_ok=True)
    return options.model_copy(update={"recording": recording})


def check_continuation(header: "Header", options: ModelOptions, preparation: "Preparation") -> None:
    """See that a debate goes on with the models with which it began.

    Raises:
        TranscriptError: Other models, or none, were named.
    """
    named = options.named(preparation)
    if dict(header.models) == named:
        return
    began = ", ".join(sorted(set(header.models.values()))) or "no model"
    now = ", ".join(sorted(set(named.values()))) or "none"
    raise TranscriptError(f"this debate began with {began}, and now {now} is named; continue it with the same --model")


def spent_in(events: "Sequence[Event]") -> TokenUsage:
    """What the turns, rulings and questions of a debate have taken so far."""
    spent = TokenUsage()
    for event in events:
        if event.type in ("turn", "ruling", "question") and event.usage is not None:
            spent = spent + TokenUsage.model_validate(event.usage.model_dump())
    return spent


@dataclass(frozen=True, slots=True)
class Recording:
    """What a run writes down of its calls and its clock, or what it plays back."""

    log: "CallLog | None" = None
    playback: "Playback | None" = None

    def now(self) -> datetime:
        """The time of an event: of the recorded run in a playback, else the present, written down."""
        from debate.engine import utc_now

        if self.playback is not None:
            return self.playback.clock()
        return utc_now() if self.log is None else self.log.clock(utc_now)()


@contextmanager
def open_recording(options: ModelOptions) -> "Iterator[Recording]":
    """Open what the options say is to be recorded or played back, and close it at the end.

    Raises:
        InputError: It cannot be read or written.
    """
    from language.recording import CallLog, read_recording

    playback = read_recording(options.playback) if options.playback is not None else None
    log = CallLog(options.recording) if options.recording is not None and playback is None else None
    try:
        yield Recording(log, playback)
    finally:
        if log is not None:
            log.close()


def estimate(preparation: "Preparation", options: ModelOptions, so_far: "Sequence[Event]" = ()) -> str | None:
    """What the turns of a debate will take, as a sentence; None where no model words a turn or nothing is asked."""
    import asyncio

    named = options.named(preparation)
    people = [one.id for one in preparation.setup.participants if one.id in named]
    if not people or options.playback is not None:
        return None
    from debate.estimating import estimate_debate

    prices = {one: options.spec(named[one]).price() for one in people}
    sentence = asyncio.run(estimate_debate(preparation.setup, prices, so_far)).sentence()
    beside = [role for role in (JUDGE, REFEREE, MODERATOR) if role in named]
    return f"{sentence}; the calls of the {' and the '.join(beside)} come on top" if beside else sentence


@asynccontextmanager
async def open_crew(
    preparation: "Preparation",
    options: ModelOptions,
    recording: Recording,
    *,
    spent: TokenUsage | None = None,
    read_line: "ReadLine | None" = None,
) -> "AsyncIterator[Crew]":
    """Everybody who talks and checks in a debate, with connections that are closed at the end.

    Args:
        preparation: The debate.
        options: Which models take part, with which budget, and who sits at which seat.
        recording: Of this run.
        spent: What the debate took before it was interrupted.
        read_line: Asks the people at the seats.

    Raises:
        InputError: A model cannot be opened.
    """
    from language.models import Endpoints

    endpoints = Endpoints()
    try:
        yield man_crew(preparation, options, _open_models(preparation, options, endpoints, recording, spent), read_line)
    finally:
        await endpoints.close()


def man_crew(
    preparation: "Preparation",
    options: ModelOptions,
    models: "Mapping[str, ChatModel]",
    read_line: "ReadLine | None" = None,
) -> "Crew":
    """Everybody who talks and checks in a debate, with models that are open already.

    Args:
        preparation: The debate.
        options: Who sits at which seat, and how patient a wording is.
        models: By participant id, judge and referee.
        read_line: Asks the people at the seats.
    """
    from api.wiring import assemble_crew
    from debate.engine import Crew

    plain = assemble_crew(preparation)
    speakers = dict(plain.speakers) | _model_speakers(preparation, options, plain, models)
    if options.seats and read_line is not None:
        from debate.speakers.human import HumanSpeaker

        speakers |= dict.fromkeys(options.seats, HumanSpeaker(read_line))
    referee = plain.referee
    if REFEREE in models and plain.referee is not None:
        from debate.referee.referee import RuleReferee

        assert isinstance(plain.referee, RuleReferee)
        referee = referee_beside(plain.referee, models[REFEREE], options)
    moderator = plain.moderator
    if MODERATOR in models:
        from debate.speakers.model_moderator import ModelModerator

        moderator = ModelModerator(models[MODERATOR], plain.moderator)
    return Crew(speakers=speakers, moderator=moderator, referee=referee)


def referee_beside(rules: "RuleReferee", model: "ChatModel", options: ModelOptions) -> "Referee":
    """The rules with a model at their side, a small one asked plain questions."""
    if options.takes_for_small(model.name):
        from debate.referee.plain_checker import PlainReferee

        return PlainReferee(rules, model)
    from debate.referee.model_checker import ModelReferee
    from language.structured import ReplyModes

    return ModelReferee(rules, model, ReplyModes())


def _open_models(
    preparation: "Preparation",
    options: ModelOptions,
    endpoints: "Endpoints",
    recording: Recording,
    spent: TokenUsage | None,
) -> "dict[str, ChatModel]":
    """Every model of the debate, by participant id or role; one budget for all."""
    named = options.named(preparation)
    if not named:
        return {}
    from language.models import open_chat_model
    from language.resilience import BudgetMeter

    meter = BudgetMeter(options.budget, spent)
    opened = {
        name: open_chat_model(
            options.spec(name), endpoints, meter=meter, log=recording.log, playback=recording.playback
        )
        for name in set(named.values())
    }
    return {role: opened[name] for role, name in named.items()}


def _model_speakers(
    preparation: "Preparation", options: ModelOptions, plain: "Crew", models: "Mapping[str, ChatModel]"
) -> "dict[str, Speaker]":
    people = [one.id for one in preparation.setup.participants if one.id in models]
    if not people:
        return {}
    from debate.fidelity.check import FidelityCheck
    from debate.fidelity.judge import FidelityJudge
    from debate.speakers.model_speaker import Manner, ModelSpeaker
    from language.structured import ReplyModes

    judge = FidelityJudge(models[JUDGE], ReplyModes()) if JUDGE in models else None
    # What a small judge lets pass is held against the words as if nobody had judged it.
    is_trusted = judge is None or not options.takes_for_small(judge.name)
    checks = {is_small: FidelityCheck(judge, is_strict=is_small, trusts_judge=is_trusted) for is_small in (True, False)}
    speakers: dict[str, Speaker] = {}
    for one in people:
        is_small = options.takes_for_small(models[one].name)
        manner = Manner(has_short_prompts=is_small, deadline_s=2 * options.timeout_s)
        alike = frozenset(other for other in people if models[other].name == models[one].name)
        speakers[one] = ModelSpeaker(models[one], plain.speakers[one], checks[is_small], manner, alike)
    return speakers
