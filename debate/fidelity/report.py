"""How faithful the turns of a finished transcript are, for each persona and round, told from its events alone."""

from collections import Counter
from collections.abc import Iterable, Sequence

from debate.events import Event, PremiseSet, Setup, Turn
from debate.fidelity.ground import Ground
from debate.fidelity.quotations import check_quotations, quotable
from personas.thread import Frozen

FLIPS = ("flip", "gives_in")


class FidelityRow(Frozen):
    """One persona in one round, or in all of them (`round` 0)."""

    speaker: str
    speaker_name: str
    round: int
    turns: int
    """Turns with words; passed turns are not counted."""
    by_model: int
    """Turns for which a model was asked."""
    accepted_at_once: int
    """Of those, turns whose first wording held."""
    replaced: int
    """Of those, turns that were said in the poster's own sentences instead."""
    rejected: dict[str, int]
    """How many attempts were rejected for each kind of reason."""
    flips_caught: int
    """Attempts that turned a position around or gave in."""
    quotations_checked: int
    quotations_unproven: int
    """Quotations in the recorded turns that stand nowhere; 0 unless a transcript was edited."""
    closeness: float
    """How near the turns are to what the poster wrote, on average, 0 to 1."""
    drift: float
    """Closeness less that of the persona's first round: below 0 the persona moves away from what the poster wrote."""

    @property
    def accepted_share(self) -> float | None:
        """Share of the turns asked of a model whose first wording held; None where no model was asked."""
        return self.accepted_at_once / self.by_model if self.by_model else None


class FidelityReport(Frozen):
    """Rows for each persona and round, and one for each persona over all rounds (`round` 0)."""

    rows: tuple[FidelityRow, ...]

    @property
    def totals(self) -> tuple[FidelityRow, ...]:
        """The rows over all rounds."""
        return tuple(row for row in self.rows if row.round == 0)


def report_fidelity(setup: Setup, events: Sequence[Event]) -> FidelityReport:
    """Count what a transcript says about the fidelity of its turns. Asks nobody.

    Args:
        setup: The transcript's header.
        events: All its events, in order.
    """
    premises = [setup.premise, *(event.premise for event in events if isinstance(event, PremiseSet))]
    ground = Ground(setup.participants, " ".join([setup.motion, *(one for one in premises if one)]))
    turns = [event for event in events if isinstance(event, Turn)]
    rows = []
    for persona in setup.participants:
        own = [turn for turn in turns if turn.speaker == persona.id]
        first: float | None = None
        for round_number in sorted({turn.round for turn in own}):
            row = _row(setup, events, [turn for turn in own if turn.round == round_number], ground, round_number, first)
            if row is not None:
                first = row.closeness if first is None else first
                rows.append(row)
        whole = _row(setup, events, own, ground, 0, first)
        if whole is not None:
            rows.append(whole)
    return FidelityReport(rows=tuple(rows))


def _row(
    setup: Setup, events: Sequence[Event], turns: Sequence[Turn], ground: Ground, round_number: int, first: float | None
) -> FidelityRow | None:
    spoken = [turn for turn in turns if not turn.yielded]
    asked = [turn for turn in turns if turn.origin in ("model", "verbatim_fallback")]
    if not turns:
        return None
    speaker = turns[0].speaker
    rejected = Counter(
        reason.partition(":")[0] for turn in turns for attempt in turn.attempts for reason in attempt.reasons
    )
    quotations = [_quotations(setup, events, turn) for turn in spoken if turn.origin == "model"]
    near = [ground.closeness(turn.text, speaker) for turn in spoken]
    closeness = sum(near) / len(near) if near else 0.0
    return FidelityRow(
        speaker=speaker,
        speaker_name=turns[0].speaker_name,
        round=round_number,
        turns=len(spoken),
        by_model=len(asked),
        accepted_at_once=sum(turn.origin == "model" and not turn.attempts for turn in asked),
        replaced=sum(turn.origin == "verbatim_fallback" for turn in asked),
        rejected=dict(sorted(rejected.items())),
        flips_caught=sum(_is_flip(attempt.reasons) for turn in turns for attempt in turn.attempts),
        quotations_checked=sum(checked for checked, _ in quotations),
        quotations_unproven=sum(unproven for _, unproven in quotations),
        closeness=round(closeness, 3),
        # Adding zero turns the -0.0 that rounding may leave into 0.0.
        drift=round(closeness - first, 3) + 0.0 if first is not None and near else 0.0,
    )


def _is_flip(reasons: Iterable[str]) -> bool:
    return any(reason.partition(":")[0] in FLIPS for reason in reasons)


def _quotations(setup: Setup, events: Sequence[Event], turn: Turn) -> tuple[int, int]:
    before = [event for event in events if event.seq < turn.seq]
    found = check_quotations(turn.text, quotable(setup, before))
    return found.checked, found.removed
