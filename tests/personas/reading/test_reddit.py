"""Reddit threads: the tree, quotes, deleted accounts, and what is missing."""

import pytest

from personas.thread import Thread
from tests.personas.reading.reading_made import outline, quotes_of, read_value


def _comment(own: str, author: str, body: str, *replies: object, parent: str = "t3_s") -> dict[str, object]:
    data: dict[str, object] = {"id": own, "author": author, "body": body, "parent_id": parent, "created_utc": 1.7e9}
    if replies:
        data["replies"] = {"kind": "Listing", "data": {"children": list(replies)}}
    else:
        data["replies"] = ""
    return {"kind": "t1", "data": data}


def _more(count: int, *children: str) -> dict[str, object]:
    return {"kind": "more", "data": {"count": count, "children": list(children), "id": "_"}}


def _thread(*comments: object, **submission: object) -> Thread:
    first = {
        "kind": "t3",
        "data": {"id": "s", "author": "op", "title": "Mills", "selftext": "Why mills?", **submission},
    }
    return read_value(
        [
            {"kind": "Listing", "data": {"children": [first]}},
            {"kind": "Listing", "data": {"children": list(comments)}},
        ]
    )


def test_the_tree_is_read_in_page_order() -> None:
    """An answer follows what it answers, before the next comment of the same level."""
    thread = _thread(
        _comment("a", "Ann", "First.", _comment("b", "Bob", "Under first.", parent="t1_a")),
        _comment("c", "Cid", "Last."),
    )
    assert thread.format == "reddit"
    assert thread.title == "Mills"
    assert [(post.id, post.author, post.parent_id) for post in thread.posts] == [
        ("s", "op", None),
        ("a", "Ann", "s"),
        ("b", "Bob", "a"),
        ("c", "Cid", "s"),
    ]


def test_quotes_are_credited_to_the_comment_above() -> None:
    """Lines with ">" are a quote, escaped or not, and its words are found in the parent."""
    thread = _thread(
        _comment("a", "Ann", "Wind is cheap. Water is steady and never stops turning the wheel."),
        _comment(
            "b",
            "Bob",
            "&gt; Water is steady and never stops turning the wheel\n\nDroughts &lt;- happen.",
            parent="t1_a",
        ),
    )
    quote = quotes_of(thread.posts[2])[0]
    assert quote.text == "Water is steady and never stops turning the wheel"
    assert (quote.quoted_author, quote.quoted_post, quote.inferred) == ("Ann", "a", True)
    assert thread.posts[2].own_text == "Droughts <- happen."


def test_a_quote_from_nowhere_has_no_author() -> None:
    """Words that nobody in the thread wrote are a quote of somebody unknown."""
    thread = _thread(_comment("a", "Ann", "> Man shall not live by bread alone, as they say\n\nIndeed."))
    assert quotes_of(thread.posts[1])[0].quoted_author is None


def test_an_answer_typed_under_a_quote_is_own() -> None:
    """Without a blank line the next line is the writer's own; spoilers and code are no quotes."""
    thread = _thread(_comment("a", "Ann", "> So what\nThis.\n\n>!hidden!< end\n\n```\n> prompt\n```"))
    assert outline(thread)[1][1] == [("quote", "So what", None), ("own", "This.\n\nhidden end\n\n> prompt", None)]


def test_every_deleted_account_is_somebody_else() -> None:
    """Two deleted writers are not made one person, and a removed text is no words."""
    thread = _thread(
        _comment("a", "[deleted]", "I was here."),
        _comment("b", "[deleted]", "Me too."),
        _comment("c", "[deleted]", "[removed]"),
    )
    assert len({post.author for post in thread.posts[1:]}) == 3
    assert not any(post.author_named for post in thread.posts[1:])
    assert thread.posts[3].passages == ()
    assert any("deleted accounts" in note for note in thread.notes)


def test_stubs_are_reported_as_missing() -> None:
    """ "more" counts the comments behind it; a stub without a count is a branch that goes on."""
    thread = _thread(_comment("a", "Ann", "Hi.", _more(4, "x", "y")), _more(30, "z"), _more(0))
    assert any(note.startswith("34 comments") for note in thread.notes)
    assert any(note.startswith("1 branches") for note in thread.notes)


def test_a_bare_list_of_comments_is_a_thread() -> None:
    """The answer to a "load more" request, and a plain array of things, are read without a submission."""
    things = [_comment("a", "Ann", "One."), _comment("b", "Bob", "Two.", parent="t1_a"), _more(2, "c")]
    for value in ({"json": {"errors": [], "data": {"things": things}}}, things):
        thread = read_value(value)
        assert [post.id for post in thread.posts] == ["a", "b"]
        assert thread.title is None


def test_archived_lines_are_reddit_too() -> None:
    """Archives keep bare records in any order; they are read by time, with their quotes."""
    first = {"id": "s", "author": "op", "title": "Mills", "selftext": "Why mills?", "created_utc": 1_700_000_000}
    lines: list[dict[str, object]] = [
        {
            "id": "b",
            "author": "Bob",
            "body": "&gt; Water is free.\n\nNot in summer.",
            "created_utc": "1700000200",
            "to": "a",
        },
        {"id": "a", "author": "Ann", "body": "Water is free.\n\nWind is not.", "created_utc": 1_700_000_100, "to": "s"},
    ]
    comments = [{**line, "link_id": "t3_s", "parent_id": f"t1_{line['to']}"} for line in lines]
    for value in ([*comments, first], {"data": [first, *comments]}):
        thread = read_value(value)
        assert (thread.format, thread.title) == ("reddit", "Mills")
        assert [post.author for post in thread.posts] == ["op", "Ann", "Bob"]
        assert [(part.text, part.quoted_author) for part in quotes_of(thread.posts[2])] == [("Water is free.", "Ann")]


def test_a_link_submission_keeps_its_address() -> None:
    """A post that is only a link says where it leads."""
    thread = _thread(_comment("a", "Ann", "Nice."), selftext="", url="https://example.org/mill", is_self=False)
    assert thread.posts[0].text == "https://example.org/mill"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("**bold** and *slanted* _words_", "bold and slanted words"),
        ("a [name](https://example.org/a_(b)) here", "a name here"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        (r"\*not\* a sign", "*not* a sign"),
        ("# Head\n\ntext `x*y*z`", "Head\n\ntext x*y*z"),
        ("https://example.org/a_b_c/*d*", "https://example.org/a_b_c/*d*"),
    ],
)
def test_markdown_becomes_readable(typed: str, read: str) -> None:
    """Signs go, words stay, code and addresses stay as typed."""
    assert _thread(_comment("a", "Ann", typed)).posts[1].text == read
