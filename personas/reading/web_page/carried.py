"""Posts that a page carries as data for search engines (schema.org in JSON-LD), beside what it shows."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from personas.reading.attribution import clean_name
from personas.reading.fields import Record, list_of, record_of, string_of, text_of
from personas.reading.forum_page import PagePost
from personas.reading.markup import parse_page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_POSTS = frozenset({"DiscussionForumPosting", "SocialMediaPosting", "Question", "Answer", "Comment"})
_ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "VideoObject"})
_INSIDE = ("mainEntity", "mainEntityOfPage", "@graph", "comment", "suggestedAnswer", "acceptedAnswer", "answer")
_MARKUP = re.compile(r"<(?:p|br|div|blockquote|a|strong|em|ul|ol|li)\b", re.IGNORECASE)
_MAX_POSTS = 20_000


@dataclass(frozen=True, slots=True)
class CarriedPost:
    """A post as data: who wrote it, what, when, and in which other one of the list it stands."""

    author: str | None
    text: str
    written_at: str | None
    parent: int | None
    is_article: bool


def carried_posts(tree: "LexborHTMLParser") -> list[CarriedPost]:
    """The posts in a page's data with words, each before those that answer it; empty where it carries none."""
    found: list[CarriedPost] = []
    for node in tree.css("script[type='application/ld+json']"):
        try:
            value = json.loads(node.text())
        except (ValueError, RecursionError):
            continue  # what a page shows does not depend on its data
        stack: list[tuple[object, int | None]] = [(value, None)]
        while stack and len(found) < _MAX_POSTS:
            item, parent = stack.pop()
            stack += [(entry, parent) for entry in reversed(list_of(item))]
            record = record_of(item)
            post = _post(record, parent)
            if post is not None:
                found.append(post)
                parent = len(found) - 1
            stack += [(record[key], parent) for key in reversed(_INSIDE) if key in record]
    return found


def _post(record: Record, parent: int | None) -> CarriedPost | None:
    kinds = {kind for kind in (record.get("@type"), *list_of(record.get("@type"))) if isinstance(kind, str)}
    text = text_of(record, "text", "articleBody", "description")
    if not text.strip() or not kinds & (_POSTS | _ARTICLES):
        return None
    author = record.get("author")
    first = next(iter(list_of(author)), author)
    name = first if isinstance(first, str) else string_of(record_of(first), "name")
    when = string_of(record, "datePublished", "dateCreated", "uploadDate")
    return CarriedPost(clean_name(name), text, when, parent, not kinds & _POSTS)


def as_page_posts(carried: list[CarriedPost]) -> Iterator[PagePost]:
    """Posts from data, as a page shows them."""
    for place, post in enumerate(carried, start=1):
        source = post.text if _MARKUP.search(post.text) else html.escape(post.text).replace("\n", "<br>")
        body = parse_page(f"<div>{source}</div>").body
        if body is not None:
            parent = None if post.parent is None else str(post.parent + 1)
            yield PagePost(id=str(place), author=post.author, body=body, written_at=post.written_at, parent=parent)
