"""JSON and JSON lines to Python values, with one-line errors that say where the file breaks."""

import json
import re
from typing import NamedTuple

from language.errors import ThreadError
from personas.reading.deep_json import parse_deep_json

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINES_SHOWN = 3


class JsonSource(NamedTuple):
    """A parsed file: the value of a JSON document, or the array of a JSON lines file's values."""

    value: object
    notes: tuple[str, ...]


# A number must end as one: "[12.03.24, 18:05]" opens a line of a chat.
_OPENS = re.compile(
    r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\]\"]|true|false|null|-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,9})?\s*(?:[,\]]|\Z)))"
)


def looks_json(source: str) -> bool:
    """Whether a text begins as a JSON object or array does."""
    return _OPENS.match(source) is not None


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
        source_value = JsonSource(_parse(source), ())
    except json.JSONDecodeError as error:
        source_value = _parse_lines(source, name, error)
    except ValueError as error:
        raise ThreadError(f"{name!r} is JSON with a number too large to be read") from error
    if _SURROGATE_ESCAPE.search(source):
        return source_value._replace(value=_without_surrogates(source_value.value))
    return source_value


def _parse(source: str) -> object:
    try:
        return json.loads(source)
    except RecursionError:
        return parse_deep_json(source)


def _parse_lines(source: str, name: str, error: json.JSONDecodeError) -> JsonSource:
    values: list[object] = []
    broken: list[int] = []
    # Not splitlines(): JSON strings may hold U+2028 and its like unescaped.
    for number, line in enumerate(source.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append(_parse(line))
        except ValueError:
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
    """The value with U+FFFD for each half of a character; containers are changed in place, on a stack of our own."""
    roots = [value]
    stack: list[dict[str, object] | list[object]] = [roots]
    while stack:
        container = stack.pop()
        items = list(container.items()) if isinstance(container, dict) else list(enumerate(container))
        for key, item in items:
            if isinstance(item, dict | list):
                stack.append(item)
            elif isinstance(item, str):
                container[key] = _SURROGATE.sub("\ufffd", item)  # type: ignore[index]
            if isinstance(key, str) and isinstance(container, dict) and _SURROGATE.search(key):
                container[_SURROGATE.sub("\ufffd", key)] = container.pop(key)
    return roots[0]
