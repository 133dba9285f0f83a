"""Two debates beside each other: what they have in common, and round by round what was said after they parted."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.lesson import Lesson, sum_up
from debate.events import PremiseSet, Question, RoundStarted, RulingMade, Turn
from transcripts.rendering import SHOWN_VERDICTS
from transcripts.transcript import Transcript

Said = Turn | Question | PremiseSet


@dataclass(frozen=True, slots=True)
class Side:
    """One of two debates."""

    id: str
    transcript: Transcript
    lesson: Lesson
    only_here: tuple[str, ...]
    """Names of those who take part in this one only."""
    rulings: dict[int, tuple[RulingMade, ...]]
    """What the referee said of each turn, by the turn's seq."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was said in one round of each, after they parted."""

    number: int
    title: str
    left: tuple[Said, ...]
    right: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two debates beside each other."""

    left: Side
    right: Side
    shared: tuple[Said, ...]
    """What both have in common, from the beginning on."""
    rounds: tuple[Round, ...]
    in_both: frozenset[str]
    """Words that were said in both after they parted, if perhaps at another moment."""


def compare(left_id: str, left: Transcript, right_id: str, right: Transcript) -> Comparison:
    """Lay two debates beside each other. Pure: only the logs are read."""
    one, other = _said(left), _said(right)
    common = _shared(one, other)
    titles = {event.round: event.title for event in (*right.events, *left.events) if isinstance(event, RoundStarted)}
    first, second = _by_round(left, one[common:]), _by_round(right, other[common:])
    rounds = tuple(
        Round(number, titles.get(number, str(number)), first.get(number, ()), second.get(number, ()))
        for number in sorted(first.keys() | second.keys())
    )
    in_both = {text for _, text in map(_words, one[common:])} & {text for _, text in map(_words, other[common:])}
    sides = _side(left_id, left, right), _side(right_id, right, left)
    return Comparison(*sides, shared=tuple(one[:common]), rounds=rounds, in_both=frozenset(in_both))


def _side(debate_id: str, transcript: Transcript, other: Transcript) -> Side:
    theirs = {one.id for one in other.header.participants if one.id not in other.header.absent}
    mine = [one.id for one in transcript.header.participants if one.id not in transcript.header.absent]
    rulings: dict[int, tuple[RulingMade, ...]] = {}
    for event in transcript.events:
        if isinstance(event, RulingMade) and event.verdict in SHOWN_VERDICTS:
            rulings[event.turn_seq] = (*rulings.get(event.turn_seq, ()), event)
    only_here = tuple(transcript.name(one) for one in mine if one not in theirs)
    return Side(debate_id, transcript, sum_up(transcript), only_here, rulings)


def _said(transcript: Transcript) -> list[Said]:
    return [one for one in transcript.events if isinstance(one, Turn | Question | PremiseSet)]


def _shared(one: Sequence[Said], other: Sequence[Said]) -> int:
    number = 0
    for left, right in zip(one, other, strict=False):
        if _words(left) != _words(right):
            break
        number += 1
    return number


def _words(said: Said) -> tuple[str, str]:
    if isinstance(said, Turn):
        return said.speaker, said.text
    return (said.type, said.text) if isinstance(said, Question) else (said.type, said.premise or "")


def _by_round(transcript: Transcript, said: Sequence[Said]) -> dict[int, tuple[Said, ...]]:
    """What was said by the round in which it was, numbers from 1; what stands before any round is in the first."""
    starts = [(event.seq, event.round) for event in transcript.events if isinstance(event, RoundStarted)]
    found: dict[int, tuple[Said, ...]] = {}
    for one in said:
        number = max((number for seq, number in starts if seq < one.seq), default=1)
        found[number] = (*found.get(number, ()), one)
    return found
