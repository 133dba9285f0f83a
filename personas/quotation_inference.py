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

from language.spans import Spans
from personas.quotation_cues import (
    answer_score,
    apostrophes,
    foreign_score,
    introduces_quote,
    is_link,
    is_postscript,
)

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_MIN_WORDS = 4
_MAX_LINES = 40
_BIAS = -2.45
_FIRST_POST = 0.2
_THRESHOLD = 0.5
_PER_LINE = 0.12
_SURE_EDGE = 0.7
_CLEAR_EDGE = 1.5
# Seen before any quotation of the thread at hand: how often each kind of edge follows or precedes a quotation, and how
# often it stands between two paragraphs of one writer.
_AFTER_QUOTE = {"\n": 3.0, "\n\n": 2.0, "\n ": 1.0}
_BEFORE_QUOTE = {"1": 1.0, "2": 4.0, "3": 2.0}
_OWN_AFTER = {"\n": 3.0, "\n\n": 8.0, "\n ": 4.0}
_OWN_BEFORE = {"1": 4.0, "2": 9.0, "3": 2.0}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something to see: `text[start:end]`, and the kinds of edge around it."""

    start: int
    end: int
    edge: str
    """What follows: one line feed, two together, or a blank line that holds spaces."""
    gap: str
    """How many line feeds stand before it: "1", "2", or "3" for more; "" at the start of the text."""


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
    before = ""
    for number, (start, end) in enumerate(spans):
        after = text[end : spans[number + 1][0]] if number + 1 < len(spans) else ""
        feeds = before.count("\n")
        lines.append(Line(start, end, _edge(after), str(min(3, feeds)) if feeds else ""))
        before = after
    return lines


def _edge(gap: str) -> str:
    gap = gap.lstrip(" \t\r")
    if gap.count("\n") <= 1:
        return "\n"
    # "\n \n" is what some dumps put between paragraphs where "\n\n" shows that something was cut out.
    return "\n\n" if gap.replace("\r", "")[1:2] == "\n" else "\n "


class Edges:
    """How often each kind of edge goes with a quotation in this discussion, and how often it does not."""

    def __init__(self) -> None:
        self._after = (Counter(_AFTER_QUOTE), Counter(_OWN_AFTER))
        self._before = (Counter(_BEFORE_QUOTE), Counter(_OWN_BEFORE))

    def learn(self, lines: Sequence[Line], quotes: Spans) -> None:
        """Count the edges of one post whose quotations with a source are `quotes`, as characters."""
        if not quotes:
            # Most posts quote nothing, and one of them may be very long.
            self._before[1].update(line.gap for line in lines if line.gap)
            self._after[1].update(line.edge for line in lines[:-1])
            return
        for at, line in enumerate(lines):
            opens = quotes.starts_near(line.start, 2)
            # What stands right after a quotation is its answer, and says nothing about where quotations begin.
            follows = quotes.touches(line.start, line.end) or quotes.ends_near(line.start - 6, 6)
            if line.gap and (opens or not follows):
                self._before[not opens][line.gap] += 1
            ends = quotes.ends_near(line.end, 2)
            # Nor does the edge before the next quotation say how a writer sets his own paragraphs.
            leads_on = at + 1 == len(lines) or quotes.touches(lines[at + 1].start, lines[at + 1].end)
            if ends or not (leads_on or quotes.covers(line.start, line.end + 2)):
                self._after[not ends][line.edge] += 1

    def ends(self, line: Line) -> float:
        """Log likelihood ratio that a quotation ends with a line, by the edge after it."""
        return _log_ratio(self._after, line.edge)

    def begins(self, line: Line) -> float:
        """Log likelihood ratio that a quotation begins with a line, by the gap before it."""
        return _log_ratio(self._before, line.gap) if line.gap else 0.5


def _log_ratio(counts: tuple[Counter[str], Counter[str]], kind: str) -> float:
    quote, own = ((counter[kind] + 0.5) / (counter.total() + 1.5) for counter in counts)
    return math.log(quote / own)


def guess_quotations(
    text: str, lines: Sequence[Line], known: Spans, own: Spans, edges: Edges, *, is_first: bool = False
) -> list[Guess]:
    """Quotations of unknown source in one post.

    Args:
        text: The post.
        lines: Its lines, from `split_text`.
        known: Quotations found already, as characters.
        own: What later posts quote from this one, as characters: a post is mostly quoted for its writer's own words, so
            these are quotations only where they are clearly set as such.
        edges: What was learned about the discussion.
        is_first: Whether the post is the first in the file; such a post often opens the discussion and quotes nobody.
    """
    bias = _BIAS - _FIRST_POST * is_first
    page = _Page(text, lines, known, own)
    guesses: list[Guess] = []
    first = 0
    for at in range(len(lines) - 1):
        if page.known[at] or (page.own[at] and edges.ends(lines[at]) < _CLEAR_EDGE):
            first = at + 1
            continue
        begin, confidence = _best_at(page, first, at, edges, bias)
        if confidence >= _THRESHOLD:
            guesses.append(Guess(lines[begin].start, lines[at].end, round(min(confidence, 0.9), 2)))
            first = at + 1
    return guesses


class _Page:
    """One post with what is known of each of its lines."""

    def __init__(self, text: str, lines: Sequence[Line], known: Spans, own: Spans) -> None:
        self.text = text
        self.lines = lines
        self.known = [known.touches(line.start, line.end) for line in lines]
        self.own = [own.touches(line.start, line.end) for line in lines]
        self.apostrophes = apostrophes(text)
        self.run = self._runs()
        """For each line how many stand with it without a blank line between, found ones and links not counted."""

    def words(self, at: int) -> str:
        return self.text[self.lines[at].start : self.lines[at].end]

    def _runs(self) -> list[int]:
        runs: list[int] = []
        first = 0
        for at in range(1, len(self.lines) + 1):
            if at == len(self.lines) or self.lines[at].gap != "1" or self.known[at] or self.known[at - 1]:
                length = sum(not is_link(self.words(line)) for line in range(first, at))
                runs += [length] * (at - first)
                first = at
        return runs


def _best_at(page: _Page, first: int, at: int, edges: Edges, bias: float) -> tuple[int, float]:
    """Where a quotation that ends with line `at` begins, and how likely it is one, 0 to 1."""
    if page.known[at + 1]:
        return at, 0.0
    ending = edges.ends(page.lines[at])
    begin, opening = _best_begin(page, first, at, edges, _PER_LINE if ending > _SURE_EDGE else 3 * _PER_LINE)
    quote, answer = page.text[page.lines[begin].start : page.lines[at].end], page.words(at + 1)
    if len(quote.split()) < _MIN_WORDS:
        return begin, 0.0
    odds = bias + opening + ending
    odds += answer_score(quote, answer) + foreign_score(quote, answer, page.apostrophes)
    if page.lines[at].edge == "\n":
        odds += (0.8 if page.run[at] == 2 else -0.7) + 1.5 * page.own[at + 1]
    elif ending < _SURE_EDGE:
        odds -= 0.6
    return begin, 1 / (1 + math.exp(-odds))


def _best_begin(page: _Page, first: int, at: int, edges: Edges, per_line: float) -> tuple[int, float]:
    """The likeliest first line of a quotation that ends with line `at`, and how well it begins one."""
    begin, best = at, -math.inf
    for candidate in range(at, max(first, at - _MAX_LINES) - 1, -1):
        score = edges.begins(page.lines[candidate]) - per_line * (at - candidate)
        announced = candidate > 0 and introduces_quote(page.words(candidate - 1))
        score += 1.5 * announced
        score -= 1.0 * (page.lines[candidate].gap == "1" and not announced)
        score -= 2.0 * is_link(page.words(candidate))
        # What follows a quotation is its answer, not the next quotation.
        score -= 1.5 * (candidate == first and first > 0)
        if score > best:
            begin, best = candidate, score
        if is_postscript(page.words(candidate)):
            # A postscript begins where it says so.
            return candidate, score
    return begin, best
