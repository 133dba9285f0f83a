"""Files that were packed: one that was compressed is read as what it holds, a ZIP archive as the folder that it was."""

import bz2
import gzip
import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from language.errors import ThreadError
from personas.reading.files import MAX_BYTES, check_size, is_passed_over

_OPENERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
_BESIDE_CHANNELS = frozenset({"users.json", "channels.json", "integration_logs.json", "canvases.json"})
_MAX_FILES = 2_000
_NAMED = 3


def decompressed(data: bytes, name: str) -> bytes:
    """What a gzip, bzip2 or xz file holds, up to the size that is read; other bytes as they are.

    Raises:
        ThreadError: The file is damaged, or holds more than is read.
    """
    for signature, opener in _OPENERS:
        if data.startswith(signature):
            try:
                with opener(io.BytesIO(data)) as stream:
                    inside = bytes(stream.read(MAX_BYTES + 1))
            except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
                raise ThreadError(f"{name!r} is a damaged archive: {error}") from error
            check_size(len(inside), name)
            return inside
    return data


def is_zip(data: bytes) -> bool:
    """Whether bytes are a ZIP archive, an office document among them."""
    return data.startswith(b"PK\x03\x04")


@contextmanager
def unpacked(data: bytes, name: str) -> Iterator[Path]:
    """A folder with the files of a ZIP archive that may be a discussion; it is gone afterwards.

    Raises:
        ThreadError: The archive is damaged or locked, holds more than is read, or nothing, or several folders.
    """
    with tempfile.TemporaryDirectory(prefix="rejoinder-") as place:
        root = Path(place)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _extract(archive, root, name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
            raise ThreadError(f"{name!r} is a damaged or locked archive: {error}") from error
        yield _discussion_in(root, name)


def _extract(archive: zipfile.ZipFile, root: Path, name: str) -> None:
    members = [member for member in archive.infolist() if not member.is_dir() and _is_wanted(member.filename)]
    if len(members) > _MAX_FILES:
        raise ThreadError(f"{name!r} holds {len(members):,} files; unpack it and give the folder that you want")
    check_size(sum(member.file_size for member in members), name)
    left = MAX_BYTES
    for member in members:
        # Only the last folder's name is kept: what else a name says must not lead out of this folder.
        *above, file = PurePosixPath(member.filename.replace("\\", "/")).parts
        folder = root / above[-1] if above and above[-1] not in ("..", "/") else root
        folder.mkdir(exist_ok=True)
        with archive.open(member) as stream:
            inside = stream.read(left + 1)
        left -= len(inside)
        check_size(MAX_BYTES - left, name)
        (folder / file).write_bytes(inside)


def _is_wanted(filename: str) -> bool:
    parts = PurePosixPath(filename.replace("\\", "/")).parts
    return (
        bool(parts) and not any(part.startswith((".", "__MACOSX")) for part in parts) and not is_passed_over(parts[-1])
    )


def _discussion_in(root: Path, name: str) -> Path:
    if any(item.is_file() and item.name not in _BESIDE_CHANNELS for item in root.iterdir()):
        return root
    folders = sorted(item for item in root.iterdir() if item.is_dir())
    if len(folders) == 1:
        return folders[0]
    if not folders:
        raise ThreadError(f"{name!r} holds no file that can be read as a discussion")
    named = ", ".join(folder.name for folder in folders[:_NAMED]) + (" ..." if len(folders) > _NAMED else "")
    raise ThreadError(f"{name!r} holds {len(folders)} folders ({named}); unpack it and give the one that you want")
