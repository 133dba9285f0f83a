"""YAML that a person edited, with the line of every value, so that an error can say where."""

from dataclasses import dataclass
from typing import Any

from language.errors import InputError

_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """A parsed document: plain dictionaries, lists and scalars."""

    name: str
    data: Any
    lines: dict[tuple[str | int, ...], int]
    """Line, from 1, of each value by its path."""

    def where(self, path: tuple[str | int, ...]) -> str:
        """ "FILE line N" of the value at `path`, or of what holds it where the value is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name!r} line {self.lines.get(path, 1)}"


def read_yaml(text: str, name: str, error: type[InputError]) -> LinedYaml:
    """Parse one YAML document.

    Args:
        text: The document; anchors and aliases are refused, because a few of them can stand for gigabytes.
        name: What errors call it.
        error: What is raised.

    Raises:
        InputError: As `error`: broken YAML, a key given twice, aliases, several documents.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark is not None else 1
                raise error(f"{name!r} line {line}: aliases (*{event.anchor}) are not allowed")
        node = yaml.compose(text, Loader=loader)
        lines: dict[tuple[str | int, ...], int] = {}
        data = _build(node, (), lines, name, error) if node is not None else None
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise error(
            f"{name!r} line {line}: not valid YAML: {exc.problem or exc.context or 'cannot be parsed'}"
        ) from exc
    except yaml.YAMLError as exc:
        raise error(f"{name!r}: not valid YAML: {' '.join(str(exc).split())}") from exc
    except RecursionError as exc:
        raise error(f"{name!r}: nested too deeply") from exc
    return LinedYaml(name, data, lines)


def _build(
    node: Any, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int], name: str, error: type[InputError]
) -> Any:
    import yaml

    lines[path] = node.start_mark.line + 1
    if len(path) > _MAX_DEPTH:
        raise error(f"{name!r} line {lines[path]}: nested too deeply")
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, place), lines, name, error) for place, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(getattr(key_node, "value", ""))
            if key in built:
                raise error(f"{name!r} line {key_node.start_mark.line + 1}: the key {key!r} is given twice")
            built[key] = _build(value_node, (*path, key), lines, name, error)
            # An unknown key is shown where it stands, also when its value begins on a later line.
            lines[(*path, key)] = key_node.start_mark.line + 1
        return built
    try:
        return _scalar(node)
    except ValueError as exc:
        raise error(f"{name!r} line {lines[path]}: {node.value!r} cannot be read: {exc}") from exc


def _scalar(node: Any) -> Any:
    tag = node.tag.rpartition(":")[2]
    if tag == "null":
        return None
    if tag == "bool":
        return node.value.lower() in ("yes", "true", "on")
    if tag == "int":
        return int(node.value.replace("_", ""), 0) if not node.value.lstrip("+-").startswith("0") else int(node.value)
    if tag == "float":
        return float(node.value.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    # Dates and everything else stay the words that the editor typed.
    return node.value
