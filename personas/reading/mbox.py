"""Mailbox files: mbox, the months of a list archive (pipermail), and single messages."""

import re
from collections.abc import Sequence
from email.message import Message

from personas.reading.crediting import credit_quotes
from personas.reading.fields import unique_ids
from personas.reading.mail_body import attributed, read_mail_body, tidied
from personas.reading.mailbox_parts import (
    Body,
    Sender,
    body_of,
    header_of,
    sender_of,
    sent_at,
    split_mailbox,
    with_digests,
)
from personas.thread import Passage, Post, Thread

_FIRST_HEADERS = re.compile(
    r"\s*(?:From [^\n]*\n)?((?:[A-Za-z][A-Za-z0-9-]{0,40}:[^\n]*\n(?:[ \t][^\n]*\n){0,200}){2,200})"
)
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_REPLY_MARK = re.compile(r"^(?:\s*(?:re|aw|sv|antw|rép|ré|ref|odp|vs|fwd?|wg|tr)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_LIST_TAG = re.compile(r"^\s*(?:\[[^\]]{1,40}\]\s*)+")
_UNSURE = 0.6
_LIKELY = 0.85


def looks_mbox(source: str) -> bool:
    """Whether the text begins with a mail's header: a sender, and a date, a subject or an id."""
    match = _FIRST_HEADERS.match(source[:100_000].replace("\r\n", "\n"))
    if match is None:
        return False
    names = {name.lower() for name in re.findall(r"^([A-Za-z][A-Za-z0-9-]*):", match.group(1), re.MULTILINE)}
    return "from" in names and bool(names & {"date", "subject", "message-id", "received", "in-reply-to"})


def read_mbox(data: bytes, digest: str) -> Thread:
    """Read a mailbox.

    A message's id is its Message-ID. What it answers is the message that its headers name, else, for a subject with
    "Re:", the latest one before it with that subject. A quote is a run of lines that begin with ">"; its author is
    who the line above it names, else whoever wrote its words in an earlier message, else for a further piece of a
    quoted message the author of the piece before. Attachments are left out and counted.

    Args:
        data: The file's bytes, for each part of a mail names its own encoding.
        digest: SHA-256 of the file.
    """
    every = list(with_digests(split_mailbox(data)))
    messages = _distinct(every)
    senders = [sender_of(message) for message in messages]
    ids = _ids(messages)
    parents = _parents(messages, ids)
    names = _known_names(senders)
    posts: list[Post] = []
    notes: list[str] = []
    attachments = 0
    for number, (message, post_id, sender) in enumerate(zip(messages, ids, senders, strict=True), start=1):
        body = body_of(message)
        attachments += body.attachments
        notes.extend(f"message {number:,}: {note}" for note in body.notes)
        posts.append(
            Post(
                id=post_id,
                author=sender.name or f"Unnamed {number}",
                author_named=bool(sender.name),
                author_confidence=1.0 if sender.name else 0.0,
                written_at=sent_at(message),
                parent_id=parents[post_id],
                passages=tuple(_with_known_name(part, names) for part in _passages(body)),
            )
        )
    subjects = [header_of(message, "Subject") for message in messages]
    distinct = {_bare_subject(subject) for subject in subjects}
    if len(distinct) > 1:
        notes.append(f"the mailbox holds {len(distinct):,} subjects; its title is the first one's")
    if len(every) > len(messages):
        notes.append(f"{len(every) - len(messages):,} messages stand more than once or are empty, and were left out")
    if attachments:
        notes.append(f"{attachments:,} attachments were left out")
    return Thread(
        title=next((title for subject in subjects if (title := _REPLY_MARK.sub("", subject).strip())), None),
        format="mbox",
        offsets="post",
        posts=_with_likely_authors(credit_quotes(posts)),
        digest=digest,
        notes=tuple(notes),
    )


def _passages(body: Body) -> tuple[Passage, ...]:
    if not body.is_html:
        return read_mail_body(body.text)
    # Only for mails without plain text: the HTML parser is slow to load.
    from personas.reading.mail_markup import read_mail_markup

    return tidied(attributed(read_mail_markup(body.text)))


def _distinct(messages: list[Message]) -> list[Message]:
    kept: dict[tuple[str, str, str], Message] = {}
    for message in messages:
        own_id = header_of(message, "Message-ID")
        key = (own_id, header_of(message, "Date"), header_of(message, "From")) if own_id else (str(id(message)), "", "")
        kept.setdefault(key, message)
    return [message for message in kept.values() if message.keys() or message.get_payload()]


def _ids(messages: Sequence[Message]) -> list[str]:
    return unique_ids(header_of(message, "Message-ID") or None for message in messages)


def _parents(messages: Sequence[Message], ids: Sequence[str]) -> dict[str, str | None]:
    held = set(ids)
    latest: dict[str, str] = {}
    parents: dict[str, str | None] = {}
    for message, own in zip(messages, ids, strict=True):
        named = _MESSAGE_ID.findall(header_of(message, "In-Reply-To"))
        named += reversed(_MESSAGE_ID.findall(header_of(message, "References")))
        subject = header_of(message, "Subject")
        bare = _bare_subject(subject)
        is_answer = bool(named) or _REPLY_MARK.match(_LIST_TAG.sub("", subject)) is not None
        found = next((name for name in named if name in held and name != own), None)
        parents[own] = found or (latest.get(bare) if is_answer and bare else None)
        latest[bare] = own
    return parents


def _bare_subject(subject: str) -> str:
    before = None
    while before != subject:
        before, subject = subject, _REPLY_MARK.sub("", _LIST_TAG.sub("", subject)).strip()
    return " ".join(subject.lower().split())


def _known_names(senders: Sequence[Sender]) -> dict[str, str]:
    """What an attribution may call a sender, to the sender's name: name or address, as an archive may write it."""
    names: dict[str, str] = {}
    for sender in senders:
        for key in (sender.name, sender.address):
            names.setdefault(_key(key), sender.name)
    return names


def _key(name: str) -> str:
    return re.sub(r"\s+at\s+|@", "@", " ".join(name.lower().replace('"', "").split()))


def _with_known_name(part: Passage, names: dict[str, str]) -> Passage:
    if part.quoted_author is None and not part.nested:
        return part
    author = part.quoted_author
    return part.model_copy(
        update={
            "quoted_author": _known_name(author, names) if author else None,
            "nested": tuple(_with_known_name(inner, names) for inner in part.nested),
        }
    )


def _known_name(author: str, names: dict[str, str]) -> str:
    key = _key(author)
    if key not in names and "?" in key.strip("?"):
        # Archives of the time put "?" for letters that they could not keep.
        pattern = re.compile(re.escape(key).replace(r"\?", ".{1,2}"))
        found = {name for known, name in names.items() if pattern.fullmatch(known)}
        return found.pop() if len(found) == 1 else author
    return names.get(key, author)


def _with_likely_authors(posts: Sequence[Post]) -> tuple[Post, ...]:
    by_id = {post.id: post for post in posts}
    return tuple(_with_likely_author(post, by_id.get(post.parent_id or "")) for post in posts)


def _with_likely_author(post: Post, parent: Post | None) -> Post:
    passages: list[Passage] = []
    before: Passage | None = None
    for part in post.passages:
        if part.kind == "quote":
            if part.quoted_author is None:
                part = _guessed(part, before, parent)
            elif part.quoted_post is None and parent is not None and part.quoted_author == parent.author:
                part = part.model_copy(update={"quoted_post": parent.id})
            before = part
        passages.append(part)
    return post.model_copy(update={"passages": tuple(passages)})


def _guessed(part: Passage, before: Passage | None, parent: Post | None) -> Passage:
    if before is not None and before.quoted_author is not None:
        found = {"quoted_author": before.quoted_author, "quoted_post": before.quoted_post, "confidence": _LIKELY}
    elif parent is not None:
        found = {"quoted_author": parent.author, "quoted_post": parent.id, "confidence": _LIKELY}
    else:
        # Nothing is answered and nobody named: the marks may be a prompt in a listing.
        found = {"confidence": _UNSURE}
    return part.model_copy(update={**found, "inferred": True})
