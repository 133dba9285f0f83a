"""From comparisons to a verdict: contradiction before support, and silence where neither is sure.

Facts with a subject and a relation are compared by rule. Of bare statements the trees of `debate.referee.judge` say how
likely they speak about the claim and disagree with it.
"""

import re
from typing import Literal

from debate.referee.bare import rule_bare
from debate.referee.comparison import Comparison
from debate.referee.dates import agrees
from debate.referee.findings import Finding, Why
from debate.referee.judge import Weighed
from debate.referee.lexical import classes_of, is_country, kin, lemma
from debate.referee.lexicon import FUNCTIONAL_RELATIONS, GETTING, NEGATIVE_VERBS, SUPERLATIVES
from debate.referee.misstatements import find_misstatement
from debate.referee.order import Ordered
from debate.referee.reading import Reading, is_another_time, read
from language.words import words


def decide_order(found: Ordered) -> Finding:
    """The finding where a claim puts two dated events in order."""
    verdict: Literal["supported", "contradicted"] = "supported" if found.right else "contradicted"
    return Finding(verdict, found.first, "order", 0.9, found.second.entry)


def decide(claim: Reading, weighed: list[Weighed]) -> Finding | None:
    """The finding that the claim's ruling rests on; None where the sheet does not cover it."""
    about = [one.comparison for one in weighed if _is_about(one.comparison)]
    agreeing = [one for one in about if one.entry.misstatement is None and _agrees(claim, one)]
    return (
        find_misstatement(claim, about, agreeing)
        or _clashing(claim, about, agreeing)
        or rule_bare(weighed)
        or _agreed(agreeing)
    )


def _is_about(one: Comparison) -> bool:
    # A figure at a date is spoken of with its subject alone: "The KPD got 17 % in 1932".
    figure = one.quantities != "none" and one.dates != "none" and one.matched >= 1
    spoken = one.cover >= 0.6 or (
        bool(one.claim.quantities) and one.entry.fact.subject is not None and _only_getting(one)
    )
    named = one.subject or (one.entry.misstatement is not None and not one.entry.names_subject)
    return named and (one.matched >= 2 or figure) and (spoken or _puts_another(one))


def _puts_another(one: Comparison) -> bool:
    """Whether all that the fact lacks is a name where it has another: "the Saturn V was designed by Korolev"."""
    lacking = one.missing
    told = isinstance(one.entry.fact.value, str) and one.entry.misstatement is None
    return told and bool(lacking) and one.missing_names == len(lacking) and one.cover >= _LEAST_SPOKEN


_LEAST_SPOKEN = 0.4


def _clashing(claim: Reading, about: list[Comparison], agreeing: list[Comparison]) -> Finding | None:
    if agreeing:
        return None
    for one in sorted(about, key=lambda other: -other.cover):
        if one.entry.misstatement is not None or one.entry.fact.subject is None:
            continue
        why = _clash(claim, one)
        if why:
            return Finding("contradicted", one, why, min(0.95, 0.4 + 0.55 * one.cover))
    return None


def _agrees(claim: Reading, one: Comparison) -> bool:
    if one.dates == "clash" or one.quantities == "clash" or one.negation or one.opposites or one.missing_names:
        return False
    if (claim.dates and one.dates != "same") or (claim.quantities and one.quantities != "same"):
        return False
    if claim.quantities and claim.dates and one.subject and one.entry.fact.subject and _only_getting(one):
        return True
    if claim.exclusive and not one.entry.reading.exclusive:
        return False
    return one.cover >= 0.85 and (one.back_cover >= 0.4 or _same_relation(one))


def _clash(claim: Reading, one: Comparison) -> Why | None:
    """What differs between a claim and a fact about the same subject and relation."""
    if is_another_time(claim, one.entry.reading):
        return None
    if _other_value(claim, one):
        return "value"
    if one.missing_names or (one.cover < 0.85 and not (claim.quantities and _only_getting(one))):
        return None
    related = _same_relation(one) or _says_the_same(one)
    if one.negation:
        # "It was not in 1950" is true of what was in 1924: only to deny what the fact says is to disagree with it.
        return "negation" if _denies(claim, one, related) else None
    measured = isinstance(one.entry.fact.value, (int, float))
    if one.quantities == "clash" and len(claim.quantities) == 1 and _same_measure(one):
        return "quantity"
    # A figure belongs to its day: at another day another is true, unless it is said to be the highest or the last.
    datable = not measured or (_superlative(claim) and _superlative(one.entry.reading))
    if one.dates == "clash" and len(claim.dates) == 1 and datable and related and not _date_is_told(claim, one):
        return "date"
    said = {match.other for match in one.matches} <= one.entry.own_stems.keys()
    if one.dates == "clash" or measured or not said or not _same_relation(one):
        return None
    return "opposite" if one.opposites and one.back_cover >= 0.5 else None


def _denies(claim: Reading, one: Comparison, related: bool) -> bool:
    """Whether the claim denies just what the fact says, date included where it gives one."""
    measured = isinstance(one.entry.fact.value, (int, float))
    said = {match.other for match in one.matches} <= one.entry.own_stems.keys()
    if measured or not said or not related or one.cover < 0.95 or one.dates == "clash" or one.quantities == "clash":
        return False
    if _negative_verbs(claim) or _denied_elsewhere(claim):
        return False
    return one.dates == "same" or (not claim.dates and one.back_cover >= 0.5)


_ONLY_SO_FAR = re.compile(
    r"\b(?:not|n['’]t|never)\b[^.]*\b(?:only|just|until|till|because|alone|merely|simply)\b", re.I
)


def _denied_elsewhere(claim: Reading) -> bool:
    """Whether what is denied may be how, why or how long, not that it happened: "not only", "not because"."""
    return bool(_ONLY_SO_FAR.search(claim.text))


def _only_getting(one: Comparison) -> bool:
    """Whether all that the fact lacks are verbs that put a figure beside its subject, none of them "by" so much."""
    if any(_CHANGE_BY.search(one.claim.text[: number.start]) for number in one.claim.quantities):
        return False
    return all(match.word.fold in GETTING for match in one.missing)


_CHANGE_BY = re.compile(r"\bby\s+(?:about\s+|some\s+|nearly\s+|almost\s+|over\s+)?$", re.IGNORECASE)


def _says_the_same(one: Comparison) -> bool:
    """Whether fact and statement have every word of the claim, and the statement one more than the subject's names."""
    own = one.entry.own_stems
    names = one.subject_words
    if any(match.share < 0.8 or (match.other not in own and match.other not in names) for match in one.matches):
        return False
    return any(
        match.other not in names and match.other in own and match.word.stem not in one.claim.names
        for match in one.matches
    )


def _date_is_told(claim: Reading, one: Comparison) -> bool:
    """Whether the statement gives the claim's date too, for something else that it tells."""
    return any(agrees(claimed, known) for claimed in claim.dates for known in one.entry.reading.dates)


def _other_value(claim: Reading, one: Comparison) -> bool:
    """Whether the claim names somebody or something else where a relation has one value: another winner or capital."""
    fact = one.entry.fact
    if not isinstance(fact.value, str) or not fact.relation or one.dates == "clash" or one.negation:
        return False
    if claim.negations or not one.missing_names or any(match.word.stem not in claim.names for match in one.missing):
        return False
    stems = {word.stem for word in words(fact.relation) if word.fold in FUNCTIONAL_RELATIONS}
    spoken = {match.word.stem for match in one.matches if match.share}
    if not any(kin(own, lemma(other)) in ("same", "broader") for own in spoken for other in stems):
        return False
    value = read(fact.value)
    told = {word.stem for word in value.content}
    if not value.names or told & spoken or any(match.share and match.other in told for match in one.matches):
        return False
    # A town lies in a country: neither excludes the other.
    return all(is_country(match.word.stem) for match in one.missing) == all(is_country(own) for own in told)


def _same_measure(one: Comparison) -> bool:
    """Whether a number stands for the same thing at the same time."""
    fact = one.entry.fact
    if not isinstance(fact.value, (int, float)) or one.dates == "clash":
        return False
    return one.dates == "same" or not fact.date or (_same_relation(one) and not one.claim.dates)


def _same_relation(one: Comparison) -> bool:
    """Whether the claim speaks of the fact's relation, not only of its subject."""
    subjects = one.entry.subject[0] if one.entry.subject else frozenset()
    spoken = [match.word.stem for match in one.matches if match.other not in subjects]
    relation = one.entry.relation
    if any(kin(part, other) in ("same", "broader") for part in relation for other in spoken):
        return True
    classes = {number for part in relation for number in classes_of(part)}
    # An event that is only named ("the rebellion of 1923") is spoken of by when it was.
    return bool(classes) and (not spoken or any(classes_of(other) & classes for other in spoken))


def _superlative(reading: Reading) -> bool:
    return any(word.fold in SUPERLATIVES for word in reading.content)


def _negative_verbs(reading: Reading) -> bool:
    return any(word.fold in NEGATIVE_VERBS for word in reading.content)


def _agreed(agreeing: list[Comparison]) -> Finding | None:
    one = max(agreeing, key=lambda other: (other.cover, other.back_cover), default=None)
    if one is None or one.entry.fact.subject is None or _swaps_names(one):
        return None
    return Finding("supported", one, "agreement", min(0.95, 0.3 + 0.65 * one.cover))


def _swaps_names(one: Comparison) -> bool:
    """Whether the claim says of a second name what the statement says of the first: who declared war on whom."""
    first = one.entry.reading.content[0]
    opening = one.claim.content[0]
    if _PASSIVE.search(one.claim.text) or _PASSIVE.search(one.entry.text) or first.start > _AFTER_ARTICLE:
        return False
    names = {match.other for match in one.matches[1:] if match.share and match.word.stem in one.claim.names}
    own = one.matches[0]
    return opening.stem in one.claim.names and bool(own.share) and own.other != first.stem and first.stem in names


_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|by)\b", re.IGNORECASE)
_AFTER_ARTICLE = 4
