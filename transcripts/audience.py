"""The audience of a debate: join codes, who joined, ballots, and questions that wait for the teacher."""

from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from language.errors import Conflict, NotFound
from personas.thread import Frozen
from transcripts.database import Database, new_id, now_ms
from transcripts.tables import AUDIENCE, BALLOTS, JOIN_CODES, QUESTIONS


class JoinCode(Frozen):
    """A short code that lets people watch, vote and ask in one debate."""

    code: str
    debate_id: str
    expires_at_ms: int
    owner: str


class Member(Frozen):
    """Somebody in the audience."""

    id: str
    debate_id: str
    nickname: str | None
    hash: str
    """SHA-256 of their token."""
    expires_at_ms: int


class AudienceQuestion(Frozen):
    """A question that somebody in the audience would like to ask."""

    id: str
    created_at_ms: int
    asker: str
    asker_name: str
    persona: str
    text: str
    state: Literal["waiting", "released", "dismissed"]


class Audience:
    """Join codes, members, ballots and questions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_code(self, code: str, debate_id: str, owner: str, lasts_s: int) -> JoinCode:
        """Open a debate to whoever has the code.

        Raises:
            Conflict: The code is in use.
        """

        def query(connection: Connection) -> JoinCode:
            connection.execute(delete(JOIN_CODES).where(JOIN_CODES.c.expires_at_ms < now_ms(connection)))
            if connection.execute(_code_row(code)).one_or_none() is not None:
                raise Conflict("this join code is in use")
            now = connection.execute(select(now_ms(connection))).scalar_one()
            made = JoinCode(code=code, debate_id=debate_id, expires_at_ms=now + lasts_s * 1000, owner=owner)
            connection.execute(insert(JOIN_CODES).values(**made.model_dump(), created_at_ms=now))
            return made

        return await self._database.write(query)

    async def delete_codes(self, debate_id: str) -> int:
        """Close a debate's codes; who has joined stays. Returns how many there were."""
        query = delete(JOIN_CODES).where(JOIN_CODES.c.debate_id == debate_id)
        return await self._database.write(lambda connection: connection.execute(query).rowcount)

    async def delete_code(self, code: str) -> None:
        """Take a code back, so that it can be given to another debate; who has joined stays."""
        query = delete(JOIN_CODES).where(JOIN_CODES.c.code == code)
        await self._database.write(lambda connection: connection.execute(query))

    async def codes(self, debate_id: str) -> list[JoinCode]:
        """The codes of a debate that are in force, oldest first."""

        def query(connection: Connection) -> list[JoinCode]:
            mine = (JOIN_CODES.c.debate_id == debate_id) & (JOIN_CODES.c.expires_at_ms > now_ms(connection))
            columns = [JOIN_CODES.c[name] for name in JoinCode.model_fields]
            rows = connection.execute(select(*columns).where(mine).order_by(JOIN_CODES.c.created_at_ms)).all()
            return [JoinCode.model_validate(dict(row._mapping)) for row in rows]

        return await self._database.read(query)

    async def count_members(self, debate_id: str) -> int:
        """How many have joined a debate."""
        query = select(func.count()).where(AUDIENCE.c.debate_id == debate_id)
        return int(await self._database.read(lambda connection: connection.execute(query).scalar_one()))

    async def find_code(self, code: str) -> JoinCode:
        """A code that is in force.

        Raises:
            NotFound: No such code is.
        """

        def query(connection: Connection) -> JoinCode | None:
            columns = [JOIN_CODES.c[name] for name in JoinCode.model_fields]
            found = select(*columns).where(JOIN_CODES.c.code == code, JOIN_CODES.c.expires_at_ms > now_ms(connection))
            row = connection.execute(found).one_or_none()
            return None if row is None else JoinCode.model_validate(dict(row._mapping))

        found = await self._database.read(query)
        if found is None:
            raise NotFound("this join code is not in force; ask for the present one")
        return found

    async def latest_code(self) -> JoinCode | None:
        """The code in force that was given last; None where there is none."""

        def query(connection: Connection) -> JoinCode | None:
            columns = [JOIN_CODES.c[name] for name in JoinCode.model_fields]
            found = select(*columns).where(JOIN_CODES.c.expires_at_ms > now_ms(connection))
            row = connection.execute(found.order_by(JOIN_CODES.c.created_at_ms.desc()).limit(1)).one_or_none()
            return None if row is None else JoinCode.model_validate(dict(row._mapping))

        return await self._database.read(query)

    async def admit(
        self, debate_id: str, nickname: str | None, token_hash: str, expires_at_ms: int, joined_from: str | None = None
    ) -> Member:
        """Let somebody into a debate; that they may come in is the caller's to know."""
        member = Member(
            id=new_id("a"), debate_id=debate_id, nickname=nickname, hash=token_hash, expires_at_ms=expires_at_ms
        )

        def query(connection: Connection) -> Member:
            values = {**member.model_dump(), "joined_from": joined_from}
            connection.execute(insert(AUDIENCE).values(**values, created_at_ms=now_ms(connection)))
            return member

        return await self._database.write(query)

    async def set_hash(self, member_id: str, token_hash: str) -> None:
        """Keep the hash of the token that somebody was given."""
        query = update(AUDIENCE).where(AUDIENCE.c.id == member_id).values(hash=token_hash)
        await self._database.write(lambda connection: connection.execute(query))

    async def member(self, member_id: str) -> Member | None:
        """Somebody who joined and whose time is not over; None otherwise."""

        def query(connection: Connection) -> Member | None:
            found = select(*(AUDIENCE.c[name] for name in Member.model_fields)).where(
                AUDIENCE.c.id == member_id, AUDIENCE.c.expires_at_ms > now_ms(connection)
            )
            row = connection.execute(found).one_or_none()
            return None if row is None else Member.model_validate(dict(row._mapping))

        return await self._database.read(query)

    async def cast_ballot(self, debate_id: str, poll: str, voter: str, choice: str) -> None:
        """Cast or change a ballot; whether the poll is open is the caller's to know."""

        def query(connection: Connection) -> None:
            mine = (BALLOTS.c.debate_id == debate_id) & (BALLOTS.c.poll == poll) & (BALLOTS.c.voter == voter)
            values = {"choice": choice, "cast_at_ms": now_ms(connection)}
            if not connection.execute(update(BALLOTS).where(mine).values(values)).rowcount:
                connection.execute(insert(BALLOTS).values(debate_id=debate_id, poll=poll, voter=voter, **values))

        await self._database.write(query)

    async def ballots(self, debate_id: str) -> dict[str, dict[str, str]]:
        """All ballots of a debate: poll to voter to choice."""
        query = select(BALLOTS.c.poll, BALLOTS.c.voter, BALLOTS.c.choice).where(BALLOTS.c.debate_id == debate_id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        found: dict[str, dict[str, str]] = {}
        for poll, voter, choice in rows:
            found.setdefault(poll, {})[voter] = choice
        return found

    async def add_question(self, debate_id: str, asker: str, asker_name: str, persona: str, text: str) -> str:
        """Queue a question; returns its id."""
        question_id = new_id("q")

        def query(connection: Connection) -> str:
            connection.execute(
                insert(QUESTIONS).values(
                    id=question_id,
                    debate_id=debate_id,
                    created_at_ms=now_ms(connection),
                    asker=asker,
                    asker_name=asker_name,
                    persona=persona,
                    text=text,
                    state="waiting",
                )
            )
            return question_id

        return await self._database.write(query)

    async def count_waiting(self, debate_id: str, asker: str) -> int:
        """How many of somebody's questions wait."""
        query = select(func.count()).where(
            QUESTIONS.c.debate_id == debate_id, QUESTIONS.c.asker == asker, QUESTIONS.c.state == "waiting"
        )
        return int(await self._database.read(lambda connection: connection.execute(query).scalar_one()))

    async def questions(self, debate_id: str) -> list[AudienceQuestion]:
        """All questions of a debate's audience, oldest first."""
        query = select(QUESTIONS).where(QUESTIONS.c.debate_id == debate_id).order_by(QUESTIONS.c.id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_question(row) for row in rows]

    async def settle_question(
        self, debate_id: str, question_id: str, state: Literal["released", "dismissed"]
    ) -> AudienceQuestion:
        """Release or dismiss a waiting question.

        Raises:
            NotFound: The debate has no such question.
            Conflict: It has been settled already.
        """

        def query(connection: Connection) -> AudienceQuestion:
            one = (QUESTIONS.c.debate_id == debate_id) & (QUESTIONS.c.id == question_id)
            row = connection.execute(select(QUESTIONS).where(one)).one_or_none()
            if row is None:
                raise NotFound(f"debate {debate_id!r} has no question {question_id!r}")
            settled = update(QUESTIONS).where(one, QUESTIONS.c.state == "waiting").values(state=state)
            if not connection.execute(settled).rowcount:
                raise Conflict(f"question {question_id!r} has been {row.state} already")
            return _question(row).model_copy(update={"state": state})

        return await self._database.write(query)


def _code_row(code: str) -> Select[Any]:
    return select(JOIN_CODES).where(JOIN_CODES.c.code == code)


def _question(row: Row[Any]) -> AudienceQuestion:
    return AudienceQuestion.model_validate({name: getattr(row, name) for name in AudienceQuestion.model_fields})
