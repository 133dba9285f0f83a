"""What a fidelity check looks at, and what it finds."""

from typing import Literal

from pydantic import Field

from debate.events import Event, ReplyTo, Setup, SpokenEvidence, Turn
from personas.persona import Persona
from personas.thread import Frozen

FindingKind = Literal[
    "empty",
    "language",
    "length",
    "assistant",
    "refusal",
    "speaks_for_others",
    "third_person",
    "leak",
    "repetition",
    "echo",
    "flip",
    "gives_in",
    "biography",
    "invention",
    "beside",
]
"""Why a turn does not count: no words, another language, an essay, talk as an assistant, a refusal, words put into
others' mouths, talk about oneself by name, parts of the prompt, words said before by oneself or by another, a position
turned around, the dispute agreed away, a life made up, facts made up, nothing that the persona holds."""


class Finding(Frozen):
    """One reason why a turn does not count."""

    kind: FindingKind
    detail: str
    """For the transcript, and for the model that is asked once more."""

    @property
    def reason(self) -> str:
        """As recorded in an attempt: the kind, a colon, the detail."""
        return f"{self.kind}: {self.detail}"


class Occasion(Frozen):
    """What a turn is said on: who speaks, after what, answering what, resting on what."""

    setup: Setup
    events: tuple[Event, ...]
    speaker: Persona
    reply_to: ReplyTo | None = None
    points: tuple[SpokenEvidence, ...] = ()
    """The poster's own sentences that the turn is to rest on."""
    instructions: str = ""
    """What the model was told beside the material: its words are no turn. Empty where nobody told it anything."""
    max_words: int = Field(default=120, gt=0)
    max_sentences: int = Field(default=4, gt=0)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far."""
        return tuple(event for event in self.events if isinstance(event, Turn))


class Inspection(Frozen):
    """A turn as it may count, and what speaks against counting it."""

    text: str
    """The words with labels, stray marks and unproven quotation marks taken away."""
    findings: tuple[Finding, ...] = ()
    quotations_checked: int = 0
    quotation_marks_removed: int = 0
    judged_by: str | None = None
    """Name of the model that judged the sentences, None where code alone did."""

    @property
    def is_accepted(self) -> bool:
        """Whether the turn counts."""
        return not self.findings
