"""Who may do what: keys, the audience of one debate, limits, other sites, and what is kept about people."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.http.limits import RateLimits
from api.serving import is_loopback, serve, sole_server
from api.settings import Settings
from api.tokens import Token
from language.errors import InputError, StoreError
from tests.api.service_made import PLAIN, a_service, command, events, start, upload, wait_for, wait_until
from transcripts.access import Access
from transcripts.database import open_database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/rejoinder.db"


@pytest.fixture
def guarded(url: str) -> Iterator[TestClient]:
    """A service that other machines can reach; the client has an admin key."""
    token = Token("key", "k1")

    async def keep() -> None:
        database = await open_database(url)
        await Access(database).add_key("k1", "the teacher", token.hash, ("admin",))
        await database.close()

    asyncio.run(keep())
    with a_service(url, needs_keys=True) as client:
        client.headers["Authorization"] = f"Bearer {token.text}"
        yield client


def key_for(client: TestClient, *scopes: str) -> dict[str, str]:
    made = client.post("/v1/admin/keys", json={"name": "somebody", "scopes": list(scopes)})
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['key']}"}


def test_keys_open_what_their_scopes_say(guarded: TestClient) -> None:
    """No key and a wrong one open nothing; read reads, run runs, only admin makes keys; a revoked one is no key."""
    read, run = key_for(guarded, "read"), key_for(guarded, "run")
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer rjk.k1.wrong"}, {"Authorization": "Bearer x"}):
        refused = guarded.get("/v1/debates", headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.json()["type"] == "urn:rejoinder:problem:no-valid-key"
    assert guarded.get("/v1/debates", headers=read).status_code == 200
    assert guarded.post("/v1/threads", content=PLAIN, headers=read).status_code == 403
    assert guarded.post("/v1/threads", content=PLAIN, headers=run).status_code == 201
    assert guarded.get("/v1/admin/keys", headers=run).status_code == 403
    assert guarded.get("/healthz", headers={"Authorization": ""}).status_code == 200
    run_id = next(one["id"] for one in guarded.get("/v1/admin/keys").json()["items"] if one["scopes"] == ["run"])
    assert guarded.delete(f"/v1/admin/keys/{run_id}").status_code == 204
    assert guarded.get("/v1/debates", headers=run).status_code == 401


def test_secrets_are_kept_nowhere(guarded: TestClient, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A key's text is in no file of the store, no list, no audit entry and no log."""
    secret = key_for(guarded, "run")["Authorization"].removeprefix("Bearer ")
    shown = guarded.get("/v1/admin/keys").text + guarded.get("/v1/admin/audit").text
    assert "key.create" in shown
    kept = b"".join(path.read_bytes() for path in Path(url.removeprefix("sqlite:///")).parent.iterdir())
    logged = "".join(capsys.readouterr())
    for part in (secret, secret.rsplit(".", 1)[1]):
        assert part not in shown
        assert part.encode() not in kept
        assert part not in logged


def test_the_audience_sees_one_debate_votes_and_asks(guarded: TestClient) -> None:
    """With a join code one can watch, vote and ask in its debate, and nothing else anywhere."""
    mine, other = start(guarded, start_paused=True), start(guarded)
    code = guarded.post(f"/v1/debates/{mine}/join-codes", json={}).json()["code"]
    joined = guarded.post("/v1/join", json={"code": code.lower(), "nickname": "Kim"}, headers={"Authorization": ""})
    assert joined.status_code == 201, joined.text
    member = {"Authorization": f"Bearer {joined.json()['token']}"}
    guarded.cookies.clear()

    def status(method: str, path: str, **fields: object) -> int:
        return guarded.request(method, path, headers=member, **fields).status_code  # type: ignore[arg-type]

    assert status("GET", f"/v1/debates/{mine}") == 200
    assert status("GET", f"/v1/debates/{mine}/events") == 200
    assert status("GET", f"/v1/debates/{mine}/transcript") == 200
    for method, path, body in (
        ("GET", f"/v1/debates/{other}", None),
        ("GET", f"/v1/debates/{other}/events", None),
        ("GET", "/v1/debates", None),
        ("POST", "/v1/debates", {"thread": "t"}),
        ("DELETE", f"/v1/debates/{mine}", None),
        ("POST", f"/v1/debates/{mine}/commands", {"type": "resume"}),
        ("POST", f"/v1/debates/{mine}/branches", {"after_seq": 0}),
        ("POST", f"/v1/debates/{mine}/join-codes", {}),
        ("GET", f"/v1/debates/{mine}/questions", None),
        ("POST", f"/v1/debates/{mine}/turns", {"persona": "maja", "text": "I"}),
        ("GET", "/v1/threads", None),
        ("GET", "/v1/admin/keys", None),
        ("GET", "/metrics", None),
    ):
        assert status(method, path, json=body) == 403, path

    command(guarded, mine, "open_poll", poll="before", question="Build it?", choices=["yes", "no"])
    assert status("PUT", f"/v1/debates/{mine}/polls/before/ballot", json={"choice": "yes"}) == 204
    asked = guarded.post(f"/v1/debates/{mine}/questions", json={"to": "maja", "text": "Who pays?"}, headers=member)
    assert asked.status_code == 201
    queue = guarded.get(f"/v1/debates/{mine}/questions").json()["items"]
    assert [(one["asker_name"], one["text"], one["state"]) for one in queue] == [("Kim", "Who pays?", "waiting")]
    released = guarded.post(f"/v1/debates/{mine}/questions/{asked.json()['id']}:release")
    assert released.status_code == 200, released.text
    assert [one["asker"] for one in events(guarded, mine) if one["type"] == "question"] == ["Kim"]
    assert guarded.post(f"/v1/debates/{mine}/questions/{asked.json()['id']}:release").status_code == 404


def test_a_seat_in_the_audience_is_one_persons(guarded: TestClient) -> None:
    """Only the member that was given a seat can speak from it."""
    debate_id = start(guarded, start_paused=True)
    code = guarded.post(f"/v1/debates/{debate_id}/join-codes", json={}).json()["code"]
    members = [guarded.post("/v1/join", json={"code": code, "nickname": name}).json() for name in ("Kim", "Lu")]
    guarded.cookies.clear()
    command(guarded, debate_id, "take_seat", persona="otto", by="Kim", member=members[0]["member"])
    command(guarded, debate_id, "resume")
    wait_for(guarded, debate_id, "person")
    answers = [
        guarded.post(
            f"/v1/debates/{debate_id}/turns",
            json={"persona": "otto", "text": "No."},
            headers={"Authorization": f"Bearer {one['token']}"},
        ).status_code
        for one in reversed(members)
    ]
    assert answers == [403, 200]
    turn = next(one for one in events(guarded, debate_id) if one["type"] == "turn" and one["origin"] == "human")
    assert (turn["speaker"], turn["by"]) == ("otto", "Kim")


def test_codes_cannot_be_guessed_in_bulk(guarded: TestClient) -> None:
    """After some wrong codes an address must wait."""
    tries = [guarded.post("/v1/join", json={"code": f"WRONG{one}"}).status_code for one in range(25)]
    assert tries[0] == 404
    assert tries[-1] == 429


def test_requests_are_limited_by_key(url: str) -> None:
    """Who asks too often is told when to come back."""
    with a_service(url, requests_per_minute=3) as client:
        answers = [client.get("/v1/debates") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_buckets_fill_again_with_time() -> None:
    """A bucket holds a minute's worth and fills evenly."""
    now = 0.0
    limits = RateLimits(lambda: now)
    assert [limits.wait_s("x", 2) for _ in range(2)] == [0, 0]
    assert limits.wait_s("x", 2) == pytest.approx(30)
    now = 31.0
    assert limits.wait_s("x", 2) == 0
    assert limits.wait_s("y", 2) == 0


def test_bodies_over_the_limit_are_refused(url: str) -> None:
    """Too large a body is refused, whether its length is told or not."""
    with a_service(url, upload_limit_mb=0.01) as client:
        told = client.post("/v1/threads", content=b"x" * 10_001)
        untold = client.post("/v1/threads", content=iter([b"x" * 6000] * 2))
    assert (told.status_code, untold.status_code) == (413, 413)
    assert untold.json()["type"] == "urn:rejoinder:problem:too-large"


def test_other_sites_pages_are_kept_out(url: str) -> None:
    """A request from another site's page, or to a name that merely points here, is refused; allowed sites are not."""
    with a_service(url, cors_origins=("https://school.example",)) as client:
        assert client.post("/v1/threads", content=PLAIN, headers={"Origin": "https://evil.example"}).status_code == 403
        assert client.get("/v1/debates", headers={"Host": "evil.example"}).status_code == 403
        assert client.get("/v1/debates", headers={"Origin": "http://localhost"}).status_code == 200
        allowed = client.get("/v1/debates", headers={"Origin": "https://school.example"})
        assert allowed.headers["access-control-allow-origin"] == "https://school.example"
        assert "access-control-allow-origin" not in client.get("/v1/debates").headers


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("school.lan", False)],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    """What other machines can reach is never taken for this machine alone."""
    assert is_loopback(host) is expected


def test_a_service_without_keys_refuses_to_be_reached_from_outside(url: str) -> None:
    """Bound to any other address it does not start before there is an admin key."""
    with pytest.raises(InputError, match="rejoinder keys create"):
        serve(Settings(database_url=SecretStr(url)), "0.0.0.0", 0, print)


def test_one_server_has_a_sqlite_store(url: str) -> None:
    """A second server of the same file is refused; when the first is gone the next may start."""
    with sole_server(url), pytest.raises(StoreError, match="another rejoinder"), sole_server(url):
        pass
    with sole_server(url):
        pass


def test_a_person_can_be_exported_and_erased(url: str) -> None:
    """Everything of a person is handed out; after erasure their name and words are nowhere in threads and debates."""
    with a_service(url) as client:
        debate_id = start(client)
        wait_for(client, debate_id, "completed")
        export = client.get("/v1/admin/people", params={"name": "Otto"}).json()
        assert [post[1]["author"] for post in export["posts"]] == ["Otto"]
        assert {turn[1]["speaker_name"] for turn in export["turns"]} == {"Otto"}
        erased = client.post("/v1/admin/people:erase", json={"name": "Otto"}).json()
        assert erased == {"threads": 1, "posts": 1, "personas": 1, "debates": 1}
        assert client.get(f"/v1/debates/{debate_id}").status_code == 404
        thread = client.get("/v1/threads").json()["items"][0]["id"]
        left = client.get(f"/v1/threads/{thread}").text + client.get(f"/v1/threads/{thread}/personas").text
        assert "Otto" not in left
        assert "waste of money" not in left
        assert "Maja" in left
        assert client.get("/v1/admin/people", params={"name": "Otto"}).json()["posts"] == []
        assert "Otto" not in client.get("/v1/admin/audit").text


def test_what_is_over_its_time_is_deleted(url: str) -> None:
    """Threads and debates go when their time is over, and a client cannot ask for more than the operator allows."""
    # Two seconds: what is made must outlive the look that the service takes when it starts.
    with a_service(url, delete_after_days=2 / 86_400) as client:
        debate_id = start(client, delete_after_days=1000)
        service = client.app.state.service  # type: ignore[attr-defined]
        assert client.portal is not None
        portal = client.portal
        gone = wait_until(lambda: portal.call(service.store.delete_expired), bool)
        assert gone == [debate_id]
        assert len(portal.call(service.library.delete_expired)) == 1
        assert client.get(f"/v1/debates/{debate_id}").status_code == 404


def test_metrics_and_health(url: str) -> None:
    """Health says that it lives, readiness that the database answers, metrics what has happened."""
    with a_service(url) as client:
        debate_id = start(client)
        wait_for(client, debate_id, "completed")
        assert client.get("/healthz").json()["status"] == "ok"
        assert client.get("/readyz").json()["database"] == "answers"
        text = client.get("/metrics").text
        assert 'rejoinder_debates{status="completed"} 1.0' in text
        assert "rejoinder_append_seconds_count" in text
        service = client.app.state.service  # type: ignore[attr-defined]
        assert client.portal is not None
        client.portal.call(service.database.close)
        gone = client.get("/readyz")
        assert (gone.status_code, gone.json()["database"]) == (503, "does not answer")
        refused = client.get("/v1/debates")
        assert (refused.status_code, json.loads(refused.text)["type"]) == (
            503,
            "urn:rejoinder:problem:store-unavailable",
        )


def test_an_audience_member_may_not_upload(guarded: TestClient) -> None:
    """A thread is there for whoever may read, and deleting one needs the right to run."""
    thread = upload(guarded)
    read = key_for(guarded, "read")
    assert guarded.get(f"/v1/threads/{thread}", headers=read).status_code == 200
    assert guarded.delete(f"/v1/threads/{thread}", headers=read).status_code == 403
