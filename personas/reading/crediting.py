"""Whose words a marked quotation repeats, where its marks do not say: found in the other posts of the thread."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from personas.thread import Passage, Post

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_ENOUGH = 0.6
"""Share of a quote's shingles that must stand in one post: the rest is edits and cuts."""
_SURE = 0.97
_FAIRLY_SURE = 0.9


class _Source(NamedTuple):
    number: int
    confidence: float


def credit_quotes(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Find who wrote the words of quotes that name no post.

    A quote is credited to a post in whose own words at least 60 % of its runs of five words stand, to an ancestor
    (by `parent_id`) before any other; a shorter quote only to an ancestor that holds it whole. A quote whose marks
    name an author is never credited to another one.

    Returns:
        The posts, such quotes with `quoted_post`, and with `quoted_author` and `inferred` where markup named none.
    """
    index = _OwnWords(posts)
    return tuple(
        post.model_copy(update={"passages": tuple(_credited(part, number, posts, index) for part in post.passages)})
        if any(part.kind == "quote" for part in post.passages)
        else post
        for number, post in enumerate(posts)
    )


class _OwnWords:
    """Where in a thread a run of words stands in somebody's own words."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self._texts: list[str] = []
        self._places: dict[tuple[str, ...], list[int]] = {}
        self._by_author: dict[str, set[int]] = {}
        for number, post in enumerate(posts):
            self._by_author.setdefault(post.author, set()).add(number)
        numbers = {post.id: number for number, post in enumerate(posts)}
        self._parents = [numbers.get(post.parent_id or "") for post in posts]
        # Only runs that some quote has are worth keeping: a long thread has millions.
        wanted = {
            run
            for post in posts
            for part in post.passages
            for quote in _uncredited(part)
            for run in _shingles(words_of(_outer_words(quote)))
        }
        for number, post in enumerate(posts):
            words = words_of(post.own_text)
            self._texts.append(f" {' '.join(words)} ")
            for run in wanted.intersection(_shingles(words)):
                self._places.setdefault(run, []).append(number)

    def posts_by(self, author: str) -> Collection[int]:
        """Numbers of a person's posts."""
        return self._by_author.get(author, ())

    def source(self, words: Sequence[str], quoter: int, authors: Collection[int] | None) -> _Source | None:
        """The post that holds these words, among `authors`' posts where given."""
        ancestors = self._ancestors(quoter)
        runs = list(_shingles(words))
        if not runs:
            text = f" {' '.join(words)} "
            near = (number for number in ancestors if text in self._texts[number])
            found = next((number for number in near if authors is None or number in authors), None)
            return None if found is None or not words else _Source(found, _FAIRLY_SURE)
        votes: Counter[int] = Counter()
        for run in runs:
            votes.update(self._places.get(run, ())[:50])
        rank = {number: place for place, number in enumerate(ancestors)}
        fit = [
            number
            for number, count in votes.items()
            if number != quoter and count >= _ENOUGH * len(runs) and (authors is None or number in authors)
        ]
        if not fit:
            return None
        best = min(fit, key=lambda number: (rank.get(number, len(rank)), -votes[number], number))
        return _Source(best, _SURE if votes[best] == len(runs) else _FAIRLY_SURE)

    def _ancestors(self, number: int) -> list[int]:
        chain: list[int] = []
        parent = self._parents[number]
        while parent is not None and parent != number and parent not in chain and len(chain) < 50:
            chain.append(parent)
            parent = self._parents[parent]
        return chain


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case and without punctuation, for comparing."""
    return _WORD.findall(text.lower())


def _credited(part: Passage, quoter: int, posts: Sequence[Post], index: _OwnWords) -> Passage:
    if part.kind == "own":
        return part
    part = part.model_copy(update={"nested": tuple(_credited(inner, quoter, posts, index) for inner in part.nested)})
    if part.quoted_post is not None:
        return part
    authors = None
    if part.quoted_author is not None:
        authors = index.posts_by(part.quoted_author)
    source = index.source(words_of(_outer_words(part)), quoter, authors)
    if source is None:
        return part
    post = posts[source.number]
    found: dict[str, object] = {"quoted_post": post.id}
    if part.quoted_author is None:
        found |= {"quoted_author": post.author, "inferred": True, "confidence": source.confidence}
    return part.model_copy(update=found)


def _uncredited(part: Passage) -> Iterator[Passage]:
    if part.kind == "quote":
        if part.quoted_post is None:
            yield part
        for inner in part.nested:
            yield from _uncredited(inner)


def _outer_words(part: Passage) -> str:
    text = part.text
    for inner in part.nested:
        text = text.replace(inner.text, "\n", 1)
    return text if text.strip() else part.text


def _shingles(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
