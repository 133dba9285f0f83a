"""The pictures of a debate say what its log says, stay readable, and let nobody's words become markup."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from api.web.lesson import sum_up
from api.web.pictures import NAMES, Picture, draw_pictures
from api.web.pictures.drawing import lines_of, shortened
from api.web.pictures.exchange import MOST_PEOPLE, draw_thread
from api.web.tables import to_csv
from debate.events import Event, Moved, PollClosed, PollOpened, ReplyTo, RoundStarted, RulingMade, Turn
from personas.answers import Answer
from personas.persona import Persona
from tests.api.service_made import a_service, command, start, wait_for
from tests.personas_made import make_persona
from tests.transcripts.transcripts_made import ANNA, BORIS, FACT, START, a_header
from transcripts.transcript import Transcript

NASTY = "<script>alert(1)</script>\u202e\u0000"


def a_transcript(*events: Event, people: tuple[Persona, ...] = (ANNA, BORIS)) -> Transcript:
    header = a_header("Should the canal be built?").model_copy(update={"participants": people})
    return Transcript(header=header, events=events)


def a_turn(seq: int, speaker: str, text: str, round: int = 1, answers: Turn | None = None, **more: Any) -> Turn:
    reply = ReplyTo(seq=answers.seq, speaker=answers.speaker, text=answers.text) if answers is not None else None
    return Turn(
        seq=seq,
        at=START + timedelta(seconds=seq),
        round=round,
        phase="reply",
        speaker=speaker,
        speaker_name=speaker,
        text=text,
        reply_to=reply,
        **more,
    )


def a_ruling(seq: int, turn: Turn, verdict: str, claim: str = "It opened in 1900") -> RulingMade:
    fields = {
        "seq": seq,
        "at": START,
        "turn_seq": turn.seq,
        "claim": claim,
        "start": 0,
        "end": len(claim),
        "verdict": verdict,
        "facts": ("canal-opened",),
        "explanation": "So it says.",
        "confidence": 0.9,
        "checker": "rules",
        "cited": (FACT,),
    }
    return RulingMade.model_validate(fields)


def a_poll(seq: int, poll: str, counts: dict[str, int], **more: Any) -> tuple[PollOpened, PollClosed]:
    opened = {name: more.pop(name) for name in ("kind", "about_seq", "question") if name in more}
    question = opened.pop("question", "Should the canal be built?")
    first = PollOpened(seq=seq, at=START, poll=poll, question=question, choices=tuple(counts), by="T", **opened)
    return first, PollClosed(seq=seq + 1, at=START, poll=poll, counts=counts, by="T", **more)


def drawn(transcript: Transcript, *answers: Answer) -> dict[str, Picture]:
    return draw_pictures(transcript, sum_up(transcript), answers)


def words_in(picture: Picture) -> list[str]:
    """All words that stand in a picture, hints included."""
    return ["".join(one.itertext()) for one in ElementTree.fromstring(picture.svg)]


def test_arrows_count_answers_and_tell_who_disagrees() -> None:
    """Each pair is one row; an answer that says so disagrees; sides are named; joining words count for nothing."""
    first = a_turn(1, "boris", "The canal is a waste.")
    second = a_turn(2, "anna", "No. Trade needs it.", answers=first)
    third = a_turn(3, "boris", "The railway carries more.", answers=second)
    fourth = a_turn(4, "anna", "Trade doubled since.", answers=third)
    picture = drawn(a_transcript(first, second, third, fourth))["debate"]
    assert picture.table.rows == (("Anna", "Boris", 2, 1, 0, "yes"), ("Boris", "Anna", 1, 0, 0, "yes"))
    assert any("Anna answers Boris: 2, of which 1" in one for one in words_in(picture))


def test_a_crowd_is_drawn_in_part_and_listed_whole() -> None:
    """Beyond what a ring can hold, those who answered most are drawn; the table leaves nobody out."""
    people = tuple(make_persona(f"p{number}", "Words.") for number in range(MOST_PEOPLE + 10))
    answers = [Answer(one.id, "p0", "1", "unclear") for one in people[1:]]
    picture = draw_thread(a_transcript(people=people), answers)
    assert picture is not None
    assert len(picture.table.rows) == len(people) - 1
    assert len(ElementTree.fromstring(picture.svg).findall("{*}circle")) == MOST_PEOPLE
    assert "10 more people" in picture.note


def test_stances_are_what_the_words_of_each_round_say() -> None:
    """A stance counts only where it was said; who passed and who was silent are told apart."""
    events = (
        RoundStarted(seq=1, at=START, round=1, title="Round 1"),
        a_turn(2, "anna", "Yes, the canal should be built."),
        a_turn(3, "boris", "The railway carries more."),
        RoundStarted(seq=4, at=START, round=2, title="Round 2"),
        a_turn(5, "boris", "Nothing to add.", round=2, yielded=True),
    )
    rows = drawn(a_transcript(*events))["stances"].table.rows
    assert rows == (
        ("Anna", "for", "for", "did not speak"),
        ("Boris", "against", "stance unclear", "had nothing to add"),
    )


def test_votes_show_who_moved() -> None:
    """A vote compared with an earlier one has a band for each way; one alone has bars; ballots are not lost."""
    before = a_poll(1, "vote-1", {"yes": 3, "no": 2})
    moved = (Moved(before="yes", after="no", voters=2), Moved(before="no", after="no", voters=2))
    after = a_poll(3, "vote-2", {"yes": 1, "no": 4}, compared_with="vote-1", moved=moved)
    alone = a_poll(5, "vote-3", {"tea": 0, "coffee": 5}, question="Tea or coffee?")
    picture = drawn(a_transcript(*before, *after, *alone))["votes"]
    said = words_in(picture)
    assert "2 of 4 who voted both times changed their mind" in said
    assert "Tea or coffee?" in said
    assert (2, "Should the canal be built?", "yes", "no", 2) in picture.table.rows
    assert sum(int(row[4]) for row in picture.table.rows if row[2] == "") == 15


def test_guesses_and_rulings_are_counted() -> None:
    """The right guess is the one that fits the verdict; rulings add up for each person."""
    turn = a_turn(1, "anna", "It opened in 1900")
    ruling = a_ruling(2, turn, "contradicted")
    other = a_ruling(3, turn, "not_covered")
    counts = {"supported": 4, "contradicted": 1, "cannot know": 0}
    guess = a_poll(4, "guess-2", counts, kind="guess", about_seq=2, question="It opened in 1900")
    pictures = drawn(a_transcript(turn, ruling, other, *guess))
    assert pictures["guesses"].table.rows == (("It opened in 1900", "Contradicted", 4, 1, 0, 1),)
    assert "1 of 5 guessed right" in words_in(pictures["guesses"])
    assert pictures["rulings"].table.rows == (("Anna", 1, 0, 1, 1, 0, 0),)


def test_nothing_said_draws_nothing() -> None:
    """No empty frames."""
    assert drawn(a_transcript()) == {}


def test_words_of_people_stay_words_in_pictures() -> None:
    """Markup and characters that XML or an eye would obey are shown or dropped, in names, claims and choices."""
    plain = (make_persona("anna", "The canal should be built."), make_persona("boris", "It is a waste."))
    people = tuple(one.model_copy(update={"name": NASTY + one.name}) for one in plain)
    first = a_turn(1, "anna", "The canal should be built.")
    second = a_turn(2, "boris", "No. It is a waste.", answers=first)
    ruling = a_ruling(3, second, "supported", NASTY)
    guess = a_poll(4, "guess-3", {"supported": 1, "contradicted": 0}, kind="guess", about_seq=3, question=NASTY)
    vote = a_poll(6, "vote-1", {NASTY: 3, "no": 1}, question=NASTY)
    pictures = drawn(a_transcript(first, second, ruling, *guess, *vote, people=people))
    assert set(pictures) == set(NAMES) - {"thread"}
    for picture in pictures.values():
        tree = ElementTree.fromstring(picture.svg)
        assert {one.tag.rpartition("}")[2] for one in tree.iter()} <= {
            "svg",
            "title",
            "rect",
            "circle",
            "polygon",
            "path",
            "text",
        }
        assert "\u202e" not in picture.svg
        assert "style=" not in picture.svg
    assert any("<script>alert(1)" in one for one in words_in(pictures["debate"]))


def test_long_words_are_cut_and_not_lost() -> None:
    """A name of any length fits, and the whole of it is in the hint."""
    assert shortened("a" * 500, 160).endswith("…")
    assert len(shortened("a" * 500, 160)) < 20
    assert lines_of("one two three four five six", 60, most=2)[1].endswith("…")
    people = (make_persona("a" * 60, "x"), BORIS)
    first = a_turn(1, "a" * 60, "x")
    picture = drawn(a_transcript(first, a_turn(2, "boris", "No.", answers=first), people=people))["debate"]
    assert any(people[0].name in one for one in words_in(picture))


def test_a_table_is_no_program() -> None:
    """Cells that a spreadsheet would reckon with get an apostrophe; commas, quotes and lines stay in their cell."""
    made = to_csv(["who", "n"], [["=1+1", 2], ['a "b", c\nd', None]])
    assert made.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(made[1:]))) == [["who", "n"], ["'=1+1", "2"], ['a "b", c d', ""]]


def test_pictures_and_all_else_can_be_taken_away(tmp_path: Path) -> None:
    """Every picture of a debate as a drawing and as a table, and one archive with everything that is there."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        debate = start(client, start_paused=True)
        command(client, debate, "resume")
        wait_for(client, debate, "completed", "nothing_left")
        page = client.get(f"/after/{debate}").text
        shown = [name for name in NAMES if f"/pictures/{name}.svg" in page]
        assert "thread" in shown
        assert page.count('class="picture"') == len(shown)
        for name in shown:
            drawing = client.get(f"/classroom/debates/{debate}/pictures/{name}.svg")
            assert ElementTree.fromstring(drawing.content).tag.endswith("svg")
            assert "attachment" in drawing.headers["content-disposition"]
            table = client.get(f"/classroom/debates/{debate}/pictures/{name}.csv").text
            assert len(list(csv.reader(io.StringIO(table)))) > 1
        assert client.get(f"/classroom/debates/{debate}/pictures/votes.svg").status_code == 404
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/classroom/debates/{debate}/all.zip").content))
        names = set(archive.namelist())
        assert {"transcript.jsonl", "transcript.html", "handout.html", "thread.json", "pictures/thread.svg"} <= names
        assert "/assets/" not in archive.read("handout.html").decode()
        # A deleted thread takes its picture with it and nothing else.
        assert (
            client.delete(f"/v1/threads/{client.get(f'/v1/debates/{debate}').json()['thread_id']}").status_code == 204
        )
        assert "/pictures/thread.svg" not in client.get(f"/after/{debate}").text
        assert client.get(f"/classroom/debates/{debate}/all.zip").status_code == 200


def test_pseudonyms_hold_in_pictures_and_archive(tmp_path: Path) -> None:
    """Where names are left out, none is in a picture, a table or the archive, and the thread is not in it."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        debate = start(client, pseudonymous=True)
        wait_for(client, debate, "completed", "nothing_left")
        assert "/pictures/thread.svg" in client.get(f"/after/{debate}").text
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/classroom/debates/{debate}/all.zip").content))
        assert "thread.json" not in archive.namelist()
        for name in archive.namelist():
            for person in ("Maja", "Otto"):
                assert person not in archive.read(name).decode(), name
