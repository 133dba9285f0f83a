"""Limits of model endpoints, counted in the store by several processes."""

import asyncio

from sqlalchemy import text

from transcripts.database import Database, open_database
from transcripts.endpoints import EndpointSlots

WHERE = "http://127.0.0.1:1/v1"


async def test_no_more_places_are_given_than_there_are(database: Database, database_url: str) -> None:
    """Many who ask at the same time, through connections of their own, get so many places together and no more."""
    other = await open_database(database_url)
    try:
        asked = [EndpointSlots((database, other)[number % 2]).take(WHERE, 3) for number in range(20)]
        taken = [slot for slot in await asyncio.gather(*asked) if slot is not None]
        assert len(taken) == 3
        slots = EndpointSlots(database)
        assert await slots.take("http://elsewhere/v1", 1) is not None, "another endpoint has places of its own"
        await slots.give_back(taken[:1])
        assert await slots.take(WHERE, 3) is not None
        assert await slots.take(WHERE, 3) is None
    finally:
        await other.close()


async def test_the_places_of_a_dead_process_are_given_anew(database: Database) -> None:
    """A place that nobody renews any more runs out; one that is renewed does not."""
    slots = EndpointSlots(database)
    dead, alive = await slots.take(WHERE, 2), await slots.take(WHERE, 2)
    assert dead is not None
    assert alive is not None
    await database.write(lambda c: c.execute(text("UPDATE endpoint_slots SET until_ms = 1")))
    await slots.renew([alive])
    assert await slots.take(WHERE, 2) is not None
    assert await slots.take(WHERE, 2) is None


async def test_a_clock_that_is_set_back_blocks_nobody(database: Database) -> None:
    """Places and beginnings that the database's clock puts into the future are not waited for."""
    slots = EndpointSlots(database)
    assert await slots.take(WHERE, 1) is not None
    assert await slots.begin(WHERE, 1) == 0.0
    await database.write(lambda c: c.execute(text("UPDATE endpoint_slots SET until_ms = until_ms + 3600000")))
    await database.write(
        lambda c: c.execute(text("UPDATE endpoint_starts SET started_at_ms = started_at_ms + 3600000"))
    )
    assert await slots.take(WHERE, 1) is not None
    assert await slots.begin(WHERE, 1) == 0.0


async def test_so_many_calls_begin_in_a_minute_and_no_more(database: Database) -> None:
    """Whoever comes beyond is told how long to wait: until the oldest is a minute old."""
    slots = EndpointSlots(database)
    waits = await asyncio.gather(*(slots.begin(WHERE, 5) for _ in range(8)))
    assert sorted(waits)[:5] == [0.0] * 5
    assert all(55 < wait_s <= 61 for wait_s in sorted(waits)[5:])
    await database.write(lambda c: c.execute(text("UPDATE endpoint_starts SET started_at_ms = started_at_ms - 50000")))
    assert 0 < await slots.begin(WHERE, 5) <= 11
    await database.write(lambda c: c.execute(text("UPDATE endpoint_starts SET started_at_ms = started_at_ms - 11000")))
    assert await slots.begin(WHERE, 5) == 0.0
