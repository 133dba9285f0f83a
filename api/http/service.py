"""What every route works with, put together once when the server starts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from api.audience_view import Views
from api.catalogue import Catalogue
from api.fanout import Fanout
from api.http.limits import RateLimits
from api.read_logs import ReadLogs
from api.settings import Settings
from transcripts.access import Access
from transcripts.audience import Audience
from transcripts.database import Database
from transcripts.lessons import Lessons
from transcripts.library import Library
from transcripts.store import Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Service:
    """The stores and whoever plays debates."""

    settings: Settings
    catalogue: Catalogue
    database: Database
    store: Store
    library: Library
    audience: Audience
    lessons: Lessons
    access: Access
    fanout: Fanout
    logs: ReadLogs
    views: Views
    """What audiences may see of each log."""
    limits: RateLimits
    wake: "Callable[[str], Awaitable[None]]"
    """Tells whoever plays debates that one should run or has commands."""
    needs_keys: bool
    """False where only this machine can reach the service: then whoever does may do everything."""


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Served = Annotated[Service, Depends(_service)]
