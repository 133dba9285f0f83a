"""Two readings of one claim, the rules' and a model's, made into one ruling: the weaker verdict counts."""

from debate.referee.facts import Ruling, Verdict
from language.errors import ModelError

GROUNDED: tuple[Verdict, ...] = ("supported", "contradicted")
"""Verdicts that rest on facts."""

_STRENGTH: dict[Verdict, int] = {
    "unchecked": 0,
    "not_checkable": 0,
    "not_covered": 1,
    "supported": 2,
    "contradicted": 2,
}


def agreed(ruling: Ruling, read: Verdict, model: str) -> Ruling:
    """A ruling of the rules beside what a model read.

    Args:
        ruling: The rules' own.
        read: The model's verdict on the same claim.
        model: The model's name; it is named in the ruling whatever it said.
    """
    checker = f"{ruling.checker}, {model}"
    if read == ruling.verdict:
        return ruling.model_copy(update={"checker": checker, "confidence": min(1.0, ruling.confidence + 0.05)})
    weaker: Verdict = min((ruling.verdict, read), key=lambda one: _STRENGTH[one])
    if _STRENGTH[ruling.verdict] == _STRENGTH[read]:
        weaker = "not_covered"
    said = f"The rules say {words(ruling.verdict)}, {model} says {words(read)}; the weaker verdict counts."
    return ruling.model_copy(
        update={
            "verdict": weaker,
            "facts": ruling.facts if weaker in GROUNDED else (),
            "explanation": f"{said} {ruling.explanation}",
            "confidence": round(ruling.confidence / 2, 3),
            "checker": checker,
        }
    )


def unchecked(ruling: Ruling, error: ModelError, model: str) -> Ruling:
    """A claim that a model was to read and did not: the rules' own verdict is not given out in its place."""
    return ruling.model_copy(
        update={
            "verdict": "unchecked",
            "facts": (),
            "explanation": f"The checker {model} failed ({error}); this says nothing about the claim.",
            "confidence": 0.0,
            "checker": f"{ruling.checker}, {model}",
        }
    )


def words(verdict: Verdict) -> str:
    """A verdict as it stands in a sentence."""
    return verdict.replace("_", " ")
