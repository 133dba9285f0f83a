"""IRC and other chat logs with a line a message: "10:32 <ann> words"."""

import html
import re
from collections.abc import Mapping
from datetime import datetime

from personas.thread import Passage, Post, Thread

_TIME = (
    r"\[?(?P<time>(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|"
    r"[A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d)\]?\s+"
)
_MESSAGE = re.compile(rf"^(?:{_TIME})?(?:<(?P<name>[@+%&~! ]?[^\s<>]{{1,60}})>)(?:\s(?P<text>.*))?$")
_ACTION = re.compile(rf"^{_TIME}(?:\* |\*\s+)(?P<name>[^\s*<>]{{1,60}}) (?P<text>.+)$")
_NOTICE = re.compile(rf"^(?:{_TIME})?(?:\*\*\*|-!-|-->|<--|--|==?=?)\s")
_OTHER_LINES = re.compile(r"^(?:---|\*\*\*\*|#)")
_ADDRESSED = re.compile(r"([^\s:,]{1,60})[:,]\s")
_SAMPLE_LINES = 400


def looks_irc(source: str) -> bool:
    """Whether most lines are messages, actions or notices of a chat log, at least three of them messages."""
    lines = [line for line in source[:100_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    messages = sum(_MESSAGE.match(line) is not None for line in lines)
    others = sum(any(kind.match(line) for kind in (_ACTION, _NOTICE, _OTHER_LINES)) for line in lines)
    return messages >= 3 and (messages + others) * 10 >= len(lines) * 7


def read_irc(source: str, digest: str) -> Thread:
    """Read a chat log.

    Messages that one person writes one after the other within the log are one post, a line each; joins, leaves and
    other notices are counted. `parent_id` is the latest post of the person whose name stands before a colon or a
    comma at the beginning ("ann: yes"); the name is part of the words.

    Args:
        source: The decoded log.
        digest: SHA-256 of the file.
    """
    turns: list[_Turn] = []
    notices = 0
    unread: list[int] = []
    for number, line in enumerate(source.splitlines(), start=1):
        match = _MESSAGE.match(line) or _ACTION.match(line) or _MESSAGE.match(html.unescape(line))
        if match is None:
            notices += _NOTICE.match(line) is not None
            if line.strip() and not _NOTICE.match(line) and not _OTHER_LINES.match(line):
                unread.append(number)
            continue
        name = match["name"].lstrip("@+%&~! ")
        words = (match["text"] or "").strip()
        if not turns or turns[-1].name != name:
            turns.append(_Turn(name, match["time"]))
        if words:
            turns[-1].lines.append(words)
    latest: dict[str, str] = {}
    posts = []
    for number, turn in enumerate((turn for turn in turns if turn.lines), start=1):
        posts.append(turn.post(str(number), latest))
        latest[turn.name.lower()] = str(number)
    notes = []
    if notices:
        notes.append(f"{notices:,} notices of the server (joins, leaves, topics) are no posts")
    if unread:
        more = f" and {len(unread) - 3:,} more" if len(unread) > 3 else ""
        notes.append(f"left out because no message: line {', '.join(map(str, unread[:3]))}{more}")
    return Thread(title=None, format="irc", offsets="post", posts=tuple(posts), digest=digest, notes=tuple(notes))


class _Turn:
    """What one person says before somebody else does."""

    def __init__(self, name: str, time: str | None) -> None:
        self.name = name
        self.time = time
        self.lines: list[str] = []

    def post(self, own_id: str, latest: Mapping[str, str]) -> Post:
        addressed = _ADDRESSED.match(self.lines[0])
        return Post(
            id=own_id,
            author=self.name,
            written_at=_moment(self.time),
            parent_id=latest.get(addressed.group(1).lower()) if addressed else None,
            passages=(Passage(kind="own", text="\n".join(self.lines)),),
        )


def _moment(time: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(time) if time and "-" in time else None
    except ValueError:
        return None
