"""Bytes become text, and what cannot is named with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.errors import ThreadError
from personas.reading.decoding import decode_declared, decode_source

WORDS = "Ein Grüner sagte: „schön“ – naïve"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_survives_every_common_encoding(encoding: str) -> None:
    """The same words come out whatever they were saved as, without a byte order mark."""
    decoded = decode_source((WORDS * 5).encode(encoding), "page.txt")
    assert decoded.text == WORDS * 5


def test_windows_1252_is_said_to_be_a_guess() -> None:
    """A file that is not UTF-8 and names no encoding carries a note, with the first byte that told."""
    note = decode_source("schön und gut".encode("cp1252"), "a").notes[0]
    assert "Windows-1252" in note
    assert "byte 0xf6 at position 3 (line 1)" in note


def test_a_file_cut_within_a_character_stays_utf8() -> None:
    """The last, incomplete character is reported; nothing else changes."""
    decoded = decode_source("so it ends…".encode()[:-1], "a")
    assert decoded.text == "so it ends\ufffd"
    assert "position 10" in decoded.notes[0]


def test_charset_of_a_page_is_obeyed() -> None:
    """An HTML page in a declared encoding is read as such, and a Latin-1 label as browsers read it."""
    page = '<html><head><meta charset="{}"></head><body>{}</body></html>'
    cyrillic = decode_source(page.format("windows-1251", "Привет, как дела").encode("cp1251"), "a")
    assert "Привет" in cyrillic.text
    assert not cyrillic.notes
    latin = decode_source(page.format("iso-8859-1", "„quoted“ – yes").encode("cp1252"), "a")
    assert "„quoted“" in latin.text


def test_wrongly_declared_charset_does_not_spoil_utf8() -> None:
    """A page saved anew as UTF-8 keeps its old label; its bytes decide."""
    assert "schön" in decode_source(b'<meta charset="iso-8859-1">' + "schön".encode(), "a").text


def test_escape_sequences_of_iso_2022_are_understood() -> None:
    """An encoding that is all ASCII bytes is not mistaken for ASCII where a mail names it."""
    data = "こんにちは".encode("iso-2022-jp")
    assert decode_declared(data, "iso-2022-jp").text == "こんにちは"


def test_unreadable_bytes_are_reported_with_position() -> None:
    """A stray byte in UTF-8 becomes U+FFFD, and the note says which byte stood where."""
    data = "première ligne, déjà\nseconde ".encode() + b"\xff" + " fin très bien".encode()
    decoded = decode_source(data, "a")
    assert decoded.text.count("\ufffd") == 1
    position = data.index(b"\xff")
    assert f"byte 0xff at position {position} (line 2)" in decoded.notes[0]


def test_replacement_characters_of_the_source_are_not_counted() -> None:
    """A U+FFFD that the file itself holds is no unreadable byte."""
    assert decode_source("a \ufffd b é".encode(), "a").notes == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x1f\x8b\x08abc", "gzip"),
        (b"\x89PNG\r\n", "image"),
        (bytes(range(256)) * 4, "binary"),
        (b"words and a \x00 in them, not in every second place", "binary"),
    ],
)
def test_binary_files_are_refused_by_kind(data: bytes, what: str) -> None:
    """The error says what the file is, in one line."""
    with pytest.raises(ThreadError, match=what) as caught:
        decode_source(data, "file.bin")
    assert "'file.bin'" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("label", ["no-such-charset", "hex", "rot13", "", "utf-7\x00", "idna"])
def test_nonsense_charsets_are_ignored(label: str) -> None:
    """A declared charset that is none does not stop the reading."""
    assert decode_declared("schön".encode("cp1252"), label).text == "schön"


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16", "bogus"]))
def test_any_bytes_decode_to_text_pydantic_accepts(data: bytes, declared: str | None) -> None:
    """Decoding never fails, and its text can be encoded again."""
    decoded = decode_declared(data, declared)
    decoded.text.encode()
    assert len(decoded.notes) <= 2
