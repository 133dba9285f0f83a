"""Chat completions as OpenAI-compatible endpoints take and give them, with the liberties that many of them
allow themselves."""

import json
from collections.abc import Collection
from typing import Any

from language.chat import ChatRequest, FinishReason, OnWords, Reply, ReplyFormat, TokenUsage, clean_text
from language.errors import BadRequest, EmptyReply, ModelError, Refused
from language.thinking import ThinkingFilter, strip_thinking

MAX_REPLY_CHARS = 200_000
"""Longer replies are cut: nothing that a debate asks for is near it."""

FINISH_REASONS: dict[str, FinishReason] = {
    "stop": "stop",
    "end_turn": "stop",
    "STOP": "stop",
    "tool_calls": "stop",
    "tool_use": "stop",
    "length": "length",
    "max_tokens": "length",
    "MAX_TOKENS": "length",
    "content_filter": "refused",
    "refusal": "refused",
    "SAFETY": "refused",
}


THINKING_TOKENS = 4_096
"""What a model that thinks before it speaks gets beyond the length of its reply, once it is known to think."""


class OnlyThought(EmptyReply):
    """The reply's length ran out before its first word: the model thinks first, and needs more room."""


def request_body(
    request: ChatRequest, model: str, unsupported: Collection[str] = (), thinking_tokens: int = 0
) -> dict[str, Any]:
    """The body of a request.

    Args:
        request: What is asked.
        model: The model's name at the endpoint.
        unsupported: Optional parts that the endpoint has refused before, as `unsupported_part` names them.
        thinking_tokens: Room for thinking, beyond the reply's own length.
    """
    messages = [{"role": message.role, "content": message.content} for message in request.messages]
    if "system" in unsupported:
        messages = _without_system(messages)
    body: dict[str, Any] = {"model": model, "messages": messages}
    parameters = request.parameters
    if parameters.temperature is not None and "temperature" not in unsupported:
        body["temperature"] = parameters.temperature
    if parameters.max_tokens is not None:
        length = "max_completion_tokens" if "max_tokens" in unsupported else "max_tokens"
        body[length] = parameters.max_tokens + thinking_tokens
    if parameters.seed is not None and "seed" not in unsupported:
        body["seed"] = parameters.seed
    if request.format is not None:
        body.update(_format_fields(request.format))
    return body


def _format_fields(form: ReplyFormat) -> dict[str, Any]:
    if form.mode == "json_schema":
        schema = {"name": form.name, "schema": form.json_schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    function = {"name": form.name, "description": "Give the answer.", "parameters": form.json_schema}
    return {
        "tools": [{"type": "function", "function": function}],
        "tool_choice": {"type": "function", "function": {"name": form.name}},
    }


def _without_system(messages: list[dict[str, str]]) -> list[dict[str, str]]:
    system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
    others = [message for message in messages if message["role"] != "system"]
    first, rest = others[0], others[1:]
    return [{"role": first["role"], "content": f"{system}\n\n{first['content']}"}, *rest]


def unsupported_part(error: ModelError, request: ChatRequest) -> str | None:
    """The optional part of a request that an endpoint's refusal names, None where it names none."""
    said = str(error).lower()
    if "system" in said and "role" in said and "support" in said and len(request.messages) > 1:
        return "system"
    if not isinstance(error, BadRequest):
        return None
    for part, value in (
        ("max_tokens", request.parameters.max_tokens),
        ("temperature", request.parameters.temperature),
        ("seed", request.parameters.seed),
    ):
        if value is not None and part in said:
            return part
    return None


def reply_of_body(body: object, model: str) -> Reply:
    """The reply in a response's decoded body.

    Raises:
        EmptyReply: There are no words in it.
        Refused: The provider's filter or the model refused.
    """
    collected = Collected(model, None)
    if not isinstance(body, dict):
        raise EmptyReply(f"{model!r} sent no chat completion but {str(body)[:80]!r}")
    collected.add(body)
    return collected.reply(is_complete=True)


class Collected:
    """What has arrived of a reply: one body, or the chunks of a stream."""

    def __init__(self, model: str, on_words: OnWords | None) -> None:
        self._asked_model = model
        self._model = model
        self._on_words = on_words
        self._filter = ThinkingFilter()
        self._words: list[str] = []
        self._chars = 0
        self._arguments: list[str] = []
        self._refusal = ""
        self._finish: str | None = None
        self._usage: dict[str, Any] = {}

    def add(self, part: dict[str, Any]) -> None:
        if part.get("error"):
            raise EmptyReply(f"{self._asked_model!r} broke off: {str(part['error'])[:200]}")
        self._model = str(part.get("model") or self._model)
        if isinstance(part.get("usage"), dict):
            self._usage = part["usage"]
        choices = part.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return
        choice = choices[0]
        self._finish = choice.get("finish_reason") or self._finish
        message = choice.get("message") or choice.get("delta") or {}
        words = _plain(message.get("content"))
        self._words.append(words)
        # What a model thinks is counted too, or one that thinks for ever would never be stopped.
        self._chars += len(words) + len(_plain(message.get("reasoning_content")))
        self._refusal += str(message.get("refusal") or "")
        for call in message.get("tool_calls") or ():
            arguments = (call.get("function") or {}).get("arguments")
            self._arguments.append(arguments if isinstance(arguments, str) else json.dumps(arguments))
        if self._on_words is not None and words and (spoken := self._filter.feed(words)):
            self._on_words(clean_text(spoken))

    @property
    def is_full(self) -> bool:
        """Whether more has arrived than any reply needs: a stream without an end is not waited for."""
        return self._chars > 2 * MAX_REPLY_CHARS

    def reply(self, *, is_complete: bool = False) -> Reply:
        finish = FINISH_REASONS.get(self._finish or "", "stop" if is_complete else "other")
        if self._refusal or finish == "refused":
            raise Refused(f"{self._asked_model!r} refused: {self._refusal or 'stopped by the provider'}"[:300])
        if self._finish is None and not is_complete:
            raise EmptyReply(f"{self._asked_model!r} broke off in the middle of its reply")
        if self._on_words is not None and (left := self._filter.finish()):
            self._on_words(clean_text(left))
        said = strip_thinking(clean_text("".join(self._words)[:MAX_REPLY_CHARS]))
        text = "".join(self._arguments) or said
        if not text.strip():
            kind = OnlyThought if finish == "length" else EmptyReply
            raise kind(f"{self._asked_model!r} answered without words")
        usage = TokenUsage(
            calls=1,
            input_tokens=_count(self._usage.get("prompt_tokens")),
            output_tokens=_count(self._usage.get("completion_tokens")),
        )
        return Reply(text=clean_text(text), finish_reason=finish, model=self._model, usage=usage)


def _plain(content: object) -> str:
    # Some servers send a message's content as a list of typed parts.
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return ""


def _count(value: object) -> int:
    return max(value, 0) if isinstance(value, int) else 0
