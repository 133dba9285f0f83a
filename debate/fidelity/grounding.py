"""Whether a turn rests on what was said: nothing made up, no filler, and something of the poster's own.

A good argument uses words that nobody used before ("a majority you have to win again every Monday is none"), so that
new words alone speak against nothing. Filler is told by its own vocabulary, that of brochures and school essays.
"""

import re
from collections.abc import Iterator

from debate.fidelity.findings import Finding, Occasion
from debate.fidelity.ground import Ground, own_texts
from debate.fidelity.phrases import LIFE
from language.sentences import split_sentences
from personas.terms import terms, words

_FIGURE = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d(?![\w.])")
_NAME = re.compile(r"(?<![.!?…:\"“”'’]\s)(?<!^)(?<!\n)\b[A-Z][a-z]{2,}(?:[-'’][A-Za-z]+)?\b")
_TOLD = re.compile(
    r"\b[A-Z][a-z]+ (?:himself |herself |once |later |privately ){0,2}"
    r"(?:told|confided to|wrote to|whispered to|admitted to|warned) [A-Z][a-z]+\b"
)
"""An anecdote: somebody told somebody something."""
_COMMON_NAMES = frozenset(
    "god english french german russian american western eastern european northern southern monday tuesday wednesday "  # noqa: SIM905
    "thursday friday saturday sunday january february march april may june july august september october november "
    "december europe asia africa america russia germany france britain england christmas easter berlin paris london "
    "moscow vienna warsaw rome madrid washington tokyo beijing".split()
)
_FILLER = terms(
    "important importance crucial vital essential significant significance key role impact factor complex complexity "
    "nuanced multifaceted perspective context challenge opportunity future society societal community values "
    "principles unity unite united cooperation cooperate collaborate collaboration dialogue understanding mutual "
    "respect harmony stability stable prosperity progress development sustainable inclusive diverse diversity "
    "equality ensure ensuring foster promote enhance strengthen achieve goal vision leadership commitment approach "
    "strategy strategic effective potential outcome consequence address consider ultimately overall moreover "
    "furthermore additionally highlight underscore demonstrate legacy lesson reflect balance ideology ideals "
    "resilience communicate communication shared collective common global landscape dynamic shape navigate pivotal "
    "profound innovative empower transparent participation effort contribute contribution positive negative "
    "influence relationship various aspect needs human nation nations world tensions conflict solution resolve "
    "equitable fair fairly fairness efficient efficiently citizen citizens well-being wellbeing imperative harmonious "
    "measures resource resources aim aimed pragmatic beneficial benefit benefits interests social economic political "
    "success successful failure responsibility essential integral fundamental overarching holistic robust"
)
"""Stems of the words in which nothing in particular is said; those that the debate itself uses do not count."""

_LEAST_FILLER = 2
_FILLER_SHARE = 0.3
_LEAST_TERMS = 4
_LEAST_REPORTED, _LEAST_REPORTED_TERMS = 0.3, 3
_STRANGE_SHARE = 0.9
"""From here on a turn shares next to nothing with all that was said in the debate."""
_LEAST_DISCUSSED = 5
_STRICT_SHARE = 0.62
_STRICT_TERMS = 5
_STRICT_CLOSENESS = 0.12
_LEAST_POINT_TERMS = 3
_REASON = re.compile(r"\b(?:because|in order to|so as to|so that|due to|thanks to)\b([^,.;:!?]+)", re.IGNORECASE)
_JUDGES = re.compile(
    r"\b(?:is|are|was|were|be|been|becomes?|became)\s+(?:[\w-]+\s+){0,3}?(?P<word>failures?|success(?:es)?|successful|"
    r"mistakes?|disasters?|catastrophes?|good|bad|wrong|right|great|terrible|better|worse|best|worst|necessary|"
    r"effective|ineffective|brutal|harmful|beneficial|wise|unwise|cruel|inevitable|dangerous|important)\b",
    re.IGNORECASE,
)
_CLAUSE_EDGE = re.compile(r"[,;:]\s|\s[-–—]\s")
_STRICT_OWN_SHARE = 0.6
"""Least share of a sentence's terms, and of each clause's, that stand together in one sentence of the poster's."""


def inspect_invention(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """A life and figures that nobody in the debate has told of."""
    own = " ".join(own_texts(occasion.speaker)).casefold()
    for found in LIFE.finditer(text):
        if found[0].casefold() not in own:
            yield Finding(kind="biography", detail=f"it tells of a life that the poster never told of (“{found[0]}”)")
            break
    for found in _TOLD.finditer(text):
        if found[0].casefold() not in own:
            yield Finding(kind="invention", detail=f"nobody in the debate has told that “{found[0]}”")
            break
    said_here = " ".join(_said_here(occasion))
    figures = ground.known_figures | frozenset(_FIGURE.findall(said_here))
    new = [figure for figure in _FIGURE.findall(text) if figure.strip(".,") not in figures and figure not in figures]
    if new:
        yield Finding(kind="invention", detail=f"nobody in the debate has given the figure {new[0]}")


def inspect_names(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """A name that nobody in the debate has spoken of."""
    names = ground.known_words | frozenset(words(" ".join(_said_here(occasion))))
    for found in _NAME.finditer(text):
        name = found[0].casefold().replace("’", "'").removesuffix("'s")
        # "Lenin-led" is no new name where Lenin is known.
        parts = [name, *name.split("-")[:1]]
        if not any(part in names or f"{part}'s" in names or part in _COMMON_NAMES for part in parts):
            yield Finding(kind="invention", detail=f"nobody in the debate has spoken of {found[0]!r}")
            return


def inspect_grounding(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """Filler, and turns that have nothing to do with what the poster holds."""
    said = terms(text)
    if len(said) < _LEAST_TERMS:
        return
    heard = terms(" ".join(_said_here(occasion)))
    known = ground.vocabulary[occasion.speaker.id] | heard
    if any(_is_filler(one.text, known) for one in split_sentences(text)):
        yield Finding(kind="invention", detail="it is filler that could stand in any essay; say what follows from what")
    elif len(said - ground.terms - heard) / len(said) > _STRANGE_SHARE:
        yield Finding(kind="invention", detail="most of it is about things that nobody in the debate has spoken of")
    elif not occasion.setup.sides_swapped and not _is_own(said, occasion, ground):
        yield Finding(kind="beside", detail="it says nothing that the poster holds; argue from the poster's positions")


_CREDITED = (
    r"(?:assertion|claim|argument|view|belief|point|idea|position|statement|suggestion|perspective|stance)"
    r"(?: (?:is|suggests|implies|says|holds))?"
)
_SAYS = (
    r"(?:says?|said|claims?|claimed|asserts?|asserted|argues?|argued|writes?|wrote|believes?|believed|holds?|held|"
    r"thinks?|thought)"
)


def inspect_reports(text: str, occasion: Occasion, ground: Ground, *, of_everybody: bool = False) -> Iterator[Finding]:
    """What another participant is said to have said, and neither wrote nor said.

    Args:
        text: The turn, or a moderator's question.
        occasion: What it is said on.
        ground: What everybody wrote.
        of_everybody: True holds also what is said of the speaker, or of the one who is asked, against their words.
    """
    for person in occasion.setup.participants:
        name = occasion.setup.shown_name(person.id)
        if person.id == occasion.speaker.id and not of_everybody:
            continue
        pattern = rf"\b{re.escape(name)}(?:['’]s \w* ?{_CREDITED}|,? {_SAYS}) that ([^.;!?]+)"
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if not _was_said(found[1], person.id, occasion, ground):
                detail = f"{name} never said “{found[1][:80]}”; answer what was said"
                yield Finding(kind="speaks_for_others", detail=detail)
                return


def _was_said(reported: str, person: str, occasion: Occasion, ground: Ground) -> bool:
    """Whether a report is near anything that its person wrote in the thread or said in the debate."""
    said = terms(reported)
    if len(said) < _LEAST_REPORTED_TERMS or ground.nearest(ground.read(reported), person).likeness >= _LEAST_REPORTED:
        return True
    turns = [turn.text for turn in occasion.turns if turn.speaker == person]
    if occasion.reply_to is not None and occasion.reply_to.speaker == person:
        turns.append(occasion.reply_to.text)
    return any(len(said & terms(text)) >= 0.4 * len(said) for text in turns)


def inspect_strictly(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """What a small model makes up around the poster's words: sentences of mostly new words, and distance from all own.

    A good argument may have both; a model of a few billion parameters seldom makes one, and what it adds is padding.
    """
    known = ground.vocabulary[occasion.speaker.id] | terms(" ".join(_said_here(occasion)))
    for said in (terms(text), *(terms(one.text) for one in split_sentences(text))):
        if len(said) >= _STRICT_TERMS and len(said - known) / len(said) > _STRICT_SHARE:
            yield Finding(kind="invention", detail="much of it is about things that nobody in the debate has spoken of")
            return
    if not occasion.setup.sides_swapped:
        beyond = _beyond_own(text, known, occasion, ground)
        if beyond:
            yield Finding(kind="beside", detail=beyond)
            return
    is_own = occasion.setup.sides_swapped or len(terms(text)) < _LEAST_TERMS
    if not is_own and ground.closeness(text, occasion.speaker.id) < _STRICT_CLOSENESS:
        yield Finding(kind="beside", detail="it is far from what the poster holds; argue from your views")


def _beyond_own(text: str, known: frozenset[str], occasion: Occasion, ground: Ground) -> str | None:
    """How a turn leaves the poster's own points; None where each sentence keeps to one and one of them makes it."""
    if any(not terms(found[1]) & known for found in _REASON.finditer(text) if terms(found[1])):
        return "it gives a reason that nobody in the debate has given"
    if judged := _judges_anew(text, occasion):
        return f"the poster never called anything like that “{judged}”"
    makes_point = False
    for one in split_sentences(text):
        said = terms(one.text)
        share = ground.share_in_one(said, occasion.speaker.id)
        clauses = [terms(clause) for clause in _CLAUSE_EDGE.split(one.text)]
        is_beyond = any(
            len(part) >= _LEAST_TERMS and ground.share_in_one(part, occasion.speaker.id) < _STRICT_OWN_SHARE
            for part in (said, *clauses)
        )
        # "..., but it was a farce": short, and not one word of it is anybody's.
        if is_beyond or any(part and not part & known for part in clauses):
            return "it goes beyond what the poster wrote; say one of your own points"
        is_point = len(said) >= _LEAST_POINT_TERMS and not one.text.rstrip().endswith("?")
        makes_point = makes_point or (is_point and share >= _STRICT_OWN_SHARE)
    return None if makes_point else "it makes none of the poster's points; say one of them"


def _judges_anew(text: str, occasion: Occasion) -> str | None:
    """A word of praise or blame that the poster never used of what the sentence is about; None where there is none."""
    own = [(frozenset(words(one)), terms(one)) for one in own_texts(occasion.speaker)]
    for sentence in split_sentences(text):
        subject = terms(sentence.text)
        for found in _JUDGES.finditer(sentence.text):
            word = found["word"].casefold()
            if not any(word in there and (subject & about) - terms(word) for there, about in own):
                return found["word"]
    return None


def _is_own(said: frozenset[str], occasion: Occasion, ground: Ground) -> bool:
    """Whether a turn takes up anything that the poster wrote or answers, or at least much of what is discussed."""
    answered = terms(occasion.reply_to.text) if occasion.reply_to else frozenset()
    points = terms(" ".join(point.text for point in occasion.points))
    own = said & (ground.vocabulary[occasion.speaker.id] | points | answered)
    return len(own) >= 2 or (len(own) == 1 and len(said & ground.terms) >= _LEAST_DISCUSSED)


def _is_filler(sentence: str, known: frozenset[str]) -> bool:
    said = terms(sentence)
    filler = (said & _FILLER) - known
    return len(filler) >= _LEAST_FILLER and len(filler) / len(said) >= _FILLER_SHARE


def _said_here(occasion: Occasion) -> Iterator[str]:
    """The words that the turn may take up beside the poster's own."""
    yield occasion.setup.motion
    yield occasion.setup.premise or ""
    yield occasion.reply_to.text if occasion.reply_to else ""
    yield from (occasion.setup.shown_name(one.id) for one in occasion.setup.participants)
    for event in occasion.events[-12:]:
        if event.type in ("turn", "question"):
            yield event.text
        elif event.type == "ruling":
            yield " ".join(fact.statement for fact in event.cited)
