"""HTML that a word processor saved is the plain text that was pasted into it."""

import pytest

from personas.reading.registry import read_thread_text

LINES = (
    "A bridge over the Mur?",
    "",
    "Post by ines » Sun Dec 12, 2010 4:33 pm",
    "The ferry is slow, and nobody takes it in winter.",
    "Post by otto » Sun Dec 12, 2010 5:01 pm",
    "ines wrote:The ferry is slow, and nobody takes it in winter.",
    "",
    "I took it every day last winter.",
)
HEADS = {
    "LibreOffice": '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>',
    "Word": '<meta name=Generator content="Microsoft Word 15">',
    "Google Docs": '<b id="docs-internal-guid-1a2b3c4d"></b>',
}


@pytest.mark.parametrize("made_by", HEADS)
def test_paragraphs_are_lines(made_by: str) -> None:
    """Posts, writers and words come out as from the text file; line breaks in a paragraph are line ends too."""
    drawn = "".join(f'<p class="P1">{line or "<br/>"}</p>\n' for line in LINES)
    drawn = drawn.replace('pm</p>\n<p class="P1">The', "pm<br/>\nThe", 1)
    source = f'<!DOCTYPE html><html><head>{HEADS[made_by]}<title></title></head><body lang="en">{drawn}</body></html>'
    thread = read_thread_text(source.encode(), "x")
    assert thread.format == "document"
    assert [post.author for post in thread.posts] == ["ines", "otto"]
    assert [post.own_text for post in thread.posts] == [LINES[3], LINES[7]]
    assert thread.offsets == "post"
    assert all(part.start is None for post in thread.posts for part in post.passages)
