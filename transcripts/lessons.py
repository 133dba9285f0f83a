"""Classes: how pupils are named, groups that each have a debate of their own, and who would like a seat."""

from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from language.errors import Conflict, NotFound
from personas.thread import Frozen
from transcripts.database import Database, new_id, now_ms
from transcripts.tables import AUDIENCE, LESSONS, SEAT_REQUESTS

Naming = Literal["anonymous", "nicknames", "names"]
"""anonymous: no name is taken or shown; nicknames: whoever likes gives one; names: everybody gives one."""

TURN_S, GUESS_S = 180, 30
_SEEN_EVERY_MS = 10_000


class Lesson(Frozen):
    """One debate of a class: the one of the whole class, or a group's."""

    debate_id: str
    class_id: str
    """The debate of the whole class; its own id for that one."""
    place: int = 0
    name: str = ""
    """The group's; empty for the whole class."""
    naming: Naming = "nicknames"
    turn_s: int = TURN_S
    """How long a pupil in a seat has for a turn, in seconds."""
    guess_s: int = GUESS_S
    """How long a guess is to take, in seconds; 0 for as long as it takes."""
    leader: str | None = None
    """Member id of who leads the group's debate."""

    @property
    def is_group(self) -> bool:
        """Whether it is a group's."""
        return self.debate_id != self.class_id


class Pupil(Frozen):
    """Somebody who joined, whatever became of them."""

    id: str
    debate_id: str
    created_at_ms: int
    nickname: str | None
    seen_at_ms: int | None
    joined_from: str | None
    """Who they are in the debate of the whole class, where they went on into a group."""
    expires_at_ms: int

    @property
    def is_removed(self) -> bool:
        """Whether the teacher removed them."""
        return self.expires_at_ms == 0


class SeatRequest(Frozen):
    """A pupil would like to word a participant's turns."""

    id: str
    created_at_ms: int
    member: str
    persona: str
    state: Literal["waiting", "granted", "refused", "withdrawn"]


class Lessons:
    """Classes and their groups, who is in them, and who would like a seat."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, debate_id: str) -> Lesson:
        """The lesson of a debate; a new one, of the whole class, where it has none."""
        if (found := await self.of(debate_id)) is not None:
            return found
        try:
            return await self._add(Lesson(debate_id=debate_id, class_id=debate_id))
        except Conflict:
            return await self.open(debate_id)

    async def add_group(self, debate_id: str, class_id: str, name: str) -> Lesson:
        """Make a debate that of a group."""
        main = await self.open(class_id)
        place = 1 + max(one.place for one in await self.groups(class_id))
        changed = {"debate_id": debate_id, "place": place, "name": name, "leader": None}
        return await self._add(main.model_copy(update=changed))

    async def _add(self, lesson: Lesson) -> Lesson:
        query = insert(LESSONS).values(**lesson.model_dump())
        await self._database.write(lambda connection: connection.execute(query))
        return lesson

    async def of(self, debate_id: str) -> Lesson | None:
        """The lesson of a debate; None where no class ever joined it."""
        query = select(LESSONS).where(LESSONS.c.debate_id == debate_id)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else Lesson.model_validate(dict(row._mapping))

    async def groups(self, class_id: str) -> list[Lesson]:
        """All debates of a class, that of the whole class first."""
        query = select(LESSONS).where(LESSONS.c.class_id == class_id).order_by(LESSONS.c.place)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [Lesson.model_validate(dict(row._mapping)) for row in rows]

    async def change(self, class_id: str, naming: Naming, turn_s: int, guess_s: int) -> None:
        """How pupils are named and how long they have, for a class and all its groups."""
        values = {"naming": naming, "turn_s": turn_s, "guess_s": guess_s}
        query = update(LESSONS).where(LESSONS.c.class_id == class_id).values(**values)
        await self._database.write(lambda connection: connection.execute(query))

    async def set_leader(self, debate_id: str, member: str | None, *, instead_of: str | None) -> bool:
        """Let a pupil lead a group's debate.

        Returns:
            False where somebody else than `instead_of` leads it; then nothing is changed.
        """
        mine = LESSONS.c.debate_id == debate_id
        same = LESSONS.c.leader.is_(None) if instead_of is None else LESSONS.c.leader == instead_of
        query = update(LESSONS).where(mine, same).values(leader=member)
        return bool(await self._database.write(lambda connection: connection.execute(query).rowcount))

    async def see(self, member: str) -> None:
        """Note that somebody's phone is there; written down every ten seconds at most."""
        now = await self.now_ms()
        late = AUDIENCE.c.seen_at_ms.is_(None) | (AUDIENCE.c.seen_at_ms < now - _SEEN_EVERY_MS)
        known = select(AUDIENCE.c.id).where(AUDIENCE.c.id == member, late)
        if await self._database.read(lambda connection: connection.execute(known).one_or_none()) is not None:
            query = update(AUDIENCE).where(AUDIENCE.c.id == member).values(seen_at_ms=now)
            await self._database.write(lambda connection: connection.execute(query))

    async def now_ms(self) -> int:
        """The database's clock."""
        return int(
            await self._database.read(lambda connection: connection.execute(select(now_ms(connection))).scalar_one())
        )

    async def pupils(self, debate_ids: list[str]) -> list[Pupil]:
        """Everybody who ever joined one of these debates, in the order of joining."""
        columns = [AUDIENCE.c[name] for name in Pupil.model_fields]
        query = select(*columns).where(AUDIENCE.c.debate_id.in_(debate_ids)).order_by(AUDIENCE.c.id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [Pupil.model_validate(dict(row._mapping)) for row in rows]

    async def rename(self, members: list[str], nickname: str | None) -> None:
        """Give somebody another name, or none."""
        query = update(AUDIENCE).where(AUDIENCE.c.id.in_(members)).values(nickname=nickname)
        await self._database.write(lambda connection: connection.execute(query))

    async def remove(self, members: list[str]) -> None:
        """Take somebody's place away; what they contributed stays."""
        query = update(AUDIENCE).where(AUDIENCE.c.id.in_(members)).values(expires_at_ms=0)
        await self._database.write(lambda connection: connection.execute(query))

    async def request_seat(self, debate_id: str, member: str, persona: str) -> SeatRequest:
        """Ask for a seat; a request of theirs that waits is replaced."""
        request = {"id": new_id("s"), "member": member, "persona": persona, "state": "waiting"}

        def query(connection: Connection) -> SeatRequest:
            connection.execute(_waiting_of(debate_id, member).values(state="withdrawn"))
            connection.execute(
                insert(SEAT_REQUESTS).values(**request, debate_id=debate_id, created_at_ms=now_ms(connection))
            )
            return _request(connection.execute(_one_request(debate_id, str(request["id"]))).one())

        return await self._database.write(query)

    async def withdraw(self, debate_id: str, member: str) -> None:
        """Ask for no seat any more."""
        query = _waiting_of(debate_id, member).values(state="withdrawn")
        await self._database.write(lambda connection: connection.execute(query))

    async def requests(self, debate_id: str) -> list[SeatRequest]:
        """All requests for seats in a debate, oldest first."""
        query = select(SEAT_REQUESTS).where(SEAT_REQUESTS.c.debate_id == debate_id).order_by(SEAT_REQUESTS.c.id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_request(row) for row in rows]

    async def settle_request(
        self, debate_id: str, request_id: str, state: Literal["granted", "refused"]
    ) -> SeatRequest:
        """Grant or refuse a request that waits.

        Raises:
            NotFound: No such request waits.
        """

        def query(connection: Connection) -> SeatRequest:
            waiting = update(SEAT_REQUESTS).where(
                SEAT_REQUESTS.c.debate_id == debate_id,
                SEAT_REQUESTS.c.id == request_id,
                SEAT_REQUESTS.c.state == "waiting",
            )
            if not connection.execute(waiting.values(state=state)).rowcount:
                raise NotFound(f"no request {request_id!r} for a seat waits in debate {debate_id!r}")
            return _request(connection.execute(_one_request(debate_id, request_id)).one())

        return await self._database.write(query)

    async def count_present(self, debate_id: str, within_s: float) -> int:
        """How many phones were there within the last seconds."""

        def query(connection: Connection) -> int:
            recent = AUDIENCE.c.seen_at_ms > now_ms(connection) - int(within_s * 1000)
            counted = select(func.count()).where(AUDIENCE.c.debate_id == debate_id, recent)
            return int(connection.execute(counted).scalar_one())

        return await self._database.read(query)


def _waiting_of(debate_id: str, member: str) -> Any:
    return update(SEAT_REQUESTS).where(
        SEAT_REQUESTS.c.debate_id == debate_id, SEAT_REQUESTS.c.member == member, SEAT_REQUESTS.c.state == "waiting"
    )


def _one_request(debate_id: str, request_id: str) -> Select[Any]:
    return select(SEAT_REQUESTS).where(SEAT_REQUESTS.c.debate_id == debate_id, SEAT_REQUESTS.c.id == request_id)


def _request(row: Row[Any]) -> SeatRequest:
    return SeatRequest.model_validate({name: getattr(row, name) for name in SeatRequest.model_fields})
