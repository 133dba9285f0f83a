"""From the log to everybody who watches: one channel a debate, however many listeners it has.

A channel keeps the latest events, encoded once, in a ring; listeners read from it at their own pace, and from the store
what has left it. So a slow listener costs no memory and misses nothing.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from itertools import islice
from typing import Literal, NamedTuple, Protocol

from api.logs import get_logger
from language.errors import StoreUnavailable
from transcripts.store import DebateSummary, Status, Store, StoredEvent

RING = 512
OVER = ("completed", "nothing_left", "cancelled", "failed", "budget_spent")
PAGE = 200
WORDS_EVERY_S = 0.1
"""Words of a running turn are shown together this often: a model's single tokens would cost a message each."""


class _Frame(NamedTuple):
    seq: int
    """Seq of the event; for anything else, of the last event before it."""
    is_event: bool
    data: bytes


class _Joined(NamedTuple):
    data: bytes
    after: int
    """The last seq that a listener has after it."""


class Channel:
    """What happens in one debate, for its listeners in this process.

    Args:
        debate_id: The debate.
        last_seq: Up to here its events are in the store; later ones are told by `add_event`.
        status: What it is doing.
        ring: How many frames are kept for listeners.
    """

    def __init__(self, debate_id: str, last_seq: int, status: Status, ring: int = RING) -> None:
        self.status = status
        self.debate_id = debate_id
        self.listeners = 0
        self.last_seq = last_seq
        self.is_closed = False
        self._frames: deque[_Frame] = deque(maxlen=ring)
        self._added = 0
        self._changed = asyncio.Event()
        self._words: tuple[str, str] | None = None
        self._words_shown = 0
        self._showing_words: asyncio.TimerHandle | None = None
        self._joined: dict[tuple[int, int], _Joined] = {}

    def add_event(self, event: StoredEvent) -> None:
        """Show an event; one that was shown already is passed over."""
        if event.seq <= self.last_seq:
            return
        self.last_seq = event.seq
        self.status = json.loads(event.body)["reason"] if event.type == "debate_ended" else "running"
        if event.type == "turn":
            self._words = None
        self._add(is_event=True, data=encode_event(event))

    def add_words(self, speaker: str, words: str) -> None:
        """Show words of the running turn, in a moment; an empty run lets the turn start anew."""
        if self._words is None or self._words[0] != speaker or not words:
            self._words, self._words_shown = (speaker, ""), 0
        self._words = (speaker, self._words[1] + words)
        if self._showing_words is None:
            self._showing_words = asyncio.get_running_loop().call_later(WORDS_EVERY_S, self._show_words)

    def _show_words(self) -> None:
        self._showing_words = None
        if self._words is None:
            return  # the turn has been recorded meanwhile
        speaker, text = self._words
        new = {"speaker": speaker, "start": self._words_shown, "text": text[self._words_shown :]}
        self._words_shown = len(text)
        self._add(is_event=False, data=_encode("words", new))

    def add_state(self, status: Status) -> None:
        """Show what the debate is doing."""
        self.status = status
        self._add(is_event=False, data=_encode("state", {"status": status}))

    def close(self) -> None:
        """Let every listener go: the debate is gone, or the server stops."""
        self.is_closed = True
        self._wake()

    def _add(self, *, is_event: bool, data: bytes) -> None:
        self._added += 1
        self._joined.clear()
        self._frames.append(_Frame(self.last_seq, is_event, data))
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def keep_alive(self) -> None:
        """Send everybody a comment, so that a broken connection is found out."""
        self._add(is_event=False, data=b": still here\n\n")

    def _joined_from(self, number: int, after: int) -> _Joined:
        """What the ring has for a listener; put together once for all who are at the same place.

        Args:
            number: The first frame that the listener has not been shown.
            after: The last seq that it has.
        """
        if (found := self._joined.get((number, after))) is not None:
            return found
        pending: list[bytes] = []
        last = after
        place = max(0, number - (self._added - len(self._frames)))
        for frame in islice(self._frames, place, None):
            if frame.is_event and frame.seq > last + 1:
                break  # what lies between has left the ring, or never was in it
            # Words from before an event that the listener has are of a turn that is over.
            if frame.seq > last if frame.is_event else frame.seq >= last:
                last = max(last, frame.seq)
                pending.append(frame.data)
        joined = _Joined(b"".join(pending), last)
        self._joined[number, after] = joined
        return joined

    async def listen(self, store: Store, after: int, *, until_end: bool = False) -> AsyncIterator[bytes]:
        """Frames of a stream of server-sent events, from the event after seq `after` on, without end.

        Args:
            store: Where events are that the ring no longer has.
            after: The last seq that the listener has.
            until_end: End with the debate instead of waiting for what people may still do to it.
        """
        shown = self._added
        if self._words is not None and self._words_shown and after >= self.last_seq:
            so_far = self._words[1][: self._words_shown]
            yield _encode("words", {"speaker": self._words[0], "start": 0, "text": so_far})
        while not self.is_closed:
            changed = self._changed
            joined = self._joined_from(shown, after)
            shown = self._added
            if joined.data:
                after = joined.after
                yield joined.data
            elif self.last_seq > after:
                async for seq, data in _stored(store, self.debate_id, after):
                    after = seq
                    yield data
            elif until_end and self.status in OVER:
                return
            elif shown == self._added:
                await changed.wait()


async def _stored(store: Store, debate_id: str, after: int) -> AsyncIterator[tuple[int, bytes]]:
    while page := await store.read_after(debate_id, after, PAGE):
        for event in page:
            yield event.seq, encode_event(event)
        after = page[-1].seq
        if len(page) < PAGE:
            return


class Teller(Protocol):
    """Tells other processes what is not in the log."""

    def event(self, debate_id: str, seq: int) -> None:
        """The log has grown up to `seq`."""
        ...

    def words(self, debate_id: str, speaker: str, words: str) -> None:
        """Words of a running turn."""
        ...

    def state(self, debate_id: str, status: Status) -> None:
        """What a debate is doing."""
        ...


class Fanout:
    """The channels of all debates that are watched in this process.

    Args:
        store: Where events are.
        ring: How many frames each channel keeps for its listeners.
    """

    def __init__(self, store: Store, ring: int = RING) -> None:
        self._store = store
        self._ring = ring
        self._channels: dict[str, Channel] = {}
        self._fetching: dict[str, asyncio.Task[None]] = {}
        self.told_elsewhere: Teller | None = None
        """Tells other processes of the same store what is not in the log."""
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return sum(channel.listeners for channel in self._channels.values())

    def publish(self, debate_id: str, event: StoredEvent) -> None:
        """Show an event that has been appended, here and to other processes."""
        if self.told_elsewhere is not None:
            self.told_elsewhere.event(debate_id, event.seq)
        if (channel := self._channels.get(debate_id)) is not None:
            channel.add_event(event)

    def expect(self, debate_id: str, seq: int) -> None:
        """Another process has appended up to `seq`; it is fetched once, for all listeners."""
        channel = self._channels.get(debate_id)
        if channel is not None and seq > channel.last_seq and debate_id not in self._fetching:
            task = asyncio.ensure_future(self._fetch(channel))
            self._fetching[debate_id] = task
            task.add_done_callback(lambda _: self._fetching.pop(debate_id, None))

    def keep_alive(self) -> None:
        """Send every listener a comment."""
        for channel in self._channels.values():
            channel.keep_alive()

    async def catch_up(self) -> None:
        """Fetch what other processes have appended, in case that a message of theirs was lost."""
        told = await self._store.progress(list(self._channels))
        for debate_id, channel in list(self._channels.items()):
            if (now := told.get(debate_id)) is None:
                continue
            if now.last_seq > channel.last_seq:
                await self._fetch(channel)
            elif now.status != channel.status and now.last_seq == channel.last_seq:
                channel.add_state(now.status)

    async def _fetch(self, channel: Channel) -> None:
        try:
            while page := await self._store.read_after(channel.debate_id, channel.last_seq, PAGE):
                for event in page:
                    channel.add_event(event)
        except StoreUnavailable:
            return  # the next message, or the next round of catching up, comes to it

    def words(self, debate_id: str, speaker: str, words: str) -> None:
        """Show words of the running turn, here and to other processes."""
        if self.told_elsewhere is not None:
            self.told_elsewhere.words(debate_id, speaker, words)
        self.show_words(debate_id, speaker, words)

    def show_words(self, debate_id: str, speaker: str, words: str) -> None:
        """Show words of the running turn here."""
        if (channel := self._channels.get(debate_id)) is not None:
            channel.add_words(speaker, words)

    def state(self, debate_id: str, status: Status) -> None:
        """Show what a debate is doing, here and to other processes."""
        if self.told_elsewhere is not None:
            self.told_elsewhere.state(debate_id, status)
        self.show_state(debate_id, status)

    def show_state(self, debate_id: str, status: Status) -> None:
        """Show what a debate is doing here."""
        if (channel := self._channels.get(debate_id)) is not None:
            channel.add_state(status)

    def gone(self, debate_id: str) -> None:
        """The debate has been deleted."""
        if (channel := self._channels.pop(debate_id, None)) is not None:
            channel.close()

    def close(self) -> None:
        """End all streams; browsers connect again by themselves."""
        self._closed = True
        for debate_id in list(self._channels):
            self.gone(debate_id)

    async def stream(
        self, debate: DebateSummary, after: int, *, until_end: bool = False
    ) -> AsyncGenerator[bytes, None]:
        """Frames of one listener's stream.

        It ends when the debate is deleted, the server stops or the store cannot be read; the listener connects again
        with the id of the last event that it saw.

        Args:
            debate: As it is in the store now.
            after: The last seq that the listener has.
            until_end: End with the debate instead of waiting for what people may still do to it.
        """
        if self._closed:
            return
        channel = self._channels.get(debate.id)
        if channel is None:
            channel = Channel(debate.id, debate.last_seq, debate.status, self._ring)
            self._channels[debate.id] = channel
            # What was appended since `debate` was read was told to nobody here.
            self.expect(debate.id, debate.last_seq + 1)
        channel.listeners += 1
        try:
            yield b"retry: 1000\n\n"
            yield _encode("state", {"status": debate.status})
            async for frame in channel.listen(self._store, after, until_end=until_end):
                yield frame
        except StoreUnavailable as error:
            get_logger().warning("store_unavailable", debate=debate.id, why=str(error))
        finally:
            channel.listeners -= 1
            if not channel.listeners and self._channels.get(debate.id) is channel:
                del self._channels[debate.id]


def encode_event(event: StoredEvent) -> bytes:
    """An event of the log as a server-sent event; its id is its seq."""
    return f"id: {event.seq}\ndata: {event.body}\n\n".encode()


def _encode(kind: Literal["words", "state"], fields: dict[str, object]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(fields, ensure_ascii=False)}\n\n".encode()
