"""A comparison turned round: "cold kills more people than heat" where more people die of heat than of cold."""

import re
from typing import NamedTuple

from debate.referee.findings import Ground
from debate.referee.grounds.pairing import Pair
from debate.referee.lexical import kin
from debate.referee.reading import Reading, root
from language.words import stem, word_set, words

_FOR_A_COMPARISON = 0.45
_AMOUNTS = word_set("more less fewer")
_NO_DEGREES = word_set(
    """other rather either whether another number ever over under after later former water weather mother father brother
    sister river summer winter power member order matter paper player leader worker writer singer user"""
)
_STOP = re.compile(r"[.,;:()]|\b(?:and|but|while|because|if|which|who|that)\b")
_MOST_WORDS = 4
_REACH = 8


class Compared(NamedTuple):
    """What a text compares: by how, what is more, and than what."""

    degree: str
    """ "more", "less", "fewer", or a word in -er."""
    counted: str
    """Stem of what there is more of; empty after a word in -er."""
    left: frozenset[str]
    right: frozenset[str]


def find_turned(pair: Pair) -> Ground | None:
    """The same comparison with its sides changed, or with the opposite word between the same sides."""
    if pair.cover < _FOR_A_COMPARISON or pair.claim.negations or pair.statement.negations:
        return None
    mine, theirs = read_comparison(pair.claim), read_comparison(pair.statement)
    if mine is None or theirs is None or mine.counted != theirs.counted:
        return None
    same = mine.degree == theirs.degree
    opposite = kin(stem(mine.degree), stem(theirs.degree)) == "opposite"
    crossed = _meets(mine.left, theirs.right) and _meets(mine.right, theirs.left)
    straight = _meets(mine.left, theirs.left) and _meets(mine.right, theirs.right)
    if (same and crossed and not straight) or (opposite and straight and not crossed):
        return Ground("turned", mine.degree, theirs.degree, True)
    return None


def read_comparison(reading: Reading) -> Compared | None:
    """The first comparison with "than" in a text; None where it has none."""
    text = reading.text
    than = re.search(r"\bthan\b", text, re.IGNORECASE)
    if than is None:
        return None
    start = max((stop.end() for stop in _STOP.finditer(text, 0, than.start())), default=0)
    before = [word for word in words(text) if start <= word.start < than.start()][-_REACH - 4 :]
    amounts = [word for word in before if word.fold in _AMOUNTS]
    others = [word for word in before if word.fold.endswith("er") and word.fold not in _NO_DEGREES]
    degree = next(iter(reversed(amounts or others)), None)
    if degree is None:
        return None
    stop = _STOP.search(text, than.end())
    end = stop.start() if stop else len(text)
    left = [word for word in reading.content if start <= word.start < than.start() and word.start != degree.start]
    right = [word.stem for word in reading.content if than.end() <= word.start < end][:_MOST_WORDS]
    # "More people than", not "more on roads than".
    after = next((word for word in left if word.start > degree.end), None)
    counts = degree.fold in _AMOUNTS and after is not None and not text[degree.end : after.start].strip()
    counted = after.stem if after is not None and counts else ""
    kept = frozenset(word.stem for word in left if word.stem != counted)
    return Compared(degree.fold, counted, kept - frozenset(right), frozenset(right) - kept)


def _meets(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(kin(one, other) == "same" or root(one) == root(other) for one in mine for other in theirs)
