"""Where the sentences of a turn stand towards what a poster holds, as far as words alone can tell.

Where there is no second model to judge, this decides. It knows five signs of a turned position: a sentence on the
subject of one of the poster's own that denies what that one says (or the other way round), one that says what an
opponent says without answering it, phrases that give in, a stance on the motion that is not the poster's, and a side on
the motion from somebody who took none.
"""

import re
from collections.abc import Iterator

from debate.fidelity.findings import Finding, Occasion
from debate.fidelity.ground import Ground
from debate.fidelity.grounding import inspect_grounding, inspect_invention, inspect_names, inspect_reports
from debate.fidelity.phrases import DENIED_BEFORE, GIVES_IN
from debate.fidelity.statements import Clause, Statement, clauses, oppose
from language.sentences import split_sentences
from personas.own_words import OwnSentence
from personas.stance import find_stance, read_motion
from personas.terms import terms

_NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)

_SAME_SUBJECT = 0.42
_SAYS_THE_SAME = 0.5
_OWN_ENOUGH = 0.6
_REPEATED_SHARE = 0.65
_LEAST_SHARED = 3
_MOTION_SHARE = 0.75


def inspect_stand(text: str, occasion: Occasion, ground: Ground) -> Iterator[Finding]:
    """What speaks against a turn having been said by this poster, by its words alone."""
    if not occasion.setup.sides_swapped:
        yield from _given_in(text, occasion)
        yield from _turned(text, occasion, ground)
    yield from inspect_invention(text, occasion, ground)
    yield from inspect_reports(text, occasion, ground)
    names = list(inspect_names(text, occasion, ground))
    yield from names
    if names:
        return
    yield from inspect_grounding(text, occasion, ground)


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
    found = [(clause, ground.read(clause.text)) for clause in clauses(text)]
    answered = [ground.read(one.text) for one in clauses(occasion.reply_to.text)] if occasion.reply_to else []
    for clause, said in found:
        flip = _flip(clause, said, answered, occasion, ground)
        if flip:
            yield Finding(kind="flip", detail=f"{flip} (“{_short(clause.text)}”)")
            return
    yield from _turned_on_the_motion([clause.text for clause, _ in found], occasion)


def _flip(clause: Clause, said: Statement, answered: list[Statement], occasion: Occasion, ground: Ground) -> str | None:
    """How one clause turns a position around; None where it does not. `answered` is what it should answer."""
    speaker = occasion.speaker.id
    own = ground.nearest(said, speaker)
    if own.statement is not None and own.likeness >= _SAME_SUBJECT and oppose(said, own.statement):
        return None if clause.is_taken_up else "it turns around what the poster holds"
    if clause.is_taken_up or own.likeness > _OWN_ENOUGH or _share(said, own.statement) >= _OWN_ENOUGH:
        return None
    if any(_says_the_same(said, other) for other in answered):
        return "it says what it should answer"
    for other in occasion.setup.participants:
        if other.id == speaker:
            continue
        theirs = ground.nearest(said, other.id)
        if theirs.statement is None or theirs.likeness < max(_SAYS_THE_SAME, own.likeness + 0.1):
            continue
        if _says_the_same(said, theirs.statement):
            return f"it says what {occasion.setup.shown_name(other.id)} holds"
    if _takes_a_side(said, own.likeness, occasion):
        return "it takes a side on the motion that the poster has not taken"
    return None


def _takes_a_side(said: Statement, likeness: float, occasion: Occasion) -> bool:
    """Whether a clause is the motion itself, from somebody who said no such thing."""
    motion = terms(occasion.setup.motion)
    if occasion.speaker.stance in ("for", "against") or len(motion) < _LEAST_SHARED:
        return False
    return likeness < _SAME_SUBJECT and len(said.terms & motion) / len(motion) >= _MOTION_SHARE


def _turned_on_the_motion(said: list[str], occasion: Occasion) -> Iterator[Finding]:
    stance = occasion.speaker.stance
    if stance not in ("for", "against"):
        return
    sentences = [OwnSentence("turn", occasion.speaker.name, clause, 0, len(clause), "", None) for clause in said]
    found = find_stance(sentences, read_motion(occasion.setup.motion, {}), "turn").stance
    if found in ("for", "against") and found != stance:
        yield Finding(kind="flip", detail=f"it speaks {found} the motion, and the poster is {stance} it")


def _says_the_same(said: Statement, other: Statement) -> bool:
    is_near = len(said.terms & other.terms) >= _LEAST_SHARED and _share(said, other) >= _REPEATED_SHARE
    return is_near and not oppose(said, other)


def _share(said: Statement, other: Statement | None) -> float:
    """How much of what is said the other statement says too."""
    return len(said.terms & other.terms) / len(said.terms) if other is not None and said.terms else 0.0


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:87]}..."
