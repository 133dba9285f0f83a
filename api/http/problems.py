"""Errors as problem documents (RFC 9457) with types that stay the same."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.logs import get_logger
from language.errors import (
    CommandError,
    Conflict,
    FormatError,
    InputError,
    ModelError,
    NotFound,
    PersonaError,
    RejoinderError,
    SheetError,
    StoreError,
    ThreadError,
    TranscriptError,
)

PREFIX = "urn:rejoinder:problem:"


class Problem(BaseModel):
    """What went wrong, for a program (type) and for a person (title, detail)."""

    type: str = Field(examples=[PREFIX + "not-found"])
    title: str = Field(examples=["Nothing has this id"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["there is no debate 'd_1'"])
    errors: list[dict[str, Any]] | None = Field(default=None, description="Where a request breaks its schema")


class ProblemError(Exception):
    """A problem that a route finds itself."""

    def __init__(
        self, status: int, slug: str, title: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.slug, self.title, self.detail = status, slug, title, detail
        self.headers = dict(headers or {})


# The most special first; a test fails where an error of ours has no row.
_TABLE: tuple[tuple[type[RejoinderError], int, str, str], ...] = (
    (ThreadError, 422, "thread-unreadable", "This cannot be read as a discussion"),
    (SheetError, 422, "sheet-invalid", "This fact sheet cannot be used"),
    (PersonaError, 422, "persona-invalid", "This persona cannot be used"),
    (FormatError, 422, "format-unfit", "The format does not fit the participants"),
    (TranscriptError, 422, "transcript-invalid", "This is no usable transcript"),
    (CommandError, 409, "command-refused", "The command does not fit the debate as it stands"),
    (InputError, 422, "input-invalid", "The input cannot be used"),
    (NotFound, 404, "not-found", "Nothing has this id"),
    (Conflict, 409, "conflict", "Something else was there first"),
    (StoreError, 503, "store-unavailable", "The database cannot be used now"),
    (ModelError, 502, "model-failed", "The chat model gave no usable answer"),
    (RejoinderError, 500, "failed", "The request failed"),
)

_BY_STATUS = {
    400: ("bad-request", "The request cannot be understood"),
    404: ("not-found", "Nothing is here"),
    405: ("method-not-allowed", "This cannot be done here"),
    413: ("too-large", "The request is too large"),
    415: ("media-type", "This content type is not taken here"),
}


def problem_response(
    status: int,
    slug: str,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> JSONResponse:
    """A problem document."""
    body = Problem(type=PREFIX + slug, title=title, status=status, detail=detail, errors=errors)
    return JSONResponse(
        body.model_dump(exclude_none=True), status, dict(headers or {}), media_type="application/problem+json"
    )


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a route's documentation: it may answer with these problems, and with those that every route may."""
    schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    titles = {401: "No valid key", 403: "Not allowed", 409: "Conflict", 422: "Cannot be used", 429: "Too many requests"}
    every = sorted({400, 401, 403, 422, 429, 503, *statuses})
    return {status: {"description": titles.get(status, "Problem"), "content": schema} for status in every}


def install(app: FastAPI) -> None:
    """Answer every error with a problem document."""

    @app.exception_handler(ProblemError)
    def own(_request: Request, error: ProblemError) -> JSONResponse:
        return problem_response(error.status, error.slug, error.title, error.detail, headers=error.headers)

    @app.exception_handler(RejoinderError)
    def ours(_request: Request, error: RejoinderError) -> JSONResponse:
        status, slug, title = next(row[1:] for row in _TABLE if isinstance(error, row[0]))
        headers = {"Retry-After": "2"} if status == 503 else None
        return problem_response(status, slug, title, str(error), headers=headers)

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        # The input itself is not repeated: it may hold what must not be logged by whoever is in between.
        found = [{"where": [str(part) for part in one["loc"]], "why": one["msg"]} for one in error.errors()]
        detail = f"{'.'.join(found[0]['where'])}: {found[0]['why']}" if found else "the request breaks its schema"
        title = "The request breaks its schema"
        return problem_response(422, "request-invalid", title, detail, errors=found)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_methods(app, request.url.path)) or headers.get("Allow", "")
        slug, title = _BY_STATUS.get(error.status_code, ("http", "The request failed"))
        return problem_response(error.status_code, slug, title, str(error.detail), headers=headers)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> JSONResponse:
        get_logger().error("unexpected", path=request.url.path, kind=type(error).__name__, exc_info=error)
        detail = "this is a fault of the service; its log says more"
        return problem_response(500, "internal", "The service failed", detail)


def _methods(app: FastAPI, path: str) -> list[str]:
    """What can be done with a path, by the service's own description."""
    found: set[str] = set()
    for template, operations in app.openapi()["paths"].items():
        pattern = "[^/]+".join(re.escape(part) for part in re.split(r"\{[^}]+\}", template))
        if re.fullmatch(pattern, path):
            found.update(method.upper() for method in operations)
    return sorted(found)
