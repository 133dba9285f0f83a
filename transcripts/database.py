"""One way into SQLite and Postgres: queries are plain functions of a connection, run in a transaction each.

SQLite is written by one thread, which commits everything that has queued up meanwhile together (each in its own
savepoint): one hop between threads a transaction and one flush to disk for many. An asyncio driver of SQLite crosses
threads for every statement. Postgres is reached through psycopg's asyncio connection.
"""

import asyncio
import queue
import secrets
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, create_engine, event, exc, literal_column, make_url

from language.errors import Conflict, StoreError, StoreUnavailable
from transcripts.migrations import migrate

T = TypeVar("T")
Query = Callable[[Connection], T]

BUSY_TIMEOUT_S = 5.0
POOL_TIMEOUT_S = 30.0
_MOST_TOGETHER = 128  # transactions committed together; bounds how long the first of them waits
_READERS = 4


class Database(Protocol):
    """Runs queries."""

    name: str
    """"sqlite" or "postgresql"."""
    url: str
    """Where it is, without its password."""

    async def read(self, query: Query[T]) -> T:
        """Run a query that writes nothing.

        Raises:
            StoreUnavailable: The database is gone, full or locked.
        """
        ...

    async def write(self, query: Query[T]) -> T:
        """Run a query in a transaction of its own; committed when this returns, without effect where it raises.

        Raises:
            StoreUnavailable: The database is gone, full or locked.
            Conflict: A unique key is taken.
        """
        ...

    async def write_single(self, query: Query[T]) -> T:
        """Run a query of one statement, which is a transaction of its own; as `write`."""
        ...

    async def close(self) -> None:
        """Finish what has been queued and close all connections."""
        ...


async def open_database(url: str) -> Database:
    """Open a database and bring its schema up to date.

    Args:
        url: "sqlite:///PATH" or "postgresql://USER:PASSWORD@HOST/NAME".

    Raises:
        StoreError: The address is of no known kind, or a newer rejoinder wrote the database.
        StoreUnavailable: It cannot be reached.
    """
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise StoreError("the database's address cannot be read; use sqlite:///PATH or postgresql://...") from error
    database: Database
    match parsed.get_backend_name():
        case "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise StoreError("the store needs a database file: sqlite:///PATH")
            database = SqliteDatabase(Path(parsed.database))
        case "postgresql":
            database = PostgresDatabase(url)
        case other:
            raise StoreError(f"no store in {other!r}; use sqlite:///PATH or postgresql://...")
    try:
        await database.write(migrate)
    except BaseException:
        await database.close()
        raise
    return database


def now_ms(connection: Connection) -> ColumnElement[int]:
    """The database's clock in milliseconds, as an expression."""
    if connection.dialect.name == "postgresql":
        return literal_column("(extract(epoch from clock_timestamp()) * 1000)::bigint")
    return literal_column("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)")


class _Clock:
    """Milliseconds since 1970 that never go back within a process, whatever is done to the machine's clock."""

    def __init__(self) -> None:
        self._last_ms = 0

    def now_ms(self) -> int:
        self._last_ms = max(self._last_ms, time.time_ns() // 1_000_000)
        return self._last_ms


_IDS = _Clock()


def new_id(prefix: str) -> str:
    """An id that nobody can guess and that sorts by time: prefix, milliseconds and 48 random bits."""
    return f"{prefix}_{_IDS.now_ms():011x}{secrets.token_hex(6)}"


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except exc.IntegrityError as error:
        raise Conflict(f"something else has this id or key ({_first_line(error)})") from error
    except (exc.DBAPIError, exc.TimeoutError) as error:
        raise StoreUnavailable(f"the database cannot be used now: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__


class _Pending:
    """A transaction that waits for the writing thread."""

    def __init__(self, query: Query[Any]) -> None:
        self.query = query
        self.done: Future[Any] = Future()
        self.result: Any = None
        self.error: BaseException | None = None


class SqliteDatabase:
    """A database file; WAL, foreign keys, a busy timeout, and every commit flushed to disk."""

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"cannot make the folder {str(path.parent)!r}: {error.strerror or error}") from error
        self._writing = _sqlite_engine(path, "BEGIN IMMEDIATE", 1)
        self._reading = _sqlite_engine(path, "BEGIN", _READERS)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-read")
        self._queue: queue.SimpleQueue[_Pending | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="store-write", daemon=True)
        self._writer.start()
        self._closed = False

    async def read(self, query: Query[T]) -> T:
        def run() -> T:
            with translated(), self._reading.connect() as connection:
                return query(connection)

        self._check_open()
        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write(self, query: Query[T]) -> T:
        self._check_open()
        pending = _Pending(query)
        self._queue.put(pending)
        # Shielded by being a future of its own: once queued it is carried out, whether or not anybody waits.
        result: T = await asyncio.wrap_future(pending.done)
        return result

    async def write_single(self, query: Query[T]) -> T:
        return await self.write(query)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._writer.join)
        self._readers.shutdown()
        self._writing.dispose()
        self._reading.dispose()

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailable("the store has been closed")

    def _write_all(self) -> None:
        is_last = False
        while not is_last:
            first = self._queue.get()
            if first is None:
                return
            batch = [first]
            while len(batch) < _MOST_TOGETHER and not self._queue.empty():
                # This thread is the only one that takes, so what is there stays there.
                following = self._queue.get()
                if following is None:
                    is_last = True
                    break
                batch.append(following)
            self._commit_together(batch)

    def _commit_together(self, batch: list[_Pending]) -> None:
        try:
            with translated(), self._writing.begin() as connection:
                for pending in batch:
                    try:
                        with translated(), connection.begin_nested():
                            pending.result = pending.query(connection)
                    except Exception as error:
                        pending.error = error
                        if not _is_in_transaction(connection):
                            raise  # a full disk undoes the whole transaction, what went before in it too
        except Exception as error:  # noqa: BLE001 - handed to everybody whose transaction was in this commit
            for pending in batch:
                pending.error = error
        for pending in batch:
            if not pending.done.set_running_or_notify_cancel():
                continue
            if pending.error is not None:
                pending.done.set_exception(pending.error)
            else:
                pending.done.set_result(pending.result)


def _is_in_transaction(connection: Connection) -> bool:
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))


def _sqlite_engine(path: Path, begin: str, connections: int) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False, "isolation_level": None},
        pool_size=connections,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class PostgresDatabase:
    """A Postgres database, over psycopg."""

    name = "postgresql"

    def __init__(self, url: str, connections: int = 6) -> None:
        parsed = make_url(url)
        self.url = parsed.render_as_string(hide_password=True)
        self.address = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        """For other clients of the same database; holds the password, so it is never shown."""
        from sqlalchemy.ext.asyncio import create_async_engine

        try:
            self._engine = create_async_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_size=connections,
                max_overflow=2,
                pool_timeout=POOL_TIMEOUT_S,
                connect_args={"connect_timeout": int(BUSY_TIMEOUT_S)},
            )
        except ModuleNotFoundError as error:
            raise StoreError("Postgres needs further packages: pip install 'rejoinder[postgres]'") from error

        self._running: set[asyncio.Future[Any]] = set()
        self._closed = False
        # A statement on its own needs no BEGIN and COMMIT, which are a round trip each.
        self._single = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    async def read(self, query: Query[T]) -> T:
        with translated():
            try:
                return await self._to_its_end(self._run_single(query))
            except exc.DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                # The database was restarted since this connection was made; the others are replaced as well.
                return await self._to_its_end(self._run_single(query))

    async def write_single(self, query: Query[T]) -> T:
        with translated():
            return await self._to_its_end(self._run_single(query))

    async def _run_single(self, query: Query[T]) -> T:
        async with self._single.connect() as connection:
            return await connection.run_sync(query)

    async def write(self, query: Query[T]) -> T:
        with translated():
            return await self._to_its_end(self._run_in_transaction(query))

    async def _run_in_transaction(self, query: Query[T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(query)

    async def _to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` to its end even where whoever waits for it is cancelled.

        A task that is cancelled while it has a connection may never give it back, and one that begins
        when the pool is gone would make a new one that nobody closes.
        """
        if self._closed:
            work.close()
            raise StoreUnavailable("the store has been closed")
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._over)
        return await asyncio.shield(task)

    def _over(self, task: asyncio.Future[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, since whoever waited may be gone

    async def close(self) -> None:
        self._closed = True
        if self._running:
            await asyncio.wait(self._running)
        await self._engine.dispose()
