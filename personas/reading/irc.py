"""IRC and other chat logs with a line a message: "10:32 <ann> words"."""

import re
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
    other notices are counted. `parent_id` stays None: a log does not say who answers whom, and a name before a colon
    is part of the words.

    Args:
        source: The decoded log.
        digest: SHA-256 of the file.
    """
    turns: list[_Turn] = []
    notices = unread = 0
    for line in source.splitlines():
        match = _MESSAGE.match(line) or _ACTION.match(line)
        if match is None:
            notices += _NOTICE.match(line) is not None
            unread += bool(line.strip()) and not (_NOTICE.match(line) or _OTHER_LINES.match(line))
            continue
        name = match["name"].lstrip("@+%&~! ")
        words = (match["text"] or "").strip()
        if not turns or turns[-1].name != name:
            turns.append(_Turn(name, match["time"]))
        if words:
            turns[-1].lines.append(words)
    posts = [turn.post(number) for number, turn in enumerate((turn for turn in turns if turn.lines), start=1)]
    notes = []
    if notices:
        notes.append(f"{notices:,} notices of the server (joins, leaves, topics) are no posts")
    if unread:
        notes.append(f"{unread:,} lines could not be read as messages")
    return Thread(title=None, format="irc", offsets="post", posts=tuple(posts), digest=digest, notes=tuple(notes))


class _Turn:
    """What one person says before somebody else does."""

    def __init__(self, name: str, time: str | None) -> None:
        self.name = name
        self.time = time
        self.lines: list[str] = []

    def post(self, number: int) -> Post:
        return Post(
            id=str(number),
            author=self.name,
            written_at=_moment(self.time),
            passages=(Passage(kind="own", text="\n".join(self.lines)),),
        )


def _moment(time: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(time) if time and "-" in time else None
    except ValueError:
        return None
