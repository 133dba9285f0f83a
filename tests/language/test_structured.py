from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from language.chat import ChatRequest, Message
from language.errors import BadRequest, MalformedReply, ModelError, ModelUnavailable
from language.scripted import ScriptedChatModel
from language.structured import MAX_REASKS, ReplyModes, ask_typed, parse_typed, strict_schema


class Verdict(BaseModel):
    """A small typed reply."""

    choice: Literal["with", "against"]
    weight: float = Field(default=0.5, ge=0, le=1, description="how sure you are")


class Verdicts(BaseModel):
    """A reply that holds others."""

    verdicts: list[Verdict]


REQUEST = ChatRequest(messages=(Message(role="user", content="With or against?"),))
GOOD = '{"choice": "with", "weight": 0.75}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Sure! Here you go:\n\n```\n{GOOD}\n```\nHope that helps.",
        f"<think>Is it {{against}}? No.</think>{GOOD}",
        f"It began inside the block</think>\n{GOOD}",
        "{'choice': 'with', 'weight': 0.75,}",
        '{"choice": "with", "weight": 0.75',
        '{"choice": "with", "weight": "0.75"}',
        '{"name": "Verdict", "arguments": {"choice": "with", "weight": 0.75}}',
        '{"name": "Verdict", "arguments": "{\\"choice\\": \\"with\\", \\"weight\\": 0.75}"}',
        '{"answer": {"choice": "with", "weight": 0.75}}',
        '[{"choice": "with", "weight": 0.75}]',
    ],
)
def test_nearly_right_replies_are_read(text: str) -> None:
    """What a weak model wraps a sound answer in does not cost another call."""
    assert parse_typed(text, Verdict) == Verdict(choice="with", weight=0.75)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am with them.",
        '{"choice": "beside"}',
        '{"choice": "with", "weight": NaN}',
        '{"choice": "with", "weight": Infinity}',
        '{"choice": "with", "weight": 7}',
        "{" * 3000,
        "x" * 100_000,
        "<think>It goes on and on",
    ],
)
def test_other_replies_are_malformed(text: str) -> None:
    """Nothing is guessed into a verdict."""
    with pytest.raises(MalformedReply):
        parse_typed(text, Verdict)


class Words(BaseModel):
    """A reply of text."""

    words: str


def test_surrogates_become_storable() -> None:
    """An escaped lone surrogate never reaches a transcript."""
    words = parse_typed('{"words": "so \\ud800 sad"}', Words).words

    assert words.encode("utf-8").decode() == "so � sad"


@given(st.text(max_size=400))
def test_any_text_is_read_or_malformed(text: str) -> None:
    """No reply, however odd, raises anything else."""
    try:
        found = parse_typed(text, Verdicts)
    except MalformedReply:
        return
    assert isinstance(found, Verdicts)


async def test_the_strictest_mode_comes_first() -> None:
    """An endpoint that knows JSON schemas is asked with one."""
    model = ScriptedChatModel([GOOD])

    reply = await ask_typed(model, REQUEST, Verdict, ReplyModes())

    assert (reply.mode, reply.reasks) == ("json_schema", 0)
    assert model.requests[0].format is not None
    assert model.requests[0].format.json_schema == strict_schema(Verdict)


def without_modes(request: ChatRequest) -> str | ModelError:
    """An endpoint as many small ones are: a 500 for schemas, a 400 for tools."""
    if request.format is None:
        return GOOD
    return ModelUnavailable("500") if request.format.mode == "json_schema" else BadRequest("400: no tools")


async def test_an_endpoint_without_modes_is_asked_in_words_and_remembered() -> None:
    """After two questions no call is wasted on a mode that an endpoint lacks."""
    model, modes = ScriptedChatModel(without_modes), ReplyModes()

    replies = [await ask_typed(model, REQUEST, Verdict, modes) for _ in range(4)]

    assert [reply.mode for reply in replies] == ["words"] * 4
    asked = [request.format.mode if request.format else "words" for request in model.requests]
    assert asked == ["json_schema", "tools", "words", "json_schema", "words", "words", "words"]
    assert '"choice": "with | against"' in model.requests[-1].messages[-1].content


async def test_a_proven_mode_that_fails_is_not_blamed() -> None:
    """Where schemas have worked, a 500 is the endpoint's trouble and is raised as such."""
    model, modes = ScriptedChatModel([GOOD, ModelUnavailable("500")]), ReplyModes()
    await ask_typed(model, REQUEST, Verdict, modes)

    with pytest.raises(ModelUnavailable):
        await ask_typed(model, REQUEST, Verdict, modes)


async def test_a_probe_is_a_single_try() -> None:
    """A mode that is not known to work is not retried; a proven one is."""
    model, modes = ScriptedChatModel([GOOD, GOOD]), ReplyModes()
    await ask_typed(model, REQUEST, Verdict, modes)
    await ask_typed(model, REQUEST, Verdict, modes)

    assert [request.single_try for request in model.requests] == [True, False]


async def test_the_complaint_goes_back_to_the_model() -> None:
    """A re-ask shows the model its own reply and what is wrong with it."""
    model, modes = ScriptedChatModel([GOOD, '{"choice": "beside"}', GOOD]), ReplyModes()
    await ask_typed(model, REQUEST, Verdict, modes)

    reply = await ask_typed(model, REQUEST, Verdict, modes)

    assert reply.reasks == 1
    assert model.requests[-1].messages[-2].content == '{"choice": "beside"}'
    assert "choice: Input should be 'with' or 'against'" in model.requests[-1].messages[-1].content


async def test_it_fails_closed_after_two_reasks() -> None:
    """A model that ignores the format to the end has said nothing."""
    model = ScriptedChatModel(lambda _: "I would rather talk about cats.")

    with pytest.raises(MalformedReply, match="no JSON object"):
        await ask_typed(model, REQUEST, Verdict, ReplyModes())
    assert len(model.requests) == 1 + MAX_REASKS


async def test_usage_counts_every_reply() -> None:
    """The failed replies cost tokens too."""
    model = ScriptedChatModel(["no", "no", GOOD])

    reply = await ask_typed(model, REQUEST, Verdict, ReplyModes())

    assert reply.usage.calls == 3


def test_strict_schemas_hold_nothing_that_endpoints_refuse() -> None:
    """No references, no defaults, every field required, no extras, at any depth."""
    schema = strict_schema(Verdicts)

    item = schema["properties"]["verdicts"]["items"]
    assert "$defs" not in schema
    assert item["required"] == ["choice", "weight"]
    assert item["additionalProperties"] is False
    assert "default" not in item["properties"]["weight"]
