"""What a sentence asserts, as far as words tell: its subject, what it denies, and which end of a scale it takes."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from debate.fidelity.phrases import REPORTED, TAKEN_UP
from language.sentences import split_sentences
from personas.terms import terms, words

_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|nobody|none|nothing|hardly|barely|scarcely|cannot|without|wouldnt|dont|doesnt"
    r"|didnt|isnt|wasnt|cant|couldnt|wont|least|lacks?|lacked)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Denies what comes next."""
_DISMISSAL = re.compile(
    r"\b(?:unlikely|impossible|unrealistic|implausible|improbable|wrong|false|untrue|mistaken|fails?|failed|far from"
    r"|nonsense|myth|fantasy|illusion|no (?:evidence|proof|sign|indication|reason to|basis|truth)"
    r"|(?:can(?:no|')t|do not|don't) (?:believe|see) (?:that|how|why))\b",
    re.IGNORECASE,
)
"""Denies the whole sentence."""
_NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely|simply)\b|\bno doubt\b|\bno wonder\b|\bnot to mention\b"
    r"|\b(?:nobody|no one|not)\b(?=[^.;]{0,80}\bby (?:accident|chance)\b)",
    re.IGNORECASE,
)
_EVERYTHING = "*"
"""What is denied where the whole sentence is."""
_FOCUS_CHARS = 60
_JOINT = re.compile(
    r"(?:,?\s+(?:and|but|while|whereas|because|although|though|yet|since)|,\s+so)\s+(?=\S+\s+\S+\s+\S+)|;\s+|:\s+",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\b(?:but|yet|while|whereas|although|though|still)\b", re.IGNORECASE)
_NEXT_CONTRASTS = re.compile(
    r"(?:but|and yet|yet|still|only|except|even so|that|they|then|so what|nobody|nothing|no\b|not)\b", re.IGNORECASE
)
_LEAST_CLAUSE_WORDS = 4
_INTERJECTION = re.compile(r"^(?:no|nope|not at all|not so|yes|well|oh)[,.!]\s+", re.IGNORECASE)
_OPPOSITES = (
    ("better improve warmer good closer benefit", "worse worsen colder bad hostile harm deteriorate"),
    ("more increase higher rise bigger stronger greater grow", "less fewer decrease lower fall smaller weaker"),
    ("popular liked loved admired friends support supported", "unpopular disliked hated despised enemies oppose"),
    ("success succeed win wins won victory", "failure lose loses lost defeat collapse"),
    ("democracy democratic free freedom", "dictator dictatorship tyranny despot"),
    ("safe peace peaceful", "dangerous threat war scary"),
    ("always everyone all every", "rarely seldom few"),
    ("legal allow allowed permit keep", "illegal ban banned forbid abolish"),
    ("true right correct fact", "false wrong nonsense myth"),
    ("easy easily simple", "hard difficult"),
    ("early sooner", "late later"),
)
_SIDE: dict[str, tuple[int, int]] = {
    word: (axis, side)
    for axis, pair in enumerate(_OPPOSITES)
    for side, listed in ((1, pair[0]), (-1, pair[1]))
    for word in listed.split()
}


class Statement(NamedTuple):
    """One sentence of somebody's own, ready to be compared."""

    terms: frozenset[str]
    norm: float
    denied: tuple[str, ...]
    """What each of its denials denies, as a term."""
    sides: Mapping[int, int]
    """Which side it takes on each scale of opposites."""


class Clause(NamedTuple):
    """A piece of a text that asserts something."""

    text: str
    is_taken_up: bool
    """True where it is somebody's words brought up to be answered: "Fine, he was popular, but ..."."""


def read_statement(text: str, weights: Mapping[str, float]) -> Statement:
    """A sentence made ready to be compared.

    Args:
        text: The sentence.
        weights: Of the terms, the rarer the heavier; a term without one counts as rare.
    """
    found = terms(text)
    norm = sum(weights.get(term, 2.0) ** 2 for term in found) ** 0.5
    plain = _NOT_ONLY.sub(" ", text)
    denied = [focus for one in _DENIAL.finditer(plain) if (focus := _focus(plain[one.end() :]))]
    denied += [_EVERYTHING for _ in _DISMISSAL.finditer(plain)]
    sides: dict[int, int] = {}
    for word in words(text):
        axis, side = _SIDE.get(word, (-1, 0))
        if axis >= 0:
            # A sentence that speaks of both ends takes neither side.
            sides[axis] = side if sides.get(axis, side) == side else 0
    return Statement(found, norm, tuple(denied), sides)


def _focus(after: str) -> str:
    """The first content term after a denial: what it denies; empty where none follows soon."""
    for word in words(after[:_FOCUS_CHARS]):
        for term in terms(word):
            return term
    return ""


def oppose(left: Statement, right: Statement) -> bool:
    """Whether two statements on one subject say opposite things.

    One denies what the other asserts, or they take opposite ends of a scale. A denial of something that the other
    does not speak of ("Tomsky had not forgiven him", "Tomsky remembers the unions") is none, nor are two denials.
    """
    left_denies, right_denies = _denials(left, right), _denials(right, left)
    dismisses = _EVERYTHING in (*left.denied, *right.denied) and bool(left.denied) and bool(right.denied)
    denials = 0 if dismisses or (left_denies and right_denies) else left_denies + right_denies
    opposed = sum(left.sides[axis] * right.sides[axis] < 0 for axis in left.sides.keys() & right.sides.keys())
    return (denials + opposed) % 2 == 1


def _denials(one: Statement, other: Statement) -> int:
    """How many denials of one statement concern what the other says."""
    return sum(focus == _EVERYTHING or focus in other.terms for focus in one.denied)


def clauses(text: str) -> Iterator[Clause]:
    """What a text asserts, piece by piece, without questions and what is put into others' mouths."""
    sentences = [one.text for one in split_sentences(text)]
    for place, sentence in enumerate(sentences):
        if sentence.endswith("?") or REPORTED.search(sentence):
            continue
        following = sentences[place + 1] if place + 1 < len(sentences) else ""
        is_answered_next = bool(_NEXT_CONTRASTS.match(following))
        concedes = bool(TAKEN_UP.search(sentence)) and bool(following)
        plain = _INTERJECTION.sub("", sentence)
        for piece, end in _pieces(plain):
            goes_on = bool(_CONTRAST.match(plain[end:].lstrip(" ,;"))) or ", but " in piece
            is_taken_up = concedes or is_answered_next or goes_on
            yield Clause(piece, is_taken_up)


def _pieces(sentence: str) -> Iterator[tuple[str, int]]:
    """The clauses of one sentence, and where each ends; a few words alone stay with what stands before them."""
    place, piece = 0, ""
    for joint in [*_JOINT.finditer(sentence), None]:
        part = sentence[place : joint.start() if joint else len(sentence)]
        piece = f"{piece} {part}".strip()
        if joint is None or len(piece.split()) >= _LEAST_CLAUSE_WORDS:
            if piece:
                yield piece, joint.start() if joint else len(sentence)
            piece = ""
        place = joint.end() if joint else len(sentence)
