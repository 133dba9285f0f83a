"""One debate played by one runner: its lease, its events, and the commands that come in meanwhile."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from api.logs import get_logger
from api.metrics import METRICS
from api.models import spent_in
from api.outages import Report
from debate.agenda import Wait, next_step
from debate.commands import COMMAND, Cancel, carry_out
from debate.engine import Crew, run_debate, utc_now
from debate.events import EVENT, DebateEnded, Event, Question, RulingMade, Turn
from debate.interventions import ending
from language.chat import TokenUsage
from language.errors import CommandError, LeaseLost, RejoinderError, StoreUnavailable
from transcripts.audience import Audience
from transcripts.store import Lease, Options, Status, Store, StoredCommand, StoredDebate

if TYPE_CHECKING:
    from api.fanout import Fanout


class Circumstances(NamedTuple):
    """What a crew must know beside its debate."""

    options: Options
    spent: TokenUsage
    """What its models have taken so far."""
    report: Report
    """To be told when the debate waits for a model, and when it goes on."""


CrewFactory = Callable[[StoredDebate, Circumstances], Awaitable[Crew]]
"""Puts together who speaks and checks in a debate."""

FIRST_RETRY_S, LONGEST_RETRY_S = 0.2, 5.0


class Playing:
    """Plays one debate from where its log stands until it ends, waits for a person, or is to be given back.

    Args:
        store: The log.
        fanout: Told of everything that happens.
        lease: The right to append.
        make_crew: Puts the crew together.
    """

    def __init__(self, store: Store, fanout: "Fanout", lease: Lease, make_crew: CrewFactory) -> None:
        self.lease = lease
        self._store = store
        self._audience = Audience(store.database)
        self._fanout = fanout
        self._make_crew = make_crew
        self._events: list[Event] = []
        self._options = Options()
        self._nudged = asyncio.Event()
        self._must_stop = False
        self._crew: Crew | None = None
        self._reporting: asyncio.Future[None] | None = None
        self._is_unruled = False

    def nudge(self) -> None:
        """Commands have come in, or options have changed."""
        self._nudged.set()

    def give_back(self) -> None:
        """Stop after the turn that runs, so that another runner can go on."""
        self._must_stop = True
        self._nudged.set()

    async def play(self) -> bool:
        """Play, and release the debate.

        Returns:
            True where somebody should take it again.

        Raises:
            LeaseLost: Another runner has it.
            StoreUnavailable: The database cannot be used.
        """
        debate = await self._store.get(self.lease.debate_id)
        self._options = debate.options
        self._events = [EVENT.validate_json(one.body) for one in await self._store.read_after(debate.id)]
        while True:
            await self._carry_out_commands(debate)
            if self._must_stop or (self._status(debate) != "running" and not self._is_unruled):
                break
            self._is_unruled = False
            try:
                self._crew = self._crew or await self._make_crew(debate, self._circumstances())
            except StoreUnavailable:
                raise
            except RejoinderError as error:
                await self._end_for(str(error))
                break
            await self._play_on(debate, self._crew)
        if self._reporting is not None:
            await asyncio.gather(self._reporting, return_exceptions=True)
        status = self._status(debate)
        is_wanted = await self._store.release(self.lease, "queued" if status == "running" else status)
        self._fanout.state(debate.id, status)
        return is_wanted

    def _circumstances(self) -> Circumstances:
        return Circumstances(self._options, spent_in(self._events), self._report)

    def _report(self, why: str | None) -> None:
        """Show that the debate waits for a model, or goes on; in the order in which it is told."""
        before, last_seq = self._reporting, len(self._events)

        async def show(status: Status) -> None:
            if before is not None:
                await asyncio.gather(before, return_exceptions=True)
            with contextlib.suppress(StoreUnavailable):
                await self._store.set_status(self.lease, status)
            if last_seq == len(self._events):  # else an event has said since what the debate is doing
                self._fanout.state(self.lease.debate_id, status)

        if why is not None:
            get_logger().warning("waiting_for_model", debate=self.lease.debate_id, why=why)
        self._reporting = asyncio.ensure_future(show("running" if why is None else "waiting_for_model"))

    def _status(self, debate: StoredDebate) -> Status:
        last = ending(self._events)
        if last is not None:
            return last.reason
        step = next_step(debate.header.setup, self._events)
        return step.reason if isinstance(step, Wait) else "running"

    async def _play_on(self, debate: StoredDebate, crew: Crew) -> None:
        """Let the engine run until it ends or waits, commands come in, or this runner stops."""
        stream = run_debate(debate.header.setup, tuple(self._events), crew, on_words=self._show_words)
        try:
            while (event := await self._next(stream)) is not None:
                await self._append(event)
                if isinstance(event, DebateEnded):
                    return
                await self._keep_pace(event)
                # Between a turn's rulings the next turn is being worded already; that is not thrown away.
                if self._nudged.is_set() and not isinstance(event, RulingMade):
                    return
        finally:
            with contextlib.suppress(RuntimeError):
                await stream.aclose()  # type: ignore[attr-defined]

    async def _next(self, stream: AsyncIterator[Event]) -> Event | None:
        """The engine's next event; None where it has none, or a command interrupts it."""
        event = asyncio.ensure_future(anext(stream, None))
        try:
            while not event.done():
                nudge = asyncio.ensure_future(self._nudged.wait())
                await asyncio.wait({event, nudge}, return_when=asyncio.FIRST_COMPLETED)
                nudge.cancel()
                if event.done() or not self._nudged.is_set():
                    continue
                if await self._is_cancelled():
                    return None
                await asyncio.wait({event})
            return event.result()
        except RejoinderError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault in a speaker must end this debate clearly, and no other
            get_logger().exception("debate_fault", debate=self.lease.debate_id)
            await self._end_for(f"unexpected {type(error).__name__}")
            return None
        finally:
            if not event.done():
                event.cancel()
                await asyncio.gather(event, return_exceptions=True)

    async def _is_cancelled(self) -> bool:
        waiting = await self._store.waiting_commands(self.lease.debate_id)
        return any(isinstance(COMMAND.validate_json(one.body), Cancel) for one in waiting)

    async def _carry_out_commands(self, debate: StoredDebate) -> None:
        if self._nudged.is_set() and not self._must_stop:
            self._nudged.clear()
            before, self._options = self._options, (await self._store.get_summary(debate.id)).options
            if self._options.budget != before.budget:
                self._crew = None  # its models count against the old budget
        for stored in await self._store.waiting_commands(debate.id):
            await self._carry_out(debate, stored)

    async def _carry_out(self, debate: StoredDebate, stored: StoredCommand) -> None:
        try:
            command = COMMAND.validate_json(stored.body)
            ballots = await self._audience.ballots(debate.id)
            event = carry_out(command, debate.header.setup, self._events, utc_now(), ballots)
        except (CommandError, ValueError) as error:
            await self._store.refuse_command(self.lease, stored.id, str(error).splitlines()[0])
            return
        await self._append(event, stored.id)
        # What a person said is ruled on also where the debate stops after it.
        self._is_unruled = self._is_unruled or isinstance(event, Turn)

    async def _append(self, event: Event, command_id: str | None = None) -> None:
        wait_s, tried_before, started_s = FIRST_RETRY_S, False, time.perf_counter()
        while True:
            try:
                stored = await self._store.append(self.lease, event, command_id)
                break
            except StoreUnavailable:
                # What was said is kept here until the database is back; the turn is not spoken twice.
                METRICS.store_faults.inc()
                tried_before = True
                await asyncio.sleep(wait_s)
                wait_s = min(LONGEST_RETRY_S, wait_s * 2)
            except LeaseLost:
                # A commit may have succeeded although its answer was lost.
                before = await self._store.read_after(self.lease.debate_id, event.seq - 1, 1)
                if tried_before and before and before[0].body == EVENT.dump_json(event).decode():
                    stored = before[0]
                    break
                raise
        self._events.append(event)
        METRICS.count_event(event)
        METRICS.append_s.observe(time.perf_counter() - started_s)
        self._fanout.publish(self.lease.debate_id, stored)

    async def _end_for(self, why: str) -> None:
        last = ending(self._events)
        if last is None or last.reason != "failed":
            fields = {"type": "debate_ended", "seq": len(self._events) + 1, "at": utc_now()}
            await self._append(EVENT.validate_python({**fields, "reason": "failed", "detail": why}))

    def _show_words(self, speaker: str, words: str) -> None:
        self._fanout.words(self.lease.debate_id, speaker, words)

    async def _keep_pace(self, event: Event) -> None:
        if self._options.words_per_s is None or not isinstance(event, Turn | Question):
            return
        pause_s = len(event.text.split()) / self._options.words_per_s
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._nudged.wait(), pause_s)
