"""XenForo 2 thread pages, 2.0 to 2.3, whatever the theme."""

import re
from typing import TYPE_CHECKING

from personas.reading.attribution import attributed_name, clean_name
from personas.reading.forum_page import (
    ForumPage,
    PagePost,
    build_thread,
    first_attribute,
    number_in,
    page_title,
)
from personas.reading.markup import BodyRules, QuoteHead, classes_of, near, parse_page
from personas.thread import Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Attribute values may stand without quotes: some savers write pages as short as they can.
_MARKS = re.compile(
    r"""<html[^<>]{1,2000}?id=["']?XF\b|data-template=["']?thread_view|class=["']?message message--post|"""
    r"""class=["']?bbWrapper\b|data-content=["']?post-\d+""",
    re.IGNORECASE,
)
_BODIES = (".message-body .bbWrapper", ".bbWrapper", ".message-body", ".message-userContent", ".js-messageContent")
# The first two keep to the post: a header may also say when the thread's last post was written.
_TIMES = (
    *(".MessageCard__date-created time[datetime]", ".message-attribution time[datetime]", "header time[datetime]"),
    *(".message-date time[datetime]", "time.u-dt"),
)
_AUTHORS = (".message-name", ".MessageCard__user-info__name", "[itemprop='author'] .username", "a.username")
_ACCOUNTS = (".message-user .username", "a.MessageCard__user-info__name")


def looks_xenforo2(source: str) -> bool:
    """Whether the page was made by XenForo 2."""
    return _MARKS.search(source) is not None


def read_xenforo2(source: str, digest: str) -> Thread:
    """Read a XenForo 2 thread page.

    Post ids are the forum's numbers. A solution that the page shows above the thread as well is read once.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts.
    """
    tree = parse_page(source)
    deleted = len(tree.css(".message--deleted"))
    page = ForumPage(
        software="XenForo 2",
        format="xenforo2",
        posts=_posts(tree),
        title=page_title(tree, "h1.p-title-value", ".p-title h1", "article h1"),
        rules=BodyRules(quote_head=_quote_head),
        notes=(f"{deleted} deleted posts stand on the page without their words",) if deleted else (),
    )
    return build_thread(page, digest)


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    elements = tree.css("article.message--post, .js-post, [data-content^='post-']") or tree.css(
        "article.message[data-author]"
    )
    posts: list[PagePost] = []
    highlighted: list[PagePost] = []
    seen: set[int] = set()
    for element in elements:
        classes = classes_of(element)
        body = None if "message--deleted" in classes else _body(element)
        if body is None or body.mem_id in seen:
            continue
        seen.add(body.mem_id)
        post = PagePost(
            id=number_in(element.attributes.get("data-content"), r"-(\d+)$")
            or number_in(element.attributes.get("id"), r"post-(\d+)"),
            author=_author(element, body),
            body=body,
            written_at=first_attribute(element, "datetime", *_TIMES),
            member=number_in(first_attribute(element, "data-user-id", *_ACCOUNTS), r"^([1-9]\d*)$"),
        )
        (highlighted if "message--highlightedSolution" in classes else posts).append(post)
    ids = {post.id for post in posts}
    return posts + [post for post in highlighted if post.id not in ids]


def _author(element: "LexborNode", body: "LexborNode") -> str | None:
    if named := clean_name(element.attributes.get("data-author")):
        return named
    # Members mentioned among the words are links of the same kind as the author.
    mentioned = {link.mem_id for link in body.css("a")}
    for selector in _AUTHORS:
        for found in element.css(selector):
            if found.mem_id not in mentioned and (name := clean_name(found.text())):
                return name
    return None


def _body(element: "LexborNode") -> "LexborNode | None":
    for selector in _BODIES:
        for body in element.css(selector):
            if not _is_signature(body, element):
                return body
    return None


def _is_signature(body: "LexborNode", post: "LexborNode") -> bool:
    node: LexborNode | None = body
    while node is not None and node.mem_id != post.mem_id:
        if "message-signature" in classes_of(node):
            return True
        node = node.parent
    return False


def _quote_head(node: "LexborNode") -> QuoteHead | None:
    if "bbCodeBlock--quote" not in classes_of(node):
        return None
    header = next((inner for inner in near(node, 2) if "bbCodeBlock-title" in classes_of(inner)), None)
    line = clean_name(header.text()) if header is not None else None
    source = number_in(node.attributes.get("data-source"), r"post:\s*(\d+)")
    if source is None and header is not None:
        source = number_in(first_attribute(header, "href", "a"), r"(?:[?&/]id=|post-|posts/)(\d+)")
    return QuoteHead(
        author=clean_name(node.attributes.get("data-quote")) or (attributed_name(line) if line else None),
        post_id=source,
        attribution=line or "",
        header=header,
    )
