"""The real JSON and mail samples beside the repository, against their gold."""

import json
import re
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

from personas.reading import read_thread
from personas.thread import Passage

THREADS = Path(__file__).resolve().parents[4] / "shared" / "threads"
FOLDERS = ("discourse_json", "reddit_json", "hn_json", "mbox")
SAMPLES = [
    path
    for folder in FOLDERS
    for path in sorted((THREADS / folder).glob("*"))
    if path.suffix in (".json", ".mbox")
    and not path.name.endswith(".gold.json")
    and path.with_name(f"{path.stem}.gold.json").exists()
]
# The gold leaves out pictures of faces, which are words here (":smile:").
_SMILIE = re.compile(r":[a-z_]+:")

needs_samples = pytest.mark.skipif(not SAMPLES, reason="the sample threads are not beside the repository")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _SMILIE.sub(" ", text).lower())


def _author(gold: str) -> str:
    return str(make_header(decode_header(gold)))


@needs_samples
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_posts_authors_and_quotes_equal_the_gold(path: Path) -> None:
    """Every post in order with its author, and every quote of the gold with its words and author.

    Differences on purpose: each deleted account has a label of its own, encoded names are decoded, and words set off
    without a name or below copied mail headers are quotes here, marked as inferred, and own words in the gold.
    """
    gold: dict[str, Any] = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    thread = read_thread([path])
    assert [post.id for post in thread.posts] == [post["post_id"] for post in gold["posts"]]
    assert [re.sub(r"^\[deleted\] \d+$", "[deleted]", post.author) for post in thread.posts] == [
        _author(post["author"]) for post in gold["posts"]
    ]
    for post, expected in zip(thread.posts, gold["posts"], strict=True):
        wanted = [passage for passage in expected["passages"] if passage["kind"] == "quote"]
        found = [part for part in post.passages if part.kind == "quote"]
        left = [part for part in found if not _takes(wanted, part)]
        assert not wanted
        assert all(part.inferred for part in left)


def _takes(wanted: list[dict[str, Any]], part: Passage) -> bool:
    """Take the gold quote that this passage is off the list."""
    for passage in wanted:
        is_author = passage["quoted_author"] in (None, part.quoted_author)
        if is_author and _words(passage["text"]) == _words(part.text):
            wanted.remove(passage)
            return True
    return False
