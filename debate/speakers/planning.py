"""What a turn is to do, decided before any model is asked: which words it answers, and on which own words it rests.

The plan is the turn that the poster's own sentences would make. It is also what is said instead, where a model's
wording does not hold.
"""

from debate.events import Event, Question, ReplyTo, Span, SpokenEvidence, Turn, Utterance
from debate.speakers.port import Brief
from language.sentences import split_sentences
from personas.persona import Evidence, Persona
from personas.terms import rarity, similarity, terms
from personas.thread import Frozen

MAX_POINTS = 4


class Plan(Frozen):
    """One turn's move."""

    fallback: Utterance
    """The same move in the poster's own sentences."""
    reply_to: ReplyTo | None
    points: tuple[SpokenEvidence, ...]
    """The poster's own sentences that the turn rests on; their `spoken` means nothing before there is a turn."""


def plan_turn(brief: Brief, verbatim: Utterance) -> Plan:
    """The move of a turn.

    Args:
        brief: Who speaks, and what may be answered.
        verbatim: What the poster's own sentences make of the brief.
    """
    if verbatim.evidence:
        return Plan(fallback=verbatim, reply_to=verbatim.reply_to, points=verbatim.evidence[:MAX_POINTS])
    # The poster's unused sentences are spent; what they hold still answers the most pressing words.
    target = verbatim.reply_to or _most_pressing(brief)
    points = _nearest(brief.speaker, target.text if target else brief.setup.motion)
    return Plan(fallback=verbatim, reply_to=target, points=points)


def _most_pressing(brief: Brief) -> ReplyTo | None:
    """The sentence most on the speaker's own subjects among the words to be answered first."""
    for seq in brief.answerable:
        event: Event = brief.events[seq - 1]
        if isinstance(event, Question):
            return ReplyTo(seq=seq, speaker=None, text=event.text)
        if isinstance(event, Turn) and not event.yielded:
            own = terms(" ".join(position.statement for position in brief.speaker.positions))
            sentences = [one.text for one in split_sentences(event.text)] or [event.text]
            best = max(sentences, key=lambda text: len(terms(text) & own))
            return ReplyTo(seq=seq, speaker=event.speaker, text=best)
    return None


def _nearest(persona: Persona, text: str) -> tuple[SpokenEvidence, ...]:
    weights = rarity(position.statement for position in persona.positions)
    subject = terms(text)
    ranked = sorted(
        enumerate(persona.positions),
        key=lambda item: (-similarity(subject, terms(item[1].statement), weights), item[0]),
    )
    return tuple(_point(position.evidence[0], position.id) for _, position in ranked[: MAX_POINTS - 1])


def _point(evidence: Evidence, position_id: str) -> SpokenEvidence:
    return SpokenEvidence(
        post_id=evidence.post_id,
        text=evidence.text,
        start=evidence.start,
        end=evidence.end,
        spoken=Span(start=0, end=0),
        position_id=position_id,
    )
