"""What a claim puts in the place of something else: features of a comparison by the sort of what is missing.

A name, nation, place, rank or noun of the claim that the statement lacks is a rival of one of the same sort that the
statement has and the claim does not name; it is near where both stand in the same place, after the same preposition
or verb.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from debate.referee.comparison import Comparison
from debate.referee.dates import agrees, disagrees
from debate.referee.facets import Facet, find_facets
from debate.referee.lexical import is_known, kin, lemma
from debate.referee.reading import Reading
from language.words import stem

NEGATING = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti")
_SHORTEST_BASE = 4


class Rivals(NamedTuple):
    """The facets of a claim beside those of a statement."""

    claimed: tuple[Facet, ...]
    known: tuple[Facet, ...]
    lacking: list[Facet]
    """What the claim has and the statement lacks."""
    free: list[Facet]
    """What the statement has and the claim neither names nor leaves room for."""
    rivals: list[tuple[float, float, float]]
    """For each of `lacking` whether it has a rival anywhere, near it, and in its very place."""
    sentence: int
    """The statement's sentence that has most of the claim."""
    sentence_cover: float
    sentence_back: float


def find_rivals(one: Comparison, weight: Callable[[str], float]) -> Rivals:
    """Lay the facets of a claim beside those of a statement."""
    claimed = find_facets(one.claim.text)
    known = find_facets(one.entry.text)
    best, sentence_cover, sentence_back = _best_sentence(one, known, weight)
    spoken = _spoken(one)
    listed = _listed(one.entry.text, known, spoken)
    free = [
        facet
        for place, facet in enumerate(known)
        if place not in listed and not any(part in spoken for part in facet.stems)
    ]
    lacking = [facet for facet in claimed if not _is_met(facet, one)]
    rivals = [_rivals(facet, free, best) for facet in lacking]
    return Rivals(claimed, known, lacking, free, rivals, best, sentence_cover, sentence_back)


def _spoken(one: Comparison) -> set[str]:
    return {match.word.stem for match in one.matches} | {match.other for match in one.matches if match.share}


def rivalry(one: Comparison, weight: Callable[[str], float]) -> list[float]:
    """35 features, in the order of the last names of `features.NAMES`."""
    found = find_rivals(one, weight)
    claimed, known, lacking, rivals = found.claimed, found.known, found.lacking, found.rivals
    spoken = _spoken(one)
    after = claimed[1:]
    counts = {sort: sum(facet.sort == sort for facet in lacking) for sort in ("verb", "quality", "noun", "rank")}
    opposite, unmet = _affixes(one)
    return [
        *_of_sort("nation", lacking, rivals, 0, 1),
        *_of_sort("place", lacking, rivals, 2, 1),
        *_of_sort("name", lacking, rivals, 2, 1),
        counts["rank"],
        sum(rival[0] for facet, rival in zip(lacking, rivals, strict=True) if facet.sort == "rank"),
        counts["noun"],
        sum(_stands_apart(facet, known) for facet in lacking if facet.sort == "noun" and facet.preposition == "is"),
        sum(rival[2] for facet, rival in zip(lacking, rivals, strict=True) if facet.sort == "noun"),
        counts["verb"],
        counts["quality"],
        opposite,
        unmet,
        found.sentence_cover,
        found.sentence_back,
        bool(claimed and known) and any(part in spoken for part in known[0].stems) and _is_met(claimed[0], one),
        bool(claimed) and _is_met(claimed[0], one),
        sum(facet not in lacking for facet in after) / len(after) if after else 0.0,
        len(lacking) == 1,
        sum(any(rival) for rival in rivals) / len(lacking) if lacking else 0.0,
        (sum(facet not in lacking for facet in after) / len(after) if after else 0.0) if one.negation else 0.0,
        _dates_apart(one),
        *_denial(one, lacking, after),
        *_months(one),
        *_events(one),
        _given_names(claimed, known),
        _rank_added(one, claimed, known),
    ]


_LIST = re.compile(r"\s*(?:,|,?\s*(?:and|or|as well as)\b)\s*(?:the|an?)?\s*")


def _listed(text: str, known: Sequence[Facet], spoken: set[str]) -> set[int]:
    """Places of what stands in one list with something that the claim names: neither excludes the other."""
    places = {id(facet): place for place, facet in enumerate(known)}
    return {
        places[id(facet)]
        for group in list_groups(text, known)
        if any(part in spoken for one in group for part in one.stems)
        for facet in group
    }


def list_groups(text: str, facets: Sequence[Facet]) -> list[list[Facet]]:
    """Facets of one sort that stand in one list, two or more in a group."""
    groups: list[list[Facet]] = []
    for facet in facets:
        before = groups[-1][-1] if groups else None
        if before is not None and facet.sort == before.sort and _LIST.fullmatch(text[before.end : facet.start]):
            groups[-1].append(facet)
        else:
            groups.append([facet])
    return [group for group in groups if len(group) > 1]


def _is_met(facet: Facet, one: Comparison) -> bool:
    """Whether the statement has the head of a facet; a person's family name counts, the given name does not."""
    matches = [match for match in one.matches if match.word.stem in facet.stems and match.word.start >= facet.start]
    if not matches:
        return facet.sort == "word"
    return matches[: len(facet.stems)][-1].share > 0


def _rivals(facet: Facet, free: Sequence[Facet], best: int) -> tuple[float, float, float]:
    """Rivals of a facet anywhere, near it, and in its very place."""
    sorts = ("place", "name") if facet.sort in ("place", "name") else (facet.sort,)
    alike = [other for other in free if other.sort in sorts]
    if facet.sort == "noun":
        alike = [other for other in alike if facet.fields & other.fields]
    if facet.sort == "nation":
        alike = [other for other in alike if not one_realm(facet.stems[0], other.stems[0])]
    near = [other for other in alike if other.sentence == best and _same_tie(facet, other)]
    placed = [other for other in near if facet.verb and other.verb and same_verb(facet.verb, other.verb)]
    return float(bool(alike)), float(bool(near)), float(bool(placed))


_REALMS = tuple(
    frozenset(stem(word) for word in line.split())
    for line in (
        "british britain uk english england scottish scotland scots scot welsh wales irish ireland",
        "soviet ussr soviets russian russia russians ukrainian ukraine",
        "jewish jew jews judaism israeli israel",
        "czech czechia czechoslovak czechoslovakia",
    )
)
_CONTINENTS = {
    stem(word): name for name in ("africa", "europe", "asia") for word in (name, f"{name[:-1]}an", f"{name}an")
}
_ACROSS = frozenset((*_CONTINENTS, *map(stem, ("jewish", "jew", "jews"))))


def one_realm(one: str, other: str) -> bool:
    """Whether one may be both: English and British, French and European."""
    if one in _CONTINENTS and other in _CONTINENTS:
        return _CONTINENTS[one] == _CONTINENTS[other]
    if {one, other} & _ACROSS:
        return True
    return any(one in realm and other in realm for realm in _REALMS)


def _same_tie(facet: Facet, other: Facet) -> bool:
    if facet.preposition == other.preposition:
        return True
    return bool(facet.verb and other.verb and same_verb(facet.verb, other.verb))


def same_verb(one: str, other: str) -> bool:
    return one == other or kin(one, other) in ("same", "broader", "narrower")


def _of_sort(
    sort: str, lacking: Sequence[Facet], rivals: Sequence[tuple[float, float, float]], first: int, second: int
) -> tuple[float, float, float]:
    own = [rival for facet, rival in zip(lacking, rivals, strict=True) if facet.sort == sort]
    return len(own), sum(rival[first] for rival in own), sum(rival[second] for rival in own)


def _stands_apart(facet: Facet, known: Sequence[Facet]) -> bool:
    """Whether the statement says what the subject is, and that is of quite another field: a film, not a city."""
    kinds = [other for other in known if other.preposition == "is" and other.sort == "noun" and not other.verb]
    return bool(kinds and facet.fields) and not any(facet.fields & other.fields for other in kinds)


def _affixes(one: Comparison) -> tuple[float, float]:
    """Words that differ by a denying prefix ("affiliated", "unaffiliated"), and denying words that stand alone."""
    stems = one.entry.stems
    opposite = unmet = 0
    for match in one.matches:
        own = match.word.stem
        base = next((own[len(prefix) :] for prefix in NEGATING if own.startswith(prefix)), "")
        if any(prefix + own in stems for prefix in NEGATING[:6]) and not match.share:
            opposite += 1
        elif len(base) >= _SHORTEST_BASE and not match.share:
            if base in stems or lemma(stem(base)) in stems:
                opposite += 1
            else:
                unmet += 1
    return opposite, unmet


def _best_sentence(one: Comparison, known: Sequence[Facet], weight: Callable[[str], float]) -> tuple[int, float, float]:
    """The statement's sentence that has most of the claim, its share of the claim, and the claim's share of it."""
    spoken = {match.other: weight(match.word.stem) for match in one.matches if match.share}
    total = sum(weight(match.word.stem) for match in one.matches) or 1.0
    shared: dict[int, float] = {}
    length: dict[int, float] = {}
    for facet in known:
        for part in facet.stems:
            length[facet.sentence] = length.get(facet.sentence, 0.0) + weight(part)
    seen: set[tuple[int, str]] = set()
    for facet in known:
        for part in facet.stems:
            if part in spoken and (facet.sentence, part) not in seen:
                seen.add((facet.sentence, part))
                shared[facet.sentence] = shared.get(facet.sentence, 0.0) + spoken[part]
    if not shared:
        return 0, 0.0, 0.0
    best = max(shared, key=lambda number: (shared[number], -number))
    return best, shared[best] / total, shared[best] / (length[best] or 1.0)


DENIAL = re.compile(
    r"\b(?:turn(?:ed|s)? down|other than|outside(?: of)?|yet to|separate from|fired from|excluded from|apart from"
    r"|unable|incapable|unaware|refus\w+|reject\w*|declin(?:e|es|ed|ing) to"
    r"|fail\w*|den(?:y|ied|ies)|ignor\w+|avoid\w*|lack\w*|zero|without"
    r"|never|neither|nobody|none|nothing|no longer|instead of|rather than|unwilling|prevented|forbidden|banned"
    r"|disqualif\w+|cancel\w+|absent|unrelated|uncast|anything but|far from)\b",
    re.IGNORECASE,
)


def _denial(one: Comparison, lacking: Sequence[Facet], after: Sequence[Facet]) -> tuple[float, float]:
    """How often the claim denies in words that the statement has not, and how much of the rest is met then."""
    own = {match[0].lower() for match in DENIAL.finditer(one.claim.text)}
    theirs = {match[0].lower() for match in DENIAL.finditer(one.entry.text)}
    denied = len(own - theirs)
    if not denied:
        return 0.0, 0.0
    rest = [facet for facet in after if not DENIAL.match(one.claim.text, facet.start)]
    return denied, sum(facet not in lacking for facet in rest) / len(rest) if rest else 0.0


_MONTH = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b(?: (\d{1,2})\b)?"
    r"|\b(\d{1,2})(?:st|nd|rd|th)? (January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)


def _months(one: Comparison) -> tuple[float, float]:
    """Whether the claim names a month, or a day of one, where the statement names only others."""
    own, theirs = _days(one.claim.text), _days(one.entry.text)
    if not own or not theirs:
        return 0.0, 0.0
    months = {month for month, _ in theirs}
    another = any(month not in months for month, _ in own)
    days = any(day and all(month != m or (d and d != day) for m, d in theirs) for month, day in own)
    return float(another), float(days)


def _days(text: str) -> set[tuple[str, str]]:
    found = _MONTH.finditer(text)
    return {(match[1] or match[4], (match[2] or match[3] or "").lstrip("0")) for match in found}


def _events(one: Comparison) -> tuple[float, float]:
    """Whether a date of the claim disagrees, or agrees, with that of the same event in the statement."""
    clash = same = 0.0
    theirs = [(when, _before(one.entry.reading, when.start)) for when in one.entry.reading.dates]
    for claimed in one.claim.dates:
        event = _before(one.claim, claimed.start)
        dated = [when for when, other in theirs if event and other and same_verb(event, other)]
        if dated:
            same = max(same, float(any(agrees(claimed, when) for when in dated)))
            clash = max(clash, float(all(disagrees(claimed, when) for when in dated)))
    return clash, same


def _before(reading: Reading, start: int) -> str:
    """The word of meaning that stands before a date."""
    return next((word.stem for word in reversed(reading.content) if word.end <= start), "")


def _given_names(claimed: Sequence[Facet], known: Sequence[Facet]) -> float:
    """Whether the claim gives a family name of the statement another given name: Bobby Brown, Chris Brown."""
    families: dict[str, set[str]] = {}
    for facet in known:
        if facet.sort == "name" and len(facet.stems) > 1 and not is_known(facet.stems[-1]):
            families.setdefault(facet.stems[-1], set()).update(facet.stems[:-1])
    return float(
        any(
            not any(_one_name(own, other) for own in facet.stems[:-1] for other in families[facet.stems[-1]])
            for facet in claimed
            if facet.sort == "name" and len(facet.stems) > 1 and facet.stems[-1] in families
        )
    )


def _one_name(one: str, other: str) -> bool:
    """Whether two given names may be forms of one: Chris and Christopher."""
    return one[:3] == other[:3] or kin(one, other) == "same"


def _rank_added(one: Comparison, claimed: Sequence[Facet], known: Sequence[Facet]) -> float:
    """Whether the statement ranks what the claim calls the largest, best or first: the fourth largest."""
    if any(facet.sort == "rank" for facet in claimed) or _ORDINAL.search(one.claim.text):
        return 0.0
    own = {
        word.stem for word in one.claim.content if word.fold.endswith("est") or word.fold in ("most", "least", "best")
    }
    return float(any(left.sort == "rank" and right.stems[0] in own for left, right in pairwise(known)))


_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b|\b(?:one of|among)\b")


def _dates_apart(one: Comparison) -> float:
    """Whether the claim gives a date and the statement another of the same fineness, whatever else it gives."""
    if one.dates != "clash":
        return 0.0
    lengths = [round(when.high - when.low, 2) for when in one.claim.dates]
    return float(any(round(when.high - when.low, 2) in lengths for when in one.entry.dates))
