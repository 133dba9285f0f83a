"""Logs that have been read already: thirty phones that ask for the same debate every few seconds read it once."""

from collections import OrderedDict

from debate.events import EVENT, Event
from transcripts.store import Store
from transcripts.transcript import Transcript

_MOST_KEPT = 50


class ReadLogs:
    """Transcripts up to date; of what was read before, only what has been added since is read.

    Args:
        store: Where logs are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, Transcript] = OrderedDict()

    async def transcript(self, debate_id: str) -> Transcript:
        """The transcript of a debate as it is now.

        Raises:
            NotFound: There is no such debate.
            StoreUnavailable: The database cannot be used now.
        """
        summary = await self._store.get_summary(debate_id)
        kept = self._kept.get(debate_id)
        if kept is None:
            kept = await self._store.transcript(debate_id)
        elif len(kept.events) < summary.last_seq:
            added = await self._store.read_after(debate_id, len(kept.events))
            events: tuple[Event, ...] = (*kept.events, *(EVENT.validate_json(one.body) for one in added))
            kept = kept.model_copy(update={"events": events})
        self._kept[debate_id] = kept
        self._kept.move_to_end(debate_id)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return kept
