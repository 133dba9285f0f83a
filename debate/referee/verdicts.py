"""From comparisons to a verdict: contradiction before support, and silence where neither is sure."""

from typing import Literal, NamedTuple

from debate.referee.comparison import Comparison
from debate.referee.reading import Reading

Why = Literal["misstatement", "date", "quantity", "opposite", "negation", "wording", "agreement"]


class Finding(NamedTuple):
    """What one statement says about a claim."""

    verdict: Literal["supported", "contradicted"]
    comparison: Comparison
    why: Why
    confidence: float


def decide(claim: Reading, comparisons: list[Comparison]) -> Finding | None:
    """The finding that the claim's ruling rests on; None where the sheet does not cover it."""
    about = [one for one in comparisons if _is_about(one)]
    agreeing = [one for one in about if one.entry.misstatement is None and _agrees(claim, one)]
    for one in about:
        if one.entry.misstatement is not None and _repeats(claim, one):
            true = max((other.cover for other in agreeing if other.entry.fact == one.entry.fact), default=0.0)
            if one.cover > true or not agreeing:
                return Finding("contradicted", one, "misstatement", min(0.97, 0.6 + 0.4 * one.cover))
    best = max((one.cover for one in agreeing), default=0.0)
    for one in sorted(about, key=lambda other: -other.cover):
        why = _clash(one)
        if one.entry.misstatement is None and why and one.cover > best - 0.1 and not agreeing:
            return Finding("contradicted", one, why, min(0.95, 0.4 + 0.55 * one.cover))
    if agreeing:
        one = max(agreeing, key=lambda other: (other.cover, other.back_cover))
        return Finding("supported", one, "agreement", min(0.95, 0.3 + 0.65 * one.cover))
    return None


def _is_about(one: Comparison) -> bool:
    return one.subject and one.matched >= 2 and one.cover >= 0.6


def _repeats(claim: Reading, one: Comparison) -> bool:
    exact = one.dates != "clash" and one.quantities != "clash" and not one.negation and not one.opposites
    dated = bool(one.entry.dates) <= bool(claim.dates) or one.back_cover > 0.9
    return exact and dated and one.cover >= 0.6 and one.back_cover >= 0.5


def _agrees(claim: Reading, one: Comparison) -> bool:
    if one.dates == "clash" or one.quantities == "clash" or one.negation or one.opposites or one.missing_names:
        return False
    if (claim.dates and one.dates != "same") or (claim.quantities and one.quantities != "same"):
        return False
    return one.cover >= 0.85 and not (claim.exclusive and not one.entry.reading.exclusive)


def _clash(one: Comparison) -> Why | None:
    if one.missing_names:
        return None
    if one.dates == "clash" and one.back_cover >= 0.3:
        return "date"
    if one.quantities == "clash" and one.dates != "clash" and one.cover >= 0.7:
        return "quantity"
    if one.cover >= 0.85 and one.negation and one.back_cover >= 0.5:
        return "negation"
    if one.cover >= 0.75 and one.opposites and not one.negation:
        return "opposite"
    return None
