"""A moderator without a model: fixed questions built from what the participants wrote."""

from debate.events import Event, Question, Setup, Turn
from debate.speakers.port import Asked
from personas.persona import Evidence, Persona, Position
from personas.terms import similarity, terms

MAX_QUOTED = 280
_PUT_TO = "{name}, {other} wrote: “{quoted}” How do you answer?"
_BACK_UP = "{name}, you wrote: “{quoted}” Why should we believe that?"
_GO_ON = "{name}, you wrote: “{quoted}” What follows from it?"
_MOTION = "{name}, the motion is: “{motion}” What do you say to it?"


class VerbatimModerator:
    """Asks each participant about a position of another, or their own, quoted from the thread."""

    async def ask(self, setup: Setup, events: tuple[Event, ...], to: Persona) -> Asked:
        """The next question to `to`; see `debate.speakers.port.Moderator`."""
        return moderator_question(setup, events, to)


def moderator_question(setup: Setup, events: tuple[Event, ...], to: Persona) -> Asked:
    """A question to one participant: first the motion, then positions of others nearest to what they argue.

    No position is put to the same participant twice; when all have been, they are asked about the motion again.
    """
    name = setup.shown_name(to.id)
    asked = [event for event in events if isinstance(event, Question) and event.to == to.id]
    quoted = {_place(event.evidence) for event in asked if event.evidence is not None}
    if not asked and setup.motion.endswith("?") and to.stance != "unclear":
        return Asked(text=_MOTION.format(name=name, motion=setup.motion))
    for other, position in _others_nearest(setup, to):
        evidence = position.evidence[0]
        if _place(evidence) not in quoted and len(evidence.text) <= MAX_QUOTED:
            shown = setup.shown_name(other.id)
            return Asked(text=_PUT_TO.format(name=name, other=shown, quoted=_quoted(evidence)), evidence=evidence)
    said = {_place(one) for event in events if isinstance(event, Turn) for one in event.evidence}
    for position in to.positions:
        evidence = position.evidence[0]
        if _place(evidence) not in quoted:
            template = _GO_ON if _place(evidence) in said else _BACK_UP
            return Asked(text=template.format(name=name, quoted=_quoted(evidence)), evidence=evidence)
    return Asked(text=_MOTION.format(name=name, motion=setup.motion))


def _others_nearest(setup: Setup, to: Persona) -> list[tuple[Persona, Position]]:
    """Positions of others that somebody with these remarks can speak to, the nearest first."""
    own = [terms(remark.text) for remark in to.remarks] or [terms(one.statement) for one in to.positions]
    ranked = [
        (max((similarity(terms(position.statement), one, {}) for one in own), default=0.0), other, position)
        for other in setup.participants
        if other.id != to.id
        for position in other.positions
    ]
    ranked = [entry for entry in ranked if entry[0] >= 0.2]
    ranked.sort(key=lambda entry: -entry[0])
    return [(other, position) for _, other, position in ranked]


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.post_id, evidence.start, evidence.end


def _quoted(evidence: Evidence) -> str:
    text = " ".join(evidence.text.split())
    return text if text.endswith((".", "!", "?", "…")) else text + "."
