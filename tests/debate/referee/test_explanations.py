"""What a class reads beside an objection: the fact's words, its source, and in short what stands against what."""

import pytest

from debate.referee.explanations import say_date
from debate.referee.facts import FactSheet
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import FACTS, make_fact

REFEREE = RuleReferee(
    FactSheet(
        id="velmora",
        title="Velmora",
        version="1",
        facts=(
            *FACTS,
            make_fact(
                "council-winner",
                "The Harvest Party won the election to the Council of Selm.",
                subject="election to the Council of Selm",
                relation="election winner",
                value="Harvest Party",
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("iso", "spoken"),
    [
        ("1949-10-01", "1 October 1949"),
        ("1931-03", "March 1931"),
        ("1931", "1931"),
        ("1932/1936", "1932 to 1936"),
        ("-0044-03-15", "15 March 44 BC"),
    ],
)
def test_dates_are_said_as_people_say_them(iso: str, spoken: str) -> None:
    """No pupil reads ISO 8601."""
    assert say_date(iso) == spoken


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("Ilya Ostrovsky died in 1944.", "(4 June 1940, not 1944)"),
        ("The Harvest Party won 31 % of the votes in May 1934.", "(23.4 %, not 31 %)"),
        ("Velmora became a republic only in the 1940s.", "(March 1931, not 1940s)"),
        ("The Miners' League won the election to the Council of Selm.", "(Harvest Party, not Miners' League)"),
        ("Ostrovsky died before the ferry strike began.", "(4 June 1940 and October 1935)"),
    ],
)
def test_an_objection_says_what_stands_against_what(claim: str, shown: str) -> None:
    """The difference in a few words, then the fact with its source, in one sentence."""
    ruling = REFEREE.judge(claim)[0]
    assert ruling.verdict == "contradicted"
    assert shown in ruling.explanation
    assert "(Ada Brook, A History of Velmora, 1999, p. 12)" in ruling.explanation
    assert ruling.explanation.endswith(".")
