"""A stream of server-sent events, written to the server without anything in between: it is sent a thousand times."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class EventStream(Response):
    """Sends chunks as they come, each when the listener has taken the one before; ends when they end or nobody listens.

    Args:
        chunks: Whole frames. A listener that reads slowly is sent no further one, and so costs no memory.
    """

    media_type = "text/event-stream"

    def __init__(self, chunks: AsyncGenerator[bytes, None]) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the chunks end, or the listener is gone."""
        del scope
        sending = asyncio.current_task()
        assert sending is not None
        leaving = asyncio.ensure_future(_until_gone(receive))
        leaving.add_done_callback(lambda one: None if one.cancelled() else sending.cancel())
        try:
            await self._send_all(send)
        except asyncio.CancelledError:
            if not leaving.done():
                raise
            sending.uncancel()  # nobody listens any more
        finally:
            leaving.cancel()
            await self._chunks.aclose()

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for chunk in self._chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
