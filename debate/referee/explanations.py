"""One sentence for each ruling, in words that a pupil understands."""

from debate.referee.checkability import Reason
from debate.referee.facts import Fact
from debate.referee.verdicts import Finding

_REASONS: dict[Reason, str] = {
    "question": "This is a question, not a statement of fact.",
    "fragment": "This says too little on its own to be checked.",
    "imagined": "This speaks about an imagined history, which no fact can confirm or refute.",
    "premise": "This is a premise that the speaker asks us to accept, not a statement of fact.",
    "prediction": "This is a prediction, which the past cannot confirm or refute.",
    "opinion": "This is a judgement or a guess, not a statement of fact.",
    "personal": "This is about the speakers themselves, not about the matter.",
    "request": "This asks somebody to do something and states nothing.",
    "irony": "This is not meant literally.",
    "reported": "This reports what somebody said.",
}


def explain_unchecked(reason: Reason) -> str:
    """Why a clause cannot be checked."""
    return _REASONS.get(reason, "There is nothing here to check.")


def explain_uncovered() -> str:
    """Why a claim gets no verdict."""
    return "The fact sheet says nothing about this."


def explain(finding: Finding) -> str:
    """What the sheet says about the claim, with the fact's words and source."""
    fact = finding.comparison.entry.fact
    said = f"“{fact.statement.rstrip('.')}”{_source(fact)}"
    if finding.beside is not None:
        other = finding.beside.fact
        said = f"{said}, and “{other.statement.rstrip('.')}”{_source(other)}"
    said += "."
    if finding.verdict == "supported":
        return f"The fact sheet agrees: {said}"
    return f"The fact sheet says otherwise{_difference(finding)}: {said}"


def _difference(finding: Finding) -> str:
    """What stands against what, where it can be said in two words."""
    one = finding.comparison
    pair = {"date": one.date_pair, "quantity": one.quantity_pair}.get(finding.why)
    if not pair:
        return ""
    claimed = one.claim.text[pair[0].start : pair[0].end].strip().removesuffix(" of")
    known = one.entry.text[pair[1].start : pair[1].end].strip()
    shown = known if any(character.isdigit() for character in known) else one.entry.fact.date or ""
    return f" ({shown}, not {claimed})" if shown and claimed and len(shown) < 30 else ""


def _source(fact: Fact) -> str:
    source = fact.sources[0]
    year = f", {source.year}" if source.year else ""
    where = f", {source.where}" if source.where else ""
    return f" ({source.author}, {source.title}{year}{where})"
