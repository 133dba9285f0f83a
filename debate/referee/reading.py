"""What the referee reads out of a claim or a fact before it compares them."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from debate.referee.dates import When, find_dates
from debate.referee.lexical import is_country, is_known, lemma
from debate.referee.lexicon import (
    BOUNDS,
    EXCLUSIVES,
    LIGHT_WORDS,
    NEGATIONS,
    NEGATIVE_VERBS,
    PAST_VERBS,
    PHRASES,
    TIME_LINES,
    UNIVERSALS,
)
from debate.referee.quantities import PERCENT, UNITS, Quantity, find_quantities
from language.words import STOPWORDS, Word, stem, word_set, words

_ROOT_ENDINGS = (("istic", "ist"), ("ism", "ist"), ("iz", "is"), ("our", "or"))


_BOUND_REACH = 8
_UNSPOKEN = STOPWORDS | NEGATIONS | TIME_LINES | LIGHT_WORDS


class Reading(NamedTuple):
    """A text taken apart for comparison."""

    text: str
    content: tuple[Word, ...]
    """The words that carry meaning, dates and numbers left out."""
    names: frozenset[str]
    """Stems of the words that are names: capital letter inside a sentence, or known to the sheet."""
    dates: tuple[When, ...]
    quantities: tuple[Quantity, ...]
    negations: int
    exclusive: bool
    universal: bool


_NOT_UNTIL = re.compile(r"(?:\bnot|n['’`]?t|\bnever)\b[^.;!?]*\b(?:until|till|before)\s+(?:the\s+)?$", re.IGNORECASE)


_FRAME = re.compile(
    r"^(?:(?:it is|it's|it was)\s+(?:(?:also|well|widely|generally|commonly)\s+)?(?:known|said|clear|obvious|certain"
    r"|true|a fact|accepted|agreed|established|believed|claimed)\s+that"
    r"|(?:(?:i|we|you|he|she|they|everyone|everybody|people|historians?|some|many|most)"
    r"|(?:my|our|his|her|their|the|your)\s+(?:\w+\s+)?\w+)\s+(?:(?:all|also|once|always|have|has)\s+)*"
    r"(?:know|knows|knew|say|says|said|claim|claims|claimed|read|heard|learned|learnt|told\s+(?:me|us)|tell\s+us|tells\s+us"
    r"|state|states|stated|report|reports|reported|write|writes|wrote|point\s+out|points\s+out|agree|agrees|insist"
    r"|insists)(?:\s+(?:somewhere|once|in\s+[\w ]{2,30}))?\s+that"
    r"|(?:as|according\s+to)\s+(?:\w+\s+){1,4}?(?:\w+),)\s+",
    re.IGNORECASE,
)
_NOT_TRUE = re.compile(
    r"^it\s+(?:is\s+not|isn['’]t|is\s+hardly|was\s+not)\s+(?:true|the\s+case|correct)\s+that\s+", re.IGNORECASE
)


_CLEFT = re.compile(
    r"^(?P<when>(?:in|on|by|during|after|before|since|until|at|back)\b[^,;]{1,40}?,?\s+)?it(?:\s+is|['’]s|\s+was)\s+"
    r"(?:(?:actually|really|in\s+fact|only|mainly|mostly)\s+)?"
    r"(?P<who>(?:in|on|at|by|under|with|not\s+until)\s[^,;.]{2,60}?|(?!not\b|never\b)(?:the\s)?(?:\w+\s){0,2}?(?-i:[A-Z])[^,;.]{1,60}?)"
    r"\s+(?:who|that)\s+",
    re.IGNORECASE,
)
_THE_ONE = re.compile(
    r"(?<=\w)\s+(?:is|was|were)\s+(?:actually\s+|really\s+)?the\s+(?:one|man|woman|person|guy|ones|people)\s+who\s+"
)


def unframed(claim: str) -> str:
    """The claim without who says so, and with its subject in front.

    Taken away are "our teacher says that", "it is well known that", "according to the book,"; "it was Stalin who won"
    and "Stalin was the one who won" say that Stalin won.
    """
    said = _FRAME.sub("", claim, count=1)
    cleft = _CLEFT.match(said)
    if cleft is not None:
        when = f" {cleft['when'].strip(' ,')}" if cleft["when"] else ""
        rest = said[cleft.end() :]
        end = len(rest.rstrip(" .!"))
        return f"{cleft['who']} {rest[:end]}{when}{rest[end:]}"
    return _THE_ONE.sub(" ", said, count=1)


@lru_cache(maxsize=8_192)
def read(text: str) -> Reading:
    """Take a text apart."""
    dates = find_dates(text)
    found = words(text)
    counted = find_quantities(text, tuple((when.start, when.end) for when in dates))
    numbers = _numbers_of_names(text, found)
    quantities = tuple(
        one
        for one in counted
        if (one.start not in numbers or one.unit in (PERCENT, "#"))
        and not _OF_A_TITLE.match(text, one.start)
        and not _OF_A_PLAN.match(text, one.end)
    )
    taken = [(when.start, when.end) for when in dates] + [(one.start, one.end) for one in quantities]
    content: list[Word] = []
    names: set[str] = set()
    negations = 0
    folds = set()
    for place, word in enumerate(found):
        folds.add(word.fold)
        following = found[place + 1].fold if place + 1 < len(found) else ""
        negative = word.fold in NEGATIVE_VERBS and (word.fold != "declined" or following == "to")
        if (word.fold in NEGATIONS and word.fold != "without") or negative:
            negations += 1
        if any(start <= word.start < end for start, end in taken):
            continue
        meant = PHRASES.get((word.fold, following))
        if meant is not None:
            content.append(word._replace(stem=lemma(stem(meant))))
            continue
        if word.fold in _UNSPOKEN or (place and (found[place - 1].fold, word.fold) in PHRASES):
            continue
        if word.fold in BOUNDS and any(0 <= one.start - word.end <= _BOUND_REACH for one in quantities):
            # "Less than a tenth" is all in the number.
            continue
        if word.fold == "first" and (following in PAST_VERBS or following.endswith("ed")):
            # "First formed in 1923" says no more than "formed"; "the first election" does.
            continue
        if word.fold in _LIGHT_BEFORE and following in _LIGHT_BEFORE[word.fold]:
            # "Back in 1961" says no more than "in 1961".
            continue
        unit = UNITS.get(word.fold) if any(0 <= word.start - one.end <= 1 for one in quantities) else None
        content.append(word._replace(stem=unit or lemma(word.stem)))
        if word.start in numbers or _is_name(text, found, place):
            names.add(content[-1].stem)
    # "Not until 1924" says that it happened in 1924; its "not" denies nothing.
    if _NOT_TRUE.match(text):
        content = [word for word in content if word.fold not in ("true", "case", "correct")]
    negations -= sum(when.use == "not_until" and bool(_NOT_UNTIL.search(text[: when.start])) for when in dates)
    return Reading(
        text,
        tuple(content),
        frozenset(names),
        dates,
        quantities,
        max(0, negations),
        bool(folds & EXCLUSIVES) or bool(_ALONE.search(text)),
        bool(folds & UNIVERSALS),
    )


_ALONE = re.compile(
    r"\ball\s+(?:alone|on\s+(?:his|her|its|their)\s+own|by\s+(?:him|her|it|them)sel(?:f|ves))\b|\bsingle-?handed", re.I
)
_LIGHT_BEFORE = {
    "back": word_set("in on to"),
    "already": word_set("in on by"),
    "alone": word_set("brought had has was got"),
}
"""Words that say nothing before certain others."""
_LONGEST_NUMBER = 3
_COUNTING = word_set(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec maybe perhaps another next last first second besides plus minus approx circa just exactly
    altogether total age aged day page including killed yes well"""
)
"""Words that may open a sentence before something counted: "Maybe 11 people"."""


_OF_A_PLAN = re.compile(r"[-\s]years?['’]?[-\s]plans?\b", re.IGNORECASE)
"""A five-year plan is a thing with a name, in capitals or not."""
_OF_A_TITLE = re.compile(r"(?<![.!?] )(?:[A-Z][a-z]+ )?[A-Z][a-z]+[ -][A-Z][a-z]+(?:['’]s?)? (?:[A-Z]|of\b)")
"""The Thirty Years' War has no thirty of anything, nor has the Hundred Years' War a hundred."""


def _numbers_of_names(text: str, found: tuple[Word, ...]) -> frozenset[int]:
    """Where numbers stand that are part of a name: Apollo 11 is no eleven of anything."""
    return frozenset(
        word.start
        for before, word in pairwise(found)
        if word.text.isdigit()
        and len(word.text) <= _LONGEST_NUMBER
        and text[before.end : word.start] in (" ", "-")
        and before.text[0].isupper()
        and before.fold not in STOPWORDS | BOUNDS | _COUNTING
    )


def _is_name(text: str, found: tuple[Word, ...], place: int) -> bool:
    word = found[place]
    if not word.text[0].isupper():
        return False
    opening = place == 0 or bool(re.search(r"[.!?:]\W*$", text[found[place - 1].end : word.start]))
    if not opening:
        return True
    # At the beginning of a sentence a capital letter shows nothing, unless the next word has one too.
    following = found[place + 1] if place + 1 < len(found) else None
    return is_country(word.stem) or not is_known(word.stem) or bool(following and following.text[0].isupper())


@lru_cache(maxsize=50_000)
def root(stemmed: str) -> str:
    """What a creed and its people share, in either spelling: communism, communist; collectivis-, collectiviz-."""
    for ending, kept in _ROOT_ENDINGS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= 4:
            return stemmed[: -len(ending)] + kept
    return stemmed


_TRANSLITERATION = (
    ("tch", "ch"), ("tsch", "ch"), ("sch", "sh"), ("tz", "ts"), ("cz", "ch"), ("kh", "h"), ("zh", "j"),
    ("dj", "j"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("w", "v"), ("ij", "i"), ("iy", "i"), ("ii", "i"),
    ("yi", "i"), ("ky", "ki"), ("y", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ye", "e"),
    ("yo", "o"), ("ff", "f"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def sound(folded: str) -> str:
    """A key under which the transliterations of a name meet: Trotsky, Trotskii, Trotzki."""
    for old, new in _TRANSLITERATION:
        folded = folded.replace(old, new)
    key = re.sub(r"(.)\1+", r"\1", folded)
    return key[:-1] if key.endswith("s") and len(key) > 4 else key


_AGAIN = re.compile(r"\b(?:again|once more|a second time|for the second time)\b", re.IGNORECASE)


def is_another_time(claim: Reading, fact: Reading) -> bool:
    """Whether a claim tells of a later time that something happened: expelled "again", a "second" time."""
    return bool(_AGAIN.search(claim.text)) and not _AGAIN.search(fact.text)
