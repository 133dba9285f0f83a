"""Reddit: a thread's page with ".json", a bare listing, a "load more comments" answer, archived lines.

Archives (Pushshift, Arctic Shift) keep one comment or submission a line, without the wrapping that says which it is.
"""

import html
import re
from collections.abc import Iterator

from personas.reading.fields import Record, list_of, number_of, record_of, string_of, text_of, time_of, unique_ids
from personas.reading.quoted_lines import split_markdown_quotes
from personas.thread import Link, Passage, Post, Thread

_COMMENT, _SUBMISSION, _MORE = "t1", "t3", "more"
_GONE = frozenset({"[deleted]", "[removed]"})
_REMOVED_NOTICE = re.compile(r"\[ ?(?:removed|deleted)(?: by [^\]]{1,60})? ?\]")


def looks_reddit(value: object) -> bool:
    """Whether the value holds Reddit things: listings, comments or submissions, each `{"kind", "data"}`."""
    return next(_things(value), None) is not None


def read_reddit(value: object, digest: str) -> Thread:
    """Read a Reddit thread.

    A comment whose writer's account is gone gets a label of its own, since two of them may be two people. Comments
    behind a "more" stub are counted in a note. Quotes are the lines that begin with ">"; whose they are is found in
    the comments above. A text that was deleted is no words: "[removed]" was written by the site.

    Args:
        value: The parsed JSON.
        digest: SHA-256 of the file.
    """
    records: list[Record] = []
    missing = 0
    continued = 0
    for kind, data in _things(value):
        if kind == _MORE:
            count = number_of(data, "count") or len(list_of(data.get("children")))
            missing += max(count, 0)
            continued += count == 0
        else:
            records.append(data)
    if all(_archived_kind(record) and "replies" not in record for record in records):
        # Archives are in no order that a reader would want.
        records.sort(key=lambda record: (number_of(record, "created_utc") or 0, "title" not in record))
    ids = unique_ids(_own_id(record) for record in records)
    labels = _Labels(sum(1 for record in records if _author(record) is None))
    posts = [_post(record, post_id, labels) for record, post_id in zip(records, ids, strict=True)]
    return Thread(
        title=next((title for record in records if (title := string_of(record, "title"))), None),
        format="reddit",
        offsets="post",
        posts=tuple(posts),
        digest=digest,
        notes=tuple(_notes(missing, continued, labels.given, sum(not post.passages for post in posts[1:]))),
    )


class _Labels:
    """Made-up names of people whose accounts are gone."""

    def __init__(self, needed: int) -> None:
        self._needed = needed
        self.given = 0

    def next(self) -> str:
        self.given += 1
        return "[deleted]" if self._needed == 1 else f"[deleted] {self.given}"


def _things(value: object) -> Iterator[tuple[str, Record]]:
    """All comments, submissions and stubs, in the order of the page; on a stack, for a chain may be long."""
    stack: list[object] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
            continue
        record = record_of(item)
        kind, data = record.get("kind"), record_of(record.get("data"))
        if kind in (_COMMENT, _SUBMISSION, _MORE):
            yield str(kind), data
            stack.append(data.get("replies"))
        elif kind == "Listing":
            stack.append(data.get("children"))
        elif (archived := _archived_kind(record)) is not None:
            yield archived, record
        elif isinstance(record.get("data"), list):  # the answer of an archive
            stack.append(record["data"])
        elif "json" in record:  # the answer to /api/morechildren
            stack.append(record_of(record_of(record["json"]).get("data")).get("things"))


def _archived_kind(record: Record) -> str | None:
    """What an archived record without wrapping is, None where it is none of Reddit's."""
    if not isinstance(record.get("author"), str):
        return None
    if isinstance(record.get("body"), str) and "link_id" in record:
        return _COMMENT
    return _SUBMISSION if isinstance(record.get("title"), str) and "selftext" in record else None


def _own_id(record: Record) -> str | None:
    return string_of(record, "id") or _without_kind(string_of(record, "name"))


def _without_kind(name: str | None) -> str | None:
    return re.sub(r"^t\d_", "", name) if name else None


def _author(record: Record) -> str | None:
    author = string_of(record, "author")
    return None if author is None or author in _GONE else author


def _post(record: Record, post_id: str, labels: _Labels) -> Post:
    author = _author(record)
    return Post(
        id=post_id,
        author=author or labels.next(),
        author_named=author is not None,
        author_confidence=1.0 if author else 0.0,
        written_at=time_of(record, "created_utc", "created"),
        parent_id=_without_kind(string_of(record, "parent_id")),
        passages=_passages(record),
    )


def _passages(record: Record) -> tuple[Passage, ...]:
    body = text_of(record, "body", "selftext")
    # Without `raw_json=1` the three signs come escaped, and ">" is the mark of a quote.
    body = html.unescape(body) if re.search(r"&(?:gt|lt|amp|#x200B|nbsp);", body) else body
    if _REMOVED_NOTICE.fullmatch(body.strip()):
        body = ""
    passages = split_markdown_quotes(body.replace("\u200b", ""))
    address = string_of(record, "url_overridden_by_dest", "url")
    if address and address.startswith("http") and record.get("is_self") is False:
        # A link submission says nothing but its title and where it leads.
        link = Link(text="link", target=html.unescape(address))
        return (*passages, Passage(kind="own", text=link.target, links=(link,)))
    return passages


def _notes(missing: int, continued: int, unnamed: int, empty: int) -> Iterator[str]:
    if missing:
        yield f'{missing:,} comments stand behind "load more comments" and are missing from the file'
    if continued:
        yield f'{continued:,} branches go on behind "continue this thread" and are missing from the file'
    if unnamed:
        yield (
            "1 post is by a deleted account"
            if unnamed == 1
            else f"{unnamed:,} posts are by deleted accounts; each got a label of its own"
        )
    if empty:
        yield f"the text of {empty:,} {'post' if empty == 1 else 'posts'} was deleted or is empty"
