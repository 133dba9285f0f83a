"""What speakers introduce as theirs is ruled on without the words that introduce it; premises and doubts are not."""

import pytest

from debate.referee.checkability import assess
from debate.referee.claims import find_clauses
from debate.referee.explanations import explain_unchecked
from debate.referee.facts import Ruling
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import make_sheet

REFEREE = RuleReferee(make_sheet())
WRONG = "Ostrovsky died in 1944"
CLAIM = f"{WRONG}."


def rule(text: str, motion: str | None = None) -> list[Ruling]:
    """Every ruling on a text."""
    return list(REFEREE.judge(text, Background(motion=motion)))


@pytest.mark.parametrize(
    "words",
    [
        "I'd say",
        "I'd also say:",
        "But I'd also say:",
        "Let's not forget that",
        "Remember:",
        "Remember,",
        "Don't forget that",
        "Keep in mind that",
        "Fact is,",
        "The fact is,",
        "The truth is:",
        "As everybody knows,",
        "As we all know",
        "To be fair,",
        "For the record:",
        "It is realistic to assume that",
        "It's safe to say that",
        "It should be noted that",
        "It's worth noting that",
        "There's no denying that",
        "Nobody can deny that",
        "No doubt",
        "Let me remind you that",
        "Let's face it,",
        "My point is that",
        "I would argue, having read the papers, that",
        "If I remember correctly,",
        "Correct me if I'm wrong, but",
        "You seem to forget that",
        "I'm pretty sure",
        "IIRC",
        "In other words,",
        "Well, to be honest, I must say that",
        "What nobody mentions is that",
        "What makes it so absurd is that",
        "The funny thing about this is that",
        "If you go by the parish books,",
        "Even the NBSV admits that",
    ],
)
def test_what_is_introduced_is_a_claim_without_its_introduction(words: str) -> None:
    """The ruling stands on the claim alone, verbatim, and is the one that the claim has without the words."""
    text = f"{words} {CLAIM}"
    (ruling,) = rule(text)
    assert ruling.claim == CLAIM == text[ruling.start : ruling.end]
    assert (ruling.verdict, ruling.facts) == ("contradicted", ("ostrov-died",))


@pytest.mark.parametrize(
    "tail",
    [
        ", I think.",
        ", as everybody knows.",
        ", to be fair.",
        ", you know.",
        ", if I remember correctly!",
        ", of course",
    ],
)
def test_what_hangs_on_at_the_end_is_no_part_of_the_claim(tail: str) -> None:
    """ "Ostrovsky died in 1944, as everybody knows." is ruled on for its first words."""
    (ruling,) = rule(WRONG + tail)
    assert (ruling.claim, ruling.verdict) == (WRONG, "contradicted")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Suppose", "premise"),
        ("Let's say", "premise"),
        ("Let's assume that", "premise"),
        ("Say", "premise"),
        ("Assume that", "premise"),
        ("Imagine that", "premise"),
        ("I doubt that", "judgement"),
        ("I can't say that", "judgement"),
        ("It is not realistic to assume that", "judgement"),
        ("It would be wrong to say that", "judgement"),
        ("It is a myth that", "judgement"),
        ("Zinov says that", "reports"),
        ("My teacher claims", "reports"),
        ("It is often said that", "reports"),
    ],
)
def test_premises_doubts_and_reports_are_not_ruled_on_and_say_why(words: str, reason: str) -> None:
    """What is only supposed, doubted or told of others gets no verdict, and the reason that it is so."""
    (ruling,) = rule(f"{words} {CLAIM}")
    assert ruling.verdict == "not_checkable"
    assert reason in ruling.explanation


def test_a_guess_without_a_figure_stays_an_opinion() -> None:
    """ "I'd say" before a value judgement, and "I think" before what has no figure, make no claim."""
    for text in (
        "To be fair, he was a great man.",
        "To deny that he died in 1940 is to deny the records.",
        "It is realistic to assume that Ostrovsky liked the sea.",
    ):
        assert [one.verdict for one in rule(text)] == ["not_checkable"]


def test_a_cleft_sentence_is_one_claim() -> None:
    """ "It wasn't until the 1940s that X" is not cut at "that"."""
    (ruling,) = rule("But I'd also say: It wasn't until the 1940s that Velmora became a republic.")
    assert ruling.claim == "It wasn't until the 1940s that Velmora became a republic."
    assert ruling.verdict == "contradicted"


@pytest.mark.parametrize(
    "text", ["was charged with treason in 1940.", "The trouble of Velmora is", "Ostrovsky was one of the"]
)
def test_a_piece_without_subject_or_end_is_no_claim(text: str) -> None:
    """Garbled pieces say nothing that could be right or wrong."""
    assert [one.verdict for one in rule(text)] == ["not_checkable"]


def test_shouted_claims_are_claims() -> None:
    """Capitals throughout change nothing."""
    assert [one.verdict for one in rule("OSTROVSKY DIED IN 1944!!!")] == ["contradicted"]


@pytest.mark.parametrize(
    "text",
    [
        "To be fair, according to him.",
        "And according to them",
        "I think according to you.",
        "Remember: he says:",
        "Fact is, and.",
        ", I think.",
        "I'd say that",
        "As we all know, according to the ministry.",
    ],
)
def test_introductions_that_introduce_nothing_are_harmless(text: str) -> None:
    """Words that stand for nothing make no claim, and never an error."""
    assert all(one.verdict in ("not_checkable", "not_covered") for one in rule(text))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("A gamble that pays off is still a gamble.", "general remark"),
        ("You cannot win a committee of seven when you have one vote and no friends.", "general remark"),
        ("My answer to the title is still no.", "about the speakers"),
        ("A victory in Germany would have looked like common sense.", "imagined history"),
        ("If you have one vote you would lose.", "imagined history"),
    ],
)
def test_what_is_said_of_nobody_is_no_imagined_history(said: str, reason: str) -> None:
    """In a discussion of what might have been as well: a pupil is told why nothing is checked."""
    assert reason in explain_unchecked(assess(find_clauses(said)[0], True).reason)
