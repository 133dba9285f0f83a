import asyncio

import pytest

from language.chat import ChatRequest, Message, Parameters, TokenUsage
from language.costs import Price
from language.errors import BadCredentials, BudgetExceeded, EmptyReply, ModelError, ModelUnavailable, RateLimited
from language.resilience import Budget, BudgetMeter, EndpointGate, MeteredModel, RetryingModel, RetryPolicy
from language.scripted import ScriptedChatModel


def request(text: str = "Well?", **settings: object) -> ChatRequest:
    return ChatRequest.model_validate({"messages": [{"role": "user", "content": text}], **settings})


class Pauses:
    """Takes no time and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)


@pytest.mark.parametrize("error", [ModelUnavailable("down"), RateLimited("slow", 0.5), EmptyReply("nothing")])
async def test_transient_errors_are_tried_again(error: ModelError) -> None:
    """What another try may cure gets another try."""
    model = RetryingModel(ScriptedChatModel([error, error, "At last."]), pause=Pauses())

    assert (await model.complete(request())).text == "At last."


async def test_other_errors_are_not_tried_again() -> None:
    """A wrong key stays wrong, however often it is shown."""
    scripted = ScriptedChatModel([BadCredentials("no"), "never said"])

    with pytest.raises(BadCredentials):
        await RetryingModel(scripted, pause=Pauses()).complete(request())
    assert len(scripted.requests) == 1


async def test_retry_after_is_obeyed() -> None:
    """The endpoint's own pause is kept to the second."""
    pauses = Pauses()
    model = RetryingModel(ScriptedChatModel([RateLimited("slow", 7.25), "Now."]), pause=pauses)

    await model.complete(request())

    assert pauses.asked == [7.25]


async def test_a_pause_longer_than_the_deadline_is_not_waited_for() -> None:
    """A call ends with the last error rather than beyond its deadline."""
    pauses = Pauses()
    model = RetryingModel(ScriptedChatModel([RateLimited("slow", 90.0), "Too late."]), pause=pauses)

    with pytest.raises(RateLimited):
        await model.complete(request(deadline_s=10.0))
    assert pauses.asked == []


async def test_the_last_error_is_raised_when_tries_are_used_up() -> None:
    """Callers see our errors, never the retry library's."""
    scripted = ScriptedChatModel([ModelUnavailable(f"down {number}") for number in range(9)])

    with pytest.raises(ModelUnavailable, match="down 2"):
        await RetryingModel(scripted, RetryPolicy(tries=3), pause=Pauses()).complete(request())
    assert len(scripted.requests) == 3


async def test_a_single_try_is_single() -> None:
    """A question about the endpoint itself is asked once."""
    scripted = ScriptedChatModel([ModelUnavailable("down"), "up"])

    with pytest.raises(ModelUnavailable):
        await RetryingModel(scripted, pause=Pauses()).complete(request(single_try=True))
    assert len(scripted.requests) == 1


class Hanging:
    """A model that never answers."""

    name = "hanging"
    endpoint = "nowhere"

    async def complete(self, request: ChatRequest, on_words: object = None) -> None:
        await asyncio.Event().wait()


async def test_a_hanging_try_ends_at_its_timeout() -> None:
    """No call outlives its time, and what it raises says who hung."""
    model = RetryingModel(Hanging(), RetryPolicy(tries=2, try_timeout_s=0.01), pause=Pauses())  # type: ignore[arg-type]

    with pytest.raises(ModelUnavailable, match="nowhere gave no answer"):
        await model.complete(request())


class Counting:
    """A model that counts how many calls it has at once."""

    name = "counting"
    endpoint = "here"

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self.inner = ScriptedChatModel(lambda _: "Yes.")

    async def complete(self, request: ChatRequest, on_words: object = None) -> object:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            for _ in range(5):
                await asyncio.sleep(0)
            return await self.inner.complete(request)
        finally:
            self.now -= 1


async def test_calls_in_flight_are_bounded_across_models() -> None:
    """All debates of a process share an endpoint's limit."""
    counting, gate = Counting(), EndpointGate(max_in_flight=3)
    models = [RetryingModel(counting, gate=gate) for _ in range(4)]  # type: ignore[arg-type]

    await asyncio.gather(*(model.complete(request()) for model in models for _ in range(5)))

    assert counting.most == 3


async def test_calls_per_minute_are_bounded() -> None:
    """The fourth call in a minute of three waits until the first is a minute old."""
    now = [0.0]

    async def pause(seconds: float) -> None:
        now[0] += seconds

    gate = EndpointGate(max_per_minute=3, clock=lambda: now[0], pause=pause)
    started = []
    for _ in range(7):
        await gate.permit()
        started.append(now[0])
        now[0] += 1.0

    assert started == [0, 1, 2, 60, 61, 62, 120]


async def test_a_budget_in_calls_is_checked_before_the_call() -> None:
    """The call that would exceed it is never made."""
    scripted = ScriptedChatModel(lambda _: "Yes.")
    model = MeteredModel(scripted, BudgetMeter(Budget(max_calls=2)))

    await model.complete(request())
    await model.complete(request())
    with pytest.raises(BudgetExceeded, match="2 model calls"):
        await model.complete(request())
    assert len(scripted.requests) == 2


async def test_calls_side_by_side_cannot_exceed_a_budget_together() -> None:
    """What is in flight is set aside."""
    scripted = ScriptedChatModel(lambda _: "Yes.")
    model = MeteredModel(scripted, BudgetMeter(Budget(max_calls=3)))

    results = await asyncio.gather(*(model.complete(request()) for _ in range(10)), return_exceptions=True)

    assert len(scripted.requests) == 3
    assert sum(isinstance(result, BudgetExceeded) for result in results) == 7


@pytest.mark.parametrize("budget", [Budget(max_tokens=50), Budget(max_cost_usd=0.00001), Budget(max_seconds=0.0)])
async def test_tokens_money_and_seconds_are_bounded(budget: Budget) -> None:
    """Each kind of budget stops a call that it does not cover."""
    scripted = ScriptedChatModel(lambda _: "Yes.")
    model = MeteredModel(scripted, BudgetMeter(budget), Price(input_usd=1.0, output_usd=2.0))

    with pytest.raises(BudgetExceeded):
        await model.complete(request("word " * 100, parameters=Parameters(max_tokens=100)))
    assert scripted.requests == []


async def test_a_resumed_debate_goes_on_counting() -> None:
    """What was spent before the interruption counts."""
    meter = BudgetMeter(Budget(max_calls=5), TokenUsage(calls=5))

    with pytest.raises(BudgetExceeded):
        await MeteredModel(ScriptedChatModel(["Yes."]), meter).complete(request())


async def test_failed_calls_count_and_free_what_was_set_aside() -> None:
    """A failure spends a call, and no tokens."""
    meter = BudgetMeter(Budget(max_calls=2, max_tokens=2000))
    model = MeteredModel(ScriptedChatModel([ModelUnavailable("down"), "Yes."]), meter)

    with pytest.raises(ModelUnavailable):
        await model.complete(request())
    await model.complete(request())

    assert meter.spent.calls == 2
    assert meter.spent.output_tokens == 2


async def test_usage_is_counted_where_none_is_reported() -> None:
    """Cost is never silently zero: counted tokens are marked as estimated, and priced."""

    class Silent:
        name = "silent"
        endpoint = "here"

        async def complete(self, request: ChatRequest, on_words: object = None) -> object:
            reply = await ScriptedChatModel(["Four words are here."]).complete(request)
            return reply.model_copy(update={"usage": TokenUsage(calls=1)})

    meter = BudgetMeter()
    model = MeteredModel(Silent(), meter, Price(input_usd=1e6, output_usd=1e6))  # type: ignore[arg-type]
    reply = await model.complete(ChatRequest(messages=(Message(role="user", content="How many?"),)))

    assert reply.usage.estimated
    assert reply.usage.output_tokens > 0
    assert reply.usage.cost_usd == pytest.approx(reply.usage.input_tokens + reply.usage.output_tokens)
    assert meter.spent == reply.usage
