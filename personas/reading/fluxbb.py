"""FluxBB and PunBB topic pages."""

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
    r"""id=["']?(?:punviewtopic|punwrap|punindex|punviewforum)\b|class=["']?(?:[\w-]+ )*blockpost\b""", re.IGNORECASE
)


def looks_fluxbb(source: str) -> bool:
    """Whether the page was made by FluxBB or PunBB."""
    return _MARKS.search(source) is not None


def read_fluxbb(source: str, digest: str) -> Thread:
    """Read a FluxBB topic page; post ids are the forum's numbers.

    FluxBB writes who is quoted, never which post; `quoted_post` is None.

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
        software="FluxBB",
        format="fluxbb",
        posts=posts,
        title=_title(tree),
        rules=BodyRules(quote_head=lambda node: _quote_head(node, names), is_chrome=_is_code_label),
    )
    return build_thread(page, digest)


def _title(tree: "LexborHTMLParser") -> str | None:
    crumbs = tree.css("ul.crumbs")
    items = crumbs[0].css("li") if crumbs else []
    crumb = clean_name(items[-1].text()) if items else None
    if crumb:
        return re.sub(r"^[»>\s]+", "", crumb)
    title = page_title(tree)
    # "Topic / Forum / Site": a topic may hold a stroke of its own, so the last two are cut off, not the first kept.
    parts = title.split(" / ") if title else []
    return " / ".join(parts[:-2]) if len(parts) > 2 else title


def _posts(tree: "LexborHTMLParser") -> list[PagePost]:
    posts: list[PagePost] = []
    for element in tree.css("div.blockpost[id^='p']"):
        body = next((node for node in element.css(".postmsg") if "postsignature" not in classes_of(node)), None)
        if body is None:
            continue
        posts.append(
            PagePost(
                id=number_in(element.attributes.get("id"), r"^p(\d+)$"),
                author=first_text(element, ".postleft dt strong", ".postleft dt", ".post-author .author strong"),
                body=body,
                written_at=first_text(element, "h2 a", "h2"),
                member=number_in(first_attribute(element, "href", ".postleft dt a"), r"[?&;]id=(\d+)"),
            )
        )
    return posts


def _is_code_label(node: "LexborNode") -> bool:
    parent = node.parent
    return node.tag in ("h4", "strong", "p") and parent is not None and "codebox" in classes_of(parent)


def _quote_head(node: "LexborNode", names: frozenset[str]) -> QuoteHead | None:
    if "quotebox" not in classes_of(node):
        return None
    header = next((inner for inner in near(node, 2) if inner.tag in ("cite", "h4")), None)
    line = clean_name(header.text()) if header is not None else None
    return QuoteHead(author=attributed_name(line, names) if line else None, attribution=line or "", header=header)
