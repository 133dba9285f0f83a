"""Posts, quotations and own words of flattened pages, against the markup that they had."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.said_table import EDGE_CHARS, SAMPLES, Table, f1, same_span, share, span_of, word_span, words
from personas.reading import read_thread
from personas.thread import Passage, Post, Thread


@dataclass
class PairCounts:
    """Counts over the flattened pairs."""

    found_posts: int = 0
    gold_posts: int = 0
    right_posts: int = 0
    here: int = 0
    here_right: int = 0
    elsewhere: int = 0
    elsewhere_span: int = 0
    elsewhere_right: int = 0
    own_right: int = 0
    false_quotes: int = 0


def measure_pairs(table: Table, *, verbose: bool = False) -> None:
    """Posts, quotations and own words of the flattened XenForo pages."""
    counts = PairCounts()
    for path in sorted((SAMPLES / "lossy_pairs").glob("*.txt")):
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        source = path.read_bytes().decode("utf-8")
        _measure_pair(counts, read_thread([path], format="plain"), source, gold, path.name if verbose else "")
    wanted = counts.gold_posts
    table.add("pairs: post boundaries F1", f"{f1(counts.found_posts, counts.right_posts, wanted):.3f}", "0.98")
    table.add("pairs: quotes, source on the page (span and author)", share(counts.here_right, counts.here), "0.95")
    table.add("pairs: quotes, source elsewhere (span)", share(counts.elsewhere_span, counts.elsewhere), "0.60")
    table.add(
        "pairs: quotes, source elsewhere (span, author not wrong)", share(counts.elsewhere_right, counts.elsewhere)
    )
    table.add("pairs: quotes that are none", str(counts.false_quotes))
    table.add("pairs: posts whose own words are exactly right", share(counts.own_right, wanted), "0.90")


def count_dump(thread: Thread, source: str, gold: dict[str, Any]) -> dict[str, int]:
    """Counts for one dump, as `said_dumps` asks for them."""
    counts = PairCounts()
    _measure_pair(counts, thread, source, gold, "")
    return {
        "wanted": counts.gold_posts,
        "found": counts.found_posts,
        "right": counts.right_posts,
        "own": counts.own_right,
        "false_quotes": counts.false_quotes,
    }


def _measure_pair(counts: PairCounts, thread: Thread, source: str, gold: dict[str, Any], verbose: str) -> None:
    in_dump = {post["post_id"] for post in gold["posts"] if post["in_dump"]}
    pairs = list(match_posts(thread, source, gold))
    counts.found_posts += len(thread.posts)
    counts.gold_posts += len(in_dump)
    counts.right_posts += len(pairs)
    gold_of = {post.id: entry["author"] for post, entry in pairs}
    for post, entry in pairs:
        passages = [part for part in entry["passages"] if part["in_dump"] and part["start"] is not None]
        quotes = [part for part in post.passages if part.kind == "quote"]
        matched = 0
        for part in passages:
            if part["kind"] != "quote":
                continue
            hit = next((q for q in quotes if same_span(source, span_of(q), (part["start"], part["end"]))), None)
            matched += hit is not None
            on_page = _on_page(part, passages, gold, in_dump)
            right = hit is not None and _author_right(hit, part["quoted_author"], gold_of, thread)
            if on_page:
                counts.here += 1
                counts.here_right += right
            else:
                counts.elsewhere += 1
                counts.elsewhere_span += hit is not None
                counts.elsewhere_right += hit is not None and (right or hit.quoted_author is None)
            if verbose and not (right or (hit is not None and not on_page)):
                print("quote", verbose, post.id, on_page, hit and hit.quoted_author, repr(part["text"][:70]))
        counts.false_quotes += len(quotes) - matched
        own = words(" ".join(part["text"] for part in entry["passages"] if part["kind"] == "own"))
        ours = words(post.own_text)
        counts.own_right += own == ours
        if verbose and own != ours:
            extra, missing = Counter(ours) - Counter(own), Counter(own) - Counter(ours)
            print("own", verbose, post.id, "extra", list(extra)[:12], "missing", list(missing)[:12])


def match_posts(thread: Thread, source: str, gold: dict[str, Any]) -> Iterator[tuple[Post, dict[str, Any]]]:
    """Posts of both sides that begin with the same word and whose last words agree in place."""
    starts: dict[int, Post] = {}
    for post in thread.posts:
        if post.passages and post.passages[0].start is not None:
            starts[word_span(source, *span_of(post.passages[0]))[0]] = post
    for entry in gold["posts"]:
        parts = [part for part in entry["passages"] if part["in_dump"] and part["start"] is not None]
        if not entry["in_dump"] or not parts:
            continue
        first = word_span(source, parts[0]["start"], parts[0]["end"])[0]
        for shift in range(-EDGE_CHARS, EDGE_CHARS + 1):
            if first + shift in starts:
                yield starts[first + shift], entry
                break


def _on_page(part: dict[str, Any], passages: Sequence[dict[str, Any]], gold: dict[str, Any], in_dump: set[str]) -> bool:
    if part["quoted_post"] is not None:
        return part["quoted_post"] in in_dump
    text = " ".join(words(part["text"]))
    return any(
        text in " ".join(words(" ".join(other["text"] for other in entry["passages"] if other["kind"] == "own")))
        for entry in gold["posts"]
        if entry["in_dump"] and entry["passages"] is not passages
    )


def _author_right(quote: Passage, author: str | None, gold_of: dict[str, str], thread: Thread) -> bool:
    """Whether a quotation is credited to the right person: by name, or by a label that stands for that person."""
    if quote.quoted_author is None or author is None:
        return author is None
    if _same_name(quote.quoted_author, author):
        return True
    if quote.quoted_post is not None:
        return _same_name(gold_of.get(quote.quoted_post, ""), author)
    behind = Counter(
        gold_of[post.id] for post in thread.posts if post.author == quote.quoted_author and post.id in gold_of
    )
    return bool(behind) and _same_name(behind.most_common(1)[0][0], author)


def _same_name(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()
