"""Discourse topics as a browser saves them: the data a page brings along, its drawn posts, its view for crawlers."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from language.errors import ThreadError
from personas.reading.attribution import clean_name
from personas.reading.discourse import looks_discourse, read_discourse
from personas.reading.fields import Record, list_of, record_of, records_of, string_of
from personas.reading.forum_page import first_attribute, first_text, number_in, page_title
from personas.reading.markup import classes_of, parse_page
from personas.thread import Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARKS = re.compile(
    r"""<meta[^<>]{1,200}?content=["']?Discourse \d|<meta[^<>]{1,200}?name=["']?discourse_theme_id|"""
    r"""\bid=["']?data-preloaded\b|class=["'][^"'<>]{0,300}?\bcrawler-post\b|"""
    r"""<article[^<>]{1,500}?\bid=["']?post_\d[^<>]{0,500}?\bdata-post-id=""",
    re.IGNORECASE,
)
_TOPIC_ADDRESS = r"/t/(?:[^/?#]+/)?(\d+)"
_NAMES = (".topic-meta-data .names .username a", ".topic-meta-data .names a", ".names .username", ".names")


def looks_discourse_page(source: str) -> bool:
    """Whether the page was made by Discourse."""
    return _MARKS.search(source) is not None


def read_discourse_page(source: str, digest: str) -> Thread:
    """Read a Discourse topic from its web page.

    The page is turned into the topic's JSON and read as that. Each post is taken from the data that the server sent
    with the page, where a post is missing there from what the browser drew, and at last from the view for crawlers.
    Ids are Discourse's own; only the view for crawlers lacks them, there they are the posts' numbers in the topic.

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: The page holds no posts; many are sent empty and filled by a script.
    """
    tree = parse_page(source)
    sent = _sent_topic(tree)
    topic = string_of(sent, "id") or _topic_number(tree)
    posts: dict[str, Record] = {}
    for record in _records(tree, sent, topic):
        posts.setdefault(string_of(record, "post_number") or string_of(record, "id") or f"#{len(posts)}", record)
    if not posts:
        address = f"the topic's address with /t/{topic}.json" if topic else "a topic's address with .json behind it"
        raise ThreadError(
            "no posts on this Discourse page: it is no topic, or its posts were still to be loaded when it was saved; "
            f"open {address} and save that"
        )
    stream = {"posts": list(posts.values()), "stream": list_of(record_of(sent.get("post_stream")).get("stream"))}
    title = string_of(sent, "title") or page_title(tree, "#topic-title h1 .fancy-title", "#topic-title h1 a", "h1 a")
    value = {"post_stream": stream, "title": title, "posts_count": sent.get("posts_count")}
    return read_discourse(value, digest).model_copy(update={"format": "discourse_page"})


def _records(tree: "LexborHTMLParser", sent: Record, topic: str | None) -> Iterator[Record]:
    yield from records_of(record_of(sent.get("post_stream")).get("posts"))
    yield from _drawn_posts(tree, topic)
    yield from _crawler_posts(tree, topic)


def _sent_topic(tree: "LexborHTMLParser") -> Record:
    """The topic's JSON, as the server sends it with the page in an attribute."""
    for node in tree.css("[data-preloaded]"):
        stores = _parsed(node.attributes.get("data-preloaded"))
        for name, text in record_of(stores).items():
            topic = _parsed(text) if name.startswith("topic_") and isinstance(text, str) else None
            if looks_discourse(topic):
                return record_of(topic)
    return {}


def _parsed(text: str | None) -> object:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None  # a damaged copy still has what it shows


def _topic_number(tree: "LexborHTMLParser") -> str | None:
    root = tree.root
    if root is None:
        return None
    shown = first_attribute(root, "data-topic-id", "article[data-topic-id]", "h1[data-topic-id]")
    address = first_attribute(root, "href", "link[rel='canonical']")
    return shown or number_in(address or first_attribute(root, "content", "meta[property='og:url']"), _TOPIC_ADDRESS)


def _drawn_posts(tree: "LexborHTMLParser", topic: str | None) -> Iterator[Record]:
    for article in tree.css("article[id^='post_']"):
        body = next((node for node in article.css(".cooked") if not _is_preview(node, article)), None)
        if body is None:
            continue
        seconds = first_attribute(article, "data-time", ".post-date [data-time]", ".post-info [data-time]")
        yield {
            "id": article.attributes.get("data-post-id"),
            "post_number": number_in(article.attributes.get("id"), r"^post_(\d+)$"),
            "username": first_attribute(article, "data-user-card", ".topic-meta-data [data-user-card]")
            or first_text(article, *_NAMES),
            "created_at": int(seconds) if seconds and seconds.isdecimal() and len(seconds) < 20 else None,
            "topic_id": topic,
            "cooked": body.html or "",
        }


def _is_preview(node: "LexborNode", article: "LexborNode") -> bool:
    # The post that is answered can be unfolded inside the answer.
    parent = node.parent
    while parent is not None and parent.mem_id != article.mem_id:
        if "embedded-posts" in classes_of(parent):
            return True
        parent = parent.parent
    return False


def _crawler_posts(tree: "LexborHTMLParser", topic: str | None) -> Iterator[Record]:
    for element in tree.css(".crawler-post"):
        body = element.css_first(".post")
        number = number_in(element.attributes.get("id"), r"^post_(\d+)$") or first_text(
            element, "[itemprop='position']"
        )
        if body is None:
            continue
        profile = first_attribute(element, "href", ".creator a")
        yield {
            "id": number,
            "post_number": number,
            "username": first_text(element, ".creator [itemprop='name']", ".creator a")
            or clean_name(profile.rstrip("/").rpartition("/")[2] if profile else None),
            "created_at": first_attribute(element, "datetime", ".crawler-post-infos time", "time"),
            "topic_id": topic,
            "cooked": body.html or "",
        }
