"""Migrations: from a blank database and from every older version to the newest, with what was in it kept."""

import pytest
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from language.errors import StoreError
from transcripts.migrations import LATEST, migrate, version_of
from transcripts.tables import METADATA


def connect(url: str) -> Connection:
    parsed = make_url(url)
    driver = "postgresql+psycopg" if parsed.get_backend_name() == "postgresql" else "sqlite"
    return create_engine(parsed.set(drivername=driver)).connect()


@pytest.mark.parametrize("older", range(LATEST))
def test_every_older_version_becomes_the_newest(database_url: str, older: int) -> None:
    """After migrating, the tables are those that queries expect, whatever version came before, and rows are kept."""
    with connect(database_url) as connection:
        if older:
            assert migrate(connection, older) == 0
            connection.execute(
                text(
                    "INSERT INTO debates (id, created_at_ms, owner, status, last_seq, wanted, lease_epoch, motion, "
                    "format, header, options) VALUES ('d_1', 1, 'me', 'paused', 1, 0, 0, 'm', 'forum', '{}', '{}')"
                )
            )
            connection.execute(text("INSERT INTO events VALUES ('d_1', 1, 'paused', '{}')"))
        assert version_of(connection) == older
        assert migrate(connection) == older
        assert migrate(connection) == LATEST, "a second time there is nothing to do"
        seen = inspect(connection)
        for table in METADATA.sorted_tables:
            columns = {one["name"]: one["nullable"] for one in seen.get_columns(table.name)}
            expected = {one.name: bool(one.nullable) for one in table.columns}
            # SQLite lets a primary key be null unless told otherwise; nothing here ever writes one.
            keys = {one.name for one in table.primary_key.columns}
            assert {n: v for n, v in columns.items() if n not in keys} == {
                n: v for n, v in expected.items() if n not in keys
            }, table.name
            assert set(columns) == set(expected), table.name
        if older:
            assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == 1
    connection.engine.dispose()


def test_a_newer_database_is_left_alone(database_url: str) -> None:
    """A database of a newer program is refused by name of its version."""
    with connect(database_url) as connection:
        migrate(connection)
        connection.execute(text("INSERT INTO schema_versions VALUES (999, 0)"))
        with pytest.raises(StoreError, match="999"):
            migrate(connection)
    connection.engine.dispose()
