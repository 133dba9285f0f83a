"""One sentence for each ruling, in words that a pupil understands."""

from debate.referee.checkability import Reason
from debate.referee.comparison import Comparison, compare
from debate.referee.entries import Entry
from debate.referee.facts import Fact
from debate.referee.findings import Finding, Ground

_REASONS: dict[Reason, str] = {
    "question": "This is a question, not a statement of fact.",
    "fragment": "This says too little on its own to be checked.",
    "imagined": "This speaks about an imagined history, which no fact can confirm or refute.",
    "general": "This is a general remark, not a statement about what happened.",
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
    return f"{_objection(finding)}: {said}"


_OTHERWISE = "The fact sheet says otherwise"


def _objection(finding: Finding) -> str:
    """What the sheet holds against the claim, in a few words: never that it does without what."""
    if finding.why == "negation":
        denies = finding.comparison.entry.reading.negations
        return "The fact sheet denies this" if denies else "The fact sheet says that it is so"
    said = " ".join(_difference(finding).split())
    if said:
        return f"{_OTHERWISE} ({_cut(said)})"
    return "The fact sheet does not say “only”" if finding.why == "only" else _OTHERWISE


def _cut(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rsplit(' ', 1)[0]} …"


_LONGEST = 120


def _difference(finding: Finding) -> str:
    """What stands against what."""
    if finding.why == "order":
        return "{} and {}".format(*_dates_of(finding))
    if finding.ground is not None:
        return _of_ground(finding.ground)
    if finding.why == "opposite":
        return _opposites(finding.comparison)
    return _instead(finding) or ("a usual mistake" if finding.why == "misstatement" else "")


def _of_ground(ground: Ground) -> str:
    if ground.why == "turned":
        return "it is the other way round"
    if not ground.known:
        return ""
    if ground.why == "only":
        return f"{ground.known} too, not {ground.claimed}"
    return f"{ground.known}, not {ground.claimed}"


def _opposites(one: Comparison) -> str:
    found = [match for match in one.missing if match.kin == "opposite" and match.other in one.entry.own_stems]
    return f"{one.entry.own_stems[found[0].other].text}, not {found[0].word.text}" if found else ""


def _dates_of(finding: Finding) -> tuple[str, str]:
    first, second = finding.comparison.entry.fact, finding.beside.fact if finding.beside else None
    return say_date(first.date or ""), say_date(second.date or "") if second else ""


def _instead(finding: Finding) -> str:
    one = finding.comparison
    fact = one.entry.fact
    if finding.why == "value":
        names = [match.word for match in one.missing if match.word.stem in one.claim.names]
        return f"{fact.value}, not {one.claim.text[names[0].start : names[-1].end]}"
    if finding.why == "misstatement":
        # What makes the mistake a mistake is seen beside the fact itself.
        one = compare(one.claim, Entry(fact), lambda _: 1.0)
    if one.quantities == "clash" and one.quantity_pair and finding.why != "date":
        claimed, known = one.quantity_pair
        number = one.entry.text[known.start : known.end].strip()
        # A number that the statement does not spell out is the fact's value: its place counts in another text.
        number = number if any(character.isdigit() for character in number) else str(fact.value or "")
        return (
            f"{number}, not {one.claim.text[claimed.start : claimed.end].strip().removesuffix(' of')}" if number else ""
        )
    if one.dates == "clash" and one.date_pair and finding.why != "quantity":
        when, known_date = one.date_pair
        said = one.entry.text[known_date.start : known_date.end].strip() if not fact.date else say_date(fact.date)
        claimed_date = one.claim.text[when.start : when.end].strip().removesuffix(" of")
        return f"{said}, not {_USES.get(when.use, '')}{claimed_date}" if said else ""
    return ""


_USES = {"before": "before ", "after": "after ", "by": "by ", "since": "since ", "until": "until "}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def say_date(iso: str) -> str:
    """A fact's date as people say it: "1 October 1949", "October 1934 to October 1935"."""
    return " to ".join(_say_one(part) for part in iso.split("/"))


def _say_one(iso: str) -> str:
    before_christ = iso.startswith("-")
    year, *rest = iso.lstrip("-").split("-")
    spoken = f"{int(year)} BC" if before_christ else year
    if rest:
        spoken = f"{_MONTHS[int(rest[0]) - 1]} {spoken}"
    return f"{int(rest[1])} {spoken}" if len(rest) > 1 else spoken


def _source(fact: Fact) -> str:
    source = fact.sources[0]
    year = f", {source.year}" if source.year else ""
    where = f", {source.where}" if source.where else ""
    return f" ({source.author}, {source.title}{year}{where})"
