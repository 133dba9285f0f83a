"""Adapters of real chat models: any OpenAI-compatible address, and any provider that langchain knows.

The only module that loads langchain or openai, and only when a model is opened: they take more than a second.
"""

import json
import os
import re
from collections.abc import Awaitable, Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from language.chat import ChatRequest, OnWords, Reply, TokenUsage, clean_text
from language.completions import (
    FINISH_REASONS,
    THINKING_TOKENS,
    Collected,
    OnlyThought,
    reply_of_body,
    request_body,
    unsupported_part,
)
from language.errors import BadCredentials, BadRequest, EmptyReply, ModelError, Refused, RequestsForbidden, UnknownModel
from language.provider_errors import translate
from language.thinking import ThinkingFilter, strip_thinking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.runnables import Runnable
    from openai import APIStatusError, AsyncOpenAI, DefaultAioHttpClient

FORBID_SWITCH = "REJOINDER_FORBID_MODEL_REQUESTS"
"""Environment variable: "1" forbids every real request, "remote" all but those to this machine's own
loopback."""

_LISTING_TIMEOUT_S = 5.0
MOST_LISTED = 8

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_requests_allowed(endpoint: str) -> None:
    """Stop a real request where the switch forbids it.

    Raises:
        RequestsForbidden: The switch is set, and the endpoint is not one that it allows.
    """
    switch = os.environ.get(FORBID_SWITCH, "")
    if switch in ("", "0"):
        return
    if switch == "remote" and urlsplit(endpoint).hostname in _LOOPBACK:
        return
    raise RequestsForbidden(
        f"a request to {endpoint} while {FORBID_SWITCH}={switch} forbids it; use the scripted model, or unset it"
    )


@contextmanager
def _translated(endpoint: str, secret: str | None) -> "Iterator[None]":
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        # What a provider's package may raise has no common base; whatever is not known as its own passes on
        # unchanged.
        translated = translate(error, endpoint, secret)
        if translated is None:
            raise
        raise translated from error


class OpenAICompatibleModel:
    """A model at an address that speaks OpenAI's chat completions, by the openai client over aiohttp."""

    def __init__(self, client: "OpenedClient", base_url: str, model: str) -> None:
        self._client = client.openai
        self._http = client.http
        self._endpoint = base_url.rstrip("/")
        self._name = model
        self._unsupported: set[str] = set()
        self._thinking_tokens = 0
        # Every call goes to one address with the same headers: made once, they take a third less of the processor.
        headers = {**client.openai.default_headers, **client.openai.auth_headers}
        shown = {name: value for name, value in headers.items() if isinstance(value, str)}
        shown["Content-Type"] = "application/json"
        self._request = client.http.build_request("POST", f"{self._endpoint}/chat/completions", headers=shown)
        del self._request.headers["Content-Length"]

    @property
    def name(self) -> str:
        return self._name

    @property
    def endpoint(self) -> str:
        return self._endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        check_requests_allowed(self._endpoint)
        secret = self._client.api_key
        while True:
            try:
                with _translated(self._endpoint, secret if secret != NO_KEY else None):
                    if on_words is not None and request.format is None:
                        return await self._stream(request, on_words)
                    return reply_of_body(await self._post(request), self._name)
            except OnlyThought as error:
                if self._thinking_tokens or request.parameters.max_tokens is None:
                    raise EmptyReply(str(error)) from error
                self._thinking_tokens = THINKING_TOKENS
            except UnknownModel as error:
                raise UnknownModel(f"{error}{await self._offered()}") from error
            except ModelError as error:
                refused = unsupported_part(error, request)
                if refused is None or refused in self._unsupported:
                    raise
                # Which optional parts an endpoint takes is learnt from its refusals, once for each.
                self._unsupported.add(refused)

    async def _offered(self) -> str:
        """The models that the endpoint says it has, for the error about one that it lacks; empty where it says none."""
        try:
            found = [model.id async for model in self._client.models.list(timeout=_LISTING_TIMEOUT_S)]
        except Exception:  # noqa: BLE001 - this only helps an error that is on its way already
            return ""
        names = ", ".join(repr(one) for one in found[:MOST_LISTED])
        more = f" and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        return f"; it offers {names}{more}" if found else ""

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        return request_body(request, self._name, self._unsupported, self._thinking_tokens)

    async def _post(self, request: ChatRequest) -> object:
        """The decoded body of the endpoint's answer."""
        content = json.dumps(self._body(request)).encode()
        first = self._request
        response = await self._http.send(
            self._http.build_request("POST", first.url, content=content, headers=first.headers)
        )
        if response.status_code >= 400 or response.is_redirect:
            raise _status_error(response)
        return response.json()

    async def _stream(self, request: ChatRequest, on_words: OnWords) -> Reply:
        chunks = await self._client.chat.completions.create(**self._body(request), stream=True)
        collected = Collected(self._name, on_words)
        async with chunks:
            async for chunk in chunks:
                collected.add(chunk.model_dump(exclude_none=True))
                if collected.is_full:
                    break
        return collected.reply()

    async def close(self) -> None:
        await self._client.close()


NO_KEY = "none"
"""Sent to endpoints that need no key: the client insists on one."""


def load_libraries() -> None:
    """Load what asking an address takes, which is more than a second, once; in any thread."""
    from openai import AsyncOpenAI, DefaultAioHttpClient  # noqa: F401 - loaded for all that they load


class OpenedClient(NamedTuple):
    """A client, and the connections that it and its model share."""

    openai: "AsyncOpenAI"
    http: "DefaultAioHttpClient"


def open_client(base_url: str, api_key: str | None, timeout_s: float) -> OpenedClient:
    """A client of one address, for any number of models and debates; its own retries are off."""
    from openai import AsyncOpenAI, DefaultAioHttpClient

    http = DefaultAioHttpClient(timeout=timeout_s)
    client = AsyncOpenAI(
        base_url=base_url, api_key=api_key or NO_KEY, max_retries=0, timeout=timeout_s, http_client=http
    )
    return OpenedClient(client, http)


def _status_error(response: Any) -> "APIStatusError":
    """The openai package's error for an endpoint's refusal, with what the endpoint says about it."""
    from openai import APIStatusError

    try:
        body = response.json()
    except ValueError:
        body = None
    about = body.get("error", body) if isinstance(body, dict) else None
    said = about.get("message") if isinstance(about, dict) else about
    # A proxy's page says in mark-up what its status says already.
    plain = "" if "<" in response.text[:200] else response.text[:300]
    text = str(said or plain or response.reason_phrase)
    return APIStatusError(text, response=response, body=body)


# Providers name the bound of a reply's length, and the switch for their client's own retries, differently.
_LENGTH_PARAMETER = {"ollama": "num_predict", "google_genai": "max_output_tokens"}
_WITHOUT_RETRIES = frozenset({"ollama"})
_WITHOUT_SEED = frozenset({"anthropic", "google_genai"})


class LangchainModel:
    """A model of a provider that langchain knows, by its package for that provider."""

    def __init__(
        self,
        chat: "BaseChatModel",
        provider: str,
        model: str,
        secret: str | None = None,
        release: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._chat = chat
        self._provider = provider
        self._name = model
        self._secret = secret
        self._release = release
        self._unsupported: set[str] = set()
        self._thinking_tokens = 0

    @property
    def name(self) -> str:
        return self._name

    @property
    def endpoint(self) -> str:
        return self._provider

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        check_requests_allowed(self._provider)
        while True:
            try:
                with _translated(self._provider, self._secret):
                    return await self._ask(request, on_words)
            except OnlyThought as error:
                if self._thinking_tokens or request.parameters.max_tokens is None:
                    raise EmptyReply(str(error)) from error
                self._thinking_tokens = THINKING_TOKENS
            except BadRequest as error:
                refused = unsupported_part(error, request)
                if refused is None or refused == "system" or refused in self._unsupported:
                    raise
                self._unsupported.add(refused)

    async def _ask(self, request: ChatRequest, on_words: OnWords | None) -> Reply:
        messages = _langchain_messages(request)
        if request.format is not None:
            return await self._complete_formatted(request, messages)
        bound = self._chat.bind(**self._parameters(request))
        if on_words is None:
            return self._reply(await bound.ainvoke(messages))
        return await self._stream(bound, messages, on_words)

    async def _stream(
        self, bound: "Runnable[Any, AIMessage]", messages: "list[BaseMessage]", on_words: OnWords
    ) -> Reply:
        spoken = ThinkingFilter()
        whole: Any = None
        async for chunk in bound.astream(messages):
            whole = chunk if whole is None else whole + chunk
            if words := spoken.feed(str(chunk.text)):
                on_words(clean_text(words))
        if left := spoken.finish():
            on_words(clean_text(left))
        if whole is None:
            raise EmptyReply(f"{self._name!r} broke off before its first word")
        return self._reply(whole)

    async def _complete_formatted(self, request: ChatRequest, messages: "list[BaseMessage]") -> Reply:
        assert request.format is not None
        form = request.format
        schema = {"title": form.name, "description": "The answer.", **form.json_schema}
        method = "json_schema" if form.mode == "json_schema" else "function_calling"
        try:
            typed = self._chat.with_structured_output(schema, method=method, include_raw=True)
        except (NotImplementedError, ValueError, TypeError) as error:
            raise BadRequest(f"{self._provider} has no {form.mode} mode ({error})") from error
        answer = await typed.ainvoke(messages, **self._parameters(request))
        assert isinstance(answer, dict)
        raw, parsed = answer["raw"], answer["parsed"]
        if parsed is None:
            return self._reply(raw)
        return self._reply(raw, text=json.dumps(parsed, ensure_ascii=False))

    def _parameters(self, request: ChatRequest) -> dict[str, Any]:
        parameters = request.parameters
        chosen: dict[str, Any] = {}
        if parameters.temperature is not None and "temperature" not in self._unsupported:
            chosen["temperature"] = parameters.temperature
        if parameters.max_tokens is not None and "max_tokens" not in self._unsupported:
            length = parameters.max_tokens + self._thinking_tokens
            chosen[_LENGTH_PARAMETER.get(self._provider, "max_tokens")] = length
        if parameters.seed is not None and "seed" not in self._unsupported and self._provider not in _WITHOUT_SEED:
            chosen["seed"] = parameters.seed
        return {"options": chosen} if self._provider == "ollama" else chosen

    def _reply(self, message: "AIMessage", text: str | None = None) -> Reply:
        about = message.response_metadata
        stopped = about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or "stop"
        finish = FINISH_REASONS.get(str(stopped), "other")
        refusal = message.additional_kwargs.get("refusal")
        if finish == "refused" or refusal:
            raise Refused(f"{self._name!r} refused: {refusal or 'stopped by the provider'}"[:300])
        said = text or strip_thinking(clean_text(str(message.text)))
        if not said.strip():
            kind = OnlyThought if finish == "length" else EmptyReply
            raise kind(f"{self._name!r} answered without words")
        reported = message.usage_metadata
        usage = TokenUsage(
            calls=1,
            input_tokens=reported["input_tokens"] if reported else 0,
            output_tokens=reported["output_tokens"] if reported else 0,
        )
        model = str(about.get("model_name") or about.get("model") or self._name)
        return Reply(text=said, finish_reason=finish, model=model, usage=usage)

    async def close(self) -> None:
        # langchain's packages keep most clients for themselves; only what was made here is closed here.
        if self._release is not None:
            await self._release()


def _langchain_messages(request: ChatRequest) -> "list[BaseMessage]":
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [kinds[message.role](message.content) for message in request.messages]


def open_langchain(provider: str, model: str, *, api_key: str | None, timeout_s: float) -> LangchainModel:
    """A model by langchain's name for its provider; the key comes from the provider's own environment
    variable unless one is given.

    Raises:
        UnknownModel: langchain does not know the provider, or its package is not installed.
        BadCredentials: No key was found.
    """
    options: dict[str, Any] = {"timeout": timeout_s}
    release: Callable[[], Awaitable[None]] | None = None
    if provider not in _WITHOUT_RETRIES:
        options["max_retries"] = 0
    if api_key is not None:
        options["api_key"] = api_key
    if provider == "openai":
        from openai import DefaultAioHttpClient

        client = DefaultAioHttpClient(timeout=timeout_s)
        options["http_async_client"], release = client, client.aclose
    try:
        with _translated(provider, api_key):
            chat = _initialised(provider, model, options)
    except ValueError as error:
        known = "; known are openai, anthropic, google_genai, ollama and langchain's others"
        said = str(error).splitlines()[0].split(" Supported")[0].rstrip(". ")
        raise UnknownModel(f"cannot open {provider}:{model} ({said}){known}") from error
    return LangchainModel(chat, provider, model, api_key, release)


# The optional packages of this project by langchain's name for the provider.
_EXTRAS = {"anthropic": "anthropic", "google_genai": "google", "ollama": "ollama"}


def _initialised(provider: str, model: str, options: "dict[str, Any]") -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        extra = _EXTRAS.get(provider)
        named = re.search(r"langchain-[\w-]+", str(error))
        package = f"'rejoinder[{extra}]'" if extra else named[0] if named else f"langchain-{provider}"
        raise UnknownModel(f"{provider}:{model} needs a package that is missing; pip install {package}") from error
    key = getattr(chat, f"{provider}_api_key", None)
    if key is not None and not key.get_secret_value():
        # Without a key some clients go looking for other credentials in the network, and fail there.
        raise BadCredentials(f"{provider}: no key was found; set REJOINDER_API_KEY or {provider.upper()}_API_KEY")
    return chat
