"""Train the referee's decision trees and write `judge.json`; needs lightgbm, which running rejoinder does not.

    python -m benchmarks.training.train_judge PATH/TO/fool-me-twice PATH/TO/FewRel

Trained on FM2's dev part and Factcheck-GPT (Apache-2.0) and on practice claims made from the sentences of FM2's dev
pages (Wikipedia, CC BY-SA) and of FewRel's wiki validation set (MIT; Wikipedia). The paths are checkouts of the two
repositories. FM2's test part, FEVER and Climate-FEVER are for measuring and are never read here.
"""

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm  # type: ignore[import-not-found]
import numpy as np

from benchmarks.referee_data import load_trial
from benchmarks.training.build_lexicon import TARGET as LEXICON
from benchmarks.training.practice_texts import Texts, half_of, pages, sentences, web
from benchmarks.training.synthesise import Practice, practise
from debate.referee.comparison import compare
from debate.referee.entries import Entry
from debate.referee.facts import Fact, Source
from debate.referee.features import NAMES
from debate.referee.judge import describe
from debate.referee.library import Library
from debate.referee.reading import read

TARGET = LEXICON.parent / "judge.json"
_CANDIDATES = 6
_APART, _SUPPORTS, _CONTRADICTS, _LESS = 0, 1, 2, 3
"""How a statement relates to a claim; `_LESS` means that the claim says more than it."""
_LABELS = {"supported": _SUPPORTS, "contradicted": _CONTRADICTS, "not_covered": _LESS, "apart": _APART}
_PARAMETERS = {
    "objective": "binary", "num_leaves": 24, "learning_rate": 0.07, "min_data_in_leaf": 100, "lambda_l2": 1.0,
    "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.4,
    "num_threads": 1, "verbose": -1, "max_bin": 63, "deterministic": True,
}  # fmt: skip
_ROUNDS = 150
_SEEDS = (1, 2)
"""Each forest is the mean of one for every seed: with so few labelled rows, one alone is a matter of chance."""


class Rows(NamedTuple):
    """Features of claims beside statements, how these relate, and how much each counts."""

    values: list[list[float]]
    labels: list[int]
    weights: list[float]

    def add(self, values: list[float], label: int, weight: float) -> None:
        """One more pair."""
        self.values.append(values)
        self.labels.append(label)
        self.weights.append(weight)


def main(fm2: Path, fewrel: Path) -> None:
    """Gather the rows, fit both forests, write them."""
    rows = gather(fm2, fewrel)
    written = train(rows)
    TARGET.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    spoken = sum(label != _APART for label in rows.labels)
    print(f"{len(rows.labels)} rows, {spoken} that speak of the claim; {TARGET.stat().st_size} bytes")


def gather(fm2: Path, fewrel: Path) -> Rows:
    """All rows that the trees are trained on."""
    rows = Rows([], [], [])
    for name, weight in (("fm2", 3.0), ("factcheck_gpt", 2.0)):
        for seed in (0, 1):
            from_set(rows, name, seed, weight)
    for number, texts in enumerate((pages(fm2), sentences(fewrel), web())):
        from_practice(rows, texts, number)
    return rows


def from_set(rows: Rows, name: str, seed: int, weight: float) -> None:
    """Rows of one labelled set under the measuring protocol."""
    trial = load_trial(name, seed)
    library = Library(trial.sheet)
    for case in trial.cases:
        for fact_id, values in _described(library, case.claim):
            gold = fact_id in case.facts and case.label != "not_covered"
            rows.add(values, _LABELS[case.label] if gold else _APART, weight)


def from_practice(rows: Rows, texts: Texts, seed: int, beside: int = 2_500, alone: int = 15_000) -> None:
    """Rows of practice claims: some beside all that the search finds for them, many beside their own text alone.

    Half of the texts are on the sheet, so that a claim whose text is not there meets its neighbours instead.
    """
    chance = random.Random(seed)
    order = sorted(set(texts.texts))
    chance.shuffle(order)
    made = [one for one in practise(order, seed, texts.titles) if one.made_by != "noun" or chance.random() < 0.45]
    chance.shuffle(made)
    library = half_of(order, texts.name)
    for one in made[:beside]:
        for fact_id, values in _described(library, one.claim):
            is_own = library.fact(fact_id).statement == one.evidence
            rows.add(values, _LABELS[one.label] if is_own else _APART, 0.8)
    _beside_their_own(rows, made[beside : beside + alone], library)


def _beside_their_own(rows: Rows, made: Sequence[Practice], library: Library) -> None:
    source = (Source(author="The set", title="Practice"),)
    for one in made:
        if one.label != "apart":
            entry = Entry(Fact(id="own", statement=one.evidence, sources=source))
            comparison = compare(read(one.claim), entry, library.weight)
            rows.add(describe(comparison, library.weight), _LABELS[one.label], 0.5)


def _described(library: Library, claim: str) -> list[tuple[str, list[float]]]:
    reading = read(claim)
    compared = [compare(reading, entry, library.weight) for entry, _ in library.candidates(claim, _CANDIDATES)]
    return [(one.entry.fact.id, describe(one, library.weight)) for one in compared]


def train(rows: Rows) -> dict[str, Any]:
    """Both forests as plain lists: does a statement speak about a claim, and does it disagree."""
    values, labels, weights = np.array(rows.values), np.array(rows.labels), np.array(rows.weights)
    spoken = labels != _APART
    return {
        "features": NAMES,
        "coverage": fit(values, spoken, weights),
        "disagreement": fit(values[spoken], labels[spoken] == _CONTRADICTS, weights[spoken]),
    }


def fit(values: Any, answers: Any, weights: Any) -> dict[str, Any]:
    """Boosted trees as plain lists."""
    trees: list[list[list[float]]] = []
    for seed in _SEEDS:
        data = lightgbm.Dataset(values, answers.astype(int), weight=weights)
        model = lightgbm.train({**_PARAMETERS, "seed": seed}, data, _ROUNDS)
        trees += [_plain(tree["tree_structure"], 1 / len(_SEEDS)) for tree in model.dump_model()["tree_info"]]
    return {"base": 0.0, "trees": trees}


def _plain(root: dict[str, Any], share: float) -> list[list[float]]:
    """A tree as a list of nodes, its values times `share`; see `debate.referee.judge.Tree`."""
    nodes: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes)
        if "leaf_value" in node:
            nodes.append([-1, round(node["leaf_value"] * share, 4), 0, 0])
            return place
        nodes.append([])
        low, high = add(node["left_child"]), add(node["right_child"])
        nodes[place] = [node["split_feature"], round(node["threshold"], 5), low, high]
        return place

    add(root)
    return nodes


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
