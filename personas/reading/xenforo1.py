"""XenForo 1 thread pages."""

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
    r"""<html[^<>]{1,2000}?id=["']?XenForo\b|<blockquote[^<>]{1,2000}?class=["']?messageText\b|<ol[^<>]{1,2000}?class=["']?messageList\b""",
    re.IGNORECASE,
)


def looks_xenforo1(source: str) -> bool:
    """Whether the page was made by XenForo 1."""
    return _MARKS.search(source) is not None


def read_xenforo1(source: str, digest: str) -> Thread:
    """Read a XenForo 1 thread page; post ids are the forum's numbers.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts.
    """
    tree = parse_page(source)
    page = ForumPage(
        software="XenForo 1",
        format="xenforo1",
        posts=_posts(tree),
        title=page_title(tree, ".titleBar h1", "h1[title]"),
        rules=BodyRules(quote_head=_quote_head, is_chrome=_is_code_label),
    )
    return build_thread(page, digest)


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    for element in tree.css("li.message[id^='post-'], .messageList > li.message"):
        body = element.css_first(".messageText") or element.css_first(".messageContent article")
        if body is None:
            continue
        posts.append(
            PagePost(
                id=number_in(element.attributes.get("id"), r"post-(\d+)"),
                author=element.attributes.get("data-author")
                or first_text(element, ".messageUserInfo .username", ".userText .username", ".username"),
                body=body,
                written_at=_time(element),
                member=number_in(
                    first_attribute(element, "href", ".messageUserInfo a.username", ".messageUserInfo a.avatar"),
                    r"members/(?:[^/]*\.)?(\d+)",
                ),
            )
        )
    return posts


def _time(element: "LexborNode") -> str | None:
    for stamp in element.css(".messageMeta .DateTime, .messageDetails .DateTime, .datePermalink .DateTime"):
        known = stamp.attributes
        return known.get("data-time") or known.get("title") or clean_name(stamp.text())
    return None


def _is_code_label(node: "LexborNode") -> bool:
    # "Code:" above a code block; the line above a quotation is read before this is asked.
    return node.tag == "div" and classes_of(node) == ["type"]


def _quote_head(node: "LexborNode") -> QuoteHead | None:
    if "bbCodeQuote" not in classes_of(node):
        return None
    header = next((inner for inner in near(node, 2) if "attribution" in classes_of(inner)), None)
    line = clean_name(header.text().replace("↑", " ")) if header is not None else None
    return QuoteHead(
        author=clean_name(node.attributes.get("data-author")) or (attributed_name(line) if line else None),
        post_id=number_in(first_attribute(header, "href", "a"), r"(?:[?&]id=|post-|posts/)(\d+)") if header else None,
        attribution=line or "",
        header=header,
    )
