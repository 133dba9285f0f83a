"""Corrections of a thread over HTTP: read, changed, put back, taken back; the personas follow."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.service_made import a_service, upload


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    with a_service(database_url) as made:
        yield made


def people(client: TestClient, thread_id: str) -> list[str]:
    cast = client.get(f"/v1/threads/{thread_id}/personas").json()
    return [one["persona"]["name"] for one in cast["personas"]]


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_what_is_read_can_be_put_back_and_changes_nothing(client: TestClient, format: str) -> None:
    """The file as it is given out is a correction that corrects nothing, in both forms."""
    thread_id = upload(client)
    path = f"/v1/threads/{thread_id}/corrections"
    before = client.get(f"/v1/threads/{thread_id}").json()["thread"]
    given = client.get(path, params={"format": format})
    put = client.put(path, content=given.content, headers={"Content-Type": f"application/{format}"})
    assert put.status_code == 200, put.text
    assert client.get(f"/v1/threads/{thread_id}").json()["thread"] == before


def test_a_correction_moves_words_and_names_and_can_be_taken_back(client: TestClient) -> None:
    """Another writer, a new name and an added quotation reach posts and personas; undone, all is as it was read."""
    thread_id = upload(client)
    path = f"/v1/threads/{thread_id}/corrections"
    before = client.get(f"/v1/threads/{thread_id}").json()["thread"]
    given = client.get(path).json()
    given["names"]["Maja"] = "Maja K. 😀"
    given["posts"]["3"]["author"] = "Kim"
    given["posts"]["2"]["quotes"] = [{"words": "Nobody on … would use it", "author": "Kim", "post": None}]
    put = client.put(path, content=json.dumps(given))
    assert put.status_code == 200, put.text
    assert put.json()["report"]["people"] == people(client, thread_id) == ["Maja K. 😀", "Otto", "Kim"]
    posts = client.get(f"/v1/threads/{thread_id}").json()["thread"]["posts"]
    quote = next(one for one in posts[1]["passages"] if one["kind"] == "quote")
    assert (quote["quoted_author"], quote["text"]) == ("Kim", "Nobody on the river would use it.")
    again = client.get(path).json()
    assert again["posts"]["2"]["quotes"][0]["author"] == "Kim"
    assert client.put(path, content=json.dumps({"names": {"Kim": "Kim L."}})).status_code == 200
    assert client.delete(path).status_code == 200
    assert client.get(f"/v1/threads/{thread_id}").json()["thread"] == before
    assert people(client, thread_id) == ["Maja", "Otto"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"digest": "0"}', "another file"),
        (b'{"posts": {"9": {"author": "Kim"}}}', "no post '9'"),
        (b'{"posts": {"2": {"quotes": [{"words": "never said"}]}}}', "does not hold the words"),
        (b'{"names": {"Nobody": "Kim"}}', "nobody is called"),
        (b'{"names": {"Maja": ""}}', "expected a text"),
        (b'names: {Maja: "\\ud800"}', "half a character"),
        (b"[1, 2]", "expected 'key: value'"),
        (b"a: b: c", "not valid YAML"),
        (b"\xff\xfe", "expected 'key: value'"),
        (b"", "empty"),
    ],
)
def test_corrections_that_do_not_fit_change_nothing(client: TestClient, body: bytes, says: str) -> None:
    """Each mistake is named, and the thread stays as it was."""
    thread_id = upload(client)
    before = client.get(f"/v1/threads/{thread_id}").json()["thread"]
    answer = client.put(f"/v1/threads/{thread_id}/corrections", content=body)
    assert answer.status_code == 422
    assert says in answer.json()["detail"]
    assert client.get(f"/v1/threads/{thread_id}").json()["thread"] == before


def test_edited_personas_are_not_lost_by_accident(client: TestClient) -> None:
    """A correction that would replace an edited persona is refused until that is asked for; those made by hand stay."""
    thread_id = upload(client)
    base = f"/v1/threads/{thread_id}"
    maja = client.get(f"{base}/personas/maja").json()
    edited = {**maja["persona"], "stance": "for"}
    assert client.put(f"{base}/personas/maja", params={"version": 1}, json=edited).status_code == 200
    by_hand = {**maja["persona"], "id": "kim", "name": "Kim", "pseudonym": "Heron"}
    assert client.post(f"{base}/personas", json=by_hand).status_code == 201
    body = json.dumps({"names": {"Otto": "Otto M."}})
    assert client.put(f"{base}/corrections", content=body).status_code == 409
    assert people(client, thread_id) == ["Maja", "Otto", "Kim"]
    assert client.put(f"{base}/corrections", params={"discard_edits": "true"}, content=body).status_code == 200
    assert people(client, thread_id) == ["Maja", "Otto M.", "Kim"]


def test_erasing_a_person_erases_the_thread_as_it_was_read(client: TestClient) -> None:
    """After a correction has renamed somebody, neither name brings their words back."""
    thread_id = upload(client)
    path = f"/v1/threads/{thread_id}/corrections"
    assert client.put(path, content=b'{"names": {"Otto": "Otto M."}}').status_code == 200
    assert client.post("/v1/admin/people:erase", json={"name": "Otto M."}).status_code == 200
    client.delete(path, params={"discard_edits": "true"})
    assert "waste of money" not in client.get(f"/v1/threads/{thread_id}").text
