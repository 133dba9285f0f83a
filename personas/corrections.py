"""What a person corrects in a thread: a small YAML with the writers, names and quotations that a reader worked out.

    digest: 3f2a...                 the file that the corrections are for
    names:                          people: as read, and as they should be called
      Member A: Member A
    posts:
      '2':
        author: Member A
        quotes:                     every quotation; what is not listed is the post's own
        - words: First words of it … and its last
          author: someone           null where nobody can tell
          post: '1'                 the post quoted, null where it is not in the file

Deleting a quotation makes it the post's own words, adding one takes it out of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from language.alignment import split_words
from language.errors import ThreadError
from personas.corrections_yaml import Entry, parse_entry, quoted
from personas.thread import Passage, Post, Thread

_DOTS = "…"
_FIRST_WORDS = 6
_LAST_WORDS = 4


def correction_values(thread: Thread) -> dict[str, Any]:
    """The same as `annotations`, as values for JSON."""
    posts = {}
    for post in thread.posts:
        quotes = [part for part in post.passages if part.kind == "quote"]
        listed = [
            {"words": words, "author": quote.quoted_author, "post": quote.quoted_post}
            for quote, words in zip(quotes, _summaries(post, quotes), strict=True)
        ]
        posts[post.id] = {"author": post.author, "quotes": listed}
    return {"digest": thread.digest, "names": {name: name for name in _people(thread)}, "posts": posts}


def annotations(thread: Thread) -> str:
    """The YAML in which a person corrects who wrote what in a thread; applied as it is, it changes nothing."""
    lines = [
        "# Change what is wrong and give this file back with --corrections.",
        "# names: what to call people everywhere. author: who wrote a post or the words it quotes, null if unknown.",
        "# quotes: delete one to make it the post's own words; add one by its first words … and its last.",
        f"digest: {thread.digest}",
        "names:",
        *(f"  {quoted(name)}: {quoted(name)}" for name in _people(thread)),
        "posts:",
    ]
    for post in thread.posts:
        lines.append(f"  {quoted(post.id)}:")
        lines.append(f"    author: {quoted(post.author)}{_sure(post.author_named, post.author_confidence)}")
        quotes = [part for part in post.passages if part.kind == "quote"]
        lines.append("    quotes:" if quotes else "    quotes: []")
        for quote, words in zip(quotes, _summaries(post, quotes), strict=True):
            lines.append(f"    - words: {quoted(words)}{_sure(not quote.inferred, quote.confidence)}")
            lines.append(f"      author: {quoted(quote.quoted_author)}")
            lines.append(f"      post: {quoted(quote.quoted_post)}")
    return "\n".join(lines) + "\n"


def apply_corrections(thread: Thread, yaml_text: str) -> Thread:
    """A thread with a person's corrections applied.

    Args:
        thread: As read.
        yaml_text: What `annotations` wrote for it, changed by a person; posts and names may be left out.

    Returns:
        The corrected thread; what a person changed is no longer inferred, and its confidence is 1.0.

    Raises:
        ThreadError: The text is no such YAML, is for another file, or names a post or words that the thread lacks;
            the message gives the line.
    """
    corrections = _read(parse_entry(yaml_text), thread)
    names = corrections.names
    posts = []
    for post in thread.posts:
        change = corrections.posts.get(post.id)
        posts.append(post if change is None else _corrected(post, change))
    rewritten = {
        (before.id, before.author): after.author
        for before, after in zip(thread.posts, posts, strict=True)
        if before.author != after.author
    }
    posts = [_renamed(_requoted_from(post, rewritten), names) for post in posts]
    return thread.model_copy(update={"posts": tuple(posts)})


def _people(thread: Thread) -> list[str]:
    quoted_people = (part.quoted_author for post in thread.posts for part in post.passages)
    return list(dict.fromkeys([*thread.authors, *(name for name in quoted_people if name is not None)]))


def _sure(is_read: bool, confidence: float) -> str:
    return "" if is_read else f"  # inferred, {confidence:.0%} sure"


def _summaries(post: Post, quotes: Sequence[Passage]) -> list[str]:
    """First and last words of each quotation, as many as tell it from everything else in the post."""
    everything = " ".join(" ".join(split_words(part.text).words) for part in post.passages)
    return [_summary(quote.text, everything) for quote in quotes]


def _summary(text: str, everything: str) -> str:
    pieces = text.split()
    for first in range(_FIRST_WORDS, len(pieces) - _LAST_WORDS - 1):
        head = " ".join(pieces[:first])
        words = " ".join(split_words(head).words)
        if words and everything.count(words) == 1:
            return f"{head} {_DOTS} {' '.join(pieces[-_LAST_WORDS:])}"
    return " ".join(pieces)


@dataclass(frozen=True)
class _QuoteChange:
    words: str
    author: str | None
    post: str | None
    line: int


@dataclass(frozen=True)
class _PostChange:
    line: int
    author: str | None
    quotes: tuple[_QuoteChange, ...] | None


@dataclass
class _Corrections:
    names: dict[str, str] = field(default_factory=dict)
    posts: dict[str, _PostChange] = field(default_factory=dict)


def _read(root: Entry, thread: Thread) -> _Corrections:
    root.check_keys({"digest", "names", "posts"})
    digest = root.get("digest")
    if digest is not None and digest.text() != thread.digest:
        raise digest.error("these corrections are for another file; write new ones with --annotate")
    found = _Corrections()
    names = root.get("names")
    for name, entry in names.items() if names is not None else ():
        if name not in _people(thread):
            raise entry.error(f"nobody is called {name!r} in this thread")
        found.names[name] = entry.text()
    ids = {post.id for post in thread.posts}
    posts = root.get("posts")
    for post_id, entry in posts.items() if posts is not None else ():
        if post_id not in ids:
            raise entry.error(f"this thread has no post {post_id!r}")
        found.posts[post_id] = _read_post(entry, ids)
    return found


def _read_post(entry: Entry, ids: set[str]) -> _PostChange:
    entry.check_keys({"author", "quotes"})
    author, quotes = entry.get("author"), entry.get("quotes")
    changes = None
    if quotes is not None:
        changes = tuple(_read_quote(quote, ids) for quote in quotes.elements())
    return _PostChange(entry.line, None if author is None else author.text(), changes)


def _read_quote(entry: Entry, ids: set[str]) -> _QuoteChange:
    entry.check_keys({"words", "author", "post"})
    words, author, post = entry.get("words"), entry.get("author"), entry.get("post")
    if words is None or not split_words(words.text()):
        raise entry.error("a quotation needs its 'words'")
    post_id = None if post is None else post.text_or_none()
    if post is not None and post_id is not None and post_id not in ids:
        raise post.error(f"this thread has no post {post_id!r}")
    return _QuoteChange(words.text(), None if author is None else author.text_or_none(), post_id, entry.line)


def _corrected(post: Post, change: _PostChange) -> Post:
    update: dict[str, object] = {}
    if change.author is not None and change.author != post.author:
        update |= {"author": change.author, "author_named": True, "author_confidence": 1.0}
    if change.quotes is not None:
        update["passages"] = tuple(_with_quotes(post, change.quotes))
    return post.model_copy(update=update)


def _with_quotes(post: Post, changes: Sequence[_QuoteChange]) -> Iterator[Passage]:
    quotes = [part for part in post.passages if part.kind == "quote"]
    summaries = _summaries(post, quotes)
    listed = {change.words: change for change in changes}
    added = [change for change in changes if change.words not in summaries]
    placed: set[str] = set()
    words = iter(summaries)
    for part in post.passages:
        if part.kind == "own":
            yield from _split(part, added, placed)
        elif (change := listed.get(next(words))) is not None:
            yield _requoted(part, change)
        else:
            yield from _split(_own(part), added, placed)
    for change in added:
        if change.words not in placed:
            raise ThreadError(f"line {change.line}: post {post.id!r} does not hold the words {change.words[:60]!r}")


def _requoted(part: Passage, change: _QuoteChange) -> Passage:
    if (part.quoted_author, part.quoted_post) == (change.author, change.post):
        return part
    return part.model_copy(
        update={"quoted_author": change.author, "quoted_post": change.post, "inferred": False, "confidence": 1.0}
    )


def _requoted_from(post: Post, rewritten: dict[tuple[str, str], str]) -> Post:
    """The post with its quotations of posts whose writer was corrected credited to the right one."""

    def corrected(part: Passage) -> Passage:
        author = rewritten.get((part.quoted_post or "", part.quoted_author or ""))
        return part if author is None else part.model_copy(update={"quoted_author": author})

    return post.model_copy(update={"passages": tuple(map(corrected, post.passages))}) if rewritten else post


def _own(part: Passage) -> Passage:
    return Passage(kind="own", text=part.text, start=part.start, end=part.end)


def _split(part: Passage, added: Sequence[_QuoteChange], placed: set[str]) -> Iterator[Passage]:
    """One own passage, the added quotations that it holds taken out."""
    at = 0
    found = [(span, change) for change in added if (span := _find(part.text, change.words)) is not None]
    if not found:
        yield part
        return
    spans = sorted(found, key=lambda item: item[0])
    for (start, end), change in spans:
        if start < at or change.words in placed:
            continue
        placed.add(change.words)
        yield from _piece(part, at, start, None)
        yield from _piece(part, start, end, change)
        at = end
    yield from _piece(part, at, len(part.text), None)


def _piece(part: Passage, start: int, end: int, change: _QuoteChange | None) -> Iterator[Passage]:
    text = part.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return
    if change is None and text == part.text:
        yield part
        return
    place = {} if part.start is None else {"start": part.start + start, "end": part.start + start + len(text)}
    if change is None:
        yield part.model_copy(update={"text": text, **place})
    else:
        whose = {"quoted_author": change.author, "quoted_post": change.post}
        yield part.model_copy(update={"kind": "quote", "text": text, **place, **whose})


def _find(text: str, words: str) -> tuple[int, int] | None:
    """Where a text holds the words, or runs from the first to the last of them where dots stand between."""
    head, dots, tail = words.partition(_DOTS)
    all_words = split_words(text)
    first = _index(all_words.words, split_words(head).words, 0)
    if first is None:
        return None
    last = first + len(split_words(head))
    if dots and split_words(tail):
        end = _index(all_words.words, split_words(tail).words, last)
        if end is None:
            return None
        last = end + len(split_words(tail))
    start, stop = all_words.starts[first], all_words.ends[last - 1]
    while start > 0 and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    while stop < len(text) and not text[stop].isspace() and not text[stop].isalnum():
        stop += 1
    return start, stop


def _index(words: tuple[str, ...], wanted: tuple[str, ...], begin: int) -> int | None:
    if not wanted:
        return None
    places = range(begin, len(words) - len(wanted) + 1)
    return next((at for at in places if words[at : at + len(wanted)] == wanted), None)


def _renamed(post: Post, names: dict[str, str]) -> Post:
    changed = {name: new for name, new in names.items() if name != new}
    if not changed:
        return post
    passages = tuple(
        part
        if part.quoted_author not in changed
        else part.model_copy(update={"quoted_author": changed[part.quoted_author or ""]})
        for part in post.passages
    )
    update: dict[str, object] = {"passages": passages}
    if post.author in changed:
        update |= {"author": changed[post.author], "author_named": True, "author_confidence": 1.0}
    return post.model_copy(update=update)
