"""The sentences that each poster wrote themselves, with their places and the quoted words that they answer."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from language.sentences import split_sentences
from personas.thread import Post, Thread

# What may stand before a sentence without being part of it: the marker of a numbered point, a bare link.
_MARKER = re.compile(r"(?:(?:[-*•·>#]+|\(?\d{1,3}[.):]|\(?[a-z]\)|https?://\S+)\s+)+")
_LETTER = re.compile(r"[^\W\d_]")


class OwnSentence(NamedTuple):
    """A sentence of a poster's own; `start` and `end` count as the thread's evidence offsets do."""

    post_id: str
    author: str
    text: str
    start: int
    end: int
    answers: str | None
    """The quoted words that stand before it in the post, None before the first quote."""
    answers_author: str | None
    """Who wrote those words, or else the post answered, where known."""

    def follows(self, other: "OwnSentence") -> bool:
        """Whether nothing but white space or a list marker stands between `other` and this sentence."""
        return other.post_id == self.post_id and 0 <= self.start - other.end <= 6


def own_sentences(thread: Thread) -> Iterator[OwnSentence]:
    """Every sentence of every own passage, in the thread's order; lines without letters are left out."""
    authors = {post.id: post.author for post in thread.posts}
    for post in thread.posts:
        yield from _sentences_of(post, authors, thread.offsets)


def _sentences_of(post: Post, authors: dict[str, str], offsets: Literal["source", "post"]) -> Iterator[OwnSentence]:
    answers: str | None = None
    answers_author = authors.get(post.parent_id or "")
    place = 0
    for passage in post.passages:
        # Post.text joins passages by a blank line, so a passage's place in it is known without searching.
        base = place
        place += len(passage.text) + 2
        if passage.kind == "quote":
            answers, answers_author = passage.text, passage.quoted_author
            continue
        if offsets == "source":
            if passage.start is None:
                continue
            base = passage.start
        for sentence in split_sentences(passage.text):
            marker = _MARKER.match(sentence.text)
            skipped = marker.end() if marker else 0
            text = sentence.text[skipped:]
            if not _LETTER.search(text) or sentence.text.startswith(">"):
                continue
            start = base + sentence.start + skipped
            yield OwnSentence(post.id, post.author, text, start, start + len(text), answers, answers_author)
