"""Where the sentences of a turn stand towards what a poster holds, as far as words alone can tell.

The signal is meant to be strict: where there is no second model to judge, a turn that it cannot vouch for is replaced
by the poster's own sentences, which costs liveliness but puts no words into anybody's mouth. It knows four signs of a
turned position: a sentence on the subject of one of the poster's own that denies what that one says (or the other way
round), one that says what an opponent says, phrases that give in, and a stance on the motion that is not the poster's.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from debate.fidelity.findings import Finding, Occasion
from debate.fidelity.phrases import DENIED_BEFORE, GIVES_IN, LIFE, REPORTED
from language.sentences import split_sentences
from personas.own_words import OwnSentence
from personas.persona import Persona
from personas.stance import find_stance, read_motion
from personas.terms import rarity, terms, words

_NEGATIONS = re.compile(
    r"\b(?:not|no|never|nor|neither|nobody|none|nothing|hardly|barely|scarcely|unlikely|impossible|cannot|without"
    r"|unrealistic|implausible|improbable"
    r"|wrong|false|untrue|mistaken|fails?|failed|lacks?|lacked|wouldnt|dont|doesnt|didnt|isnt|wasnt|cant|couldnt"
    r"|wont|far from|denied|deny|refused?|least|nonsense|myth)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:,?\s+(?:and|but|while|whereas|because|although|though|yet|since)|,\s+so)\s+(?=\S+\s+\S+\s+\S+)|;\s+|:\s+",
    re.IGNORECASE,
)
_LEAST_CLAUSE_WORDS = 4
_INTERJECTION = re.compile(r"^(?:no|nope|not at all|not so|yes|well|oh)[,.!]\s+", re.IGNORECASE)
_NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely|simply)\b|\bno doubt\b|\bno wonder\b|\bnot to mention\b", re.IGNORECASE
)
_OPPOSITES = (
    ("better improve warmer good closer benefit", "worse worsen colder bad hostile harm deteriorate"),
    ("more increase higher rise bigger stronger greater grow", "less fewer decrease lower fall smaller weaker"),
    ("popular liked loved admired friends support supported", "unpopular disliked hated despised enemies oppose"),
    ("success succeed win wins won victory", "failure lose loses lost defeat collapse"),
    ("democracy democratic free freedom", "dictator dictatorship tyranny despot"),
    ("safe peace peaceful", "dangerous threat war scary"),
    ("always everyone all every", "rarely seldom few"),
    ("legal allow allowed permit keep", "illegal ban banned forbid abolish"),
    ("true right correct fact", "false wrong nonsense myth"),
    ("easy easily simple", "hard difficult"),
    ("early sooner before", "late later after"),
)
_SIDE: dict[str, tuple[int, int]] = {
    word: (axis, side)
    for axis, pair in enumerate(_OPPOSITES)
    for side, listed in ((1, pair[0]), (-1, pair[1]))
    for word in listed.split()
}
_FIGURE = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d(?![\w.])")
_NAME = re.compile(r"(?<![.!?…:\"“”'’]\s)(?<!^)(?<!\n)\b[A-Z][a-z]{2,}(?:[-'’][A-Za-z]+)?\b")
_COMMON_NAMES = frozenset(
    "god english french german russian american western eastern european northern southern monday tuesday wednesday "  # noqa: SIM905
    "thursday friday saturday sunday january february march april may june july august september october november "
    "december".split()
)

_SAME_SUBJECT = 0.42
_SAYS_THE_SAME = 0.5
_MAX_NEW_SHARE = 0.62
_LEAST_OWN = 0.12
_LEAST_PADDING_TERMS = 5


class Statement(NamedTuple):
    """One sentence of somebody's own, ready to be compared."""

    terms: frozenset[str]
    norm: float
    denies: int
    """Number of denials, modulo two."""
    sides: Mapping[int, int]
    """Which side it takes on each scale of opposites."""


class Nearest(NamedTuple):
    """The statement nearest to a sentence, and how near it is (cosine, 0 to 1)."""

    likeness: float
    statement: Statement | None


class Ground:
    """Everything that the participants of one debate wrote, indexed once for all its turns."""

    def __init__(self, participants: tuple[Persona, ...], known: str) -> None:
        texts = {one.id: _own_texts(one) for one in participants}
        self._weights = rarity(text for own in texts.values() for text in own)
        self._statements = {
            # A sentence that asserts nothing by itself is still something that the poster wrote.
            one: [self.read(clause) for text in own for clause in (list(_clauses(text)) or [text])]
            for one, own in texts.items()
        }
        self._places = {one: _index(statements) for one, statements in self._statements.items()}
        self.vocabulary = {one: frozenset().union(*(terms(text) for text in own)) for one, own in texts.items()}
        everything = " ".join([known, *(text for own in texts.values() for text in own)])
        self.known_words = frozenset(words(everything))
        self.known_figures = frozenset(_FIGURE.findall(everything))

    def read(self, text: str) -> Statement:
        """A sentence made ready to be compared."""
        found = terms(text)
        norm = sum(self._weights.get(term, 2.0) ** 2 for term in found) ** 0.5
        denials = len(_NEGATIONS.findall(_NOT_ONLY.sub(" ", text)))
        sides: dict[int, int] = {}
        for word in words(text):
            axis, side = _SIDE.get(word, (-1, 0))
            if axis >= 0:
                # A sentence that speaks of both ends takes neither side.
                sides[axis] = side if sides.get(axis, side) == side else 0
        return Statement(found, norm, denials % 2, sides)

    def nearest(self, statement: Statement, persona_id: str) -> Nearest:
        """The own statement of a participant that is nearest to a sentence."""
        shared: dict[int, float] = defaultdict(float)
        places = self._places[persona_id]
        for term in statement.terms:
            weight = self._weights.get(term, 2.0) ** 2
            for place in places.get(term, ()):
                shared[place] += weight
        best = Nearest(0.0, None)
        for place, dot in shared.items():
            other = self._statements[persona_id][place]
            likeness = dot / (statement.norm * other.norm) if statement.norm and other.norm else 0.0
            if likeness > best.likeness and len(statement.terms & other.terms) >= 2:
                best = Nearest(likeness, other)
        return best

    def closeness(self, text: str, persona_id: str) -> float:
        """How near the sentences of a text are on average to what a participant wrote, 0 to 1."""
        sentences = [one.text for one in split_sentences(text)]
        near = [self.nearest(self.read(sentence), persona_id).likeness for sentence in sentences]
        return sum(near) / len(near) if near else 0.0


def inspect_stand(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """What speaks against a turn having been said by this poster, by its words alone."""
    if not occasion.setup.sides_swapped:
        yield from _given_in(text, occasion)
        yield from _turned(text, occasion, ground)
    yield from inspect_invention(text, occasion, ground)
    yield from _ungrounded(text, occasion, ground)


def inspect_invention(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """A life and figures that nobody in the debate has told of."""
    own = " ".join(_own_texts(occasion.speaker)).casefold()
    for found in LIFE.finditer(text):
        if found[0].casefold() not in own:
            yield Finding(kind="biography", detail=f"it tells of a life that the poster never told of (“{found[0]}”)")
            break
    said_here = " ".join(_said_here(occasion))
    figures = ground.known_figures | frozenset(_FIGURE.findall(said_here))
    new = [figure for figure in _FIGURE.findall(text) if figure.strip(".,") not in figures and figure not in figures]
    if new:
        yield Finding(kind="invention", detail=f"nobody in the debate has given the figure {new[0]}")


def _given_in(text: str, occasion: Occasion) -> Iterator[Finding]:
    if _is_ally(occasion):
        return
    for found in GIVES_IN.finditer(text):
        if (
            DENIED_BEFORE.search(text[: found.start()])
            or _NOT.search(found[0])
            or _was_ruled_on(text, found.end(), occasion)
        ):
            continue
        yield Finding(kind="gives_in", detail=f"it gives in to the other side (“{found[0]}”); argue, do not agree")
        return


def _is_ally(occasion: Occasion) -> bool:
    answered = occasion.reply_to.speaker if occasion.reply_to else None
    stances = {one.id: one.stance for one in occasion.setup.participants}
    stance = occasion.speaker.stance
    return answered is not None and stance in ("for", "against") and stances.get(answered) == stance


def _was_ruled_on(text: str, place: int, occasion: Occasion) -> bool:
    """Whether what is conceded after this place is a fact that the referee has ruled on."""
    conceded = next((one.text for one in split_sentences(text) if one.start <= place <= one.end), "")
    found = terms(conceded)
    for event in occasion.events:
        if event.type == "ruling" and event.verdict in ("contradicted", "supported"):
            ruled = terms(event.claim) | terms(" ".join(fact.statement for fact in event.cited))
            if len(found & ruled) >= 2:
                return True
    return False


def _turned(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    speaker = occasion.speaker.id
    answered = [ground.read(one) for one in _clauses(occasion.reply_to.text)] if occasion.reply_to else []
    for sentence in _clauses(text):
        said = ground.read(sentence)
        own = ground.nearest(said, speaker)
        if own.statement is not None and own.likeness >= _SAME_SUBJECT and _oppose(said, own.statement):
            yield Finding(kind="flip", detail=f"it turns around what the poster holds (“{_short(sentence)}”)")
            return
        if any(_says_the_same(said, other) and own.likeness <= 0.6 for other in answered):
            yield Finding(kind="flip", detail=f"it says what it should answer (“{_short(sentence)}”)")
            return
        for other in occasion.setup.participants:
            if other.id == speaker:
                continue
            theirs = ground.nearest(said, other.id)
            if theirs.statement is None or theirs.likeness < max(_SAYS_THE_SAME, own.likeness + 0.1):
                continue
            if not _oppose(said, theirs.statement):
                name = occasion.setup.shown_name(other.id)
                yield Finding(kind="flip", detail=f"it says what {name} holds (“{_short(sentence)}”)")
                return
    yield from _turned_on_the_motion(text, occasion)


def _turned_on_the_motion(text: str, occasion: Occasion) -> Iterator[Finding]:
    stance = occasion.speaker.stance
    if stance not in ("for", "against"):
        return
    sentences = [
        OwnSentence("turn", occasion.speaker.name, clause, 0, len(clause), "", None) for clause in _clauses(text)
    ]
    found = find_stance(sentences, read_motion(occasion.setup.motion, {}), "turn").stance
    if found in ("for", "against") and found != stance:
        yield Finding(kind="flip", detail=f"it speaks {found} the motion, and the poster is {stance} it")


def _ungrounded(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """Nothing of what the poster holds, or too much that is nobody's."""
    said_here = " ".join(_said_here(occasion))
    names = ground.known_words | frozenset(words(said_here))
    for found in _NAME.finditer(text):
        name = found[0].casefold().replace("’", "'").removesuffix("'s")
        # "Lenin-led" is no new name where Lenin is known.
        parts = [name, *name.split("-")[:1]]
        if not any(part in names or f"{part}'s" in names or part in _COMMON_NAMES for part in parts):
            yield Finding(kind="invention", detail=f"nobody in the debate has spoken of {found[0]!r}")
            return
    said = terms(text)
    if len(said) < 4:
        return
    known = ground.vocabulary[occasion.speaker.id] | terms(said_here)
    new = len(said - known) / len(said)
    if new > _MAX_NEW_SHARE or any(_is_padding(one.text, known) for one in split_sentences(text)):
        yield Finding(kind="invention", detail="most of it is about things that nobody in the debate has spoken of")
    elif not occasion.setup.sides_swapped and ground.closeness(text, occasion.speaker.id) < _LEAST_OWN:
        yield Finding(kind="beside", detail="it says nothing that the poster holds; argue from the poster's positions")


def _is_padding(sentence: str, known: frozenset[str]) -> bool:
    """Whether a sentence of some length is nearly all about things nobody spoke of: filler that sounds right."""
    said = terms(sentence)
    return len(said) >= _LEAST_PADDING_TERMS and len(said - known) / len(said) > _MAX_NEW_SHARE


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


def _oppose(left: Statement, right: Statement) -> bool:
    """Whether two statements on one subject say opposite things: one more denial, or the other end of a scale."""
    opposed = sum(left.sides[axis] * right.sides[axis] < 0 for axis in left.sides.keys() & right.sides.keys())
    return (left.denies + right.denies + opposed) % 2 == 1


def _clauses(text: str) -> Iterator[str]:
    """What a text asserts, piece by piece, without questions and what is put into others' mouths."""
    for sentence in split_sentences(text):
        if sentence.text.endswith("?") or REPORTED.search(sentence.text):
            continue
        piece = ""
        for part in _JOINT.split(_INTERJECTION.sub("", sentence.text)):
            # A piece of a few words says nothing by itself: it stays with what stands before it.
            piece = f"{piece} {part}".strip()
            if len(piece.split()) >= _LEAST_CLAUSE_WORDS:
                yield piece
                piece = ""
        if piece:
            yield piece


def _says_the_same(said: Statement, other: Statement) -> bool:
    shared = said.terms & other.terms
    return len(shared) >= 3 and len(shared) >= 0.65 * len(said.terms) and not _oppose(said, other)


def _own_texts(persona: Persona) -> list[str]:
    texts = [remark.text for remark in persona.remarks]
    texts += [one.text for position in persona.positions for one in position.evidence]
    texts += [position.statement for position in persona.positions]
    return list(dict.fromkeys(texts))


def _index(statements: list[Statement]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        for term in statement.terms:
            places[term].append(place)
    return places


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:87]}..."
