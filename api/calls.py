"""Every model call of this process: counted, and kept beside its debate."""

import asyncio
from collections import deque

from api.logs import get_logger
from api.metrics import METRICS
from language.errors import StoreError
from language.recording import RecordedCall, RecordedTime
from transcripts.database import new_id
from transcripts.model_calls import KeptCall, ModelCalls

KEEP_EVERY_S = 0.5
MOST_WAITING = 5_000
"""Calls that wait for the database; what comes beyond pushes the oldest out."""
_MOST_TOGETHER = 200


class CallKeeper:
    """Keeps calls in the store, some at a time; a debate never waits for it.

    Args:
        kept: Where they are kept; None to count them only.
    """

    def __init__(self, kept: ModelCalls | None) -> None:
        self._kept = kept
        self._waiting: deque[KeptCall] = deque(maxlen=MOST_WAITING)
        self._keeping: asyncio.Task[None] | None = None

    def sink(self, debate_id: str) -> "DebateCalls":
        """Where the models of one debate leave their calls."""
        if self._kept is not None and self._keeping is None:
            self._keeping = asyncio.ensure_future(self._keep_for_ever())
        return DebateCalls(self, debate_id)

    def keep(self, debate_id: str, call: RecordedCall) -> None:
        """Count a call, and keep it in a moment."""
        outcome = call.error.kind if call.error is not None else "answer"
        METRICS.model_call_s.labels(call.model, outcome).observe(call.seconds)
        if self._kept is not None:
            self._waiting.append(KeptCall(debate_id, new_id("m"), call.model_dump_json(exclude_none=True)))

    async def close(self) -> None:
        """Keep what waits, and no more."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
            await self._keep()

    async def _keep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(KEEP_EVERY_S)
            await self._keep()

    async def _keep(self) -> None:
        assert self._kept is not None
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_MOST_TOGETHER, len(self._waiting)))]
            try:
                await self._kept.add(batch)
            except StoreError as error:
                self._waiting.extendleft(reversed(batch))
                get_logger().warning("store_unavailable", why=str(error))
                return


class DebateCalls:
    """Where the models of one debate leave their calls; see `language.recording.CallSink`."""

    def __init__(self, keeper: CallKeeper, debate_id: str) -> None:
        self._keeper = keeper
        self._debate_id = debate_id

    def append(self, entry: RecordedCall | RecordedTime) -> None:
        """Keep a call; a debate's times stand in its log."""
        if isinstance(entry, RecordedCall):
            self._keeper.keep(self._debate_id, entry)
