"""Which models and how much of them a client asks for, held against what the operator offers."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.catalogue import Catalogue
from api.models import JUDGE, MODERATOR, REFEREE
from api.settings import Settings
from debate.formats import find_format
from language.errors import InputError
from language.resilience import Budget

ModelId = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ModelChoice(BaseModel):
    """Models by their ids, as `GET /v1/models` lists them; whoever has none speaks in their poster's own sentences."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"default": "small", "referee": "openai:gpt-5-mini"}]}
    )

    default: ModelId | None = Field(default=None, description="Words the turns of everybody without one of their own")
    personas: dict[str, ModelId | None] = Field(
        default={}, max_length=200, description="By persona id; null for their own sentences"
    )
    judge: ModelId | None = Field(default=None, description="Judges each worded turn's fidelity; none: code alone does")
    referee: ModelId | None = Field(default=None, description="Checks claims beside the rules; needs a fact sheet")
    moderator: ModelId | None = Field(
        default=None, description="Words the moderator's questions, in a format that has one; none: a fixed form"
    )


class BudgetChoice(BaseModel):
    """What the models of one debate may take together; null for no bound but the operator's."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"max_calls": 200}]})

    max_calls: int | None = Field(default=None, ge=0, le=10_000_000)
    max_tokens: int | None = Field(default=None, ge=0, le=10_000_000_000)
    max_cost_usd: float | None = Field(default=None, ge=0, le=1_000_000, description="Needs models of known price")
    max_seconds: float | None = Field(
        default=None, ge=0, le=10_000_000, description="From the first call on, in whichever process plays the debate"
    )


def resolve(
    choice: ModelChoice | None, participants: Sequence[str], catalogue: Catalogue, *, format: str, has_sheet: bool
) -> dict[str, str]:
    """The models of a debate by participant id, judge, referee and moderator; empty without models.

    Args:
        choice: What the client asks for.
        participants: Ids of those who take part.
        catalogue: What is offered.
        format: The debate's format.
        has_sheet: Whether the debate has a referee.

    Raises:
        InputError: A model is not offered, or is for somebody who does not take part.
    """
    if choice is None:
        return {}
    strangers = [one for one in choice.personas if one not in participants]
    if strangers:
        raise InputError(f"{strangers[0]!r} takes no part in this debate; here are {', '.join(participants)}")
    named = {one: choice.personas.get(one, choice.default) for one in participants}
    models = {one: model for one, model in named.items() if model is not None}
    if choice.judge is not None:
        if not models:
            raise InputError("a judge judges worded turns, and nobody here has a model")
        models[JUDGE] = choice.judge
    if choice.referee is not None:
        if not has_sheet:
            raise InputError("the referee's model needs a fact sheet; name one as 'sheet'")
        models[REFEREE] = choice.referee
    if choice.moderator is not None:
        if not find_format(format).has_moderator:
            raise InputError(f"the format {format!r} has no moderator; choose panel, or name no model for one")
        models[MODERATOR] = choice.moderator
    catalogue.check(models)
    return models


def bounded(budget: BudgetChoice | None, settings: Settings) -> Budget:
    """The budget that holds: the client's, but no more than the operator allows."""
    asked = budget or BudgetChoice()

    def least(one: float | None, other: float | None) -> float | None:
        given = [bound for bound in (one, other) if bound is not None]
        return min(given, default=None)

    return Budget.model_validate(
        {
            "max_calls": least(asked.max_calls, settings.max_calls),
            "max_tokens": least(asked.max_tokens, settings.max_tokens),
            "max_cost_usd": least(asked.max_cost_usd, settings.max_cost_usd),
            "max_seconds": asked.max_seconds,
        }
    )


def check_budget(budget: Budget, models: dict[str, str], catalogue: Catalogue) -> None:
    """See that a budget in money can be kept.

    Raises:
        InputError: The price of a model is unknown.
    """
    if budget.max_cost_usd is None:
        return
    unknown = sorted(one for one in set(models.values()) if catalogue.price(one) is None)
    if unknown:
        raise InputError(f"no price is known for {unknown[0]!r}, so that a budget in money cannot be kept; bound calls")
