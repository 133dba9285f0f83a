"""How right the referee is without a chat model: verdicts, search, checkability, calibration, the seed thread, time.

    python -m benchmarks.referee [--rules] [--sample N] [--fm2 CHECKOUT]

The protocol is in `benchmarks.referee_data`. The judge's trees and the cross-encoder (left out with `--rules`) were
trained on FM2's dev part and Factcheck-GPT; every line says so. FEVER is told apart by a hash of the claim: one half
was looked at while the rules and thresholds were made, the other is for testing. Nothing was trained on Climate-
FEVER, but its mistakes were read. FM2's test part, which a checkout of its repository has, was neither trained on nor
looked at.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.referee_data import (
    SHARED,
    VERDICT_SETS,
    Case,
    Trial,
    is_for_testing,
    load_fm2_test,
    load_trial,
)
from debate.referee.checkability import assess
from debate.referee.claims import find_clauses
from debate.referee.counterfactual import is_counterfactual
from debate.referee.facts import Fact, FactSheet, Source
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from debate.referee.sheets import load_sheet
from language.inference import Inferring, installed

ROOT = Path(__file__).resolve().parent.parent
SEED_THREAD = ROOT.parent / "shared" / "threads" / "trotsky-west.txt"
LABELS = ("supported", "contradicted", "not_covered")
_SEEN = {"fm2": "trained on", "factcheck_gpt": "trained on", "climate_fever": "looked at"}
Pair = tuple[str, str]


class Confidence(NamedTuple):
    """A ruling's verdict, the confidence it stated, and whether it was right."""

    verdict: str
    stated: float
    right: bool


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="claims a set at most; 0 for all")
    parser.add_argument("--rules", action="store_true", help="without the cross-encoder")
    parser.add_argument("--fm2", type=Path, help="a checkout of FM2's repository, for its test part")
    parsed = parser.parse_args()
    sample: int = parsed.sample
    inference = None if parsed.rules else installed()
    console = Console(width=110)
    if not SHARED.is_dir():
        console.print("../shared/claims is not here; nothing to measure")
        return
    table = Table("what", "figure", "aim", title=f"The referee: rules{' and cross-encoder' if inference else ' alone'}")
    confidences: list[Confidence] = []
    means: list[tuple[float, float, float]] = []
    for trial in (load_trial(name) for name in VERDICT_SETS):
        parts = (("tested", True), ("looked at", False)) if trial.name == "fever_dev" else ((_SEEN[trial.name], None),)
        for seen, part in parts:
            cases = [case for case in trial.cases if part is None or is_for_testing(case.claim) == part]
            rows, mean = verdict_rows(trial, cases, seen, sample, confidences, inference)
            for row in rows:
                table.add_row(*row)
            if trial.name != "factcheck_gpt" and part is not False:
                means.append(mean)
    if parsed.fm2:
        held = load_fm2_test(parsed.fm2)
        rows, unseen = verdict_rows(held, list(held.cases), "unseen", sample, confidences, inference)
        for row in rows:
            table.add_row(*row)
        # The part that the trees were trained on says nothing of what they do elsewhere.
        means[VERDICT_SETS.index("fm2")] = unseen
    averages = [sum(mean[place] for mean in means) / len(means) for place in range(3)]
    table.add_row("mean of three: contradicted P / R", f"{averages[0]:.3f} / {averages[1]:.3f}", "0.70 / 0.25")
    table.add_row("mean of three: macro-F1", f"{averages[2]:.3f}", "0.55")
    for row in (*checkability_rows(), *seed_rows(inference), *time_rows(inference)):
        table.add_row(*row)
    console.print(table)
    console.print(reliability(confidences))


def verdict_rows(
    trial: Trial,
    cases: list[Case],
    seen: str,
    sample: int,
    confidences: list[Confidence],
    inference: Inferring | None,
) -> tuple[list[tuple[str, str, str]], tuple[float, float, float]]:
    """The lines of one set, and its contradiction precision, recall and macro-F1."""
    name = trial.name
    if sample and len(cases) > sample:
        cases = random.Random(0).sample(cases, sample)
    referee = RuleReferee(trial.sheet, inference=inference)
    pairs: list[Pair] = []
    found = asked = 0
    for case in cases:
        verdict, confidence = judged(referee, case)
        pairs.append((case.label, verdict))
        if verdict in ("supported", "contradicted"):
            confidences.append(Confidence(verdict, confidence, verdict == case.label))
        if case.facts and case.label != "not_covered":
            asked += 1
            hits = {entry.fact.id for entry, _ in referee.library.candidates(case.claim, 10)}
            found += bool(hits & set(case.facts))
    scores = {label: f_score(pairs, label) for label in LABELS}
    apart = [verdict for label, verdict in pairs if label == "not_covered"]
    macro = sum(score[2] for score in scores.values()) / len(LABELS)
    precision, recall, _ = scores["contradicted"]
    aims = {"fever_dev": ("0.85 / 0.45", "0.72", "0.96")}.get(name, ("", "", ""))
    return [
        (f"{name} ({len(pairs)}, {seen}): contradicted P / R", f"{precision:.3f} / {recall:.3f}", aims[0]),
        (f"{name}: macro-F1", f"{macro:.3f}", aims[1]),
        (f"{name}: not covered ruled contradicted", f"{apart.count('contradicted') / len(apart):.3f}", "0.03"),
        (f"{name}: search recall@10", f"{found / asked:.3f}", aims[2]),
    ], (precision, recall, macro)


def judged(referee: RuleReferee, case: Case) -> tuple[str, float]:
    """One verdict for a claim: contradicted where any part is, else supported where any part is."""
    rulings = {one.verdict: one for one in referee.judge(case.claim)}
    for verdict in ("contradicted", "supported"):
        if verdict in rulings:
            return verdict, rulings[verdict].confidence
    return "not_covered", 0.0


def f_score(pairs: Sequence[tuple[object, object]], label: object) -> tuple[float, float, float]:
    """Precision, recall and F1 of one label."""
    right = sum(truth == said == label for truth, said in pairs)
    said_so = sum(said == label for _, said in pairs)
    is_so = sum(truth == label for truth, _ in pairs)
    precision = right / said_so if said_so else 0.0
    recall = right / is_so if is_so else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def checkability_rows() -> list[tuple[str, str, str]]:
    """F1 of the positive kind on the checkability sets; nothing was trained on them."""
    tests: tuple[tuple[str, str, Callable[[str], bool], str], ...] = (
        ("claimbuster", "check_worthy", is_checkable, "0.81"),
        ("checkthat2019", "check_worthy", is_checkable, ""),
        ("semeval2020_counterfactual", "counterfactual", is_counterfactual, "0.69"),
    )
    rows = []
    for name, kind, says, aim in tests:
        lines = (SHARED / "checkability" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        pairs = [(row["kind"] == kind, says(row["text"])) for row in map(json.loads, lines)]
        precision, recall, f1 = f_score(pairs, True)
        rows.append((f"{name}: {kind} F1 (P / R)", f"{f1:.3f} ({precision:.3f} / {recall:.3f})", aim))
    return rows


def is_checkable(text: str) -> bool:
    """Whether any clause of a text can be checked."""
    return any(assess(clause, False).checkable for clause in find_clauses(text))


def seed_rows(inference: Inferring | None) -> list[tuple[str, str, str]]:
    """What the shipped sheet says to the seed thread."""
    referee = RuleReferee(load_sheet(ROOT / "examples" / "interwar-ussr.yaml"), inference=inference)
    text = SEED_THREAD.read_text(encoding="utf-8")
    rulings = referee.judge(text, Background(motion=text.split("\n", 1)[0]))
    counts = Counter(one.verdict for one in {one.claim: one for one in rulings}.values())
    wrong = "; ".join(sorted({one.claim for one in rulings if one.verdict == "contradicted"}))
    return [
        ("seed thread: different claims by verdict", ", ".join(f"{key} {counts[key]}" for key in sorted(counts)), ""),
        ("seed thread: contradicted", wrong, "China 1950s; KPD 17 %"),
    ]


def time_rows(inference: Inferring | None) -> list[tuple[str, str, str]]:
    """Milliseconds a claim at 10,000 and 100,000 facts, and seconds to load from the cache."""
    rows = []
    for size, aim in ((10_000, "10 ms"), (100_000, "search 5 ms")):
        facts = made_facts(size)
        start = time.process_time()
        referee = RuleReferee(FactSheet(id="made", title="Made", version="1", facts=facts), inference=inference)
        ready = time.process_time() - start
        claims = [fact.statement.replace(" 19", " 18") for fact in random.Random(1).sample(facts, 200)]
        start = time.process_time()
        for claim in claims:
            referee.library.candidates(claim)
        searched = (time.process_time() - start) / len(claims) * 1000
        start = time.process_time()
        for claim in claims:
            referee.judge(claim)
        judged_ms = (time.process_time() - start) / len(claims) * 1000
        figure = f"{judged_ms:.1f} ms a claim, search {searched:.1f} ms, index built in {ready:.1f} s"
        rows.append((f"{size:,} facts", figure, aim))
    return rows


def made_facts(size: int) -> tuple[Fact, ...]:
    """Facts of made-up towns, with the vocabulary of a real sheet."""
    chance = random.Random(0)
    words = [fact.statement for fact in load_sheet(ROOT / "examples" / "interwar-ussr.yaml").facts]
    source = (Source(author="Made", title="Up"),)
    syllables = ("ka", "lo", "mi", "ster", "gra", "vel", "tor", "ni", "sa", "bru", "den", "pol")
    facts = []
    for number in range(size):
        town = "".join(chance.choices(syllables, k=4)).capitalize()
        tail = " ".join(chance.choice(words).split()[:9])
        facts.append(
            Fact(id=f"f{number}", statement=f"{town} {number} opened in {1900 + number % 90}; {tail}.", sources=source)
        )
    return tuple(facts)


def reliability(confidences: list[Confidence]) -> Table:
    """How often rulings of a stated confidence are right."""
    table = Table("verdict", "confidence", "rulings", "stated", "right", title="Reliability of rulings, all sets")
    for verdict in ("contradicted", "supported"):
        for low in range(0, 100, 10):
            inside = [one for one in confidences if one.verdict == verdict and low <= one.stated * 100 < low + 10]
            if inside:
                stated = sum(one.stated for one in inside) / len(inside)
                right = sum(one.right for one in inside) / len(inside)
                bounds = f"{low / 100:.1f} to {low / 100 + 0.1:.1f}"
                table.add_row(verdict, bounds, str(len(inside)), f"{stated:.2f}", f"{right:.2f}")
    return table


if __name__ == "__main__":
    main()
