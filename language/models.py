"""Opening a chat model with all that stands between it and its callers."""

from collections.abc import Callable
from typing import Protocol

from pydantic import Field, SecretStr

from language.chat import ChatModel, ChatValue
from language.costs import Price, find_price
from language.errors import InputError
from language.recording import CallSink, Playback, PlaybackModel, RecordingModel
from language.resilience import BudgetMeter, EndpointGate, Gate, MeteredModel, RetryingModel, RetryPolicy


class ModelSpec(ChatValue):
    """Which model, where, and how it may be used.

    Either `base_url` is set and `name` is the model's name at that address, or `name` is "provider:name" as
    langchain writes it ("openai:gpt-4.1-mini", "anthropic:...", "ollama:...").
    """

    name: str = Field(min_length=1)
    base_url: str | None = None
    """Address of an OpenAI-compatible endpoint, for example "http://127.0.0.1:8081/v1"."""
    api_key: SecretStr | None = None
    """None where the endpoint needs none, or langchain finds it in the provider's own environment variable."""
    max_in_flight: int = Field(default=32, ge=1)
    max_per_minute: int | None = Field(default=None, ge=1)
    retries: RetryPolicy = RetryPolicy()

    @property
    def provider(self) -> str | None:
        """The part before the colon, None for a model at an address."""
        return None if self.base_url else self.name.partition(":")[0]

    @property
    def model(self) -> str:
        """The model's own name, as endpoints and price lists know it."""
        return self.name if self.base_url else self.name.partition(":")[2]

    @property
    def endpoint(self) -> str:
        """Where it is asked: the address, or the provider."""
        return self.base_url.rstrip("/") if self.base_url else self.name.partition(":")[0]

    def price(self) -> Price | None:
        """The model's price, None where it is unknown, as for most models at an address of one's own."""
        if self.base_url:
            return find_price(self.model, base_url=self.base_url)
        return find_price(self.model, provider=self.provider)


class Adapter(ChatModel, Protocol):
    """A model with connections of its own."""

    async def close(self) -> None:
        """Release them; later calls fail."""
        ...


class Endpoints:
    """The connections and limits that all debates of a process share; one for each event loop.

    The first model opened for an endpoint decides its limits.

    Args:
        make_gate: Makes an endpoint's limits; None for limits of this process alone.
    """

    def __init__(self, make_gate: Callable[[ModelSpec], Gate] | None = None) -> None:
        self._make_gate = make_gate or (lambda spec: EndpointGate(spec.max_in_flight, spec.max_per_minute))
        self._gates: dict[str, Gate] = {}
        self._adapters: dict[tuple[str, str, str], Adapter] = {}

    def gate(self, spec: ModelSpec) -> Gate:
        """The limits of the spec's endpoint."""
        if spec.endpoint not in self._gates:
            self._gates[spec.endpoint] = self._make_gate(spec)
        return self._gates[spec.endpoint]

    def adapter(self, spec: ModelSpec) -> Adapter:
        """The bare model of the spec, opened once."""
        key = spec.api_key.get_secret_value() if spec.api_key else None
        found = self._adapters.get((spec.endpoint, spec.model, key or ""))
        if found is None:
            found = _open_adapter(spec, key)
            self._adapters[spec.endpoint, spec.model, key or ""] = found
        return found

    async def close(self) -> None:
        """Close every connection."""
        for adapter in self._adapters.values():
            await adapter.close()
        self._adapters.clear()


def _open_adapter(spec: ModelSpec, key: str | None) -> Adapter:
    # Loaded here: langchain and openai take more than a second, which no command without a model should pay.
    from language import providers

    if spec.base_url:
        client = providers.open_client(spec.base_url, key, spec.retries.try_timeout_s)
        return providers.OpenAICompatibleModel(client, spec.base_url, spec.model)
    return providers.open_langchain(spec.endpoint, spec.model, api_key=key, timeout_s=spec.retries.try_timeout_s)


def open_chat_model(
    spec: ModelSpec,
    endpoints: Endpoints,
    *,
    meter: BudgetMeter | None = None,
    log: CallSink | None = None,
    playback: Playback | None = None,
) -> ChatModel:
    """A model ready for use: with retries, the endpoint's limits, a budget and a recording.

    Args:
        spec: Which model.
        endpoints: Of this process; closing them (``await endpoints.close()``) closes every model opened here.
        meter: Of one debate, shared by all its models; None for no bound.
        log: Where every call is written down, closed by whoever opened it.
        playback: Answers come from this recording and nothing is asked; nothing else of the spec matters
        but its name.

    Raises:
        InputError: A budget in money was set, and the model's price is unknown.
        UnknownModel: The provider is unknown, or its package is not installed.
        BadCredentials: The provider needs a key and none was found.
    """
    if playback is not None:
        return PlaybackModel(playback, spec.model, spec.endpoint)
    if not spec.base_url and ":" not in spec.name:
        raise InputError(
            f"{spec.name!r} names no provider; write it as provider:name, or give the address of an endpoint"
        )
    price = spec.price()
    meter = meter or BudgetMeter()
    if price is None and meter.budget.max_cost_usd is not None:
        raise InputError(
            f"no price is known for {spec.model!r}, so that a budget in money cannot be kept; bound its tokens or calls"
        )
    metered = MeteredModel(endpoints.adapter(spec), meter, price)
    patient = RetryingModel(metered, spec.retries, endpoints.gate(spec))
    return RecordingModel(patient, log) if log is not None else patient
