"""The event log in a database: debates, their events, leases and commands.

Events are append-only. An event is written in one transaction with its debate's status, and only by whoever holds the
debate's newest lease: two runners can never both append.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, or_, select, text, update

from debate.events import EVENT, DebateEnded, EndReason, Event
from debate.interventions import WaitReason
from language.errors import LeaseLost, NotFound, StoreError
from language.resilience import Budget
from personas.thread import Frozen
from transcripts.channels import COMMANDS_CHANNEL
from transcripts.database import Database, new_id, now_ms
from transcripts.tables import COMMANDS, DEBATES, EVENTS
from transcripts.transcript import Header, Transcript

Status = Literal["queued", "running", "waiting_for_model"] | WaitReason | EndReason
"""queued: a runner will take it; running: one has it; waiting_for_model: one has it, and knocks at a model's endpoint
that is gone; then what it waits for, or how it ended."""

_MOST_IDS = 500  # in one statement; SQLite bounds their number

LEASE_S = 10.0
"""How long a runner may be silent before another one takes its debate."""


class Options(Frozen):
    """How a debate is run, beside what its header says; not part of the transcript."""

    words_per_s: float | None = Field(default=None, gt=0, le=1000)
    """Pace in words a second, so that people can follow; None for as fast as it goes."""
    budget: Budget = Budget()
    """What its models may take."""


class DebateSummary(Frozen):
    """What a list of debates shows of one."""

    id: str
    created_at_ms: int
    owner: str
    status: Status
    last_seq: int
    motion: str
    format: str
    thread_id: str | None
    sheet_digest: str | None
    options: Options
    delete_after_ms: int | None


class StoredDebate(DebateSummary):
    """A debate without its events."""

    header: Header
    request_digest: str | None


class StoredEvent(Frozen):
    """An event as it lies in the log."""

    seq: int
    type: str
    body: str
    """Its JSON, byte for byte as it was written."""


class StoredCommand(Frozen):
    """A command and what became of it."""

    id: str
    debate_id: str
    actor: str
    body: str
    state: Literal["waiting", "applied", "refused"]
    applied_seq: int | None = None
    refusal: str | None = None


class Progress(Frozen):
    """How far a debate has come."""

    last_seq: int
    status: Status


class Lease(Frozen):
    """The right to append to one debate, until another runner takes it."""

    debate_id: str
    epoch: int


@dataclass(frozen=True, slots=True)
class NewDebate:
    """What a debate starts with."""

    header: Header
    owner: str
    thread_id: str | None = None
    sheet_digest: str | None = None
    options: Options = field(default_factory=Options)
    idempotency_key: str | None = None
    request_digest: str | None = None
    delete_after_ms: int | None = None
    events: tuple[StoredEvent, ...] = ()
    """Events that it takes over, from the debate it branches from or from a file."""
    status: Status = "queued"
    header_line: str | None = None
    """The header as a file has it; None to write it anew."""


class Store:
    """Debates and their events."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def create(self, new: NewDebate) -> tuple[StoredDebate, bool]:
        """Create a debate, or find the one that the same owner made with the same idempotency key.

        Returns:
            The debate, and whether it is new.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """

        def query(connection: Connection) -> tuple[StoredDebate, bool]:
            if new.idempotency_key is not None:
                same = (DEBATES.c.owner == new.owner) & (DEBATES.c.idempotency_key == new.idempotency_key)
                found = connection.execute(select(DEBATES).where(same)).one_or_none()
                if found is not None:
                    return _debate(found), False
            debate_id = new_id("d")
            connection.execute(
                insert(DEBATES).values(
                    id=debate_id,
                    created_at_ms=now_ms(connection),
                    owner=new.owner,
                    status=new.status,
                    last_seq=len(new.events),
                    wanted=1 if new.status == "queued" else 0,
                    lease_epoch=0,
                    idempotency_key=new.idempotency_key,
                    request_digest=new.request_digest,
                    thread_id=new.thread_id,
                    sheet_digest=new.sheet_digest,
                    motion=new.header.motion,
                    format=new.header.format,
                    header=new.header_line or new.header.model_dump_json(),
                    options=new.options.model_dump_json(),
                    delete_after_ms=new.delete_after_ms,
                )
            )
            if new.events:
                rows = [{"debate_id": debate_id, **event.model_dump()} for event in new.events]
                connection.execute(insert(EVENTS), rows)
            return _debate(connection.execute(_debate_row(debate_id)).one()), True

        return await self.database.write(query)

    async def get(self, debate_id: str) -> StoredDebate:
        """One debate.

        Raises:
            NotFound: There is none with this id.
        """
        row = await self.database.read(lambda connection: connection.execute(_debate_row(debate_id)).one_or_none())
        if row is None:
            raise NotFound(f"there is no debate {debate_id!r}")
        return _debate(row)

    async def get_summary(self, debate_id: str) -> DebateSummary:
        """One debate without its header, which can be large.

        Raises:
            NotFound: There is none with this id.
        """
        columns = [DEBATES.c[name] for name in DebateSummary.model_fields]
        query = select(*columns).where(DEBATES.c.id == debate_id)
        row = await self.database.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise NotFound(f"there is no debate {debate_id!r}")
        return _summary(row)

    async def list_debates(
        self, before: str | None = None, limit: int = 50, status: str | None = None, thread_id: str | None = None
    ) -> list[DebateSummary]:
        """Debates, newest first; `before` is the last id of the page before."""
        columns = [DEBATES.c[name] for name in DebateSummary.model_fields]
        query = select(*columns).order_by(DEBATES.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(DEBATES.c.id < before)
        if status is not None:
            query = query.where(DEBATES.c.status == status)
        if thread_id is not None:
            query = query.where(DEBATES.c.thread_id == thread_id)
        rows = await self.database.read(lambda connection: connection.execute(query).all())
        return [_summary(row) for row in rows]

    async def delete(self, debate_id: str) -> None:
        """Delete a debate with everything that belongs to it; a runner that has it loses it.

        Raises:
            NotFound: There is none with this id.
        """
        query = delete(DEBATES).where(DEBATES.c.id == debate_id)
        if not await self.database.write(lambda connection: connection.execute(query).rowcount):
            raise NotFound(f"there is no debate {debate_id!r}")

    async def delete_expired(self) -> list[str]:
        """Delete the debates whose time is over; returns their ids."""

        def query(connection: Connection) -> list[str]:
            expired = delete(DEBATES).where(DEBATES.c.delete_after_ms < now_ms(connection))
            return [str(one) for one in connection.execute(expired.returning(DEBATES.c.id)).scalars()]

        return await self.database.write(query)

    async def set_options(self, debate_id: str, options: Options) -> None:
        """Change how a debate is run."""
        query = update(DEBATES).where(DEBATES.c.id == debate_id).values(options=options.model_dump_json())
        await self.database.write(lambda connection: connection.execute(query))

    async def counts(self) -> dict[str, int]:
        """How many debates have which status."""
        query = select(DEBATES.c.status, func.count()).group_by(DEBATES.c.status)
        rows = await self.database.read(lambda connection: connection.execute(query).all())
        return {str(status): int(number) for status, number in rows}

    # Events

    async def read_after(self, debate_id: str, after: int = 0, limit: int | None = None) -> list[StoredEvent]:
        """Events with a seq greater than `after`, in order; none where there is no such debate."""
        query = select(EVENTS.c.seq, EVENTS.c.type, EVENTS.c.body).where(
            EVENTS.c.debate_id == debate_id, EVENTS.c.seq > after
        )
        query = query.order_by(EVENTS.c.seq).limit(limit)
        rows = await self.database.read(lambda connection: connection.execute(query).all())
        return [StoredEvent(seq=seq, type=type_, body=body) for seq, type_, body in rows]

    async def last_seq(self, debate_id: str) -> int | None:
        """Seq of the last event, 0 before the first; None where there is no such debate."""
        query = select(DEBATES.c.last_seq).where(DEBATES.c.id == debate_id)
        found = await self.database.read(lambda connection: connection.execute(query).scalar_one_or_none())
        return None if found is None else int(found)

    async def progress(self, debate_ids: Sequence[str]) -> dict[str, Progress]:
        """How far debates have come, by id; those that do not exist are left out."""
        columns = (DEBATES.c.id, DEBATES.c.last_seq, DEBATES.c.status)
        found: dict[str, Progress] = {}
        for start in range(0, len(debate_ids), _MOST_IDS):
            query = select(*columns).where(DEBATES.c.id.in_(debate_ids[start : start + _MOST_IDS]))
            found |= await self.database.read(partial(_progress, query=query))
        return found

    async def transcript(self, debate_id: str) -> Transcript:
        """A debate with all its events.

        Raises:
            NotFound: There is none with this id.
        """
        debate = await self.get(debate_id)
        events = tuple(EVENT.validate_json(one.body) for one in await self.read_after(debate_id))
        return Transcript(header=debate.header, events=events)

    async def lines(self, debate_id: str) -> list[str]:
        """A debate as the lines of a transcript file, byte for byte as they were written.

        Raises:
            NotFound: There is none with this id.
        """
        query = select(DEBATES.c.header).where(DEBATES.c.id == debate_id)
        header = await self.database.read(lambda connection: connection.execute(query).scalar_one_or_none())
        if header is None:
            raise NotFound(f"there is no debate {debate_id!r}")
        return [str(header), *(event.body for event in await self.read_after(debate_id))]

    async def append(self, lease: Lease, event: Event, command_id: str | None = None) -> StoredEvent:
        """Append one event, in one transaction with the debate's status and the command that it carries out.

        Raises:
            LeaseLost: Another runner has the debate, or it is gone; nothing was written.
        """
        stored = StoredEvent(seq=event.seq, type=event.type, body=EVENT.dump_json(event).decode())
        status = event.reason if isinstance(event, DebateEnded) else "running"

        if self.database.name == "postgresql" and command_id is None:
            await self.database.write_single(lambda connection: _append_at_once(connection, lease, stored, status))
        else:
            await self.database.write(lambda connection: _append(connection, lease, stored, status, command_id))
        return stored

    # Leases

    async def claim(self, holder: str, debate_id: str | None = None, *, steal: bool = False) -> Lease | None:
        """Take a debate that should run and that nobody has, or whose holder has been silent for `LEASE_S`.

        Args:
            holder: Who takes it.
            debate_id: Which; None for the oldest.
            steal: Take it from a live holder too; for a runner that knows itself to be the only one.

        Returns:
            The lease; None where there is nothing to take.
        """

        def query(connection: Connection) -> Lease | None:
            now = now_ms(connection)
            wanted = select(DEBATES.c.id).where(DEBATES.c.wanted == 1)
            if debate_id is not None:
                wanted = wanted.where(DEBATES.c.id == debate_id)
            if not steal:
                wanted = wanted.where(_is_free(now))
            wanted = wanted.order_by(DEBATES.c.id).limit(1).with_for_update(skip_locked=True)
            found = connection.execute(wanted).scalar_one_or_none()
            if found is None:
                return None
            taken = (
                update(DEBATES)
                .where(DEBATES.c.id == found)
                .values(
                    lease_epoch=DEBATES.c.lease_epoch + 1,
                    lease_holder=holder,
                    lease_until_ms=now + int(LEASE_S * 1000),
                    status="running",
                )
                .returning(DEBATES.c.lease_epoch)
            )
            return Lease(debate_id=found, epoch=connection.execute(taken).scalar_one())

        return await self.database.write(query)

    async def renew(self, leases: Sequence[Lease]) -> list[Lease]:
        """Say that these debates are still being run; those that are, the others have been lost."""

        def query(connection: Connection) -> list[Lease]:
            until = now_ms(connection) + int(LEASE_S * 1000)
            return [lease for lease in leases if connection.execute(_held(lease).values(lease_until_ms=until)).rowcount]

        return await self.database.write(query)

    async def set_status(self, lease: Lease, status: Status) -> None:
        """Say what a running debate is doing between two events; one that has ended, or was lost, stays as it is."""
        change = _held(lease).where(DEBATES.c.status.in_(("running", "waiting_for_model"))).values(status=status)
        await self.database.write(lambda connection: connection.execute(change))

    async def release(self, lease: Lease, status: Status) -> bool:
        """Give a debate back.

        Args:
            lease: The lease on it.
            status: "queued" where it should go on elsewhere, else what it waits for or how it ended.

        Returns:
            True where somebody should take it: it is queued, or commands have come in meanwhile.
        """

        def query(connection: Connection) -> bool:
            waiting = select(func.count()).where(COMMANDS.c.debate_id == lease.debate_id, COMMANDS.c.state == "waiting")
            # The row is locked first, so that no command can come in between the count and the release.
            if not connection.execute(_held(lease).values(lease_holder=None, lease_until_ms=None)).rowcount:
                return False
            is_wanted = status == "queued" or connection.execute(waiting).scalar_one() > 0
            connection.execute(_held(lease).values(status=status, wanted=int(is_wanted)))
            return is_wanted

        return await self.database.write(query)

    async def wanted(self) -> list[str]:
        """Ids of the debates that should run, oldest first, whoever has them."""
        query = select(DEBATES.c.id).where(DEBATES.c.wanted == 1).order_by(DEBATES.c.id)
        return [str(one) for one in await self.database.read(lambda c: c.execute(query).scalars().all())]

    async def forsaken(self) -> list[str]:
        """Ids of the debates that should run and that nobody has."""

        def query(connection: Connection) -> list[str]:
            free = select(DEBATES.c.id).where(DEBATES.c.wanted == 1, _is_free(now_ms(connection)))
            found = free.order_by(DEBATES.c.id)
            return [str(one) for one in connection.execute(found).scalars()]

        return await self.database.read(query)

    # Commands

    async def add_command(self, debate_id: str, actor: str, body: str) -> StoredCommand:
        """Leave a command for whoever runs the debate next.

        Raises:
            NotFound: There is no such debate.
        """
        command = StoredCommand(id=new_id("c"), debate_id=debate_id, actor=actor, body=body, state="waiting")

        def query(connection: Connection) -> StoredCommand:
            found = connection.execute(update(DEBATES).where(DEBATES.c.id == debate_id).values(wanted=1))
            if not found.rowcount:
                raise NotFound(f"there is no debate {debate_id!r}")
            connection.execute(insert(COMMANDS).values(**command.model_dump(), created_at_ms=now_ms(connection)))
            if connection.dialect.name == "postgresql":
                connection.execute(_NOTIFY, {"channel": COMMANDS_CHANNEL, "note": debate_id})
            return command

        return await self.database.write(query)

    async def waiting_commands(self, debate_id: str) -> list[StoredCommand]:
        """Commands that have not been carried out, oldest first."""
        query = select(COMMANDS).where(COMMANDS.c.debate_id == debate_id, COMMANDS.c.state == "waiting")
        rows = await self.database.read(lambda connection: connection.execute(query.order_by(COMMANDS.c.id)).all())
        return [_command(row) for row in rows]

    async def command(self, debate_id: str, command_id: str) -> StoredCommand:
        """One command.

        Raises:
            NotFound: The debate has none with this id.
        """
        query = select(COMMANDS).where(COMMANDS.c.debate_id == debate_id, COMMANDS.c.id == command_id)
        row = await self.database.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise NotFound(f"debate {debate_id!r} has no command {command_id!r}")
        return _command(row)

    async def refuse_command(self, lease: Lease, command_id: str, why: str) -> None:
        """Say that a command could not be carried out.

        Raises:
            LeaseLost: Another runner has the debate.
        """

        def query(connection: Connection) -> None:
            if not connection.execute(_held(lease).values(status=DEBATES.c.status)).rowcount:
                raise LeaseLost(f"debate {lease.debate_id!r} has been taken over by another runner")
            refused = update(COMMANDS).where(COMMANDS.c.id == command_id)
            connection.execute(refused.values(state="refused", refusal=why))

        await self.database.write(query)


def _progress(connection: Connection, query: Select[Any]) -> dict[str, Progress]:
    rows = connection.execute(query).all()
    return {str(row.id): Progress(last_seq=row.last_seq, status=row.status) for row in rows}


def _debate_row(debate_id: str) -> Select[Any]:
    return select(DEBATES).where(DEBATES.c.id == debate_id)


def _is_free(now: ColumnElement[int]) -> ColumnElement[bool]:
    """Nobody has the lease, it has run out, or it ends so far ahead that the clock was set back since."""
    until = DEBATES.c.lease_until_ms
    return or_(until.is_(None), until < now, until > now + int(2 * LEASE_S * 1000))


def _held(lease: Lease) -> Any:
    return update(DEBATES).where(DEBATES.c.id == lease.debate_id, DEBATES.c.lease_epoch == lease.epoch)


# Written out, because these are what every event costs: nothing is left to be built when they run.
_MOVE = text(
    "UPDATE debates SET last_seq = :seq, status = :status "
    "WHERE id = :debate_id AND lease_epoch = :epoch AND last_seq = :seq - 1"
)
_INSERT = text("INSERT INTO events (debate_id, seq, type, body) VALUES (:debate_id, :seq, :type, :body)")
_APPEND = text(
    """
    WITH held AS (
        UPDATE debates SET last_seq = :seq, status = :status
        WHERE id = :debate_id AND lease_epoch = :epoch AND last_seq = :seq - 1
        RETURNING id
    )
    INSERT INTO events (debate_id, seq, type, body) SELECT id, :seq, :type, :body FROM held
    """
)
_NOTIFY = text("SELECT pg_notify(:channel, :note)")


def _append(connection: Connection, lease: Lease, event: StoredEvent, status: str, command_id: str | None) -> None:
    values = {"debate_id": lease.debate_id, "epoch": lease.epoch, "seq": event.seq, "status": status}
    if not connection.execute(_MOVE, values).rowcount:
        raise LeaseLost(f"debate {lease.debate_id!r} has been taken over by another runner")
    line = {"debate_id": lease.debate_id, "seq": event.seq, "type": event.type, "body": event.body}
    connection.execute(_INSERT, line)
    if command_id is not None:
        done = update(COMMANDS).where(COMMANDS.c.id == command_id, COMMANDS.c.state == "waiting")
        if not connection.execute(done.values(state="applied", applied_seq=event.seq)).rowcount:
            raise LeaseLost(f"command {command_id!r} has been carried out already")


def _append_at_once(connection: Connection, lease: Lease, event: StoredEvent, status: str) -> None:
    """The same in one round trip: nothing is inserted where the lease does not hold."""
    held = {"debate_id": lease.debate_id, "epoch": lease.epoch, "seq": event.seq, "status": status}
    if not connection.execute(_APPEND, {**held, "type": event.type, "body": event.body}).rowcount:
        raise LeaseLost(f"debate {lease.debate_id!r} has been taken over by another runner")


def _debate(row: Row[Any]) -> StoredDebate:
    fields = {name: getattr(row, name) for name in StoredDebate.model_fields}
    try:
        return StoredDebate.model_validate(
            {**fields, "header": Header.model_validate_json(row.header), "options": json.loads(row.options)}
        )
    except ValueError as error:
        raise StoreError(f"debate {row.id!r} cannot be read: {error}") from error


def _summary(row: Row[Any]) -> DebateSummary:
    return DebateSummary.model_validate({**row._mapping, "options": json.loads(row.options)})


def _command(row: Row[Any]) -> StoredCommand:
    return StoredCommand.model_validate({name: getattr(row, name) for name in StoredCommand.model_fields})
