"""Dates as people write them, read as intervals of years.

"early 1933" is [1933.0, 1933.42), "the 1950's" is [1950, 1960). How a date is used ("by", "not until",
"since") is kept, since it decides what would disagree with it.
"""

import re
from typing import Literal, NamedTuple

Use = Literal["at", "by", "before", "after", "since", "until", "not_until"]


class When(NamedTuple):
    """A date in a text: its place, and the years it may mean, `high` excluded."""

    start: int
    end: int
    low: float
    high: float
    use: Use
    approximate: bool

    def overlaps(self, other: "When") -> bool:
        """Whether both may mean the same time."""
        slack = max(_slack(self), _slack(other))
        return self.low < other.high + slack and other.low < self.high + slack


_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTH = (
    r"(?P<month{n}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_PART = (
    r"(?P<part>(?:very\s+)?(?:early|mid|middle|late|the\s+end\s+of|end\s+of|the\s+beginning\s+of|start\s+of"
    r"|spring|summer"
    r"|autumn|fall|winter|first\s+half\s+of|second\s+half\s+of)[\s-]*(?:of\s+|in\s+)?(?:the\s+)?)?"
)
_DECADES = {
    name: number * 10
    for number, name in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)  # noqa: SIM905
}
_CENTURIES = {
    "twenty-first": 21, "twentieth": 20, "nineteenth": 19, "eighteenth": 18, "seventeenth": 17, "sixteenth": 16,
    "fifteenth": 15, "fourteenth": 14, "thirteenth": 13, "twelfth": 12, "eleventh": 11, "tenth": 10,
}  # fmt: skip
_ERA = r"(?P<era>\s*(?:B\.?C\.?E?\.?|BC))?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("iso", r"\b(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?\b"),
        (
            "day",
            r"\b(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+of)?\s+" + _MONTH.format(n="1") + rf",?\s+(?P<y>{_YEAR})\b",
        ),
        (
            "day",
            r"\b" + _MONTH.format(n="1") + rf"\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})\b",
        ),
        ("month", _PART + r"\b" + _MONTH.format(n="1") + rf",?\s+(?:of\s+)?(?P<y>{_YEAR})\b"),
        ("century", _PART + r"\b(?P<c>\d{1,2})(?:st|nd|rd|th)[\s-]+century\b" + _ERA),
        (
            "century",
            _PART + r"\b(?P<cw>twenty[\s-]first|twentieth|nineteenth|eighteenth|seventeenth|sixteenth|fifteenth"
            r"|fourteenth|thirteenth|twelfth|eleventh|tenth)[\s-]+century\b" + _ERA,
        ),
        ("decade", _PART + r"(?<![\w$£€])(?P<y>(?:1[0-9]|20)\d0)['’`]?s\b"),
        ("decade2", _PART + r"(?<![\w$£€.,])['’`]?(?P<y>[2-9]0)['’`]?s\b"),
        (
            "decade3",
            _PART + r"\b(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
        ),
        (
            "range",
            rf"\b(?:between\s+|from\s+)?(?P<y>{_YEAR})\s*(?:[-–—/]|\s+and\s+|\s+to\s+|\s+until\s+)\s*(?P<y2>{_YEAR}|\d\d)\b"
            r"(?!\s*(?:%|percent|per cent|people|men|troops|km|tons|million))",
        ),
        ("year", _PART + rf"(?<![\w$£€.,-])(?P<y>{_YEAR})\b(?![.,]\d|\s*%|['’]s\b)" + _ERA),
        ("oldyear", r"\b(?P<y>\d{1,4})\s*(?P<era>B\.?C\.?E?\.?|BC|A\.?D\.?)(?![\w])"),
    )
)
_CUES: dict[str, tuple[str, ...]] = {
    "iso": ("-",),
    "day": tuple(_MONTHS),
    "month": tuple(_MONTHS),
    "century": ("century",),
    "decade": ("0s", "0's", "0’s", "0`s"),
    "decade2": ("0s", "0's", "0’s", "0`s"),
    "decade3": ("ties",),
    "range": ("-", "–", "—", "/", " and ", " to ", " until "),
    "oldyear": ("b.c", "bc", "a.d", "ad"),
}
"""What a text must hold for a pattern to be worth trying; the patterns are slower than these looks."""
_COUNTED = re.compile(
    r"\s*-?(?:people|men|women|troops|soldiers|tons?|tonnes|km|kilomet\w+|miles|met\w*|feet|dollars|pounds"
    r"|rubles|members"
    r"|votes|seats|deaths|million|billion|thousand|hundred|percent|per\s+cent|years|days|copies|words|species|degrees"
    r"|points|acres|hectares|MW|kg|mph)\b",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(r"\s+(?!Ad\b|Bc\b)[A-Z][a-z]")
"""21st Century Fox is a company."""
_USES: tuple[tuple[Use, re.Pattern[str]], ...] = (
    (
        "not_until",
        re.compile(
            r"(?:\bnot|n['’`]?t|\bnever)\b[^.;!?]{0,40}\b(?:until|till|before)\s+(?:the\s+)?$"
            r"|\bonly\s+(?:in|after|from|by)\s+(?:the\s+)?$|\bas\s+late\s+as\s+(?:the\s+)?$",
            re.I,
        ),
    ),
    ("before", re.compile(r"\b(?:before|prior\s+to|earlier\s+than|ahead\s+of)\s+(?:the\s+)?$", re.I)),
    ("after", re.compile(r"\b(?:after|later\s+than|following|past)\s+(?:the\s+)?$", re.I)),
    ("since", re.compile(r"\b(?:since|from|starting\s+in|beginning\s+in|as\s+early\s+as)\s+(?:the\s+)?$", re.I)),
    ("until", re.compile(r"\b(?:until|till|up\s+to|through)\s+(?:the\s+)?$", re.I)),
    ("by", re.compile(r"\bby\s+(?:the\s+)?$", re.I)),
)
_WORK_FROM = re.compile(
    r"\b(?:film|movie|book|novel|song|album|series|game|poem|play|painting|letter|map|photograph|law)\s+from\s+(?:the\s+)?$",
    re.I,
)
"""A film from 2015 is of that year, not since it."""
_ABOUT = re.compile(
    r"\b(?:about|around|circa|c\.|ca\.?|roughly|approximately|some\s+time\s+in|near|~)\s*(?:the\s+)?$", re.I
)
_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MIDNIGHT = 1e-6


def find_dates(text: str) -> tuple[When, ...]:
    """Every date of a text in order; none overlaps another."""
    taken: list[tuple[int, int]] = []
    found: list[When] = []
    lower = text.lower()
    if not any(character.isdigit() for character in text) and "ties" not in lower and "century" not in lower:
        return ()
    for kind, pattern in _PATTERNS:
        if not any(cue in lower for cue in _CUES.get(kind, ("",))):
            continue
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            years = _years(kind, match)
            if kind == "decade3" and not match["part"] and not text[: match.start()].endswith("the "):
                continue
            if kind == "century" and _OF_A_NAME.match(text, match.end()):
                continue
            if years is None or (kind == "year" and _is_count(text, match)):
                continue
            if kind in ("decade2", "decade3") and _OF_AGE.search(text[: match.start()]):
                continue
            taken.append(match.span())
            before = text[max(0, match.start() - 60) : match.start()]
            lead = match[0][: len(match[0]) - len(match[0].lstrip())]
            use: Use = next((use for use, cue in _USES if cue.search(before + lead)), "at")
            use = "at" if use == "since" and _WORK_FROM.search(before + lead) else use
            found.append(
                When(match.start() + len(lead), match.end(), *years, use=use, approximate=bool(_ABOUT.search(before)))
            )
    return tuple(sorted(found))


_OF_AGE = re.compile(r"\b(?:his|her|their|my|your|our|its)\s+(?:(?:early|mid|middle|late)[\s-]*)?$", re.IGNORECASE)
"""In "his early forties" somebody is that old."""
_DATED = re.compile(
    r"\b(?:in|of|by|since|from|until|till|to|during|around|about|after|before|the|early|late|and|year)\s+$", re.I
)
_MANY = re.compile(
    r"\s+(?:[a-z]+\s+)?(?!was\b|is\b|has\b|does\b|as\b|its\b|his\b|this\b|series\b)[a-z]{3,}(?<!s)(?<!u)(?<!i)s\b"
)


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a year counts something: "contains 1500 lines"."""
    if _COUNTED.match(text, match.end()):
        return True
    before = text[: match.start()]
    return (
        bool(before.strip())
        and not _DATED.search(before)
        and bool(_MANY.match(text, match.end()))
        and bool(_TAKES.search(before))
    )


_TAKES = re.compile(
    r"\b(?:contain(?:s|ed|ing)?|ha[sd]|have|with|about|over|than|some|nearly|almost|only|killed|sold|includes?)\s+$",
    re.I,
)


def parse_iso(date: str) -> When:
    """The interval that a fact's `date` means."""
    first, _, last = date.partition("/")
    low, high = _iso(first)
    if last:
        high = _iso(last)[1]
    return When(0, len(date), low, high, "at", False)


def _iso(date: str) -> tuple[float, float]:
    sign = -1 if date.startswith("-") else 1
    parts = [int(part) for part in date.lstrip("-").split("-")]
    return _interval(sign * parts[0], parts[1] if len(parts) > 1 else None, parts[2] if len(parts) > 2 else None)


def _interval(year: int, month: int | None = None, day: int | None = None) -> tuple[float, float]:
    if month is None:
        return float(year), float(year + 1)
    days = sum(_LENGTHS[:month])
    if day is None:
        return year + days / 365, year + (days + _LENGTHS[month]) / 365
    return year + (days + day - 1) / 365, year + (days + day) / 365 - _MIDNIGHT


def _years(kind: str, match: re.Match[str]) -> tuple[float, float] | None:
    groups = match.groupdict()
    part = " ".join((groups.get("part") or "").lower().replace("-", " ").split())
    if kind == "century":
        century = int(groups["c"]) if "c" in groups else _CENTURIES[groups["cw"].lower().replace(" ", "-")]
        low = -century * 100 if groups.get("era") else (century - 1) * 100
        return _part_of(part, float(low), float(low + 100))
    if kind in ("decade", "decade2", "decade3"):
        start = _DECADES[groups["w"].lower()] if kind == "decade3" else int(groups["y"])
        start += 1900 if start < 100 else 0
        # "The 1900s" are ten years to some and a hundred to others.
        length = 100 if start % 100 == 0 and start < _THIS_CENTURY else 10
        return _part_of(part, float(start), float(start + length))
    year = int(groups["y"])
    if (groups.get("era") or "").strip().upper().startswith("B"):
        year = -year
    if kind == "range":
        last = int(groups["y2"])
        last = year // 100 * 100 + last if last < 100 else last
        return (float(year), float(last + 1)) if last > year else None
    month = groups.get("m") or _MONTHS.get((groups.get("month1") or "")[:3].lower())
    if month is None:
        return _part_of(part, float(year), float(year + 1))
    day = groups.get("d")
    if day is not None and not 1 <= int(day) <= 31:
        return None
    return _interval(year, int(month), int(day) if day else None)


_THIS_CENTURY = 2000
_PARTS = {
    "early": (0.0, 0.42), "beginning": (0.0, 0.3), "start": (0.0, 0.3), "mid": (0.3, 0.7), "late": (0.58,
    1.0), "end": (0.7, 1.0), "spring": (0.16, 0.5), "summer": (0.4, 0.75), "autumn": (0.65, 1.0), "fall":
    (0.65, 1.0), "winter": (0.0, 1.0), "first": (0.0, 0.5), "second": (0.5, 1.0),
}  # fmt: skip


def _part_of(part: str, low: float, high: float) -> tuple[float, float]:
    for name, (first, last) in _PARTS.items():
        if name in part.split() or (name == "mid" and part.startswith("mid")):
            return low + first * (high - low), low + last * (high - low)
    return low, high


def _slack(when: When) -> float:
    # People round dates: a decade is at its edges a matter of taste, a year is not.
    length = when.high - when.low
    if not when.approximate:
        return 0.0
    if length < _MONTH_LENGTH:
        # "About 29 March 1912" is no other year.
        return 0.1 if length < _DAY_LENGTH else 0.25
    return max(length * 0.1, 1.0)


_DAY_LENGTH, _MONTH_LENGTH = 0.01, 0.1


def agrees(claimed: When, known: When) -> bool:
    """Whether something known to have happened at one time fits what the claim says about its time."""
    if claimed.use == "since":
        return claimed.low < known.low + 1 and known.low < claimed.high
    if claimed.use == "until":
        return claimed.low < known.high and known.high <= claimed.high + _MIDNIGHT
    if claimed.use in ("by", "before"):
        return known.high <= claimed.high + _MIDNIGHT
    if claimed.use == "after":
        return known.low >= claimed.low
    return claimed.overlaps(known)


def disagrees(claimed: When, known: When) -> bool:
    """Whether something known to have happened at one time cannot have happened as the claim dates it."""
    slack = max(_slack(claimed), _slack(known))
    if claimed.use in ("by", "before"):
        return known.low >= claimed.high + slack
    if claimed.use == "after":
        return known.high <= claimed.low - slack
    if claimed.use == "since":
        return known.low >= claimed.high + slack
    if claimed.use == "until":
        # Only what lasted has an end that can be got wrong.
        return known.high - known.low > 1 and (known.high <= claimed.low or known.high > claimed.high + 1)
    return known.low >= claimed.high + slack or known.high <= claimed.low - slack
