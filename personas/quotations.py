"""Telling a post's own words from words that it quotes, where no markup says so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from language.spans import Spans
from personas.quotation_inference import Edges, Guess, guess_quotations
from personas.quotation_outside import announced_quotations, pasted_articles
from personas.quotation_search import (
    Naming,
    Quotation,
    Reading,
    drop_reposts,
    find_repeats,
    find_short,
    name_quotes,
    quote_marked_lines,
)
from personas.thread import Passage, Post

_MAX_CREDIT_CHARS = 90
_MAX_LINES_OF_POST = 2000
_LONGER_WORDS = re.compile(r"[^\W\d_]{5,}")
_FEW_WORDS = 4
_LEAST_TAKEN_UP = 0.1
_CREDIT = re.compile(
    r"(?:\n|\A)\s*(?P<line>(?:quote:?\s*)?originally posted by:? (?P<name>\S[^\n]{0,50})\n\s*)\Z", re.IGNORECASE
)


def find_quotations(
    texts: Sequence[str],
    authors: Sequence[str | None] = (),
    namings: Sequence[Sequence[Naming]] = (),
    *,
    infer: bool = True,
    opens_thread: bool = False,
    answered_only: bool = False,
) -> list[list[Quotation]]:
    """Quotations in each of the texts of a discussion, given in the order in which they were written.

    Args:
        texts: What each post says, quotes and all.
        authors: Who wrote each, None where unknown; a person's own words are a quotation only where whole lines are
            repeated and answered.
        namings: For each text the places where it names whom it quotes next, in order.
        infer: Whether to look for quotations of unknown source too.
        opens_thread: Whether the first text is known to open the discussion, so that it can quote nobody in it.
        answered_only: Whether a quotation of unknown source must share words with what else its post says, beside what
            its layout tells; for texts whose layout was lost.

    Returns:
        For each text its quotations, first to last, not overlapping; offsets in characters of that text.
    """
    readings = find_repeats(texts, authors)
    quote_marked_lines(readings)
    for number, named in enumerate(namings):
        name_quotes(readings, number, named)
    edges = Edges()
    for reading in readings:
        edges.learn(reading.lines, reading.spans())
    drop_reposts(readings, authors, edges)
    find_short(readings, authors, edges)
    if infer:
        _infer_all(readings, edges, skip=1 if opens_thread else 0, answered_only=answered_only)
    return [_with_credits(reading) for reading in readings]


def _with_credits(reading: Reading) -> list[Quotation]:
    """Quotations with the lines over them in which the software says who posted them; nobody says those in a post."""
    found: list[Quotation] = []
    for quote in reading.quotes:
        above = max(found[-1].end if found else 0, quote.start - _MAX_CREDIT_CHARS)
        match = _CREDIT.search(reading.text[above : quote.start])
        if match is not None:
            name = quote.name or (match.group("name").strip() if quote.source is None else None)
            quote = replace(quote, start=above + match.start("line"), name=name)
        found.append(quote)
    return found


def _infer_all(readings: Sequence[Reading], edges: Edges, skip: int, *, answered_only: bool) -> None:
    """Infer twice: what the first round finds tells the second more about how edges are set."""
    found = [reading.quotes for reading in readings]
    for number, reading in enumerate(readings[skip:], start=skip):
        _infer(reading, edges, is_first=number == 0, answered_only=answered_only)
    better = Edges()
    for reading in readings:
        better.learn(reading.lines, reading.spans())
    for reading, quotes in zip(readings, found, strict=True):
        reading.quotes = quotes
    for number, reading in enumerate(readings[skip:], start=skip):
        _infer(reading, better, is_first=number == 0, answered_only=answered_only)


def _infer(reading: Reading, edges: Edges, *, is_first: bool, answered_only: bool) -> None:
    if len(reading.lines) > _MAX_LINES_OF_POST:
        # Nobody types that much; it is a pasted file, and reading it line by line for answers would take minutes.
        return
    reading.add(_unsourced(pasted_articles(reading.text, reading.lines, reading.spans())))
    reading.add(_unsourced(announced_quotations(reading.text, reading.lines, _settled(reading), edges)))
    known, own = _settled(reading), Spans(reading.quoted_back)
    found = guess_quotations(reading.text, reading.lines, known, own, edges, is_first=is_first)
    if answered_only:
        found = [guess for guess in found if _is_answered(guess, reading.text, found, known)]
    reading.add(_unsourced(found))


def _is_answered(guess: Guess, text: str, guesses: Sequence[Guess], known: Spans) -> bool:
    """Whether what else a post says takes up words of what it is guessed to quote: people answer what they quote.

    Without that, two paragraphs may be about two things.
    """
    quoted = _LONGER_WORDS.findall(text[guess.start : guess.end].casefold())
    if len(quoted) < _FEW_WORDS:
        return True
    said = {
        match.group()
        for match in _LONGER_WORDS.finditer(text.casefold())
        if not known.touches(match.start(), match.end())
        and not any(other.start <= match.start() < other.end for other in guesses)
    }
    return sum(word in said for word in quoted) >= _LEAST_TAKEN_UP * len(quoted)


def _settled(reading: Reading) -> Spans:
    """Where nothing is left to infer: quotations, and lines that are nobody else's."""
    return Spans([*((quote.start, quote.end) for quote in reading.quotes), *reading.stock])


def _unsourced(guesses: Sequence[Guess]) -> list[Quotation]:
    return [Quotation(guess.start, guess.end, None, guess.confidence) for guess in guesses]


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
            quoted_author=source.author if source else quote.name if quote is not None else None,
            quoted_post=source.id if source else None,
            inferred=quote is not None,
            confidence=1.0 if quote is None else quote.confidence,
        )
    ]
