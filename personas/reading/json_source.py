"""JSON and JSON lines to Python values, with one-line errors that say where the file breaks."""

import json
import re
from typing import NamedTuple

from language.errors import ThreadError

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINES_SHOWN = 3


class JsonSource(NamedTuple):
    """A parsed file: the value of a JSON document, or the array of a JSON lines file's values."""

    value: object
    notes: tuple[str, ...]


def looks_json(source: str) -> bool:
    """Whether a text begins as a JSON object or array does."""
    return re.match(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\]\"\d-]|true|false|null))", source) is not None


def parse_json(source: str, name: str) -> JsonSource:
    """Parse a JSON document, or JSON lines where the first line is a document of its own.

    Args:
        source: The decoded file.
        name: What to call the file in an error.

    Returns:
        The value. Of JSON lines, a line that is no JSON is left out and noted; lone surrogates become U+FFFD.

    Raises:
        ThreadError: The text is no JSON, or more than half of its lines are none.
    """
    try:
        source_value = JsonSource(json.loads(source), ())
    except json.JSONDecodeError as error:
        source_value = _parse_lines(source, name, error)
    except (RecursionError, ValueError) as error:
        raise ThreadError(f"{name!r} is JSON nested too deeply or with too large a number to be read") from error
    if _SURROGATE_ESCAPE.search(source):
        return source_value._replace(value=_without_surrogates(source_value.value))
    return source_value


def _parse_lines(source: str, name: str, error: json.JSONDecodeError) -> JsonSource:
    values: list[object] = []
    broken: list[int] = []
    # Not splitlines(): JSON strings may hold U+2028 and its like unescaped.
    for number, line in enumerate(source.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except (json.JSONDecodeError, RecursionError, ValueError):
            broken.append(number)
            if len(broken) > 50 and len(broken) > len(values):
                break
    records = sum(1 for value in values if isinstance(value, dict))
    if len(broken) >= records:
        raise ThreadError(
            f"{name!r} begins as JSON but breaks at line {error.lineno:,}, column {error.colno:,} ({error.msg}); "
            "it may be cut off, save it again"
        ) from error
    if not broken:
        return JsonSource(values, ())
    shown = ", ".join(f"{number:,}" for number in broken[:_LINES_SHOWN])
    more = f" and {len(broken) - _LINES_SHOWN:,} more" if len(broken) > _LINES_SHOWN else ""
    return JsonSource(values, (f"left out because they are not JSON: line {shown}{more}",))


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", key): _without_surrogates(item) for key, item in value.items()}
    return value
