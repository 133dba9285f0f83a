"""Who speaks and checks in a debate of the service."""

import asyncio
from typing import TYPE_CHECKING

from api.settings import Settings
from api.wiring import Preparation, assemble_crew
from transcripts.library import Library
from transcripts.store import StoredDebate

if TYPE_CHECKING:
    from debate.engine import Crew


class CrewMaker:
    """Puts a debate's crew together from what the store holds.

    Args:
        settings: The operator's.
        library: Where fact sheets are.
    """

    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings = settings
        self._library = library

    async def __call__(self, debate: StoredDebate) -> "Crew":
        """The crew of one debate.

        Raises:
            NotFound: Its fact sheet has been deleted.
        """
        sheet = await self._library.sheet(debate.sheet_digest) if debate.sheet_digest is not None else None
        # A large sheet's index takes a while; other debates must not wait for it.
        return await asyncio.to_thread(assemble_crew, Preparation(debate.header, sheet))
