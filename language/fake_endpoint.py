"""A real HTTP server that speaks OpenAI's chat completions and misbehaves on demand, for tests and
benchmarks.

    python -m language.fake_endpoint --port 8099 --latency 0.05 --faults 0.2

It asks no model: replies come from a function of the request. What it does with a request (answer, or which
fault) is drawn from a seed and the request's number, so that a run can be repeated.
"""

import argparse
import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, get_args

from aiohttp import web

FaultKind = Literal["429", "500", "503", "truncated", "empty", "hang"]
"""The faults that are drawn by share."""
Oddity = Literal["html", "502 html", "drip", "thought", "reasoning"]
"""What an endpoint does only where a plan says so: an error page with a good status or a bad one, words that come for
ever one by one, a reply whose length was used up by thinking, a reply with its thinking beside it."""
Responder = Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Behaviour:
    """How the endpoint answers."""

    latency_s: float = 0.0
    word_s: float = 0.0
    """Seconds before each word of a streamed answer."""
    fault_share: float = 0.0
    """Share of requests, 0 to 1, that meet a fault."""
    fault_kinds: tuple[FaultKind, ...] = get_args(FaultKind)
    plan: tuple[FaultKind | Oddity | None, ...] = ()
    """What the first requests meet, one by one; None is a proper answer. Afterwards `fault_share` decides."""
    retry_after_s: float | None = 0.05
    """None: a 429 says nothing about it."""
    hang_s: float = 60.0
    knows_json_schema: bool = True
    """False: a request for it gets a 500, as some small servers give."""
    knows_tools: bool = True
    """False: a request for one gets a 400."""
    reports_usage: bool = True
    api_key: str | None = None
    """Any other key gets a 401, where set."""
    models: tuple[str, ...] = ()
    """Any other model gets a 404, where set."""
    thinks_tokens: int = 0
    """What it thinks before it speaks: a shorter bound of the reply leaves no words."""
    context_tokens: int | None = None
    """A longer request gets a 400 of the usual kind, where set."""
    seed: int = 0


def stock_reply(request: dict[str, Any]) -> str:
    """A few words about nothing, different for each length of the conversation."""
    return f"That is argument number {len(request['messages'])}, and it still stands."


def replies_in_turn(replies: Sequence[str]) -> Responder:
    """Gives the replies one after the other, and the last one for ever."""
    waiting = list(replies)
    return lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@dataclass
class FakeEndpoint:
    """The server; an async context manager that listens on loopback while it is open."""

    responder: Responder = stock_reply
    behaviour: Behaviour = Behaviour()
    port: int = 0
    """0 takes any free port; after opening, the port in use."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of all requests, in order of arrival."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """How often each fault, "answer" and each refusal was given."""
    most_in_flight: int = 0
    keeps_requests: bool = True
    """False saves memory under load."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.behaviour.seed)
        self._runner: web.AppRunner | None = None
        self._in_flight = 0
        self._arrived = 0

    @property
    def base_url(self) -> str:
        """What a client takes as its base address."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> "FakeEndpoint":
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._list)
        # Hanging requests must not delay the end of a test.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024)
        await site.start()
        server = site._server
        assert isinstance(server, asyncio.Server)
        self.port = server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _list(self, _: web.Request) -> web.Response:
        models = [{"id": one, "object": "model", "created": 0, "owned_by": "fake"} for one in self.behaviour.models]
        return web.json_response({"object": "list", "data": models})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            body = await request.json()
            if self.keeps_requests:
                self.requests.append(body)
            fault = self._next_fault()
            refusal = None if fault else self._refusal(request, body)
            self.outcomes[fault or (str(refusal.status) if refusal is not None else "answer")] += 1
            await asyncio.sleep(self.behaviour.hang_s if fault == "hang" else self.behaviour.latency_s)
            if refusal is not None:
                return refusal
            return await self._respond(request, body, fault)
        finally:
            self._in_flight -= 1

    def _next_fault(self) -> FaultKind | Oddity | None:
        self._arrived += 1
        if self._arrived <= len(self.behaviour.plan):
            return self.behaviour.plan[self._arrived - 1]
        if self._random.random() < self.behaviour.fault_share:
            return self._random.choice(self.behaviour.fault_kinds)
        return None

    def _refusal(self, request: web.Request, body: dict[str, Any]) -> web.Response | None:
        behaviour = self.behaviour
        if behaviour.api_key and request.headers.get("Authorization") != f"Bearer {behaviour.api_key}":
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            return _error(401, f"Incorrect API key provided: {given}")
        if behaviour.models and body.get("model") not in behaviour.models:
            return _error(404, f"The model {body.get('model')!r} does not exist")
        size = sum(len(str(message["content"])) for message in body["messages"]) // 4
        if behaviour.context_tokens is not None and size > behaviour.context_tokens:
            said = f"This model's maximum context length is {behaviour.context_tokens} tokens, you sent {size}"
            return _error(400, said, code="context_length_exceeded")
        if "response_format" in body and not behaviour.knows_json_schema:
            return _error(500, "Internal Server Error")
        if "tools" in body and not behaviour.knows_tools:
            return _error(400, "tools are not supported")
        return None

    async def _respond(
        self, request: web.Request, body: dict[str, Any], fault: FaultKind | Oddity | None
    ) -> web.StreamResponse:
        if fault == "429":
            wait_s = self.behaviour.retry_after_s
            return _error(429, "Rate limit reached", {} if wait_s is None else {"Retry-After": str(wait_s)})
        if fault in ("500", "503"):
            return _error(int(fault), "Internal Server Error" if fault == "500" else "Overloaded")
        if fault in ("html", "502 html"):
            page = "<html><head><title>Bad gateway</title></head><body><h1>nginx</h1></body></html>"
            return web.Response(text=page, content_type="text/html", status=200 if fault == "html" else 502)
        if fault == "drip":
            return await self._drip(request)
        bound = body.get("max_tokens") or body.get("max_completion_tokens") or 1_000_000
        is_only_thought = fault == "thought" or bound <= self.behaviour.thinks_tokens
        text = "" if fault == "empty" or is_only_thought else self.responder(body)
        if body.get("stream"):
            return await self._stream(request, body, text, is_truncated=fault == "truncated")
        completion = _completion(body, text, self.behaviour.reports_usage)
        if is_only_thought or fault == "reasoning":
            completion["choices"][0]["message"]["reasoning_content"] = "A secret thought."
            completion["choices"][0]["finish_reason"] = "length" if is_only_thought else "stop"
        whole = json.dumps(completion)
        if fault == "truncated":
            # A proper response by its headers, whose body ends in the middle of a word.
            return web.Response(text=whole[: len(whole) // 2], content_type="application/json")
        return web.Response(text=whole, content_type="application/json")

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        while request.transport is not None and not request.transport.is_closing():
            chunk = {"choices": [{"index": 0, "delta": {"content": "on and "}, "finish_reason": None}]}
            await response.write(_event({"id": "fake", "object": "chat.completion.chunk", "created": 0} | chunk))
            await asyncio.sleep(0.01)
        return response

    async def _stream(
        self, request: web.Request, body: dict[str, Any], text: str, *, is_truncated: bool
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        words = text.split(" ")
        pieces = [word if at == 0 else f" {word}" for at, word in enumerate(words)]
        for piece in pieces[: len(pieces) // 2] if is_truncated else pieces:
            if self.behaviour.word_s:
                await asyncio.sleep(self.behaviour.word_s)
            chunk = {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
            await response.write(_event({"id": "fake", "object": "chat.completion.chunk", "created": 0} | chunk))
        if is_truncated:
            assert request.transport is not None
            request.transport.close()
            return response
        last = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "model": body.get("model")}
        await response.write(_event({"id": "fake", "object": "chat.completion.chunk", "created": 0} | last))
        await response.write(b"data: [DONE]\n\n")
        return response


def _event(chunk: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _error(status: int, said: str, headers: dict[str, str] | None = None, code: str | None = None) -> web.Response:
    body = {"error": {"message": said, "type": "error", "code": code}}
    return web.json_response(body, status=status, headers=headers)


def _completion(body: dict[str, Any], text: str, reports_usage: bool) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if "tools" in body:
        name = body["tools"][0]["function"]["name"]
        call = {"id": "call", "type": "function", "function": {"name": name, "arguments": text}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    completion: dict[str, Any] = {
        "id": "fake",
        "object": "chat.completion",
        "created": 0,
        "model": body.get("model"),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }
    if reports_usage:
        tokens_in = sum(len(str(one["content"])) for one in body["messages"]) // 4
        tokens_out = len(text) // 4
        completion["usage"] = {
            "prompt_tokens": tokens_in,
            "completion_tokens": tokens_out,
            "total_tokens": tokens_in + tokens_out,
        }
    return completion


async def _serve(arguments: argparse.Namespace) -> None:
    behaviour = Behaviour(latency_s=arguments.latency, fault_share=arguments.faults, hang_s=arguments.hang)
    async with FakeEndpoint(behaviour=behaviour, port=arguments.port, keeps_requests=False) as endpoint:
        print(endpoint.base_url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A fake OpenAI-compatible endpoint on this machine.")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--faults", type=float, default=0.0, help="share of requests that meet a fault")
    parser.add_argument("--hang", type=float, default=60.0, help="seconds that a hanging request takes")
    arguments = parser.parse_args()
    try:
        asyncio.run(_serve(arguments))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
