"""The runner in this process: takes debates that should run, plays them, and keeps their leases alive."""

import asyncio
import os
import secrets
import socket

from api.fanout import Fanout
from api.logs import get_logger
from api.metrics import METRICS
from api.playing import CrewFactory, Playing
from language.errors import LeaseLost, StoreError
from transcripts.store import LEASE_S, Store

SWEEP_S = LEASE_S / 3


class Runner:
    """Plays debates in this process.

    Args:
        store: The log.
        fanout: Told of everything that happens.
        make_crew: Puts a debate's crew together.
        most_at_once: How many debates run at the same time; the others wait their turn.
        is_alone: True where no other process can run debates of this store, so that what a dead one held is taken
            over at once.
    """

    def __init__(
        self, store: Store, fanout: Fanout, make_crew: CrewFactory, *, most_at_once: int = 200, is_alone: bool
    ) -> None:
        self._store = store
        self._fanout = fanout
        self._make_crew = make_crew
        self._free = asyncio.Semaphore(most_at_once)
        self._is_alone = is_alone
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._playing: dict[str, Playing] = {}
        self._again: set[str] = set()
        self._sweeping: asyncio.Task[None] | None = None
        self._is_stopping = False

    @property
    def running(self) -> int:
        """How many debates are being played here now."""
        return len(self._playing)

    async def start(self) -> None:
        """Take up every unfinished debate, and go on looking for more."""
        self._sweeping = asyncio.ensure_future(self._sweep_for_ever())

    async def stop(self, grace_s: float = 10.0) -> None:
        """Let running turns finish for so long; then give all debates back."""
        self._is_stopping = True
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        for playing in list(self._playing.values()):
            playing.give_back()
        tasks = set(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, debate_id: str) -> None:
        """A debate should run, or has commands: take it, or tell whoever plays it here."""
        if (playing := self._playing.get(debate_id)) is not None:
            playing.nudge()
        elif debate_id in self._tasks:
            # Its run may be past the point where it looks for commands.
            self._again.add(debate_id)
        elif not self._is_stopping:
            task = asyncio.ensure_future(self.play(debate_id))
            self._tasks[debate_id] = task
            task.add_done_callback(lambda _: self._finish(debate_id))

    def nudge(self, debate_id: str) -> None:
        """Tell whoever plays a debate here that it has commands; where nobody does, nothing happens."""
        if (playing := self._playing.get(debate_id)) is not None:
            playing.nudge()

    async def take(self, debate_id: str) -> None:
        """Play a debate, and return when nobody wants it any more or somebody else has it."""
        self.wake(debate_id)
        if (task := self._tasks.get(debate_id)) is not None:
            await asyncio.wait({task})

    def _finish(self, debate_id: str) -> None:
        del self._tasks[debate_id]
        if debate_id in self._again:
            self._again.discard(debate_id)
            self.wake(debate_id)

    async def play(self, debate_id: str) -> None:
        """Play one debate until nobody wants it any more, or somebody else has it."""
        async with self._free:
            is_wanted = True
            while is_wanted and not self._is_stopping:
                try:
                    is_wanted = await self._play_once(debate_id)
                except LeaseLost as error:
                    METRICS.leases_lost.inc()
                    get_logger().info("lease_lost", debate=debate_id, why=str(error))
                    return
                except StoreError as error:
                    # The next sweep comes back to it.
                    get_logger().warning("store_unavailable", debate=debate_id, why=str(error))
                    return

    async def _play_once(self, debate_id: str) -> bool:
        lease = await self._store.claim(self._holder, debate_id, steal=self._is_alone)
        if lease is None:
            return False
        playing = Playing(self._store, self._fanout, lease, self._make_crew)
        self._playing[debate_id] = playing
        try:
            return await playing.play()
        except asyncio.CancelledError:
            await self._store.release(lease, "queued")
            raise
        finally:
            del self._playing[debate_id]

    async def _sweep_for_ever(self) -> None:
        while True:
            try:
                await self.sweep()
            except StoreError as error:
                get_logger().warning("store_unavailable", why=str(error))
            await asyncio.sleep(SWEEP_S)

    async def sweep(self) -> None:
        """Renew the leases held here, and take up what nobody plays: new, given back, or of a runner that died."""
        await self.renew()
        for debate_id in await self._store.wanted():
            self.wake(debate_id)

    async def renew(self) -> None:
        """Keep the leases held here."""
        await self._store.renew([playing.lease for playing in self._playing.values()])
