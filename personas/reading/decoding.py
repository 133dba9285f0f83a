"""Bytes to text, saying which bytes could not be read and where they stood."""

import codecs
import re
from typing import NamedTuple

from language.errors import ThreadError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these labels as Windows-1252, and pages are written accordingly (WHATWG Encoding Standard, 4.2).
_READ_AS_WINDOWS_1252 = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"})
# Codecs of Python that no page or mail is written in.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
_BINARY_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_SAVE_OTHERWISE = "save the discussion as a page, as JSON or as text"
_UNPACK = "unpack it first"
_ADVICE = {
    "a PDF document": "open it, select all of its text, paste that into a text file and give it",
    "an image": "a picture holds no text: open the discussion itself, select all, and paste that into a text file",
    "an office document": "save it as .docx, .odt or .txt and give that",
    "a 7z archive": _UNPACK,
    "a zstd archive": _UNPACK,
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 8192
_POSITIONS_SHOWN = 3


class Decoded(NamedTuple):
    """Text of a file, without a byte order mark and with newlines untouched."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode_source(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode a file: byte order mark, UTF-8, the declared charset, then Windows-1252.

    Args:
        data: The file's bytes.
        name: What to call the file in an error.
        declared: Charset that the surroundings name; without one, an HTML ``meta`` element is looked for.

    Returns:
        The text; every byte that could not be read is U+FFFD in it and stands in a note with its position.

    Raises:
        ThreadError: The bytes are not text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, offset=len(mark))
    _refuse_binary(data, name)
    wide = _wide_encoding(data)
    if wide:
        return _decode_as(data, wide)
    if b"\x00" in data[:_HEAD_BYTES]:
        raise ThreadError(f"{name!r} holds binary data, not text; save the discussion as a page, as JSON or as text")
    return decode_declared(data, declared or _declared_in_markup(data))


def decode_declared(data: bytes, declared: str | None) -> Decoded:
    """Decode bytes that are known to be text, such as a part of a mail: UTF-8, the declared charset, Windows-1252."""
    if declared and _is_stateful(declared):
        return _decode_as(data, declared)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError:
        pass
    legacy = _known_codec(declared)
    # A few stray bytes in a UTF-8 file (a cut file, a pasted line) must not turn every other letter into rubbish.
    if _is_mostly_utf8(data):
        return _decode_as(data, "utf-8")
    if legacy and legacy != "utf-8":
        return _decode_as(data, legacy)
    decoded = _decode_as(data, "cp1252")
    places = _unreadable_places(data, "utf-8", 0)
    note = f"not UTF-8 ({', '.join(places)}) and no other encoding named: read as Windows-1252"
    return decoded._replace(notes=(note, *decoded.notes))


def _decode_as(data: bytes, encoding: str, offset: int = 0) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, ())
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, (_unreadable_note(data, text, encoding, offset),))


def _unreadable_note(data: bytes, text: str, encoding: str, offset: int) -> str:
    meant = data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    count = text.count("\ufffd") - meant
    shown = _unreadable_places(data, encoding, offset)
    more = f" and {count - len(shown):,} more" if count > len(shown) else ""
    plural = "places" if count > 1 else "place"
    return f"{count:,} {plural} could not be read as {encoding} and became U+FFFD: {', '.join(shown)}{more}"


def _unreadable_places(data: bytes, encoding: str, offset: int) -> list[str]:
    """The first few bytes that are not of this encoding, each with its position and line."""
    shown: list[str] = []
    position = 0
    while len(shown) < _POSITIONS_SHOWN:
        try:
            data[position:].decode(encoding)
            break
        except UnicodeDecodeError as error:
            place = position + error.start
            line = data.count(b"\n", 0, place) + 1
            shown.append(f"byte 0x{data[place]:02x} at position {place + offset:,} (line {line:,})")
            position += error.end
    return shown


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, what in _BINARY_SIGNATURES:
        if data.startswith(signature):
            raise ThreadError(f"{name!r} is {what}, not a discussion; {_ADVICE.get(what, _SAVE_OTHERWISE)}")
    head = data[:_HEAD_BYTES]
    control = sum(1 for byte in head if byte < 32 and byte not in (0, 8, 9, 10, 12, 13, 27))
    if control > max(8, len(head) // 20):
        raise ThreadError(f"{name!r} holds binary data, not text; save the discussion as a page, as JSON or as text")


def _wide_encoding(data: bytes) -> str | None:
    # UTF-16 without a mark: in Western text every other byte is zero.
    head = data[: _HEAD_BYTES // 2 * 2]
    if len(head) < 8 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if odd > pairs * 0.4 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.4 and odd < pairs * 0.05:
        return "utf-16-be"
    return None


def _declared_in_markup(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:_HEAD_BYTES])
    return match.group(1).decode("ascii") if match else None


def _known_codec(label: str | None) -> str | None:
    if not label:
        return None
    if label.lower() in _READ_AS_WINDOWS_1252:
        return "cp1252"
    try:
        info = codecs.lookup(label)
        if info.name.replace("_", "-") in _NO_CHARSETS:
            return None
        # Codecs such as "hex" or "rot13" are no character sets; they fail or return no text here.
        return info.name if isinstance(b"a".decode(info.name), str) else None
    except (LookupError, ValueError, UnicodeError):
        return None


def _is_stateful(label: str) -> bool:
    # Encodings that switch by escape sequences are valid ASCII, and so valid UTF-8, yet mean something else.
    return label.lower().startswith(("iso-2022", "hz")) and _known_codec(label) is not None


def _is_mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken == 1 and text.endswith("\ufffd") and data[-1] >= 0x80 and len(data) > 1:
        return True  # cut in the middle of a character
    multibyte = sum(1 for char in text if char > "\x7f") - broken
    return multibyte > broken
