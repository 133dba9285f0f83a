"""Dumps of pages that print a member's box beside every post: names, counters, signatures and quotations of each."""

from personas.reading.plain import read_plain
from personas.thread import Thread

MYBB = """A bridge over the Mur?
Ines Offline

Bridge Owner
Posts: 116
Threads: 23
Joined: Feb 2019
Reputation: 7
#1
2019-02-23, 09:14 PM (This post was last modified: 2019-02-24, 03:27 AM by Ines. Edited 1 time in total.)
The ferry is slow, and nobody takes it in winter. A bridge would carry us all the year.

What does it cost?
Reply
Posts: 96
Threads: 11
Joined: Feb 2011
Reputation: 1
#2
2019-02-24, 02:31 AM
(2019-02-23, 09:14 PM)Ines Wrote: The ferry is slow, and nobody takes it in winter.

That is not so: I took it every day last winter.
Reply
Ines Offline

Bridge Owner
Posts: 116
Threads: 23
Joined: Feb 2019
Reputation: 7
#3
2019-02-24, 05:31 PM
You are the only one then.
Reply
"""

WITHOUT_POST_BY = """We use some essential cookies to make our website work.

ines
Posts: 2
Joined: Sun Dec 17, 2023 11:18 am

A bridge over the Mur

Sun Dec 17, 2023 11:23 am

The ferry is slow, and nobody takes it in winter.
Thank you for reading
User avatar
otto
Posts: 9179
Joined: Wed Feb 04, 2015 6:38 pm

Re: A bridge over the Mur

Wed Dec 27, 2023 10:00 am

ines wrote:
Sun Dec 17, 2023 11:23 am
The ferry is slow, and nobody takes it in winter.
I took it every day last winter.
And so did my wife.
ines
Posts: 2
Joined: Sun Dec 17, 2023 11:18 am

Re: A bridge over the Mur

Thu Dec 28, 2023 6:40 pm

otto wrote: I took it every day last winter.
You are the only one then.
"""

LISTED = """A bridge over the Mur

Collapse
  • ines
    Registered Member
    • Mar 2014
    • 10
    • Graz

    A bridge over the Mur

    The ferry is slow, and nobody takes it in winter.
    Tags: None
      • otto
        Banned
        • Sep 2013
        • 2185
        #2
        I took it every day last winter.
        Last edited by otto; 03-16-2014, 08:08 PM.

            Comment

            • ines
              Registered Member
              • Mar 2014
              • 10
              • Graz
              #3
              You are the only one then.

                  Comment
"""

OVER_THE_BOX = """Go Back Forums > Bridges

  #1
Old 11-19-02, 06:39 PM
ines
Member
\xa0
Join Date: Apr 2001
Location: Graz
Posts: 520
The ferry is slow, and nobody takes it in winter.
\xa0
Last edited by ines; 12-28-05 at 10:28 PM.
Buckle up and drive safely.
Upvote
  #2
Old 11-24-02, 05:36 PM
otto
Visiting Guest
Posts: n/a
I took it every day last winter.
otto is offline  \xa0 Reply With Quote
  #3
Old 12-25-02, 09:18 PM
ines
Member
\xa0
Join Date: Apr 2001
Location: Graz
Posts: 520
You are the only one then.
ines is offline  \xa0 Reply With Quote
"""


def read(dump: str) -> Thread:
    return read_plain(dump, "made")


def own(thread: Thread) -> list[str]:
    return [post.own_text for post in thread.posts]


def test_boxes_with_a_number_below_are_no_words() -> None:
    """Names, counters, dates and buttons of a MyBB page are left out; a lost name costs no post."""
    thread = read(MYBB)
    assert [post.author for post in thread.posts if post.author_named] == ["Ines", "Ines"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter. A bridge would carry us all the year.\n\nWhat does it cost?",
        "That is not so: I took it every day last winter.",
        "You are the only one then.",
    ]
    quotes = [part for part in thread.posts[1].passages if part.kind == "quote"]
    assert [(quote.quoted_author, quote.quoted_post) for quote in quotes] == [("Ines", "1")]


def test_boxes_over_a_subject_and_a_date() -> None:
    """A phpBB style without "Post by": the name over the counters is no last line of the post above it."""
    thread = read(WITHOUT_POST_BY)
    assert [post.author for post in thread.posts] == ["ines", "otto", "ines"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter.\nThank you for reading",
        "I took it every day last winter.\nAnd so did my wife.",
        "You are the only one then.",
    ]
    assert [part.quoted_author for post in thread.posts for part in post.passages if part.kind == "quote"] == [
        "ines",
        "otto",
    ]


def test_boxes_that_are_lists() -> None:
    """vBulletin 5 lists a member's values without labels."""
    thread = read(LISTED)
    assert [post.author for post in thread.posts] == ["ines", "otto", "ines"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter.",
        "I took it every day last winter.",
        "You are the only one then.",
    ]


def test_boxes_under_number_and_date() -> None:
    """vBulletin 3 sets number and date over the box; a guest never joined; below a note of an edit nobody speaks."""
    thread = read(OVER_THE_BOX)
    assert [post.author for post in thread.posts] == ["ines", "otto", "ines"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter.",
        "I took it every day last winter.",
        "You are the only one then.",
    ]


def test_headings_of_the_writers_own_are_kept() -> None:
    """Lines with a colon right below the counters are said, though they look like one more counter."""
    dump = OVER_THE_BOX.replace("I took it every day", "Chapter one: the ferry\n\nI took it every day")
    assert own(read(dump))[1] == "Chapter one: the ferry\n\nI took it every day last winter."


def test_counters_in_prose_cut_nothing() -> None:
    """Somebody who lists posts and dates in a mail has written one text."""
    text = "Our club in figures:\n\nPosts: 12\nJoined: 2011\n\nPosts: 14\nLeft: 2012\n\nThat is not much."
    assert len(read(text).posts) == 1


SMF = """Author Topic: A bridge over the Mur  (Read 312 times)

Offline Ines

  • Hero Member
  • **
  • Posts: 7405
  • Graz
    A bridge over the Mur
    The ferry is slow, and nobody takes it in winter.
    Logged
    Buckle up and drive safely.

    Offline Otto

    • Newbie
    • Posts: 12
      Re: A bridge over the Mur
      « Reply #1 on: June 04, 2014, 02:21:55 PM »
      Quote from: Ines on June 04, 2014, 01:20:55 PM
      The ferry is slow, and nobody takes it in winter.
      I took it every day last winter.
      « Last Edit: June 05, 2014, 06:25:55 PM by Otto »
      Logged
"""

SMF_NAMES = """A bridge over the Mur

Started by Ines, June 04, 2014, 01:20:55 PM

Previous topic - Next topic

Ines

The ferry is slow, and nobody takes it in winter.

I hope not.

Otto

Quote from: Ines on June 04, 2014, 01:20:55 PMThe ferry is slow, and nobody takes it in winter.

I took it every day last winter.

Ines

You are the only one then.

Thanks
"""

NUMBERS_AFTER_DATES = """  1. 06-04-2014, 01:26 PM#1
    Full Member
    Join Date
    Jul 2003
    Location
    Graz
    Posts
    7,243

    A bridge over the Mur

    The ferry is slow, and nobody takes it in winter.
  2. 06-04-2014, 02:26 PM#2
    Newbie
    Join Date
    May 2011
    Posts
    284

    Quote Originally Posted by Ines View Post
    The ferry is slow, and nobody takes it in winter.
    I took it every day last winter.
  3. 06-04-2014, 03:26 PM#3
    Full Member
    Join Date
    Jul 2003
    Location
    Graz
    Posts
    7,243

    You are the only one then.
"""


def test_boxes_under_a_name_in_a_line_of_its_own() -> None:
    """Simple Machines Forum 2.0: a list under the name, subject and date below it, a signature below "Logged"."""
    thread = read(SMF)
    assert [post.author for post in thread.posts] == ["Ines", "Otto"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter.",
        "I took it every day last winter.",
    ]
    assert [part.quoted_author for part in thread.posts[1].passages if part.kind == "quote"] == ["Ines"]


def test_names_alone_cut_only_the_page_of_a_topic() -> None:
    """Simple Machines Forum 2.1 leaves nothing but names; short remarks are none, and elsewhere nothing is cut."""
    thread = read(SMF_NAMES)
    assert [post.author for post in thread.posts] == ["Ines", "Otto", "Ines"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter.\n\nI hope not.",
        "I took it every day last winter.",
        "You are the only one then.\n\nThanks",
    ]
    without_head = SMF_NAMES.replace("Previous topic - Next topic", "My notes")
    assert all("Ines" in post.own_text or "Otto" in post.own_text for post in read(without_head).posts[:1])


def test_posts_of_one_box_are_one_persons() -> None:
    """vBulletin 4 with its names lost: equal counters join posts, and a name that a quotation gives holds for all."""
    thread = read(NUMBERS_AFTER_DATES)
    assert [post.author for post in thread.posts] == ["Ines", "Member A", "Ines"]
    assert own(thread) == [
        "The ferry is slow, and nobody takes it in winter.",
        "I took it every day last winter.",
        "You are the only one then.",
    ]


def test_boxes_of_new_members_join_nothing() -> None:
    """Two people who joined in the same month and posted once each are two."""
    dump = NUMBERS_AFTER_DATES.replace("7,243", "1").replace("284", "1").replace("May 2011", "Jul 2003")
    thread = read(dump.replace("    Quote Originally Posted by Ines View Post\n", ""))
    assert len({post.author for post in thread.posts}) > 1


def test_reactions_and_the_box_below_them_are_no_words() -> None:
    """Invision counts reactions in bullets, and below them may stand bullets of the next member; a list is said."""
    dump = (
        "Recommended Posts\n\nPosted\n\nThe ferry is slow.\n\n  • Like 5\n  • Level 5\nPosted\n\nFor a bridge:\n\n"
        "  • it is dry\n  • it is always there\n\nPosted\n\nYou are the only one then.\n\n  • Thanks 1\n"
    )
    assert own(read(dump)) == [
        "The ferry is slow.",
        "For a bridge:\n\n  • it is dry\n  • it is always there",
        "You are the only one then.",
    ]
