"""Prompts as files without logic, and the fences around whatever in them was written by somebody else.

A template lies in `language/templates/NAME.md`: a `=== system ===` part, then a `=== user ===` part. It
knows three kinds of field. `{{field}}` is for what the program itself says (a number, a task, a list it made
of fenced parts); `{{field|data}}` is for words of a thread, a student or a model: they are fenced as data,
and everything in them that could pass for a fence or for a model's own control tokens is defused first.
`{{field|quoted}}` is for a sentence of somebody else's in a prompt so short that fences would outweigh it: one line
between quotation marks that nothing inside can close.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from language.chat import ChatValue, Message, clean_text

_FIELD = re.compile(r"\{\{\s*(\w+)(\|data|\|quoted)?\s*\}\}")
_PART = re.compile(r"^=== (system|user) ===$", re.MULTILINE)
_FENCED = re.compile(r'<data name="[^"]*">.*?</data>', re.DOTALL)
_FENCE = re.compile(r"<(?=\s*/?\s*data\b)", re.IGNORECASE)
# Local servers tokenize these inside a message's content as the real thing, so that a post could end the
# user's message
# and begin a system message of its own.
_CONTROL_TOKEN = re.compile(
    r"<\|[^<>\n]{0,40}\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<｜[^<>\n]{0,40}｜>", re.IGNORECASE
)


class Prompt(ChatValue):
    """A rendered template, ready to be sent."""

    messages: tuple[Message, ...]

    @property
    def instructions(self) -> str:
        """What the program itself says in it, without what stands between fences."""
        return " ".join(_FENCED.sub(" . ", message.content) for message in self.messages)

    template: str
    """Name and first 12 digits of the template's SHA-256, "name@0123456789ab"; recorded with every call."""


@lru_cache(maxsize=2048)
def defuse(text: str) -> str:
    """Somebody else's words with all that could pass for a fence or a control token made harmless, still readable."""
    harmless = _FENCE.sub("‹", clean_text(text))
    return _CONTROL_TOKEN.sub(lambda found: found[0].translate(_HARMLESS), harmless)


_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")"})


def fence(name: str, text: str) -> str:
    """Somebody else's words between data fences; nothing inside can close the fence."""
    return f'<data name="{name}">\n{defuse(text)}\n</data>'


def quote(text: str) -> str:
    """Somebody else's words as one line between quotation marks; nothing inside can close them."""
    return '"' + " ".join(defuse(text).translate(_QUOTES).split()) + '"'


_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', "'"))


def render(name: str, fields: Mapping[str, str]) -> Prompt:
    """Fill a template.

    Raises:
        KeyError: The template has a field that `fields` lacks, or `fields` has one that it does not use: a
        prompt that
            silently lost a part must never be sent.
    """
    text = _template(name)
    wanted = {found[1] for found in _FIELD.finditer(text)}
    if wanted != set(fields):
        raise KeyError(f"template {name!r} takes {sorted(wanted)}, not {sorted(fields)}")

    def fill(found: re.Match[str]) -> str:
        value = fields[found[1]]
        if found[2] == "|quoted":
            return quote(value)
        return fence(found[1], value) if found[2] else clean_text(value)

    pieces = _PART.split(text)
    messages = tuple(
        # Each part is filled in one pass, so that a value that looks like a field is never filled in turn.
        Message(role="system" if role == "system" else "user", content=_FIELD.sub(fill, body.strip()))
        for role, body in zip(pieces[1::2], pieces[2::2], strict=True)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Prompt(messages=messages, template=f"{name}@{digest}")


@cache
def _template(name: str) -> str:
    return (resources.files("language") / "templates" / f"{name}.md").read_text(encoding="utf-8")


def template_names() -> tuple[str, ...]:
    """The names of all templates that ship."""
    folder = resources.files("language") / "templates"
    return tuple(sorted(file.name.removesuffix(".md") for file in folder.iterdir() if file.name.endswith(".md")))


def as_label(name: str) -> str:
    """A name from a thread, fit to stand in a sentence of ours: one short line that opens and closes nothing."""
    plain = " ".join(defuse(name).split())
    return re.sub(r"[<>{}\[\]|`\"“”]", "", plain)[:60].strip() or "the poster"
