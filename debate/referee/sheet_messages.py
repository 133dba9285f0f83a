"""What is wrong with a sheet, in words that a curator who does not program can act on."""

from pydantic import ValidationError

_YAML_HINTS = (
    ("found character '\\t'", "a tab; indent with spaces"),
    ("cannot start any token", "a tab, or text that begins with @ ` or %; indent with spaces, quote the text"),
    ("mapping values are not allowed", "a colon inside a text; put the whole text in quotes"),
    ("did not find expected '-' indicator", "indented otherwise than the line above; its keys stand in one column"),
    ("did not find expected key", "indented otherwise than the line above, or a quote inside a quoted text"),
    ("found unexpected end of stream", "a quotation mark that is never closed"),
    ("did not find expected <document start>", "something behind a quoted text, or a line that is not indented"),
    ("found undefined alias", "a text that begins with *; put it in quotes"),
    ("did not find expected alphabetic", "a text that begins with & or *; put it in quotes"),
)  # fmt: skip
_FIELDS = {
    "id": "an id has small letters a to z, digits, and . _ - between them",
    "sources": "'sources' is a list of works, each with author and title",
    "statement": "'statement' is a sentence",
    "value": "'value' is a number or a name",
    "aliases": "'aliases' is a list of other names",
    "misstatements": "'misstatements' is a list of sentences",
}


def plain_yaml(problem: str) -> str:
    """A YAML reader's complaint with what it mostly means."""
    hint = next((meant for said, meant in _YAML_HINTS if said in problem), None)
    return f"not valid YAML ({hint})" if hint else f"not valid YAML ({problem})"


def plain_validation(error: ValidationError) -> str:
    """The first thing that breaks the schema."""
    first = error.errors()[0]
    place = first["loc"]
    where = ".".join(str(part) for part in place)
    if first["type"] == "extra_forbidden":
        return f"unknown key {where!r}"
    if first["type"] == "missing":
        of_source = place[0] == "sources" and len(place) == 3
        return f"source {int(place[1]) + 1} has no {place[2]!r}" if of_source else f"{where!r} is missing"
    if place and place[0] == "sources" and len(place) > 2:
        return f"source {int(place[1]) + 1}, {place[2]!r}: {first['msg'][:1].lower()}{first['msg'][1:]}"
    if (
        place
        and place[0] in _FIELDS
        and first["type"] in ("string_pattern_mismatch", "tuple_type", "string_too_short", "string_type")
    ):
        return f"{_FIELDS[str(place[0])]}, not {str(first['input'])[:60]!r}"
    return f"{where!r}: {first['msg'][:1].lower()}{first['msg'][1:]}"
