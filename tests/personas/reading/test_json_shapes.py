"""JSON of every discussion format with keys missing, null or of another type: read or refused, never a crash."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.errors import ThreadError
from personas.reading import read_thread_text
from personas.thread import Thread

DISCOURSE = {
    "id": 7,
    "title": "T",
    "posts_count": 2,
    "post_stream": {
        "stream": [1, 2, 3],
        "posts": [
            {
                "id": 1,
                "username": "ann",
                "post_number": 1,
                "topic_id": 7,
                "cooked": "<p>One</p>",
                "created_at": "2024-01-01",
            },
            {
                "id": 2,
                "username": "bob",
                "post_number": 2,
                "topic_id": 7,
                "reply_to_post_number": 1,
                "cooked": '<aside class="quote" data-username="ann" data-post="1" data-topic="7">'
                "<blockquote>One</blockquote></aside>Two",
            },
        ],
    },
}
REDDIT = [
    {
        "kind": "Listing",
        "data": {"children": [{"kind": "t3", "data": {"id": "s", "author": "op", "title": "T", "url": "u"}}]},
    },
    {
        "kind": "Listing",
        "data": {
            "children": [
                {
                    "kind": "t1",
                    "data": {
                        "id": "a",
                        "author": "ann",
                        "body": "> x\n\ny",
                        "parent_id": "t3_s",
                        "created_utc": 1.7e9,
                        "replies": {"kind": "Listing", "data": {"children": [{"kind": "more", "data": {"count": 2}}]}},
                    },
                }
            ]
        },
    },
]
HACKERNEWS = {
    "id": 1,
    "type": "story",
    "author": "ann",
    "title": "T",
    "url": "https://example.org",
    "children": [{"id": 2, "type": "comment", "author": "bob", "text": "&gt; x<p>y", "parent_id": 1, "children": []}],
}
SLACK = {
    "messages": [{"type": "message", "ts": "1.5", "user": "U1", "text": "<@U2> hi", "user_profile": {"name": "a"}}]
}
DISCORD = {
    "guild": {"name": "g"},
    "channel": {"name": "c"},
    "messages": [
        {
            "id": "1",
            "type": "Reply",
            "content": "hi",
            "author": {"id": "9", "name": "a"},
            "reference": {"messageId": "0"},
        }
    ],
}
CONVOKIT = [
    {"id": "u", "speaker": "ann", "conversation_id": "u", "reply_to": None, "text": "hi", "meta": {"title": "x"}}
]
PLAIN = [
    {"id": 1, "author": "ann", "text": "hi", "parent_id": None, "created_at": 5},
    {"id": 2, "author": "b", "text": "x"},
]
SHAPES = {
    "discourse": DISCOURSE,
    "reddit": REDDIT,
    "hackernews": HACKERNEWS,
    "slack": SLACK,
    "discord": DISCORD,
    "convokit": CONVOKIT,
    "jsonl": PLAIN,
}
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        10**30,
        1e300,
        "",
        " ",
        "x",
        "\ud800",
        "1e9",
        "\x00",
        [],
        {},
        [[]],
        [None],
        {"a": 1},
        "[deleted]",
    ]
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += _places(item, (*path, key))
    return found


def _changed(value: Any, path: tuple[Any, ...], junk: Any, remove: bool) -> Any:
    if not path:
        return junk
    value = copy.deepcopy(value)
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    if remove:
        del holder[path[-1]]
    else:
        holder[path[-1]] = junk
    return value


def _read(value: Any, format: str | None) -> Thread | str:
    try:
        return read_thread_text(json.dumps(value).encode(), "made.json", format)
    except ThreadError as error:
        return str(error)


@pytest.mark.parametrize("format", SHAPES)
def test_each_shape_is_known_by_its_content(format: str) -> None:
    """The unchanged shape is read by its own reader without being told."""
    thread = _read(SHAPES[format], None)
    assert isinstance(thread, Thread)
    assert thread.format == format


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(SHAPES)), st.lists(st.tuples(st.integers(0), JUNK, st.booleans()), min_size=1, max_size=4)
)
def test_damaged_shapes_are_read_or_refused(format: str, changes: list[tuple[int, Any, bool]]) -> None:
    """Whatever value is missing or wrong, the result is a thread or one line that says why not."""
    value: Any = SHAPES[format]
    for number, junk, remove in changes:
        places = _places(value)
        value = _changed(value, places[number % len(places)], junk, remove)
    for forced in (None, format):
        outcome = _read(value, forced)
        if isinstance(outcome, Thread):
            assert len({post.id for post in outcome.posts}) == len(outcome.posts)
            assert all(post.author for post in outcome.posts)
            outcome.model_dump_json()
        else:
            assert "\n" not in outcome


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        JUNK, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    st.sampled_from(sorted(SHAPES)),
)
def test_any_json_is_read_or_refused_by_any_reader(value: Any, format: str) -> None:
    """A forced format meets JSON of no discussion at all."""
    outcome = _read(value, format)
    assert isinstance(outcome, Thread) or "\n" not in outcome
