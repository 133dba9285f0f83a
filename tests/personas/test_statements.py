"""What a model says that a poster argues, held against the poster's words."""

import pytest

from personas.extraction import claims_by_author
from personas.persona import Evidence
from personas.statements import MOST_EVIDENCE, MOST_EVIDENCE_WORDS, hold, is_borne_out, known_from, plain_statement
from personas.terms import words
from personas.thread import Passage, Post, Thread

MOTION = "Would a ferry have saved the island of Aldra?"
SAID = (
    "He would never have paid for a ferry, since the council of Aldra had spent 300 crowns on the church. "
    "The harbour was too shallow for anything bigger than a rowing boat. "
    "A bridge would have been better for the farmers than any boat. "
    "If Magnus had sold his mill, the council might have listened. "
    "Nobody wanted to be the first to leave, and so the young people stayed until the bakery closed its doors."
)
KNOWN = known_from([MOTION, SAID, "Magnus was a miser."])


@pytest.mark.parametrize(
    ("statement", "evidence", "expected"),
    [
        ("The harbour was too shallow for bigger boats.", "The harbour was too shallow for anything bigger", True),
        ("Magnus would never have paid for a ferry.", "He would never have paid for a ferry", True),
        ("Magnus would have paid for a ferry.", "He would never have paid for a ferry", False),
        ("Bridges would have been worse for farmers than boats.", SAID.split(". ")[2], False),
        ("Bridges would have been better for farmers than boats.", SAID.split(". ")[2], True),
        ("A ferry would have saved the island of Aldra.", "The harbour was too shallow for anything bigger", False),
        ("The motion asks whether a ferry would have saved Aldra.", "He would never have paid for a ferry", False),
        ("Olaf would never have paid for a ferry.", "He would never have paid for a ferry", False),
        ("The council had spent 400 crowns on the church.", "the council of Aldra had spent 300 crowns", False),
        (
            "The council had spent 300 crowns on the church.",
            "council of Aldra had spent 300 crowns on the church",
            True,
        ),
        ("Was the harbour too shallow for bigger boats?", "The harbour was too shallow for anything bigger", False),
        ("The harbour was too shallow for bigger boats.", "Was the harbour too shallow for anything bigger?", False),
        ("Too shallow.", "The harbour was too shallow for anything bigger", False),
        ("In other words, the harbour was too shallow.", "The harbour was too shallow for anything bigger", False),
    ],
)
def test_a_statement_says_no_more_than_its_evidence(statement: str, evidence: str, expected: bool) -> None:
    """Another name, number, side or subject than the words have is an invention; a pronoun may be made plain."""
    assert is_borne_out(statement, [evidence], KNOWN, {}) is expected


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("The poster argues that the harbour was too shallow.", "The harbour was too shallow."),
        ("he also believes the harbour was\ntoo shallow.", "The harbour was too shallow."),
        ("This author is convinced that nobody left.", "Nobody left."),
        ("The council believed in boats.", "The council believed in boats."),
    ],
)
def test_talk_about_the_poster_is_taken_off(said: str, plain: str) -> None:
    """A persona speaks for itself."""
    assert plain_statement(said) == plain


def a_thread() -> Thread:
    post = Post(id="1", author="Ida", passages=(Passage(kind="own", text=SAID),))
    return Thread(title=MOTION, format="plain", offsets="post", digest="0" * 64, posts=(post,))


def evidence(start: int, end: int) -> Evidence:
    return Evidence(post_id="1", text=SAID[start:end], start=start, end=end)


def test_what_is_not_borne_out_gives_way_to_the_posters_own_sentence() -> None:
    """The evidence stays what it is; the words of the model go."""
    claims = claims_by_author(a_thread(), MOTION)["Ida"]
    at = SAID.index("A bridge")
    held = hold("A ferry would have saved Aldra.", [evidence(at, at + 40)], claims, KNOWN, {})
    assert held is not None
    assert held.statement == "A bridge would have been better for the farmers than any boat."
    assert hold("A ferry would have saved Aldra.", [evidence(at, at + 40)], [], KNOWN, {}) is None


def test_a_whole_post_is_no_evidence() -> None:
    """Of what is too long to be read beside a statement the sentences count that come nearest to it."""
    everything = [evidence(0, len(SAID)), evidence(2, len(SAID)), evidence(4, len(SAID)), evidence(6, len(SAID))]
    held = hold("The harbour was too shallow for bigger boats.", everything, [], KNOWN, {})
    assert held is not None
    assert 1 <= len(held.evidence) <= MOST_EVIDENCE
    for one in held.evidence:
        assert len(words(one.text)) <= MOST_EVIDENCE_WORDS
        assert SAID[one.start : one.end] == one.text
        assert "too shallow" in one.text
