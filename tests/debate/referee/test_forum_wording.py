"""Claims as people type them: tails that only rub it in, two people in one sentence, a year after "since"."""

import pytest

from debate.referee.claims import find_clauses
from debate.referee.compound import split_subjects
from debate.referee.facts import FactSheet
from debate.referee.reading import read, unframed
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import make_fact

REFEREE = RuleReferee(
    FactSheet(
        id="velmora",
        title="Velmora",
        version="1",
        facts=tuple(
            make_fact(
                f"death-{name.lower()}",
                f"{name} was executed on 25 August 1936.",
                subject=name,
                relation="executed",
                date="1936-08-25",
            )
            for name in ("Zarov", "Kaminsky")
        ),
    )
)


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("Zarov was executed in 1938, everybody knows this", "Zarov was executed in 1938"),
        ("Zarov was executed in 1938, look it up", "Zarov was executed in 1938"),
        ("Zarov was executed in 1938, thats a joke", "Zarov was executed in 1938"),
        ("Believe it or not, Zarov was executed in 1938.", "Zarov was executed in 1938."),
        ("Zarov had been a member since 1903, everybody knows that", "Zarov had been a member since 1903"),
    ],
)
def test_what_only_rubs_it_in_is_no_part_of_a_claim(said: str, claimed: str) -> None:
    """The claim ends where its speaker turns to his readers, and "since 1903" opens no clause."""
    assert [clause.text for clause in find_clauses(said)] == [claimed]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Zarov and Kaminsky were executed in August 1936.", "supported"),
        ("Zarov and Kaminsky were executed in 1938.", "contradicted"),
        ("Zarov and Osmin were executed in August 1936.", "not_covered"),
        ("Zarov and Osmin were executed in 1938.", "contradicted"),
    ],
)
def test_what_is_said_of_two_is_said_of_each(claim: str, verdict: str) -> None:
    """Wrong of one is wrong; right of one alone is not yet right."""
    assert [ruling.verdict for ruling in REFEREE.judge(claim)] == [verdict]


def test_what_two_do_together_is_not_split() -> None:
    """Of each alone it would say nothing."""
    assert split_subjects("Zarov and Kaminsky were rivals of one another.") == ()


def test_a_five_year_plan_counts_nothing() -> None:
    """In capitals or not it is a thing with a name."""
    assert read("The first five-year plan began in 1928.").quantities == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("it was Zarov who won.", "Zarov won."),
        ("In 1914 it was the Velmorans who declared war on Selm.", "the Velmorans declared war on Selm In 1914."),
        ("It was in 1917 that Zarov returned.", "in 1917 Zarov returned."),
        ("Zarov was the one who ran the mines.", "Zarov ran the mines."),
        ("It was not Zarov who won.", "It was not Zarov who won."),
        ("It was so bad that people fled.", "It was so bad that people fled."),
        ("It is a law that applies to all.", "It is a law that applies to all."),
    ],
)
def test_who_did_it_is_read_in_front_of_what_was_done(said: str, meant: str) -> None:
    """ "It was Zarov who won" says of Zarov that he won; a denial, and what "it" stands for, stay as they are."""
    assert unframed(said) == meant


@pytest.mark.parametrize(
    "claim",
    [
        "it was the Selmers who declared war on Velmora in 1914",
        "Velmora won the peace prize of 1920 all by itself",
        "The law on mines was voted down by the council",
    ],
)
def test_what_is_turned_round_is_not_supported(claim: str) -> None:
    """The words of the fact in other places, alone where two shared it, and rejected where it was adopted."""
    facts = (
        make_fact(
            "war",
            "Velmora declared war on Selm on 1 August 1914.",
            subject="Velmora",
            relation="declared war on",
            value="Selm",
            date="1914-08-01",
        ),
        make_fact("prize", "The peace prize of 1920 was shared by Velmora and Selm."),
        make_fact(
            "law",
            "The council adopted the law on mines in 1926.",
            subject="law on mines",
            relation="adopted",
            date="1926",
        ),
    )
    (ruling,) = RuleReferee(FactSheet(id="turned", title="Turned", version="1", facts=facts)).judge(claim)
    assert ruling.verdict != "supported"
