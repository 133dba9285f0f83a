"""Which of two events came first, where a claim says so and the sheet dates both: "Stalin died before Lenin"."""

import re
from collections.abc import Callable
from typing import NamedTuple

from debate.referee.comparison import Comparison, compare
from debate.referee.dates import When
from debate.referee.entries import Entry
from debate.referee.lexical import classes_of, kin
from debate.referee.reading import Reading, read

_ORDER = re.compile(
    r"^(?P<first>[^,;:]{3,80}?)\s+(?:(?:long|shortly|soon|right|just|even|only|\w+ years?)\s+)?(?P<use>before|after)\s+"
    r"(?P<second>[^,;:]{3,80}?)(?:\s+(?:did|had|was))?\s*[.!?]?$",
    re.IGNORECASE,
)
_LEAST_COVER = 0.75

Candidates = Callable[[str], list[tuple[Entry, float]]]


class Ordered(NamedTuple):
    """Two dated events of the sheet, in the claim's order, and whether the claim has their order right."""

    first: Comparison
    second: Comparison
    right: bool


def find_order(text: str, candidates: Candidates, weight: Callable[[str], float]) -> Ordered | None:
    """The two events that a claim puts in order; None where it does not, or the sheet does not date both.

    Args:
        text: One claim.
        candidates: Gives the statements that may speak about a text.
        weight: How rare a stem is in the sheet.
    """
    match = _ORDER.match(text.strip())
    if not match:
        return None
    first = read(match["first"])
    second = _completed(first, match["second"])
    if any(one.negations or one.dates or one.quantities for one in (first, second)):
        return None
    one = _dated(first, candidates, weight)
    other = _dated(second, candidates, weight) if one else None
    if not one or not other or one.entry.fact.id == other.entry.fact.id:
        return None
    mine, theirs = _when(one), _when(other)
    earlier, later = (mine, theirs) if match["use"].lower() == "before" else (theirs, mine)
    if earlier.high <= later.low:
        return Ordered(one, other, True)
    return Ordered(one, other, False) if later.high <= earlier.low else None


def _completed(first: Reading, second: str) -> Reading:
    """The second event with the first one's verb where it has none of its own: "before Lenin" did."""
    own = read(second)
    if all(word.stem in own.names or word.text[0].isupper() for word in own.content):
        verbs = " ".join(word.text for word in first.content if word.text[0].islower())
        return read(f"{second} {verbs}")
    return own


def _dated(event: Reading, candidates: Candidates, weight: Callable[[str], float]) -> Comparison | None:
    """The fact that dates an event: its subject is named, its relation is the event's, nothing else is said."""
    for entry, _ in candidates(event.text):
        fact = entry.fact
        if entry.misstatement is not None or not fact.subject or not fact.date or not fact.relation:
            continue
        one = compare(event, entry, weight)
        if one.subject and one.matched >= 2 and one.cover >= _LEAST_COVER and not one.missing and _same_event(one):
            return one
    return None


def _same_event(one: Comparison) -> bool:
    names = one.subject_words
    spoken = [match.word.stem for match in one.matches if match.word.stem not in names]
    relation = one.entry.relation
    classes = {number for part in relation for number in classes_of(part)}
    if any(any(kin(word, part) == "same" for part in relation) or bool(classes_of(word) & classes) for word in spoken):
        return True
    # A statement that tells of one day only can mean no other event by its own verb.
    dated = one.entry.dates[0]
    told = [match.other for match in one.matches if match.other in one.entry.own_stems]
    one_day = all(when.overlaps(dated) for when in one.entry.reading.dates)
    return one_day and any(word in told for word in spoken)


def _when(one: Comparison) -> When:
    """When it began, where the fact gives an interval."""
    return one.entry.dates[0]
