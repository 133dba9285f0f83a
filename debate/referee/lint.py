"""What a curator should mend in a fact sheet that can be read."""

import re
from collections import defaultdict
from typing import Literal, NamedTuple

from debate.referee.consistency import contradictions
from debate.referee.dates import disagrees, parse_iso
from debate.referee.facts import Fact, FactSheet
from debate.referee.reading import read
from debate.referee.sheets import is_date
from language.words import words

Kind = Literal["duplicate", "contradiction", "unsourced", "relative_date", "not_self_contained", "date", "value"]


class Finding(NamedTuple):
    """One thing to mend."""

    fact: str
    """Id of the fact."""
    kind: Kind
    said: str
    serious: bool
    """False where it is a hint that a curator may overrule."""


_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|now|nowadays|currently|at present|recently|lately|last (?:year|month"
    r"|week|decade|century)"
    r"|next (?:year|month)|this (?:year|month|century)|(?:\d+|two|three|five|ten|a few|some) (?:years?"
    r"|months|decades) ago"
    r"|ago|so far|to date|(?<!stand )(?<!stands )(?<!stood )(?<!standing )still)\b",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"^(?:he|she|it|they|him|his|her|its|their|this|that|these|those|such|the (?:latter|former|same)"
    r"|there(?! (?:is|are|was|were))"
    r"|also|however|but|and|then|instead|as a result)\b",
    re.IGNORECASE,
)
_VAGUE_SOURCE = re.compile(r"^(?:unknown|n/?a|none|todo|tbd|\?+|-+|internet|google|common knowledge)$", re.IGNORECASE)


def lint(sheet: FactSheet) -> tuple[Finding, ...]:
    """What to mend, in the sheet's order; linear time."""
    order = {fact.id: place for place, fact in enumerate(sheet.facts)}
    found = [finding for fact in sheet.facts for finding in _of_fact(fact)]
    found += _duplicates(sheet)
    found += [
        Finding(one.second, "contradiction", f"contradicts {one.first!r}: {one.why}", True)
        for one in contradictions(sheet)
    ]
    return tuple(sorted(found, key=lambda one: (order[one.fact], one.kind)))


def _of_fact(fact: Fact) -> list[Finding]:
    found: list[Finding] = []
    relative = _RELATIVE.search(fact.statement)
    if relative:
        said = f"{relative[0]!r} depends on when it is read; write the date"
        found.append(Finding(fact.id, "relative_date", said, True))
    dependent = _DEPENDENT.match(fact.statement.strip())
    if dependent:
        said = f"begins with {dependent[0]!r}, which nobody can understand without the fact before; name it"
        found.append(Finding(fact.id, "not_self_contained", said, True))
    elif len(words(fact.statement)) < 4:
        found.append(Finding(fact.id, "not_self_contained", "is too short to be understood alone", True))
    elif fact.subject and not _names(fact):
        said = f"the statement does not name its subject {fact.subject!r} or an alias"
        found.append(Finding(fact.id, "not_self_contained", said, False))
    found.extend(
        Finding(fact.id, "unsourced", "its source names no work that can be looked up", True)
        for source in fact.sources
        if _VAGUE_SOURCE.match(source.title.strip()) or not source.title.strip() or not source.author.strip()
    )
    found += _dates(fact)
    return found


def _names(fact: Fact) -> bool:
    said = {word.stem for word in words(fact.statement)}
    names = (fact.subject or "", *fact.aliases)
    return any(said & {word.stem for word in words(name)} for name in names)


def _dates(fact: Fact) -> list[Finding]:
    if fact.date is None:
        return []
    if not is_date(fact.date):
        return [Finding(fact.id, "date", f"date {fact.date!r} is not ISO 8601", True)]
    known = parse_iso(fact.date)
    stated = [when for when in read(fact.statement).dates if when.use == "at"]
    if stated and all(disagrees(when, known) for when in stated):
        said = f"date {fact.date!r} is none of the dates in the statement"
        return [Finding(fact.id, "date", said, False)]
    return []


def _duplicates(sheet: FactSheet) -> list[Finding]:
    groups: dict[str, list[str]] = defaultdict(list)
    for fact in sheet.facts:
        groups[" ".join(word.stem for word in words(fact.statement))].append(fact.id)
    return [
        Finding(other, "duplicate", f"says the same as {ids[0]!r}", True)
        for ids in groups.values()
        for other in ids[1:]
    ]
