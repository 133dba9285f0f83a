"""Another name in the same place: another director, another town."""

from debate.referee.facets import Facet
from debate.referee.findings import Ground
from debate.referee.grounds.pairing import LOCATED, Pair, anchor, is_defining, is_tied, tied
from debate.referee.lexical import is_country
from debate.referee.reading import Reading
from debate.referee.rivalry import same_verb
from language.words import stem, word_set

_NAMES = ("name", "place")
_OF_NAMES = frozenset(
    map(
        stem,
        word_set("city town state county island province region district village hall house battle king queen"),
    )
)
"""In "the city of Kiev" the name belongs to what stands before the city."""
_SPATIAL = frozenset(("in", "at", "near", "on"))


def find_name(pair: Pair) -> Ground | None:
    """Another name after the same preposition of the same word, or as object of the same verb."""
    if pair.is_of_another or not pair.subject_met:
        return None
    for facet in _unmet_names(pair):
        for other in _names_instead(pair, facet):
            if not is_tied(pair.statement.text, other) or not is_tied(pair.claim.text, facet):
                continue
            if same_slot(pair, facet, other) and not _may_contain(facet, other):
                return Ground("value", tied(pair.claim.text, facet), tied(pair.statement.text, other))
    return None


_CALLED = frozenset(map(stem, ("known", "called", "referred", "named", "nicknamed", "titled", "dubbed")))
"""Verbs that go with one name as well as with another."""


def _unmet_names(pair: Pair) -> list[Facet]:
    """Names in what the claim says of its subject of which the statement has not every word."""
    met = {match.word.stem for match in pair.one.matches if match.share}
    return [
        facet
        for facet in pair.said
        if facet.sort in _NAMES
        and facet.preposition != "is"
        and facet.verb not in _CALLED
        and not set(facet.stems) <= met
    ]


def _names_instead(pair: Pair, facet: Facet) -> list[Facet]:
    """Names of the statement that the claim does not give: East End for West End, another family name."""
    spoken = {match.word.stem for match in pair.one.matches} | {
        match.other for match in pair.one.matches if match.share
    }
    own = set(facet.stems)
    return [
        other
        for other in pair.known
        if other.sort in _NAMES
        and pair.near(other)
        and (other in pair.free or (own & set(other.stems) and not set(other.stems) <= spoken and len(own) > 1))
    ]


def _may_contain(facet: Facet, other: Facet) -> bool:
    """Whether one may be the country in which the other lies."""
    return _is_realm(facet) != _is_realm(other) and bool({facet.preposition, other.preposition} & {"in", "from", "of"})


def _is_realm(facet: Facet) -> bool:
    return is_country(facet.stems[-1]) or facet.stems[-1] in _REALM_WORDS


_REALM_WORDS = frozenset(
    map(stem, ("states", "kingdom", "union", "republic", "empire", "america", "europe", "asia", "africa"))
)


def same_slot(pair: Pair, facet: Facet, other: Facet) -> bool:
    if facet.stems[-1] == other.stems[-1] and other.preposition == "is" and is_defining(pair, other):
        # "In the East End" beside "is a West End theatre".
        return anchor(pair.claim, facet) in LOCATED
    if facet.preposition != other.preposition and not {facet.preposition, other.preposition} <= _SPATIAL:
        return False
    if facet.verb and other.verb and same_verb(facet.verb, other.verb):
        return True
    if not facet.preposition:
        return False
    mine, theirs = anchor(pair.claim, facet), anchor(pair.statement, other)
    verbs = (theirs, *_joined(pair.statement, theirs, other))
    if mine and mine != "is" and mine not in _OF_NAMES and any(one and same_verb(mine, one) for one in verbs):
        return True
    defining = pair.definition is not None and theirs in pair.definition.kinds and is_defining(pair, other)
    return mine in LOCATED and (theirs in LOCATED or defining)


def _joined(reading: Reading, own: str, facet: Facet) -> list[str]:
    """The verb joined to the one that a facet hangs on: "written" in "written and directed by"."""
    before = [word for word in reading.content if word.end <= facet.start]
    if len(before) < 2 or before[-1].stem != own:
        return []
    between = reading.text[before[-2].end : before[-1].start]
    return [before[-2].stem] if between.strip(" ,") == "and" else []
