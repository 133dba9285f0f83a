"""Invision Community topic pages: version 4 and 5, and IP.Board 3 before them."""

import json
import re
from typing import TYPE_CHECKING, NamedTuple

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
    r"""data-role=["']?commentContent\b|id=["']?elComment_\d|<body[^<>]{1,2000}?(?:ipsApp\b|id=["']?ipboard_body)|"""
    r"""class=["'][^"'<>]{0,300}?\bpost entry-content\b|<blockquote[^<>]{1,2000}?class=["']?ipsBlockquote\b""",
    re.IGNORECASE,
)
_WRAPPERS = "[data-quotedata], [id^='elComment_'], article[data-commentid], .post_block, article.ipsComment"
_BODIES = ("[data-role='commentContent']", ".entry-content", ".cPost_contentWrap", ".ipsRichText", ".ipsType_richText")
_TITLES = (
    *("h1.ipsType_pageTitle span.ipsType_break", "h1.ipsType_pageTitle", "h1.ipsType_pagetitle"),
    *(".ipsPageHeader__title", ".ipsPageHeader h1"),
)
_AUTHORS = (
    *(".cAuthorPane_author a", ".cAuthorPane_author", ".ipsComment_author h3", ".ipsEntry__username a"),
    *(".ipsEntry__username", ".ipsEntry__header a[href*='/profile/']", ".author [itemprop='name']", "span.author a"),
    *("span.author", ".author", ".ipsUsername", ".cAuthorPane a[href*='profile/']", "aside a[href*='profile/']"),
)
_TIMES = (
    *(".ipsComment_meta time", ".ipsEntry__date time", ".ipsEntry__header time", "[href*='findComment'] time", "time"),
)


class _Quotable(NamedTuple):
    """What the page keeps with each post for its quote button."""

    author: str | None = None
    post_id: str | None = None
    member: str | None = None
    seconds: str | None = None


def looks_invision(source: str) -> bool:
    """Whether the page was made by Invision Community or IP.Board 3."""
    return _MARKS.search(source) is not None


def read_invision(source: str, digest: str) -> Thread:
    """Read an Invision Community topic page; post ids are the numbers of its comments.

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
        software="Invision",
        format="invision",
        posts=posts,
        title=page_title(tree, *_TITLES),
        rules=BodyRules(
            quote_head=lambda node: _quote_head(node, names),
            chrome_classes=frozenset({"citation", "ipsItemControls", "ipsCode_citation", "edit"}),
            is_chrome=_is_edit_note_or_advertisement,
        ),
    )
    return build_thread(page, digest)


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    seen: set[int] = set()
    for wrapper in tree.css(_WRAPPERS):
        body = next((found for selector in _BODIES if (found := wrapper.css_first(selector)) is not None), None)
        if body is None or body.mem_id in seen:
            continue
        seen.add(body.mem_id)
        # The author's column stands beside the words in version 4, inside the same element in version 5.
        frame = _frame(wrapper)
        known = _quotable(frame)
        posts.append(
            PagePost(
                id=known.post_id or _comment_number(frame),
                author=known.author or first_text(frame, *_AUTHORS),
                body=body,
                written_at=first_attribute(frame, "datetime", *_TIMES)
                or known.seconds
                or first_attribute(frame, "title", ".posted_info abbr.published"),
                member=known.member,
            )
        )
    return posts


def _frame(wrapper: "LexborNode") -> "LexborNode":
    node: LexborNode | None = wrapper
    while node is not None and node.tag not in ("body", "html"):
        if node.tag == "article" or "post_block" in classes_of(node):
            return node
        node = node.parent
    return wrapper


def _quotable(frame: "LexborNode") -> _Quotable:
    text = frame.attributes.get("data-quotedata") or first_attribute(frame, "data-quotedata", "[data-quotedata]")
    try:
        known = json.loads(text) if text else None
    except ValueError:
        return _Quotable()
    if not isinstance(known, dict):
        return _Quotable()
    member = number_in(str(known.get("userid") or ""), r"^([1-9]\d*)$")
    name = known.get("username")
    return _Quotable(
        author=name if isinstance(name, str) else None,
        post_id=number_in(str(known.get("contentcommentid") or ""), r"^(\d+)$"),
        member=member,
        seconds=number_in(str(known.get("timestamp") or ""), r"^(\d+)$"),
    )


def _comment_number(frame: "LexborNode") -> str | None:
    own = frame.attributes.get("data-commentid") or number_in(
        frame.attributes.get("id"), r"(?:elComment_|comment-|post_id_)(\d+)"
    )
    return own or first_attribute(frame, "data-commentid", "[data-commentid]")


def _is_edit_note_or_advertisement(node: "LexborNode") -> bool:
    known = node.attributes
    return "data-excludequote" in known or "data-nbenhadv" in known


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    known = node.attributes
    classes = classes_of(node)
    if node.tag != "blockquote" or not (
        {"ipsQuote", "ipsBlockquote"}.intersection(classes) or "data-ipsquote" in known
    ):
        return None
    header = next((inner for inner in near(node, 2) if "ipsQuote_citation" in classes_of(inner)), None)
    above = header if header is not None else _citation_before(node)
    line = clean_name(above.text()) if above is not None else None
    named = known.get("data-ipsquote-username") or known.get("data-author") or known.get("data-cite")
    author = clean_name(named) or (attributed_name(_without_time(line), names) if line else None)
    return QuoteHead(
        author=author,
        post_id=number_in(known.get("data-ipsquote-contentcommentid") or known.get("data-cid"), r"^(\d+)$"),
        attribution=line or (f"{author} said:" if author else ""),
        header=header,
    )


def _citation_before(node: "LexborNode") -> "LexborNode | None":
    """The paragraph that IP.Board 3 puts above a quotation once its script has run."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before if before is not None and "citation" in classes_of(before) else None


def _without_time(line: str) -> str:
    """ "On 3/5/2019 at 7:01 PM, Ann said:" and "2 hours ago, Ann said:" without what stands before the name."""
    return re.sub(r"^.*?(?:\d.*?|now|ago),\s+(?=\S)", "", line, count=1)
