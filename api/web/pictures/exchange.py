"""Who answers whom, in the thread and in the new rounds: people in a ring, an arrow for everybody whom they answered.

Whoever is against the motion stands on the right, whoever is for it on the left.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from api.web.pictures.drawing import Anchor, Canvas, Colour, Picture, Table, shortened
from api.web.texts import say
from debate.events import Turn
from personas.answers import Answer, Manner, manner_of
from personas.persona import Persona, Stance
from transcripts.transcript import Transcript

Kind = Literal["said", "sides", "agrees", "answers"]

MOST_PEOPLE = 24
"""More than so many names cannot be read in a ring; the table has everybody."""
_WIDTH, _HEIGHT = 900.0, 620.0
_MIDDLE = (450.0, 290.0)
_RING = (265.0, 225.0)
_COLOURS: dict[Kind, Colour] = {"said": "wrong", "sides": "wrong", "agrees": "right", "answers": "line"}
_DASHES: dict[Kind, str] = {"said": "", "sides": "9 5", "agrees": "2 4", "answers": ""}
_NODES: dict[Stance, tuple[Colour, Colour, str]] = {
    "for": ("right", "right", "+"),
    "against": ("wrong", "wrong", "−"),
    "mixed": ("unsure", "unsure", "±"),
    "unclear": ("paper", "ink", ""),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """All answers of one person to another."""

    answerer: Persona
    answered: Persona
    number: int
    disagreeing: int
    agreeing: int

    @property
    def takes_other_side(self) -> bool:
        """Whether one is for the motion and the other against it."""
        return {self.answerer.stance, self.answered.stance} == {"for", "against"}

    @property
    def kind(self) -> Kind:
        """How the arrow is drawn: what was said goes before what the sides let one expect."""
        if self.disagreeing:
            return "said"
        if self.takes_other_side:
            return "sides"
        return "agrees" if self.agreeing else "answers"


class Spot(NamedTuple):
    """Where somebody stands in the ring."""

    x: float
    y: float
    angle: float
    radius: float


def draw_thread(transcript: Transcript, answers: Sequence[Answer]) -> Picture | None:
    """The thread's graph; None where nobody answered anybody."""
    told = ((one.author, one.answered, one.manner) for one in answers)
    return _draw("thread", transcript, told)


def draw_debate(transcript: Transcript) -> Picture | None:
    """The new rounds' graph; None where nobody has answered anybody."""
    told = (
        (turn.speaker, turn.reply_to.speaker, _manner_of_turn(turn))
        for turn in transcript.turns()
        if turn.reply_to is not None and turn.reply_to.speaker is not None and turn.reply_to.speaker != turn.speaker
    )
    return _draw("debate", transcript, told)


def _manner_of_turn(turn: Turn) -> Manner:
    # Joining words are not the speaker's own, so they say nothing about what is thought.
    text = turn.text
    for span in sorted(turn.connectives, key=lambda one: -one.start):
        text = text[: span.start] + text[span.end :]
    return manner_of(text)


def _draw(name: str, transcript: Transcript, told: Iterable[tuple[str, str, Manner]]) -> Picture | None:
    people = {one.id: one for one in transcript.header.participants}
    edges = _edges(people, told)
    if not edges:
        return None
    weight: Counter[str] = Counter()
    for edge in edges:
        weight[edge.answerer.id] += edge.number
        weight[edge.answered.id] += edge.number
    chosen = {one for one, _ in weight.most_common(MOST_PEOPLE)}
    shown = [one for one in people.values() if one.id in chosen]
    canvas = Canvas(_WIDTH, _HEIGHT, say(f"picture_{name}"))
    spots = _place(shown, weight)
    size = 16 if len(shown) <= 14 else 13
    for edge in edges:
        if edge.answerer.id in spots and edge.answered.id in spots:
            _arrow(canvas, edge, spots, transcript)
    for person in shown:
        _person(canvas, person, spots[person.id], transcript.name(person.id), size)
    _legend(canvas, {edge.kind for edge in edges})
    left_out = len(weight) - len(shown)
    note = say("picture_answers_note") + (f" {say('picture_left_out', number=left_out)}" if left_out else "")
    return Picture(name, say(f"picture_{name}"), canvas.svg(), _table(edges, transcript), note)


def _edges(people: Mapping[str, Persona], told: Iterable[tuple[str, str, Manner]]) -> list[Edge]:
    found: dict[tuple[str, str], Counter[Manner]] = {}
    for answerer, answered, manner in told:
        if answerer in people and answered in people:
            found.setdefault((answerer, answered), Counter())[manner] += 1
    edges = [
        Edge(people[one], people[other], counts.total(), counts["disagrees"], counts["agrees"])
        for (one, other), counts in found.items()
    ]
    return sorted(edges, key=lambda one: (one.kind == "said", one.kind == "sides", one.number))


def _place(people: Sequence[Persona], weight: Mapping[str, int]) -> dict[str, Spot]:
    against = [one for one in people if one.stance == "against"]
    others = [one for one in people if one.stance in ("mixed", "unclear")]
    pro = [one for one in people if one.stance == "for"]
    step = 2 * math.pi / max(1, len(people))
    first = -step * (len(against) - 1) / 2 if against else -math.pi / 2
    spots = {}
    for place, one in enumerate([*against, *others, *pro]):
        angle = first + place * step
        x, y = _MIDDLE[0] + _RING[0] * math.cos(angle), _MIDDLE[1] + _RING[1] * math.sin(angle)
        spots[one.id] = Spot(x, y, angle, min(24.0, 9.0 + 2.5 * math.sqrt(weight[one.id])))
    return spots


def _arrow(canvas: Canvas, edge: Edge, spots: Mapping[str, Spot], transcript: Transcript) -> None:
    start, end = spots[edge.answerer.id], spots[edge.answered.id]
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    # Bent towards the middle, and a little to one side, so that an answer and its answer lie apart.
    bend = (
        (start.x + end.x) / 2 + (_MIDDLE[0] - (start.x + end.x) / 2) * 0.3 - dy / length * 22,
        (start.y + end.y) / 2 + (_MIDDLE[1] - (start.y + end.y) / 2) * 0.3 + dx / length * 22,
    )
    tip, along = _towards((end.x, end.y), bend, end.radius + 3)
    foot, _ = _towards((start.x, start.y), bend, start.radius + 1)
    neck = (tip[0] + along[0] * 9, tip[1] + along[1] * 9)
    colour = _COLOURS[edge.kind]
    names = {"who": transcript.name(edge.answerer.id), "whom": transcript.name(edge.answered.id)}
    hint = say("picture_arrow", number=edge.number, disagreeing=edge.disagreeing, **names)
    width = min(7.0, 1.2 + 0.9 * math.sqrt(edge.number))
    path = f"M{foot[0]:.1f} {foot[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {neck[0]:.1f} {neck[1]:.1f}"
    canvas.line(path, colour, width, dashes=_DASHES[edge.kind], hint=hint)
    half = 4 + width
    sides = [
        (neck[0] - along[1] * half, neck[1] + along[0] * half),
        (neck[0] + along[1] * half, neck[1] - along[0] * half),
    ]
    canvas.polygon([tip, *sides], colour)


def _towards(
    place: tuple[float, float], other: tuple[float, float], distance: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The point at a distance from a place on the way to another one, and the way's direction."""
    dx, dy = other[0] - place[0], other[1] - place[1]
    length = math.hypot(dx, dy) or 1.0
    along = (dx / length, dy / length)
    return (place[0] + along[0] * distance, place[1] + along[1] * distance), along


def _person(canvas: Canvas, person: Persona, spot: Spot, name: str, size: float) -> None:
    fill, stroke, sign = _NODES[person.stance]
    canvas.circle(spot.x, spot.y, spot.radius, fill, stroke, hint=f"{name}: {say(f'stance_{person.stance}')}")
    if sign:
        canvas.text(spot.x, spot.y + 6, sign, size=18, colour="paper", anchor="middle", bold=True)
    across, down = math.cos(spot.angle), math.sin(spot.angle)
    anchor: Anchor = "middle" if abs(across) < 0.45 else "start" if across > 0 else "end"
    x = spot.x + across * (spot.radius + 8)
    y = spot.y + down * (spot.radius + (20 if down > 0 else 10)) + (0 if abs(across) < 0.45 else 5 - 5 * down)
    room = 2 * min(spot.x, _WIDTH - spot.x) if anchor == "middle" else (_WIDTH - x if anchor == "start" else x)
    canvas.text(x, y, shortened(name, min(room, 300) - 4, size), size=size, anchor=anchor, bold=True, hint=name)


def _legend(canvas: Canvas, kinds: set[Kind]) -> None:
    x, y = 20.0, _HEIGHT - 22
    for kind in ("said", "sides", "agrees", "answers"):
        if kind in kinds:
            canvas.line(f"M{x:g} {y - 5:g}H{x + 38:g}", _COLOURS[kind], 3, dashes=_DASHES[kind])
            canvas.text(x + 46, y, say(f"picture_{kind}"), size=14, colour="quiet")
            x += 74 + 7.6 * len(say(f"picture_{kind}"))


def _table(edges: Sequence[Edge], transcript: Transcript) -> Table:
    columns = ("who", "whom", "number", "disagreeing", "agreeing", "other_side")
    rows = tuple(
        (
            transcript.name(one.answerer.id),
            transcript.name(one.answered.id),
            one.number,
            one.disagreeing,
            one.agreeing,
            say("yes") if one.takes_other_side else say("no"),
        )
        for one in reversed(edges)
    )
    return Table(tuple(say(f"column_{one}") for one in columns), rows)
