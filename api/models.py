"""Which chat models take part in a debate, opened with their budget and their recording."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
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
    from language.chat import ChatModel
    from language.models import Endpoints, ModelSpec
    from transcripts.transcript import Header

JUDGE = "judge"


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
    budget: Budget = Budget()
    playback: Path | None = None
    """Recording from which every call is answered; nobody is asked."""
    recording: Path | None = None
    """Where every call is written down."""
    timeout_s: float = Field(default=150.0, gt=0)
    """How long one try of a call may take; a call with its retries takes at most twice as long."""

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
        retries = RetryPolicy(try_timeout_s=self.timeout_s)
        return ModelSpec(name=bare, base_url=self.base_url, api_key=self.api_key, retries=retries)

    def named(self, preparation: "Preparation") -> dict[str, str]:
        """The models that take part, by participant id, and the judge; empty without models."""
        chosen = {
            one.id: name
            for one in preparation.setup.participants
            if (name := self.personas.get(one.id, self.model)) is not None
        }
        return {**chosen, JUDGE: self.judge} if chosen and self.judge is not None else chosen


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
        key = name.strip().casefold()
        people = preparation.setup.participants
        fitting = [person for person in people if key in (person.id.casefold(), person.name.casefold())]
        if len(fitting) != 1:
            known = ", ".join(person.id for person in people)
            raise InputError(f"{name.strip()!r} names nobody in this debate; in it are {known}")
        chosen[fitting[0].id] = model.strip()
    return options.model_copy(update={"personas": {**options.personas, **chosen}})


def recorded_beside(options: ModelOptions, transcript: Path, *, overwrite: bool = False) -> ModelOptions:
    """The options with every call written down beside the transcript.

    Args:
        options: The options so far.
        transcript: The transcript's file.
        overwrite: True where the transcript replaces an earlier one, whose recording goes with it.
    """
    recording = transcript.with_suffix(".calls.jsonl")
    if options.playback is not None:
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
    """What the turns and rulings of a debate have taken so far."""
    spent = TokenUsage()
    for event in events:
        if event.type in ("turn", "ruling") and event.usage is not None:
            spent = spent + TokenUsage.model_validate(event.usage.model_dump())
    return spent


@asynccontextmanager
async def open_crew(
    preparation: "Preparation", options: ModelOptions, spent: TokenUsage | None = None
) -> "AsyncIterator[Crew]":
    """Everybody who talks and checks in a debate, with connections that are closed at the end.

    Args:
        preparation: The debate.
        options: Which models take part, with which budget.
        spent: What the debate took before it was interrupted.

    Raises:
        InputError: A model cannot be opened, or the recording cannot be read or written.
    """
    from api.wiring import assemble_crew

    crew = assemble_crew(preparation)
    named = options.named(preparation)
    if not named:
        yield crew
        return
    from debate.engine import Crew
    from debate.fidelity.check import FidelityCheck
    from debate.fidelity.judge import FidelityJudge
    from debate.speakers.model_speaker import Manner, ModelSpeaker
    from language.models import Endpoints
    from language.structured import ReplyModes

    endpoints = Endpoints()
    try:
        with _opened(options, endpoints, set(named.values()), spent) as opened:
            judge = FidelityJudge(opened[named[JUDGE]], ReplyModes()) if JUDGE in named else None
            check, manner = FidelityCheck(judge), Manner(deadline_s=2 * options.timeout_s)
            speakers = {
                one: ModelSpeaker(opened[named[one]], verbatim, check, manner) if one in named else verbatim
                for one, verbatim in crew.speakers.items()
            }
            yield Crew(speakers=speakers, moderator=crew.moderator, referee=crew.referee)
    finally:
        await endpoints.close()


@contextmanager
def _opened(
    options: ModelOptions, endpoints: "Endpoints", names: set[str], spent: TokenUsage | None
) -> "Iterator[dict[str, ChatModel]]":
    from language.models import open_chat_model
    from language.recording import CallLog, read_recording
    from language.resilience import BudgetMeter

    playback = read_recording(options.playback) if options.playback is not None else None
    log = CallLog(options.recording) if options.recording is not None else None
    meter = BudgetMeter(options.budget, spent)
    try:
        yield {
            name: open_chat_model(options.spec(name), endpoints, meter=meter, log=log, playback=playback)
            for name in names
        }
    finally:
        if log is not None:
            log.close()
