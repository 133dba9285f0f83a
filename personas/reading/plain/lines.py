"""Lines of a plain dump with their offsets, and the posts that are cut out of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from personas.reading.plain import furniture
from personas.reading.plain.quote_headers import quote_header, says_quote

_SOME = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_MAX_EMPTY_LINES = 4
_LINES_BELOW = 6
_WIDE_GAP = re.compile(r"\s{12}")
_MAX_HEADER_CHARS = 300
_NOT_LINE_END = re.compile(r"[^\r\n]")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"


class Line:
    """One line of the source without its line end; `source[start:end] == text`.

    Attributes:
        bare: The text without surrounding space and without characters that cannot be seen.
        is_blank: Whether nothing of it can be seen.
    """

    __slots__ = ("bare", "end", "is_blank", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        # A page has many lines and each is asked for these many times.
        self.bare = (text if text.isascii() else text.translate(_DROP_INVISIBLE)).strip()
        self.is_blank = not self.bare

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Line) and (self.start, self.text) == (other.start, other.text)

    def __hash__(self) -> int:
        return hash((self.start, self.text))

    def __repr__(self) -> str:
        return f"Line({self.start}, {self.end}, {self.text!r})"

    def place(self, at: int) -> int:
        """Where in `text` the character number `at` of `bare` stands."""
        if self.text.isascii():
            return len(self.text) - len(self.text.lstrip()) + at
        seen = [place for place, one in enumerate(self.text) if one not in _INVISIBLE]
        visible = self.text.translate(_DROP_INVISIBLE)
        return seen[len(visible) - len(visible.lstrip()) + at]

    @property
    def has_wide_gap(self) -> bool:
        """Whether its first words stand far apart, as in a table and in no header; patterns would try every place."""
        return "  " in self.bare and bool(_WIDE_GAP.search(self.bare, 0, _MAX_HEADER_CHARS))

    @property
    def ends_body(self) -> bool:
        """Whether the line holds a no-break space and nothing that can be seen."""
        return self.is_blank and "\u00a0" in self.text


_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))


@dataclass(frozen=True, slots=True)
class QuoteHeader:
    """A line, or the start of one, that names whom the next words quote ("NAME said:"), or only says "Quote:"."""

    start: int
    end: int
    name: str | None
    closes: int | None = None
    """Where the page says that the quotation ends; None where it does not."""
    nested: bool = False
    """Whether the words that follow begin with such a line themselves."""


@dataclass(slots=True)
class Block:
    """One post as cut out of the dump."""

    start: int
    end: int
    """Where its body stands: `source[start:end]`, from its first to its last visible character."""
    holes: list[tuple[int, int]] = field(default_factory=list)
    """Stretches of the body that are furniture: names of attached pictures, quote headers."""
    headers: list[QuoteHeader] = field(default_factory=list)
    name: str | None = None
    title: str | None = None
    number: str | None = None
    likers: list[str] = field(default_factory=list)
    answers: int | None = None
    """Which of the page's posts it answers, counted from 0; None where the page does not show that."""
    is_nobody: bool = False
    """Whether its name stands for whoever has none, so that two posts under it may be two people's."""
    member: str | None = None
    """What is the same over all posts of one member and no other, None where nothing is known to be."""

    def visible(self, source: str) -> str:
        """The body with its holes blanked out, character for character."""
        pieces = []
        at = self.start
        for start, end in self.holes:
            pieces += [source[at:start], _NOT_LINE_END.sub(" ", source[start:end])]
            at = end
        return "".join([*pieces, source[at : self.end]])


@dataclass(slots=True)
class Outline:
    """What the page holds: its title, its posts, and the lines that are neither."""

    title: str | None
    blocks: list[Block]
    furniture: list[Line]
    named_lines: list[Line]
    """Lines that gave a name, a title of a member or the title of the thread."""
    opens_thread: bool = False
    """Whether the page says that its first post opened the thread."""
    is_sure: bool = False
    """Whether the posts were told apart by lines that only one kind of software prints."""
    is_loose: bool = False
    """Whether the posts were told apart by lines that ordinary writing may have too."""
    names: frozenset[str] | None = None
    """Members whom the page surely names, None where it is not sure how it prints names."""
    notes: list[str] = field(default_factory=list)
    """What had to be guessed, one sentence each."""


class BodyLines:
    """The lines of bodies, found by bisection."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]

    def is_followed(self, block: Block, by: Callable[[str], bool]) -> bool:
        """Whether the next visible line below a body is of some kind."""
        at = bisect_left(self._starts, block.end)
        following = next((line for line in self._lines[at : at + _LINES_BELOW] if not line.is_blank), None)
        return following is not None and by(following.bare)

    def of(self, block: Block) -> list[Line]:
        """The lines of a body, the first one cut to where the body begins, the last one to where it ends."""
        first = max(0, bisect_right(self._starts, block.start) - 1)
        last = bisect_left(self._starts, block.end)
        found = list(self._lines[first:last])
        if not found:
            return []  # nothing was left of the body
        head = found[0]
        found[0] = Line(block.start, head.end, head.text[block.start - head.start :])
        return found


def split_lines(source: str) -> list[Line]:
    """Lines of the source, split at line feeds and carriage returns only, with their offsets.

    Of many empty lines in a row the first few are kept: they say no more, and a text may hold millions.
    """
    lines: list[Line] = []
    after = empty = 0
    for match in _SOME.finditer(source):
        start, end = match.span()
        lines += _empty_lines(source, after, start, is_first=after == 0)
        line = Line(start, end, match.group())
        empty = empty + 1 if line.is_blank else 0
        if empty <= _MAX_EMPTY_LINES:
            lines.append(line)
        after = end
    return lines + _empty_lines(source, after, len(source), is_first=after == 0)


def _empty_lines(source: str, after: int, start: int, *, is_first: bool) -> list[Line]:
    """The empty lines in a run of line ends between two lines."""
    if start - after == 1 and not is_first:
        return []  # a text of ten megabytes has many lines
    run = source[after : min(start, after + 2 * _MAX_EMPTY_LINES + 2)]
    places = [match.end() for match in _LINE_END.finditer(run)]
    places = [0, *places][:-1] if is_first else places[:-1]
    return [Line(after + place, after + place, "") for place in places[:_MAX_EMPTY_LINES]]


def make_block(lines: Sequence[Line], dropped: list[Line], names: frozenset[str] | None = None) -> Block | None:
    """A post from the lines of its body, None where nothing of it can be seen.

    Names of attached pictures and quote headers become holes; the lines of holes at either end go to `dropped`.

    Args:
        lines: The body.
        dropped: Where lines that are no part of the post are put.
        names: People whom the page surely names; a line may go on right after "NAME wrote:" for these alone. None where
            it is not sure how the page prints quotations.
    """
    first, last = 0, len(lines)
    while first < last and (lines[first].is_blank or furniture.is_inserted(lines[first].bare)):
        first += 1
    while last > first and (lines[last - 1].is_blank or furniture.is_inserted(lines[last - 1].bare)):
        last -= 1
    if first == last:
        # Nothing but pictures was posted; their names are all that there is to show for it.
        kept = [line for line in lines if not line.is_blank]
        return Block(*_visible_span(kept)) if kept else None
    dropped += [line for line in [*lines[:first], *lines[last:]] if not line.is_blank]
    block = Block(*_visible_span(lines[first:last]))
    for at in range(first, last):
        line = lines[at]
        above = block.headers[-1] if block.headers else None
        header = _quote_header(line, names)
        follows = above is not None and at > first and above.end >= lines[at - 1].end
        if above is not None and follows and furniture.is_when(line.bare):
            # Some boards set below the name when the quoted words were written.
            block.headers[-1] = replace(above, end=line.end)
            block.holes[-1] = (block.holes[-1][0], min(line.end, block.end))
        elif header is not None and above is not None and follows and above.name is None:
            # "Quote:", and below it of whom.
            block.headers[-1] = replace(header, start=above.start)
            block.holes[-1] = (block.holes[-1][0], min(header.end, block.end))
        elif header is not None and above is not None and follows:
            # A quotation that begins with a quotation is one, of whoever is named first.
            block.headers[-1] = replace(above, nested=True)
        elif header is not None:
            block.headers.append(header)
            block.holes.append((max(header.start, block.start), min(header.end, block.end)))
        elif furniture.is_inserted(line.bare):
            block.holes.append((max(line.start, block.start), min(line.end, block.end)))
            dropped.append(line)
    return block


def _visible_span(lines: Sequence[Line]) -> tuple[int, int]:
    first, last = lines[0], lines[-1]
    lead = len(first.text) - len(first.text.lstrip())
    return first.start + lead, last.start + len(last.text.rstrip())


def _quote_header(line: Line, names: frozenset[str] | None) -> QuoteHeader | None:
    found = quote_header(line.text, names or frozenset())
    if found is None:
        # Elsewhere such a line may be a button.
        return QuoteHeader(line.start, line.end, None) if names is not None and says_quote(line.bare) else None
    name, start, end = found
    return QuoteHeader(line.start + start, line.start + end, name)


def account_for_rest(outline: Outline, lines: Sequence[Line]) -> None:
    """Call furniture what is neither part of a post nor named as anything else: no line of a page may be lost."""
    known = {line.start for line in (*outline.furniture, *outline.named_lines)}
    spans = sorted((block.start, block.end) for block in outline.blocks)
    starts = [start for start, _ in spans]
    for line in lines:
        if line.is_blank or line.start in known:
            continue
        before = bisect_right(starts, line.end) - 1
        if before < 0 or spans[before][1] <= line.start:
            outline.furniture.append(line)
