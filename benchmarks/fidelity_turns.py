"""How well the fidelity check tells faithful turns from others, on turns that a person labelled.

    python -m benchmarks.fidelity_turns [FILE.jsonl] [--strict] [-v]

The default file holds 60 turns on the shipped example: written by hand in the manner of chat models' turns, and
labelled "stop" where the turn turns a position around, gives in, invents, or leaves its persona in another way, else
"keep". `fluent_turns.jsonl` holds 100 more, written as a strong model writes. Only the words decide here, no judging
model. Both rates are printed: what is stopped rightly, and what that costs in good turns.
"""

import argparse
import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.wiring import load_cast, prepare_debate, read_discussion
from benchmarks.many_debates import EXAMPLE, ROOT
from debate.events import ReplyTo, Setup, Turn
from debate.fidelity.check import FidelityCheck
from debate.fidelity.findings import Inspection, Occasion
from personas.persona import Persona

TURNS = ROOT / "benchmarks" / "fidelity_turns.jsonl"


def speaker_who_says(setup: Setup, words: str) -> Persona:
    """The participant who wrote these words in the thread; most of them have lost their names."""
    for persona in setup.participants:
        if any(words in " ".join(remark.text.split()) for remark in persona.remarks):
            return persona
    raise SystemExit(f"nobody in the example says {words!r}")


async def inspect(setup: Setup, row: dict[str, str], is_strict: bool = False) -> Inspection:
    """The check of one labelled turn."""
    speaker = speaker_who_says(setup, row["speaker_says"])
    other = speaker_who_says(setup, row["answers"])
    turn = Turn(
        seq=1,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        round=1,
        phase="reply",
        speaker=other.id,
        speaker_name=setup.shown_name(other.id),
        text=row["answers"],
    )
    reply_to = ReplyTo(seq=1, speaker=other.id, text=row["answers"])
    occasion = Occasion(setup=setup, events=(turn,), speaker=speaker, reply_to=reply_to)
    return (await FidelityCheck(is_strict=is_strict).check(row["text"], occasion)).inspection


async def judge(lines: list[str], verbose: bool, is_strict: bool = False) -> tuple[Counter[str], Counter[str]]:
    """How many turns of each label were stopped, and how many there are."""
    cast = load_cast(read_discussion([EXAMPLE]), None, None)
    stopped: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for line in lines:
        row = json.loads(line)
        setup = prepare_debate(cast, premise=row.get("premise") or None).setup
        inspection = await inspect(setup, row, is_strict)
        for label in {row["label"], row["why"] or row["label"]}:
            all_of[label] += 1
            stopped[label] += not inspection.is_accepted
        if verbose and (row["label"] == "stop") == inspection.is_accepted:
            found = "; ".join(finding.reason for finding in inspection.findings) or "accepted"
            print(f"{row['label']} {row['why']}: {row['text']}\n    {found}")
    return stopped, all_of


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=TURNS)
    parser.add_argument("-v", "--verbose", action="store_true", help="print the turns judged otherwise than labelled")
    parser.add_argument("--strict", action="store_true", help="the check of small models (`--small-model`)")
    options = parser.parse_args()
    stopped, all_of = asyncio.run(
        judge(options.file.read_text(encoding="utf-8").splitlines(), options.verbose, options.strict)
    )
    table = Table(title="Labelled turns")
    table.add_column("label")
    table.add_column("turns", justify="right")
    table.add_column("stopped", justify="right")
    for label in sorted(all_of, key=lambda one: (one not in ("stop", "keep"), one)):
        table.add_row(label, str(all_of[label]), f"{stopped[label]} ({stopped[label] / all_of[label]:.0%})")
    Console().print(table)


if __name__ == "__main__":
    main()
