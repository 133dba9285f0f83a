"""Typed judgement of a turn by a model: does each sentence stand with, against or beside the persona's positions?"""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Field

from debate.fidelity.findings import Finding, Occasion
from language.chat import ChatModel, ChatRequest, Parameters, TokenUsage
from language.prompts import as_label, render
from language.sentences import split_sentences
from language.structured import ReplyModes, ask_typed

MAX_POSITIONS = 12


class SentenceJudgement(BaseModel):
    """How one sentence stands to the positions."""

    number: int = Field(description="the sentence's number")
    relation: Literal["with", "against", "beside"]


class TurnJudgement(BaseModel):
    """What a judging model says of one turn."""

    sentences: list[SentenceJudgement]
    gives_in: bool
    invents_life: bool


class Judged(BaseModel):
    """A model's judgement turned into findings."""

    findings: tuple[Finding, ...]
    usage: TokenUsage


class FidelityJudge:
    """Asks a model once per turn; ids and numbers are checked here, whatever it answers."""

    def __init__(self, model: ChatModel, modes: ReplyModes) -> None:
        self._model = model
        self._modes = modes

    @property
    def name(self) -> str:
        """The judging model's name."""
        return self._model.name

    async def judge(self, text: str, occasion: Occasion) -> Judged:
        """Judge one turn.

        Raises:
            ModelError: The model gave no usable judgement.
        """
        sentences = [sentence.text for sentence in split_sentences(text)]
        prompt = render(
            "fidelity_judgement",
            {
                "task": _task(occasion),
                "positions": _numbered([one.statement for one in occasion.speaker.positions[:MAX_POSITIONS]]),
                "answered": occasion.reply_to.text if occasion.reply_to else "(nothing: it opens the discussion)",
                "post": _numbered(sentences),
            },
        )
        request = ChatRequest(
            messages=prompt.messages,
            parameters=Parameters(temperature=0.0, max_tokens=60 + 30 * len(sentences), seed=occasion.setup.seed),
            template=prompt.template,
        )
        reply = await ask_typed(self._model, request, TurnJudgement, self._modes)
        return Judged(findings=tuple(_findings(reply.value, sentences, occasion)), usage=reply.usage)


def _task(occasion: Occasion) -> str:
    name = as_label(occasion.setup.shown_name(occasion.speaker.id))
    if occasion.setup.sides_swapped:
        return (
            f"The post is written in the name of {name}, who in this exercise argues the other side on purpose. "
            "Take the opposite of the positions below as the person's positions."
        )
    return f"The post is written in the name of {name}."


def _findings(judgement: TurnJudgement, sentences: list[str], occasion: Occasion) -> Iterator[Finding]:
    relations = {one.number: one.relation for one in judgement.sentences if 1 <= one.number <= len(sentences)}
    against = [number for number, relation in sorted(relations.items()) if relation == "against"]
    if against:
        said = sentences[against[0] - 1]
        yield Finding(kind="flip", detail=f"it goes against what the poster holds (“{said[:90]}”)")
    elif judgement.gives_in:
        yield Finding(kind="gives_in", detail="it gives in to the other side; argue, do not agree")
    elif not any(relation == "with" for relation in relations.values()):
        # No judged sentence at all counts as well: a judge that has not vouched for a turn has not accepted it.
        yield Finding(kind="beside", detail="it argues for none of the poster's positions")
    if judgement.invents_life:
        name = occasion.setup.shown_name(occasion.speaker.id)
        yield Finding(kind="biography", detail=f"it invents something about {name}'s life")


def _numbered(texts: list[str]) -> str:
    return "\n".join(f"{number}. {' '.join(text.split())}" for number, text in enumerate(texts, start=1)) or "(none)"
