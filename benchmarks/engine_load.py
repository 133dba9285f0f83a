"""200 debates of six turns at once against a fake endpoint with 50 ms latency, beside AutoGen and LangGraph.

    python -m benchmarks.engine_load [--debates 200] [--peers PYTHON]

Rejoinder runs with a durable transcript, fidelity checks by code and the referee without a model; the others only talk.
`--peers` names the Python of an environment with autogen-agentchat 0.7.5, autogen-ext[openai], langgraph and
langchain-openai. All three ask the same endpoint in one run; the processor time of the endpoint is
not counted, that of loading the programs neither. The sides take turns `--repeat` times, and each one's cheapest run
counts, since what else the machine does only ever adds.
"""

import argparse
import asyncio
import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.many_debates import ROOT, endpoint_process, run_debates
from language.resilience import RetryPolicy

TURNS = 6
TARGET = 0.6
PEERS = {"AutoGen round-robin": "autogen_round_robin.py", "LangGraph loop": "langgraph_round_robin.py"}


def measure(command: list[str]) -> dict[str, float]:
    """Run one side in a process of its own and read its line of JSON."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"{command[1:3]} failed: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def side(url: str, debates: int) -> None:
    """Rejoinder's side, in this process."""
    outcome = asyncio.run(run_debates(url, debates, TURNS, RetryPolicy()))
    failed = debates - outcome.endings["completed"]
    told = {"turns": outcome.turns, "cpu_s": outcome.cpu_s, "wall_s": outcome.wall_s, "failed": failed}
    print(json.dumps({**told, "attempts": outcome.attempts, "rulings": outcome.rulings}))


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--debates", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each side")
    parser.add_argument("--peers", type=Path, help="Python of an environment with the others")
    parser.add_argument("--side", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        side(options.side, options.debates)
        return
    load = [str(options.debates), str(TURNS)]
    found: dict[str, dict[str, float]] = {}
    with endpoint_process("--latency", "0.05") as url:
        sides = {"rejoinder": [sys.executable, "-m", "benchmarks.engine_load", "--debates", load[0], "--side", url]}
        for name, script in PEERS.items() if options.peers else ():
            sides[name] = [str(options.peers), str(ROOT / "benchmarks" / "peers" / script), url, *load]
        for _ in range(options.repeat):
            for name, command in sides.items():
                run = measure(command)
                if name not in found or run["cpu_s"] / run["turns"] < found[name]["cpu_s"] / found[name]["turns"]:
                    found[name] = run
    table = Table(title=f"{options.debates} debates of {TURNS} turns at once, 50 ms latency")
    for column in ("", "turns", "turns/s", "processor ms/turn", "to AutoGen", "not whole"):
        table.add_column(column, justify="right" if column else "left")
    reference = found.get("AutoGen round-robin")
    for name, one in found.items():
        cost = 1000 * one["cpu_s"] / one["turns"]
        ratio = cost / (1000 * reference["cpu_s"] / reference["turns"]) if reference else None
        table.add_row(
            name,
            f"{one['turns']:.0f}",
            f"{one['turns'] / one['wall_s']:.0f}",
            f"{cost:.2f}",
            "" if ratio is None else f"{ratio:.2f}",
            f"{one['failed']:.0f}",
        )
    Console().print(table)
    if reference is None:
        print("Without --peers PYTHON the others are not measured; the end is at most 0.6 of AutoGen's.")


if __name__ == "__main__":
    main()
