"""Discord: a channel or thread as DiscordChatExporter writes it to JSON."""

from collections.abc import Iterator

from personas.reading.fields import Record, record_of, records_of, string_of, text_of, time_of, unique_ids
from personas.reading.quoted_lines import split_markdown_quotes
from personas.thread import Link, Passage, Post, Thread

_SPOKEN = frozenset({"Default", "Reply", "ThreadStarterMessage", "ApplicationCommand", "0", "19", "20", "21"})


def looks_discord(value: object) -> bool:
    """Whether the value is an export: messages whose author is an object, beside a guild or a channel."""
    export = record_of(value)
    messages = list(records_of(export.get("messages")))
    has_place = isinstance(export.get("channel"), dict) or isinstance(export.get("guild"), dict)
    return has_place and any(isinstance(message.get("author"), dict) for message in messages)


def read_discord(value: object, digest: str) -> Thread:
    """Read a Discord channel.

    An answer's `parent_id` is the message that it refers to. Joins, pins, calls and the like are no posts and are
    counted; so are attachments, whose addresses stay as links where a message has words. A bot's messages are posts.

    Args:
        value: The parsed JSON.
        digest: SHA-256 of the file.
    """
    export = record_of(value)
    messages = list(records_of(export.get("messages")))
    spoken = [message for message in messages if (string_of(message, "type") or "Default") in _SPOKEN]
    names = _names(messages)
    ids = unique_ids(string_of(message, "id") for message in spoken)
    posts = [_post(message, post_id, names) for message, post_id in zip(spoken, ids, strict=True)]
    channel = record_of(export.get("channel"))
    notes = []
    if len(messages) > len(spoken):
        notes.append(f"{len(messages) - len(spoken):,} notices of the service (joins, pins, calls) are no posts")
    if silent := sum(not post.passages for post in posts):
        notes.append(f"{silent:,} messages hold no words, only pictures or files")
    return Thread(
        title=string_of(channel, "topic") or string_of(channel, "name"),
        format="discord",
        offsets="post",
        posts=tuple(posts),
        digest=digest,
        notes=tuple(notes),
    )


def _names(messages: list[Record]) -> dict[str, str]:
    """The name to show for each account: its nickname where no other account has it, else the account's own name."""
    accounts: dict[str, tuple[str, str]] = {}
    for message in messages:
        author = record_of(message.get("author"))
        name = string_of(author, "name", "username")
        shown = string_of(author, "nickname", "global_name", "name", "username")
        if name and shown:
            accounts[string_of(author, "id") or name] = (shown, name)
    shared = [shown for shown, _ in accounts.values()]
    return {key: shown if shared.count(shown) == 1 else f"{shown} ({name})" for key, (shown, name) in accounts.items()}


def _post(message: Record, post_id: str, names: dict[str, str]) -> Post:
    author = record_of(message.get("author"))
    key = string_of(author, "id") or string_of(author, "name", "username") or ""
    name = names.get(key)
    reference = record_of(message.get("reference") or message.get("message_reference"))
    return Post(
        id=post_id,
        author=name or f"Unnamed {post_id}",
        author_named=name is not None,
        author_confidence=1.0 if name else 0.0,
        written_at=time_of(message, "timestamp"),
        parent_id=string_of(reference, "messageId", "message_id"),
        passages=tuple(_passages(message)),
    )


def _passages(message: Record) -> Iterator[Passage]:
    forwarded = record_of(message.get("forwardedMessage"))
    if words := text_of(forwarded, "content").strip():
        # Who wrote a forwarded message is not in the export.
        yield Passage(kind="quote", text=words)
    passages = list(split_markdown_quotes(text_of(message, "content")))
    files = [
        Link(text="attachment", target=target)
        for item in records_of(message.get("attachments"))
        if (target := string_of(item, "url"))
    ]
    if passages and files:
        passages[-1] = passages[-1].model_copy(update={"links": (*passages[-1].links, *files)})
    yield from passages
