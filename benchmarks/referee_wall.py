"""What a referee with a model costs in wall time: its rulings run beside the next speaker's wording.

    python -m benchmarks.referee_wall [--latency 0.5] [--referee-latency 0.5] [--rounds 4]

One debate of six personas on the shipped example at a time, against fake endpoints: without a referee, and with one
whose model is asked about every turn's claims. The end is at most 1.15 of the speakers' own time.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from pathlib import Path

from api.wiring import load_cast, load_sheet, prepare_debate, read_discussion
from benchmarks.many_debates import EXAMPLE, SHEET, endpoint_process
from debate.engine import Crew, run_debate
from debate.events import Setup
from debate.fidelity.check import FidelityCheck
from debate.referee.model_checker import ModelReferee
from debate.referee.port import Referee
from debate.referee.referee import RuleReferee
from debate.speakers.model_speaker import ModelSpeaker
from debate.speakers.moderator import VerbatimModerator
from debate.speakers.verbatim import VerbatimSpeaker
from language.models import Endpoints, ModelSpec, open_chat_model
from language.structured import ReplyModes
from transcripts.files import create_transcript
from transcripts.transcript import Header

TARGET = 1.15
PEOPLE = 6


async def play(header: Header, setup: Setup, url: str, referee: Referee | None) -> tuple[float, Counter[str]]:
    """Seconds of one debate, and how many events of each type it had."""
    endpoints, counted = Endpoints(), Counter[str]()
    chat = open_chat_model(ModelSpec(name="fake", base_url=url), endpoints)
    speaker = ModelSpeaker(chat, VerbatimSpeaker(), FidelityCheck())
    crew = Crew(dict.fromkeys((one.id for one in setup.participants), speaker), VerbatimModerator(), referee)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, create_transcript(Path(folder) / "t.jsonl", header) as writer:
        async for event in run_debate(setup, (), crew):
            writer.write(event)
            counted[event.type] += 1
    taken = time.monotonic() - started
    await endpoints.close()
    return taken, counted


async def measure(speakers_url: str, referee_url: str, rounds: int) -> tuple[float, float, Counter[str]]:
    """Seconds without a referee and with one, and what the second debate held."""
    cast = load_cast(read_discussion([EXAMPLE]), None, None)
    people = [one.id for one in cast.personas][:PEOPLE]
    preparation = prepare_debate(cast, participants=people, rounds=rounds)
    rules, endpoints = RuleReferee(load_sheet(SHEET)), Endpoints()
    model = open_chat_model(ModelSpec(name="fake", base_url=referee_url), endpoints)
    referee = ModelReferee(rules, model, ReplyModes())
    header, setup = preparation.header, preparation.setup
    # Loading what is needed is not what is measured.
    await play(header, setup.model_copy(update={"rounds": 1}), speakers_url, referee)
    alone, _ = await play(header, setup, speakers_url, None)
    beside, counted = await play(header, setup, speakers_url, referee)
    await endpoints.close()
    return alone, beside, counted


def main() -> None:
    """Print one line; exit status 1 where the end is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds of a speaker's call")
    parser.add_argument("--referee-latency", type=float, default=0.5, help="seconds of a referee's call")
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    with (
        endpoint_process("--latency", str(options.latency)) as speakers_url,
        endpoint_process("--latency", str(options.referee_latency)) as referee_url,
    ):
        alone, beside, counted = asyncio.run(measure(speakers_url, referee_url, options.rounds))
    print(
        f"{counted['turn']} turns, {counted['ruling']} rulings: {alone:.1f} s without a referee, {beside:.1f} s with "
        f"one, {beside / alone:.2f} (at most {TARGET})"
    )
    raise SystemExit(0 if beside <= TARGET * alone else 1)


if __name__ == "__main__":
    main()
