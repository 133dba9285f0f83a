"""What a model may put into a poster's mouth: a statement that the poster's words bear out, else the words themselves.

A model that is asked what somebody argues also answers with the motion, with talk about "the poster", with a whole
post, or with the contrary. A statement counts only where the words that it rests on say as much; otherwise the
poster's own sentence takes its place, and where no sentence of theirs can stand alone there is no position.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from language.sentences import split_sentences
from personas.persona import Evidence, Position
from personas.positions import Claim, as_position
from personas.terms import denials, similarity, terms, words

MOST_EVIDENCE = 3
MOST_EVIDENCE_WORDS = 60
"""Longer evidence is narrowed to the sentences in it that come nearest to the statement."""
MOST_STATEMENT_WORDS = 45
LEAST_STATEMENT_WORDS = 4
LEAST_BACKED = 0.7
"""The share of a statement's weight, 0 to 1, that one piece of its evidence must hold: what is gathered from all over
a post is the model's own sum."""
_STEM_LETTERS = 5
_REPORTS = re.compile(
    r"^(?:(?:the|this) (?:poster|author|writer|user|speaker|commenter|op|person|post)|he|she|they|i)\s+"
    r"(?:\w+ly\s+|also\s+|then\s+)?"
    r"(?:argues?|believes?|thinks?|claims?|says?|states?|suggests?|maintains?|points? out|notes?|asserts?|feels?|"
    r"contends?|holds?|insists?|is (?:convinced|sure|of the opinion))\s+(?:that\s+)?",
    re.IGNORECASE,
)
_OF_THE_TASK = re.compile(
    r"\bthe (?:motion|poster|commenter|op|posts?|passage|text above|given text|excerpt)\b|\bthe (?:author|writer|user) "
    r"(?:argues|says|believes|thinks|claims|of the)|\b(?:this|the) (?:discussion|thread|question) (?:asks|is about)\b|"
    r"^(?:in other words|position|statement)\b",
    re.IGNORECASE,
)
_CONTRARIES = tuple(
    (frozenset(left.split()), frozenset(right.split()))
    for left, right in (
        ("better improve improved improves", "worse worsen worsens"),
        ("good right moral", "bad wrong immoral evil"),
        ("more greater higher bigger increase increased", "less fewer lower smaller decrease decreased"),
        ("likely possible probable plausible realistic", "unlikely impossible improbable implausible unrealistic"),
        ("always", "never"),
        ("all everybody everyone", "none nobody"),
        ("before", "after"),
        ("legal allow allowed allows", "illegal ban banned forbid forbidden"),
        ("win wins won", "lose loses lost"),
        ("support supports supported", "oppose opposes opposed"),
        ("strong stronger", "weak weaker"),
        ("friendly", "hostile"),
    )
)
_NUMBER = re.compile(r"\d[\d.,]*")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w'’-]+")


class Known(NamedTuple):
    """What a poster's statements may speak of."""

    words: frozenset[str]
    """The words, lower case, of the poster's posts, of what they quote, and of the motion."""
    names: frozenset[str]
    """Those of them that are written with a capital in the middle of a sentence."""


def known_from(texts: Iterable[str]) -> Known:
    """What these texts, a poster's posts and the motion, allow a statement to name."""
    texts = list(texts)
    names = {word for text in texts for name in _NAME.findall(" ".join(text.split())) for word in words(name)}
    return Known(frozenset(word for text in texts for word in words(text)), frozenset(names))


def hold(
    statement: str,
    evidence: Iterable[Evidence],
    claims: Sequence[Claim],
    known: Known,
    weights: Mapping[str, float],
) -> Position | None:
    """The position as the poster's words bear it out; None where they hold nothing that could be one.

    Args:
        statement: As a model worded it.
        evidence: Located in the poster's own words; at least one.
        claims: The poster's own sentences that can stand as a position.
        known: What the statement may name.
        weights: Rarity of terms in the thread.
    """
    wanted = plain_statement(statement)
    places = _narrowed(evidence, terms(wanted), weights)
    if is_borne_out(wanted, [one.text for one in places], known, weights):
        return Position(id="model", statement=wanted, evidence=tuple(places))
    near = [claim for claim in claims if any(claim.evidence.overlaps(place) for place in places)]
    if not near:
        return None
    best = max(near, key=lambda claim: (similarity(claim.terms, terms(wanted), weights), claim.judgement.argues))
    return as_position([best], 0)


def plain_statement(statement: str) -> str:
    """A statement on one line, without "The poster argues that", and with a capital."""
    plain = _REPORTS.sub("", " ".join(statement.split()))
    return plain[:1].upper() + plain[1:]


def is_borne_out(statement: str, evidence: Sequence[str], known: Known, weights: Mapping[str, float]) -> bool:
    """Whether a statement says no more than these words, and not the contrary."""
    said = words(statement)
    if not LEAST_STATEMENT_WORDS <= len(said) <= MOST_STATEMENT_WORDS or statement.endswith("?"):
        return False
    if _OF_THE_TASK.search(statement):
        return False
    joined = " ".join(evidence)
    if set(_NUMBER.findall(statement)) - set(_NUMBER.findall(joined)):
        return False
    if any(word not in known.words for name in _NAME.findall(statement) for word in words(name)):
        return False
    if terms(said[0]) and said[0][:_STEM_LETTERS] not in {word[:_STEM_LETTERS] for word in known.words}:
        return False  # it may be a name as well
    # Whom "he" means is what a model may say instead of the poster; names alone bear nothing out.
    told = terms(" ".join(word for word in said if word not in known.names))
    asserted = [text for text in evidence if not text.rstrip("\"'”’) ").endswith("?")]
    best = max((_share(told, terms(text), weights) for text in asserted), default=0.0)
    return best >= LEAST_BACKED and not _is_contrary(said, evidence)


def _share(wanted: frozenset[str], there: frozenset[str], weights: Mapping[str, float]) -> float:
    """The share of the wanted terms' weight that is there, in whatever form ("farming" for "farms")."""
    total = sum(weights.get(term, 2.0) for term in wanted)
    if not total:
        return 0.0
    stems = {term[:_STEM_LETTERS] for term in there}
    return sum(weights.get(term, 2.0) for term in wanted if term[:_STEM_LETTERS] in stems) / total


def _is_contrary(said: Sequence[str], evidence: Sequence[str]) -> bool:
    """Whether the words nearest to the statement deny what it affirms, or take the other side of a pair."""
    sentences = [words(one.text) for text in evidence for one in split_sentences(text)]
    nearest = max(sentences, key=lambda one: len(set(one) & set(said)) / (len(set(one)) + 5), default=[])
    if denials(said) % 2 != denials(nearest) % 2:
        return True
    everything = {word for one in sentences for word in one}
    own = set(said)
    return any(
        (own & left and not own & right and everything & right and not everything & left)
        or (own & right and not own & left and everything & left and not everything & right)
        for left, right in _CONTRARIES
    )


def _narrowed(evidence: Iterable[Evidence], wanted: frozenset[str], weights: Mapping[str, float]) -> list[Evidence]:
    """The evidence that comes nearest to the statement, each piece short enough to be read beside it."""
    places = dict.fromkeys(_short(one, wanted, weights) for one in evidence)
    ranked = sorted(places, key=lambda one: -similarity(terms(one.text), wanted, weights))
    return ranked[:MOST_EVIDENCE]


def _short(evidence: Evidence, wanted: frozenset[str], weights: Mapping[str, float]) -> Evidence:
    if len(words(evidence.text)) <= MOST_EVIDENCE_WORDS:
        return evidence
    sentences = split_sentences(evidence.text)
    alone = [(one.start, one.end) for one in sentences]
    together = [(one.start, other.end) for one, other in pairwise(sentences)]
    fitting = [
        (start, end)
        for start, end in (*alone, *together)
        if len(words(evidence.text[start:end])) <= MOST_EVIDENCE_WORDS
    ]
    if not fitting:
        return evidence
    start, end = max(fitting, key=lambda one: similarity(terms(evidence.text[slice(*one)]), wanted, weights))
    return evidence.model_copy(
        update={"text": evidence.text[start:end], "start": evidence.start + start, "end": evidence.start + end}
    )
