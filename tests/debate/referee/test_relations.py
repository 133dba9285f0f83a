"""Claims whose words differ from the fact's, though they speak of the same thing; and those that only seem to."""

import pytest

from debate.referee.facts import FactSheet
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import make_fact

REFEREE = RuleReferee(
    FactSheet(
        id="coast",
        title="The coast",
        version="1",
        facts=(
            make_fact(
                "dyke-law",
                "The Senate of Ostmark passed the Dyke Law on 3 May 1911.",
                subject="Dyke Law",
                relation="adopted",
                date="1911-05-03",
            ),
            make_fact(
                "canal",
                "The Selm Canal opened in June 1902 and was given up in 1938.",
                subject="Selm Canal",
                relation="opened",
                date="1902-06",
            ),
            make_fact(
                "council-winner",
                "The Farmers' Union won the election to the Council of Ostmark.",
                subject="election to the Council of Ostmark",
                relation="election winner",
                value="Farmers' Union",
            ),
            make_fact(
                "union-share",
                "In the election of March 1922 the Farmers' Union received 41.5 % of the votes.",
                subject="Farmers' Union",
                relation="vote share",
                value=41.5,
                unit="%",
                date="1922-03",
            ),
            make_fact(
                "herring",
                "Ostmark's herring catch was 12.4 million tonnes in 1930.",
                subject="Ostmark's herring catch",
                relation="catch",
                value=12.4,
                unit="million tonnes",
                date="1930",
            ),
            make_fact(
                "brandt-died",
                "Admiral Brandt died on 9 July 1921.",
                subject="Admiral Brandt",
                relation="date of death",
                date="1921-07-09",
                aliases=("Brandt",),
                misstatements=("Admiral Brandt drowned the mayor.",),
            ),
            make_fact(
                "wall-raised",
                "Ostmark raised the sea wall by 40,000 stones.",
                subject="sea wall",
                relation="stones",
                value=40000,
                unit="stones",
            ),
        ),
    )
)


def _verdict(claim: str) -> str:
    return next((one.verdict for one in REFEREE.judge(claim)), "")


@pytest.mark.parametrize(
    "claim",
    [
        "The Senate passed the Dyke Law in 1915.",
        "The Dyke Law was passed in 1915.",
        "The Selm Canal first opened in 1911.",
        "The Fishermen's League won the election to the Council of Ostmark.",
        "The Farmers' Union polled 33 % in March 1922.",
        "Ostmark's herring catch rose to 19 million tonnes in 1930.",
        "Brandt passed away in 1925.",
        "Admiral Brandt drowned the mayor.",
        "43,000 stones raised the sea wall of Ostmark.",
    ],
)
def test_other_words_for_the_same_relation_are_seen_through(claim: str) -> None:
    """Another date, figure or winner is objected to, however the relation is worded."""
    assert _verdict(claim) == "contradicted"


@pytest.mark.parametrize(
    "claim",
    [
        "The Senate passed the Dyke Law in 1911.",
        "The Selm Canal was given up in 1938.",
        "The Farmers' Union won the election to the Council of Ostmark.",
        "The Farmers' Union won 41.5 % in March 1922.",
        "Ostmark's herring catch rose by 3 million tonnes in 1930.",
        "Ostmark's herring catch rose to 12.4 million tonnes in 1930.",
        "Admiral Brandt passed away in July 1921.",
        "The mayor drowned Admiral Brandt.",
        "The Fishermen's League lost the election to the Council of Ostmark.",
    ],
)
def test_what_only_looks_like_a_clash_is_left_alone(claim: str) -> None:
    """A second date of the same statement, a rise by so much, a sentence with its roles turned round: no objection."""
    assert _verdict(claim) != "contradicted"


NUMBERED = RuleReferee(
    FactSheet(
        id="ships",
        title="Ships",
        version="1",
        facts=(
            make_fact(
                "selm-4-launch",
                "Selm 4 was launched on 2 May 1911, without a mast.",
                subject="Selm 4",
                relation="launch",
                date="1911-05-02",
                aliases=("first iron ferry",),
            ),
            make_fact(
                "selm-14-launch",
                "Selm 14 was launched on 8 June 1923.",
                subject="Selm 14",
                relation="launch",
                date="1923-06-08",
            ),
            make_fact(
                "selm-4-weight",
                "Selm 4 weighed 382 tonnes.",
                subject="Selm 4",
                relation="weight",
                value=382,
                unit="tonnes",
            ),
            make_fact(
                "first-captain",
                "Ada Holt was the first captain to sail round the Cape.",
                subject="Cape",
                relation="first captain to sail round it",
                value="Ada Holt",
                misstatements=("Ben Arden was the first captain to sail round the Cape.",),
            ),
            make_fact(
                "tram",
                "The Selm tram was first driven in March 1899.",
                subject="Selm tram",
                relation="first drive",
                date="1899-03",
            ),
            make_fact(
                "holt-died",
                "Ada Holt died about 29 March 1912.",
                subject="Ada Holt",
                relation="death",
                date="1912-03-29",
            ),
            make_fact(
                "hill",
                "Mount Selm is 4,892 metres high.",
                subject="Mount Selm",
                relation="height",
                value=4892,
                unit="metres",
                misstatements=("Brandt Peak is the highest point of the island.",),
            ),
            make_fact(
                "tower",
                "The Selm Tower was designed by Ida Voss.",
                subject="Selm Tower",
                relation="designer",
                value="Ida Voss",
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("claim", "verdict", "fact"),
    [
        ("Selm 4 was launched in 1911.", "supported", "selm-4-launch"),
        ("Selm 4 was launched in 1923.", "contradicted", "selm-4-launch"),
        ("Selm 14 was launched in 1911.", "contradicted", "selm-14-launch"),
        ("Selm 9 was launched in 1911.", "not_covered", None),
        ("4 ferries were launched in 1923.", "not_covered", None),
        ("Selm 14 was launched before Selm 4.", "contradicted", "selm-14-launch"),
        ("Selm 4 weighed 500 t.", "contradicted", "selm-4-weight"),
        ("Selm 4 weighed 382 tons.", "supported", "selm-4-weight"),
        ("Ben Arden was the first captain to sail round the Cape.", "contradicted", "first-captain"),
        ("Ben Arden sailed round the Cape in 1904.", "not_covered", None),
        ("The Selm tram was first driven in 1902.", "contradicted", "tram"),
        ("Ada Holt died in 1911.", "contradicted", "holt-died"),
        ("Ada Holt died in April 1912.", "not_covered", None),
        ("Brandt Peak is the highest point of the island.", "contradicted", "hill"),
        ("Mount Selm is 5,892 m high.", "contradicted", "hill"),
        ("Mount Selm is about 4,900 m high.", "supported", "hill"),
        ("The Selm Tower was designed by Jonas Ostermann.", "contradicted", "tower"),
    ],
)
def test_numbers_in_names_are_no_figures(claim: str, verdict: str, fact: str | None) -> None:
    """Selm 4 is not Selm 14, and neither is a count; what is said of another is not held against either."""
    (ruling,) = NUMBERED.judge(claim)
    assert ruling.verdict == verdict
    assert fact is None or fact in ruling.facts
