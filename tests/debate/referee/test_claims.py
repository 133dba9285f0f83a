"""Claims as spans: what is one, whose it is, of which history it speaks, and how it is read to stand alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.claims import load_examples
from debate.referee.checkability import assess
from debate.referee.claims import find_clauses
from debate.referee.facts import Ruling
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from tests.debate.referee.sheets_made import make_sheet

REFEREE = RuleReferee(make_sheet())
WHAT_IF = Background(motion="What if Ostrovsky had lived until 1960?")


def claims(text: str, background: Background | None = None) -> list[Ruling]:
    """What is taken for a claim about the real world."""
    return [one for one in REFEREE.judge(text, background) if one.verdict != "not_checkable"]


def readings(text: str, preceding: str = "") -> list[str]:
    """The claims as they are read."""
    found = claims(text, Background(preceding=preceding))
    return [one.reads_as or one.claim for one in found]


NEVER = ("counterfactual", "atl", "premise", "opinion", "question", "sarcasm", "reported", "prediction", "request")


@pytest.mark.parametrize("example", [one for one in load_examples() if one.kind in NEVER], ids=lambda one: one.id)
def test_what_claims_nothing_of_the_real_world_is_not_ruled_on(example: object) -> None:
    """Counterfactuals, imagined events, premises, opinions, questions, sarcasm, hearsay, predictions, orders."""
    assert [one.claim for one in claims(example.text, example.background)] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sentence", "claim", "reading"),
    [
        (
            "Ostrovsky, who died in 1944, would have stopped them.",
            "who died in 1944",
            "Ostrovsky died in 1944",
        ),
        (
            "Without the ferry strike that began in 1932 nobody would have noticed.",
            "that began in 1932",
            "the ferry strike began in 1932",
        ),
        (
            "He would have lost, because Velmora became a republic in 1935.",
            "Velmora became a republic in 1935.",
            "Velmora became a republic in 1935.",
        ),
        (
            "Ostrovsky, who died in Port Selm, was minister of mines until 1939.",
            "was minister of mines until 1939.",
            "Ostrovsky was minister of mines until 1939.",
        ),
        (
            "I doubt it, since Velmora became a republic in 1935.",
            "Velmora became a republic in 1935.",
            "Velmora became a republic in 1935.",
        ),
    ],
)
def test_real_history_inside_an_imagined_sentence_is_a_claim(sentence: str, claim: str, reading: str) -> None:
    """The span is word for word; what it leans on is lent to its reading only."""
    found = {one.claim: one.reads_as or one.claim for one in claims(sentence, WHAT_IF)}
    assert found[claim] == reading


def test_wrong_history_inside_a_counterfactual_is_objected_to() -> None:
    """The imagined half is left alone, the real half is ruled on with its fact."""
    text = "Ostrovsky, who died in 1944, would have stopped the strike."
    wrong = [one for one in REFEREE.judge(text, WHAT_IF) if one.verdict == "contradicted"]
    assert [(one.claim, one.facts) for one in wrong] == [("who died in 1944", ("ostrov-died",))]


@pytest.mark.parametrize(
    ("sentence", "preceding", "reading"),
    [
        ("He died in 1944.", "Ostrovsky moved to Port Selm.", "Ostrovsky died in 1944."),
        ("His ministry closed in 1936.", "Ostrovsky resigned.", "Ostrovsky’s ministry closed in 1936."),
        ("A year later he resigned.", "Ostrovsky became minister in 1932.", "in 1933 Ostrovsky resigned."),
        ("No, that was in 1931.", "Velmora became a republic in 1935.", "Velmora became a republic in 1931."),
        ("They won 23.4 % there.", "The Harvesters fought hard in Selm.", "Harvesters won 23.4 % in Selm."),
        ("In that election it won.", "The election of May 1934 was close.", "In the election of May 1934 it won."),
    ],
)  # fmt: skip
def test_what_points_back_is_read_with_what_it_points_to(sentence: str, preceding: str, reading: str) -> None:
    """Person, possessive, year, correction, place and group, event."""
    assert readings(sentence, preceding) == [reading]


@pytest.mark.parametrize(
    ("sentence", "preceding"),
    [
        ("He died in 1944.", "Ostrovsky met Brandt in Port Selm."),
        ("He died in 1944.", "Ostrovsky hired a deputy."),
        ("He died in 1944.", "Ostrovsky’s brother was a painter."),
        ("A year later he resigned.", "The strikes of 1932 and 1935 were long."),
        ("It was in 1944 that the harbour burned.", "The Harvest Party won."),
        ("He died in 1944.", ""),
    ],
)
def test_where_two_could_be_meant_nobody_is(sentence: str, preceding: str) -> None:
    """Two people, a nameless one, two years, an "it" that means nothing: the words stay as they are."""
    assert all(sentence.startswith(one) or one == sentence for one in readings(sentence, preceding))


def test_the_turn_answered_decides_who_he_is() -> None:
    """A false claim about "him" is objected to, and shows how it was read."""
    (ruling,) = claims("He was murdered in 1944.", Background(preceding="Nobody liked Ostrovsky in Port Selm."))
    assert (ruling.verdict, ruling.facts) == ("contradicted", ("ostrov-died",))
    assert ruling.claim == "He was murdered in 1944."
    assert ruling.reads_as == "Ostrovsky was murdered in 1944."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Our teacher says that Velmora became a republic in 1935.", ["Velmora became a republic in 1935."]),
        ("According to the textbook, Ostrovsky died in 1944.", ["Ostrovsky died in 1944."]),
        ("Ostrovsky died in 1944, according to Brook.", ["Ostrovsky died in 1944"]),
        ("The records show that Ostrovsky died in 1944.", ["Ostrovsky died in 1944."]),
        ("Brandt claims that Ostrovsky died in 1944.", []),
        ("According to you, Ostrovsky died in 1944.", []),
        ("Ostrovsky, they say, died in 1944.", []),
        ("Ostrovsky allegedly died in 1944.", []),
        ("Ostrovsky said that Velmora became a republic in 1935.", []),
        ("He claims it began in 1932, but Ostrovsky died in 1944.", ["Ostrovsky died in 1944."]),
        ('You wrote "Ostrovsky died in 1944 in Port Selm" and left.', []),
        ("> Ostrovsky died in 1944.", []),
        ('"Ostrovsky died in 1944."', ['"Ostrovsky died in 1944."']),
        ('The film "The Strike" opened in 1944.', ['The film "The Strike" opened in 1944.']),
    ],
)
def test_who_answers_for_reported_words(sentence: str, expected: list[str]) -> None:
    """A named source is the speaker's own authority; what a person says, and what is quoted, is not ruled on."""
    assert [one.claim for one in claims(sentence)] == expected


@pytest.mark.parametrize(
    ("text", "ruled"),
    [
        ("Suppose Ostrovsky died in 1920. He left three sons. The mines closed in 1925.", 0),
        ("Suppose Ostrovsky dies in 1920. In reality he died in 1940.", 1),
        ("Suppose Ostrovsky died in 1920. The mines closed.\n\nThe ferry strike began in 1935.", 1),
        ("Ostrovsky lived until 1960.", 0),
        ("Ostrovsky never saw the year 1960.", 1),
        ("Ostrovsky lived until 1950.", 1),
    ],
)
def test_a_stipulated_story_goes_on_until_it_ends(text: str, ruled: int) -> None:
    """A premise in the past tense is followed by its story; restating the what-if is no error, another date is."""
    assert len(claims(text, WHAT_IF)) == ruled


def test_a_compound_is_ruled_on_part_by_part() -> None:
    """Half right is one right and one wrong, never a whole supported."""
    text = "Velmora became a republic in March 1931, and Ostrovsky died in 1944."
    assert [one.verdict for one in claims(text)] == ["supported", "contradicted"]


PIECES = ("who ", "that ", "if ", "says ", "Ann ", "he ", "was ", "had ", "would ", "1931", " ", ", ", ". ", "? ", "\n",
          "> ",           '"', "“", "”", "; ", "and ", "but ", "because ", "x", "Élan", "在", "'s ")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_clauses_are_slices_in_order(text: str) -> None:
    """Whatever the text: every clause stands where it says, none overlaps, and each can be assessed."""
    end = 0
    for clause in find_clauses(text):
        assert text[clause.start : clause.end] == clause.text
        assert clause.start >= end
        assert assess(clause, True).time_line in ("real", "imagined", "none")
        end = clause.end


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("I would argue that Stalin became general secretary in 1924.", "Stalin became general secretary in 1924."),
        ("But I'd say that Trotsky was murdered in 1944.", "Trotsky was murdered in 1944."),
        ("I would point out that Kirov was shot in 1936.", "Kirov was shot in 1936."),
    ],
)
def test_a_polite_would_imagines_nothing(said: str, claimed: str) -> None:
    """ "I would argue that" introduces what its speaker asserts of the real history."""
    assert claimed in [clause.text for clause in find_clauses(said)]


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        (
            "Unlike Stalin, who became general secretary in 1925, Trotsky had no machine.",
            ["Stalin became general secretary in 1925", "Trotsky had no machine."],
        ),
        ("Unlike Stalin, Trotsky had no machine.", ["Unlike Stalin, Trotsky had no machine."]),
        (
            "He was an outsider, as Trotsky was, being a latecomer to the Bolsheviks.",
            ["He was an outsider, as Trotsky was", "Trotsky was a latecomer to the Bolsheviks"],
        ),
        (
            "The Bolsheviks, who'd been given half of all votes, could claim to speak for the people.",
            ["The Bolsheviks had been given half of all votes", "The Bolsheviks could claim to speak for the people."],
        ),
    ],
)
def test_what_is_said_in_passing_is_a_claim_of_its_own(said: str, readings: list[str]) -> None:
    """Whom a sentence is set against is no part of its claim, but what is said of him is one."""
    assert [clause.reading for clause in find_clauses(said)] == readings


def test_a_sentence_without_its_subject_is_a_fragment() -> None:
    """ "Or never become a leader" goes on what was said before and is neither true nor false."""
    clause = find_clauses("Or never become a major political leader in the first place.")[0]
    assert assess(clause, True).reason == "fragment"


@pytest.mark.parametrize("part", [", a dog", ", he went there", ", who came in 1922", ", and the dog barked"])
def test_ten_thousand_commas_are_read_in_linear_time(part: str) -> None:
    """Ten times the length costs about ten times the time, not a hundred."""
    spent = []
    for count in (500, 5_000):
        text = f"Stalin would have seen{part * count}."
        begun = time.process_time()
        find_clauses(text)
        spent.append(time.process_time() - begun)
    assert spent[1] < max(1.0, 30 * spent[0])
