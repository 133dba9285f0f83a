"""What the classroom lets whom do, without a browser."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.guard import COOKIE
from api.web.classroom import Classroom
from api.web.layout import ASSETS
from api.web.texts import texts
from tests.api.service_made import a_service, start, upload
from transcripts.access import Access

ADDRESS = "http://192.0.2.7:8000"


def as_class(client: TestClient) -> Classroom:
    """The same service as `rejoinder serve --classroom` starts it."""
    client.app.state.classroom = Classroom(ADDRESS)  # type: ignore[attr-defined]
    found: Classroom = client.app.state.classroom  # type: ignore[attr-defined]
    return found


def enter(client: TestClient, classroom: Classroom) -> None:
    """Follow the teacher link."""
    answer = client.get(f"/classroom/enter?ticket={classroom.ticket}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/teach")


def test_the_teacher_link_works_once(tmp_path: Path) -> None:
    """Whoever finds it later, and whoever guesses, gets nothing."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}", needs_keys=True) as client:
        classroom = as_class(client)
        link = f"/classroom/enter?ticket={classroom.ticket}"
        assert client.get("/classroom/enter?ticket=wrong").status_code == 403
        assert client.post("/classroom/example").status_code == 401
        enter(client, classroom)
        assert client.get(link).status_code == 403
        assert client.get("/v1/threads").status_code == 200


def test_a_pupil_can_watch_vote_and_ask_in_one_debate_only(tmp_path: Path) -> None:
    """A pupil's place cannot start, delete, command, release, read other debates, or see the teacher's pages."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}", needs_keys=True) as client:
        classroom = as_class(client)
        enter(client, classroom)
        mine, other = start(client, start_paused=True), start(client, start_paused=True)
        assert client.post(f"/classroom/debates/{mine}/code").json()["code"] == classroom.code
        joined = client.post("/classroom/join", json={"code": classroom.code})
        assert COOKIE not in joined.cookies
        pupil = {"Authorization": f"Bearer {joined.json()['token']}"}
        assert client.get(f"/v1/debates/{mine}/events", headers=pupil).status_code == 200
        assert client.get(f"/v1/debates/{other}/events", headers=pupil).status_code == 403
        for method, path, body in (
            ("POST", "/v1/debates", {"thread": "t_1"}),
            ("DELETE", f"/v1/debates/{mine}", None),
            ("POST", f"/v1/debates/{mine}/commands", {"type": "resume"}),
            ("GET", f"/v1/debates/{mine}/questions", None),
            ("GET", f"/classroom/debates/{mine}/overview", None),
            ("POST", f"/classroom/debates/{mine}/code", None),
            ("GET", f"/classroom/debates/{mine}/class", None),
            ("GET", f"/classroom/debates/{mine}/contributions.csv", None),
            ("PUT", f"/classroom/debates/{mine}/class", {"naming": "names", "turn_s": 60, "guess_s": 0}),
            ("POST", f"/classroom/debates/{mine}/groups", {"groups": [{"name": "A"}]}),
            ("PUT", f"/classroom/debates/{mine}/leader", {"member": "a"}),
            ("POST", f"/classroom/debates/{mine}/seat-requests/s_1:grant", None),
            ("POST", f"/classroom/debates/{mine}/seats/maja:take-back", None),
            ("DELETE", f"/classroom/debates/{mine}/pupils/{joined.json()['member']}", None),
            ("PUT", f"/classroom/debates/{mine}/pupils/{joined.json()['member']}/name", {"nickname": "X"}),
            ("POST", f"/classroom/debates/{mine}/lead", None),
            ("POST", f"/classroom/debates/{mine}/lead:next", None),
            ("POST", f"/classroom/debates/{mine}/lead:vote", None),
            ("GET", f"/classroom/debates/{other}/me", None),
            ("POST", f"/classroom/debates/{other}/groups/{mine}:join", None),
            ("POST", f"/classroom/debates/{other}/seat-requests", {"persona": "maja"}),
            ("PUT", f"/v1/debates/{other}/polls/x/ballot", {"choice": "yes"}),
            ("POST", "/classroom/example", None),
            ("GET", f"/after/{mine}", None),
            ("GET", f"/handout/{mine}", None),
            ("GET", f"/compare/{mine}/{mine}", None),
            ("GET", f"/classroom/debates/{mine}/all.zip", None),
            ("GET", f"/classroom/debates/{mine}/pictures/thread.svg", None),
            ("POST", f"/v1/debates/{mine}/branches", {"after_seq": 0}),
        ):
            answer = client.request(method, path, json=body, headers=pupil)
            assert answer.status_code == 403, (method, path, answer.text)


def test_the_class_code_moves_to_the_debate_begun_last(tmp_path: Path) -> None:
    """One code on the blackboard is enough for a whole lesson."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        classroom = as_class(client)
        first, second = start(client, start_paused=True), start(client, start_paused=True)
        for debate in (first, second, first):
            opened = client.post(f"/classroom/debates/{debate}/code").json()
            assert (opened["code"], opened["address"]) == (classroom.code, f"{ADDRESS}/join")
            assert client.post("/classroom/join", json={"code": classroom.code}).json()["debate_id"] == debate
        assert b"<svg" in client.get(f"/classroom/debates/{first}/code.svg").content


def test_every_page_forbids_scripts_and_styles_of_others(tmp_path: Path) -> None:
    """A strict policy on every page, and no inline script or style in any."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        debate = start(client, start_paused=True)
        for path in ("/teach", "/join", f"/stage/{debate}", f"/after/{debate}", f"/handout/{debate}"):
            page = client.get(path)
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            for inline in ("<style", "style=", "<script>", "onclick=", "http://", "https://"):
                assert inline not in page.text, (path, inline)


def test_words_of_a_thread_stay_words_on_the_pages_after(tmp_path: Path) -> None:
    """Markup, direction overrides and zero-width characters of a poster are shown or dropped, never obeyed."""
    nasty = "<script>alert(1)</script> \u202eThe canal should be built\u200b, because trade on the river needs it."
    lines = [
        {"id": "1", "author": "<b>Maja</b>\u202e", "text": nasty},
        {"id": "2", "author": "Otto", "text": "The canal is a waste of money, because the railway is cheaper."},
        {"id": "3", "author": "<b>Maja</b>\u202e", "text": "Every mill on the river would use the canal."},
    ]
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        thread = upload(client, "".join(json.dumps(one) + "\n" for one in lines))
        answer = client.post("/v1/debates", json={"thread": thread, "start_paused": True})
        assert answer.status_code == 201, answer.text
        made = answer.json()["id"]
        for page in (f"after/{made}", f"handout/{made}", f"compare/{made}/{made}"):
            text = client.get(f"/{page}").text
            assert "<script>alert" not in text
            assert "<b>Maja" not in text
            assert "\u202e" not in text


def test_the_shipped_example_can_be_taken(tmp_path: Path) -> None:
    """Discussion and fact sheet are there, with nothing but the package."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        made = client.post("/classroom/example").json()
        assert made["read"]["report"]["posts"] == 14
        assert made["sheet"] in {one["digest"] for one in client.get("/v1/sheets").json()["items"]}


async def test_a_teachers_key_is_no_operators(tmp_path: Path) -> None:
    """A link that was followed gives one key that can run debates and is no operator's."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with a_service(url, needs_keys=True) as client:
        enter(client, as_class(client))
        assert client.get("/v1/admin/keys").status_code == 403
    from transcripts.database import open_database

    database = await open_database(url)
    keys = await Access(database).list_keys()
    await database.close()
    assert [(one.name, one.scopes) for one in keys] == [("classroom teacher", ("run",))]


@pytest.mark.parametrize("name", ["../pages.py", "%2e%2e/pages.py", "nothing.js", "texts.en.txt"])
def test_only_assets_are_served_as_assets(tmp_path: Path, name: str) -> None:
    """No way leads from the assets to other files."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        assert client.get(f"/assets/{name}").status_code == 404


def test_the_catalogue_has_every_text_that_pages_and_scripts_name() -> None:
    """A translation of one file is a translation of everything."""
    import re

    known = set(texts())
    named: set[str] = set()
    for path in sorted((ASSETS.parent / "templates").glob("*.html")) + sorted(ASSETS.glob("*.js")):
        pattern = r'say\([\'"]([\w ]+)[\'"][,)]' if path.suffix == ".html" else r'\bt\("([\w ]+)"[,)]'
        named |= set(re.findall(pattern, path.read_text(encoding="utf-8")))
    assert len(named) > 100
    assert named <= known


def test_the_stages_scripts_are_light() -> None:
    """Under 100 kB compressed."""
    import gzip

    size = sum(len(gzip.compress(one.read_bytes())) for one in ASSETS.glob("*.js"))
    assert 1_000 < size < 100_000
