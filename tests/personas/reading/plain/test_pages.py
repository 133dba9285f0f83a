"""Plain text of whole pages and of further software: numbers that close headers, counted posts, titles, feet."""

import time

import pytest

from personas.reading.plain import read_plain
from personas.thread import Thread

END = "\u00a0"


def _read(*lines: str) -> Thread:
    return read_plain("\n".join(lines) + "\n", "0" * 64)


def _own(thread: Thread) -> list[tuple[str, str]]:
    return [(post.author, post.own_text) for post in thread.posts]


def test_headers_that_a_number_closes_name_the_writers() -> None:
    """A page copied as it stands: names, titles, dates, buttons and signatures are no words of the posts."""
    thread = _read(
        "Forums", "Log in", "", "Is the quay safe?", "", "  • Thread starter ida", "", "Is the quay safe?", "",
        "ida", "", "ida", "", "Member", "Joined", "Mar 3, 2011", "  • Sep 7, 2024", "  • #1",
        "Who fell there?", "", "It was dark.", END, "  • Like", "Reactions: jon",
        "J", "", "jon", "", "Harbour master", "  • Sep 8, 2024", "  • #2",
        "I did.", END, "Mind your step", "Report",
        "ida", "", "ida", "", "Member", "Joined", "Mar 3, 2011", "  • Today at 3:26 AM", "  • #3",
        "jon said:", "I did.", "Click to expand...", "Poor you.", END, "You must log in or register to reply here.",
    )  # fmt: skip
    assert thread.title == "Is the quay safe?"
    assert _own(thread) == [("ida", "Who fell there?\n\nIt was dark."), ("jon", "I did."), ("ida", "Poor you.")]
    assert [(part.text, part.quoted_author) for part in thread.posts[2].passages if part.kind == "quote"] == [
        ("I did.", "jon")
    ]


def test_counters_of_members_need_no_title_over_them() -> None:
    """Names over a count of posts and a year, as some pages print them; numbers may go back and forth."""
    thread = _read(
        "Is the quay safe?", "", "120 views 2 replies",
        "I", "ida Discussion starter", "12 posts · Joined 2011", "  • Add to quote", "#1 · Feb 16, 2024 (Edited)",
        "Who fell there?", END, "Save", "Reply Quote Like Like",
        "jon", "1 post · Joined 2020", "  • Add to quote", "#3 · Feb 17, 2024", "I did.", END, "Save",
        "K", "kim", "1,022 posts · Joined 2023", "  • Add to quote", "#2 · Feb 16, 2024", "Nobody did.", END, "Save",
    )  # fmt: skip
    assert _own(thread) == [("ida", "Who fell there?"), ("jon", "I did."), ("kim", "Nobody did.")]


def test_an_empty_field_of_a_header_ends_no_post() -> None:
    """The line without words after a label is a value left out, not the end of a body."""
    head = [
        "Member",
        "First Name",
        "Ida",
        "Joined",
        "Mar 3, 2011",
        "Messages",
        "14",
        "Location",
        "Harwich",
        "Clubs",
        END,
    ]
    thread = _read(
        "Is the quay safe?", "", "ida", "", *head, "Who fell there last summer?", END, "", "jon", "", *head,
        "I did, and it hurt a lot.", END, "", "kim", "", *head, "", "lou", "", *head, "Nobody did, I was there.", END,
    )  # fmt: skip
    assert _own(thread) == [
        ("ida", "Who fell there last summer?"),
        ("jon", "I did, and it hurt a lot."),
        ("lou", "Nobody did, I was there."),
    ]


def test_posts_that_are_only_counted() -> None:
    """Numbers 1, 2, 3 between the posts cut them; likes are no words; a number that does not count on is one."""
    thread = _read(
        "1", "", "Who fell there?", "", "3 Likes",
        "2", "", "I did, in", "", "1998", "", "or so.", "", "1 Like",
        "3", "", "Nobody did.",
    )  # fmt: skip
    assert [text for _, text in _own(thread)] == ["Who fell there?", "I did, in\n\n1998\n\nor so.", "Nobody did."]
    assert "lines that count them" in thread.notes[0]


def test_a_list_of_numbers_counts_no_posts() -> None:
    """The pages of a topic, one number under the other, hold no posts."""
    thread = _read("Is the quay safe?", "", "1", "2", "3", "", "Who fell there?", END, "I did.", END, "Nobody.", END)
    assert len(thread.posts) == 3


def test_what_stands_over_and_under_posts_between_buttons() -> None:
    """Over a body "Author" and "Posted", under it who edited it and why, and how much later the next one came."""
    thread = _read(
        "Jump to content", "", "Recommended Posts", "", "Posted (edited)", "", "Who fell there?", "",
        "Edited by ida", "typing mistake", "Link to comment", "Share on other sites", "  • 2 weeks later...",
        "  • Author", "Posted", "", "Advertisement (gone after registration)", "", "I did.", "Edited by jon",
        "Share on other sites", "", "Create an account or sign in to comment", "", "You need to be a member",
    )  # fmt: skip
    assert [text for _, text in _own(thread)] == ["Who fell there?", "I did."]


def test_a_sentence_of_the_last_post_is_no_foot() -> None:
    """Words that feet of pages hold too do not end the last post."""
    posts = ["Where is it sold?", "Nowhere.", "See below.\n\nWhy does the shop not advertise it on the quay?"]
    lines = [
        line
        for number, text in enumerate(posts)
        for line in (f"name{number}", "Posts: 3", "", "Re: Quay shop", "", f"Post by name{number} »", "", text, "")
    ]
    thread = _read("Quay shop", "", *lines, "", "Board footer", "", "Powered by nobody")
    assert _own(thread) == [(f"name{number}", text) for number, text in enumerate(posts)]


def test_attached_files_and_dated_credits() -> None:
    """Names of files below a post are none of its words; a credit with a date names whom its line quotes."""
    thread = _read(
        "Quay shop", "", "Post by ida »", "", "It sells nets and hooks all year.", "Attachments", "nets.zip",
        "(75.31 KiB) Downloaded 442 times", "", "Post by jon »", "",
        "ida wrote: 12. Sep 2024, 08:42 It sells nets and hooks all year.", "Not in winter.",
    )  # fmt: skip
    assert _own(thread) == [("ida", "It sells nets and hooks all year."), ("jon", "Not in winter.")]
    assert [part.quoted_author for part in thread.posts[1].passages if part.kind == "quote"] == ["ida"]


_LONG = 300_000


@pytest.mark.parametrize(
    "body",
    [
        "x" + " " * _LONG + "y",
        "x" + "\n" * _LONG + "y",
        "x\n" + f"{END}\n" * (_LONG // 2) + "y",
        "x" * _LONG,
        "The quay is wet and cold this morning, said ida.\n" * (_LONG // 49),
        "> The quay is wet\n" * (_LONG // 19),
        "Ida: " * (_LONG // 5),
    ],
    ids=["spaces", "empty lines", "end marks", "one word", "lines", "quoted lines", "names"],
)
def test_a_long_post_takes_no_longer_than_its_length(body: str) -> None:
    """No pattern tries every place of a long run; the posts beside the long one are read as ever."""
    began = time.process_time()
    thread = _read("Is the quay safe?", "", body, END, "I fell there once.", END, "So did I.", END)
    assert time.process_time() - began < 3
    assert [text for _, text in _own(thread)][-2:] == ["I fell there once.", "So did I."]
