"""Grounds of an objection that are denials: an opposite, "only" where there is more, or "not" where there is."""

import re

from debate.referee.comparison import Match
from debate.referee.facets import Facet
from debate.referee.findings import Ground
from debate.referee.grounds.names import same_slot
from debate.referee.grounds.pairing import Pair, tied, word_after
from debate.referee.lexical import lemma
from debate.referee.lexicon import NEGATIVE_VERBS
from debate.referee.reading import read
from debate.referee.rivalry import DENIAL, NEGATING, same_verb
from language.words import stem, word_set

_HALF, _NEARLY_ALL = 0.5, 0.8


def find_opposite(pair: Pair) -> Ground | None:
    """A word of the claim that is the opposite of one of the statement's: "highest" for "lowest"."""
    if pair.cover < _HALF:
        return None
    text = pair.statement.text.lower()
    for match in pair.one.missing:
        other = pair.one.entry.own_stems.get(match.other)
        if match.kin != "opposite" or other is None or match.word.fold in _WEAK or other.fold in _WEAK:
            continue
        if pair.sentence_at(other.start) != pair.rivals.sentence:
            continue
        # Northwest is west as well.
        one_thing = word_after(pair.claim, match.word.end) == word_after(pair.statement, other.end)
        if (
            (one_thing or match.word.fold not in text)
            and not match.word.text[0].isupper()
            and not other.text[0].isupper()
        ):
            return Ground("opposite", match.word.text, other.text)
    return _affixed(pair) or _without(pair)


_WEAK = word_set(
    """go goes going went come comes coming came open left right before after more less live lives lived living
    first last second third"""
)
"""Words whose opposites say different things of the same."""


def _without(pair: Pair) -> Ground | None:
    """A word in -less for what the statement has: "childless" beside "three children"."""
    for match in pair.one.missing:
        base = match.word.fold.removesuffix("less")
        if base == match.word.fold or len(base) < _SHORTEST or not pair.subject_met:
            continue
        other = pair.one.entry.own_stems.get(lemma(stem(base)))
        if other is not None:
            return Ground("opposite", match.word.text, other.text)
    return None


def _affixed(pair: Pair) -> Ground | None:
    """A word that the statement has with, or without, a denying prefix: "affiliated", "unaffiliated"."""
    if not pair.value("affix_opposite"):
        return None
    for match in pair.one.missing:
        for other in pair.one.entry.own_stems.values():
            long, short = sorted((match.word.fold, other.fold), key=len, reverse=True)
            if long != short and len(short) > _SHORTEST and any(one + short == long for one in NEGATING):
                return Ground("opposite", match.word.text, other.text)
    return None


_SHORTEST = 4
_ONLY = re.compile(
    r"(?<!not )\b(?:only|solely|exclusively|nothing but)\b(?! (?:because|after|when|if|until|by|since|in \d|one of)\b)",
    re.I,
)
_SIBLINGS = re.compile(
    r"\b(?:brothers?|sisters?|siblings?|youngest|eldest|oldest|(?:first|second|third|fourth|fifth|sixth|seventh|last)"
    r"(?:-born| child| of)|one of (?:\w+ )?(?:\w+|\d+) children|twins?)\b",
    re.IGNORECASE,
)


_FEW = re.compile(
    r"\b(?:only|solely|exclusively)\s+(?:\w+\s+){0,2}?(?:once|twice|\d|one|two|three|four|five|\w+teen|\w+ty|half|partly|slightly)\b",
    re.I,
)
"""Words that say how little or how seldom, not that there is nothing else."""
_FOR_ONLY = 0.6


def find_more(pair: Pair) -> Ground | None:
    """What the statement has besides that which the claim calls the only one."""
    only = _ONLY.search(pair.claim.text)
    if only is None or pair.cover < _HALF or not pair.value("exclusive"):
        return None
    if re.search(r"\bonly (?:child|son|daughter)\b", pair.claim.text, re.IGNORECASE):
        other = _SIBLINGS.search(pair.statement.text)
        return Ground("only", only[0], other[0]) if other else None
    if _EXCEPT.search(pair.statement.text) or _FEW.search(pair.claim.text) or not pair.subject_met:
        return None
    told = [facet for facet in pair.rivals.claimed[1:] if facet.sort in _THINGS]
    scope = [facet for facet in told if facet.start >= only.end()] or told
    for facet in scope[:3]:
        other_facet = _besides(pair, facet)
        if other_facet is not None:
            said = pair.claim.text[facet.start : facet.end]
            return Ground("only", f"only {said}", tied(pair.statement.text, other_facet))
    return Ground("only", only[0], "")


_EXCEPT = re.compile(r"\b(?:except|other than|apart from|only|sole)\b", re.IGNORECASE)


def _are_both_kinds(pair: Pair, facet: Facet, other: Facet) -> bool:
    """Whether the claim says what its subject is, and the statement what else it is: of nations, or of other things."""
    said = facet.preposition == other.preposition == "is" and pair.sentence_of_definition == other.sentence
    return said and (facet.sort == "nation") == (other.sort == "nation")


_THINGS = ("noun", "name", "place", "nation")


def _besides(pair: Pair, facet: Facet) -> Facet | None:
    spoken = {match.word.stem for match in pair.one.matches} | {m.other for m in pair.one.matches if m.share}
    for other in reversed(pair.rivals.known):
        if any(part in spoken for part in other.stems) or other.sort not in _THINGS:
            continue
        if _are_both_kinds(pair, facet, other):
            return other
        if not pair.near(other):
            continue
        if facet.verb and other.verb and same_verb(facet.verb, other.verb):
            return other
        if (
            facet.preposition not in ("", "is")
            and facet.preposition == other.preposition
            and same_slot(pair, facet, other)
        ):
            return other
    return None


_UNTIL = re.compile(
    r"(?:\bnot|n['’`]?t|\bnever)\b[^.;!?]*\b(?:until|till|before)\b|\bnot (?:only|just|merely)\b"
    r"|\bnothing but\b|\bnone other\b|, not\b",
    re.I,
)
_SHARE_DENIED = 0.6
_ANY = word_set(
    """any anything anybody anyone ever always yet still all says said say claims claimed make makes
    made making do does did doing have has had having take takes taken"""
)


def find_denial(pair: Pair) -> Ground | None:
    """That one of the two denies what the other says."""
    if _UNTIL.search(pair.claim.text) or not pair.subject_met:
        return None
    if pair.value("exclusive") and _EXCEPT.search(pair.statement.text):
        return None
    if pair.value("fact_negated") > 0:
        if pair.value("number_absent") > 0 or pair.value("date_absent") > 0 or pair.cover < _NEARLY_ALL:
            return None
        denies = pair.value("negation_differs") > 0 and _is_denied_there(pair)
        return Ground("negation", "", "") if denies else None
    if pair.value("negation_differs") > 0 or pair.value("denied") > 0:
        return Ground("negation", "", "") if is_said(pair) else None
    return None


_NOT = re.compile(r"\b(?:not|never|no|nobody|none|neither|without|cannot)\b|n['’]t\b", re.IGNORECASE)


def _is_denied_there(pair: Pair) -> bool:
    """Whether what the statement denies, the words behind its "not", is what the claim says."""
    text = pair.nearest
    found = _NOT.search(text)
    if found is None:
        return False
    tail = {word.stem for word in read(text[found.end() :]).content}
    said = [match for match in pair.one.matches if match.share and match.word.start >= pair.verb_start]
    return any(match.other in tail for match in said)


def is_said(pair: Pair) -> bool:
    """Whether the statement has what the claim says or denies of its subject, not only the subject."""
    subject = {match.word.stem for match in pair.one.matches if match.word.start < pair.verb_start}
    denials = [match.span() for match in DENIAL.finditer(pair.claim.text)]

    def counts(match: Match) -> bool:
        if match.word.start < pair.verb_start or match.word.stem in subject:
            return False
        if match.word.fold in NEGATIVE_VERBS or match.word.fold in _ANY:
            return False
        return not any(start <= match.word.start < end for start, end in denials)

    said = [match for match in pair.one.matches if counts(match)]
    return bool(said) and sum(match.share > 0 for match in said) >= _SHARE_DENIED * len(said)
