"""Messages between processes through Postgres' LISTEN and NOTIFY."""

from collections.abc import AsyncIterator

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
