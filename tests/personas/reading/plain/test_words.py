"""Properties of the plain reader: no word is lost, none is in two passages, and every offset is exact."""

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from personas.reading import read_thread_text
from personas.reading.plain import looks_plain, read_plain
from personas.reading.plain.blocks import outline_page
from personas.reading.plain.lines import split_lines
from personas.thread import Thread

_WORD = re.compile(r"\w+")
_ENDS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n ", "\n\n\n"]
_LINES = [
    "\u00a0",
    " \u00a0\u200b",
    "Top",
    "Back",
    "Last edited:",
    "  • Like",
    "Reactions: anna and bert",
    "• #10",
    "#3",
    "anna",
    "Banned",
    "Donor",
    "Messages",
    "196",
    "anna said:",
    "anna:",
    "bert: no.",
    "Originally posted by bert",
    "> The bridge should stay open to all, day and night.",
    "The bridge should stay open to all, day and night.",
    "No. The bridge should stay open to all, day and night, and so should the quay.",
    "So you say. I never asked for that, and you know it well enough.",
    "P.S. The quay is older than the bridge.",
    "View attachment 12345",
    "IMG_2034.jpg",
    "https://example.org/a-page",
    "Similar threads",
    "Posted by anna on May 3, 2024",
    "[12:01] anna: is it closed?",
    "__________",
    "1. One",
    "שלום לכולם כאן היום",
    "\u202eabc\u202c def",
    "zero\u200bwidth\u200dword",
    "straße İstanbul ﬁne",
    "e\u0301te\u0301 naïve",
    "😀 👍🏽",
    "Re: bridges",
    "\x1c\x85odd\u2028breaks\u2029here\x0b",
]
_pages = st.lists(
    st.tuples(st.one_of(st.sampled_from(_LINES), st.text(max_size=30)), st.sampled_from(_ENDS)), max_size=40
).map(lambda parts: "".join(line + end for line, end in parts))


def check_words(source: str) -> Thread:
    """Read a text and assert that no word is lost, none is in two passages, and every offset is exact."""
    thread = read_plain(source, "0" * 64)
    outline = outline_page(split_lines(source))
    taken = bytearray(len(source))
    for post in thread.posts:
        at = -1
        for part in post.passages:
            assert part.start is not None
            assert part.end is not None
            assert source[part.start : part.end] == part.text
            assert part.text.strip() == part.text
            assert part.start > at
            at = part.end
            assert not any(taken[part.start : part.end])
            taken[part.start : part.end] = b"\1" * (part.end - part.start)
    left_out = bytearray(len(source))
    spans = [(line.start, line.end) for line in [*outline.furniture, *outline.named_lines]]
    for start, end in [*spans, *(hole for block in outline.blocks for hole in block.holes)]:
        left_out[start:end] = b"\1" * (end - start)
    for word in _WORD.finditer(source):
        inside = taken[word.start()]
        assert inside or left_out[word.start()], f"lost: {word.group()!r} in {source!r}"
    return thread


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_pages)
@example("")
@example("\u00a0\n\u00a0\n")
@example("one\u00a0\n\u00a0\ntwo")
def test_every_word_is_in_one_passage_or_is_named_furniture(source: str) -> None:
    check_words(source)


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_read(source: str) -> None:
    thread = check_words(source)
    assert looks_plain(source) or len(thread.posts) <= 1


def test_a_page_with_windows_line_ends_reads_as_one_with_plain_ones() -> None:
    page = "Bridges\n\nanna\n\nBanned\nThe bridge should stay.\n\u00a0\n"
    page += "The bridge should stay.\nWhy should it?\n\u00a0\nTop\n"
    plain, windows = check_words(page), check_words(page.replace("\n", "\r\n"))
    assert [[part.text for part in post.passages] for post in plain.posts] == [
        [part.text for part in post.passages] for post in windows.posts
    ]


def test_characters_that_nobody_sees_shift_nothing() -> None:
    """A messenger's export marks directions before times and words; places count them and words are whole."""
    said = ("\u200eThe old mill should go.", "It is the old\u200dest building.", "That is no reason\u200b to keep it.")
    lines = [f"\u200e[12/03/2024, 10:1{at}:05] {'Ben' if at % 2 else 'Anna'}: {one}" for at, one in enumerate(said * 2)]
    source = "\n".join(lines)
    thread = read_thread_text(source.encode(), "chat.txt")
    assert [post.author for post in thread.posts] == ["Anna", "Ben"] * 3
    for post, one in zip(thread.posts, said * 2, strict=True):
        (passage,) = post.passages
        assert passage.text == one.removeprefix("\u200e")
        assert source[passage.start : passage.end] == passage.text
