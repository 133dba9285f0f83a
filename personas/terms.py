"""The words that carry a sentence's subject, as stems, so that "relations" and "relation" count as one."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


_DENIES = re.compile(r"not|no|never|nobody|none|nothing|neither|nor|cannot|without|hardly|\w+n't")


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP_WORDS = _listed(
    """a about above actually after again against ain't all almost alone along already also although always am among
    an and another any anybody anyone anything anyway are aren't around as at away back basically be because been
    before being below best better between both but by call came can can't cannot come could couldn't course did
    didn't do does doesn't doing don't done down each either else enough even ever every everybody everyone
    everything exactly fact far few first for from further get gets getting give given go goes going gone good got
    had hadn't has hasn't have haven't having he he'd he'll he's hence her here hers herself him himself his how
    however i i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just keep kind know last
    least less let let's like likely little lol look lot lots made mainly make makes many matter may maybe me mean
    might mine more most mostly much must my myself near need neither never next no nobody none nor not nothing
    now of off often oh ok okay on once one ones only or other others otherwise ought our ours out over own
    perhaps please point point pretty probably put quite rather really said same saw say says see seem seems seen
    several shall she should shouldn't since so some somebody someone something sort still such sure take than
    thank thanks that that's the their theirs them themselves then there there's therefore these they they'd
    they'll they're they've thing things think this those though through thus to together too toward towards try
    under until up upon us use used very via want wants was wasn't way ways we we'd we'll we're we've well went
    were weren't what what's whatever when where whereas whether which while who who's whole whom whose why will
    with within without won't would wouldn't yeah yes yet you you'd you'll you're you've your yours yourself"""
)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # Imported late: reading a thread or printing help needs no stemmer.
    import Stemmer

    return Stemmer.Stemmer("english")


def words(text: str) -> list[str]:
    """The words of a text in order, lower case, with straight apostrophes."""
    return list(_words(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


@lru_cache(maxsize=16384)
def terms(text: str) -> frozenset[str]:
    """Stems of the content words of a text; stop words and single characters are left out.

    Languages without spaces between words give long terms that seldom repeat; nothing worse happens to them.
    """
    kept = [
        word.removesuffix("'s").removesuffix("s'")
        for word in words(text)
        if word not in _STOP_WORDS and (len(word) > 1 or not word.isascii())
    ]
    return frozenset(_stemmer().stemWords(kept))


def denials(said: Sequence[str]) -> int:
    """How many of these words, as `words` gives them, deny."""
    return sum(_DENIES.fullmatch(word) is not None for word in said)


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Weight of each term of these texts: the rarer, the heavier (smoothed inverse document frequency, >= 0.3)."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        counts.update(terms(text))
    return {term: 0.3 + math.log((1 + total) / (1 + count)) for term, count in counts.items()}


def similarity(left: frozenset[str], right: frozenset[str], weights: Mapping[str, float]) -> float:
    """Weighted cosine of two sets of terms, 0 to 1; a term without weight counts as rare."""
    if not left or not right:
        return 0.0
    shared = sum(weights.get(term, 2.0) ** 2 for term in left & right)
    if not shared:
        return 0.0
    norms = [math.sqrt(sum(weights.get(term, 2.0) ** 2 for term in side)) for side in (left, right)]
    return shared / (norms[0] * norms[1])
