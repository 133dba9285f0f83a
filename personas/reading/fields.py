"""Values of other people's JSON, where keys are missing, null, or numbers written as strings."""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

Record = Mapping[str, Any]

_LINE_KEYS = ("posts", "comments", "messages", "utterances", "items")
_MILLISECONDS_FROM = 1e11  # seconds since 1970 stay below this until the year 5138


def record_of(value: object) -> Record:
    """The value as a JSON object, an empty one where it is anything else."""
    return value if isinstance(value, Mapping) else {}


def list_of(value: object) -> list[Any]:
    """The value as a JSON array, an empty one where it is anything else."""
    return value if isinstance(value, list) else []


def records_of(value: object) -> Iterator[Record]:
    """The JSON objects in an array; all else in it is passed over."""
    return (item for item in list_of(value) if isinstance(item, Mapping))


def lines_of(value: object) -> list[Record]:
    """The objects of JSON lines or an array, of an object that holds them as "posts" or the like, or a single one."""
    if isinstance(value, Mapping):
        held = next((value[key] for key in _LINE_KEYS if isinstance(value.get(key), list)), None)
        return [value] if held is None else list(records_of(held))
    return list(records_of(value))


def string_of(record: Record, *keys: str) -> str | None:
    """The first of these keys that holds text or a number, as text without surrounding space; None where none does."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, bool):
            continue
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
            return str(int(value)) if value == int(value) else str(value)
    return None


def text_of(record: Record, *keys: str) -> str:
    """The first of these keys that holds words, untrimmed; empty where none does."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def number_of(record: Record, *keys: str) -> int | None:
    """The first of these keys that holds a whole number, also one written as text; None where none does."""
    text = string_of(record, *keys)
    try:
        return int(float(text)) if text is not None else None
    except (ValueError, OverflowError):
        return None


def time_of(record: Record, *keys: str) -> datetime | None:
    """The first of these keys that holds a time: seconds or milliseconds since 1970, or ISO 8601.

    Returns:
        A time in UTC where the source names a zone or counts seconds, else one without a zone; None where no key
        holds a time.
    """
    for key in keys:
        moment = _moment(record.get(key))
        if moment is not None:
            return moment
    return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        seconds = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        seconds = math.nan
    try:
        if math.isfinite(seconds):
            return datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= _MILLISECONDS_FROM else seconds, UTC)
        if isinstance(value, str):
            moment = datetime.fromisoformat(value.strip())
            return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError, OSError):
        return None
    return None


def unique_ids(wanted: Iterable[str | None]) -> list[str]:
    """Ids for posts in order: the source's own where it has one, its place in the file where not, none twice."""
    taken: set[str] = set()
    copies: dict[str, int] = {}
    ids: list[str] = []
    for index, own in enumerate(wanted, start=1):
        base = own or str(index)
        post_id = base
        while post_id in taken:
            copies[base] = copies.get(base, 1) + 1
            post_id = f"{base}-{copies[base]}"
        taken.add(post_id)
        ids.append(post_id)
    return ids
