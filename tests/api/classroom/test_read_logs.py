"""A log that has been read once is read on from there."""

from datetime import UTC, datetime

from api.read_logs import ReadLogs
from debate.events import RoundStarted
from tests.transcripts.test_store import a_header
from transcripts.database import Database
from transcripts.store import NewDebate, Store, StoredEvent

AT = datetime(2026, 1, 1, tzinfo=UTC)


class Counting(Store):
    """A store that counts what is read."""

    read = 0

    async def read_after(self, debate_id: str, after: int = 0, limit: int | None = None) -> list[StoredEvent]:
        """As ever, and counted."""
        found = await super().read_after(debate_id, after, limit)
        self.read += len(found)
        return found


async def test_what_was_read_is_read_on(database: Database) -> None:
    """It is what the store has, at every length, and no event is read twice."""
    store = Counting(database)
    made, _ = await store.create(NewDebate(header=a_header(), owner="tester"))
    lease = await store.claim("me", made.id)
    assert lease is not None
    logs = ReadLogs(store)
    assert (await logs.transcript(made.id)).events == ()
    for seq in range(1, 6):
        await store.append(lease, RoundStarted(seq=seq, at=AT, round=seq, title=f"Round {seq}"))
        for _ in range(3):
            found = await logs.transcript(made.id)
            assert [one.seq for one in found.events] == list(range(1, seq + 1))
    read = store.read
    assert read <= 5
    assert found == await store.transcript(made.id)
