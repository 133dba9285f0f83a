"""Slack: a channel of an export, as one file or a folder of days, or the answer to a history request."""

import html
import re
from collections.abc import Iterator, Mapping

from personas.reading.fields import Record, list_of, record_of, records_of, string_of, text_of, time_of, unique_ids
from personas.reading.quoted_lines import split_markdown_quotes
from personas.thread import Link, Passage, Post, Thread

# A message without a subtype is what somebody typed; these are, too.
_SPOKEN = frozenset({"bot_message", "file_share", "file_comment", "me_message", "thread_broadcast", "reply_broadcast"})
_REFERENCE = re.compile(r"<([^<>\n]{1,2000})>")
_MENTION_LABELS = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}


def looks_slack(value: object) -> bool:
    """Whether the value is a channel: an array of messages with "ts", or an object that holds one."""
    messages = list(records_of(_messages(value)))
    return sum(_is_message(message) for message in messages) * 2 > len(messages) > 0


def looks_slack_users(value: object) -> bool:
    """Whether the value is an export's list of people (users.json)."""
    people = list(records_of(value))
    return bool(people) and all("id" in person and ("profile" in person or "real_name" in person) for person in people)


def read_slack(value: object, digest: str, people: object = None) -> Thread:
    """Read a Slack channel, oldest message first.

    A message of a thread has its first message as `parent_id`. Joins, topic changes and the like are no posts and
    are counted. Where no name is known for an account, its id stands for it.

    Args:
        value: The parsed JSON.
        digest: SHA-256 of the file.
        people: The parsed users.json of the export, where at hand.
    """
    messages = [message for message in records_of(_messages(value)) if _is_message(message)]
    spoken = [message for message in messages if string_of(message, "subtype") in (None, *_SPOKEN)]
    spoken.sort(key=lambda message: _seconds(message))
    names = _names(messages, people)
    ids = unique_ids(string_of(message, "ts") for message in spoken)
    posts = [_post(message, post_id, names) for message, post_id in zip(spoken, ids, strict=True)]
    notes = []
    if len(messages) > len(spoken):
        notes.append(f"{len(messages) - len(spoken):,} notices of the service (joins, topics, pins) are no posts")
    if record_of(value).get("has_more") is True:
        notes.append("the channel has older messages that are not in the file")
    nameless = {post.author for post in posts} - set(names.values())
    if nameless:
        notes.append(f"{len(nameless):,} accounts have no name in the file and are shown by their id")
    channel = record_of(record_of(value).get("channel"))
    return Thread(
        title=string_of(channel, "name") or string_of(record_of(value), "channel_name", "name"),
        format="slack",
        offsets="post",
        posts=tuple(posts),
        digest=digest,
        notes=tuple(notes),
    )


def _messages(value: object) -> list[object]:
    if isinstance(value, dict):
        return list_of(value.get("messages"))
    # A folder of days comes as an array of such values.
    messages: list[object] = []
    for item in list_of(value):
        is_day = isinstance(item, list) or (isinstance(item, dict) and "messages" in item)
        messages.extend(_messages(item) if is_day else [item])
    return messages


def _is_message(message: Record) -> bool:
    has_writer = any(key in message for key in ("user", "bot_id", "username", "comment"))
    return "ts" in message and has_writer and any(key in message for key in ("text", "blocks", "files", "type"))


def _seconds(message: Record) -> float:
    try:
        return float(string_of(message, "ts") or 0)
    except ValueError:
        return 0.0


def _names(messages: list[Record], people: object) -> dict[str, str]:
    names: dict[str, str] = {}
    for person in records_of(people):
        profile = record_of(person.get("profile"))
        name = string_of(profile, "display_name", "real_name") or string_of(person, "real_name", "name")
        if name and (own := string_of(person, "id")):
            names[own] = name
    for message in messages:
        profile = record_of(message.get("user_profile"))
        own = string_of(message, "user")
        name = string_of(profile, "display_name", "real_name", "name")
        if own and name:
            names.setdefault(own, name)
        # A mention may spell the name out: <@U012|ann>.
        for account, label in re.findall(r"<@([A-Z0-9]+)\|([^<>|]{1,80})>", text_of(message, "text")):
            names.setdefault(account, label)
    return names


def _writer(message: Record, names: Mapping[str, str]) -> str | None:
    own = string_of(message, "user") or string_of(record_of(message.get("comment")), "user")
    shown = string_of(message, "username") or string_of(record_of(message.get("bot_profile")), "name")
    return names.get(own, shown or own) if own else shown or string_of(message, "bot_id")


def _post(message: Record, post_id: str, names: Mapping[str, str]) -> Post:
    writer = _writer(message, names)
    thread = string_of(message, "thread_ts")
    return Post(
        id=post_id,
        author=writer or f"Unnamed {post_id}",
        author_named=writer is not None and writer != string_of(message, "user"),
        author_confidence=1.0 if writer else 0.0,
        written_at=time_of(message, "ts"),
        parent_id=thread if thread != post_id else None,
        passages=tuple(_passages(message, names)),
    )


def _passages(message: Record, names: Mapping[str, str]) -> Iterator[Passage]:
    comment = text_of(record_of(message.get("comment")), "comment")
    links: list[Link] = []
    text = _readable(comment or text_of(message, "text"), names, links)
    for part in split_markdown_quotes(text):
        own = tuple(link for link in links if link.text in part.text)
        yield part.model_copy(update={"links": (*part.links, *own)})
    for attachment in records_of(message.get("attachments")):
        # A message that was shared stands with its writer's name among the attachments.
        words = _readable(text_of(attachment, "text"), names, links).strip()
        if words and string_of(attachment, "author_name", "author_id"):
            account = string_of(attachment, "author_id") or ""
            yield Passage(
                kind="quote",
                text=words,
                quoted_author=names.get(account, string_of(attachment, "author_name")),
                quoted_post=string_of(attachment, "ts"),
            )


def _readable(text: str, names: Mapping[str, str], links: list[Link]) -> str:
    """Slack's signs to words: <@U1> a name, <#C1|x> a channel, <https://x|words> a link, &gt; a sign."""

    def reference(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target.startswith("@"):
            return "@" + names.get(target[1:], label or target[1:])
        if target.startswith("#"):
            return "#" + (label or target[1:])
        if target.startswith("!"):
            word = target[1:].partition("^")[0]
            return label or _MENTION_LABELS.get(word, f"@{word}")
        target = html.unescape(target)
        links.append(Link(text=label or target, target=target))
        return label or target

    return html.unescape(_REFERENCE.sub(reference, text))
