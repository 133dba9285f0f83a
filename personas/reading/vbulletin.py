"""vBulletin thread pages: 3 and 4, and 5 and 6, which have another frame around the same quotations."""

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
    r"""id=["']?(?:post_message_\d|td_post_\d|vbulletin_html)|content=["']?vBulletin|vbulletin[-_]core\.js|"""
    r"""vbulletin_global\.js|class=["']?bbcode_quote\b|\bjs-post__content-text\b""",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:quote|zitat|citation|cita|citaat|cytat|цитата|citat|lainaus|alıntı|idézet)\s*:?\s*$", re.I)
_TIMES = (".posthead .date", ".postdate .date", ".postdate", "td.thead", ".thead .tcell")
_OTHER_BOX = re.compile(r"code|php|html|spoiler", re.IGNORECASE)
_BOXED_LABEL = re.compile(r"^\s*[^\s:]{2,20}(?:\s[^\s:]{1,12})?\s*:\s*$")


def looks_vbulletin(source: str) -> bool:
    """Whether the page was made by vBulletin 3 to 6."""
    return _MARKS.search(source) is not None


def read_vbulletin(source: str, digest: str) -> Thread:
    """Read a vBulletin thread page; post ids are the forum's numbers, quotations may nest.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts.
    """
    tree = parse_page(source)
    posts = _posts(tree) or _node_posts(tree)
    names = frozenset(name for post in posts if (name := clean_name(post.author)))
    page = ForumPage(
        software="vBulletin",
        format="vbulletin",
        posts=posts,
        title=page_title(
            tree, "#pagetitle .threadtitle", "#pagetitle h1", ".threadtitle a", "td.navbar strong", ".js-main-title"
        ),
        rules=BodyRules(quote_head=lambda node: _quote_head(node, names), is_chrome=_is_box_label),
    )
    return build_thread(page, digest)


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    for body in tree.css("[id^='post_message_']"):
        post_id = number_in(body.attributes.get("id"), r"^post_message_(\d+)$")
        frame = _frame(body, post_id) if post_id else None
        if post_id is None or frame is None:
            continue
        posts.append(
            PagePost(
                id=post_id,
                author=_author(frame, post_id),
                body=body,
                written_at=first_text(frame, *_TIMES),
                member=number_in(
                    first_attribute(frame, "href", "a.username", "a.bigusername"), r"(?:[?&;]u=|member\.php[?/]|/)(\d+)"
                ),
            )
        )
    return posts


def _node_posts(tree: "LexborHTMLParser") -> list[PagePost]:
    """Posts of vBulletin 5 and 6, where each is a node with a number."""
    posts: list[PagePost] = []
    seen: set[int] = set()
    for element in tree.css(".js-post, li.b-post"):
        body = element.css_first(".js-post__content-text")
        if body is None or body.mem_id in seen:
            continue
        seen.add(body.mem_id)
        posts.append(
            PagePost(
                id=number_in(element.attributes.get("data-node-id"), r"^(\d+)$")
                or number_in(first_attribute(element, "id", "a.anchor[id^='post']"), r"^post(\d+)$")
                or number_in(first_attribute(element, "href", "a.js-show-post-link"), r"#post(\d+)"),
                author=first_text(element, ".author [itemprop='name']", ".b-userinfo__details .author a", ".author"),
                body=body,
                written_at=first_attribute(element, "datetime", "time[itemprop='dateCreated']", "time"),
                member=number_in(first_attribute(element, "href", ".author a"), r"/member/(\d+)"),
            )
        )
    return posts


def _frame(body: "LexborNode", post_id: str) -> "LexborNode | None":
    """The element around one post: li#post_1 in vBulletin 4, table#post1 in vBulletin 3."""
    node: LexborNode | None = body.parent
    nearest_table: LexborNode | None = None
    while node is not None and node.tag not in ("body", "html"):
        if node.attributes.get("id") in (f"post_{post_id}", f"post{post_id}", f"edit{post_id}"):
            return node
        if nearest_table is None and node.tag == "table":
            nearest_table = node
        node = node.parent
    return nearest_table


def _author(frame: "LexborNode", post_id: str) -> str | None:
    # A guest has no link: the name stands alone in the box that opens a member's menu.
    guest = f"#postmenu_{post_id}"
    return first_text(frame, ".userinfo .username", ".bigusername", ".username_container .username", guest, ".username")


def _is_box_label(node: "LexborNode") -> bool:
    """Whether this is "Code:" or "Quote:" above a box of vBulletin 3, which marks it by its style alone."""
    if not _is_small_print(node):
        return False
    following = _next_element(node)
    return (
        following is not None
        and following.tag in ("table", "pre", "div")
        and _BOXED_LABEL.match(clean_name(node.text()) or "") is not None
    )


def _is_small_print(node: "LexborNode") -> bool:
    if node.tag != "div":
        return False
    children = list(node.iter())
    return "smallfont" in classes_of(node) or (len(children) == 1 and children[0].tag == "label")


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    classes = classes_of(node)
    if "bbcode_quote" in classes:
        header = next((inner for inner in near(node, 3) if "bbcode_postedby" in classes_of(inner)), None)
        return _named_head(header, names)
    if node.tag == "table" or (node.tag == "div" and "alt2" in classes):
        return _old_quote_head(node, names)
    return None


def _old_quote_head(box: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    """The head of a vBulletin 3 quotation: "Quote:" in small print, then a table of one cell, or a box like it."""
    cell = box if box.tag == "div" else next((inner for inner in near(box, 3) if inner.tag == "td"), None)
    if cell is None or not _follows_quote_label(box, is_boxed="alt2" in classes_of(cell)):
        return None
    first = next((inner for inner in near(cell, 1) if inner.tag == "div"), None)
    named = first is not None and first.css_first("strong, b") is not None and _next_element(first) is not None
    return _named_head(first if named else None, names)


def _follows_quote_label(box: "LexborNode", is_boxed: bool) -> bool:
    label = box.prev
    while label is not None and not label.is_element_node:
        label = label.prev
    if label is None or not _is_small_print(label):
        return False
    text = label.text()
    # A box of this kind holds a quotation in every language; the word alone decides where a style changed the box.
    return bool(_LABEL.match(text) or (is_boxed and _BOXED_LABEL.match(text) and not _OTHER_BOX.search(text)))


def _named_head(header: "LexborNode | None", names: frozenset[str]) -> QuoteHead:
    if header is None:
        return QuoteHead()
    line = clean_name(header.text()) or ""
    author = first_text(header, "strong", "b") or attributed_name(line, names)
    return QuoteHead(
        author=author,
        post_id=number_in(first_attribute(header, "href", "a[href*='post']", "a"), r"(?:[?&;]p=|#post|post)(\d+)"),
        attribution=line,
        header=header,
    )


def _next_element(node: "LexborNode") -> "LexborNode | None":
    following = node.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following
