"""How a reader would call a poster: 'the "Trotsky can't win the Politburo" skeptic'.

The quoted clause is the poster's own words, shortened by leaving words out, never by adding or changing one.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from personas.argumentative import leading_words
from personas.persona import Position, Stance
from personas.terms import terms, words

_MAX_WORDS = 10
_MAX_LENGTH = 66
_LEAST_APPEAL = 0.3
_RANK = 0.12  # what a clause loses for each position before its own
_ELSEWHERE = 0.6  # and what one from outside the positions loses
_OPINION = re.compile(
    r"^(?:(?:i (?:would |also |just |really |still |strongly )*(?:think|believe|argue|say|suspect|feel|"
    r"find it (?:funny|odd|strange|hard to believe))|"
    r"it(?:['’]s| is) (?:clear|obvious|true|likely|realistic|plausible|a fact)(?: to (?:assume|say))?|"
    r"there['’]s no doubt|"
    r"people (?:also )?forget|no doubt|the (?:fact|truth|point|problem) is|in my (?:view|opinion)|to me)"
    r"(?:,? that)?,?\s+)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\s*\([^()]*\)|,\s+(?:of course|however|though|for example|for instance|really|at least)(?=,)", re.I
)
_FILLER = re.compile(
    r"\b(?:basically|simply|really|actually|very|quite|of course|certainly|obviously|clearly|probably|officially|"
    r"however|indeed|essentially|literally|just|alone|also)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:,? (?:most|many|some|all|both|the vast majority|the majority) of wh\w+|[;:,]|\s[-–—]+\s|—|"
    r"\b(?:because|since|although|though|unless|whereas|while|until|but|so that|which|"
    r"even if|even though|as though|as if|if|when|who)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
# "There were many who could ...": the same words say it without the first two and the relative pronoun.
_EXISTENTIAL = re.compile(
    r"^there (?:is|are|was|were) (?:a lot of |lots of |plenty of )?((?:[\w'’-]+ ){1,6}?)(?:that|who) ", re.IGNORECASE
)
_CONDITION = re.compile(r"\b(?:if|unless|until|when|whenever|where|only|than)\b", re.IGNORECASE)
_CONDITION_NEAR = 60
_COORDINATION = re.compile(r"\s+(?:and|or|nor)\b.*$", re.IGNORECASE | re.DOTALL)
_PREPOSITION = re.compile(
    r"\s+(?:in|on|at|by|with|from|for|to|into|about|against|among|during|through|under|over|after|before|between|"
    r"without|within|towards?|per|via|like)\s",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"^(?:regardless of|despite|because of|due to|in|with|without|for|at|on|by|during|after|before|under|since|while|"
    r"unlike|as|although|even|whatever|where)\b[^,]{2,130},\s+(?=\S+\s+\S+)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|may|might|must|cannot|need|needs|"
    r"means|makes|made|takes|leads|led|fails|failed|works|causes|deserves|exists|shows|proves|wants|wanted|becomes|"
    r"became|gives|gave|went|got|gets|goes|seems|depends|requires|kills|saves|costs|belongs|remains|comes|came|"
    r"claimed|proposed|showed|liked|feared|hated|achieved|believe|believes|think|know|want|make|get|live|die|"
    r"took|won|lost|beats?|developed?)\b|\w['’](?:re|ll|d|ve)\b|n['’]t\b",
    re.IGNORECASE,
)
_WEAK_ENDING = re.compile(
    r"\s+(?:the|a|an|and|or|of|to|in|on|at|by|for|with|from|as|than|that|is|are|was|were|be|been|not|have|has|had|"
    r"would|could|should|will|can|may|might|must|more|most|much|such|so|too|no|his|her|their|its|my|your|our|about|"
    r"this|these|those|any|some|all|every|into|being|do|does|did|it|like|even|only|least|how|what|if|least|"
    r"going|very|likely|able|unable|willing|ready|based|according|enough|quick|referring|b/c|w/o|more \w+|"
    r"less \w+|that \w+|that \w+ \w+|the \w+ing|\w+ times|likely \w+|whether|both|through \w+|towards? \w+|"
    r"(?:has|have|had|having) (?:the|a|an|no) (?:right|ability|power|need|chance|time|way|freedom|authority|reason|"
    r"duty|choice|option))$",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b(?:would|will|could|can|should|must|may|might|to|have|has|had|gets?|got|cannot|\w+n['’]t)\s+\w+$|"
    r"\s\w+(?:ed|ing)$",
    re.IGNORECASE,
)
_UNFIT = re.compile(
    r"^(?:it|this|that|these|those|he|she|they|there|i|we|you|what|who|which|someone|everyone|my|remember|then|"
    r"back to|"
    r"particularly|especially|theoretically|as far|as long|somehow|most likely|instead|regardless|so far|despite|why|"
    r"how|because|other than|just|even|not|and|or|but|if|one of|fine|me|yeah|y['’]?all|regarding|concerning|no longer|"
    r"once upon|in (?:all|the same|both)|at (?:best|worst|least|most)|for the|step|premise|(?:the )?(?:real )?question|"
    r"\w+n['’]t)\b",
    re.IGNORECASE,
)
# "People keep saying X is Y": what others say is not what the poster stands for.
_OF_OTHERS = re.compile(
    r"\b(?:people|some|many|most|they|everyone|everybody|\w{3,}s) (?:will |would |always |often |keep |happen to |"
    r"like to |love to |seem to )*"
    r"(?:say|saying|claim|claiming|think|thinking|argue|arguing|believe|insist|assume|pretend)\b|"
    r"\b(?:says|claims|argues|thinks|believes)\b",
    re.IGNORECASE,
)
# "... would mean that walking in thin air": what "that" opens has to be said to its verb.
_AFTER_THAT = re.compile(r"\bthat\s+(?!(?:he|it|they|we|you|i)\b)(.*)$", re.IGNORECASE)
_UNRESOLVED = re.compile(r"\bshe\b|\bemoticon_|(?<!\w)['’‘](?!\d)(?![^'’]*\w['’](?!\w))", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|which|who|how|what|why)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:I|i|me|my|we|our|us|you|your)\b")
_DENIES = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|hardly|unlikely|impossible|cannot|too few)\b|n['’]t\b", re.I
)
_BLAMES = re.compile(
    r"\b(?:wrong|evil|bad|worse|worst|dangerous|dictator|immoral|murder|cruel|unfair|unjust|stupid|flawed|"
    r"failed|fails|failure|terrible|useless|harmful|arrogant|disliked|threat|problem|corrupt|kill|kills|killed|"
    r"ridiculous)\b",
    re.IGNORECASE,
)
# What holds rather than what happened once: more of a position than of a report.
_HOLDS = re.compile(r"\b(?:is|are|would|will|can|could)\b|n['’]t\b", re.IGNORECASE)
_HEARSAY = re.compile(r"\b(?:is|are|was|were) (?:seen|considered|regarded|viewed|said|called|known)\b", re.IGNORECASE)
_DEMANDS = re.compile(r"\b(?:should|must|ought|need|needs|deserves?|has to|have to)\b", re.IGNORECASE)


def make_epithet(
    positions: Sequence[Position], claims: Sequence[str], stance: Stance, motion: str, *, asks: bool
) -> str:
    """An epithet from the positions, the central one first.

    Args:
        positions: The poster's positions; may be empty.
        claims: What else they state, for a poster whose positions are all too long-winded to name them by.
        stance: Chooses "critic" over "skeptic" and the like.
        motion: What the discussion is about; a clause about it names a poster best.
        asks: Whether at least half of their sentences are questions.

    Returns:
        'the "<their words, shortened>" skeptic' (or critic, advocate, proponent); a plain epithet such as "the
        questioner" where no position gives a clause that reads well.
    """
    ranked = [(position.evidence[0].text, _RANK * rank) for rank, position in enumerate(positions)]
    ranked += [(claim, _ELSEWHERE) for claim in claims]
    subject = terms(motion)
    found = [
        (_appeal(shortened.clause, shortened.whole, subject) - penalty, -place, shortened.clause)
        for place, (text, penalty) in enumerate(ranked)
        for shortened in [_shorten(text)]
        if shortened.clause
    ]
    if found and positions and max(found)[0] >= _LEAST_APPEAL:
        clause = max(found)[2]
        return f'the "{clause}" {_role(clause, stance)}'
    if asks:
        return "the questioner"
    return "the debater" if positions else "the commenter"


def shorten(text: str) -> str | None:
    """A clause of at most ten words left of `text` by leaving words out; None where what is left reads badly."""
    return _shorten(text).clause


class _Shortened(NamedTuple):
    clause: str | None
    whole: bool
    """Whether the predicate was kept to its end."""


def _shorten(text: str) -> _Shortened:
    plain = " ".join(text.split())
    plain = plain[leading_words(plain) :]
    plain = _FRONT.sub("", _OPINION.sub("", _ASIDE.sub("", plain)), count=1)
    plain = _EXISTENTIAL.sub(r"\1", _FILLER.sub("", plain)).strip(" .!…\"“”'")
    for cut in (_keep, _cut_tail, _cut_coordination, _cut_prepositions):
        shorter = cut(plain)
        dropped = plain[len(shorter) :].lstrip()
        if not dropped.startswith((":", ";")) and _CONDITION.search(dropped[:_CONDITION_NEAR]):
            # "X would be wrong | if Y" without its condition says what they did not say.
            return _Shortened(None, False)
        plain = shorter
        if _reads_well(_clean(plain)):
            return _Shortened(_clean(plain), cut is not _cut_prepositions)
    return _Shortened(None, False)


def _appeal(clause: str, whole: bool, subject: frozenset[str]) -> float:
    """How well a clause names somebody: it judges or demands rather than reports, "
    "and is about the motion's subject."""
    judges = bool(_DENIES.search(clause) or _BLAMES.search(clause) or _DEMANDS.search(clause))
    holds = bool(_HOLDS.search(clause))
    about = len(terms(clause) & subject)
    return (
        (0.5 if whole else -0.25)
        + (0.5 if judges else 0.0)
        + (0.25 if holds else 0.0)
        - (0.0 if judges or holds else 0.5)
        - (0.5 if clause[:1].isdigit() else 0.0)
        - (0.4 if _HEARSAY.search(clause) else 0.0)
        + (0.3 * min(about, 2) if about else -0.4)
        + 0.2 * min(len(terms(clause)), 4)
    )


def _keep(text: str) -> str:
    return text


def _cut_tail(text: str) -> str:
    return _TAIL.sub("", text).strip()


def _cut_coordination(text: str) -> str:
    shorter = _COORDINATION.sub("", text).strip()
    return shorter if len(words(shorter)) >= 4 and _VERB.search(shorter) else text


def _cut_prepositions(text: str) -> str:
    places = [found.start() for found in _PREPOSITION.finditer(text)]
    for place in reversed(places):
        shorter = text[:place]
        # "would take | over": a modal needs what was cut off.
        if len(words(shorter)) <= _MAX_WORDS and _reads_well(shorter) and not _UNFINISHED.search(shorter):
            return shorter
    return text


def _reads_well(text: str) -> bool:
    verb = _VERB.search(text)
    return (
        verb is not None
        and verb.start() > 0
        and 3 <= len(words(text)) <= _MAX_WORDS
        and len(text) <= _MAX_LENGTH
        and len(terms(text)) >= 2
        and bool(terms(text[: verb.start() + 1]))
        and len(words(text[verb.end() :])) >= 1
        and not _UNFIT.match(text)
        and not _PERSONAL.search(text)
        and not _RELATIVE.search(text[: verb.end()])
        and all(_VERB.search(clause) for clause in _AFTER_THAT.findall(text))
        and not _OF_OTHERS.search(text)
        and not _UNRESOLVED.search(text)
        and not _WEAK_ENDING.search(text)
        and not re.search(r"[;:\"“”()?]|\s-\s|,", text)
    )


def _clean(text: str) -> str:
    text = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) if len(words(text)) > 3 else text
    return text.strip(" ,.")


def _role(clause: str, stance: Stance) -> str:
    if stance == "against" and not _DENIES.search(clause):
        return "critic"
    if _DENIES.search(clause):
        return "skeptic"
    if _BLAMES.search(clause):
        return "critic"
    return "advocate" if _DEMANDS.search(clause) or stance == "for" else "proponent"
