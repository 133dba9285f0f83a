"""Pages of many sites, drawn as a browser copies them: posts, writers and words, without buttons and counters."""

from pathlib import Path

import pytest

from personas.reading import read_thread, read_thread_text
from personas.thread import Thread
from tests.personas.reading.plain.test_words import check_words

PAGES = Path(__file__).parent / "copied"
DUG = "The canal was planned twice and dug once."
FERRY = "The ferry came eleven years after it was filled in."
SO_MUCH = "So much for the plan of 1880."
ANYBODY = "Has anybody got that plan?"
FILLED = "The canal was filled in for a reason. It stank all summer."
EXPECTED: dict[str, list[tuple[str, str]]] = {
    "bluesky": [("Jonna Vik", DUG), ("Bertil", FERRY), ("Orsolya Kiss", SO_MUCH), ("Nils", ANYBODY)],
    "discord": [
        ("jonna", f"{DUG}\nIt would have saved the harbour."),
        ("bertil88", FERRY),
        ("jonna", "Are you sure?\n\nI read ten."),
        ("orsolya", SO_MUCH),
    ],
    "discord_exporter": [("jonna", DUG), ("bertil88", FERRY), ("orsolya", SO_MUCH)],
    "disqus": [
        ("Jonna Vik", DUG),
        ("Bertil88", "The ferry came eleven years after the canal was filled in."),
        ("Orsolya", SO_MUCH),
        ("Jonna Vik", "That plan was never paid for."),
    ],
    "disqus_old": [
        ("Jonna Vik", DUG),
        ("Bertil88", "The ferry came eleven years after the canal was filled in."),
        ("Orsolya", SO_MUCH),
    ],
    "facebook": [
        ("Jonna Vik", "Should the old canal be opened again? The council votes on Monday."),
        ("Bertil Sand", f"{FILLED}\n\nNobody who remembers it wants it back."),
        (
            "Orsolya Kiss",
            "Bertil Sand it stank because the tannery used it as a drain. The tannery closed in 1974.",
        ),
        ("Nils Berg", "I would pay for a ticket on the first boat."),
        ("Bertil Sand", "Nils Berg you can buy mine."),
    ],
    "facebook2": [
        ("Bertil Sand", FILLED),
        ("Orsolya Kiss", "Bertil Sand it stank because the tannery used it as a drain."),
        ("Nils Berg", "I would pay for a ticket on the first boat."),
    ],
    "groups": [
        ("Jonna Vik", f"{DUG}\n\nIt would have saved the harbour.\n\n--\nJonna"),
        ("Bertil Sand", FERRY),
        ("Orsolya Kiss", SO_MUCH),
    ],
    "guardian": [("jonnavik", DUG), ("bertil88", FERRY), ("orsolya", SO_MUCH)],
    "hn": [
        ("bertil88", f"{DUG}\n\nIt would have saved the harbour, if the ferry had not come first."),
        ("orsolya", "The ferry came eleven years after the canal was filled in."),
        ("nberg", "Nobody can blame it then."),
        ("bertil88", "I stand corrected, thanks for the dates."),
        ("dora_k", "Has anybody got the plan of 1880?"),
    ],
    "lemmy": [
        ("bertil@harbour.example", FERRY),
        ("orsolya@harbour.example", SO_MUCH),
        ("nils@harbour.example", ANYBODY),
    ],
    "linkedin": [("Jonna Vik", DUG), ("Bertil Sand", f"Jonna Vik {FERRY}"), ("Orsolya Kiss", SO_MUCH)],
    "mastodon": [
        ("Jonna Vik", DUG),
        ("Bertil Sand", f"@jonna {FERRY}"),
        ("Orsolya Kiss", f"@jonna {SO_MUCH}"),
        ("Nils Berg", f"@orsolya {ANYBODY}"),
    ],
    "quora": [
        ("Jonna Vik", f"No. {DUG}\n\nThe ferry took its trade."),
        ("Bertil Sand", "Yes, if it had been dug ten years earlier."),
        ("Orsolya Kiss", "Nobody can know. The plan of 1880 is lost."),
    ],
    "reddit_new": [
        ("jonna_vik", f"The council votes on Monday. {DUG}"),
        ("bertil88", FERRY),
        ("orsolya_k", SO_MUCH),
        ("nberg", ANYBODY),
    ],
    "reddit_old": [
        ("jonna_vik", "The council votes on Monday."),
        ("bertil88", FERRY),
        ("orsolya_k", SO_MUCH),
        ("nberg", ANYBODY),
    ],
    "se": [
        ("Jonna Vik", f"{DUG} Would it have saved the harbour?"),
        ("Bertil", "Which canal? There were two."),
        ("Jonna Vik", "The second one, of course. I will add it."),
        ("Orsolya", f"No.\n\n{FERRY}"),
        ("Nils", SO_MUCH),
        ("user77", "Yes, if it had been dug ten years earlier."),
    ],
    "signal": [("Jonna Vik", DUG), ("Bertil Sand", FERRY), ("Orsolya Kiss", SO_MUCH)],
    "slack": [
        ("Jonna Vik", f"{DUG}\n\nIt would have saved the harbour."),
        ("Bertil Sand", FERRY),
        ("Orsolya Kiss", SO_MUCH),
        ("Jonna Vik", ANYBODY),
    ],
    "teams": [("Jonna Vik", DUG), ("Bertil Sand", FERRY), ("Orsolya Kiss", SO_MUCH)],
    "telegram": [("Jonna Vik", DUG), ("Bertil Sand", FERRY), ("Orsolya Kiss", SO_MUCH)],
    "wordpress": [("Jonna Vik", DUG), ("Bertil Sand", FERRY), ("Orsolya Kiss", SO_MUCH)],
    "x": [("Jonna Vik", DUG), ("Bertil", FERRY), ("Orsolya", SO_MUCH), ("Nils Berg", ANYBODY)],
    "youtube": [
        ("jonnavik", f"{DUG} Watch from 3:12 on."),
        ("bertil88", "The ferry came eleven years after the canal was filled in.\nNobody can blame it."),
        ("orsolya.kiss", "@bertil88 so much for the plan of 1880."),
        ("nilsberg", "First!"),
    ],
}


def read(name: str) -> Thread:
    return read_thread([PAGES / f"{name}.txt"])


@pytest.mark.parametrize("name", EXPECTED)
def test_copied_page(name: str) -> None:
    """Each post once, under its writer's name, and of its words nothing lost and nothing of the page added."""
    thread = read(name)
    assert [(post.author, post.own_text) for post in thread.posts] == EXPECTED[name]
    assert all(post.author_named for post in thread.posts)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_line_of_a_copied_page_is_lost(name: str) -> None:
    """Every word stands in one passage, or in a line that is called furniture or a name."""
    check_words((PAGES / f"{name}.txt").read_text(encoding="utf-8"))


def test_every_page_is_tested() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == set(EXPECTED)


def test_answers_and_comments_know_what_they_answer() -> None:
    """On a question page answers answer the question, comments the post above them."""
    assert [post.parent_id for post in read("se").posts] == [None, "1", "1", "1", "4", "1"]
    assert read("se").title == "Would a canal have saved the harbour?"


def test_mail_that_is_quoted_is_whose_it_says() -> None:
    """Google Groups prints the line of a mail above what it quotes."""
    quote = read("groups").posts[1].passages[0]
    assert (quote.kind, quote.text, quote.quoted_author) == ("quote", "> It would have saved the harbour.", "Jonna Vik")


def test_the_deleted_are_nobody() -> None:
    """Two posts of deleted accounts are not one person's, and what a site writes for a deleted text is no post."""
    source = (PAGES / "reddit_new.txt").read_text(encoding="utf-8")
    gone = source.replace("u/bertil88 avatar\nbertil88", "[deleted]").replace("u/nberg avatar\nnberg", "[deleted]")
    thread = read_thread_text(gone.encode(), "page.txt")
    assert [post.author_named for post in thread.posts] == [True, False, True, False]
    assert len(thread.authors) == 4


def test_two_comments_in_a_letter_are_none() -> None:
    """Prose that names days and people in passing is one text."""
    letter = (
        "Dear all,\n\nAnna came on 3 May 2024.\nShe said that the canal is dry.\n\nBen came yesterday.\n"
        "He likes it.\n\n"
        "Reply soon,\nJonna\n"
    )
    assert len(read_thread_text(letter.encode(), "letter.txt").posts) == 1
