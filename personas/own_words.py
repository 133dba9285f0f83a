"""The sentences that each poster wrote themselves, with their places and the quoted words that they answer."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from language.sentences import Sentence, split_sentences
from personas.documents import pasted_documents
from personas.terms import words
from personas.thread import Post, Thread

# What may stand before a sentence without being part of it: the marker of a numbered point, a bare link.
_MARKER = re.compile(r"(?:(?:[-*•·>#]+|\(?\d{1,3}[.):]|\(?[a-z]\)|https?://\S+)\s+)+")
_LEAST_COPIED_WORDS = 5
_MOST_ANSWERED_WORDS = 60  # a longer post is answered in part, and nobody can say in which
_LONGEST_QUOTATION = 12  # sentences; further apart two marks are not a pair
# Not the mark of inches.
_STRAIGHT_MARK = re.compile(r'(?<!\d)"')
_VOCATIVE = re.compile(r"@?([^\s,:@][^,:\n]{0,60}?)\s?[,:]\s+")
_LONGEST_SENTENCE = 3000  # characters; a longer run without a full stop is no sentence
_NO_WORD = re.compile(r"\S{250}")  # data, not language
_LETTER = re.compile(r"[^\W\d_]")


class OwnSentence(NamedTuple):
    """A sentence of a poster's own; `start` and `end` count as the thread's evidence offsets do."""

    post_id: str
    author: str
    text: str
    start: int
    end: int
    answers: str | None
    """The quoted words that stand before it in the post; before the first quote the post replied to, if short."""
    answers_author: str | None
    """Who wrote those words, or else the post replied to, where known."""
    follows_quote: bool = False
    opens_passage: bool = False
    """Whether it is the first of an unbroken run of own words: where an answer says what it is about to argue."""
    parent_id: str | None = None
    """The post that its post replies to."""

    def follows(self, other: "OwnSentence") -> bool:
        """Whether nothing but white space or a list marker stands between `other` and this sentence."""
        return other.post_id == self.post_id and 0 <= self.start - other.end <= 6


def own_sentences(thread: Thread) -> Iterator[OwnSentence]:
    """Every sentence of every own passage, in the thread's order.

    Left out are lines without letters, and sentences that somebody else wrote earlier in the same words: a copy whose
    quote marks are lost belongs to whoever wrote it first.
    """
    posts = {post.id: post for post in thread.posts}
    by_name = {name.casefold(): name for name in thread.authors}
    first_writers: dict[str, str] = {}
    for post in thread.posts:
        for sentence in _sentences_of(post, posts.get(post.parent_id or ""), thread.offsets, by_name):
            said = words(sentence.text)
            writer = first_writers.setdefault(" ".join(said), sentence.author)
            if writer == sentence.author or len(said) < _LEAST_COPIED_WORDS:
                yield sentence


def _sentences_of(
    post: Post, parent: Post | None, offsets: Literal["source", "post"], by_name: dict[str, str]
) -> Iterator[OwnSentence]:
    answers, answers_author, follows_quote = None, None, False
    if parent is not None:
        answers_author = parent.author
        answers = parent.own_text if len(words(parent.own_text)) <= _MOST_ANSWERED_WORDS else None
    place = 0
    for passage in post.passages:
        # Post.text joins passages by a blank line, so a passage's place in it is known without searching.
        base = place
        place += len(passage.text) + 2
        if passage.kind == "quote":
            answers, answers_author, follows_quote = passage.text, passage.quoted_author, True
            continue
        if offsets == "source":
            if passage.start is None:
                continue
            base = passage.start
        sentences = split_sentences(passage.text)
        foreign = _within_quotation_marks(sentences) | _within(sentences, pasted_documents(passage.text))
        for place_in_passage, sentence in enumerate(sentences):
            if sentence.start in foreign or len(sentence.text) > _LONGEST_SENTENCE or _NO_WORD.search(sentence.text):
                continue
            skipped = _leading(_MARKER, sentence.text, 0)
            addressed = _VOCATIVE.match(sentence.text, skipped)
            whom = by_name.get(addressed[1].casefold()) if addressed else None
            skipped = addressed.end() if addressed and whom else skipped
            text = sentence.text[skipped:]
            if not _LETTER.search(text) or sentence.text.startswith(">"):
                continue
            start = base + sentence.start + skipped
            yield OwnSentence(
                post.id,
                post.author,
                text,
                start,
                start + len(text),
                answers or None,
                whom or answers_author,
                follows_quote,
                place_in_passage == 0,
                post.parent_id,
            )


def _within_quotation_marks(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Starts of the sentences that lie in a quotation of several sentences: somebody else's words, typed in."""
    foreign: set[int] = set()
    opened: list[int] | None = None
    for sentence in sentences:
        marks = len(_STRAIGHT_MARK.findall(sentence.text)) % 2
        balance = sentence.text.count("“") - sentence.text.count("”")
        if opened is not None:
            opened.append(sentence.start)
            if (marks or balance < 0) and len(opened) <= _LONGEST_QUOTATION:
                foreign.update(opened)
            if marks or balance < 0 or len(opened) > _LONGEST_QUOTATION:
                opened = None
        elif marks or balance > 0:
            opened = [sentence.start]
    return frozenset(foreign)


def _within(sentences: Sequence[Sentence], places: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(one.start for one in sentences if any(start <= one.start < end for start, end in places))


def _leading(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
