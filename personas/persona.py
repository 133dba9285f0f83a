"""A persona: what one poster argued, in statements that each rest on that poster's own words."""

from typing import Literal

from pydantic import Field

from personas.thread import Frozen

Stance = Literal["for", "against", "mixed", "unclear"]


class Evidence(Frozen):
    """A verbatim span of a poster's own words.

    `start` and `end` count characters of the decoded source for plain text, and of `Post.text` for every other
    format (see `Thread.offsets`).
    """

    post_id: str
    text: str
    start: int
    end: int

    def overlaps(self, other: "Evidence") -> bool:
        """Whether both share a character of the same post."""
        return self.post_id == other.post_id and self.start < other.end and other.start < self.end


class Remark(Evidence):
    """A sentence, or a few that belong together, of a poster's own, fit to be spoken in a debate."""

    answers: str | None = None
    """The quoted words, or the short post, that it answered in the thread; None where it answered none."""
    answers_author: str | None = None
    """Who wrote those words, None where unknown."""
    position_id: str | None = None
    """The position that it argues for, None where it belongs to none."""
    stands_alone: bool = True
    """False where it can be understood only as an answer to `answers` ("Semantics mainly.")."""


class Position(Frozen):
    """One thing that a poster argues. Never without evidence."""

    id: str
    statement: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Voice(Frozen):
    """How a poster writes, measured on their own words."""

    words_per_post: float = Field(ge=0)
    """Median number of own words a post."""
    words_per_sentence: float = Field(ge=0)
    """Median number of words a sentence."""
    formality: Literal["formal", "neutral", "informal"]
    address: Literal["direct", "indirect"]
    """Whether they mostly speak to people ("you ...") or about the matter."""


class Persona(Frozen):
    """One poster as a participant of new rounds."""

    id: str
    """Stable and fit for a file name: lower-case letters, digits and hyphens, unique within a thread."""
    name: str
    named: bool = True
    """False where `name` is a label for a person whose name is lost."""
    pseudonym: str
    """Shown instead of the name where the user asks for pseudonyms."""
    epithet: str
    """How a reader would call them, from their central position: 'the "Trotsky can't win the Politburo" skeptic'."""
    stance: Stance
    stance_evidence: Evidence | None = None
    """The sentence that the stance rests on; None for "unclear" only."""
    positions: tuple[Position, ...]
    """Central position first."""
    remarks: tuple[Remark, ...] = ()
    """All that this persona can say in its poster's own words, in the thread's order."""
    voice: Voice
    posts: tuple[str, ...]
    """Ids of the poster's posts."""


class Cast(Frozen):
    """The personas of one thread, and the motion that their stances refer to."""

    motion: str
    offsets: Literal["source", "post"]
    thread_digest: str
    personas: tuple[Persona, ...]
    dropped_positions: int = 0
    """Positions that were dropped because no verbatim evidence could be located."""

    def persona(self, persona_id: str) -> Persona:
        """The persona with this id.

        Raises:
            KeyError: No persona has it.
        """
        for persona in self.personas:
            if persona.id == persona_id:
                return persona
        raise KeyError(persona_id)
