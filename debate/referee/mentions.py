"""The names in a sentence, and whether they are people, things, groups or places: by form and neighbours alone."""

import re
from typing import Literal, NamedTuple

from debate.referee.grammar import is_finite
from debate.referee.lexical import is_country, is_known
from language.sentences import split_sentences
from language.words import STOPWORDS, Word, word_set, words

Kind = Literal["person", "thing", "group", "place"]


class Mention(NamedTuple):
    """A name in a text."""

    start: int
    end: int
    text: str
    kind: Kind
    is_subject: bool
    """Whether it opens its sentence and a verb follows."""


_THINGS = word_set(
    """party union army war pact treaty league republic empire kingdom university institute commission committee council
    congress parliament duma soviet government ministry bank company corporation court act law bill plan programme
    program project bible church railway canal bridge tower stadium cup bundesliga nato comintern politburo fleet navy
    guard battle revolution treaty conference agreement reactor plant mission rocket shuttle station museum school"""
)
_PLACES = word_set("street square city river sea island mountain ocean county province state lake valley bay cape")
_CALENDAR = word_set(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec christmas easter"""
)
_TITLES = word_set(
    """mr mrs ms dr prof professor general marshal president king queen emperor tsar pope sir lord lady chancellor
    minister"""
)
_LINKING = word_set("of de von van der la le da di al")
_PLACE_WORDS = word_set("in at to from near into through across around outside inside")


def familiar_names(*texts: str | None) -> frozenset[str]:
    """Folded words that are written with a capital letter inside a sentence: names also where they open one."""
    return frozenset(
        found[place].fold
        for text in texts
        if text
        for one in split_sentences(text[:20_000])
        for found in (words(one.text),)
        for place in range(1, len(found))
        if found[place].text[0].isupper() and found[place].fold not in STOPWORDS
    )


def find_mentions(text: str, familiar: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """The names in a sentence, in order, months and nationalities left out.

    Args:
        text: A sentence, or clauses of one.
        familiar: See `familiar_names`; tells names from common words at the beginning.
    """
    found = words(text)
    taken: list[Mention] = []
    place = 0
    while place < len(found):
        last = _last_of_name(text, found, place, familiar)
        if last is None:
            place += 1
            continue
        taken.append(_mention(text, found, place, last))
        place = last + 1
    return tuple(taken)


def _last_of_name(text: str, found: tuple[Word, ...], place: int, familiar: frozenset[str]) -> int | None:
    """Index of the last word of the name that begins at `place`."""
    if not _is_name(found, place, familiar):
        return None
    last = place
    for index in range(place + 1, min(len(found), place + 7)):
        between = text[found[index - 1].end : found[index].start]
        if between not in (" ", "-", ". "):
            break
        if _is_name(found, index, familiar) or (
            index > place and re.fullmatch(r"[IVX]{1,4}|\d{1,3}", found[index].text)
        ):
            last = index
        elif found[index].fold not in _LINKING:
            break
        if found[index - 1].text.endswith(("'s", "’s")):
            break
    if last == place and is_country(found[place].stem) and _qualifies(text, found, place):
        return None
    return last


def _is_name(found: tuple[Word, ...], place: int, familiar: frozenset[str]) -> bool:
    word = found[place]
    if not word.text[0].isupper() or word.fold in _CALENDAR or word.fold == "i" or word.fold in STOPWORDS:
        return False
    if "'" in word.fold or len(word.fold) < 2 or (len(word.fold) == 2 and word.text.isupper()):
        # "Don't", "He'd", "X", "GB".
        return False
    if place:
        return True
    following = found[1] if len(found) > 1 else None
    has_capital = bool(
        following
        and following.text[0].isupper()
        and following.fold not in _CALENDAR
        and (len(following.text) > 2 or not is_known(word.stem))
        and following.fold not in STOPWORDS
    )
    if word.fold in familiar:
        return True
    return is_country(word.stem) or not is_known(word.stem) or has_capital or word.text.isupper()


def _qualifies(text: str, found: tuple[Word, ...], place: int) -> bool:
    """Whether a nation's name is an adjective: "the French attack"."""
    following = found[place + 1] if place + 1 < len(found) else None
    if following is None or text[found[place].end : following.start] != " ":
        return False
    return following.text[0].islower() and following.fold not in STOPWORDS and not is_finite(following)


def _mention(text: str, found: tuple[Word, ...], first: int, last: int) -> Mention:
    start, end = found[first].start, found[last].end
    name = re.sub(r"['’`]s$", "", text[start:end])
    before = found[first - 1].fold if first else ""
    after = next((word for word in found[last + 1 : last + 3] if not word.fold.endswith("ly")), None)
    opens = first == 0 or (first == 1 and before in ("the", "then", "but", "and", "so", "when", "after", "because"))
    is_subject = bool(opens and after is not None and (is_finite(after) or text[end : end + 1] == ","))
    return Mention(start, end, name, _kind(name, found, first, last, before), is_subject)


def _kind(name: str, found: tuple[Word, ...], first: int, last: int, before: str) -> Kind:
    folded = [word.fold for word in found[first : last + 1]]
    if folded[0] in _TITLES and last > first:
        return "person"
    if folded[-1] in _PLACES or is_country(found[last].stem):
        return "place"
    if set(folded) & _THINGS or any(part.isdigit() or re.fullmatch(r"[IVX]+", part) for part in name.split()[1:]):
        return "thing"
    if before == "the":
        return "group" if folded[-1].endswith("s") and not folded[-1].endswith("ss") else "thing"
    if name.isupper() and len(name) > 1:
        return "thing"
    if first == last and folded[0].endswith("s") and is_known(found[first].stem) and not folded[0].endswith("ss"):
        # "Whites", "Reds", "Bolsheviks".
        return "group"
    return "place" if before in _PLACE_WORDS else "person"
