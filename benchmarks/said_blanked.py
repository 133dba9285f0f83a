"""Which posts are by one person when no name is left."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.said_pairs import match_posts
from benchmarks.said_table import SAMPLES, Table, f1, share
from personas.authorship import PostClues, assign_authors
from personas.quotations import find_quotations
from personas.reading import read_thread


def measure_blanked(table: Table, discussions: Sequence[dict[str, Any]]) -> None:
    """Which posts are by one person when no name is left: pairs of posts, IAC and the flattened pairs."""
    threads = [
        ([post["text"] for post in discussion["posts"]], [post["author"] for post in discussion["posts"]])
        for discussion in discussions
    ]
    _measure_same_author(table, "IAC, names blanked", threads)
    flattened = []
    for path in sorted((SAMPLES / "lossy_pairs").glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        source = path.read_bytes().decode("utf-8")
        pairs = list(match_posts(read_thread([path], format="plain"), source, gold))
        texts = [source[post.passages[0].start : post.passages[-1].end] for post, _ in pairs]
        flattened.append((texts, [entry["author"] for _, entry in pairs]))
    _measure_same_author(table, "pairs, names blanked", flattened)


def _measure_same_author(table: Table, name: str, threads: Iterable[tuple[list[str], list[str]]]) -> None:
    joined = same = right = 0
    for texts, authors in threads:
        quotes = find_quotations(texts)
        people = assign_authors([PostClues(None, text, found) for text, found in zip(texts, quotes, strict=True)])
        labels = [author.name for author in people.authors]
        joined += _pairs(labels)
        same += _pairs(authors)
        right += _pairs(list(zip(labels, authors, strict=True)))
    table.add(f"{name}: same-author pairs, precision", share(right, joined))
    table.add(f"{name}: same-author pairs, recall", share(right, same))
    table.add(f"{name}: same-author pairs, F1", f"{f1(joined, right, same):.3f}")


def _pairs(labels: Sequence[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())
