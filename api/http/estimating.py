"""What the models of a debate would take, before anything is asked."""

import asyncio
from collections.abc import Mapping
from math import ceil

from pydantic import BaseModel, Field

from api.catalogue import Catalogue
from api.models import JUDGE, MODERATOR, REFEREE
from debate.estimating import DebateEstimate, estimate_debate
from language.costs import CostEstimate, Price
from transcripts.transcript import Header

_BESIDE = (JUDGE, REFEREE, MODERATOR)
MOST_TURNS = 60
"""A rehearsal takes processor time; what goes beyond is reckoned from what was rehearsed."""


class Estimate(BaseModel):
    """The wording of all turns: where every first wording holds, and where every turn is asked for twice."""

    models: dict[str, str] = Field(description="By participant id, judge, referee and moderator")
    at_least: CostEstimate
    at_most: CostEstimate
    left_out: list[str] = Field(description="Roles whose calls come on top; they read a fraction of what speakers do")
    sentence: str = Field(examples=["about 12 model calls, 9,000 tokens in and 2,000 out, price unknown"])


async def estimate(header: Header, catalogue: Catalogue) -> Estimate:
    """What a debate that has not begun would take.

    Raises:
        InputError: A model is not offered.
    """
    speaking = {one: model for one, model in header.models.items() if one not in _BESIDE}
    nothing = CostEstimate(calls=0, input_tokens=0, output_tokens=0, cost_usd=0.0)
    made = DebateEstimate(at_least=nothing, at_most=nothing)
    if speaking:
        prices = {one: catalogue.price(model) for one, model in speaking.items()}
        # A loop of its own in a thread: the rehearsal computes, and the service must answer meanwhile.
        made = await asyncio.to_thread(lambda: asyncio.run(_rehearsed(header, prices)))
    return Estimate(
        models=dict(header.models),
        at_least=made.at_least,
        at_most=made.at_most,
        left_out=[one for one in _BESIDE if one in header.models],
        sentence=made.sentence() if speaking else "no model words a turn",
    )


async def _rehearsed(header: Header, prices: Mapping[str, Price | None]) -> DebateEstimate:
    setup = header.setup
    rounds = max(1, min(setup.rounds, MOST_TURNS // len(setup.participants)))
    made = await estimate_debate(setup.model_copy(update={"rounds": rounds}), prices)
    share = 1.0 if made.is_exhausted else setup.rounds / rounds
    return DebateEstimate(at_least=_times(made.at_least, share), at_most=_times(made.at_most, share))


def _times(one: CostEstimate, share: float) -> CostEstimate:
    return CostEstimate(
        calls=ceil(one.calls * share),
        input_tokens=ceil(one.input_tokens * share),
        output_tokens=ceil(one.output_tokens * share),
        cost_usd=one.cost_usd * share if one.cost_usd is not None else None,
    )
