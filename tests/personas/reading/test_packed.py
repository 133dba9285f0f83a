"""Files that are no plain text: documents and archives are read as what they hold, and the rest says what to do."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
from html import escape
from pathlib import Path

import pytest

from language.errors import ThreadError
from personas.reading import MAX_BYTES, read_thread, read_thread_text
from personas.thread import Thread

LINES = (
    "A bridge over the Mur?",
    "",
    "Post by ines » Sun Dec 12, 2010 4:33 pm",
    "The ferry is slow & dear, and nobody takes it in winter <says Jürgen>.",
    "Post by otto » Sun Dec 12, 2010 5:01 pm",
    "I took it\tevery day last winter – all of it.",
)
TEXT = "\n".join(LINES) + "\n"
CHAT = "[12/03/2024, 10:15:05] Anna: The old mill should go.\n[12/03/2024, 10:16:05] Ben: It is old.\n" * 3


def packed(members: dict[str, str]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return buffer.getvalue()


def docx() -> bytes:
    """As Word writes it: runs in paragraphs, a tab and a deleted word among them."""
    drawn = ""
    for line in LINES:
        runs = "</w:t><w:tab/><w:t>".join(escape(part) for part in line.split("\t"))
        drawn += (
            f'<w:p w:rsidR="1"><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">{runs}</w:t></w:r>'
        )
        drawn += "<w:del><w:r><w:delText>struck</w:delText></w:r></w:del></w:p>"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\r\n<w:document><w:body>{drawn}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def odt() -> bytes:
    """As LibreOffice writes it: an empty paragraph is an empty element."""
    drawn = "".join(
        '<text:p text:style-name="P1"/>'
        if not line
        else f"<text:p>{escape(line).replace(chr(9), '<text:tab/>').replace('every day', 'every<text:s/>day')}</text:p>"
        for line in LINES
    )
    content = f"<office:document-content><office:body>{drawn}</office:body></office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf() -> bytes:
    """As WordPad writes it: code page, fonts, and letters outside of it by number."""
    drawn = "".join(
        line.replace("ü", "\\'fc").replace("»", "\\'bb").replace("–", "\\u8211?").replace("\t", "\\tab ") + "\\par\r\n"
        for line in LINES
    )
    head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fswiss Arial;}}{\\*\\generator Made;}\\viewkind4\\f0\\fs22 "
    return f"{head}{drawn}}}".encode("ascii")


@pytest.mark.parametrize("document", [docx(), odt(), rtf()], ids=["docx", "odt", "rtf"])
def test_documents_are_read_as_their_text(document: bytes) -> None:
    """Paragraphs are lines; posts, writers and words come out as from a text file."""
    thread = read_thread_text(document, "talk.dat")
    assert thread.format == "document"
    assert thread.title == LINES[0]
    assert [(post.author, post.own_text) for post in thread.posts] == [("ines", LINES[3]), ("otto", LINES[5])]
    assert thread.offsets == "post"


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_are_read(compress: object) -> None:
    """A month of a mailing list comes as .txt.gz; others compress otherwise."""
    assert callable(compress)
    assert read_thread_text(compress(TEXT.encode()), "x.gz").authors == ("ines", "otto")


def test_an_archive_is_the_folder_that_it_was(tmp_path: Path) -> None:
    """A messenger's export is one chat beside its pictures; macOS adds a folder of its own."""
    archive = packed(
        {"Chat/_chat.txt": CHAT, "Chat/1.jpg": "\xff", "__MACOSX/Chat/._chat.txt": "x", "Chat/.DS_Store": "x"}
    )
    assert read_thread_text(archive, "chat.zip").authors == ("Anna", "Ben")
    path = tmp_path / "chat.zip"
    path.write_bytes(archive)
    assert len(read_thread([path]).posts) == 6
    with pytest.raises(ThreadError, match="give it alone"):
        read_thread([path, _text(tmp_path)])


def _text(folder: Path) -> Path:
    path = folder / "talk.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_packed_slack_export_has_its_names() -> None:
    """The people stand beside the only channel."""
    people = [{"id": "U1", "name": "ann", "profile": {"real_name": "Ann Lee"}}]
    said = [{"type": "message", "user": "U1", "text": f"Bread {at}.", "ts": f"170000000{at}.0001"} for at in range(3)]
    archive = packed(
        {"users.json": json.dumps(people), "channels.json": "[]", "bread/2024-01-01.json": json.dumps(said)}
    )
    thread: Thread = read_thread_text(archive, "export.zip")
    assert thread.format == "slack"
    assert thread.authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "PDF.*select all"),
        (b"\x89PNG\r\n\x1a\n0000", "image.*picture holds no text"),
        (packed({"META-INF/container.xml": "<x/>", "mimetype": "application/epub+zip"}), "EPUB"),
        (packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "table or a presentation"),
        (packed({"a/1.txt": "x", "b/1.txt": "y"}), "holds 2 folders"),
        (packed({"a/1.png": "x"}), "no file that can be read"),
        (packed({f"{number}.txt": "x" for number in range(2_001)}), "2,001 files"),
        (packed({"talk.txt": TEXT})[:60], "damaged"),
        (gzip.compress(TEXT.encode())[:30], "damaged"),
        (docx()[:200], "damaged"),
    ],
    ids=range(10),  # the bytes hold the time at which they were packed
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, message: str) -> None:
    """One line with the file's name."""
    with pytest.raises(ThreadError, match=message) as caught:
        read_thread_text(data, "talk.dat")
    assert "\n" not in str(caught.value)


def test_bombs_are_refused() -> None:
    """What is small when packed may be large; no more is unpacked than is read."""
    zeros = "0" * (MAX_BYTES + 1)
    for bomb in (packed({"a.txt": zeros}), gzip.compress(zeros.encode()), packed({"word/document.xml": zeros})):
        with pytest.raises(ThreadError, match="MB"):
            read_thread_text(bomb, "bomb")


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    """A name with ".." is left out, and one with a drive stays inside the folder that is made for it."""
    archive = packed({"../../evil.txt": "x", "C:\\talk\\talk.txt": TEXT})
    assert read_thread_text(archive, "x.zip").authors == ("ines", "otto")
    assert not (tmp_path.parent / "evil.txt").exists()
