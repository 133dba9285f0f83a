"""The whole check of a turn: code first, then a model where there is one."""

from debate.events import Setup
from debate.fidelity.copies import put_copies_right
from debate.fidelity.findings import Finding, Inspection, Occasion
from debate.fidelity.ground import Ground
from debate.fidelity.grounding import inspect_invention, inspect_reports, inspect_strictly
from debate.fidelity.judge import FidelityJudge
from debate.fidelity.quotations import check_quotations, quotable
from debate.fidelity.stand import inspect_stand
from debate.fidelity.surface import inspect_surface, tidy
from language.chat import TokenUsage
from language.errors import BudgetExceeded, ModelError
from personas.thread import Frozen


class Checked(Frozen):
    """An inspection, and what the model calls for it took."""

    inspection: Inspection
    usage: TokenUsage = TokenUsage()


class FidelityCheck:
    """Checks the turns of any persona of a debate.

    With a judge, sentences are held against the positions by it, and code keeps what code can decide. Without one, or
    where it fails, the words alone decide, and strictly.
    """

    def __init__(
        self, judge: FidelityJudge | None = None, *, is_strict: bool = False, trusts_judge: bool = True
    ) -> None:
        """Prepare a check.

        Args:
            judge: Judges sentences; None leaves it to the words.
            is_strict: True stops also what may be a good new argument but, from a small model, is mostly padding.
            trusts_judge: False lets nothing pass on the judge's word that the words alone would not let pass.
        """
        self._judge = judge
        self._is_strict = is_strict
        self._trusts_judge = trusts_judge
        self._ground: tuple[Setup, Ground] | None = None

    async def check(self, raw: str, occasion: Occasion, *, was_cut: bool = False, is_wary: bool = False) -> Checked:
        """Inspect a turn as a model wrote it.

        Args:
            raw: The model's words.
            occasion: What they are said on.
            was_cut: Whether the reply ended at its limit of tokens.
            is_wary: Whether to be strict this once, since the model has slipped before.

        Raises:
            BudgetExceeded: Nothing is left for the judge; the turn was not judged.
        """
        ground = self._ground_of(occasion.setup)
        text = tidy(raw, occasion, was_cut=was_cut)
        is_strict = self._is_strict or is_wary
        if is_strict and not occasion.setup.sides_swapped:
            text = put_copies_right(text, occasion.speaker)
        quotations = check_quotations(text, quotable(occasion.setup, occasion.events))
        findings = list(inspect_surface(raw, quotations.text, occasion))
        if quotations.misattributed is not None:
            detail = f"nobody said or wrote “{quotations.misattributed[:90]}”; quote only what stands in the material"
            findings.append(Finding(kind="speaks_for_others", detail=detail))
        usage, judged_by = TokenUsage(), None
        if not findings:
            # What is wrong on its face costs no call.
            if self._judge is None or not self._trusts_judge:
                findings = list(inspect_stand(quotations.text, occasion, ground))
                if is_strict and not findings:
                    findings = list(inspect_strictly(quotations.text, occasion, ground))
            if self._judge is not None and not findings:
                findings, usage, judged_by = await self._judged(quotations.text, occasion, ground, self._judge)
        inspection = Inspection(
            text=quotations.text,
            findings=tuple(findings),
            quotations_checked=quotations.checked,
            quotation_marks_removed=quotations.removed,
            judged_by=judged_by,
        )
        return Checked(inspection=inspection, usage=usage)

    async def _judged(
        self, text: str, occasion: Occasion, ground: Ground, judge: FidelityJudge
    ) -> tuple[list[Finding], TokenUsage, str | None]:
        invented = [*inspect_invention(text, occasion, ground), *inspect_reports(text, occasion, ground)]
        if invented:
            return invented, TokenUsage(), None
        try:
            judged = await judge.judge(text, occasion)
        except BudgetExceeded:
            raise
        except ModelError:
            # A judge that cannot be asked has accepted nothing: the strict signal decides in its place.
            return list(inspect_stand(text, occasion, ground)), TokenUsage(), None
        return list(judged.findings), judged.usage, judge.name

    def _ground_of(self, setup: Setup) -> Ground:
        if self._ground is None or (self._ground[0] is not setup and self._ground[0] != setup):
            known = f"{setup.motion} {setup.premise or ''}"
            self._ground = (setup, Ground(setup.participants, known))
        return self._ground[1]
