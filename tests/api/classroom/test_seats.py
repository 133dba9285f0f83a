"""A pupil takes a seat and argues a turn: asked for, granted, spoken, ruled on, and given back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.web.seats import VANISHED_S, time_left
from tests.api.classroom.class_made import Pupil, a_class, go_on, join, look
from tests.api.service_made import a_service, command, events, wait_for, wait_until


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as made:
        yield made


def seated(client: TestClient, debate_id: str, pupil: Pupil, persona: str) -> None:
    """The pupil asks for a seat and the teacher gives it."""
    pupil.ask("POST", "/seat-requests", {"persona": persona}, 201)
    (wish,) = next(one for one in look(client, debate_id)["groups"] if one["debate_id"] == debate_id)["wishes"]
    granted = client.post(f"/classroom/debates/{debate_id}/seat-requests/{wish['id']}:grant")
    assert granted.status_code == 200, granted.text


def turn_of(client: TestClient, debate_id: str, persona: str) -> None:
    """Let the debate go on until it waits for whoever has this seat."""
    for _ in range(8):
        if go_on(client, debate_id) == "person":
            return
    raise AssertionError(f"it never waited for {persona}")


def test_a_turn_from_a_seat_is_marked_as_human_and_ruled_on(client: TestClient) -> None:
    """Asked for on the phone, granted by the teacher, said in the pupil's name, checked by the referee."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    assert ann.me()["seat"] is None
    seated(client, debate_id, ann, "otto")
    assert (ann.me()["seat"], ann.me()["is_my_turn"]) == ("otto", False)
    ann.ask("POST", "/v1/turns", {"persona": "otto", "text": "Too early"}, 409)
    turn_of(client, debate_id, "otto")
    me = ann.me()
    assert me["is_my_turn"]
    assert 170 < me["waiting"]["left_s"] <= 180
    overview = client.get(f"/classroom/debates/{debate_id}/overview").json()
    assert (overview["waits_for"]["persona"], overview["seats"]) == ("otto", {"otto": "Ann"})
    said = "The railway is cheaper \u202eand\u200b <b>faster</b>."
    ann.ask("POST", "/v1/turns", {"persona": "otto", "text": said}, 200)
    wait_for(client, debate_id, "paused")
    turn = [one for one in events(client, debate_id) if one["type"] == "turn"][-1]
    assert (turn["origin"], turn["by"], turn["speaker"]) == ("human", "Ann", "otto")
    assert turn["text"] == "The railway is cheaper and <b>faster</b>."
    (ruling,) = wait_until(lambda: events(client, debate_id, turn["seq"]), lambda one: bool(one))
    assert ruling["turn_seq"] == turn["seq"]
    row = look(client, debate_id)["pupils"][0]
    assert (row["label"], row["seats"], row["turns"]) == ("Ann", ["Otto"], 1)


@pytest.mark.parametrize(
    ("text", "slug"), [("\u200b \u202e", "blank"), ("word " * 400, "too-long"), ("What a sh1t idea", "rude")]
)
def test_what_cannot_be_shown_is_not_said(client: TestClient, text: str, slug: str) -> None:
    """The debate goes on waiting, and the pupil is told why."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    seated(client, debate_id, ann, "otto")
    turn_of(client, debate_id, "otto")
    answer = ann.ask("POST", "/v1/turns", {"persona": "otto", "text": text}, 422)
    assert answer["type"].endswith(f":{slug}")
    assert client.get(f"/v1/debates/{debate_id}").json()["status"] == "person"


def test_a_seat_is_one_pupils_and_only_the_teacher_gives_it(client: TestClient) -> None:
    """Nobody speaks from another's seat, has two, or takes one by themselves."""
    debate_id, code = a_class(client)
    ann, ben = join(client, code, "Ann"), join(client, code, "Ben")
    ann.ask("POST", "/v1/turns", {"persona": "otto", "text": "I"}, 403)
    ann.ask("POST", "/seat-requests", {"persona": "nobody"}, 409)
    seated(client, debate_id, ann, "otto")
    assert ann.ask("POST", "/seat-requests", {"persona": "maja"}, 409)["type"].endswith("has-seat")
    assert ben.ask("POST", "/seat-requests", {"persona": "otto"}, 409)["type"].endswith("seat-taken")
    ben.ask("POST", "/seat-requests", {"persona": "maja"}, 201)
    assert ben.me()["wanted"] == "maja"
    wish = look(client, debate_id)["groups"][0]["wishes"][0]
    assert (wish["who"], wish["persona"]) == ("Ben", "maja")
    path = f"/classroom/debates/{debate_id}/seat-requests/{wish['id']}"
    assert client.post(f"{path}:refuse").status_code == 200
    assert client.post(f"{path}:grant").status_code == 404
    assert (ben.me()["refused"], ben.me()["wanted"]) == (True, None)
    turn_of(client, debate_id, "otto")
    ben.ask("POST", "/v1/turns", {"persona": "otto", "text": "I"}, 403)


def test_a_seat_can_be_given_and_taken_back(client: TestClient) -> None:
    """By the pupil, and by the teacher; then the debate goes on without waiting."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    seated(client, debate_id, ann, "otto")
    ann.ask("DELETE", "/seat", status=204)
    assert ann.me()["seat"] is None
    seated(client, debate_id, ann, "otto")
    turn_of(client, debate_id, "otto")
    assert client.post(f"/classroom/debates/{debate_id}/seats/otto:take-back").status_code == 204
    wait_for(client, debate_id, "paused")
    assert ann.me()["seat"] is None
    assert [one["origin"] for one in events(client, debate_id) if one["type"] == "turn"][-1] != "human"


def test_whoever_lets_the_class_wait_too_long_gives_the_seat_back(client: TestClient) -> None:
    """By itself, after the time that the teacher sees; the debate goes on."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    seated(client, debate_id, ann, "otto")
    turn_of(client, debate_id, "otto")
    service = client.app.state.service  # type: ignore[attr-defined]
    assert client.portal is not None
    client.portal.call(service.lessons.change, debate_id, "nicknames", 0, 0)
    left = wait_until(
        lambda: [one for one in events(client, debate_id) if one["type"] == "seat_left"], lambda one: bool(one)
    )
    assert [(one["persona"], one["by"]) for one in left] == [("otto", "Ann")]
    wait_for(client, debate_id, "paused")


def test_a_seat_that_nobody_is_waiting_for_is_kept(client: TestClient) -> None:
    """A phone may sleep until its pupil's turn has come."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    seated(client, debate_id, ann, "otto")
    service = client.app.state.service  # type: ignore[attr-defined]
    assert client.portal is not None
    client.portal.call(service.lessons.change, debate_id, "nicknames", 0, 0)
    from api.web.seats import give_back_forsaken

    assert client.portal.call(give_back_forsaken, service) == 0
    assert ann.me()["seat"] == "otto"


def test_how_long_a_class_waits() -> None:
    """As long as a turn may take for whoever is there; less for whose phone is gone, counted from their turn on."""
    assert time_left(since_s=100, seen_s=109, now_s=110, turn_s=180) == (170, False)
    assert time_left(since_s=100, seen_s=278, now_s=279, turn_s=180) == (1, False)
    assert time_left(since_s=100, seen_s=280, now_s=280, turn_s=180).left_s == 0
    assert time_left(since_s=100, seen_s=10, now_s=100, turn_s=180) == (180, False)
    assert time_left(since_s=100, seen_s=10, now_s=130, turn_s=20).left_s == -10
    assert time_left(since_s=100, seen_s=10, now_s=130, turn_s=180) == (VANISHED_S - 30, True)
    assert time_left(since_s=100, seen_s=10, now_s=146, turn_s=180).left_s < 0


def test_a_pupil_who_is_removed_loses_seat_and_questions(client: TestClient) -> None:
    """Also where the debate waits for them; their phone is told that its place is over."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    seated(client, debate_id, ann, "otto")
    ann.ask("POST", "/v1/questions", {"to": "maja", "text": "Who pays?"}, 201)
    turn_of(client, debate_id, "otto")
    assert client.delete(f"/classroom/debates/{debate_id}/pupils/{ann.member}").status_code == 204
    wait_for(client, debate_id, "paused")
    ann.ask("GET", "/me", status=401)
    seen = look(client, debate_id)
    assert (seen["questions"], seen["groups"][0]["seats"], seen["pupils"][0]["removed"]) == ([], [], True)
    command(client, debate_id, "resume", turns=1)
