import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

from language.errors import (
    BadCredentials,
    BadRequest,
    ContextOverflow,
    EmptyReply,
    ModelError,
    ModelUnavailable,
    RateLimited,
    Refused,
    UnknownModel,
)
from language.provider_errors import mapped_class, translate


def error_classes(module_name: str) -> list[type[BaseException]]:
    module: ModuleType = importlib.import_module(module_name)
    root = module_name.split(".")[0]
    return [
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Exception) and member.__module__.split(".")[0] == root
    ]


@pytest.mark.parametrize(
    "module_name",
    ["openai", "openai._exceptions", "langchain_core.exceptions", "langchain_openai.chat_models.base"],
)
def test_no_error_of_a_model_library_is_unmapped(module_name: str) -> None:
    """A release that adds an error class must not let it through to users."""
    classes = error_classes(module_name)

    assert classes
    assert [found for found in classes if mapped_class(found) is None] == []


@pytest.mark.parametrize(
    "module_name",
    [
        "anthropic",
        "anthropic._exceptions",
        "ollama",
        "google.genai.errors",
        "google.api_core.exceptions",
        "google.auth.exceptions",
        "langchain_google_genai._common",
        "langchain_google_genai.chat_models",
        "langchain_anthropic.chat_models",
        "langchain_ollama.chat_models",
    ],
)
def test_no_error_of_a_further_provider_is_unmapped(module_name: str) -> None:
    """The same for the providers of the extras, where they are installed."""
    pytest.importorskip(module_name)

    assert [found for found in error_classes(module_name) if mapped_class(found) is None] == []


def test_the_walk_sees_every_module_of_errors() -> None:
    """The modules walked above are those in which the libraries define their errors."""
    import openai

    defining = {
        module.name
        for module in pkgutil.iter_modules(openai.__path__, "openai.")
        if "exception" in module.name or "error" in module.name
    }

    assert defining == {"openai._exceptions"}


def test_transports_are_mapped() -> None:
    """Errors of the transports below the client are ours too, in case one passes through it."""
    import aiohttp
    import httpx
    import httpx2

    for module, base in ((httpx, httpx.HTTPError), (httpx2, httpx2.HTTPError), (aiohttp, aiohttp.ClientError)):
        classes = [member for _, member in inspect.getmembers(module, inspect.isclass) if issubclass(member, base)]
        assert classes
        assert [found for found in classes if mapped_class(found) is None] == []


class Answered(Exception):
    """An error with a status, as every client names it somehow."""

    def __init__(self, status: int, said: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(said)
        self.status_code = status
        self.response = type("Response", (), {"headers": headers or {}})()


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (400, "no", BadRequest),
        (400, "This model's maximum context length is 8192 tokens", ContextOverflow),
        (400, "Requested tokens (9000) exceed context window of 8192", ContextOverflow),
        (500, "Requested tokens (9000) exceed context window of 8192", ContextOverflow),
        (400, "blocked by content_filter", Refused),
        (401, "bad key", BadCredentials),
        (403, "no", BadCredentials),
        (404, "no such model", UnknownModel),
        (408, "slow", ModelUnavailable),
        (413, "too large", ContextOverflow),
        (422, "what", BadRequest),
        (429, "slow down", RateLimited),
        (429, "You exceeded your current quota", BadCredentials),
        (500, "oops", ModelUnavailable),
        (529, "overloaded", ModelUnavailable),
    ],
)
def test_status_codes_and_words_decide(status: int, said: str, expected: type[ModelError]) -> None:
    """What an endpoint answers decides, whichever library carries it."""
    assert type(translate(Answered(status, said), "here")) is expected


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry-after": "7"}, 7.0), ({"retry-after-ms": "250"}, 0.25), ({}, None), ({"retry-after": "soon"}, None)],
)
def test_retry_after_is_read(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds and milliseconds are read; nonsense is no pause."""
    error = translate(Answered(429, "slow down", headers), "here")

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == seconds


def test_retry_after_as_a_date_is_read() -> None:
    """A date in the past asks for no pause."""
    error = translate(Answered(429, "slow", {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}), "here")

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 0.0


def test_a_key_is_never_part_of_a_message() -> None:
    """Endpoints echo keys; our errors do not."""
    for said in ("Incorrect API key provided: hunter2hunter2", "bad key sk-abcdefgh12345678"):
        error = translate(Answered(401, said), "here", secret="hunter2hunter2")
        assert "hunter2" not in str(error)
        assert "abcdefgh" not in str(error)


def test_errors_of_our_own_making_are_not_translated() -> None:
    """A bug stays visible as a bug."""
    assert translate(AttributeError("oops"), "here") is None


def test_a_broken_body_is_an_empty_reply() -> None:
    """JSON that ends in the middle is worth another try."""
    import json

    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads('{"choices": [{"mess')

    assert isinstance(translate(caught.value, "here"), EmptyReply)
