"""Another number of the same things, or another rank in the same order."""

import re
from collections.abc import Sequence
from itertools import pairwise

from debate.referee.facets import Facet
from debate.referee.findings import Ground
from debate.referee.grounds.pairing import Pair, one_event, word_after, word_before
from debate.referee.lexical import kin
from debate.referee.quantities import PERCENT, Quantity
from debate.referee.reading import Reading
from language.words import Word, stem

_FOR_A_NUMBER = 0.6
_FOR_A_SUPERLATIVE, _SURE_SUPERLATIVE = 0.8, 0.9


def _plain(text: str) -> str:
    return text.strip().removesuffix(" of").strip()


def find_number(pair: Pair) -> Ground | None:
    """Another number of the same things, counted in the same way."""
    one = pair.one
    if pair.cover < _FOR_A_NUMBER or not pair.subject_met or not one.entry.quantities:
        return None
    for claimed in (*one.claim.quantities, *_ones(pair)):
        others = [number for number in one.claim.quantities if number is not claimed]
        free = [known for known in one.entry.quantities if not any(number.admits(known) for number in others)]
        alike = [known for known in free if _counts_the_same(pair, claimed, known)]
        exact = [known for known in alike if _phrase(pair.statement, known) == _phrase(pair.claim, claimed)]
        alike = exact or alike
        if len({(known.low, known.high) for known in alike}) == 1 and not claimed.admits(alike[0]):
            said = _plain(one.claim.text[claimed.start : claimed.end])
            return Ground("quantity", said, _plain(one.entry.text[alike[0].start : alike[0].end]))
    return None


_ONE = re.compile(r"\b(?:only|just|exactly|has|had|have|with)\s+(?P<one>one)\s+(?=[a-z]{4})(?!of\b)", re.IGNORECASE)


def _ones(pair: Pair) -> list[Quantity]:
    """ "One" where it counts, and is no pronoun: "has one airport"."""
    return [Quantity(*match.span("one"), 1.0, 1.0, "") for match in _ONE.finditer(pair.claim.text)]


_AGE = re.compile(r"\b(?:ages?|aged)\s+(?:of\s+)?(?:only\s+|just\s+)?$", re.IGNORECASE)
_OLD = re.compile(r"[\s-]*(?:years?|months?)[\s-]+old\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(for|every|last|past|next|within|in|after|over|first)\s+(?:the\s+|about\s+|only\s+|(?:more|less) than\s+)*$",
    re.I,
)
_TOP = re.compile(r"\btop[\s-]+$", re.IGNORECASE)
_TIMES = frozenset(map(stem, ("year", "month", "day", "week", "hour", "minute", "decade", "century")))
_MONEY = (PERCENT, "$", "£", "€")


def _counts_the_same(pair: Pair, claimed: Quantity, known: Quantity) -> bool:
    if _frame(pair.claim.text, claimed) != _frame(pair.statement.text, known):
        return False
    if claimed.unit in _MONEY or known.unit in _MONEY:
        return claimed.unit == known.unit
    mine, theirs = word_after(pair.claim, claimed.end), word_after(pair.statement, known.end)
    if "#" in (claimed.unit, known.unit):
        return claimed.unit == known.unit and bool(mine) and mine == theirs
    counted, other = _counted(pair.claim, claimed), _counted(pair.statement, known)
    if counted and other:
        return counted == other or kin(counted, other) == "same"
    if counted and not known.unit and counted in pair.one.entry.own_stems:
        # "Operas, of which he wrote more than thirty".
        return one_event(word_before(pair.claim, claimed.start), word_before(pair.statement, known.start))
    if not claimed.unit and not known.unit:
        return one_event(word_before(pair.claim, claimed.start), word_before(pair.statement, known.start))
    return False


def _counted(reading: Reading, number: Quantity) -> str:
    """Stem of the noun that a number counts, the words before it passed over: "airport" of "two large airports"."""
    phrase = _phrase(reading, number)
    if not phrase:
        return number.unit
    many = [word.stem for word in phrase if word.fold.endswith("s") and not word.fold.endswith("ss")]
    if many:
        return many[-1]
    return phrase[-1 if number.low == number.high == 1 else 0].stem


def _phrase(reading: Reading, number: Quantity) -> list[Word]:
    """The words that follow a number at once, three at most."""
    stop = _COUNT_END.search(reading.text, number.end)
    inside = _OF_THESE.match(reading.text, number.end)
    start = inside.end() if inside else number.end
    end = max(stop.start() if stop else len(reading.text), start + 1)
    phrase = [word._replace(start=0, end=0) for word in reading.content if start <= word.start < end][:3]
    first = next((word.start for word in reading.content if start <= word.start < end), start)
    return phrase if first - start <= 1 else []


_COUNT_END = re.compile(
    r"[,.;:()]|\b(?:of|by|in|on|at|from|with|and|or|which|that|who|was|were|is|are|to|for|as|when|than|[a-z]+ed)\b"
)
_OF_THESE = re.compile(r"\s+of\s+(?:(?:the|its|his|her|their|these|those|our|all)\s+)+", re.IGNORECASE)


def _frame(text: str, number: Quantity) -> str:
    """How a number is used: an age, one of the top ten, or "for", "every", "last" before a span of time."""
    before = text[: number.start]
    if _AGE.search(before) or _OLD.match(text, number.end):
        return "age"
    if _TOP.search(before):
        return "top"
    span = _SPAN.search(before)
    return span[1].lower() if span and number.unit in _TIMES else ""


_DEBUTS = frozenset(("first", "debut"))
_MOST = frozenset(("most", "least", "best"))


def find_rank(pair: Pair) -> Ground | None:
    """Another place in the same order: "the fifth film" of what is the fourth, "the largest" of the fourth largest."""
    if not pair.subject_met:
        return None
    for facet in (facet for facet in pair.lacking if facet.sort == "rank"):
        ranked = _ranked(pair.claim.text, pair.rivals.claimed, facet)
        for other in (other for other in pair.free if other.sort == "rank" and pair.near(other)):
            theirs = _ranked(pair.statement.text, pair.rivals.known, other)
            if not {facet.stems[0], other.stems[0]} <= _DEBUTS and ranked and _one_noun(ranked[0], theirs):
                mine = pair.claim.text[facet.start : facet.end]
                return Ground("rank", mine, pair.statement.text[other.start : other.end])
    return _superlative(pair) or _demoted(pair)


def _demoted(pair: Pair) -> Ground | None:
    """A place further down than the first: "the second oldest bridge" of what is the oldest."""
    known = pair.rivals.known
    for left, right in pairwise(pair.rivals.claimed):
        text = pair.claim.text[right.start : right.end]
        if left.sort != "rank" or left not in pair.lacking or not text.endswith("est") or pair.cover < _FOR_A_NUMBER:
            continue
        for before, other in pairwise(known):
            if other.stems == right.stems and before.sort != "rank" and pair.sentence_of_definition == other.sentence:
                theirs = pair.statement.text[other.start : other.end]
                return Ground("rank", pair.claim.text[left.start : right.end], f"the {theirs}", True)
    return None


def _ranked(text: str, facets: Sequence[Facet], rank: Facet) -> list[Facet]:
    """The nouns and names that follow a rank, nearest first."""
    return [
        facet
        for facet in facets
        if rank.end <= facet.start <= rank.end + _REACH
        and facet.sentence == rank.sentence
        and facet.sort in ("noun", "name", "place")
        and " of " not in text[rank.end : facet.start]
    ][:3]


_REACH = 40


def _one_noun(mine: Facet, theirs: Sequence[Facet]) -> bool:
    own = mine.stems[-1]
    return any(own in other.stems or kin(own, other.stems[-1]) in ("same", "broader", "narrower") for other in theirs)


def _superlative(pair: Pair) -> Ground | None:
    if not pair.value("rank_added") or pair.cover < _FOR_A_SUPERLATIVE:
        return None
    known = pair.rivals.known
    for word in pair.claim.content:
        if not (word.fold.endswith("est") or word.fold in _MOST):
            continue
        for left, right in pairwise(known):
            if left.sort == "rank" and right.stems[0] == word.stem:
                sure = pair.cover >= _SURE_SUPERLATIVE and not pair.value("negation_differs")
                return Ground("rank", f"the {word.text}", pair.statement.text[left.start : right.end], sure)
    return None
