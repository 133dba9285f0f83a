"""What the whole main job costs: reading, personas, a debate of three rounds with the referee, the transcript written.

    python -m benchmarks.main_job

Every row is one process from start to end. Processor seconds are also given as a multiple of a Python process that only
imports pydantic and rich, measured in the same run, since the seconds alone depend on the machine.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXAMPLE = ROOT / "examples" / "politburo" / "thread.txt"
SHEET = ROOT / "examples" / "interwar-ussr.yaml"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    cpu_s: float
    peak_mb: float
    status: int


def measure(command: Sequence[str]) -> Cost:
    """Run a command and account for it alone (wait4), its children included."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    errors = process.stderr.read().decode() if process.stderr else ""
    if process.stderr:
        process.stderr.close()
    if process.returncode:
        print(errors, file=sys.stderr)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def debate(thread: Path, out: Path, *more: str) -> list[str]:
    """The command line of a debate of three rounds."""
    rejoinder = Path(sys.executable).parent / "rejoinder"
    return [str(rejoinder), "debate", str(thread), "--facts", str(SHEET), "--rounds", "3", "--out", str(out), *more]


def write_long_thread(path: Path, posts: int, people: int = 40, seed: int = 1) -> None:
    """A thread of so many posts in plain JSON lines: sentences of the shipped example, each post answering another."""
    from language.sentences import split_sentences

    chance = random.Random(seed)
    sentences = [one.text for one in split_sentences(EXAMPLE.read_text(encoding="utf-8")) if len(one.text.split()) > 5]
    written: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(posts):
            own = " ".join(chance.sample(sentences, chance.randint(3, 8))).replace("Trotsky", f"Trotsky in {number}")
            text = own
            parent = None
            if written and chance.random() < 0.6:
                parent = chance.randrange(max(0, len(written) - 30), len(written))
                text = written[parent].split(". ")[0] + ".\n" + own
            written.append(own)
            row = {"id": str(number), "author": f"person {chance.randrange(people)}", "text": text}
            file.write(json.dumps({**row, "parent_id": None if parent is None else str(parent)}) + "\n")


def write_argument_corpus_thread(path: Path, posts: int) -> None:
    """The first so many posts of the corpus's discussions as one thread of real text."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in (SHARED / "threads" / "iac" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
            discussion = json.loads(line)
            for post in discussion["posts"]:
                number = f"{discussion['discussion_id']}-{post['id']}"
                row = {"id": number, "author": post["author"] or "unknown", "text": post["text"], "parent_id": None}
                file.write(json.dumps(row) + "\n")
                count += 1
                if count == posts:
                    return


@contextmanager
def _jobs() -> Iterator[list[tuple[str, list[str]]]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = [("example thread", debate(EXAMPLE, folder / "example.jsonl"))]
        seed = SHARED / "threads" / "trotsky-west.txt"
        if seed.exists():
            jobs.append(("real first thread", debate(seed, folder / "seed.jsonl")))
        else:
            print("../shared is absent: the rows on real threads are left out", file=sys.stderr)
        write_long_thread(folder / "long.jsonl", 1000)
        jobs.append(("1,000 made posts", debate(folder / "long.jsonl", folder / "long-debate.jsonl")))
        if seed.exists():
            write_argument_corpus_thread(folder / "corpus.jsonl", 1000)
            jobs.append(("1,000 real posts", debate(folder / "corpus.jsonl", folder / "corpus-debate.jsonl")))
        yield jobs


def main() -> None:
    """Print the table."""
    floor = measure([sys.executable, "-c", "import pydantic, rich.console"])
    table = Table(title="The main job, one process a row")
    for column in ("job", "processor s", "times the floor", "peak MB", "status"):
        table.add_column(column, justify="left" if column == "job" else "right")
    table.add_row("floor: import pydantic, rich", f"{floor.cpu_s:.2f}", "1.0", f"{floor.peak_mb:.0f}", "0")
    helping = measure([str(Path(sys.executable).parent / "rejoinder"), "--help"])
    table.add_row(
        "rejoinder --help", f"{helping.cpu_s:.2f}", f"{helping.cpu_s / floor.cpu_s:.1f}", f"{helping.peak_mb:.0f}", "0"
    )
    with _jobs() as jobs:
        for name, command in jobs:
            cost = measure(command)
            ratio = f"{cost.cpu_s / floor.cpu_s:.1f}"
            table.add_row(name, f"{cost.cpu_s:.2f}", ratio, f"{cost.peak_mb:.0f}", str(cost.status))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
