"""What a text says that something is: "Chile is a South American country" defines Chile, and says it is no city."""

import re
from functools import lru_cache
from typing import NamedTuple

from debate.referee.comparison import Comparison
from debate.referee.lexical import fields_of, kin
from debate.referee.reading import read
from language.sentences import split_sentences
from language.words import stem, word_set

_DEFINES = re.compile(
    r"^(?:In [^,]{2,40}, )?(?P<subject>(?:[^,;:]|:(?= [A-Z])|,(?= (?:Inc|Ltd|Jr|Sr|Co)\b)){1,90}?)"
    r"(?:,\s(?P<aside>[^;:.]{3,90}?),|,)?\s+(?:is|was|are|were|remains|became)\s+"
    r"(?:(?:not|never|only|just|also|exclusively|solely|now|today)\s+)*"
    r"(?:(?:an?|the|one of the|both an?)\s+|(?<=are )|(?<=were ))(?:(?:type|kind|sort|form|piece) of\s+(?:an?\s+)?)?",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:more|less|\w+er)\s+(?:\w+\s+)?than\b", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:\w+ly |also |better |best |sometimes )?(?:known|called|credited|nicknamed|abbreviated)\b", re.IGNORECASE
)
_BRACKET = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_STOP = re.compile(
    r"(?<!-)\b(?:of|in|for|from|by|that|who|which|whose|with|at|on|to|based|starring|born|set|known)\b|[.;:]"
    r"|\b\w+ed\s+(?:and\s+\w+ed\s+)?(?:of|in|for|from|by|with|at|on|to|as)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r":\s|\s(?:of|in|for|from|by|with|at|on|and)\s")
_VAGUE_WORDS = word_set(
    """work thing title product item object place space area site entity name term word example type kind form sort part
    piece member group category categories facility one number result series case version body house company
    organisation organization concept school drink"""
)
_VAGUE = frozenset(map(stem, _VAGUE_WORDS))
"""Words that say too little of what something is to exclude anything."""


class Definition(NamedTuple):
    """What one sentence says its subject is."""

    subject: frozenset[str]
    """Stems of the subject's words."""
    head: str
    """The subject's own last word: "Schmitt" of "Harrison Schmitt of Apollo 17"."""
    shortest: int
    """How many of its words name it at least: "Daag" does for "Daag: A Poem of Love"."""
    sentence: int
    """Which sentence of the text says so, from 0."""
    kinds: tuple[str, ...]
    """Stems of the words that say what it is, in order: "American film director and producer"."""


class Kinds(NamedTuple):
    """How what a claim takes its subject for stands to what the statement says it is."""

    defined: bool
    """Whether the statement defines the claim's subject."""
    met: bool
    """Whether it is what the claim says."""
    apart: bool
    """Whether it is something of quite another field: no country is a person."""


NO_KINDS = Kinds(False, False, False)


@lru_cache(maxsize=8_192)
def find_definitions(text: str) -> tuple[Definition, ...]:
    """The definitions in a text, one a sentence at most."""
    found = []
    for number, sentence in enumerate(split_sentences(text)):
        plain = _BRACKET.sub("", sentence.text)
        match = _DEFINES.match(plain)
        if not match or _COMPARES.search(plain, match.end()):
            continue
        stop = _STOP.search(plain, match.end())
        end = stop.start() if stop else len(plain)
        content = read(plain).content
        named = [word for word in content if match.start("subject") <= word.start < match.end("subject")]
        aside = match.end("aside") if _CALLED.match(match["aside"] or "") else match.end("subject")
        told = [word for word in content if match.start("subject") <= word.start < max(aside, match.end("subject"))]
        subject = frozenset(word.stem for word in told)
        within = _WITHIN.search(match["subject"])
        leading = [word.stem for word in named if not within or word.start < match.start("subject") + within.start()]
        # A sloop-of-war is a sloop.
        kinds = tuple(word.stem for word in content if match.end() <= word.start < end and plain[word.start - 1] != "-")
        if leading and kinds:
            shortest = len(leading) if ": " in match["subject"] else len(named)
            found.append(Definition(subject, leading[-1], shortest, number, kinds))
    return tuple(found)


def is_of(one: Comparison, claimed: frozenset[str], known: Definition) -> bool:
    """Whether a definition in the statement is of the subject whose stems the claim has."""
    other = {match.word.stem: match.other for match in one.matches if match.share}
    subject = {other.get(own, "") for own in claimed}
    named = known.head in subject or len(subject) > 1
    return subject <= known.subject and named and len(subject) * 2 >= min(known.shortest, 3)


def compare_kinds(one: Comparison) -> Kinds:
    """Lay what a claim says its subject is beside the statement's definition of the same subject."""
    claimed = find_definitions(one.claim.text)
    if not claimed:
        return NO_KINDS
    head = claimed[0].kinds[-1]
    if head in _VAGUE or not any(field.startswith("noun") for field in fields_of(head)):
        return NO_KINDS
    for known in find_definitions(one.entry.text):
        if known.kinds[-1] in _VAGUE:
            continue
        if is_of(one, claimed[0].subject, known):
            met = any(kin(head, kind) in ("same", "broader") for kind in known.kinds)
            mine = {field for field in fields_of(head) if field.startswith("noun")}
            theirs = {field for kind in known.kinds for field in fields_of(kind) if field.startswith("noun")}
            return Kinds(True, met, not met and bool(mine and theirs) and not mine & theirs)
    return NO_KINDS


def is_a_person(word: str) -> bool:
    """Whether a stem names people by what they do or are: several such words may hold of one person."""
    return "noun.person" in fields_of(word)
