"""Retries, limits and budgets, as wrappers of the same port as the model that they wrap.

From the outside in, a call passes: recording, retries and limits, budget, provider. Every try is counted by
the budget and waits for its place at the endpoint; what is recorded is what the caller got.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from pydantic import Field
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from language.chat import ChatModel, ChatRequest, ChatValue, OnWords, Reply, TokenUsage
from language.costs import Price, count_request_tokens, count_tokens, priced
from language.errors import BudgetExceeded, EmptyReply, ModelUnavailable, RateLimited

TRANSIENT = (ModelUnavailable, RateLimited, EmptyReply)
"""The errors that another try may cure: 5xx, timeouts, dropped connections, 429, empty and truncated
bodies."""

ASSUMED_REPLY_TOKENS = 1000
"""What a reply without an upper bound is expected to take, when a budget asks before the call."""

Pause = Callable[[float], Awaitable[None]]


class RetryPolicy(ChatValue):
    """How patiently a call is tried."""

    tries: int = Field(default=5, ge=1)
    try_timeout_s: float = Field(default=60.0, gt=0)
    """After this a single try counts as hanging."""
    deadline_s: float = Field(default=180.0, gt=0)
    """Seconds for a whole call, retries and pauses included, where the request says nothing else."""
    longest_wait_s: float = Field(default=20.0, ge=0)
    """Upper bound of the pause between tries where the endpoint asked for none; its Retry-After is obeyed
    as it is."""


class Gate(Protocol):
    """What every call of one endpoint passes."""

    @property
    def slots(self) -> AbstractAsyncContextManager[object]:
        """A place at the endpoint, for as long as it is entered: a call with its retries."""
        ...

    async def permit(self) -> None:
        """Wait until one more try may start."""
        ...


class EndpointGate:
    """How many calls one endpoint gets at once and in a minute, from all debates of a process."""

    def __init__(
        self,
        max_in_flight: int = 32,
        max_per_minute: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._places = asyncio.Semaphore(max_in_flight)
        self._max_per_minute = max_per_minute
        self._clock = clock
        self._pause = pause
        self._turnstile = asyncio.Lock()
        self._started: deque[float] = deque()

    @property
    def slots(self) -> AbstractAsyncContextManager[object]:
        """A place at the endpoint; first come, first served."""
        return self._places

    async def permit(self) -> None:
        """Wait until one more call may start; first come, first served."""
        if self._max_per_minute is None:
            return
        # The lock is held while waiting: whoever comes later must not overtake.
        async with self._turnstile:
            while len(self._started) >= self._max_per_minute:
                opens_in_s = self._started[0] + 60.0 - self._clock()
                if opens_in_s <= 0:
                    self._started.popleft()
                else:
                    await self._pause(opens_in_s)
            self._started.append(self._clock())


class RetryingModel:
    """Takes its turn at the endpoint, and tries again what failed for a passing reason.

    Ends when the tries or the request's deadline are used up; the last error is raised as it is. Waiting
    for other debates' calls counts against no deadline: it says nothing about the endpoint.
    """

    def __init__(
        self,
        inner: ChatModel,
        policy: RetryPolicy | None = None,
        gate: Gate | None = None,
        *,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._inner = inner
        self._policy = policy or RetryPolicy()
        self._gate: Gate = gate or EndpointGate()
        self._pause = pause
        self._backoff = wait_random_exponential(multiplier=0.5, max=self._policy.longest_wait_s)

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def endpoint(self) -> str:
        return self._inner.endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        async with self._gate.slots:
            clock = _CallClock(request.deadline_s or self._policy.deadline_s)
            try:
                return await self._try_once(request, on_words, clock)
            except TRANSIENT as error:
                first: list[Exception] = [error]

            async def next_try() -> Reply:
                # The first try is made above: most calls need no more, and the retry machinery costs time.
                if first:
                    raise first.pop()
                if on_words is not None:
                    on_words("")  # what was shown of the failed try is void
                return await self._try_once(request, on_words, clock)

            tries = stop_after_attempt(1 if request.single_try else self._policy.tries)
            retrying = AsyncRetrying(
                sleep=self._pause,
                stop=lambda state: tries(state) or state.upcoming_sleep >= clock.left_s(),
                wait=self._wait_s,
                retry=retry_if_exception_type(TRANSIENT),
                reraise=True,
            )
            reply: Reply = await retrying(next_try)
            return reply

    async def _try_once(self, request: ChatRequest, on_words: OnWords | None, clock: "_CallClock") -> Reply:
        asked_at = time.monotonic()
        await self._gate.permit()
        clock.forgive(time.monotonic() - asked_at)
        timeout_s = max(min(self._policy.try_timeout_s, clock.left_s()), 0.001)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._inner.complete(request, on_words)
        except TimeoutError as error:
            raise ModelUnavailable(
                f"{self.endpoint} gave no answer within {timeout_s:.1f} s; check that it is up, or allow more time"
            ) from error

    def _wait_s(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimited) and error.retry_after_s is not None:
            return error.retry_after_s
        return float(self._backoff(state))


class _CallClock:
    """What is left of one call's deadline."""

    def __init__(self, deadline_s: float) -> None:
        self._ends_at = time.monotonic() + deadline_s

    def forgive(self, seconds: float) -> None:
        self._ends_at += seconds

    def left_s(self) -> float:
        return self._ends_at - time.monotonic()


class Budget(ChatValue):
    """What one debate may take; None means no bound."""

    max_calls: int | None = Field(default=None, ge=0)
    max_tokens: int | None = Field(default=None, ge=0)
    """Input and output together."""
    max_cost_usd: float | None = Field(default=None, ge=0)
    max_seconds: float | None = Field(default=None, ge=0)
    """Wall time from the first call on."""


class BudgetMeter:
    """Counts what one debate's models take together, and stops calls that its budget does not cover.

    `spent_before` is what the debate took before it was interrupted, so that a resumed debate goes on
    counting.
    """

    def __init__(
        self,
        budget: Budget | None = None,
        spent_before: TokenUsage | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.budget = budget or Budget()
        self.spent = spent_before or TokenUsage()
        self._promised_tokens = 0
        self._promised_cost_usd = 0.0
        self._promised_calls = 0
        self._clock = clock
        self._started_at: float | None = None

    def promise(self, tokens: int, cost_usd: float) -> None:
        """Set aside what one call is expected to take.

        Raises:
            BudgetExceeded: It would take more than is left; nothing was set aside.
        """
        budget, spent = self.budget, self.spent
        self._started_at = self._clock() if self._started_at is None else self._started_at
        used_tokens = spent.input_tokens + spent.output_tokens + self._promised_tokens
        if budget.max_calls is not None and spent.calls + self._promised_calls + 1 > budget.max_calls:
            raise _exceeded(f"{budget.max_calls} model calls")
        if budget.max_tokens is not None and used_tokens + tokens > budget.max_tokens:
            raise _exceeded(f"{budget.max_tokens:,} tokens ({used_tokens:,} used, the next call may take {tokens:,})")
        used_usd = (spent.cost_usd or 0.0) + self._promised_cost_usd
        if budget.max_cost_usd is not None and used_usd + cost_usd > budget.max_cost_usd:
            raise _exceeded(f"${budget.max_cost_usd:.4f} (${used_usd:.4f} used)")
        if budget.max_seconds is not None and self._clock() - self._started_at >= budget.max_seconds:
            raise _exceeded(f"{budget.max_seconds:.0f} seconds")
        self._promised_calls += 1
        self._promised_tokens += tokens
        self._promised_cost_usd += cost_usd

    def settle(self, tokens: int, cost_usd: float, taken: TokenUsage) -> None:
        """Replace a promise by what the call really took."""
        self._promised_calls -= 1
        self._promised_tokens -= tokens
        self._promised_cost_usd -= cost_usd
        self.spent = self.spent + taken


def _exceeded(what: str) -> BudgetExceeded:
    return BudgetExceeded(f"the debate's budget of {what} is spent; resume the debate with a larger one")


class MeteredModel:
    """Checks the budget before a call, and sees to it that every reply says what it took.

    Where the endpoint reports no usage, tokens are counted here and marked as estimated.
    """

    def __init__(self, inner: ChatModel, meter: BudgetMeter, price: Price | None = None) -> None:
        self._inner = inner
        self._meter = meter
        self._price = price

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def endpoint(self) -> str:
        return self._inner.endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        tokens_in = count_request_tokens(request)
        tokens_out = request.parameters.max_tokens or ASSUMED_REPLY_TOKENS
        cost_usd = self._price.cost_usd(tokens_in, tokens_out) if self._price else 0.0
        self._meter.promise(tokens_in + tokens_out, cost_usd)
        # A try that fails, or is cancelled in flight, is still a call that was made.
        taken = TokenUsage(calls=1)
        try:
            reply = await self._inner.complete(request, on_words)
            taken = self._taken(reply, tokens_in)
        finally:
            self._meter.settle(tokens_in + tokens_out, cost_usd, taken)
        return reply.model_copy(update={"usage": taken})

    def _taken(self, reply: Reply, tokens_in: int) -> TokenUsage:
        usage = reply.usage.model_copy(update={"calls": 1})
        if not usage.input_tokens and not usage.output_tokens:
            usage = TokenUsage(calls=1, input_tokens=tokens_in, output_tokens=count_tokens(reply.text), estimated=True)
        return priced(usage, self._price)
