"""Who may do what, and who did: API keys and the audit log."""

from typing import Literal

from sqlalchemy import Connection, insert, select, update

from language.errors import NotFound
from personas.thread import Frozen
from transcripts.database import Database, new_id, now_ms
from transcripts.tables import API_KEYS, AUDIT

Scope = Literal["read", "run", "admin"]


class ApiKey(Frozen):
    """An API key, without the key itself: of that only a hash is kept."""

    id: str
    created_at_ms: int
    name: str
    hash: str
    """SHA-256 of the key. Keys are 256 random bits, so a slow hash would protect nothing more."""
    scopes: tuple[Scope, ...]
    revoked_at_ms: int | None


class AuditEntry(Frozen):
    """Somebody did something."""

    id: str
    at_ms: int
    actor: str
    address: str
    action: str
    target: str


class Access:
    """Keys and the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_key(self, key_id: str, name: str, key_hash: str, scopes: tuple[Scope, ...]) -> ApiKey:
        """Keep a new key's hash."""

        def query(connection: Connection) -> ApiKey:
            values = {"id": key_id, "name": name, "hash": key_hash, "scopes": " ".join(scopes)}
            connection.execute(insert(API_KEYS).values(**values, created_at_ms=now_ms(connection)))
            return _key(connection.execute(select(API_KEYS).where(API_KEYS.c.id == key_id)).one()._mapping)

        return await self._database.write(query)

    async def key(self, key_id: str) -> ApiKey | None:
        """A key that has not been revoked; None otherwise."""
        query = select(API_KEYS).where(API_KEYS.c.id == key_id, API_KEYS.c.revoked_at_ms.is_(None))
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _key(row._mapping)

    async def list_keys(self) -> list[ApiKey]:
        """All keys, the revoked ones too, oldest first."""
        query = select(API_KEYS).order_by(API_KEYS.c.created_at_ms, API_KEYS.c.id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_key(row._mapping) for row in rows]

    async def revoke_key(self, key_id: str) -> None:
        """Make a key useless from now on.

        Raises:
            NotFound: There is no such key.
        """

        def query(connection: Connection) -> int:
            same = update(API_KEYS).where(API_KEYS.c.id == key_id)
            return connection.execute(same.values(revoked_at_ms=now_ms(connection))).rowcount

        if not await self._database.write(query):
            raise NotFound(f"there is no key {key_id!r}")

    async def record(self, actor: str, address: str, action: str, target: str) -> None:
        """Write down who did what, from which address."""

        def query(connection: Connection) -> None:
            values = {"actor": actor, "address": address, "action": action, "target": target}
            connection.execute(insert(AUDIT).values(id=new_id("l"), at_ms=now_ms(connection), **values))

        await self._database.write(query)

    async def entries(self, before: str | None = None, limit: int = 100) -> list[AuditEntry]:
        """The audit log, newest first; `before` is the last id of the page before."""
        query = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(AUDIT.c.id < before)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [AuditEntry.model_validate(dict(row._mapping)) for row in rows]


def _key(row: object) -> ApiKey:
    fields = dict(row)  # type: ignore[call-overload]
    return ApiKey.model_validate({**fields, "scopes": tuple(fields["scopes"].split())})
