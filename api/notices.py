"""What processes of one store tell each other: that a log has grown, words of a running turn, that commands are there.

On Postgres through LISTEN and NOTIFY. On SQLite one process has the store, and nothing needs to be told.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable

from api.fanout import Fanout
from api.logs import get_logger
from language.errors import StoreError
from transcripts.channels import COMMANDS_CHANNEL, EVENTS_CHANNEL, listen
from transcripts.database import Database, PostgresDatabase

RECONNECT_S = 1.0


class Notices:
    """Listens to what other processes tell.

    Args:
        database: The store's.
        fanout: Told of events that other processes append.
    """

    def __init__(self, database: Database, fanout: Fanout) -> None:
        self._database = database
        self._fanout = fanout
        self._listening: asyncio.Task[None] | None = None

    async def start(self, wake: Callable[[str], None]) -> None:
        """Begin to listen; `wake` is called with the id of a debate that has commands."""
        if isinstance(self._database, PostgresDatabase):
            self._listening = asyncio.ensure_future(self._listen_for_ever(self._database, wake))

    async def stop(self) -> None:
        """Listen no more."""
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def _listen_for_ever(self, database: PostgresDatabase, wake: Callable[[str], None]) -> None:
        while True:
            try:
                async for channel, note in listen(database):
                    self._hear(channel, note, wake)
            except StoreError as error:
                get_logger().warning("store_unavailable", why=str(error))
            await asyncio.sleep(RECONNECT_S)
            # What was told meanwhile was not heard.
            await self._fanout.catch_up()

    def _hear(self, channel: str, note: str, wake: Callable[[str], None]) -> None:
        if channel == EVENTS_CHANNEL:
            debate_id, _, seq = note.rpartition(":")
            self._fanout.expect(debate_id, int(seq))
        elif channel == COMMANDS_CHANNEL:
            wake(note)
        else:
            told = json.loads(note)
            self._fanout.words(told["debate"], told["speaker"], told["words"])
