"""Telling a post's own words from words that it quotes, where no markup says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from language.alignment import EarlierTexts, split_words
from personas.quotation_spans import quotation_span
from personas.thread import Passage, Post


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a text that somebody wrote earlier: `text[start:end]`."""

    start: int
    end: int
    source: int | None
    """Number of the earlier text, None where it is not among them."""
    confidence: float


def find_quotations(texts: Sequence[str], authors: Sequence[str | None] = ()) -> list[list[Quotation]]:
    """Quotations in each of the texts of a discussion, given in the order in which they were written.

    Args:
        texts: What each post says, quotes and all.
        authors: Who wrote each, None where unknown; a person who repeats himself is taken to quote himself only where
            whole lines are repeated.

    Returns:
        For each text its quotations, first to last, not overlapping; offsets in characters of that text.
    """
    earlier = EarlierTexts()
    result: list[list[Quotation]] = []
    for text in texts:
        words = split_words(text)
        quotes: list[Quotation] = []
        skip: list[range] = []
        for found in earlier.repeats(words):
            span = quotation_span(text, words, found)
            if span is None or (quotes and span.start < quotes[-1].end):
                continue
            quotes.append(Quotation(span.start, span.end, found.source, span.confidence))
            skip.append(range(span.first, span.last))
        result.append(quotes)
        earlier.add(words, skip)
    return result


def mark_quotations(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Split the own passages of each post into what it says and what it quotes from earlier posts.

    Passages that are quotes already stay as they are. Offsets of the new passages follow from those of the old ones,
    and are None where those are.
    """
    texts = ["\n\n".join(part.text for part in post.passages if part.kind == "own") for post in posts]
    found = find_quotations(texts, [post.author for post in posts])
    return tuple(_with_quotes(post, quotes, posts) for post, quotes in zip(posts, found, strict=True))


def _with_quotes(post: Post, quotes: Sequence[Quotation], posts: Sequence[Post]) -> Post:
    if not quotes:
        return post
    passages: list[Passage] = []
    offset = 0
    for part in post.passages:
        if part.kind == "quote":
            passages.append(part)
            continue
        inside = [q for q in quotes if q.start < offset + len(part.text) and q.end > offset]
        passages += _split(part, offset, inside, posts)
        offset += len(part.text) + 2
    return post.model_copy(update={"passages": tuple(passages)})


def _split(part: Passage, offset: int, quotes: Sequence[Quotation], posts: Sequence[Post]) -> list[Passage]:
    pieces: list[Passage] = []
    at = 0
    for quote in quotes:
        start, end = max(0, quote.start - offset), min(len(part.text), quote.end - offset)
        pieces += _piece(part, at, start, None, posts)
        pieces += _piece(part, start, end, quote, posts)
        at = end
    return pieces + _piece(part, at, len(part.text), None, posts)


def _piece(part: Passage, start: int, end: int, quote: Quotation | None, posts: Sequence[Post]) -> list[Passage]:
    text = part.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return []
    base = part.start
    source = posts[quote.source] if quote is not None and quote.source is not None else None
    return [
        Passage(
            kind="own" if quote is None else "quote",
            text=text,
            start=None if base is None else base + start,
            end=None if base is None else base + start + len(text),
            quoted_author=source.author if source else None,
            quoted_post=source.id if source else None,
            inferred=quote is not None,
            confidence=1.0 if quote is None else quote.confidence,
        )
    ]
