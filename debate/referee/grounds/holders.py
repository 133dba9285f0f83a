"""Another holder of what only one can hold: who wrote it, what its capital is, who won it, in either word order."""

import re

from debate.referee.comparison import Match
from debate.referee.facets import Facet
from debate.referee.findings import Ground
from debate.referee.grounds.pairing import Pair, anchor
from debate.referee.lexical import kin, lemma
from debate.referee.lexicon import FUNCTIONAL_RELATIONS
from language.words import stem, word_set

_NAMES = ("name", "place", "nation")
_SHARED = word_set("born mother father husband wife spouse king queen emperor monarch ruler killed killer commanded")
"""Relations of which one sentence rarely tells that there was no other."""
_HELD = frozenset(lemma(stem(word)) for word in FUNCTIONAL_RELATIONS - _SHARED)
_FEWEST_MET = 2
_ONE_OF = re.compile(
    r"\b(?:one of|among|co-?\w+ed|an?\s+(?:\w+\s+)?(?:winner|author|founder|ruler|king|queen))\b", re.IGNORECASE
)
_BY = "by"


def find_holder(pair: Pair) -> Ground | None:
    """Another name for the one that did or holds what the claim and the statement both speak of.

    All but the name has to be met, so that "Edison invented the telephone" is held against who invented the telephone
    and not against who invented something else.
    """
    if pair.claim.negations or pair.statement.negations or _ONE_OF.search(f"{pair.claim.text} {pair.statement.text}"):
        return None
    mine = _holder_claimed(pair)
    if mine is None or mine not in pair.rivals.lacking:
        return None
    met = [match for match in pair.one.matches if match.share]
    rest = [match for match in pair.one.missing if not mine.start <= match.word.start < mine.end]
    relations = [match.word.stem for match in met if _is_held(match.word.stem)]
    if rest or len(met) < _FEWEST_MET or not relations or pair.one.dates == "clash" or pair.one.quantities == "clash":
        return None
    if any(mine.start <= match.word.start < mine.end for match in met) or not _is_one_thing(pair, met, relations):
        return None
    theirs = _holder_known(pair, relations)
    if theirs is None or set(theirs.stems) & {match.word.stem for match in pair.one.matches}:
        return None
    if any(one[:_ALIKE] == other[:_ALIKE] for one in mine.stems for other in theirs.stems):
        # Hickam may be Hickman misspelt.
        return None
    claimed = pair.claim.text[mine.start : mine.end]
    return Ground("value", claimed, pair.statement.text[theirs.start : theirs.end], True)


_ALIKE = 3
_ANY_ONE = re.compile(r"\b(?:an?|any|some|many|several|two|three)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _is_one_thing(pair: Pair, met: list[Match], relations: list[str]) -> bool:
    """Whether what is held has a name, or is "the" one thing of its kind, in one sentence of the statement."""
    if pair.rivals.sentence_cover < pair.cover - _SPREAD:
        return False
    text = pair.claim.text
    placed = {part for facet in pair.rivals.claimed if facet.preposition in _BESIDE for part in facet.stems}
    held = [match for match in met if match.word.stem not in relations and match.word.stem not in placed]
    named = [match for match in held if match.word.text[0].isupper() and not _ANY_ONE.search(text[: match.word.start])]
    the = [match for match in held if re.search(r"\b[Tt]he\s+$", text[: match.word.start])]
    return bool(named) or any(
        re.search(rf"\bthe\s+{re.escape(match.word.fold)}\b", pair.statement.text, re.IGNORECASE) for match in the
    )


_SPREAD = 0.05
_BESIDE = frozenset(("in", "at", "on", "for", "with", "from", "to", "during", "after", "before", "near"))
"""What follows these says where and when, not what."""


def _is_held(own: str) -> bool:
    return any(kin(own, other) == "same" for other in _HELD)


def _holder_claimed(pair: Pair) -> Facet | None:
    """The name that opens the claim before its verb, follows "by", or ends it after "is"."""
    claimed = pair.rivals.claimed
    if not claimed:
        return None
    last = claimed[-1]
    if _PASSIVE.search(pair.claim.text):
        return last if last.sort in ("name", "place") and last.preposition == _BY else None
    if claimed[0].sort in _NAMES and claimed[0].end <= pair.verb_start and claimed[0] in pair.rivals.lacking:
        return claimed[0]
    return last if last.sort in ("name", "place") and last.preposition == "is" else None


_PASSIVE = re.compile(r"\b(?:was|were|is|are|been)\s+(?:\w+ly\s+)?\w+\s+by\b", re.IGNORECASE)


def _holder_known(pair: Pair, relations: list[str]) -> Facet | None:
    """The statement's name in the same part: before the verb, behind "by", or after "is"."""
    near = [facet for facet in pair.known if pair.near(facet)]
    for facet in near:
        if facet.sort not in _NAMES:
            continue
        if facet.preposition == _BY and any(kin(anchor(pair.statement, facet), own) == "same" for own in relations):
            return facet
    first = near[0] if near else None
    if first is None or first.sort not in _NAMES or first.preposition:
        return None
    following = [facet for facet in near[1:] if facet.preposition == "is" or facet.sort == "verb"][:_FEW]
    return first if any(kin(facet.stems[-1], own) == "same" for facet in following for own in relations) else None


_FEW = 4
