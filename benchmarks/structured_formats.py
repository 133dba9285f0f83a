"""Posts, authors and quotations of the structured formats against the gold beside each sample.

Run: python -m benchmarks.structured_formats [--differences] [--gold-as-given]

Reads ../shared/threads. One line a sample: posts found / gold, authors equal, outermost quotes equal in author and
words, quoted posts equal where the gold names one, share of posts with exactly the gold's words, credited to the same
side (own or quoted). Words are compared without regard to space, marks and smilies.
"""

import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from language.errors import RejoinderError
from personas.reading.registry import read_thread
from personas.thread import Passage, Post, Thread

THREADS = Path(__file__).resolve().parents[2] / "shared" / "threads"
# Smilies, which the gold mostly dropped, and the numbers of lists, which it always did.
_UNCOUNTED = re.compile(r"(?<!\w)(?::[\w ]{2,24}:|[:;8]-?[DPpOo()|/]|8\))|^\d+\.(?= )", re.MULTILINE)
_WROTE = re.compile(r"(?:^|\n)(?P<name>[^\n]{1,60}) wrote:\s*$")
_EDITED = re.compile(r"\n?Last edited by [^\n]* \([^()\n]*\)\s*$")
FOLDERS = (
    "lossy_pairs",
    "xenforo1_html",
    "phpbb_html",
    "fluxbb_html",
    "vbulletin_html",
    "discourse_json",
    "reddit_json",
    "hn_json",
    "mbox",
)


@dataclass
class Comparison:
    """How one sample was read; counts of `right` out of `gold`."""

    name: str
    format: str = "-"
    posts: tuple[int, int] = (0, 0)
    authors: tuple[int, int] = (0, 0)
    quotes: tuple[int, int] = (0, 0)
    quoted_posts: tuple[int, int] = (0, 0)
    words: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)


def main() -> int:
    """Print the table."""
    samples = sample_files()
    if not samples:
        print(f"no sample threads at {THREADS.name!r} beside the repository; nothing was measured")
        return 0
    comparisons = [compare_sample(path) for path in samples]
    heads = ("posts", "authors", "quotes", "post ids", "words")
    print(f"{'sample':44} {'format':10} {' '.join(f'{head:>9}' for head in heads)} {'ms':>5}")
    for row in comparisons:
        cells = (row.posts, row.authors, row.quotes, row.quoted_posts, row.words)
        shown = " ".join(f"{f'{right}/{gold}':>9}" for right, gold in cells)
        print(f"{row.name[:44]:44} {row.format:10} {shown} {row.seconds * 1000:5.0f}")
    if any(row.format.endswith("*") for row in comparisons):
        print("* gold mended, see _mended; --gold-as-given compares with it as it is")
    if "--differences" in sys.argv:
        for row in comparisons:
            for difference in row.differences:
                print(f"{row.name}: {difference}")
    return 0


def sample_files() -> list[Path]:
    """Samples that have a gold file beside them, in the order of the table."""
    if not THREADS.is_dir():
        return []
    found: list[Path] = []
    for folder in FOLDERS:
        for gold in sorted((THREADS / folder).glob("*.gold.json")):
            stem = gold.name.removesuffix(".gold.json")
            found += [
                gold.with_name(stem + end) for end in (".html", ".json", ".mbox") if gold.with_name(stem + end).exists()
            ]
    return found


def compare_sample(path: Path) -> Comparison:
    """Read one sample and compare it with its gold."""
    name = f"{path.parent.name}/{path.stem}"
    gold = json.loads(path.with_name(path.stem + ".gold.json").read_text(encoding="utf-8"))
    started = time.perf_counter()
    try:
        thread = read_thread([path])
    except RejoinderError as error:
        return Comparison(name, differences=[str(error)], posts=(0, len(gold["posts"])))
    row = Comparison(name, thread.format, seconds=time.perf_counter() - started)
    mended = [_mended(post) for post in gold["posts"]]
    if mended != gold["posts"] and "--gold-as-given" not in sys.argv:
        row.format += "*"
        _compare(row, thread, mended)
    else:
        _compare(row, thread, gold["posts"])
    return row


def _mended(post: dict[str, Any]) -> dict[str, Any]:
    """A post of the gold with the software's lines back where they belong.

    The selectors behind the FluxBB gold took "Ann wrote:" above a quotation for the poster's own words, then gave the
    quotation to whoever is named first inside it, and kept "Last edited by" as own words.
    """
    passages: list[dict[str, Any]] = []
    for passage in post["passages"]:
        before = passages[-1] if passages else None
        wrote = _WROTE.search(before["text"]) if before and before["kind"] == "own" else None
        if passage["kind"] == "quote" and before is not None and wrote is not None:
            inner = passage["quoted_author"]
            text = f"{inner} wrote:\n{passage['text']}" if inner else passage["text"]
            passages[-1] = {**before, "text": before["text"][: wrote.start()]}
            passage = {**passage, "quoted_author": wrote["name"], "text": text}
        elif passage["kind"] == "own":
            passage = {**passage, "text": _EDITED.sub("", passage["text"])}
        passages.append(passage)
    return {**post, "passages": passages}


def _compare(row: Comparison, thread: Thread, gold: list[dict[str, Any]]) -> None:
    by_id = {post.id: post for post in thread.posts}
    if len(gold) == len(thread.posts) and not any(str(post["post_id"]) in by_id for post in gold):
        by_id = {str(wanted["post_id"]): post for wanted, post in zip(gold, thread.posts, strict=True)}
    authors = quotes = gold_quotes = ids = gold_ids = words = found_posts = 0
    for wanted in gold:
        post = by_id.pop(str(wanted["post_id"]), None)
        gold_quotes += sum(passage["kind"] == "quote" for passage in wanted["passages"])
        gold_ids += sum(
            passage["kind"] == "quote" and passage["quoted_post"] is not None for passage in wanted["passages"]
        )
        if post is None:
            row.differences.append(f"post {wanted['post_id']!r} is missing")
            continue
        found_posts += 1
        authors += post.author == wanted["author"] or (wanted["author"] is None and not post.author_named)
        if post.author != wanted["author"]:
            row.differences.append(f"post {post.id!r} is by {post.author!r}, gold {wanted['author']!r}")
        equal = _equal_quotes(row, post, wanted)
        quotes, ids = quotes + equal[0], ids + equal[1]
        words += _same_words(row, post, wanted)
    row.differences += [f"post {post_id!r} is not in the gold" for post_id in by_id]
    row.posts = (found_posts - len(by_id), len(gold))
    row.authors, row.quotes = (authors, len(gold)), (quotes, gold_quotes)
    row.quoted_posts, row.words = (ids, gold_ids), (words, len(gold))


def _equal_quotes(row: Comparison, post: Post, wanted: dict[str, Any]) -> tuple[int, int]:
    found = [passage for passage in post.passages if passage.kind == "quote"]
    gold = [passage for passage in wanted["passages"] if passage["kind"] == "quote"]
    equal = ids = 0
    if len(found) != len(gold):
        row.differences.append(f"post {post.id!r} has {len(found)} quotes, gold {len(gold)}")
    for passage, expected in zip(found, gold, strict=False):
        # A name that no markup gave, worked out from the words, is no difference where the gold has none.
        named = None if passage.inferred and expected["quoted_author"] is None else passage.quoted_author
        same_author = named == expected["quoted_author"]
        same_text = _words(passage.text) == _words(expected["text"])
        equal += same_author and same_text
        ids += expected["quoted_post"] is not None and passage.quoted_post == str(expected["quoted_post"])
        if not same_author:
            row.differences.append(
                f"post {post.id!r} quotes {passage.quoted_author!r}, gold {expected['quoted_author']!r}"
            )
        if not same_text:
            row.differences.append(
                f"post {post.id!r}: words of a quote differ: {_first_difference(passage.text, expected['text'])}"
            )
        if expected["quoted_post"] is not None and passage.quoted_post != str(expected["quoted_post"]):
            row.differences.append(
                f"post {post.id!r} quotes post {passage.quoted_post!r}, gold {expected['quoted_post']!r}"
            )
    return equal, ids


def _same_words(row: Comparison, post: Post, wanted: dict[str, Any]) -> bool:
    same = True
    for kind in ("own", "quote"):
        found = " ".join(passage.text for passage in post.passages if passage.kind == kind)
        gold = " ".join(passage["text"] for passage in wanted["passages"] if passage["kind"] == kind)
        if _words(found) != _words(gold):
            same = False
            if kind == "own":
                row.differences.append(f"post {post.id!r}: own words differ: {_first_difference(found, gold)}")
    return same


def _words(text: str) -> str:
    return "".join(re.findall(r"\w+", _UNCOUNTED.sub(" ", text))).casefold()


def _first_difference(found: str, gold: str) -> str:
    a, b = re.findall(r"\w+", found), re.findall(r"\w+", gold)
    place = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"word {place}: {' '.join(a[place : place + 8])!r}, gold {' '.join(b[place : place + 8])!r}"


def quote_depth(passage: Passage) -> int:
    """How deep quotations are nested in this one, itself included."""
    return 1 + max((quote_depth(inner) for inner in passage.nested), default=0)


if __name__ == "__main__":
    sys.exit(main())
