"""Ranked search of short texts: BM25 over stems.

Small collections are searched in plain Python, since importing an array library would take longer than all
their queries; large ones by bm25s, whose index is kept in the user's cache folder under the collection's
digest and the version of the code that made it.
"""

import heapq
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from language import words
from language.cached import code_version, keep, take, uncollected

_K1, _B = 1.6, 0.8
LARGE = 5_000
"""From this many texts on the array library pays for its import."""


class Hit(NamedTuple):
    """A text found: its place in the collection, and a score above 0 where more is better."""

    place: int
    score: float


class Search(Protocol):
    """An index over a fixed collection of texts."""

    def best(self, stems: Sequence[str], limit: int) -> list[Hit]:
        """The texts that match the stems best, best first; none that shares no stem."""
        ...

    def weight(self, stem: str) -> float:
        """How rare a stem is in the collection: its inverse document frequency, 0 or more."""
        ...


_ASSUMED_SIZE = 300


def _idf(count: int, texts: int) -> float:
    # In a collection of a few texts every count is chance: it is treated as part of a larger one.
    texts = max(texts, _ASSUMED_SIZE)
    return math.log(1 + (texts - count + 0.5) / (count + 0.5))


class SmallSearch:
    """BM25 by postings in plain Python; for up to some thousand texts."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        counted = [Counter(stems) for stems in texts]
        self._size = len(counted)
        lengths = [sum(counts.values()) for counts in counted]
        mean = (sum(lengths) / self._size if self._size else 0) or 1.0
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, counts in enumerate(counted):
            norm = _K1 * (1 - _B + _B * lengths[index] / mean)
            for stem, count in counts.items():
                postings[stem].append((index, count * (_K1 + 1) / (count + norm)))
        self._postings = dict(postings)
        # Asked for some hundred times a claim: counted once.
        self._weights = {stem: _idf(len(found), self._size) for stem, found in self._postings.items()}
        self._unseen = _idf(0, self._size)

    def best(self, stems: Sequence[str], limit: int) -> list[Hit]:
        """The texts that match the stems best, best first."""
        scores: dict[int, float] = defaultdict(float)
        for stem in dict.fromkeys(stems):
            rare = self.weight(stem)
            for index, share in self._postings.get(stem, ()):
                scores[index] += rare * share
        top = heapq.nsmallest(limit, scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Hit(index, score) for index, score in top]

    def weight(self, stem: str) -> float:
        """Inverse document frequency."""
        return self._weights.get(stem, self._unseen)


class LargeSearch:
    """BM25 by bm25s."""

    def __init__(self, retriever: Any, counts: dict[str, int], size: int) -> None:
        self._retriever = retriever
        self._counts = counts
        self._size = size

    @property
    def size(self) -> int:
        """How many texts it was made from."""
        return self._size

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> "LargeSearch":
        """Index texts given as stems."""
        import bm25s

        corpus = [list(stems) or [""] for stems in texts]
        retriever = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        retriever.index(corpus, show_progress=False)
        counts: Counter[str] = Counter(stem for stems in corpus for stem in set(stems))
        return cls(retriever, dict(counts), len(corpus))

    @classmethod
    def load(cls, folder: Path) -> "LargeSearch":
        """Read what `save` wrote."""
        import bm25s

        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        return cls(bm25s.BM25.load(str(folder), mmap=True), about["counts"], about["size"])

    def save(self, folder: Path) -> None:
        """Write the index into an empty folder."""
        self._retriever.save(str(folder), show_progress=False)
        about = {"counts": self._counts, "size": self._size}
        (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    def best(self, stems: Sequence[str], limit: int) -> list[Hit]:
        """The texts that match the stems best, best first."""
        known = [stem for stem in dict.fromkeys(stems) if stem in self._counts]
        if not known:
            return []
        scores = self._retriever.get_scores(known).copy()
        hits: list[Hit] = []
        # A few passes for the largest are many times faster than any partial sort of the whole.
        while len(hits) < min(limit, len(scores)):
            place = int(scores.argmax())
            if scores[place] <= 0:
                break
            hits.append(Hit(place, float(scores[place])))
            scores[place] = 0
        return hits

    def weight(self, stem: str) -> float:
        """Inverse document frequency."""
        return _idf(self._counts.get(stem, 0), self._size)


def index_texts(
    texts: Callable[[], Iterable[Sequence[str]]],
    size: int,
    key: str | None = None,
    cache: Path | None = None,
    made_by: Sequence[Path] = (),
) -> Search:
    """An index over texts given as stems; a large one is read from the cache where it is there, and kept in it.

    Args:
        texts: Gives the collection; not called where the cache has the index.
        size: How many texts there are.
        key: What identifies the collection, for example its digest; None keeps nothing.
        cache: Folder for indexes; None keeps nothing.
        made_by: Files that decide which stems a text has, besides those of this package: when one changes, an index
            that was made by the old one is no longer used.
    """
    if size < LARGE:
        return SmallSearch(texts())
    folder = cache / f"index-{_version(made_by)}-{key[:32]}" if cache and key else None
    loaded = take(folder, LargeSearch.load) if folder else None
    if loaded is not None and loaded.size == size:
        return loaded
    with uncollected():
        built = LargeSearch.build(texts())
    if folder:
        keep(folder, built.save)
    return built


def _version(made_by: Sequence[Path]) -> str:
    from importlib.metadata import version

    libraries = (f"{name} {version(name)}" for name in ("bm25s", "numpy", "pystemmer"))
    return code_version(Path(__file__), Path(words.__file__), *made_by, *libraries)
