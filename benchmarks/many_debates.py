"""Many debates at once against one endpoint, as the load and fault benchmarks run them."""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api.wiring import load_cast, load_sheet, prepare_debate, read_discussion
from debate.engine import Crew, run_debate
from debate.fidelity.check import FidelityCheck
from debate.referee.referee import RuleReferee
from debate.speakers.model_speaker import ModelSpeaker
from debate.speakers.moderator import VerbatimModerator
from debate.speakers.verbatim import VerbatimSpeaker
from language.models import Endpoints, ModelSpec, open_chat_model
from language.resilience import BudgetMeter, RetryPolicy
from transcripts.files import create_transcript, read_transcript
from transcripts.transcript import Header

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "politburo" / "thread.txt"
SHEET = ROOT / "examples" / "interwar-ussr.yaml"
SPEAKERS = 3


@dataclass
class Outcome:
    """What came of all debates."""

    debates: int
    turns: int = 0
    attempts: int = 0
    rulings: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    lost_turns: int = 0
    """Turns yielded by the engine that are not in the transcript, and gaps in its numbering."""
    silent: int = 0
    """Turns without words."""
    wall_s: float = 0.0
    cpu_s: float = 0.0
    slowest_s: float = 0.0


async def run_debates(url: str, debates: int, turns: int, retries: RetryPolicy, model: str = "fake") -> Outcome:
    """Run debates side by side, each with a transcript on disk, fidelity checks by code and the rules' referee."""
    preparation = prepare_debate(load_cast(read_discussion([EXAMPLE]), None, None), rounds=turns // SPEAKERS)
    people = [one.id for one in preparation.setup.participants[:SPEAKERS]]
    preparation = prepare_debate(
        load_cast(read_discussion([EXAMPLE]), None, None), participants=people, rounds=turns // SPEAKERS
    )
    endpoints, outcome = Endpoints(), Outcome(debates)
    # The engine's own work is what is measured: what all debates share is made once, as in a server.
    verbatim, check, moderator = VerbatimSpeaker(), FidelityCheck(), VerbatimModerator()
    referee = RuleReferee(load_sheet(SHEET))
    spec = ModelSpec(name=model, base_url=url, max_in_flight=debates, retries=retries)

    async def one(folder: Path, number: int) -> None:
        started = time.monotonic()
        chat = open_chat_model(spec, endpoints, meter=BudgetMeter())
        speaker = ModelSpeaker(chat, verbatim, check)
        crew = Crew(dict.fromkeys(people, speaker), moderator, referee)
        await _play(preparation.header, crew, folder / f"{number}.jsonl", outcome)
        outcome.slowest_s = max(outcome.slowest_s, time.monotonic() - started)

    with tempfile.TemporaryDirectory() as name:
        await _play(
            preparation.header, _crew_of(spec, endpoints, people, verbatim, check, referee), Path(name) / "warm"
        )
        cpu, started = _cpu_s(), time.monotonic()
        await asyncio.gather(*(one(Path(name), number) for number in range(debates)))
        outcome.cpu_s, outcome.wall_s = _cpu_s() - cpu, time.monotonic() - started
        for number in range(debates):
            _read_back(Path(name) / f"{number}.jsonl", outcome)
    await endpoints.close()
    return outcome


def _crew_of(
    spec: ModelSpec,
    endpoints: Endpoints,
    people: list[str],
    verbatim: VerbatimSpeaker,
    check: FidelityCheck,
    referee: RuleReferee,
) -> Crew:
    speaker = ModelSpeaker(open_chat_model(spec, endpoints), verbatim, check)
    return Crew(dict.fromkeys(people, speaker), VerbatimModerator(), referee)


async def _play(header: Header, crew: Crew, path: Path, outcome: Outcome | None = None) -> None:
    yielded = 0
    with create_transcript(path, header) as writer:
        async for event in run_debate(header.setup, (), crew):
            writer.write(event)
            yielded += event.type == "turn"
    if outcome is not None:
        outcome.turns += yielded


def _read_back(path: Path, outcome: Outcome) -> None:
    transcript = read_transcript(path)
    events = transcript.events
    turns = [event for event in events if event.type == "turn"]
    outcome.lost_turns += sum(event.seq != place for place, event in enumerate(events, start=1))
    outcome.silent += sum(not turn.text.strip() for turn in turns)
    outcome.attempts += sum(len(turn.attempts) for turn in turns)
    outcome.rulings += sum(event.type == "ruling" for event in events)
    outcome.origins.update(turn.origin for turn in turns)
    ending = transcript.ending
    outcome.endings[ending.reason if ending is not None else "none"] += 1


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def endpoint_process(*options: str) -> Iterator[str]:
    """The fake endpoint in a process of its own, so that its work is not counted; gives its address."""
    command = [sys.executable, "-m", "benchmarks.load_endpoint", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
