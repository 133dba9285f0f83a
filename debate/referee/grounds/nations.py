"""Another nation: of the same thing, or where the statement says what the subject is."""

from debate.referee.definitions import find_definitions
from debate.referee.facets import Facet
from debate.referee.findings import Ground
from debate.referee.grounds.pairing import LOCATED, PHRASE_END, Pair, anchor, is_defining, tied, word_after
from debate.referee.lexical import kin
from debate.referee.reading import Reading
from debate.referee.rivalry import one_realm, same_verb
from language.words import stem, word_set


def find_nation(pair: Pair) -> Ground | None:
    """Another nation: of the same thing, or where the statement says what the subject is."""
    if pair.is_of_another or not pair.subject_met or pair.cover < _HALF_FOR_A_NATION:
        return None
    for facet in (facet for facet in pair.lacking if _nation_of(facet)):
        other = _other_nation(pair, facet)
        if other is not None:
            return Ground("value", tied(pair.claim.text, facet), tied(pair.statement.text, other))
    return None


_LONG_NAMES = {
    ("unit", "state"): stem("american"),
    ("unit", "kingdom"): stem("british"),
    ("soviet", "union"): stem("soviet"),
}


def _nation_of(facet: Facet) -> str:
    """The stem of the nation that a facet names, empty where it names none; "United States Navy" names one too."""
    long = next((own for name, own in _LONG_NAMES.items() if facet.stems[: len(name)] == name), "")
    return long or (facet.stems[0] if facet.sort == "nation" else "")


def _following(reading: Reading, facet: Facet) -> tuple[str, ...]:
    """Stems of what a nation qualifies: "country music artist" of "Australian country music artist"."""
    rest = facet.stems[2:] if facet.stems[:2] in _LONG_NAMES else facet.stems[1:]
    stop = PHRASE_END.search(reading.text, facet.end)
    end = stop.start() if stop else len(reading.text)
    return (*rest, *(word.stem for word in reading.content if facet.end <= word.start < end))


def _one_phrase(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return bool(mine and theirs) and (mine[0] == theirs[0] or mine[-1] == theirs[-1])


_HALF_FOR_A_NATION = 0.45
_INSIDE = frozenset(("in", "at", "of", "from", "near", "on"))


def _other_nation(pair: Pair, facet: Facet) -> Facet | None:
    spoken = {match.word.stem for match in pair.one.matches} | {
        match.other for match in pair.one.matches if match.share
    }
    alike = [
        other
        for other in pair.known
        if _nation_of(other)
        and other.stems[0] not in spoken
        and kin(_nation_of(facet), _nation_of(other)) != "same"
        and not one_realm(_nation_of(facet), _nation_of(other))
    ]
    following = _following(pair.claim, facet)
    one_thing = [other for other in alike if following and _one_phrase(following, _following(pair.statement, other))]
    if one_thing:
        return one_thing[0]
    return next((other for other in alike if _says_nation(pair, facet, other)), None)


def _says_nation(pair: Pair, facet: Facet, other: Facet) -> bool:
    """Whether both nations say the same of the subject: where it is, or whose it is."""
    if word_after(pair.claim, facet.end) in _DESCENT:
        return False
    comes = facet.preposition == "from" and anchor(pair.claim, facet) in _COMES
    origin = _is_adjective(facet) or comes
    if origin and (_is_adjective(other) or other.preposition == "from"):
        return pair.near(other) or is_defining(pair, other)
    if _is_adjective(facet) and other.preposition == "of" and anchor(pair.statement, other) in _RULES:
        return is_defining(pair, other)
    if _is_adjective(facet) or _is_adjective(other):
        return False
    if facet.preposition not in _INSIDE:
        return (
            bool(facet.verb and other.verb)
            and same_verb(facet.verb, other.verb)
            and facet.preposition == other.preposition
        )
    mine, theirs = anchor(pair.claim, facet), anchor(pair.statement, other)
    claimed = find_definitions(pair.claim.text)
    if mine in LOCATED or (claimed and mine in claimed[0].kinds):
        return other.preposition in _INSIDE and (theirs in LOCATED or is_defining(pair, other))
    return other.preposition == facet.preposition and same_verb(mine, theirs)


_RULES = frozenset(
    map(stem, word_set("king queen emperor empress president minister monarch ruler governor chancellor"))
)
_COMES = frozenset(map(stem, ("is", "comes", "came", "hails", "native", "originates")))
_DESCENT = frozenset(
    map(stem, ("descent", "descant", "origin", "roots", "heritage", "ancestry", "parents", "extraction"))
)
"""Where somebody's family came from is another matter than whose citizen he is."""


def _is_adjective(facet: Facet) -> bool:
    return facet.preposition in ("", "is", "as") and not (facet.verb and not facet.preposition)
