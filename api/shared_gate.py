"""Limits of model endpoints that hold for all processes of one store together."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from api.logs import get_logger
from language.errors import StoreUnavailable
from transcripts.endpoints import SLOT_S, EndpointSlots

if TYPE_CHECKING:
    from language.models import ModelSpec

RENEW_S = SLOT_S / 3
LOOK_AGAIN_S = 0.1
STORE_GONE_S = 1.0


class SharedGates:
    """The gates of one process, whose calls in flight are kept known to the others.

    Args:
        slots: Where all processes count.
    """

    def __init__(self, slots: EndpointSlots) -> None:
        self._slots = slots
        self._held: set[str] = set()
        self._over: set[str] = set()
        self._releasing: asyncio.Task[None] | None = None
        self._renewing: asyncio.Task[None] | None = None

    def gate(self, spec: "ModelSpec") -> "SharedGate":
        """The gate of a model's endpoint."""
        if self._renewing is None:
            self._renewing = asyncio.ensure_future(self._renew_for_ever())
        return SharedGate(self, self._slots, spec.endpoint, spec.max_in_flight, spec.max_per_minute)

    async def close(self) -> None:
        """Give every place back, and renew no more."""
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
        if self._releasing is not None:
            await asyncio.gather(self._releasing, return_exceptions=True)
        with contextlib.suppress(StoreUnavailable):  # whoever comes next waits until they run out
            await self._slots.give_back([*self._held, *self._over])

    def hold(self, slot: str) -> None:
        """A call is in flight."""
        self._held.add(slot)

    def release(self, slot: str) -> None:
        """A call is over; several that end together are given back together."""
        self._held.discard(slot)
        self._over.add(slot)
        if self._releasing is None or self._releasing.done():
            self._releasing = asyncio.ensure_future(self._release())

    async def _release(self) -> None:
        while self._over:
            over = list(self._over)
            try:
                await self._slots.give_back(over)
            except StoreUnavailable:
                await asyncio.sleep(STORE_GONE_S)
            else:
                self._over.difference_update(over)

    async def _renew_for_ever(self) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                await self._slots.renew(list(self._held))
            except StoreUnavailable as error:
                get_logger().warning("store_unavailable", why=str(error))


class SharedGate:
    """How many calls one endpoint gets at once and in a minute, from all debates of all processes.

    Whoever waits in this process does so in the order of coming, and one of them asks for all.
    """

    def __init__(
        self, gates: SharedGates, slots: EndpointSlots, endpoint: str, at_once: int, per_minute: int | None
    ) -> None:
        self._gates = gates
        self._slots = slots
        self._endpoint = endpoint
        self._at_once = at_once
        self._per_minute = per_minute
        self._first_for_a_place = asyncio.Lock()
        self._first_to_begin = asyncio.Lock()

    @property
    def slots(self) -> contextlib.AbstractAsyncContextManager[None]:
        """A place at the endpoint, for as long as it is entered."""
        return self._place()

    @contextlib.asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        async with self._first_for_a_place:
            slot = await self._take()
        self._gates.hold(slot)
        try:
            yield
        finally:
            self._gates.release(slot)

    async def _take(self) -> str:
        while True:
            try:
                slot = await self._slots.take(self._endpoint, self._at_once)
            except StoreUnavailable:
                await asyncio.sleep(STORE_GONE_S)
                continue
            if slot is not None:
                return slot
            await asyncio.sleep(LOOK_AGAIN_S * random.uniform(0.5, 1.5))

    async def permit(self) -> None:
        """Wait until one more call may begin."""
        if self._per_minute is None:
            return
        async with self._first_to_begin:
            while True:
                try:
                    wait_s = await self._slots.begin(self._endpoint, self._per_minute)
                except StoreUnavailable:
                    wait_s = STORE_GONE_S
                if not wait_s:
                    return
                await asyncio.sleep(wait_s)
