"""Hacker News: Algolia trees, search hits, and Firebase items."""

from tests.personas.reading.reading_made import outline, quotes_of, read_text, read_value

TREE = {
    "id": 1,
    "type": "story",
    "author": "ann",
    "title": "Show: a mill",
    "url": "https://example.org",
    "text": None,
    "created_at": "2024-01-01T00:00:00.000Z",
    "children": [
        {
            "id": 2,
            "type": "comment",
            "author": "bob",
            "parent_id": 1,
            "text": "<p>Does it grind rye?<p>My <i>old</i> one &gt; yours.",
            "children": [
                {
                    "id": 3,
                    "type": "comment",
                    "author": "ann",
                    "parent_id": 2,
                    "text": "&gt; Does it grind rye?<p>It does.",
                    "children": [],
                },
                {"id": 4, "type": "comment", "author": None, "text": None, "parent_id": 2, "children": []},
            ],
        }
    ],
}


def test_algolia_tree() -> None:
    """Answers follow what they answer; a quoted line is credited to the comment above."""
    thread = read_value(TREE)
    assert thread.format == "hackernews"
    assert thread.title == "Show: a mill"
    assert [(post.id, post.author, post.parent_id) for post in thread.posts[:3]] == [
        ("1", "ann", None),
        ("2", "bob", "1"),
        ("3", "ann", "2"),
    ]
    assert thread.posts[1].text == "Does it grind rye?\n\nMy old one > yours."
    quote = quotes_of(thread.posts[2])[0]
    assert (quote.text, quote.quoted_author, quote.quoted_post) == ("Does it grind rye?", "bob", "2")
    assert thread.posts[0].text == "https://example.org"


def test_deleted_comments_are_counted() -> None:
    """A comment without a name and words stays a post of nobody known."""
    thread = read_value(TREE)
    assert not thread.posts[3].author_named
    assert any("deleted" in note for note in thread.notes)


def test_search_hits_and_firebase_items() -> None:
    """The other two shapes of the same discussion give the same people."""
    hits = {"hits": [{"objectID": "9", "author": "ann", "comment_text": "Rye.", "parent_id": 1, "story_title": "Mill"}]}
    assert outline(read_value(hits)) == [("ann", [("own", "Rye.", None)])]
    items = [
        {"id": 1, "type": "story", "by": "ann", "title": "Mill", "text": "Hello", "kids": [2, 5], "time": 1700000000},
        {"id": 2, "type": "comment", "by": "bob", "parent": 1, "text": "Hi", "time": 1700000060},
    ]
    for value in (items, {str(item["id"]): item for item in items}):
        thread = read_value(value)
        assert [(post.author, post.parent_id) for post in thread.posts] == [("ann", None), ("bob", "1")]
        assert any("1 comments are named as answers" in note for note in thread.notes)


def test_a_chain_of_thousands_is_read() -> None:
    """A chain of answers deeper than Python's own parser goes is read whole."""
    depth = 5_000
    opened = "".join(
        f'{{"id": {number}, "type": "comment", "author": "a{number % 7}", "text": "n{number}", "children": ['
        for number in range(depth)
    )
    thread = read_text(opened + "]}" * depth)
    assert len(thread.posts) == depth
    assert thread.posts[-1].text == f"n{depth - 1}"
