"""The log as an audience sees it: rulings that may still be guessed are held back, and follow when they are let out.

Every event keeps its seq. In the place of one that is held back stands a `held_back` message with the same id, so that
a listener resumes as ever; the event itself comes as a `released` message, without an id, right before the event that
lets it out. What is sent depends on the log alone, so a listener that was cut off between the two gets it again.
"""

import asyncio
import contextlib
import json
from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from typing import Literal

from pydantic import Field

from api.logs import get_logger
from debate.events import EVENT, Event, Recorded, RulingMade, RulingOverruled
from debate.holding import HeldRulings
from language.errors import StoreUnavailable
from transcripts.store import Store, StoredEvent
from transcripts.transcript import Transcript

_MOST_VIEWS = 500
_MOST_SHOWN = 32
_DECIDING = {
    "turn",
    "question",
    "ruling",
    "ruling_overruled",
    "poll_opened",
    "poll_closed",
    "resumed",
    "round_started",
    "debate_ended",
}
"""The types of events that hold something back or let it out; others need not be read."""


class HeldBack(Recorded):
    """In the place of an event that the audience may not see yet; it follows as a `released` message."""

    type: Literal["held_back"] = "held_back"
    what: Literal["ruling", "ruling_overruled"] = Field(description="Type of the event that is held back")


class View:
    """What of one debate's log is held back, and what lets it out; shared by everybody in its audience.

    Args:
        debate_id: The debate.
        store: Where its log is.
    """

    def __init__(self, debate_id: str, store: Store) -> None:
        self._debate_id = debate_id
        self._store = store
        self._rulings = HeldRulings()
        self._known = 0
        self._stand_ins: dict[int, str] = {}
        self._bodies: dict[int, str] = {}
        self._let_out_by: dict[int, list[int]] = {}
        self._let_out_at: dict[int, int] = {}
        self._reading = asyncio.Lock()
        self._shown: OrderedDict[bytes, bytes] = OrderedDict()

    async def follow(self, seq: int) -> None:
        """Know the log up to `seq` at least.

        Raises:
            StoreUnavailable: The log cannot be read now.
        """
        async with self._reading:
            while self._known < seq and (page := await self._store.read_after(self._debate_id, self._known, 500)):
                for event in page:
                    self._take(event)

    def _take(self, stored: StoredEvent) -> None:
        if stored.seq != self._known + 1:
            return
        self._known = stored.seq
        if stored.type not in _DECIDING:
            return
        event = EVENT.validate_json(stored.body)
        held_before = len(self._rulings.held)
        let_out = [one.seq for one in self._rulings.take(event)]
        if isinstance(event, RulingMade | RulingOverruled) and len(self._rulings.held) > held_before:
            self._stand_ins[event.seq] = HeldBack(seq=event.seq, at=event.at, what=event.type).model_dump_json()
            self._bodies[event.seq] = stored.body
        if let_out:
            self._let_out_by[event.seq] = let_out
            self._let_out_at |= dict.fromkeys(let_out, event.seq)

    async def shown(self, chunk: bytes) -> bytes:
        """Frames of a stream of server-sent events as the audience gets them.

        Args:
            chunk: Whole frames.

        Raises:
            StoreUnavailable: The log cannot be read now.
        """
        # All listeners at the same place are given the very same chunk.
        if (found := self._shown.get(chunk)) is not None:
            return found
        made = self._shown[chunk] = await self._made(chunk)
        if len(self._shown) > _MOST_SHOWN:
            self._shown.popitem(last=False)
        return made

    async def _made(self, chunk: bytes) -> bytes:
        frames = []
        for frame in chunk.split(b"\n\n"):
            if not frame.startswith(b"id: "):
                frames.append(frame)
                continue
            seq = int(frame[4 : frame.index(b"\n")])
            if seq > self._known:
                await self.follow(seq)
            let_out = self._let_out_by.get(seq, ())
            frames += [f"event: released\ndata: {self._bodies[earlier]}".encode() for earlier in let_out]
            stand_in = self._stand_ins.get(seq)
            frames.append(frame if stand_in is None else f"id: {seq}\ndata: {stand_in}".encode())
        return b"\n\n".join(frames)

    async def page(self, page: Sequence[StoredEvent], after: int) -> tuple[list[str], list[str]]:
        """Bodies of these events as the audience gets them now, and those of earlier ones that they let out."""
        if page:
            await self.follow(page[-1].seq)
        bodies = [one.body if self._is_out(one.seq) else self._stand_ins[one.seq] for one in page]
        let_out = [seq for one in page for seq in self._let_out_by.get(one.seq, ()) if seq <= after]
        return bodies, [self._bodies[seq] for seq in let_out]

    def _is_out(self, seq: int) -> bool:
        return seq not in self._stand_ins or seq in self._let_out_at


class Views:
    """The views of all debates that have an audience here.

    Args:
        store: Where logs are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._views: OrderedDict[str, View] = OrderedDict()

    def of(self, debate_id: str) -> View:
        """The view of one debate."""
        view = self._views.pop(debate_id, None) or View(debate_id, self._store)
        self._views[debate_id] = view
        while len(self._views) > _MOST_VIEWS:
            self._views.popitem(last=False)
        return view

    async def stream(self, debate_id: str, frames: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        """A listener's stream as the audience gets it."""
        view = self.of(debate_id)
        async with contextlib.aclosing(frames) as chunks:
            try:
                async for chunk in chunks:
                    yield await view.shown(chunk)
            except StoreUnavailable as error:
                # The listener connects again, as it does where the log itself cannot be read.
                get_logger().warning("store_unavailable", debate=debate_id, why=str(error))


def before_the_curtain(transcript: Transcript) -> Transcript:
    """As much of a transcript as its audience may see: it ends before the first event that is held back."""
    rulings = HeldRulings()
    for event in transcript.events:
        rulings.take(event)
    held = rulings.held
    if not held:
        return transcript
    seen: tuple[Event, ...] = tuple(one for one in transcript.events if one.seq < held[0].seq)
    return transcript.model_copy(update={"events": seen})


def lines_before_the_curtain(lines: list[str]) -> list[str]:
    """The same of a transcript's lines, its header first."""
    rulings = HeldRulings()
    for line in lines[1:]:
        if json.loads(line)["type"] in _DECIDING:
            rulings.take(EVENT.validate_json(line))
    held = rulings.held
    return lines[: held[0].seq] if held else lines
