"""The referee with a small model at its side: one short question for each verdict, answered with one word.

A model of a few billion parameters fills in no forms and confuses the facts of several claims, but tells well whether
two statements can both be true. It is asked about nothing else: an objection stands where it says that they cannot, a
support where it says that the claim is true by the fact. What the rules leave open is not put to it, since the weaker
verdict counts whatever it says. Nor is an objection by a fact whose value or date the curator has set down: there the
rules compare what is written in the sheet's own fields (86 of 86 objections right on two sheets of labelled claims),
which such a model does badly (it drops a quarter of them).
"""

from collections.abc import Sequence
from typing import Literal

from debate.referee.agreement import GROUNDED, agreed, unchecked
from debate.referee.facts import Fact, Ruling, Verdict
from debate.referee.orders import gives_orders
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from language.chat import ChatModel, ChatRequest, Parameters
from language.errors import BudgetExceeded, ModelError
from language.prompts import render

MAX_QUESTIONS = 12
"""A turn seldom holds more verdicts; what goes beyond is left to the rules."""

_Template = Literal["referee_both_true", "referee_goes_by_fact"]
_BY_FACT: dict[str, Verdict] = {"true": "supported", "false": "contradicted"}


class PlainReferee:
    """Rules on claims by comparison, and lets a small model confirm each verdict."""

    def __init__(self, rules: RuleReferee, model: ChatModel) -> None:
        """Prepare a referee.

        Args:
            rules: Finds claims and facts, and rules on its own.
            model: Is asked once for each claim that the rules support or contradict.
        """
        self._rules = rules
        self._model = model

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id; KeyError where the sheet has none."""
        return self._rules.fact(fact_id)

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        """Rule on every claim of `text`; see `debate.referee.port.Referee`.

        Raises:
            BudgetExceeded: Nothing is left for the model; no ruling was made.
        """
        rulings = self._rules.judge(text, background)
        if any(gives_orders(words) for words in (text, *background.texts)):
            # A model that is told what to answer says nothing about the claim.
            return rulings
        read: list[Ruling] = []
        asked = 0
        for ruling in rulings:
            facts = [self.fact(fact_id) for fact_id in ruling.facts]
            is_open = ruling.verdict == "supported" or not any(_is_set_down(fact) for fact in facts)
            if ruling.verdict not in GROUNDED or not is_open or asked == MAX_QUESTIONS or _any_orders(facts):
                read.append(ruling)
                continue
            asked += 1
            read.append(await self._confirmed(ruling, facts))
        return tuple(read)

    async def _confirmed(self, ruling: Ruling, facts: Sequence[Fact]) -> Ruling:
        try:
            verdict = await self._read(ruling, " ".join(fact.statement for fact in facts))
        except BudgetExceeded:
            raise
        except ModelError as error:
            return unchecked(ruling, error, self._model.name)
        return agreed(ruling, verdict, self._model.name)

    async def _read(self, ruling: Ruling, stated: str) -> Verdict:
        """The model's own verdict; an answer that is none of those asked for says nothing."""
        claim = ruling.reads_as or ruling.claim
        if ruling.verdict == "contradicted":
            word = await self._ask("referee_both_true", stated, claim)
            return "contradicted" if word == "no" else "not_covered"
        word = await self._ask("referee_goes_by_fact", stated, claim)
        return _BY_FACT.get(word, "not_covered")

    async def _ask(self, template: _Template, stated: str, claim: str) -> str:
        prompt = render(template, {"fact": stated, "claim": claim})
        request = ChatRequest(
            messages=prompt.messages,
            parameters=Parameters(temperature=0.0, max_tokens=8),
            template=prompt.template,
        )
        reply = await self._model.complete(request)
        words = reply.text.split()
        return words[0].strip(".,;:!?\"'*").casefold() if words else ""


def _is_set_down(fact: Fact) -> bool:
    """Whether the curator gave the fact's value or date in a field of its own."""
    return fact.relation is not None and (fact.value is not None or fact.date is not None)


def _any_orders(facts: Sequence[Fact]) -> bool:
    return any(gives_orders(fact.statement) for fact in facts)
