"""MyBB thread pages: 1.6 and 1.8, in either layout of their posts."""

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
    r"""class=["']?post_body\b[^<>]{0,300}?\bid=["']?pid_\d|\bid=["']?pid_\d+["']?\s[^<>]{0,300}?class=["']?post_body\b|"""
    r"""class=["']?mycode_quote\b""",
    re.IGNORECASE,
)
_AUTHORS = (
    *(".author_information .largetext", ".author_information strong", ".post_author .largetext", ".post_author strong"),
    *(".author_information", ".author .largetext", ".largetext"),
)
_PROFILES = (".author_information a", ".post_author a")


def looks_mybb(source: str) -> bool:
    """Whether the page was made by MyBB."""
    return _MARKS.search(source) is not None


def read_mybb(source: str, digest: str) -> Thread:
    """Read a MyBB thread page; post ids are the forum's numbers, quotations may nest.

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
        software="MyBB",
        format="mybb",
        posts=posts,
        title=page_title(tree, ".navigation .active", names_site=False),
        rules=BodyRules(
            quote_head=lambda node: _quote_head(node, names),
            chrome_classes=frozenset({"edited_post", "post_edit", "post_meta"}),
            is_chrome=_is_code_label,
        ),
    )
    return build_thread(page, digest)


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    for body in tree.css("[id^='pid_']"):
        post_id = number_in(body.attributes.get("id"), r"^pid_(\d+)$")
        frame = _frame(body, post_id) if post_id else None
        if frame is None:
            continue
        posts.append(
            PagePost(
                id=post_id,
                author=first_text(frame, *_AUTHORS),
                body=body,
                written_at=first_text(frame, ".post_date", ".post_content .smalltext"),
                member=number_in(first_attribute(frame, "href", *_PROFILES), r"(?:[?&;]uid=|user-)(\d+)"),
            )
        )
    return posts


def _frame(body: "LexborNode", post_id: str) -> "LexborNode | None":
    node: LexborNode | None = body.parent
    while node is not None and node.tag not in ("body", "html"):
        if node.attributes.get("id") == f"post_{post_id}" or "post" in classes_of(node):
            return node
        node = node.parent
    return None


def _is_code_label(node: "LexborNode") -> bool:
    parent = node.parent
    return "title" in classes_of(node) and parent is not None and "codeblock" in classes_of(parent)


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    if node.tag != "blockquote":
        return None
    header = next((inner for inner in near(node, 1) if inner.tag == "cite"), None)
    if header is None:
        return QuoteHead()
    line = _without_date(header)
    source = first_attribute(header, "href", "a.quick_jump", "a")
    return QuoteHead(
        author=attributed_name(line, names),
        post_id=number_in(source, r"(?:#pid|post-|[?&;]pid=)(\d+)"),
        attribution=line,
        header=header,
    )


def _without_date(header: "LexborNode") -> str:
    """The line above a quotation without the time, which MyBB puts before the name and shows at the right."""
    parts: list[str] = []
    for child in header.iter(include_text=True):
        text = (child.text_content or "") if child.is_text_node else child.text()
        if not (child.tag == "span" and not "".join(parts).strip() and re.match(r"\s*\(.*\d.*\)\s*$", text)):
            parts.append(text)
    return clean_name("".join(parts)) or ""
