"""Transcript files: JSON Lines, a header and then one event a line.

A line is written whole and flushed before the next event is made, so a killed run leaves a valid transcript up to its
last event. A last line without its end is what a kill in the middle of writing leaves; it is not an event. One process
at a time writes a transcript: whoever writes holds an advisory lock, which the system takes back when it dies.
"""

import json
import stat
import sys
from pathlib import Path
from types import TracebackType
from typing import TextIO

from pydantic import ValidationError

from debate.events import EVENT, SCHEMA_VERSION, Event
from language.errors import TranscriptError
from transcripts.transcript import Header, Transcript


class TranscriptWriter:
    """Appends events to a transcript file, each one flushed. Use it in a `with` statement."""

    def __init__(self, path: Path, file: TextIO) -> None:
        self.path = path
        self._file = file

    def __enter__(self) -> "TranscriptWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, event: Event) -> None:
        """Append one event.

        Raises:
            TranscriptError: The disk is full or the file cannot be written; what was written before is whole.
        """
        self._write_line(EVENT.dump_json(event).decode())

    def _write_line(self, line: str) -> None:
        try:
            self._file.write(line + "\n")
            self._file.flush()
        except OSError as exc:
            raise TranscriptError(f"cannot write {str(self.path)!r}: {exc.strerror or exc}") from exc


def create_transcript(path: Path, header: Header, *, overwrite: bool = False) -> TranscriptWriter:
    """Start a transcript file with its header.

    Raises:
        TranscriptError: The file exists and `overwrite` is false, another process is writing it, or it cannot be
            written.
    """
    if path.is_dir():
        raise TranscriptError(f"{str(path)!r} is a folder; name a file in it")
    try:
        # What is replaced is emptied only under the lock: another process may be writing it.
        file = path.open("a" if overwrite else "x", encoding="utf-8", newline="\n")
    except FileExistsError as exc:
        raise TranscriptError(f"{str(path)!r} exists; continue it with --resume, or replace it with --force") from exc
    except OSError as exc:
        raise TranscriptError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
    _lock(file, path)
    writer = TranscriptWriter(path, file)
    try:
        if stat.S_ISREG(path.stat().st_mode):
            file.truncate(0)
    except OSError as exc:
        file.close()
        raise TranscriptError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
    writer._write_line(header.model_dump_json())
    return writer


def continue_transcript(path: Path, known_events: int | None = None) -> TranscriptWriter:
    """Open a transcript file to append to it; a last line that was cut off is removed first.

    Args:
        path: The file.
        known_events: How many events the caller has read from it; None not to check.

    Raises:
        TranscriptError: Another process is writing the file or has added to what the caller knows, or it cannot be
            written.
    """
    try:
        file = path.open("a", encoding="utf-8", newline="\n")
    except OSError as exc:
        raise TranscriptError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
    _lock(file, path)
    try:
        data = path.read_bytes()
        if known_events is not None and data.count(b"\n") != known_events + 1:
            raise TranscriptError(f"{str(path)!r} was continued by another process meanwhile; resume it again")
        file.truncate(_end_of_last_line(data))
    except OSError as exc:
        file.close()
        raise TranscriptError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
    except TranscriptError:
        file.close()
        raise
    return TranscriptWriter(path, file)


def _lock(file: TextIO, path: Path) -> None:
    """Let nobody else write this file until it is closed; where the system knows no such lock, go on without."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as exc:
        file.close()
        raise TranscriptError(f"another process is writing {str(path)!r}; wait for it, or stop it") from exc
    except OSError:
        return  # a pipe, a device, or a file system without locks


def looks_like_transcript(words: str) -> bool:
    """Whether a text begins as a transcript does, whatever its version and whether or not it can be read."""
    first = words.lstrip().split("\n", 1)[0]
    return first.startswith("{") and '"schema_version"' in first


def read_transcript(path: Path) -> Transcript:
    """Read a transcript file; a last line that was cut off is left out. "-" stands for standard input.

    Raises:
        TranscriptError: The file cannot be read, or is no transcript; names the line.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as exc:
        raise TranscriptError(f"cannot read {str(path)!r}: {exc.strerror or exc}") from exc
    return parse_transcript(data, str(path))


def parse_transcript(data: bytes, name: str) -> Transcript:
    """Read a transcript from its bytes.

    Raises:
        TranscriptError: These bytes are no transcript; names the line.
    """
    lines = data[: _end_of_last_line(data)].decode("utf-8", errors="replace").split("\n")[:-1]
    if not lines:
        raise TranscriptError(f"{name!r} is no transcript: it holds not one whole line")
    header = _read_header(lines[0], name)
    events: list[Event] = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            event = EVENT.validate_json(line)
        except ValidationError as exc:
            raise TranscriptError(f"{name!r}, line {number}, is no event: {_first_problem(exc)}") from exc
        if event.seq != len(events) + 1:
            raise TranscriptError(f"{name!r}, line {number}: event {event.seq} where {len(events) + 1} should follow")
        events.append(event)
    return Transcript(header=header, events=tuple(events))


def _read_header(line: str, name: str) -> Header:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as exc:
        raise TranscriptError(f"{name!r} is no transcript: its first line is not JSON") from exc
    if not isinstance(fields, dict) or "schema_version" not in fields:
        raise TranscriptError(f"{name!r} is no transcript: its first line has no schema_version")
    if fields["schema_version"] != SCHEMA_VERSION:
        raise TranscriptError(
            f"{name!r} has schema version {fields['schema_version']!r}, this program reads {SCHEMA_VERSION}; "
            "use the version of rejoinder that wrote it"
        )
    try:
        return Header.model_validate_json(line)
    except ValidationError as exc:
        raise TranscriptError(f"{name!r}, line 1, is no transcript header: {_first_problem(exc)}") from exc


def _first_problem(exc: ValidationError) -> str:
    problem = exc.errors(include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else str(problem["msg"])


def _end_of_last_line(data: bytes) -> int:
    return data.rfind(b"\n") + 1
