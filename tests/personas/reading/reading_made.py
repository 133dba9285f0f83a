"""Short ways to read and to look at what was read, for the tests of the readers."""

import json

from personas.reading import read_thread_text
from personas.thread import Passage, Post, Thread


def read_value(value: object, format: str | None = None) -> Thread:
    """Read a value as a JSON file of it."""
    return read_thread_text(json.dumps(value).encode(), "made.json", format)


def read_text(text: str, format: str | None = None) -> Thread:
    """Read a text as a UTF-8 file of it."""
    return read_thread_text(text.encode(), "made.txt", format)


def quotes_of(post: Post) -> list[Passage]:
    """The outermost quotes of a post."""
    return [part for part in post.passages if part.kind == "quote"]


def outline(thread: Thread) -> list[tuple[str, list[tuple[str, str, str | None]]]]:
    """Each post's author with kind, text and quoted author of its passages."""
    return [
        (post.author, [(part.kind, part.text, part.quoted_author) for part in post.passages]) for post in thread.posts
    ]
