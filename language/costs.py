"""What model calls cost: an estimate before, the usage after.

Prices come from genai-prices' bundled table; a model that is not in it has no price, which is None and
never zero.
"""

import math
from functools import lru_cache

from language.chat import ChatRequest, ChatValue, TokenUsage

TOKENS_PER_MESSAGE = 4
"""What a chat template adds to each message, roughly."""


def count_tokens(text: str) -> int:
    """About how many tokens a text takes, without any model's own tokenizer.

    English runs at about four bytes of UTF-8 a token in the vocabularies of today; other scripts take more
    bytes a character and fewer characters a token, so that counting bytes serves both. Meant to err high by
    some percent.
    """
    return math.ceil(len(text.encode("utf-8", "replace")) / 3.8)


def count_request_tokens(request: ChatRequest) -> int:
    """About how many tokens a request's messages take."""
    return sum(count_tokens(message.content) + TOKENS_PER_MESSAGE for message in request.messages)


class Price(ChatValue):
    """Dollars for a million tokens."""

    input_usd: float
    output_usd: float

    def cost_usd(self, input_tokens: int, output_tokens: int) -> float:
        """What a call with these tokens costs."""
        return (input_tokens * self.input_usd + output_tokens * self.output_usd) / 1_000_000


@lru_cache(maxsize=256)
def find_price(model: str, provider: str | None = None, base_url: str | None = None) -> Price | None:
    """The price of a model, None where genai-prices does not know it.

    Args:
        model: The name as the provider gives it, without "provider:".
        provider: The provider's name, where known ("openai", "anthropic", "google_genai" ...).
        base_url: Address of the endpoint, where it is asked by address.
    """
    # genai-prices takes a third of a second to load, more than most commands take in all.
    from genai_prices import Usage, calc_price

    million = Usage(input_tokens=1_000_000, output_tokens=1_000_000)
    try:
        if base_url is not None:
            found = calc_price(million, model_ref=model, provider_api_url=base_url)
        else:
            found = calc_price(million, model_ref=model, provider_id=provider)
    except LookupError:
        return None
    return Price(input_usd=float(found.input_price), output_usd=float(found.output_price))


class CostEstimate(ChatValue):
    """What a run is expected to take, before anything is asked."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    """None where the price of the model is unknown."""

    def __add__(self, other: "CostEstimate") -> "CostEstimate":
        # An unknown price beside a known one makes the whole unknown: a partial sum would read as the whole
        # bill.
        known = self.cost_usd is not None and other.cost_usd is not None
        return CostEstimate(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=(self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
        )

    def sentence(self) -> str:
        """The estimate as one sentence for a user."""
        price = "price unknown" if self.cost_usd is None else f"about ${self.cost_usd:.4f}"
        return (
            f"about {self.calls} model calls, {self.input_tokens:,} tokens in and {self.output_tokens:,} out, {price}"
        )


def priced(usage: TokenUsage, price: Price | None) -> TokenUsage:
    """The usage with its cost, where the price is known and the endpoint gave none itself."""
    if price is None or usage.cost_usd is not None:
        return usage
    return usage.model_copy(update={"cost_usd": price.cost_usd(usage.input_tokens, usage.output_tokens)})
