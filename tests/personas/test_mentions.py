"""Speaking of other posters by name is told from using the same words."""

import pytest

from personas.extraction import extract_cast
from personas.mentions import Mentions
from tests.personas.discussions_made import make_thread, own

AUTHORS = ["Calligirl", "thistownwilleat", "equity", "Cool Hand Dave", "Trotsky", "Bo"]
TEXTS = ["The law is older than the temple."] * 40


@pytest.mark.parametrize(
    "text",
    [
        "Even Calligirl will agree that the law is older.",
        "I know, Calli, that the law is older.",
        "Not even thistown would deny that the law is older.",
        "As Cool Hand Dave's list shows, the law is older.",
    ],
)
def test_names_and_their_beginnings_are_mentions(text: str) -> None:
    """A name counts whole, in the genitive, and as the short form that people call each other by."""
    assert Mentions(AUTHORS, [*TEXTS, text], "Is the law older?").names_another("Bo", text)


@pytest.mark.parametrize(
    "text",
    [
        "A court of equity decided that the law is older.",
        "It was a cool evening, and I agree that this town is older than its law.",
        "A call to arms is older than any law.",
        "I, Bo, say that the law is older.",
    ],
)
def test_the_same_letters_in_other_words_are_not(text: str) -> None:
    """Words that a name is made of are not the name, and nobody mentions themselves."""
    assert not Mentions(AUTHORS, [*TEXTS, text], "Is the law older?").names_another("Bo", text)


def test_what_a_discussion_is_about_is_nobodys_name() -> None:
    """A member called Trotsky does not take everybody's arguments about Trotsky away."""
    text = "Trotsky could never have won the vote."
    assert not Mentions(AUTHORS, [*TEXTS, text], "Could Trotsky have won?").names_another("Bo", text)
    often = [f"Trotsky lost vote {number}." for number in range(10)]
    assert not Mentions(AUTHORS, [*TEXTS, *often], "Could the left have won?").names_another("Bo", text)


def test_a_sentence_about_another_poster_is_no_position() -> None:
    """It can be understood only beside what that poster said."""
    thread = make_thread(
        ("Orsolya", [own("The harbour road must be closed to cars because the market loses its customers.")]),
        ("Bertil", [own("Even Orsolya must admit that the harbour road is the only road to the ferry.")]),
    )
    bertil = extract_cast(thread.thread).personas[1]
    assert bertil.positions == ()
    assert not any(remark.stands_alone for remark in bertil.remarks)
