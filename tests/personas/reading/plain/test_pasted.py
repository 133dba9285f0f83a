"""Pages that somebody selected whole in a browser, copied and pasted: every name is there, and so is every button."""

import pytest

from personas.reading.plain.lines import split_lines
from personas.reading.plain.pasted import outline_pasted
from personas.reading.plain.pasted_comments import outline_comments
from personas.reading.registry import read_thread_text
from personas.thread import Thread

HEAD = """Log in
Register
What's new
Search titles only
By:
Forums
History
Would a canal have saved the harbour?
 Thread starter Jonna Vik
 Start date Mar 3, 2021
1
2
Next
1 of 2
Next Last
"""
POST_1 = """J
Jonna Vik
Well-known member
Original poster
Joined
Apr 13, 2009
887
114
Mar 3, 2021
#1
The canal was planned twice and dug once.

It would have saved the harbour, if the ferry had not come first.
{end}
Reactions: Bertil88 and Orsolya
"""
POST_2 = """Bertil88
harbour master
Gold supporter
Jan 8, 2012
12,094
2,262
Mar 4, 2021
#2
Jonna Vik said:
It would have saved the harbour, if the ferry had not come first.
Click to expand...
The ferry came eleven years after the canal was filled in.
Nobody can blame it.
{end}
#signature of mine
Last edited: Mar 4, 2021
"""
POST_3 = """O
Orsolya
New member
Mar 9, 2021
3
0
Yesterday at 4:12 PM
#3
Nils Elsewhere said:
The canal was never meant for ships, it was meant
to drain the meadows.

So much for the plan of 1880.
Click to expand...

That is my reading too.
{end}
You must log in or register to reply here.
Share:
Facebook
"""


def read(text: str) -> Thread:
    return read_thread_text(text.encode(), "pasted.txt")


def shown(thread: Thread) -> list[tuple[str, str]]:
    return [(post.author, post.own_text) for post in thread.posts]


@pytest.mark.parametrize("end", ["\u00a0", " "])
def test_a_copied_xenforo_page_keeps_names_and_bodies(end: str) -> None:
    """Boxes, buttons, signatures and the page's head and foot are nobody's words; U+00A0 may come as a space."""
    text = (HEAD + POST_1 + POST_2 + POST_3).replace("{end}", end)
    thread = read(text)
    assert thread.title == "Would a canal have saved the harbour?"
    assert shown(thread) == [
        (
            "Jonna Vik",
            "The canal was planned twice and dug once.\n\n"
            "It would have saved the harbour, if the ferry had not come first.",
        ),
        ("Bertil88", "The ferry came eleven years after the canal was filled in.\nNobody can blame it."),
        ("Orsolya", "That is my reading too."),
    ]
    assert all(post.author_named for post in thread.posts)
    for post in thread.posts:
        for passage in post.passages:
            assert text[passage.start : passage.end] == passage.text


def test_a_copied_quotation_ends_where_the_page_closes_it() -> None:
    """ "Click to expand..." says where a quotation ends, also of a post that is not on the page."""
    thread = read((HEAD + POST_1 + POST_2 + POST_3).replace("{end}", "\u00a0"))
    quotes = [passage for post in thread.posts for passage in post.passages if passage.kind == "quote"]
    assert [(quote.quoted_author, quote.quoted_post) for quote in quotes] == [
        ("Jonna Vik", "1"),
        ("Nils Elsewhere", None),
    ]
    assert quotes[1].text.startswith("The canal was never meant")
    assert quotes[1].text.endswith("the plan of 1880.")


def test_a_page_whose_posts_are_signed_below() -> None:
    """XenForo 1 prints the box, "#N", the body, and then who wrote it and when."""
    thread = read(
        "Would a canal have saved the harbour?\n"
        "Discussion in 'History' started by Jonna Vik, Mar 3, 2021.\n\n"
        "Jonna Vik Well-Known Member\nMessages:\n887\nLikes Received:\n114\n#1\n"
        "The canal was planned twice and dug once.\n \nJonna Vik, Mar 3, 2021 IP\nBertil88 likes this.\n"
        "Bertil88 harbour master\nMessages:\n12\nTrophy Points:\n3\n#2\n"
        "The ferry came eleven years later.\n \nBertil88, Mar 4, 2021 IP\n"
        "Orsolya Greenhorn\nMessages:\n1\n#3\n"
        "So much for the plan of 1880.\n \nOrsolya, Mar 5, 2021 IP\n"
        "(You must log in or sign up to reply here.)\nShare This Page\n"
    )
    assert thread.title == "Would a canal have saved the harbour?"
    assert shown(thread) == [
        ("Jonna Vik", "The canal was planned twice and dug once."),
        ("Bertil88", "The ferry came eleven years later."),
        ("Orsolya", "So much for the plan of 1880."),
    ]


def test_a_copied_reddit_page() -> None:
    """The thread's own post has its title; names, times, votes and buttons are no words of anybody."""
    thread = read(
        "Skip to main content\nr/HarbourHistory\n•\n3y ago\nred_quill\n\nWould a canal have saved the harbour?\n"
        "It was planned twice.\n\nUpvote\n124\n\nDownvote\n\n57\ncomments\nShare\nSort by:\nBest\n"
        "u/plain_miner avatar\nplain_miner\n•\n3y ago\nNobody dug it the second time.\n\nMoney was short.\n\n"
        "Upvote\n88\n\nDownvote\nReply\nreply\n\nAward\n\nShare\nShare\n\n"
        "red_quill\nOP\n•\n3y ago\n• Edited 3y ago\nThe money went into the ferry.\n\nUpvote\n12\n\nDownvote\nReply\n\n"
        "[deleted]\n•\n2y ago\nThe ferry paid for itself in 1891.\n\nUpvote\n3\n\nDownvote\nReply\nreply\n"
    )
    assert thread.title == "Would a canal have saved the harbour?"
    assert shown(thread) == [
        ("red_quill", "It was planned twice."),
        ("plain_miner", "Nobody dug it the second time.\n\nMoney was short."),
        ("red_quill", "The money went into the ferry."),
        ("[deleted]", "The ferry paid for itself in 1891."),
    ]


def test_old_reddit_and_comments_under_a_film() -> None:
    """One line, or a name over a time: both open a comment."""
    old = read(
        "Would a canal have saved it?\nsubmitted 3 years ago by red_quill\nall 57 comments\n"
        "[–]plain_miner 88 points 3 years ago \nNobody dug it.\n\npermalinkembedsavereportreply\n"
        "[–]red_quill[S] 12 points 3 years ago  (1 child)\nThe ferry did.\n\npermalinkembedsaveparentreportreply\n"
        "[–]third_man 3 points 2 years ago* \nIt paid for itself.\n\npermalinkembedsavereportreply\n"
    )
    assert shown(old) == [
        ("plain_miner", "Nobody dug it."),
        ("red_quill", "The ferry did."),
        ("third_man", "It paid for itself."),
    ]
    film = read(
        "3,204 Comments\nSort by\n@harbour88\n2 years ago\nThe chart at 3:20 is wrong.\n1.2K\n\n\nReply\n\n12 replies\n"
        "@anna-k\n1 year ago (edited)\nIt is a chart of the ferry.\n45\n\n\nReply\n"
        "@harbour88\n1 year ago\nThen the title is wrong.\n\n\nReply\n"
    )
    assert shown(film) == [
        ("harbour88", "The chart at 3:20 is wrong."),
        ("anna-k", "It is a chart of the ferry."),
        ("harbour88", "Then the title is wrong."),
    ]


def test_numbers_and_times_in_writing_cut_nothing() -> None:
    """Hashtags, rankings and "two years ago" in what people say are words like all others."""
    text = (
        "My three reasons for the canal:\n#1\nIt drains the meadows.\n#2\nIt is dug already.\n#3\nIt is ours.\n\n"
        "Jonna told me so\n2 years ago\nand I believe her.\n"
    )
    assert outline_pasted(split_lines(text)) is None
    assert outline_comments(split_lines(text)) is None


def test_a_post_before_the_first_number_is_kept() -> None:
    """Extractors set "1. #1" where a list began, or lose the first number; no post may be lost with it."""
    listed = (
        "Would a canal have saved the harbour?\n\nDiscussion in 'History' started by Jonna Vik, Mar 3, 2021.\n\n"
        "{first}The canal was planned twice and dug once.\n \nJonna Vik, Mar 3, 2021 IP\n"
        "2. Bertil88\n\nBertil88 harbour master\n\nMessages:\n12\nTrophy Points:\n3\n#2\n"
        "The ferry came eleven years later.\n \nBertil88, Mar 4, 2021 IP\n"
        "3. Orsolya\n\nOrsolya Greenhorn\n\nMessages:\n1\nTrophy Points:\n0\n#3\n"
        "So much for the plan of 1880.\n \nOrsolya, Mar 5, 2021 IP\n"
    )
    for first in ("1. #1\n", "1. Jonna Vik\n\nJonna Vik Well-Known Member\n\nMessages:\n887\nTrophy Points:\n9\n"):
        said = " ".join(post.own_text for post in read(listed.format(first=first)).posts)
        assert "The canal was planned twice and dug once." in said
        assert "The ferry came eleven years later." in said


def test_a_chat_exported_from_a_phone() -> None:
    """Brackets at the start are no JSON, a telephone number is a name, and the notices are nobody's words."""
    chat = (
        "[12.03.24, 18:05:02] Ines: The ferry is slow.\nNobody takes it.\n"
        '[12.03.24, 18:05:40] Ines created group "Bridges"\n'
        "[12.03.24, 18:06:40] Otto K.: I do: every day.\n"
        "[12.03.24, 18:09:15] +43 660 2345678: Me too\n"
    )
    thread = read_thread_text(chat.encode(), "chat.txt")
    assert [(post.author, post.own_text) for post in thread.posts] == [
        ("Ines", "The ferry is slow.\nNobody takes it."),
        ("Otto K.", "I do: every day."),
        ("+43 660 2345678", "Me too"),
    ]


def test_names_over_handles() -> None:
    """Short posts copied from a page that prints a name, a handle and a day, and counts below."""
    page = (
        "Ines Adler\n@ines\n·\nMar 12\nThe ferry is slow.\n5\n12\n4.2K\n"
        "Otto Koch\n@otto\n·\nMar 12\nReplying to \n@ines\nNot in summer.\n2\n"
        "Ines Adler\n@ines\n·\n5h\nIt is March.\n"
    )
    thread = read_thread_text(page.encode(), "page.txt")
    assert [(post.author, post.own_text) for post in thread.posts] == [
        ("Ines Adler", "The ferry is slow."),
        ("Otto Koch", "Not in summer."),
        ("Ines Adler", "It is March."),
    ]


def test_names_over_full_dates() -> None:
    """Comments under an article: a date is no name, nor is the number of its day."""
    page = "".join(
        f"{name}\n12 March 2024 at 18:0{minute}\n\n{words}\n\nReply | Report | Recommend (3)\n\n"
        for minute, (name, words) in enumerate(
            [("Ines A.", "The ferry is slow."), ("Otto", "Not in summer."), ("Ines A.", "It is March.")]
        )
    )
    thread = read_thread_text(page.encode(), "page.txt")
    assert [(post.author, post.own_text) for post in thread.posts] == [
        ("Ines A.", "The ferry is slow."),
        ("Otto", "Not in summer."),
        ("Ines A.", "It is March."),
    ]


def test_a_moderator_is_a_speaker() -> None:
    """What boards print as a rank may be who speaks in a record."""
    record = "Ines: The ferry is slow.\n\nModerator: Otto?\n\nOtto: Not in summer.\n\nInes: It is March."
    thread = read_thread_text(record.encode(), "record.txt")
    assert [post.author for post in thread.posts] == ["Ines", "Moderator", "Otto", "Ines"]
