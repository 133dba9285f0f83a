"""What a learned judge sees of a claim beside a statement: numbers with names, nothing hidden.

The features say how much of the claim the statement speaks of, which kind of thing is missing or different, and how the
claim is worded; they hold no words, so that weights learned on one matter serve another.
"""

import re
from collections.abc import Callable

from debate.referee.comparison import Comparison, Match
from debate.referee.definitions import compare_kinds, is_a_person
from debate.referee.lexical import kin
from debate.referee.lexicon import NEGATIVE_VERBS
from debate.referee.reading import Reading
from debate.referee.rivalry import rivalry
from language.words import STOPWORDS, words

_COPULA = re.compile(
    r"\b(?:is|was|are|were|remains|became|being)\s+(?:(?:not|never|only|just|also|exclusively|solely)\s+)*"
    r"(?P<article>an?|the|one of the)\s+",
    re.IGNORECASE,
)
_SHORT_STOP = re.compile(
    r"\b(?:of|in|for|from|by|that|who|which|with|at|on|and|to|based|directed|starring|born)\b|[,.;(]"
)
_SLOT = frozenset(
    ["by", "in", "of", "from", "at", "on", "with", "to", "for", "as", "for", "named", "called", "against"]
)


NAMES = (
    "cover", "kin_cover", "name_cover", "other_cover", "missing", "missing_names", "missing_weight", "back_cover",
    "siblings", "opposites", "narrower", "sibling_weight",
    "has_date", "date_clash", "date_same", "date_absent", "has_number", "number_clash", "number_same", "number_absent",
    "claim_negated", "fact_negated", "negation_differs", "negation_covered", "negative_verb", "exclusive", "universal",
    "is_a", "type_missing", "type_met", "type_sibling", "fact_is_a", "subject_cover", "last_missing", "first_missing",
    "bigrams", "longest_run", "slot_clash", "free_names", "claim_length", "fact_length", "rest_cover", "comparative",
    "missing_after_subject",
    "nation_missing", "nation_rival", "nation_rival_near", "place_missing", "place_rival_slot", "place_rival_near",
    "name_missing", "name_rival_slot", "name_rival_near", "rank_missing", "rank_rival", "noun_missing", "noun_apart",
    "noun_rival_slot", "verb_missing", "quality_missing", "affix_opposite", "affix_unmet", "sentence_cover",
    "sentence_back", "leads", "opens", "met_after", "one_missing", "rivalled", "negated_met", "months_apart",
    "denied", "denied_met", "month_clash", "day_clash", "event_clash", "event_same", "given_clash", "rank_added",
    "defined", "defined_met", "defined_apart", "defined_others",
)  # fmt: skip
_COMPARATIVES = frozenset(
    [
        "more",
        "less",
        "fewer",
        "greater",
        "larger",
        "smaller",
        "higher",
        "lower",
        "longer",
        "shorter",
        "older",
        "younger",
        "than",
    ]
)


def features(one: Comparison, weight: Callable[[str], float]) -> list[float]:
    """The features of one comparison, in the order of `NAMES`."""
    claim, fact = one.claim, one.entry.reading
    weights = {match.word.stem: weight(match.word.stem) for match in one.matches}
    mean = (sum(weights.values()) / len(weights) if weights else 1.0) or 1.0
    named = [match for match in one.matches if match.word.stem in claim.names]
    others = [match for match in one.matches if match.word.stem not in claim.names]
    missing = one.missing
    siblings = [match for match in missing if match.kin == "sibling"]
    subject, rest = _subject(one)
    kind = _kind(one)
    folds = {word.fold for word in words(claim.text)}
    negated = claim.negations % 2
    return [
        one.cover,
        _share([m for m in one.matches if m.share >= 0.9], one.matches, weights),
        _share([m for m in named if m.share], named, weights) if named else 1.0,
        _share([m for m in others if m.share], others, weights) if others else 1.0,
        len(missing),
        one.missing_names,
        max((weights[match.word.stem] for match in missing), default=0.0) / mean,
        one.back_cover,
        len(siblings),
        sum(match.kin == "opposite" for match in missing),
        sum(match.kin == "narrower" for match in missing),
        max((weights[match.word.stem] for match in siblings), default=0.0) / mean,
        *_relation(bool(claim.dates), one.dates),
        *_relation(bool(claim.quantities), one.quantities),
        negated,
        fact.negations % 2,
        one.negation,
        one.cover if one.negation else 0.0,
        bool(folds & NEGATIVE_VERBS),
        claim.exclusive and not fact.exclusive,
        claim.universal and not fact.universal,
        *kind,
        _share([m for m in subject if m.share], subject, weights) if subject else 0.5,
        bool(one.matches) and one.matches[-1].share == 0,
        bool(one.matches) and one.matches[0].share == 0,
        *_runs(one),
        _slot_clash(one),
        len(fact.names - {match.other for match in one.matches}),
        len(one.matches),
        len(fact.content),
        _share([m for m in rest if m.share], rest, weights) if rest else 1.0,
        bool(folds & _COMPARATIVES),
        sum(match.share == 0 for match in rest),
        *rivalry(one, weight),
        *_defined(one),
    ]


def _defined(one: Comparison) -> tuple[float, float, float, float]:
    """Whether the statement defines the claim's subject, as what the claim says, as something of another field."""
    kinds = compare_kinds(one)
    # One person may be a singer and a dancer; nothing else is two things that are both no people.
    head = _head(one.claim)
    others = kinds.defined and not kinds.met and head is not None and not is_a_person(head[0])
    return kinds.defined, kinds.met, kinds.apart, others


def _share(part: list[Match], whole: list[Match] | tuple[Match, ...], weights: dict[str, float]) -> float:
    total = sum(weights[match.word.stem] for match in whole)
    return sum(weights[match.word.stem] for match in part) / total if total else 0.0


def _relation(claimed: bool, relation: str) -> tuple[float, float, float, float]:
    return claimed, relation == "clash", relation == "same", claimed and relation == "none"


def _subject(one: Comparison) -> tuple[list[Match], list[Match]]:
    """The matches of the claim's opening noun phrase, and the rest."""
    verb = next((word.start for word in words(one.claim.text)[1:] if word.fold in _VERBS), None)
    if verb is None:
        verb = one.matches[1].word.end if len(one.matches) > 2 else 0
    return (
        [match for match in one.matches if match.word.start < verb],
        [match for match in one.matches if match.word.start >= verb],
    )


_VERBS = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "did",
        "does",
        "do",
        "can",
        "could",
        "will",
        "would",
        "became",
        "becomes",
        "won",
        "lost",
        "made",
        "stars",
        "starred",
        "directed",
        "wrote",
        "played",
        "plays",
        "released",
        "died",
        "worked",
        "appeared",
        "appears",
        "includes",
        "contains",
        "received",
        "began",
        "ended",
        "ran",
        "served",
    ]
)


def _head(reading: Reading) -> tuple[str, list[str]] | None:
    """The noun after "is a", and all stems of its phrase."""
    match = _COPULA.search(reading.text)
    if not match:
        return None
    stop = _SHORT_STOP.search(reading.text, match.end())
    end = stop.start() if stop and stop.start() > match.end() else len(reading.text)
    phrase = [word.stem for word in reading.content if match.end() <= word.start < end]
    return (phrase[-1], phrase) if phrase else None


def _kind(one: Comparison) -> tuple[float, float, float, float, float]:
    claimed = _head(one.claim)
    if claimed is None:
        return 0, 0, 0, 0, 0
    met = next((match for match in one.matches if match.word.stem == claimed[0]), None)
    known = _head(one.entry.reading)
    sibling = bool(met and met.share == 0 and known and any(kin(claimed[0], other) == "sibling" for other in known[1]))
    return 1, bool(met and met.share == 0), bool(met and met.share), sibling, known is not None


def _runs(one: Comparison) -> tuple[float, float]:
    """How far the claim's words stand side by side in the statement as well."""
    order: dict[str, list[int]] = {}
    for place, word in enumerate(one.entry.reading.content):
        order.setdefault(word.stem, []).append(place)
    pairs = together = 0
    run = longest = 1 if one.matches and one.matches[0].share else 0
    for left, right in zip(one.matches, one.matches[1:], strict=False):
        pairs += 1
        after = order.get(right.other, ())
        if any(place + 1 in after or place + 2 in after for place in order.get(left.other, ())):
            together += 1
            run += 1
        else:
            run = 1 if right.share else 0
        longest = max(longest, run)
    return together / pairs if pairs else 0.0, longest / max(1, len(one.matches))


def _slot_clash(one: Comparison) -> float:
    """Names that the claim puts after "by", "in" or "of" where the statement has another there."""
    claimed = _slots(one.claim)
    known = _slots(one.entry.reading)
    own = {word.stem for word in one.claim.content}
    lacking = {match.word.stem for match in one.missing}
    clashes = 0
    for key, stem in claimed:
        if stem in lacking and any(other_key == key and other not in own for other_key, other in known):
            clashes += 1
    return clashes


def _slots(reading: Reading) -> list[tuple[str, str]]:
    found = []
    previous = ""
    kept = {word.start: word.stem for word in reading.content}
    for word in words(reading.text):
        if word.fold in _SLOT:
            previous = word.fold
        elif previous and word.start in kept:
            found.append((previous, kept[word.start]))
            previous = ""
        elif word.fold not in STOPWORDS:
            previous = ""
    return found
