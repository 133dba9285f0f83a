"""The port behind which every chat model stands, and what goes through it.

The port has one method. Retries, limits, budgets and recordings are wrappers with the same method, so that
each can be tested alone and left out where nobody needs it.
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Role = Literal["system", "user", "assistant"]
FinishReason = Literal["stop", "length", "refused", "other"]
FormatMode = Literal["json_schema", "tools"]
OnWords = Callable[[str], None]


class ChatValue(BaseModel):
    """Base of what goes through the port: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(ChatValue):
    """One message of a conversation with a model."""

    role: Role
    content: str


class Parameters(ChatValue):
    """How a reply is generated; None leaves the endpoint's own default."""

    temperature: float | None = Field(default=None, ge=0.0, le=2.0)
    max_tokens: int | None = Field(default=None, ge=1)
    """Upper bound of the reply's length."""
    seed: int | None = None
    """Asked of endpoints that know seeds; others ignore it."""


class ReplyFormat(ChatValue):
    """A form of reply that the endpoint itself is asked to enforce."""

    mode: FormatMode
    name: str = Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")
    json_schema: dict[str, Any]


class ChatRequest(ChatValue):
    """One question to a model."""

    messages: tuple[Message, ...] = Field(min_length=1)
    parameters: Parameters = Parameters()
    format: ReplyFormat | None = None
    deadline_s: float | None = Field(default=None, gt=0)
    """Seconds for the whole call, retries and their pauses included; None leaves it to the model's retry policy."""
    template: str = ""
    """Name and hash of the prompt template, as `Prompt.template`; empty for a prompt that came from none."""
    single_try: bool = False
    """True where a failure is itself the answer (does this endpoint know tools?), so that nothing tries it
    again."""

    def digest(self, model: str) -> str:
        """SHA-256 of all that decides the reply: model, messages, parameters and format, in hexadecimal."""
        decisive = {
            "model": model,
            "messages": [[message.role, message.content] for message in self.messages],
            "parameters": self.parameters.model_dump(exclude_none=True),
            "format": self.format.model_dump() if self.format else None,
        }
        text = json.dumps(decisive, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


class TokenUsage(ChatValue):
    """What one or more calls took."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    """None where the price of the model is unknown."""
    estimated: bool = False
    """True where an endpoint reported no usage and the tokens were counted here."""

    def __add__(self, other: "TokenUsage") -> "TokenUsage":
        if self.cost_usd is None and other.cost_usd is None:
            cost = None
        else:
            cost = (self.cost_usd or 0.0) + (other.cost_usd or 0.0)
        return TokenUsage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=cost,
            estimated=self.estimated or other.estimated,
        )


class Reply(ChatValue):
    """What a model answered; `text` is never empty."""

    text: str = Field(min_length=1)
    """The words, or the JSON text of a tool call where the request's format asked for one."""
    finish_reason: FinishReason = "stop"
    model: str
    """The model's name as the endpoint gives it, or as it was asked for."""
    usage: TokenUsage = TokenUsage()


class ChatModel(Protocol):
    """Answers requests; every adapter and every wrapper has this shape."""

    @property
    def name(self) -> str:
        """The model's name, as shown to users and recorded."""
        ...

    @property
    def endpoint(self) -> str:
        """Where it is asked: a base address or a provider's name; never holds a key."""
        ...

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        """Answer one request.

        Args:
            request: What is asked.
            on_words: Called with each run of words as it arrives. What it is shown is provisional: after a failure
                in the middle, a retry starts from the first word again, and says so by an empty run.

        Raises:
            ModelError: The subclass says what failed; never another library's error.
        """
        ...


_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text without what cannot be stored or sent: lone surrogates and NULs become U+FFFD, other controls go."""
    if not _UNSTORABLE.search(text):
        return text
    return _UNSTORABLE.sub(lambda found: "\ufffd" if found[0] == "\0" or found[0] >= "\ud800" else "", text)
