"""Telling a post's own words from words that it quotes, where no markup says so."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from language.alignment import EarlierTexts, Words, split_words
from personas.quotation_inference import (
    Edges,
    Guess,
    Line,
    announced_quotations,
    guess_quotations,
    split_text,
)
from personas.quotation_spans import quotation_span
from personas.thread import Passage, Post

_MAX_SHORT_WORDS = 5
_MIN_SHORT_CHARS = 10
_MIN_STOCK_LINES = 4
_MAX_TEXTS_SEARCHED = 50
_MAX_STOCK_CHARS = 100
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a text that somebody else wrote: `text[start:end]`."""

    start: int
    end: int
    source: int | None
    """Number of the earlier text, None where it is not among them."""
    confidence: float
    name: str | None = None
    """Whom the text itself names as the writer, None where it names nobody."""
    source_start: int | None = None
    source_end: int | None = None
    """What was quoted, as characters of the earlier text; None where that is unknown."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A place in a text from where on somebody named is quoted ("NAME said:")."""

    at: int
    name: str


@dataclass(slots=True)
class _Reading:
    """What is known of one text while the quotations of a discussion are looked for."""

    text: str
    words: Words
    lines: list[Line]
    quotes: list[Quotation] = field(default_factory=list)
    quoted_back: list[tuple[int, int]] = field(default_factory=list)
    """What later texts quote from it."""
    stock: list[tuple[int, int]] = field(default_factory=list)
    """Its first or last line where that is the thread's title or a signature."""

    def spans(self) -> list[tuple[int, int]]:
        return [(quote.start, quote.end) for quote in self.quotes]


def find_quotations(
    texts: Sequence[str],
    authors: Sequence[str | None] = (),
    namings: Sequence[Sequence[Naming]] = (),
    *,
    infer: bool = True,
    opens_thread: bool = False,
) -> list[list[Quotation]]:
    """Quotations in each of the texts of a discussion, given in the order in which they were written.

    Args:
        texts: What each post says, quotes and all.
        authors: Who wrote each, None where unknown; a person's own words are a quotation only where whole lines are
            repeated and answered.
        namings: For each text the places where it names whom it quotes next.
        infer: Whether to look for quotations of unknown source too.
        opens_thread: Whether the first text is known to open the discussion, so that it can quote nobody in it.

    Returns:
        For each text its quotations, first to last, not overlapping; offsets in characters of that text.
    """
    readings = _find_repeats(texts, authors)
    if namings:
        for number, named in enumerate(namings):
            _name_quotes(readings, number, named)
    edges = Edges()
    for reading in readings:
        edges.learn(reading.lines, reading.spans())
    _find_short(readings, authors, edges)
    if infer:
        for number, reading in enumerate(readings):
            _infer(reading, edges, opens_thread=opens_thread and number == 0)
    return [reading.quotes for reading in readings]


def _find_repeats(texts: Sequence[str], authors: Sequence[str | None]) -> list[_Reading]:
    earlier = EarlierTexts()
    readings = [_Reading(text, split_words(text), split_text(text)) for text in texts]
    stock = _stock_lines(readings)
    for number, (text, reading) in enumerate(zip(texts, readings, strict=True)):
        reading.stock = [span for span, content in _end_lines(reading) if content in stock]
        if reading.stock:
            reading.words = split_words(_blanked(text, reading.stock))
        skip: list[range] = []
        for found in earlier.repeats(reading.words):
            span = quotation_span(text, reading.words, found)
            if span is None or (reading.quotes and span.start < reading.quotes[-1].end):
                continue
            own_author = bool(authors) and authors[number] is not None and authors[number] == authors[found.source]
            if own_author and (not span.whole_lines or span.last == len(reading.words)):
                continue
            source = readings[found.source]
            start, end = source.words.starts[found.source_first], source.words.ends[found.source_last - 1]
            source.quoted_back.append((start, end))
            reading.quotes.append(
                Quotation(span.start, span.end, found.source, span.confidence, source_start=start, source_end=end)
            )
            skip.append(range(span.first, span.last))
        earlier.add(reading.words, skip)
    return readings


def _end_lines(reading: _Reading) -> list[tuple[tuple[int, int], str]]:
    """The first and the last line of a text, with their words."""
    ends = reading.lines[:1] + reading.lines[-1:] if len(reading.lines) > 1 else []
    return [((line.start, line.end), reading.text[line.start : line.end].casefold()) for line in ends]


def _stock_lines(readings: Sequence[_Reading]) -> set[str]:
    """Lines that many posts begin or end with: the thread's title, signatures. Nobody quotes anybody with them."""
    counts = Counter(content for reading in readings for _, content in set(_end_lines(reading)))
    many = max(_MIN_STOCK_LINES, len(readings) // 10)
    return {
        line
        for line, count in counts.items()
        if len(line) <= _MAX_STOCK_CHARS and (count >= many or (count > 1 and line.startswith("re: ")))
    }


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _name_quotes(readings: Sequence[_Reading], number: int, named: Sequence[Naming]) -> None:
    """Give the names in a text to the quotations that follow them, and make one where none was found."""
    reading = readings[number]
    for place, naming in enumerate(named):
        limit = named[place + 1].at if place + 1 < len(named) else len(reading.text)
        following = next((line for line in reading.lines if naming.at <= line.start < limit), None)
        if following is None:
            continue
        for at, quote in enumerate(reading.quotes):
            if quote.start < following.end and following.start < quote.end:
                reading.quotes[at] = _replace(quote, name=naming.name, confidence=max(quote.confidence, 0.97))
                break
        else:
            reading.quotes.append(_named_line(readings, number, following, naming.name))
            reading.quotes.sort(key=lambda quote: quote.start)


def _named_line(readings: Sequence[_Reading], number: int, line: Line, name: str) -> Quotation:
    """The line after a name as a quotation: of an earlier text where it is found, however short it is."""
    wanted = split_words(readings[number].text[line.start : line.end]).words
    for source in range(number - 1, max(-1, number - 1 - _MAX_TEXTS_SEARCHED), -1):
        words = readings[source].words
        for at in range(len(words) - len(wanted) + 1) if wanted else ():
            if words.words[at : at + len(wanted)] == wanted:
                start, end = words.starts[at], words.ends[at + len(wanted) - 1]
                return Quotation(line.start, line.end, source, 0.95, name, start, end)
    # The words are not in the file; they go at least to the end of their line.
    return Quotation(line.start, line.end, None, 0.8, name)


def _replace(quote: Quotation, name: str, confidence: float) -> Quotation:
    return Quotation(quote.start, quote.end, quote.source, confidence, name, quote.source_start, quote.source_end)


def _find_short(readings: Sequence[_Reading], authors: Sequence[str | None], edges: Edges) -> None:
    """Find lines of a few words that are a whole sentence of an earlier text and are answered."""
    sentences: dict[tuple[str, ...], list[tuple[int, int, int]]] = {}
    for number, reading in enumerate(readings):
        for at, line in enumerate(reading.lines[:-1]):
            quote = _short_quote(reading, at, line, sentences, edges)
            if quote is None or quote.source is None:
                continue
            if authors and authors[number] is not None and authors[number] == authors[quote.source]:
                continue
            reading.quotes.append(quote)
            reading.quotes.sort(key=lambda found: found.start)
        quoted = reading.spans()
        for match in _SENTENCE.finditer(reading.text):
            words = split_words(match.group()).words if len(match.group()) < 60 else ()
            if 0 < len(words) <= _MAX_SHORT_WORDS and not _inside(match.start(), quoted):
                sentences.setdefault(words, []).append((number, match.start(), match.end()))


def _short_quote(
    reading: _Reading,
    at: int,
    line: Line,
    sentences: dict[tuple[str, ...], list[tuple[int, int, int]]],
    edges: Edges,
) -> Quotation | None:
    content = reading.text[line.start : line.end]
    if not _MIN_SHORT_CHARS <= len(content) < 60 or _inside(line.start, reading.spans()):
        return None
    opens = line.gap != "1"
    places = sentences.get(split_words(content).words, ())
    if len(places) != 1 or not opens or edges.ends(line) < 0 or _inside(reading.lines[at + 1].start, reading.spans()):
        return None
    number, start, end = places[0]
    return Quotation(line.start, line.end, number, 0.7, source_start=start, source_end=end)


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _infer(reading: _Reading, edges: Edges, *, opens_thread: bool) -> None:
    found = announced_quotations(reading.text, reading.lines, reading.spans(), edges)
    reading.quotes = _merged(reading.quotes, found)
    own = [*reading.quoted_back, *reading.stock]
    found = guess_quotations(reading.text, reading.lines, reading.spans(), own, edges, opens_thread=opens_thread)
    reading.quotes = _merged(reading.quotes, found)


def _merged(quotes: Sequence[Quotation], guesses: Sequence[Guess]) -> list[Quotation]:
    added = [Quotation(guess.start, guess.end, None, guess.confidence) for guess in guesses]
    return sorted([*quotes, *added], key=lambda quote: quote.start)


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
