"""Models in debates of the service: chosen from what the operator offers, bounded, watched, and got back when lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.catalogue import Catalogue
from api.settings import Settings
from language.errors import InputError
from language.fake_endpoint import Behaviour, FakeEndpoint
from language.recording import RecordedCall
from tests.api.served_endpoint import Served
from tests.api.service_made import SHEET, a_modelled_service, command, events, start, upload, wait_for, wait_until

ROOT = Path(__file__).parents[2]
MODELLED: dict[str, Any] = {"models": {"default": "fake"}}


@pytest.fixture
def endpoint(loopback_requests: None) -> Iterator[FakeEndpoint]:
    with Served(Behaviour()) as served:
        yield served


@pytest.fixture
def client(database_url: str, endpoint: FakeEndpoint) -> Iterator[TestClient]:
    with a_modelled_service(database_url, endpoint.base_url) as made:
        yield made


@pytest.fixture
def on_sqlite(tmp_path: Path, endpoint: FakeEndpoint) -> Iterator[TestClient]:
    with a_modelled_service(f"sqlite:///{tmp_path}/x.db", endpoint.base_url) as made:
        yield made


def turns(client: TestClient, debate_id: str) -> list[dict[str, Any]]:
    return [one for one in events(client, debate_id) if one["type"] == "turn"]


def test_a_model_that_is_offered_words_the_turns(client: TestClient, endpoint: FakeEndpoint) -> None:
    """Turns are a model's, the header says whose, their usage is in them and in the metrics."""
    debate_id = start(client, **MODELLED)
    assert wait_for(client, debate_id, "completed", "failed") == "completed"
    worded = [one for one in turns(client, debate_id) if one["origin"] == "model"]
    assert worded
    assert all(one["usage"]["calls"] >= 1 and one["usage"]["input_tokens"] > 0 for one in worded)
    assert client.get(f"/v1/debates/{debate_id}").json()["header"]["models"] == {"maja": "fake", "otto": "fake"}
    assert {one["model"] for one in endpoint.requests} == {"fake-model"}
    metrics = client.get("/metrics").text
    assert float(metrics.split("\nrejoinder_model_calls_total ")[1].split()[0]) >= len(worded)


def test_calls_are_kept_beside_the_debate(client: TestClient, endpoint: FakeEndpoint) -> None:
    """Each call is there as a line of a recording, with its reply, and goes with the debate."""
    debate_id = start(client, **MODELLED)
    assert wait_for(client, debate_id, "completed", "failed") == "completed"
    path = f"/v1/debates/{debate_id}/calls"
    lines = wait_until(lambda: client.get(path).text.splitlines(), lambda one: len(one) == len(endpoint.requests))
    calls = [RecordedCall.model_validate_json(line) for line in lines]
    templates = {one.template.partition("@")[0] for one in calls}
    assert templates <= {"persona_turn", "persona_turn_short"}
    assert "persona_turn" in templates
    assert all(one.reply is not None for one in calls)
    assert 'outcome="answer"' in client.get("/metrics").text
    client.delete(f"/v1/debates/{debate_id}")
    assert client.get(path).status_code == 404


def test_persons_may_have_a_model_or_none_of_their_own(on_sqlite: TestClient) -> None:
    """One persona is worded by a model while the other speaks in their poster's own sentences."""
    debate_id = start(on_sqlite, models={"default": "fake", "personas": {"otto": None}})
    assert wait_for(on_sqlite, debate_id, "completed", "failed") == "completed"
    origins = {one["speaker"]: one["origin"] for one in turns(on_sqlite, debate_id)}
    assert origins["otto"] == "verbatim"
    assert origins["maja"].startswith(("model", "verbatim_fallback"))


def test_what_may_be_chosen_is_listed_without_addresses(on_sqlite: TestClient, endpoint: FakeEndpoint) -> None:
    """The list has ids, prices and whether somebody answers, but neither address nor key."""
    listed = on_sqlite.get("/v1/models")
    assert [one["id"] for one in listed.json()["items"]] == ["fake"]
    assert listed.json()["items"][0]["why_unavailable"] is None
    assert endpoint.base_url not in listed.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"models": {"default": "gpt-9"}}, "not offered"),
        ({"models": {"default": "x=y@http://169.254.169.254/v1"}}, "not offered"),
        ({"models": {"default": "http://169.254.169.254/v1"}}, "not offered"),
        ({"models": {"personas": {"nobody": "fake"}}}, "takes no part"),
        ({"models": {"judge": "fake"}}, "nobody here has a model"),
        ({"models": {"default": "fake", "referee": "fake"}}, "needs a fact sheet"),
        ({"models": {"default": "fake", "moderator": "fake"}}, "has no moderator"),
        ({"sides_swapped": True}, "swapped sides need a model"),
        ({"models": {"default": "fake"}, "budget": {"max_cost_usd": 1}}, "no price is known"),
    ],
)
def test_what_is_not_offered_is_refused(on_sqlite: TestClient, fields: dict[str, Any], says: str) -> None:
    """Nothing outside the operator's list is ever asked, and a choice that makes no sense says why."""
    body = {"thread": upload(on_sqlite), "rounds": 1, **fields}
    for path in ("/v1/debates", "/v1/debates:estimate"):
        answer = on_sqlite.post(path, json=body)
        assert answer.status_code == 422
        assert says in answer.json()["detail"]
    assert on_sqlite.get("/v1/debates").json()["items"] == []


def test_a_spent_budget_stops_a_debate_and_a_larger_one_lets_it_go_on(client: TestClient) -> None:
    """The debate ends as budget_spent; with more it goes on from there and repeats no turn."""
    debate_id = start(client, rounds=2, budget={"max_calls": 1}, **MODELLED)
    assert wait_for(client, debate_id, "budget_spent", "completed", "failed") == "budget_spent"
    said = len(turns(client, debate_id))
    changed = client.patch(f"/v1/debates/{debate_id}", json={"budget": {"max_calls": 100}})
    assert changed.json()["options"]["budget"]["max_calls"] == 100
    command(client, debate_id, "resume")
    assert wait_for(client, debate_id, "budget_spent", "completed", "failed") == "completed"
    keys = [(one["round"], one["speaker"]) for one in turns(client, debate_id)]
    assert len(keys) == len(set(keys)) == 4
    assert said < 4


def test_the_operators_budget_bounds_the_clients(tmp_path: Path, endpoint: FakeEndpoint) -> None:
    """A client may ask for less than the operator allows, never for more."""
    with a_modelled_service(f"sqlite:///{tmp_path}/x.db", endpoint.base_url, max_calls=5) as client:
        for asked, held in ((None, 5), (3, 3), (500, 5)):
            debate_id = start(client, start_paused=True, budget={"max_calls": asked}, **MODELLED)
            assert client.get(f"/v1/debates/{debate_id}").json()["options"]["budget"]["max_calls"] == held
        assert client.get("/v1/models").json()["limits"]["max_calls"] == 5


def test_the_cost_is_told_before_anything_is_asked(on_sqlite: TestClient, endpoint: FakeEndpoint) -> None:
    """The estimate names calls and tokens, grows with the rounds, asks no model and creates no debate."""
    example = (ROOT / "examples" / "politburo" / "thread.txt").read_text()
    body = {"thread": upload(on_sqlite, example), "rounds": 1, **MODELLED}
    short = on_sqlite.post("/v1/debates:estimate", json=body).json()
    long = on_sqlite.post("/v1/debates:estimate", json={**body, "rounds": 2}).json()
    assert short["at_least"]["calls"] == len(short["models"]) > 2
    assert short["at_most"]["input_tokens"] > short["at_least"]["input_tokens"] > 0
    assert long["at_least"]["calls"] == 2 * short["at_least"]["calls"]
    assert "model calls" in short["sentence"]
    free = on_sqlite.post("/v1/debates:estimate", json={**body, "models": None}).json()
    assert free["at_most"]["calls"] == 0
    assert endpoint.requests == []
    assert on_sqlite.get("/v1/debates").json()["items"] == []


def test_words_of_a_running_turn_are_streamed(on_sqlite: TestClient, endpoint: FakeEndpoint) -> None:
    """A listener sees words before the turn that holds them; they carry no id."""
    endpoint.behaviour = Behaviour(word_s=0.02)
    debate_id = start(on_sqlite, rounds=1, start_paused=True, **MODELLED)
    command(on_sqlite, debate_id, "resume")
    headers = {"Accept": "text/event-stream"}
    path = f"/v1/debates/{debate_id}/events"
    with on_sqlite.stream("GET", path, params={"until_end": "true"}, headers=headers) as stream:
        lines = list(stream.iter_lines())
    words = [json.loads(lines[at + 1][6:]) for at, line in enumerate(lines) if line == "event: words"]
    said = {one["speaker"]: one["text"] for one in turns(on_sqlite, debate_id) if one["origin"] == "model"}
    assert words
    assert any(one["text"].strip() and one["text"].strip()[:20] in said.get(one["speaker"], "") for one in words)


def test_a_referee_and_a_judge_may_be_models(on_sqlite: TestClient) -> None:
    """Both are asked; what they answer that cannot be read says nothing about the speakers."""
    digest = on_sqlite.post("/v1/sheets", content=SHEET).json()["digest"]
    models = {"default": "fake", "judge": "fake", "referee": "fake"}
    debate_id = start(on_sqlite, rounds=1, sheet=digest, models=models)
    assert wait_for(on_sqlite, debate_id, "completed", "failed") == "completed"
    assert set(on_sqlite.get(f"/v1/debates/{debate_id}").json()["header"]["models"]) == {
        "maja",
        "otto",
        "judge",
        "referee",
    }


def test_a_moderator_may_be_a_model(on_sqlite: TestClient) -> None:
    """In a format that has one; where its wording does not do, the question is of the fixed form."""
    debate_id = start(on_sqlite, rounds=1, format="panel", models={"moderator": "fake"})
    assert wait_for(on_sqlite, debate_id, "completed", "nothing_left", "failed") != "failed"
    assert on_sqlite.get(f"/v1/debates/{debate_id}").json()["header"]["models"] == {"moderator": "fake"}
    assert any(one["type"] == "question" for one in events(on_sqlite, debate_id))
    assert on_sqlite.get(f"/v1/debates/{debate_id}/calls").status_code == 200


def test_a_branch_may_have_other_models(on_sqlite: TestClient) -> None:
    """A branch keeps its debate's models, takes others, or none."""
    debate_id = start(on_sqlite, rounds=1, **MODELLED)
    assert wait_for(on_sqlite, debate_id, "completed", "failed") == "completed"
    path = f"/v1/debates/{debate_id}/branches"
    for asked, models in (
        ({}, {"maja": "fake", "otto": "fake"}),
        ({"models": {"personas": {"maja": "fake"}}}, {"maja": "fake"}),
        ({"models": None}, {}),
    ):
        made = on_sqlite.post(path, json={"after_seq": 1, "start_paused": True, **asked})
        assert made.json()["header"]["models"] == models
    assert on_sqlite.post(path, json={"after_seq": 1, "models": {"default": "gpt-9"}}).status_code == 422


def test_a_lost_endpoint_is_waited_for(database_url: str, loopback_requests: None) -> None:
    """While nobody answers the debate waits for its model and says so; when it is back it completes, each turn once."""
    with Served(Behaviour(latency_s=0.05)) as endpoint:
        port = endpoint.port
    with a_modelled_service(database_url, f"http://127.0.0.1:{port}/v1", model_timeout_s=0.5) as client:
        assert client.get("/v1/models").json()["items"][0]["why_unavailable"]
        debate_id = start(client, **MODELLED)
        assert wait_for(client, debate_id, "waiting_for_model", "failed", "completed") == "waiting_for_model"
        with Served(Behaviour(), port):
            assert wait_for(client, debate_id, "completed", "failed") == "completed"
        keys = [(one["round"], one["speaker"]) for one in turns(client, debate_id)]
        assert len(keys) == len(set(keys)) == 4
        assert "fault" not in {one["type"] for one in events(client, debate_id)}


def test_an_endpoint_that_stays_away_ends_in_a_failure_that_can_be_resumed(
    tmp_path: Path, loopback_requests: None
) -> None:
    """When patience ends the debate has failed and says why; resumed with the endpoint back it completes."""
    with Served(Behaviour()) as endpoint:
        port = endpoint.port
    url, address = f"sqlite:///{tmp_path}/x.db", f"http://127.0.0.1:{port}/v1"
    with a_modelled_service(url, address, model_timeout_s=0.2, model_patience_s=0) as client:
        debate_id = start(client, **MODELLED)
        assert wait_for(client, debate_id, "failed", "completed") == "failed"
        assert address in events(client, debate_id)[-1]["detail"]
        with Served(Behaviour(), port):
            command(client, debate_id, "resume")
            assert wait_for(client, debate_id, "completed") == "completed"


def test_a_debate_waiting_for_its_model_can_be_cancelled(tmp_path: Path, loopback_requests: None) -> None:
    """Nobody has to wait for an endpoint that will not come back."""
    url = f"sqlite:///{tmp_path}/x.db"
    with a_modelled_service(url, "http://127.0.0.1:9/v1", model_timeout_s=0.2) as client:
        debate_id = start(client, **MODELLED)
        assert wait_for(client, debate_id, "waiting_for_model", "failed") == "waiting_for_model"
        command(client, debate_id, "cancel")
        assert wait_for(client, debate_id, "cancelled") == "cancelled"


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({"model": "openai:gpt-5-mini"}, {"openai:gpt-5-mini": None}),
        ({"model": "qwen", "base_url": "http://one/v1"}, {"qwen": "http://one/v1"}),
        (
            {"base_url": "http://one/v1", "models_allowed": ("a", "b@https://two/v1", "c=d@http://x/v1", "openai:e")},
            {"a": "http://one/v1", "b": "https://two/v1", "c": "http://x/v1", "openai:e": None},
        ),
    ],
)
def test_an_operators_list_is_read(fields: dict[str, Any], offered: dict[str, str | None]) -> None:
    """Names, addresses and ids, in every combination that is documented."""
    assert {one.id: one.base_url for one in Catalogue(Settings(**fields)).offers} == offered


@pytest.mark.parametrize("entry", ["a", "a@ftp://x", "=a@http://x", "a=@http://x", "@http://x", "a@b=c@http://x"])
def test_an_entry_that_cannot_be_understood_stops_the_start(entry: str) -> None:
    """A mistake in the list is found when the service starts, and names the entry."""
    with pytest.raises(InputError, match="REJOINDER_MODELS_ALLOWED"):
        Catalogue(Settings(models_allowed=(entry,)))
