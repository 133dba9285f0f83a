"""What the referee reads out of a claim or a fact before it compares them."""

import re
from functools import lru_cache
from typing import NamedTuple

from debate.referee.dates import When, find_dates
from debate.referee.lexicon import ANTONYMS, EXCLUSIVES, NEGATIONS, NEGATIVE_VERBS, SYNONYMS, TIME_LINES, UNIVERSALS
from debate.referee.quantities import Quantity, find_quantities
from language.words import STOPWORDS, Word, fold, stem, words

_ROOT_ENDINGS = (
    "isation",
    "ization",
    "istic",
    "ation",
    "ism",
    "ist",
    "ise",
    "ize",
    "ian",
    "ish",
    "ese",
    "an",
    "ic",
    "i",
)


class Reading(NamedTuple):
    """A text taken apart for comparison."""

    text: str
    content: tuple[Word, ...]
    """The words that carry meaning, dates and numbers left out."""
    names: frozenset[str]
    """Stems of the words that are names: capital letter inside a sentence, or known to the sheet."""
    dates: tuple[When, ...]
    quantities: tuple[Quantity, ...]
    negations: int
    exclusive: bool
    universal: bool


@lru_cache(maxsize=8_192)
def read(text: str) -> Reading:
    """Take a text apart."""
    dates = find_dates(text)
    quantities = find_quantities(text, tuple((when.start, when.end) for when in dates))
    taken = [(when.start, when.end) for when in dates] + [(one.start, one.end) for one in quantities]
    content: list[Word] = []
    names: set[str] = set()
    negations = 0
    folds = set()
    first = True
    for word in words(text):
        folds.add(word.fold)
        if word.fold in NEGATIONS or word.fold in NEGATIVE_VERBS:
            negations += 1
        opening, first = first, bool(re.search(r"[.!?]\W*$", text[word.end : word.end + 2]))
        if any(start <= word.start < end for start, end in taken):
            continue
        if word.fold in STOPWORDS or word.fold in NEGATIONS or word.fold in TIME_LINES:
            continue
        content.append(word)
        if word.text[0].isupper() and not opening:
            names.add(word.stem)
    return Reading(
        text,
        tuple(content),
        frozenset(names),
        dates,
        quantities,
        negations,
        bool(folds & EXCLUSIVES),
        bool(folds & UNIVERSALS),
    )


@lru_cache(maxsize=50_000)
def root(stemmed: str) -> str:
    """What nouns, adjectives and people of one country or creed share: german, germani; communist, communism."""
    for ending in _ROOT_ENDINGS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= 4:
            return stemmed[: -len(ending)]
    return stemmed


_TRANSLITERATION = (
    ("tch", "ch"), ("tsch", "ch"), ("sch", "sh"), ("tz", "ts"), ("cz", "ch"), ("kh", "h"), ("zh", "j"),
    ("dj", "j"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("w", "v"), ("ij", "i"), ("iy", "i"), ("ii", "i"),
    ("yi", "i"), ("ky", "ki"), ("y", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ye", "e"),
    ("yo", "o"), ("ff", "f"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def sound(folded: str) -> str:
    """A key under which the transliterations of a name meet: Trotsky, Trotskii, Trotzki."""
    for old, new in _TRANSLITERATION:
        folded = folded.replace(old, new)
    key = re.sub(r"(.)\1+", r"\1", folded)
    return key[:-1] if key.endswith("s") and len(key) > 4 else key


def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(SYNONYMS):
        for word in line:
            groups.setdefault(stem(fold(word)), set()).add(number)
    return {key: frozenset(value) for key, value in groups.items()}


_SYNONYM_GROUPS = _groups()
_OPPOSITES: dict[str, frozenset[str]] = {}
for _left, _right in ANTONYMS:
    for _one, _other in ((_left, _right), (_right, _left)):
        _OPPOSITES[stem(_one)] = _OPPOSITES.get(stem(_one), frozenset()) | {stem(_other)}


def are_synonyms(left: str, right: str) -> bool:
    """Whether two stems can name the same relation."""
    return bool(_SYNONYM_GROUPS.get(left, frozenset()) & _SYNONYM_GROUPS.get(right, frozenset()))


def are_opposites(left: str, right: str) -> bool:
    """Whether two stems exclude each other."""
    return right in _OPPOSITES.get(left, frozenset())


def synonym_groups(stemmed: str) -> frozenset[int]:
    """Numbers of the groups that a stem belongs to."""
    return _SYNONYM_GROUPS.get(stemmed, frozenset())
