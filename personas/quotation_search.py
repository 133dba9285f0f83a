"""Looking for what later posts of a discussion repeat from earlier ones: runs of words, names, short sentences."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from language.alignment import EarlierTexts, Words, count_words, split_words
from language.spans import Spans
from personas.quotation_cues import is_link
from personas.quotation_inference import Edges, Line, split_text
from personas.quotation_spans import quotation_span

_MAX_SHORT_WORDS = 5
_MIN_SHORT_CHARS = 10
_MAX_SHORT_CHARS = 60
_MIN_STOCK_LINES = 4
_MAX_STOCK_CHARS = 100
_MAX_TEXTS_SEARCHED = 50
_MAX_WORDS_SEARCHED = 3000
_MAX_CHARS_OF_ONESELF = 600
_CLEAR_EDGE = 0.7
_MAX_NAMINGS_JOINED = 100
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
    name: str | None
    until: int | None = None
    """Where the text says that the quotation ends; None where it has to be found out."""
    nested: bool = False
    """Whether what is quoted begins with the header of a quotation within it."""


@dataclass(slots=True)
class Reading:
    """What is known of one text while the quotations of a discussion are looked for."""

    text: str
    words: Words
    lines: list[Line]
    quotes: list[Quotation] = field(default_factory=list)
    quoted_back: list[tuple[int, int]] = field(default_factory=list)
    """What later texts quote from it."""
    stock: list[tuple[int, int]] = field(default_factory=list)
    """Its first or last line where that is the thread's title or a signature, and what its writer says again."""

    def spans(self) -> Spans:
        """Where its quotations stand."""
        return Spans((quote.start, quote.end) for quote in self.quotes)

    def add(self, quotes: Sequence[Quotation]) -> None:
        """Add quotations that overlap none of those known."""
        self.quotes = sorted([*self.quotes, *quotes], key=lambda quote: quote.start)


def find_repeats(texts: Sequence[str], authors: Sequence[str | None]) -> list[Reading]:
    """Read the texts in order and find in each what it repeats from those before."""
    earlier = EarlierTexts()
    readings = [Reading(text, split_words(text), split_text(text)) for text in texts]
    stock = _stock_lines(readings)
    for number, reading in enumerate(readings):
        reading.stock = [span for span, content in _end_lines(reading) if content in stock]
        if reading.stock:
            reading.words = split_words(_blanked(reading.text, reading.stock))
        quoted = _read_repeats(number, readings, earlier, authors)
        if number + 1 < len(readings):
            earlier.add(reading.words, quoted)
    return readings


def _read_repeats(
    number: int, readings: Sequence[Reading], earlier: EarlierTexts, authors: Sequence[str | None]
) -> list[range]:
    """Find the repeats of one text; returns the words that are quoted, which are not its writer's to be quoted from."""
    reading = readings[number]
    quoted: list[range] = []
    for found in earlier.repeats(reading.words):
        span = quotation_span(reading.text, reading.words, found)
        if span is None or (reading.quotes and span.start < reading.quotes[-1].end):
            continue
        if is_link(reading.text[span.start : span.end]):
            # An address is given again; nobody is quoted with it.
            continue
        by_same = bool(authors) and authors[number] is not None and authors[number] == authors[found.source]
        if by_same and (not span.whole_lines or span.last == len(reading.words)):
            # People repeat themselves without quoting themselves.
            continue
        source = readings[found.source]
        start, end = source.words.starts[found.source_first], source.words.ends[found.source_last - 1]
        source.quoted_back.append((start, end))
        reading.quotes.append(
            Quotation(span.start, span.end, found.source, span.confidence, source_start=start, source_end=end)
        )
        quoted.append(range(span.first, span.last))
    return quoted


def _end_lines(reading: Reading) -> list[tuple[tuple[int, int], str]]:
    """The first and the last line of a text, with their words."""
    ends = reading.lines[:1] + reading.lines[-1:] if len(reading.lines) > 1 else []
    return [((line.start, line.end), reading.text[line.start : line.end].casefold()) for line in ends]


def _stock_lines(readings: Sequence[Reading]) -> set[str]:
    """Lines that many posts begin or end with: the thread's title, signatures. Nobody quotes anybody with them."""
    counts = Counter(content for reading in readings for _, content in set(_end_lines(reading)))
    many = max(_MIN_STOCK_LINES, len(readings) // 10)
    stock = {
        line
        for line, count in counts.items()
        if len(line) <= _MAX_STOCK_CHARS and (count >= many or (count > 1 and line.startswith("re: ")))
    }
    return stock | {line.removeprefix("re: ") for line in stock}


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def quote_marked_lines(readings: Sequence[Reading]) -> None:
    """Make a quotation of every run of lines that begin with ">", whether its source was found or not."""
    for reading in readings:
        runs = _marked_runs(reading)
        if not runs:
            continue
        marked = Spans(runs)
        kept = [quote for quote in reading.quotes if not marked.touches(quote.start, quote.end)]
        inside: list[Quotation] = [quote for quote in reading.quotes if marked.touches(quote.start, quote.end)]
        at = 0
        for start, end in runs:
            while at < len(inside) and inside[at].end <= start:
                at += 1
            hits = []
            while at < len(inside) and inside[at].start < end:
                hits.append(inside[at])
                at += 1
            longest = max(hits, key=lambda quote: quote.end - quote.start, default=None)
            if longest is None:
                kept.append(Quotation(start, end, None, 0.95))
            else:
                kept.append(replace(longest, start=start, end=end, confidence=max(0.97, longest.confidence)))
        reading.quotes = sorted(kept, key=lambda quote: quote.start)


def _marked_runs(reading: Reading) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    joined = False
    for line in reading.lines:
        is_marked = reading.text[line.start] == ">"
        if is_marked and joined and line.gap == "1":
            runs[-1] = (runs[-1][0], line.end)
        elif is_marked:
            runs.append((line.start, line.end))
        joined = is_marked
    return runs


def name_quotes(readings: Sequence[Reading], number: int, named: Sequence[Naming]) -> None:
    """Give the names in a text to the quotations that follow them, and make one where none was found."""
    reading = readings[number]
    starts = [line.start for line in reading.lines]
    added: list[Quotation] = []
    for naming in named:
        if naming.until is not None:
            _quote_exactly(reading, naming, naming.until)
    named = [naming for naming in named if naming.until is None]
    ends = [quote.end for quote in reading.quotes]
    for place, naming in enumerate(named):
        limit = named[place + 1].at if place + 1 < len(named) else len(reading.text)
        at = bisect_left(starts, naming.at)
        if at == len(starts) or starts[at] >= limit:
            continue
        line = reading.lines[at]
        if naming.nested and len(named) <= _MAX_NAMINGS_JOINED:
            _join_nested(reading, naming, line, limit)
            ends = [quote.end for quote in reading.quotes]
            continue
        hit = bisect_left(ends, line.start + 1)
        if hit < len(ends) and reading.quotes[hit].start < line.end:
            quote = reading.quotes[hit]
            reading.quotes[hit] = replace(quote, name=naming.name, confidence=max(quote.confidence, 0.97))
        elif hit < len(ends) and not reading.text[line.end : reading.quotes[hit].start].strip():
            # What stands between the name and words that were found is quoted like them.
            quote = reading.quotes[hit]
            confidence = max(quote.confidence, 0.97)
            reading.quotes[hit] = replace(quote, start=line.start, name=naming.name, confidence=confidence)
        else:
            added.append(_named_line(readings, number, line, naming.name))
    reading.add(added)


def _join_nested(reading: Reading, naming: Naming, first: Line, limit: int) -> None:
    """Make one quotation of what a person quotes, and of what they answered, from the header within it on.

    What they answered is joined where it is found in an earlier post.
    """
    inside = [quote for quote in reading.quotes if first.start <= quote.start < limit]
    lines = iter(reading.lines[bisect_left(reading.lines, first.start, key=lambda line: line.start) :])
    # Headers within come first, and then a line at least.
    end = next((line.end for line in lines if not reading.text[line.start : line.end].endswith(":")), first.end)
    joined: list[Quotation] = []
    for quote in inside:
        if quote.start > end and reading.text[end : quote.start].strip():
            break
        joined.append(quote)
        end = max(end, quote.end)
    last = joined[-1] if joined else Quotation(first.start, end, None, 0.9)
    whole = replace(last, start=first.start, end=end, name=naming.name, confidence=max(0.9, last.confidence))
    reading.quotes = [quote for quote in reading.quotes if quote not in joined]
    reading.add([whole])


def _quote_exactly(reading: Reading, naming: Naming, until: int) -> None:
    """Make one quotation of the words between a name and where the text closes what it quotes."""
    inside = reading.text[naming.at : until]
    start = naming.at + len(inside) - len(inside.lstrip())
    end = naming.at + len(inside.rstrip())
    if start >= end:
        return
    touching = [quote for quote in reading.quotes if quote.start < end and quote.end > start]
    found = max(touching, key=lambda quote: min(quote.end, end) - max(quote.start, start), default=None)
    exact = Quotation(start, end, None, 1.0, naming.name)
    if found is not None and found.source is not None:
        exact = replace(exact, source=found.source, source_start=found.source_start, source_end=found.source_end)
    reading.quotes = [quote for quote in reading.quotes if quote not in touching]
    reading.add([exact])


def _named_line(readings: Sequence[Reading], number: int, line: Line, name: str | None) -> Quotation:
    """The line after a name as a quotation: of an earlier text where it is found, however short it is."""
    wanted = split_words(readings[number].text[line.start : line.end]).words
    for source in range(number - 1, max(-1, number - 1 - _MAX_TEXTS_SEARCHED), -1):
        words = readings[source].words
        searched = 0 < len(wanted) <= _MAX_SHORT_WORDS and len(words) <= _MAX_WORDS_SEARCHED
        for at in range(len(words) - len(wanted) + 1) if searched else ():
            if words.words[at : at + len(wanted)] == wanted:
                start, end = words.starts[at], words.ends[at + len(wanted) - 1]
                return Quotation(line.start, line.end, source, 0.95, name, start, end)
    # The words are not in the file; they go at least to the end of their line.
    return Quotation(line.start, line.end, None, 0.8, name)


def drop_reposts(readings: Sequence[Reading], authors: Sequence[str | None], edges: Edges) -> None:
    """Take away repeats of the writer's own words, unless they are short and set as this discussion sets quotations.

    A person who posts the same article or the same argument twice quotes nobody.
    """
    if not authors:
        return
    for number, reading in enumerate(readings):
        by = authors[number]
        if by is None or all(quote.source is None or authors[quote.source] != by for quote in reading.quotes):
            continue
        answered = [line.end for line in reading.lines[:-1] if edges.ends(line) > _CLEAR_EDGE]
        dropped = [
            quote
            for quote in reading.quotes
            if quote.source is not None
            and authors[quote.source] == by
            and quote.name is None
            and reading.text[quote.start] != ">"
            and (quote.end - quote.start > _MAX_CHARS_OF_ONESELF or quote.end not in answered)
        ]
        reading.quotes = [quote for quote in reading.quotes if quote not in dropped]
        reading.stock = [*reading.stock, *((quote.start, quote.end) for quote in dropped)]


_Sentences = dict[tuple[str, ...], list[tuple[int, int, int]]]


def find_short(readings: Sequence[Reading], authors: Sequence[str | None], edges: Edges) -> None:
    """Find lines of a few words that are a whole sentence of an earlier text and are answered."""
    sentences: _Sentences = {}
    for number, reading in enumerate(readings):
        quoted = reading.spans()
        added = []
        for at in range(len(reading.lines) - 1):
            quote = _short_quote(reading, at, quoted, sentences, edges)
            if quote is None or quote.source is None:
                continue
            if not authors or authors[number] is None or authors[number] != authors[quote.source]:
                added.append(quote)
        reading.add(added)
        if number + 1 == len(readings):
            break
        quoted = reading.spans()
        for match in _SENTENCE.finditer(reading.text):
            is_short = match.end() - match.start() < _MAX_SHORT_CHARS and count_words(match.group()) <= _MAX_SHORT_WORDS
            words = split_words(match.group()).words if is_short else ()
            if 0 < len(words) <= _MAX_SHORT_WORDS and not quoted.touches(match.start(), match.end()):
                sentences.setdefault(words, []).append((number, match.start(), match.end()))


def _short_quote(reading: Reading, at: int, quoted: Spans, sentences: _Sentences, edges: Edges) -> Quotation | None:
    line, following = reading.lines[at], reading.lines[at + 1]
    if line.gap == "1":
        # It is not set apart.
        return None
    content = reading.text[line.start : line.end]
    if not _MIN_SHORT_CHARS <= len(content) < _MAX_SHORT_CHARS or quoted.touches(line.start, line.end):
        return None
    places = sentences.get(split_words(content).words, ())
    # Said once before, and answered.
    if len(places) != 1 or edges.ends(line) < 0 or quoted.touches(following.start, following.end):
        return None
    number, start, end = places[0]
    return Quotation(line.start, line.end, number, 0.7, source_start=start, source_end=end)
