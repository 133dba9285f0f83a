"""A page's elements in document order, with what they are called and how many characters they hold."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SILENT = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "title", "meta", "link", "button", "select", "textarea"}
    | {"option", "object", "audio", "video", "canvas", "map", "datalist", "nav", "input"}
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NUMBERED_ID = re.compile(r"^(?P<kind>[A-Za-z][\w:.-]*?)[-_:.]?\d[\w-]*$")
_BARE_TAGS = frozenset({"article", "li", "tr", "dd"})
_MAX_CLASSES = 24
_MAX_ID_CHARS = 120
_WORDS_OF_PROSE = 4


@dataclass(slots=True)
class Element:
    """One element: its subtree is `page.elements[at:end]`."""

    node: "LexborNode"
    at: int
    parent: int
    end: int = 0
    keys: tuple[str, ...] = ()
    """What it is called: tag and class, kind of id, kind of item. Elements that recur share a key."""
    words: int = 0
    """Characters in its subtree that are no space and stand outside of links."""
    linked: int = 0
    """Characters in its subtree that are no space and stand in links."""
    prose: int = 0
    """Of `words` those in runs of text of several words, as sentences are and labels and counters are not."""

    @property
    def tag(self) -> str:
        """Its tag."""
        return self.node.tag or ""

    @property
    def chars(self) -> int:
        """All characters in its subtree that are no space."""
        return self.words + self.linked

    def holds(self, at: int) -> bool:
        """Whether another element is this one or lies in it."""
        return self.at <= at < self.end


@dataclass(slots=True)
class PageElements:
    """All elements of a page's body that a reader may see."""

    elements: list[Element] = field(default_factory=list)

    def by_key(self) -> dict[str, list[int]]:
        """Places of the elements of each key, in document order."""
        found: dict[str, list[int]] = {}
        for element in self.elements:
            for key in element.keys:
                found.setdefault(key, []).append(element.at)
        return found


def page_elements(tree: "LexborHTMLParser") -> PageElements:
    """Walk a page's body once."""
    page = PageElements()
    root = tree.body or tree.root
    if root is None:
        return page
    stack: list[tuple[LexborNode, int, bool] | int] = [(root, -1, False)]
    while stack:
        item = stack.pop()
        if isinstance(item, int):
            page.elements[item].end = len(page.elements)
            continue
        node, parent, in_link = item
        if node.is_text_node:
            _count(page.elements[parent], node.text_content or "", in_link)
        elif node.is_element_node and node.tag not in _SILENT and not _is_hidden(node):
            at = len(page.elements)
            page.elements.append(Element(node, at, parent, keys=_keys(node)))
            stack.append(at)
            in_link = in_link or node.tag == "a"
            child = node.last_child
            while child is not None:
                stack.append((child, at, in_link))
                child = child.prev
    for element in reversed(page.elements):
        if element.parent >= 0:
            page.elements[element.parent].words += element.words
            page.elements[element.parent].linked += element.linked
            page.elements[element.parent].prose += element.prose
    return page


def _count(element: Element, text: str, in_link: bool) -> None:
    words = text.split()
    count = sum(map(len, words))
    if len(words) >= _WORDS_OF_PROSE:
        element.prose += count
    if in_link:
        element.linked += count
    else:
        element.words += count


def _is_hidden(node: "LexborNode") -> bool:
    known = node.attributes
    if "style" in known and _HIDDEN.search(known["style"] or ""):
        return True
    return known.get("type") == "hidden"


def _keys(node: "LexborNode") -> tuple[str, ...]:
    known = node.attributes
    tag = node.tag or ""
    keys = [f"{tag}.{re.sub(r'[0-9]+', '0', name)}" for name in (known.get("class") or "").split()[:_MAX_CLASSES]]
    if "-" in tag or tag in _BARE_TAGS:
        keys.append(tag)
    values = [(name, known.get(name)) for name in ("itemtype", "role", "itemprop", "data-testid", "data-type", "slot")]
    keys += [f"{name}={value.rstrip('/').rpartition('/')[2][:40]}" for name, value in values if value]
    if match := _NUMBERED_ID.match((known.get("id") or "")[:_MAX_ID_CHARS]):
        keys.append(f"{tag}#{match['kind']}")
    return tuple(dict.fromkeys(keys))
