"""A moderator without a model: fixed questions built from what the participants wrote."""

from debate.events import Event, Question, Setup, Turn
from debate.speakers.port import Asked
from debate.speakers.repertoire import Repertoire, weigh_terms
from personas.persona import Evidence, Persona, Position
from personas.terms import terms, words

MAX_QUOTED = 280
_LEAST_QUOTED_WORDS = 6
_PUT_TO = "{name}, {other} wrote: “{quoted}” How do you answer?"
_BACK_UP = "{name}, you wrote: “{quoted}” What speaks for it?"
_MOTION = "{name}, the motion is: “{motion}” What do you say to it?"


class VerbatimModerator:
    """Asks each participant about a position of another, or their own, quoted from the thread."""

    def __init__(self) -> None:
        self._setup: Setup | None = None
        self._repertoires: dict[str, Repertoire] = {}

    async def ask(self, setup: Setup, events: tuple[Event, ...], to: Persona) -> Asked:
        """The next question to `to`; see `debate.speakers.port.Moderator`."""
        if self._setup is not setup and self._setup != setup:
            weights = weigh_terms(setup.participants)
            self._repertoires = {one.id: Repertoire(one, weights) for one in setup.participants}
            self._setup = setup
        return moderator_question(setup, events, to, self._repertoires[to.id])


def moderator_question(setup: Setup, events: tuple[Event, ...], to: Persona, own: Repertoire | None = None) -> Asked:
    """A question to one participant that their words in the thread can answer.

    First a position of another participant that theirs bear on most, then their own positions, then the motion. No
    position is put to the same participant twice.

    Args:
        setup: The debate.
        events: All that has happened so far.
        to: Who is asked.
        own: What `to` can say, where it is indexed already.
    """
    own = own or Repertoire(to, weigh_terms(setup.participants))
    name = setup.shown_name(to.id)
    quoted = {
        _place(event.evidence)
        for event in events
        if isinstance(event, Question) and event.to == to.id and event.evidence is not None
    }
    said = {_place(one) for event in events if isinstance(event, Turn) for one in event.evidence}
    nearest = _most_answerable(setup, own, own.said(events), quoted)
    if nearest is not None:
        other, evidence = nearest
        shown = setup.shown_name(other.id)
        return Asked(text=_PUT_TO.format(name=name, other=shown, quoted=_quoted(evidence)), evidence=evidence)
    for position in to.positions:
        evidence = position.evidence[0]
        if _place(evidence) not in quoted | said and _can_be_quoted(evidence):
            return Asked(text=_BACK_UP.format(name=name, quoted=_quoted(evidence)), evidence=evidence)
    return Asked(text=_MOTION.format(name=name, motion=setup.motion))


def _most_answerable(
    setup: Setup, own: Repertoire, said: frozenset[int], quoted: set[tuple[str, int, int]]
) -> tuple[Persona, Evidence] | None:
    """The position of another that lines not yet said bear on most, None where there is none."""
    best: tuple[float, Persona, Evidence] | None = None
    for other, position in _positions_of_others(setup, own.persona):
        evidence = position.evidence[0]
        if _place(evidence) in quoted or not _can_be_quoted(evidence):
            continue
        subject = terms(evidence.text)
        answering = own.answered(evidence.text) - said
        likeness = {
            index: value
            for index, value in own.likeness(subject).items()
            if index not in said and own.lines[index].remark.stands_alone and own.is_on_topic(index, subject, value)
        }
        score = max(likeness.values(), default=0.0) + (1.0 if answering else 0.0)
        if score > 0 and (best is None or score > best[0]):
            best = (score, other, evidence)
    return None if best is None else (best[1], best[2])


def _positions_of_others(setup: Setup, to: Persona) -> list[tuple[Persona, Position]]:
    return [(other, position) for other in setup.participants if other.id != to.id for position in other.positions]


def _can_be_quoted(evidence: Evidence) -> bool:
    return len(evidence.text) <= MAX_QUOTED and len(words(evidence.text)) >= _LEAST_QUOTED_WORDS


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.post_id, evidence.start, evidence.end


def _quoted(evidence: Evidence) -> str:
    text = " ".join(evidence.text.split())
    return text if text.endswith((".", "!", "?", "…")) else text + "."
