"""Which sentences speak of what was not."""

import pytest

from debate.referee.counterfactual import is_counterfactual


@pytest.mark.parametrize(
    "sentence",
    [
        "Had the losses shown up in the army's own figures, nobody would have signed.",
        "Had Trotsky not fallen ill, he would have gone to the funeral.",
        "Were the party a club of equals, he could simply have asked for the floor.",
        "Were Georgia a state of its own, it could have signed the treaty itself.",
        "Imagining that the harvest had failed in 1925 too, nobody would have lent them a penny.",
        "I wish they had kept the minutes.",
        "If Kirov had lived, somebody else would have been blamed.",
    ],
)
def test_what_was_not(sentence: str) -> None:
    """A condition that was not met, however it is put."""
    assert is_counterfactual(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Had he been warned?",
        "Were the elections of 1917 free?",
        "Were the treaty to be rejected, the ministers would meet again.",
        "They were a party of the towns and could not win the villages.",
        "He asked whether the report had been shown to the committee.",
    ],
)
def test_what_was_or_may_be(sentence: str) -> None:
    """Questions, plain statements about the past, and what may still come."""
    assert not is_counterfactual(sentence)
