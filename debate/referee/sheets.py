"""Reading a fact sheet from YAML or JSON, with errors that name line and fact."""

import hashlib
import json
import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import VERSION, ValidationError

from debate.referee.consistency import contradictions
from debate.referee.facts import Fact, FactSheet
from language.cached import code_version, keep, take, uncollected
from language.errors import SheetError

_MAX_BYTES = 256 * 1024 * 1024
_CACHED_FROM_BYTES = 1_000_000
_MADE_BY = ("sheets.py", "facts.py", "consistency.py", "dates.py")
"""What decides whether a sheet is right: a sheet checked by other code is checked again."""
_SHEET_KEYS = ("id", "title", "version", "facts")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without dates of its own, which refuses repeated keys and remembers where each mapping began."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise SheetError(f"line {key.start_mark.line + 1}: key {key.value!r} is given twice")
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def load_sheet(path: Path | str, cache: Path | None = None) -> FactSheet:
    """Read a fact sheet.

    Args:
        path: A YAML or JSON file with `id`, `title`, `version` and a list `facts`.
        cache: Folder that keeps large sheets checked and ready; None for the user's cache folder.

    Returns:
        The sheet, its digest filled in.

    Raises:
        SheetError: The file cannot be read, or breaks a rule: the line and the fact's id say where.
    """
    path = Path(path)
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    if len(data) < _CACHED_FROM_BYTES:
        return parse_sheet(data, path.name, digest)
    made_by = code_version(*(Path(__file__).with_name(name) for name in _MADE_BY), f"pydantic {VERSION}")
    folder = (cache or cache_folder()) / f"sheet-{made_by}-{digest[:32]}"
    with uncollected():
        kept = take(folder, _kept_sheet)
        if kept is not None and kept.digest == digest:
            return kept
        sheet = parse_sheet(data, path.name, digest)
        keep(folder, lambda draft: _keep_sheet(draft, sheet))
    return sheet


def _kept_sheet(folder: Path) -> FactSheet:
    return FactSheet.model_validate_json((folder / "sheet.json").read_bytes())


def _keep_sheet(folder: Path, sheet: FactSheet) -> None:
    (folder / "sheet.json").write_text(sheet.model_dump_json(exclude_defaults=True), encoding="utf-8")


def cache_folder() -> Path:
    """Where indexes and checked sheets are kept between runs."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("rejoinder", appauthor=False)) / "sheets"


def parse_sheet(data: bytes, name: str = "the sheet", digest: str | None = None) -> FactSheet:
    """Check a sheet's bytes and make a sheet of them.

    Raises:
        SheetError: See `load_sheet`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise SheetError(f"{name}: byte {exc.start} is not UTF-8; save the sheet as UTF-8") from exc
    raw = _parse(text, name)
    if not isinstance(raw, dict):
        raise SheetError(f"{name}: a sheet is a mapping with the keys {', '.join(_SHEET_KEYS)}")
    problem = _first_problem(raw)
    if problem is None:
        facts, problem = _facts(raw["facts"])
    if problem is None:
        try:
            sheet = FactSheet(
                id=str(raw["id"]),
                title=str(raw["title"]),
                version=str(raw["version"]),
                facts=tuple(facts),
                digest=digest or hashlib.sha256(data).hexdigest(),
            )
        except ValidationError as exc:
            raise SheetError(f"{name}: {_plain(exc)}") from exc
        problem = _disagreement(sheet)
        if problem is None:
            return sheet
    index, said = problem
    place = "" if index is None else f"line {_line_of(text, index)}: "
    raise SheetError(f"{name}: {place}{said}")


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise SheetError(f"{str(path)!r} has {size // 1_000_000} MB; a sheet may have {_MAX_BYTES // 1_000_000}")
        data = path.read_bytes()
    except OSError as exc:
        raise SheetError(f"cannot read the fact sheet {str(path)!r}: {exc.strerror or exc}") from exc
    if not data.strip():
        raise SheetError(f"the fact sheet {str(path)!r} is empty")
    return data


def _parse(text: str, name: str) -> Any:
    if text.lstrip()[:1] == "{":
        try:
            return json.loads(text)
        except json.JSONDecodeError as exc:
            raise SheetError(f"{name}: line {exc.lineno}: not valid JSON ({exc.msg})") from exc
        except RecursionError as exc:
            raise SheetError(f"{name}: nested too deeply to be a sheet") from exc
    try:
        return yaml.load(text, Loader=_Loader)
    except SheetError as exc:
        raise SheetError(f"{name}: {exc}") from exc
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        said = getattr(exc, "problem", None) or str(exc).split("\n", 1)[0]
        raise SheetError(f"{name}: {where}not valid YAML ({said})") from exc
    except (RecursionError, ValueError) as exc:
        raise SheetError(f"{name}: nested too deeply, or a value that YAML cannot hold") from exc


Problem = tuple[int | None, str]
"""Index of the fact that breaks a rule, None for the sheet itself; and what is wrong."""


def _first_problem(raw: dict[Any, Any]) -> Problem | None:
    for key in raw:
        if key not in _SHEET_KEYS and key != "digest":
            return None, f"unknown key {key!r}; a sheet has {', '.join(_SHEET_KEYS)}"
    for key in _SHEET_KEYS:
        if key not in raw:
            return None, f"the key {key!r} is missing"
    if raw["facts"] is None:
        raw["facts"] = []
    if not isinstance(raw["facts"], list):
        return None, "'facts' is a list of facts"
    return None


def _facts(entries: list[Any]) -> tuple[list[Fact], Problem | None]:
    facts: list[Fact] = []
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            return [], (index, f"fact {index + 1} is not a mapping with id, statement and sources")
        label = f"fact {entry.get('id', index + 1)!r}"
        unknown = [key for key in entry if key not in Fact.model_fields]
        if unknown:
            return [], (index, f"{label}: unknown key {unknown[0]!r}; known are {', '.join(Fact.model_fields)}")
        if not entry.get("sources"):
            return [], (index, f"{label} has no source; add 'sources' with author and title")
        try:
            fact = Fact.model_validate(_normal(entry))
        except ValidationError as exc:
            return [], (index, f"{label}: {_plain(exc)}")
        if fact.date is not None and not is_date(fact.date):
            return [], (
                index,
                f"{label}: date {fact.date!r} is not ISO 8601 (1929, 1929-02, 1929-02-11, or two with '/')",
            )
        if fact.id in seen:
            return [], (index, f"{label}: the id is taken by fact number {seen[fact.id] + 1}; ids are unique")
        seen[fact.id] = index
        facts.append(fact)
    return facts, None


def _normal(entry: dict[Any, Any]) -> dict[Any, Any]:
    # "date: 1929" and "id: 12" are numbers to YAML; a single alias is often written without its list.
    normal = dict(entry)
    for key in ("date", "id", "unit", "subject"):
        if isinstance(normal.get(key), (int, float)) and not isinstance(normal.get(key), bool):
            normal[key] = str(normal[key])
    for key in ("aliases", "misstatements"):
        if isinstance(normal.get(key), str):
            normal[key] = [normal[key]]
        elif normal.get(key) is None:
            normal.pop(key, None)
        elif isinstance(normal[key], list):
            normal[key] = [str(one) if isinstance(one, (int, float)) else one for one in normal[key]]
    return normal


def _plain(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown key {where!r}"
    return f"{where!r}: {first['msg'][:1].lower()}{first['msg'][1:]}"


_DATE = re.compile(r"-?\d{1,4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def is_date(text: str) -> bool:
    """Whether a fact's date has the form that the schema asks for."""
    parts = text.split("/")
    return len(parts) <= 2 and all(_DATE.fullmatch(part) for part in parts)


def _disagreement(sheet: FactSheet) -> Problem | None:
    found = contradictions(sheet)
    if not found:
        return None
    one = found[0]
    return one.place, f"facts {one.first!r} and {one.second!r} contradict each other: {one.why}"


def _line_of(text: str, index: int) -> int:
    """Line of a fact, found by reading the file again: only an error needs it."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return 1
    for key, value in getattr(root, "value", ()):
        if key.value == "facts" and index < len(value.value):
            return int(value.value[index].start_mark.line) + 1
    return 1
