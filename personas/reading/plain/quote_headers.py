"""Lines, or starts of lines, in which software names whom the next words quote: "NAME said:" and its like."""

import re

from personas.reading.plain import furniture

_QUOTED_WHEN = r"(?:On .{4,40}|(?:\d{1,3}|an?) \w{1,8} ago|(?:just now|yesterday|today)[^,]{0,20}), "
# The quoted words may follow the time without a space: "11:23 amThe ferry".
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?: [ap]m|(?-i:[ap]m(?![a-z])|[AP]M))?"
_QUOTED_ON = r"(?:\w{3},? )?(?:\w{3,9} \d{1,2}|\d{1,2}\.? \w{3,9}),? \d{4},? " + _CLOCK
_MAILED = r"On (?:\w+, )?(?:\w{3,9}\.? \d{1,2}, \d{4}|\d{1,2}\.? \w{3,9} \d{4}),? at " + _CLOCK
_MAILED += r"(?: [a-z]{2,4}(?:[+-]\d{1,2})?)?,?"
_QUOTED_DATE = rf"(?:↑.*|{_QUOTED_ON}\s*)?"
_QUOTE_HEADER = re.compile(
    r"(?i)^\s*(?:(?:quote:?\s*)?originally posted by:?\s+(?P<posted>\S.{0,38}?)(?:\s+view post)?\s*$|"
    r"\([^()\n]{6,40}\)\s?(?P<mybb>\S.{0,38}?) wrote:|"
    r"quote from:? (?P<smf>\S.{0,38}?) on [^\n:]{6,28}?,? " + _CLOCK + r"|"
    rf"{_MAILED} (?P<mailed>\S.{{0,38}}?)(?: <[^<>]{{3,60}}>)? wrote:\s*$|"
    rf"{_QUOTED_WHEN}(?P<dated>\S.{{0,38}}?)\s+(?:said|wrote)\s*:\s*$|"
    rf"(?P<said>\S.{{0,38}}?)\s+(?:said|wrote|writes)\s*:\s*{_QUOTED_DATE}$|"
    rf"(?P<before>\S.{{0,38}}?) wrote:\s*(?:↑\s*)?{_QUOTED_ON}(?=\s*\S)|"
    r"(?P<stuck>\S{1,25}(?: \S{1,15})?) wrote:(?=\S))"
)
_WROTE_ON = re.compile(r"^\s*(?P<name>\S.{0,38}?) (?:wrote|said):[ \t]*(?=\S)", re.IGNORECASE)


_MAX_CHARS_WITHOUT_COLON = 120
_UNNAMED = re.compile(r"(?i)^(?:quote|zitat|citation|cita|citaat|cytat|цитата|citat|lainaus|alıntı|idézet):?$")


def says_quote(text: str) -> bool:
    """Whether a whole line says that a quotation follows, and not of whom."""
    return bool(_UNNAMED.match(text))


def quote_header(text: str, names: frozenset[str] = frozenset()) -> tuple[str, int, int] | None:
    """Whom a line names as the writer of the words that follow, and from where to where it does so.

    After one of the names that are known the quoted words may follow on the same line.
    """
    if ":" not in text and (len(text) > _MAX_CHARS_WITHOUT_COLON or "by" not in text.casefold()):
        # No such line lacks both, and a page may have many lines.
        return None
    match = _QUOTE_HEADER.match(text)
    if match is None:
        spaced = _WROTE_ON.match(text) if names else None
        known = spaced is not None and spaced["name"] in names
        return (spaced["name"], spaced.start(), spaced.end()) if spaced is not None and known else None
    name = next(filter(None, match.groups()))
    count = len(name.split())
    if name in names:
        return name, match.start(), match.end()
    if count > 4 or not furniture.may_be_name(name):
        return None
    # Only software writes on right after the colon; there a name may begin with an article.
    titled = match.group("stuck") and count > 1 and name.istitle()
    if not titled and furniture.says_nobody(name):
        return None
    return name, match.start(), match.end()
