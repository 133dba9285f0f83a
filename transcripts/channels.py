"""Messages between processes through Postgres' LISTEN and NOTIFY."""

from collections.abc import AsyncIterator

from sqlalchemy import text

from language.errors import StoreUnavailable
from transcripts.database import PostgresDatabase

EVENTS_CHANNEL = "rejoinder_events"
COMMANDS_CHANNEL = "rejoinder_commands"
WORDS_CHANNEL = "rejoinder_words"


async def listen(database: PostgresDatabase) -> AsyncIterator[tuple[str, str]]:
    """Messages as they come: channel and payload.

    Raises:
        StoreUnavailable: The connection is lost; what is said meanwhile is not heard.
    """
    import psycopg

    try:
        async with await psycopg.AsyncConnection.connect(database.address, autocommit=True) as connection:
            for channel in (EVENTS_CHANNEL, COMMANDS_CHANNEL, WORDS_CHANNEL):
                await connection.execute(f"LISTEN {channel}".encode())
            async for message in connection.notifies():
                yield message.channel, message.payload
    except psycopg.Error as error:
        raise StoreUnavailable(f"the database cannot be listened to: {str(error).splitlines()[0]}") from error


async def tell(database: PostgresDatabase, channel: str, note: str) -> None:
    """Send a message of at most 7,900 bytes.

    Raises:
        StoreUnavailable: The database cannot be used now.
    """
    await database.write_single(lambda connection: connection.execute(_TELL, {"channel": channel, "note": note}))


async def prepare_jobs(database: PostgresDatabase, schema: str) -> None:
    """Make the tables of the job queue where there are none yet; several processes may try at once.

    Args:
        database: Where.
        schema: The queue's own statements.

    Raises:
        StoreUnavailable: The database cannot be used now.
    """
    import psycopg

    try:
        async with await psycopg.AsyncConnection.connect(database.address) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_JOBS_LOCK,))
            found = await (await connection.execute("SELECT to_regclass('procrastinate_jobs')")).fetchone()
            if found is None or found[0] is None:
                await connection.execute(schema.encode())
    except psycopg.Error as error:
        raise StoreUnavailable(f"the tables of the jobs cannot be made: {str(error).splitlines()[0]}") from error


_TELL = text("SELECT pg_notify(:channel, :note)")
_JOBS_LOCK = 0x6A6F6273  # "jobs", the same in every process
