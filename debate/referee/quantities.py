"""Numbers as people write them: digits, words, per cents, ranges and bounds, with units and tolerances."""

import math
import re
from typing import NamedTuple

from language.words import STOPWORDS, stem, word_set

PERCENT = "%"
_SHARED_BOUND = 0.03
"""Share of a number by which an upper and a lower bound must overlap to be taken for compatible."""


class Quantity(NamedTuple):
    """A number in a text: its place, the values it allows (both ends included) and what it counts."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    """Stem of the noun that is counted, "%" for per cent, "" where none follows, "#" for ordinals."""

    def admits(self, other: "Quantity") -> bool:
        """Whether both can be true of the same thing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if math.inf in (self.high, other.high) and -math.inf in (self.low, other.low):
            # "Under 873" and "over 873" overlap by their rounding only.
            return high - low > _SHARED_BOUND * abs(high)
        return low <= high


_ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)  # noqa: SIM905
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3,
"bn": 1e9,
           "mn": 1e6, "m": 1e6, "dozen": 12.0}  # fmt: skip
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "thirds": 1 / 3, "quarters": 0.25, "fifth": 0.2,
              "fifths": 0.2, "tenth": 0.1, "tenths": 0.1}  # fmt: skip
_NUMBER_WORD = "|".join(sorted([*_ONES, *_TENS], key=len, reverse=True))
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_LONG = r"\s+(?:high|tall|long|deep|wide|thick|above|below|from|away|apart|across)\b"
"""What follows metres, and not millions."""
_FOUND = re.compile(
    rf"(?<![\w.,/])(?:(?<!-)|(?<=\d-))(?P<currency>[$£€])?(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?"
    rf"(?:\s?(?P<scale>{_SCALE}|bn|mn|k|m)\b(?!{_LONG}))?(?P<percent>\s?(?:%|per\s?cent\b|percentage\b|pct\b))?(?![\w])"
    rf"|\b(?P<fraction>(?:(?:one|two|three|a)[\s-]+)?(?:half|thirds?|quarters?|fifths?|tenths?))\s+(?:of\b|the\b|a\b)"
    rf"|\b(?P<words>(?:(?:{_NUMBER_WORD}|a)(?:[\s-]+(?:and\s+)?))?(?:(?:{_NUMBER_WORD}|{_SCALE})(?:[\s-]+(?:and\s+)?)?)*"
    rf"(?:{_NUMBER_WORD}|{_SCALE}))\b(?P<wordpercent>\s?(?:%|per\s?cent\b))?",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|[-–—]|to)\s*")
_RANGE = re.compile(r"\s*(?:[-–—]|to|and)\s*")
_BOUNDS = (
    ("over",
    re.compile(r"\b(?:over|more\s+than|at\s+least|above|exceed(?:s|ed|ing)?|no\s+less\s+than"
        r"|no\s+fewer\s+than|upwards\s+of|minimum\s+of|greater\s+than|higher\s+than"
    r"|larger\s+than)\s*$", re.I)), ("under", re.compile(r"\b(?:under|less\s+than|fewer\s+than|at\s+most"
    r"|below|up\s+to|no\s+more\s+than|a\s+maximum\s+of|not\s+even|lower\s+than|smaller\s+than)\s*$", re.I)),
    ("nearly", re.compile(r"\b(?:nearly|almost|close\s+to|just\s+under)\s*$", re.I)),
    ("about",
    re.compile(r"\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca?\.|~|an?\s+estimated"
        r"|perhaps|maybe)\s*$", re.I)), ("only", re.compile(r"\b(?:only|just|merely|a\s+mere)\s*$", re.I)),
)  # fmt: skip
_UNIT = re.compile(r"[\s-]*((?:[^\W\d_]+[\s-]+){0,2}[^\W\d_]+)")
UNITS = {
    form: stem(line.split()[0])
    for line in (
        "kilograms kg kgs kilogram kilogramme kilogrammes kilos kilo",
        "kilometres km kms kilometre kilometers kilometer",
        "metres m metre meters meter",
        "centimetres cm centimetre centimeters centimeter",
        "tonnes t tonne tons ton",
        "litres l litre liters liter",
        "miles mi mile",
        "feet ft foot",
        "pounds lb lbs pound",
        "people persons person men man humans human",
        "hours h hrs hour",
        "minutes min mins minute",
        "dollars usd dollar bucks",
    )
    for form in line.split()
}
"""Forms of one unit, under the stem of the first."""
_OF_THESE = re.compile(r"\s+of\s+(?:(?:the|its|his|her|their|these|those|our|all)\s+)+", re.IGNORECASE)
"""Four of its launches are launches."""
_NO_UNIT = word_set("percent per cent percentage more less fewer other different total new old good bad first last")


def find_quantities(text: str, dates: tuple[tuple[int, int], ...] = ()) -> tuple[Quantity, ...]:
    """Every number of a text in order, those inside `dates` left out."""
    found: list[Quantity] = []
    for match in _FOUND.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in dates):
            continue
        read = _value(match)
        if read is None:
            continue
        value, step = read
        low, high = _bounded(text[max(0, match.start() - 25) : match.start()], value, step)
        found.append(Quantity(match.start(), match.end(), low, high, _unit(text, match)))
    return _with_ranges(text, found)


_LARGEST_ROUNDING = 0.04
"""Nobody who writes 40,000 means 43,000."""


def _value(match: re.Match[str]) -> tuple[float, float] | None:
    """The number, and half of the step to which it seems rounded."""
    if match["digits"]:
        plain = re.sub(r"[,\u00a0\u202f]", "", match["digits"])
        scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
        if "." in plain:
            step = 0.5 * 10 ** -len(plain.split(".")[1])
        elif scale > 1 or match["percent"]:
            step = 0.5
        else:
            zeros = len(plain) - len(plain.rstrip("0"))
            # "13,000" is rounded; "10" or "200" may be exact, and small counts always are.
            step = min(0.5 * 10**zeros, _LARGEST_ROUNDING * float(plain)) if zeros >= 3 else 0.0
        return float(plain) * scale, step * scale
    if match["words"]:
        value = _spelled(match["words"].lower())
        return None if value is None else (value, 0.04 * value if value >= 1000 or match["wordpercent"] else 0.0)
    parts = re.split(r"[\s-]+", match["fraction"].lower())
    count = _ONES.get(parts[0], 1) if len(parts) > 1 else 1
    share = count * _FRACTIONS[parts[-1]] * 100
    return share, 2.5


def _spelled(text: str) -> float | None:
    total = current = 0.0
    for word in re.split(r"[\s-]+", text):
        if word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "a":
            current += 1
        elif word in ("hundred", "dozen"):
            current = (current or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (current or 1) * _SCALES[word]
            current = 0.0
    value = total + current
    # "one" is mostly a pronoun, "hundreds" no number at all.
    return value if value not in (0.0, 1.0) and text != "dozen" else None


def _bounded(before: str, value: float, step: float) -> tuple[float, float]:
    bound = next((name for name, cue in _BOUNDS if cue.search(before)), "")
    if bound == "over":
        return value - step, float("inf")
    if bound == "under":
        return float("-inf"), value + step
    if bound == "nearly":
        return value * 0.88, value + step
    if bound == "about":
        return value * 0.9 - step, value * 1.1 + step
    return value - step, value + step


def _unit(text: str, match: re.Match[str]) -> str:
    if match["percent"] or match["wordpercent"] or match["fraction"]:
        return PERCENT
    if match["ordinal"]:
        return "#"
    if match["currency"]:
        return match["currency"]
    inside = _OF_THESE.match(text, match.end())
    following = _UNIT.match(text, inside.end() - 1 if inside else match.end())
    if not following:
        return ""
    for word in re.split(r"[\s-]+", following[1].lower()):
        if word in STOPWORDS:
            return ""
        if word not in _NO_UNIT:
            return UNITS.get(word) or stem(word)
    return ""


def _with_ranges(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Join "between 80 and 90 %" into one; give "85, 86 and 89.4 %" one unit."""
    joined: list[Quantity] = []
    for one in reversed(found):
        if joined:
            following = joined[-1]
            between = text[one.end : following.start]
            if _JOIN.fullmatch(between) and one.unit in ("", following.unit):
                before = text[max(0, one.start - 12) : one.start].lower()
                spans = between.strip() in ("-", "–", "—", "to") or before.rstrip().endswith(("between", "from"))
                if spans and _RANGE.fullmatch(between) and one.low < following.high:
                    joined[-1] = Quantity(one.start, following.end, one.low, following.high, following.unit)
                    continue
                one = one._replace(unit=following.unit)
        joined.append(one)
    return tuple(reversed(joined))
