"""Pages in the markup of sites that have no reader of their own: writers, words, times and who answers whom."""

from pathlib import Path

import pytest

from personas.reading import read_thread
from personas.thread import Post, Thread

SITES = Path(__file__).parent / "sites"
DUG = "The canal was planned twice and dug once."
FERRY = "The ferry came eleven years after it was filled in."
SO_MUCH = "So much for the plan of 1880."
CHAT = [
    ("Jonna Vik", "09:15", DUG),
    ("Jonna Vik", "09:16", "It would have saved the harbour."),
    ("Bertil Sand", "09:40", FERRY),
    ("Orsolya Kiss", "10:02", SO_MUCH),
]


def read(name: str) -> Thread:
    return read_thread([SITES / f"{name}.html"])


def shown(post: Post) -> tuple[str, str, str]:
    return post.author, str(post.written_at)[11:16], post.own_text


def test_messages_in_a_row_are_one_persons() -> None:
    """Exported chats name the writer of several messages once; none of them is lost or somebody else's."""
    assert [shown(post) for post in read("telegram").posts] == CHAT
    first_names = [(author.split()[0], clock, text) for author, clock, text in CHAT]
    assert [shown(post) for post in read("discord_exporter").posts] == first_names


def test_a_page_of_hacker_news() -> None:
    """The story's own text, answers by how deep they are set, and ">" for a quotation."""
    thread = read("hn")
    assert thread.title == "Why the old canal failed"
    assert [post.author for post in thread.posts] == ["jvik", "bertil88", "orsolya", "bertil88", "dora_k"]
    assert [post.parent_id for post in thread.posts] == [None, "1", "2", "3", "1"]
    assert [str(post.written_at)[11:16] for post in thread.posts] == ["09:15", "10:15", "11:15", "12:15", "13:15"]
    quote, own = thread.posts[2].passages
    assert (quote.kind, quote.text, quote.quoted_author) == ("quote", "It would have saved the harbour", "bertil88")
    assert own.text == FERRY


def test_a_page_of_reddit() -> None:
    """The site's own elements name the writer; what was deleted is no post."""
    thread = read("reddit")
    assert [(post.id, post.author, post.parent_id) for post in thread.posts] == [
        ("t3_abc1", "jonna_vik", None),
        ("t1_c1", "bertil88", "t3_abc1"),
        ("t1_c2", "orsolya_k", "t1_c1"),
        ("t1_c4", "nberg", "t3_abc1"),
    ]
    assert thread.posts[0].own_text == f"The council votes on Monday.\n\n{DUG}"
    assert thread.posts[2].passages[0].quoted_author == "bertil88"


@pytest.mark.parametrize("name", [path.stem for path in SITES.glob("*.html")])
def test_every_writer_is_read_and_none_made_up(name: str) -> None:
    assert all(post.author_named for post in read(name).posts)
