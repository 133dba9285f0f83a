"""Markdown as people type it into comment boxes to the words that a reader sees, and where its links lead."""

import re
from collections.abc import Callable
from typing import NamedTuple

from personas.thread import Link

_FENCE = re.compile(r"[ \t]*(?:```+|~~~+)[ \t]*[\w+#.-]*[ \t]*$")
_INDENTED_CODE = re.compile(r"(?: {4}|\t)[ \t]*\S")
# Every repetition is bounded, so that a text of nothing but opening signs takes linear time.
_CODE_SPAN = re.compile(r"(?<!`)(`{1,5})(?!`)([^`]{1,4000}|[^`]{0,2000}`{1,5}[^`]{1,2000})(?<!`)\1(?!`)")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500}(?:\[[^\[\]\n]{0,200}\][^\[\]\n]{0,200}){0,3})\]"
    r"\([ \t]*<?([^\s()<>]{1,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,500}){0,3})>?"
    r"(?:[ \t]+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?[ \t]*\)"
)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]{1,2000})>")
_BARE_ADDRESS = re.compile(r"https?://[^\s\x00]+")
_EMPHASIS = (
    re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{0,2000}?)(?<=\S)\1(?!\*)"),
    re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_\n]{0,2000}?)(?<=\S)\1(?!\w)"),
    re.compile(r"(?<![\w~])(~~)(?=[^\s~])([^~\n]{0,2000}?)(?<=\S)\1(?!~)"),
)
_SPOILER = re.compile(r">!([^\n]{1,2000}?)!<")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\n]*?)[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}([*_-])(?:[ \t]{0,3}\1){2,80}[ \t]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_HELD = re.compile("\x00(\\d+)\x00")


class ReadableText(NamedTuple):
    """Words without signs, and the links among them."""

    text: str
    links: tuple[Link, ...]


class _Held:
    """Pieces that must not be looked at again: code, addresses, escaped signs."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.links: list[Link] = []

    def keep(self, piece: str) -> str:
        self._pieces.append(piece)
        return f"\x00{len(self._pieces) - 1}\x00"

    def link(self, match: re.Match[str]) -> str:
        words, target = match.group(1).strip(), match.group(2)
        self.links.append(Link(text=self.release(words) or target, target=self.release(target)))
        return words or self.keep(target)

    def release(self, text: str) -> str:
        while _HELD.search(text):  # code may hold an escape that was held before it
            text = _HELD.sub(lambda match: self._pieces[int(match.group(1))], text)
        return text


def readable_markdown(text: str) -> ReadableText:
    """Take Markdown's signs out of a text.

    Code stays as typed, without fences and ticks; signs that are no pair stay, they may be meant. Line breaks stay
    where they are. A link's words stay in the text and its target goes to `links`.
    """
    held = _Held()
    text = _hold_code_lines(text.replace("\x00", "\ufffd"), held.keep)
    text = _CODE_SPAN.sub(lambda match: held.keep(match.group(2).strip(" ") or match.group(2)), text)
    text = _ESCAPE.sub(lambda match: held.keep(match.group(1)), text)
    text = _LINK.sub(held.link, text)
    text = _AUTOLINK.sub(lambda match: held.keep(match.group(1)), text)
    text = _BARE_ADDRESS.sub(lambda match: held.keep(match.group(0)), text)
    text = _SPOILER.sub(r"\1", text)
    text = _HEADING.sub(r"\1", _RULE.sub("", text))
    for emphasis in _EMPHASIS:
        for _ in range(3):  # emphasis within emphasis
            text, changed = emphasis.subn(r"\2", text)
            if not changed:
                break
    return ReadableText(held.release(text), tuple(held.links))


def _hold_code_lines(text: str, keep: Callable[[str], str]) -> str:
    lines: list[str] = []
    fenced = False
    after_blank = True
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if fenced or (after_blank and _INDENTED_CODE.match(line)):
            lines.append(keep(line) if line.strip() else line)
            continue
        lines.append(line)
        after_blank = not line.strip()
    return "\n".join(lines)
