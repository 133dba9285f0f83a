"""How right the referee is on forum-like claims about two sheets: true, false, and none of the sheet's business.

    python -m benchmarks.interwar_claims

The claims in interwar_claims.jsonl are about the shipped sheet, those in apollo_claims.jsonl about apollo.yaml, whose
facts hold 15 bare statements. All were written for this project, many of them as traps: a true sentence in nearly the
words of a usual mistake, another year of the same figure, another person in the same office.
"""

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from debate.referee.facts import FactSheet
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from debate.referee.sheets import load_sheet

HERE = Path(__file__).resolve().parent
SETS = (
    (HERE.parent / "examples" / "interwar-ussr.yaml", HERE / "interwar_claims.jsonl"),
    (HERE / "apollo.yaml", HERE / "apollo_claims.jsonl"),
)
VERDICTS = ("supported", "contradicted", "not_covered")


class Labelled(NamedTuple):
    """A claim, the verdict that a careful person gives by the sheet, and the fact it rests on."""

    claim: str
    verdict: str
    fact: str | None


def load_claims(sheet: FactSheet, path: Path) -> list[Labelled]:
    """The labelled claims; a fact that the sheet lacks is an error of this data."""
    known = {fact.id for fact in sheet.facts}
    claims = [Labelled(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    for one in claims:
        if one.fact is not None and one.fact not in known:
            raise KeyError(f"{one.claim!r} rests on {one.fact!r}, which is not in the sheet")
    return claims


def verdict_of(referee: RuleReferee, claim: str) -> str:
    """One verdict for a sentence: an objection first, then support, else silence."""
    verdicts = {ruling.verdict for ruling in asyncio.run(referee.rule(claim, Background()))}
    return next((one for one in ("contradicted", "supported") if one in verdicts), "not_covered")


def main() -> None:
    """Print for each sheet what was ruled against what is right, and every wrong ruling."""
    for sheet, claims in SETS:
        measure(load_sheet(sheet), claims)


def measure(sheet: FactSheet, path: Path) -> None:
    """Print the table of one sheet."""
    referee = RuleReferee(sheet)
    console = Console()
    counts: Counter[tuple[str, str]] = Counter()
    for one in load_claims(sheet, path):
        ruled = verdict_of(referee, one.claim)
        counts[one.verdict, ruled] += 1
        if ruled not in (one.verdict, "not_covered"):
            console.print(f"{one.verdict} ruled {ruled}: {one.claim}", highlight=False, soft_wrap=True)
    table = Table(
        "right verdict", *(f"ruled {name}" for name in VERDICTS), title=f"{sheet.title}: {counts.total()} claims"
    )
    for right in VERDICTS:
        table.add_row(right, *(str(counts[right, ruled]) for ruled in VERDICTS))
    console.print(table)
    objections = sum(counts[right, "contradicted"] for right in VERDICTS)
    caught = counts["contradicted", "contradicted"]
    wrong = sum(counts["contradicted", ruled] for ruled in VERDICTS)
    console.print(f"objections that are right: {caught}/{objections}; false claims objected to: {caught}/{wrong}")


if __name__ == "__main__":
    main()
