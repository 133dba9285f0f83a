"""Pages of no software known: posts are what recurs with a writer; what only looks like it is refused."""

import json

import pytest

from language.errors import ThreadError
from personas.reading.registry import read_thread_text
from personas.thread import Thread
from tests.personas.reading.web_page.skins import CHROME, SKINS, TALK, TREES, page

every_skin = pytest.mark.parametrize("skin", SKINS)


def read(source: str) -> Thread:
    return read_thread_text(source.encode(), "page.html")


@every_skin
def test_posts_are_found_with_their_writers(skin: str) -> None:
    """Every post once, in order, under the name that the page gives it."""
    thread = read(page(SKINS[skin](TALK)))
    assert thread.format == "web_page"
    assert thread.title == "Apples"
    assert [post.author for post in thread.posts] == [one.author for one in TALK]
    assert all(post.author_named for post in thread.posts)


@every_skin
def test_only_what_was_said_is_a_word(skin: str) -> None:
    """Names, times, ranks, buttons and other threads are no words of anybody."""
    thread = read(page(SKINS[skin](TALK)))
    for post, one in zip(thread.posts, TALK, strict=True):
        assert post.own_text.startswith(one.words)
        assert skin == "blog" or post.own_text == one.words
    assert CHROME not in thread.model_dump_json()


@pytest.mark.parametrize("skin", TREES)
def test_answers_are_told(skin: str) -> None:
    """What lies in a post, or is set one step deeper, answers it."""
    thread = read(page(SKINS[skin](TALK)))
    ids = [post.id for post in thread.posts]
    assert [post.parent_id for post in thread.posts] == [None, ids[0], ids[1], ids[0], None]


def test_times_are_read() -> None:
    """A time in an attribute or in words is when the post was written."""
    for skin in ("cards", "profile links", "h-entries", "nested", "levels"):
        thread = read(page(SKINS[skin](TALK)))
        assert [str(post.written_at)[:10] for post in thread.posts] == [one.when for one in TALK], skin


def test_quotations_belong_to_whom_they_name() -> None:
    """A quotation with a name is that person's; a name in it, or a mention, is not the writer's."""
    quoting = TALK[1]._replace(words="QUOTED Mine took six years, as @Çelik Ö. can tell you.")
    drawn = page(SKINS["cards"]((TALK[0], quoting, *TALK[2:])))
    block = '<blockquote><cite>Ann Lee wrote:</cite> Seedlings take ten.</blockquote> <a class="username">@Dora</a>'
    thread = read(drawn.replace("QUOTED", block))
    quote, own = thread.posts[1].passages
    assert (quote.kind, quote.text, quote.quoted_author) == ("quote", "Seedlings take ten.", "Ann Lee")
    assert own.text == "@Dora Mine took six years, as @Çelik Ö. can tell you."
    assert thread.posts[1].author == "Bo_77"


def test_nobody_gets_a_label_each() -> None:
    """Two guests are not one person, and no name is made up for a post that has none."""
    talk = [one._replace(author="Anonymous") if one.author == "Ann Lee" else one for one in TALK]
    thread = read(page(SKINS["cards"](talk)))
    assert [post.author_named for post in thread.posts] == [False, True, True, False, True]
    assert len(thread.authors) == 5


def test_data_for_search_engines_is_read_where_the_page_shows_nothing() -> None:
    """A page that scripts would fill still carries its posts as JSON-LD."""
    posting = {
        "@type": "DiscussionForumPosting",
        "headline": "Apples",
        "author": {"@type": "Person", "name": "Ann Lee"},
        "datePublished": "2024-03-01T10:00:00Z",
        "text": "Seedlings take ten years.",
        "comment": [
            {"@type": "Comment", "author": {"name": "Bo_77"}, "text": "<p>Mine took six.</p><p>On poor soil.</p>"},
            {"@type": "Comment", "author": [{"name": "Dora"}], "text": "Two & a half < three."},
        ],
    }
    script = f'<script type="application/ld+json">{json.dumps({"@graph": [posting]})}</script>'
    thread = read(page(f'<div id="app"></div>{script}'))
    assert [post.author for post in thread.posts] == ["Ann Lee", "Bo_77", "Dora"]
    assert [post.own_text for post in thread.posts] == [
        "Seedlings take ten years.",
        "Mine took six.\n\nOn poor soil.",
        "Two & a half < three.",
    ]
    assert [post.parent_id for post in thread.posts] == [None, "1", "1"]
    assert any("search engines" in note for note in thread.notes)


LIST_OF_THREADS = "".join(
    f"""<div class="topic"><a href="/t/{number}">How do I graft tree number {number} in the spring?</a>
    <a class="username" href="/user/a{number}">Ann {number}</a> <time datetime="2024-03-0{number}">then</time></div>"""
    for number in range(1, 9)
)
ARTICLE = """<article><h2>On apples</h2><p class="byline">By <a rel="author" href="/author/ann">Ann Lee</a></p>
<p>Grafted trees bear fruit in the third year, seedlings take ten, as everybody knows who ever planted one.</p>
<p>Mine took six years on poor soil.</p></article>"""
SHOP = "".join(
    f"""<div class="product"><h3>Tree {number}</h3><p>A fine tree for small gardens, bears fruit early and well.</p>
    <span class="price">{number}9.90</span><button>Buy</button></div>"""
    for number in range(8)
)


@pytest.mark.parametrize("inside", [LIST_OF_THREADS, ARTICLE, SHOP, "<p>Log in to see this page.</p>"])
def test_pages_that_are_no_discussion_are_refused(inside: str) -> None:
    """A list of threads, an article, a shop: one line says so, and nobody is made a poster."""
    with pytest.raises(ThreadError, match=r"page\.html.*of no forum software known here"):
        read(page(inside))


def test_a_long_page_is_read_in_linear_time() -> None:
    """Twenty times as many posts take about twenty times as long: nothing is compared with everything."""
    import time

    def seconds(count: int) -> float:
        source = page(SKINS["nested"]([one._replace(depth=0) for one in TALK] * count))
        began = time.process_time()
        assert len(read(source).posts) == 5 * count
        return time.process_time() - began

    seconds(10)
    assert seconds(400) < 60 * max(seconds(20), 0.02)


def test_answers_in_answers_are_read_in_linear_time() -> None:
    """A thousand levels, each inside the last: what an outer post holds is not looked through for every inner one."""
    import time

    began = time.process_time()
    deep = [one._replace(depth=at) for at, one in enumerate(TALK * 200)]
    thread = read(page(SKINS["nested"](deep)))
    assert len(thread.posts) == 1000
    assert thread.posts[-1].parent_id == thread.posts[-2].id
    assert time.process_time() - began < 10
