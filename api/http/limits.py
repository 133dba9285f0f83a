"""Limits of rate and size."""

import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem_response

_MOST_KNOWN = 50_000  # buckets kept; the one idle longest goes first, and would be full again by then


class RateLimits:
    """Token buckets by key or address.

    Args:
        now: A monotonic clock in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, who: str, per_minute: int) -> float:
        """Take one token; 0 where there was one, else the seconds until there is."""
        left = self._left(who, per_minute)
        allowed = left >= 1
        self._buckets.pop(who, None)
        self._buckets[who] = (left - 1 if allowed else left, self._now())
        while len(self._buckets) > _MOST_KNOWN:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / per_minute

    def peek_s(self, who: str, per_minute: int) -> float:
        """Take no token; 0 where there is one, else the seconds until there is."""
        left = self._left(who, per_minute)
        return 0.0 if left >= 1 else (1 - left) * 60 / per_minute

    def _left(self, who: str, per_minute: int) -> float:
        now = self._now()
        left, since = self._buckets.get(who, (float(per_minute), now))
        return min(float(per_minute), left + (now - since) * per_minute / 60)


class _TooLarge(Exception):
    """A body went over its limit while it was read."""


class BodyLimit:
    """Refuses bodies over the limit, told by their length or found while reading.

    Args:
        app: What it protects.
        limit: In bytes.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless its body is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > self._limit:
            await self._refuse(scope, receive, send)
            return
        received = 0
        started = False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooLarge:
            if started:
                raise
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"at most {self._limit / 1e6:g} MB are taken"
        await problem_response(413, "too-large", "The request is too large", detail)(scope, receive, send)
