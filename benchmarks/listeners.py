"""Many listeners and many debates at once: `python -m benchmarks.listeners [--listeners 1000] [--debates 200]`.

Prints how long an event takes from its making (before it is stored) to each listener, and the memory of the service for
each listener and each debate. Service and listeners share this machine's processors; what the listeners take is printed
too, since they could be what is slow.
"""

import argparse
import asyncio
import os
import resource
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import cast

import httpx

from benchmarks.survival import Process, create_debates, free_port, wait_until_ready

CONNECT_AT_ONCE = 50


class Count:
    """Delays that were seen, in seconds; what a thousand listeners are sent alike is read once."""

    def __init__(self) -> None:
        self.delays_s: list[float] = []
        self.ended = 0
        self.connected = 0
        self.since_s = 0.0
        """Events made before are not counted: who came later was not sent them late."""
        self._made_at: dict[bytes, tuple[float, ...]] = {}

    def made_at(self, data: bytes) -> tuple[float, ...]:
        """When the events in `data` were made, in seconds since 1970."""
        found = self._made_at.get(data)
        if found is None:
            found = tuple(_seconds(line) for line in data.split(b"\n") if line.startswith(b'data: {"seq":'))
            if len(self._made_at) > 500:
                self._made_at.clear()
            self._made_at[data] = found
        return found

    def quantile(self, share: float) -> float:
        """The delay that this share of all does not exceed."""
        ordered = sorted(self.delays_s)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _seconds(line: bytes) -> float:
    place = line.index(b'"at":"') + 6
    return datetime.fromisoformat(line[place : line.index(b'"', place)].decode()).timestamp()


class Listening(asyncio.Protocol):
    """One listener over a bare connection, which costs the least.

    Args:
        debate_id: What it watches.
        count: Where delays go.
    """

    def __init__(self, debate_id: str, count: Count) -> None:
        self._debate_id = debate_id
        self._count = count
        self._is_answered = False
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self._transport = cast("asyncio.Transport", transport)  # another loop's has the same methods
        request = f"GET /v1/debates/{self._debate_id}/events?until_end=true HTTP/1.1\r\nHost: localhost\r\n"
        self._transport.write(f"{request}Accept: text/event-stream\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Note when events came; one that was cut in two by the network is noted with its first half."""
        now = time.time()
        if not self._is_answered:
            assert data.startswith(b"HTTP/1.1 200"), data[:200]
            self._is_answered = True
            self._count.connected += 1
        for at in self._count.made_at(data):
            if at >= self._count.since_s:
                self._count.delays_s.append(now - at)
        if data.endswith(b"\r\n0\r\n\r\n") or data == b"0\r\n\r\n":
            assert self._transport is not None
            self._count.ended += 1
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """The stream is over."""
        del exc  # the server was ended
        self.done.set_result(None)


def memory_kb(pid: int) -> int:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def processor_s(pid: int) -> float:
    """Processor time of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own_processor_s() -> float:
    """Processor time of this process, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def measure(listeners: int, debates: int, delay_s: float, rounds: int, lasts_s: float) -> None:
    """Run one measurement and print its table."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            "REJOINDER_DATABASE_URL": f"sqlite:///{folder}/x.db",
            "REJOINDER_REQUESTS_PER_MINUTE": "1000000000",
        }
        service = Process(["-m", "benchmarks.scripted_service", str(port), str(delay_s), "0"], environment)
        await service.start()
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
                await wait_until_ready(client)
                at_first_kb = memory_kb(service.pid)
                ids = await create_debates(client, debates, rounds)
                with_debates_kb = memory_kb(service.pid)
                count, watched = Count(), ids[-1]
                all_listening = await _connect(port, watched, listeners, count)
                count.delays_s.clear()
                count.since_s = time.time()
                with_listeners_kb = memory_kb(service.pid)
                used_s, own_s, started_s = processor_s(service.pid), own_processor_s(), time.monotonic()
                await asyncio.wait([one.done for one in all_listening], timeout=lasts_s)
                took_s = time.monotonic() - started_s
                used_s, own_s = processor_s(service.pid) - used_s, own_processor_s() - own_s
                status = (await client.get(f"/v1/debates/{watched}")).json()["status"]
        finally:
            await service.end()
    print(f"{listeners} listeners on one debate, {debates} debates at once, turns of {delay_s:g} s on average")
    print(f"  {'deliveries':<36} {len(count.delays_s):>8}   in {took_s:.0f} s")
    print(f"  {'streams that ended with the debate':<36} {count.ended:>8}   ({status})")
    for share in (0.5, 0.9, 0.99, 1.0):
        name = f"from making to delivery, p{share * 100:g}"
        print(f"  {name:<36} {count.quantile(share) * 1000:>8.0f} ms")
    print(f"  {'processor of the service':<36} {used_s / took_s * 100:>8.0f} % of one core, all debates' work included")
    print(f"  {'processor of the listeners':<36} {own_s / took_s * 100:>8.0f} % of one core")
    print(f"  {'memory for each debate':<36} {(with_debates_kb - at_first_kb) / debates:>8.0f} kB")
    print(f"  {'memory for each listener':<36} {(with_listeners_kb - with_debates_kb) / listeners:>8.0f} kB")


async def _connect(port: int, debate_id: str, listeners: int, count: Count) -> list[Listening]:
    loop, made = asyncio.get_running_loop(), []
    for start in range(0, listeners, CONNECT_AT_ONCE):
        wanted = min(listeners, start + CONNECT_AT_ONCE)
        for _ in range(start, wanted):
            _, listening = await loop.create_connection(lambda: Listening(debate_id, count), "127.0.0.1", port)
            made.append(listening)
        while count.connected < wanted:  # noqa: ASYNC110 - counted by a thousand protocols
            await asyncio.sleep(0.01)
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=1000)
    parser.add_argument("--debates", type=int, default=200)
    parser.add_argument("--delay", type=float, default=4.0, help="Mean seconds a turn takes")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--lasts", type=float, default=600.0, help="Seconds to watch at most")
    chosen = parser.parse_args()
    measure_all = measure(chosen.listeners, chosen.debates, chosen.delay, chosen.rounds, chosen.lasts)
    try:
        import uvloop
    except ImportError:
        asyncio.run(measure_all)
    else:
        uvloop.run(measure_all)


if __name__ == "__main__":
    main()
