import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.cli import fidelity, interview
from api.models import ModelOptions, Recording, open_crew, open_recording, recorded_beside, spent_in
from api.wiring import Preparation, load_cast, prepare_debate, read_discussion
from debate.engine import run_debate
from debate.events import Event
from language.errors import InputError, RejoinderError
from language.fake_endpoint import Behaviour, FakeEndpoint, FaultKind
from language.resilience import Budget
from tests.api.commands import EXAMPLE
from tests.api.served_endpoint import Served
from transcripts.files import create_transcript


@pytest.fixture
def app() -> typer.Typer:
    """The two commands as the program registers them."""
    commands = typer.Typer()
    fidelity.register(commands)
    interview.register(commands)
    return commands


@pytest.fixture
def endpoint(loopback_requests: None) -> Iterator[FakeEndpoint]:
    """An endpoint that answers faithfully, in a thread of its own."""
    with Served(Behaviour()) as served:
        yield served


def prepared(rounds: int = 1) -> Preparation:
    cast = load_cast(read_discussion([EXAMPLE]), None, None)
    return prepare_debate(cast, participants=[one.id for one in cast.personas[:3]], rounds=rounds)


async def play(options: ModelOptions, preparation: Preparation, so_far: tuple[Event, ...] = ()) -> list[Event]:
    with open_recording(options) as recording:
        return await play_recorded(options, recording, preparation, so_far)


async def play_recorded(
    options: ModelOptions, recording: Recording, preparation: Preparation, so_far: tuple[Event, ...] = ()
) -> list[Event]:
    async with open_crew(preparation, options, recording, spent=spent_in(so_far)) as crew:
        return [event async for event in run_debate(preparation.setup, so_far, crew, recording.now)]


def write(path: Path, preparation: Preparation, events: list[Event]) -> None:
    with create_transcript(path, preparation.header) as writer:
        for event in events:
            writer.write(event)


def test_interview_without_a_model(app: typer.Typer) -> None:
    """One question, answered in the poster's own sentences with their places."""
    asked = ["interview", str(EXAMPLE), "Why did he miss the funeral?", "--persona", "kvass_and_effect"]
    done = CliRunner().invoke(app, asked)

    assert done.exit_code == 0, done.output
    assert "in the poster's own sentences" in done.output
    assert "rests on post" in done.output


def test_interview_with_a_model(app: typer.Typer, endpoint: FakeEndpoint) -> None:
    """The same question to the same persona, worded by a model and held to the same words."""
    asked = ["interview", str(EXAMPLE), "Why did he miss the funeral?", "--persona", "kvass_and_effect", "--json"]
    done = CliRunner().invoke(app, [*asked, "--model", "tiny", "--base-url", endpoint.base_url])

    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert said["origin"] == "model"
    assert said["evidence"]
    assert len(endpoint.requests) == 1


def test_interview_names_who_is_unknown(app: typer.Typer) -> None:
    """A misspelt persona is an error that lists the right ones."""
    done = CliRunner().invoke(app, ["interview", str(EXAMPLE), "Why?", "--persona", "nobody-here"])

    assert isinstance(done.exception, RejoinderError)
    assert "paper" in str(done.exception)


async def test_a_recorded_debate_plays_back_offline(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    """The same events come out of the recording, with nobody listening any more."""
    options = ModelOptions(model="tiny", base_url=endpoint.base_url)
    recorded = recorded_beside(options, tmp_path / "t.jsonl")
    played = options.model_copy(update={"playback": recorded.recording})
    for name, chosen in (("first", recorded), ("again", played)):
        with open_recording(chosen) as recording:
            preparation = prepared().started_at(recording.now())
            events = await play_recorded(chosen, recording, preparation)
        write(tmp_path / name, preparation, events)
        assert any(event.type == "turn" and event.origin == "model" for event in events)
        calls = len(endpoint.requests)

    assert (tmp_path / "again").read_bytes() == (tmp_path / "first").read_bytes()
    assert calls == sum("reply" in line for line in recorded.recording.read_text().splitlines())  # type: ignore[union-attr]


async def test_a_spent_budget_ends_the_debate_and_more_continues_it(endpoint: FakeEndpoint) -> None:
    """The event says so; what was spent counts on, and a larger budget plays the rest."""
    preparation = prepared(rounds=2)
    small = ModelOptions(model="tiny", base_url=endpoint.base_url, budget=Budget(max_calls=2))
    first = await play(small, preparation)
    assert first[-1].type == "debate_ended"
    assert first[-1].reason == "budget_spent"
    assert "2 model calls" in (first[-1].detail or "")

    still_small = await play(small, preparation, tuple(first))
    assert still_small[-1].model_dump()["reason"] == "budget_spent"
    more = await play(small.model_copy(update={"budget": Budget(max_calls=50)}), preparation, tuple(first))
    assert more[-1].model_dump()["reason"] in ("completed", "nothing_left")
    assert any(event.type == "turn" for event in more)


@pytest.mark.parametrize("kind", ["500", "hang", "truncated"])
@pytest.mark.usefixtures("loopback_requests")
async def test_an_endpoint_that_stays_broken_ends_the_debate_with_a_recorded_error(kind: FaultKind) -> None:
    """Nothing hangs and nothing is lost: the debate ends, says why, or goes on in the posters' own words."""
    with Served(Behaviour(fault_share=1.0, fault_kinds=(kind,), hang_s=5.0)) as broken:
        # A hanging call is soon given up; a broken body must have arrived even on a busy machine.
        options = ModelOptions(model="tiny", base_url=broken.base_url, timeout_s=0.05 if kind == "hang" else 10.0)
        events = await play(options, prepared())

    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    last = events[-1]
    assert last.type == "debate_ended"
    if kind == "truncated":
        assert {event.origin for event in events if event.type == "turn"} == {"verbatim_fallback"}
    else:
        assert last.reason == "failed"
        assert events[-2].type == "fault"


def test_the_report_of_a_debate(app: typer.Typer, endpoint: FakeEndpoint, tmp_path: Path) -> None:
    """`rejoinder fidelity` reads any transcript, as a table and as JSON."""
    preparation = prepared(rounds=2)
    events = asyncio.run(play(ModelOptions(model="tiny", base_url=endpoint.base_url), preparation))
    path = tmp_path / "t.jsonl"
    write(path, preparation, events)

    table = CliRunner().invoke(app, ["fidelity", str(path)])
    assert table.exit_code == 0, table.output
    assert "Fidelity of turns" in table.output
    report = json.loads(CliRunner().invoke(app, ["fidelity", str(path), "--json"]).output)
    totals = [row for row in report["rows"] if row["round"] == 0]
    assert sum(row["by_model"] for row in totals) == sum(event.type == "turn" for event in events)


def test_a_model_without_provider_or_address_is_an_input_error() -> None:
    """The error says how to name a model."""
    with pytest.raises(InputError, match="PROVIDER:NAME"):
        ModelOptions(model="tiny").spec("tiny")
