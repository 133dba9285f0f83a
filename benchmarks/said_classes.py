"""What the quotations are that the corpus does not mark, in characters by class, on the IAC sample.

The corpus marks what its software kept as a quotation. Words of another's post that were copied by hand, sayings,
articles and court rulings it leaves unmarked, so that whoever finds them is counted wrong. Of each class a sample,
drawn by length, was read with the post around it and judged: quoted, or the writer's own?
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from personas.quotations import mark_quotations
from personas.thread import Passage, Post


def class_rows(discussions: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Rows of a table: unmarked characters by class, the precision that is left to reach, that over marked posts."""
    unmarked: Counter[str] = Counter()
    found = right = found_in_marked = right_in_marked = real = 0
    for entry, part, author in _quotations(discussions):
        start, end = part.start or 0, part.end or 0
        marked = sum(max(0, min(end, quote["end"]) - max(start, quote["start"])) for quote in entry["quotes"])
        kind = _class(entry["text"], part, author)
        unmarked[kind] += end - start - marked
        real += (end - start - marked) * (kind == _REAL)
        found, right = found + end - start, right + marked
        if entry["quotes"]:
            found_in_marked, right_in_marked = found_in_marked + end - start, right_in_marked + marked
    total = max(1, sum(unmarked.values()))
    read = sum(of for _, of in READ_BY_HAND.values())
    rows = [
        (f"IAC: not marked: {kind}", f"{chars} ({chars / total:.3f})", "") for kind, chars in unmarked.most_common()
    ]
    return [
        (
            "IAC: precision, posts in which the corpus marks at least one quote",
            f"{right_in_marked / max(1, found_in_marked):.3f} ({right_in_marked}/{found_in_marked})",
            "",
        ),
        (
            "IAC: precision if nothing but marked quotes and another's whole lines were found",
            f"{right / max(1, right + real):.3f} ({right}/{right + real})",
            "",
        ),
        *rows,
        (
            f"IAC: precision, unmarked ones counted as {read} of them read by hand were judged",
            f"{(right + sum(chars * _real_share(kind) for kind, chars in unmarked.items())) / max(1, found):.3f}",
            "0.80",
        ),
    ]


READ_BY_HAND = {
    "whole lines of another's earlier post": (14, 14),
    "part of a line of another's earlier post": (5, 6),
    "the writer's own earlier words": (6, 6),
    "inferred, in quotation marks from end to end": (12, 12),
    "inferred, announced or answered": (20, 24),
}
"""Unmarked quotations by class: how many were quoted words, of how many read (25 November 2026)."""


def _real_share(kind: str) -> float:
    right, read = READ_BY_HAND[kind]
    return right / read


_REAL = "whole lines of another's earlier post"


def _quotations(discussions: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Passage, str | None]]:
    for discussion in discussions:
        for entry, post in zip(discussion["posts"], mark_quotations(_posts(discussion)), strict=True):
            for part in post.passages:
                if part.kind == "quote":
                    yield entry, part, post.author


def _posts(discussion: dict[str, Any]) -> list[Post]:
    posts = []
    for entry in discussion["posts"]:
        text = entry["text"]
        parts = (Passage(kind="own", text=text, start=0, end=len(text)),) if text.strip() else ()
        posts.append(Post(id=str(entry["id"]), author=entry["author"], passages=parts))
    return posts


def _class(text: str, part: Passage, author: str | None) -> str:
    before, after = text[: part.start].rstrip(" "), text[part.end :].lstrip(" ")
    if part.quoted_post is None:
        in_marks = part.text[:1] in '"“' and part.text[-1:] in '"”'
        return "inferred, in quotation marks from end to end" if in_marks else "inferred, announced or answered"
    if part.quoted_author == author:
        return "the writer's own earlier words"
    whole = (not before or before.endswith("\n")) and (not after or after.startswith("\n"))
    return _REAL if whole else "part of a line of another's earlier post"
