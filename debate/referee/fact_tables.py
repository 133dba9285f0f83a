"""Facts from a table, as spreadsheets write it, or from a person at the prompt."""

import csv
import io
import re
from collections.abc import Iterable

from pydantic import ValidationError

from debate.referee.facts import Fact
from debate.referee.reading import read
from debate.referee.sheet_messages import plain_validation
from debate.referee.sheets import is_date
from language.errors import SheetError
from language.words import fold, words

CSV_COLUMNS = (
    "id", "statement", "subject", "relation", "value", "unit", "date", "aliases", "misstatements", "source_author",
    "source_title", "source_year", "source_where",
)  # fmt: skip


_OTHER_NAMES = {"fact": "statement", "source": "source_title", "author": "source_author", "title": "source_title",
                "year": "source_year", "page": "source_where", "where": "source_where"}  # fmt: skip


def facts_from_csv(text: str, taken: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Facts of a table with a header row; aliases and misstatements are parted by semicolons, or by "|".

    Args:
        text: The table, its columns parted by commas, semicolons or tabs as spreadsheets of different countries write
            them. `statement`, `source_author` and `source_title` are needed; a missing id is made up. Empty rows are
            passed over.
        taken: Ids that are in use.

    Raises:
        SheetError: Rows cannot be facts; the line of the first is named, and how many more there are.
    """
    text = text.lstrip("\ufeff")
    try:
        rows = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
        rows.fieldnames = [_column(name) for name in rows.fieldnames or ()]
        _check_columns(rows.fieldnames)
        used, facts, problems = set(taken), list[Fact](), list[str]()
        for row in rows:
            if not any(isinstance(value, str) and value.strip() for value in row.values()):
                continue
            try:
                facts.append(_row_fact(row, used, rows.line_num))
                used.add(facts[-1].id)
            except SheetError as exc:
                problems.append(str(exc))
    except csv.Error as exc:
        raise SheetError(f"the table cannot be read ({exc}); look for a quotation mark that is never closed") from exc
    if problems:
        more = f" (and {len(problems) - 1} more; nothing was added)" if len(problems) > 1 else " (nothing was added)"
        raise SheetError(problems[0] + more)
    return tuple(facts)


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _column(name: str) -> str:
    plain = re.sub(r"[\s-]+", "_", name.strip().casefold())
    return _OTHER_NAMES.get(plain, plain)


def _check_columns(names: Iterable[str]) -> None:
    found = [name for name in names if name]
    unknown = [name for name in found if name not in CSV_COLUMNS]
    twice = [name for name in found if found.count(name) > 1]
    missing = [name for name in ("statement", "source_author", "source_title") if name not in found]
    if unknown or twice or missing:
        said = (
            f"unknown column {unknown[0]!r}"
            if unknown
            else f"the column {twice[0]!r} is there twice"
            if twice
            else f"the column {missing[0]!r} is missing"
        )
        raise SheetError(f"line 1: {said}; columns are {', '.join(CSV_COLUMNS)}")


def _row_fact(row: dict[str, str], used: set[str], line: int) -> Fact:
    if row.get(None):  # type: ignore[call-overload]
        raise SheetError(f"line {line}: more cells than columns; put texts with a comma in quotes")
    return make_fact({key: value or "" for key, value in row.items() if key in CSV_COLUMNS}, used, line)


def make_fact(row: dict[str, str], taken: set[str], line: int | None = None) -> Fact:
    """One fact of named texts, as a row of a table or a person at the prompt gives them.

    Raises:
        SheetError: Something is missing or has the wrong form.
    """
    place = f"line {line}: " if line else ""
    fact_id = row.get("id", "").strip() or _made_id(row.get("statement", ""), taken)
    if not row.get("statement", "").strip():
        raise SheetError(f"{place}there is no statement")
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
        fact = Fact.model_validate(values)
    except ValidationError as exc:
        raise SheetError(f"{place}fact {fact_id!r}: {plain_validation(exc)}") from exc
    if fact.date is not None and not is_date(fact.date):
        raise SheetError(
            f"{place}fact {fact_id!r}: date {fact.date!r} is not 1929, 1929-02, 1929-02-11, or two with '/'"
        )
    return fact


def _listed(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;|]", text) if one.strip()]


def _number(text: str) -> str | int | float | None:
    plain = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", text)
    if re.fullmatch(r"-?\d{1,15}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?\d{1,15}\.\d+", plain) else text or None


def _made_id(statement: str, taken: set[str]) -> str:
    content = [re.sub(r"[^a-z0-9]", "", fold(word.text)) for word in read(statement).content] or [
        re.sub(r"[^a-z0-9]", "", word.fold) for word in words(statement)
    ]
    base = "-".join([one for one in content if one][:4]) or "fact"
    fact_id, number = base, 2
    while fact_id in taken:
        fact_id, number = f"{base}-{number}", number + 1
    return fact_id
