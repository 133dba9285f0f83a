"""The models that may be chosen."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.catalogue import Catalogue, Offer
from api.http.guard import Reader
from api.http.problems import responses
from api.http.service import Served
from api.outages import knock
from language.resilience import Budget

router = APIRouter(prefix="/v1/models", tags=["models"])


class OfferedModel(BaseModel):
    """A model that a debate may name."""

    id: str = Field(examples=["openai:gpt-5-mini"])
    is_default: bool = Field(description="Whether the operator suggests it; no model is used where none is named")
    input_usd_per_million: float | None = Field(description="Price of what it reads; null where it is unknown")
    output_usd_per_million: float | None = Field(description="Price of what it writes; null where it is unknown")
    why_unavailable: str | None = Field(description="Why nobody answers there now; null where somebody does")


class ModelList(BaseModel):
    """All of them, and the most that a debate's models may take."""

    items: list[OfferedModel]
    limits: Budget


@router.get("", responses=responses())
async def list_models(actor: Reader, service: Served) -> ModelList:
    """The models that the operator offers; the default one first."""
    settings, catalogue = service.settings, service.catalogue
    offered = catalogue.offers
    endpoints = sorted({one.endpoint for one in offered})
    heard = dict(zip(endpoints, await asyncio.gather(*map(knock, endpoints)), strict=True))
    prices = await asyncio.to_thread(lambda: [_priced(one, catalogue, heard[one.endpoint]) for one in offered])
    limits = Budget(max_calls=settings.max_calls, max_tokens=settings.max_tokens, max_cost_usd=settings.max_cost_usd)
    return ModelList(items=prices, limits=limits)


def _priced(offer: Offer, catalogue: Catalogue, why_unavailable: str | None) -> OfferedModel:
    price = catalogue.price(offer.id)
    return OfferedModel(
        id=offer.id,
        is_default=offer.id == catalogue.default,
        input_usd_per_million=price.input_usd if price is not None else None,
        output_usd_per_million=price.output_usd if price is not None else None,
        why_unavailable=why_unavailable,
    )
