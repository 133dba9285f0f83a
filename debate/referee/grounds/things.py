"""Another thing or kind: basketball for baseball, carbon for oxygen, a novel for a film."""

import re
from itertools import pairwise

from debate.referee.definitions import find_definitions
from debate.referee.facets import Facet
from debate.referee.findings import Ground
from debate.referee.grounds.kinds import excludes
from debate.referee.grounds.pairing import Pair, tied
from debate.referee.lexical import kin
from debate.referee.reading import Reading
from debate.referee.rivalry import list_groups, same_verb

_NAMES = ("name", "place")


def find_part(pair: Pair) -> Ground | None:
    """Another thing of one sort: as object of the same verb, in the same list, behind the same name, in one office."""
    if not pair.subject_met:
        return None
    return _object(pair) or _apposed(pair) or _listed(pair) or _office(pair)


def _object(pair: Pair) -> Ground | None:
    """Another thing as object of the same verb: basketball for baseball; what people do excludes nothing."""
    for facet in (facet for facet in pair.lacking if _is_thing(pair.claim, facet)):
        for other in (other for other in pair.free if _is_thing(pair.statement, other) and pair.near(other)):
            if facet.preposition != other.preposition:
                continue
            alike = bool(facet.verb and other.verb) and same_verb(facet.verb, other.verb)
            if alike and kin(facet.stems[-1], other.stems[-1]) == "sibling":
                return Ground("value", tied(pair.claim.text, facet), tied(pair.statement.text, other))
    return None


def _apposed(pair: Pair) -> Ground | None:
    """Another place behind the same place and a comma: "Fort Erie, Montreal" beside "Fort Erie, Ontario"."""
    for facet in (facet for facet in pair.lacking if facet.sort in _NAMES):
        before = next((one for one in pair.said if 0 <= facet.start - one.end <= _COMMA), None)
        if before is None or pair.claim.text[before.end : facet.start].strip() != "," or before in pair.lacking:
            continue
        for known, other in pairwise(pair.known):
            joined = pair.statement.text[known.end : other.start].strip() == ","
            if known.stems == before.stems and joined and other in pair.free and other.sort in (*_NAMES, "nation"):
                mine = pair.claim.text[before.start : facet.end]
                return Ground("value", mine, pair.statement.text[known.start : other.end])
    return None


_COMMA = 2


def _listed(pair: Pair) -> Ground | None:
    """Another part of the same whole: "of hydrogen and carbon" beside "of hydrogen and oxygen"."""
    groups = list_groups(pair.claim.text, pair.said)
    for group in groups:
        unmet = [facet for facet in group if facet in pair.lacking]
        met = [facet for facet in group if facet not in pair.lacking]
        if not unmet or not met or len(unmet) > 1:
            continue
        for theirs in list_groups(pair.statement.text, pair.known):
            shared = [other for other in theirs if any(other.stems[-1] == facet.stems[-1] for facet in met)]
            rest = [other for other in theirs if other not in shared and other in pair.rivals.known]
            kept = [other for other in rest if not any(other.stems[-1] == facet.stems[-1] for facet in group)]
            if len(shared) == len(met) and kept and _may_differ(unmet[0], kept) and same_tie(met[0], shared[0]):
                text = pair.statement.text
                return Ground("value", tied(pair.claim.text, unmet[0]), text[kept[0].start : kept[-1].end])
    return None


def same_tie(facet: Facet, other: Facet) -> bool:
    """Whether two facets hang on like words: "made of" and "made up of", "by" and "by"."""
    return facet.preposition == other.preposition or bool(
        facet.verb and other.verb and same_verb(facet.verb, other.verb)
    )


def _may_differ(facet: Facet, others: list[Facet]) -> bool:
    return facet.sort in ("noun", "name", "place") and all(
        other.sort == facet.sort and kin(facet.stems[-1], other.stems[-1]) in ("", "sibling") for other in others
    )


def _office(pair: Pair) -> Ground | None:
    """Another office of the same rank and place: "the 45th Mayor of Texas" beside "the 45th Governor of Texas"."""
    for facet in pair.lacking:
        mine = _OFFICE.match(pair.claim.text[facet.start :])
        if mine is None:
            continue
        ranks = [number for number in pair.claim.quantities if number.unit == "#" and 0 < facet.start - number.end < 3]
        for other in _OFFICE.finditer(pair.statement.text):
            theirs = [one for one in pair.statement.quantities if one.unit == "#" and 0 < other.start() - one.end < 3]
            if other["place"] == mine["place"] and ranks and theirs and ranks[0].low == theirs[0].low:
                return Ground("value", mine["office"], other["office"], True)
    return None


_OFFICE = re.compile(r"(?P<office>[A-Za-z]+) of (?:the )?(?P<place>[A-Z][\w-]+)")


def _is_thing(reading: Reading, facet: Facet) -> bool:
    adverb = reading.text[facet.start : facet.end].endswith("ly")
    return facet.sort == "noun" and not adverb and "noun.person" not in facet.fields


def find_kind(pair: Pair) -> Ground | None:
    """Another kind of thing, of which nothing is both: a novel for a film."""
    claimed = find_definitions(pair.claim.text)[:1]
    if not claimed or pair.definition is None or pair.claim.negations:
        return None
    mine, theirs = claimed[0].kinds, pair.definition.kinds
    if any(kin(mine[-1], kind) in ("same", "broader") for kind in theirs):
        return None
    word = excludes(mine, theirs)
    if word is None:
        return None
    # Where all the rest agrees, the kind decides.
    sure = all(match.word.stem in mine for match in pair.one.missing)
    return Ground("kind", _spelt(pair.claim, mine[-1]), _spelt(pair.statement, word), sure)


def _spelt(reading: Reading, own: str) -> str:
    word = next((word.text for word in reading.content if word.stem == own), own)
    if word.endswith("s") and not word.endswith("ss"):
        return word
    return f"{'an' if word[0].lower() in 'aeiou' else 'a'} {word}"
