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
from debate.referee.sheet_messages import plain_validation, plain_yaml
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
    problems = [problem] if problem else []
    facts: list[Fact] = []
    if not problems:
        facts, problems = _facts(raw["facts"])
    if not problems:
        try:
            sheet = FactSheet(
                id=str(raw["id"]),
                title=str(raw["title"]),
                version=str(raw["version"]),
                facts=tuple(facts),
                digest=digest or hashlib.sha256(data).hexdigest(),
            )
        except ValidationError as exc:
            raise SheetError(f"{name}: {plain_validation(exc)}") from exc
        problems = _disagreements(sheet)
        if not problems:
            return sheet
    lines = _lines_of(text)
    raise BrokenSheet(name, [_placed(lines, index, said) for index, said in problems])


def _placed(lines: list[int], index: int | None, said: str) -> str:
    return f"line {lines[index]}: {said}" if index is not None and index < len(lines) else said


class BrokenSheet(SheetError):
    """A sheet that can be read but breaks rules; its message names the first, `problems` all of them."""

    def __init__(self, name: str, problems: list[str]) -> None:
        self.problems = problems
        more = f" (and {len(problems) - 1} more; `rejoinder facts lint` lists them)" if len(problems) > 1 else ""
        super().__init__(f"{name}: {problems[0]}{more}")


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
        raise SheetError(f"{name}: {where}{plain_yaml(said)}") from exc
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


def _facts(entries: list[Any]) -> tuple[list[Fact], list[Problem]]:
    facts: list[Fact] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        made = _fact(index, entry)
        if not isinstance(made, Fact):
            problems.append((index, made))
        elif made.id in seen:
            said = f"fact {made.id!r}: the id is taken by fact number {seen[made.id] + 1}; ids are unique"
            problems.append((index, said))
        else:
            seen[made.id] = index
            facts.append(made)
    return facts, problems


def _fact(index: int, entry: Any) -> Fact | str:
    """A fact, or what is wrong with it."""
    if not isinstance(entry, dict):
        return f"fact {index + 1} is not a mapping with id, statement and sources"
    label = f"fact {entry.get('id', index + 1)!r}"
    unknown = [key for key in entry if key not in Fact.model_fields]
    if unknown:
        return f"{label}: unknown key {unknown[0]!r}; known are {', '.join(Fact.model_fields)}"
    if not entry.get("sources"):
        return f"{label} has no source; add 'sources' with author and title"
    try:
        fact = Fact.model_validate(_normal(entry))
    except ValidationError as exc:
        return f"{label}: {plain_validation(exc)}"
    if fact.date is not None and not is_date(fact.date):
        return f"{label}: date {fact.date!r} is not ISO 8601 (1929, 1929-02, 1929-02-11, or two with '/')"
    return fact


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


_DATE = re.compile(r"-?\d{1,4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def is_date(text: str) -> bool:
    """Whether a fact's date has the form that the schema asks for."""
    parts = text.split("/")
    return len(parts) <= 2 and all(_DATE.fullmatch(part) for part in parts)


def _disagreements(sheet: FactSheet) -> list[Problem]:
    found = contradictions(sheet)
    return [(one.place, f"facts {one.first!r} and {one.second!r} contradict each other: {one.why}") for one in found]


def _lines_of(text: str) -> list[int]:
    """Line of each fact, found by reading the file again: only an error needs it."""
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return []
    for key, value in getattr(root, "value", ()):
        if key.value == "facts" and isinstance(value, yaml.SequenceNode):
            return [int(entry.start_mark.line) + 1 for entry in value.value]
    return []
