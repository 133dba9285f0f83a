"""What one statement of a sheet says about a claim, and why."""

from typing import Literal, NamedTuple

from debate.referee.comparison import Comparison
from debate.referee.entries import Entry

Why = Literal["misstatement", "date", "quantity", "value", "opposite", "negation", "order", "wording", "agreement"]


class Finding(NamedTuple):
    """What one statement says about a claim."""

    verdict: Literal["supported", "contradicted"]
    comparison: Comparison
    why: Why
    confidence: float
    beside: Entry | None = None
    """The second fact that it rests on, where it rests on two."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts it rests on."""
        first = self.comparison.entry.fact.id
        return (first, self.beside.fact.id) if self.beside else (first,)
