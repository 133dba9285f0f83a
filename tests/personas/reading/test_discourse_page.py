"""A Discourse topic reads the same from what its page brings along, from what it draws, and from its crawlers' view."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

import pytest

from language.errors import ThreadError
from personas.reading.registry import read_thread_text
from personas.thread import Thread
from tests.personas.reading.drawn_discussion import CHROME

_QUOTE = """<aside class="quote no-group" data-username="ann" data-post="1" data-topic="77"><div class="title">
  <div class="quote-controls"></div><img src="a.png" class="avatar"> ann:</div>
  <blockquote><p>Seedlings take ten.</p></blockquote></aside>"""
COOKED = (
    ("ann", "<p>Grafted trees bear in three years.</p>\n<p>Seedlings take ten.</p>"),
    ("bo_77", f'{_QUOTE}\n<p>Mine took six, says <a class="mention" href="/u/ann">@ann</a>.</p>'),
    ("ann", "<p>On good soil.</p>"),
)


def _head(title: str = "Apples") -> str:
    return f"""<!DOCTYPE html><html><head><title>{title} - Gardens - A Forum</title>
      <meta name="generator" content="Discourse 3.4.0 - https://example.org version 4abee">
      <link rel="canonical" href="https://f.example/t/apples/77"></head><body>"""


def _record(number: int) -> dict[str, Any]:
    author, cooked = COOKED[number - 1]
    created = f"2024-05-0{number}T10:00:00Z"
    return {
        "id": 900 + number,
        "post_number": number,
        "username": author,
        "cooked": cooked,
        "created_at": created,
        "topic_id": 77,
    }


def _sent(numbers: Sequence[int]) -> str:
    stream = {"posts": [_record(number) for number in numbers], "stream": [901, 902, 903]}
    topic = {"id": 77, "title": "Apples", "posts_count": 3, "post_stream": stream}
    stores = {"topic_77": json.dumps(topic), "site": "{}"}
    return f'<div class="hidden" id="data-preloaded" data-preloaded="{escape(json.dumps(stores))}"></div>'


def _drawn(numbers: Sequence[int]) -> str:
    posts = ""
    for number in numbers:
        author, cooked = COOKED[number - 1]
        preview = f'<section class="embedded-posts top"><div class="cooked"><p>{CHROME}</p></div></section>'
        posts += f"""<div class="topic-post"><article id="post_{number}" data-topic-id="77"
          data-post-id="{900 + number}">
          {preview}<div class="topic-meta-data"><div class="names"><span class="first username"><a
          data-user-card="{author}">{author}</a></span><span class="user-title">{CHROME}</span></div>
          <div class="post-date"><span class="relative-date" data-time="17145600{number}0000">2h</span></div></div>
          <div class="regular contents"><div class="cooked">{cooked}</div><nav>{CHROME}</nav></div></article></div>"""
    return f'<div id="topic-title"><h1><a class="fancy-title">Apples</a></h1></div>{posts}'


def _crawled(numbers: Sequence[int]) -> str:
    posts = ""
    for number in numbers:
        author, cooked = COOKED[number - 1]
        posts += f"""<div id="post_{number}" class="topic-body crawler-post"><div class="crawler-post-meta"><span
          class="creator" itemprop="author"><a itemprop="url" href="https://f.example/u/{author}"><span itemprop="name">
          {author}</span></a> ({CHROME})</span><span class="crawler-post-infos"><time class="post-time"
          datetime="2024-05-0{number}T10:00:00Z">{CHROME}</time><span itemprop="position">{number}</span></span></div>
          <div class="post" itemprop="text">{cooked}</div><span class="post-likes">{CHROME}</span></div>"""
    return f'<noscript><h1><a href="/t/apples/77">Apples</a></h1>{posts}</noscript>'


def read(body: str) -> Thread:
    return read_thread_text(f"{_head()}{body}</body></html>".encode(), "page.html")


@pytest.mark.parametrize("view", [_sent, _drawn, _crawled])
def test_each_view_holds_the_whole_topic(view: Any) -> None:
    thread = read(view([1, 2, 3]))
    assert (thread.format, thread.title) == ("discourse_page", "Apples")
    assert [post.author for post in thread.posts] == ["ann", "bo_77", "ann"]
    assert thread.posts[0].own_text == "Grafted trees bear in three years.\n\nSeedlings take ten."
    quote, own = thread.posts[1].passages
    assert (quote.kind, quote.text, quote.quoted_author) == ("quote", "Seedlings take ten.", "ann")
    assert quote.quoted_post == thread.posts[0].id
    assert own.text == "Mine took six, says @ann."
    assert all(post.written_at is not None for post in thread.posts)
    assert CHROME not in thread.model_dump_json()
    assert not any("not in the file" in note for note in thread.notes)


def test_views_complete_each_other_and_no_post_comes_twice() -> None:
    """A server sends the first posts as data; those drawn while the reader scrolled are read from the page."""
    thread = read(_sent([1, 2]) + _drawn([2, 3]) + _crawled([1, 2, 3]))
    assert [post.id for post in thread.posts] == ["901", "902", "903"]


def test_posts_that_the_page_lacks_are_reported() -> None:
    thread = read(_sent([1, 2]))
    assert [note for note in thread.notes if note.startswith("1 of the topic's 3 posts")]


def test_damaged_data_leave_what_the_page_shows() -> None:
    body = _sent([1, 2, 3]).replace("post_stream", "post&quot;stream") + _crawled([1, 2, 3])
    assert [post.id for post in read(body).posts] == ["1", "2", "3"]


def test_page_saved_before_its_posts_were_loaded_says_what_to_save() -> None:
    with pytest.raises(ThreadError, match=r"no posts on this Discourse page.*/t/77\.json") as refusal:
        read('<div class="hidden" id="data-preloaded"></div><section id="main"></section>')
    assert "\n" not in str(refusal.value)
