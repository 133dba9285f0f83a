"""Who said what: how well posts, quotations and writers are read, on the sample threads beside the repository.

Run as ``python -m benchmarks.who_said_what [structured] [pairs] [iac] [seed] [dumps] [pages] [copied] [blanked]
[signals] [speed]``; without a name all are run.
The samples lie in ``../shared/threads``; where they are absent the script says so and ends.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.said_blanked import measure_blanked
from benchmarks.said_copied import copied_rows, page_rows
from benchmarks.said_dumps import dump_rows
from benchmarks.said_iac import load_iac, measure_iac
from benchmarks.said_pairs import count_dump, measure_pairs
from benchmarks.said_seed import measure_seed
from benchmarks.said_signals import signal_rows
from benchmarks.said_speed import speed_rows
from benchmarks.said_table import SAMPLES, Table
from language.errors import ThreadError
from personas.reading import read_thread


def measure_structured(table: Table, *, verbose: bool = False) -> None:
    """Posts, authors and top-level quotes of every structured sample against its gold."""
    for gold_path in sorted(SAMPLES.glob("*/*.gold.json")):
        source_path = _source_of(gold_path)
        if source_path is None:
            continue
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        name = f"{gold_path.parent.name}/{gold_path.name.removesuffix('.gold.json')[:28]}"
        try:
            thread = read_thread([source_path])
        except ThreadError as error:
            table.add(name, f"not read: {error}"[:90])
            continue
        authors = [post["author"] for post in gold["posts"]]
        quotes = [
            part["quoted_author"] for post in gold["posts"] for part in post["passages"] if part["kind"] == "quote"
        ]
        ours = [part.quoted_author for post in thread.posts for part in post.passages if part.kind == "quote"]
        right = sum(a == b.author for a, b in zip(authors, thread.posts, strict=False))
        table.add(
            name,
            f"posts {len(thread.posts)}/{len(authors)}, authors {right}, quotes {len(ours)}/{len(quotes)}, "
            f"with their author {sum((Counter(ours) & Counter(quotes)).values())}",
            "equal",
        )
        if verbose and (authors != [post.author for post in thread.posts] or Counter(ours) != Counter(quotes)):
            print(name, Counter(ours) - Counter(quotes), Counter(quotes) - Counter(ours))


def _source_of(gold_path: Path) -> Path | None:
    stem = gold_path.name.removesuffix(".gold.json")
    for suffix in (".html", ".json", ".mbox"):
        path = gold_path.with_name(stem + suffix)
        if path.exists():
            return path
    return None


def main(arguments: Sequence[str]) -> int:
    """Print one table with the figures of the parts asked for."""
    if not SAMPLES.is_dir():
        print(f"the sample threads are not at {SAMPLES}; nothing was measured")
        return 0
    verbose = "verbose" in arguments
    asked = [name for name in arguments if name != "verbose"]
    table = Table()
    table.add("what", "seen", "wanted")
    parts: dict[str, Callable[[], None]] = {
        "structured": lambda: measure_structured(table, verbose=verbose),
        "pairs": lambda: measure_pairs(table, verbose=verbose),
        "iac": lambda: measure_iac(table, load_iac()),
        "seed": lambda: measure_seed(table, verbose=verbose),
        "dumps": lambda: table.rows.extend(dump_rows(SAMPLES, count_dump)),
        "pages": lambda: table.rows.extend(page_rows(SAMPLES)),
        "copied": lambda: table.rows.extend(copied_rows(SAMPLES)),
        "blanked": lambda: measure_blanked(table, load_iac()),
        "signals": lambda: table.rows.extend(signal_rows(load_iac())),
        "speed": lambda: table.rows.extend(speed_rows()),
    }
    for name, part in parts.items():
        if not asked or name in asked:
            began = time.process_time()
            part()
            print(f"{name}: {time.process_time() - began:.1f} s of processor time", file=sys.stderr)
    table.show()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
