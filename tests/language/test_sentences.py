"""Sentences keep their place, and the habits of forum text do not break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sentences import split_sentences

CASES = {
    "possessive": ("The SR's won. They lost it.", ["The SR's won.", "They lost it."]),
    "number abbreviation": ("Rykov was no. 2 then. So what?", ["Rykov was no. 2 then.", "So what?"]),
    "a plain no": ("Was it fair? No. It was not.", ["Was it fair?", "No.", "It was not."]),
    "numbered points": (
        "1) It failed. It was late.\n2) It cost a lot.",
        ["1) It failed.", "It was late.", "2) It cost a lot."],
    ),
    "ellipsis goes on": ("Well... it depends on... things.", ["Well... it depends on... things."]),
    "ellipsis ends": (
        "That is all I know of it... Now you tell me.",
        ["That is all I know of it...", "Now you tell me."],
    ),
    "link": ("See https://x.org/a.b?c=d. Then judge.", ["See https://x.org/a.b?c=d.", "Then judge."]),
    "link on its own line": (
        "It was so.\nhttps://x.org/page\nAnd so on.",
        ["It was so.", "https://x.org/page", "And so on."],
    ),
    "titles and initials": (
        "Mr. V. I. Lenin met Dr. No. He left.",
        ["Mr. V. I. Lenin met Dr. No.", "He left."],
    ),
    "country": (
        "The U.S. army came. In the U.S. They saw it.",
        ["The U.S. army came.", "In the U.S.", "They saw it."],
    ),
    "speech": ('"Really?" he said. "Yes." Then he left.', ['"Really?" he said.', '"Yes."', "Then he left."]),
    "lower case": ("i agree. he was wrong", ["i agree.", "he was wrong"]),
    "glued": ("It was the end.Then they went.", ["It was the end.", "Then they went."]),
    "aside": ("He (who else? nobody) went. It rained.", ["He (who else? nobody) went.", "It rained."]),
    "decimal": ("It rose 3.5 % in 1929. It fell.", ["It rose 3.5 % in 1929.", "It fell."]),
    "rule": ("One.\n\n__________\n\nTwo.", ["One.", "Two."]),
    "wide stop": ("这是第一句。这是第二句!", ["这是第一句。", "这是第二句!"]),
    "hard wrap": (
        "This line of an old mail is wrapped at about seventy columns, as they\nwere. The next began there.",
        [
            "This line of an old mail is wrapped at about seventy columns, as they\nwere.",
            "The next began there.",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_habits_of_forum_text(name: str) -> None:
    """Each habit gives the sentences that a reader sees."""
    text, expected = CASES[name]
    assert [sentence.text for sentence in split_sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("aB1. !?…\n\"'()-:/hwtps\u00a0。é"), max_size=300) | st.text(max_size=200))
def test_spans_are_verbatim_and_lose_no_word(text: str) -> None:
    """Sentences are ordered verbatim slices, and every letter and digit is in exactly one."""
    end = 0
    kept = 0
    for sentence in split_sentences(text):
        assert sentence.start >= end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.text
        end = sentence.end
        kept += sum(character.isalnum() for character in sentence.text)
    assert kept == sum(character.isalnum() for character in text)
