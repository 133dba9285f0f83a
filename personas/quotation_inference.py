"""Quotations whose source is not in the file, worked out from how a post is set and how it answers itself.

Three kinds are looked for: a paragraph that the next one answers, words announced by a colon and closed by a link or a
name, and paragraphs in quotation marks from end to end. How the edge between a quotation and its answer is set (one
line feed, a blank line) differs between dumps, so it is learned from those quotations of the same discussion whose
source was found; a prior stands in where there are few.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from personas.quotation_cues import answer_score, foreign_score, introduces_quote, is_attribution, is_link, is_wrapped

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_MIN_WORDS = 4
_MIN_WORDS_WRAPPED = 20
_MIN_WORDS_ANNOUNCED = 12
_BIAS = -2.3
_THRESHOLD = 0.5
# Seen before any quotation of the thread at hand: how often each kind of edge follows a quotation, and how often it
# stands between two paragraphs of one writer.
_PRIOR_QUOTE = {"\n": 3.0, "\n\n": 2.0, "\n ": 1.0}
_PRIOR_OWN = {"\n": 3.0, "\n\n": 8.0, "\n ": 4.0}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something to see: `text[start:end]`, and the kind of edge after it."""

    start: int
    end: int
    edge: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A stretch that is likely a quotation: `text[start:end]`."""

    start: int
    end: int
    confidence: float


def split_text(text: str) -> list[Line]:
    """The lines of a text that hold anything visible."""
    spans = []
    for match in _LINE.finditer(text):
        lead = len(match.group()) - len(match.group().lstrip())
        spans.append((match.start() + lead, match.start() + len(match.group().rstrip())))
    lines = []
    for number, (start, end) in enumerate(spans):
        gap = text[end : spans[number + 1][0]] if number + 1 < len(spans) else ""
        lines.append(Line(start, end, _edge(gap)))
    return lines


def _edge(gap: str) -> str:
    gap = gap.lstrip(" \t\r")
    if gap.count("\n") <= 1:
        return "\n"
    # "\n \n" is what some dumps put between paragraphs where "\n\n" shows that something was cut out.
    return "\n\n" if gap.replace("\r", "")[1:2] == "\n" else "\n "


class Edges:
    """How often each kind of edge follows a quotation in this discussion, and how often it does not."""

    def __init__(self) -> None:
        self._after_quote: Counter[str] = Counter(_PRIOR_QUOTE)
        self._after_own: Counter[str] = Counter(_PRIOR_OWN)

    def learn(self, lines: Sequence[Line], quotes: Sequence[tuple[int, int]]) -> None:
        """Count the edges of one post whose quotations with a source are `quotes`, as characters."""
        for line in lines[:-1]:
            if any(abs(line.end - end) <= 2 for _, end in quotes):
                self._after_quote[line.edge] += 1
            elif not any(start <= line.start and line.end < end for start, end in quotes):
                self._after_own[line.edge] += 1

    def score(self, edge: str) -> float:
        """Log likelihood ratio that a quotation ends at such an edge."""
        quote = (self._after_quote[edge] + 0.5) / (sum(self._after_quote.values()) + 1.5)
        own = (self._after_own[edge] + 0.5) / (sum(self._after_own.values()) + 1.5)
        return math.log(quote / own)


def guess_quotations(
    text: str,
    lines: Sequence[Line],
    known: Sequence[tuple[int, int]],
    own: Sequence[tuple[int, int]],
    edges: Edges,
) -> list[Guess]:
    """Quotations of unknown source in one post.

    Args:
        text: The post.
        lines: Its lines, from `split_text`.
        known: Quotations found already, as characters, in order.
        own: What later posts quote from this one, as characters: a post is quoted for its writer's own words, so these
            are no quotations.
        edges: What was learned about the discussion.
    """
    page = _Page(text, lines, [_touches(line, known) for line in lines], [_touches(line, own) for line in lines])
    guesses: list[Guess] = []
    first = 0
    for at in range(len(lines) - 1):
        if page.known[at]:
            first = at + 1
        elif at >= first and (confidence := _confidence_at(page, first, at, edges)) >= _THRESHOLD:
            begin = page.begin(first, at)
            guesses.append(Guess(lines[begin].start, lines[at].end, round(min(confidence, 0.9), 2)))
            first = at + 1
    return guesses


@dataclass(frozen=True, slots=True)
class _Page:
    """One post with what is known of each of its lines."""

    text: str
    lines: Sequence[Line]
    known: Sequence[bool]
    own: Sequence[bool]

    def words(self, at: int) -> str:
        return self.text[self.lines[at].start : self.lines[at].end]

    def begin(self, first: int, at: int) -> int:
        """First line of the quotation that ends with line `at`: a link at its end belongs to the words before it."""
        begin = at
        while begin > first and not _opens_run(self.lines, begin) and is_link(self.words(begin)):
            begin -= 1
        return begin

    def run(self, at: int) -> int:
        """How many lines stand together with line `at` without a blank line between, found ones not counted."""
        first = last = at
        while not _opens_run(self.lines, first) and not self.known[first - 1]:
            first -= 1
        while last + 1 < len(self.lines) and not _opens_run(self.lines, last + 1) and not self.known[last + 1]:
            last += 1
        return sum(not is_link(self.words(line)) for line in range(first, last + 1))


def _opens_run(lines: Sequence[Line], at: int) -> bool:
    return at == 0 or lines[at - 1].edge != "\n"


def _confidence_at(page: _Page, first: int, at: int, edges: Edges) -> float:
    """How likely a quotation ends with line `at` and the next line answers it, 0 to 1."""
    begin = page.begin(first, at)
    if page.known[at + 1] or any(page.own[begin : at + 1]):
        return 0.0
    quote, answer = page.text[page.lines[begin].start : page.lines[at].end], page.words(at + 1)
    if len(quote.split()) < _MIN_WORDS:
        return 0.0
    rest = page.text[: page.lines[begin].start] + page.text[page.lines[at].end :]
    odds = _BIAS + edges.score(page.lines[at].edge)
    odds += answer_score(quote, answer) + foreign_score(quote, answer, rest)
    odds += 0.5 * _opens_run(page.lines, begin) + 0.3 * (begin == 0)
    if page.lines[at].edge == "\n":
        odds += 0.8 if page.run(at) == 2 else -0.7
    odds += 1.5 * page.own[at + 1]
    return 1 / (1 + math.exp(-odds))


def _touches(line: Line, spans: Sequence[tuple[int, int]]) -> bool:
    return any(line.start < end and start < line.end for start, end in spans)


def announced_quotations(text: str, lines: Sequence[Line], known: Sequence[tuple[int, int]]) -> list[Guess]:
    """Words from outside the discussion: announced by a colon, or in quotation marks, as whole lines."""
    guesses: list[Guess] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        content = text[line.start : line.end]
        if _touches(line, known):
            at += 1
            continue
        if is_wrapped(content) and len(content.split()) >= _MIN_WORDS_WRAPPED:
            guesses.append(Guess(line.start, line.end, 0.7))
        elif at and introduces_quote(text[lines[at - 1].start : lines[at - 1].end]):
            last = _closing(text, lines, at, known)
            if last is not None and len(text[line.start : lines[last].end].split()) >= _MIN_WORDS_ANNOUNCED:
                guesses.append(Guess(line.start, lines[last].end, 0.6))
                at = last
        at += 1
    return guesses


def _closing(text: str, lines: Sequence[Line], at: int, known: Sequence[tuple[int, int]]) -> int | None:
    """Last line of announced words: before a link, with an attribution, or a paragraph in quotation marks."""
    for last in range(at, min(at + 40, len(lines))):
        if _touches(lines[last], known):
            return None
        content = text[lines[last].start : lines[last].end]
        if is_attribution(content):
            return last
        if last > at and is_link(content):
            return last - 1
    return at if is_wrapped(text[lines[at].start : lines[at].end]) else None
