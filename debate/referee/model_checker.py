"""The referee with a model at its side: the rules find claims and facts, the model reads them, code has the last word.

The model is asked once for each turn, about the claims that the rules support or contradict and the facts found for
each; where it may extend what the rules find, about the others too, on which nothing that it says could count else.
Whatever it answers, only facts that it was shown may be cited and only words that were said may be quoted. Where model
and rules disagree the weaker verdict counts, and both are named. A model that fails says nothing about the speaker.
Words that speak to the checker are not put before a model that might obey them.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, Field

from debate.referee.agreement import GROUNDED, agreed, unchecked
from debate.referee.facts import Fact, Ruling, Verdict
from debate.referee.orders import gives_orders
from debate.referee.port import Background
from debate.referee.referee import RuleReferee
from language.chat import ChatModel, ChatRequest, Parameters
from language.errors import BudgetExceeded, ModelError
from language.prompts import Prompt, render
from language.structured import ReplyModes, ask_typed

FACTS_PER_CLAIM = 5
MAX_CLAIMS = 12
"""A turn seldom holds more; what goes beyond is left to the rules."""


class ClaimVerdict(BaseModel):
    """What the model says of one claim."""

    number: int = Field(description="the claim's number")
    verdict: Literal["supported", "contradicted", "not_covered", "not_checkable"]
    facts: list[str] = Field(default_factory=list, description="ids of the facts that it rests on")
    quote: str = Field(default="", description="the words of the claim that they speak about")


class TurnVerdicts(BaseModel):
    """What the model says of one turn."""

    verdicts: list[ClaimVerdict]


class _Question(NamedTuple):
    """One claim with the facts that the model is shown for it."""

    ruling: Ruling
    facts: Mapping[str, Fact]


_Questions = dict[int, _Question]
"""The claims that the model is asked about, by the number under which it sees them."""


class ModelReferee:
    """Rules on claims by comparison and by a model's reading together."""

    def __init__(self, rules: RuleReferee, model: ChatModel, modes: ReplyModes, *, may_extend: bool = False) -> None:
        """Prepare a referee.

        Args:
            rules: Finds claims and facts, and rules on its own.
            model: Reads claims and facts; asked at most once for each turn.
            modes: What is known of how endpoints give typed replies.
            may_extend: True lets the model rule, by facts that it was shown, where the rules are silent. Only for
                models that can be trusted with it: a weak one finds contradictions where there are none.
        """
        self._rules = rules
        self._model = model
        self._modes = modes
        self._may_extend = may_extend

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id; KeyError where the sheet has none."""
        return self._rules.fact(fact_id)

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        """Rule on every claim of `text`; see `debate.referee.port.Referee`.

        Raises:
            BudgetExceeded: Nothing is left for the model; no ruling was made.
        """
        rulings = self._rules.judge(text, background)
        questions = self._questions(rulings)
        if not questions or any(gives_orders(words) for words in (text, *background.texts)):
            # A model that is told what to answer says nothing about the claim.
            return rulings
        try:
            answers = await self._ask(background, questions)
        except BudgetExceeded:
            raise
        except ModelError as error:
            asked = {question.ruling.start for question in questions.values()}
            return tuple(unchecked(one, error, self._model.name) if one.start in asked else one for one in rulings)
        merged = {one.ruling.start: self._merge(one, answers.get(number)) for number, one in questions.items()}
        return tuple(merged.get(one.start, one) for one in rulings)

    def _questions(self, rulings: Sequence[Ruling]) -> _Questions:
        questions: _Questions = {}
        for ruling in rulings:
            is_asked = ruling.verdict in GROUNDED or (self._may_extend and ruling.verdict == "not_covered")
            if not is_asked or len(questions) == MAX_CLAIMS:
                continue
            facts = {fact_id: self.fact(fact_id) for fact_id in ruling.facts}
            if any(gives_orders(fact.statement) for fact in facts.values()):
                continue
            for entry, _ in self._rules.library.candidates(ruling.claim, limit=2 * FACTS_PER_CLAIM):
                if len(facts) < FACTS_PER_CLAIM and not gives_orders(entry.fact.statement):
                    facts.setdefault(entry.fact.id, entry.fact)
            if facts:
                questions[len(questions) + 1] = _Question(ruling, facts)
        return questions

    async def _ask(self, background: Background, questions: _Questions) -> dict[int, ClaimVerdict]:
        prompt = _prompt(background, questions)
        request = ChatRequest(
            messages=prompt.messages,
            parameters=Parameters(temperature=0.0, max_tokens=80 + 90 * len(questions)),
            template=prompt.template,
        )
        reply = await ask_typed(self._model, request, TurnVerdicts, self._modes)
        return {one.number: one for one in reversed(reply.value.verdicts)}

    def _merge(self, question: _Question, answer: ClaimVerdict | None) -> Ruling:
        ruling, name = question.ruling, self._model.name
        read = _validated(question, answer)
        if ruling.verdict == "not_covered" and self._may_extend and answer is not None and read in GROUNDED:
            return self._extended(question, answer, read)
        return agreed(ruling, read, name)

    def _extended(self, question: _Question, answer: ClaimVerdict, read: Verdict) -> Ruling:
        cited = [question.facts[fact_id] for fact_id in dict.fromkeys(answer.facts)]
        stated = " ".join(fact.statement for fact in cited)
        source = cited[0].sources[0]
        return question.ruling.model_copy(
            update={
                "verdict": read,
                "facts": tuple(fact.id for fact in cited),
                "explanation": f"The sheet says: {stated} (Source: {source.author}, {source.title}.)",
                "confidence": 0.6,
                "checker": self._model.name,
            }
        )


def _validated(question: _Question, answer: ClaimVerdict | None) -> Verdict:
    """The model's verdict as far as it holds: with facts it was shown, about words that stand in the claim."""
    if answer is None:
        return "not_covered"
    if answer.verdict not in GROUNDED:
        return answer.verdict
    has_facts = bool(answer.facts) and all(fact_id in question.facts for fact_id in answer.facts)
    quoted = " ".join(answer.quote.split()).strip(" .\"'“”").casefold()
    words = f"{question.ruling.claim} {_said(question.ruling)}"
    is_quoted = bool(quoted) and quoted in " ".join(words.split()).casefold()
    return answer.verdict if has_facts and is_quoted else "not_covered"


def _said(ruling: Ruling) -> str:
    """A claim as it stands alone."""
    return ruling.reads_as or ruling.claim


def _prompt(background: Background, questions: _Questions) -> Prompt:
    # Only claims are shown: what else a turn holds, orders to the checker among it, the model need not see.
    said = "\n".join(question.ruling.claim for question in questions.values())
    blocks = []
    for number, question in questions.items():
        facts = "\n".join(f"  [{fact_id}] {fact.statement}" for fact_id, fact in question.facts.items())
        blocks.append(f"{number}. {' '.join(_said(question.ruling).split())}\n{facts}")
    return render(
        "referee_check",
        {
            "motion": background.motion or "(none)",
            "premise": background.premise or "(none)",
            "preceding": background.preceding or "(nothing)",
            "text": said,
            "claims": "\n".join(blocks),
        },
    )
