"""What models answered in a debate, kept beside its log."""

from dataclasses import dataclass

from sqlalchemy import select, text

from transcripts.database import Database
from transcripts.tables import MODEL_CALLS


@dataclass(frozen=True, slots=True)
class KeptCall:
    """One call, as a line of a recording."""

    debate_id: str
    id: str
    """Sorts by time within the debate."""
    body: str


class ModelCalls:
    """Recorded calls by debate; they go when it goes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, calls: list[KeptCall]) -> None:
        """Keep calls; those of a debate that has been deleted are passed over, and one that is kept already too.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        rows = [{"debate_id": one.debate_id, "id": one.id, "body": one.body} for one in calls]
        await self._database.write(lambda connection: connection.execute(_ADD, rows))

    async def lines(self, debate_id: str) -> list[str]:
        """All calls of a debate, oldest first; none where there is no such debate."""
        query = select(MODEL_CALLS.c.body).where(MODEL_CALLS.c.debate_id == debate_id).order_by(MODEL_CALLS.c.id)
        rows = await self._database.read(lambda connection: connection.execute(query).scalars().all())
        return [str(row) for row in rows]


_ADD = text(
    """
    INSERT INTO model_calls (debate_id, id, body)
    SELECT CAST(:debate_id AS TEXT), CAST(:id AS TEXT), CAST(:body AS TEXT)
    WHERE EXISTS (SELECT 1 FROM debates WHERE id = CAST(:debate_id AS TEXT))
    ON CONFLICT (debate_id, id) DO NOTHING
    """
)
