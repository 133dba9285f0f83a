"""Transcripts into the store and out of it, byte for byte."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from api.settings import database_url, read_settings
from debate.agenda import Wait, next_step
from transcripts.database import open_database
from transcripts.files import read_transcript
from transcripts.store import DebateSummary, NewDebate, Status, Store, StoredEvent
from transcripts.transcript import Transcript


@contextlib.asynccontextmanager
async def opened_store() -> AsyncIterator[Store]:
    """The store of the settings in force.

    Raises:
        StoreError: It cannot be used.
    """
    database = await open_database(database_url(read_settings()))
    try:
        yield Store(database)
    finally:
        await database.close()


async def import_files(files: Sequence[Path]) -> list[tuple[Path, str]]:
    """Put transcript files into the store; a last line that was cut off is left out.

    A debate that was cut off is kept as "failed", so that it goes on only when somebody resumes it.

    Raises:
        TranscriptError: A file is no transcript; nothing of any file has been kept.
        StoreError: The store cannot be used.
    """
    read = [(path, read_transcript(path), _lines(path)) for path in files]
    moved = []
    async with opened_store() as store:
        for path, transcript, lines in read:
            events = tuple(
                StoredEvent(seq=event.seq, type=event.type, body=body)
                for event, body in zip(transcript.events, lines[1:], strict=True)
            )
            new = NewDebate(
                header=transcript.header,
                header_line=lines[0],
                owner="import",
                events=events,
                status=status_of(transcript),
            )
            debate, _ = await store.create(new)
            moved.append((path, debate.id))
    return moved


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    return data[: data.rfind(b"\n") + 1].decode("utf-8").split("\n")[:-1]


def status_of(transcript: Transcript) -> Status:
    """What a transcript's debate is doing, where nobody plays it."""
    if transcript.ending is not None:
        return transcript.ending.reason
    step = next_step(transcript.header.setup, transcript.events)
    return step.reason if isinstance(step, Wait) else "failed"


async def newest_debates(limit: int) -> list[DebateSummary]:
    """Debates in the store, newest first.

    Raises:
        StoreError: The store cannot be used.
    """
    async with opened_store() as store:
        return await store.list_debates(limit=limit)


async def stored_lines(debate_id: str) -> list[str]:
    """A debate of the store as the lines of a transcript file.

    Raises:
        NotFound: There is none with this id.
        StoreError: The store cannot be used.
    """
    async with opened_store() as store:
        return await store.lines(debate_id)
