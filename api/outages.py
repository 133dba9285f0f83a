"""A model whose endpoint is gone: the debate waits until it answers again, and loses nothing.

Retries get over a passing fault. When they are used up the endpoint is down; then it is only knocked at, and the call
is made anew once somebody answers there.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from language.chat import ChatModel, ChatRequest, OnWords, Reply
from language.errors import ModelUnavailable, RateLimited

FIRST_KNOCK_S, LONGEST_KNOCK_S = 1.0, 15.0
CONNECT_S = 5.0

Report = Callable[[str | None], None]
"""Told why a debate waits for its model, and with None that it goes on."""
Knock = Callable[[str], Awaitable[str | None]]
"""Says why nobody answers at an endpoint; None where somebody does, or where that cannot be told."""
Pause = Callable[[float], Awaitable[None]]


async def knock(endpoint: str) -> str | None:
    """Whether anything listens at an endpoint's address; sends nothing.

    Returns:
        Why not; None where it does. A provider without an address of its own is taken to be there.
    """
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https"):
        return None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(parts.hostname, port), CONNECT_S)
    except TimeoutError:
        return f"no answer in {CONNECT_S:g} s"
    except OSError as error:
        return error.strerror or type(error).__name__
    writer.close()
    return None


class PatientModel:
    """Waits for an endpoint that is gone, instead of giving a debate up.

    Args:
        inner: The model, with its retries.
        patience_s: How long an outage may last; then its error is raised.
        report: Told of the wait.
        knock: Asks whether the endpoint is there.
        pause: Waits between two knocks.
    """

    def __init__(
        self,
        inner: ChatModel,
        patience_s: float,
        report: Report,
        *,
        knock: Knock = knock,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._inner = inner
        self._patience_s = patience_s
        self._report = report
        self._knock = knock
        self._pause = pause

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def endpoint(self) -> str:
        return self._inner.endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        ends_at: float | None = None
        wait_s = FIRST_KNOCK_S
        while True:
            try:
                reply = await self._inner.complete(request, on_words)
            except (ModelUnavailable, RateLimited) as error:
                ends_at = ends_at or time.monotonic() + self._patience_s
                if request.single_try or time.monotonic() + wait_s > ends_at:
                    raise
                self._report(str(error))
            else:
                if ends_at is not None:
                    self._report(None)
                return reply
            wait_s = await self._wait_until_there(wait_s, ends_at)
            if on_words is not None:
                on_words("")  # what was shown before the outage is void

    async def _wait_until_there(self, wait_s: float, ends_at: float) -> float:
        """Return when somebody answers, or patience has ended; the next pause, longer each time."""
        while True:
            await self._pause(wait_s)
            wait_s = min(LONGEST_KNOCK_S, wait_s * 2)
            if await self._knock(self.endpoint) is None or time.monotonic() + wait_s > ends_at:
                return wait_s
