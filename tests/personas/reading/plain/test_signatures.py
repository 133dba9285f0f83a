"""What stands at the end of members' posts, said or set by the software, and what they quote, on pages with boxes."""

from personas.reading.plain import read_plain
from personas.thread import Thread


def read(dump: str) -> Thread:
    return read_plain(dump, "made")


def own(thread: Thread) -> list[str]:
    return [post.own_text for post in thread.posts]


def page(*posts: str, software: str = "Post by {name} »") -> str:
    """A dump of a phpBB page, two members taking turns."""
    names = ("ines", "otto")
    parts = ["A bridge over the Mur\n\nAbout bridges."]
    for number, post in enumerate(posts):
        name = names[number % 2]
        box = f"User avatar\n{name}\nPosts: 5\nJoined: Sun Dec 12, 2010 4:33 pm"
        parts.append(f"{box}\n\nRe: A bridge over the Mur\n\n{software.format(name=name)}\n\n{post}")
    return "\n".join(parts)


def test_what_a_member_always_ends_with_is_a_signature() -> None:
    """Lines that two posts of one member end with are left out; what only looks like it is kept."""
    thread = read(
        page(
            "The ferry is slow.\nBuckle up and drive safely.",
            "It is not.\nworked for me",
            "It is, and it is dear.\nBuckle up and drive safely.",
            "It costs nothing.\nAnd it runs at night.",
        )
    )
    assert own(thread) == [
        "The ferry is slow.",
        "It is not.\nworked for me",
        "It is, and it is dear.",
        "It costs nothing.\nAnd it runs at night.",
    ]


def test_a_motto_a_rule_and_offers_are_signatures() -> None:
    """Seen once, a signature is left out only where its form says what it is."""
    thread = read(
        page(
            'The ferry is slow.\n"A bridge is a street that dared." - Hermine Adler',
            "It is not.\n____________________\nFerryman since 1990",
            "It is dear.\nMurBridges.com - plans for bridges | Estimates | Repairs\nwww.murbridges.com | Ask us",
            "I took a note in 1990:\n- slow\n- dear\n- wet",
        )
    )
    assert own(thread) == [
        "The ferry is slow.",
        "It is not.",
        "It is dear.",
        "I took a note in 1990:\n- slow\n- dear\n- wet",
    ]


def test_footnotes_and_announced_sayings_are_said() -> None:
    """What a writer adds below a rule of their own, or announces, is theirs."""
    posts = (
        "The ferry is slow.¹\n--\n¹ Forty minutes in 2019.",
        'As Adler said:\n"A bridge is a street that dared." - Hermine Adler',
    )
    assert [text.split("\n")[0] for text in own(read(page(*posts)))] == ["The ferry is slow.¹", "As Adler said:"]
    assert "Forty minutes" in own(read(page(*posts)))[0]


def test_a_quotation_that_begins_with_a_quotation_is_one() -> None:
    """Of two headers in a row the first says whom the post quotes; what they quoted and answered goes with it."""
    thread = read(
        page(
            "The ferry is slow, and nobody takes it in winter.",
            "ines wrote:The ferry is slow, and nobody takes it in winter.\n\nI took it every day last winter.",
            "otto wrote:\nines wrote:The ferry is slow, and nobody takes it in winter.\n\n"
            "I took it every day last winter.\nYou are the only one then.",
        )
    )
    assert own(thread)[2] == "You are the only one then."
    quotes = [part for part in thread.posts[2].passages if part.kind == "quote"]
    assert [quote.quoted_author for quote in quotes] == ["otto"]
    assert quotes[0].text.startswith("ines wrote:")


def test_a_post_may_end_with_what_it_quotes() -> None:
    """The end of one post, quoted at the end of another, is no signature of either."""
    thread = read(
        page(
            "The ferry is slow.\nNobody takes it in winter at all.",
            "Yes!\nines wrote:\nNobody takes it in winter at all.",
            "Well.",
        )
    )
    assert own(thread)[0] == "The ferry is slow.\nNobody takes it in winter at all."


def test_typed_names_are_said_and_set_ones_are_not() -> None:
    """A name that a member types now and then is theirs; what all their posts end with the software adds."""
    typed = page("The ferry is slow.\n\nIns", "Is it?", "It is dear.\n\nIns", "No.", "And wet.", "Not at all.")
    assert own(read(typed))[0] == "The ferry is slow.\n\nIns"
    added = page("The ferry is slow.\nIns", "Is it?", "It is dear.\nIns", "No.", "And wet.\nIns", "Not at all.")
    assert own(read(added))[::2] == ["The ferry is slow.", "It is dear.", "And wet."]


def test_a_quotation_of_nobody_named() -> None:
    """A line that says "Quote:" is no word of the post, and what it announces is quoted."""
    thread = read(page("The ferry is slow.", "Quote:\nBridges last a hundred years.\nWho says so?", "The books."))
    assert own(thread)[1] == "Who says so?"
    assert [part.text for part in thread.posts[1].passages if part.kind == "quote"] == ["Bridges last a hundred years."]
