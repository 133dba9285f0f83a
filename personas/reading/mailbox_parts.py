"""A mailbox's bytes to messages, and a message's parts to text."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from personas.reading.decoding import decode_declared

# A line "From " in a body looks the same but for the time, and but for the header after it.
_SEPARATOR = re.compile(
    rb"^From [^\r\n]*?\b\d{1,2}:\d\d(?::\d\d)?\b[^\r\n]*\r?\n(?=(?:>?From |[A-Za-z][A-Za-z0-9-]{1,40}:))", re.MULTILINE
)
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[BbQq]\?[^?]*\?=")
_IN_PARENTHESES = re.compile(r"^(?P<address>[^()]*)\((?P<name>.*)\)\s*$", re.DOTALL)
_BEFORE_ADDRESS = re.compile(r"^(?P<name>.*?)\s*<(?P<address>[^<>]*)>\s*$", re.DOTALL)


class Body(NamedTuple):
    """The words of a message, from its plain text where it has one."""

    text: str
    is_html: bool
    attachments: int
    notes: tuple[str, ...]


class Sender(NamedTuple):
    """Who sent a message."""

    name: str
    address: str


def split_mailbox(data: bytes) -> list[Message]:
    """The messages of a mailbox in file order; data without any separator line is one message."""
    starts = list(_SEPARATOR.finditer(data))
    if not starts:
        return [message_from_bytes(data.lstrip())]
    ends = [match.start() for match in starts[1:]] + [len(data)]
    head = data[: starts[0].start()].strip()
    messages = [message_from_bytes(head)] if head else []
    return messages + [message_from_bytes(data[match.end() : end]) for match, end in zip(starts, ends, strict=True)]


def saved_page(data: bytes) -> bytes | None:
    """The HTML page in a file that a browser saved as MHTML; None where the data is real mail."""
    message = message_from_bytes(data.lstrip())
    if message.get_content_type() not in ("multipart/related", "text/html") or header_of(message, "Message-ID"):
        return None
    for part in message.walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes):
            charset = part.get_content_charset()
            return decode_declared(page, charset).text.encode() if charset else page
    return None


def with_digests(messages: list[Message]) -> Iterator[Message]:
    """The messages, a digest replaced by those in it."""
    for message in messages:
        parts = message.get_payload()
        if message.get_content_type() == "multipart/digest" and isinstance(parts, list):
            inner = [part.get_payload() for part in parts if isinstance(part, Message)]
            yield from (item[0] for item in inner if isinstance(item, list) and isinstance(item[0], Message))
        else:
            yield message


def header_of(message: Message, name: str) -> str:
    """A header's text on one line, encoded words decoded; empty where it is missing."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return " ".join(_decoded_words(_as_text(str(value))).split())
    return ""


def sender_of(message: Message) -> Sender:
    """Name and address of the sender; the address stands for a missing name, both may be empty.

    List archives write "ann at example.org (Ann Lee)" and other hidden addresses: only the name in brackets counts.
    """
    value = header_of(message, "From") or header_of(message, "Sender")
    match = _BEFORE_ADDRESS.match(value) or _IN_PARENTHESES.match(value)
    name, address = (match["name"], match["address"]) if match else ("", value)
    name = re.sub(r"\\(.)", r"\1", name.strip().strip('"').strip()) if name else ""
    return Sender(name.strip("'\" ") or address.strip(), address.strip())


def sent_at(message: Message) -> datetime | None:
    """When the message was sent, in UTC where it names a zone; None where it does not say."""
    value = header_of(message, "Date")
    try:
        moment = parsedate_to_datetime(value) if value else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else moment
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def body_of(message: Message) -> Body:
    """The words of a message: its plain parts, else its HTML parts; attachments are counted."""
    plain: list[str] = []
    markup: list[str] = []
    notes: list[str] = []
    attachments = 0
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        payload = part.get_payload()
        if part.is_multipart() and part.get_content_type() != "message/rfc822" and isinstance(payload, list):
            stack.extend(item for item in reversed(payload) if isinstance(item, Message))
            continue
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
            attachments += 1
            continue
        text, problems = _part_text(part)
        notes.extend(problems)
        (plain if kind == "text/plain" else markup).append(text)
    if any(text.strip() for text in plain) or not markup:
        return Body("\n\n".join(plain), False, attachments, tuple(notes))
    return Body("\n".join(markup), True, attachments, tuple(notes))


def _part_text(part: Message) -> tuple[str, tuple[str, ...]]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", ()
    text, _, notes = decode_declared(data, part.get_content_charset())
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp") or "").lower() == "yes")
    return text, notes


def _unflowed(text: str, deletes_space: bool) -> str:
    """Join the lines that a mail program broke softly, which end in a space (RFC 3676)."""
    lines: list[str] = []
    depth_before = -1
    for line in text.split("\n"):
        line = line.removesuffix("\r")
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        is_soft = bool(lines) and lines[-1].endswith(" ") and lines[-1].lstrip("> ") not in ("-- ", "")
        if is_soft and depth == depth_before and words != "-- ":
            lines[-1] = (lines[-1][:-1] if deletes_space else lines[-1]) + words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
        depth_before = depth
    return "\n".join(lines)


def _as_text(value: str) -> str:
    # Raw bytes in a header arrive as surrogates.
    try:
        return decode_declared(value.encode("utf-8", "surrogateescape"), None).text
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode()


def _decoded_words(value: str) -> str:
    if not _ENCODED_WORD.search(value):
        return value
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(decode_declared(part, charset).text if isinstance(part, bytes) else part for part, charset in parts)
