"""Seats of pupils: asked for on a phone, granted by the teacher, given back by a pupil who vanishes."""

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from api.http.admission import is_anonymous
from api.http.commands import hand_over
from api.http.guard import Actor, Runner, Watcher, audit
from api.http.problems import ProblemError
from api.http.service import Served, Service
from api.logs import get_logger
from api.web.layout import DebateId
from api.web.texts import say
from debate.commands import LeaveSeat, TakeSeat
from debate.events import Event
from debate.seats import Awaited, awaited_turn, seats_taken
from language.errors import CommandError, NotFound, RejoinderError
from transcripts.lessons import Lesson, SeatRequest
from transcripts.transcript import Transcript

router = APIRouter(prefix="/classroom/debates/{debate_id}", include_in_schema=False)

VANISHED_S = 45.0
"""So long after a phone was last heard of its pupil counts as gone, while the debate waits for them."""
HERE_S = 40.0
"""So long after it was last heard of a phone counts as present."""
KEEP_EVERY_S = 2.0
KEEPER = Actor("seat-keeper", "rejoinder", frozenset(["run"]))


class SeatWish(BaseModel):
    """Whose turns a pupil would like to word."""

    model_config = ConfigDict(extra="forbid")
    persona: str = Field(max_length=200)


class Waiting(BaseModel):
    """The debate waits for a pupil's words."""

    persona: str
    by: str
    member: str | None
    left_s: float = Field(description="Until the seat is given back")
    is_away: bool = Field(description="Whether their phone has not been heard of for a while")
    answers: int | None = Field(description="Seq of what they are to answer")


async def waiting_for(service: Service, lesson: Lesson, transcript: Transcript) -> Waiting | None:
    """Whom a debate waits for, and how much longer; None where it waits for nobody's words."""
    awaited = awaited_turn(transcript.header.setup, transcript.events)
    if awaited is None:
        return None
    left_s, is_away = await _time_left(service, lesson, awaited)
    return Waiting(
        persona=awaited.persona,
        by=say("pupil_somebody") if lesson.naming == "anonymous" else awaited.by,
        member=awaited.member,
        left_s=round(max(0.0, left_s), 1),
        is_away=is_away,
        answers=awaited.answers,
    )


def names_in_seats(lesson: Lesson, events: Sequence[Event]) -> dict[str, str]:
    """Persona id to the name of who has the seat; to nobody's name where the class goes without."""
    nameless = lesson.naming == "anonymous"
    return {
        persona: say("pupil_somebody") if nameless and seat.member is not None else seat.by
        for persona, seat in seats_taken(events).items()
    }


class TimeLeft(NamedTuple):
    """How much longer a debate waits for somebody."""

    left_s: float
    is_away: bool


def time_left(since_s: float, seen_s: float, now_s: float, turn_s: float) -> TimeLeft:
    """How much longer a debate waits for a pupil's words.

    Whoever's screen was off when their turn came has as long as anybody to come back.

    Args:
        since_s: When the debate began to wait.
        seen_s: When their phone was last heard of.
        now_s: The present.
        turn_s: How long a turn may take.
    """
    silent_s = now_s - max(seen_s, since_s)
    left_s, is_away = since_s + turn_s - now_s, silent_s > VANISHED_S / 2
    return TimeLeft(min(left_s, VANISHED_S - silent_s) if is_away else left_s, is_away)


async def _time_left(service: Service, lesson: Lesson, awaited: Awaited) -> TimeLeft:
    since_s, now_s = awaited.since.timestamp(), time.time()
    if awaited.member is None:
        return TimeLeft(since_s + lesson.turn_s - now_s, False)
    pupils = await service.lessons.pupils([lesson.debate_id])
    seen_ms = next((one.seen_at_ms or 0 for one in pupils if one.id == awaited.member and not one.is_removed), None)
    if seen_ms is None:
        return TimeLeft(0.0, True)
    return time_left(since_s, seen_ms / 1000, now_s, lesson.turn_s)


@router.post("/seat-requests", status_code=201)
async def ask_for_seat(debate_id: DebateId, body: SeatWish, actor: Watcher, service: Served) -> SeatRequest:
    """Ask the teacher for a seat."""
    transcript = await service.logs.transcript(debate_id)
    seats = seats_taken(transcript.events)
    header = transcript.header
    if body.persona not in {one.id for one in header.participants if one.id not in header.absent}:
        raise CommandError(f"{body.persona!r} takes no part in this debate")
    if any(one.member == actor.id for one in seats.values()):
        raise ProblemError(409, "has-seat", "One seat each", "you have a seat already; give it back first")
    if body.persona in seats:
        raise ProblemError(409, "seat-taken", "The seat is taken", "somebody has this seat; choose another")
    return await service.lessons.request_seat(debate_id, actor.id, body.persona)


@router.delete("/seat-requests", status_code=204)
async def withdraw_request(debate_id: DebateId, actor: Watcher, service: Served) -> None:
    """Ask for no seat any more."""
    await service.lessons.withdraw(debate_id, actor.id)


@router.delete("/seat", status_code=204)
async def give_seat_back(debate_id: DebateId, actor: Watcher, service: Served) -> None:
    """A pupil gives their own seat back."""
    await leave_seats(service, debate_id, actor.id, actor)


@router.post("/seat-requests/{request_id}:grant")
async def grant_seat(
    request: Request, debate_id: DebateId, request_id: str, actor: Runner, service: Served
) -> SeatRequest:
    """Give a pupil the seat that they asked for."""
    wanted = await _waiting_request(service, debate_id, request_id)
    pupils = {one.id: one for one in await service.lessons.pupils([debate_id])}
    member = pupils.get(wanted.member)
    if member is None or member.is_removed:
        raise NotFound("the pupil who asked for this seat is not in the class any more")
    name = None if await is_anonymous(service, debate_id) else member.nickname
    command = TakeSeat(persona=wanted.persona, member=wanted.member, by=(name or say("pupil_somebody"))[:80])
    await hand_over(service, actor, debate_id, command)
    await audit(service, request, actor, "seat.grant", debate_id)
    return await service.lessons.settle_request(debate_id, request_id, "granted")


@router.post("/seat-requests/{request_id}:refuse")
async def refuse_seat(
    request: Request, debate_id: DebateId, request_id: str, actor: Runner, service: Served
) -> SeatRequest:
    """Leave a seat as it is."""
    return await service.lessons.settle_request(debate_id, request_id, "refused")


@router.post("/seats/{persona}:take-back", status_code=204)
async def take_seat_back(request: Request, debate_id: DebateId, persona: str, actor: Runner, service: Served) -> None:
    """The participant speaks for itself again."""
    await hand_over(service, actor, debate_id, LeaveSeat(persona=persona, by=say("teacher")))
    await audit(service, request, actor, "seat.take-back", debate_id)


async def _waiting_request(service: Service, debate_id: str, request_id: str) -> SeatRequest:
    for one in await service.lessons.requests(debate_id):
        if one.id == request_id and one.state == "waiting":
            return one
    raise NotFound(f"no request {request_id!r} for a seat waits in debate {debate_id!r}")


async def leave_seats(service: Service, debate_id: str, member: str, actor: Actor) -> None:
    """Give back whatever seat a pupil has."""
    for seat in seats_taken((await service.logs.transcript(debate_id)).events).values():
        if seat.member == member:
            await hand_over(service, actor, debate_id, LeaveSeat(persona=seat.persona, by=seat.by))


async def keep_seats(service: Service) -> None:
    """Give back, for ever, the seats of pupils who let a debate wait too long or whose phone is gone.

    Several servers of one store may do so at once: who comes second is refused, and that is all.
    """
    while True:
        try:
            await give_back_forsaken(service)
        except RejoinderError as error:
            get_logger().warning("seats_not_kept", why=str(error))
        await asyncio.sleep(KEEP_EVERY_S)


async def give_back_forsaken(service: Service) -> int:
    """Give back the seats of those who let a debate wait too long; how many there were."""
    number = 0
    for debate in await service.store.list_debates(None, 200, "person", None):
        transcript = await service.logs.transcript(debate.id)
        lesson = await service.lessons.of(debate.id) or Lesson(debate_id=debate.id, class_id=debate.id)
        waiting = await waiting_for(service, lesson, transcript)
        if waiting is None or waiting.member is None or waiting.left_s > 0:
            continue
        try:
            await hand_over(service, KEEPER, debate.id, LeaveSeat(persona=waiting.persona, by=waiting.by))
            number += 1
        except CommandError:
            continue  # they spoke, or gave it back, at this very moment
    return number
