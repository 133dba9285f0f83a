"""Phones without a page: thirty of them fit beside a browser on a small machine."""

import contextlib
import json
import socket
import threading
import time
from typing import Any

import httpx

from tests.api.classroom.browsing import ClassServer


class LightPhone:
    """A pupil's phone, as the service sees it: it joins, follows the stream, connects again, and votes.

    Args:
        server: The class's server.
        nickname: What its pupil is called.
    """

    def __init__(self, server: ClassServer, nickname: str | None = None) -> None:
        body = {"code": server.code, "nickname": nickname}
        joined = httpx.post(f"{server.url}/classroom/join", json=body, timeout=30)
        assert joined.status_code == 201, joined.text
        self._headers = {"Authorization": f"Bearer {joined.json()['token']}"}
        self._debate = f"{server.url}/v1/debates/{joined.json()['debate_id']}"
        self.events: dict[int, dict[str, Any]] = {}
        self.last = 0
        self.connections = 0
        self._stop = threading.Event()
        self._socket: socket.socket | None = None
        self._client = httpx.Client(timeout=httpx.Timeout(10, read=60))
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def choose(self, poll: str, choice: str) -> None:
        """Cast a ballot."""
        path = f"{self._debate}/polls/{poll}/ballot"
        answer = httpx.put(path, json={"choice": choice}, headers=self._headers, timeout=30)
        assert answer.status_code == 204, answer.text

    def wait_for(self, seq: int, deadline_s: float = 30.0) -> None:
        """Wait until the event with this seq has come."""
        end = time.monotonic() + deadline_s
        while self.last < seq:
            assert time.monotonic() < end, f"at {self.last} of {seq}"
            time.sleep(0.05)

    def leave(self) -> None:
        """Follow no longer."""
        self._stop.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._client.close()

    def _follow(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(httpx.HTTPError):
                self._listen()
            self._stop.wait(0.5)

    def _listen(self) -> None:
        headers = {**self._headers, "Accept": "text/event-stream", "Last-Event-ID": str(self.last)}
        with self._client.stream("GET", f"{self._debate}/events", headers=headers) as told:
            self.connections += 1
            self._socket = told.extensions["network_stream"].get_extra_info("socket")
            kind = "message"
            for line in told.iter_lines():
                if self._stop.is_set():
                    return
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: ") and kind in ("message", "released"):
                    self._keep(kind, json.loads(line.removeprefix("data: ")))
                elif not line:
                    kind = "message"

    def _keep(self, kind: str, event: dict[str, Any]) -> None:
        if kind == "message":
            assert event["seq"] == self.last + 1, f"{event['seq']} after {self.last}"
            self.last = event["seq"]
        self.events[event["seq"]] = event
