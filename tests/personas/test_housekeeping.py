"""Talk about the discussion is told from words that only look like it."""

import pytest

from personas.argumentative import judge
from personas.housekeeping import is_foreign_matter, is_housekeeping


@pytest.mark.parametrize(
    "text",
    [
        "See my last post.",
        "The rest of your post is beside the question.",
        "Read post #51 again.",
        "I posted the figures two pages ago.",
        "Bertil's post says nothing of the harbour.",
        "This belongs into another thread.",
        "Your link is dead.",
        "Here is a link about the quarry.",
        "Didn't you read my reply?",
        "You quoted only half of it.",
        "EDIT: the lamp is red.",
        "Sorry, but the lamp is red.",
        "Thanks for the answer.",
        "Welcome to the board!",
        "Now let me ask you this plain question, Bertil.",
        "This is off topic, I know.",
        "Cheers",
    ],
)
def test_talk_about_the_discussion_is_told(text: str) -> None:
    assert is_housekeeping(text)
    assert not judge(text).speakable


@pytest.mark.parametrize(
    "text",
    [
        "The minister lost his post in the autumn.",
        "She was removed from her post as harbour master.",
        "The newly created post of inspector went to a cousin.",
        "Post-war harbours were poorer than they look.",
        "A lamp post costs more than a lamp.",
        "The council posted him to the northern lighthouse.",
        "The link between dust and cough is plain.",
        "No missing links were ever found in the clay.",
        "The envoy replied that the bridge was closed.",
        "Thanks to the new quay the town had work.",
        "A bridge would be welcome.",
        "I feel sorry for the fishermen.",
        "The mayor was quoted in every paper.",
        "The co-op sold more fish than the market.",
        "The scribes edited the chronicle for the king.",
    ],
)
def test_words_with_another_life_are_left_alone(text: str) -> None:
    assert not is_housekeeping(text)
    assert judge(text).speakable


@pytest.mark.parametrize("text", ["Mehr dazu: https://example.net/a", "x <- c(1, 2)", "„«Der Hafen ist zu.»"])
def test_addresses_and_program_text_are_told_in_any_language(text: str) -> None:
    assert is_foreign_matter(text) == (not text.startswith("„"))
