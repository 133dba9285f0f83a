"""Starting the service safely: who may reach it, and that one process alone has a SQLite store."""

import asyncio
import contextlib
import ipaddress
import os
from collections.abc import Iterator
from pathlib import Path

from api.settings import Settings, database_url
from language.errors import InputError, StoreError

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


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until told to stop.

    Raises:
        InputError: Other machines could reach the service, and there is no key.
        StoreError: The store cannot be used.
    """
    import uvicorn

    from api.http.app import create_app

    local = is_loopback(host)
    url = database_url(settings)
    with sole_server(url):
        if not local and not asyncio.run(_has_admin_key(url)):
            raise InputError(
                f"{host!r} can be reached by other machines, and there is no key yet; make one first with "
                "'rejoinder keys create NAME --scope admin', or bind to 127.0.0.1"
            )
        app = create_app(settings, needs_keys=not local, only_loopback=local)
        config = uvicorn.Config(
            app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE_S
        )
        uvicorn.Server(config).run()


async def _has_admin_key(url: str) -> bool:
    from transcripts.access import Access
    from transcripts.database import open_database

    database = await open_database(url)
    try:
        keys = await Access(database).list_keys()
        return any("admin" in key.scopes and key.revoked_at_ms is None for key in keys)
    finally:
        await database.close()
