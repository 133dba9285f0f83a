"""Finding text that was said before: words repeated from earlier texts, exactly first, then with small edits.

Method: every run of `SHINGLE_WORDS` words of the earlier texts is indexed; a later text looks up its own runs, follows
each hit word by word and keeps the longest. Hits in one earlier text that follow each other with a small gap are then
chained into one, so that edits, cut sentences and "[...]" do not break it. Time is linear in the words read, because
the places kept per run are capped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHINGLE_WORDS = 4
_MAX_PLACES = 32
_MAX_GAP_WORDS = 8
_MAX_GAP_AT_LINE_END = 2
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
# Zero-width and direction marks inside a word must not make it another word.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, normalised for comparison, with their character offsets."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lines: tuple[int, ...]
    """Number of the line that each word stands in, counted from 0."""

    def opens_line(self, at: int) -> bool:
        """Whether word `at` is the first of its line."""
        return at == 0 or self.lines[at] != self.lines[at - 1]

    def closes_line(self, at: int) -> bool:
        """Whether word `at` is the last of its line."""
        return at + 1 == len(self.words) or self.lines[at] != self.lines[at + 1]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run of words that stands, nearly or exactly, in an earlier text too.

    `first` and `last` (exclusive) count words of the later text, `source_first` and `source_last` those of the earlier
    one; `same` is the number of words that agree.
    """

    first: int
    last: int
    source: int
    source_first: int
    source_last: int
    same: int


def split_words(text: str) -> Words:
    """The words of a text, case folded, apostrophes made one, accents kept."""
    if _UNSEEN.search(text):
        # Same length, so that offsets stay true.
        text = _UNSEEN.sub("\u02bc", text)
    spans = [match.span() for match in _WORD.finditer(text)]
    if text.isascii():
        lowered = text.lower()
        words = tuple([lowered[start:end] for start, end in spans])
    else:
        words = tuple([_folded(text[start:end]) for start, end in spans])
    lines = []
    line = after = 0
    for start, end in spans:
        if start - after > 1 or text[after:start] == "\n":
            line += "\n" in text[after:start]
        after = end
        lines.append(line)
    return Words(words, tuple([start for start, _ in spans]), tuple([end for _, end in spans]), tuple(lines))


def count_words(text: str) -> int:
    """How many words `split_words` finds in a text."""
    return len(_WORD.findall(text))


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else word.translate(_APOSTROPHES).casefold()


class EarlierTexts:
    """An index of texts in the order in which they were written."""

    def __init__(self) -> None:
        self._texts: list[Words] = []
        # A text of megabytes has a million runs, nearly all of which stand in it once: those need no list.
        self._places: dict[tuple[str, ...], tuple[int, int] | list[tuple[int, int]]] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def words(self, source: int) -> Words:
        """The words of the text that was added as number `source`, counted from 0."""
        return self._texts[source]

    def add(self, words: Words, skip: Sequence[range] = ()) -> int:
        """Add a text and return its number; runs that touch a range of `skip` (words) are not indexed."""
        number = len(self._texts)
        self._texts.append(words)
        skipped = {at for part in skip for at in part}
        run = words.words
        known = self._places
        for at, key in enumerate(zip(run, run[1:], run[2:], run[3:], strict=False)):
            if skipped and any(at + step in skipped for step in range(SHINGLE_WORDS)):
                continue
            places = known.setdefault(key, (number, at))
            if isinstance(places, list):
                if len(places) == _MAX_PLACES:
                    # The first place is kept (who said it first), of the others the latest.
                    del places[1]
                places.append((number, at))
            elif places != (number, at):
                known[key] = [places, (number, at)]
        return number

    def _places_of(self, key: tuple[str, ...]) -> Sequence[tuple[int, int]]:
        places = self._places.get(key, ())
        return [places] if isinstance(places, tuple) and places else places

    def repeats(self, words: Words) -> list[Repeat]:
        """Runs of `words` that stand in earlier texts, first to last, not overlapping, chained over small gaps."""
        return _chain(self._runs(words), words) if self._places else []

    def _runs(self, words: Words) -> list[Repeat]:
        found: list[Repeat] = []
        at = 0
        run = words.words
        while at <= len(run) - SHINGLE_WORDS:
            best: Repeat | None = None
            before = found[-1] if found else None
            for source, place in self._places_of(run[at : at + SHINGLE_WORDS]):
                length = self._length(run, at, source, place)
                # Of equals the first is taken: who said it first wrote it.
                if best is None or (length, _continues(before, source, place)) > (
                    best.same,
                    _continues(before, best.source, best.source_first),
                ):
                    best = Repeat(at, at + length, source, place, place + length, length)
            if best is None:
                at += 1
            else:
                found.append(best)
                at = best.last
        return found

    def _length(self, run: tuple[str, ...], at: int, source: int, place: int) -> int:
        other = self._texts[source].words
        limit = min(len(run) - at, len(other) - place)
        length = SHINGLE_WORDS
        while length < limit and run[at + length] == other[place + length]:
            length += 1
        return length


def _continues(before: Repeat | None, source: int, place: int) -> bool:
    return before is not None and before.source == source and place >= before.source_last


def _chain(runs: Sequence[Repeat], words: Words) -> list[Repeat]:
    chained: list[Repeat] = []
    for run in runs:
        before = chained[-1] if chained else None
        if before is not None and _follows(before, run, words):
            chained[-1] = Repeat(
                before.first,
                run.last,
                before.source,
                before.source_first,
                run.source_last,
                before.same + run.same,
            )
        else:
            chained.append(run)
    return chained


def _follows(before: Repeat, run: Repeat, words: Words) -> bool:
    if run.source != before.source or run.source_first < before.source_last:
        return False
    gap = run.first - before.last
    if gap and words.opens_line(before.last) and words.closes_line(run.first - 1):
        # Whole lines that the earlier text lacks are somebody's answer between two quotes.
        return False
    if words.lines[before.last - 1] != words.lines[run.first]:
        # Nor may the answer's first or last words be taken in because it repeats a few of the quoted ones.
        gap_lines = words.lines[before.last : run.first]
        left = sum(line == words.lines[before.last - 1] for line in gap_lines)
        if left > _MAX_GAP_AT_LINE_END or gap - left > _MAX_GAP_AT_LINE_END:
            return False
    return gap <= min(_MAX_GAP_WORDS, max(2, (before.same + run.same) // 4))
