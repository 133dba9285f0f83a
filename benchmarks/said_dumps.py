"""Plain dumps of saved forum pages, made here with an extractor, against what the pages' own markup says.

The extractor is Resiliparse (``pip install resiliparse``); the pages are those of the samples beside the repository and
of any folder named in ``DUMP_PAGES``. What the extractor drops is not asked for.
"""

import hashlib
import importlib
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from language.errors import ThreadError
from personas.reading import read_thread
from personas.thread import Thread

_WORD = re.compile(r"\w+")
_LEAST_SHARE = 0.6
_STRAGGLER_WORDS = 12
_SURE_WORDS = 3

Measure = Callable[[Thread, str, dict[str, Any]], dict[str, int]]
"""Counts for one dump: its thread as read, its text, the gold."""


def dump_rows(samples: Path, measure: Measure) -> list[tuple[str, str, str]]:
    """Rows of a table, one for each software: boundaries, own words that are exactly right, false quotations."""
    try:
        extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    except ImportError:
        return [("dumps of saved pages", "not measured: resiliparse is not installed", "")]
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sample_pages(samples):
        try:
            page = read_thread([path])
        except ThreadError:
            continue
        source = path.read_bytes().decode("utf-8", errors="replace")
        dump = extract(source, main_content=True, preserve_formatting=True)
        gold = aligned(page, dump)
        if not any(post["in_dump"] for post in gold["posts"]):
            continue
        totals[page.format].update(measure(_read(dump), dump, gold))
    return [_row(name, counts) for name, counts in sorted(totals.items())]


def sample_pages(samples: Path) -> Iterator[Path]:
    """Saved pages: those of the samples, and of a folder that the environment names."""
    folders = [*samples.glob("*_html"), samples / "lossy_pairs"]
    if named := os.environ.get("DUMP_PAGES"):
        folders.append(Path(named))
    seen: set[bytes] = set()
    for folder in sorted(folders):
        for path in sorted(folder.glob("*.html")):
            # The same page may lie in several folders.
            if (content := hashlib.sha256(path.read_bytes()).digest()) not in seen:
                seen.add(content)
                yield path


def _read(dump: str) -> Thread:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.txt"
        path.write_text(dump, encoding="utf-8", newline="")
        return read_thread([path], format="plain")


def aligned(page: Thread, dump: str) -> dict[str, Any]:
    """The posts of a page as gold for its dump: where each passage stands there, and whether it does at all."""
    words = list(_WORD.finditer(dump))
    flat = [
        (word.casefold(), number, place)
        for number, post in enumerate(page.posts)
        for place, part in enumerate(post.passages)
        for word in _WORD.findall(part.text)
    ]
    matcher = SequenceMatcher(
        None, [word for word, _, _ in flat], [match.group().casefold() for match in words], autojunk=False
    )
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            _, number, place = flat[block.a + step]
            found[number, place].append(block.b + step)
    posts = []
    for number, post in enumerate(page.posts):
        passages = [
            {
                "kind": part.kind,
                "text": part.text,
                "quoted_author": part.quoted_author,
                "quoted_post": part.quoted_post,
                **_place(found[number, place], len(_WORD.findall(part.text)), words),
            }
            for place, part in enumerate(post.passages)
        ]
        count = sum(len(_WORD.findall(part.text)) for part in post.passages)
        seen = sum(len(found[number, place]) for place in range(len(post.passages)))
        in_dump = count > 0 and seen >= _LEAST_SHARE * count and any(part["in_dump"] for part in passages)
        posts.append({"post_id": post.id, "author": post.author, "in_dump": in_dump, "passages": passages})
    return {"title": page.title, "posts": posts}


def _place(at: list[int], count: int, words: list[re.Match[str]]) -> dict[str, Any]:
    # A word or two may have been matched far from the rest.
    while len(at) > _SURE_WORDS and at[1] - at[0] > _STRAGGLER_WORDS:
        at = at[1:]
    while len(at) > _SURE_WORDS and at[-1] - at[-2] > _STRAGGLER_WORDS:
        at = at[:-1]
    if not count or len(at) < _LEAST_SHARE * count:
        return {"in_dump": False, "start": None, "end": None}
    return {"in_dump": True, "start": words[at[0]].start(), "end": words[at[-1]].end()}


def _row(name: str, counts: Counter[str]) -> tuple[str, str, str]:
    wanted = counts["wanted"]
    boundaries = 2 * counts["right"] / (counts["found"] + wanted) if wanted else 0.0
    own = counts["own"] / wanted if wanted else 0.0
    seen = f"boundaries {boundaries:.3f}, own words exact {own:.3f} ({counts['own']}/{wanted}), "
    return f"dumps, {name}", seen + f"quotes that are none {counts['false_quotes']}", ""
