"""The rules with an encoder at their side: what it may add, what it may take back, and what it may not touch."""

import asyncio
from collections.abc import Sequence

import pytest

from debate.referee.facts import Fact, FactSheet, Ruling
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from language.inference import Inference
from tests.debate.referee.sheets_made import FACTS, make_fact

BARE = make_fact("bridge", "The Harbour Bridge of Selm was opened by Queen Ada and carries two railway lines.")


class Reads:
    """Reads one thing in the statements that hold some words, and nothing in all others."""

    def __init__(self, holds: str, says: Inference) -> None:
        self._holds = holds
        self._says = says
        self.claims: list[str] = []

    def infer(self, claim: str, statements: Sequence[str]) -> list[Inference]:
        """What was set for the statement."""
        self.claims.append(claim)
        return [self._says if self._holds in one else Inference(0.02, 0.03, 0.95) for one in statements]


CONTRADICTS = Inference(0.01, 0.97, 0.02)
SUPPORTS = Inference(0.97, 0.01, 0.02)
OPEN = Inference(0.1, 0.1, 0.8)


def rule(claim: str, reads: Reads, facts: Sequence[Fact] = (*FACTS, BARE)) -> Ruling:
    """The one ruling on a claim."""
    sheet = FactSheet(id="velmora", title="Velmora", version="1", facts=tuple(facts))
    (ruling,) = RuleReferee(sheet, inference=reads).judge(claim)
    return ruling


@pytest.mark.parametrize(
    "claim",
    ["Ostrovsky lost his life in the year 1946.", "Ostrovsky never lost his life at all."],
    ids=["another date", "a denial"],
)
def test_what_is_excluded_in_other_words_is_objected_to_by_the_fact(claim: str) -> None:
    """The rules are silent; the ruling names the fact and both checkers."""
    ruling = rule(claim, Reads("Ilya Ostrovsky died", CONTRADICTS))
    assert (ruling.verdict, ruling.facts, ruling.checker) == ("contradicted", ("ostrov-died",), "rules, nli")
    assert "Ilya Ostrovsky died in Port Selm" in ruling.explanation
    assert 0.8 <= ruling.confidence <= 1.0


def test_what_follows_in_other_words_is_supported() -> None:
    """As long as nothing that can be compared stands against it."""
    ruling = rule("Ostrovsky was buried in 1940.", Reads("Ilya Ostrovsky died", SUPPORTS))
    assert (ruling.verdict, ruling.facts) == ("supported", ("ostrov-died",))


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("The baker of Port Selm never drew his last breath.", "Ilya Ostrovsky died"),
        ("Ostrovsky is alive and well to this day.", "Ilya Ostrovsky died"),
        ("Ostrovsky drew his last breath in June 1940.", "Ilya Ostrovsky died"),
        ("The Harvest Party got 31 % in the election of 1938.", "In the election of May 1934"),
        ("The town hall of Selm was opened by King Otto.", "The Harbour Bridge"),
        ("Ostrovsky was never elected mayor.", "minister of mines"),
        ("Ostrovsky was the second minister who never opened a mine.", "minister of mines"),
    ],
    ids=[
        "another subject",
        "nothing seen to differ",
        "the date fits",
        "a figure of another year",
        "another building",
        "another thing that happened",
        "another of several",
    ],
)
def test_what_the_rules_can_tell_apart_is_not_left_to_the_encoder(claim: str, holds: str) -> None:
    """However sure it is."""
    assert rule(claim, Reads(holds, CONTRADICTS)).verdict != "contradicted"


@pytest.mark.parametrize(("sure", "verdict"), [(0.9, "contradicted"), (0.84, "not_covered")])
def test_a_bare_statement_objects_where_the_encoder_is_sure(sure: float, verdict: str) -> None:
    """It has no value to compare, so that nothing need be seen to differ."""
    claim = "The Harbour Bridge of Selm carries nothing but horse carts."
    assert rule(claim, Reads("Harbour Bridge", Inference(0.02, sure, 0.98 - sure))).verdict == verdict


YIELD = make_fact("yield", "In 1934 the mill of Selm made 1,200 tonnes of flour.")
MILL = make_fact("mill", "The mill of Selm was opened on 3 May 1931.")


def test_a_figure_of_another_year_speaks_against_none() -> None:
    """Whatever rules and encoder make of two bare statements of the same kind."""
    claim = "In 1931 the mill of Selm made 900 tonnes of flour."
    assert rule(claim, Reads("tonnes", CONTRADICTS), (YIELD,)).verdict == "not_covered"
    same_year = "In 1934 the mill of Selm made 900 tonnes of flour."
    assert rule(same_year, Reads("tonnes", CONTRADICTS), (YIELD,)).verdict == "contradicted"


def test_an_objection_by_a_bare_statement_is_taken_back_where_it_is_of_something_else() -> None:
    """The encoder leaves nearly everything open; where it is less sure of that, the dates count."""
    claim = "The mill of Selm was opened on 3 May 1935."
    assert rule(claim, Reads("The mill", Inference(0.02, 0.03, 0.95)), (MILL,)).verdict == "not_covered"
    assert rule(claim, Reads("The mill", OPEN), (MILL,)).verdict == "contradicted"


def test_an_objection_of_the_rules_stands() -> None:
    """Two dates are compared better by code."""
    assert rule("Ostrovsky died in 1944.", Reads("Ilya Ostrovsky died", SUPPORTS)).verdict == "contradicted"


def test_a_support_by_shared_words_is_taken_back_where_the_sense_differs() -> None:
    """A bare statement has the words, and the encoder does not find the claim in it."""
    claim = "The Harbour Bridge of Selm carries two railway lines."
    assert rule(claim, Reads("Harbour Bridge", SUPPORTS)).verdict == "supported"
    assert rule(claim, Reads("Harbour Bridge", OPEN)).verdict == "not_covered"


def test_where_one_fact_supports_another_does_not_object() -> None:
    """A claim that some statement bears out is objected to by none, unless the encoder is much surer of that."""

    class Both:
        def infer(self, claim: str, statements: Sequence[str]) -> list[Inference]:
            return [Inference(0.75, 0.2, 0.05) if "minister" in one else Inference(0.0, 0.9, 0.1) for one in statements]

    sheet = FactSheet(id="velmora", title="Velmora", version="1", facts=FACTS)
    (ruling,) = RuleReferee(sheet, inference=Both()).judge("Ostrovsky sat in the government.")
    assert ruling.verdict != "contradicted"


def test_a_claim_too_long_to_be_read_whole_is_left_to_the_rules() -> None:
    """What would be cut off might say the contrary."""
    reads = Reads("Ilya Ostrovsky died", CONTRADICTS)
    claim = "Ostrovsky never drew his last breath " + "in the fine old town of Selm by the sea " * 8 + "at all."
    assert rule(claim, reads).verdict == "not_covered"
    assert reads.claims == []


def test_what_is_not_checkable_is_not_read() -> None:
    """Questions and opinions get no verdict of either."""
    reads = Reads("Ilya Ostrovsky died", CONTRADICTS)
    assert rule("Did Ostrovsky never draw his last breath?", reads).verdict == "not_checkable"
    assert reads.claims == []


def test_debates_get_the_same_rulings() -> None:
    """Off the event loop, so that other debates go on meanwhile."""
    sheet = FactSheet(id="velmora", title="Velmora", version="1", facts=FACTS)
    referee = RuleReferee(sheet, inference=Reads("Ilya Ostrovsky died", CONTRADICTS))
    said = "Ostrovsky never drew his last breath. Velmora became a republic in 1935."
    assert asyncio.run(referee.rule(said, Background())) == referee.judge(said)


@pytest.mark.parametrize(
    "claim",
    [
        "Only Queen Ada opened the Harbour Bridge of Selm.",
        "The Harbour Bridge of Selm was not opened by the queen alone.",
    ],
)
def test_what_says_more_is_not_supported(claim: str) -> None:
    """ "Only" and "not" are easily read over."""
    assert rule(claim, Reads("Harbour Bridge", SUPPORTS), (BARE,)).verdict != "supported"
