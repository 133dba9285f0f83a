"""An objection to a bare statement names what excludes the claim; what only tells something else excludes nothing."""

import pytest

from debate.referee.facts import Fact, FactSheet, Source
from debate.referee.referee import RuleReferee

_SOURCE = (Source(author="Ada Brook", title="A Reader", year=1999),)
STATEMENTS = (
    "Harriet Osmond (4 May 1901 - 7 June 1980) was a Norwegian composer and pianist from Bergen.",
    "The Glass Harbour is a 1959 drama film directed by Pavel Ostrin and starring Lena Dahl.",
    "The Selm Bridge has two international rail lines.",
    "Veltham is a city in the north of Denmark, and its port was opened in 1887.",
    "The whale is a mammal.",
    "Water consists of hydrogen and oxygen.",
    "Light travels faster than sound.",
    "Globally, more people die during hot weather than during cold weather.",
    "Marta Quill invented the tide clock in 1912.",
    "Arvenia is bordered by Lomark to the north, Tessia to the east and Ravony to the south.",
    "Old Lanterns is the third novel by Edda Vane and was published by Corran House.",
    "In 1936 Tomas Brill was elected mayor of Selm; he served as the 12th Mayor of Selm from 1936 to 1948.",
    "Household waste is collected every two weeks; paper is collected once a month.",
    "Mill Gate is the oldest gate of Selm.",
    "Selm spends more on schools than on roads.",
    "The wardens are paid by the province and not by the town.",
    "The harbour fee of Selm was raised in January 1931.",
    "Except for one tower, the walls of Castle Dorne do not have visible windows.",
)
REFEREE = RuleReferee(
    FactSheet(
        id="reader",
        title="A reader",
        version="1",
        facts=tuple(Fact(id=f"s{n}", statement=text, sources=_SOURCE) for n, text in enumerate(STATEMENTS)),
    )
)


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("Harriet Osmond was born on 4 May 1911.", "(4 May 1901, not 4 May 1911)"),
        ("Harriet Osmond died in 1990.", "(7 June 1980, not 1990)"),
        ("Harriet Osmond was a Danish composer.", "(Norwegian, not Danish)"),
        ("The Glass Harbour is a novel.", "(a film, not a novel)"),
        ("The Glass Harbour was released in 1958.", "(1959, not 1958)"),
        ("The Glass Harbour was directed by Lars Vinter.", "(Pavel Ostrin, not Lars Vinter)"),
        ("The Glass Harbour's director is Lars Vinter.", "(Pavel Ostrin, not Lars Vinter)"),
        ("The Selm Bridge has only one rail line.", "(two, not one)"),
        ("The whale is a fish.", "(a mammal, not a fish)"),
        ("Whales are fish.", "(a mammal, not a fish)"),
        ("Water consists of hydrogen and carbon.", "(oxygen, not"),
        ("Light travels slower than sound.", "(it is the other way round)"),
        ("Cold weather kills more people than hot weather.", "(it is the other way round)"),
        ("Otto Brandis invented the tide clock.", "(Marta Quill, not Otto Brandis)"),
        ("The tide clock was invented by Otto Brandis.", "(Marta Quill, not Otto Brandis)"),
        ("Arvenia borders Ravony to the north.", "(Lomark to the north, not Ravony to the north)"),
        ("Paper is collected every week.", "(once a month, not every week)"),
        ("Mill Gate is the second oldest gate of Selm.", "(the oldest, not second oldest)"),
        ("Selm spends more on roads than on schools.", "(it is the other way round)"),
        ("The wardens are paid by the town.", "The fact sheet denies this: "),
        ("The harbour fee of Selm was lowered in January 1931.", "(raised, not lowered)"),
        ("Old Lanterns is the second novel by Edda Vane.", "(third, not second)"),
        ("Old Lanterns was not published by Corran House.", "The fact sheet says that it is so: "),
        ("Harriet Osmond was only a pianist.", "(composer too, not only pianist)"),
    ],
)
def test_an_objection_names_what_excludes_the_claim(claim: str, shown: str) -> None:
    """Value against value in the words of both, so that a pupil sees what is wrong."""
    ruling = REFEREE.judge(claim)[0]
    assert ruling.verdict == "contradicted"
    assert shown in ruling.explanation


@pytest.mark.parametrize(
    "claim",
    [
        # Another thing about the same subject.
        "Harriet Osmond was an athlete growing up.",
        "Harriet Osmond was a teacher in her early forties.",
        "The Glass Harbour was a remake of a silent movie.",
        "The Glass Harbour won four awards.",
        "The Glass Harbour is set in the 1920s.",
        "Veltham is a port.",
        "Old Lanterns is a book.",
        "Old Lanterns was written in 1921.",
        # Numbers of other things.
        "The Selm Bridge has 40 lamps.",
        "Tomas Brill was one of seven children.",
        # Where somebody was born says nothing of whose citizen he is, and a family's origin neither.
        "Harriet Osmond was born in Sweden.",
        "Harriet Osmond's parents were from Sweden.",
        # The same in other words.
        "Only one tower of Castle Dorne has visible windows.",
        "Harriet Osmond came from Bergen.",
        "The wardens are paid by the province.",
        "Household waste is collected twice a month.",
        # Somebody else.
        "Nils Osmond was born in 1930.",
        "Otto Brandis invented a clock.",
    ],
)
def test_what_excludes_nothing_is_not_objected_to(claim: str) -> None:
    """Most of these were objected to by the trees alone."""
    assert all(ruling.verdict != "contradicted" for ruling in REFEREE.judge(claim))


def test_what_comes_and_goes_may_have_many_dates() -> None:
    """A sheet that dates the same several times excludes no further date between or beside them."""
    facts = tuple(
        Fact(id=f"e{year}", statement=f"Mount Kessel erupted in {year}.", sources=_SOURCE) for year in (1822, 1911)
    )
    referee = RuleReferee(FactSheet(id="kessel", title="Kessel", version="1", facts=facts))
    assert [ruling.verdict for ruling in referee.judge("Mount Kessel erupted in 1870.")] == ["not_covered"]


def test_what_is_only_alike_supports_nothing() -> None:
    """Neither half of a claim's words nor like words for all of them bear it out."""
    fact = Fact(id="rocket", statement="The Soviet N1 rocket failed in all four of its launches.", sources=_SOURCE)
    referee = RuleReferee(FactSheet(id="moon", title="The Moon", version="1", facts=(fact,)))
    assert [ruling.verdict for ruling in referee.judge("Communism is a failed philosophy.")] == ["not_covered"]
    assert [ruling.verdict for ruling in referee.judge("The N1 rocket failed in its launches.")] == ["supported"]
