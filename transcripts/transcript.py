"""A transcript: one header and the numbered events of a debate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from debate.events import SCHEMA_VERSION, DebateEnded, Event, Setup, Side, Turn
from debate.interventions import ending
from personas.persona import Persona
from personas.thread import Frozen


class Digests(Frozen):
    """SHA-256 digests of what a debate was made from, in hexadecimal."""

    thread: str
    facts: str | None = None
    personas: str


class Branching(Frozen):
    """The debate, and the event in it, after which a branch goes its own way."""

    debate: str
    seq: int = Field(ge=0)


class Header(Frozen):
    """The first line of a transcript: all that is needed to read it, and to continue it."""

    schema_version: int = SCHEMA_VERSION
    simulated: Literal[True] = True
    """Nothing below was said by the people named; it is a simulation from what they wrote."""
    motion: str
    premise: str | None = None
    format: str
    rounds: int = Field(ge=1)
    seed: int = 0
    pseudonymous: bool = False
    sides_swapped: bool = False
    sides: Mapping[str, Side] = Field(default_factory=dict)
    """Who was put on which side, by persona id, whatever their own words say; empty where nobody was."""
    absent: tuple[str, ...] = ()
    """Participants who spoke before this branch began and take no part in it."""
    branched_from: Branching | None = None
    """Where this debate left another one; None for one that began on its own."""
    offsets: Literal["source", "post"]
    participants: tuple[Persona, ...]
    digests: Digests
    facts_path: str | None = None
    """Where the fact sheet lay, as the user wrote it."""
    facts_title: str | None = None
    models: Mapping[str, str] = Field(default_factory=dict)
    """Which model words or checks what, by participant id, "moderator" or "referee"; empty without models."""
    started_at: datetime
    made_by: str
    """Name and version of the program."""

    def stands(self, persona: Persona) -> str:
        """Where a participant stands, in words: the stance, and the side that somebody else put them on."""
        given = self.sides.get(persona.id)
        return f"stance: {persona.stance}" + (f"; put on the side {given!r}" if given else "")

    @property
    def setup(self) -> Setup:
        """What the engine needs to continue."""
        return Setup(
            motion=self.motion,
            premise=self.premise,
            format=self.format,
            rounds=self.rounds,
            participants=self.participants,
            offsets=self.offsets,
            seed=self.seed,
            pseudonymous=self.pseudonymous,
            sides_swapped=self.sides_swapped,
            sides=self.sides,
            absent=self.absent,
        )


class Transcript(Frozen):
    """A header and the events recorded so far, numbered from 1 without gaps."""

    header: Header
    events: tuple[Event, ...] = ()

    @property
    def ending(self) -> DebateEnded | None:
        """The event that ended the debate; None for one that was cut off."""
        return ending(self.events)

    def name(self, persona_id: str | None) -> str:
        """The name to show for a participant; "Moderator" for None."""
        return "Moderator" if persona_id is None else self.header.setup.shown_name(persona_id)

    def turns(self) -> tuple[Turn, ...]:
        """All turns, in order."""
        return tuple(event for event in self.events if isinstance(event, Turn))
