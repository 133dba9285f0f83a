"""Who answers whom in a thread, and whether they say that they disagree."""

import json

import pytest

from personas.answers import Answer, find_answers, manner_of
from personas.reading import read_thread_text


@pytest.mark.parametrize(
    "text",
    [
        "No. The railway is cheaper.",
        "That is simply not true. The canal silted up twice.",
        "That's not the point at all.",
        "I could not say it better, and still I disagree.",
        "You are completely ignoring the harbour.",
        "On the contrary, trade doubled.",
        "I never said that the mill should close.",
        "But the harbour has no crane.",
        "It doesn’t follow that nobody would use it.",
    ],
)
def test_an_answer_that_says_so_disagrees(text: str) -> None:
    """Denials, charges of error and openings with "but" are disagreement."""
    assert manner_of(text) == "disagrees"


@pytest.mark.parametrize("text", ["Exactly. Trade needs it.", "I agree with you.", "You're right about the price."])
def test_an_answer_that_says_so_agrees(text: str) -> None:
    """Plain assent."""
    assert manner_of(text) == "agrees"


@pytest.mark.parametrize(
    "text",
    [
        "The canal would cost two million.",
        "True, but the harbour has no crane.",
        "I agree with half of this, and the other half matters.",
        "Yes it would. And the railway too.",
        "No doubt the price will fall.",
        "If I disagree with the mayor, is that a crime?",
        "Der Kanal ist zu teuer.",
        "",
    ],
)
def test_all_else_is_unclear(text: str) -> None:
    """What no words say is not made up, and what is granted only in part is neither."""
    assert manner_of(text) == "unclear"


def test_each_post_counts_once_for_each_person_it_answers() -> None:
    """Quotes and replies name who is answered; answers to oneself and to nobody are none."""
    posts = [
        {"id": "1", "author": "Maja", "text": "The canal should be built, because trade needs it."},
        {"id": "2", "author": "Otto", "text": "No. It is too expensive. And it silts up.", "parent_id": "1"},
        {"id": "3", "author": "Maja", "text": "I agree that it silts up every spring.", "parent_id": "2"},
        {"id": "4", "author": "Maja", "text": "And one more thing about the mills.", "parent_id": "3"},
    ]
    thread = read_thread_text("".join(json.dumps(one) + "\n" for one in posts).encode(), "canal.jsonl", None)
    assert list(find_answers(thread)) == [
        Answer("Otto", "Maja", "2", "disagrees"),
        Answer("Maja", "Otto", "3", "agrees"),
    ]
