"""Simple Machines Forum topic pages, 2.0 and 2.1, and 1.1 where it shares their markup."""

import re
from typing import TYPE_CHECKING

from personas.reading.attribution import attributed_name, clean_name
from personas.reading.forum_page import (
    ForumPage,
    PagePost,
    build_thread,
    first_attribute,
    first_text,
    number_in,
    page_title,
)
from personas.reading.markup import BodyRules, QuoteHead, classes_of, near, parse_page
from personas.thread import Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKS = re.compile(
    r"""\bsmf_(?:theme_url|scripturl|default_theme_url|iso_case_folding)\b|id=["']?quickModForm\b|"""
    r"""<div[^<>]{1,2000}?class=["']?(?:[\w-]+ )*(?:inner|post|personalmessage)\b[^<>]{0,2000}?id=["']?msg_\d|"""
    r"""<div[^<>]{1,2000}?id=["']?msg_\d+["']? [^<>]{0,2000}?class=["']?(?:[\w-]+ )*(?:inner|post|personalmessage)\b|"""
    r"""class=["']?bbc_standard_quote\b""",
    re.IGNORECASE,
)
_TITLES = ("#top_subject", "h1.display_title", "h2.display_title", ".display_title", ".navigate_section li.last a")
_AUTHORS = (".poster h4 a[href*='profile']", ".poster h4 a", ".poster h4", ".poster b a", ".poster b", ".poster")
# Before 2.0 a post was a row of a table, its author the first profile link in it.
_ROW_AUTHORS = ("b a[href*='action=profile']", "a[href*='action=profile']", "td b")
_COUNTED_TITLE = re.compile(r"\s*\([^()]*\d[\d.,\s]*[^()]*\)\s*$")


def looks_smf(source: str) -> bool:
    """Whether the page was made by Simple Machines Forum."""
    return _MARKS.search(source) is not None


def read_smf(source: str, digest: str) -> Thread:
    """Read a Simple Machines Forum topic page; post ids are the forum's message numbers.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts.
    """
    tree = parse_page(source)
    posts = _posts(tree)
    names = frozenset(name for post in posts if (name := clean_name(post.author)))
    page = ForumPage(
        software="Simple Machines Forum",
        format="smf",
        posts=posts,
        title=_title(tree),
        rules=BodyRules(
            quote_head=lambda node: _quote_head(node, names),
            chrome_classes=frozenset({"quoteheader", "quotefooter", "noticebox", "smalltext_edit"}),
        ),
    )
    return build_thread(page, digest)


def _title(tree: "LexborHTMLParser") -> str | None:
    title = page_title(tree, *_TITLES, names_site=False)
    heading = tree.css_first("#forumposts h3.catbg")
    counted = clean_name(heading.text()) if heading is not None else None
    if tree.css_first(", ".join(_TITLES)) is None and counted and ":" in counted:
        # "Author  Topic: Apples or pears  (Read 1234 times)"
        title = _COUNTED_TITLE.sub("", counted.partition(":")[2].strip()) or title
    return title


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    seen: set[str] = set()
    for body in tree.css(".post .inner, [id^='msg_'].inner, div.post[id^='msg_'], div.personalmessage, .post > div"):
        post_id = number_in(body.attributes.get("id"), r"^msg_(\d+)$") or body.attributes.get("data-msgid")
        if post_id is None or post_id in seen:
            continue
        seen.add(post_id)
        frame = _frame(body, post_id)
        posts.append(
            PagePost(
                id=post_id,
                author=first_text(frame, *_AUTHORS, *(_ROW_AUTHORS if frame.tag == "tr" else ())),
                body=body,
                written_at=_time(frame),
                member=number_in(first_attribute(frame, "href", *_AUTHORS, *_ROW_AUTHORS[:1]), r"[?&;/]u(?:=|,)(\d+)"),
            )
        )
    return posts


def _frame(body: "LexborNode", post_id: str) -> "LexborNode":
    """The element around one post: its wrapper, or for bare themes the nearest element that has an author."""
    node: LexborNode | None = body.parent
    while node is not None and node.tag not in ("body", "html", "form"):
        if "post_wrapper" in classes_of(node) or node.attributes.get("id") == f"msg{post_id}":
            return node
        is_row = node.tag == "tr" and node.css_first("a[href*='action=profile'], .smalltext") is not None
        if is_row or node.css_first(".poster") is not None:
            return node
        node = node.parent
    return body


def _time(frame: "LexborNode") -> str | None:
    stamp = first_attribute(frame, "datetime", ".postinfo time", ".keyinfo time")
    shown = first_text(frame, ".postinfo a.smalltext", ".keyinfo .smalltext", ".postinfo .smalltext")
    if stamp or shown or frame.tag != "tr":
        return stamp or shown
    return next((text for node in frame.css(".smalltext") if "«" in (text := node.text())), None)


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    classes = classes_of(node)
    is_quote = node.tag == "blockquote" or (node.tag == "div" and "quote" in classes)
    if not is_quote:
        return None
    header = next((inner for inner in near(node, 1) if inner.tag == "cite"), None)
    above = header if header is not None else _header_before(node)
    if above is None:
        return QuoteHead()
    line = clean_name(above.text()) or ""
    return QuoteHead(
        author=attributed_name(line, names),
        post_id=number_in(first_attribute(above, "href", "a"), r"(?:#msg|[?&;.]msg=?)(\d+)"),
        attribution=line,
        header=header,
    )


def _header_before(node: "LexborNode") -> "LexborNode | None":
    """The line that SMF 2.0 puts above a quotation, outside it."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before if before is not None and "quoteheader" in classes_of(before) else None
