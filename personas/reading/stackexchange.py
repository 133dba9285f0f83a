"""Question pages of Stack Overflow and its sister sites: question, answers, and the comments below each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from personas.reading.attribution import clean_name
from personas.reading.forum_page import (
    ForumPage,
    PagePost,
    build_thread,
    first_attribute,
    first_text,
    number_in,
    page_title,
)
from personas.reading.markup import BodyRules, QuoteHead, parse_page
from personas.thread import Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKS = re.compile(
    r"""class=["'][^"'<>]{0,200}?\b(?:js-post-body|postcell|answercell)\b|\bdata-questionid=""", re.IGNORECASE
)
_POSTS = "#question, .question[data-questionid], .answer[data-answerid], [id^='answer-']"
_BODIES = (".js-post-body", ".s-prose", ".post-text")
_COMMENTS = ".comment[data-comment-id], .comment[id^='comment-'], [id^='follow-up-'][itemprop='comment']"
_COMMENT_TIMES = (".relativetime-clean", ".comment-date span", "time")
_COMMENT_NAMES = (".comment-user", "[itemprop='author'] [itemprop='name']", ".comment-body a[href*='/users/']")


def looks_stackexchange(source: str) -> bool:
    """Whether the page is a question of a Stack Exchange site."""
    return _MARKS.search(source) is not None


def read_stackexchange(source: str, digest: str) -> Thread:
    """Read a question page; ids are the site's numbers, those of comments with a "c" before them.

    An answer's parent is the question, a comment's the post that it stands under. The writer of a post that others
    edited is whoever wrote it first; one that belongs to the community names nobody.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts.
    """
    tree = parse_page(source)
    page = ForumPage(
        software="Stack Exchange",
        format="stackexchange",
        posts=list(_posts(tree)),
        title=page_title(tree, "#question-header h1", "h1[itemprop='name']"),
        rules=BodyRules(quote_head=_quote_head, chrome_classes=frozenset({"s-notice", "js-post-notice"})),
    )
    return build_thread(page, digest)


def _posts(tree: "LexborHTMLParser") -> Iterator[PagePost]:
    question: str | None = None
    seen: set[int] = set()
    for element in tree.css(_POSTS):
        body = next((found for selector in _BODIES if (found := element.css_first(selector)) is not None), None)
        if body is None or body.mem_id in seen:
            continue
        seen.add(body.mem_id)
        known = element.attributes
        number = known.get("data-answerid") or number_in(known.get("id"), r"^answer-(\d+)$")
        post_id = number or known.get("data-questionid") or "question"
        yield replace(_written(element, body), id=post_id, parent=question if number else None)
        question = question or post_id
        for comment in element.css(_COMMENTS):
            yield from _comment(comment, post_id)


def _written(element: "LexborNode", body: "LexborNode") -> PagePost:
    """Who wrote a post and when: of the boxes below it the last, for the one before says who edited it."""
    boxes = [box for box in element.css(".post-signature") if box.css_first(".user-details") is not None]
    if not boxes:
        return PagePost(id=None, author=first_text(element, "[itemprop='author'] a"), body=body)
    details = boxes[-1].css(".user-details")
    found = (first_text(one, "a[href*='/users/']", "[itemprop='name']", "a") for one in details)
    author = next(filter(None, found), None)
    if author is None and boxes[-1].css_first(".community-wiki") is None:
        # Whoever left the site has no page there to link to.
        author = next(filter(None, (clean_name(one.text(deep=False)) for one in details)), None)
    return PagePost(
        id=None,
        author=author,
        body=body,
        written_at=first_attribute(boxes[-1], "title", ".relativetime")
        or first_text(boxes[-1], ".user-action-time", "time"),
        member=number_in(first_attribute(boxes[-1], "href", ".user-details a[href*='/users/']"), r"/users/(\d+)"),
    )


def _comment(comment: "LexborNode", post_id: str) -> Iterator[PagePost]:
    body = comment.css_first(".comment-copy") or comment.css_first("[itemprop='text']")
    if body is None:
        return
    known = comment.attributes
    number = known.get("data-comment-id") or number_in(known.get("id"), r"^(?:comment|follow-up)-(\d+)$")
    yield PagePost(
        id=f"c{number}" if number else None,
        author=first_text(comment, *_COMMENT_NAMES),
        body=body,
        # "2011-02-12 01:30:35Z, License: CC BY-SA 2.5"
        written_at=number_in(first_attribute(comment, "title", *_COMMENT_TIMES), r"^([^,]+)")
        or first_text(comment, ".comment-date"),
        member=number_in(first_attribute(comment, "href", "a.comment-user"), r"/users/(\d+)"),
        parent=post_id,
    )


def _quote_head(node: "LexborNode") -> QuoteHead | None:
    return QuoteHead() if node.tag == "blockquote" else None
