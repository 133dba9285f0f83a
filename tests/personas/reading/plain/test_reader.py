"""Plain text of forum pages and of talk: where posts begin, whose they are, what is furniture."""

from pathlib import Path

import pytest

from benchmarks.seed_thread import SEED_POSTS
from personas.reading import read_thread
from personas.reading.plain import looks_plain, read_plain
from personas.thread import Thread

SEED = Path(__file__).resolve().parents[5] / "shared" / "threads" / "trotsky-west.txt"
END = "\u00a0"


def _read(*lines: str) -> Thread:
    return read_plain("\n".join(lines) + "\n", "0" * 64)


def _own(thread: Thread) -> list[tuple[str, str]]:
    return [(post.author, post.own_text) for post in thread.posts]


def test_a_dump_is_cut_where_a_body_ends() -> None:
    thread = _read(
        "Is the quay safe?", "", "ida", "", "Banned", "It was never safe, not even in summer.", END,
        "I fell there once, in June.", END, "", "jon", "", "Member", "Donor", "They should close it.", END, "Top",
    )  # fmt: skip
    assert thread.title == "Is the quay safe?"
    assert _own(thread) == [
        ("ida", "It was never safe, not even in summer."),
        ("Member A", "I fell there once, in June."),
        ("jon", "They should close it."),
    ]
    assert [post.author_named for post in thread.posts] == [True, False, True]


def test_what_follows_the_end_mark_belongs_to_the_post_before() -> None:
    thread = _read(
        "Is the quay safe?", "", "No, and it never was.", END, "Last edited:", "  • Like", "Reactions: ida and jon",
        "I fell there once.", END, "Back", "Top",
    )  # fmt: skip
    assert [text for _, text in _own(thread)] == ["No, and it never was.", "I fell there once."]


def test_a_rule_of_underscores_is_no_end() -> None:
    thread = _read("Is the quay safe?", "", "First part.", "", "__________", "", "Second part.", END, "Yes.", END)
    assert [text for _, text in _own(thread)] == ["First part.\n\n__________\n\nSecond part.", "Yes."]


def test_numbers_and_dates_over_posts_are_no_words_of_theirs() -> None:
    posts = ["It is not safe.", "It is.", "I fell there.", "So did I."]
    lines = [line for number, text in enumerate(posts, start=1) for line in (f"#{number} ·", text, END)]
    assert [text for _, text in _own(_read("Is the quay safe?", "", *lines))] == posts
    lines = [
        line for number, text in enumerate(posts, start=3) for line in (f"{number} March 2024, 10:0{number}", text, END)
    ]
    assert [text for _, text in _own(_read("Is the quay safe?", "", "Mind the quay.", END, *lines))][1:] == posts


def test_names_of_pictures_and_phones_are_no_words() -> None:
    thread = _read(
        "The quay", "", "Look at it.", "IMG_2034.jpg", "It is broken.", "Sent from my phone", END, "Yes.", END
    )
    assert thread.posts[0].own_text == "Look at it.\n\nIt is broken."


def test_a_quote_header_names_the_writer_and_is_no_word_of_the_post() -> None:
    said = "The quay was never safe, not even in the dry summer of last year."
    thread = _read("The quay", "", said, END, "ida said:", said, "I never fell there.", END)
    quote = thread.posts[1].passages[0]
    assert (quote.quoted_author, quote.quoted_post, quote.inferred) == ("ida", "1", False)
    assert thread.posts[0].author == "ida"
    assert thread.posts[1].own_text == "I never fell there."


def test_talk_with_names_before_the_words() -> None:
    thread = _read(
        "Is the quay safe?", "", "Ida:", "No.", "", "Jon B.:", "> No.", "Why not?", "", "Ida:", "It is broken.", "",
        "As everybody knows.",
    )  # fmt: skip
    assert _own(thread) == [("Ida", "No."), ("Jon B.", "Why not?"), ("Ida", "It is broken.\n\nAs everybody knows.")]
    assert any("told apart" in note for note in thread.notes)


def test_talk_with_times_and_names_on_the_line() -> None:
    thread = _read("[12:01] ida: is it safe?", "[12:02] jon: no", "and it never was", "[12:03] ida: oh")
    assert _own(thread) == [("ida", "is it safe?"), ("jon", "no\nand it never was"), ("ida", "oh")]


def test_pages_of_other_boards() -> None:
    phpbb = _read(
        "Is the quay safe?", "", "ida", "Posts: 12", "Joined: Mon May 03, 2010 1:00 pm", "", "Is the quay safe?", "",
        "Post by ida »", "", "No.", "Top", "jon", "Posts: 3", "Joined: Tue May 04, 2010 1:00 pm", "",
        "Re: Is the quay safe?", "", "Post by jon »", "", "ida wrote:", "No.", "Why not?", "Top",
    )  # fmt: skip
    assert _own(phpbb) == [("ida", "No."), ("jon", "Why not?")]
    fluxbb = _read(
        "The quay", "", "#1 2024-08-03 10:59:47", "", "ida", "Member", "Registered: 2024-01-27", "Posts: 98", "",
        "Is it safe?", "", "#2 2024-08-03 14:22:38", "", "jon", "Member", "Registered: 2012-09-03", "Posts: 7", "",
        "No.",
    )  # fmt: skip
    assert _own(fluxbb) == [("ida", "Is it safe?"), ("jon", "No.")]


def test_text_without_any_mark_is_one_post_and_says_so() -> None:
    thread = _read("The quay.", "", "It has two ends. Note: one of them is under water.", "", "Nobody minds.")
    assert len(thread.posts) == 1
    assert any("one post" in note for note in thread.notes)


@pytest.mark.parametrize(
    ("source", "plain"), [("", False), (" \n", False), ("<html>", False), ('{"a": 1}', False), ("Hello.", True)]
)
def test_what_may_be_plain(source: str, plain: bool) -> None:
    assert looks_plain(source) is plain


def test_pages_without_words_are_read_too() -> None:
    assert _read("", END, "").posts == ()
    assert [post.own_text for post in _read("The quay", "", "Yes.", END, "🙂", END).posts] == ["Yes.", "🙂"]


@pytest.mark.skipif(not SEED.exists(), reason="the seed thread is not beside the repository")
class TestSeedThread:
    """The first thread that the product must handle, against a careful reading of it (offsets only)."""

    @pytest.fixture
    def thread(self) -> Thread:
        return read_thread([SEED])

    def test_its_eight_posts_begin_and_end_where_they_should(self, thread: Thread) -> None:
        spans = [(post.passages[0].start, post.passages[-1].end) for post in thread.posts]
        assert spans == [(post.start, post.end) for post in SEED_POSTS]

    def test_every_quotation_is_found_and_nothing_else_is_one(self, thread: Thread) -> None:
        found = [[(q.start, q.end) for q in post.passages if q.kind == "quote"] for post in thread.posts]
        assert found == [[(quote.start, quote.end) for quote in post.quotes] for post in SEED_POSTS]

    def test_quotations_from_the_page_point_to_their_posts(self, thread: Thread) -> None:
        for post, gold in zip(thread.posts, SEED_POSTS, strict=True):
            quotes = [part for part in post.passages if part.kind == "quote"]
            for quote, wanted in zip(quotes, gold.quotes, strict=True):
                assert quote.quoted_post == (None if wanted.source is None else str(wanted.source))
                assert quote.quoted_author != post.author

    def test_six_people_wrote_it(self, thread: Thread) -> None:
        names = [post.author for post in thread.posts]
        assert names[1] == names[3]
        assert names[2] == names[4]
        assert len(set(names)) == 6
        assert [post.author_named for post in thread.posts] == [True, False, False, False, False, True, False, True]

    def test_what_was_worked_out_is_never_quite_sure(self, thread: Thread) -> None:
        assert all(post.author_confidence < 1 for post in thread.posts if not post.author_named)
        assert all(q.confidence < 1 for post in thread.posts for q in post.passages if q.inferred)


def _board_page(*, count: int) -> str:
    """A page whose posts have a head that no word list knows: only its recurrence gives it away."""
    people = ["Rosalind", "Teodor", "Imke"]
    posts = []
    for number in range(count):
        who = people[number % 3]
        body = f"The ferry number {number} was late because the tide table was misprinted that week."
        head = f"#{number + 1}\n{who}\nKarma: {number * 7}\nBarks at {number} moons"
        posts.append(f"{head}\n{body}\n{who} is offline\nHoot {number}")
    return "Late ferries\n\n" + "\n".join(posts)


def test_heads_and_ends_that_recur_are_no_words_of_the_posts() -> None:
    thread = read_plain(_board_page(count=7), "0" * 64)
    assert [post.author for post in thread.posts[:3]] == ["Rosalind", "Teodor", "Imke"]
    assert all(post.author_named for post in thread.posts)
    assert [post.passages[0].text for post in thread.posts] == [
        f"The ferry number {number} was late because the tide table was misprinted that week." for number in range(7)
    ]


def test_posts_in_a_numbered_list_lose_their_number_and_keep_their_name() -> None:
    items = "\n".join(
        f"  {number}. {who}\n\n    {who}\n\n    The kiln of house {number} cracked in the cold.\n    \u00a0"
        for number, who in enumerate(["Berit", "Oskar", "Jutta", "Pavel"], start=1)
    )
    thread = read_plain(f"Cracked kilns\n\n{items}\n", "0" * 64)
    assert [post.author for post in thread.posts] == ["Berit", "Oskar", "Jutta", "Pavel"]
    assert [post.passages[0].text for post in thread.posts] == [
        f"The kiln of house {number} cracked in the cold." for number in range(1, 5)
    ]


def test_a_short_text_of_short_lines_is_still_a_text() -> None:
    """A recipe or a list has the look of a page's foot; where there is nothing else it is what was written."""
    recipe = "Apple pie\n\nServes 4\nPrep 20 minutes\n\n1 kg apples\n200 g flour\n\nBake for 1 hour at 180.\n\n"
    recipe += "Jonna Vik\nMarch 3, 2024\n"
    thread = read_plain(recipe, "0" * 64)
    assert [post.own_text for post in thread.posts] == [recipe.strip()]
