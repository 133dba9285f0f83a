"""Telling a post's own words from words that it quotes, where no markup says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from language.alignment import EarlierTexts, Repeat, Words, split_words
from personas.thread import Passage, Post

_MIN_QUOTE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a text that somebody wrote earlier: `text[start:end]`."""

    start: int
    end: int
    source: int | None
    """Number of the earlier text, None where it is not among them."""
    confidence: float


def find_quotations(texts: Sequence[str]) -> list[list[Quotation]]:
    """Quotations in each of the texts of a discussion, given in the order in which they were written.

    Returns:
        For each text its quotations, first to last, not overlapping; offsets in characters of that text.
    """
    earlier = EarlierTexts()
    result: list[list[Quotation]] = []
    for text in texts:
        words = split_words(text)
        repeats = [found for found in earlier.repeats(words) if found.same >= _MIN_QUOTE_WORDS]
        result.append([_quotation(text, words, found) for found in repeats])
        earlier.add(words, [range(found.first, found.last) for found in repeats])
    return result


def _quotation(text: str, words: Words, found: Repeat) -> Quotation:
    start, end = words.starts[found.first], words.ends[found.last - 1]
    while end < len(text) and not text[end].isalnum() and not text[end].isspace():
        end += 1
    return Quotation(start, end, found.source, 0.95)


def mark_quotations(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Split the own passages of each post into what it says and what it quotes from earlier posts.

    Passages that are quotes already stay as they are. Offsets of the new passages follow from those of the old ones,
    and are None where those are.
    """
    texts = ["\n\n".join(part.text for part in post.passages if part.kind == "own") for post in posts]
    found = find_quotations(texts)
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
