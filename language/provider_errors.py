"""Every error of a model library, translated into our tree.

Classes are told apart by name, so that this module loads none of the libraries: it is asked with whatever
they raised.
"""

import re

from language.errors import (
    BadCredentials,
    BadRequest,
    ContextOverflow,
    EmptyReply,
    MalformedReply,
    ModelError,
    ModelUnavailable,
    RateLimited,
    Refused,
    UnknownModel,
)

# Module root and class name; an error is looked up by its own class first, then by its bases, nearest first.
_BY_CLASS: dict[str, type[ModelError]] = {
    "openai.APITimeoutError": ModelUnavailable,
    "openai.APIConnectionError": ModelUnavailable,
    "openai.InternalServerError": ModelUnavailable,
    "openai.WebSocketConnectionClosedError": ModelUnavailable,
    "openai.WebSocketQueueFullError": ModelUnavailable,
    "openai.AuthenticationError": BadCredentials,
    "openai.OAuthError": BadCredentials,
    "openai.PermissionDeniedError": BadCredentials,
    "openai.SubjectTokenProviderError": BadCredentials,
    "openai.NotFoundError": UnknownModel,
    "openai.RateLimitError": RateLimited,
    "openai.BadRequestError": BadRequest,
    "openai.ConflictError": BadRequest,
    "openai.UnprocessableEntityError": BadRequest,
    "openai.InvalidWebhookSignatureError": BadRequest,
    "openai.APIResponseValidationError": EmptyReply,
    "openai.LengthFinishReasonError": EmptyReply,
    "openai.ContentFilterFinishReasonError": Refused,
    "openai.APIStatusError": BadRequest,
    "openai.APIError": ModelUnavailable,
    "openai.OpenAIError": BadRequest,
    "langchain_core.ModelAuthenticationError": BadCredentials,
    "langchain_core.ModelPermissionDeniedError": BadCredentials,
    "langchain_core.ModelInvalidRequestError": BadRequest,
    "langchain_core.ModelNotFoundError": UnknownModel,
    "langchain_core.ModelRateLimitError": RateLimited,
    "langchain_core.ModelAPIError": ModelUnavailable,
    "langchain_core.ModelConnectionError": ModelUnavailable,
    "langchain_core.ModelTimeoutError": ModelUnavailable,
    "langchain_core.ContextOverflowError": ContextOverflow,
    "langchain_core.OutputParserException": MalformedReply,
    "langchain_core.TracerException": BadRequest,
    "langchain_core.ModelError": BadRequest,
    "langchain_core.LangChainException": BadRequest,
    "langchain_openai.OpenAIRefusalError": Refused,
    "langchain_openai.StreamChunkTimeoutError": ModelUnavailable,
    "httpx.InvalidURL": BadRequest,
    "httpx.UnsupportedProtocol": BadRequest,
    "httpx.TooManyRedirects": BadRequest,
    "httpx.HTTPStatusError": ModelUnavailable,
    "httpx.HTTPError": ModelUnavailable,
    "httpx.StreamError": ModelUnavailable,
    "httpx2.InvalidURL": BadRequest,
    "httpx2.UnsupportedProtocol": BadRequest,
    "httpx2.TooManyRedirects": BadRequest,
    "httpx2.HTTPStatusError": ModelUnavailable,
    "httpx2.HTTPError": ModelUnavailable,
    "httpx2.StreamError": ModelUnavailable,
    "aiohttp.InvalidURL": BadRequest,
    "aiohttp.ClientError": ModelUnavailable,
    "anthropic.APITimeoutError": ModelUnavailable,
    "anthropic.APIConnectionError": ModelUnavailable,
    "anthropic.InternalServerError": ModelUnavailable,
    "anthropic.APIResponseValidationError": EmptyReply,
    "anthropic.AuthenticationError": BadCredentials,
    "anthropic.PermissionDeniedError": BadCredentials,
    "anthropic.CredentialsError": BadCredentials,
    "anthropic.WorkloadIdentityError": BadCredentials,
    "anthropic.NotFoundError": UnknownModel,
    "anthropic.RateLimitError": RateLimited,
    "anthropic.RetryableError": ModelUnavailable,
    "anthropic.AnthropicError": BadRequest,
    "ollama.RequestError": BadRequest,
    "ollama.ResponseError": BadRequest,
    "google.APIError": BadRequest,
    "google.TransportError": ModelUnavailable,
    "google.GoogleAuthError": BadCredentials,
    "google.AsyncRestUnsupportedParameterError": BadRequest,
    "google.RetryError": ModelUnavailable,
    "google.ServerError": ModelUnavailable,
    "google.GoogleAPIError": BadRequest,
    "langchain_google_genai.ChatGoogleGenerativeAIError": BadRequest,
    "langchain_google_genai.GoogleGenerativeAIError": BadRequest,
    "json.JSONDecodeError": EmptyReply,
    "pydantic_core.ValidationError": EmptyReply,
    "builtins.UnicodeDecodeError": EmptyReply,
    "builtins.TimeoutError": ModelUnavailable,
    "builtins.OSError": ModelUnavailable,
    "builtins.ImportError": UnknownModel,
}

_OVERFLOW = re.compile(
    r"context.?(length|window|size)|maximum context|too many tokens|exceeds? the context|prompt is too long|"
    r"exceed\w* .{0,40}\btokens|input tokens exceed|request \(\d+ tokens\) exceeds",
    re.IGNORECASE,
)
_FILTERED = re.compile(r"content.?(filter|policy|management)|safety (system|setting)|\bmoderation\b", re.IGNORECASE)
_NO_QUOTA = re.compile(r"insufficient.?quota|exceeded your current quota|billing", re.IGNORECASE)
_NO_KEY = re.compile(r"api[_ ]?key|credential", re.IGNORECASE)

ADVICE: dict[type[ModelError], str] = {
    ModelUnavailable: "check that the endpoint is up and reachable",
    RateLimited: "wait, or lower the calls per minute",
    EmptyReply: "the endpoint sent no usable reply",
    BadCredentials: "check the key and the account",
    UnknownModel: "check the model's name",
    ContextOverflow: "the request is longer than the model's context window",
    Refused: "the provider's filter refused the request",
    BadRequest: "the endpoint rejected the request",
    MalformedReply: "the reply did not have the form asked for",
}


def mapped_class(error_class: type[BaseException]) -> type[ModelError] | None:
    """Which of our errors a library's class stands for by itself, None where it is unknown here."""
    for base in error_class.__mro__:
        found = _BY_CLASS.get(f"{base.__module__.split('.')[0]}.{base.__name__}")
        if found is not None:
            return found
    return None


def translate(error: BaseException, endpoint: str, secret: str | None = None) -> ModelError | None:
    """Our error for a library's error, None for one that no model library raises.

    Args:
        error: What was raised.
        endpoint: Named in the message.
        secret: The key in use; never part of a message, whatever the endpoint echoes.
    """
    status = _status(error)
    kind = _by_status(status) if status is not None else mapped_class(type(error))
    if kind is None:
        return None
    said = _said(error, secret)
    kind = _refine(kind, said)
    message = f"{endpoint}: {ADVICE[kind]} ({f'{status}: ' if status else ''}{said})"
    if kind is RateLimited:
        return RateLimited(message, retry_after_s=_retry_after_s(error))
    return kind(message)


def _refine(kind: type[ModelError], said: str) -> type[ModelError]:
    # Endpoints agree on status codes only roughly; the words tell these three apart.
    if kind in (BadRequest, ModelUnavailable, UnknownModel) and _OVERFLOW.search(said):
        return ContextOverflow
    if kind is BadRequest and _FILTERED.search(said):
        return Refused
    if kind is RateLimited and _NO_QUOTA.search(said):
        return BadCredentials
    if kind is BadRequest and _NO_KEY.search(said):
        return BadCredentials
    return kind


def _by_status(status: int) -> type[ModelError]:
    if status in (401, 403, 402):
        return BadCredentials
    if status == 404:
        return UnknownModel
    if status == 413:
        return ContextOverflow
    if status == 429:
        return RateLimited
    if status in (408, 425) or status >= 500:
        return ModelUnavailable
    return BadRequest


def _status(error: BaseException) -> int | None:
    # Libraries name it differently: openai, anthropic and ollama `status_code`, google `code`, aiohttp
    # `status`.
    for name in ("status_code", "code", "status"):
        value = getattr(error, name, None)
        if isinstance(value, int) and 400 <= value < 600:
            return value
    return None


def _said(error: BaseException, secret: str | None) -> str:
    text = str(error) or type(error).__name__
    cause = error.__cause__ or error.__context__
    if type(error).__name__.endswith("ConnectionError") and cause is not None and str(cause):
        text = str(cause)
    if secret:
        text = text.replace(secret, "***")
    # Providers echo a part of a wrong key; a log is no place for that part either.
    text = re.sub(r"\b(sk|key|gsk|xai|AIza)[-_A-Za-z0-9*]{8,}", "***", text)
    return " ".join(text.split())[:300]


def _retry_after_s(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    milliseconds, seconds = headers.get("retry-after-ms"), headers.get("retry-after")
    try:
        if milliseconds is not None:
            return max(float(milliseconds) / 1000.0, 0.0)
        return max(float(seconds), 0.0) if seconds is not None else None
    except ValueError:
        return _until(str(seconds))


def _until(http_date: str) -> float | None:
    """Seconds until a date as HTTP headers write it, None where it is none."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
