"""Clauses that lean on a noun of their sentence: "Stalin, who became general secretary in 1922, ...".

A relative clause tells something of the real world even inside an imagined history, so it is a claim of its own, read
with the noun that it belongs to. What follows it, and what shares the subject of the clause before, is read with that
subject.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from debate.referee.framing import frame_end
from debate.referee.grammar import PRONOUNS, is_finite, starts_clause
from debate.referee.lexicon import AUXILIARIES
from language.words import Word, fold, word_set, words

if TYPE_CHECKING:
    from debate.referee.claims import Clause

RELATIVES = frozenset(("who", "which", "whose", "that"))
RELATIVE = re.compile(r"(?:who|which|whose|that)(?:\s+|(?=['’](?:d|ve)\s))", re.IGNORECASE)
_LOOSE = re.compile(r",\s+(?P<word>who|which|whose)(?:\s+|(?=['’](?:d|ve)\s))")
_TIGHT = re.compile(r"(?<=\w)\s+(?P<word>that|which|who)\s+")
_UNREAL = re.compile(r"\b(?:would|could|might|wouldn['’]?t|couldn['’]?t|\w+['’]d)\b|^\W*(?:Had|Without|If)\b")
_CLEFT = re.compile(r"\W*it\s+(?:is|was|is\s+not|was\s+not|isn['’`]?t|wasn['’`]?t)\s", re.IGNORECASE)
"""It was in 1949 that China became communist: one statement, which "that" does not cut."""
_JOINTS = frozenset(("that", "which", "who", "i", "if", "when", "as", "because", "we", "you"))
"""Words that show that more stands before a verb than its subject."""
_MODAL = word_set("would could might wouldn't couldn't mightn't wouldnt couldnt will should may")
_OPENERS = word_set(
    """nobody everybody he she it they we you i there the his her its their this that these those no everyone most many
    all somebody people"""
)
_NAME = re.compile(r"(?:(?:the|The)\s+)?(?:[A-Z][\w'’.-]*\s+)(?:(?:[A-Z][\w'’.-]*|of|the|de|von|van|and|\d{1,3})\s+)*$")
_NOUN = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|my|your|these|those|this|that|some|many|all)|[A-Z][\w-]*['’]s)\s+"
    r"(?:[\w'’-]+\s+){1,4}$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:[Tt]he|[Tt]hose|[Tt]hese|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[A-Z][\w-]*['’]s)\s")
_CHECKABLE = re.compile(r"\d{2}|\s[A-Z][a-z]+")
_NO_NAMES = word_set(
    """if had when but and so because since although even without with were while after before then as unlike like
    despite besides except including"""
)
_LAST = re.compile(r"[A-Za-z][\w'’-]{2,}\s+$")


def cut_relatives(clause: "Clause") -> "list[Clause]":
    """A clause and the relative clauses in it, each with the noun that it is read with."""
    for match in _relatives(clause):
        text = clause.text
        end = _end(text, match)
        relative = text[match.start("word") : end].rstrip(" ,")
        noun = _antecedent(text[: match.start()])
        if not noun or len(relative[:_REACH].split()) < 3 or not _has_own_verb(relative):
            continue
        if match.re is _TIGHT and not (_DEFINITE.match(noun) and _CHECKABLE.search(relative)):
            # "That" may also open what somebody said or thought.
            continue
        if match.re is _TIGHT and _goes_on(relative):
            continue
        pieces = [
            _piece(clause, 0, match.start(), clause.link, clause.lead),
            _piece(clause, match.start("word"), match.start("word") + len(relative), match["word"], noun),
        ]
        rest = text[end:].lstrip(" ,")
        if rest:
            start = len(text) - len(rest)
            lead = "" if starts_clause(rest) else text[: match.start()].strip()
            pieces += cut_relatives(_piece(clause, start, len(text), clause.link, lead))
            if lead:
                # Without its verb the first part says nothing.
                del pieces[0]
        return pieces
    return [clause]


def _relatives(clause: "Clause") -> Iterator[re.Match[str]]:
    yield from _LOOSE.finditer(clause.text)
    sentence = clause.sentence.text
    if _UNREAL.search(sentence, frame_end(sentence)) and not _CLEFT.match(clause.text):
        # Only there does a relative clause differ in its world from what it is part of.
        yield from _TIGHT.finditer(clause.text)


_REACH, _LONGEST = 300, 3_000
"""How many characters are looked at for what begins at a place, and how long a relative clause may be."""


def _has_own_verb(relative: str) -> bool:
    found = words(relative[:_REACH])
    verbs = [place for place, word in enumerate(found[1:6], 1) if is_finite(word)]
    if not verbs or found[verbs[0]].fold in _MODAL:
        return False
    # "that it closed": an object's clause has a pronoun or a noun before its verb; "which" alone has none.
    return verbs[0] <= 2 or found[0].fold == "whose" or verbs[0] <= 4


def _goes_on(relative: str) -> bool:
    """Whether the main clause's verb stands in what was taken for its relative clause: "who went there were few"."""
    found = words(relative[:_LONGEST])
    verbs = [place for place, word in enumerate(found) if word.fold in AUXILIARIES or word.fold in _MODAL]
    first = next((place for place, word in enumerate(found[1:], 1) if is_finite(word)), len(found))
    later = [place for place in verbs if place > first + 2]
    return any(
        found[place - 1].fold not in PRONOUNS
        and not {word.fold for word in found[first:place]}
        & {"and", "or", "but", "that", "when", "because", "which", "who"}
        for place in later
    )


def _end(text: str, match: re.Match[str]) -> int:
    """Where a relative clause ends: at the comma after which its sentence goes on, else with the sentence."""
    start = match.end()
    for comma in re.finditer(r",\s+", text[start : start + _LONGEST]):
        rest = text[start + comma.end() : start + comma.end() + _REACH]
        following = words(rest[:80])
        if following and (is_finite(following[0]) or starts_clause(rest)):
            return start + comma.start()
        if len(following) > 1 and following[0].fold.endswith("ly") and is_finite(following[1]):
            return start + comma.start()
    if match.re is _TIGHT:
        return _before_modal(text, start)
    return len(text)


def _before_modal(text: str, start: int) -> int:
    """Where the subject of the main clause begins, which "would" follows at once."""
    found = [word for word in words(text) if word.start >= start]
    for place, word in enumerate(found[2:], 2):
        following = found[place + 1 : place + 3]
        if any(one.fold in _MODAL for one in following) and _opens(word):
            return word.start
        if word.fold in _MODAL:
            return word.start
    return len(text)


def _opens(word: Word) -> bool:
    if word.text[0].isdigit():
        return False
    return word.text[0].isupper() or word.fold in _OPENERS


def _antecedent(before: str) -> str:
    text = before.rstrip() + " "
    found = _NAME.search(text[-90:]) or _NOUN.search(text[-90:]) or _LAST.search(text[-90:])
    noun = found[0].strip() if found else ""
    while noun and fold(noun.split(maxsplit=1)[0]) in _NO_NAMES:
        noun = noun.partition(" ")[2]
    return noun


def _piece(clause: "Clause", start: int, end: int, link: str, lead: str) -> "Clause":
    text = clause.text[start:end]
    bare = text.strip().rstrip(",;:")
    start += len(text) - len(text.lstrip())
    return clause._replace(
        start=clause.start + start, end=clause.start + start + len(bare), text=bare, link=link, lead=lead
    )


def share_subjects(clauses: "Sequence[Clause]") -> "list[Clause]":
    """Clauses without a subject of their own get that of the clause before them."""
    shared: list[Clause] = []
    for clause in clauses:
        if shared and not clause.lead and clause.link in ("and", "but", "or") and not starts_clause(clause.text):
            clause = clause._replace(lead=_subject(shared[-1]))
        shared.append(clause)
    return shared


def _subject(clause: "Clause") -> str:
    """The words before the first finite verb of a clause, and the auxiliary that a participle after it would need."""
    if clause.lead and clause.link in RELATIVES:
        return clause.lead
    found = words(clause.text)
    for place, word in enumerate(found[:12]):
        if is_finite(word):
            if place == 0 or place > 7 or any(one.fold in _JOINTS for one in found[:place]):
                return clause.lead
            return clause.text[: word.start].strip()
    return clause.lead
