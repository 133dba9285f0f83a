"""How right the referee is on forum-like claims about three sheets: true, false, and none of the sheet's business.

    python -m benchmarks.interwar_claims [--rules] [--bare]

The claims in interwar_claims.jsonl are about the shipped sheet, those in apollo_claims.jsonl about apollo.yaml, whose
facts hold 15 bare statements. All were written for this project, many of them as traps: a true sentence in nearly the
words of a usual mistake, another year of the same figure, another person in the same office. Those in
interwar_paraphrases.jsonl and energy_claims.jsonl were written from the sheets alone, by somebody who did not know how
the referee works, in words as far from the sheet's as people find them. Half of these (by a hash) were looked at while
thresholds were chosen; the other half are for testing.

With `--bare` the sheets are what somebody writes who gives statements and sources alone: no subject, value or date.
"""

import argparse
import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from debate.referee.facts import Fact, FactSheet
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from debate.referee.sheets import load_sheet
from language.inference import installed

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "examples" / "interwar-ussr.yaml"
SETS = (
    (SHIPPED, HERE / "interwar_claims.jsonl"),
    (HERE / "apollo.yaml", HERE / "apollo_claims.jsonl"),
)
PARAPHRASED = (
    (SHIPPED, HERE / "interwar_paraphrases.jsonl"),
    (HERE / "energy.yaml", HERE / "energy_claims.jsonl"),
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


def as_bare(sheet: FactSheet) -> FactSheet:
    """A sheet of the same statements with nothing set down beside them but sources and other names."""
    facts = [Fact(id=one.id, statement=one.statement, aliases=one.aliases, sources=one.sources) for one in sheet.facts]
    return FactSheet(id=sheet.id, title=f"{sheet.title}, bare", version=sheet.version, facts=tuple(facts))


def was_looked_at(claim: str) -> bool:
    """Whether a claim is of the half that thresholds were chosen on."""
    return int(hashlib.sha256(claim.encode()).hexdigest(), 16) % 2 == 1


def verdict_of(referee: RuleReferee, claim: str) -> str:
    """One verdict for a sentence: an objection first, then support, else silence."""
    verdicts = {ruling.verdict for ruling in asyncio.run(referee.rule(claim, Background()))}
    return next((one for one in ("contradicted", "supported") if one in verdicts), "not_covered")


def main() -> None:
    """Print for each set what was ruled against what is right, and every wrong ruling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", action="store_true", help="without the cross-encoder")
    parser.add_argument("--bare", action="store_true", help="statements alone, without subject, value and date")
    parser.add_argument("--quiet", action="store_true", help="do not print the wrong rulings")
    parsed = parser.parse_args()
    for path, claims in (*SETS, *PARAPHRASED):
        sheet = as_bare(load_sheet(path)) if parsed.bare else load_sheet(path)
        referee = RuleReferee(sheet, inference=None if parsed.rules else installed())
        labelled = load_claims(sheet, claims)
        parts = {"": labelled}
        if (path, claims) in PARAPHRASED:
            parts = {
                ", looked at": [one for one in labelled if was_looked_at(one.claim)],
                ", for testing": [one for one in labelled if not was_looked_at(one.claim)],
            }
        for name, part in parts.items():
            measure(referee, part, f"{sheet.title}, {claims.stem}{name}", is_quiet=parsed.quiet)


def measure(referee: RuleReferee, claims: Sequence[Labelled], title: str, *, is_quiet: bool) -> None:
    """Print the table of one set."""
    console = Console()
    counts: Counter[tuple[str, str]] = Counter()
    for one in claims:
        ruled = verdict_of(referee, one.claim)
        counts[one.verdict, ruled] += 1
        if ruled not in (one.verdict, "not_covered") and not is_quiet:
            console.print(f"{one.verdict} ruled {ruled}: {one.claim}", highlight=False, soft_wrap=True)
    table = Table("right verdict", *(f"ruled {name}" for name in VERDICTS), title=f"{title}: {counts.total()} claims")
    for right in VERDICTS:
        table.add_row(right, *(str(counts[right, ruled]) for ruled in VERDICTS))
    console.print(table)
    for said, name in (("contradicted", "objections"), ("supported", "supports")):
        hits = counts[said, said]
        made = sum(counts[truth, said] for truth in VERDICTS)
        wanted = sum(counts[said, ruled] for ruled in VERDICTS)
        console.print(f"{name} that are right: {hits}/{made}; of those that are due: {hits}/{wanted}")


if __name__ == "__main__":
    main()
