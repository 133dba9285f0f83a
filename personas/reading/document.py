"""HTML that a word processor saved: its paragraphs are lines of plain text, and are read as such."""

import re
from typing import TYPE_CHECKING

from personas.reading.markup import parse_page
from personas.reading.plain.reader import read_plain
from personas.thread import Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEAD_CHARS = 20_000
_MARKS = re.compile(
    r"""<meta[^<>]{0,200}?content=["']?(?:LibreOffice|OpenOffice|StarOffice|Microsoft Word|Microsoft OneNote|"""
    r"""Cocoa HTML|AbiWord|WPS|KOffice|Calligra)|urn:schemas-microsoft-com:office|"""
    r"""class=["']?Mso[A-Z]|id=["']?docs-internal-guid""",
    re.IGNORECASE,
)
_LINES = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "pre", "blockquote"})
_SILENT = frozenset({"script", "style", "head", "title", "meta", "template", "noscript"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


def looks_document(source: str) -> bool:
    """Whether the page was saved by a word processor."""
    return _MARKS.search(source[:_HEAD_CHARS]) is not None


def read_document(source: str, digest: str) -> Thread:
    """Read the text of a document, a line for each of its paragraphs.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Returns:
        The thread as a plain text has it; what offsets counted was no file, so they are left out.
    """
    return read_document_text(_text(source), digest)


def read_document_text(text: str, digest: str) -> Thread:
    """Read the text of a document of any kind, a line for each of its paragraphs."""
    thread = read_plain(text, digest)
    posts = [
        post.model_copy(
            update={"passages": tuple(part.model_copy(update={"start": None, "end": None}) for part in post.passages)}
        )
        for post in thread.posts
    ]
    return thread.model_copy(update={"format": "document", "offsets": "post", "posts": tuple(posts)})


def _text(source: str) -> str:
    root = parse_page(source).body
    lines: list[str] = []
    line: list[str] = []
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:  # the end of a line
            lines.append(_SPACE.sub(" ", "".join(line)).strip(" "))
            line = []
        elif node.is_text_node:
            line.append(node.text_content or "")
        elif node.is_element_node and node.tag not in _SILENT:
            if node.tag == "br":
                stack.append(None)
                continue
            if node.tag in _LINES:
                stack.append(None)
                if "".join(line).strip():
                    lines.append(_SPACE.sub(" ", "".join(line)).strip(" "))
                line = []
            child = node.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    lines.append("".join(line).strip())
    return "\n".join(lines).strip("\n") + "\n"
