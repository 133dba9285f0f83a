"""When somebody was born and died, in brackets behind a name: "(1 May 1900 - 2 June 1950)"."""

import re
from typing import NamedTuple

from debate.referee.dates import When, disagrees, find_dates
from debate.referee.findings import Ground
from debate.referee.grounds.pairing import Pair
from language.sentences import split_sentences

_BRACKET = re.compile(r"\(([^()]*)\)")
_DASH = re.compile(r"\s*(?:--?|[\u2010-\u2015\u2212]|\bto\b)\s*")
_BORN = re.compile(r"\b(?:born|b\.)\s", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|d\.)\s", re.IGNORECASE)
_LATEST_YEARS = 130
_BIRTH = re.compile(r"\b(?:was|were|is|been)?\s*born\b", re.IGNORECASE)
_DEATH = re.compile(r"\b(?:died|passed away|dead|death|perished)\b", re.IGNORECASE)


class Life(NamedTuple):
    """The days of a life as a statement gives them."""

    birth: When | None
    death: When | None


def read_life(text: str) -> Life | None:
    """The life in the first bracket of a text that holds one."""
    for match in _BRACKET.finditer(text[:400]):
        inside = match[1]
        dates = find_dates(inside)
        if not dates:
            continue
        if _BORN.search(inside) and len(dates) == 1:
            return Life(_moved(dates[0], match.start(1)), None)
        if _DIED.search(inside) and len(dates) == 1:
            return Life(None, _moved(dates[0], match.start(1)))
        if len(dates) == 2 and _DASH.search(inside[dates[0].end : dates[1].start + 1] or "-"):
            birth, death = dates
            if 0 < death.low - birth.low < _LATEST_YEARS:
                return Life(_moved(birth, match.start(1)), _moved(death, match.start(1)))
    return None


def _moved(when: When, start: int) -> When:
    return when._replace(start=when.start + start, end=when.end + start)


def find_life(pair: Pair) -> Ground | None:
    """Another day or year of birth or death than the statement puts in brackets behind the same name."""
    is_birth, is_death = bool(_BIRTH.search(pair.claim.text)), bool(_DEATH.search(pair.claim.text))
    if is_birth == is_death or len(pair.claim.dates) != 1 or pair.claim.negations or not pair.subject_met:
        return None
    number = pair.rivals.known[0].sentence if pair.rivals.known else 0
    first = split_sentences(pair.statement.text)[number] if pair.rivals.known else None
    life = read_life(pair.statement.text)
    if life is None or first is None or not pair.value("leads") or pair.is_namesake:
        return None
    known = life.birth if is_birth else life.death
    claimed = pair.claim.dates[0]
    if known is None or not disagrees(claimed, known):
        return None
    said = pair.claim.text[claimed.start : claimed.end].strip()
    return Ground("date", said, pair.statement.text[known.start : known.end].strip(), True)
