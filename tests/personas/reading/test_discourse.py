"""Discourse topics: posts, answers, and quotations with author and post."""

import json
from pathlib import Path

from personas.reading import read_thread
from tests.personas.reading.reading_made import outline, quotes_of, read_value


def _topic(*cooked: str, **more: object) -> dict[str, object]:
    names = ["ann", "Bob", "cid"]
    posts = [
        {
            "id": 900 + number,
            "username": names[number % 3],
            "name": "Somebody Else",
            "post_number": number + 1,
            "topic_id": 7,
            "created_at": "2024-02-03T04:05:06.789Z",
            "cooked": html,
            "reply_to_post_number": number or None,
        }
        for number, html in enumerate(cooked)
    ]
    stream = {"posts": posts, "stream": [post["id"] for post in posts]}
    return {"id": 7, "title": "Which mill?", "posts_count": len(posts), "post_stream": stream, **more}


def _quote(words: str, post: int = 1, topic: int = 7, name: str = "ann", old: bool = False) -> str:
    said = "" if old else f'data-username="{name}" '
    return (
        f'<aside class="quote no-group" {said}data-post="{post}" data-topic="{topic}"><div class="title">'
        f'<div class="quote-controls"></div><img alt="" width="20" height="20" src="/a.png" class="avatar"> '
        f"{name}:</div>"
        f"<blockquote><p>{words}</p></blockquote></aside>"
    )


def test_posts_quotes_and_answers() -> None:
    """A quote carries its author and the id, not the number, of the post quoted."""
    thread = read_value(_topic("<p>Wind is best.</p>", _quote("Wind is best.") + "<p>Water is.</p>"))
    assert thread.format == "discourse"
    assert thread.title == "Which mill?"
    assert outline(thread) == [
        ("ann", [("own", "Wind is best.", None)]),
        ("Bob", [("quote", "Wind is best.", "ann"), ("own", "Water is.", None)]),
    ]
    assert quotes_of(thread.posts[1])[0].quoted_post == "900"
    assert thread.posts[1].parent_id == "900"
    assert thread.posts[0].written_at is not None
    assert thread.posts[0].written_at.year == 2024


def test_old_frames_name_the_author_in_their_title() -> None:
    """Sites of 2016 have no data-username; case follows the poster's own name."""
    thread = read_value(_topic("<p>One.</p>", "<p>Two.</p>", _quote("Two.", post=2, name="BOB", old=True)))
    assert quotes_of(thread.posts[2])[0].quoted_author == "Bob"


def test_quotes_from_another_topic_name_no_post_of_this_one() -> None:
    """Post 1 of another topic is not post 1 here."""
    thread = read_value(_topic("<p>One.</p>", _quote("From elsewhere entirely.", topic=8, name="dot") + "<p>Hm.</p>"))
    quote = quotes_of(thread.posts[1])[0]
    assert (quote.quoted_author, quote.quoted_post) == ("dot", None)


def test_nested_quotes_keep_their_own_author() -> None:
    """A quote in a quote is part of the outer words and has its own author."""
    inner = _quote("Wind is best.")
    outer = _quote("", post=2, name="Bob").replace("<p></p>", f"{inner}<p>Water is.</p>")
    quote = quotes_of(read_value(_topic("<p>Wind is best.</p>", "<p>Water is.</p>", outer + "<p>Well.</p>")).posts[2])[
        0
    ]
    assert quote.quoted_author == "Bob"
    assert "Water is." in quote.text
    assert [(nested.quoted_author, nested.text) for nested in quote.nested] == [("ann", "Wind is best.")]


def test_words_set_off_without_a_name_are_a_doubted_quote() -> None:
    """A bare blockquote is nobody's for sure, unless an earlier post holds its words."""
    thread = read_value(
        _topic(
            "<p>The river freezes every single winter here.</p>",
            "<blockquote><p>The river freezes every single winter here.</p></blockquote><p>Not last year.</p>",
            "<p>The paper says:</p><blockquote><p>Mills are gone.</p></blockquote>",
        )
    )
    found, unknown = quotes_of(thread.posts[1])[0], quotes_of(thread.posts[2])[0]
    assert (found.quoted_author, found.quoted_post, found.inferred) == ("ann", "900", True)
    assert (unknown.quoted_author, unknown.inferred) == (None, True)
    assert unknown.confidence < 1


def test_a_frame_without_a_name_is_a_quote_for_sure() -> None:
    """Imported forums have quotes whose author is lost; the frame still says that they are quotes."""
    html = '<aside class="quote"><blockquote><p>Rye is dear.</p></blockquote></aside><p>Is it?</p>'
    quote = quotes_of(read_value(_topic("<p>One.</p>", html)).posts[1])[0]
    assert (quote.text, quote.quoted_author, quote.inferred) == ("Rye is dear.", None, False)


def test_previews_pictures_and_code() -> None:
    """A link's preview leaves its address, a picture's size nothing, code its lines, a link its target."""
    html = (
        '<p>See <a href="https://example.org/x">this page</a>:</p>'
        '<aside class="onebox" data-onebox-src="https://example.org/mill"><article><h3>A shop</h3></article></aside>'
        '<div class="lightbox-wrapper"><a class="lightbox" href="/p.png"><img src="/p.png" alt="p">'
        '<div class="meta"><span class="filename">p.png</span><span>80×60 9 KB</span></div></a></div>'
        "<pre><code>a = 1\n  b = 2\n</code></pre>"
    )
    (passage,) = read_value(_topic(html)).posts[0].passages
    assert "https://example.org/mill" in passage.text
    assert "A shop" not in passage.text
    assert "9 KB" not in passage.text
    assert "a = 1\n  b = 2" in passage.text
    assert any(link.target == "https://example.org/x" for link in passage.links)


def test_missing_posts_are_counted() -> None:
    """Ids of the stream without a post are missing from the file."""
    topic = _topic("<p>One.</p>", "<p>Two.</p>")
    stream = topic["post_stream"]
    assert isinstance(stream, dict)
    stream["stream"] += [902, 903, 904]
    assert any(note.startswith("3 of the topic's 5 posts") for note in read_value(topic).notes)


def test_pages_of_a_topic_complete_each_other(tmp_path: Path) -> None:
    """Two pages, saved in any order: all posts by number, and nothing is missing any more."""
    whole = _topic("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>", _quote("One.") + "<p>Four.</p>")
    stream = whole["post_stream"]
    assert isinstance(stream, dict)
    for name, part in (("b", stream["posts"][:2]), ("a", stream["posts"][2:])):
        page = {**whole, "post_stream": {**stream, "posts": part}}
        (tmp_path / name).write_text(json.dumps(page))
    thread = read_thread([tmp_path / "a", tmp_path / "b"])
    assert [post.id for post in thread.posts] == ["900", "901", "902", "903"]
    assert quotes_of(thread.posts[3])[0].quoted_post == "900"
    assert not any("not in the file" in note for note in thread.notes)


def test_raw_text_serves_where_nothing_is_cooked() -> None:
    """A post with only its Markdown is read from that."""
    value = {"title": "T", "post_stream": {"posts": [{"id": 1, "username": "ann", "raw": "Some **bold** words."}]}}
    assert read_value(value).posts[0].text == "Some bold words."


def test_a_single_post_is_a_small_thread() -> None:
    """`/posts/<id>.json` gives one post."""
    thread = read_value({"id": 5, "username": "ann", "topic_id": 7, "post_number": 3, "cooked": "<p>Alone.</p>"})
    assert outline(thread) == [("ann", [("own", "Alone.", None)])]
