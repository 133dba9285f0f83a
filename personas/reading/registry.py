"""One entry to all readers: decode the bytes, find the format by content, read, and join the pages of one thread."""

import hashlib
import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

from language.errors import ThreadError
from personas.reading.archives import decompressed, is_zip, unpacked
from personas.reading.decoding import decode_source
from personas.reading.files import check_size, expand_paths, load_file
from personas.reading.joining import Page, check_one_thread, join_pages
from personas.reading.json_source import looks_json, parse_json
from personas.reading.office import is_office, office_text
from personas.thread import Thread


class _Reader(NamedTuple):
    family: Literal["json", "mail", "html", "text"]
    description: str


# Within a family the order is that of the questions asked: the most telling mark first, the loosest last.
_READERS: dict[str, _Reader] = {
    "discourse": _Reader("json", "Discourse topic JSON (/t/<id>.json)"),
    "reddit": _Reader("json", "Reddit thread JSON (the page's address with .json)"),
    "hackernews": _Reader("json", "Hacker News item JSON (Algolia item, or Firebase items)"),
    "discord": _Reader("json", "Discord channel as DiscordChatExporter JSON"),
    "telegram": _Reader("json", "Telegram chat, exported as result.json"),
    "slack": _Reader("json", "Slack export: a channel's JSON, or its folder of days"),
    "convokit": _Reader("json", "ConvoKit corpus (utterances.jsonl)"),
    "jsonl": _Reader("json", "plain JSON lines: id, author, text, parent_id, created_at"),
    "mbox": _Reader("mail", "mailbox file: mbox, a pipermail month, a single message"),
    "discourse_page": _Reader("html", "Discourse topic page as a browser saves it"),
    "xenforo2": _Reader("html", "XenForo 2 page as a browser saves it"),
    "xenforo1": _Reader("html", "XenForo 1 page"),
    "invision": _Reader("html", "Invision Community page"),
    "vbulletin": _Reader("html", "vBulletin 3 to 6 page"),
    "smf": _Reader("html", "Simple Machines Forum page"),
    "mybb": _Reader("html", "MyBB page"),
    "fluxbb": _Reader("html", "FluxBB page"),
    "phpbb": _Reader("html", "phpBB 3 page"),
    "stackexchange": _Reader("html", "Stack Exchange question page"),
    "document": _Reader("html", "a word processor's document (DOCX, ODT, RTF, or saved as HTML), read as plain text"),
    "web_page": _Reader("html", "any other web page whose posts repeat, each with its writer"),
    "irc": _Reader("text", "IRC log, one line a message"),
    "plain": _Reader("text", "plain text of a forum page, its markup lost"),
}

FORMATS: dict[str, str] = {name: reader.description for name, reader in _READERS.items()}
"""Every format's name, as `--format` takes it, and one line about it."""

# Where people quote without a mark, or with one that the format does not keep.
_UNMARKED_QUOTES = frozenset({"jsonl", "convokit", "hackernews", "slack", "discord", "telegram", "irc"})


class _Source(NamedTuple):
    name: str
    data: bytes
    text: str
    notes: tuple[str, ...]
    is_office: bool = False
    """Whether the text was taken out of a word processor's document."""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_thread(paths: Sequence[Path], format: str | None = None) -> Thread:
    """Read one discussion from a file, from several files, or from a folder of its pages.

    Args:
        paths: Files and folders; of a folder every file directly in it that can be read. Pages are put in order by
            when their posts were written, else as named; a post that stands on two pages is kept once.
        format: A key of `FORMATS` to force; None to choose by content.

    Returns:
        One thread. `notes` says what was left out, repaired or guessed.

    Raises:
        ThreadError: A file is missing, empty, too large, not text or of no known format, or the files hold different
            threads.
    """
    _check_format(format)
    notes: list[str] = []
    sources: list[_Source] = []
    pages: list[Page] = []
    for file in expand_paths(paths):
        try:
            data = load_file(file.path)
            if is_zip(data) and not is_office(data):
                with unpacked(data, file.path.name) as folder:
                    return _alone(read_thread([folder], format), paths)
            source = _source(data, file.path.name)
            pages.append(Page(file.path.name, file.is_from_folder, _read_source(source, format)))
            sources.append(source)
        except ThreadError as error:
            if not file.is_from_folder:
                raise
            notes.append(f"left out: {error}")
    if not pages:
        named = ", ".join(repr(str(path)) for path in paths)
        raise ThreadError(f"no file in {named} can be read as a discussion: {notes[0]}")
    together = _read_together(pages, sources, paths)
    return _finished(together or join_pages(pages), tuple(notes))


def read_thread_text(data: bytes, name: str, format: str | None = None) -> Thread:
    """Read one discussion from the bytes of one file, such as an upload.

    Args:
        data: The file's bytes, at most `MAX_BYTES`.
        name: What to call it in errors; it does not decide the format.
        format: A key of `FORMATS` to force; None to choose by content.

    Raises:
        ThreadError: The bytes are empty, too many, not text, or of no known format.
    """
    _check_format(format)
    check_size(len(data), name)
    if is_zip(data) and not is_office(data):
        with unpacked(data, name) as folder:
            return read_thread([folder], format)
    return _finished(_read_source(_source(data, name), format))


def _alone(thread: Thread, paths: Sequence[Path]) -> Thread:
    if len(paths) > 1:
        raise ThreadError("an archive is a folder of its own; give it alone, or unpack it and give its files")
    return thread


def _read_together(pages: Sequence[Page], sources: Sequence[_Source], paths: Sequence[Path]) -> Thread | None:
    """Pages whose reader must see them all at once, read again; None where joining what was read is enough."""
    formats = {page.thread.format for page in pages}
    people = _slack_people(paths) if formats == {"slack"} else None
    if len(formats) > 1 or (len(pages) == 1 and people is None):
        return None
    digest = pages[0].thread.digest if len(pages) == 1 else _digest_of(pages)
    if formats == {"slack"}:
        thread = import_module("personas.reading.slack").read_slack(_values(sources), digest, people)
    elif formats == {"discourse"}:
        check_one_thread(pages)  # how many posts are missing can only be told over all pages
        thread = _read_as("discourse", _values(sources), digest)
    elif formats == {"plain"}:
        # Made-up labels and lost quotes can only be worked out over all pages together.
        thread = _read_as("plain", "\n".join(source.text for source in sources), digest)
        note = f"offsets count the characters of {len(sources)} files joined by a newline each"
        thread = thread.model_copy(update={"notes": (*thread.notes, note)})
    else:
        return None
    notes = [f"{source.name}: {note}" for source in sources for note in source.notes]
    found: Thread = thread.model_copy(update={"notes": (*notes, *thread.notes)})
    return found


def _values(sources: Sequence[_Source]) -> list[object]:
    return [parse_json(source.text, source.name).value for source in sources]


def _digest_of(pages: Sequence[Page]) -> str:
    return hashlib.sha256("".join(page.thread.digest for page in pages).encode()).hexdigest()


def _slack_people(paths: Sequence[Path]) -> object:
    """The users.json of the export that these files lie in, where there is one; a channel's own files lack names."""
    for path in paths:
        for folder in (path, path.parent, path.parent.parent):
            try:
                value = json.loads((folder / "users.json").read_text(encoding="utf-8"))
            except (OSError, ValueError, RecursionError):
                continue
            if import_module("personas.reading.slack").looks_slack_users(value):
                return value
    return None


def _check_format(format: str | None) -> None:
    if format is not None and format not in FORMATS:
        raise ThreadError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")


def _source(data: bytes, name: str) -> _Source:
    check_size(len(data), name)
    data = decompressed(data, name)
    if not data.strip():
        raise ThreadError(f"{name!r} is empty; save the discussion again")
    if (text := office_text(data, name)) is not None:
        return _Source(name, data, text, (), is_office=True)
    decoded = decode_source(data, name)
    return _Source(name, data, decoded.text, decoded.notes)


def _read_source(source: _Source, format: str | None) -> Thread:
    if source.is_office:
        document: Thread = import_module("personas.reading.document").read_document_text(source.text, source.digest)
        return document
    family = _READERS[format].family if format else _family(source)
    if family == "mail" and format is None and (page := _saved_page(source)) is not None:
        source, family = page, "html"
    notes = source.notes
    if family == "json":
        parsed = parse_json(source.text, source.name)
        thread = _read_value(source, parsed.value, format)
        notes = (*source.notes, *parsed.notes)
    elif family == "mail":
        # Each part of a mail names its own encoding, so the reader gets the bytes.
        thread, notes = _read_as("mbox", source.data, source.digest), ()
    else:
        thread = _read_text(source, family, format)
    return thread.model_copy(update={"notes": (*notes, *thread.notes)})


def _family(source: _Source) -> str:
    if looks_json(source.text):
        return "json"
    if _looks("mbox", source.text):
        return "mail"
    return "html" if _looks_html(source.text) else "text"


def _saved_page(source: _Source) -> _Source | None:
    # Browsers can save a page as one mail-like file, the page and its pictures as its parts.
    data = import_module("personas.reading.mailbox_parts").saved_page(source.data)
    return None if data is None else _source(data, source.name)._replace(data=source.data)


def _looks_html(text: str) -> bool:
    head = text[:20_000].lower()
    return "<html" in head or "<!doctype html" in head or ("<div" in head and "</div>" in text.lower())


def _read_value(source: _Source, value: object, format: str | None) -> Thread:
    for name in (format,) if format else _names("json"):
        if format or _looks(name, value):
            return _read_as(name, value, source.digest)
    raise ThreadError(
        f"{source.name!r} is JSON, but of no discussion format known here; "
        f"known are {', '.join(_names('json'))}, and --format forces one"
    )


def _read_text(source: _Source, family: str, format: str | None) -> Thread:
    for name in (format,) if format else _names(family):
        if format or _looks(name, source.text):
            try:
                return _read_as(name, source.text, source.digest)
            except ThreadError as error:
                if name != "web_page" or format:
                    raise
                raise ThreadError(f"{source.name!r} is a web page of no forum software known here: {error}") from error
    raise ThreadError(f"{source.name!r} is text without posts; --format plain reads it all the same")


def _names(family: str) -> list[str]:
    return [name for name, reader in _READERS.items() if reader.family == family]


def _looks(name: str, source: Any) -> bool:
    return bool(getattr(_module(name), f"looks_{name}")(source))


def _read_as(name: str, source: Any, digest: str) -> Thread:
    thread: Thread = getattr(_module(name), f"read_{name}")(source, digest)
    return thread


def _module(name: str) -> Any:
    # Imported when first asked: a mailbox needs no HTML parser, and `--help` needs none of them.
    return import_module(f"personas.reading.{name}")


def _finished(thread: Thread, notes: tuple[str, ...] = ()) -> Thread:
    if not any(passage.text.strip() for post in thread.posts for passage in post.passages):
        raise ThreadError(f"no post with words was found (read as {thread.format!r}); --format forces another format")
    thread = _with_quotes_credited(thread)
    found = [*notes, *thread.notes]
    if len(thread.posts) == 1:
        found.append("only one post was found")
    elif len(thread.authors) == 1:
        found.append("all posts are by one person")
    return thread.model_copy(update={"notes": tuple(dict.fromkeys(found))})


def _with_quotes_credited(thread: Thread) -> Thread:
    if thread.format in ("plain", "document"):
        return thread
    posts = thread.posts
    if thread.format in _UNMARKED_QUOTES:
        posts = import_module("personas.quotations").mark_quotations(posts)
    if any(part.kind == "quote" and part.quoted_post is None for post in posts for part in post.passages):
        posts = import_module("personas.reading.crediting").credit_quotes(posts)
    return thread.model_copy(update={"posts": posts})
