"""JSON of any depth and JSON lines, parsed as Python's own parser does where that can."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.errors import ThreadError
from personas.reading.deep_json import parse_deep_json
from personas.reading.json_source import looks_json, parse_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(JSON, st.sampled_from([None, 2, "\t"]))
def test_any_document_parses_as_pythons_parser_does(value: object, indent: int | str | None) -> None:
    """The deep parser gives what `json.loads` gives."""
    assert parse_deep_json(json.dumps(value, indent=indent)) == value


@given(st.text(alphabet='[]{},:"\\ 01-.eantruflsN', max_size=40))
def test_any_text_fails_where_pythons_parser_fails(text: str) -> None:
    """The deep parser accepts a text if and only if `json.loads` does."""
    try:
        expected: object = json.loads(text)
    except json.JSONDecodeError:
        with pytest.raises(json.JSONDecodeError):
            parse_deep_json(text)
    else:
        assert repr(parse_deep_json(text)) == repr(expected)


def test_any_depth_is_parsed() -> None:
    """A hundred thousand levels take no recursion."""
    value = parse_deep_json("[" * 100_000 + "]" * 100_000)
    depth = 0
    while isinstance(value, list) and value:
        value, depth = value[0], depth + 1
    assert depth == 99_999


@given(st.lists(JSON, min_size=2, max_size=5))
def test_lines_come_back_in_order(values: list[object]) -> None:
    """A document a line gives the array of the documents."""
    text = "\n".join(json.dumps({"v": value}, ensure_ascii=False) for value in values)
    assert parse_json(text, "x").value == json.loads(json.dumps([{"v": value} for value in values]))


def test_half_characters_are_replaced_everywhere() -> None:
    """Keys and values, at any depth."""
    parsed = parse_json('{"a\\ud800": [{"b": "x\\udfff"}, "\\ud83d\\ude00"]}', "x").value
    assert parsed == {"a\ufffd": [{"b": "x\ufffd"}, "\U0001f600"]}


def test_a_cut_document_says_where() -> None:
    """The error gives line and column of the break."""
    with pytest.raises(ThreadError, match="line 2, column"):
        parse_json('{"posts": [\n{"id": 1, "te', "cut.json")


@pytest.mark.parametrize("text", ['{"a": 1}', " [\n 1]", "[]", "{}", '["x"]', "[null]"])
def test_json_is_known_by_its_beginning(text: str) -> None:
    """An object or an array, after any space."""
    assert looks_json(text)


@pytest.mark.parametrize("text", ["[Ann] hello", "{curly talk}", "", "[edit: typo]", "<html>"])
def test_text_in_brackets_is_not_json(text: str) -> None:
    """A bracket that opens words is text."""
    assert not looks_json(text)
