import asyncio

from debate.engine import Crew, run_debate
from debate.estimating import estimate_debate
from debate.speakers.model_speaker import ModelSpeaker
from debate.speakers.moderator import VerbatimModerator
from debate.speakers.verbatim import VerbatimSpeaker
from language.costs import Price, count_request_tokens, find_price
from language.scripted import ScriptedChatModel
from tests.debate.debates_made import make_setup

PRICE = Price(input_usd=1.0, output_usd=4.0)


async def test_the_estimate_brackets_what_a_debate_takes() -> None:
    """A debate in which some wordings hold and some do not lies between the two figures."""
    setup = make_setup(rounds=2)
    estimate = await estimate_debate(setup, {one.id: PRICE for one in setup.participants})

    model = ScriptedChatModel(lambda request: "I can't help with that request, sorry.")
    speaker = ModelSpeaker(model, VerbatimSpeaker())
    crew = Crew({one.id: speaker for one in setup.participants}, VerbatimModerator())
    turns = [event async for event in run_debate(setup, (), crew) if event.type == "turn"]

    assert estimate.at_least.calls == len(turns)
    assert estimate.at_most.calls == len(model.requests) == 2 * len(turns)
    taken = sum(count_request_tokens(request) for request in model.requests)
    assert estimate.at_least.input_tokens < taken <= 1.1 * estimate.at_most.input_tokens
    assert 0 < (estimate.at_least.cost_usd or 0) < (estimate.at_most.cost_usd or 0)


def test_an_unknown_price_is_said() -> None:
    """No sum is given that would leave somebody's calls out."""
    setup = make_setup()
    estimate = asyncio.run(estimate_debate(setup, {"anna": PRICE, "bert": None}))

    assert estimate.at_most.cost_usd is None
    assert "price unknown" in estimate.sentence()


def test_nobody_by_a_model_costs_nothing() -> None:
    """A debate without models has no calls to pay for."""
    estimate = asyncio.run(estimate_debate(make_setup(), {}))

    assert (estimate.at_most.calls, estimate.at_most.cost_usd) == (0, 0.0)


def test_prices_come_from_the_table() -> None:
    """A known model has a price, one at an address of one's own has none."""
    known = find_price("gpt-4.1-mini", provider="openai")

    assert known is not None
    assert 0 < known.input_usd < known.output_usd
    assert find_price("my-own-model", base_url="http://127.0.0.1:8081/v1") is None
