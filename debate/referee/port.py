"""The port between the engine and whoever checks a turn against the fact sheet."""

from typing import Protocol

from debate.referee.facts import Fact, Ruling
from personas.thread import Frozen


class Background(Frozen):
    """What the referee may know beside the words it checks."""

    motion: str | None = None
    """Title or motion; tells whether the discussion imagines another history ("Would a Trotsky led USSR ...")."""
    premise: str | None = None
    """A stipulated premise; never an error of a speaker."""
    preceding: str = ""
    """What was said just before, for pronouns and ellipsis; not itself checked."""

    @property
    def texts(self) -> tuple[str, ...]:
        """All words of it, as somebody else wrote them."""
        return (self.motion or "", self.premise or "", self.preceding)


class Referee(Protocol):
    """Finds the claims of a text and rules on each."""

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        """Rule on every claim of `text`, in speaking order.

        Returns:
            Rulings whose spans are offsets into `text`; claims that the sheet does not cover and sentences that are
            not checkable are among them, with those verdicts. A checker that fails gives "unchecked" rulings.
        """
        ...

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id.

        Raises:
            KeyError: The sheet has none.
        """
        ...
