"""Pages of every forum software come out as the discussion that was drawn on them."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.errors import ThreadError
from personas.reading.registry import read_thread_text
from personas.thread import Passage, Post, Thread
from tests.personas.reading.drawn_discussion import CHROME, ORCHARD, Quoted, Software, Written
from tests.personas.reading.every_software import SOFTWARE

every_software = pytest.mark.parametrize("software", SOFTWARE.values(), ids=SOFTWARE.keys())


def read(page: str, format: str | None = None) -> Thread:
    return read_thread_text(page.encode(), "page.html", format)


def flat(text: str) -> str:
    return " ".join(text.split())


def top_quotes(post: Post) -> list[Passage]:
    return [passage for passage in post.passages if passage.kind == "quote"]


@every_software
def test_page_is_recognised_by_content(software: Software) -> None:
    """No page is taken for that of another software, whatever it is called."""
    assert read(software.draw("Apples", ORCHARD)).format == software.format


@every_software
def test_posts_authors_and_title(software: Software) -> None:
    """Ids are the forum's own, names stand as written, the title has lost the site's name."""
    thread = read(software.draw("Apples / pears - which?", ORCHARD))
    assert [post.id for post in thread.posts] == ["501", "502", "503", "504"]
    assert [post.author for post in thread.posts] == ["Ann Lee", "Bo_77", "Çelik Ö.", "Ann Lee"]
    assert thread.title == "Apples / pears - which?"
    assert thread.offsets == "post"
    assert all(post.author_named and post.author_confidence == 1.0 for post in thread.posts)
    assert all(isinstance(post.written_at, datetime) for post in thread.posts)


@every_software
def test_own_words_keep_their_lines(software: Software) -> None:
    """Paragraphs stay apart, entities are decoded, and nothing that the software wrote is among the words."""
    thread = read(software.draw("Apples", ORCHARD))
    assert thread.posts[0].own_text == "Grafted trees bear fruit in the third year.\n\nSeedlings take ten."
    assert thread.posts[2].own_text == "One tree proves little.\nPlant <thirty> and count."
    assert CHROME not in " ".join(post.text for post in thread.posts)


@every_software
def test_quotes_have_author_and_source(software: Software) -> None:
    """Each outermost quote is a passage in its place, with the name and the post that markup gives."""
    post = read(software.draw("Apples", ORCHARD)).posts[1]
    assert [(passage.kind, passage.text) for passage in post.passages] == [
        ("quote", "Seedlings take ten."),
        ("own", "Mine took six, on poor soil & without a fence."),
        ("quote", "An apple a day"),
        ("own", "That proverb settles nothing."),
    ]
    first, nameless = top_quotes(post)
    assert first.quoted_author == "Ann Lee"
    assert first.quoted_post == ("501" if software.names_quoted_post else None)
    assert nameless.quoted_author is None
    assert nameless.quoted_post is None


@every_software
def test_nested_quote_belongs_to_the_outer_and_keeps_its_author(software: Software) -> None:
    """Only the outermost quote stands in the post; the inner one's words are in it, and its author is kept."""
    quote = top_quotes(read(software.draw("Apples", ORCHARD)).posts[2])[0]
    assert quote.quoted_author == "Bo_77"
    assert "Seedlings take ten." in quote.text
    assert quote.text.endswith("Mine took six, on poor soil & without a fence.")
    (inner,) = quote.nested
    assert (inner.quoted_author, inner.text) == ("Ann Lee", "Seedlings take ten.")
    assert "Ann Lee" in quote.text.split("Seedlings")[0]


@every_software
def test_page_cut_off_keeps_what_is_there(software: Software) -> None:
    """A page whose end is missing gives the posts before it and never a crash."""
    page = software.draw("Apples", ORCHARD)
    thread = read(page[: page.index("Plant &lt;")])
    assert [post.id for post in thread.posts][:3] == ["501", "502", "503"]
    assert thread.posts[1].own_text.startswith("Mine took six")


@every_software
def test_page_without_posts_says_what_it_looks_like(software: Software) -> None:
    """Another page of the same forum, here with every post taken out, is refused in one clear line."""
    page = software.draw("Members online", ())
    with pytest.raises(ThreadError, match=r"no posts on this .* page titled 'Members online'") as refusal:
        read(page, software.format)
    assert "\n" not in str(refusal.value)


def test_page_without_a_discussion_says_what_to_do() -> None:
    with pytest.raises(ThreadError, match=r"page\.html.*nothing on the page recurs.*select all"):
        read("<!DOCTYPE html><html><head><title>News</title></head><body><p>Rain tomorrow.</p></body></html>")


def test_old_vbulletin_quotes_in_any_language() -> None:
    """The box tells that words are quoted, whatever the forum's language calls it."""
    page = SOFTWARE["vbulletin3"].draw("Apples", ORCHARD)
    for label, line in (("Citação:", "Mensagem original de"), ("Zitat:", "Zitat von"), ("Τσιτάτο:", "Από τον χρήστη")):
        post = read(page.replace("Quote:", label).replace("Originally Posted by", line)).posts[1]
        assert [quote.quoted_author for quote in top_quotes(post)] == ["Ann Lee", None]
        assert post.own_text.startswith("Mine took six")


def test_old_vbulletin_quotes_in_boxes_instead_of_tables() -> None:
    """A later style of vBulletin 3 draws the label and the box of a quotation as plain blocks; a code box is none."""

    def box(label: str, inside: str) -> str:
        return f'<div><div><label>{label}</label></div><div class="panel alt2" style="x">{inside}</div></div>'

    jump = '<a href="t.html#post501">x</a>'
    quoted = box("Quote:", f"<div>Originally Posted by <strong>Ann Lee</strong> {jump}</div><div>Ten years.</div>")
    page = SOFTWARE["vbulletin3"].draw("Apples", ORCHARD)
    post = read(page.replace("I will.", f"{quoted} {box('Code:', 'plant()')} I will.")).posts[3]
    first = post.passages[0]
    assert (first.kind, first.text, first.quoted_author, first.quoted_post) == ("quote", "Ten years.", "Ann Lee", "501")
    assert post.own_text == "plant()\nI will."


def test_chrome_of_invision_and_its_extensions_is_no_word() -> None:
    more = f'<a class="ipsTruncate_more" data-action="expandTruncate"><span>{CHROME}</span></a></blockquote>'
    sold = f'<div class="x" data-nosnippet data-nbEnhAdv="" data-nbEnhAdvId="29"><p>{CHROME}</p></div>Grafted'
    page = SOFTWARE["invision4"].draw("Apples", ORCHARD).replace("</blockquote>", more).replace("Grafted", sold)
    assert read(page).posts == read(SOFTWARE["invision4"].draw("Apples", ORCHARD)).posts


def test_poster_named_once_for_several_posts_in_a_row() -> None:
    """Tapatalk's boards draw one box for somebody who posts twice; a box cut off elsewhere names nobody."""
    page = SOFTWARE["tapatalk"].draw("Apples", ORCHARD)
    boxed = '<div id="p_502" class="post postrow row-data has-profile has-profile-block">'
    assert boxed in page
    before, _, after = page.partition(boxed)
    without_box = after[after.index('<div id="post_container502"') :]
    for classes, author in (("has-profile", "Ann Lee"), ("has-profile has-profile-block", "Unnamed (post 502)")):
        page = f'{before}<div id="p_502" class="post postrow row-data {classes}">{without_box}'
        assert [post.author for post in read(page).posts] == ["Ann Lee", author, "Çelik Ö.", "Ann Lee"]


def test_member_mentioned_in_a_post_is_not_its_author() -> None:
    """Mentions are links of the same kind as the poster's name; where that name is missing, nobody is credited."""
    page = SOFTWARE["xenforo2_cards"].draw("Apples", ORCHARD).replace("MessageCard__user-info__name", "lost")
    page = page.replace('data-user-id="8"></a>', 'data-user-id="8">@Dora</a>')
    thread = read(page)
    assert not any(post.author_named for post in thread.posts)
    assert thread.posts[0].own_text.startswith("@Dora")


@pytest.mark.parametrize(
    "body",
    [
        '<div class="msg_body_box" id="msg_1"><p>Nobody knows this software.</p></div>',
        '<div class="messageText" itemprop="text"><p>Nobody knows this software.</p></div>',
    ],
)
def test_marks_that_other_software_shares_do_not_decide(body: str) -> None:
    with pytest.raises(ThreadError, match="of no forum software known here"):
        read(f"<!DOCTYPE html><html><head><title>Talk</title></head><body>{body}</body></html>")


def as_saved_by_a_browser(page: str) -> str:
    """What "save page as" and extensions do to a page: a comment, scripts, absolute addresses, another tree."""
    from selectolax.lexbor import LexborHTMLParser

    rendered = LexborHTMLParser(page).html or ""
    rendered = rendered.replace('href="/', 'href="https://forum.example/').replace(
        "href='./", "href='https://f.example/"
    )
    script = "<script>document.write('injectedword')</script><style>p{color:red}</style>"
    return rendered.replace("<head>", f"<!-- saved from url=(0040)https://forum.example/t/1 --><head>{script}", 1)


@every_software
def test_saved_page_reads_like_the_fetched_one(software: Software) -> None:
    page = software.draw("Apples", ORCHARD)
    saved = read(as_saved_by_a_browser(page))
    assert saved.posts == read(page).posts


words = st.text(alphabet=st.characters(categories=["L", "Nd"], exclude_characters="ʼ"), min_size=1, max_size=8)
names = st.from_regex(r"[A-Z][a-z]{2,8}(?: [A-Z][a-z]{2,8})?", fullmatch=True)


@st.composite
def posts(draw: st.DrawFn) -> list[Written]:
    counter = iter(range(10_000))

    def sentence() -> str:
        return " ".join(f"{draw(words)}{next(counter)}w" for _ in range(draw(st.integers(1, 4))))

    def quote(depth: int) -> Quoted:
        inner = (quote(depth - 1),) if depth and draw(st.booleans()) else ()
        author = draw(st.none() | names)
        return Quoted(author, "9" if author else None, (*inner, sentence()))

    def parts() -> tuple[str | Quoted, ...]:
        return tuple((draw(st.booleans()) and quote(3)) or sentence() for _ in range(draw(st.integers(1, 4))))

    return [Written(str(100 + n), draw(names), parts()) for n in range(draw(st.integers(1, 3)))]


def all_words(parts: tuple[str | Quoted, ...]) -> list[str]:
    return [word for part in parts for word in (part.split() if isinstance(part, str) else all_words(part.parts))]


@every_software
@settings(max_examples=25, deadline=None)
@given(posts())
def test_every_word_is_in_exactly_one_passage(software: Software, written: list[Written]) -> None:
    """No word of a post is lost, doubled, or moved between own words and quotes; chrome never becomes one."""
    thread = read(software.draw("Apples", written))
    assert [post.id for post in thread.posts] == [post.id for post in written]
    for post, source in zip(thread.posts, written, strict=True):
        marked = [word for word in flat(post.text).split() if word.endswith("w") and word[-2:-1].isdigit()]
        assert marked == all_words(source.parts)
        own = [word for part in source.parts if isinstance(part, str) for word in part.split()]
        assert flat(post.own_text).split() == own
        expected = [part for part in source.parts if isinstance(part, Quoted)]
        assert [passage.quoted_author for passage in top_quotes(post)] == [part.author for part in expected]
    assert CHROME not in thread.model_dump_json()
