"""Who said what: how well posts, quotations and writers are read, on the sample threads beside the repository.

Run as ``python -m benchmarks.who_said_what [structured] [pairs] [iac] [seed] [dumps] [blanked] [signals]
[speed]``; without a name all are run.
The samples lie in ``../shared/threads``; where they are absent the script says so and ends.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.said_classes import class_rows
from benchmarks.said_dumps import dump_rows
from benchmarks.said_signals import signal_rows
from benchmarks.said_speed import speed_rows
from benchmarks.seed_thread import SEED_POSTS, SeedPost
from language.errors import ThreadError
from personas.authorship import PostClues, assign_authors
from personas.quotations import find_quotations, mark_quotations
from personas.reading import read_thread
from personas.thread import Passage, Post, Thread

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "threads"
_WORD = re.compile(r"\w+")
_NO_WORDS = re.compile(r":\w{1,20}:|(?<!\w)[:;=]-?[dpox](?!\w)|^\s*\d{1,2}\.\s", re.MULTILINE)
_EDGE_CHARS = 3


@dataclass
class Table:
    """Rows of one printed table."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, seen: str, wanted: str = "") -> None:
        """Add a line: what was measured, the figure seen, the figure wanted."""
        self.rows.append((what, seen, wanted))

    def show(self) -> None:
        """Print the table."""
        widths = [max(len(row[column]) for row in self.rows) for column in range(3)]
        for row in self.rows:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def words(text: str) -> list[str]:
    """The words of a text for comparison, in lower case; smilies and the numbers of lists are none.

    The gold was taken from the pages' markup, where smilies are pictures and lists are numbered by the browser.
    """
    return _WORD.findall(_NO_WORDS.sub(" ", text.casefold()))


def share(part: float, whole: float) -> str:
    """A ratio with what it was made of."""
    return f"{part / whole if whole else 0.0:.3f} ({part:g}/{whole:g})"


def f1(found: int, right: int, wanted: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def word_span(source: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the first and the last word character of a stretch."""
    matches = list(_WORD.finditer(source, start, end))
    return (matches[0].start(), matches[-1].end()) if matches else (start, end)


def same_span(source: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches begin and end with the same words."""
    first, second = word_span(source, *one), word_span(source, *other)
    return all(abs(a - b) <= _EDGE_CHARS for a, b in zip(first, second, strict=True))


# --- flattened pairs -------------------------------------------------------------------------------------------------


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


def _count_dump(thread: Thread, source: str, gold: dict[str, Any]) -> dict[str, int]:
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
    pairs = list(_match_posts(thread, source, gold))
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
            hit = next((q for q in quotes if same_span(source, _span(q), (part["start"], part["end"]))), None)
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


def _span(part: Passage) -> tuple[int, int]:
    return part.start or 0, part.end or 0


def _match_posts(thread: Thread, source: str, gold: dict[str, Any]) -> Iterator[tuple[Post, dict[str, Any]]]:
    """Posts of both sides that begin with the same word and whose last words agree in place."""
    starts: dict[int, Post] = {}
    for post in thread.posts:
        if post.passages and post.passages[0].start is not None:
            starts[word_span(source, *_span(post.passages[0]))[0]] = post
    for entry in gold["posts"]:
        parts = [part for part in entry["passages"] if part["in_dump"] and part["start"] is not None]
        if not entry["in_dump"] or not parts:
            continue
        first = word_span(source, parts[0]["start"], parts[0]["end"])[0]
        for shift in range(-_EDGE_CHARS, _EDGE_CHARS + 1):
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


# --- Internet Argument Corpus ----------------------------------------------------------------------------------------


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
        start, end = _span(part)
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


# --- the thread that the product must handle first -------------------------------------------------------------------


def measure_seed(table: Table, *, verbose: bool = False) -> None:
    """The eight posts of the seed thread against a careful reading of it."""
    path = SAMPLES / "trotsky-west.txt"
    source = path.read_bytes().decode("utf-8")
    thread = read_thread([path])
    table.add("seed: posts", f"{len(thread.posts)} of {len(SEED_POSTS)}", "8 of 8")
    if len(thread.posts) != len(SEED_POSTS):
        return
    here = elsewhere = right_here = right_elsewhere = credited = 0
    for post, gold in zip(thread.posts, SEED_POSTS, strict=True):
        for quote in gold.quotes:
            hit = _seed_hit(post, quote.start, quote.end, source)
            right = hit is not None and _seed_author_right(thread, hit, quote.source, gold)
            if quote.source is None:
                elsewhere += 1
                right_elsewhere += right
            else:
                here += 1
                right_here += right
            own = [part for part in post.passages if part.kind == "own"]
            credited += sum(max(0, min(quote.end, part.end or 0) - max(quote.start, part.start or 0)) for part in own)
            if verbose and not right:
                print("seed", post.id, quote, hit and hit.quoted_author)
    table.add("seed: quotes from the page", f"{right_here} of {here}", "13 of 13")
    table.add("seed: quotes from earlier pages", f"{right_elsewhere} of {elsewhere}", "5 of 6")
    table.add("seed: quoted characters credited to the quoter", str(credited), "0")
    names = [post.author for post in thread.posts]
    joined = names[1] == names[3] and names[2] == names[4] and len(set(names)) == 6
    table.add("seed: posts 2 and 4 one person, 3 and 5 another, six people", "yes" if joined else f"no: {names}", "yes")


def _seed_hit(post: Post, start: int, end: int, source: str) -> Passage | None:
    quotes = (part for part in post.passages if part.kind == "quote")
    return next((part for part in quotes if same_span(source, _span(part), (start, end))), None)


def _seed_author_right(thread: Thread, hit: Passage, source: int | None, gold: SeedPost) -> bool:
    """From the page: the right post. From elsewhere: nobody, or not the one who quotes it."""
    if source is not None:
        return hit.quoted_post == thread.posts[source - 1].id
    return hit.quoted_author is None or hit.quoted_author != thread.posts[gold.number - 1].author


# --- names blanked ---------------------------------------------------------------------------------------------------


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
        pairs = list(_match_posts(read_thread([path], format="plain"), source, gold))
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


# --- structured formats ----------------------------------------------------------------------------------------------


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
        "dumps": lambda: table.rows.extend(dump_rows(SAMPLES, _count_dump)),
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
