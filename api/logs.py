"""Structured logs: one JSON object a line on standard error, without what people wrote and without secrets."""

import logging
import sys
from typing import Any

import structlog

_SECRET_NAMES = ("authorization", "api_key", "key", "token", "password", "secret", "cookie")


def get_logger() -> Any:
    """The service's logger; events are named, everything else is a field."""
    return structlog.get_logger("rejoinder")


class _Handed(logging.Handler):
    """Hands what the HTTP server says to our own log."""

    def emit(self, record: logging.LogRecord) -> None:
        get_logger().log(record.levelno, "server", what=record.getMessage(), exc_info=record.exc_info)


def set_up_logs(*, as_json: bool, level: str = "INFO") -> None:
    """Configure logging once, when a server or worker starts.

    Args:
        as_json: One JSON object a line; else lines for people.
        level: "DEBUG", "INFO", "WARNING" or "ERROR".
    """
    # What these say of a lost database is said by the service itself, once and as one object a line.
    for name in ("psycopg", "procrastinate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    server = logging.getLogger("uvicorn")
    server.handlers, server.propagate = [_Handed()], False
    server.setLevel(logging.WARNING)
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_secrets,
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _without_secrets(_logger: object, _method: str, fields: Any) -> Any:
    """A field that is named like a secret is never written, whoever logged it."""
    return {name: "***" if name.lower() in _SECRET_NAMES else value for name, value in fields.items()}
