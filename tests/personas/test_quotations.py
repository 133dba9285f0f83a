"""Telling own words from quoted ones without markup."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from personas.quotation_search import Naming
from personas.quotations import find_quotations, mark_quotations
from personas.thread import Passage, Post

OPENING = "The ferry is slow and dear, and the town would be better served by a bridge of its own."
DOUBT = "A bridge costs ten times what the ferry does, and somebody has to pay for it every year."


def _post(number: int, author: str, text: str) -> Post:
    return Post(id=str(number), author=author, passages=(Passage(kind="own", text=text, start=0, end=len(text)),))


def _marked(*said: tuple[str, str]) -> tuple[Post, ...]:
    return mark_quotations([_post(number, author, text) for number, (author, text) in enumerate(said, start=1)])


def _parts(post: Post) -> list[tuple[str, str, str | None]]:
    return [(part.kind, part.text, part.quoted_author) for part in post.passages]


def test_a_repeated_paragraph_is_credited_to_its_writer() -> None:
    posts = _marked(("Ida", OPENING), ("Jon", f"{OPENING}\nWho would pay for that?"))
    assert _parts(posts[1]) == [("quote", OPENING, "Ida"), ("own", "Who would pay for that?", None)]
    quote = posts[1].passages[0]
    assert (quote.quoted_post, quote.inferred) == ("1", True)
    assert (quote.start, quote.end) == (0, len(OPENING))


def test_several_quotations_and_their_answers_are_told_apart() -> None:
    text = f"{OPENING}\nIt is neither.\n\n{DOUBT}\nThen let those pay who cross it."
    posts = _marked(("Ida", OPENING), ("Jon", DOUBT), ("Kim", text))
    assert [(kind, author) for kind, _, author in _parts(posts[2])] == [
        ("quote", "Ida"),
        ("own", None),
        ("quote", "Jon"),
        ("own", None),
    ]


def test_a_quotation_of_a_quotation_goes_to_who_said_it_first() -> None:
    posts = _marked(("Ida", OPENING), ("Jon", f"{OPENING}\nWho pays?"), ("Kim", f"{OPENING}\nJon is right to ask."))
    assert posts[2].passages[0].quoted_author == "Ida"


def test_an_edited_quotation_is_still_one() -> None:
    edited = "The ferry is slow and dear, [...] and the town would be better served by a bridge of it's own."
    posts = _marked(("Ida", OPENING), ("Jon", f"{edited}\n\nFerries have been faster since May."))
    assert _parts(posts[1])[0] == ("quote", edited, "Ida")


def test_changed_quotation_marks_and_dashes_do_not_hide_a_quotation() -> None:
    said = 'They call it "progress" - the council\'s word - when a street dies of its traffic.'
    typed = "They call it “progress” – the council’s word – when a street dies of its traffic."
    posts = _marked(("Ida", said), ("Jon", f"{typed}\nIt is their word."))
    assert _parts(posts[1])[0] == ("quote", typed, "Ida")


def test_a_shared_phrase_is_no_quotation() -> None:
    posts = _marked(
        ("Ida", "At the end of the day the bridge is a matter of money for the town."),
        ("Jon", "I take the ferry, and at the end of the day the bridge is a matter of taste for me."),
    )
    assert [part.kind for part in posts[1].passages] == ["own"]


def test_people_who_repeat_themselves_do_not_quote_themselves() -> None:
    posts = _marked(("Ida", OPENING), ("Jon", "Who would pay for that?"), ("Ida", f"I say it again. {OPENING}"))
    assert [part.kind for part in posts[2].passages] == ["own"]


def test_signatures_under_every_post_are_no_quotations() -> None:
    said = ["Ferries rust.", "Bridges rust too.", "Rust can be painted over.", "Paint costs money.", "So do ferries."]
    posts = _marked(
        *((name, f"{text}\n\nSlow and steady wins the race at last") for name, text in zip("ABCDE", said, strict=True))
    )
    assert all(part.kind == "own" for post in posts for part in post.passages)


def test_an_answered_paragraph_of_unknown_source_is_inferred() -> None:
    text = "You people never think of what the school bus does in winter.\nI do think of it, and you know I drive one."
    threads = [
        ("Ida", OPENING),
        ("Jon", f"{OPENING}\nNo, it is not."),
        ("Kim", f"{DOUBT}\n\nThat is so."),
        ("Lea", text),
    ]
    quote, answer = _marked(*threads)[3].passages
    assert (quote.kind, quote.inferred, quote.quoted_post) == ("quote", True, None)
    assert 0.5 <= quote.confidence < 0.95
    assert answer.text.startswith("I do think")


def test_a_postscript_that_is_answered_is_somebody_elses() -> None:
    text = f"{OPENING}\n\nP.S. The school bus could never use such a bridge, I fear.\n\nIMO it could, and it would."
    kinds = [part.kind for part in _marked(("Ida", "Bridges, then."), ("Jon", text))[1].passages]
    assert kinds == ["own", "quote", "own"]


def test_ones_own_postscript_stays_ones_own() -> None:
    text = f"{OPENING}\n\nP.S. The school bus could never use such a bridge, I fear."
    assert [part.kind for part in _marked(("Ida", "Bridges, then."), ("Jon", text))[1].passages] == ["own"]


def test_lines_marked_as_quoted_are_quotations_whoever_said_them() -> None:
    text = "> Nobody in this file ever said these words\n> or these ones.\nThen why bring them up?"
    quote, answer = _marked(("Ida", "Bridges, then."), ("Jon", text))[1].passages
    assert (quote.kind, quote.quoted_author, answer.text) == ("quote", None, "Then why bring them up?")


def test_a_name_before_a_quotation_is_kept_even_where_its_source_is_missing() -> None:
    text = "Words of another page.\nI see."
    ((quote,),) = find_quotations([text], namings=[[Naming(0, "Ida")]], infer=False)
    assert (text[quote.start : quote.end], quote.name, quote.source) == ("Words of another page.", "Ida", None)


def test_quotations_that_markup_gave_stay_as_they_are() -> None:
    given_quote = Passage(kind="quote", text=OPENING, quoted_author="Ida", quoted_post="1")
    post = Post(id="2", author="Jon", passages=(given_quote, Passage(kind="own", text="Who pays?")))
    assert mark_quotations([_post(1, "Ida", OPENING), post])[1] == post


@given(
    st.lists(st.lists(st.sampled_from([OPENING, DOUBT, "No.", "So you say.", "Why?", "> Hm"]), max_size=5), max_size=6)
)
def test_no_word_is_lost_or_doubled(said: Sequence[Sequence[str]]) -> None:
    posts = [_post(number, f"P{number % 3}", "\n".join(lines)) for number, lines in enumerate(said) if lines]
    for before, after in zip(posts, mark_quotations(posts), strict=True):
        assert " ".join(part.text for part in after.passages).split() == before.text.split()
        for part in after.passages:
            assert before.text[part.start : part.end] == part.text


def test_an_argument_posted_twice_by_one_person_is_no_quotation() -> None:
    paragraph = " ".join(
        f"The ferry number {number} leaves the northern quay late on market days." for number in range(14)
    )
    texts = [
        f"{paragraph}\n\nWhat say you?",
        "I take the bus instead.",
        f"Once more:\n\n{paragraph}\n\nNobody answered.",
    ]
    assert find_quotations(texts, ["Ane", "Bo", "Ane"])[2] == []
    assert [quote.source for quote in find_quotations(texts, ["Ane", "Bo", "Cai"])[2]] == [0]


def test_a_signature_does_not_make_the_post_above_it_announced_words() -> None:
    text = (
        "The short answer is:\n\nI would keep the ferry, because the bridge costs more than it can save us here.\n\n"
        "I would also paint it green, and let the school children ride for nothing all year.\n\n-Ane"
    )
    assert find_quotations(["Ferry or bridge?", text], ["Bo", "Ane"])[1] == []


ARTICLE = [
    "Ferry or bridge: a town decides",
    "By Ida Jonson",
    "The council of the town voted on Monday for a bridge across the northern sound, after years of quarrels.",
    'Opponents had asked for a second ferry. "We were never heard," the head of their group said.',
    "The bridge is to be finished in four years; it will cost as much as ten ferries, according to the harbour office.",
    '"I shall never set foot on it," one fisherman added, and many on the quay agreed with him on that evening.',
]


def test_a_news_item_under_its_byline_is_quoted_to_its_end() -> None:
    """From the headline on nobody but reported people say "I"; the writer's own remark before it stays."""
    text = "Look what they did to us.\n\n" + "\n\n".join([ARTICLE[0] + "\n" + ARTICLE[1], *ARTICLE[2:]])
    own, quote = _marked(("Jon", "Bridges, then."), ("Kim", text))[1].passages
    assert (own.text, quote.kind, quote.quoted_author) == ("Look what they did to us.", "quote", None)
    assert quote.text.startswith(ARTICLE[0])
    assert quote.text.endswith(ARTICLE[-1])


def test_what_is_taken_from_somewhere_is_quoted_until_somebody_speaks() -> None:
    """An excerpt goes on over paragraphs; the first that says "I" is the writer's own."""
    text = "\n\n".join(
        ["Read this. From the harbour office:", ARTICLE[2], ARTICLE[4], "I do not believe a word of it."]
    )
    kinds = [(part.kind, part.text[:20]) for part in _marked(("Jon", "Bridges."), ("Kim", text))[1].passages]
    assert kinds == [("own", "Read this. From the "), ("quote", ARTICLE[2][:20]), ("own", "I do not believe a w")]


def test_sayings_and_credited_words_are_quoted() -> None:
    """A saying goes with the name behind it; so do words over a line that only says whose they are."""
    saying = '"Whoever builds a bridge has two banks to answer to, and no friends on either." - A. Mason'
    credited = (
        "A ferry carries whoever waits for it, but a bridge carries only those who never had to wait for anything."
    )
    for text in (f"{saying}\n\nSo it is.", f"{credited}\n-- A. Mason, On Crossings\n\nThat is all."):
        kinds = [part.kind for part in _marked(("Jon", "Bridges."), ("Kim", text))[1].passages]
        assert kinds == ["quote", "own"]


def test_the_credit_of_the_software_is_no_word_of_the_writer() -> None:
    """The line "Originally posted by" goes with the quotation below it, and no quotation takes it twice."""
    text = f"Originally posted by Ida\n{OPENING}\n\nWho would pay for that?"
    found = _marked(("Ida", OPENING), ("Jon", text))[1].passages
    assert [(part.kind, part.quoted_author) for part in found] == [("quote", "Ida"), ("own", None)]
    assert found[0].text.startswith("Originally posted")


def test_what_its_answer_takes_up_nothing_of_is_no_quotation_of_a_dump() -> None:
    """Two paragraphs about two things are one person's, however they are set; an answer takes up words of another's."""
    elsewhere = "You would close the harbour for a single bridge and call that progress?\n"
    answered = f"{elsewhere}No, you misread me: nobody wants to close the harbour."
    apart = f"{elsewhere}No, you misread me: nothing of the sort was ever meant."
    for text, count in ((answered, 1), (apart, 0)):
        found = find_quotations([OPENING, DOUBT, text], answered_only=True)
        assert len(found[2]) == count, text
    assert len(find_quotations([OPENING, DOUBT, apart])[2]) == 1
