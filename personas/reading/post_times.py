"""When a post was written, from what a forum page prints or hides in its markup."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

_MAX_CHARS = 200
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: n for n, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap])?\.?m?\b", re.I)
_NAMED = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})", re.IGNORECASE),
)
_YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_NUMBERS = re.compile(r"\b(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)\b")


def parse_times(texts: Sequence[str | None]) -> list[datetime | None]:
    """Times of the posts of one page.

    Args:
        texts: For each post what the page says: seconds since 1970, ISO 8601, or a date in words or numbers. Whether
            07-03-2020 begins with the day is told by the other dates of the page; where none tells, it is left out.

    Returns:
        For each post its time: in UTC where the page names a zone, without a zone where it does not, None where it
        says nothing that can be understood ("Yesterday").
    """
    texts = [text[:_MAX_CHARS] if text else text for text in texts]
    pairs = [match for text in texts if text and (match := _NUMBERS.search(text))]
    day_first: bool | None = None
    if any(int(match["first"]) > 12 or match["mark"] == "." for match in pairs):
        day_first = True
    elif any(int(match["second"]) > 12 for match in pairs):
        day_first = False
    return [_parse(text.strip(), day_first) if text else None for text in texts]


def _parse(text: str, day_first: bool | None) -> datetime | None:
    try:
        if text.isascii() and text.isdecimal():
            return datetime.fromtimestamp(int(text), UTC) if 8 <= len(text) <= 11 else None
        return _parse_iso(text) or _parse_words(text, day_first)
    except (ValueError, OverflowError, OSError):
        return None


def _parse_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _parse_words(text: str, day_first: bool | None) -> datetime | None:
    for pattern in _NAMED:
        if match := pattern.search(text):
            month = _MONTHS[match["month"].lower()]
            return _with_clock(int(match["year"]), month, int(match["day"]), text, match)
    if match := _YEAR_FIRST.search(text):
        return _with_clock(int(match["year"]), int(match["month"]), int(match["day"]), text, match)
    if (match := _NUMBERS.search(text)) and day_first is not None:
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        day, month = (first, second) if day_first else (second, first)
        return _with_clock(year if year > 99 else 2000 + year if year < 70 else 1900 + year, month, day, text, match)
    return None


def _with_clock(year: int, month: int, day: int, text: str, date: re.Match[str]) -> datetime:
    clock = _CLOCK.search(text, date.end()) or _CLOCK.search(text[: date.start()])
    if clock is None:
        return datetime(year, month, day)
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return datetime(year, month, day, hour, int(clock["minute"]), int(clock["second"] or 0))
