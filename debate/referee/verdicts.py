"""From comparisons to a verdict: contradiction before support, and silence where neither is sure.

Facts with a subject and a relation are compared by rule. Of bare statements the trees of `debate.referee.judge` say how
likely they speak about the claim and disagree with it.
"""

import re
from typing import Literal, NamedTuple

from debate.referee.comparison import Comparison, Entry, Match
from debate.referee.dates import agrees
from debate.referee.judge import Weighed
from debate.referee.lexical import classes_of, is_country, kin, lemma
from debate.referee.lexicon import FUNCTIONAL_RELATIONS, GETTING, NEGATIVE_VERBS, SUPERLATIVES
from debate.referee.order import Ordered
from debate.referee.reading import Reading, read
from language.words import words

Why = Literal["misstatement", "date", "quantity", "value", "opposite", "negation", "order", "wording", "agreement"]

_AGAIN = re.compile(r"\b(?:again|once more|a second time|for the second time)\b", re.IGNORECASE)
_SPEAKS = 0.2
"""From this coverage on a bare statement is taken to speak about the claim."""
_DISAGREES = 0.5
_OUTWEIGHS = 0.7
"""A grounded objection may be this much weaker than what another statement says for the claim."""
_AGREES, _AGREES_GROUNDED = 0.5, 0.35
_OBJECTS = 0.17
"""Coverage times disagreement from which on a bare statement is held against a claim."""


class Finding(NamedTuple):
    """What one statement says about a claim."""

    verdict: Literal["supported", "contradicted"]
    comparison: Comparison
    why: Why
    confidence: float
    beside: Entry | None = None
    """The second fact that it rests on, where it rests on two."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts it rests on."""
        first = self.comparison.entry.fact.id
        return (first, self.beside.fact.id) if self.beside else (first,)


def decide_order(found: Ordered) -> Finding:
    """The finding where a claim puts two dated events in order."""
    verdict: Literal["supported", "contradicted"] = "supported" if found.right else "contradicted"
    return Finding(verdict, found.first, "order", 0.9, found.second.entry)


def decide(claim: Reading, weighed: list[Weighed]) -> Finding | None:
    """The finding that the claim's ruling rests on; None where the sheet does not cover it."""
    about = [one.comparison for one in weighed if _is_about(one.comparison)]
    agreeing = [one for one in about if one.entry.misstatement is None and _agrees(claim, one)]
    return (
        _misstated(claim, about, agreeing)
        or _clashing(claim, about, agreeing)
        or _by_weight(weighed)
        or _agreed(agreeing)
    )


def _is_about(one: Comparison) -> bool:
    # A figure at a date is spoken of with its subject alone: "The KPD got 17 % in 1932".
    figure = one.quantities != "none" and one.dates != "none" and one.matched >= 1
    spoken = one.cover >= 0.6 or (
        bool(one.claim.quantities) and one.entry.fact.subject is not None and _only_getting(one)
    )
    return one.subject and (one.matched >= 2 or figure) and spoken


def _misstated(claim: Reading, about: list[Comparison], agreeing: list[Comparison]) -> Finding | None:
    """Whether the claim repeats a listed misstatement, with what makes that one false."""
    word_for_word = next(
        (one for one in about if one.entry.misstatement is not None and _is_verbatim(claim, one)), None
    )
    if word_for_word is not None:
        return Finding("contradicted", word_for_word, "misstatement", 0.97)
    if agreeing:
        return None
    for one in sorted(about, key=lambda other: -other.cover - other.back_cover):
        if one.entry.misstatement is not None and _repeats(claim, one):
            return Finding("contradicted", one, "misstatement", min(0.97, 0.6 + 0.37 * one.cover))
    return None


def _is_verbatim(claim: Reading, one: Comparison) -> bool:
    """Whether the claim says what the misstatement says, word for word in its order."""
    false = one.entry.reading
    return (
        [word.stem for word in claim.content] == [word.stem for word in false.content]
        and claim.negations == false.negations
        and [when[2:] for when in claim.dates] == [when[2:] for when in false.dates]
        and [number[2:] for number in claim.quantities] == [number[2:] for number in false.quantities]
    )


def _repeats(claim: Reading, one: Comparison) -> bool:
    if one.dates == "clash" or one.quantities == "clash" or one.opposites or one.missing_names or _turned_round(one):
        return False
    false = one.entry.reading
    if (claim.negations % 2) != (false.negations % 2) and not (_late(claim) and _late(false)):
        return False
    if (false.dates and one.dates != "same") or (false.quantities and not claim.quantities and not false.dates):
        return False
    distinct = _distinct(one.entry)
    met = {match.other for match in one.matches if match.share}
    if not false.dates and not false.quantities:
        if not distinct and one.back_cover < 0.85:
            return False
        if any(own not in met for own in distinct):
            return False
    return one.cover >= 0.6 and one.back_cover >= 0.5


def _turned_round(one: Comparison) -> bool:
    """Whether the claim has the parts changed: who did it, and to whom it was done."""
    mine = [match.other for match in one.matches if match.share]
    theirs = [own for own in one.entry.own_stems if own in mine]
    passive = [bool(_BY.search(text)) for text in (one.claim.text, one.entry.text)]
    return (
        len(theirs) > 1
        and passive[0] == passive[1]
        and mine[0] != theirs[0]
        and theirs[0] in mine[-2:]
        and mine[0] in theirs[-2:]
    )


_BY = re.compile(r"\b(?:was|were|been|being|is|are)\b.*\bby\b", re.IGNORECASE)


def _late(reading: Reading) -> bool:
    """Whether something is said to have happened only at a date: "not until 1950", "only in 1950"."""
    return any(when.use == "not_until" for when in reading.dates)


def _distinct(entry: Entry) -> list[str]:
    """The words of a misstatement that its fact does not have: what makes it false."""
    true = Entry(entry.fact)
    known = true.stems
    return [own for own in entry.own_stems if not any(kin(own, other) in ("same", "broader") for other in known)]


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
    if _is_another_time(claim, one.entry.reading):
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
    """Whether the statement itself has every word of the claim, and one more than its subject's name."""
    own = one.entry.own_stems
    names = frozenset().union(*one.entry.subject)
    if any(match.share < 0.8 or match.other not in own for match in one.matches):
        return False
    return any(match.other not in names and match.word.stem not in one.claim.names for match in one.matches)


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


def _is_another_time(claim: Reading, fact: Reading) -> bool:
    """Whether a claim tells of a later time that something happened: expelled "again", a "second" time."""
    return bool(_AGAIN.search(claim.text)) and not _AGAIN.search(fact.text)


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


def _by_weight(weighed: list[Weighed]) -> Finding | None:
    """What bare statements say, by the trees: an objection needs one that disagrees and has a ground."""
    bare = [
        one
        for one in weighed
        if one.comparison.entry.fact.subject is None
        and one.comparison.entry.misstatement is None
        and _is_bound(one.comparison)
    ]
    against = max((one for one in bare if one.grounded), key=_objection, default=None)
    agreement = max((one.coverage * (1 - one.disagreement) for one in bare), default=0.0)
    least = max(_OBJECTS, agreement * _OUTWEIGHS)
    if (
        against is not None
        and against.coverage >= _SPEAKS
        and against.disagreement >= _DISAGREES
        and _objection(against) >= least
    ):
        confidence = _calibrated(against.disagreement)
        return Finding("contradicted", against.comparison, _why(against.comparison), confidence)
    best = max(bare, key=lambda one: one.coverage, default=None)
    if best is not None and best.coverage >= _SPEAKS and _is_whole(best):
        return Finding("supported", best.comparison, "agreement", _calibrated_support(1 - best.disagreement))
    return None


def _is_whole(one: Weighed) -> bool:
    """Whether nothing of the claim is known to stand against the statement: half right is not supported."""
    claim = one.comparison.claim
    if one.comparison.dates == "clash" or one.comparison.quantities == "clash":
        return False
    if claim.dates and one.comparison.dates != "same":
        return False
    return one.disagreement < (_AGREES_GROUNDED if one.grounded else _AGREES)


def _objection(one: Weighed) -> float:
    return one.coverage * one.disagreement


def _calibrated(probability: float) -> float:
    # The trees never see whether the search found the right statement: what they say comes true somewhat less often
    # (see the reliability table of benchmarks.referee).
    return max(0.0, 0.92 * probability - 0.08)


def _calibrated_support(probability: float) -> float:
    # Support of a bare statement is less sure than an objection: what is left out is not seen.
    return max(0.0, 0.1 + 0.65 * probability)


_DEPENDENT = re.compile(
    r"\W*(?:he|she|it|they|we|you|i|this|that|these|those|there|his|her|their|its|my|your|if)\b", re.I
)


_POINTS = re.compile(r"\b(?:this|that|these|those)\W*$", re.IGNORECASE)
"""A claim that ends in "this" says nothing without what came before."""


def _is_bound(one: Comparison) -> bool:
    """Whether claim and bare statement speak of the same thing by name, or share nearly everything.

    Without this, everyday words ("common", "believe") tie a remark to a statement about another matter.
    """
    if _POINTS.search(one.claim.text):
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
    return one.cover >= 0.75 and one.matched >= 3 and one.back_cover >= 0.25


_LEAST_BOUND = 0.4


def _is_named(match: Match, one: Comparison) -> bool:
    """Whether a word is a name in the claim, or stands with a capital there and is a name in the statement."""
    if match.word.stem in one.claim.names:
        return True
    return match.word.text[0].isupper() and match.other in one.entry.reading.names


def _why(one: Comparison) -> Why:
    if one.dates == "clash":
        return "date"
    if one.quantities == "clash":
        return "quantity"
    if one.negation:
        return "negation"
    return "opposite" if one.opposites else "wording"


def _agreed(agreeing: list[Comparison]) -> Finding | None:
    one = max(agreeing, key=lambda other: (other.cover, other.back_cover), default=None)
    if one is None or one.entry.fact.subject is None:
        return None
    return Finding("supported", one, "agreement", min(0.95, 0.3 + 0.65 * one.cover))
