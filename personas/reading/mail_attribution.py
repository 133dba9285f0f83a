"""The line above a quotation in a mail ("On Monday, Ann Lee <ann@example.org> wrote:"), to the name in it."""

import re
from typing import NamedTuple

_ZONE = (
    r"(?:GMT|UTC|CES?T|E[SD]T|C[SD]T|M[SD]T|P[SD]T|BST|IST|JST|AE[SD]T|MSK|Z)?(?:\s?[+-]\d\d:?\d\d)?"
    r"(?:\s?[A-Z]\w*/[A-Z]\w+)?(?:\s?\([A-Za-z ]{2,30}\))?"
)
_CLOCK = rf"\d{{1,2}}[:.h]\d\d(?::\d\d)?(?:\s*[AaPp]\.?\s?[Mm]\.?(?![a-z]))?\s?{_ZONE}"
_DATE_END = re.compile(
    rf"^.*(?:\b{_CLOCK}|\b(?:19|20)\d\d\b|\b\d{{1,2}}[./-](?:\d{{1,2}}|[A-Za-z]{{3}})[./-]\d\d\b)"
    r"\s*(?:Uhr)?[\s,:-]*",
    re.DOTALL,
)
_DATE = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b|\b\d{1,2}[./-](?:\d{1,2}|[A-Za-z]{3})[./-]\d\d\b")
_NAME_THEN_VERB = re.compile(
    r"^(?P<rest>.+?)[\s,]*\b(?:wrote|writes|said|says|schrieb|a écrit|a ecrit|escribi[oó]|ha scritto|escreveu|"
    r"napisał(?:\(?a\)?)?|pisze|пишет|писал\(?а?\)?|написал\(?а?\)?|skrev|skriver|schreef|kirjoitti|írta|"
    r"napsal\(?a?\)?|yazdı)(?:\s+(?:in|on|the following)\b[^:\n]{0,120})?\s?:?\s*\]?$",
    re.IGNORECASE | re.DOTALL,
)
_VERB_THEN_NAME = re.compile(
    r"^(?:am|den|op|dne|dnia|w dniu|on|le|um)?\b(?P<date>.*?)\b"
    r"(?:schrieb|skrev|schreef|napsal\(?a?\)?|napisał\(?a?\)?)\s+(?P<rest>.+?)\s?:$",
    re.IGNORECASE | re.DOTALL,
)
_QUOTING = re.compile(r"^(?:quoting|citando|zitat von|\*)\s+(?P<rest>.+?)(?:\s+\[[^\]]*\])?\s?:$", re.IGNORECASE)
_NAME_ON_DATE = re.compile(r"^(?P<name>[^\d:]{2,80}?)[\s,]+(?:on|am|le|at)\s.*\d", re.IGNORECASE | re.DOTALL)
_DATED_ADDRESS = re.compile(r"^\D{0,12}\d{4}[-/]\d\d[-/]\d\d[\s,T].*<[^<>]+>\s?:$", re.DOTALL)
_ADDRESS = re.compile(r"[<(\[](?:mailto:)?([^<>()\[\]]*?(?:@|\bat\b|\|)[^<>()\[\]]*)[>)\]]|\b[\w.+-]+@[\w.-]+\b")
_MESSAGE_ID = re.compile(r"^in (?:article|message|news:)\s*<[^>]*>,?\s*(?:of\s)?", re.IGNORECASE)
_OPENING = re.compile(r"^(?:on|at|am|le|el|il giorno|il|em|den|op|dne|dnia|w dniu|в|-+|\[)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"^(?:i|he|she|we|they|you|someone|somebody|it|who|and|as|ich|er|sie|je|il|elle)\b", re.IGNORECASE
)
_MAX_CHARS = 320
_MAX_LINES = 4
_MAX_NAME_WORDS = 7


class Attribution(NamedTuple):
    """Whom a quotation is said to be by: a name, or where the line gives none an address."""

    author: str | None
    """None where the line only says "you wrote"."""
    address: str | None
    lines: int
    """How many lines it takes, blank ones not counted."""


def attribution_at_end(lines: list[str]) -> Attribution | None:
    """The attribution that the last lines are, at most four of them; None where they are something else."""
    return _best([lines[-count:] for count in range(1, min(_MAX_LINES, len(lines)) + 1)])


def attribution_at_start(lines: list[str]) -> Attribution | None:
    """The attribution that the first lines are, at most four of them; None where they are something else."""
    return _best([lines[:count] for count in range(1, min(_MAX_LINES, len(lines)) + 1)])


def _best(candidates: list[list[str]]) -> Attribution | None:
    found = [(attribution, lines) for lines in candidates if (attribution := _read(lines))]
    # The shortest that begins as such lines do; else the end of a folded line would pass for the whole of it.
    whole = (attribution for attribution, lines in found if _is_whole(lines[0]))
    return next(whole, found[0][0] if found else None)


def _is_whole(first_line: str) -> bool:
    text = first_line.lstrip(" \t>|")
    opens = _OPENING.match(text) is not None or _MESSAGE_ID.match(text) is not None
    return (opens and _DATE.search(text) is not None) or re.match(r"\d{4}[-/]\d\d", text) is not None


def _read(lines: list[str]) -> Attribution | None:
    text = " ".join(line.lstrip(" \t>|").strip() for line in lines).strip()
    if not text or len(text) > _MAX_CHARS or not all(line.strip() for line in lines):
        return None
    rest = _without_verb(text)
    if rest is None:
        return None
    match = _ADDRESS.search(rest)
    address = (match.group(1) or match.group(0)).strip() if match else None
    name = _name(rest)
    if name is None and address is None:
        return None
    return Attribution(None if name and _PRONOUN.fullmatch(name) else name or address, address, len(lines))


def _without_verb(text: str) -> str | None:
    if match := _QUOTING.match(text):
        return match["rest"]
    if (match := _VERB_THEN_NAME.match(text)) and _DATE.search(match["date"]):
        return match["rest"]
    if match := _NAME_THEN_VERB.match(text):
        rest = _MESSAGE_ID.sub("", match["rest"])
        # Without a date or an address "X wrote" may be a sentence: only a bare name, with a colon, will do.
        if _DATE.search(rest) or _ADDRESS.search(rest):
            return rest
        most = _MAX_NAME_WORDS if text.endswith(":") else 3
        is_name = len(rest.split()) <= most and rest.lstrip("\"'")[:1].isupper()
        return rest if is_name and not _PRONOUN.match(rest) else None
    return text.rstrip(" :") if _DATED_ADDRESS.match(text) else None


def _name(rest: str) -> str | None:
    bare = _ADDRESS.sub(" ", rest)
    if not _OPENING.match(bare) and (match := _NAME_ON_DATE.match(bare)):
        return _clean(match["name"])
    if _DATE.search(bare):
        bare = re.sub(r"^[+-]?\d{4}[\s,]+", "", _DATE_END.sub("", bare, count=1))
    return _clean(_OPENING.sub("", bare))


def _clean(name: str) -> str | None:
    name = re.sub(r"^\W*\w+\W+==\s*", "", name)  # "AL" == Ann Lee, as some mail programs write
    name = " ".join(re.sub(r"\(\s*\)|<\s*>", " ", name).split())
    name = re.sub(r"^(?:via|by|from)\s+", "", name.strip(" ,;:*\"'[]()-"), flags=re.IGNORECASE)
    return name if re.search(r"\w", name) and len(name.split()) <= _MAX_NAME_WORDS else None
