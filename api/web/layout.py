"""How every page of the classroom is made: one environment of templates, one policy, one type of address."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Path as InPath
from fastapi.responses import Response, StreamingResponse

from api.web.texts import say, texts
from debate.formats import FORMATS
from language.terminal import printable
from transcripts.exports import pieces_of, source_line
from transcripts.rendering import ENDINGS

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"
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

DebateId = Annotated[str, InPath(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("api.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["clean"] = printable
    environment.filters["source"] = source_line
    environment.globals.update(say=say, pieces_of=pieces_of, formats=tuple(FORMATS), endings=ENDINGS)
    return environment


def render(name: str, **values: object) -> str:
    """A template filled in; words of people come out as words."""
    told = texts()
    template = _environment().get_template(f"{name}.html")
    return template.render(lang=told["language"], direction=told["direction"], **values)


_SHOW_NOW = "<!-- -->"
"""Where a template has this, all that stands before it is sent."""


def page_in_parts(name: str, **values: object) -> Response:
    """A page whose beginning is shown while the rest of it is still being made.

    Values may be iterables that take their time; they are asked in a thread when the template comes to them.
    """

    told = texts()

    def parts() -> Iterator[str]:
        waiting: list[str] = []
        template = _environment().get_template(f"{name}.html")
        for part in template.generate(lang=told["language"], direction=told["direction"], **values):
            waiting.append(part)
            if _SHOW_NOW in part:
                yield "".join(waiting)
                waiting = []
        yield "".join(waiting)

    return StreamingResponse(parts(), media_type="text/html; charset=utf-8", headers=HEADERS)


def page(name: str, **values: object) -> Response:
    """A page under the policy of all pages."""
    return Response(render(name, **values), media_type="text/html; charset=utf-8", headers=HEADERS)
