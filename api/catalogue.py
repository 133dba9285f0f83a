"""The chat models that an operator offers to clients: names that may be chosen, and what stands behind each.

A client chooses by id alone. Where a model is asked, and with which key, is the operator's to say and never shown.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from api.settings import EndpointRules, Settings
from language.errors import InputError

if TYPE_CHECKING:
    from language.costs import Price
    from language.models import ModelSpec


class Offer(BaseModel):
    """One model that may be chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """What clients call it."""
    name: str
    """As its endpoint knows it, or PROVIDER:NAME where it has no address."""
    base_url: str | None

    @property
    def endpoint(self) -> str:
        """Where it is asked: an address, or a provider's name."""
        return self.base_url.rstrip("/") if self.base_url is not None else self.name.partition(":")[0]


class Catalogue:
    """All models that may be chosen.

    Args:
        settings: The operator's.

    Raises:
        InputError: A setting names a model in a way that cannot be understood.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._offers: dict[str, Offer] = {}
        self.default: str | None = None
        if settings.model is not None:
            self.default = self._add(_default_offer(settings)).id
        for entry in settings.models_allowed:
            self._add(_offer(entry, settings))

    def _add(self, offer: Offer) -> Offer:
        known = self._offers.setdefault(offer.id, offer)
        if known != offer:
            raise InputError(
                f"REJOINDER_MODELS_ALLOWED offers two models as {offer.id!r}; name one ID={offer.name}@..."
            )
        return known

    @property
    def offers(self) -> tuple[Offer, ...]:
        """In the operator's order; the default one first."""
        return tuple(self._offers.values())

    def offer(self, model_id: str) -> Offer:
        """The model that clients call by this id.

        Raises:
            InputError: It is not offered.
        """
        if (found := self._offers.get(model_id)) is not None:
            return found
        offered = ", ".join(map(repr, self._offers)) or "none; the operator sets REJOINDER_MODEL"
        raise InputError(f"the model {model_id!r} is not offered here; offered: {offered}")

    def check(self, models: Mapping[str, str]) -> None:
        """See that every model of a debate is offered.

        Raises:
            InputError: One is not.
        """
        for model_id in models.values():
            self.offer(model_id)

    def spec(self, model_id: str) -> "ModelSpec":
        """How a model is opened.

        Raises:
            InputError: It is not offered.
        """
        from language.models import ModelSpec
        from language.resilience import RetryPolicy

        offer, settings = self.offer(model_id), self._settings
        rules = self.rules(offer.endpoint)
        timeout_s = settings.model_timeout_s
        is_own = offer.base_url == settings.base_url
        return ModelSpec(
            name=offer.name,
            base_url=offer.base_url,
            api_key=rules.api_key or (settings.api_key if is_own else None),
            max_in_flight=rules.at_once,
            max_per_minute=rules.per_minute,
            retries=RetryPolicy(try_timeout_s=timeout_s, deadline_s=2 * timeout_s),
        )

    def rules(self, endpoint: str) -> EndpointRules:
        """How one endpoint may be used."""
        for address, rules in self._settings.endpoints.items():
            if address.rstrip("/") == endpoint:
                return rules
        return EndpointRules()

    def price(self, model_id: str) -> "Price | None":
        """What a model costs; None where it is unknown.

        Raises:
            InputError: It is not offered.
        """
        return self.spec(model_id).price()


def _default_offer(settings: Settings) -> Offer:
    assert settings.model is not None
    if settings.base_url is None and ":" not in settings.model:
        raise InputError(
            f"REJOINDER_MODEL={settings.model!r} names no provider; write PROVIDER:NAME, or set REJOINDER_BASE_URL"
        )
    # At an address, "openai:" says no more than that it speaks OpenAI's protocol.
    name = settings.model.removeprefix("openai:") if settings.base_url is not None else settings.model
    return Offer(id=settings.model, name=name, base_url=settings.base_url)


def _offer(entry: str, settings: Settings) -> Offer:
    """An entry [ID=]NAME[@ADDRESS]; without an address a provider's model, or one at REJOINDER_BASE_URL."""
    what, at, address = entry.strip().partition("@")
    given, equals, name = what.partition("=")
    name = (name if equals else given).strip()
    model_id = given.strip() if equals else name
    base_url = address.strip() if at else None
    if base_url is None and ":" not in name:
        base_url = settings.base_url
    is_address = base_url is None or base_url.startswith(("http://", "https://"))
    if not name or not model_id or not is_address or (base_url is None and ":" not in name):
        raise InputError(
            f"REJOINDER_MODELS_ALLOWED: {entry!r} cannot be understood; write PROVIDER:NAME, NAME@http://... or "
            "ID=NAME@http://..."
        )
    return Offer(id=model_id, name=name, base_url=base_url)
