"""The shipped sheet is what it claims to be: valid, dated, self-consistent, and worded as its fields say."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from debate.referee.facts import Fact, FactSheet

SHEET = Path(__file__).parents[2] / "examples" / "interwar-ussr.yaml"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@pytest.fixture(scope="module")
def sheet() -> FactSheet:
    return FactSheet.model_validate(yaml.safe_load(SHEET.read_text(encoding="utf-8")))


def date_ends(text: str) -> list[str]:
    """The one or two ISO dates, or parts of one, that a fact's `date` holds."""
    return text.split("/")


def wordings(iso: str) -> list[str]:
    """How a statement may write this date, or part of one, in words."""
    year, *rest = iso.split("-")
    if not rest:
        return [year]
    month = MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return [f"{month} {year}"]
    return [f"{int(rest[1])} {month} {year}"]


def said_in_words(iso: str, statement: str) -> bool:
    """Whether the statement holds every part of this date; an interval may name a shared month or year once."""
    if any(wording in statement for wording in wordings(iso)):
        return True
    year, *rest = iso.split("-")
    parts = [year] + ([MONTHS[int(rest[0]) - 1]] if rest else []) + ([str(int(rest[1]))] if rest[1:] else [])
    return all(re.search(rf"\b{part}\b", statement) for part in parts)


def number_wordings(value: float) -> list[str]:
    """How a statement may write this number: plain, or with thousands separators."""
    words = {2: "two", 3: "three", 5: "five", 7: "seven"}
    plain = f"{value:,}"
    return [plain, plain.replace(",", ""), words.get(int(value), plain)]


def padded(iso: str) -> date:
    """The first day of this date or part of one.

    Raises:
        ValueError: It is not ISO 8601.
    """
    return date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])


def test_it_holds_at_least_150_facts_under_unique_ids(sheet: FactSheet) -> None:
    """The issue's number, and ids that a ruling can cite."""
    ids = [fact.id for fact in sheet.facts]
    assert len(ids) >= 150
    assert len(set(ids)) == len(ids)
    assert len({fact.statement for fact in sheet.facts}) == len(ids)


def test_every_fact_has_subject_relation_and_something_to_hold(sheet: FactSheet) -> None:
    """The rule-based referee compares structured fields, so each fact must carry them."""
    for fact in sheet.facts:
        assert fact.subject, fact.id
        assert fact.relation, fact.id
        assert fact.value is not None or fact.date is not None, fact.id


def test_dates_are_iso_and_intervals_run_forwards(sheet: FactSheet) -> None:
    """Each date, and each end of an interval, parses and lies in the sheet's era."""
    for fact in sheet.facts:
        if fact.date is None:
            continue
        ends = date_ends(fact.date)
        assert len(ends) in (1, 2), fact.id
        days = [padded(end) for end in ends]
        assert days == sorted(days), fact.id
        assert all(1850 <= day.year <= 1991 for day in days), fact.id


def test_every_value_and_date_stands_in_the_statement(sheet: FactSheet) -> None:
    """Fields and words say the same, so that a ruling can be read from the statement alone."""
    for fact in sheet.facts:
        statement = fact.statement
        for iso in date_ends(fact.date) if fact.date else []:
            assert said_in_words(iso, statement), (fact.id, iso)
        if isinstance(fact.value, str):
            assert fact.value.lower() in statement.lower(), fact.id
        elif fact.value is not None:
            assert any(wording in statement for wording in number_wordings(fact.value)), fact.id
            assert fact.unit is not None, fact.id


def test_no_subject_and_relation_holds_two_values_at_one_time(sheet: FactSheet) -> None:
    """Two facts about the same thing at the same time would let the referee contradict a true claim."""
    seen: dict[tuple[str | None, str | None, str | None], Fact] = {}
    for fact in sheet.facts:
        key = (fact.subject, fact.relation, fact.date)
        assert key not in seen, (fact.id, seen[key].id)
        seen[key] = fact


def documented_relations(group: str) -> set[str]:
    """The relations that the comment at the top of the file lists under this heading."""
    block = SHEET.read_text(encoding="utf-8").split(f"# Relations {group}:\n")[1]
    lines = [line[1:].strip() for line in block.split("\n# Relations")[0].split("\n\n")[0].split("\n")]
    listed = " ".join(line for line in lines if not line.startswith("("))
    return {name.strip() for name in listed.split(",")}


SINGLE = "with one true value for a subject"
SINGLE_AT_A_TIME = "with one true value for a subject and a date"
SEVERAL = "that may hold several values for a subject (another office does not contradict this one)"


def test_relations_are_those_documented_at_the_top(sheet: FactSheet) -> None:
    """The vocabulary in the file's comment is exactly the one that its facts use."""
    used = {re.sub(r"^number of .*", "number of", fact.relation or "") for fact in sheet.facts}
    groups = [documented_relations(group) for group in (SINGLE, SINGLE_AT_A_TIME, SEVERAL)]
    assert used == set().union(*groups)
    assert len(used) == sum(len(group) for group in groups)


def test_relations_with_one_value_hold_only_one(sheet: FactSheet) -> None:
    """A relation documented as single-valued appears once for each subject."""
    single = documented_relations(SINGLE)
    keys = [(fact.subject, fact.relation) for fact in sheet.facts if fact.relation in single]
    assert len(set(keys)) == len(keys), sorted({key for key in keys if keys.count(key) > 1})


def test_misstatements_and_statements_are_whole_and_different_sentences(sheet: FactSheet) -> None:
    """Each is one sentence with a full stop; no misstatement is another fact's statement."""
    statements = {fact.statement for fact in sheet.facts}
    for fact in sheet.facts:
        for sentence in (fact.statement, *fact.misstatements):
            assert sentence[0].isupper(), (fact.id, sentence)
            assert sentence.endswith("."), (fact.id, sentence)
        assert not statements & set(fact.misstatements), fact.id


def test_statements_stand_alone(sheet: FactSheet) -> None:
    """No statement begins with a pronoun or dates itself by the reader's day."""
    for fact in sheet.facts:
        assert not re.match(r"(He|She|It|They|This|That|These|Those)\b", fact.statement), fact.id
        assert not re.search(r"\b(today|yesterday|last year|recently|now|currently)\b", fact.statement), fact.id


def test_sources_have_author_title_and_year(sheet: FactSheet) -> None:
    """A source can be looked up."""
    for fact in sheet.facts:
        for source in fact.sources:
            assert source.author, fact.id
            assert source.title, fact.id
            assert source.year is not None, fact.id
            assert 1900 <= source.year <= 2026, fact.id


@pytest.mark.parametrize(
    ("fact_id", "value", "day"),
    [
        ("kpd-peak", 16.9, "1932-11-06"),
        ("kpd-1933-share", 12.3, "1933-03-05"),
        ("prc-proclaimed", None, "1949-10-01"),
        ("lenin-died", None, "1924-01-21"),
        ("stalin-general-secretary", "general secretary", "1922-04-03"),
    ],
)
def test_facts_that_the_documentation_relies_on(
    sheet: FactSheet, fact_id: str, value: float | str | None, day: str
) -> None:
    """These facts are cited in documentation and demonstrations under these ids."""
    fact = next(fact for fact in sheet.facts if fact.id == fact_id)
    assert fact.value == value
    assert fact.date == day
