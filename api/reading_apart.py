"""A large upload is read in a process of its own: it may take its time, and is ended when it takes too long.

    python -m api.reading_apart < REQUEST

The request is one line of JSON and then the bytes of the file; the answer is JSON on standard output. Readers are
linear in what they read, but a hostile file can still keep a processor busy for minutes, and a thread cannot be ended.
"""

import asyncio
import contextlib
import json
import os
import sys

from pydantic import BaseModel, ConfigDict

from language.errors import InputError, ThreadError
from personas.persona import Cast
from personas.thread import Thread

LARGE_BYTES = 500_000
"""From here on a file is read apart; starting a process takes about as long as reading so much."""


class ReadRequest(BaseModel):
    """How a file is to be read."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    format: str | None
    motion: str | None


class ReadAnswer(BaseModel):
    """What was read, or why it could not be."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    thread: Thread | None = None
    cast: Cast | None = None
    refusal: str | None = None


def read_here(data: bytes, wanted: ReadRequest) -> tuple[Thread, Cast]:
    """Read a discussion and find its personas, in this process.

    Raises:
        ThreadError: It cannot be read as a discussion.
    """
    from personas.extraction import extract_cast
    from personas.reading import read_thread_text

    thread = read_thread_text(data, wanted.name, wanted.format)
    return thread, extract_cast(thread, wanted.motion)


async def read_upload(data: bytes, wanted: ReadRequest, limit_s: float) -> tuple[Thread, Cast]:
    """Read a discussion and find its personas, without keeping anybody waiting meanwhile.

    Args:
        data: The bytes of the file.
        wanted: How to read it.
        limit_s: How long a large one may take.

    Raises:
        ThreadError: It cannot be read as a discussion, or takes longer.
    """
    if len(data) < LARGE_BYTES:
        return await asyncio.to_thread(read_here, data, wanted)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.reading_apart"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(limit_s):
            line = wanted.model_dump_json().encode() + b"\n"
            out, _ = await process.communicate(line + data)
    except TimeoutError as error:
        raise ThreadError(f"reading this takes more than {limit_s:g} s; upload it in several parts") from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise ThreadError("this could not be read: reading it took more memory than there is, or failed")
    answer = await asyncio.to_thread(ReadAnswer.model_validate_json, out)
    if answer.thread is None or answer.cast is None:
        raise ThreadError(answer.refusal or "this could not be read")
    return answer.thread, answer.cast


def main() -> None:
    """Answer one request."""
    with contextlib.suppress(OSError):
        os.nice(5)  # whoever watches a debate comes first
    wanted = ReadRequest.model_validate(json.loads(sys.stdin.buffer.readline()))
    try:
        thread, cast = read_here(sys.stdin.buffer.read(), wanted)
    except InputError as error:
        answer = ReadAnswer(refusal=str(error))
    else:
        answer = ReadAnswer(thread=thread, cast=cast)
    sys.stdout.buffer.write(answer.model_dump_json().encode())


if __name__ == "__main__":
    main()
