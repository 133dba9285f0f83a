"""Who wrote posts without a name."""

from itertools import pairwise

from personas.authorship import Author, PostClues, assign_authors, made_up_labels
from personas.quotation_search import Naming
from personas.quotations import find_quotations

MILL = "The mill should be pulled down, since nobody has ground corn there for forty years."
KEEP = "Half the town learned to swim below that mill, and no car park will ever be loved like that."
COST = "Love does not mend a roof, and the roof alone would cost more than the school does in a year."
FUND = "Then let those who swim there pay for it, as the rowing club paid for its own jetty and stairs."


def _assign(
    texts: list[str], names: list[str | None] | None = None, likers: list[list[str]] | None = None
) -> list[Author]:
    names = names or [None] * len(texts)
    likers = likers or [[] for _ in texts]
    quotes = find_quotations(texts, names)
    clues = [PostClues(*parts) for parts in zip(names, texts, quotes, likers, strict=True)]
    return list(assign_authors(clues).authors)


def test_labels_never_take_a_name_that_is_there() -> None:
    assert made_up_labels(["member a"], 3) == ["Member B", "Member C", "Member D"]
    assert made_up_labels([], 28)[-2:] == ["Member AA", "Member AB"]


def test_strangers_get_a_label_each() -> None:
    authors = _assign([MILL, "Trains are late again.", "My dog ate the timetable."])
    assert len({author.name for author in authors}) == 3
    assert not any(author.named for author in authors)


def test_a_name_over_a_post_is_kept() -> None:
    assert _assign([MILL, KEEP], ["Ida", None])[0] == Author("Ida", True, 1.0)


def test_the_name_before_a_quotation_names_the_post_that_it_quotes() -> None:
    texts = [MILL, f"{MILL}\nNo, it should not."]
    quotes = find_quotations(texts, namings=[[], [Naming(0, "Ida")]])
    people = assign_authors([PostClues(None, text, found) for text, found in zip(texts, quotes, strict=True)])
    assert (people.authors[0].name, people.authors[0].named) == ("Ida", True)
    assert people.quoted[1][0].author == "Ida"


def test_a_typed_name_at_the_end_is_used_but_marked_as_inferred() -> None:
    author = _assign([f"{MILL}\n\nwaterwheel", KEEP])[0]
    assert (author.name, author.named) == ("waterwheel", False)
    assert author.confidence < 1


def test_a_last_remark_is_no_name() -> None:
    assert _assign([f"{MILL}\n\nCheers", f"{KEEP}\n\nmill"])[0].name.startswith("Member")


def test_who_defends_what_was_quoted_is_its_writer() -> None:
    roof = "And the roof leaks, the wheel is rotten, and nobody has ground corn on those stones since my father did."
    texts = [
        f"{MILL}\n\n{roof}",
        f"{MILL}\n{KEEP}\n\n{roof}\n{COST}",
        f"{KEEP}\nNobody should swim there, since the wheel is rotten and the stones are loose, as my father said."
        f"\n\n{COST}\nThen you agree that the roof should be pulled down, since nobody has mended it for years.",
        "Trains are late again.",
    ]
    authors = _assign(texts)
    assert authors[0].name == authors[2].name
    assert authors[1].name != authors[2].name
    assert authors[2].confidence < 1


def test_nobody_is_joined_with_the_one_he_quotes() -> None:
    authors = _assign([MILL, f"{MILL}\n{KEEP}", f"{KEEP}\n{COST}", f"{COST}\n{FUND}"])
    assert all(one.name != other.name for one, other in pairwise(authors))


def test_who_likes_a_post_did_not_write_it() -> None:
    texts = [f"{MILL}\n\nwaterwheel", KEEP, f"{COST}\n\nwaterwheel"]
    authors = _assign(texts, likers=[["waterwheel"], [], []])
    assert authors[2].name == "waterwheel"


def test_words_quoted_from_elsewhere_go_to_who_defends_them() -> None:
    lost = "Nobody under fifty has ever set foot in that mill, so why should they pay for it?"
    texts = [
        f"{MILL}\nIt has a fine wheel.",
        f"{MILL}\nNo, keep it.",
        f"{lost}\nI am thirty, and I was there on Sunday with both of my children and a picnic.",
        "I am thirty, and I was there on Sunday with both of my children and a picnic.\nYou are the exception, then.",
    ]
    quotes = find_quotations(texts)
    people = assign_authors([PostClues(None, text, found) for text, found in zip(texts, quotes, strict=True)])
    assert texts[2][quotes[2][0].start : quotes[2][0].end] == lost
    assert people.quoted[2][0].author == people.authors[3].name
    assert people.quoted[2][0].confidence < 0.9
