"""Starting the service safely: who may reach it, and that one process alone has a SQLite store."""

import asyncio
import contextlib
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from api.addresses import bound, own_address
from api.settings import Settings, database_url
from language.errors import InputError, StoreError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.web.classroom import Classroom

GRACE_S = 15


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextlib.contextmanager
def sole_server(url: str) -> Iterator[None]:
    """Hold a SQLite store for this process alone; the lock goes with the process, however it ends.

    Raises:
        StoreError: Another process has it.
    """
    prefix = "sqlite:///"
    if not url.startswith(prefix) or os.name == "nt":
        yield
        return
    import fcntl

    path = Path(url.removeprefix(prefix)).with_suffix(".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreError(
                    f"another rejoinder serves {str(path.with_suffix('.db'))!r}; stop it, or use Postgres for several"
                ) from error
            yield
    except OSError as error:
        raise StoreError(f"cannot write {str(path)!r}: {error.strerror or error}") from error


def serve(settings: Settings, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until told to stop.

    Args:
        settings: Of the operator.
        host: Address to bind to.
        port: 0 for any free one.
        announce: Told the address, when nothing can go wrong any more.

    Raises:
        InputError: Other machines could reach the service and there is no key, a setting cannot be used, or the address
            cannot be bound to.
        StoreError: The store cannot be used.
    """
    from api.http.app import create_app

    local = is_loopback(host)
    with sole_server(database_url(settings)), bound(host, port) as listening:
        # What is wrong is said here in one line; found while the server starts, it would be a traceback.
        if not asyncio.run(_has_admin_key(settings)) and not local:
            raise InputError(
                f"{host!r} can be reached by other machines, and there is no key yet; make one first with "
                "'rejoinder keys create NAME --scope admin', or bind to 127.0.0.1"
            )
        app = create_app(settings, needs_keys=not local, only_loopback=local)
        announce(_address(host, listening))
        _run(app, listening)


def _run(app: "FastAPI", listening: socket.socket) -> None:
    import uvicorn

    from api.http_protocol import BoundedHttp

    # The server's own words go the way of all logs; see `api.logs`.
    config = uvicorn.Config(app, http=BoundedHttp, log_config=None, access_log=False, timeout_graceful_shutdown=GRACE_S)
    uvicorn.Server(config).run(sockets=[listening])


def _address(host: str, listening: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"


def serve_classroom(settings: Settings, host: str, port: int, announce: "Callable[[Classroom], None]") -> None:
    """Serve a class on the local network until told to stop: a teacher by a link that works once, pupils by a code.

    Args:
        settings: As for any service.
        host: Address to bind to.
        port: 0 for any free one.
        announce: Told of the link and the code, before anything is served.

    Raises:
        InputError: The address cannot be bound to.
        StoreError: The store cannot be used.
    """
    from api.http.app import create_app
    from api.web.classroom import Classroom

    with sole_server(database_url(settings)), bound(host, port) as listening:
        asyncio.run(_has_admin_key(settings))  # what is wrong with the store is said before anything is announced
        shown = own_address() if host in ("0.0.0.0", "::") else host
        app = create_app(settings, needs_keys=True, only_loopback=is_loopback(host))
        before = asyncio.run(_code_in_force(database_url(settings)))
        address = _address(shown, listening)
        app.state.classroom = Classroom(address) if before is None else Classroom(address, code=before)
        announce(app.state.classroom)
        _run(app, listening)


async def _code_in_force(url: str) -> str | None:
    """The code that this classroom gave out before it was stopped, so that a lesson goes on with it."""
    from api.web.classroom import TEACHER
    from transcripts.access import Access
    from transcripts.audience import Audience
    from transcripts.database import open_database

    database = await open_database(url)
    try:
        latest = await Audience(database).latest_code()
        key = None if latest is None else await Access(database).key(latest.owner)
        return latest.code if latest is not None and key is not None and key.name == TEACHER else None
    finally:
        await database.close()


async def _has_admin_key(settings: Settings) -> bool:
    """Whether there is one; opens the store on the way, which must work.

    Raises:
        InputError: A setting cannot be used.
        StoreError: The store cannot be used.
    """
    from api.catalogue import Catalogue
    from transcripts.access import Access
    from transcripts.database import open_database

    Catalogue(settings)
    database = await open_database(database_url(settings))
    try:
        if settings.runner == "workers" and database.name != "postgresql":
            raise InputError("workers need Postgres: set REJOINDER_DATABASE_URL to postgresql://...")
        keys = await Access(database).list_keys()
        return any("admin" in key.scopes and key.revoked_at_ms is None for key in keys)
    finally:
        await database.close()
