"""Hacker News: an item tree of the Algolia API, its search hits, or items of the Firebase API."""

from collections.abc import Iterator

from personas.reading.fields import Record, list_of, record_of, string_of, text_of, time_of, unique_ids
from personas.reading.markup import BodyRules, parse_page, read_body
from personas.reading.quoted_lines import split_mail_quotes
from personas.thread import Link, Passage, Post, Thread

_TYPES = frozenset({"story", "comment", "poll", "pollopt", "job", "ask", "show"})
_NO_MARKUP_QUOTES = BodyRules(lambda _: None)


def looks_hackernews(value: object) -> bool:
    """Whether the value holds items: `{"type", "author" or "by", "text" or "title"}` with children or kids."""
    return any(_is_item(item) for item in _items(value))


def read_hackernews(value: object, digest: str) -> Thread:
    """Read a Hacker News discussion.

    Quotes are paragraphs that begin with ">"; whose they are is found in the comments above. A deleted comment
    without answers is left out and counted.

    Args:
        value: The parsed JSON: an Algolia item with its children, an Algolia search result, or Firebase items as an
            array or as an object by id.
        digest: SHA-256 of the file.
    """
    found = [item for item in _items(value) if _is_item(item)]
    ids = unique_ids(string_of(item, "id", "objectID") for item in found)
    posts = []
    deleted = 0
    for item, post_id in zip(found, ids, strict=True):
        author = string_of(item, "author", "by")
        if author is None:
            deleted += 1
        posts.append(
            Post(
                id=post_id,
                author=author or f"[deleted] {deleted}",
                author_named=author is not None,
                author_confidence=1.0 if author else 0.0,
                written_at=time_of(item, "created_at_i", "time", "created_at"),
                parent_id=string_of(item, "parent_id", "parent"),
                passages=_passages(item),
            )
        )
    notes = [f"{deleted:,} posts were deleted with their names"] if deleted else []
    kids = {str(kid) for item in found for kid in list_of(item.get("kids"))}
    if missing := len(kids.difference(ids)):
        notes.append(f"{missing:,} comments are named as answers but are missing from the file")
    return Thread(
        title=next((title for item in found if (title := string_of(item, "title", "story_title"))), None),
        format="hackernews",
        offsets="post",
        posts=tuple(posts),
        digest=digest,
        notes=tuple(notes),
    )


def _items(value: object) -> Iterator[Record]:
    """All objects that may be items, a comment before its answers; on a stack, for a chain may be long."""
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
            continue
        record = record_of(item)
        if not record:
            continue
        if not any(key in record for key in ("type", "author", "by", "objectID")):
            # Firebase items by id, or the answer to a search.
            inner = record.get("hits") or [entry for key, entry in record.items() if key.isdecimal()]
            stack.append(inner if isinstance(inner, list) else None)
            continue
        yield record
        stack.append(record.get("children"))


def _is_item(item: Record) -> bool:
    if "objectID" in item:
        return any(key in item for key in ("comment_text", "story_text", "story_title", "title"))
    return string_of(item, "type") in _TYPES and (
        "children" in item or "by" in item or "kids" in item or "deleted" in item
    )


def _passages(item: Record) -> tuple[Passage, ...]:
    source = text_of(item, "text", "comment_text", "story_text")
    body = parse_page(source).body if source else None
    passages: list[Passage] = []
    for part in read_body(body, _NO_MARKUP_QUOTES) if body is not None else ():
        links = part.links
        for piece in split_mail_quotes(part.text):
            own = tuple(link for link in links if link.text in piece.text)
            passages.append(piece.model_copy(update={"links": own}))
    address = string_of(item, "url")
    if not passages and address and address.startswith("http"):
        # A story may be a link and nothing else.
        passages.append(Passage(kind="own", text=address, links=(Link(text=address, target=address),)))
    return tuple(passages)
