"""phpBB 3 topic pages: prosilver and the styles built on it, Tapatalk's among them, and subsilver2."""

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
    r"""<body[^<>]{1,2000}?id=["']?phpbb\b|<dl[^<>]{1,2000}?class=["']?postprofile\b|id=["']?post_content\d|class=["']?postauthor\b|"""
    r"""<!--\s*phpBB style name""",
    re.IGNORECASE,
)
_PROFILES = (".postprofile a[href*='viewprofile']", ".author a[href*='viewprofile']")
_POSTED = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d\s+[ap]m")
# By how sure each is: the name's own class, then where names stand in styles that dropped it.
_AUTHORS = (
    *(".author .username", ".author .username-coloured", ".username", ".username-coloured", "[class^='username']"),
    *(".author strong", ".postprofile dt a:not(.avatar)", ".postprofile dt strong", ".postprofile dt"),
)


def looks_phpbb(source: str) -> bool:
    """Whether the page was made by phpBB 3."""
    return _MARKS.search(source) is not None


def read_phpbb(source: str, digest: str) -> Thread:
    """Read a phpBB 3 topic page; post ids are the forum's numbers.

    Quotations made before phpBB 3.2 name their author but not the post; `quoted_post` is None there.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts.
    """
    tree = parse_page(source)
    posts = _posts(tree) or _subsilver_posts(tree)
    names = frozenset(name for post in posts if (name := clean_name(post.author)))
    page = ForumPage(
        software="phpBB",
        format="phpbb",
        posts=posts,
        title=_title(tree),
        rules=BodyRules(
            quote_head=lambda node: _quote_head(node, names),
            chrome_classes=frozenset({"inline-attachment", "quotetitle", "codetitle", "attachtitle"}),
            is_chrome=_is_code_label,
        ),
    )
    return build_thread(page, digest)


def _title(tree: "LexborHTMLParser") -> str | None:
    headings = (".topic-title a", ".topic-title", "#page-body > h2 a", "#pageheader h2 a", "a.titles")
    title = page_title(tree, *headings)
    # phpBB 3.0 without such a heading: "Site • View topic - Title".
    match = re.match(r".*?\bview topic\s+-\s+(.+)$", title, re.IGNORECASE) if title else None
    return match[1] if match else title


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    for element in tree.css(".post[id^='p'], article[id^='p'], [id^='p'] .postbody"):
        post_id = number_in(element.attributes.get("id"), r"^p_?(\d+)$")
        body = element.css_first(".postbody .content") or element.css_first(".content")
        if post_id is None or body is None:
            continue
        author, member = _author(element), number_in(first_attribute(element, "href", *_PROFILES), r"[?&;]u=(\d+)")
        if author is None and posts and _continues(element):
            author, member = posts[-1].author, posts[-1].member
        posts.append(PagePost(id=post_id, author=author, body=body, written_at=_time(element), member=member))
    return posts


def _continues(element: "LexborNode") -> bool:
    # Tapatalk's boards name somebody who posts several times in a row only once.
    classes = classes_of(element)
    return "has-profile" in classes and "has-profile-block" not in classes


def _author(element: "LexborNode") -> str | None:
    hidden = first_attribute(element, "data-poster-name", "[data-poster-name]")
    return hidden or first_text(element, *_AUTHORS)


def _time(element: "LexborNode") -> str | None:
    stamp = first_attribute(element, "datetime", ".author time", "time")
    seconds = first_attribute(element, "data-posttime", "[data-posttime]")
    return stamp or seconds or first_text(element, ".author", ".postdate", ".post-date")


def _subsilver_posts(tree: "LexborHTMLParser") -> list[PagePost]:
    """Posts of the table layout: the author's row, then the words, tied by their order on the page."""
    anchors = [number_in(node.attributes.get("name"), r"^p(\d+)$") for node in tree.css("a[name]")]
    ids = [post_id for post_id in anchors if post_id is not None]
    authors = [clean_name(node.text()) for node in tree.css(".postauthor")]
    bodies = [body for body in tree.css("div.postbody") if "signature" not in classes_of(body)]
    if not len(ids) == len(authors) == len(bodies):
        return []
    stamps = [_POSTED.search(row.text()) for row in tree.css("tr:has(> td .postauthor)")]
    times = [stamp[0] if stamp else None for stamp in stamps] if len(stamps) == len(ids) else [None] * len(ids)
    return [
        PagePost(id=post_id, author=author, body=body, written_at=moment)
        for post_id, author, body, moment in zip(ids, authors, bodies, times, strict=True)
    ]


def _is_code_label(node: "LexborNode") -> bool:
    parent = node.parent
    return node.tag in ("p", "dt") and parent is not None and "codebox" in classes_of(parent)


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    classes = classes_of(node)
    if "quotecontent" in classes:
        return _table_quote_head(node, names)
    if node.tag != "blockquote":
        return None
    header = next((inner for inner in near(node, 4) if inner.tag == "cite"), None)
    if header is None:
        return QuoteHead(post_id=number_in(node.attributes.get("cite"), r"[?&;#]p=?(\d+)"))
    line = _without_date(header)
    source = first_attribute(header, "data-post-id", "[data-post-id]") or number_in(
        node.attributes.get("cite") or first_attribute(header, "href", "a[href*='#p']"), r"[?&;#]p=?(\d+)"
    )
    profile = first_text(header, "a[href*='viewprofile']", "a[class^='username']", "[class^='username']")
    return QuoteHead(author=profile or attributed_name(line, names), post_id=source, attribution=line, header=header)


def _table_quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead:
    title = node.prev
    while title is not None and not title.is_element_node:
        title = title.prev
    if title is None or "quotetitle" not in classes_of(title):
        return QuoteHead()
    line = clean_name(title.text()) or ""
    return QuoteHead(author=attributed_name(line, names), attribution=line)


def _without_date(header: "LexborNode") -> str:
    """The line above a quotation without the time, which phpBB hides on narrow screens."""
    parts: list[str] = []
    child = header.first_child
    while child is not None:
        if "responsive-hide" not in classes_of(child) if child.is_element_node else True:
            parts.append(child.text() if child.is_element_node else child.text_content or "")
        child = child.next
    return clean_name("".join(parts).replace("↑", " ")) or ""
