"""Markup of a post to readable words."""

import time

import pytest

from personas.reading.markup import MAX_NESTED_QUOTES
from personas.reading.registry import read_thread_text
from personas.thread import Passage, Post, Thread

POST = '<article class="message message--post" data-author="{author}" data-content="post-{id}">{inner}</article>'


def page(*posts: str) -> str:
    return f'<html id="XF"><head><title>Hedges | A Forum</title></head><body>{"".join(posts)}</body></html>'


def drawn(body: str, id: str = "1", author: str = "Ann") -> str:
    return POST.format(
        id=id, author=author, inner=f'<div class="message-body"><div class="bbWrapper">{body}</div></div>'
    )


def read(source: str) -> Thread:
    return read_thread_text(source.encode(), "hedges.html")


def post(body: str) -> Post:
    return read(page(drawn(body))).posts[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("one<br />two<br /><br />three", "one\ntwo\n\nthree"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("a <b>bold</b><i>er</i> word", "a bolder word"),
        ("  lots \n of \t space&nbsp;&nbsp;here ", "lots of space here"),
        ("<ul><li>beech</li><li>yew<ul><li>golden</li></ul></li></ul>after", "- beech\n- yew\n- golden\n\nafter"),
        ('<ol start="3"><li>dig</li><li>plant</li></ol>', "3. dig\n4. plant"),
        (
            "<table><tr><th>kind</th><th>height</th></tr><tr><td>yew</td><td>2 m</td></tr></table>",
            "kind height\nyew 2 m",
        ),
        ("x<script>evil()</script><style>b{}</style><template>t</template>y", "xy"),
        ("5 &lt; 6 &amp;&amp; &quot;so&quot;", '5 < 6 && "so"'),
    ],
)
def test_blocks_and_lists_become_lines(body: str, expected: str) -> None:
    assert post(body).own_text == expected


def test_code_keeps_its_indentation_and_loses_its_label() -> None:
    body = """Try <div class="bbCodeBlock bbCodeBlock--code"><div class="bbCodeBlock-title">Code:</div>
    <div class="bbCodeBlock-content"><pre class="bbCodeCode"><code>if tall:
    cut(2)</code></pre></div></div>and report"""
    assert post(body).own_text == "Try\n\nif tall:\n    cut(2)\n\nand report"


def test_spoiler_keeps_its_name_and_words() -> None:
    body = """<div class="bbCodeSpoiler"><button class="button bbCodeSpoiler-button"><span>Spoiler:
    <span class="bbCodeSpoiler-button-title">How it ends</span></span></button><div class="bbCodeSpoiler-content">
    <div class="bbCodeBlock-content">The hedge dies.</div></div></div>"""
    assert post(body).own_text == "How it ends\nThe hedge dies."


def test_smilies_become_their_text() -> None:
    body = """good<img class="smilie" alt="&#128578;" src="x.png"> bad
    <img src="/images/smilies/frown.gif" alt="" title="Frown">
    so <img class="smilies" alt=":-(" src="y.gif">."""
    assert post(body).own_text == "good 🙂 bad :frown: so :-( ."


def test_images_are_links_and_only_a_person_s_description_is_words() -> None:
    body = """Look <img src="/attachments/1.jpg" alt="IMG_2034.jpg">
    <img src="/attachments/2.jpg" alt="a yew cut like a cock">
    <iframe src="https://film.example/7"></iframe>"""
    read_post = post(body)
    assert read_post.own_text == "Look [image: a yew cut like a cock]"
    assert [link.target for link in read_post.passages[0].links] == [
        "/attachments/1.jpg",
        "/attachments/2.jpg",
        "https://film.example/7",
    ]


def test_links_keep_their_target_beside_the_words() -> None:
    (passage,) = post(
        'see <a href="https://yew.example/a?b=1&amp;c=2">this page</a>, <a href="#x">not this</a>'
    ).passages
    assert passage.text == "see this page, not this"
    assert [(link.text, link.target) for link in passage.links] == [("this page", "https://yew.example/a?b=1&c=2")]


def test_link_preview_is_the_address_that_was_typed() -> None:
    """Title and summary of a preview are the linked page's words, not the poster's."""
    body = """As here: <div class="bbCodeBlock bbCodeBlock--unfurl" data-url="https://yew.example/x"><h3>
    <a href="https://yew.example/x">All about yew</a></h3><div class="js-unfurl-desc">Learn more</div></div>"""
    assert post(body).own_text == "As here:\nhttps://yew.example/x"


@pytest.mark.parametrize(
    "line",
    ["Sent from my iPhone using Tapatalk", "Gesendet von meinem SM-G900F mit Tapatalk", "Posted via Mobile Device"],
)
def test_typed_mobile_signature_is_dropped(line: str) -> None:
    assert post(f"I would not cut it.<br /><br />{line}").own_text == "I would not cut it."


def test_sentence_about_phones_is_kept() -> None:
    body = "My letter was<br />sent from the old house, by hand."
    assert post(body).own_text.endswith("by hand.")


def quoted(author: str, body: str) -> str:
    return f'<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="{author}"><div>{body}</div></blockquote>'


def depth(passage: Passage) -> int:
    levels = 1
    while passage.nested:
        passage, levels = passage.nested[0], levels + 1
    return levels


def test_thousand_nested_quotes_lose_no_word() -> None:
    """Authors are kept down to a stated depth, words all the way, and nothing recurses."""
    body = "innermost"
    for level in range(1000, 0, -1):
        body = quoted(f"P{level}", f"{body} word{level}")
    started = time.process_time()
    thread = read(page(drawn(f"{body}own")))
    assert time.process_time() - started < 5
    quote, own = thread.posts[0].passages
    assert own.text == "own"
    assert sorted(quote.text.split()) == sorted(["innermost", *(f"word{level}" for level in range(1, 1001))])
    assert depth(quote) == MAX_NESTED_QUOTES + 1
    assert Thread.model_validate_json(thread.model_dump_json()) == thread


def test_ten_megabytes_in_one_post() -> None:
    sentence = "a hedge is a promise<br />\n"
    words = post(sentence * 380_000).own_text.split()
    assert len(words) == 5 * 380_000


def test_right_to_left_and_zero_width_characters_survive() -> None:
    body = "שלום עולם \u200fabc\u200d x\u200by"
    assert post(body).own_text == body


def test_post_of_pictures_only_is_kept_and_noted() -> None:
    thread = read(page(drawn("words"), drawn('<img src="a.jpg">', id="2")))
    assert thread.posts[1].passages == ()
    assert any("no words" in note for note in thread.notes)


def test_two_accounts_with_one_name_stay_two_people() -> None:
    user = '<div class="message-user"><a class="username" data-user-id="{}">Ann</a></div>'
    thread = read(
        page(*(drawn("words", id=str(n)).replace("</article>", f"{user.format(n)}</article>") for n in (1, 2)))
    )
    assert thread.authors == ("Ann", "Ann (member 2)")
    assert any("one name" in note for note in thread.notes)


def test_post_without_a_name_gets_a_label_of_its_own() -> None:
    thread = read(page(drawn("one", id="1", author=""), drawn("two", id="2", author="")))
    assert len(thread.authors) == 2
    assert not any(post.author_named for post in thread.posts)


def test_solution_shown_twice_is_read_once_in_its_place() -> None:
    solution = drawn("Use yew.", id="3").replace("message--post", "message--post message--highlightedSolution")
    thread = read(page(drawn("Which?", id="1"), solution, drawn("Beech.", id="2"), drawn("Use yew.", id="3")))
    assert [post.id for post in thread.posts] == ["1", "2", "3"]


def test_deleted_posts_are_counted() -> None:
    deleted = '<div class="message message--deleted js-post" data-content="post-2">This message was deleted</div>'
    thread = read(page(drawn("words"), deleted))
    assert [post.id for post in thread.posts] == ["1"]
    assert any("1 deleted" in note for note in thread.notes)


def test_page_saved_as_short_as_possible() -> None:
    """Savers that keep a page in one file drop the quotes of attributes and optional end tags."""
    source = """<!DOCTYPE html><html id=XF><!-- Page saved with a browser --><meta charset=utf-8>
    <title>Hedges | A</title>
    <body><article class="message message--post" data-author=Ann data-content=post-1><div class=bbWrapper>
    <blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote=Bo data-source="post: 7"><div
    class=bbCodeBlock-title>Bo said:</div>Cut it.</blockquote>No.</div></article>"""
    thread = read(source)
    assert thread.format == "xenforo2"
    assert [(p.text, p.quoted_author, p.quoted_post) for p in thread.posts[0].passages] == [
        ("Cut it.", "Bo", "7"),
        ("No.", None, None),
    ]
