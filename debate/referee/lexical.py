"""How two words relate: same, broader, narrower, siblings, opposites; from the Open English WordNet."""

import gzip
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from debate.referee.forms import DEMONYMS, GIVEN_NAMES, IRREGULAR
from debate.referee.lexicon import PAIRS, RELATION_CLASSES, SYNONYMS
from language.words import fold, stem

Kin = Literal["same", "broader", "narrower", "opposite", "sibling", ""]

_SEARCHED_TOGETHER = tuple(
    tuple(line.split())
    for line in (
        "kill killed murder murdered assassinated execute executed execution shoot shot slain",
        "film movie",
        "star starred starring cast",
        "begin began start started introduce introduced launch",
        "become became go went turn turned",
        "win won victory victorious",
        "peak peaked highest maximum",
        "write wrote written author writer novelist",
        "direct directed director",
        "famine starvation hunger",
        "series show program programme sitcom",
        "leader chief head boss",
    )
)
_DEPTH = 5
_ABSTRACT_DEPTH = 4
"""Siblings under a node nearer to the top than this have nothing in common that would exclude each other."""


DATA = Path(__file__).with_name("data") / "english.json.gz"
"""Where the words come from."""


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(gzip.decompress(DATA.read_bytes()))
    return loaded


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in PAIRS:
        for one, other in ((left, right), (right, left)):
            found.setdefault(lemma(stem(one)), set()).add(lemma(stem(other)))
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate((*SYNONYMS, *GIVEN_NAMES, *DEMONYMS)):
        for word in line:
            groups.setdefault(lemma(stem(fold(word))), set()).add(number)
    return {key: frozenset(value) for key, value in groups.items()}


def groups_of(stemmed: str) -> frozenset[int]:
    """Numbers of the groups of like words that a stem belongs to."""
    return _groups().get(lemma(stemmed), frozenset())


@lru_cache(maxsize=50_000)
def lemma(stemmed: str) -> str:
    """The stem of the base form: wrote and written become write."""
    base: str = _irregular().get(stemmed) or _data()["forms"].get(stemmed, stemmed)
    return base


@cache
def _irregular() -> dict[str, str]:
    return {stem(form): stem(line[0]) for line in IRREGULAR for form in line[1:]}


@cache
def _classes() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(lemma(stem(word)) for word in line) for line in RELATION_CLASSES)


@lru_cache(maxsize=20_000)
def classes_of(stemmed: str) -> frozenset[int]:
    """Numbers of the classes of relations that a stem can name: death, beginning, end and so on."""
    return frozenset(number for number, stems in enumerate(_classes()) if stemmed in stems)


def is_known(stemmed: str) -> bool:
    """Whether a stem is an ordinary word of English."""
    return stemmed in _data()["lemmas"]


@lru_cache(maxsize=50_000)
def canonical(stemmed: str) -> str:
    """The stem under which a word is searched: its base form, and for a country's people the country's adjective."""
    base = lemma(stemmed)
    return _searched().get(base, base)


def is_country(stemmed: str) -> bool:
    """Whether a stem names a country or its people."""
    return stemmed in _adjectives()


@cache
def _searched() -> dict[str, str]:
    lines = (*DEMONYMS, *_SEARCHED_TOGETHER)
    return {lemma(stem(fold(word))): stem(fold(line[0])) for line in reversed(lines) for word in line}


@cache
def _adjectives() -> dict[str, str]:
    return {stem(fold(word)): stem(fold(line[0])) for line in DEMONYMS for word in line}


@lru_cache(maxsize=50_000)
def _senses(stemmed: str) -> frozenset[int]:
    return frozenset(_data()["lemmas"].get(stemmed, ()))


@lru_cache(maxsize=50_000)
def fields_of(stemmed: str) -> tuple[str, ...]:
    """The fields of a word's senses, the commonest sense of each part of speech first: "noun.person", "verb.motion"."""
    data = _data()
    names: list[str] = data["fields"]
    found = (names[ord(data["field_of"][sense]) - ord("0")] for sense in data["lemmas"].get(lemma(stemmed), ()))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def _ancestors(stemmed: str) -> dict[int, int]:
    """Synsets above a word, each with its distance."""
    parents = _data()["parents"]
    above: dict[int, int] = {}
    level = set(_senses(stemmed))
    for distance in range(1, _DEPTH + 1):
        level = {parent for synset in level for parent in parents[synset]} - above.keys()
        above.update(dict.fromkeys(level, distance))
    return above


@lru_cache(maxsize=20_000)
def _height(synset: int) -> int:
    parents = _data()["parents"][synset]
    return 1 + min((_height(parent) for parent in parents), default=0)


@lru_cache(maxsize=200_000)
def kin(claimed: str, known: str) -> Kin:
    """How a claim's word relates to a fact's word; both are stems.

    "broader" means that the claim's word is the wider term ("film" for "comedy"), so that the fact implies it.
    """
    claimed, known = lemma(claimed), lemma(known)
    if claimed == known:
        return "same"
    if known in _opposites().get(claimed, ()) or known in _data()["opposites"].get(claimed, ()):
        return "opposite"
    if groups_of(claimed) & groups_of(known) or known in _data()["related"].get(claimed, ()):
        return "same"
    own, other = _senses(claimed), _senses(known)
    if not own or not other:
        return ""
    if own & other:
        return "same"
    above_own, above_other = _ancestors(claimed), _ancestors(known)
    if own & above_other.keys():
        return "broader"
    if other & above_own.keys():
        return "narrower"
    for shared in above_own.keys() & above_other.keys():
        if above_own[shared] <= 2 and above_other[shared] <= 2 and _height(shared) > _ABSTRACT_DEPTH:
            return "sibling"
    return ""
