"""Discourse: a topic as `/t/<id>.json` gives it, whole or in its pages."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from personas.reading.fields import Record, list_of, number_of, record_of, records_of, string_of, time_of, unique_ids
from personas.reading.markup import BodyRules, QuoteHead, parse_page, read_body
from personas.reading.quoted_lines import split_markdown_quotes
from personas.thread import Passage, Post, Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NOBODY = "\0"
"""Stands for the author of what a writer set off by hand until all of the post is read; no name can be it."""
_CHROME = frozenset({"quote-controls", "badge-notification", "clicks", "lightbox-meta", "footnotes-sep"})


def looks_discourse(value: object) -> bool:
    """Whether the value is a topic, a single post, or an array of either."""
    return next(_streams(value), None) is not None


def read_discourse(value: object, digest: str) -> Thread:
    """Read a Discourse topic.

    Quotes are what the software marks so, with author and post, and what the writer set off as a quotation without
    naming anybody. A post's id is Discourse's own; `quoted_post` is such an id, not the number within the topic.
    Discourse puts at most 20 posts into a topic's JSON: a note says how many the topic has beyond those.

    Args:
        value: The parsed JSON: a topic, a single post, or an array of pages of one topic.
        digest: SHA-256 of the file.
    """
    records: dict[str, Record] = {}
    wanted: dict[str, None] = {}
    title = None
    counted = 0
    for topic in _streams(value):
        stream = record_of(topic.get("post_stream"))
        title = title or string_of(topic, "title", "fancy_title")
        counted = max(counted, number_of(topic, "posts_count") or 0)
        wanted.update(dict.fromkeys(str(number) for number in list_of(stream.get("stream"))))
        for record in records_of(stream.get("posts")):
            records.setdefault(string_of(record, "id") or f"#{len(records) + 1}", record)
    ordered = sorted(records.values(), key=lambda record: number_of(record, "post_number") or 0)
    posts = _Topic(ordered)
    # A stream that names none of the posts was numbered otherwise (archives do that): only its length counts.
    known = sum(number in records for number in wanted)
    missing = len(wanted) - known if known else max(len(wanted), counted) - len(records)
    return Thread(
        title=title,
        format="discourse",
        offsets="post",
        posts=tuple(posts.post(record) for record in ordered),
        digest=digest,
        notes=tuple(_notes(missing, len(records))),
    )


def _notes(missing: int, held: int) -> Iterator[str]:
    if missing > 0:
        yield (
            f"{missing:,} of the topic's {missing + held:,} posts are not in the file; "
            'save its further pages too ("?page=2" and so on) and name all files'
        )


def _streams(value: object) -> Iterator[Record]:
    for topic in records_of(value if isinstance(value, list) else [value]):
        if "cooked" in topic and "username" in topic:
            yield {"post_stream": {"posts": [topic]}, "title": topic.get("topic_title")}  # /posts/<id>.json
            continue
        stream = record_of(topic.get("post_stream"))
        if any("cooked" in record or "raw" in record for record in records_of(stream.get("posts"))):
            yield topic


class _Topic:
    """The posts of one topic by number, to resolve what quotes and answers point at."""

    def __init__(self, records: list[Record]) -> None:
        ids = unique_ids(string_of(record, "id") for record in records)
        self._ids = {id(record): own for record, own in zip(records, ids, strict=True)}
        self._by_number = {
            number: own
            for record, own in zip(records, ids, strict=True)
            if (number := string_of(record, "post_number"))
        }
        self._names = {name.lower(): name for record in records if (name := string_of(record, "username")) is not None}

    def post(self, record: Record) -> Post:
        author = string_of(record, "username", "display_username", "name")
        own_id = self._ids[id(record)]
        return Post(
            id=own_id,
            author=author or f"Unnamed {own_id}",
            author_named=author is not None,
            author_confidence=1.0 if author else 0.0,
            written_at=time_of(record, "created_at"),
            parent_id=self._by_number.get(string_of(record, "reply_to_post_number") or ""),
            passages=self._passages(record),
        )

    def _passages(self, record: Record) -> tuple[Passage, ...]:
        cooked = record.get("cooked")
        if not isinstance(cooked, str):
            raw = record.get("raw")
            return split_markdown_quotes(raw) if isinstance(raw, str) else ()
        body = parse_page(cooked).body
        if body is None:
            return ()
        own_topic = string_of(record, "topic_id")
        for preview in body.css("aside.onebox, div.onebox-result"):
            # Title and summary are the linked page's words; the poster wrote the address.
            preview.replace_with(f" {_address(preview)} ")
        rules = BodyRules(lambda node: self._quote_head(node, own_topic), _CHROME, _is_chrome)
        return tuple(_doubted(part) for part in read_body(body, rules))

    def _quote_head(self, node: "LexborNode", topic: str | None) -> QuoteHead | None:
        if node.tag == "blockquote":
            # Its frame was opened already where Discourse made it; without one, the writer set it off by hand.
            is_framed = node.parent is not None and _is_quote_frame(node.parent)
            return None if is_framed else QuoteHead(author=_NOBODY)
        if node.tag != "aside" or not _is_quote_frame(node):
            return None
        known: Mapping[str, str | None] = node.attributes
        header = next((child for child in node.iter() if "title" in _classes(child)), None)
        author = (known.get("data-username") or "").strip() or _name_in(header)
        elsewhere = topic is not None and known.get("data-topic") not in (None, "", topic)
        return QuoteHead(
            author=self._names.get(author.lower(), author) if author else None,
            post_id=None if elsewhere else self._by_number.get(known.get("data-post") or ""),
            attribution=f"{author}:" if author else "",
            header=header,
        )


def _doubted(part: Passage) -> Passage:
    # Without a frame, a passage set off may be somebody's words from elsewhere, or code, or the writer's own stress.
    nested = tuple(_doubted(inner) for inner in part.nested)
    if part.quoted_author != _NOBODY:
        return part.model_copy(update={"nested": nested})
    return part.model_copy(update={"quoted_author": None, "inferred": True, "confidence": 0.7, "nested": nested})


def _address(preview: "LexborNode") -> str:
    target = preview.attributes.get("data-onebox-src")
    link = preview.css_first("a[href]")
    return target or (link.attributes.get("href") if link is not None else None) or ""


def _classes(node: "LexborNode") -> list[str]:
    return (node.attributes.get("class") or "").split()


def _is_quote_frame(node: "LexborNode") -> bool:
    return node.tag == "aside" and "quote" in _classes(node)


def _name_in(header: "LexborNode | None") -> str | None:
    # Older sites name the person only in the frame's title: picture, "name:", perhaps the topic's name as a link.
    if header is None:
        return None
    own = "".join(child.text_content or "" for child in header.iter(include_text=True) if child.is_text_node)
    name = own.strip() or header.text().strip()
    found = re.match(r"\s*([^:\n]{1,100}):?", name)
    return found.group(1).strip() or None if found else None


def _is_chrome(node: "LexborNode") -> bool:
    classes = _classes(node)
    if node.tag == "div" and "meta" in classes:
        return True  # name and size of a picture
    return "footnote-backref" in classes
