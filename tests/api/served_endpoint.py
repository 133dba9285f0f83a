"""A fake model endpoint beside a test."""

import asyncio
import threading

from benchmarks.load_endpoint import reworded
from language.fake_endpoint import Behaviour, FakeEndpoint


class Served:
    """A fake endpoint in a thread of its own, for whatever runs its own event loop.

    Args:
        behaviour: Its faults.
        port: 0 for any free one.
    """

    def __init__(self, behaviour: Behaviour, port: int = 0) -> None:
        self.endpoint = FakeEndpoint(reworded, behaviour, port)
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._done = asyncio.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        async def serve() -> None:
            async with self.endpoint:
                self._ready.set()
                await self._done.wait()

        self._loop.run_until_complete(serve())
        self._loop.close()

    def __enter__(self) -> FakeEndpoint:
        self._thread.start()
        self._ready.wait(10)
        return self.endpoint

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(10)
