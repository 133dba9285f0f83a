"""Where a poster stands on the motion, told only where their own words say it.

Three signs count: a declaration ("I am against ..."), an answer to the motion's question ("No, ..."), and a sentence
that says the motion's proposition or its opposite, or judges its subject. All else is "unclear": a stance that was
read into somebody is worse than none.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from personas.argumentative import leading_words
from personas.own_words import OwnSentence
from personas.persona import Evidence, Stance
from personas.terms import terms, words

MOST_SHOWING_WORDS = 60


class StanceFinding(NamedTuple):
    """A stance and the sentence that it rests on; no sentence for "unclear"."""

    stance: Stance
    evidence: Evidence | None


class Motion(NamedTuple):
    """The motion as the rules see it."""

    text: str
    kind: Literal["question", "statement", "subject", "open"]
    """A yes/no question, a statement, a bare subject ("gun control"), or nothing that one can be for or against."""
    weights: Mapping[str, float]
    """Each content term's weight."""
    direction: int
    """-1 where the motion itself denies or bans its subject ("ban ...", "... is wrong"), else 1."""
    about_existence: bool
    """Whether the motion asks if its subject exists."""
    axes: frozenset[str]
    """The scales on which it takes a side ("better" is on the scale of good)."""


class _Sign(NamedTuple):
    weight: float
    direction: int
    sentence: OwnSentence


_AUXILIARY = re.compile(
    r"^(?:so |and |but )?(?:would|should|is|are|was|were|do|does|did|can|could|will|has|have|had|must|may|might)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:what|who|whom|which|when|where|why|how|help|need|looking|question|\[|best|any|anyone|list|poll|tips|to )\b"
    r"|\[",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:the )?(?:existence|question|legality|morality|issue|idea) of (?:the )?", re.IGNORECASE)
_FINITE = re.compile(r"\b(?:is|are|was|were|should|must|would|will|can|cannot|has|have|does|do)\b", re.IGNORECASE)
_AXES: dict[str, tuple[str, str]] = {
    "good": (
        "better good best improve improves improved improving warmer closer benefit beneficial great right moral just",
        "worse bad worst worsen worsens deteriorate colder cooler hostile harm harmful evil wrong immoral unjust cruel "
        "barbaric disgusting stupid useless pointless murder ridiculous terrible horrible failure failed flawed",
    ),
    "much": (
        "more higher increase increases rise rises bigger greater",
        "less lower decrease fall falls fewer smaller",
    ),
    "fast": ("faster sooner quicker", "slower later"),
    "strong": ("stronger win wins won succeed survive", "weaker lose loses lost collapse"),
    "legal": (
        "legal legalize legalise allow allowed permit permitted keep need needed support",
        "illegal ban banned banning abolish abolished outlaw outlawed prohibit prohibited repeal forbid criminal end",
    ),
    "true": (
        "true real exists exist proven possible likely",
        "false fake impossible unlikely hoax myth fairytale nonsense",
    ),
    "safe": ("safe safer", "dangerous unsafe risky"),
}
_SIDE: dict[str, tuple[str, int]] = {
    word: (axis, direction)
    for axis, sides in _AXES.items()
    for direction, listed in ((1, sides[0]), (-1, sides[1]))
    for word in listed.split()
}
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|nobody|none|hardly|barely|scarcely|doubt|doubtful|cannot|without)\b|"
    r"n['’]t\b|\bcant\b"
    r"|\bdont\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:but|however|although|though|unless|except|if|when|while|whether|depends?|maybe|perhaps|either|sometimes|"
    r"some|because|since|so|people who|those who|they|he|she|says?|said|claims?|argues?|believes?)\b|[\"“”;?]",
    re.IGNORECASE,
)
_DEPENDS = re.compile(r"^(?:well[,. …]*)?(?:it|that|this)(?: all| really| would)? depends?\b|\bdepends? on\b", re.I)
_FOR = re.compile(
    r"\bi(?:['’]m| am)?(?: \w+ly)?(?: do| also| still)?(?: \w+ly)? (?:support|favou?r|for|in favou?r of|pro|"
    r"believe in|(?:a )?(?:supporter|proponent|advocate) of|"
    r"agree with|all for)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\bi(?:['’]m| am)?(?: \w+ly)?(?: also| still)?(?: \w+ly)? (?:oppose|opposed to|against|anti|(?:an )?opponent of|"
    r"(?:do not|don['’]?t|cannot|can['’]?t|could not|couldn['’]?t|not) (?:support|favou?r|believe in|agree with|"
    r"in favou?r of|for))\b",
    re.IGNORECASE,
)
# "I support it for those who ..." is not support as such.
_RESTRICTS = re.compile(
    r"s?[ ,]*(?:laws? |in )?\b(?:that|which|who|when|if|only|for|in|but|except|unless|as long|under|where|until|"
    r"not|than|or|"
    r"however|though|although|without|with|on|during|after|before|of|among|by|argument|debate|issue|advocates?|"
    r"supporters?|opponents?|movement|crowd|people|groups?|lobby)\b",
    re.IGNORECASE,
)
_DETERMINERS = re.compile(
    r"\s*(?:(?:the|a|an|any|all|more|strict|stricter|legal|legalized|legalised|use of|idea of|existence of|"
    r"theory of)\s+)*",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"s?\s+(?:(?P<denied>does not|doesn['’]?t|do not|don['’]?t|did not|didn['’]?t|will not|won['’]?t|cannot|"
    r"can['’]?t|never)\s+)?"
    r"(?:actually |really |simply |just |clearly )?"
    r"(?:(?P<good>works?|helps?|deters?|saves?|protects?|exists?|makes? (?:any )?sense|reduces? crime|benefits?)|"
    r"(?P<bad>kills?|destroys?|undermines?|violates?|harms?|hurts?|fails?|ruins?|raises? crime|makes? no sense))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^there(?: is|['’]s| are| was) (?:absolutely |just )?(?P<no>no (?:such thing as )?)(?:the |a |an )?", re.I
)
_NEGATED_BEFORE = re.compile(r"\b(?:not that|never said|if|when|whether|because)\b[^,.;]*$", re.IGNORECASE)
_SAYS = re.compile(
    r"^(?:i (?:\w+ly )?(?:think|believe|feel|say|am convinced|maintain)(?: that)?|in my (?:view|opinion),?|"
    r"to me,?|imo,?|"
    r"that|the)\s+",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:should|must|need to|have to|ought to|let['’]s)\s+(?:not )?(?:just |simply )?(ban|abolish|outlaw|"
    r"prohibit|repeal|forbid|legalize|"
    r"legalise|allow|permit|keep|support)\s+(?:the |all |any )?",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"s?\s+(?:is|are|was|(?P<ought>should be|must be|ought to be|needs? to be|has to be))(?P<denied>\s+not|"
    r"n['’]t|\s+never|\s+no)?"
    r"(?:\s+(?:a|an|the|just|simply|morally|very|so|always|still|plain|absolutely|completely|inherently|one|"
    r"most|act|thing|"
    rf"of)){{0,4}}\s+(?P<word>{'|'.join(_SIDE)})\b",
    re.IGNORECASE,
)
_ANSWER_IS = re.compile(
    r"\b(?:my|the|short|simple) (?:own |short |simple )?answer (?:to (?:the|this|that|your) (?:title|question|"
    r"thread|topic|op|motion)"
    r"(?: question)? )?(?:is|remains|stays|would be)(?: still| clearly| simply| therefore| a| definitely)*:? "
    r"[\"“']?(?P<word>no|yes|negative|affirmative)\b",
    re.IGNORECASE,
)
_IN_SUM = re.compile(
    r"^(?:so|in short|in sum|all in all|therefore|in the end|overall|long story short|to sum up),? (?P<word>yes|no),",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?P<modal>could|would|should|might)\b.*?\bhave (?P<verb>(?!a\b|an\b|the\b|any\b|to\b|better\b|more\b|"
    r"been\b)\w{3,})",
    re.IGNORECASE,
)
_TWO_SIDES = re.compile(
    r"\b(?:but|however|although|(?<!as )though|on the (?:one|other) hand|both|partly|in some (?:ways|respects)|"
    r"yes and no|unless|hard to say)\b",
    re.IGNORECASE,
)
_CONDITIONS = re.compile(r"\b(?:if|unless|only|whether|but|says?|said|think|claims?|argues?)\b|[\"“”]", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:nobody|no one|none|never|no)\b", re.IGNORECASE)
_YES = re.compile(r"^(?:yes|yep|yeah|yup|absolutely|definitely|certainly|of course it|agreed)\b(?! and no)", re.I)
_NO = re.compile(
    r"^(?:no|nope|nah|absolutely not|definitely not|not at all|hell no|never)\b(?=[,.! ]*(?:$|[A-Z,.!]))", re.I
)


def read_motion(text: str, weights: Mapping[str, float]) -> Motion:
    """What the motion asks; `weights` are the rarities of the thread's terms, "
    "which tell its point from its setting."""
    bare = text.strip()
    about_existence = bare.lower().startswith(("existence of", "the existence of"))
    bare = _ABOUT.sub("", bare)
    own = {term: weights.get(term, 2.0) for term in terms(bare)}
    kind: Literal["question", "statement", "subject", "open"]
    if not own or _OPEN.match(bare):
        kind = "open"
    elif _AUXILIARY.match(bare):
        kind = "question"
    elif _FINITE.search(bare):
        kind = "statement"
    else:
        kind = "subject" if len(own) <= 3 else "open"
    listed = words(bare)
    sides = [_SIDE[word] for word in listed if word in _SIDE]
    direction = -1 if (sum(side < 0 for _, side in sides) + len(_NEGATION.findall(bare))) % 2 else 1
    return Motion(bare, kind, own, direction, about_existence, frozenset(axis for axis, _ in sides))


def find_stance(sentences: Sequence[OwnSentence], motion: Motion, opening_post: str | None) -> StanceFinding:
    """Where the writer of these sentences stands.

    Args:
        sentences: One poster's own sentences in the thread's order.
        motion: From `read_motion`.
        opening_post: Id of the thread's first post; a "No" that answers somebody else's words is not about the motion.

    Returns:
        "for" or "against" where every sign agrees, "mixed" where signs conflict or the writer says that it depends,
        "unclear" otherwise.
    """
    if motion.kind == "open":
        return StanceFinding("unclear", None)
    signs: list[_Sign] = []
    depends: OwnSentence | None = None
    for place, sentence in enumerate(sentences):
        before = sentences[place - 1] if place else None
        if _asks_motion(before, motion) and _DEPENDS.search(sentence.text):
            depends = sentence
        sign = _sign_of(sentence, motion, before, opening_post)
        if sign is not None:
            signs.append(sign)
    return _weigh(signs, depends)


def can_show(text: str, motion: Motion, stance: Stance) -> bool:
    """Whether a sentence can be what a stance rests on that only a model saw.

    It has to speak of the motion or to answer it, and to name two sides, or what it depends on, for "mixed": a model
    that does not know says "mixed" and points at any sentence.
    """
    if motion.kind == "open" or stance == "unclear" or len(words(text)) > MOST_SHOWING_WORDS:
        return False
    bears = _coverage(text, motion) > 0
    if stance == "mixed":
        return bool(_DEPENDS.search(text)) or (bears and bool(_TWO_SIDES.search(text)))
    return bears or any(one.search(text) for one in (_YES, _NO, _ANSWER_IS))


def _weigh(signs: Sequence[_Sign], depends: OwnSentence | None) -> StanceFinding:
    pro = sum(sign.weight for sign in signs if sign.direction > 0)
    contra = sum(sign.weight for sign in signs if sign.direction < 0)
    strongest = max(signs, key=lambda sign: sign.weight, default=None)
    if depends is not None and not max(pro, contra) >= 2 * min(pro, contra) + 2:
        return StanceFinding("mixed", _evidence(depends))
    if strongest is None or max(pro, contra) < 1.5:
        return StanceFinding("unclear", None)
    if min(pro, contra) == 0 or max(pro, contra) >= 3 * min(pro, contra):
        wins = 1 if pro > contra else -1
        best = max((sign for sign in signs if sign.direction == wins), key=lambda sign: sign.weight)
        return StanceFinding("for" if wins > 0 else "against", _evidence(best.sentence))
    return StanceFinding("mixed", _evidence(strongest.sentence))


def _sign_of(
    sentence: OwnSentence, motion: Motion, before: OwnSentence | None, opening_post: str | None
) -> _Sign | None:
    text = " ".join(sentence.text.split())
    if text.rstrip("\"'”’) ").endswith("?") or len(words(text)) > 40:
        return None
    if motion.kind == "question" and _answers_motion(sentence, before, opening_post):
        for pattern, direction in ((_NO, -1), (_YES, 1)):
            if pattern.match(text):
                return _Sign(2.0, direction, sentence)
    if motion.kind == "question":
        answered = _stated_answer(text, motion) or _modal_proposition(text, motion)
        if answered:
            return _Sign(2.0, answered, sentence)
    if _coverage(text, motion) < 0.6:
        return None
    declared = _declaration(text, motion)
    if declared:
        return _Sign(2.0, declared, sentence)
    judged = _judgement(text, motion) if motion.kind == "subject" else _proposition(text, motion)
    return _Sign(1.5, judged, sentence) if judged else None


def _stated_answer(text: str, motion: Motion) -> int:
    """1 or -1 for "my answer to the title is still no" or "So yes, ..." where the motion is spoken of; else 0."""
    found = _ANSWER_IS.search(text)
    if found is None:
        found = _IN_SUM.match(text)
        if found is None or _coverage(text, motion) < 0.2:
            return 0
    return -1 if found["word"].lower() in ("no", "negative") else 1


def _modal_proposition(text: str, motion: Motion) -> int:
    """1 or -1 where a sentence holds the motion's own predicate ("could have won"), affirmed or denied; else 0."""
    asked = _PREDICATE.search(motion.text)
    if asked is None:
        return 0
    modal, verb = asked["modal"].lower(), re.escape(asked["verb"])
    said = re.search(
        rf"\b{modal}(?P<not>n['’]t| not| never| hardly)?(?: \w+)? have (?P<never>never |"
        rf"not )?{verb}\b",
        text,
        re.IGNORECASE,
    )
    if said is None or _CONDITIONS.search(text) or _coverage(text[: said.end()], motion) < 0.2:
        return 0
    denied = bool(said["not"] or said["never"] or _NOBODY.search(text[: said.start()]))
    return -1 if denied else 1


def _declaration(text: str, motion: Motion) -> int:
    """1 for "I support ...", -1 for "I am against ...", 0 where the subject is not what is supported, "
    "or only in part."""
    for pattern, direction in ((_AGAINST, -1), (_FOR, 1)):
        for found in pattern.finditer(text):
            end = _end_of_subject(text[found.end() :], motion)
            if (
                end
                and not _RESTRICTS.match(text[found.end() + end :])
                and not _NEGATED_BEFORE.search(text[: found.start()])
            ):
                return direction * (motion.direction if motion.kind != "subject" else 1)
    return 0


def _judgement(text: str, motion: Motion) -> int:
    """Whether a sentence about the bare subject of the motion judges it: 1 well, -1 ill, 0 where it does neither."""
    bare = _SAYS.sub("", text[leading_words(text) :])
    demand = _DEMAND.search(bare)
    if demand:
        rest = bare[demand.end() :]
        end = _end_of_subject(rest, motion)
        if end and not _RESTRICTS.match(rest[end:]):
            return _SIDE[demand[1].lower()][1]
    end = _end_of_subject(bare, motion)
    rest = bare[end:] if end else ""
    absent = _DENIED.match(bare)
    if absent and motion.about_existence and _end_of_subject(bare[absent.end() :], motion):
        return -1
    deed = _DEED.match(rest)
    if deed and not _HEDGE.search(rest) and not _RESTRICTS.match(rest[deed.end() :]):
        return (1 if deed["good"] else -1) * (-1 if deed["denied"] else 1)
    verdict = _VERDICT.match(rest)
    if verdict is None or _RESTRICTS.match(rest[verdict.end() :]):
        return 0
    axis, side = _SIDE[verdict["word"].lower()]
    if axis == "legal" and not verdict["ought"]:
        return 0  # "abortion is legal" reports the law
    return -side if verdict["denied"] else side


def _end_of_subject(text: str, motion: Motion) -> int:
    """Where the motion's subject ends, when `text` opens with it; 0 when it opens with something else."""
    opening = _DETERMINERS.match(text)
    start = opening.end() if opening else 0
    places = [found.end() for found in re.finditer(r"[\w'’-]+", text[start:])]
    if not places or _coverage(text[start : start + places[0]].replace("-", " "), motion) == 0:
        return 0
    for end in places[: len(motion.weights) + 1]:
        if _coverage(text[start : start + end].replace("-", " "), motion) >= 0.99:
            return start + end
    return 0


def _proposition(text: str, motion: Motion) -> int:
    """Whether a sentence says what the motion says (1), or the opposite (-1)."""
    if _HEDGE.search(text):
        return 0
    sides = [_SIDE[word] for word in words(text) if word in _SIDE]
    flips = len(_NEGATION.findall(text))
    if flips > 1 or not _FINITE.search(text):
        return 0
    if motion.axes:
        # The motion names a quality: the sentence has to speak of the same one.
        sides = [side for side in sides if side[0] in motion.axes]
        if not sides:
            return 0
    if len({direction for _, direction in sides}) > 1:
        return 0
    side = sides[0][1] if sides else 1
    return side * (-1 if flips else 1) * motion.direction


def _asks_motion(sentence: OwnSentence | None, motion: Motion) -> bool:
    return sentence is not None and sentence.text.rstrip().endswith("?") and _coverage(sentence.text, motion) >= 0.6


def _answers_motion(sentence: OwnSentence, before: OwnSentence | None, opening_post: str | None) -> bool:
    """Whether the sentence opens an answer to the question of the thread: after it is asked, or first in a post."""
    first = before is None or before.post_id != sentence.post_id
    to_motion = not sentence.follows_quote and sentence.parent_id in (None, opening_post)
    return first and to_motion and sentence.post_id != opening_post


def _coverage(text: str, motion: Motion) -> float:
    """Share of the motion's weight that the text speaks of, 0 to 1; "relations" covers "relationship"."""
    total = sum(motion.weights.values())
    found = terms(text)
    covered = sum(weight for term, weight in motion.weights.items() if any(_akin(term, other) for other in found))
    return covered / total if total else 0.0


def _akin(left: str, right: str) -> bool:
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter)


def _evidence(sentence: OwnSentence) -> Evidence:
    return Evidence(post_id=sentence.post_id, text=sentence.text, start=sentence.start, end=sentence.end)
