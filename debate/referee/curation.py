"""The curator's tools: what to add next, what changed, and new facts from a table."""

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

import yaml
from pydantic import ValidationError

from debate.referee.facts import Fact, FactSheet, Source
from debate.referee.port import Background
from debate.referee.reading import read
from debate.referee.referee import RuleReferee
from debate.referee.worthiness import worth
from language.errors import SheetError
from language.words import fold, words


class Gap(NamedTuple):
    """A claim that the sheet does not cover, with how often something like it is said."""

    claim: str
    times: int
    where: tuple[str, ...]
    """Ids of the texts that say it, first to last."""


class Coverage(NamedTuple):
    """How much of what a discussion claims a sheet speaks about."""

    claims: int
    covered: int
    gaps: tuple[Gap, ...]
    """Most frequent first, then those most worth looking up, see `debate.referee.worthiness`."""


def coverage(texts: Iterable[tuple[str, str]], referee: RuleReferee, background: Background | None = None) -> Coverage:
    """Find the checkable claims of texts (id, words) that a sheet does not cover.

    Claims that share most of their content words count as one.
    """
    claims = covered = 0
    groups: list[tuple[frozenset[str], list[str], list[str]]] = []
    by_word: dict[str, list[int]] = {}
    for text_id, text in texts:
        for ruling in referee.judge(text, background):
            if ruling.verdict == "not_checkable":
                continue
            claims += 1
            if ruling.verdict != "not_covered":
                covered += 1
                continue
            stems = frozenset(word.stem for word in read(ruling.claim).content)
            group = _alike(stems, groups, by_word)
            if group is None:
                for one in stems:
                    by_word.setdefault(one, []).append(len(groups))
                groups.append((stems, [ruling.claim], [text_id]))
            else:
                groups[group][1].append(ruling.claim)
                groups[group][2].append(text_id)
    gaps = [Gap(min(said, key=len), len(said), tuple(dict.fromkeys(where))) for _, said, where in groups]
    return Coverage(claims, covered, tuple(sorted(gaps, key=lambda gap: (-gap.times, -worth(gap.claim)))))


def _alike(
    stems: frozenset[str], groups: list[tuple[frozenset[str], list[str], list[str]]], by_word: dict[str, list[int]]
) -> int | None:
    for number in sorted({number for one in stems for number in by_word.get(one, ())}):
        other = groups[number][0]
        if len(stems & other) >= max(2, 0.6 * len(stems | other)):
            return number
    return None


class Change(NamedTuple):
    """What became of one fact between two sheets."""

    fact: str
    kind: str
    """"added", "removed" or "changed"."""
    fields: tuple[tuple[str, str, str], ...]
    """For a changed fact: field, before, after."""


def diff(old: FactSheet, new: FactSheet) -> tuple[Change, ...]:
    """What changed, in the order of the new sheet, what was removed last."""
    before = {fact.id: fact for fact in old.facts}
    changes: list[Change] = []
    for fact in new.facts:
        other = before.pop(fact.id, None)
        if other is None:
            changes.append(Change(fact.id, "added", ()))
        elif other != fact:
            fields = tuple(
                (name, _shown(getattr(other, name)), _shown(getattr(fact, name)))
                for name in Fact.model_fields
                if getattr(other, name) != getattr(fact, name)
            )
            changes.append(Change(fact.id, "changed", fields))
    return (*changes, *(Change(one, "removed", ()) for one in before))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_shown(one) for one in value)
    if isinstance(value, Source):
        return ", ".join(str(part) for part in (value.author, value.title, value.year, value.where) if part)
    return "" if value is None else str(value)


CSV_COLUMNS = (
    "id", "statement", "subject", "relation", "value", "unit", "date", "aliases", "misstatements", "source_author",
    "source_title", "source_year", "source_where",
)  # fmt: skip


def facts_from_csv(text: str, taken: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Facts of a table with a header row; aliases and misstatements are parted by semicolons.

    Args:
        text: The table. `statement`, `source_author` and `source_title` are needed; a missing id is made up.
        taken: Ids that are in use.

    Raises:
        SheetError: A row cannot be a fact; its line is named.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    unknown = [name for name in rows.fieldnames or () if name not in CSV_COLUMNS]
    if unknown or "statement" not in (rows.fieldnames or ()):
        said = f"unknown column {unknown[0]!r}" if unknown else "the column 'statement' is missing"
        raise SheetError(f"line 1: {said}; columns are {', '.join(CSV_COLUMNS)}")
    used = set(taken)
    facts: list[Fact] = []
    for row in rows:
        fact = make_fact({key: value or "" for key, value in row.items() if key in CSV_COLUMNS}, used, rows.line_num)
        used.add(fact.id)
        facts.append(fact)
    return tuple(facts)


def make_fact(row: dict[str, str], taken: set[str], line: int | None = None) -> Fact:
    """One fact of named texts, as a row of a table or a person at the prompt gives them.

    Raises:
        SheetError: Something is missing or has the wrong form.
    """
    place = f"line {line}: " if line else ""
    fact_id = row.get("id", "").strip() or _made_id(row.get("statement", ""), taken)
    if fact_id in taken:
        raise SheetError(f"{place}the id {fact_id!r} is taken; ids are unique")
    if not row.get("source_title", "").strip() or not row.get("source_author", "").strip():
        raise SheetError(f"{place}fact {fact_id!r} has no source; fill in source_author and source_title")
    year = row.get("source_year", "").strip()
    values: dict[str, object] = {
        "id": fact_id,
        "statement": row.get("statement", "").strip(),
        "value": _number(row.get("value", "").strip()),
        "aliases": _listed(row.get("aliases", "")),
        "misstatements": _listed(row.get("misstatements", "")),
        "sources": [
            {
                "author": row["source_author"].strip(),
                "title": row["source_title"].strip(),
                "year": year or None,
                "where": row.get("source_where", "").strip() or None,
            }
        ],
    }
    values |= {key: row.get(key, "").strip() or None for key in ("subject", "relation", "unit", "date")}
    try:
        return Fact.model_validate(values)
    except ValidationError as exc:
        first = exc.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SheetError(f"{place}fact {fact_id!r}, {field!r}: {first['msg']}") from exc


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _number(text: str) -> str | int | float | None:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text or None


def _made_id(statement: str, taken: set[str]) -> str:
    content = [re.sub(r"[^a-z0-9]", "", fold(word.text)) for word in read(statement).content] or [
        re.sub(r"[^a-z0-9]", "", word.fold) for word in words(statement)
    ]
    base = "-".join([one for one in content if one][:4]) or "fact"
    fact_id, number = base, 2
    while fact_id in taken:
        fact_id, number = f"{base}-{number}", number + 1
    return fact_id


def as_yaml(facts: Iterable[Fact]) -> str:
    """Facts as the lines that a YAML sheet's list `facts` holds."""
    entries = [fact.model_dump(mode="json", exclude_defaults=True) for fact in facts]
    text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())
