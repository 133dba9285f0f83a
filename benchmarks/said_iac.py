"""Quotations in the Internet Argument Corpus, inline and without a mark, against what the corpus marks."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.said_classes import class_rows
from benchmarks.said_table import SAMPLES, Table, share, span_of
from personas.quotations import mark_quotations
from personas.thread import Passage, Post


def load_iac() -> list[dict[str, Any]]:
    """The discussions of the development sample."""
    lines = (SAMPLES / "iac" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@dataclass
class IacCounts:
    """Characters and quotations over the IAC sample."""

    gold: int = 0
    found: int = 0
    both: int = 0
    corroborated: int = 0
    authors: int = 0
    authors_right: int = 0
    gold_here: int = 0
    both_here: int = 0


def measure_iac(table: Table, discussions: Sequence[dict[str, Any]]) -> None:
    """Quoted characters and their writers, quotations inline and without a mark."""
    counts = IacCounts()
    for discussion in discussions:
        posts = [_iac_post(post) for post in discussion["posts"]]
        for entry, post in zip(discussion["posts"], mark_quotations(posts), strict=True):
            _measure_iac_post(counts, entry, post)
    table.add("IAC: quoted characters found", share(counts.both, counts.gold), "0.97")
    table.add("IAC: of those whose source is in the discussion", share(counts.both_here, counts.gold_here))
    table.add("IAC: precision against the corpus", share(counts.both, counts.found), "0.80")
    table.add(
        "IAC: precision, quotes that the corpus missed counted (verbatim, another's, whole lines)",
        share(counts.both + counts.corroborated, counts.found),
        "0.80",
    )
    table.add("IAC: author of a found quote", share(counts.authors_right, counts.authors), "0.995")
    table.rows.extend(class_rows(discussions))


def _iac_post(entry: dict[str, Any]) -> Post:
    text = entry["text"]
    parts = (Passage(kind="own", text=text, start=0, end=len(text)),) if text.strip() else ()
    return Post(id=str(entry["id"]), author=entry["author"], passages=parts)


def _measure_iac_post(counts: IacCounts, entry: dict[str, Any], post: Post) -> None:
    text = entry["text"]
    gold, ours = bytearray(len(text)), bytearray(len(text))
    quotes = [part for part in post.passages if part.kind == "quote"]
    for quote in entry["quotes"]:
        gold[quote["start"] : quote["end"]] = b"\1" * (quote["end"] - quote["start"])
    for part in quotes:
        start, end = span_of(part)
        ours[start:end] = b"\1" * (end - start)
        if not sum(gold[start:end]) and _is_whole_lines(text, start, end):
            # Words of another's earlier post, set as lines of their own: a quotation that the corpus does not mark.
            another = part.quoted_post is not None and part.quoted_author != post.author
            counts.corroborated += (end - start) if another else 0
    counts.gold += sum(gold)
    counts.found += sum(ours)
    counts.both += sum(a & b for a, b in zip(gold, ours, strict=True))
    for quote in entry["quotes"]:
        covered = sum(ours[quote["start"] : quote["end"]])
        if quote["source_in_discussion"]:
            counts.gold_here += quote["end"] - quote["start"]
            counts.both_here += covered
        if quote["quoted_author"] is None or 2 * covered < quote["end"] - quote["start"]:
            continue
        whom = _most_overlapping(quotes, quote["start"], quote["end"])
        if quote["source_in_discussion"] or whom is not None:
            counts.authors += 1
            counts.authors_right += whom == quote["quoted_author"]


def _is_whole_lines(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


def _most_overlapping(quotes: Sequence[Passage], start: int, end: int) -> str | None:
    overlap: Counter[str | None] = Counter()
    for part in quotes:
        overlap[part.quoted_author] += max(0, min(end, part.end or 0) - max(start, part.start or 0))
    return overlap.most_common(1)[0][0] if overlap else None
