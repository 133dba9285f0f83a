"""When something was written, as pages print it in a line: "2d", "3 years ago (edited)", "asked Mar 3 at 9:15"."""

import re
from dataclasses import dataclass

_MAX_CHARS = 140
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|"
    r"September|"
    r"October|November|December|Mär|März|Mai|Okt|Dez|Januar|Februar|Juni|Juli|Oktober|Dezember|janv|févr|mars|"
    r"avr|mai|"
    r"juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)\.?"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?"
_CLOCK += r"(?:\s*(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|Uhr|[+-]\d\d:?\d\d))?"
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|"
    r"Sekunden?|Minuten?|Stunden?|Tage?n?|Wochen?|Monate?n?|Jahre?n?)"
)
_DAY = (
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d\d)|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:\d{{4}}|['’]\d\d))?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+(?:\d{{4}}|['’]\d\d))?|{_MONTH},?\s+\d{{4}}|"
    r"(?:today|yesterday|gestern|heute|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)))"
)
_AGO = (
    rf"(?:(?:about |over |almost |vor )?(?:\d+\s?(?:{_UNIT}|[smhdwy]|mo)|(?:an?|one|einem|einer)\s{_UNIT})\.?"
    rf"(?:,? \d+ {_UNIT})*(?: ago)?|over an? (?:year|month|week|day) ago|just now|a moment ago|moments ago|"
    rf"vor kurzem)"
)
_ABSOLUTE = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?{_DAY}(?:[\s,@·•|–-]*(?:at\s+|um\s+|à\s+|a las\s+)?{_CLOCK})?"
    rf"|{_CLOCK}[\s,]+(?:on\s+)?{_DAY}"
)
_WHEN = re.compile(rf"(?i)(?<![\w.:/@#-])(?P<when>{_ABSOLUTE}|{_AGO}|{_CLOCK})(?![\w:/-])")
# To try the whole pattern on every line of a page would take long.
_MAY_SAY_WHEN = re.compile(r"(?i)\d|ago\b|now\b|day\b|gestern|heute|kurzem|vor e")
_CUES = (
    r"answered|asked|commented|modified|edited|last edited|updated|posted|written|submitted|published|replied|"
    r"created|joined|"
    r"reviewed|said|active|viewed|bearbeitet|geschrieben|posté|publicado"
)
_CUE = re.compile(rf"(?i)\b(?P<cue>{_CUES})\b")
_FILLER = re.compile(
    rf"(?i)\b(?:{_CUES}|on|at|am|um|le|date|time|forum|utc|gmt|via|using|from|web|mobile|android|iphone|ios|local|"
    r"the|this|message was|new|old|unread|edited)\b|[\s•·|,;:()\[\]<>*+#~«»›‹“”\"'’…–—/-]"
)
_SPANS_MOST = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """What a line says beside when: the words before and after it, and the verb of what was done then."""

    before: str
    after: str
    cue: str | None
    is_bare: bool
    """Whether the line says nothing else, but for such a verb and signs."""
    is_certain: bool
    """Whether it is a date or "... ago"; "5h" or "10:30" alone may be anything."""


def moment_in(text: str) -> Moment | None:
    """The moment that a short line names, None where it names none or says too much."""
    if len(text) > _MAX_CHARS or not _MAY_SAY_WHEN.search(text):
        return None
    match = _WHEN.search(text)
    if match is None:
        return None
    first, last = match, match
    for _ in range(_SPANS_MOST):
        following = _WHEN.search(text, last.end())
        if following is None or _FILLER.sub("", text[last.end() : following.start()]):
            break
        last = following
    before, after = text[: first.start()], text[last.end() :]
    cue = _CUE.search(before)
    when = first["when"]
    certain = len(when) > 5 and (any(map(str.isdigit, when)) or "ago" in when.lower() or "now" in when.lower())
    rest = _FILLER.sub("", before + " " + after)
    return Moment(before, after, cue["cue"].lower() if cue else None, not rest or rest.isdecimal(), certain)
