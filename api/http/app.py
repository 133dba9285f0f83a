"""The HTTP service, assembled."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.audience_view import Views
from api.catalogue import Catalogue
from api.crews import CrewMaker
from api.fanout import Fanout
from api.http import (
    administration,
    audience,
    commands,
    corrections,
    debates,
    events,
    models,
    operations,
    personas,
    problems,
    sheets,
    threads,
)
from api.http.guard import SameSite
from api.http.limits import BodyLimit, RateLimits
from api.http.service import Service
from api.logs import get_logger
from api.metrics import METRICS
from api.notices import Notices
from api.playing import CrewFactory
from api.read_logs import ReadLogs
from api.referees import warm_up
from api.runner import Runner
from api.settings import Settings, database_url
from api.web import after, classroom, coverage, pages, pupils, results, seats, teaching
from api.web.texts import choose as choose_texts
from language.errors import InputError, StoreError
from transcripts.access import Access
from transcripts.audience import Audience
from transcripts.database import PostgresDatabase, open_database
from transcripts.lessons import Lessons
from transcripts.library import Library
from transcripts.store import Store

if TYPE_CHECKING:
    from api.worker import Jobs

RETENTION_SWEEP_S = 60.0
KEEP_ALIVE_S = 15.0
CATCH_UP_S = 3.0


def create_app(
    settings: Settings, *, needs_keys: bool = False, only_loopback: bool = True, make_crew: CrewFactory | None = None
) -> FastAPI:
    """The service.

    Args:
        settings: Where debates are kept, limits, who may come.
        needs_keys: False only where nobody but this machine can reach it.
        only_loopback: True where it is reached by this machine's own names only.
        make_crew: Puts together who speaks in a debate; the product's own by default.
    """
    choose_texts(settings.texts)
    app = FastAPI(
        title="rejoinder",
        version=version("rejoinder"),
        summary="Debates among the personas of a discussion, over HTTP.",
        description=(
            "Upload a thread, create a debate, watch its events. Nothing said here was said by the people named: "
            "every debate is simulated from what they wrote. Errors are problem documents (RFC 9457)."
        ),
        lifespan=lambda app: _serving(app, settings, needs_keys, make_crew),
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=lambda route: route.name,
    )
    problems.install(app)
    for module in (
        threads,
        corrections,
        personas,
        sheets,
        models,
        debates,
        events,
        commands,
        audience,
        administration,
        operations,
    ):
        app.include_router(module.router)
    app.include_router(pages.router)
    for part in (classroom, coverage, pupils, seats, teaching, after, results):
        app.include_router(part.router)
    _document(app)
    app.add_middleware(BodyLimit, limit=int(settings.upload_limit_mb * 1_000_000))
    app.add_middleware(SameSite, only_loopback=only_loopback, origins=settings.cors_origins)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
        )
    app.add_middleware(_Noted)
    return app


def _document(app: FastAPI) -> None:
    """Put the problem document and the bearer key into the OpenAPI document."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        parts = document.setdefault("components", {})
        parts.setdefault("schemas", {}).setdefault("Problem", problems.Problem.model_json_schema())
        parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{}, {"key": []}]
        return document

    app.openapi = openapi  # type: ignore[method-assign]


@contextlib.asynccontextmanager
async def _serving(
    app: FastAPI, settings: Settings, needs_keys: bool, make_crew: CrewFactory | None
) -> AsyncIterator[None]:
    """Open the store, play what is unfinished, and close down in order."""
    if settings.nli:
        # The first ruling of a lesson does not wait for the encoder to be read from disk.
        await asyncio.to_thread(warm_up)
    catalogue = Catalogue(settings)
    database = await open_database(database_url(settings))
    store, library = Store(database), Library(database)
    fanout = Fanout(store)
    notices = Notices(database, fanout)
    crews = CrewMaker(settings, database)
    runner = Runner(
        store,
        fanout,
        make_crew or crews,
        most_at_once=settings.most_debates_at_once,
        is_alone=database.name == "sqlite",
    )

    jobs: Jobs | None = None
    if settings.runner == "workers":
        if not isinstance(database, PostgresDatabase):
            raise InputError("workers need Postgres: set REJOINDER_DATABASE_URL to postgresql://...")
        from api import worker

        jobs = worker.Jobs(database)
        await jobs.open()

    async def wake(debate_id: str) -> None:
        if jobs is not None:
            await jobs.defer(debate_id)
        else:
            runner.wake(debate_id)

    METRICS.debates_running.set_function(lambda: runner.running)
    app.state.service = Service(
        settings=settings,
        catalogue=catalogue,
        database=database,
        store=store,
        library=library,
        audience=Audience(database),
        lessons=Lessons(database),
        access=Access(database),
        fanout=fanout,
        logs=ReadLogs(store),
        views=Views(store),
        limits=RateLimits(),
        wake=wake,
        needs_keys=needs_keys,
    )
    await notices.start(runner.wake if jobs is None else runner.nudge)
    if jobs is None:
        await runner.start()
    beside = (
        asyncio.ensure_future(_delete_expired(app.state.service)),
        asyncio.ensure_future(_keep_alive(fanout)),
        asyncio.ensure_future(_catch_up(fanout)),
        asyncio.ensure_future(seats.keep_seats(app.state.service)),
    )
    get_logger().info("serving", database=database.url)
    try:
        yield
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        fanout.close()
        await runner.stop()
        await notices.stop()
        await crews.close()
        if jobs is not None:
            await jobs.close()
        await database.close()
        get_logger().info("stopped")


async def _keep_alive(fanout: Fanout) -> None:
    while True:
        await asyncio.sleep(KEEP_ALIVE_S)
        fanout.keep_alive()


async def _catch_up(fanout: Fanout) -> None:
    """Show what other processes have appended, in case that a message of theirs was lost."""
    while True:
        await asyncio.sleep(CATCH_UP_S)
        with contextlib.suppress(StoreError):  # the next time comes soon
            await fanout.catch_up()


async def _delete_expired(service: Service) -> None:
    while True:
        try:
            for debate_id in await service.store.delete_expired():
                service.fanout.gone(debate_id)
                get_logger().info("deleted", debate=debate_id)
            await service.library.delete_expired()
        except StoreError as error:
            get_logger().warning("store_unavailable", why=str(error))
        await asyncio.sleep(RETENTION_SWEEP_S)


class _Noted:
    """Times requests, and keeps what they answer from being taken for anything else by a browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_s = time.perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                headers.append((b"x-content-type-options", b"nosniff"))
                headers.append((b"referrer-policy", b"no-referrer"))
                seconds = time.perf_counter() - started_s
                METRICS.request_s.labels(scope["method"], str(message["status"])).observe(seconds)
            await send(message)

        await self._app(scope, receive, noted)
