import asyncio
import importlib.util

import pytest
from pydantic import SecretStr

from language.chat import ChatRequest, Message, Parameters, ReplyFormat
from language.completions import THINKING_TOKENS
from language.errors import (
    BadCredentials,
    BudgetExceeded,
    ContextOverflow,
    EmptyReply,
    InputError,
    ModelError,
    ModelUnavailable,
    RateLimited,
    Refused,
    RequestsForbidden,
    UnknownModel,
)
from language.fake_endpoint import Behaviour, FakeEndpoint, FaultKind, Oddity, replies_in_turn
from language.models import Endpoints, ModelSpec, open_chat_model
from language.provider_errors import translate
from language.resilience import Budget, BudgetMeter, RetryPolicy

REQUEST = ChatRequest(
    messages=(Message(role="system", content="Be brief."), Message(role="user", content="Well?")),
    parameters=Parameters(temperature=0.0, max_tokens=50, seed=3),
)
ONCE = RetryPolicy(tries=1, try_timeout_s=0.3)


def spec(endpoint: FakeEndpoint, retries: RetryPolicy = ONCE, **settings: object) -> ModelSpec:
    return ModelSpec.model_validate({"name": "tiny", "base_url": endpoint.base_url, "retries": retries, **settings})


async def ask(chosen: ModelSpec, request: ChatRequest = REQUEST, **settings: object) -> str:
    endpoints = Endpoints()
    try:
        return (await open_chat_model(chosen, endpoints, **settings).complete(request)).text  # type: ignore[arg-type]
    finally:
        await endpoints.close()


@pytest.mark.usefixtures("loopback_requests")
class TestOpenAICompatible:
    async def test_what_goes_out_is_what_was_asked(self) -> None:
        """Messages and parameters arrive unchanged."""
        async with FakeEndpoint(replies_in_turn(["Yes."])) as endpoint:
            assert await ask(spec(endpoint)) == "Yes."

        assert endpoint.requests == [
            {
                "model": "tiny",
                "messages": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Well?"},
                ],
                "temperature": 0.0,
                "max_tokens": 50,
                "seed": 3,
            }
        ]

    @pytest.mark.parametrize(
        ("fault", "expected"),
        [
            ("429", RateLimited),
            ("500", ModelUnavailable),
            ("503", ModelUnavailable),
            ("truncated", EmptyReply),
            ("empty", EmptyReply),
            ("hang", ModelUnavailable),
        ],
    )
    async def test_every_fault_is_named(self, fault: FaultKind, expected: type[ModelError]) -> None:
        """Each thing that goes wrong at an endpoint has its own error, and none passes as a reply."""
        async with FakeEndpoint(behaviour=Behaviour(plan=(fault,), hang_s=2.0)) as endpoint:
            with pytest.raises(expected):
                await ask(spec(endpoint))

    async def test_faults_are_got_over(self) -> None:
        """One call survives every kind of fault in a row."""
        plan: tuple[FaultKind, ...] = ("429", "500", "503", "truncated", "empty", "hang")
        patient = RetryPolicy(tries=7, try_timeout_s=0.2, longest_wait_s=0.01)
        async with FakeEndpoint(behaviour=Behaviour(plan=plan, retry_after_s=0.01, hang_s=2.0)) as endpoint:
            assert "still stands" in await ask(spec(endpoint, patient))
        assert sum(endpoint.outcomes.values()) == 7

    async def test_words_arrive_as_they_are_said(self) -> None:
        """A stream gives the same words as the whole reply, without the thinking in it."""
        words: list[str] = []
        endpoints = Endpoints()
        async with FakeEndpoint(replies_in_turn(["<think>a secret thought</think>Not at all, my friend."])) as endpoint:
            reply = await open_chat_model(spec(endpoint), endpoints).complete(REQUEST, words.append)
        await endpoints.close()

        assert reply.text == "Not at all, my friend."
        assert "".join(words) == reply.text
        assert len(words) > 2
        assert reply.usage.estimated

    async def test_a_stream_that_breaks_off_is_no_reply(self) -> None:
        """Half a sentence never counts as a turn."""
        endpoints = Endpoints()
        async with FakeEndpoint(behaviour=Behaviour(plan=("truncated",))) as endpoint:
            with pytest.raises((EmptyReply, ModelUnavailable)):
                await open_chat_model(spec(endpoint), endpoints).complete(REQUEST, lambda _: None)
        await endpoints.close()

    async def test_a_wrong_key_is_named_and_not_shown(self) -> None:
        """The error says what to check; the key is nowhere in it."""
        async with FakeEndpoint(behaviour=Behaviour(api_key="right")) as endpoint:
            with pytest.raises(BadCredentials) as caught:
                await ask(spec(endpoint, api_key=SecretStr("wrong-and-secret")))
            assert await ask(spec(endpoint, api_key=SecretStr("right")))
        assert "wrong-and-secret" not in str(caught.value)

    async def test_an_unknown_model_is_named(self) -> None:
        """A misspelt model is told apart from an endpoint that is down."""
        async with FakeEndpoint(behaviour=Behaviour(models=("large",))) as endpoint:
            with pytest.raises(UnknownModel, match="tiny"):
                await ask(spec(endpoint))

    async def test_an_endpoint_that_is_down_is_named(self) -> None:
        """Nobody listening is an error in one line, with the address."""
        async with FakeEndpoint() as endpoint:
            gone = spec(endpoint)
        with pytest.raises(ModelUnavailable, match=r"127\.0\.0\.1"):
            await ask(gone)

    async def test_a_long_request_is_an_overflow(self) -> None:
        """Callers can shrink their window, because they are told that this is it."""
        long = ChatRequest(messages=(Message(role="user", content="word " * 1000),))
        async with FakeEndpoint(behaviour=Behaviour(context_tokens=100)) as endpoint:
            with pytest.raises(ContextOverflow):
                await ask(spec(endpoint), long)

    async def test_a_huge_odd_reply_is_cut_and_cleaned(self) -> None:
        """Nothing that a model says can break what stores it."""
        async with FakeEndpoint(replies_in_turn(["so \ud800 sad\x00 " + "x" * 300_000])) as endpoint:
            text = await ask(spec(endpoint))
        assert text.startswith("so � sad� xxx")
        assert len(text) <= 200_000
        assert text.encode("utf-8")

    async def test_thinking_alone_is_no_reply(self) -> None:
        """A model that was cut off while thinking has said nothing."""
        async with FakeEndpoint(replies_in_turn(["<think>Let me see. On the one hand"])) as endpoint:
            with pytest.raises(EmptyReply):
                await ask(spec(endpoint))

    async def test_a_model_that_thinks_first_gets_the_room(self) -> None:
        """A length that thinking used up is asked for again with room for both, and so is every later call."""
        endpoints = Endpoints()
        short = REQUEST.model_copy(update={"parameters": Parameters(max_tokens=100)})
        async with FakeEndpoint(behaviour=Behaviour(thinks_tokens=900)) as endpoint:
            model = open_chat_model(spec(endpoint), endpoints)
            assert (await model.complete(short)).text
            assert (await model.complete(short)).text
        await endpoints.close()

        assert [one["max_tokens"] for one in endpoint.requests] == [100, 100 + THINKING_TOKENS, 100 + THINKING_TOKENS]

    async def test_a_model_that_only_thinks_says_nothing(self) -> None:
        """Room that is used up as well is an empty reply, not another round of asking."""
        short = REQUEST.model_copy(update={"parameters": Parameters(max_tokens=100)})
        async with FakeEndpoint(behaviour=Behaviour(thinks_tokens=10_000)) as endpoint:
            with pytest.raises(EmptyReply):
                await ask(spec(endpoint), short)
        assert len(endpoint.requests) == 2

    async def test_thinking_beside_the_reply_is_not_spoken(self) -> None:
        """What an endpoint sends as `reasoning_content` is no part of what was said."""
        async with FakeEndpoint(behaviour=Behaviour(plan=("reasoning",))) as endpoint:
            assert "secret" not in await ask(spec(endpoint))

    @pytest.mark.parametrize(("page", "expected"), [("html", EmptyReply), ("502 html", ModelUnavailable)])
    async def test_an_error_page_is_no_reply(self, page: Oddity, expected: type[ModelError]) -> None:
        """A proxy's page, whatever its status, is an error in one line without mark-up."""
        async with FakeEndpoint(behaviour=Behaviour(plan=(page,))) as endpoint:
            with pytest.raises(expected) as caught:
                await ask(spec(endpoint))
        assert "<" not in str(caught.value)

    async def test_words_that_never_end_are_not_waited_for(self) -> None:
        """A stream that drips for ever ends with the try's time, however often a word arrives."""
        endpoints = Endpoints()
        hasty = RetryPolicy(tries=1, try_timeout_s=0.3)
        async with FakeEndpoint(behaviour=Behaviour(plan=("drip",))) as endpoint:
            with pytest.raises(ModelUnavailable, match=r"within 0\.3 s"):
                await open_chat_model(spec(endpoint, hasty), endpoints).complete(REQUEST, lambda _: None)
        await endpoints.close()

    async def test_a_429_that_names_no_time_is_waited_for_all_the_same(self) -> None:
        """Without Retry-After the pause is our own."""
        patient = RetryPolicy(tries=3, longest_wait_s=0.01)
        async with FakeEndpoint(behaviour=Behaviour(plan=("429", "429"), retry_after_s=None)) as endpoint:
            assert "still stands" in await ask(spec(endpoint, patient))

    async def test_an_unknown_model_is_told_from_those_there_are(self) -> None:
        """The error lists what the endpoint says it offers."""
        async with FakeEndpoint(behaviour=Behaviour(models=("large", "larger"))) as endpoint:
            with pytest.raises(UnknownModel, match="it offers 'large', 'larger'"):
                await ask(spec(endpoint))

    async def test_tool_calls_are_replies(self) -> None:
        """The arguments of a forced tool call are the reply's text."""
        form = ReplyFormat(mode="tools", name="answer", json_schema={"type": "object"})
        async with FakeEndpoint(replies_in_turn(['{"a": 1}'])) as endpoint:
            text = await ask(spec(endpoint), REQUEST.model_copy(update={"format": form}))
        assert text == '{"a": 1}'
        assert endpoint.requests[0]["tool_choice"]["function"]["name"] == "answer"

    async def test_debates_share_limit_and_connections(self) -> None:
        """Two models opened at one endpoint keep one limit together."""
        endpoints = Endpoints()
        async with FakeEndpoint(behaviour=Behaviour(latency_s=0.02)) as endpoint:
            chosen = spec(endpoint, max_in_flight=3)
            models = [open_chat_model(chosen, endpoints) for _ in range(5)]
            await asyncio.gather(*(model.complete(REQUEST) for model in models for _ in range(3)))
        await endpoints.close()
        assert endpoint.most_in_flight == 3

    async def test_a_budget_holds_over_http(self) -> None:
        """Nothing is sent once the budget is spent."""
        async with FakeEndpoint() as endpoint:
            with pytest.raises(BudgetExceeded):
                await ask(spec(endpoint), meter=BudgetMeter(Budget(max_calls=0)))
        assert endpoint.requests == []

    async def test_langchain_speaks_to_the_same_endpoint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A model named provider:name answers, streams and fails like any other."""
        words: list[str] = []
        endpoints = Endpoints()
        plan: tuple[FaultKind | None, ...] = (None, None, "503", "empty")
        async with FakeEndpoint(replies_in_turn(["Not so."]), Behaviour(plan=plan)) as endpoint:
            monkeypatch.setenv("OPENAI_BASE_URL", endpoint.base_url)
            monkeypatch.setenv("OPENAI_API_KEY", "key")
            monkeypatch.setenv("REJOINDER_FORBID_MODEL_REQUESTS", "0")
            model = open_chat_model(ModelSpec(name="openai:gpt-4.1-mini", retries=ONCE), endpoints)
            whole = await model.complete(REQUEST)
            streamed = await model.complete(REQUEST, words.append)
            with pytest.raises(ModelUnavailable):
                await model.complete(REQUEST)
            with pytest.raises(EmptyReply):
                await model.complete(REQUEST)
            await endpoints.close()

        assert whole.text == streamed.text == "".join(words) == "Not so."
        assert whole.usage.cost_usd is not None
        assert whole.usage.cost_usd > 0
        sent = endpoint.requests[0]
        assert sent["temperature"] == 0.0
        assert sent["messages"][0]["content"] == "Be brief."


async def test_real_requests_are_forbidden_in_tests() -> None:
    """One switch keeps the whole suite away from every endpoint, this machine's own included."""
    async with FakeEndpoint() as endpoint:
        with pytest.raises(RequestsForbidden, match="REJOINDER_FORBID_MODEL_REQUESTS"):
            await ask(spec(endpoint))
    assert endpoint.requests == []


@pytest.mark.usefixtures("loopback_requests")
async def test_loopback_does_not_mean_remote() -> None:
    """The fixture for fake endpoints opens nothing beyond this machine."""
    with pytest.raises(RequestsForbidden):
        await ask(ModelSpec(name="x", base_url="https://models.example/v1", retries=ONCE))


async def test_a_missing_provider_package_is_named() -> None:
    """The error says what to install."""
    with pytest.raises(UnknownModel, match="pip install langchain-mistralai"):
        await ask(ModelSpec(name="mistralai:some-model"))
    if importlib.util.find_spec("langchain_anthropic") is None:
        with pytest.raises(UnknownModel, match=r"pip install 'rejoinder\[anthropic\]'"):
            await ask(ModelSpec(name="anthropic:some-model"))


@pytest.mark.usefixtures("loopback_requests")
async def test_a_local_ollama_that_is_down_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its client is asked with parameters that it takes, and nobody listening is an error in one line."""
    pytest.importorskip("langchain_ollama")
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("REJOINDER_FORBID_MODEL_REQUESTS", "0")
    with pytest.raises(ModelUnavailable):
        await ask(ModelSpec(name="ollama:some-model", retries=ONCE))


async def test_a_provider_without_a_key_says_which_variable_it_looks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request goes out to find that out."""
    pytest.importorskip("langchain_anthropic")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(BadCredentials, match="ANTHROPIC_API_KEY"):
        await ask(ModelSpec(name="anthropic:some-model", retries=ONCE))


async def test_an_unknown_provider_is_named() -> None:
    """A misspelt provider is one line, not a traceback."""
    with pytest.raises(UnknownModel, match="opnai"):
        await ask(ModelSpec(name="opnai:gpt"))


async def test_a_name_without_provider_is_an_input_error() -> None:
    """The error says how a model is named."""
    with pytest.raises(InputError, match="provider:name"):
        await ask(ModelSpec(name="gpt"))


async def test_money_cannot_be_bounded_without_a_price() -> None:
    """A budget that could not be kept is refused before anything is asked."""
    with pytest.raises(InputError, match="no price"):
        await ask(
            ModelSpec(name="tiny", base_url="http://127.0.0.1:9/v1"),
            meter=BudgetMeter(Budget(max_cost_usd=1.0)),
        )


def test_refusals_are_named() -> None:
    """A content filter's stop is a refusal, whichever class carries it."""
    import openai

    assert isinstance(translate(openai.ContentFilterFinishReasonError(), "here"), Refused)
