"""Train the referee's decision trees and write `judge.json`; needs scikit-learn, which running rejoinder does not.

    python -m benchmarks.training.train_judge

Trained on FM2, Factcheck-GPT (both Apache-2.0) and practice claims made from their texts. The other sets of
../shared/claims are for measuring and are never read here.
"""

import json
import random
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-not-found]

from benchmarks.referee_data import SHARED, load_trial
from benchmarks.training.build_lexicon import TARGET as LEXICON
from benchmarks.training.synthesise import practise
from debate.referee.facts import Fact, FactSheet, Source
from debate.referee.features import NAMES
from debate.referee.judge import described
from debate.referee.library import Library
from debate.referee.reading import read

TARGET = LEXICON.parent / "judge.json"
_CANDIDATES = 6
_APART, _SUPPORTS, _CONTRADICTS, _LESS = 0, 1, 2, 3
"""How a statement relates to a claim; `_LESS` means that the claim says more than it."""
_LABELS = {"supported": _SUPPORTS, "contradicted": _CONTRADICTS, "not_covered": _LESS}

Rows = tuple[list[list[float]], list[int]]


def main() -> None:
    """Gather the rows, fit both forests, write them."""
    gathered: list[Rows] = [from_set(name, seed) for name in ("fm2", "factcheck_gpt") for seed in (0, 1)]
    gathered.append(from_practice("fm2", 0, 3_500, 1_200))
    gathered.append(from_practice("factcheck_gpt", 1, 1_800, 400))
    values = np.array([row for rows, _ in gathered for row in rows])
    labels = np.array([label for _, found in gathered for label in found])
    spoken = labels != _APART
    written = {
        "features": NAMES,
        "coverage": fit(values, spoken),
        "disagreement": fit(values[spoken], labels[spoken] == _CONTRADICTS),
    }
    TARGET.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    print(f"{len(labels)} rows, {spoken.sum()} that speak of the claim; {TARGET.stat().st_size} bytes")


def from_set(name: str, seed: int) -> Rows:
    """Rows of one labelled set under the measuring protocol."""
    trial = load_trial(name, seed)
    library = Library(trial.sheet)
    rows: list[list[float]] = []
    labels: list[int] = []
    for case in trial.cases:
        for fact_id, values in _described(library, case.claim):
            rows.append(values)
            gold = fact_id in case.facts and case.label != "not_covered"
            labels.append(_LABELS[case.label] if gold else _APART)
    return rows, labels


def from_practice(name: str, seed: int, limit: int, longest: int) -> Rows:
    """Rows of practice claims made from one set's texts, half of which are on the sheet."""
    lines = (SHARED / name / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = sorted({text for line in lines for text in json.loads(line)["evidence"] if len(text) < longest})
    chance = random.Random(seed)
    chance.shuffle(texts)
    made = [one for one in practise(texts, seed) if one.made_by != "noun" or chance.random() < 0.45]
    chance.shuffle(made)
    kept = texts[: len(texts) // 2]
    ids = {text: f"f{number}" for number, text in enumerate(kept)}
    source = (Source(author="The set", title=name),)
    facts = tuple(Fact(id=ids[text], statement=text, sources=source) for text in kept)
    library = Library(FactSheet(id="practice", title=name, version="1", facts=facts))
    rows: list[list[float]] = []
    labels: list[int] = []
    for one in made[:limit]:
        for fact_id, values in _described(library, one.claim):
            rows.append(values)
            labels.append(_LABELS[one.label] if fact_id == ids.get(one.evidence) else _APART)
    return rows, labels


def _described(library: Library, claim: str) -> list[tuple[str, list[float]]]:
    found = library.candidates(claim, _CANDIDATES)
    return [(one.entry.fact.id, values) for one, values in described(read(claim), found, library.weight)]


def fit(values: Any, answers: Any) -> dict[str, Any]:
    """Boosted trees as plain lists."""
    model = HistGradientBoostingClassifier(
        max_iter=120, max_leaf_nodes=10, learning_rate=0.07, min_samples_leaf=30, l2_regularization=1.0, random_state=0
    )
    model.fit(values, answers.astype(int))
    trees = []
    for (predictor,) in model._predictors:
        tree = []
        for node in predictor.nodes:
            if node["is_leaf"]:
                tree.append([-1, round(float(node["value"]), 4), 0, 0])
            else:
                threshold = round(float(node["num_threshold"]), 5)
                tree.append([int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])])
        trees.append(tree)
    return {"base": round(float(model._baseline_prediction[0][0]), 5), "trees": trees}


if __name__ == "__main__":
    main()
