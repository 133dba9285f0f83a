"""JSON nested deeper than Python's parser goes, as a long chain of answers nests."""

import json
import re

_STRINGS = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity")


def parse_deep_json(source: str) -> object:
    """Parse a JSON document of any depth, on a stack of its own.

    Raises:
        json.JSONDecodeError: The text is no JSON document.
    """
    roots: list[object] = []
    stack: list[tuple[object, str | None]] = []
    here: object = roots
    key: str | None = None
    at = _skip(source, 0)
    while True:
        # A value stands here, or the end of an empty container.
        char = source[at : at + 1]
        if char in "{[" and char:
            opened: object = {} if char == "{" else []
            _put(here, key, opened)
            stack.append((here, key))
            here, at = opened, _skip(source, at + 1)
            if source[at : at + 1] != ("}" if char == "{" else "]"):
                key, at = _key(source, at) if char == "{" else (None, at)
                continue
        else:
            value, at = _scalar(source, at)
            _put(here, key, value)
            at = _skip(source, at)
        while stack and source[at : at + 1] == ("}" if isinstance(here, dict) else "]"):
            here, key = stack.pop()
            at = _skip(source, at + 1)
        if not stack:
            if at < len(source):
                raise json.JSONDecodeError("Extra data", source, at)
            return roots[0]
        if source[at : at + 1] != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", source, at)
        at = _skip(source, at + 1)
        key, at = _key(source, at) if isinstance(here, dict) else (None, at)


def _put(container: object, key: str | None, value: object) -> None:
    if isinstance(container, dict):
        container[key] = value
    elif isinstance(container, list):
        container.append(value)


def _key(source: str, at: int) -> tuple[str, int]:
    if source[at : at + 1] != '"':
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", source, at)
    key, at = _STRINGS.raw_decode(source, at)
    at = _skip(source, at)
    if source[at : at + 1] != ":":
        raise json.JSONDecodeError("Expecting ':' delimiter", source, at)
    return key, _skip(source, at + 1)


def _scalar(source: str, at: int) -> tuple[object, int]:
    if source[at : at + 1] == '"':
        value, end = _STRINGS.raw_decode(source, at)
        return value, end
    match = _SCALAR.match(source, at)
    if match is None:
        raise json.JSONDecodeError("Expecting value", source, at)
    return json.loads(match.group()), match.end()


def _skip(source: str, at: int) -> int:
    match = _SPACE.match(source, at)
    return match.end() if match else at
