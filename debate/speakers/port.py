"""The port between the engine, which decides whose turn it is, and whoever words the turn."""

from collections.abc import Callable
from typing import Protocol

from debate.events import Attempt, Event, Phase, QuestionOrigin, Setup, Usage, Utterance
from personas.persona import Evidence, Persona
from personas.thread import Frozen


class Brief(Frozen):
    """What the engine has decided about the next turn."""

    setup: Setup
    events: tuple[Event, ...]
    """All that has happened so far."""
    speaker: Persona
    round: int
    phase: Phase
    answerable: tuple[int, ...] = ()
    """Seqs of the turns and questions that this turn may answer, the most pressing first; empty for an opening."""
    max_sentences: int = 4


class Speaker(Protocol):
    """Words one participant's turns."""

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        """Word the turn that `brief` describes.

        Args:
            brief: Who speaks, in which phase, and what may be answered.
            on_words: Called with each run of words as it is produced, for live display; what is shown this way is
                provisional until the turn is recorded. An empty run says that the wording starts anew.

        Returns:
            The utterance; `yielded` where there is nothing left to say.

        Raises:
            ModelError: The model behind the speaker failed for good; the engine records it.
        """
        ...


class Asked(Frozen):
    """A moderator's question and the words of the thread that it quotes."""

    text: str
    evidence: Evidence | None = None
    origin: QuestionOrigin = "fixed"
    attempts: tuple[Attempt, ...] = ()
    """A model's questions that did not count."""
    usage: Usage | None = None


class Moderator(Protocol):
    """Puts questions to participants in the formats that have a moderator."""

    async def ask(self, setup: Setup, events: tuple[Event, ...], to: Persona) -> Asked:
        """Word the next question to `to`.

        Raises:
            ModelError: The model behind the moderator failed for good; the engine records it.
        """
        ...
