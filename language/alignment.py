"""Finding text that was said before: words repeated from earlier texts, exactly first, then with small edits.

Method: every run of `SHINGLE_WORDS` words of the earlier texts is indexed by its hash; a later text looks up its own
runs, extends each hit word by word in both directions, and keeps the longest. Time is linear in the words read as long
as no run is repeated without bound, which a cap on the places kept per run ensures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHINGLE_WORDS = 4
_MAX_PLACES = 48
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, normalised for comparison, with their character offsets."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A run of words that stands in an earlier text too.

    `first` and `last` (exclusive) count words of the later text, `source_first` and `source_last` those of the
    earlier one; `same` is the number of words that agree.
    """

    first: int
    last: int
    source: int
    source_first: int
    source_last: int
    same: int


def split_words(text: str) -> Words:
    """The words of a text, case folded, apostrophes made one, accents kept."""
    words, starts, ends = [], [], []
    for match in _WORD.finditer(text):
        words.append(match.group().translate(_APOSTROPHES).casefold())
        starts.append(match.start())
        ends.append(match.end())
    return Words(tuple(words), tuple(starts), tuple(ends))


class EarlierTexts:
    """An index of texts in the order in which they were written."""

    def __init__(self) -> None:
        self._texts: list[Words] = []
        self._places: dict[tuple[str, ...], list[tuple[int, int]]] = {}

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
        for at in range(len(run) - SHINGLE_WORDS + 1):
            if skipped and any(at + step in skipped for step in range(SHINGLE_WORDS)):
                continue
            places = self._places.setdefault(run[at : at + SHINGLE_WORDS], [])
            if len(places) < _MAX_PLACES:
                places.append((number, at))
        return number

    def repeats(self, words: Words) -> list[Repeat]:
        """Maximal runs of `words` that stand in earlier texts, first to last, not overlapping.

        Of several sources the one with the longest run is taken, of equals the latest.
        """
        found: list[Repeat] = []
        at = 0
        run = words.words
        while at <= len(run) - SHINGLE_WORDS:
            best: Repeat | None = None
            for source, place in self._places.get(run[at : at + SHINGLE_WORDS], ()):
                length = self._length(run, at, source, place)
                if best is None or length >= best.same:
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
