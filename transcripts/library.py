"""What debates are made from: threads with their personas, and fact sheets."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from debate.referee.facts import FactSheet
from language.errors import Conflict, NotFound
from personas.persona import Cast, Persona
from personas.thread import Frozen, Thread
from transcripts.database import Database, new_id, now_ms
from transcripts.tables import PERSONAS, SHEETS, THREADS

Origin = Literal["extracted", "edited", "created"]
"""Whether a persona is as the program found it, as a person corrected it, or made by hand."""


class ThreadSummary(Frozen):
    """What a list of threads shows of one."""

    id: str
    created_at_ms: int
    owner: str
    name: str
    digest: str
    motion: str
    delete_after_ms: int | None


class StoredThread(ThreadSummary):
    """A thread as it was read."""

    thread: Thread


class StoredPersona(Frozen):
    """A persona of a thread."""

    persona: Persona
    origin: Origin
    version: int
    """Raised by every change; an edit names the version that it changes."""


class SheetSummary(Frozen):
    """A fact sheet without its facts."""

    digest: str
    created_at_ms: int
    owner: str
    sheet_id: str
    title: str
    version: str
    facts: int


class Library:
    """Threads, personas and sheets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_thread(
        self, thread: Thread, cast: Cast, *, name: str, owner: str, delete_after_ms: int | None = None
    ) -> ThreadSummary:
        """Keep a thread and the personas found in it."""
        thread_id = new_id("t")

        def query(connection: Connection) -> ThreadSummary:
            connection.execute(
                insert(THREADS).values(
                    id=thread_id,
                    created_at_ms=now_ms(connection),
                    owner=owner,
                    name=name,
                    digest=thread.digest,
                    motion=cast.motion,
                    body=thread.model_dump_json(),
                    delete_after_ms=delete_after_ms,
                )
            )
            _insert_personas(connection, thread_id, [(one, "extracted") for one in cast.personas])
            return _summary(connection.execute(_thread_columns().where(THREADS.c.id == thread_id)).one())

        return await self._database.write(query)

    async def list_threads(self, before: str | None = None, limit: int = 50) -> list[ThreadSummary]:
        """Threads, newest first; `before` is the last id of the page before."""
        query = _thread_columns().order_by(THREADS.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(THREADS.c.id < before)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_summary(row) for row in rows]

    async def thread(self, thread_id: str) -> StoredThread:
        """One thread.

        Raises:
            NotFound: There is none with this id.
        """
        query = select(THREADS).where(THREADS.c.id == thread_id)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise NotFound(f"there is no thread {thread_id!r}")
        return StoredThread(**_summary(row).model_dump(), thread=Thread.model_validate_json(row.body))

    async def correct_thread(
        self, thread_id: str, before: Thread, corrected: Thread, cast: Cast, *, discard_edits: bool
    ) -> None:
        """Put a corrected thread in a thread's place, and personas found in it in place of those extracted before.

        Args:
            thread_id: Which.
            before: What was corrected; where it is not what is kept, nothing is done.
            corrected: The thread with the corrections.
            cast: Personas found in it.
            discard_edits: Whether personas that a person edited may be replaced too; those made by hand stay.

        Raises:
            NotFound: There is no such thread.
            Conflict: Somebody else has corrected it meanwhile, or there are edited personas.
        """
        row = THREADS.c.id == thread_id

        def query(connection: Connection) -> None:
            kept = connection.execute(select(THREADS.c.body, THREADS.c.as_read).where(row)).one_or_none()
            if kept is None:
                raise NotFound(f"there is no thread {thread_id!r}")
            if kept.body != before.model_dump_json():
                raise Conflict(f"thread {thread_id!r} has been corrected by somebody else meanwhile; read it again")
            values = {"body": corrected.model_dump_json(), "as_read": kept.as_read or kept.body}
            connection.execute(update(THREADS).where(row).values(values))
            _replace_extracted(connection, thread_id, cast, discard_edits=discard_edits)

        await self._database.write(query)

    async def as_read(self, thread_id: str) -> Thread:
        """A thread as it was before all corrections.

        Raises:
            NotFound: There is no such thread.
        """
        query = select(THREADS.c.body, THREADS.c.as_read).where(THREADS.c.id == thread_id)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise NotFound(f"there is no thread {thread_id!r}")
        return Thread.model_validate_json(row.as_read or row.body)

    async def delete_thread(self, thread_id: str) -> None:
        """Delete a thread and its personas; debates made from it stay.

        Raises:
            NotFound: There is none with this id.
        """
        query = delete(THREADS).where(THREADS.c.id == thread_id)
        if not await self._database.write(lambda connection: connection.execute(query).rowcount):
            raise NotFound(f"there is no thread {thread_id!r}")

    async def delete_expired(self) -> list[str]:
        """Delete the threads whose time is over; returns their ids."""

        def query(connection: Connection) -> list[str]:
            expired = delete(THREADS).where(THREADS.c.delete_after_ms < now_ms(connection))
            return [str(one) for one in connection.execute(expired.returning(THREADS.c.id)).scalars()]

        return await self._database.write(query)

    async def cast(self, thread_id: str) -> tuple[Cast, tuple[StoredPersona, ...]]:
        """The thread's personas, as a cast and with where each comes from.

        Raises:
            NotFound: There is no such thread.
        """
        found = await self.thread(thread_id)
        query = select(PERSONAS).where(PERSONAS.c.thread_id == thread_id).order_by(PERSONAS.c.place)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        stored = tuple(_persona(row) for row in rows)
        cast = Cast(
            motion=found.motion,
            offsets=found.thread.offsets,
            thread_digest=found.digest,
            personas=tuple(one.persona for one in stored),
        )
        return cast, stored

    async def persona(self, thread_id: str, persona_id: str) -> StoredPersona:
        """One persona.

        Raises:
            NotFound: The thread has none with this id, or does not exist.
        """
        query = select(PERSONAS).where(PERSONAS.c.thread_id == thread_id, PERSONAS.c.id == persona_id)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise NotFound(f"thread {thread_id!r} has no persona {persona_id!r}")
        return _persona(row)

    async def replace_cast(self, thread_id: str, motion: str, personas: Sequence[tuple[Persona, Origin]]) -> None:
        """Put a new motion and new personas in place of a thread's.

        Raises:
            NotFound: There is no such thread.
        """

        def query(connection: Connection) -> None:
            changed = update(THREADS).where(THREADS.c.id == thread_id).values(motion=motion)
            if not connection.execute(changed).rowcount:
                raise NotFound(f"there is no thread {thread_id!r}")
            connection.execute(delete(PERSONAS).where(PERSONAS.c.thread_id == thread_id))
            _insert_personas(connection, thread_id, personas)

        await self._database.write(query)

    async def add_persona(self, thread_id: str, persona: Persona) -> StoredPersona:
        """Add a persona made by hand.

        Raises:
            NotFound: There is no such thread.
            Conflict: The thread has a persona with this id.
        """

        def query(connection: Connection) -> None:
            places = select(PERSONAS.c.place).where(PERSONAS.c.thread_id == thread_id).order_by(PERSONAS.c.place.desc())
            last = connection.execute(places.limit(1)).scalar_one_or_none()
            if connection.execute(select(THREADS.c.id).where(THREADS.c.id == thread_id)).one_or_none() is None:
                raise NotFound(f"there is no thread {thread_id!r}")
            same = select(PERSONAS.c.id).where(PERSONAS.c.thread_id == thread_id, PERSONAS.c.id == persona.id)
            if connection.execute(same).one_or_none() is not None:
                raise Conflict(f"thread {thread_id!r} has a persona {persona.id!r}")
            _insert_personas(connection, thread_id, [(persona, "created")], 0 if last is None else last + 1)

        await self._database.write(query)
        return await self.persona(thread_id, persona.id)

    async def change_persona(self, thread_id: str, persona: Persona, version: int) -> StoredPersona:
        """Replace a persona with an edited one.

        Args:
            thread_id: Its thread.
            persona: As it shall be; its id says which.
            version: The version that was edited.

        Raises:
            NotFound: There is no such persona.
            Conflict: Somebody else has changed it since.
        """
        same = (PERSONAS.c.thread_id == thread_id) & (PERSONAS.c.id == persona.id)
        values = {"body": persona.model_dump_json(), "origin": "edited", "version": version + 1}
        query = update(PERSONAS).where(same, PERSONAS.c.version == version).values(values)
        if not await self._database.write(lambda connection: connection.execute(query).rowcount):
            now = await self.persona(thread_id, persona.id)
            raise Conflict(f"persona {persona.id!r} has been changed since; it is at version {now.version}")
        return await self.persona(thread_id, persona.id)

    async def delete_persona(self, thread_id: str, persona_id: str) -> None:
        """Delete a persona; debates that it takes part in stay.

        Raises:
            NotFound: There is no such persona.
        """
        query = delete(PERSONAS).where(PERSONAS.c.thread_id == thread_id, PERSONAS.c.id == persona_id)
        if not await self._database.write(lambda connection: connection.execute(query).rowcount):
            raise NotFound(f"thread {thread_id!r} has no persona {persona_id!r}")

    async def add_sheet(self, sheet: FactSheet, owner: str) -> tuple[SheetSummary, bool]:
        """Keep a fact sheet; the same file twice is one sheet.

        Returns:
            The sheet, and whether it is new.
        """

        def query(connection: Connection) -> tuple[SheetSummary, bool]:
            same = _sheet_columns().where(SHEETS.c.digest == sheet.digest)
            found = connection.execute(same).one_or_none()
            if found is not None:
                return SheetSummary.model_validate(dict(found._mapping)), False
            connection.execute(
                insert(SHEETS).values(
                    digest=sheet.digest,
                    created_at_ms=now_ms(connection),
                    owner=owner,
                    sheet_id=sheet.id,
                    title=sheet.title,
                    version=sheet.version,
                    facts=len(sheet.facts),
                    body=sheet.model_dump_json(),
                )
            )
            return SheetSummary.model_validate(dict(connection.execute(same).one()._mapping)), True

        return await self._database.write(query)

    async def list_sheets(self) -> list[SheetSummary]:
        """All sheets and their versions, newest first."""
        query = _sheet_columns().order_by(SHEETS.c.created_at_ms.desc(), SHEETS.c.digest)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [SheetSummary.model_validate(dict(row._mapping)) for row in rows]

    async def sheet(self, digest: str) -> FactSheet:
        """One sheet with its facts.

        Raises:
            NotFound: There is none with this digest.
        """
        query = select(SHEETS.c.body).where(SHEETS.c.digest == digest)
        body = await self._database.read(lambda connection: connection.execute(query).scalar_one_or_none())
        if body is None:
            raise NotFound(f"there is no fact sheet {digest!r}")
        return FactSheet.model_validate_json(body)

    async def delete_sheet(self, digest: str) -> None:
        """Delete a sheet; debates that used it keep the facts that were cited, but can no longer go on.

        Raises:
            NotFound: There is none with this digest.
        """
        query = delete(SHEETS).where(SHEETS.c.digest == digest)
        if not await self._database.write(lambda connection: connection.execute(query).rowcount):
            raise NotFound(f"there is no fact sheet {digest!r}")


def _insert_personas(
    connection: Connection, thread_id: str, personas: Sequence[tuple[Persona, Origin]], first_place: int = 0
) -> None:
    rows = [
        {
            "thread_id": thread_id,
            "id": one.id,
            "place": place,
            "origin": origin,
            "version": 1,
            "body": one.model_dump_json(),
        }
        for place, (one, origin) in enumerate(personas, start=first_place)
    ]
    if rows:
        connection.execute(insert(PERSONAS), rows)


def _replace_extracted(connection: Connection, thread_id: str, cast: Cast, *, discard_edits: bool) -> None:
    mine = PERSONAS.c.thread_id == thread_id
    edited = connection.execute(select(PERSONAS.c.id).where(mine, PERSONAS.c.origin == "edited")).scalars().all()
    if edited and not discard_edits:
        raise Conflict(f"personas have been edited ({', '.join(edited)}); say that the edits may be discarded")
    connection.execute(delete(PERSONAS).where(mine, PERSONAS.c.origin != "created"))
    by_hand = set(connection.execute(select(PERSONAS.c.id).where(mine)).scalars())
    found: list[tuple[Persona, Origin]] = [(one, "extracted") for one in cast.personas if one.id not in by_hand]
    connection.execute(update(PERSONAS).where(mine).values(place=PERSONAS.c.place + len(found)))
    _insert_personas(connection, thread_id, found)


def _thread_columns() -> Select[Any]:
    return select(*(THREADS.c[name] for name in ThreadSummary.model_fields))


def _sheet_columns() -> Select[Any]:
    return select(*(SHEETS.c[name] for name in SheetSummary.model_fields))


def _summary(row: Row[Any]) -> ThreadSummary:
    return ThreadSummary.model_validate({name: getattr(row, name) for name in ThreadSummary.model_fields})


def _persona(row: Row[Any]) -> StoredPersona:
    return StoredPersona(persona=Persona.model_validate_json(row.body), origin=row.origin, version=row.version)
