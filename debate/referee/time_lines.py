"""Which history does a clause speak of: the real one, an imagined one, or the future?

Wording decides first: "would have", "if", "ITTL" and a stipulated premise are imagined, "OTL" and "historically" are
real. Where it does not decide, the discussion does: the historic present tells an imagined story in a discussion of a
what-if, a story begun in the past tense ("Suppose he became leader in 1925. He ...") goes on in it, and what restates
the premise is no claim about the world.
"""

import re
from typing import Literal

from debate.referee.claims import Clause
from debate.referee.counterfactual import is_counterfactual
from debate.referee.grammar import MORE_PAST, has_verb, is_finite
from debate.referee.lexicon import PAST_VERBS, PRESENT_VERBS
from debate.referee.reading import read
from debate.referee.relatives import RELATIVES
from language.words import words

Unreal = Literal["", "imagined", "premise", "prediction"]
Story = Literal["", "present", "past"]
"""Whether the sentences before tell an imagined story, and in which tense."""

_REAL = re.compile(
    r"\b(?:I?OTL|in (?:our|the (?:real|original|actual)) (?:time ?line|world|life|history)|in real (?:life|history)"
    r"|IRL"
    r"|[Ii]n reality|(?<!alternate )(?<!alternative )[Hh]istorically|[Ii]n actual(?:ity| fact)|as it (?:actually "
    r"|really )?happened"
    r"|what (?:actually|really) happened|[Ii]n our world)\b"
)
_IMAGINED = re.compile(
    r"\b(?:ATL|ITTL|TTL|[iI]n th(?:is|at|the|my|your) (?:time ?line|scenario|alternate|TL|universe|ATL)"
    r"|alternat(?:e|ive) (?:history|timeline|time ?line|universe)"
    r"|POD|point of divergence|ASB|butterfl(?:y|ies|ied)|handwav\w+)\b",
)
_PREMISE = re.compile(
    r"\b(?:let(?:['’]s| us)(?: also| just| now)? (?:say|assume|suppose|imagine|pretend|posit)|suppos(?:e|ing)(?! to)"
    r"|assum(?:e|ing)|imagin(?:e|ing)|what if|WI|(?:^|[,;:]\s+|\b(?:now|so|just|and|but) )say that|pretend"
    r"|stipulat\w+|for the sake of (?:the )?argument"
    r"|hypothetical\w*|premise|scenario|grant(?:ed)? (?:me )?that|picture this|now say)\b"
    r"|^\W*say,? (?=(?:(?-i:[A-Z])\w+|he|she|they|it|the|an?|we|you|i) )",
    re.IGNORECASE,
)
_PARTICIPLES = (
    r"(?:\w+ed|been|had|won|lost|gone|taken|come|known|become|made|done|left|lived|stayed|kept|held|put|got|given"
    r"|seen"
    r"|told|found|fallen|grown|run|met|set|fought|beaten|shot|built|bought|chosen|listened)"
)
_CONDITION = re.compile(
    r"\b(?i:if|unless|provided that|providing|as long as|in case|whether|if only|otherwise|or else|wish(?:es|ed)?)\b"
    rf"|(?:^|[,;]\s)\W*[Hh]ad (?:he|she|it|they|we|I|you|the|an?|his|her|their|only|[A-Z][\w'’-]*)"
    rf"(?: [\w'’-]+){{0,5}}? (?:not |never )?{_PARTICIPLES}\b"
    r"|\b[Ww]ere (?:he|she|it|they|we|I|you|there|the [\w-]+|[A-Z][\w'’-]*) (?:not )?(?:to|for)\b|\b[Bb]ut for\b"
    r"|\b[Ii]f not for\b"
)
_MODAL = re.compile(
    r"\b(?:would(?! later| eventually| soon| go on| become known)(?:n['’]?t)?|could(?:n['’]?t)? (?:have|be|\w+)"
    r"|might(?:n['’]?t)?|may(?! \d)|should(?:n['’]?t)?|ought|\w+['’]d(?! (?:been|better))|(?:w|c|sh)ould['’]?ve)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will(?! of\b)|won['’]t|shall|\w+['’]ll|(?:is|are|am|'s|'re|was|were) (?:not )?(?:going|about|likely"
    r"|unlikely"
    r"|bound) to|gonna|in (?:the )?(?:next|coming) (?:\w+ )?(?:years?|decades?|century))\b",
    re.IGNORECASE,
)
_BY_THEN = re.compile(r"\bby 20[3-9]\d\b")
_SETTING = re.compile(
    r"\b(?:would|what if|WI|AHC|ATL|alternat(?:e|ive) history|had (?:not|never|\w+ed)|timeline|could .{0,40} have"
    r"|if)\b"
    r"|^What if\b",
    re.IGNORECASE,
)
_INDEPENDENT_LINKS = RELATIVES | frozenset(
    (
        "because",
        "since",
        "although",
        "though",
        "whereas",
        "but",
        "given that",
        "that",
        ";",
        "says",
        "yet",
        "even though",
    )
)
"""Links behind which a clause may speak of the real world, whatever its sentence imagines."""
_TEMPORAL_LINKS = frozenset(("when", "after", "before", "until", "once", "while"))
"""The same, but not in a sentence that has a condition, since the time may be that of the imagined story."""
_CONDITIONAL_OPENING = re.compile(r"\W*(?:even )?(?:if|unless|had|were|without|with)\b", re.IGNORECASE)
_WITH_OPENING = re.compile(r"\W*(?:with|without|but for) [^,]{3,50},", re.IGNORECASE)
_OPEN_CONDITION = re.compile(r"\b(?:if|unless)\b[^,;]*$", re.IGNORECASE)
_WHAT_IF = re.compile(r"^(?:WI|AHC|DBWI|what if|suppose|imagine|let's say)\b[:,]?\s*|[?!.]+$", re.IGNORECASE)


def imagines(*settings: str | None) -> bool:
    """Whether a motion, title or premise sets a discussion in a history that never was."""
    return any(setting and _SETTING.search(setting) for setting in settings)


def is_marked_real(text: str) -> bool:
    """Whether words say outright that they speak of the real history."""
    return bool(_REAL.search(text))


def is_premise(text: str) -> bool:
    """Whether a clause asks to accept something for the sake of the argument."""
    return bool(_PREMISE.search(text))


def restates(text: str, *premises: str | None) -> bool:
    """Whether a clause says no more than a stipulated premise: "Lenin lived until 1930", under that what-if."""
    claim = read(text)
    said = {word.stem for word in claim.content}
    for premise in premises:
        if not premise:
            continue
        known = read(_WHAT_IF.sub("", premise))
        shared = said & {word.stem for word in known.content}
        if len(shared) < 2 or len(shared) < 0.75 * len(said) or claim.negations % 2 != known.negations % 2:
            continue
        dates = {(when.low, when.high) for when in known.dates}
        if all((when.low, when.high) in dates for when in claim.dates):
            return True
    return False


def story_after(text: str) -> Story:
    """The tense in which a story goes on that these words begin."""
    return "past" if is_past(_PREMISE.sub(" ", text)) else "present"


def unreal(clause: Clause, imagined_setting: bool, story: Story) -> Unreal:
    """Why a clause does not speak of the real world, empty where it does."""
    text, sentence = clause.text, clause.sentence.text
    if _MODAL.search(text) or _IMAGINED.search(text):
        return "imagined"
    if _WITH_OPENING.match(text) and not is_past(text):
        return "imagined"
    if _FUTURE.search(text) or (_BY_THEN.search(text) and not is_past(text)):
        return "prediction"
    if _CONDITION.search(text) and not _past_only(text):
        return "imagined"
    independent = clause.link in _INDEPENDENT_LINKS or (
        clause.link in _TEMPORAL_LINKS and not _CONDITION.search(sentence)
    )
    if not independent and is_counterfactual(sentence):
        return "imagined"
    rest = sentence.replace(text, " ", 1).strip(" .,")
    if rest and not independent and _CONDITIONAL_OPENING.match(sentence):
        # The other half of a conditional sentence shares its condition.
        return "imagined"
    before = sentence[: max(0, clause.start - clause.sentence.start)]
    if _OPEN_CONDITION.search(before) and clause.link not in RELATIVES:
        return "imagined"
    if (imagined_setting or story) and clause.link != "says" and not is_past(clause.reading):
        return "imagined"
    if story == "past" and not independent:
        return "imagined"
    return ""


def _past_only(text: str) -> bool:
    """Whether "whether" is all that looked like a condition, in a sentence about the past."""
    return not _CONDITION.search(re.sub(r"\bwhether\b", " ", text, flags=re.IGNORECASE)) and is_past(text)


def is_past(text: str) -> bool:
    """Whether the first finite verb is in a past tense or in the perfect."""
    verbs = [word for word in words(text) if is_finite(word)]
    if not verbs:
        return False
    first = verbs[0].fold
    if first in PRESENT_VERBS or first in ("is", "are", "am", "do", "don't", "doesn't", "isn't", "aren't"):
        return False
    if first in ("has", "have", "hasn't", "haven't"):
        return True
    return any(word.fold in PAST_VERBS or word.fold in MORE_PAST or word.fold.endswith("ed") for word in verbs)


def is_verbless(text: str) -> bool:
    """Whether no finite verb stands in a text."""
    return not has_verb(text)
