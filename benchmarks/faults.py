"""50 debates of six turns while one request in five meets a fault: 429, 500, 503, truncated, empty, or a 60 s hang.

    python -m benchmarks.faults [--debates 50] [--share 0.2] [--try-timeout 1.0]

The end: every debate ends complete or with a recorded error, none hangs beyond its deadline, none loses a turn. A try
may take `--try-timeout` seconds here (a real debate allows more), so that 60 s hangs show within a minute.
"""

import argparse
import asyncio

from rich.console import Console
from rich.table import Table

from benchmarks.many_debates import Outcome, endpoint_process, run_debates
from language.resilience import RetryPolicy

TURNS = 6


def deadline_s(policy: RetryPolicy) -> float:
    """What a debate may take at most: two wordings for each turn, each with its whole deadline."""
    return TURNS * 2 * policy.deadline_s


def rows(outcome: Outcome, policy: RetryPolicy) -> list[tuple[str, str]]:
    """What came of it."""
    ended = outcome.endings["completed"] + outcome.endings["failed"] + outcome.endings["nothing_left"]
    return [
        ("debates", str(outcome.debates)),
        ("ended complete", str(outcome.endings["completed"])),
        ("ended with a recorded error", str(outcome.endings["failed"])),
        ("without an ending", str(outcome.debates - ended)),
        ("turns", str(outcome.turns)),
        ("turns lost or out of order", str(outcome.lost_turns)),
        ("turns without words", str(outcome.silent)),
        ("said by the model / in the poster's own sentences", _origins(outcome)),
        ("slowest debate, s", f"{outcome.slowest_s:.1f} (may take {deadline_s(policy):.0f})"),
    ]


def _origins(outcome: Outcome) -> str:
    return f"{outcome.origins['model']} / {outcome.origins['verbatim_fallback']}"


def main() -> None:
    """Print one table; exit status 1 where an end is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--debates", type=int, default=50)
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--try-timeout", type=float, default=1.0, help="seconds")
    parser.add_argument("--tries", type=int, default=5)
    options = parser.parse_args()
    policy = RetryPolicy(
        tries=options.tries, try_timeout_s=options.try_timeout, deadline_s=8 * options.try_timeout, longest_wait_s=1.0
    )
    with endpoint_process("--latency", "0.05", "--faults", str(options.share), "--hang", "60") as url:
        outcome = asyncio.run(run_debates(url, options.debates, TURNS, policy))
    table = Table(title=f"{options.debates} debates of {TURNS} turns, {options.share:.0%} of requests faulty")
    table.add_column("")
    table.add_column("", justify="right")
    for name, value in rows(outcome, policy):
        table.add_row(name, value)
    Console().print(table)
    whole = outcome.debates == outcome.endings["completed"] + outcome.endings["failed"]
    held = outcome.lost_turns == 0 and outcome.silent == 0 and outcome.slowest_s <= deadline_s(policy)
    raise SystemExit(0 if whole and held else 1)


if __name__ == "__main__":
    main()
