"""The pages of a lesson and their assets. They hold no data of a debate: scripts ask for it with the rights of whoever
looks."""

import hashlib
import json

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.http.problems import ProblemError
from api.web.layout import ASSETS, DebateId, page
from api.web.texts import texts

router = APIRouter(include_in_schema=False)

_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}


@router.get("/")
async def home() -> RedirectResponse:
    """Where a teacher begins."""
    return RedirectResponse("/teach")


@router.get("/teach")
async def set_up_page() -> Response:
    """Setting a debate up."""
    return page("teach")


@router.get("/stage/{debate_id}")
async def stage_page(debate_id: DebateId) -> Response:
    """The debate on the wall."""
    return page("stage", debate_id=debate_id)


@router.get("/join")
async def join_page() -> Response:
    """A pupil's phone."""
    return page("join")


@router.get("/assets/{name}")
async def asset(request: Request, name: str) -> Response:
    """A script, a style sheet or the catalogue of texts; as shipped."""
    path = ASSETS / name
    if path.suffix not in _TYPES or name not in {one.name for one in ASSETS.iterdir()}:
        raise ProblemError(404, "not-found", "Nothing is here", f"there is no asset {name!r}")
    data = path.read_bytes()
    return _as_shipped(request, data, _TYPES[path.suffix])


@router.get("/texts.json")
async def catalogue(request: Request) -> Response:
    """All words of the pages, in the language that is shown."""
    return _as_shipped(request, json.dumps(texts(), ensure_ascii=False).encode(), _TYPES[".json"])


def _as_shipped(request: Request, data: bytes, kind: str) -> Response:
    tag = f'"{hashlib.sha256(data).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)
