"""The engine that takes turns: a pure function of (setup, events so far), as a stream of further events.

It can be stopped after any event and continued by another process: what comes next is decided from the log alone
(`debate.agenda`), and rulings that were cut off are made again for the claims that have none yet.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from debate.agenda import AskQuestion, End, Speak, StartRound, Step, Wait, next_step
from debate.events import (
    DebateEnded,
    Event,
    Fault,
    Question,
    RoundStarted,
    RulingMade,
    Setup,
    Turn,
    Utterance,
)
from debate.interventions import ending, is_between_turn_and_rulings, premise_at
from debate.referee.facts import Ruling
from debate.referee.port import Background, Referee
from debate.speakers.port import Brief, Moderator, Speaker
from language.errors import BudgetExceeded, ModelError

Clock = Callable[[], datetime]
OnWords = Callable[[str, str], None]
"""Called with a persona id and a run of words while a turn is being worded; provisional until the turn is recorded."""


def utc_now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who do the talking and checking in a debate."""

    speakers: Mapping[str, Speaker]
    """By persona id; every participant has one."""
    moderator: Moderator
    referee: Referee | None = None
    """None where no fact sheet is in force: then nothing is ruled on."""


async def run_debate(
    setup: Setup,
    so_far: Sequence[Event],
    crew: Crew,
    clock: Clock = utc_now,
    on_words: OnWords | None = None,
) -> AsyncIterator[Event]:
    """Play a debate to its end, from its beginning or from where its log stops.

    Args:
        setup: What the debate is about and who takes part.
        so_far: All events so far, numbered from 1 without gaps; empty for a new debate.
        crew: Who words turns and questions, and who rules.
        clock: Gives the time of each event.
        on_words: Told the words of a running turn.

    Yields:
        Every new event, in order. The last is a `DebateEnded`; with reason "budget_spent" or "failed" the debate can
        be continued by calling this again with all its events. Where the debate waits for a person (it is paused, a
        poll holds it, a person has a seat and the turn) the stream ends without one, and goes on the same way.
    """
    run = _Run(setup, list(so_far), crew, clock, on_words)
    if run.is_over():
        return
    try:
        async for event in run.events_to_end():
            yield event
    finally:
        await run.cancel_pending()


class _Run:
    """One process's share of a debate: the log, and at most one ruling and one turn under way."""

    def __init__(self, setup: Setup, log: list[Event], crew: Crew, clock: Clock, on_words: OnWords | None) -> None:
        self._setup = setup
        self._in_force = setup
        self._log = log
        self._crew = crew
        self._clock = clock
        self._on_words = on_words
        self._ruling: asyncio.Task[tuple[Ruling, ...]] | None = None
        self._speaking: asyncio.Task[Utterance] | None = None

    def is_over(self) -> bool:
        last = ending(self._log)
        return last is not None and last.reason in ("completed", "nothing_left", "cancelled")

    async def events_to_end(self) -> AsyncIterator[Event]:
        unruled = _last_turn_if_unruled(self._log)
        while True:
            step = next_step(self._setup, self._log)
            if unruled is not None and self._crew.referee is not None:
                # The referee works while the next speaker does, so that its calls cost no time of their own. The
                # next speaker therefore never sees the rulings on the turn just before, in any process.
                self._start_ruling(unruled)
            self._start_speaking(step)
            try:
                async for event in self._rulings_on(unruled):
                    yield event
                if isinstance(step, Wait):
                    return
                event = await self._carry_out(step)
            except ModelError as error:
                for last in self._fail(step, error):
                    yield last
                return
            yield event
            if isinstance(event, DebateEnded):
                return
            unruled = event if isinstance(event, Turn) else None

    async def cancel_pending(self) -> None:
        for task in (self._ruling, self._speaking):
            if task is not None:
                task.cancel()
                # Waited for and looked at, so that no failure of work that nobody needs any more is left unseen.
                await asyncio.gather(task, return_exceptions=True)

    def _setup_now(self) -> Setup:
        # The same object for as long as the premise stays, so that speakers need not make ready for it again.
        premise = premise_at(self._setup, self._log)
        if premise != self._in_force.premise:
            self._in_force = self._setup.model_copy(update={"premise": premise})
        return self._in_force

    def _append(self, event: Event) -> Event:
        self._log.append(event)
        return event

    def _stamp(self) -> dict[str, object]:
        return {"seq": len(self._log) + 1, "at": self._clock()}

    def _start_speaking(self, step: Step) -> None:
        """Let the next speaker begin, also where only the beginning of a round stands before the turn."""
        if isinstance(step, StartRound):
            # The beginning of a round must not make the next speaker wait for the rulings on the last turn before it.
            at = self._log[-1].at if self._log else datetime.min.replace(tzinfo=UTC)
            begun = RoundStarted(seq=len(self._log) + 1, at=at, round=step.round, title=step.title)
            step = next_step(self._setup, (*self._log, begun))
        if not isinstance(step, Speak) or self._speaking is not None:
            return
        brief = Brief(
            setup=self._setup_now(),
            events=tuple(_without_last_rulings(self._log)),
            speaker=step.speaker,
            round=step.round,
            phase=step.phase,
            answerable=step.answerable,
        )
        notify = self._on_words
        on_words = (lambda words: notify(step.speaker.id, words)) if notify is not None else None
        speaker = self._crew.speakers[step.speaker.id]
        self._speaking = asyncio.ensure_future(speaker.speak(brief, on_words))

    def _start_ruling(self, turn: Turn) -> None:
        assert self._crew.referee is not None
        background = Background(
            motion=self._setup.motion,
            premise=premise_at(self._setup, self._log, turn.seq),
            preceding=turn.reply_to.text if turn.reply_to is not None else "",
        )
        self._ruling = asyncio.ensure_future(self._crew.referee.rule(_said_by_speaker(turn), background))

    async def _rulings_on(self, turn: Turn | None) -> AsyncIterator[Event]:
        if turn is None or self._ruling is None or self._crew.referee is None:
            return
        done = [event for event in self._log if isinstance(event, RulingMade) and event.turn_seq == turn.seq]
        for ruling in await self._ruling:
            if any(ruling.start < made.end and made.start < ruling.end for made in done):
                continue  # made before the debate was interrupted
            cited = tuple(self._crew.referee.fact(fact_id) for fact_id in ruling.facts)
            yield self._append(
                RulingMade.model_validate({**self._stamp(), **dict(ruling), "turn_seq": turn.seq, "cited": cited})
            )
        self._ruling = None

    async def _carry_out(self, step: StartRound | AskQuestion | Speak | End) -> Event:
        if isinstance(step, StartRound):
            return self._append(
                RoundStarted.model_validate({**self._stamp(), "round": step.round, "title": step.title})
            )
        if isinstance(step, AskQuestion):
            asked = await self._crew.moderator.ask(self._setup_now(), tuple(self._log), step.to)
            return self._append(Question.model_validate({**self._stamp(), **dict(asked), "to": step.to.id}))
        if isinstance(step, End):
            return self._append(DebateEnded.model_validate({**self._stamp(), "reason": step.reason}))
        assert self._speaking is not None
        utterance = await self._speaking
        self._speaking = None
        return self._append(
            Turn.model_validate(
                {
                    **self._stamp(),
                    **dict(utterance),
                    "round": step.round,
                    "phase": step.phase,
                    "speaker": step.speaker.id,
                    "speaker_name": self._setup.shown_name(step.speaker.id),
                }
            )
        )

    def _fail(self, step: Step, error: ModelError) -> Iterator[Event]:
        speaker = step.speaker.id if isinstance(step, Speak) else None
        if not isinstance(error, BudgetExceeded):
            yield self._append(
                Fault.model_validate({**self._stamp(), "what": str(error), "during": "turn", "speaker": speaker})
            )
        reason = "budget_spent" if isinstance(error, BudgetExceeded) else "failed"
        yield self._append(DebateEnded.model_validate({**self._stamp(), "reason": reason, "detail": str(error)}))


def _said_by_speaker(turn: Turn) -> str:
    """The turn's text with its joining words blanked out, character for character: they claim nothing.

    A full stop that was added stays, since it ends a sentence.
    """
    text = turn.text
    for span in turn.connectives:
        if any(character.isalnum() for character in text[span.start : span.end]):
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _last_turn_if_unruled(log: Sequence[Event]) -> Turn | None:
    """The last turn where it may still lack rulings: only its own rulings or a failure have followed it."""
    for event in reversed(log):
        if isinstance(event, Turn):
            return event
        if not is_between_turn_and_rulings(event):
            return None
    return None


def _without_last_rulings(log: Sequence[Event]) -> Sequence[Event]:
    """What a speaker may know, the same whether or not the debate was interrupted just before."""
    end = len(log)
    while end and isinstance(log[end - 1], RulingMade | Fault | DebateEnded | RoundStarted):
        end -= 1
    return log[:end]
