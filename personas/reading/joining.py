"""Pages of one thread to one thread: in order, each post once."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from language.errors import ThreadError
from personas.reading.files import natural_order
from personas.thread import Passage, Post, Thread

# Formats of which one file is a day or a month of a place where many things are discussed: titles say nothing.
_RUNNING = frozenset({"mbox", "slack", "discord", "telegram", "irc", "jsonl", "convokit"})
_PAGE_SUFFIX = re.compile(r"[\s|,–—-]*\b(?:page|seite|página|pagina)\s*\d+\b.*$", re.IGNORECASE)


class Page(NamedTuple):
    """One file's thread, on the way to become part of a larger one."""

    name: str
    is_from_folder: bool
    thread: Thread


def join_pages(pages: Sequence[Page]) -> Thread:
    """Join the pages of one thread.

    Args:
        pages: At least one. They are ordered by the time of their first post where every page has one, else those
            from a folder by name and those that the user named as named.

    Returns:
        One thread; where it has several pages, offsets count characters of `Post.text`, and the digest is that of
        the pages' digests in order.

    Raises:
        ThreadError: The pages belong to different threads.
    """
    if len(pages) == 1:
        return pages[0].thread
    check_one_thread(pages)
    ordered = _in_order(pages)
    posts: dict[str, Post] = {}
    repeated = 0
    for page in ordered:
        labels = _free_labels(page.thread.posts, posts.values())
        for post in _with_free_ids(page.thread.posts, posts):
            if post.id in posts:
                repeated += 1
                continue
            posts[post.id] = post.model_copy(update={"author": labels.get(post.author, post.author)})
    notes = [f"{page.name}: {note}" for page in ordered for note in page.thread.notes]
    if repeated:
        notes.append(f"{repeated:,} posts stand on more than one page and were kept once")
    first = ordered[0].thread
    digests = "".join(page.thread.digest for page in ordered)
    return Thread(
        title=next((page.thread.title for page in ordered if page.thread.title), None),
        format=first.format,
        offsets="post",
        posts=tuple(_without_source_offsets(post) for post in posts.values()),
        digest=hashlib.sha256(digests.encode()).hexdigest(),
        notes=tuple(notes),
    )


def check_one_thread(pages: Sequence[Page]) -> None:
    """Refuse pages of different formats or, where a title names a thread, of different titles.

    Raises:
        ThreadError: The pages belong to different threads.
    """
    first = pages[0]
    for page in pages[1:]:
        if page.thread.format != first.thread.format:
            raise ThreadError(
                f"{first.name!r} is of format {first.thread.format!r} and {page.name!r} of "
                f"{page.thread.format!r}; pages of one thread have one format, so read them one at a time"
            )
        titles = {_plain_title(page.thread.title), _plain_title(first.thread.title)}
        if len(titles) > 1 and None not in titles and first.thread.format not in _RUNNING:
            raise ThreadError(
                f"{first.name!r} and {page.name!r} hold different threads, {first.thread.title!r} and "
                f"{page.thread.title!r}; read them one at a time"
            )


def _plain_title(title: str | None) -> str | None:
    if not title:
        return None
    return " ".join(_PAGE_SUFFIX.sub("", title).lower().split()) or None


def _in_order(pages: Sequence[Page]) -> list[Page]:
    times = [_first_time(page.thread) for page in pages]
    if all(times):
        return [page for _, _, page in sorted(zip(times, range(len(pages)), pages, strict=True))]
    if all(page.is_from_folder for page in pages):
        return sorted(pages, key=lambda page: natural_order(page.name))
    return list(pages)


def _first_time(thread: Thread) -> datetime | None:
    # The last post, not the first: some themes repeat the opening post on every page.
    moment = thread.posts[-1].written_at if thread.posts else None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def _with_free_ids(posts: Sequence[Post], taken: dict[str, Post]) -> list[Post]:
    """The page's posts, renamed where an id stands for another post of an earlier page, references included."""
    renamed: dict[str, str] = {}
    for post in posts:
        known = taken.get(post.id)
        if known is not None and not _is_same_post(known, post):
            copy = 2
            while f"{post.id}-{copy}" in taken:
                copy += 1
            renamed[post.id] = f"{post.id}-{copy}"
    return [_renamed(post, renamed) for post in posts] if renamed else list(posts)


def _free_labels(posts: Sequence[Post], earlier: Iterable[Post]) -> dict[str, str]:
    """Other labels for the nameless of a page whose label an earlier page gave to somebody else."""
    taken = {post.author for post in earlier}
    labels: dict[str, str] = {}
    for post in posts:
        if not post.author_named and post.author in taken and post.author not in labels:
            copy = 2
            while f"{post.author} ({copy})" in taken:
                copy += 1
            labels[post.author] = f"{post.author} ({copy})"
    return labels


def _is_same_post(known: Post, post: Post) -> bool:
    if known.author != post.author:
        return False
    is_same_time = known.written_at is not None and known.written_at == post.written_at
    return is_same_time or known.text.split() == post.text.split()


def _renamed(post: Post, names: dict[str, str]) -> Post:
    return post.model_copy(
        update={
            "id": names.get(post.id, post.id),
            "parent_id": names.get(post.parent_id, post.parent_id) if post.parent_id else None,
            "passages": tuple(_requoted(passage, names) for passage in post.passages),
        }
    )


def _requoted(passage: Passage, names: dict[str, str]) -> Passage:
    quoted = passage.quoted_post
    return passage.model_copy(
        update={
            "quoted_post": names.get(quoted, quoted) if quoted else None,
            "nested": tuple(_requoted(inner, names) for inner in passage.nested),
        }
    )


def _without_source_offsets(post: Post) -> Post:
    passages = tuple(passage.model_copy(update={"start": None, "end": None}) for passage in post.passages)
    return post.model_copy(update={"passages": passages})
