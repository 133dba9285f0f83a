"""Plain JSON lines: one post a line with `id`, `author`, `text`, `parent_id` and, where known, `created_at`."""

from personas.reading.fields import Record, records_of, string_of, text_of, time_of, unique_ids
from personas.reading.quoted_lines import split_mail_quotes
from personas.thread import Post, Thread

_TEXT_KEYS = ("text", "body", "content", "message")
_AUTHOR_KEYS = ("author", "user", "username", "name", "speaker")
_PARENT_KEYS = ("parent_id", "parent", "reply_to", "in_reply_to")
_TIME_KEYS = ("created_at", "created", "timestamp", "date", "time")


def looks_jsonl(value: object) -> bool:
    """Whether this is an array of posts, each with a text and an id or an author."""
    records = list(records_of(value))
    posts = [record for record in records if _is_post(record)]
    return bool(posts) and len(posts) * 2 > len(records)


def read_jsonl(value: object, digest: str) -> Thread:
    """Read plain JSON lines.

    Args:
        value: The parsed lines as an array; a line without `id` gets its number, one without `author` a label of
            its own.
        digest: SHA-256 of the file.
    """
    records = list(records_of(value))
    posts = []
    unnamed = 0
    ids = unique_ids(string_of(record, "id") for record in records)
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
                passages=split_mail_quotes(text_of(record, *_TEXT_KEYS)),
            )
        )
    title = next((found for record in records if (found := string_of(record, "title", "topic"))), None)
    notes = (f"{unnamed:,} posts name no author and got a label each",) if unnamed else ()
    return Thread(title=title, format="jsonl", offsets="post", posts=tuple(posts), digest=digest, notes=notes)


def _is_post(record: Record) -> bool:
    has_text = any(isinstance(record.get(key), str) for key in _TEXT_KEYS)
    return has_text and ("id" in record or any(key in record for key in _AUTHOR_KEYS))
