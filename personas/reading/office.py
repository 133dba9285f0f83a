"""Text of documents that word processors write: DOCX, ODT and RTF, a line for each paragraph."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from language.errors import ThreadError
from personas.reading.files import MAX_BYTES, check_size

_TOKEN = re.compile(r"<[?!][^<>]*>|<(?P<end>/?)(?P<tag>[\w:.-]++)(?P<rest>[^<>]*+)>|(?P<text>[^<]+)")
_REPEATED = re.compile(r"text:c=[\"'](\d{1,3})")
_PARAGRAPHS = frozenset({"w:p", "text:p", "text:h"})
_BREAKS = frozenset({"w:br", "w:cr", "text:line-break"})
# What stands beside the text: comments of reviewers, footers, what was struck out, the words of a field.
_SILENT = frozenset(
    {"w:del", "w:instrText", "w:footnote", "office:annotation", "text:tracked-changes", "text:note", "office:forms"}
)
_RTF_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-f]{2})|\\(?P<sign>[^a-z0-9])|"
    rb"(?P<group>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.IGNORECASE,
)
_RTF_SILENT = frozenset(
    {
        b"fonttbl",
        b"colortbl",
        b"stylesheet",
        b"info",
        b"pict",
        b"object",
        b"header",
        b"footer",
        b"listtable",
        b"themedata",
    }
    | {b"listoverridetable", b"rsidtbl", b"generator", b"xmlnstbl", b"fldinst", b"datastore", b"latentstyles"}
)
_RTF_LINES = frozenset({b"par", b"line", b"row", b"sect", b"page"})
_RTF_SIGNS = {b"~": "\u00a0", b"_": "-", b"-": ""}
_MAX_DEPTH = 1_000


def is_office(data: bytes) -> bool:
    """Whether a ZIP archive is what an office program writes, or a book, and not a folder of files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        return False
    return bool({"word/document.xml", "[Content_Types].xml", "META-INF/container.xml"} & names) or "mimetype" in names


def office_text(data: bytes, name: str) -> str | None:
    """The text of a DOCX, ODT or RTF document, None where the bytes are none.

    Raises:
        ThreadError: The document is damaged, too large, or of a kind whose text is not read here.
    """
    if data.startswith(b"{\\rtf"):
        return "".join(_rtf(data)).strip("\n") + "\n"
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            inside = next((one for one in ("word/document.xml", "content.xml") if one in names), None)
            if inside is None:
                _refuse_others(names, name)
                return None
            check_size(archive.getinfo(inside).file_size, name)
            with archive.open(inside) as stream:
                xml = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError) as error:
        raise ThreadError(f"{name!r} is a damaged or locked document or archive: {error}") from error
    check_size(len(xml), name)
    return "".join(_xml(xml.decode("utf-8", errors="replace"))).strip("\n") + "\n"


def _refuse_others(names: set[str], name: str) -> None:
    if "META-INF/container.xml" in names:
        raise ThreadError(f"{name!r} is an EPUB book; open it, select the discussion, and paste it into a text file")
    if "[Content_Types].xml" in names:
        raise ThreadError(f"{name!r} is a table or a presentation; copy its text into a text file and give that")


def _xml(source: str) -> Iterator[str]:
    """The words of an office document's markup, read token by token: no entity is expanded and nothing is nested."""
    silent = 0
    for token in _TOKEN.finditer(source):
        tag, text = token["tag"], token["text"]
        if text is not None:
            if not silent and text.strip("\r\n"):
                yield html.unescape(text).replace("\n", " ")
            continue
        is_empty = (token["rest"] or "").endswith("/")
        if tag in _SILENT:
            silent += 0 if is_empty else -1 if token["end"] else 1
            silent = max(silent, 0)
        elif silent:
            continue
        elif (tag in _PARAGRAPHS and (token["end"] or is_empty)) or (tag in _BREAKS and not token["end"]):
            yield "\n"
        elif tag in ("w:tab", "text:tab"):
            yield "\t"
        elif tag == "text:s":
            count = _REPEATED.search(token["rest"] or "")
            yield " " * (int(count[1]) if count else 1)


def _rtf(data: bytes) -> Iterator[str]:
    codec = "cp1252"
    silent_at: int | None = None
    depth = skip = 0
    fallback = [1]
    for token in _RTF_TOKEN.finditer(data):
        if (group := token["group"]) is not None:
            depth += 1 if group == b"{" else -1
            if group == b"{" and len(fallback) < _MAX_DEPTH:
                fallback.append(fallback[-1])
            elif group == b"}" and len(fallback) > 1:
                fallback.pop()
            if silent_at is not None and depth < silent_at:
                silent_at = None
            continue
        word = token["word"]
        number = int(token["number"]) if token["number"] else None
        if word == b"ansicpg" and number:
            codec = f"cp{number}" if number in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258) else codec
        elif silent_at is not None:
            continue
        elif word in _RTF_SILENT or token["sign"] == b"*":
            silent_at = depth
        elif word == b"uc" and number is not None:
            fallback[-1] = max(0, min(number, 8))
        elif word == b"u" and number is not None:
            yield chr(number % 0x10000) if not 0xD800 <= number % 0x10000 < 0xE000 else "\ufffd"
            skip = fallback[-1]
        elif token["byte"] is not None:
            if skip:
                skip -= 1
            else:
                yield bytes.fromhex(token["byte"].decode()).decode(codec, errors="replace")
        elif word in _RTF_LINES or token["sign"] in (b"\n", b"\r"):
            yield "\n"
        elif word in (b"tab", b"cell"):
            yield "\t"
        elif token["sign"] is not None:
            yield {b"~": "\u00a0", b"_": "-", b"-": ""}.get(
                token["sign"], token["sign"].decode("ascii", errors="replace")
            )
        elif token["text"] is not None:
            text = token["text"].decode(codec, errors="replace")
            yield text[skip:]
            skip = 0
