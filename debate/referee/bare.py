"""What bare statements say about a claim: the trees of `debate.referee.judge` weigh, and a ground has to be named."""

import re
from itertools import pairwise

from debate.referee.comparison import Comparison, Match
from debate.referee.dates import find_dates
from debate.referee.findings import Finding, Why
from debate.referee.judge import Weighed

_SPEAKS = 0.15
"""From this coverage on a bare statement is taken to speak about the claim."""
_OUTWEIGHS = 0.3
"""A grounded objection may be this much weaker than what another statement says for the claim."""
_AGREES, _AGREES_GROUNDED = 0.55, 0.0
_OBJECTS: dict[Why, float] = {
    "date": 0.08, "rank": 0.03, "kind": 0.05, "quantity": 0.08, "only": 0.05, "opposite": 0.1, "negation": 0.03,
    "value": 0.1,
}  # fmt: skip
"""Coverage times disagreement from which on a bare statement is held against a claim, by what differs."""
_OBJECTS_TO_ONLY = 0.15
"""The same where nothing is named that there is besides."""
_OBJECTS_TO_DENIAL = 0.3
"""The same where the statement denies: it may deny something else in the same breath."""
_DISAGREES = 0.5


def rule_bare(weighed: list[Weighed]) -> Finding | None:
    """What bare statements say, by the trees: an objection needs one that disagrees and has a ground."""
    bare = [
        one
        for one in weighed
        if one.comparison.entry.fact.subject is None
        and one.comparison.entry.misstatement is None
        and (is_bound(one.comparison) or (one.ground is not None and one.ground.is_sure))
    ]
    against = max((one for one in bare if one.ground), key=_objection, default=None)
    agreement = max((one.coverage * (1 - one.disagreement) for one in bare), default=0.0)
    if (
        against is not None
        and against.ground is not None
        and _objection(against) >= max(_least(against), agreement * _OUTWEIGHS if _objection(against) < 0.5 else 0.0)
        and not _is_dated_so_elsewhere(against, bare)
        and not _happens_again(against, bare)
    ):
        confidence = _calibrated(against.disagreement)
        return Finding("contradicted", against.comparison, against.ground.why, confidence, ground=against.ground)
    best = max(bare, key=lambda one: one.coverage, default=None)
    if best is not None and best.coverage >= _SPEAKS and _is_whole(best):
        return Finding("supported", best.comparison, "agreement", _calibrated_support(1 - best.disagreement))
    return None


def _least(one: Weighed) -> float:
    if one.ground is None or one.ground.is_sure:
        return 0.0
    if one.ground.why == "negation" and one.comparison.entry.reading.negations:
        return _OBJECTS_TO_DENIAL
    if one.ground.why == "only" and not one.ground.known:
        return _OBJECTS_TO_ONLY
    return _OBJECTS[one.ground.why]


def _is_dated_so_elsewhere(against: Weighed, bare: list[Weighed]) -> bool:
    """Whether another statement about the same gives the claim's own date or figure: it happened more than once."""
    return any(
        (getattr(against.comparison, what) == "clash" and getattr(one.comparison, what) == "same")
        and one.coverage >= against.coverage / 2
        and one.disagreement < _DISAGREES
        for one in bare
        for what in ("dates", "quantities")
    )


def _happens_again(against: Weighed, bare: list[Weighed]) -> bool:
    """Whether the sheet dates the same several times, as what comes and goes: then one date more excludes nothing."""
    if against.ground is None or against.ground.why != "date":
        return False
    return any(
        one.ground is not None
        and one.ground.why == "date"
        and one.ground.known != against.ground.known
        and not _may_be_one(one.ground.known, against.ground.known)
        and one.coverage >= against.coverage / 2
        for one in bare
        if one is not against
    )


def _may_be_one(one: str, other: str) -> bool:
    """Whether two dates may be of one event and what led to it, as an announcement and a release are."""
    first, second = find_dates(one), find_dates(other)
    return not first or not second or abs(first[0].low - second[0].low) < _YEARS_APART


_YEARS_APART = 10


def _is_whole(one: Weighed) -> bool:
    """Whether nothing of the claim is known to stand against the statement: half right is not supported."""
    claim = one.comparison.claim
    if one.comparison.dates == "clash" or one.comparison.quantities == "clash":
        return False
    if claim.dates and one.comparison.dates != "same":
        return False
    if one.comparison.cover < _LEAST_WHOLE or not _has_own_word(one.comparison):
        return False
    return one.disagreement < (_AGREES_GROUNDED if one.ground else _AGREES)


_LEAST_WHOLE, _OWN = 0.5, 0.9


def _has_own_word(one: Comparison) -> bool:
    """Whether the statement has the claim's opening word or one of its names itself, not only what is like it.

    "Communism failed" is not borne out by a Soviet rocket that did.
    """
    return any(match.share >= _OWN and (match is one.matches[0] or _is_named(match, one)) for match in one.matches)


def _objection(one: Weighed) -> float:
    return one.coverage * one.disagreement


def _calibrated(probability: float) -> float:
    # An objection with a ground comes true more often than the trees alone say (see the reliability table of
    # benchmarks.referee).
    return 0.6 + 0.35 * probability


def _calibrated_support(probability: float) -> float:
    # Support of a bare statement is less sure than an objection: what is left out is not seen.
    return max(0.0, 0.1 + 0.65 * probability)


_DEPENDENT = re.compile(
    r"\W*(?:he|she|it|they|we|you|i|this|that|these|those|there|his|her|their|its|my|your|if)\b(?! (?-i:[A-Z]))", re.I
)
"""How a claim opens that speaks of something nobody has named; a title may open so too: "You Belong with Me"."""


_POINTS = re.compile(r"\b(?:this|that|these|those)\W*$", re.IGNORECASE)
"""A claim that ends in "this" says nothing without what came before."""


def is_bound(one: Comparison) -> bool:
    """Whether claim and bare statement speak of the same thing by name, or share nearly everything.

    Without this, everyday words ("common", "believe") tie a remark to a statement about another matter.
    """
    if _POINTS.search(one.claim.text) or not one.entry.is_assertion or _is_namesake(one):
        return False
    if any(match.word.text[0].isdigit() for match in one.missing):
        # Apollo 12 is not Apollo 13.
        return False
    if not _DEPENDENT.match(one.claim.text):
        named = [match for match in one.matches if _is_named(match, one)]
        if named and sum(match.share > 0 for match in named) * 2 >= len(named):
            return True
        first = one.matches[0] if one.matches else None
        if first is not None and first.share and one.cover >= _LEAST_BOUND:
            leads = first.word.text == one.entry.reading.content[0].text and first.word.text[0].isupper()
            if leads or _is_named(first, one):
                return True
    if _open_alike(one) and one.cover >= _LEAST_BOUND:
        return True
    return one.cover >= 0.75 and one.matched >= 3 and one.back_cover >= 0.25


def _open_alike(one: Comparison) -> bool:
    """Whether claim and statement open with the same two words of meaning: "the property tax"."""
    mine = [match.other for match in one.matches[:2] if match.share]
    theirs = [word.stem for word in one.entry.reading.content[:2]]
    return len(mine) == len(theirs) == 2 and mine == theirs


_LEAST_BOUND = 0.4


def _is_namesake(one: Comparison) -> bool:
    """Whether the claim opens with a person whose family name the statement gives to others only."""
    first, second = one.matches[:2] if len(one.matches) > 1 else (None, None)
    if first is None or second is None or first.share or not second.share or second.word.start - first.word.end != 1:
        return False
    if not (first.word.text[0].isupper() and second.word.text[0].isupper()):
        return False
    named = [word for word in one.entry.reading.content if word.text[0].isupper()]
    given = [before for before, word in pairwise(named) if word.stem == second.other and word.start - before.end == 1]
    own = first.word.fold[:_SHORT_NAME]
    return bool(given) and not any(word.fold[:_SHORT_NAME] == own for word in named)


_SHORT_NAME = 3


def _is_named(match: Match, one: Comparison) -> bool:
    """Whether a word is a name in the claim, or stands with a capital there and is a name in the statement."""
    if match.word.stem in one.claim.names:
        return True
    return match.word.text[0].isupper() and match.other in one.entry.reading.names
