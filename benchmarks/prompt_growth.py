"""How the prompt of a turn grows over a long debate: the end is that the fortieth costs at most 1.2 times the tenth.

    python -m benchmarks.prompt_growth [--turns 42]

The shipped example is debated by a scripted model that answers with the persona's own words; tokens are counted as
wherever an endpoint reports none. AutoGen's round-robin, which sends the whole debate every time, stands at 4.4.
"""

import argparse
import asyncio

from rich.console import Console
from rich.table import Table

from api.wiring import load_cast, prepare_debate, read_discussion
from benchmarks.load_endpoint import reworded
from benchmarks.many_debates import EXAMPLE
from debate.engine import Crew, run_debate
from debate.speakers.model_speaker import ModelSpeaker
from debate.speakers.moderator import VerbatimModerator
from debate.speakers.verbatim import VerbatimSpeaker
from language.chat import ChatRequest
from language.costs import count_request_tokens
from language.scripted import ScriptedChatModel

TARGET = 1.2


def answer(request: ChatRequest) -> str:
    """As the fake endpoint of the load benchmark answers."""
    return reworded({"messages": [message.model_dump() for message in request.messages]})


async def prompts(turns: int) -> list[int]:
    """Tokens of the first prompt of each turn."""
    cast = load_cast(read_discussion([EXAMPLE]), None, None)
    setup = prepare_debate(cast, rounds=turns).setup
    sizes: list[int] = []
    model = ScriptedChatModel(answer)
    speaker = ModelSpeaker(model, VerbatimSpeaker())
    crew = Crew({one.id: speaker for one in setup.participants}, VerbatimModerator())
    asked = 0
    async for event in run_debate(setup, (), crew):
        if event.type == "turn":
            if len(model.requests) > asked:
                sizes.append(count_request_tokens(model.requests[asked]))
            asked = len(model.requests)
        if len(sizes) >= turns:
            break
    return sizes


def main() -> None:
    """Print one table; exit status 1 where the end is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=42)
    options = parser.parse_args()
    sizes = asyncio.run(prompts(options.turns))
    table = Table(title="Tokens of the prompt, mean of five turns around it")
    table.add_column("turn", justify="right")
    table.add_column("tokens", justify="right")
    table.add_column("to the tenth", justify="right")
    # Personas differ in how much they wrote: single turns would compare people, not lengths of the debate.
    around = {turn: sizes[max(turn - 3, 0) : turn + 2] for turn in (5, 10, 20, 30, 40) if turn + 2 <= len(sizes)}
    means = {turn: sum(some) / len(some) for turn, some in around.items()}
    for turn, mean in means.items():
        table.add_row(str(turn), f"{mean:.0f}", f"{mean / means[10]:.2f}")
    Console().print(table)
    raise SystemExit(0 if 40 in means and means[40] <= TARGET * means[10] else 1)


if __name__ == "__main__":
    main()
