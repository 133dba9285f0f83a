"""How fast a sheet of 100,000 facts is ready and searched, from an empty cache and from a kept one.

    python -m benchmarks.sheet_speed [--facts N]

Each start is a process of its own, as for a person at the command line; the sheet is a YAML file. Times are of
the clock and of the processor, which differ on a machine that does other work: seconds from the first import to a
referee that can be asked, then milliseconds a claim.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.referee import made_facts

_START = """
import json, resource, sys, time
def now():
    return time.perf_counter(), time.process_time()
def since(start, count=1):
    return [(one - other) / count for one, other in zip(now(), start)]
started = now()
from pathlib import Path
from debate.referee.referee import RuleReferee
from debate.referee.sheets import load_sheet
sheet, cache, claims = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
loaded = load_sheet(sheet, cache)
figures = {"sheet read, s": since(started)}
referee = RuleReferee(loaded, cache)
figures["referee ready, s"] = since(started)
begun = now()
referee.judge(claims[0])
figures["first claim, ms"] = [1000 * one for one in since(begun)]
begun = now()
for claim in claims:
    referee.library.candidates(claim)
figures["search, ms a claim"] = [1000 * one for one in since(begun, len(claims))]
begun = now()
for claim in claims:
    referee.judge(claim)
figures["ruling, ms a claim"] = [1000 * one for one in since(begun, len(claims))]
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures["memory, MB"] = [memory, memory]
print(json.dumps(figures))
"""


def write_sheet(path: Path, size: int) -> list[str]:
    """Write a sheet of made-up facts as YAML, and return claims about it."""
    facts = made_facts(size)
    with path.open("w", encoding="utf-8") as file:
        file.write("id: made\ntitle: Made\nversion: '1'\nfacts:\n")
        for fact in facts:
            statement = json.dumps(fact.statement, ensure_ascii=False)
            file.write(f"  - id: {fact.id}\n    statement: {statement}\n    sources: [{{author: Made, title: Up}}]\n")
    return [fact.statement.replace(" 19", " 18") for fact in random.Random(1).sample(facts, 200)]


def start(sheet: Path, cache: Path, claims: Path) -> dict[str, list[float]]:
    """Start once in a process of its own, and say what it took."""
    done = subprocess.run(
        [sys.executable, "-c", _START, str(sheet), str(cache), str(claims)], capture_output=True, text=True, check=True
    )
    figures: dict[str, list[float]] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print one table: the first start, and the best and worst of three later ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=100_000)
    size = parser.parse_args().facts
    with tempfile.TemporaryDirectory() as folder:
        sheet, cache, asked = Path(folder, "sheet.yaml"), Path(folder, "cache"), Path(folder, "claims.json")
        asked.write_text(json.dumps(write_sheet(sheet, size)), encoding="utf-8")
        begun = time.perf_counter()
        first = start(sheet, cache, asked)
        whole_s = time.perf_counter() - begun
        later = [start(sheet, cache, asked) for _ in range(3)]
        kept_mb = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) / 1e6
    table = Table("what", "empty cache", "kept cache", "processor alone", title=f"{size:,} facts, three kept starts")
    for name, (clock, processor) in first.items():
        clocks, processors = (sorted(one[name][place] for one in later) for place in (0, 1))
        table.add_row(
            name,
            f"{clock:.2f} ({processor:.2f})",
            f"{clocks[0]:.2f} to {clocks[-1]:.2f}",
            f"{processors[0]:.2f} to {processors[-1]:.2f}",
        )
    table.add_row("whole run, s", f"{whole_s:.1f}", "", "")
    table.add_row("cache on disk, MB", "", f"{kept_mb:.0f}", "")
    Console().print(table)


if __name__ == "__main__":
    main()
