"""Words of a text with their places, folded and stemmed so that spellings of one word meet."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

_STEMMER = Stemmer.Stemmer("english")
_STEMMER.maxCacheSize = 50_000
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])"  # U.S.S.R.
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|'s|’s)?(?![^\W_])"  # 1,234.5, 21st, 1950's
    r"|[^\W_]+(?:['’`](?:s|t|d|ll|re|ve|m|S|T)(?![^\W_]))?",
)
_POSSESSIVE = re.compile(r"['’`]s$|['’`]$", re.IGNORECASE)


class Word(NamedTuple):
    """One word: its place in the source, its folded form and its stem."""

    start: int
    end: int
    text: str
    fold: str
    stem: str


def word_set(text: str) -> frozenset[str]:
    """The words of a list kept as running text."""
    return frozenset(text.split())


STOPWORDS = word_set(
    """a an the this that these those it its he she they we you i him her them us me his their our your my
    mine yours hers theirs himself herself itself themselves who whom whose which what where when why how
    and or but nor so yet if then else than as of in on at by to from with without into onto over under
    about against between among through during before after above below up down out off again further once
    here there all any both each few more most other some such no not only own same too very can will just
    don should now is are was were be been being am have has had having do does did doing would could may
    might must shall also s t ll re ve d m re because while until although though since upon within along
    across per via et al well really actually quite even still however therefore thus hence rather much many
    lot lots thing things way get got getting like one ones"""
)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case without accents, possessive and inner dots, so that "U.S.S.R.'s" and "USSR" are the same."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = _POSSESSIVE.sub("", plain)
    if "." in plain and not plain[0].isdigit():
        plain = plain.replace(".", "")
    return plain.replace("’", "'").replace("`", "'")


@lru_cache(maxsize=50_000)
def stem(folded: str) -> str:
    """The Snowball stem of a folded word."""
    return str(_STEMMER.stemWord(folded))


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[Word, ...]:
    """All words of `text` in order, function words among them."""
    found = []
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        if folded:
            found.append(Word(match.start(), match.end(), match[0], folded, stem(folded)))
    return tuple(found)


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept."""
    return [word.stem for word in words(text) if word.fold not in STOPWORDS]
