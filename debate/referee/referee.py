"""The referee without a chat model: checkable, then covered, then contradicted, then supported, in that order."""

import asyncio
import re
from functools import lru_cache
from pathlib import Path

from debate.referee.checkability import Assessment, Reason, assess, imagines, leans
from debate.referee.claims import Clause, find_clauses
from debate.referee.compound import split_subjects
from debate.referee.explanations import explain, explain_unchecked, explain_uncovered
from debate.referee.facts import Fact, FactSheet, Ruling
from debate.referee.findings import Finding
from debate.referee.inferred import settle
from debate.referee.judge import weigh
from debate.referee.library import Library
from debate.referee.mentions import familiar_names
from debate.referee.order import find_order
from debate.referee.orders import gives_orders
from debate.referee.port import Background
from debate.referee.reading import read, unframed
from debate.referee.reference import Memory
from debate.referee.time_lines import Story, is_marked_real, story_after
from debate.referee.verdicts import decide, decide_order
from language.inference import NAME as INFERENCE
from language.inference import Inferring

CHECKER = "rules"
_PRONOUN = re.compile(r"\W*(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_CLAIMS_KEPT = 1024
_CANDIDATES = 10
_BARE_CANDIDATES = 6
"""As many as the trees were trained with; the rules for facts with a subject look further."""


class RuleReferee:
    """Rules on claims by comparing them with the facts of one sheet; knows nothing else and asks nobody."""

    def __init__(self, sheet: FactSheet, cache: Path | None = None, inference: Inferring | None = None) -> None:
        """Prepare a sheet.

        Args:
            sheet: The facts in force; 0 to 100,000 and more.
            cache: Folder that keeps the index of a large sheet; None keeps none.
            inference: Reads claims beside statements; None: words, dates and figures alone are compared.
        """
        self.library = Library(sheet, cache)
        self._inference = inference
        # The same sentences are said again: in branches, in the groups of a class, in debates of one thread.
        self._find = lru_cache(_CLAIMS_KEPT)(self._weigh)
        self._find_order = lru_cache(_CLAIMS_KEPT)(self._weigh_order)

    @property
    def sheet(self) -> FactSheet:
        """The facts in force."""
        return self.library.sheet

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id; KeyError where the sheet has none."""
        return self.library.fact(fact_id)

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        """Rule on every claim of `text`; see `judge`."""
        if self._inference is None:
            return self.judge(text, background)
        # Reading takes tenths of a second, in which other debates go on.
        return await asyncio.to_thread(self.judge, text, background)

    def judge(self, text: str, background: Background | None = None) -> tuple[Ruling, ...]:
        """Rule on every claim of a text, in speaking order.

        Returns:
            Rulings with verbatim spans that do not overlap: one for each clause that can be checked, and
            one for each sentence in which nothing can.
        """
        background = background or Background()
        imagined = bool(background.premise) or imagines(background.motion)
        premises = (background.premise, background.motion if imagines(background.motion) else None)
        rulings: list[Ruling] = []
        context = background.preceding
        story: Story = ""
        memory = Memory(background.preceding, familiar_names(text, background.preceding, background.motion))
        for sentence, clauses in _by_sentence(find_clauses(text)):
            assessed = [(clause, assess(clause, imagined, story, premises)) for clause in clauses]
            ruled = self._rule_sentence(assessed, memory, context)
            memory.end_sentence(sentence.text)
            rulings.extend(ruled or (_unruled(sentence, assessed[0][1].reason),))
            if any(one.reason == "premise" for _, one in assessed) and not gives_orders(sentence.text):
                story = story_after(sentence.text)
            elif ruled or is_marked_real(sentence.text) or _ends_paragraph(text, sentence):
                story = ""
            context = f"{context[-400:]} {sentence.text}".strip()
        return tuple(rulings)

    def _rule_sentence(self, assessed: list[tuple[Clause, Assessment]], memory: Memory, context: str) -> list[Ruling]:
        """Rule on the clauses that can be checked and say what they speak about."""
        rulings: list[Ruling] = []
        for clause, assessment in assessed:
            if assessment.checkable:
                reading = memory.fill(clause)
                if not leans(reading):
                    rulings.append(self._rule(clause, reading, context))
            memory.hear(clause.reading)
        return rulings

    def check(self, claim: str, context: str = "") -> Finding | None:
        """What the sheet says about one claim that is taken to be checkable; None where it says nothing."""
        claim = unframed(claim)
        order = self._order(claim)
        if order is not None:
            return order
        each = self._of_each(claim)
        if each is not None:
            return each
        asked = f"{claim} {context}".strip() if not read(claim).names else claim
        finding = self._find(claim, asked)
        if finding is not None and _PRONOUN.match(claim) and not _is_named(finding, f"{context[-400:]} {claim}"):
            # "He" may be anybody: without the name close by, nothing can be said of him.
            return None
        return finding

    def _of_each(self, claim: str) -> Finding | None:
        """What the sheet says to a claim about two people: an objection of either, or the support of both."""
        found = [self._find(part, part) for part in split_subjects(claim)] if self.library.has_subjects else []
        wrong = next((one for one in found if one is not None and one.verdict == "contradicted"), None)
        if wrong is not None or not found:
            return wrong
        return found[0] if all(one is not None for one in found) else None

    def _weigh(self, claim: str, asked: str) -> Finding | None:
        reading = read(claim)
        found = self.library.candidates(asked, _CANDIDATES if self.library.has_subjects else _BARE_CANDIDATES)
        weighed = weigh(reading, found, self.library.weight)
        finding = decide(reading, weighed)
        return finding if self._inference is None else settle(finding, reading, weighed, self._inference)

    def _order(self, text: str) -> Finding | None:
        """What the sheet says to a text that puts two events in order; None where it dates them not both."""
        return self._find_order(text) if self.library.has_subjects else None

    def _weigh_order(self, text: str) -> Finding | None:
        found = find_order(text, self.library.candidates, self.library.weight)
        return decide_order(found) if found else None

    def _rule(self, clause: Clause, reading: str, context: str) -> Ruling:
        # "Trotsky was murdered after Stalin died" is wrong as a whole, though each half is true.
        opens = clause.start == clause.sentence.start
        finding = (self._order(unframed(clause.sentence.text)) if opens else None) or self.check(reading, context)
        return Ruling(
            claim=clause.text,
            start=clause.start,
            end=clause.end,
            verdict=finding.verdict if finding else "not_covered",
            facts=finding.facts if finding else (),
            explanation=explain(finding) if finding else explain_uncovered(),
            confidence=finding.confidence if finding else 0.7,
            reads_as=reading if reading != clause.text else None,
            checker=CHECKER if self._inference is None else f"{CHECKER}, {INFERENCE}",
        )


def _is_named(finding: Finding, text: str) -> bool:
    subject = finding.comparison.entry.subject
    stems = {word.stem for word in read(text).content}
    return not subject or bool(subject[0] & stems)


def _unruled(sentence: Clause, reason: Reason) -> Ruling:
    return Ruling(
        claim=sentence.text,
        start=sentence.start,
        end=sentence.end,
        verdict="not_checkable",
        explanation=explain_unchecked(reason or "fragment"),
        confidence=0.8,
        checker=CHECKER,
    )


def _ends_paragraph(text: str, sentence: Clause) -> bool:
    return bool(re.match(r"[^\S\n]*\n[^\S\n]*\n", text[sentence.end : sentence.end + 40]))


def _by_sentence(clauses: tuple[Clause, ...]) -> list[tuple[Clause, list[Clause]]]:
    """Clauses grouped by sentence, each group under its whole sentence."""
    groups: dict[int, list[Clause]] = {}
    for clause in clauses:
        groups.setdefault(clause.sentence.start, []).append(clause)
    return [
        (Clause(group[0].sentence.start, group[0].sentence.end, group[0].sentence.text, group[0].sentence, ""), group)
        for group in groups.values()
    ]
