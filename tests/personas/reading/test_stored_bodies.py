"""Bodies as databases hold them: the same words and quotations, whichever way they are marked."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personas.reading import read_thread
from personas.reading.stored_bodies import form_of, read_stored_body
from personas.thread import Passage

ASKED = "The ferry should run at night."
ANSWER = "Nobody would pay for it & nobody should."


def shape(passages: tuple[Passage, ...]) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.kind, one.text, one.quoted_author, one.quoted_post) for one in passages]


@pytest.mark.parametrize(
    ("body", "author", "post"),
    [
        (f"<blockquote>{ASKED}</blockquote><p>Nobody would pay for it &amp; nobody should.</p>", None, None),
        (f'<blockquote data-author="Ann Marsh">{ASKED}</blockquote>{ANSWER}', "Ann Marsh", None),
        (f"[quote]{ASKED}[/quote]{ANSWER}", None, None),
        (f"[quote=Ann Marsh]{ASKED}[/quote]\n{ANSWER}", "Ann Marsh", None),
        (f'[quote="Ann Marsh"]{ASKED}[/quote]\n{ANSWER}', "Ann Marsh", None),
        (f'[quote:3fa1="Ann Marsh"]{ASKED}[/quote:3fa1]\n{ANSWER}', "Ann Marsh", None),
        (f"[QUOTE=Ann Marsh;7]{ASKED}[/QUOTE]\n{ANSWER}", "Ann Marsh", "7"),
        (f'[QUOTE="Ann Marsh, post: 7, member: 31"]{ASKED}[/QUOTE]\n{ANSWER}', "Ann Marsh", "7"),
        (f"[quote='Ann Marsh' pid='7' dateline='1300000000']{ASKED}[/quote]\n{ANSWER}", "Ann Marsh", "7"),
        (f"[quote author=Ann Marsh link=topic=3.msg7#msg7 date=13]{ASKED}[/quote]\n{ANSWER}", "Ann Marsh", "7"),
        (f"[quote name='Ann Marsh' post='7' timestamp='13']{ASKED}[/quote]\n{ANSWER}", "Ann Marsh", "7"),
        (f"[quote=Ann Marsh;999]{ASKED}[/quote]\n{ANSWER}", "Ann Marsh", None),
        (f"[quote=&quot;Ann Marsh&quot;][b]{ASKED}[/b][/quote]\n[size=2][i]{ANSWER}[/i][/size]", "Ann Marsh", None),
    ],
)
def test_a_quotation_is_one_however_it_is_marked(body: str, author: str | None, post: str | None) -> None:
    passages = read_stored_body(body, form_of([body]), {"7", "8"})
    assert shape(passages) == [("quote", ASKED, author, post), ("own", ANSWER, None, None)]


def test_quotations_inside_quotations_stand_in_them() -> None:
    body = "[quote=Bo][quote=Ann]The ferry is late.[/quote]It is not.[/quote]It is."
    outer, own = read_stored_body(body, "text")
    assert (outer.quoted_author, own.text) == ("Bo", "It is.")
    assert [(one.quoted_author, one.text) for one in outer.nested] == [("Ann", "The ferry is late.")]


@pytest.mark.parametrize(
    "body",
    [
        "The ferry [quote] is late.",
        "The ferry is late.[/quote] Is it?",
        "If a < b and b > c the ferry is late.",
        "I typed [see below] and <sigh> the ferry is late.",
        "5 & 6 are late.",
    ],
)
def test_what_is_no_markup_stays_as_it_is_typed(body: str) -> None:
    assert [one.text for one in read_stored_body(body, form_of([body]))] == [body]


def test_markup_leaves_no_trace_among_the_words() -> None:
    body = (
        "[b]Late[/b] [url=https://example.net/a]again[/url]. [img]https://example.net/a.png[/img]"
        "[list][*]Fog[*]Ice[/list][code]x = 1[/code][youtube]abc[/youtube] [color=#ff0000]Red.[/color]"
    )
    (own,) = read_stored_body(body, "text")
    assert own.text.split() == ["Late", "again.", "Fog", "Ice", "x", "=", "1", "Red."]
    assert [link.target for link in own.links] == ["https://example.net/a"]


def test_a_file_is_html_where_most_of_its_posts_are() -> None:
    """One post that mentions a tag does not make a file of plain text one of HTML."""
    plain = ["Use the <p> tag for it.", *["No markup here."] * 9]
    assert form_of(plain) == "text"
    assert form_of(["<p>One.</p>", "<p>Two.</p>", "ok"]) == "html"
    assert form_of([]) == "text"
    assert [one.text for one in read_stored_body(plain[0], "text")] == [plain[0]]


def test_a_file_of_html_bodies_is_read_as_words(tmp_path: object) -> None:
    """Titles too; "&#8220;" is a quotation mark."""
    from pathlib import Path

    file = Path(str(tmp_path)) / "topic.json"
    posts = [
        {"id": 1, "author": "Ann", "text": f"<p>{ASKED}</p>"},
        {"id": 2, "author": "Bo", "text": f"<blockquote>{ASKED}</blockquote><p>&#8220;Night&#8221; is short.</p>"},
    ]
    file.write_text(json.dumps({"title": "Ferry &amp; fog", "posts": posts}), encoding="utf-8")
    thread = read_thread([file])
    assert thread.title == "Ferry & fog"
    quoted, own = thread.posts[1].passages
    assert (quoted.quoted_author, quoted.quoted_post) == ("Ann", "1")
    assert own.text == "“Night” is short."


@given(st.lists(st.sampled_from(["[quote]", "[quote=Ann;7]", "[/quote]", "[b]", "[/b]", "fog", "<p>", "&amp;", "\n"])))
def test_no_word_is_lost(pieces: list[str]) -> None:
    """Whatever is opened and not closed, every word of it stands in some passage."""
    body = " ".join(pieces)
    passages = read_stored_body(body, form_of([body]))
    assert sum(len(re.findall("fog", one.text)) for one in passages) == pieces.count("fog")
