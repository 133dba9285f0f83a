"""Every model call of a run in a file, and runs played back from such a file without any endpoint.

A line holds what was asked (as a digest, with the template's hash and the parameters) and what came back:
the reply, or the error that the caller got. A call is found again by the digest of all that decides its
answer, so that calls made side by side may be played back in any order, and a changed prompt misses instead
of getting an old answer.
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TextIO

from pydantic import ValidationError

from language import errors
from language.chat import ChatModel, ChatRequest, ChatValue, OnWords, Parameters, Reply
from language.errors import InputError, ModelError, PlaybackMiss, RateLimited

Clock = Callable[[], datetime]


class RecordedError(ChatValue):
    """An error as the caller got it."""

    kind: str
    """Class name within our tree."""
    message: str
    retry_after_s: float | None = None


class RecordedCall(ChatValue):
    """One call of a run; exactly one of `reply` and `error` is set."""

    digest: str
    template: str
    """Name and hash of the prompt's template, "name@hash"."""
    model: str
    endpoint: str
    parameters: Parameters
    reply: Reply | None = None
    error: RecordedError | None = None
    seconds: float
    at: datetime


class RecordedTime(ChatValue):
    """One look at the clock during a run, so that a run played back happens at the same times."""

    time: datetime


class CallSink(Protocol):
    """Takes down what a run asks."""

    def append(self, entry: RecordedCall | RecordedTime) -> None:
        """Take down one call, or one look at the clock; does not wait."""
        ...


class CallLog:
    """Appends every call to a file, flushed line by line; several models of a debate share one."""

    def __init__(self, path: Path) -> None:
        """Open the file, to be continued where it exists.

        Raises:
            InputError: It cannot be written.
        """
        try:
            self._file: TextIO = path.open("a", encoding="utf-8")
        except OSError as error:
            raise InputError(f"cannot write the recording {str(path)!r}: {error.strerror}") from error

    def append(self, entry: RecordedCall | RecordedTime) -> None:
        """Write one call, or one look at the clock."""
        self._file.write(entry.model_dump_json(exclude_none=True) + "\n")
        self._file.flush()

    def clock(self, clock: Clock) -> Clock:
        """The same clock, with every look at it written down."""

        def look() -> datetime:
            entry = RecordedTime(time=clock())
            self.append(entry)
            return entry.time

        return look

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class RecordingModel:
    """Writes down every call of the model that it wraps."""

    def __init__(self, inner: ChatModel, log: CallSink) -> None:
        self._inner = inner
        self._log = log

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def endpoint(self) -> str:
        return self._inner.endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        started = time.monotonic()
        try:
            reply = await self._inner.complete(request, on_words)
        except ModelError as error:
            self._write(request, started, None, _recorded(error))
            raise
        self._write(request, started, reply, None)
        return reply

    def _write(self, request: ChatRequest, started: float, reply: Reply | None, error: RecordedError | None) -> None:
        call = RecordedCall(
            digest=request.digest(self._inner.name),
            template=request.template,
            model=self._inner.name,
            endpoint=self._inner.endpoint,
            parameters=request.parameters,
            reply=reply,
            error=error,
            seconds=round(time.monotonic() - started, 4),
            at=datetime.now(UTC),
        )
        self._log.append(call)


class Playback:
    """The calls of a recorded run, each to be given out once, in the order in which they were recorded."""

    def __init__(self, calls: tuple[RecordedCall, ...], times: tuple[datetime, ...] = ()) -> None:
        self._times = deque(times)
        self._waiting: dict[str, deque[RecordedCall]] = defaultdict(deque)
        self._templates: set[str] = set()
        for call in calls:
            self._waiting[call.digest].append(call)
            self._templates.add(call.template)

    def clock(self) -> datetime:
        """The next time of the recorded run.

        Raises:
            PlaybackMiss: The recorded run looked at the clock less often.
        """
        if not self._times:
            raise PlaybackMiss("the recorded run had ended by now: something has changed since; record the run anew")
        return self._times.popleft()

    def take(self, request: ChatRequest, model: str) -> RecordedCall:
        """The recorded call for this request.

        Raises:
            PlaybackMiss: None was recorded, or all that were have been given out; says whether the prompt's
            template
                has changed since.
        """
        waiting = self._waiting.get(request.digest(model))
        if waiting:
            return waiting.popleft()
        name = request.template.split("@")[0]
        earlier = sorted(template for template in self._templates if template.split("@")[0] == name)
        if request.template and earlier and request.template not in earlier:
            why = f"the prompt {name!r} has changed since ({', '.join(earlier)} then, {request.template} now)"
        elif not earlier:
            why = f"no call of the prompt {name!r} was recorded"
        else:
            why = "what the prompt was filled with, the model or its parameters differ"
        raise PlaybackMiss(f"the recording holds no answer of {model!r} to this call: {why}; record the run anew")


def read_recording(path: Path) -> Playback:
    """Read a recording.

    Raises:
        InputError: It cannot be read, or a line of it is no recorded call. A last line that was cut off is
        left out.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the recording {str(path)!r}: {error}") from error
    calls, times = [], []
    for number, line in enumerate(lines, start=1):
        try:
            if line.startswith('{"time":'):
                times.append(RecordedTime.model_validate_json(line).time)
            else:
                calls.append(RecordedCall.model_validate_json(line))
        except ValidationError as error:
            if number == len(lines) and not line.endswith("\n"):
                break
            raise InputError(f"{str(path)!r}, line {number}: not a recorded call; record the run anew") from error
    return Playback(tuple(calls), tuple(times))


class PlaybackModel:
    """Answers from a recording, and asks nobody."""

    def __init__(self, playback: Playback, name: str, endpoint: str) -> None:
        self._playback = playback
        self._name = name
        self._endpoint = endpoint

    @property
    def name(self) -> str:
        return self._name

    @property
    def endpoint(self) -> str:
        return self._endpoint

    async def complete(self, request: ChatRequest, on_words: OnWords | None = None) -> Reply:
        call = self._playback.take(request, self._name)
        if call.error is not None:
            raise _restored(call.error)
        if call.reply is None:
            raise PlaybackMiss(f"the recorded call {call.digest[:12]} holds neither a reply nor an error")
        if on_words is not None:
            on_words(call.reply.text)
        return call.reply


def _recorded(error: ModelError) -> RecordedError:
    retry_after_s = error.retry_after_s if isinstance(error, RateLimited) else None
    return RecordedError(kind=type(error).__name__, message=str(error), retry_after_s=retry_after_s)


def _restored(recorded: RecordedError) -> ModelError:
    if recorded.kind == RateLimited.__name__:
        return RateLimited(recorded.message, recorded.retry_after_s)
    kind = getattr(errors, recorded.kind, None)
    if isinstance(kind, type) and issubclass(kind, ModelError):
        return kind(recorded.message)
    raise PlaybackMiss(f"the recording holds an unknown error {recorded.kind!r}; record the run anew")
