"""The service over HTTP, on real SQLite and real Postgres: the whole way of a debate, and every refusal."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.playing import Circumstances
from api.reading_apart import LARGE_BYTES
from language.chat import TokenUsage
from tests.api.service_made import PLAIN, SHEET, a_service, command, events, start, upload, wait_for
from transcripts.files import parse_transcript


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    with a_service(database_url) as made:
        yield made


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[TestClient]:
    with a_service(f"sqlite:///{tmp_path}/rejoinder.db") as made:
        yield made


def test_a_debate_from_upload_to_transcript(client: TestClient) -> None:
    """A thread that is uploaded becomes a debate that completes, numbered without gaps, and exports in every format."""
    debate_id = start(client)
    assert wait_for(client, debate_id, "completed", "failed") == "completed"
    found = events(client, debate_id)
    assert [event["seq"] for event in found] == list(range(1, len(found) + 1))
    assert found[-1]["type"] == "debate_ended"
    assert events(client, debate_id, after=2) == found[2:]
    for format, type_ in (("md", "text/markdown"), ("html", "text/html"), ("json", "application/json")):
        answer = client.get(f"/v1/debates/{debate_id}/transcript", params={"format": format})
        assert answer.headers["content-type"].startswith(type_)
        assert "simulated" in answer.text.lower()
    lines = client.get(f"/v1/debates/{debate_id}/transcript", params={"format": "jsonl"}).content
    transcript = parse_transcript(lines, "from the service")
    assert [json.loads(line) for line in lines.splitlines()[1:]] == found
    assert transcript.ending is not None


def test_the_stream_resumes_where_it_was_cut_off(client: TestClient) -> None:
    """A stream gives every event once with its seq as id; with Last-Event-ID it begins after that one."""
    debate_id = start(client)
    wait_for(client, debate_id, "completed")
    stored = events(client, debate_id)

    def stream(last: str | None) -> list[tuple[int, dict[str, object]]]:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last is not None else {})
        path = f"/v1/debates/{debate_id}/events"
        text = client.get(path, params={"until_end": "true"}, headers=headers).text
        messages = [dict(line.split(": ", 1) for line in one.split("\n") if line) for one in text.split("\n\n") if one]
        return [(int(one["id"]), json.loads(one["data"])) for one in messages if "id" in one]

    assert stream(None) == [(event["seq"], event) for event in stored]
    assert stream("3") == [(event["seq"], event) for event in stored[3:]]
    assert stream("not a number") == stream(None)
    assert client.get("/v1/debates/none/events", headers={"Accept": "text/event-stream"}).status_code == 404


def test_people_lead_a_debate(client: TestClient) -> None:
    """Pause, one turn at a time, a question, a seat, a poll, an overruling and one more round each do what they say."""
    debate_id = start(client, start_paused=True, rounds=1)
    assert wait_for(client, debate_id, "paused") == "paused"
    assert [event["type"] for event in events(client, debate_id)] == ["paused"]

    command(client, debate_id, "resume", turns=1)
    wait_for(client, debate_id, "paused")
    turns = [event for event in events(client, debate_id) if event["type"] == "turn"]
    assert len(turns) == 1
    command(client, debate_id, "pause", status=409)

    command(client, debate_id, "ask", to="maja", text="And who pays?", by="Kim")
    command(client, debate_id, "resume", turns=1, by="Ms Green")
    wait_for(client, debate_id, "paused")
    asked = next(event for event in events(client, debate_id) if event["type"] == "question")
    answer = events(client, debate_id, after=asked["seq"])
    assert next(event for event in answer if event["type"] == "turn")["speaker"] == "maja"
    assert asked["asker"] == "Kim"

    ruling = next(event for event in events(client, debate_id) if event["type"] == "ruling")
    overrule = {"ruling_seq": ruling["seq"], "verdict": "contradicted", "reason": "See page 7"}
    command(client, debate_id, "overrule", **overrule)
    command(client, debate_id, "overrule", status=409, **overrule)

    silent = next(one for one in ("maja", "otto") if one != turns[0]["speaker"])
    command(client, debate_id, "take_seat", persona=silent, by="Lu")
    command(client, debate_id, "resume")
    assert wait_for(client, debate_id, "person") == "person"
    spoken = command(client, debate_id, "speak_as", persona=silent, text="I say no.", by="Lu")
    turn = events(client, debate_id)[spoken["applied_seq"] - 1]
    assert (turn["origin"], turn["by"], turn["text"]) == ("human", "Lu", "I say no.")
    assert wait_for(client, debate_id, "completed") == "completed"

    command(client, debate_id, "add_round")
    wait_for(client, debate_id, "person")
    command(client, debate_id, "leave_seat", persona=silent)
    wait_for(client, debate_id, "completed")
    rounds = [event for event in events(client, debate_id) if event["type"] == "round_started"]
    assert len(rounds) == 2
    command(client, debate_id, "cancel", status=409)


def test_a_poll_holds_the_debate_and_is_counted(client: TestClient) -> None:
    """While a poll is open nothing is said; ballots are secret and can be changed; totals and movement are right."""
    debate_id = start(client, start_paused=True)
    poll: dict[str, Any] = {"question": "Build it?", "choices": ["yes", "no"]}
    ballot = f"/v1/debates/{debate_id}/polls/{{}}/ballot"
    command(client, debate_id, "open_poll", poll="before", **poll)
    command(client, debate_id, "open_poll", status=409, poll="before", **poll)
    assert client.put(ballot.format("before"), json={"choice": "yes"}).status_code == 204
    assert client.put(ballot.format("before"), json={"choice": "no"}).status_code == 204
    assert client.put(ballot.format("before"), json={"choice": "perhaps"}).status_code == 409
    command(client, debate_id, "resume")
    assert wait_for(client, debate_id, "poll") == "poll"
    closed = command(client, debate_id, "close_poll", poll="before")
    assert events(client, debate_id)[closed["applied_seq"] - 1]["counts"] == {"yes": 0, "no": 1}
    wait_for(client, debate_id, "completed")
    command(client, debate_id, "open_poll", poll="after", **poll)
    client.put(ballot.format("after"), json={"choice": "yes"})
    closed = command(client, debate_id, "close_poll", poll="after")
    event = events(client, debate_id)[closed["applied_seq"] - 1]
    assert event["compared_with"] == "before"
    assert event["moved"] == [{"before": "no", "after": "yes", "voters": 1}]
    assert client.put(ballot.format("after"), json={"choice": "yes"}).status_code == 409


def test_a_branch_can_change_what_was_stipulated_on_the_way(client: TestClient) -> None:
    """The premise asked for holds in the branch, also where the events it takes over stipulate another one."""
    debate_id = start(client, start_paused=True)
    told = command(client, debate_id, "stipulate", premise="The river silts")
    answer = client.post(
        f"/v1/debates/{debate_id}/branches",
        json={"after_seq": told["applied_seq"], "premise": "The river never silts", "start_paused": True},
    )
    said = [one for one in events(client, answer.json()["id"]) if one["type"] == "premise_set"]
    assert [one["premise"] for one in said] == ["The river silts", "The river never silts"]


def test_a_branch_shares_the_past_and_goes_its_own_way(client: TestClient) -> None:
    """A branch has the same events up to its seq, its own premise after it, and leaves the first debate alone."""
    debate_id = start(client, rounds=2)
    wait_for(client, debate_id, "completed")
    before = events(client, debate_id)
    answer = client.post(
        f"/v1/debates/{debate_id}/branches", json={"after_seq": 4, "premise": "The river never silts", "rounds": 3}
    )
    assert answer.status_code == 201, answer.text
    branch = answer.json()
    assert branch["header"]["branched_from"] == {"debate": debate_id, "seq": 4}
    assert branch["header"]["premise"] == "The river never silts"
    wait_for(client, branch["id"], "completed")
    after = events(client, branch["id"])
    assert after[:4] == before[:4]
    assert len([one for one in after if one["type"] == "round_started"]) == 3
    assert events(client, debate_id) == before
    refused = client.post(f"/v1/debates/{debate_id}/branches", json={"after_seq": len(before) + 1})
    assert refused.status_code == 409


def test_a_branch_without_somebody_who_spoke(on_sqlite: TestClient) -> None:
    """Who leaves in a branch keeps the turns they took, and takes no more."""
    third = "The canal depends on the price of stone, because stone gets cheaper every year."
    three = PLAIN + f'{{"id": "4", "author": "Ina", "text": "{third}"}}\n'
    thread = upload(on_sqlite, three)
    made = on_sqlite.post("/v1/debates", json={"thread": thread, "rounds": 1}).json()
    wait_for(on_sqlite, made["id"], "completed")
    found = events(on_sqlite, made["id"])
    first = next(event for event in found if event["type"] == "turn")
    others = [one for one in ("maja", "otto", "ina") if one != first["speaker"]]
    body = {"after_seq": first["seq"], "participants": others, "rounds": 2}
    branch = on_sqlite.post(f"/v1/debates/{made['id']}/branches", json=body).json()
    assert branch["header"]["absent"] == [first["speaker"]]
    assert wait_for(on_sqlite, branch["id"], "completed", "failed") == "completed"
    later = [event["speaker"] for event in events(on_sqlite, branch["id"], first["seq"]) if event["type"] == "turn"]
    assert set(later) == set(others)


def test_cancelling_stops_a_turn_that_is_being_worded(tmp_path: Path) -> None:
    """A cancelled debate ends at once, although its speaker would take a minute."""
    with a_service(f"sqlite:///{tmp_path}/x.db", delay_s=60) as client:
        debate_id = start(client)
        wait_for(client, debate_id, "running")
        command(client, debate_id, "cancel", reason="enough")
        assert wait_for(client, debate_id, "cancelled") == "cancelled"
        assert not [event for event in events(client, debate_id) if event["type"] == "turn"]


def test_idempotency(on_sqlite: TestClient) -> None:
    """The same key and request give the same debate; the same key with another request is refused."""
    body = {"thread": upload(on_sqlite), "rounds": 1}
    headers = {"Idempotency-Key": "lesson-1"}
    first = on_sqlite.post("/v1/debates", json=body, headers=headers)
    again = on_sqlite.post("/v1/debates", json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    other = on_sqlite.post("/v1/debates", json={**body, "rounds": 2}, headers=headers)
    assert other.status_code == 422
    assert other.json()["type"] == "urn:rejoinder:problem:idempotency-key-reused"


def test_lists_come_in_pages(on_sqlite: TestClient) -> None:
    """Pages follow each other without overlap, newest first."""
    thread = upload(on_sqlite)
    made = [on_sqlite.post("/v1/debates", json={"thread": thread, "rounds": 1}).json()["id"] for _ in range(3)]
    first = on_sqlite.get("/v1/debates", params={"limit": 2}).json()
    second = on_sqlite.get("/v1/debates", params={"limit": 2, "before": first["next"]}).json()
    seen = [one["id"] for one in (*first["items"], *second["items"])]
    assert sorted(seen) == sorted(made)
    assert seen == sorted(seen, reverse=True)
    assert second["next"] is None


def test_personas_can_be_edited_but_not_given_words_that_nobody_wrote(on_sqlite: TestClient) -> None:
    """An edit must name the version it changes; evidence that does not stand in the thread is refused."""
    thread = upload(on_sqlite)
    path = f"/v1/threads/{thread}/personas"
    stored = on_sqlite.get(f"{path}/maja").json()
    edited = {**stored["persona"], "epithet": "the builder", "stance": "for"}
    edited["stance_evidence"] = {key: edited["remarks"][0][key] for key in ("post_id", "text", "start", "end")}
    changed = on_sqlite.put(f"{path}/maja", params={"version": 1}, json=edited)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["origin"], changed.json()["version"]) == ("edited", 2)
    assert on_sqlite.put(f"{path}/maja", params={"version": 1}, json=edited).status_code == 409
    invented = json.loads(json.dumps(edited))
    invented["remarks"][0]["text"] = "The canal was my grandfather's idea."
    refused = on_sqlite.put(f"{path}/maja", params={"version": 2}, json=invented)
    assert refused.status_code == 422
    assert "does not stand in post" in refused.json()["detail"]
    new = {**edited, "id": "maja-2", "name": "Maja II"}
    assert on_sqlite.post(path, json=new).status_code == 201
    assert on_sqlite.post(path, json=new).status_code == 409
    again = on_sqlite.post(f"{path}:motion", json={"motion": "Should the railway be closed?"}).json()
    assert [one["persona"]["id"] for one in again["personas"]] == ["maja", "otto", "maja-2"]
    assert again["personas"][0]["persona"]["epithet"] == "the builder"


def test_pseudonymous_debates_name_nobody(on_sqlite: TestClient) -> None:
    """With pseudonyms no real name is in the debate, its header or its events."""
    thread = upload(on_sqlite)
    on_sqlite.post(f"/v1/threads/{thread}/personas:pseudonymise", json={"pseudonyms": {"maja": "Heron"}})
    made = on_sqlite.post("/v1/debates", json={"thread": thread, "rounds": 1, "pseudonymous": True})
    wait_for(on_sqlite, made.json()["id"], "completed")
    text = on_sqlite.get(f"/v1/debates/{made.json()['id']}/transcript", params={"format": "jsonl"}).text
    assert "Heron" in text
    assert "Maja" not in text
    assert "Otto" not in text


def test_fact_sheets_are_linted_and_kept_once(on_sqlite: TestClient) -> None:
    """A sheet that breaks a rule is refused with its line; the same sheet twice is one."""
    first = on_sqlite.post("/v1/sheets", content=SHEET)
    assert (first.status_code, on_sqlite.post("/v1/sheets", content=SHEET).status_code) == (201, 200)
    broken = SHEET.replace("    sources:\n      - {author: A. Author, title: Canals, year: 1950}\n", "")
    refused = on_sqlite.post("/v1/sheets", content=broken)
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:rejoinder:problem:sheet-invalid")
    assert "line 5" in refused.json()["detail"]
    assert on_sqlite.post("/v1/sheets:lint", content=broken).json()["ok"] is False
    assert on_sqlite.post("/v1/sheets:lint", content=SHEET).json() == {"ok": True, "problem": None}
    digest = first.json()["digest"]
    debate_id = start(on_sqlite, sheet=digest)
    assert on_sqlite.get(f"/v1/debates/{debate_id}").json()["header"]["facts_title"] == "Canals"
    assert on_sqlite.delete(f"/v1/sheets/{digest}").status_code == 204
    assert on_sqlite.get(f"/v1/sheets/{digest}").status_code == 404


@pytest.mark.parametrize(
    ("content", "slug"), [(b"", "thread-unreadable"), (b"\x00\x01\x02" * 99, "thread-unreadable"), (b"hi", None)]
)
def test_what_is_no_thread_is_refused_in_one_line(on_sqlite: TestClient, content: bytes, slug: str | None) -> None:
    """An upload that is no discussion gives a problem document, never a traceback."""
    answer = on_sqlite.post("/v1/threads", content=content)
    assert answer.status_code in (201, 422)
    if slug is not None:
        assert answer.json()["type"] == f"urn:rejoinder:problem:{slug}"
        assert answer.headers["content-type"] == "application/problem+json"
        assert "\n" not in answer.json()["detail"]


def test_formats_that_do_not_fit_are_refused_before_anything_runs(on_sqlite: TestClient) -> None:
    """An unknown format, nobody, an unknown thread: each has its own problem type."""
    thread = upload(on_sqlite)
    cases = [
        ({"thread": thread, "format": "duel"}, 422, "format-unfit"),
        ({"thread": thread, "participants": ["nobody"]}, 422, "persona-invalid"),
        ({"thread": "t_none"}, 404, "not-found"),
        ({"thread": thread, "rounds": 0}, 422, "request-invalid"),
        ({"thread": thread, "sheet": "none"}, 404, "not-found"),
        ({"thread": thread, "model": "openai:x"}, 422, "request-invalid"),
    ]
    for body, status, slug in cases:
        answer = on_sqlite.post("/v1/debates", json=body)
        assert (answer.status_code, answer.json()["type"]) == (status, f"urn:rejoinder:problem:{slug}"), body
    assert on_sqlite.get("/v1/debates").json()["items"] == []


def test_a_debate_whose_sheet_is_gone_fails_clearly(on_sqlite: TestClient) -> None:
    """Deleting what a debate needs ends it with the reason, and resuming says so again instead of hanging."""
    digest = on_sqlite.post("/v1/sheets", content=SHEET).json()["digest"]
    # The scripted crew needs no sheet, so the product's own is asked here.
    from api.crews import CrewMaker

    service = on_sqlite.app.state.service  # type: ignore[attr-defined]
    debate_id = start(on_sqlite, sheet=digest, start_paused=True)
    on_sqlite.delete(f"/v1/sheets/{digest}")
    maker = CrewMaker(service.settings, service.database)

    async def ask() -> None:
        from language.errors import NotFound

        debate = await service.store.get(debate_id)
        with pytest.raises(NotFound, match="fact sheet"):
            await maker(debate, Circumstances(debate.options, TokenUsage(), lambda why: None))

    assert on_sqlite.portal is not None
    on_sqlite.portal.call(ask)


def test_unfinished_debates_go_on_after_a_restart(tmp_path: Path) -> None:
    """A service that is stopped gives its debates back; the next one finishes them without repeating a turn."""
    url = f"sqlite:///{tmp_path}/x.db"
    with a_service(url, delay_s=0.2) as client:
        debate_id = start(client, rounds=3)
        command(client, debate_id, "resume", status=409)
    with a_service(url) as client:
        assert wait_for(client, debate_id, "completed") == "completed"
        turns = [(one["round"], one["speaker"]) for one in events(client, debate_id) if one["type"] == "turn"]
        assert len(turns) == len(set(turns)) == 6


def test_a_large_thread_is_read_apart_and_given_up_in_time(tmp_path: Path) -> None:
    """A large file gives the same thread as ever; one that keeps a processor busy is refused, and others are served."""
    url = f"sqlite:///{tmp_path}/x.db"
    line = '{"id": "%d", "author": "A%d", "text": "Post %d: the canal pays, because trade needs it, says number %d."}\n'
    large = "".join(line % (one, one % 9, one, one) for one in range(1, 6001)).encode()
    assert len(large) > LARGE_BYTES
    with a_service(url, read_limit_s=120) as client:
        answer = client.post("/v1/threads", content=large)
        assert answer.status_code == 201, answer.text
        assert answer.json()["report"]["posts"] == 6000
        broken = client.post("/v1/threads", params={"format": "slack"}, content=large)
        assert broken.status_code == 422
    with a_service(url, read_limit_s=0.01) as client:
        answer = client.post("/v1/threads", content=large)
        assert answer.status_code == 422
        assert "several parts" in answer.json()["detail"]


def test_people_are_put_on_sides(tmp_path: Path) -> None:
    """Where words do not say it whoever starts the debate decides, also under pseudonyms; the header tells of it."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        thread = upload(client)
        people = [one["persona"]["id"] for one in client.get(f"/v1/threads/{thread}/personas").json()["personas"]]
        body = {"thread": thread, "format": "oxford", "rounds": 1, "start_paused": True}
        assert client.post("/v1/debates", json=body).status_code == 422
        sides = dict(zip(people, ("for", "against"), strict=False))
        debate = client.post("/v1/debates", json={**body, "sides": sides}).json()
        assert debate["header"]["sides"] == sides
        hidden = client.post("/v1/debates", json={**body, "sides": sides, "pseudonymous": True}).json()["header"]
        assert sorted(hidden["sides"].values()) == ["against", "for"]
        assert set(hidden["sides"]) == {one["id"] for one in hidden["participants"]}
        for wrong in ({"nobody": "for"}, {people[0]: "neither"}):
            assert client.post("/v1/debates", json={**body, "sides": wrong}).status_code == 422
        left_out = client.post("/v1/debates", json={**body, "sides": sides, "format": "forum"})
        assert "has no sides" in left_out.json()["detail"]


def test_two_people_whose_names_differ_in_case_alone_both_take_part(tmp_path: Path) -> None:
    """The id of one may be the name of the other; everybody by default is still everybody."""
    text = PLAIN.replace('"Maja"', '"Bob"').replace('"Otto"', '"bob"')
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        thread = upload(client, text)
        debate = client.post("/v1/debates", json={"thread": thread, "rounds": 1, "start_paused": True})
        assert debate.status_code == 201, debate.text
        assert sorted(one["name"] for one in debate.json()["header"]["participants"]) == ["Bob", "bob"]
