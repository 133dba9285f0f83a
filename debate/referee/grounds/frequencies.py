"""How often something happens: "every week" beside "once a month"."""

import re

from debate.referee.findings import Ground
from debate.referee.grounds.pairing import Pair
from debate.referee.reading import read

_COUNTS = {
    "once": 1,
    "twice": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "other": 2,
    "second": 2,
}
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3650}
_WORDS = {"hourly": 1 / 24, "daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91, "yearly": 365,
          "annually": 365}  # fmt: skip
_OFTEN = re.compile(
    r"\bevery\s+(?:(?P<every>\w+)\s+)?(?P<unit>hour|day|week|month|quarter|year|decade)s?\b"
    r"|\b(?P<times>once|twice|(?:\w+)\s+times)\s+(?:an?|per|each|every)\s+(?P<per>hour|day|week|month|quarter|year|decade)\b"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;.]\s|,\s+(?:and|but|while)\s")
_TOLERANCE = 0.1


def _days_between(match: re.Match[str]) -> float:
    """How many days lie between two times, by a match of `_OFTEN`; 0 where it cannot be told."""
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["unit"]:
        said = (match["every"] or "1").lower()
        count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
        return count * _DAYS[match["unit"].lower()]
    said = match["times"].lower().split()[0]
    count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
    return _DAYS[match["per"].lower()] / count if count else 0.0


def find_frequency(pair: Pair) -> Ground | None:
    """Another frequency of the same, in the part of the statement that speaks of the claim's subject."""
    claimed = _OFTEN.search(pair.claim.text)
    if claimed is None or pair.claim.negations or pair.statement.negations:
        return None
    subject = [match.other for match in pair.one.matches if match.share and match.word.start < claimed.start()]
    for part in _PARTS.split(pair.statement.text):
        known = _OFTEN.search(part)
        stems = {word.stem for word in read(part).content}
        if known is None or not subject or subject[0] not in stems:
            continue
        mine, theirs = _days_between(claimed), _days_between(known)
        if mine and theirs and abs(mine - theirs) > _TOLERANCE * max(mine, theirs):
            return Ground("quantity", claimed[0], known[0], True)
    return None
