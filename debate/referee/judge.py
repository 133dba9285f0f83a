"""The learned part of the rules: does a statement speak about a claim, and does it disagree with it?

Two small sets of decision trees read the features of `debate.referee.features`; they were trained by
`benchmarks.training.train_judge`, which says on what.
"""

import json
import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from debate.referee.comparison import Comparison, compare
from debate.referee.entries import Entry
from debate.referee.features import NAMES, features
from debate.referee.findings import Ground
from debate.referee.grounds.find import find_ground
from debate.referee.reading import Reading

_FEWEST_MATCHES = 2
_LEAST_COVER = 0.4
_LEAST_COVERAGE = 0.1
_MUCH_COVER = 0.45
_SPOKEN, _SURE = 0.3, 0.75
"""What a ground that decides by itself stands for."""


class Weighed(NamedTuple):
    """A comparison with what the trees make of it."""

    comparison: Comparison
    coverage: float
    """How likely the statement speaks about what the claim says; 0 to 1."""
    disagreement: float
    """How likely it disagrees, should it speak about it; 0 to 1."""
    ground: Ground | None
    """What differs and can be named; without it nothing is objected to."""


Tree = tuple[tuple[int, float, int, int], ...]
"""Nodes: feature, threshold, place where it is not larger, place where it is; a leaf has feature -1 and its value."""


class Forest:
    """Boosted decision trees for one yes-or-no question."""

    def __init__(self, base: float, trees: Sequence[Tree]) -> None:
        self._base = base
        self._trees = trees

    def probability(self, values: Sequence[float]) -> float:
        """How likely the answer is yes."""
        total = self._base
        for tree in self._trees:
            place = 0
            while True:
                feature, threshold, low, high = tree[place]
                if feature < 0:
                    total += threshold
                    break
                place = low if values[feature] <= threshold else high
        return 1 / (1 + math.exp(-total))


@cache
def _forests() -> dict[str, Forest]:
    raw = json.loads((files("debate.referee") / "data" / "judge.json").read_text(encoding="utf-8"))
    if tuple(raw["features"]) != NAMES:
        raise RuntimeError("the judge's trees were trained on other features: run benchmarks.training.train_judge")
    return {
        name: Forest(raw[name]["base"], [tuple(map(tuple, tree)) for tree in raw[name]["trees"]])
        for name in ("coverage", "disagreement")
    }


def weigh(claim: Reading, found: Sequence[tuple[Entry, float]], weight: Callable[[str], float]) -> list[Weighed]:
    """Weigh a claim against the statements that the search found, in their order.

    Facts with a subject are compared by rule alone, so nothing is spent on their features.
    """
    if all(entry.fact.subject for entry, _ in found):
        return [Weighed(compare(claim, entry, weight), 0.0, 0.0, None) for entry, _ in found]
    forests = _forests()
    weighed = []
    for entry, _ in found:
        comparison = compare(claim, entry, weight)
        # Most statements share a word or two with a claim and no more: the trees need not be asked about them.
        few = comparison.matched < _FEWEST_MATCHES and not _is_subject(comparison)
        if few or (comparison.cover < _LEAST_COVER and not _lacks_a_name(comparison)):
            weighed.append(Weighed(comparison, 0.0, 0.0, None))
            continue
        values = describe(comparison, weight)
        coverage = forests["coverage"].probability(values)
        asked = coverage >= _LEAST_COVERAGE
        looked_at = asked or comparison.cover >= _MUCH_COVER or _lacks_a_name(comparison)
        ground = find_ground(comparison, values, weight) if looked_at else None
        disagreement = forests["disagreement"].probability(values) if asked else 0.0
        if ground is not None and ground.is_sure:
            coverage, disagreement = max(coverage, _SPOKEN), max(disagreement, _SURE)
        weighed.append(Weighed(comparison, coverage, disagreement, ground))
    return weighed


def _lacks_a_name(one: Comparison) -> bool:
    """Whether all that the statement lacks is a name, which may stand in another's place."""
    missing = one.missing
    return 0 < len(missing) <= _LONGEST_NAME and one.missing_names == len(missing) and one.matched >= _FEWEST_MATCHES


_LONGEST_NAME = 3


def _is_subject(one: Comparison) -> bool:
    """Whether the one word that both share opens them both, as a name does: "Chile is a city"."""
    opening = one.entry.reading.content[:1]
    return bool(one.matches and opening and one.matches[0].share and one.matches[0].other == opening[0].stem)


def describe(one: Comparison, weight: Callable[[str], float]) -> list[float]:
    """The features of one comparison as the trees read them."""
    return [float(value) for value in features(one, weight)]
