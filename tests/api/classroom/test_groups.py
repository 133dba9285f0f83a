"""Groups of a class: one code, a debate each, led by a pupil who knows no more than the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.classroom.class_made import a_class, go_on, join, look
from tests.api.service_made import a_service, command, events, start, wait_for, wait_until


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as made:
        yield made


def split(client: TestClient, debate_id: str, *groups: dict[str, str], status: int = 201) -> list[str]:
    """Split the class; the debates of its groups."""
    answer = client.post(f"/classroom/debates/{debate_id}/groups", json={"groups": list(groups)})
    assert answer.status_code == status, answer.text
    return [one["debate_id"] for one in answer.json()] if status == 201 else []


def test_each_group_runs_its_own_debate_under_one_code(client: TestClient) -> None:
    """They share what was said so far and go on apart, under a premise of their own where they have one."""
    debate_id, code = a_class(client)
    go_on(client, debate_id)
    ann, ben = join(client, code, "Ann"), join(client, code, "Ben")
    reds, blues = split(client, debate_id, {"name": "Reds"}, {"name": "Blues", "premise": "The river is dry"})
    offered = ann.me()["groups"]
    assert [(one["name"], one["premise"]) for one in offered] == [("Reds", None), ("Blues", "The river is dry")]
    way_in = client.post("/classroom/look", json={"code": code}).json()
    assert [one["debate_id"] for one in way_in["groups"]] == [reds, blues]

    joined = ann.ask("POST", f"/groups/{reds}:join", status=201)
    assert ann.ask("POST", f"/groups/{reds}:join", status=201)["member"] == joined["member"], "one place in a group"
    ann_red = type(ann)(client, ann.ask("POST", f"/groups/{reds}:join", status=201))
    cem = join(client, code, "Cem", group=blues)
    assert (ann_red.me()["group"], ann_red.me()["is_leader"]) == ("Reds", True)
    assert (cem.me()["group"], cem.me()["is_leader"]) == ("Blues", True)
    ann_red.ask("POST", "/lead:next", status=204)
    wait_until(lambda: events(client, reds), lambda one: one[-1]["type"] == "poll_opened")
    assert events(client, blues)[-1]["type"] == "paused"
    ben.ask("POST", f"/groups/{start(client)}:join", status=404)
    seen = look(client, reds)
    assert [one["name"] for one in seen["groups"]] == ["Whole class", "Reds", "Blues"]
    assert [one["leader"] for one in seen["groups"]] == [None, "Ann", "Cem"]
    assert [(one["label"], one["groups"]) for one in seen["pupils"]] == [
        ("Ann", ["Reds"]),
        ("Ben", []),
        ("Cem", ["Blues"]),
    ]
    assert seen["code"] == code


def test_a_group_is_led_step_by_step_and_its_leader_guesses_like_everybody(client: TestClient) -> None:
    """One button: a turn, the guess about it, its ruling, the next turn."""
    debate_id, code = a_class(client)
    (group,) = split(client, debate_id, {"name": "Reds"})
    ann, ben = join(client, code, "Ann", group=group), join(client, code, "Ben", group=group)
    ben.ask("POST", "/lead:next", status=403)
    ben.ask("POST", "/lead", status=409)

    def kinds(pupil: object = ann) -> list[str]:
        return [one["type"] for one in pupil.ask("GET", "/v1/events", status=200)["events"]]  # type: ignore[attr-defined]

    def comes_to(*last: str) -> None:
        wait_until(lambda: kinds()[-len(last) :], lambda one: one == list(last))
        wait_for(client, group, "paused")

    ann.ask("POST", "/lead:vote", status=204)
    comes_to("poll_opened")
    ben.ask("PUT", "/v1/polls/vote-1/ballot", {"choice": "yes"})
    ann.ask("POST", "/lead:vote", status=409)
    ann.ask("POST", "/lead:next", status=204)
    comes_to("poll_closed")
    ann.ask("POST", "/lead:next", status=204)
    comes_to("turn", "held_back")
    ann.ask("POST", "/lead:next", status=204)
    comes_to("held_back", "poll_opened")
    guess = events(client, group)[-1]
    assert guess["kind"] == "guess"
    ben.ask("PUT", f"/v1/polls/{guess['poll']}/ballot", {"choice": "supported"}, 204)
    ann.ask("POST", "/lead:next", status=204)
    comes_to("ruling", "poll_opened", "poll_closed")
    ann.ask("POST", "/lead:next", status=204)
    comes_to("turn", "held_back")


def test_the_teacher_chooses_who_leads(client: TestClient) -> None:
    """And whoever leads and is gone is followed by whoever presses first."""
    debate_id, code = a_class(client)
    (group,) = split(client, debate_id, {"name": "Reds"})
    ann, ben = join(client, code, "Ann", group=group), join(client, code, "Ben", group=group)
    assert client.put(f"/classroom/debates/{group}/leader", json={"member": ben.member}).status_code == 204
    assert (ann.me()["is_leader"], ben.me()["is_leader"]) == (False, True)
    assert client.put(f"/classroom/debates/{group}/leader", json={"member": "a_1"}).status_code == 404
    assert client.delete(f"/classroom/debates/{group}/pupils/{ben.member}").status_code == 204
    assert ann.me()["may_lead"]
    ann.ask("POST", "/lead", status=204)
    assert ann.me()["is_leader"]


def test_a_class_is_split_only_where_it_can_be(client: TestClient) -> None:
    """Not in the middle of a vote, nor into groups of one name, nor into more than a teacher can look after."""
    debate_id, _ = a_class(client)
    command(client, debate_id, "open_poll", poll="p", question="Build?", choices=["yes", "no"], holds=False)
    split(client, debate_id, {"name": "Reds"}, status=409)
    command(client, debate_id, "close_poll", poll="p")
    split(client, debate_id, {"name": "Reds"}, {"name": "Reds\u200b"}, status=409)
    split(client, debate_id, *({"name": f"Group {number}"} for number in range(1, 14)), status=422)
    assert len(split(client, debate_id, *({"name": f"Group {number}"} for number in range(1, 13)))) == 12
    split(client, debate_id, {"name": "One more"}, status=409)


def test_phones_learn_where_the_class_went_on(client: TestClient) -> None:
    """A new debate takes the code over, and who joined the one before is told."""
    from tests.api.classroom.test_rights import as_class

    as_class(client)
    first, code = a_class(client)
    ann = join(client, code, "Ann")
    assert ann.me()["next_debate"] is None
    second, same = a_class(client)
    assert (same, ann.me()["next_debate"]) == (code, second)
    assert first != second
