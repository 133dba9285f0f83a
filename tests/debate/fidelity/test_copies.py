"""Near copies of the poster's own sentences become the real ones; everything else stays the model's."""

from debate.fidelity.copies import put_copies_right
from personas.extraction import extract_cast
from personas.persona import Persona
from tests.personas.discussions_made import make_thread, own

SAID = (
    "I would argue that the harbour master had a very pragmatic view of the ferry and of its owners. "
    "The canal cannot be dug without the consent of the fishermen."
)


def a_poster() -> Persona:
    thread = make_thread(("Orsolya", [own(SAID)]), ("Bertil", [own("The canal must be dug at once.")]))
    return extract_cast(thread.thread).personas[0]


def test_a_word_changed_on_the_way_is_put_right() -> None:
    """ "He had a pragmatic view" must not become "I had a pragmatic view", nor "yes" open what was no answer."""
    turn = (
        "Yes, I would argue that I had a very pragmatic view of the ferry and of its owners. "
        "The canal cannot be dug without consent of the fishermen."
    )
    assert put_copies_right(turn, a_poster()) == SAID


def test_what_says_the_contrary_is_left_to_the_check() -> None:
    """A denial taken away is a turned position, which has to be seen as one."""
    turn = "The canal can be dug without the consent of the fishermen."
    assert put_copies_right(turn, a_poster()) == turn


def test_new_sentences_stay() -> None:
    """Words of the model's own are not exchanged for anything, and a copy said twice is said once."""
    fresh = "Nobody has asked what the fishermen would do with a canal."
    copied = "The canal cannot be dug without the consent of the fishermen."
    assert put_copies_right(f"{fresh} {copied} {copied}", a_poster()) == f"{fresh} {copied}"
