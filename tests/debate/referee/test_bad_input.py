"""Odd sheets and odd claims: always an answer, spans that are verbatim, and no verdict that nothing bears out."""

import time

import pytest

from debate.referee.facts import FactSheet
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import SOURCE, make_fact, make_sheet

PIERS = make_fact("piers", "Selm has twelve piers.", subject="Selm", relation="number of piers", value=12, unit="piers")
SHARE = make_fact(
    "share", "Exports of Velmora grew by 140 % in 1935.", subject="exports of Velmora", relation="growth", value=140,
    unit="%", date="1935", aliases=("Exports",),
)  # fmt: skip


def verdicts(claim: str, *facts: object) -> list[str]:
    """The verdicts on a text with a sheet of these facts."""
    sheet = FactSheet.model_validate({"id": "s", "title": "S", "version": "1", "facts": facts})
    return [one.verdict for one in RuleReferee(sheet).judge(claim)]


def test_a_sheet_without_facts_covers_nothing() -> None:
    """0 facts: every claim is not covered."""
    assert verdicts("Selm has nine piers.") == ["not_covered"]


def test_a_sheet_of_one_fact_speaks_of_that_alone() -> None:
    """1 fact: its own claim right and wrong, and another."""
    assert verdicts("Selm has twelve piers.", PIERS) == ["supported"]
    assert verdicts("Selm has nine piers.", PIERS) == ["contradicted"]
    assert verdicts("Brandt has nine sons.", PIERS) == ["not_covered"]


def test_a_hundred_thousand_facts_are_searched_at_once() -> None:
    """100,000 facts: the one that the claim is about is found among them, in little time."""
    many = [
        {"id": f"f{number}", "statement": f"Town {number} of Velmora has {number % 90 + 2} wells.", "sources": SOURCE}
        for number in range(100_000)
    ]
    sheet = FactSheet.model_validate({"id": "s", "title": "S", "version": "1", "facts": [*many, PIERS]})
    referee = RuleReferee(sheet)
    assert [one.verdict for one in referee.judge("Selm has nine piers.")] == ["contradicted"]
    begun = time.process_time()
    for number in range(100):
        referee.library.candidates(f"Town {number * 7} of Velmora has nine wells.")
    # A bound for broken search, not a measurement: `benchmarks.sheet_speed` measures.
    assert (time.process_time() - begun) / 100 < 0.1


def test_identical_statements_agree() -> None:
    """Two facts with the same words: the verdicts are those of one."""
    twin = PIERS.model_copy(update={"id": "twin"})
    for claim in ("Selm has twelve piers.", "Selm has nine piers.", "Selm has a mayor."):
        assert verdicts(claim, PIERS, twin) == verdicts(claim, PIERS)


@pytest.mark.parametrize(
    "text",
    [
        "Selm " + "and the very old harbour town of the island " * 230 + "has nine piers.",
        "Selm has nine piers " * 500,
        "x" * 10_000,
        "(" * 10_000,
        '"' * 10_000,
        "Selm, who, who, who, " * 480 + "has nine piers.",
        "that " * 2_000,
        "He said that " * 770 + "Selm has nine piers.",
        "1" * 10_000,
        "> " * 5_000,
        "If " * 3_300 + "Selm has nine piers.",
    ],
    ids=range(11),
)
def test_claims_of_ten_thousand_characters_are_answered_in_time(text: str) -> None:
    """Long, nested, repeated, meaningless: an answer within seconds, and verbatim spans."""
    referee = RuleReferee(make_sheet(PIERS))
    begun = time.process_time()
    rulings = referee.judge(text)
    assert time.process_time() - begun < 5
    assert all(text[one.start : one.end] == one.claim for one in rulings)
    assert "supported" not in {one.verdict for one in rulings}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Selm has 12 piers.", "supported"),
        ("Selm has a dozen piers.", "supported"),
        ("Selm has twenty-one piers.", "contradicted"),
        ("Exports of Velmora grew by 140 % in 1935.", "supported"),
        ("Exports of Velmora grew by one hundred and forty per cent in 1935.", "supported"),
        ("Exports of Velmora grew by 40 % in 1935.", "contradicted"),
        ("Exports of Velmora grew by 400 percent in 1935.", "contradicted"),
    ],
)
def test_numbers_in_words_and_over_a_hundred_per_cent(claim: str, verdict: str) -> None:
    """Digits or words, dozens, shares of more than the whole."""
    assert verdicts(claim, PIERS, SHARE) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "В Сельме девять причалов.",
        "セルムには九つの桟橋がある。",
        "في سيلم تسعة أرصفة.",
        "Σελμ έχει εννέα προβλήτες.",
        "Selm hat neun Anleger.",
        "S͟e͟l͟m͟ h͟a͟s͟ n͟i͟n͟e͟ p͟i͟e͟r͟s͟.",
        "Ｓｅｌｍ ｈａｓ ９ ｐｉｅｒｓ.",
        "\u202eSelm has nine piers.\u202c",
        "Selm\x00has\x07nine\x1bpiers.",
        "🛳 9 ⚓",
    ],
)
def test_other_scripts_get_an_answer_and_no_false_support(text: str) -> None:
    """Cyrillic, Japanese, Arabic, Greek, German, combining and wide letters, direction marks, control characters."""
    referee = RuleReferee(make_sheet(PIERS))
    rulings = referee.judge(text)
    assert all(text[one.start : one.end] == one.claim for one in rulings)
    assert "supported" not in {one.verdict for one in rulings}
