"""How well the referee finds what can be checked: claims in the sentences of threads, and three public sets.

    python -m benchmarks.claims [--half tune|held|both] [--errors]

`thread_claims.jsonl` holds sentences written for this project in the manner of what-if threads and of ordinary
debates. Claims about the real world stand in double brackets; everything else is not to be ruled on. The rules were
looked at on the half called "tune" alone. The public sets are for measuring only: nothing was trained on them, and
errors were looked at only in the half of them whose digest is even.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from debate.referee.counterfactual import is_counterfactual
from debate.referee.facts import FactSheet, Ruling
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from debate.referee.worthiness import WORTHY, worth

SENTENCES = Path(__file__).with_name("thread_claims.jsonl")
SETS = Path(__file__).resolve().parent.parent.parent / "shared" / "claims" / "checkability"
_MARK = re.compile(r"\[\[|\]\]")
Span = tuple[int, int]


class Example(NamedTuple):
    """A sentence with the claims in it that can be checked."""

    id: str
    half: str
    kind: str
    text: str
    claims: tuple[Span, ...]
    background: Background
    reads: tuple[str, ...]
    """Words that the claim must be read with to stand on its own."""


def load_examples() -> tuple[Example, ...]:
    """The sentences, brackets taken out."""
    return tuple(_example(json.loads(line)) for line in SENTENCES.read_text(encoding="utf-8").splitlines())


def _example(row: dict[str, object]) -> Example:
    marked, text, claims = str(row["marked"]), "", []
    for place, piece in enumerate(_MARK.split(marked)):
        if place % 2:
            claims.append((len(text), len(text) + len(piece)))
        text += piece
    reads = row["reads"] if isinstance(row["reads"], list) else []
    about = Background(motion=str(row["motion"]), preceding=str(row["preceding"]))
    return Example(str(row["id"]), str(row["half"]), str(row["kind"]), text, tuple(claims), about, tuple(reads))


class Outcome(NamedTuple):
    """What the referee takes for claims in one example."""

    example: Example
    found: tuple[Ruling, ...]

    @property
    def spurious(self) -> list[Ruling]:
        """Claims found of which less than half is marked."""
        return [
            one
            for one in self.found
            if sum(_overlap((one.start, one.end), gold) for gold in self.example.claims) < (one.end - one.start) / 2
        ]

    @property
    def missed(self) -> list[Span]:
        """Marked claims of which less than half is found."""
        return [
            gold
            for gold in self.example.claims
            if sum(_overlap((one.start, one.end), gold) for one in self.found) < (gold[1] - gold[0]) / 2
        ]

    @property
    def exact(self) -> int:
        """Marked claims that one found claim covers, eight tenths of both together in common."""
        return sum(
            any(_overlap((one.start, one.end), gold) >= 0.8 * _hull((one.start, one.end), gold) for one in self.found)
            for gold in self.example.claims
        )

    @property
    def is_resolved(self) -> bool:
        """Whether the words that the claim needs to stand alone are read with it."""
        read = " ".join(one.reads_as or one.claim for one in self.found)
        return all(word in read for word in self.example.reads)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _hull(one: Span, other: Span) -> int:
    return max(one[1], other[1]) - min(one[0], other[0])


def outcomes(half: str) -> list[Outcome]:
    """What is found in the sentences of a half, or of "both"."""
    referee = RuleReferee(FactSheet(id="none", title="None", version="1"))
    return [
        Outcome(one, tuple(r for r in referee.judge(one.text, one.background) if r.verdict != "not_checkable"))
        for one in load_examples()
        if half in ("both", one.half)
    ]


def f_score(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (true, said)."""
    right = sum(truth and said for truth, said in pairs)
    precision = right / max(1, sum(said for _, said in pairs))
    recall = right / max(1, sum(truth for truth, _ in pairs))
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def thread_rows(half: str, seen: Sequence[Outcome]) -> Iterator[tuple[str, str]]:
    """The lines of one half."""
    precision, recall, f1 = f_score([(bool(one.example.claims), bool(one.found)) for one in seen])
    gold = sum(len(one.example.claims) for one in seen)
    found = sum(len(one.found) for one in seen)
    hits, spurious = gold - sum(len(one.missed) for one in seen), sum(len(one.spurious) for one in seen)
    yield f"{half}: sentences with something to check, F1 (P / R)", f"{f1:.3f} ({precision:.3f} / {recall:.3f})"
    yield f"{half}: claims found", f"{hits} of {gold}"
    yield f"{half}: claims found that are none", f"{spurious} of {found}"
    yield f"{half}: claims whose bounds are right", f"{sum(one.exact for one in seen)} of {gold}"
    needing = [one for one in seen if one.example.reads]
    yield f"{half}: readings complete", f"{sum(one.is_resolved for one in needing)} of {len(needing)}"
    totals, wrong = Counter[str](), Counter[str]()
    for one in seen:
        totals[one.example.kind] += 1
        wrong[one.example.kind] += bool(one.spurious)
    said = ", ".join(f"{kind} {wrong[kind]}/{totals[kind]}" for kind in sorted(totals) if wrong[kind])
    yield f"{half}: kinds ruled on by mistake", said or "none"


def set_rows() -> Iterator[tuple[str, str]]:
    """F1 of the positive kind on the public sets, for the half looked at and the half held out."""
    tests: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
        ("claimbuster", "check_worthy", is_worthy),
        ("checkthat2019", "check_worthy", is_worthy),
        ("semeval2020_counterfactual", "counterfactual", is_counterfactual),
    )
    for name, kind, says in tests:
        pairs: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        for row in map(json.loads, (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
            half = "held" if int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 else "tune"
            pairs[half].append((row["kind"] == kind, says(row["text"])))
        for half, part in sorted(pairs.items(), reverse=True):
            precision, recall, f1 = f_score(part)
            other = f_score([(not truth, not said) for truth, said in part])[2]
            figure = f"{f1:.3f} ({precision:.3f} / {recall:.3f}), macro-F1 {(f1 + other) / 2:.3f}"
            yield f"{name}, {half}: {kind} F1 (P / R)", figure


def is_worthy(text: str) -> bool:
    """Whether a sentence is called worth checking."""
    return worth(text) >= WORTHY


def print_errors(console: Console, seen: Sequence[Outcome]) -> None:
    """What was found wrongly, missed, cut wrongly or read incompletely."""
    for one in seen:
        said = [f"+ {claim.claim!r}" for claim in one.spurious]
        said += [f"- {one.example.text[start:end]!r}" for start, end in one.missed]
        if not said and one.exact < len(one.example.claims):
            said += [f"~ {claim.claim!r}" for claim in one.found]
        if one.example.reads and not one.is_resolved:
            said += [f"? {claim.reads_as or claim.claim!r} lacks {one.example.reads}" for claim in one.found]
        if said:
            console.print(f"{one.example.id} {one.example.kind}: {one.example.text}", markup=False, style="dim")
            for line in said:
                console.print(f"    {line}", markup=False)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "held", "both"), default="both")
    parser.add_argument("--errors", action="store_true", help="print the errors of the half that may be looked at")
    options = parser.parse_args()
    console = Console(width=120, highlight=False)
    table = Table("what", "figure", title="What can be checked, without a model")
    for half in ("tune", "held") if options.half == "both" else (options.half,):
        seen = outcomes(half)
        for row in thread_rows(half, seen):
            table.add_row(*row)
        if options.errors and half == "tune":
            print_errors(console, seen)
    if SETS.is_dir():
        for row in set_rows():
            table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    main()
