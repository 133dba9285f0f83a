"""YAML of corrections with the line of every entry, so that an error can say where it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from language.errors import ThreadError

_LAST_OF_FOUR_DIGITS = 0xFFFF
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """One node of the YAML and the line on which it stands, counted from 1."""

    node: yaml.Node
    line: int

    def error(self, message: str) -> ThreadError:
        """An error about this entry, with its line."""
        return ThreadError(f"line {self.line}: {message}")

    def items(self) -> Iterator[tuple[str, "Entry"]]:
        """The keys of a mapping as text, with their values.

        Raises:
            ThreadError: The entry is no mapping, or has a key that is no text, or one twice.
        """
        if _is_null(self.node):
            return
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("expected 'key: value' lines here")
        seen: set[str] = set()
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Entry(key, key.start_mark.line + 1).error("expected a word before ':'")
            if key.value in seen:
                raise Entry(key, key.start_mark.line + 1).error(f"{key.value!r} stands here twice")
            seen.add(key.value)
            yield key.value, Entry(value, key.start_mark.line + 1)

    def get(self, key: str) -> "Entry | None":
        """The value of a key, None where the mapping lacks it."""
        return next((entry for name, entry in self.items() if name == key), None)

    def check_keys(self, allowed: set[str]) -> None:
        """Refuse keys that mean nothing here.

        Raises:
            ThreadError: There is one.
        """
        for name, entry in self.items():
            if name not in allowed:
                raise entry.error(f"unknown key {name!r}; known here: {', '.join(sorted(allowed))}")

    def elements(self) -> Iterator["Entry"]:
        """The elements of a list.

        Raises:
            ThreadError: The entry is no list.
        """
        if _is_null(self.node):
            return
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("expected a list of '- ...' here")
        for element in self.node.value:
            yield Entry(element, element.start_mark.line + 1)

    def text(self) -> str:
        """The entry as text.

        Raises:
            ThreadError: It is empty, no single value, or holds what cannot be written.
        """
        if not isinstance(self.node, yaml.ScalarNode) or _is_null(self.node) or not self.node.value.strip():
            raise self.error("expected a text here")
        if _HALF_CHARACTER.search(self.node.value):
            raise self.error("this text holds half a character")
        return str(self.node.value)

    def text_or_none(self) -> str | None:
        """The entry as text, None where it is null."""
        return None if _is_null(self.node) else self.text()


def parse_entry(yaml_text: str) -> Entry:
    """The root of a YAML text.

    Raises:
        ThreadError: The text is no YAML, or empty.
    """
    try:
        node = yaml.compose(yaml_text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark is not None else 1
        raise ThreadError(f"line {line}: not valid YAML: {exc.problem}") from exc
    except (yaml.YAMLError, RecursionError) as exc:
        raise ThreadError(f"the corrections are not valid YAML: {' '.join(str(exc).split())[:120]}") from exc
    if node is None:
        raise ThreadError("the corrections are empty; write a file to start from with --annotate")
    return Entry(node, node.start_mark.line + 1)


def quoted(text: str | None) -> str:
    """A text as a YAML scalar on one line, null for None."""
    if text is None:
        return "null"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
