"""The classroom's pages and their assets. The pages hold no data of a debate but those made after it; scripts ask the
service for it with the rights of whoever looks."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse, Response

from api.http.guard import Reader
from api.http.problems import ProblemError
from api.http.service import Served
from api.web.lesson import sum_up
from debate.formats import FORMATS
from language.terminal import printable
from transcripts.exports import pieces_of, source_line
from transcripts.rendering import ENDINGS

if TYPE_CHECKING:
    from jinja2 import Environment

router = APIRouter(include_in_schema=False)

HERE = Path(__file__).parent
LANGUAGE = "en"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}

DebateId = Annotated[str, InPath(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


@cache
def texts() -> dict[str, str]:
    """All words of the pages, by their key."""
    found: dict[str, str] = json.loads((HERE / "assets" / f"texts.{LANGUAGE}.json").read_text(encoding="utf-8"))
    return found


def say(key: str, **values: object) -> str:
    """A text of the catalogue with its blanks filled in.

    Raises:
        KeyError: The catalogue does not have it.
    """
    return re.sub(r"\{(\w+)\}", lambda blank: str(values[blank[1]]), texts()[key])


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("api.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["clean"] = printable
    environment.filters["source"] = source_line
    environment.globals.update(say=say, pieces_of=pieces_of, formats=tuple(FORMATS), endings=ENDINGS, lang=LANGUAGE)
    environment.globals["direction"] = texts()["direction"]
    return environment


def _page(name: str, **values: object) -> Response:
    made = _environment().get_template(f"{name}.html").render(**values)
    return Response(made, media_type="text/html; charset=utf-8", headers=HEADERS)


@router.get("/")
async def home() -> RedirectResponse:
    """Where a teacher begins."""
    return RedirectResponse("/teach")


@router.get("/teach")
async def set_up_page() -> Response:
    """Setting a debate up."""
    return _page("teach")


@router.get("/stage/{debate_id}")
async def stage_page(debate_id: DebateId) -> Response:
    """The debate on the wall."""
    return _page("stage", debate_id=debate_id)


@router.get("/join")
async def join_page() -> Response:
    """A pupil's phone."""
    return _page("join")


@router.get("/after/{debate_id}")
async def after_page(debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """What came of it."""
    transcript = await service.store.transcript(debate_id)
    return _page("after", debate_id=debate_id, transcript=transcript, lesson=sum_up(transcript))


@router.get("/handout/{debate_id}")
async def handout_page(debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """A sheet to print and hand out."""
    transcript = await service.store.transcript(debate_id)
    return _page("handout", debate_id=debate_id, transcript=transcript, lesson=sum_up(transcript))


@router.get("/assets/{name}")
async def asset(request: Request, name: str) -> Response:
    """A script, a style sheet or the catalogue of texts; as shipped."""
    path = HERE / "assets" / name
    if path.suffix not in _TYPES or name not in {one.name for one in (HERE / "assets").iterdir()}:
        raise ProblemError(404, "not-found", "Nothing is here", f"there is no asset {name!r}")
    data = path.read_bytes()
    tag = f'"{hashlib.sha256(data).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=_TYPES[path.suffix], headers=headers)
