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
_DATE_TAIL = re.compile(
    r"(?:\s+(?:on|am|le|el|em|op|il|den|dnia|от|dne|på|la|em|päivämäärä)|\s*[,»«–-])\s+"
    r"(?=[^\n]*\d)[^\n]{4,60}$",
    re.IGNORECASE,
)
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
    text = clean_name(line.replace("↑", " "))
    if text is None:
        return None
    if match := _NAME_FIRST.match(text):
        return clean_name(match["name"])
    match = _NAME_LAST.match(text)
    rest = match["name"] if match else text
    name = _leading_name(rest, known)
    if name is not None:
        return name
    if match is None and not rest.endswith((":", "：")):
        return None
    rest = rest.rstrip(" :：")
    dated = _DATE_TAIL.search(rest)
    if dated is not None and _TIME.search(dated[0]):
        rest = rest[: dated.start()]
    return (
        None if re.fullmatch(r"(?i)quote|zitat|citation|cita|citat|cytat|цитата|引用|code", rest) else clean_name(rest)
    )


def _leading_name(text: str, known: Iterable[str]) -> str | None:
    starts = [
        name
        for name in known
        if name and text.startswith(name) and (len(text) == len(name) or text[len(name)] in " :,\u00a0")
    ]
    return max(starts, key=len, default=None)
