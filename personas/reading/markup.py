"""Markup of one post to readable words: own passages, quotes, and the quotes inside them.

Forum software differs in how it marks a quotation and in what it hangs around the words; that is the `BodyRules` of a
reader. Everything else is the same everywhere and stands here: blocks become lines, lists keep their marks, code keeps
its indentation, a smilie becomes its text, and what the software itself wrote (buttons, "Click to expand", link
previews, edit notes, file names of attachments) becomes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from personas.reading.pictures import address_of, described, smilie_text
from personas.reading.typed_signature import without_typed_signature
from personas.reading.word_lines import WordLines
from personas.thread import Link, Passage

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_NESTED_QUOTES = 8
"""Quotes inside a top-level quote that keep an author of their own, counted in depth; the words of deeper ones stay
in the deepest one kept. Each level repeats the text of those inside it, so that without a limit a page of a thousand
levels would take quadratic room."""

_SILENT = frozenset(
    {"script", "style", "template", "noscript", "svg", "button", "input", "select", "option", "textarea", "object"}
    | {"head", "title", "meta", "audio", "video", "canvas", "map", "datalist"}
)
_PARAGRAPHS = frozenset(
    {"p", "ul", "ol", "dl", "table", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "details", "figure"}
)
_LINES = frozenset(
    {"div", "li", "dt", "dd", "tr", "section", "article", "header", "footer", "aside", "main", "nav", "form"}
    | {"fieldset", "figcaption", "summary", "center", "caption", "address", "legend"}
)
_CHROME_CLASSES = frozenset(
    # XenForo
    {"quoteExpand", "bbCodeBlock-expandLink", "bbCodeBlock-shrinkLink", "bbCodeBlock-title", "messageTextEndMarker"}
    | {"js-selectToQuoteEnd", "message-signature", "message-attachments", "message-lastEdit", "attachedFiles"}
    | {"likesSummary", "editDate", "u-srOnly"}
    # FluxBB, phpBB, vBulletin, SMF
    | {"postedit", "postsignature", "signature", "attachbox", "lastedited", "bbcode_description"}
    | {"codeheader", "codeoperation", "sr-only", "visually-hidden"}
    # Invision
    | {"ipsTruncate_more"}
    # extensions and advertisements seen among the words
    | {"imcger-quote-togglebutton", "adsbygoogle", "samBannerUnit"}
)


@dataclass(frozen=True)
class QuoteHead:
    """What markup says about one quotation.

    `attribution` is the software's line above it ("Ann wrote:"): no words at the top level of a post; inside another
    quote it is part of what was quoted. `header` is the element that holds it, where that lies inside the quote.
    """

    author: str | None = None
    post_id: str | None = None
    attribution: str = ""
    header: "LexborNode | None" = None


@dataclass(frozen=True)
class BodyRules:
    """How one forum software marks quotations, and what of its own it puts among the words."""

    quote_head: Callable[["LexborNode"], QuoteHead | None]
    """Says of an element whether it is a quotation, and whose; None for every other element."""
    chrome_classes: frozenset[str] = frozenset()
    """Classes of elements without words, beside those that are chrome everywhere."""
    is_chrome: Callable[["LexborNode"], bool] | None = None
    """Asked of each element where classes are not enough."""


@dataclass
class _OpenQuote:
    head: QuoteHead
    words: WordLines = field(default_factory=WordLines)
    nested: list[Passage] = field(default_factory=list)

    def close(self) -> Passage:
        return Passage(
            kind="quote",
            text=self.words.text(),
            quoted_author=self.head.author,
            quoted_post=self.head.post_id,
            nested=tuple(self.nested),
            links=tuple(self.words.links),
        )


def parse_page(source: str) -> "LexborHTMLParser":
    """The tree of an HTML page; broken and truncated pages are read as a browser would read them."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(source)


def read_body(body: "LexborNode", rules: BodyRules) -> tuple[Passage, ...]:
    """The passages of one post, in document order.

    Args:
        body: The element that holds the post's words and nothing of its frame.
        rules: How this software marks quotations.

    Returns:
        Own words and outermost quotes; a quote's text holds that of the quotes nested in it, which are also in
        `Passage.nested`, at most `MAX_NESTED_QUOTES` deep. Passages without any word are left out. A typed mobile
        signature ("Sent from my phone") at the end of the post is dropped.
    """
    return _BodyReader(rules).read(body)


class _BodyReader:
    """Walks the tree with a stack of its own: a thousand nested quotes must not exhaust Python's."""

    def __init__(self, rules: BodyRules) -> None:
        self._rules = rules
        self._passages: list[Passage] = []
        self._own = WordLines()
        self._quotes: list[_OpenQuote] = []
        self._headers: set[int] = set()
        self._chrome = _CHROME_CLASSES | rules.chrome_classes
        self._verbatim = 0
        self._lists: list[int | None] = []

    @property
    def _words(self) -> WordLines:
        return self._quotes[-1].words if self._quotes else self._own

    def read(self, body: "LexborNode") -> tuple[Passage, ...]:
        stack: list[LexborNode | Callable[[], None]] = list(_children_reversed(body))
        while stack:
            item = stack.pop()
            if callable(item):
                item()
            elif item.is_text_node:
                self._write(item.text_content or "")
            elif item.is_element_node:
                leave = self._enter(item)
                if leave is not None:
                    stack.append(leave)
                    stack.extend(_children_reversed(item))
        self._flush_own()
        return without_typed_signature(tuple(self._passages))

    def _write(self, text: str) -> None:
        if self._verbatim:
            self._words.write_verbatim(text)
        else:
            self._words.write(text)

    def _enter(self, node: "LexborNode") -> Callable[[], None] | None:
        """Take in one element; None where its inside holds no words, otherwise what to do when it ends."""
        tag = node.tag or ""
        if tag in _SILENT:
            self._keep_spoiler_title(node)
            return None
        if tag in ("br", "img", "iframe", "embed"):
            self._enter_void(node, tag)
            return None
        if node.mem_id in self._headers:
            return None
        classes = classes_of(node)
        head = self._rules.quote_head(node)
        if head is not None:
            return self._open_quote(head)
        if self._chrome.intersection(classes) or (self._rules.is_chrome and self._rules.is_chrome(node)):
            return None
        if "bbCodeBlock--unfurl" in classes:
            self._write_link_preview(node)
            return None
        return self._enter_words(node, tag)

    def _enter_words(self, node: "LexborNode", tag: str) -> Callable[[], None]:
        words = self._words
        if tag == "a":
            start = len(words.chunks)
            return lambda: self._close_link(node, words, start)
        if tag in ("ul", "ol"):
            words.break_lines(1 if self._lists else 2)
            self._lists.append(_first_number(node) if tag == "ol" else None)
            return self._close_list
        if tag == "li":
            words.break_lines(1)
            words.write(self._next_list_mark())
            words.gap = True
            return lambda: words.break_lines(1)
        if tag == "pre":
            words.break_lines(2)
            self._verbatim += 1
            return self._close_verbatim
        if tag in ("td", "th"):
            words.gap = True
            return lambda: setattr(words, "gap", True)
        if tag in _PARAGRAPHS or tag in _LINES:
            breaks = 2 if tag in _PARAGRAPHS else 1
            words.break_lines(breaks)
            return lambda: words.break_lines(breaks)
        return lambda: None

    def _enter_void(self, node: "LexborNode", tag: str) -> None:
        if tag == "br":
            self._words.break_once_more()
            return
        target = address_of(node)
        if tag == "img":
            smilie = smilie_text(node)
            if smilie is not None:
                self._words.gap = self._words.gap or bool(smilie)
                self._words.write(f"{smilie} " if smilie else "")
                return
            caption = described(node.attributes.get("alt") or "")
            if caption:
                self._words.write(f" [image: {caption}] ")
            if target:
                self._words.links.append(Link(text=caption or "image", target=target))
        elif target:
            self._words.links.append(Link(text="embedded", target=target))

    def _open_quote(self, head: QuoteHead) -> Callable[[], None]:
        if head.header is not None:
            self._headers.add(head.header.mem_id)
        if not self._quotes:
            self._flush_own()
        elif len(self._quotes) > MAX_NESTED_QUOTES:
            words = self._words
            words.break_lines(2)
            words.write(head.attribution)
            words.break_lines(1)
            return lambda: words.break_lines(2)
        self._quotes.append(_OpenQuote(head))
        return self._close_quote

    def _close_quote(self) -> None:
        ended = self._quotes.pop()
        passage = ended.close()
        if not _has_words(passage.text):
            return
        if not self._quotes:
            self._passages.append(passage)
            return
        outer = self._quotes[-1]
        outer.nested.append(passage)
        outer.words.break_lines(2)
        outer.words.write(ended.head.attribution)
        outer.words.break_lines(1)
        outer.words.write_verbatim(passage.text)
        outer.words.links.extend(passage.links)
        outer.words.break_lines(2)

    def _flush_own(self) -> None:
        text = self._own.text()
        if _has_words(text):
            self._passages.append(Passage(kind="own", text=text, links=tuple(self._own.links)))
        self._own = WordLines()

    def _close_link(self, node: "LexborNode", words: WordLines, start: int) -> None:
        target = node.attributes.get("href") or ""
        label = "".join(words.chunks[start:]).strip()
        if target and label and not target.startswith(("#", "javascript:")):
            words.links.append(Link(text=label, target=target))

    def _close_list(self) -> None:
        self._lists.pop()
        self._words.break_lines(1 if self._lists else 2)

    def _close_verbatim(self) -> None:
        self._verbatim -= 1
        self._words.break_lines(2)

    def _next_list_mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "-"
        self._lists[-1] = number + 1
        return f"{number}."

    def _keep_spoiler_title(self, node: "LexborNode") -> None:
        # The poster names a spoiler; the software puts that name on its button.
        title = node.css_first(".bbCodeSpoiler-button-title, .SpoilerTitle") if node.tag == "button" else None
        if title is not None:
            self._words.break_lines(1)
            self._words.write(title.text())
            self._words.break_lines(1)

    def _write_link_preview(self, node: "LexborNode") -> None:
        # Title and summary of a preview are the linked page's words; the poster wrote the address.
        target = node.attributes.get("data-url")
        if target:
            self._words.break_lines(1)
            self._words.write(target)
            self._words.links.append(Link(text=target, target=target))
            self._words.break_lines(1)


def near(node: "LexborNode", depth: int = 3) -> "Iterator[LexborNode]":
    """Elements inside this one, in document order, at most `depth` levels down and not inside inner quotations."""
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            yield child
            if depth > 1 and child.tag != "blockquote":
                yield from near(child, depth - 1)
        child = child.next


def classes_of(node: "LexborNode") -> list[str]:
    """The element's classes."""
    return (node.attributes.get("class") or "").split()


def _children_reversed(node: "LexborNode") -> Iterator["LexborNode"]:
    child = node.last_child
    while child is not None:
        yield child
        child = child.prev


def _has_words(text: str) -> bool:
    return any(char.isprintable() and not char.isspace() for char in text)


def _first_number(node: "LexborNode") -> int:
    start = node.attributes.get("start") or "1"
    return int(start) if start.lstrip("-").isdecimal() and len(start) < 10 else 1
