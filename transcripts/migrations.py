"""Numbered, append-only migrations: each takes a database from the version before it to its own.

Never change one that has been released; add the next. They are plain SQL that SQLite and Postgres both take.
"""

from collections.abc import Callable

from sqlalchemy import Connection, inspect, text

from language.errors import StoreError

_MIGRATION_LOCK = 0x72656A6F  # "rejo", the same in every process


def _debates_and_events(run: Callable[[str], object]) -> None:
    run(
        """
        CREATE TABLE debates (
            id TEXT PRIMARY KEY,
            created_at_ms BIGINT NOT NULL,
            owner TEXT NOT NULL,
            status TEXT NOT NULL,
            last_seq INTEGER NOT NULL,
            wanted INTEGER NOT NULL,
            lease_epoch INTEGER NOT NULL,
            lease_holder TEXT,
            lease_until_ms BIGINT,
            idempotency_key TEXT,
            request_digest TEXT,
            thread_id TEXT,
            sheet_digest TEXT,
            motion TEXT NOT NULL,
            format TEXT NOT NULL,
            header TEXT NOT NULL,
            options TEXT NOT NULL
        )
        """
    )
    run("CREATE UNIQUE INDEX debates_idempotency ON debates (owner, idempotency_key)")
    run("CREATE INDEX debates_wanted ON debates (id) WHERE wanted = 1")
    run("CREATE INDEX debates_thread ON debates (thread_id)")
    run(
        """
        CREATE TABLE events (
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            type TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (debate_id, seq)
        )
        """
    )


def _commands_and_ballots(run: Callable[[str], object]) -> None:
    run(
        """
        CREATE TABLE commands (
            id TEXT PRIMARY KEY,
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            created_at_ms BIGINT NOT NULL,
            actor TEXT NOT NULL,
            body TEXT NOT NULL,
            state TEXT NOT NULL,
            applied_seq INTEGER,
            refusal TEXT
        )
        """
    )
    run("CREATE INDEX commands_of_debate ON commands (debate_id, state, id)")
    run(
        """
        CREATE TABLE ballots (
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            poll TEXT NOT NULL,
            voter TEXT NOT NULL,
            choice TEXT NOT NULL,
            cast_at_ms BIGINT NOT NULL,
            PRIMARY KEY (debate_id, poll, voter)
        )
        """
    )


def _threads_and_sheets(run: Callable[[str], object]) -> None:
    run(
        """
        CREATE TABLE threads (
            id TEXT PRIMARY KEY,
            created_at_ms BIGINT NOT NULL,
            owner TEXT NOT NULL,
            name TEXT NOT NULL,
            digest TEXT NOT NULL,
            motion TEXT NOT NULL,
            body TEXT NOT NULL
        )
        """
    )
    run(
        """
        CREATE TABLE personas (
            thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
            id TEXT NOT NULL,
            place INTEGER NOT NULL,
            origin TEXT NOT NULL,
            version INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (thread_id, id)
        )
        """
    )
    run(
        """
        CREATE TABLE sheets (
            digest TEXT PRIMARY KEY,
            created_at_ms BIGINT NOT NULL,
            owner TEXT NOT NULL,
            sheet_id TEXT NOT NULL,
            title TEXT NOT NULL,
            version TEXT NOT NULL,
            facts INTEGER NOT NULL,
            body TEXT NOT NULL
        )
        """
    )


def _access(run: Callable[[str], object]) -> None:
    run(
        """
        CREATE TABLE api_keys (
            id TEXT PRIMARY KEY,
            created_at_ms BIGINT NOT NULL,
            name TEXT NOT NULL,
            hash TEXT NOT NULL,
            scopes TEXT NOT NULL,
            revoked_at_ms BIGINT
        )
        """
    )
    run(
        """
        CREATE TABLE join_codes (
            code TEXT PRIMARY KEY,
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            created_at_ms BIGINT NOT NULL,
            expires_at_ms BIGINT NOT NULL,
            owner TEXT NOT NULL
        )
        """
    )
    run(
        """
        CREATE TABLE audience (
            id TEXT PRIMARY KEY,
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            created_at_ms BIGINT NOT NULL,
            nickname TEXT,
            hash TEXT NOT NULL,
            expires_at_ms BIGINT NOT NULL
        )
        """
    )
    run(
        """
        CREATE TABLE questions (
            id TEXT PRIMARY KEY,
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            created_at_ms BIGINT NOT NULL,
            asker TEXT NOT NULL,
            asker_name TEXT NOT NULL,
            persona TEXT NOT NULL,
            text TEXT NOT NULL,
            state TEXT NOT NULL
        )
        """
    )
    run("CREATE INDEX questions_of_debate ON questions (debate_id, state, id)")
    run(
        """
        CREATE TABLE audit (
            id TEXT PRIMARY KEY,
            at_ms BIGINT NOT NULL,
            actor TEXT NOT NULL,
            address TEXT NOT NULL,
            action TEXT NOT NULL,
            target TEXT NOT NULL
        )
        """
    )


def _retention(run: Callable[[str], object]) -> None:
    run("ALTER TABLE debates ADD COLUMN delete_after_ms BIGINT")
    run("ALTER TABLE threads ADD COLUMN delete_after_ms BIGINT")


def _lessons(run: Callable[[str], object]) -> None:
    run(
        """
        CREATE TABLE lessons (
            debate_id TEXT PRIMARY KEY REFERENCES debates (id) ON DELETE CASCADE,
            class_id TEXT NOT NULL,
            place INTEGER NOT NULL,
            name TEXT NOT NULL,
            naming TEXT NOT NULL,
            turn_s INTEGER NOT NULL,
            guess_s INTEGER NOT NULL,
            leader TEXT
        )
        """
    )
    run("CREATE INDEX lessons_class ON lessons (class_id, place)")
    run(
        """
        CREATE TABLE seat_requests (
            id TEXT PRIMARY KEY,
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            created_at_ms BIGINT NOT NULL,
            member TEXT NOT NULL,
            persona TEXT NOT NULL,
            state TEXT NOT NULL
        )
        """
    )
    run("CREATE INDEX seat_requests_of_debate ON seat_requests (debate_id, state, id)")
    run("ALTER TABLE audience ADD COLUMN seen_at_ms BIGINT")
    run("ALTER TABLE audience ADD COLUMN joined_from TEXT")
    run("CREATE INDEX audience_of_debate ON audience (debate_id)")


def _models_and_corrections(run: Callable[[str], object]) -> None:
    run("ALTER TABLE threads ADD COLUMN as_read TEXT")
    run(
        """
        CREATE TABLE model_calls (
            debate_id TEXT NOT NULL REFERENCES debates (id) ON DELETE CASCADE,
            id TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (debate_id, id)
        )
        """
    )
    run("CREATE TABLE endpoint_slots (id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, until_ms BIGINT NOT NULL)")
    run("CREATE INDEX slots_of_endpoint ON endpoint_slots (endpoint)")
    run("CREATE TABLE endpoint_starts (id TEXT PRIMARY KEY, endpoint TEXT NOT NULL, started_at_ms BIGINT NOT NULL)")
    run("CREATE INDEX starts_of_endpoint ON endpoint_starts (endpoint, started_at_ms)")


MIGRATIONS = (
    _debates_and_events,
    _commands_and_ballots,
    _threads_and_sheets,
    _access,
    _retention,
    _lessons,
    _models_and_corrections,
)
LATEST = len(MIGRATIONS)


def version_of(connection: Connection) -> int:
    """The schema version of a database; 0 for a blank one."""
    if not inspect(connection).has_table("schema_versions"):
        return 0
    return int(connection.execute(text("SELECT coalesce(max(version), 0) FROM schema_versions")).scalar_one())


def migrate(connection: Connection, to: int = LATEST) -> int:
    """Bring a database to a version, in the transaction of `connection`; several processes may try at once.

    Returns:
        The version that it had before.

    Raises:
        StoreError: A newer rejoinder has written this database.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    before = version_of(connection)
    if before > LATEST:
        raise StoreError(
            f"the database has schema version {before}, this program knows {LATEST}; use the rejoinder that wrote it"
        )
    if before == 0:
        connection.execute(
            text("CREATE TABLE schema_versions (version INTEGER PRIMARY KEY, applied_at_ms BIGINT NOT NULL)")
        )
    for number in range(before + 1, to + 1):
        MIGRATIONS[number - 1](lambda statement: connection.execute(text(statement)))
        connection.execute(
            text("INSERT INTO schema_versions (version, applied_at_ms) VALUES (:version, 0)"), {"version": number}
        )
    return before
