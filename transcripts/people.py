"""What is kept about one person: everything of theirs, to be handed out or erased."""

from typing import Any

from sqlalchemy import Connection, delete, select, update

from debate.events import EVENT, Turn
from personas.persona import Persona
from personas.thread import Frozen, Passage, Post, Thread
from transcripts.database import Database
from transcripts.tables import DEBATES, EVENTS, PERSONAS, THREADS
from transcripts.transcript import Header

ERASED_AUTHOR = "[erased]"


class Export(Frozen):
    """Everything that is kept about a person."""

    name: str
    posts: tuple[tuple[str, Post], ...]
    """Thread id and post, of every post of theirs."""
    quoted: tuple[tuple[str, str], ...]
    """Thread id and words, wherever others quote them."""
    personas: tuple[tuple[str, Persona], ...]
    """Thread id and what was made of them."""
    turns: tuple[tuple[str, Turn], ...]
    """Debate id and what their persona said; simulated."""


class Erasure(Frozen):
    """What was erased."""

    threads: int
    posts: int
    personas: int
    debates: int


class People:
    """Finds and erases what is kept about people, by the name that they post under."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, name: str) -> Export:
        """Everything that is kept about a person."""

        def query(connection: Connection) -> Export:
            posts: list[tuple[str, Post]] = []
            quoted: list[tuple[str, str]] = []
            for thread_id, thread in _threads(connection):
                posts += [(thread_id, post) for post in thread.posts if post.author == name]
                quoted += [(thread_id, one.text) for post in thread.posts for one in _quotes_of(post.passages, name)]
            personas = [(thread_id, persona) for thread_id, persona in _personas(connection) if persona.name == name]
            turns: list[tuple[str, Turn]] = []
            for debate_id, header in _headers(connection):
                mine = {one.id for one in header.participants if one.name == name}
                turns += [(debate_id, turn) for turn in _turns(connection, debate_id) if mine and turn.speaker in mine]
            return Export(
                name=name, posts=tuple(posts), quoted=tuple(quoted), personas=tuple(personas), turns=tuple(turns)
            )

        return await self._database.read(query)

    async def erase(self, name: str) -> Erasure:
        """Erase a person: their posts and what others quote of them become blank, their personas are deleted.

        Debates in which they take part, or whose participants quote them, are deleted as a whole: their words run
        through every turn there. So are debates of a thread of theirs that hide its people's names.
        """

        def query(connection: Connection) -> Erasure:
            threads, posts, theirs = 0, 0, set()
            for thread_id, thread in _threads(connection):
                blank, count = _blanked(thread, name)
                if blank != thread:
                    theirs.add(thread_id)
                    threads, posts = threads + 1, posts + count
                    values = {"body": blank.model_dump_json()}
                    connection.execute(update(THREADS).where(THREADS.c.id == thread_id).values(values))
            _forget_as_read(connection, name, theirs)
            debates = _debates_of(connection, name, theirs)
            for debate_id in debates:
                connection.execute(delete(DEBATES).where(DEBATES.c.id == debate_id))
            gone = 0
            for thread_id, persona in _personas(connection):
                row = (PERSONAS.c.thread_id == thread_id) & (PERSONAS.c.id == persona.id)
                if persona.name == name:
                    gone += connection.execute(delete(PERSONAS).where(row)).rowcount
                elif any(remark.answers_author == name for remark in persona.remarks):
                    body = _without_answers(persona, name).model_dump_json()
                    connection.execute(update(PERSONAS).where(row).values(body=body))
            return Erasure(threads=threads, posts=posts, personas=gone, debates=len(debates))

        return await self._database.write(query)


def _forget_as_read(connection: Connection, name: str, theirs: set[str]) -> None:
    """A thread from before its corrections holds the same words, perhaps under another name."""
    rows = connection.execute(select(THREADS.c.id, THREADS.c.as_read).where(THREADS.c.as_read.is_not(None))).all()
    for thread_id, body in rows:
        before = Thread.model_validate_json(body)
        if thread_id in theirs or _blanked(before, name)[0] != before:
            connection.execute(update(THREADS).where(THREADS.c.id == thread_id).values(as_read=None))


def _threads(connection: Connection) -> list[tuple[str, Thread]]:
    rows = connection.execute(select(THREADS.c.id, THREADS.c.body)).all()
    return [(str(thread_id), Thread.model_validate_json(body)) for thread_id, body in rows]


def _personas(connection: Connection) -> list[tuple[str, Persona]]:
    rows = connection.execute(select(PERSONAS.c.thread_id, PERSONAS.c.body)).all()
    return [(str(thread_id), Persona.model_validate_json(body)) for thread_id, body in rows]


def _headers(connection: Connection) -> list[tuple[str, Header]]:
    rows = connection.execute(select(DEBATES.c.id, DEBATES.c.header)).all()
    return [(str(debate_id), Header.model_validate_json(header)) for debate_id, header in rows]


def _turns(connection: Connection, debate_id: str) -> list[Turn]:
    query = select(EVENTS.c.body).where(EVENTS.c.debate_id == debate_id, EVENTS.c.type == "turn")
    found: list[Any] = [
        EVENT.validate_json(body) for body in connection.execute(query.order_by(EVENTS.c.seq)).scalars()
    ]
    return found


def _debates_of(connection: Connection, name: str, threads: set[str]) -> list[str]:
    found = []
    rows = connection.execute(select(DEBATES.c.id, DEBATES.c.thread_id, DEBATES.c.header)).all()
    for debate_id, thread_id, body in rows:
        header = Header.model_validate_json(body)
        takes_part = any(one.name == name for one in header.participants)
        quotes = any(remark.answers_author == name for one in header.participants for remark in one.remarks)
        if takes_part or quotes or (header.pseudonymous and thread_id in threads):
            found.append(str(debate_id))
    return found


def _quotes_of(passages: tuple[Passage, ...], name: str) -> list[Passage]:
    found = []
    for passage in passages:
        if passage.kind == "quote" and passage.quoted_author == name:
            found.append(passage)
        found += _quotes_of(passage.nested, name)
    return found


def _blanked(thread: Thread, name: str) -> tuple[Thread, int]:
    count = 0
    posts = []
    for post in thread.posts:
        if post.author == name:
            count += 1
            posts.append(post.model_copy(update={"author": ERASED_AUTHOR, "author_named": False, "passages": ()}))
        else:
            kept = tuple(
                _blank_passage(passage) if _quotes_of((passage,), name) else passage for passage in post.passages
            )
            posts.append(post.model_copy(update={"passages": kept}))
    return thread.model_copy(update={"posts": tuple(posts)}), count


def _blank_passage(passage: Passage) -> Passage:
    # A quote that holds a quote of theirs holds their words, so all of it goes.
    return Passage(kind="quote", text=ERASED_AUTHOR, inferred=passage.inferred)


def _without_answers(persona: Persona, name: str) -> Persona:
    remarks = tuple(
        one.model_copy(update={"answers": None, "answers_author": None}) if one.answers_author == name else one
        for one in persona.remarks
    )
    return persona.model_copy(update={"remarks": remarks})
