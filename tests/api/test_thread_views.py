"""A discussion as it was read, in a terminal and as a page."""

import io

from rich.console import Console

from api.thread_views import print_thread, thread_page
from personas.thread import Link, Passage, Post, Thread

HOSTILE = "<script>alert(1)</script> \x1b[31mred\u202e"


def a_thread() -> Thread:
    own = Passage(
        kind="own",
        text="I disagree.",
        links=(
            Link(text="my site", target="https://example.org/a?b=1&c"),
            Link(text="trap", target="javascript:alert(1)"),
        ),
    )
    quote = Passage(
        kind="quote", text="The canal pays.", quoted_author="Anna", quoted_post="1", inferred=True, confidence=0.8
    )
    return Thread(
        title="The canal " + HOSTILE,
        format="plain",
        offsets="source",
        posts=(
            Post(id="1", author="Anna", passages=(Passage(kind="own", text="The canal pays."),)),
            Post(id="2", author="Member A", author_named=False, author_confidence=0.7, passages=(quote, own)),
        ),
        digest="0" * 64,
        notes=("one name was lost",),
    )


def test_the_page_links_quotes_to_their_source_and_marks_what_is_inferred() -> None:
    """A quote leads to its post; inferred quotes and people look different from read ones."""
    page = thread_page(a_thread())
    assert 'href="#post-1"' in page
    assert 'id="post-1"' in page
    assert "inferred-quote" in page
    assert "name lost, person inferred, 70% sure" in page


def test_the_page_shows_hostile_text_as_text() -> None:
    """No script of a post runs, and no address of a post but the web's can be followed."""
    page = thread_page(a_thread())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert 'href="javascript' not in page
    assert 'href="https://example.org/a?b=1&amp;c"' in page
    assert "\u202e" not in page


def test_the_terminal_shows_who_quotes_whom_and_how_surely() -> None:
    """A reader sees people, quotes with their author, sureness and link targets; nothing a terminal would obey."""
    console = Console(file=io.StringIO(), width=100, highlight=False)
    print_thread(console, a_thread())
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "2 posts by 2 people, 1 quote" in shown
    assert "quoting Anna, post 1 (inferred, 80% sure)" in shown
    assert "my site: https://example.org/a?b=1&c" in shown
    assert "\x1b[31mred" not in shown
