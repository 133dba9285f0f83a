"""The line that forum software writes above a quotation ("Ann Lee wrote:"), to the name in it."""

import re
from collections.abc import Iterable

_SAID = (
    r"said|wrote|writes|posted|schrieb|sagte|hat (?:geschrieben|gesagt)|a écrit|a dit|escribió|ha escrito|dijo|"
    r"ha scritto|ha detto|scrisse|escreveu|disse|napisał(?:a|\(a\))?|schreef|zei|skrev|kirjoitti|sanoi|írta|"
    r"a scris|написал(?:а|\(а\))?|писал(?:а|\(а\))?|сказал(?:а|\(а\))?|написав|yazdı|demiş(?:ki)?|"
    r"napsal(?:a|\(a\))?|napísal(?:a)?|je napisao(?:/la)?|je rekao|έγραψε"
)
_NAME_FIRST = re.compile(rf"^(?P<name>.+?)[\s,]+(?:{_SAID})\s*(?:[:：↑].*)?$", re.IGNORECASE | re.DOTALL)
_NAME_LAST = re.compile(
    r"^(?:originally (?:posted|written) by|quote(?:d)? (?:from|by)|quote(?=:)|zitat von|zitat(?=:)|posté par|"
    r"envoyé par|citation(?: de)?(?=\s?:)|citation envoyé par|cita de|cita di|citado por|iniciado por|"
    r"originariamente inviat[oa] da|originalmente (?:escrito|postado|publicado|enviado) por|inviato da|"
    r"oorspronkelijk geplaatst door|citaat van|originally posted av|ursprungligen postat av|citat från|citat fra|"
    r"zamieszczone przez|cytat(?: z)?(?=:)|сообщение от|цитата(?: от)?(?=:)|idézet(?=:)|alıntı(?: sahibi)?(?=:)|"
    r"citace od|lainaus(?= käyttäjältä)? käyttäjältä|lainaus(?=:)|引用自|引用)\s*[:：]?\s*(?P<name>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# The last such word before a date ends the name, which may hold one itself ("Ann on the Hill").
_DATED = re.compile(
    r"^(?P<name>.+)\s(?:on|am|le|el|em|en|op|il|den|dnia|от|dne|på|la|om)\s+(?=.*\d)(?P<date>.{4,60})$", re.IGNORECASE
)
_DATED_BY_MARK = re.compile(r"^(?P<name>.+?)\s*[,»«–]\s+(?P<date>.{4,60})$")
_MAX_LINE_CHARS = 300
_ONLY_QUOTE = re.compile(r"quote|zitat|citation|cita|citaat|citat|cytat|цитата|引用|lainaus|idézet", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.h]\d\d|\b(?:19|20)\d\d\b")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


def clean_name(text: str | None) -> str | None:
    """A name without invisible characters and runs of space; None where nothing is left."""
    return " ".join(_INVISIBLE.sub("", text or "").split()) or None


def attributed_name(line: str, known: Iterable[str] = ()) -> str | None:
    """Who was quoted, from the software's line above the quotation.

    Args:
        line: "Ann Lee wrote:", "Originally Posted by Ann Lee", "Quote from: Ann Lee on May 03, 2012, 01:20:11 PM",
            also in other languages; anything else that ends in a colon is taken to be a source named by hand.
        known: Names of those who post on the page; they decide in languages that are not known here.

    Returns:
        The name, None where the line only says that this is a quote.
    """
    # Real lines are short; a longer one is no name, and must not cost time.
    text = clean_name(line[:_MAX_LINE_CHARS].replace("↑", " "))
    if text is None:
        return None
    if match := _NAME_FIRST.match(text):
        return clean_name(match["name"])
    match = _NAME_LAST.match(text)
    rest = (match["name"] if match else text).rstrip(" :：")
    undated = _without_date(rest)
    if match is not None and undated != rest:
        return clean_name(undated)
    # A known name decides only where the line cannot be parsed: "Ann" must not be credited with what Ann Smith wrote.
    if match is None or any(char.isdigit() for char in rest):
        known_name = _leading_name(rest, known)
        if known_name is not None:
            return known_name
    if (match is None and not text.endswith((":", "："))) or _ONLY_QUOTE.fullmatch(rest):
        return None
    return clean_name(undated)


def _without_date(text: str) -> str:
    for pattern in (_DATED, _DATED_BY_MARK):
        dated = pattern.match(text)
        if dated is not None and _TIME.search(dated["date"]):
            return dated["name"]
    return text


def _leading_name(text: str, known: Iterable[str]) -> str | None:
    starts = [
        name
        for name in known
        if name and text.startswith(name) and (len(text) == len(name) or text[len(name)] in " :,\u00a0")
    ]
    return max(starts, key=len, default=None)
