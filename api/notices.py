"""What processes of one store tell each other: that a log has grown, words of a running turn, that commands are there.

On Postgres through LISTEN and NOTIFY. On SQLite one process has the store, and nothing needs to be told.
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable

from api.fanout import Fanout
from api.logs import get_logger
from language.errors import StoreError
from transcripts.channels import COMMANDS_CHANNEL, EVENTS_CHANNEL, WORDS_CHANNEL, listen, tell
from transcripts.database import Database, PostgresDatabase
from transcripts.store import Status

RECONNECT_S = 1.0
TELL_EVERY_S = 0.15
TELL_GROWTH_EVERY_S = 0.01
MOST_GROWN = 150  # debates in one message
MOST_WORDS = 1200
"""Characters of words in one message, which is bounded by the database at 8,000 bytes, escapes included."""


class Notices:
    """Listens to what other processes tell.

    Args:
        database: The store's.
        fanout: Told of events that other processes append.
    """

    def __init__(self, database: Database, fanout: Fanout) -> None:
        self._database = database
        self._fanout = fanout
        self._name = secrets.token_hex(6)
        self._words: dict[tuple[str, str], str] = {}
        self._anew: set[tuple[str, str]] = set()
        self._states: dict[str, Status] = {}
        self._has_words = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._grown: dict[str, int] = {}
        self._has_grown = asyncio.Event()
        self._telling_growth: asyncio.Task[None] | None = None

    async def start(self, wake: Callable[[str], None]) -> None:
        """Begin to listen; `wake` is called with the id of a debate that has commands."""
        if isinstance(self._database, PostgresDatabase):
            self._listening = asyncio.ensure_future(self._listen_for_ever(self._database, wake))
            self._telling = asyncio.ensure_future(self._tell_for_ever(self._database))
            self._telling_growth = asyncio.ensure_future(self._tell_growth_for_ever(self._database))
            self._fanout.told_elsewhere = self

    async def stop(self) -> None:
        """Listen no more."""
        for task in (self._listening, self._telling, self._telling_growth):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _listen_for_ever(self, database: PostgresDatabase, wake: Callable[[str], None]) -> None:
        is_deaf = False
        while True:
            try:
                async for channel, note in listen(database):
                    is_deaf = False
                    self._hear(channel, note, wake)
            except StoreError as error:
                if not is_deaf:  # said once, however long it lasts
                    get_logger().warning("store_unavailable", why=str(error))
                is_deaf = True
            await asyncio.sleep(RECONNECT_S)
            # What was told meanwhile was not heard.
            await self._fanout.catch_up()

    def _hear(self, channel: str, note: str, wake: Callable[[str], None]) -> None:
        if channel == EVENTS_CHANNEL:
            for grown in note.split(","):
                debate_id, _, seq = grown.rpartition(":")
                self._fanout.expect(debate_id, int(seq))
        elif channel == COMMANDS_CHANNEL:
            wake(note)
        else:
            told = json.loads(note)
            if told["from"] == self._name:
                return
            if "status" in told:
                self._fanout.show_state(told["debate"], told["status"])
            else:
                if "anew" in told:
                    self._fanout.show_words(told["debate"], told["speaker"], "")
                self._fanout.show_words(told["debate"], told["speaker"], told["words"])

    def event(self, debate_id: str, seq: int) -> None:
        """Tell other processes that a log has grown; what grows within a moment goes in one message.

        A message in the transaction of every event would make all commits of the database wait for each other.
        """
        self._grown[debate_id] = seq
        self._has_grown.set()

    async def _tell_growth_for_ever(self, database: PostgresDatabase) -> None:
        while True:
            await self._has_grown.wait()
            self._has_grown.clear()
            grown = [f"{debate_id}:{seq}" for debate_id, seq in self._grown.items()]
            self._grown.clear()
            # A message that is lost is made up for by the next one, and by catching up now and then.
            with contextlib.suppress(StoreError):
                for start in range(0, len(grown), MOST_GROWN):
                    await tell(database, EVENTS_CHANNEL, ",".join(grown[start : start + MOST_GROWN]))
            await asyncio.sleep(TELL_GROWTH_EVERY_S)

    def words(self, debate_id: str, speaker: str, words: str) -> None:
        """Tell other processes words of a running turn; several runs of words go in one message."""
        turn = (debate_id, speaker)
        if not words:
            self._words.pop(turn, None)
            self._anew.add(turn)
        self._words[turn] = (self._words.get(turn, "") + words)[-MOST_WORDS:]
        self._has_words.set()

    def state(self, debate_id: str, status: Status) -> None:
        """Tell other processes what a debate is doing."""
        self._states[debate_id] = status
        self._has_words.set()

    async def _tell_for_ever(self, database: PostgresDatabase) -> None:
        while True:
            await self._has_words.wait()
            self._has_words.clear()
            notes: list[dict[str, str]] = [
                {"debate": debate_id, "speaker": speaker, "words": words}
                | ({"anew": "yes"} if (debate_id, speaker) in self._anew else {})
                for (debate_id, speaker), words in self._words.items()
            ]
            notes += [{"debate": debate_id, "status": status} for debate_id, status in self._states.items()]
            self._words.clear()
            self._anew.clear()
            self._states.clear()
            # What is shown this way is provisional; where the database is gone it is simply not shown.
            with contextlib.suppress(StoreError):
                for note in notes:
                    await tell(database, WORDS_CHANNEL, json.dumps({**note, "from": self._name}))
            await asyncio.sleep(TELL_EVERY_S)
