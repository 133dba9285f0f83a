"""Is there anything to check, and in which history?

A statement about the real world can be checked, also inside a hypothetical; opinions, wishes, predictions,
questions, stipulated premises and statements about an imagined history cannot. Where the wording does not
decide, the thread does: in a discussion of a what-if the historic present tells the imagined story.
"""

import re
from typing import Literal, NamedTuple

from debate.referee.claims import Clause, has_verb, is_finite
from debate.referee.lexicon import PAST_VERBS, PRESENT_VERBS
from language.words import STOPWORDS, words

Reason = Literal[
    "",
    "question",
    "fragment",
    "imagined",
    "premise",
    "prediction",
    "opinion",
    "personal",
    "request",
    "irony",
    "reported",
]


class Assessment(NamedTuple):
    """Whether a clause can be checked; `reason` says why not, empty where it can."""

    checkable: bool
    reason: Reason


_REAL = re.compile(
    r"\b(?:OTL|IOTL|in (?:our|the (?:real|original|actual)) (?:time ?line|world|life|history)"
    r"|in real (?:life|history)|IRL"
    r"|in reality|historically|in actual(?:ity| fact))\b"
)
_IMAGINED = re.compile(
    r"\b(?:ATL|ITTL|TTL|[iI]n th(?:is|at|the) (?:time ?line|scenario|alternate|TL|universe|ATL)"
    r"|alternate (?:history|timeline|universe)"
    r"|POD|point of divergence|ASB|butterfl(?:y|ies|ied)|handwav\w+)\b",
)
_PREMISE = re.compile(
    r"\b(?:let(?:'|’)?s(?: also| just)? (?:say|assume|suppose|imagine|pretend)|let us (?:say|assume|suppose"
    r"|imagine)|suppos(?:e|ing)"
    r"|assum(?:e|ing)|imagin(?:e|ing)|what if|say that|pretend|stipulat\w+|for the sake of argument|hypothetical\w*"
    r"|premise|scenario)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided that|as long as|in case|(?:^|,\s)had (?:he|she|it|they|we|i|you|the"
    r"|[A-Z]\w+)(?: \w+){0,4} (?:not |never )?"
    r"(?:\w+ed|been|had|won|lost|gone|taken|come|known|become|made|done|left|died|lived|stayed)|were (?:he"
    r"|she|it|they|we|i|you)"
    r"|whether|wish(?:es|ed)?|if only|otherwise)\b",
)
_MODAL = re.compile(
    r"\b(?:would(?! later| eventually| soon| go on| become known)(?:n['’]?t)?|could(?:n['’]?t)? (?:have|be"
    r"|\w+)|might(?:n['’]?t)?|may(?! \d)|should(?:n['’]?t)?|ought"
    r"|\w+['’]d(?! (?:been|better))|would['’]?ve|could['’]?ve|should['’]?ve)\b",
)
_FUTURE = re.compile(
    r"\b(?:will(?! of\b)|won['’]?t|shall|\w+['’]ll|(?:is|are|am|'s|'re|was|were) (?:not )?(?:going|about"
    r"|likely|unlikely|bound) to|gonna)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:in my (?:humble )?(?:opinion|view|mind)|imo|imho|i (?:personally )?(?:think|believe|feel|guess"
    r"|suspect|doubt|hope|wish"
    r"|prefer|like|love|hate|agree|disagree|suppose|reckon|find|don['’]?t (?:think|believe|see|like|care|know)"
    r"|can['’]?t (?:see|imagine)|would (?:argue|say|guess|think)|['’]d (?:argue|say))|it (?:seems|feels"
    r"|looks|appears)|seems? (?:to|like|that)"
    r"|should|ought to|must be|probably|perhaps|maybe|possibly|presumably|arguably|likely|unlikely"
    r"|plausibl[ey]|implausible"
    r"|it is (?:easy|hard|difficult|possible|impossible|realistic|unrealistic|reasonable|conceivable)"
    r"|it['’]s (?:easy|hard|difficult|possible|entirely possible|impossible|realistic|hardly|unlikely|funny"
    r"|not a formula)"
    r"|depends on|depend on)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\b(?:evil|good(?! friday)|bad|terrible|awful|horrible|great|wonderful|beautiful|ugly|stupid|silly|ridiculous"
    r"|absurd|nonsense|insane"
    r"|sane|crazy|scary|astonishing|amazing|brilliant|fantastic|funny|nice|fair|unfair|wrong|right|moral"
    r"|immoral|better(?! known)|worse(?! known)"
    r"|best(?![- ](?:known|sell|friend))|worst(?![- ]sell)|boring|interesting|cheap|arrogant|incompetent"
    r"|competent|ruthless|pragmatic|capable(?! of)|cool"
    r"|lame|dumb|idiotic"
    r"|pathetic|disgusting|overrated|underrated|important|reasonable|sad|happy|glad|perfect|disappointing|impressive"
    r"|paranoid|half-hearted|puppet|advantageous|volatile)\b",
)
_PERSONAL = re.compile(
    r"^\W*(?:i|i['’]\w+|my|we['’]ve|you|you['’]\w+|your|thanks|thank|sorry|welcome|hi|hello|lol)\b", re.IGNORECASE
)
_REQUEST = re.compile(
    r"^\W*(?:please|let|look|see|note|check|consider|read|try|stop|tell|show|give|don['’]?t|do not|go"
    r"|make sure|remember|never"
    r"|come on|saying|edit|last edited)\b",
    re.IGNORECASE,
)
_IRONY = re.compile(
    r"\b(?:yeah,? right|sure,? (?:because|and)|of course,? because|/s\b|as if\b|because .{0,60} so well)"
    r"|[;:]-?[)P]\s*$|\bsarcasm\b",
    re.I,
)
_SETTING = re.compile(
    r"\b(?:would|what if|WI|AHC|ATL|alternat(?:e|ive) history|had (?:not|never|\w+ed)|timeline|could .{0,40} have|if)\b"
)
_INDEPENDENT_LINKS = frozenset(
    ("because", "since", "although", "though", "whereas", "when", "but", "given that", "that", ";")
)
_CONDITIONAL_OPENING = re.compile(r"\W*(?:even )?(?:if|unless|had|were|without|with)\b", re.IGNORECASE)
_WITH_OPENING = re.compile(r"\W*(?:with|without) [^,]{3,50},", re.IGNORECASE)
_FIRM = re.compile(r"\b(?:19|18|20|17)\d\d|\d+\s?(?:%|per)", re.IGNORECASE)


def imagines(*settings: str | None) -> bool:
    """Whether a motion, title or premise sets a discussion in a history that never was."""
    return any(setting and _SETTING.search(setting) for setting in settings)


def assess(clause: Clause, imagined_setting: bool, stipulated: bool = False) -> Assessment:
    """Say whether a clause can be checked.

    Args:
        clause: The clause, with its sentence.
        imagined_setting: Whether the discussion is about an imagined history, see `imagines`.
        stipulated: Whether the sentence before stipulated a premise whose story may go on here.
    """
    reason = _reason(clause, imagined_setting, stipulated)
    return Assessment(not reason, reason)


def _reason(clause: Clause, imagined_setting: bool, stipulated: bool) -> Reason:
    text, sentence = clause.text, clause.sentence.text
    found = words(text)
    if sentence.rstrip("\"'”’) ").endswith("?") and text in sentence[-len(text) - 3 :]:
        return "question"
    verbless = not has_verb(text) and (len(found) < 5 or not sentence.rstrip("\"'”’) ").endswith((".", "!")))
    if len(found) < 3 or verbless or all(word.fold in STOPWORDS for word in found):
        return "fragment"
    if _REQUEST.match(text) and not re.match(r"\W*\w+ (?:\w+ )?[A-Z]", text):
        return "request"
    if _IRONY.search(sentence):
        return "irony"
    real = bool(_REAL.search(text))
    if _PREMISE.search(text) and not real:
        return "premise"
    if not real:
        unreal = _unreal(clause, imagined_setting, stipulated)
        if unreal:
            return unreal
    return _subjective(text)


def _unreal(clause: Clause, imagined_setting: bool, stipulated: bool) -> Reason:
    text, sentence = clause.text, clause.sentence.text
    if _MODAL.search(text) or _IMAGINED.search(text):
        return "imagined"
    if _WITH_OPENING.match(text) and not _is_past(text):
        return "imagined"
    if _FUTURE.search(text):
        return "prediction"
    if _CONDITION.search(text) and not _past_only(text):
        return "imagined"
    rest = sentence.replace(text, " ", 1).strip(" .,")
    if rest and clause.link not in _INDEPENDENT_LINKS and _CONDITIONAL_OPENING.match(sentence):
        # The other half of a conditional sentence shares its condition.
        return "imagined"
    if re.search(r"\bif\b[^,;]*$", sentence[: max(0, clause.start - clause.sentence.start)], re.IGNORECASE):
        return "imagined"
    if (imagined_setting or stipulated) and not _is_past(text):
        return "imagined"
    return ""


def _past_only(text: str) -> bool:
    """Whether "whether" or "without" is all that looked like a condition, in a sentence about the past."""
    return not re.search(r"\b(?:if|unless|had|wish|wishes|were he|otherwise)\b", text) and _is_past(text)


def _is_past(text: str) -> bool:
    verbs = [word for word in words(text) if is_finite(word)]
    if not verbs:
        return False
    first = verbs[0].fold
    if first in PRESENT_VERBS or first in ("is", "are", "am", "do", "don't", "doesn't", "isn't", "aren't"):
        return False
    if first in ("has", "have", "hasn't", "haven't"):
        return True
    return any(word.fold in PAST_VERBS or word.fold.endswith("ed") for word in verbs)


def _subjective(text: str) -> Reason:
    firm = bool(_FIRM.search(text))
    if _PERSONAL.match(text) and not re.match(r"\W*\w+ [A-Z]", text):
        return "personal"
    if _OPINION.search(text) and not firm:
        return "opinion"
    if _VALUE.search(text) and not firm:
        return "opinion"
    return ""
