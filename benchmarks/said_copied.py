"""Saved pages read without their software's reader, and read as text that was selected whole and copied from a browser.

The gold is what the readers of the pages' own software say. The pages are those of the samples beside the repository
and of any folder named in ``DUMP_PAGES``. Copying is done with Chromium through Playwright, without the pages' scripts.
"""

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.said_dumps import sample_pages
from language.errors import ThreadError
from personas.reading import read_thread, read_thread_text
from personas.thread import Post, Thread

_WORD = re.compile(r"\w+")
_SCRIPT = re.compile(r"<(script|noscript)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_LEAST_WORDS = 3
_OPENING_WORDS = 12
_CHROMIUM = "/usr/bin/chromium"


def page_rows(samples: Path) -> list[tuple[str, str, str]]:
    """Rows of a table: pages of each software as the reader of any page reads them."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for path, gold in _gold(samples):
        if gold.format in ("web_page", "discourse_page"):
            continue  # the one is no gold, of the other only a view for crawlers is saved
        totals[gold.format].update(_compare(gold.posts, _read(path.read_bytes(), "web_page")))
    return [_row(f"pages of {name}, read as any page", counts) for name, counts in sorted(totals.items())]


def copied_rows(samples: Path) -> list[tuple[str, str, str]]:
    """Rows of a table: pages of each software, and of none known, as they are copied from a browser."""
    if not Path(_CHROMIUM).exists():
        return [("copied pages", f"not measured: no browser at {_CHROMIUM}", "")]
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, text in _copied(samples):
        seen = " ".join(_WORD.findall(text.casefold()))
        shown = [post for post in gold.posts if " ".join(_words(post)[:_OPENING_WORDS]) in seen]
        shown = [post for post in shown if len(_words(post)) >= _LEAST_WORDS]
        if len(shown) > 1:
            totals[gold.format].update(_compare(shown, _read(text.encode(), None)))
    return [_row(f"copied pages, {name}", counts) for name, counts in sorted(totals.items())]


def _copied(samples: Path) -> Iterator[tuple[Thread, str]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        for path, gold in _gold(samples):
            source = _SCRIPT.sub("", path.read_text(encoding="utf-8", errors="replace"))
            page.set_content(source, wait_until="commit")
            copied = "() => { const s = getSelection(); s.selectAllChildren(document.body); return s.toString() }"
            yield gold, page.evaluate(copied)
        browser.close()


def _gold(samples: Path) -> Iterator[tuple[Path, Thread]]:
    for path in sample_pages(samples):
        try:
            gold = read_thread([path])
        except ThreadError:
            continue
        if len(gold.posts) > 1:
            yield path, gold


def _read(data: bytes, format: str | None) -> tuple[Post, ...]:
    try:
        if format is not None:
            return read_thread_text(data, "page.html", format).posts
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.txt"
            path.write_bytes(data)
            return read_thread([path]).posts
    except ThreadError:
        return ()


def _words(post: Post) -> list[str]:
    return _WORD.findall(post.own_text.casefold())


def _compare(gold: "tuple[Post, ...] | list[Post]", found: tuple[Post, ...]) -> Counter[str]:
    """Counts of posts that begin alike; of those whose writer, and whose own words, are the same."""
    counts = Counter(gold=len(gold), found=len(found))
    left: dict[tuple[str, ...], list[Post]] = defaultdict(list)
    for post in found:
        left[tuple(_words(post)[:_OPENING_WORDS])].append(post)
    for post in gold:
        candidates = left.get(tuple(_words(post)[:_OPENING_WORDS]))
        if not candidates:
            continue
        match = candidates.pop(0)
        counts["right"] += 1
        counts["writers"] += match.author == post.author or not post.author_named
        counts["wrong"] += match.author != post.author and post.author_named and match.author_named
        counts["exact"] += _words(match) == _words(post)
    return counts


def _row(name: str, counts: Counter[str]) -> tuple[str, str, str]:
    seen = f"posts {counts['right']} of {counts['gold']} (found {counts['found']}), writers {counts['writers']}, "
    return name, f"{seen}another's name {counts['wrong']}, own words exact {counts['exact']}", ""
