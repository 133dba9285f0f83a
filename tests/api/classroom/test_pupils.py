"""Pupils: names as the teacher chooses, one vote each, questions fit to be shown, and who contributed what."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.moderation import cleaned, is_rude, likeness
from tests.api.classroom.class_made import a_class, change, go_on, join, look
from tests.api.service_made import a_service, command, events, start


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A service."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as made:
        yield made


@pytest.mark.parametrize(
    "text", ["fuck off", "F U C K", "f.u.c.k", "fuuuuck", "sh1t", "ѕhit", "ｓｈｉｔ", "shít", "you $hit"]
)
def test_rude_words_are_seen_through_their_disguises(text: str) -> None:
    """Digits, gaps, repeats, accents, letters of other scripts."""
    assert is_rude(text)


@pytest.mark.parametrize(
    "text",
    ["Scunthorpe", "the class assessed it", "Essex", "Dick Turpin", "Nazi Germany", "Arsenal", "a b c d", "1917"],
)
def test_harmless_words_are_not_taken_for_rude(text: str) -> None:
    """Names, places and matters of a history class."""
    assert not is_rude(text)


def test_what_is_typed_is_cleaned_and_otherwise_kept() -> None:
    """Unseen characters and towers of marks go; scripts and emoji that need joiners stay as they are."""
    assert cleaned("a\u200b\u202eb\n\n c\u2066d\ufeff") == "ab cd"
    for kept in ("می\u200cخواهم", "👩\u200d🏫 hi", "क्\u200dष", "<b>&amp;"):
        assert cleaned(kept) == kept
    assert len(cleaned("Z" + "\u0336" * 60)) == 4
    assert likeness("Who  PAID?!") == likeness("who paid") == likeness("Whó paíd")


def test_names_as_the_teacher_chooses(client: TestClient) -> None:
    """None where the class is anonymous, whoever likes under nicknames, everybody under names."""
    debate_id, code = a_class(client)
    assert client.post("/classroom/look", json={"code": code.lower()}).json()["naming"] == "nicknames"
    ann, nobody = join(client, code, "Ann"), join(client, code)
    assert [one["label"] for one in look(client, debate_id)["pupils"]] == ["Ann", "Pupil 2"]
    change(client, debate_id, "names")
    refused = client.post("/classroom/join", json={"code": code})
    assert refused.json()["type"].endswith("name-needed")
    change(client, debate_id, "anonymous")
    join(client, code, "Cem Yilmaz")
    assert [one["label"] for one in look(client, debate_id)["pupils"]] == ["Pupil 1", "Pupil 2", "Pupil 3"]
    assert (ann.me()["nickname"], nobody.me()["naming"]) == (None, "anonymous")


def test_names_never_leak_where_the_class_is_anonymous(client: TestClient) -> None:
    """Not in the overview, the table, the queue, the transcript, what other phones get; also of who joined before."""
    debate_id, code = a_class(client)
    ann, ben = join(client, code, "Annabell"), join(client, code, "Benedict")
    ann.ask("POST", "/v1/questions", {"to": "maja", "text": "Who pays?"}, 201)
    ann.ask("POST", "/seat-requests", {"persona": "otto"}, 201)
    change(client, debate_id, "anonymous")
    ben.ask("POST", "/v1/questions", {"to": "maja", "text": "And when?"}, 201)
    seen = look(client, debate_id)
    assert client.post(
        f"/classroom/debates/{debate_id}/seat-requests/{seen['groups'][0]['wishes'][0]['id']}:grant"
    ).is_success
    for one in client.get(f"/v1/debates/{debate_id}/questions").json()["items"]:
        assert client.post(f"/v1/debates/{debate_id}/questions/{one['id']}:release").is_success
    for _ in range(6):
        if go_on(client, debate_id) == "person":
            ann.ask("POST", "/v1/turns", {"persona": "otto", "text": "It floods."}, 200)
            break
    root = f"/classroom/debates/{debate_id}"
    paths = (f"{root}/class", f"{root}/overview", f"{root}/contributions.csv", f"/v1/debates/{debate_id}/questions")
    told = [client.get(path).text for path in paths]
    told += [client.get(f"/v1/debates/{debate_id}/transcript?format={kind}").text for kind in ("jsonl", "md", "html")]
    told += [str(ben.me()), str(ann.me()), str(events(client, debate_id))]
    assert all("Annabell" not in one and "Benedict" not in one for one in told)
    assert [one["asker"] for one in events(client, debate_id) if one["type"] == "question"][:2] == [
        "somebody in the audience"
    ] * 2


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ann", "name-taken"),
        ("A n\u200bn", "name-taken"),
        ("Otto", "name-taken"),
        ("The Teacher", "name-taken"),
        ("sh1thead", "rude"),
        ("\u200b\u2066", "blank"),
    ],
)
def test_a_name_is_ones_own_and_fit_to_be_shown(client: TestClient, name: str, slug: str) -> None:
    """Nobody passes for somebody else: a classmate, a participant, the teacher."""
    _, code = a_class(client)
    join(client, code, "Ann")
    answer = client.post("/classroom/join", json={"code": code, "nickname": name})
    assert answer.json()["type"].endswith(f":{slug}"), answer.text


def test_a_teacher_takes_a_name_away(client: TestClient) -> None:
    """And nothing else; the pupil stays."""
    debate_id, code = a_class(client)
    ann = join(client, code, "Ann")
    path = f"/classroom/debates/{debate_id}/pupils/{ann.member}/name"
    assert client.put(path, json={"nickname": None}).status_code == 204
    assert look(client, debate_id)["pupils"][0]["label"] == "Pupil 1"
    assert ann.me()["nickname"] is None


def test_a_phone_votes_once_in_however_many_tabs(client: TestClient) -> None:
    """Joining again from the same phone gives the same place."""
    debate_id, code = a_class(client)
    client.cookies.clear()
    first = client.post("/classroom/join", json={"code": code, "nickname": "Ann"}).json()
    second = client.post("/classroom/join", json={"code": code, "nickname": "Anna"}).json()
    client.cookies.clear()
    assert (second["member"], second["token"]) == (first["member"], first["token"])
    command(client, debate_id, "open_poll", poll="p", question="Build it?", choices=["yes", "no"], holds=False)
    for one, choice in ((first, "yes"), (second, "no")):
        answer = client.put(
            f"/v1/debates/{debate_id}/polls/p/ballot",
            json={"choice": choice},
            headers={"Authorization": f"Bearer {one['token']}"},
        )
        assert answer.status_code == 204
    command(client, debate_id, "close_poll", poll="p")
    assert events(client, debate_id)[-1]["counts"] == {"yes": 0, "no": 1}
    assert [one["label"] for one in look(client, debate_id)["pupils"]] == ["Anna"]


def test_questions_are_fit_to_be_shown_before_they_are_queued(client: TestClient) -> None:
    """Blank, rude and repeated ones are refused with a reason; three may wait; the teacher releases or not."""
    debate_id, code = a_class(client)
    ann, ben = join(client, code, "Ann"), join(client, code, "Ben")

    def ask(pupil: object, text: str, status: int) -> str:
        answer = pupil.ask("POST", "/v1/questions", {"to": "maja", "text": text}, status)  # type: ignore[attr-defined]
        return str(answer.get("type", "")).rpartition(":")[2]

    assert ask(ann, "\u200b\u200e \u202e", 422) == "blank"
    assert ask(ann, "Why the f u c k?", 422) == "rude"
    ask(ann, "Who pays <script>alert(1)</script>\u202e?", 201)
    assert ask(ben, "who PAYS <script>alert(1)</script>", 409) == "asked-already"
    ask(ann, "When?", 201)
    ask(ann, "Where?", 201)
    assert ask(ann, "What?", 409) == "questions-wait"
    queue = client.get(f"/v1/debates/{debate_id}/questions").json()["items"]
    assert queue[0]["text"] == "Who pays <script>alert(1)</script>?"
    assert client.post(f"/v1/debates/{debate_id}/questions/{queue[1]['id']}:dismiss").is_success
    assert client.post(f"/v1/debates/{debate_id}/questions/{queue[0]['id']}:release").is_success
    states = {one["text"]: one["state"] for one in ann.me()["questions"]}
    assert list(states.values()) == ["released", "dismissed", "waiting"]
    assert ben.me()["questions"] == []
    ask(ben, "When?", 201)


def test_wrong_codes_are_limited_and_right_ones_are_not(tmp_path: Path) -> None:
    """Thirty phones behind one address join at once; whoever guesses has to wait."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}", needs_keys=True) as client:
        from tests.api.classroom.test_rights import as_class, enter

        classroom = as_class(client)
        enter(client, classroom)
        debate_id = start(client, start_paused=True)
        teacher = dict(client.cookies)
        code = client.post(f"/classroom/debates/{debate_id}/code").json()["code"]
        for number in range(40):
            client.cookies.clear()
            answer = client.post("/classroom/join", json={"code": code, "nickname": f"Pupil no. {number}"})
            assert answer.status_code == 201
        client.cookies.clear()
        tried = [client.post("/classroom/look", json={"code": f"WRONG{number}"}).status_code for number in range(25)]
        assert tried[:20] == [404] * 20
        assert tried[-1] == 429
        assert client.post("/v1/join", json={"code": "WRONG0"}).status_code == 429
        client.cookies.update(teacher)
        assert len(look(client, debate_id)["pupils"]) == 40


def test_the_table_counts_what_everybody_did_and_runs_no_formula(client: TestClient) -> None:
    """Votes as cast, guesses as right or wrong once the ruling is out, questions, seats; names as text."""
    debate_id, code = a_class(client)
    ann, ben = join(client, code, '=HYPERLINK("http://x")'), join(client, code, "+1 Ben")
    command(client, debate_id, "open_poll", poll="v", question="Build?", choices=["yes", "no"], holds=False)
    ann.ask("PUT", "/v1/polls/v/ballot", {"choice": "yes"}, 204)
    command(client, debate_id, "close_poll", poll="v")
    go_on(client, debate_id)
    ruling = next(one for one in events(client, debate_id) if one["type"] == "ruling")
    choices = ["supported", "contradicted", "cannot know"]
    guess = {"poll": "g", "kind": "guess", "question": ruling["claim"], "choices": choices, "holds": False}
    command(client, debate_id, "open_poll", **guess, about_seq=ruling["seq"])
    ann.ask("PUT", "/v1/polls/g/ballot", {"choice": "supported"}, 204)
    ben.ask("PUT", "/v1/polls/g/ballot", {"choice": "contradicted"}, 204)
    assert [one["guesses_right"] for one in look(client, debate_id)["pupils"]] == [0, 0], "it would tell the ruling"
    command(client, debate_id, "close_poll", poll="g")
    ben.ask("POST", "/v1/questions", {"to": "maja", "text": "Who pays?"}, 201)
    answer = client.get(f"/classroom/debates/{debate_id}/contributions.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert head[:6] == ["Pupil", "Group", "Votes cast", "Guesses", "Guessed right", "Questions asked"]
    assert [row[:7] for row in rows] == [
        ['\'=HYPERLINK("http://x")', "", "1", "1", "1", "0", "0"],
        ["'+1 Ben", "", "0", "1", "0", "1", "0"],
    ]
