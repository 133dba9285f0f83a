"""Files and folders that a user names, sized before they are loaded."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from language.errors import ThreadError

MAX_BYTES = 32 * 1024 * 1024
"""Largest file, and largest sum of files, that is read; more is refused before anything is loaded."""

# What a browser or a desktop leaves beside a saved page, and what is never a discussion.
_PASSED_OVER = frozenset(
    [
        ".css",
        ".js",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".webp",
        ".ico",
        ".woff",
        ".woff2",
        ".ttf",
        ".mp4",
        ".mp3",
        ".zip",
        ".pdf",
        ".db",
        ".ds_store",
    ]
)


class NamedFile(NamedTuple):
    """A file to read; one found in a folder may turn out to be something else, one that the user named may not."""

    path: Path
    is_from_folder: bool


def expand_paths(paths: Sequence[Path]) -> list[NamedFile]:
    """The files that these paths stand for: each file once, folders replaced by the files directly in them.

    Raises:
        ThreadError: A path does not exist or cannot be read, nothing is left, or all together exceed `MAX_BYTES`.
    """
    files: dict[Path, NamedFile] = {}
    for path in paths:
        for file in _expand(path):
            files.setdefault(file.path.absolute(), file)
    if not files:
        raise ThreadError(f"there is no file to read in {', '.join(repr(str(path)) for path in paths) or 'nothing'}")
    total = sum(file.path.stat().st_size for file in files.values())
    if len(files) > 1:
        check_size(total, f"{len(files)} files")
    return list(files.values())


def load_file(path: Path) -> bytes:
    """The bytes of one file.

    Raises:
        ThreadError: It cannot be read, or is larger than `MAX_BYTES`.
    """
    try:
        check_size(path.stat().st_size, path.name)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)  # a pipe has no size to check
    except OSError as error:
        raise ThreadError(f"cannot read {str(path)!r}: {error.strerror or error}") from error
    check_size(len(data), path.name)
    return data


def check_size(size: int, name: str) -> None:
    """Refuse what is too large to read.

    Raises:
        ThreadError: `size`, in bytes, exceeds `MAX_BYTES`.
    """
    if size > MAX_BYTES:
        raise ThreadError(
            f"{name!r} has {size / 1e6:,.0f} MB; at most {MAX_BYTES / 1e6:,.0f} MB are read, "
            "so split it or keep only the discussion you want"
        )


def _expand(path: Path) -> list[NamedFile]:
    try:
        if not path.is_dir():
            path.stat()
            return [NamedFile(path, False)]
        inside = [item for item in path.iterdir() if item.is_file() and not item.name.startswith(".")]
    except OSError as error:
        raise ThreadError(f"cannot read {str(path)!r}: {error.strerror or error}") from error
    except ValueError as error:  # a name with a NUL character
        raise ThreadError(f"{str(path)!r} is not a file name") from error
    pages = [item for item in inside if not is_passed_over(item.name)]
    return [NamedFile(item, True) for item in sorted(pages, key=lambda item: natural_order(item.name))]


def is_passed_over(name: str) -> bool:
    """Whether a file in a folder is none that a discussion is saved in, by its name: a picture, a style sheet."""
    return Path(name).suffix.lower() in _PASSED_OVER


def natural_order(name: str) -> list[tuple[bool, int, str]]:
    """A sort key by which "page-2" stands before "page-10"."""
    parts = re.split(r"(\d+)", name.lower())
    return [(True, int(part), "") if part.isdecimal() else (False, 0, part) for part in parts if part]
