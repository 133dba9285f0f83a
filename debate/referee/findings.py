"""What one statement of a sheet says about a claim, and why."""

from typing import Literal, NamedTuple

from debate.referee.comparison import Comparison
from debate.referee.entries import Entry

Why = Literal[
    "misstatement", "date", "quantity", "rank", "value", "kind", "opposite", "only", "negation", "turned", "order",
    "agreement", "inference",
]  # fmt: skip


class Ground(NamedTuple):
    """What excludes the claim, in the words of both."""

    why: Why
    claimed: str
    known: str
    """The statement's words; empty where the claim denies what the statement says as a whole."""
    is_sure: bool = False
    """Whether it decides by itself, whatever the trees make of the rest."""


class Finding(NamedTuple):
    """What one statement says about a claim."""

    verdict: Literal["supported", "contradicted"]
    comparison: Comparison
    why: Why
    confidence: float
    beside: Entry | None = None
    """The second fact that it rests on, where it rests on two."""
    ground: Ground | None = None
    """What differs, where the statement is bare and the finding an objection."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts it rests on."""
        first = self.comparison.entry.fact.id
        return (first, self.beside.fact.id) if self.beside else (first,)
