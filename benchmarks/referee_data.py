"""The verdict sets as claims with and without their evidence on the sheet.

Protocol: the evidence texts of a set are the sheet, one fact each with a statement and nothing else. Claims
whose evidence shares a sentence belong together, since a passage that overlaps a lost one would still cover the
claim; half of these groups keep their evidence, the other half lose it and are "not covered".
"""

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from debate.referee.facts import Fact, FactSheet, Source
from language.sentences import split_sentences

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "claims"
VERDICT_SETS = ("fever_dev", "fm2", "climate_fever", "factcheck_gpt")


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, what the sheet should make of it, and the facts that it should find."""

    claim: str
    label: str
    facts: tuple[str, ...]
    covered: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A sheet and the claims that are put to it."""

    name: str
    sheet: FactSheet
    cases: tuple[Case, ...]


def load_trial(name: str, seed: int = 0) -> Trial:
    """One set under the protocol."""
    lines = (SHARED / name / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return make_trial(name, [json.loads(line) for line in lines], seed)


def load_fm2_test(checkout: Path, seed: int = 0) -> Trial:
    """The test part of FM2 from a checkout of its repository, under the same protocol."""
    labels = {"SUPPORTS": "supported", "REFUTES": "contradicted"}
    rows = []
    for line in (checkout / "dataset" / "test.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        evidence = [one["text"] for one in row["gold_evidence"]]
        rows.append({"claim": row["text"], "label": labels[row["label"]], "evidence": evidence})
    return make_trial("fm2_test", rows, seed)


def is_for_testing(claim: str) -> bool:
    """Whether a claim is of the half that nobody looked at while the rules and thresholds were made."""
    return int(hashlib.sha256(claim.encode()).hexdigest(), 16) % 2 == 1


def make_trial(name: str, rows: list[dict[str, Any]], seed: int) -> Trial:
    """Rows of a set as a trial; a claim whose evidence disagrees with itself is left out."""
    claims: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        labels = claims.setdefault(row["claim"], {})
        labels.setdefault(row["label"], set()).update(row["evidence"])
    groups = _groups([sorted(set().union(*labels.values())) for labels in claims.values()])
    kept = _half(groups, seed)
    ids = {text: f"f{number}" for number, text in enumerate(sorted({text for group in groups for text in group}))}
    cases = []
    for (claim, labels), place in zip(claims.items(), _places(claims, groups), strict=True):
        if "supported" in labels and "contradicted" in labels:
            continue
        label = next((one for one in ("supported", "contradicted") if one in labels), "not_covered")
        covered = place in kept
        facts = tuple(sorted(ids[text] for text in labels[label])) if covered else ()
        cases.append(Case(claim, label if covered else "not_covered", facts, covered))
    source = (Source(author="The set", title=name),)
    facts_kept = tuple(
        Fact(id=ids[text], statement=text, sources=source)
        for number, group in enumerate(groups)
        if number in kept
        for text in group
        if text.strip()
    )
    return Trial(name, FactSheet(id=name.replace("_", "-"), title=name, version="1", facts=facts_kept), tuple(cases))


def _places(claims: dict[str, dict[str, set[str]]], groups: list[list[str]]) -> list[int]:
    where = {text: number for number, group in enumerate(groups) for text in group}
    return [where[next(iter(next(iter(labels.values()))))] for labels in claims.values()]


def _groups(evidence: list[list[str]]) -> list[list[str]]:
    """Texts that some claim ties together, each group sorted."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    first_with: dict[str, str] = {}
    for texts in evidence:
        for text in texts:
            parent[root(text)] = root(texts[0])
            for sentence in split_sentences(text):
                other = first_with.setdefault(sentence.text, text)
                parent[root(text)] = root(other)
    groups: dict[str, list[str]] = {}
    for text in parent:
        groups.setdefault(root(text), []).append(text)
    return sorted(sorted(group) for group in groups.values())


def _half(groups: list[list[str]], seed: int) -> set[int]:
    order = list(range(len(groups)))
    random.Random(seed).shuffle(order)
    return set(order[: len(order) // 2])
