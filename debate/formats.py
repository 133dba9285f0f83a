"""Debate formats as data: which phases a debate has, who speaks in which order, and whom a format needs.

The Oxford format follows the two-sided structure of competitive debate (openings, rebuttals, closings); the panel and
the cross-examination follow their namesakes in public discussion and in court.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from debate.events import Phase, Setup, Side
from language.errors import FormatError
from personas.persona import Persona
from personas.thread import Frozen

Order = Literal["seated", "most_contested", "alternate_sides", "examinations"]
"""How the next speaker of a phase is found.

seated: in the seeded order of participants; most_contested: whoever was answered most often since they last spoke;
alternate_sides: for, against, for ...; examinations: one asks, the next answers, every pair in turn.
"""
NOBODY: Mapping[str, Side] = MappingProxyType({})
"""Nobody was put on a side."""
Opponents = Literal["everybody", "other_side", "nobody"]


class PhaseRule(Frozen):
    """One phase of a section: everybody concerned speaks once, in the given order."""

    phase: Phase
    order: Order
    answers: Opponents = "everybody"
    """Whose turns may be answered."""
    is_asked: bool = False
    """True where the moderator puts a question before each turn."""


class Section(Frozen):
    """A part of the debate with a title of its own; the transcript calls it a round."""

    title: str
    phases: tuple[PhaseRule, ...]


class DebateFormat(Frozen):
    """A format: sections before the rounds, in every round, and after them."""

    name: str
    summary: str
    before: tuple[Section, ...] = ()
    each_round: Section
    after: tuple[Section, ...] = ()
    min_participants: int = 2
    has_sides: bool = False
    """True where everybody speaks for or against the motion."""
    words_per_turn: int = Field(default=120, gt=0)
    """What a turn aims at, in words."""

    @property
    def has_moderator(self) -> bool:
        """Whether a moderator puts questions."""
        return any(rule.is_asked for section in (*self.before, self.each_round, *self.after) for rule in section.phases)

    def sections(self, rounds: int) -> tuple[Section, ...]:
        """All sections of a debate with so many rounds, in order."""
        many = rounds > 1
        repeated = tuple(
            self.each_round.model_copy(update={"title": f"{self.each_round.title} {number}"})
            if many
            else self.each_round
            for number in range(1, rounds + 1)
        )
        return (*self.before, *repeated, *self.after)


def _section(title: str, *phases: PhaseRule) -> Section:
    return Section(title=title, phases=phases)


FORMATS: dict[str, DebateFormat] = {
    one.name: one
    for one in (
        DebateFormat(
            name="forum",
            summary="as in a thread: whoever is most contested answers next",
            each_round=_section("Round", PhaseRule(phase="reply", order="most_contested")),
        ),
        DebateFormat(
            name="panel",
            summary="a moderator asks each participant in turn, then they answer each other",
            each_round=_section(
                "Round",
                PhaseRule(phase="answer", order="seated", answers="nobody", is_asked=True),
                PhaseRule(phase="reply", order="most_contested"),
            ),
        ),
        DebateFormat(
            name="oxford",
            summary="two sides, for and against: openings, rebuttals, closings",
            before=(_section("Openings", PhaseRule(phase="opening", order="alternate_sides", answers="nobody")),),
            each_round=_section(
                "Rebuttals", PhaseRule(phase="rebuttal", order="alternate_sides", answers="other_side")
            ),
            after=(_section("Closings", PhaseRule(phase="closing", order="alternate_sides", answers="other_side")),),
            has_sides=True,
        ),
        DebateFormat(
            name="cross_examination",
            summary="one asks, one answers, until everybody has done both",
            each_round=_section("Examination", PhaseRule(phase="question", order="examinations")),
        ),
    )
}


def find_format(name: str) -> DebateFormat:
    """The format with this name.

    Raises:
        FormatError: There is none.
    """
    try:
        return FORMATS[name.replace("-", "_")]
    except KeyError:
        raise FormatError(f"unknown format {name!r}; known are {', '.join(FORMATS)}") from None


def seat_participants(
    format_: DebateFormat, personas: tuple[Persona, ...], sides: Mapping[str, Side] = NOBODY
) -> tuple[Persona, ...]:
    """Those of `personas` who can take part in this format; in a two-sided one, those who took a side.

    Args:
        format_: The format to be played.
        personas: Everybody the user wants in the debate.
        sides: Whom the user put on which side, by persona id.

    Raises:
        FormatError: The format does not fit these people; nothing has run.
    """
    if sides and not format_.has_sides:
        raise FormatError(f"the format {format_.name!r} has no sides; sides are for --format oxford")
    speaking = tuple(one for one in personas if one.remarks or one.positions)
    if len(speaking) < format_.min_participants:
        silent = ", ".join(repr(one.name) for one in personas if one not in speaking)
        lacking = f" ({silent} argued nothing that could be found)" if silent else ""
        raise FormatError(
            f"the format {format_.name!r} needs at least {format_.min_participants} people with something to say; "
            f"here are {len(speaking)}{lacking}"
        )
    if not format_.has_sides:
        return speaking
    taken = {one.id: sides.get(one.id, one.stance) for one in speaking}
    seated = tuple(one for one in speaking if taken[one.id] in ("for", "against"))
    for side in ("for", "against"):
        if side not in taken.values():
            raise FormatError(
                f"the format {format_.name!r} needs both sides, and nobody here is clearly {side!r} the motion; "
                f"put people on that side (--{side} NAME,NAME, or 'sides' over HTTP), or choose the format forum"
            )
    return seated


def side_of(setup: Setup, persona: Persona) -> str:
    """The side a participant argues: as given or else the stance, turned around where the debate swaps sides."""
    swapped = {"for": "against", "against": "for"}
    side = setup.sides.get(persona.id, persona.stance)
    return swapped.get(side, side) if setup.sides_swapped else side
