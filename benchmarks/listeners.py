"""Many listeners and many debates at once: `python -m benchmarks.listeners [--listeners 1000] [--debates 200]`.

Prints how long an event takes from its making (before it is stored) to each listener, and the memory of the service for
each listener and each debate. Service and listeners share this machine's processors.
"""

import argparse
import asyncio
import os
import tempfile
import time
from datetime import datetime
from pathlib import Path

import httpx

from benchmarks.survival import Process, create_debates, free_port, wait_until_ready

CONNECT_AT_ONCE = 50


class Count:
    """Delays that were seen, in seconds."""

    def __init__(self) -> None:
        self.delays_s: list[float] = []
        self.ended = 0
        self.connected = 0

    def quantile(self, share: float) -> float:
        """The delay that this share of all does not exceed."""
        ordered = sorted(self.delays_s)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def listen(port: int, debate_id: str, count: Count, connected: asyncio.Semaphore) -> None:
    """Watch one debate to its end over a bare connection, which costs the least."""
    async with connected:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET /v1/debates/{debate_id}/events?until_end=true HTTP/1.1\r\nHost: localhost\r\n"
        writer.write(f"{request}Accept: text/event-stream\r\nConnection: close\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        count.connected += 1
    while line := await reader.readline():
        if line.startswith(b"data: {") and (place := line.find(b'"at":"')) > 0:
            at = datetime.fromisoformat(line[place + 6 : line.index(b'"', place + 6)].decode())
            count.delays_s.append(time.time() - at.timestamp())
    count.ended += 1
    writer.close()


def memory_kb(pid: int) -> int:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def processor_s(pid: int) -> float:
    """Processor time of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(listeners: int, debates: int, delay_s: float, rounds: int) -> None:
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
                count, gate = Count(), asyncio.Semaphore(CONNECT_AT_ONCE)
                watched = ids[-1]
                tasks = [asyncio.ensure_future(listen(port, watched, count, gate)) for _ in range(listeners)]
                while count.connected < listeners:
                    await asyncio.wait(tasks, timeout=0.1)
                # What happened before everybody was there was not delivered late: they came late.
                count.delays_s.clear()
                with_listeners_kb = memory_kb(service.pid)
                used_s = processor_s(service.pid)
                await asyncio.gather(*tasks)
                used_s = processor_s(service.pid) - used_s
                ended = (await client.get(f"/v1/debates/{watched}")).json()["status"]
        finally:
            await service.end()
    print(f"{listeners} listeners on one debate, {debates} debates at once, turns of {delay_s:g} s on average")
    print(f"  {'deliveries':<36} {len(count.delays_s):>8}")
    print(f"  {'streams that ended with the debate':<36} {count.ended:>8}   ({ended})")
    for share in (0.5, 0.9, 0.99, 1.0):
        name = f"from making to delivery, p{share * 100:g}"
        print(f"  {name:<36} {count.quantile(share) * 1000:>8.0f} ms")
    per_delivery_us = used_s / len(count.delays_s) * 1e6
    print(f"  {'processor time of the service':<36} {per_delivery_us:>8.0f} us a delivery, all debates' work included")
    print(f"  {'memory for each debate':<36} {(with_debates_kb - at_first_kb) / debates:>8.0f} kB")
    print(f"  {'memory for each listener':<36} {(with_listeners_kb - with_debates_kb) / listeners:>8.0f} kB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=1000)
    parser.add_argument("--debates", type=int, default=200)
    parser.add_argument("--delay", type=float, default=4.0, help="Mean seconds a turn takes")
    parser.add_argument("--rounds", type=int, default=6)
    chosen = parser.parse_args()
    asyncio.run(measure(chosen.listeners, chosen.debates, chosen.delay, chosen.rounds))


if __name__ == "__main__":
    main()
