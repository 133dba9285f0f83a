"""Corrections: what a person writes over what the reader worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.errors import ThreadError
from personas.corrections import annotations, apply_corrections
from personas.reading.plain import read_plain
from personas.thread import Passage, Post, Thread

PAGE = """Should the ferry go?

ida

Banned
The ferry is slow and dear, and the town would be better served by a bridge of its own.
\u00a0
The ferry is slow and dear, and the town would be better served by a bridge of its own.
Who would pay for that? Not I, for one. My tax went up three times since the spring.
\u00a0
Who would pay for that? Not I, for one.
Those who cross it, of course. That is how the pier was built.
\u00a0
Top
"""


@pytest.fixture
def thread() -> Thread:
    return read_plain(PAGE, "d" * 64)


def test_annotations_applied_as_they_are_change_nothing(thread: Thread) -> None:
    assert apply_corrections(thread, annotations(thread)) == thread


def test_a_writer_is_corrected_and_so_is_what_others_quote_of_him(thread: Thread) -> None:
    label = thread.posts[1].author
    corrected = apply_corrections(thread, f'posts:\n  "2":\n    author: Jon\nnames:\n  {label}: {label}\n')
    assert (corrected.posts[1].author, corrected.posts[1].author_named) == ("Jon", True)
    assert corrected.posts[2].passages[0].quoted_author == "Jon"
    assert corrected.posts[0] == thread.posts[0]


def test_a_person_is_renamed_everywhere(thread: Thread) -> None:
    corrected = apply_corrections(thread, "names:\n  ida: Ida Berg\n")
    assert corrected.posts[0].author == "Ida Berg"
    assert corrected.posts[1].passages[0].quoted_author == "Ida Berg"


def test_a_deleted_quotation_becomes_own_words(thread: Thread) -> None:
    corrected = apply_corrections(thread, 'posts:\n  "2":\n    quotes: []\n')
    assert [part.kind for part in corrected.posts[1].passages] == ["own", "own"]
    assert corrected.posts[1].passages[0].text == thread.posts[1].passages[0].text


def test_an_added_quotation_is_taken_out_of_the_own_words(thread: Thread) -> None:
    yaml_text = 'posts:\n  "3":\n    quotes:\n    - words: Those who cross … of course.\n      author: ida\n'
    corrected = apply_corrections(thread, yaml_text)
    quote = next(part for part in corrected.posts[2].passages if part.kind == "quote")
    assert (quote.text, quote.quoted_author) == ("Those who cross it, of course.", "ida")
    assert PAGE[quote.start : quote.end] == quote.text
    assert corrected.posts[2].own_text.endswith("That is how the pier was built.")


def test_the_writer_of_a_quotation_is_corrected_and_no_longer_inferred(thread: Thread) -> None:
    changed = annotations(thread).replace('author: "ida"\n      post: "1"', "author: somebody\n      post: null")
    quote = apply_corrections(thread, changed).posts[1].passages[0]
    assert (quote.quoted_author, quote.quoted_post, quote.inferred, quote.confidence) == ("somebody", None, False, 1.0)


@pytest.mark.parametrize(
    ("yaml_text", "message"),
    [
        ("", "empty"),
        ("names: [", "line 1: not valid YAML"),
        ("\nnobody: 3", "line 2: unknown key 'nobody'"),
        ("digest: abc", "line 1: these corrections are for another file"),
        ("posts:\n  '9':\n    author: x", "line 2: this thread has no post '9'"),
        ("posts:\n  '2':\n    quotes: 3", "line 3: expected a list"),
        ("posts:\n  '2':\n    quotes:\n    - author: x", "line 4: a quotation needs its 'words'"),
        ("posts:\n  '2':\n    quotes:\n    - words: never said here", "line 4: post '2' does not hold the words"),
        ("posts:\n  '2':\n    quotes:\n    - words: Not I\n      post: '77'", "line 5: this thread has no post '77'"),
        ("posts:\n  '2':\n    author: ''", "line 3: expected a text"),
        ("posts:\n  '2': {}\n  '2': {}", "line 3: '2' stands here twice"),
        ("names:\n  Nobody: Jon", "line 2: nobody is called 'Nobody'"),
        ("- 1", "line 1: expected 'key: value'"),
        ("a: &x [*x]", "unknown key 'a'"),
    ],
)
def test_a_mistake_is_named_with_its_line(thread: Thread, yaml_text: str, message: str) -> None:
    with pytest.raises(ThreadError) as error:
        apply_corrections(thread, yaml_text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


_names = st.text(min_size=1, max_size=12).filter(str.strip)


@given(st.lists(st.tuples(_names, st.booleans(), _names), min_size=1, max_size=6))
def test_any_names_and_words_survive_the_yaml(parts: list[tuple[str, bool, str]]) -> None:
    posts = tuple(
        Post(
            id=str(number),
            author=author,
            passages=(
                Passage(kind="quote", text=words, quoted_author=author) if quoted else Passage(kind="own", text=words),
            ),
        )
        for number, (author, quoted, words) in enumerate(parts)
    )
    made = Thread(title=None, format="plain", offsets="post", posts=posts, digest="0" * 64)
    listed = [part for post in posts for part in post.passages if part.kind == "quote"]
    if all(any(character.isalnum() for character in part.text) for part in listed):
        assert apply_corrections(made, annotations(made)) == made
