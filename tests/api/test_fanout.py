"""Listeners of a debate: each sees every event once and in order, however slow it is and whoever appended."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from api import fanout as module
from api.fanout import Fanout
from debate.events import DebateEnded, Event, RoundStarted
from tests.transcripts.test_store import a_header
from transcripts.database import Database
from transcripts.store import Lease, NewDebate, Store, StoredEvent

AT = datetime(2026, 1, 1, tzinfo=UTC)


class Debate:
    """A debate that the test appends to, as a runner would."""

    def __init__(self, store: Store, fanout: Fanout, lease: Lease) -> None:
        self._store = store
        self._fanout = fanout
        self._lease = lease
        self.id = lease.debate_id
        self.seq = 0

    async def append(self, *, ends: bool = False, told: bool = True) -> StoredEvent:
        """Append an event; not `told`, as another process does whose message is lost."""
        self.seq += 1
        event: Event = RoundStarted(seq=self.seq, at=AT, round=self.seq, title=f"Round {self.seq}")
        if ends:
            event = DebateEnded(seq=self.seq, at=AT, reason="completed")
        stored = await self._store.append(self._lease, event)
        if told:
            self._fanout.publish(self.id, stored)
        return stored

    async def listen(self, after: int = 0) -> AsyncIterator[bytes]:
        """A stream to the end of the debate."""
        summary = await self._store.get_summary(self.id)
        async for chunk in self._fanout.stream(summary, after, until_end=True):
            yield chunk


@pytest.fixture
def ring() -> int:
    return module.RING


@pytest.fixture
def fanout(database: Database, ring: int) -> Fanout:
    return Fanout(Store(database), ring)


@pytest.fixture
async def debate(database: Database, fanout: Fanout) -> Debate:
    store = Store(database)
    made, _ = await store.create(NewDebate(header=a_header(), owner="tester"))
    lease = await store.claim("tester", made.id)
    assert lease is not None
    return Debate(store, fanout, lease)


def ids_in(chunk: bytes) -> list[int]:
    return [int(line[4:]) for line in chunk.decode().splitlines() if line.startswith("id: ")]


def words_in(chunk: bytes) -> object:
    return json.loads(chunk.decode().split("event: words\ndata: ")[1])


async def ids_of(stream: AsyncIterator[bytes]) -> list[int]:
    return [one async for chunk in stream for one in ids_in(chunk)]


async def test_listeners_who_come_at_any_time_see_everything(debate: Debate, fanout: Fanout) -> None:
    """Whoever begins after seq n sees n+1 to the end, once and in order; nobody is left behind afterwards."""
    tasks: list[tuple[int, asyncio.Task[list[int]]]] = []
    for number in range(8):
        tasks.append((number // 2, asyncio.ensure_future(ids_of(debate.listen(number // 2)))))
        await debate.append()
        await asyncio.sleep(0)
    await debate.append(ends=True)
    for after, task in tasks:
        assert await asyncio.wait_for(task, 10) == list(range(after + 1, debate.seq + 1))
    assert fanout.listeners == 0


async def test_a_listener_slower_than_the_ring_misses_nothing(debate: Debate, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has left the ring before a listener reads on comes from the store."""
    monkeypatch.setattr(module, "RING", 4)
    stream = debate.listen()
    seen = [one for _ in range(2) for one in ids_in(await anext(stream))]
    for _ in range(20):
        await debate.append()
    await debate.append(ends=True)
    seen += await ids_of(stream)
    assert seen == list(range(1, debate.seq + 1))


async def test_what_other_processes_append_is_fetched_when_told_or_in_time(debate: Debate, fanout: Fanout) -> None:
    """A message from elsewhere, or catching up where it was lost, shows what they appended."""
    task = asyncio.ensure_future(ids_of(debate.listen()))
    await debate.append()
    await asyncio.sleep(0)
    await debate.append(told=False)
    fanout.expect(debate.id, debate.seq)
    await debate.append(told=False)
    await debate.append(told=False, ends=True)
    await fanout.catch_up()
    assert await asyncio.wait_for(task, 10) == [1, 2, 3, 4]


async def test_words_are_shown_while_a_turn_runs_and_whole_to_whoever_comes_late(
    debate: Debate, fanout: Fanout
) -> None:
    """Words carry no id and come together; who comes late gets all so far; a wording that starts anew says so."""
    early = debate.listen()
    await debate.append()
    while not ids_in(await anext(early)):
        pass
    fanout.words(debate.id, "anna", "The canal ")
    assert words_in(await anext(early)) == {"speaker": "anna", "start": 0, "text": "The canal "}
    late = debate.listen(after=1)
    retry, state = await anext(late), await anext(late)
    assert retry.startswith(b"retry: ")
    assert state.startswith(b"event: state")
    assert words_in(await anext(late)) == {"speaker": "anna", "start": 0, "text": "The canal "}
    fanout.words(debate.id, "anna", "pays ")
    fanout.words(debate.id, "anna", "well.")
    for listener in (early, late):
        chunk = await anext(listener)
        assert words_in(chunk) == {"speaker": "anna", "start": 10, "text": "pays well."}
        assert b"id: " not in chunk
    fanout.words(debate.id, "anna", "")
    fanout.words(debate.id, "anna", "No canal")
    assert words_in(await anext(early)) == {"speaker": "anna", "start": 0, "text": "No canal"}
    await debate.append(ends=True)
    assert await ids_of(early) == [2]
    assert await ids_of(late) == [2]


async def test_closing_lets_everybody_go(debate: Debate, fanout: Fanout) -> None:
    """When the server stops, or the debate is deleted, streams end instead of hanging."""
    task = asyncio.ensure_future(ids_of(debate.listen()))
    await debate.append()
    fanout.close()
    assert await asyncio.wait_for(task, 10) in ([], [1])
    assert await ids_of(debate.listen()) == []
