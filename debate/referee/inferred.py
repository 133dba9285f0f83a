"""The rules with a cross-encoder at their side: what it takes away from them, and what it finds by itself.

The rules compare words, dates and figures, and are silent about whatever is said in words of its own. The encoder reads
the meaning, but confuses years, figures and people that are near each other. So each looks after the other: what the
rules find is dropped where the encoder reads the contrary, and what the encoder finds counts only where the claim names
what the statement is about, the sooner the more the rules see that differs.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from debate.referee.bare import is_bound
from debate.referee.comparison import Comparison
from debate.referee.findings import Finding
from debate.referee.happenings import happenings_of
from debate.referee.judge import Weighed
from debate.referee.lexical import lemma
from debate.referee.lexicon import KIND_NOUNS
from debate.referee.reading import Reading, is_another_time
from language.inference import Inference, Inferring
from language.words import stem, words

_READ = 6
"""How many statements are read beside a claim, best found first."""
_LONGEST = 60
"""Words of a claim that is read whole; a longer one would be cut off."""
_OBJECTS = 0.8
"""From which share of "contradicts" on the encoder objects by a fact with a subject where something differs."""
_OBJECTS_BARE = 0.85
"""The same by a bare statement, where nothing need be seen to differ."""
_NAMED_MORE = 0.05
"""How much surer it must be by a bare statement for each of up to two names of the claim that the statement lacks."""
_DIFFERING, _DIFFERING_BARE = 0.6, 0.7
"""The same where a date or figure differs. Where they fit, the encoder never objects."""
_WITHOUT_DATE = 0.9
"""The same where the claim gives a date and a fact with a subject none."""
_LEAST_SHARED, _LEAST_MATCHED = 0.3, 2
"""Share and number of a claim's words that a bare statement has which the encoder objects by."""
_OTHER_NAME = 0.2
"""How much surer it must be where the claim, beside another date, names somebody whom the statement does not."""
_MARGIN = 0.2
"""How much surer it must be than that any statement supports the claim."""
_SUPPORTS, _SUPPORTS_BARE = 0.85, 0.7
_FITTING = 0.2
"""How much less sure of a support by a fact with a subject it need be where a date or figure fits."""
_LEAST_COVER, _LEAST_COVER_BARE = 0.4, 0.3
"""Share of a claim's words that a statement has which supports it."""
_DENIES, _DENIES_BARE = 0.9, 0.6
"""From which share of "contradicts" on it takes back a support that the rules found."""
_KEEPS_BARE = 0.2
"""Which share of "supports" a bare statement needs to keep one."""
_LEAVES_OPEN = 0.9
"""From which share of "neither" on it takes back an objection that the rules found in a bare statement."""


class Read(NamedTuple):
    """A statement laid beside a claim, and what the encoder reads in it."""

    comparison: Comparison
    says: Inference


def settle(finding: Finding | None, claim: Reading, weighed: Sequence[Weighed], inference: Inferring) -> Finding | None:
    """The finding that counts, in the light of what the encoder reads.

    Args:
        finding: What the rules found.
        claim: The claim.
        weighed: The statements that the search found, best first.
        inference: Reads statements beside the claim.
    """
    if len(words(claim.text)) > _LONGEST or (finding is not None and _is_beyond_doubt(finding)):
        return finding
    beside = [one.comparison for one in weighed if one.comparison.matched and one.comparison.entry.misstatement is None]
    if finding is None and not any(_speaks_of(one) for one in beside[:_READ]):
        # Nothing could come of it: most of what is said in a thread is about no fact of the sheet.
        return None
    said = inference.infer(claim.text, [one.entry.text for one in beside[:_READ]])
    read = [Read(one, says) for one, says in zip(beside, said, strict=False)]
    if finding is not None and _is_kept(finding, read):
        return finding
    return _objection(read) or (_support(claim, read) if finding is None else None)


def _is_beyond_doubt(finding: Finding) -> bool:
    """Whether the rules object by what a curator has set down: subject and value of a fact, or a listed mistake."""
    entry = finding.comparison.entry
    return finding.verdict == "contradicted" and (entry.fact.subject is not None or entry.misstatement is not None)


def _is_kept(finding: Finding, read: Sequence[Read]) -> bool:
    """Whether the encoder lets stand what the rules found.

    Rules for facts with a subject compare what a curator has set down, and are overruled only where there is no date
    or figure that fits. Bare statements may share all their words with a claim and tell something else, or the figure
    of another year.
    """
    own = next((one for one in read if one.comparison.entry is finding.comparison.entry), None)
    if own is None:
        return True
    if finding.verdict == "contradicted":
        return own.says.neither <= _LEAVES_OPEN and not _is_of_another_time(own.comparison)
    if own.comparison.entry.fact.subject is None:
        return own.says.contradicts < _DENIES_BARE and own.says.supports >= _KEEPS_BARE
    return _fits(own.comparison) or own.says.contradicts < _DENIES


def _objection(read: Sequence[Read]) -> Finding | None:
    agreed = max((one.says.supports for one in read), default=0.0)
    for one in sorted(read, key=lambda other: -other.says.contradicts):
        least = _least(one.comparison)
        if least is None or one.says.contradicts < least or one.says.contradicts - agreed < _MARGIN:
            continue
        if _speaks_of(one.comparison) and not _is_of_something_else(one.comparison):
            return Finding("contradicted", one.comparison, "inference", one.says.contradicts)
    return None


def _least(one: Comparison) -> float | None:
    """How sure the encoder must be to object by a statement; None where it never may.

    By a fact with a subject something must be seen to differ: a date, a figure, a denial, an opposite or a name that it
    lacks. Without any of these, what the encoder takes for a contradiction is too often the same in other words. Bare
    statements have nothing set down that could be seen to differ.
    """
    if _fits(one):
        return None
    is_bare = one.entry.fact.subject is None
    if _differs(one):
        if is_bare and _is_of_another_time(one):
            return None
        return (_DIFFERING_BARE if is_bare else _DIFFERING) + (_OTHER_NAME if one.missing_names else 0.0)
    if is_bare:
        if one.cover < _LEAST_SHARED or one.matched < _LEAST_MATCHED:
            return None
        return _OBJECTS_BARE + _NAMED_MORE * min(one.missing_names, 2)
    if not (one.negation or one.opposites or one.missing_names):
        return None
    return _WITHOUT_DATE if one.claim.dates else _OBJECTS


def _is_of_another_time(one: Comparison) -> bool:
    """Whether date and figure both differ: the figure of 1934 says nothing of the one of 1931."""
    return one.dates == one.quantities == "clash"


def _differs(one: Comparison) -> bool:
    return "clash" in (one.dates, one.quantities)


def _fits(one: Comparison) -> bool:
    return "same" in (one.dates, one.quantities) and not _differs(one)


def _support(claim: Reading, read: Sequence[Read]) -> Finding | None:
    best = max(read, key=lambda one: one.says.supports, default=None)
    if best is None:
        return None
    one = best.comparison
    refuted = max(other.says.contradicts for other in read)
    is_bare = one.entry.fact.subject is None
    least = _SUPPORTS_BARE if is_bare else _SUPPORTS - (_FITTING if _fits(one) else 0.0)
    if best.says.supports < least or best.says.supports - refuted < _MARGIN:
        return None
    if _differs(one) or one.missing_names or (claim.dates and one.dates != "same") or not _speaks_of(one):
        return None
    least_cover = _LEAST_COVER_BARE if is_bare else _LEAST_COVER
    if one.cover < least_cover or _is_of_something_else(one) or _says_more(claim, one):
        return None
    return Finding("supported", one, "inference", best.says.supports)


def _says_more(claim: Reading, one: Comparison) -> bool:
    """Whether the claim says "only", "all" or "not" where the statement does not: that is easily read over."""
    stated = one.entry.reading
    return (
        (claim.exclusive and not stated.exclusive)
        or (claim.universal and not stated.universal)
        or (one.negation and not _fits(one))
    )


def _is_of_something_else(one: Comparison) -> bool:
    """Whether fact and claim may both be true: of another date's figure, or of another thing that happened."""
    fact = one.entry.fact
    if fact.subject is None:
        return False
    if isinstance(fact.value, (int, float)) and one.dates == "clash":
        return True
    if is_another_time(one.claim, one.entry.reading) or _ranks(one.claim.text) != _ranks(one.entry.text):
        return True
    told, said = happenings_of(f"{fact.statement} . {fact.relation or ''}"), happenings_of(one.claim.text)
    if told & said:
        return False
    if one.negation and not one.missing_names and not _differs(one):
        # "The revolution failed" denies nothing that a fact tells of it, but that it happened.
        return True
    if _differs(one):
        # Another date speaks against the claim only if what it dates is told, and of nobody else.
        return bool(said or one.missing_names)
    return bool(told and said)


_RANK = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|(?<!at )last(?! breath| year| month| week)|next"
    r"|other|another|candidate|full|deputy|acting|vice|honorary)\b",
    re.IGNORECASE,
)


def _ranks(text: str) -> frozenset[str]:
    """Which of several a text speaks of: the second is not the first."""
    return frozenset(match[0].lower() for match in _RANK.finditer(text))


def _speaks_of(one: Comparison) -> bool:
    """Whether the claim names what the statement is about, its kind left out: "Three Gorges" for the power station."""
    if one.entry.fact.subject is None:
        return is_bound(one)
    if one.subject:
        return True
    met = {match.other for match in one.matches if match.share} | {match.word.stem for match in one.matches}
    return any(name & met and name - met <= _KINDS and len(name & met) > 1 for name in one.entry.subject)


_KINDS = frozenset(lemma(stem(word)) for word in KIND_NOUNS)
