from hypothesis import given
from hypothesis import strategies as st

from debate.events import Event, ReplyTo, RulingMade
from debate.speakers.window import (
    DIGEST_CHARS,
    DIGEST_LINES,
    RECENT_CHARS,
    RECENT_TURNS,
    digest,
    recent_turns,
    standing_rulings,
)
from tests.debate.debates_made import ANNA, BERT, CLARA, NOON, make_setup, make_turn

PEOPLE = (ANNA, BERT, CLARA)


def turns(count: int, text: str = "Point {} about the library. And a second sentence.") -> tuple[Event, ...]:
    return tuple(make_turn(number, PEOPLE[number % 3], text.format(number)) for number in range(1, count + 1))


def test_everything_is_recent_at_first() -> None:
    """A short debate is shown in full, and nothing twice."""
    events = turns(RECENT_TURNS)

    assert recent_turns(make_setup(), events).count("about the library") == RECENT_TURNS
    assert digest(make_setup(), events, "anna") == ""


def test_older_turns_become_single_sentences() -> None:
    """What has left the window is still there, as real sentences of its speakers in the debate's order."""
    events = turns(RECENT_TURNS + 3)
    lines = digest(make_setup(), events, "anna").splitlines()

    assert [line.partition(": ")[2] for line in lines] == [f"Point {number} about the library." for number in (1, 2, 3)]


def test_what_was_said_to_the_speaker_is_kept_first() -> None:
    """A speaker remembers longest what was said to them."""
    events = [*turns(40)]
    aimed = make_turn(2, BERT, "This is for Anna.", reply_to=ReplyTo(seq=1, speaker="anna", text="Point 1"))
    events[1] = aimed

    assert "This is for Anna." in digest(make_setup(), tuple(events), "anna")


@given(st.integers(0, 60), st.integers(1, 400))
def test_the_window_is_bounded(count: int, words: int) -> None:
    """However long the debate and its turns, what is shown of it stays within its bounds."""
    events = turns(count, "{} " + "word " * words)
    setup = make_setup()

    assert len(recent_turns(setup, events)) <= RECENT_TURNS * (RECENT_CHARS + 20)
    lines = digest(setup, events, "anna").splitlines()
    assert len(lines) <= DIGEST_LINES
    assert all(len(line) <= DIGEST_CHARS + 20 for line in lines)


def test_rulings_stand_for_their_speaker_only() -> None:
    """A speaker is told what the referee found about their own claims, and nothing about silence."""
    events = turns(2)

    def ruling(seq: int, turn_seq: int, verdict: str) -> RulingMade:
        return RulingMade.model_validate(
            {
                "seq": seq,
                "at": NOON,
                "turn_seq": turn_seq,
                "claim": f"Point {turn_seq}",
                "start": 0,
                "end": 7,
                "verdict": verdict,
                "facts": ("f",) if verdict == "contradicted" else (),
                "explanation": f"Explained {seq}.",
                "confidence": 0.9,
                "checker": "rules",
            }
        )

    seen = (*events, ruling(3, 2, "contradicted"), ruling(4, 1, "contradicted"), ruling(5, 2, "not_covered"))
    speaker = events[1].speaker if events[1].type == "turn" else ""

    told = standing_rulings(seen, speaker)
    assert "Explained 3." in told
    assert "Explained 4." not in told
    assert "Explained 5." not in told
