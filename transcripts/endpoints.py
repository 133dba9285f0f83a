"""Calls of models under way, seen by all processes of one store, so that an endpoint's limits hold for them together.

A call in flight is a lease that its process renews: one that dies gives its places back by being silent. All times are
the database's, so that no process's clock decides.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select, text, update

from transcripts.database import Database, new_id, now_ms
from transcripts.tables import ENDPOINT_SLOTS, ENDPOINT_STARTS

SLOT_S = 30.0
"""How long a process may be silent before its calls in flight are no longer counted."""
WINDOW_S = 61.0
"""A minute, and a second for calls that arrive later than they were counted."""

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:endpoint, 0))")


class EndpointSlots:
    """Counts calls by endpoint.

    Args:
        database: The store's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, endpoint: str, at_once: int) -> str | None:
        """Take a place for one call.

        Args:
            endpoint: An address or a provider's name.
            at_once: How many calls may be in flight there.

        Returns:
            The place, to be renewed and given back; None where all are taken.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        slots = ENDPOINT_SLOTS.c

        def query(connection: Connection) -> str | None:
            _lock(connection, endpoint)
            now = now_ms(connection)
            # One that ends too far ahead is of a clock that has been set back since.
            lost = or_(slots.until_ms < now, slots.until_ms > now + int(2 * SLOT_S * 1000))
            connection.execute(delete(ENDPOINT_SLOTS).where(slots.endpoint == endpoint, lost))
            taken = select(func.count()).where(slots.endpoint == endpoint)
            if connection.execute(taken).scalar_one() >= at_once:
                return None
            slot = new_id("s")
            until = now + int(SLOT_S * 1000)
            connection.execute(insert(ENDPOINT_SLOTS).values(id=slot, endpoint=endpoint, until_ms=until))
            return slot

        return await self._database.write(query)

    async def renew(self, slots: Sequence[str]) -> None:
        """Say that these calls are still in flight.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """

        def query(connection: Connection) -> None:
            until = now_ms(connection) + int(SLOT_S * 1000)
            connection.execute(update(ENDPOINT_SLOTS).where(ENDPOINT_SLOTS.c.id.in_(slots)).values(until_ms=until))

        if slots:
            await self._database.write(query)

    async def give_back(self, slots: Sequence[str]) -> None:
        """These calls are over.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        query = delete(ENDPOINT_SLOTS).where(ENDPOINT_SLOTS.c.id.in_(slots))
        if slots:
            await self._database.write(lambda connection: connection.execute(query))

    async def begin(self, endpoint: str, per_minute: int) -> float:
        """Count one call that begins now, if one more may.

        Returns:
            0.0 where it was counted; else the seconds until one may.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        starts = ENDPOINT_STARTS.c

        def query(connection: Connection) -> float:
            _lock(connection, endpoint)
            now = int(connection.execute(select(now_ms(connection))).scalar_one())
            over = or_(starts.started_at_ms <= now - int(WINDOW_S * 1000), starts.started_at_ms > now)
            connection.execute(delete(ENDPOINT_STARTS).where(starts.endpoint == endpoint, over))
            mine = starts.endpoint == endpoint
            count, oldest = connection.execute(select(func.count(), func.min(starts.started_at_ms)).where(mine)).one()
            if count >= per_minute:
                return max(0.01, (int(oldest) + WINDOW_S * 1000 - now) / 1000)
            values = {"id": new_id("b"), "endpoint": endpoint, "started_at_ms": now}
            connection.execute(insert(ENDPOINT_STARTS).values(values))
            return 0.0

        return await self._database.write(query)


def _lock(connection: Connection, endpoint: str) -> None:
    """Let one process after the other count; SQLite is written by one at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"endpoint": endpoint})
