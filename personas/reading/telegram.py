"""Telegram: a chat as the desktop program exports it, in result.json."""

from collections.abc import Iterator

from personas.reading.fields import Record, list_of, record_of, records_of, string_of, time_of, unique_ids
from personas.reading.quoted_lines import split_mail_quotes
from personas.thread import Link, Passage, Post, Thread


def looks_telegram(value: object) -> bool:
    """Whether the value is an export: messages with a type, and a writer as "from" or a deed as "actor"."""
    return bool(_chats(value))


def read_telegram(value: object, digest: str) -> Thread:
    """Read a Telegram chat; of an export of several chats the one with most messages, which the notes say.

    An answer's `parent_id` is the message that it refers to. Notices of the service are no posts and are counted; a
    message of a deleted account names nobody.

    Args:
        value: The parsed JSON.
        digest: SHA-256 of the file.
    """
    chats = _chats(value)
    chat = max(chats, key=lambda one: len(list_of(one.get("messages"))), default=record_of(value))
    messages = list(records_of(chat.get("messages")))
    spoken = [message for message in messages if string_of(message, "type") == "message"]
    ids = unique_ids(string_of(message, "id") for message in spoken)
    posts = tuple(_post(message, post_id) for message, post_id in zip(spoken, ids, strict=True))
    notes = []
    if len(chats) > 1:
        notes.append(f"the export holds {len(chats)} chats; {string_of(chat, 'name')!r}, the longest, was read")
    if len(messages) > len(spoken):
        notes.append(f"{len(messages) - len(spoken):,} notices of the service (joins, pins, calls) are no posts")
    if silent := sum(not post.passages for post in posts):
        notes.append(f"{silent:,} messages hold no words, only pictures or files")
    return Thread(
        title=string_of(chat, "name"), format="telegram", offsets="post", posts=posts, digest=digest, notes=tuple(notes)
    )


def _chats(value: object) -> list[Record]:
    export = record_of(value)
    found = [export, *records_of(record_of(export.get("chats")).get("list"))]
    return [chat for chat in found if any(map(_is_message, records_of(chat.get("messages"))))]


def _is_message(message: Record) -> bool:
    return string_of(message, "type") in ("message", "service") and ("from_id" in message or "actor_id" in message)


def _post(message: Record, post_id: str) -> Post:
    name = string_of(message, "from")
    return Post(
        id=post_id,
        # A deleted account keeps its number, so that its messages are still one person's.
        author=name or f"Deleted account {string_of(message, 'from_id') or post_id}",
        author_named=name is not None,
        author_confidence=1.0 if name else 0.0,
        written_at=time_of(message, "date_unixtime", "date"),
        parent_id=string_of(message, "reply_to_message_id"),
        passages=tuple(_passages(message)),
    )


def _passages(message: Record) -> Iterator[Passage]:
    """Runs of own words, and what the writer set as a quotation."""
    own: list[str] = []
    links: list[Link] = []
    for part in _parts(message.get("text")):
        text = part if isinstance(part, str) else str(record_of(part).get("text") or "")
        kind = None if isinstance(part, str) else string_of(record_of(part), "type")
        if kind == "blockquote":
            yield from _own("".join(own), links)
            own, links = [], []
            if text.strip():
                yield Passage(kind="quote", text=text.strip())
            continue
        own.append(text)
        target = string_of(record_of(part), "href") or (text if kind == "link" else None)
        if target and text.strip():
            links.append(Link(text=text.strip(), target=target))
    yield from _own("".join(own), links)


def _parts(text: object) -> list[object]:
    return [text] if isinstance(text, str) else list_of(text)


def _own(text: str, links: list[Link]) -> Iterator[Passage]:
    for piece in split_mail_quotes(text):
        yield piece.model_copy(update={"links": tuple(link for link in links if link.text in piece.text)})
