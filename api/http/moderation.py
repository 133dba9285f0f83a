"""What pupils type, before anybody else sees it: cleaned, and refused where it is blank, too long or rude."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from api.http.problems import ProblemError
from language.chat import clean_text

MOST_IN_A_TURN = 1_200
"""Characters; about two minutes of speaking."""
MOST_IN_A_NAME = 40

# Format characters but for the joiners, which scripts and emoji need; and more marks on one letter than any script has.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_DISGUISES = str.maketrans("013457@$!|", "oieastasii")
_LOOKALIKES = str.maketrans("асеорхуіѕјкмнтвԁɡ", "aceopxyisjkmhtbdg")


def cleaned(text: str) -> str:
    """What was typed on one line, without characters that are not seen or turn the text around them."""
    return " ".join(_MARKS.sub(r"\1", _UNSEEN.sub("", clean_text(text))).split())


def typed(text: str, most: int) -> str:
    """What a pupil typed, fit to be shown to a class.

    Args:
        text: As it came.
        most: Characters allowed.

    Raises:
        ProblemError: It is blank, too long, or rude.
    """
    text = cleaned(text)
    if not any(unicodedata.category(one)[0] in "LNS" for one in text):
        raise ProblemError(422, "blank", "Nothing was written", "write something first")
    if len(text) > most:
        raise ProblemError(422, "too-long", "This is too long", f"at most {most} characters; these are {len(text)}")
    if is_rude(text):
        raise ProblemError(422, "rude", "This cannot be shown to a class", "say it without rude words")
    return text


def is_rude(text: str) -> bool:
    """Whether one of the words is on the list, in disguise or not."""
    words, pattern = _words_of(text), _rude_words()
    return any(pattern.fullmatch(one) or pattern.fullmatch(_squeezed(one)) for one in words)


def likeness(text: str) -> str:
    """The same for texts that a reader takes for one another: case, accents, punctuation and spacing apart."""
    return "".join(one for one in _plain(text) if one.isalnum())


def _words_of(text: str) -> set[str]:
    plain = _plain(text)
    words = re.findall(r"\w+", plain)
    disguised = re.findall(r"[a-z]+", plain.translate(_DISGUISES))
    # Letters with gaps between them, as in "f u c k" and "f.u.c.k".
    spelled = [re.sub(r"\W+", "", one) for one in re.findall(r"\b(?:\w\W+){2,}\w\b", plain.translate(_DISGUISES))]
    return {*words, *disguised, *spelled}


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in spread if unicodedata.category(one)[0] not in "MC").translate(_LOOKALIKES)


def _squeezed(word: str) -> str:
    return re.sub(r"(.)\1{2,}", r"\1", word)


@cache
def _rude_words() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "rude_words.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile("|".join(re.escape(one).replace(r"\*", r"\w*") for one in words))
