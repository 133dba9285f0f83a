"""Who speaks and checks in a debate of the service."""

import asyncio
from typing import TYPE_CHECKING

from api.calls import CallKeeper
from api.catalogue import Catalogue
from api.models import JUDGE, MODERATOR, REFEREE, ModelOptions, man_crew
from api.outages import PatientModel
from api.settings import Settings
from api.shared_gate import SharedGates
from api.wiring import Preparation, assemble_crew
from transcripts.database import Database
from transcripts.endpoints import EndpointSlots
from transcripts.library import Library
from transcripts.model_calls import ModelCalls
from transcripts.store import StoredDebate

if TYPE_CHECKING:
    from api.playing import Circumstances
    from debate.engine import Crew
    from language.chat import ChatModel
    from language.models import Endpoints


class CrewMaker:
    """Puts a debate's crew together from what the store holds and the operator offers.

    Args:
        settings: The operator's.
        database: Where fact sheets are, where calls are kept and, on Postgres, limits are counted.

    Raises:
        InputError: A setting names a model in a way that cannot be understood.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._library = Library(database)
        self._catalogue = Catalogue(settings)
        self._calls = CallKeeper(ModelCalls(database) if settings.record_calls else None)
        # One process alone has a SQLite store, and counts for itself.
        self._gates = SharedGates(EndpointSlots(database)) if database.name == "postgresql" else None
        self._endpoints: Endpoints | None = None

    async def __call__(self, debate: StoredDebate, about: "Circumstances") -> "Crew":
        """The crew of one debate.

        Raises:
            NotFound: Its fact sheet has been deleted.
            InputError: A model of it is not offered any more, or its budget cannot be kept.
            ModelError: A model cannot be opened.
        """
        sheet = await self._library.sheet(debate.sheet_digest) if debate.sheet_digest is not None else None
        preparation = Preparation(debate.header, sheet)
        if not debate.header.models:
            # A large sheet's index takes a while; other debates must not wait for it.
            return await asyncio.to_thread(assemble_crew, preparation)
        from language.providers import load_libraries

        await asyncio.to_thread(load_libraries)
        models = self._open(debate, about)
        options = ModelOptions(timeout_s=self._settings.model_timeout_s)
        return await asyncio.to_thread(man_crew, preparation, options, models)

    def _open(self, debate: StoredDebate, about: "Circumstances") -> "dict[str, ChatModel]":
        """Every model of a debate by participant id or role; one budget for all."""
        from language.models import Endpoints, open_chat_model
        from language.resilience import BudgetMeter

        if self._endpoints is None:
            self._endpoints = Endpoints(self._gates.gate if self._gates is not None else None)
        meter = BudgetMeter(about.options.budget, about.spent)
        opened: dict[str, ChatModel] = {}
        for role, model_id in debate.header.models.items():
            spec, log = self._catalogue.spec(model_id), self._calls.sink(debate.id)
            model = open_chat_model(spec, self._endpoints, meter=meter, log=log)
            # Who checks has an answer of their own for a model that is gone: the rules, or "unchecked".
            is_patient = role not in (JUDGE, REFEREE, MODERATOR)
            opened[role] = PatientModel(model, self._settings.model_patience_s, about.report) if is_patient else model
        return opened

    async def close(self) -> None:
        """Close the connections to all models, and keep the last calls."""
        if self._endpoints is not None:
            await self._endpoints.close()
        if self._gates is not None:
            await self._gates.close()
        await self._calls.close()
