"""A chat model that answers from a script: for tests, demonstrations and rehearsals without any endpoint."""

import asyncio
from collections.abc import Callable, Iterable

from language.chat import ChatRequest, OnWords, Reply, TokenUsage
from language.costs import count_tokens
from language.errors import ModelError, PlaybackMiss

ScriptLine = str | Reply | ModelError
Script = Iterable[ScriptLine] | Callable[[ChatRequest], ScriptLine]


class ScriptedChatModel:
    """Answers each request with the next line of its script, or with what a function makes of the request.

    A line is the reply's text, a whole `Reply`, or a `ModelError` that is raised. Every request is kept in
    `requests`, so that a test can look at what went out.
    """

    def __init__(self, script: Script, *, name: str = "scripted", endpoint: str = "scripted") -> None:
        self._answer: Callable[[ChatRequest], ScriptLine]
        if callable(script):
            self._answer = script
        else:
            lines = iter(script)

            def next_line(_: ChatRequest) -> ScriptLine:
                for line in lines:
                    return line
                raise PlaybackMiss(f"the script of {name!r} has no line left for request {len(self.requests)}; add one")

            self._answer = next_line
        self._name = name
        self._endpoint = endpoint
        self.requests: list[ChatRequest] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def endpoint(self) -> str:
        return self._endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        self.requests.append(request)
        # A real model always gives other tasks a turn; code that relies on never being interrupted must
        # fail here too.
        await asyncio.sleep(0)
        line = self._answer(request)
        if isinstance(line, ModelError):
            raise line
        reply = line if isinstance(line, Reply) else self._reply(request, line)
        if on_words is not None:
            for word in reply.text.splitlines(keepends=True):
                on_words(word)
        return reply

    def _reply(self, request: ChatRequest, text: str) -> Reply:
        usage = TokenUsage(
            calls=1,
            input_tokens=sum(count_tokens(message.content) for message in request.messages),
            output_tokens=count_tokens(text),
            estimated=True,
        )
        return Reply(text=text, model=self._name, usage=usage)
