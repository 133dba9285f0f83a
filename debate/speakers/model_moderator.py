"""A moderator whose questions a model words: code decides whom and about which words, and whether a question counts."""

import re
from collections.abc import Iterator

from debate.events import Attempt, Event, Question, ReplyTo, Setup, Turn, Usage
from debate.fidelity.findings import Finding, Occasion
from debate.fidelity.ground import Ground
from debate.fidelity.grounding import inspect_invention, inspect_names, inspect_reports
from debate.fidelity.phrases import ASSISTANT, GIVES_IN, LEAK, REFUSAL
from debate.fidelity.quotations import check_quotations, quotable
from debate.fidelity.surface import tidy
from debate.speakers.port import Asked, Moderator
from debate.speakers.window import own_words, recent_turns
from language.chat import ChatModel, ChatRequest, Parameters, TokenUsage
from language.errors import (
    BadRequest,
    ContextOverflow,
    EmptyReply,
    MalformedReply,
    ModelUnavailable,
    RateLimited,
    Refused,
)
from language.prompts import as_label, fence, render
from personas.persona import Persona
from personas.terms import terms, words

MAX_ATTEMPTS = 2
MAX_WORDS = 45
_LEAST_WORDS = 4
_RECENT = 3
_POSITIONS = 4
_FAILURES = (Refused, EmptyReply, MalformedReply, ContextOverflow, ModelUnavailable, RateLimited, BadRequest)
_OPEN = re.compile(r"\b(?:what|why|how|which|where|when|who|whose)\b", re.IGNORECASE)
_REMARK = re.compile(r"\b(?:i|my|me|we|our)\b", re.IGNORECASE)


class ModelModerator:
    """Words each question by a model.

    What is asked about is decided before: the strongest point against the one who is asked that they have not answered
    yet, or else the words of the thread that the moderator without a model would quote. A question that twice does not
    hold, or a model that fails, leaves the question to the moderator without a model.
    """

    def __init__(self, model: ChatModel, plain: Moderator) -> None:
        """Prepare a moderator.

        Args:
            model: Words the questions.
            plain: Decides what is asked about, and asks where the model does not.
        """
        self._model = model
        self._plain = plain
        self._ground: tuple[Setup, Ground] | None = None

    async def ask(self, setup: Setup, events: tuple[Event, ...], to: Persona) -> Asked:
        """The next question to `to`; see `debate.speakers.port.Moderator`."""
        planned = await self._plain.ask(setup, events, to)
        follow_up = _unanswered(events, to)
        point = follow_up or _quoted(setup, planned)
        attempts: tuple[Attempt, ...] = ()
        usage = TokenUsage()
        for number in range(1, MAX_ATTEMPTS + 1):
            try:
                reply = await self._model.complete(_request(setup, events, to, point, number))
            except _FAILURES as error:
                attempts = (*attempts, Attempt(text="", reasons=(f"failed: {error}",)))
                continue
            usage = usage + reply.usage
            occasion = Occasion(setup=setup, events=events, speaker=to, reply_to=point, max_words=MAX_WORDS)
            checked = check_quotations(_first_question(tidy(reply.text, occasion)), quotable(setup, events))
            reasons = tuple(
                finding.reason for finding in self._findings(checked.text, checked.misattributed, occasion, planned)
            )
            if not reasons:
                evidence = planned.evidence if follow_up is None else None
                return Asked(
                    text=checked.text, evidence=evidence, origin="model", attempts=attempts, usage=_used(usage)
                )
            attempts = (*attempts, Attempt(text=reply.text[:1000], reasons=reasons))
        return planned.model_copy(update={"attempts": attempts, "usage": _used(usage)})

    def _findings(self, text: str, misattributed: str | None, occasion: Occasion, planned: Asked) -> Iterator[Finding]:
        """What speaks against a question."""
        said = words(text)
        if len(said) < _LEAST_WORDS or not text.endswith("?") or not _OPEN.search(text):
            yield Finding(kind="empty", detail="it is no open question")
            return
        if len(said) > 1.4 * MAX_WORDS:
            yield Finding(kind="length", detail=f"it is {len(said)} words long; ask in at most {MAX_WORDS}")
        for kind, pattern in (("assistant", ASSISTANT), ("refusal", REFUSAL), ("leak", LEAK), ("gives_in", GIVES_IN)):
            if found := pattern.search(text):
                yield Finding.model_validate({"kind": kind, "detail": f"a moderator does not say “{found[0]}”"})
        if _REMARK.search(text):
            yield Finding(kind="gives_in", detail="a moderator says nothing about themselves")
        if misattributed is not None:
            yield Finding(kind="speaks_for_others", detail=f"nobody said or wrote “{misattributed[:90]}”")
        ground = self._ground_of(occasion.setup)
        yield from inspect_invention(text, occasion, ground)
        yield from inspect_names(text, occasion, ground)
        yield from inspect_reports(text, occasion, ground, of_everybody=True)
        about = terms(planned.text) | (terms(occasion.reply_to.text) if occasion.reply_to else frozenset())
        if len(terms(text) & about) < min(2, len(about)):
            yield Finding(kind="beside", detail="it is not about the point that was shown")
        asked = [event for event in occasion.events if isinstance(event, Question) and event.to == occasion.speaker.id]
        if any(len(terms(text) & terms(one.text)) >= 0.8 * len(terms(text)) for one in asked):
            yield Finding(kind="repetition", detail="it asks again what was asked before")

    def _ground_of(self, setup: Setup) -> Ground:
        if self._ground is None or (self._ground[0] is not setup and self._ground[0] != setup):
            self._ground = (setup, Ground(setup.participants, f"{setup.motion} {setup.premise or ''}"))
        return self._ground[1]


def _unanswered(events: tuple[Event, ...], to: Persona) -> ReplyTo | None:
    """The last words said against somebody since they last spoke; None where there are none."""
    for event in reversed(events):
        if not isinstance(event, Turn) or event.yielded:
            continue
        if event.speaker == to.id:
            return None
        if event.reply_to is not None and event.reply_to.speaker == to.id:
            return ReplyTo(seq=event.seq, speaker=event.speaker, text=own_words(event))
    return None


def _quoted(setup: Setup, planned: Asked) -> ReplyTo | None:
    if planned.evidence is None:
        return None
    writer = next((one.id for one in setup.participants if planned.evidence.post_id in one.posts), None)
    return ReplyTo(seq=1, speaker=writer, text=planned.evidence.text)


def _request(setup: Setup, events: tuple[Event, ...], to: Persona, point: ReplyTo | None, number: int) -> ChatRequest:
    name = as_label(setup.shown_name(to.id))
    recent = recent_turns(setup, events, _RECENT)
    held = "\n".join(f"- {' '.join(one.statement.split())}" for one in to.positions[:_POSITIONS])
    prompt = render(
        "moderator_question",
        {
            "motion": setup.motion,
            "premise": f"Everybody takes as given:\n{fence('premise', setup.premise)}" if setup.premise else "",
            "name": name,
            "recent": f"The last posts:\n{fence('posts', recent)}" if recent else "",
            "positions": held or "(nothing that could be found)",
            "point": _shown_point(setup, to, point),
            "words": str(MAX_WORDS),
        },
    )
    parameters = Parameters(
        temperature=0.6, max_tokens=3 * MAX_WORDS, seed=(setup.seed * 1009 + len(events) * 31 + number) % 2**31
    )
    return ChatRequest(messages=prompt.messages, parameters=parameters, template=prompt.template)


def _shown_point(setup: Setup, to: Persona, point: ReplyTo | None) -> str:
    if point is None:
        return "The point is the motion itself."
    if point.speaker == to.id:
        return f"The point, in the own words of the one who is asked:\n{fence('point', point.text)}"
    who = as_label(setup.shown_name(point.speaker)) if point.speaker else "Somebody"
    return f"The point, in the words of {who}:\n{fence('point', point.text)}"


def _first_question(text: str) -> str:
    """The words up to the last question mark; what a model adds after its question goes."""
    end = text.rfind("?")
    return text[: end + 1] if end >= 0 else text


def _used(usage: TokenUsage) -> Usage | None:
    if not usage.calls:
        return None
    return Usage(
        calls=usage.calls,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=usage.cost_usd,
        estimated=usage.estimated,
    )
