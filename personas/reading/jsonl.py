"""Plain JSON lines: one post a line with `id`, `author`, `text`, `parent_id` and, where known, `created_at`."""

import html
from collections.abc import Iterator

from personas.reading.fields import Record, lines_of, record_of, string_of, text_of, time_of, unique_ids
from personas.reading.stored_bodies import form_of, read_stored_body
from personas.thread import Post, Thread

_TEXT_KEYS = ("text", "body", "content", "message")
_AUTHOR_KEYS = ("author", "user", "username", "name", "speaker")
_PARENT_KEYS = ("parent_id", "parent", "reply_to", "in_reply_to")
_TIME_KEYS = ("created_at", "created", "timestamp", "date", "time")


def looks_jsonl(value: object) -> bool:
    """Whether this is an array of posts, or an object that holds one, each with a text and an id or an author."""
    records = lines_of(value)
    posts = [record for record in records if _is_post(record)]
    return bool(posts) and len(posts) * 2 > len(records)


def read_jsonl(value: object, digest: str) -> Thread:
    """Read plain JSON lines.

    Bodies may be plain text, HTML or BBCode.

    Args:
        value: The parsed lines as an array, or an object with such an array as "posts". A line without `id` gets its
            number, one without `author` a label of its own; a line that stands twice is read once.
        digest: SHA-256 of the file.
    """
    lines = lines_of(value)
    records = _distinct(lines)
    posts = []
    unnamed = 0
    ids = unique_ids(string_of(record, "id") for record in records)
    form = form_of(text_of(record, *_TEXT_KEYS) for record in records)
    for record, post_id in zip(records, ids, strict=True):
        author = string_of(record, *_AUTHOR_KEYS)
        if author is None:
            unnamed += 1
        posts.append(
            Post(
                id=post_id,
                author=author or f"Unnamed {unnamed}",
                author_named=author is not None,
                author_confidence=1.0 if author else 0.0,
                written_at=time_of(record, *_TIME_KEYS),
                parent_id=string_of(record, *_PARENT_KEYS),
                passages=read_stored_body(text_of(record, *_TEXT_KEYS), form, ids),
            )
        )
    titled = [record_of(value), *records]
    title = next((found for record in titled if (found := string_of(record, "title", "topic"))), None)
    return Thread(
        title=html.unescape(title) if title else None,
        format="jsonl",
        offsets="post",
        posts=tuple(posts),
        digest=digest,
        notes=tuple(_notes(unnamed, len(lines) - len(records), sum(not post.passages for post in posts))),
    )


def _notes(unnamed: int, repeated: int, empty: int) -> Iterator[str]:
    if unnamed:
        yield f"{unnamed:,} posts name no author and got a label each"
    if repeated:
        yield f"{repeated:,} lines stand twice and were read once"
    if empty:
        yield f"{empty:,} posts hold no text"


def _distinct(lines: list[Record]) -> list[Record]:
    kept: dict[object, Record] = {}
    for line in lines:
        own = string_of(line, "id")
        # Without an id, two posts of the same words may be two posts.
        key = id(line) if own is None else (own, string_of(line, *_AUTHOR_KEYS), text_of(line, *_TEXT_KEYS))
        kept.setdefault(key, line)
    return list(kept.values())


def _is_post(record: Record) -> bool:
    has_text = any(isinstance(record.get(key), str) for key in _TEXT_KEYS)
    return has_text and ("id" in record or any(key in record for key in _AUTHOR_KEYS))
