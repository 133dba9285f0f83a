"""What `rejoinder check` is given: words, files, transcripts, saved discussions, lines of claims."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debate.referee.port import Background

Part = tuple[str | None, str, "Background"]
_THREAD_ENDINGS = (".html", ".htm", ".json", ".mbox", ".mhtml")
_MAX_BYTES = 64 * 1024 * 1024


def read_parts(given: str, background: "Background") -> list[Part]:
    """The texts to check: one, a transcript's turns, or a discussion's posts, each named and with what it answers."""
    from transcripts.files import looks_like_transcript

    if given == "-":
        return [(None, _decoded(sys.stdin.buffer.read(_MAX_BYTES + 1), "standard input"), background)]
    path = Path(given)
    if not _is_file(path, given):
        return [(None, given, background)]
    if path.suffix.lower() in _THREAD_ENDINGS:
        return _posts(path, background)
    words = _decoded(_bytes(path), given)
    if looks_like_transcript(words):
        return _turns(path, background)
    return _posts(path, background) if path.suffix.lower() == ".jsonl" else [(None, words, background)]


def _turns(path: Path, background: "Background") -> list[Part]:
    """A transcript's turns, with the premise that was in force and the words that each answers."""
    from debate.interventions import premise_at
    from transcripts.files import read_transcript

    transcript = read_transcript(path)
    setup = transcript.header.setup
    parts: list[Part] = []
    for turn in transcript.events:
        if turn.type == "turn":
            about = {
                "motion": background.motion or setup.motion,
                "premise": background.premise or premise_at(setup, transcript.events, turn.seq),
                "preceding": turn.reply_to.text if turn.reply_to is not None else "",
            }
            parts.append((f"{turn.seq} {turn.speaker_name}", turn.text, background.model_copy(update=about)))
    return parts


def _posts(path: Path, background: "Background") -> list[Part]:
    """The posts of a saved discussion, their authors' own words only, each with the post that it answers."""
    from api.wiring import read_discussion

    thread = read_discussion([path])
    own = {post.id: post.own_text for post in thread.posts}
    parts: list[Part] = []
    before = ""
    for post in thread.posts:
        answered = own.get(post.parent_id or "", before)
        about = {"motion": background.motion or thread.title, "preceding": answered[-2_000:]}
        parts.append((f"{post.id} {post.author}", own[post.id], background.model_copy(update=about)))
        before = own[post.id]
    return parts


def _is_file(path: Path, given: str) -> bool:
    from language.errors import InputError

    try:
        if path.is_file():
            return True
        is_folder = path.is_dir()
    except (OSError, ValueError):
        return False
    if is_folder:
        raise InputError(f"{given!r} is a folder; name a file, or give the words themselves")
    if " " not in given and path.suffix.lower() in (".txt", ".jsonl", ".md", ".json", ".yaml", ".html"):
        raise InputError(f"no file {given!r}; name one that exists, or give the words themselves")
    return False


def _bytes(path: Path) -> bytes:
    from language.errors import InputError

    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except OSError as exc:
        raise InputError(f"cannot read {str(path)!r}: {exc.strerror or exc}") from exc


def _decoded(data: bytes, name: str) -> str:
    from language.errors import InputError

    if len(data) > _MAX_BYTES:
        raise InputError(f"{name!r} has more than {_MAX_BYTES // 2**20} MB; give claims line by line with --claims")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise InputError(f"{name!r}: byte {exc.start} is not UTF-8; save the text as UTF-8") from exc


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a file, or of standard input, that are not empty."""
    from language.errors import InputError

    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as file:
            for number, line in enumerate(file, 1):
                bare = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if bare.strip():
                    yield number, bare
    except OSError as exc:
        raise InputError(f"cannot read {str(path)!r}: {exc.strerror or exc}") from exc


def read_row(line: bytes, place: str) -> dict[str, object]:
    """A claim of a batch.

    Raises:
        InputError: The line is none.
    """
    from language.errors import InputError

    try:
        row = json.loads(line)
    except UnicodeDecodeError as exc:
        raise InputError(f"{place}: not UTF-8; save the file as UTF-8") from exc
    except (json.JSONDecodeError, RecursionError) as exc:
        raise InputError(f"{place}: not valid JSON") from exc
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise InputError(f'{place}: a line is {{"id": ..., "text": "..."}}')
    return row
