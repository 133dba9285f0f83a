"""Order of events, denials and reported speech: what is wrong is objected to, what is true in its odd way is not."""

import pytest

from debate.referee.facts import FactSheet
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import make_fact

REFEREE = RuleReferee(
    FactSheet(
        id="harbour",
        title="The harbour",
        version="1",
        facts=(
            make_fact(
                "mole-built",
                "The mole of Selm was built in 1848.",
                subject="mole of Selm",
                relation="built",
                date="1848",
                aliases=("the mole",),
            ),
            make_fact(
                "light-opened",
                "The lighthouse of Korr opened in May 1871.",
                subject="lighthouse of Korr",
                relation="opened",
                date="1871-05",
                aliases=("the lighthouse",),
            ),
            make_fact(
                "keeper-died",
                "The keeper Anders Vik died on 2 March 1890.",
                subject="Anders Vik",
                relation="date of death",
                date="1890-03-02",
                aliases=("Vik",),
            ),
            make_fact(
                "ferry-tax",
                "The ferry tax brought in 16.9 % of the town's income in 1875.",
                subject="ferry tax",
                relation="share of income",
                value=16.9,
                unit="%",
                date="1875",
            ),
        ),
    )
)


def _ruling(claim: str) -> tuple[str, tuple[str, ...]]:
    first = REFEREE.judge(claim)[0]
    return first.verdict, first.facts


@pytest.mark.parametrize(
    "claim",
    [
        "The lighthouse opened before the mole was built.",
        "The mole was built after the lighthouse opened.",
        "Anders Vik died long before the lighthouse opened.",
    ],
)
def test_two_events_in_the_wrong_order_are_contradicted_by_both_facts(claim: str) -> None:
    """The ruling rests on the dates of both events and names both facts."""
    verdict, facts = _ruling(claim)
    assert verdict == "contradicted"
    assert len(facts) == 2


@pytest.mark.parametrize(
    "claim", ["The mole was built before the lighthouse opened.", "Vik died after the lighthouse opened."]
)
def test_two_events_in_their_order_are_supported(claim: str) -> None:
    """The right order is covered by both dates."""
    assert _ruling(claim)[0] == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "Anders Vik did not die in 1890.",
        "It is not true that Anders Vik died in 1890.",
        "The mole of Selm was never built.",
        "Our teacher says that Anders Vik died in 1875.",
        "It is well known that Anders Vik died in 1875.",
        "Anders Vik died in the eighteenth century.",
        "The ferry tax brought in less than a tenth of the town's income in 1875.",
    ],
)
def test_denials_of_what_is_and_false_reports_are_contradicted(claim: str) -> None:
    """However it is put, what disagrees with the fact is objected to."""
    assert _ruling(claim)[0] == "contradicted"


@pytest.mark.parametrize(
    "claim",
    [
        "Anders Vik did not die in 1950.",
        "It is not true that Anders Vik died in 1950.",
        "The mole was not built in 1871.",
        "Our teacher says that Anders Vik died in 1890.",
        "Anders Vik died in the nineteenth century.",
        "Anders Vik did not die until 1890.",
        "The ferry tax did not bring in 30 % of the town's income in 1875.",
        "The ferry tax brought in less than a fifth of the town's income in 1875.",
        "The mole of Selm was not only built in 1848 but paid for by then.",
    ],
)
def test_true_denials_and_reports_are_not_objected_to(claim: str) -> None:
    """To deny another date or figure is to say nothing against the fact."""
    assert _ruling(claim)[0] != "contradicted"
