"""What sort of thing each part of a text is, and what ties it to the rest: "by" whom, "in" where, "is a" what.

Two texts about the same matter can only exclude each other where they fill the same place with things of one sort.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from debate.referee.lexical import fields_of, is_country, lemma
from debate.referee.lexicon import AUXILIARIES, PAST_VERBS, PRESENT_VERBS
from debate.referee.reading import Reading, read
from language.sentences import split_sentences
from language.words import Word, stem, word_set, words

Sort = Literal["nation", "place", "name", "rank", "noun", "verb", "quality", "word"]


class Facet(NamedTuple):
    """A name or a word of a text with the part it plays."""

    stems: tuple[str, ...]
    """Stems of the words it is made of: several for a name, else one."""
    sort: Sort
    fields: frozenset[str]
    """Fields of its senses as a noun, for example "noun.person"; empty for unknown words."""
    preposition: str
    """The preposition before it, "is" after "is a", "" where there is none."""
    verb: str
    """Stem of the verb or noun that the preposition belongs to: "born" for "born in Kiev"; "" where there is none."""
    sentence: int
    """Which sentence of the text it stands in, from 0."""
    start: int
    end: int


PREPOSITIONS = word_set(
    "by in of from at on with to for as against into near under after before during through between"
)
_COPULAS = word_set("is was are were be been being became becomes become remains remained")
_ARTICLES = word_set("a an the one not never only just also exclusively solely some any his her its their")
_RANKS = word_set(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last final only sole
    1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th debut 13th 14th 15th 16th 17th 18th 19th 20th"""
)
_TITLES = word_set(
    """president governor prime minister king queen emperor senator mayor chairman secretary general captain chancellor
    pope prince princess duke earl lord sir lady party war battle treaty act republic league union church university
    award prize cup championship olympics river lake mount island county state city"""
)
_PARTICIPLES = word_set(
    """born spoken known made given taken written shown seen held built sold won led set become drawn driven grown laid
    brought taught caught bought fought sung worn torn sworn chosen broken frozen stolen hidden forbidden"""
)
_BREAK = re.compile(r"[.;:!?]\s")
_NOUNS_IN_ING = word_set(
    "building king ring spring string wing being thing evening morning painting wedding hundred seed"
)
_NAME_JOIN = re.compile(r"[\s.'’&-]*(?:(?:of|de|von|van|the|da|di|la|le|al|bin|and)\s)?\s*")


@lru_cache(maxsize=8_192)
def find_facets(text: str) -> tuple[Facet, ...]:
    """The facets of a text in order."""
    reading = read(text)
    kept = {word.start: word for word in reading.content}
    ends = [sentence.end for sentence in split_sentences(text)]
    found: list[Facet] = []
    preposition = verb = ""
    previous: Word | None = None
    run: list[Word] = []

    def flush() -> None:
        if run:
            number = sum(end <= run[0].start for end in ends)
            found.append(_facet(run, reading, preposition, verb, number))
            run.clear()

    for word in words(text):
        between = text[previous.end : word.start] if previous else ""
        if _BREAK.search(between):
            flush()
            preposition = verb = ""
        is_name = word.start in kept and kept[word.start].stem in reading.names and word.text[0].isupper()
        if run and not (is_name and _NAME_JOIN.fullmatch(text[run[-1].end : word.start])):
            flush()
        previous = word
        if is_name and (not is_country(word.stem) or (run and run[-1].fold == "new")):
            run.append(kept[word.start])
            continue
        flush()
        if word.fold in _COPULAS:
            preposition, verb = "is", ""
        elif word.fold in PREPOSITIONS:
            preposition = word.fold
        elif word.fold in AUXILIARIES or word.fold in _ARTICLES or word.start not in kept:
            continue
        else:
            own = kept[word.start]
            run.append(own)
            flush()
            if _is_verb(word):
                preposition, verb = "", own.stem
            elif preposition not in ("", "is"):
                # After "in the city of Kiev" the next names still belong to the verb.
                continue
    flush()
    return tuple(found)


def _is_verb(word: Word) -> bool:
    """Whether a lower-case word stands as a verb, by its ending; nouns that could be verbs are taken for nouns."""
    if not word.text[0].islower() or word.fold in _COPULAS:
        return False
    if word.fold in PAST_VERBS or word.fold in PRESENT_VERBS or word.fold in _PARTICIPLES:
        return True
    if re.search(r"(?:ed|ing)$", word.fold) and len(word.fold) > 4:
        return word.fold not in _NOUNS_IN_ING
    irregular = stem(word.fold) != lemma(stem(word.fold)) and not word.fold.endswith("s")
    return irregular and any(one.startswith("verb") for one in fields_of(word.stem))


def _facet(run: list[Word], reading: Reading, preposition: str, verb: str, number: int) -> Facet:
    head = run[-1]
    known = fields_of(head.stem)
    return Facet(
        stems=tuple(word.stem for word in run),
        sort=_sort(run, known, reading),
        fields=frozenset(one for one in known if one.startswith("noun")),
        preposition=preposition,
        verb=verb,
        sentence=number,
        start=run[0].start,
        end=run[-1].end,
    )


def _sort(run: list[Word], known: tuple[str, ...], reading: Reading) -> Sort:
    head = run[-1]
    if len(run) == 1 and is_country(head.stem):
        return "nation"
    if head.fold in _RANKS:
        return "rank"
    if head.stem in reading.names and head.text[0].isupper() and (len(run) > 1 or head.fold not in _TITLES):
        return "place" if len(run) == 1 and "noun.location" in known else "name"
    if _is_verb(head):
        return "verb"
    if any(one.startswith("noun") for one in known):
        return "noun"
    return "quality" if known and known[0].startswith("adj") else "word"
