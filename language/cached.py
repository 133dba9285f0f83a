"""Folders of a cache: whole or not there, checked before they are trusted, safe beside other processes.

An entry is a folder of files with a list of their checksums. It is written under another name and moved into place, so
that a reader sees all of it or nothing, whatever is killed when; of two writers the first wins. A damaged entry is put
aside and made anew: a cache can make a start slow, never wrong.
"""

import gc
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

_CHECKSUMS = "checksums.json"
_DRAFT = "draft-"
_KEPT_ENTRIES = 12
"""How many entries of one kind are kept; those used longest ago go first."""
_DRAFT_LIVES_S = 6 * 3_600.0
"""After this a draft is what a killed process left behind."""


def code_version(*parts: Path | str) -> str:
    """A short digest of the files and words that decide what an entry holds: other code finds other entries."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path) and part.is_file():
            digest.update(part.read_bytes())
        else:
            digest.update(str(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def keep(folder: Path, write: Callable[[Path], None]) -> bool:
    """Make an entry.

    Args:
        folder: Where it is to lie; its parent is made.
        write: Fills an empty folder with the entry's files.

    Returns:
        Whether the entry lies there now, by whomever; False where it cannot be written, which is no error.
    """
    draft: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear(folder.parent, folder.name.split("-", 1)[0])
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder.parent))
        write(draft)
        sums = {file.name: _checksum(file) for file in _files(draft)}
        (draft / _CHECKSUMS).write_text(json.dumps(sums), encoding="utf-8")
        if not folder.exists():
            draft.rename(folder)
    except OSError:
        # Nowhere to keep it, or another process was first: the next start is slow, and that is all.
        return folder.is_dir()
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
    return True


def take(folder: Path, read: Callable[[Path], Made]) -> Made | None:
    """What an entry holds; None where there is none, or where it was damaged and has been put aside.

    Args:
        folder: Where it lies.
        read: Makes something of the entry's files, which are as they were written.
    """
    try:
        if not _is_whole(folder):
            return None
        made = read(folder)
    except (OSError, ValueError, KeyError, TypeError):
        # Whole by its checksums and yet unreadable: written by something else under this name.
        _put_aside(folder)
        return None
    with suppress(OSError):
        os.utime(folder)
    return made


def _is_whole(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    try:
        sums = json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8"))
        whole = isinstance(sums, dict) and sums == {file.name: _checksum(file) for file in _files(folder)}
    except (OSError, ValueError):
        whole = False
    if not whole:
        _put_aside(folder)
    return whole


def _put_aside(folder: Path) -> None:
    """Take a damaged entry away at one stroke, so that nobody meets half of it."""
    with suppress(OSError):
        aside = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder.parent))
        folder.rename(aside / "damaged")
        shutil.rmtree(aside, ignore_errors=True)


def _files(folder: Path) -> Iterable[Path]:
    return (file for file in sorted(folder.iterdir()) if file.name != _CHECKSUMS)


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _clear(parent: Path, kind: str) -> None:
    """Remove what killed writers left, and the entries of a kind that were used longest ago."""
    with suppress(OSError):
        now = time.time()
        entries = [(entry.stat().st_mtime, entry) for entry in parent.iterdir() if entry.is_dir()]
        old = [entry for at, entry in entries if entry.name.startswith(_DRAFT) and now - at > _DRAFT_LIVES_S]
        same = sorted((pair for pair in entries if pair[1].name.startswith(f"{kind}-")), reverse=True)
        for entry in (*old, *(entry for _, entry in same[_KEPT_ENTRIES - 1 :])):
            shutil.rmtree(entry, ignore_errors=True)


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many small objects without the garbage collector counting them again and again.

    Reading 100,000 facts is four times faster so. What was made is meant to stay, and is left out of later
    collections too, each of which would go through all of it. Not for anything that makes cycles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()
