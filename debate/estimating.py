"""What a debate by models will take, told before anything is asked.

The debate is rehearsed: the engine plays it with a model that refuses every wording, so that each turn is planned, both
of its prompts are written and counted, and the poster's own sentences are said. No model is called.
"""

from collections.abc import Mapping, Sequence

from debate.engine import Crew, run_debate
from debate.events import DebateEnded, Event, Setup
from debate.speakers.model_speaker import MAX_ATTEMPTS, ModelSpeaker
from debate.speakers.moderator import VerbatimModerator
from debate.speakers.port import Speaker
from debate.speakers.verbatim import VerbatimSpeaker
from language.chat import ChatRequest
from language.costs import CostEstimate, Price, count_request_tokens
from language.errors import Refused
from language.scripted import ScriptedChatModel
from personas.thread import Frozen


class DebateEstimate(Frozen):
    """The wording of all turns: where every first wording holds, and where every turn is asked for twice.

    Judging models and a referee's model come on top; they read a fraction of what the wording model reads.
    """

    at_least: CostEstimate
    at_most: CostEstimate
    is_exhausted: bool = False
    """True where the participants run out of things to say, so that more rounds would take no more."""

    def sentence(self) -> str:
        """The estimate as one sentence for a user."""
        return f"{self.at_least.sentence()}; up to {self.at_most.sentence().removeprefix('about ')}"


async def estimate_debate(
    setup: Setup, prices: Mapping[str, Price | None], so_far: Sequence[Event] = ()
) -> DebateEstimate:
    """What the rest of a debate takes.

    Args:
        setup: The debate.
        prices: The price of each participant's model by persona id, None where it is unknown; a participant who is
            not in it speaks without a model.
        so_far: What has happened already.
    """
    verbatim = VerbatimSpeaker()
    models = {one: ScriptedChatModel(_refuse, name=one) for one in prices}
    speakers: dict[str, Speaker] = {
        one.id: ModelSpeaker(models[one.id], verbatim) if one.id in models else verbatim for one in setup.participants
    }
    is_exhausted = False
    async for event in run_debate(setup, so_far, Crew(speakers, VerbatimModerator())):
        is_exhausted = isinstance(event, DebateEnded) and event.reason == "nothing_left"
    nothing = CostEstimate(calls=0, input_tokens=0, output_tokens=0, cost_usd=0.0)
    first, every = nothing, nothing
    for one, model in models.items():
        first += _estimate(model.requests[::MAX_ATTEMPTS], prices[one])
        every += _estimate(model.requests, prices[one])
    return DebateEstimate(at_least=first, at_most=every, is_exhausted=is_exhausted)


def _refuse(_: ChatRequest) -> Refused:
    return Refused("a rehearsal asks nobody")


def _estimate(requests: Sequence[ChatRequest], price: Price | None) -> CostEstimate:
    tokens_in = sum(count_request_tokens(request) for request in requests)
    # The bound of a reply leaves room; turns come to about two thirds of it.
    tokens_out = sum(int((request.parameters.max_tokens or 0) * 2 / 3) for request in requests)
    cost = price.cost_usd(tokens_in, tokens_out) if price is not None else (None if requests else 0.0)
    return CostEstimate(calls=len(requests), input_tokens=tokens_in, output_tokens=tokens_out, cost_usd=cost)
