"""Coming in with a code: who is let into which debate of a class, and under which name."""

import secrets
from typing import Annotated

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.guard import JOINS_PER_MINUTE
from api.http.moderation import MOST_IN_A_NAME, likeness, typed
from api.http.problems import ProblemError
from api.http.service import Service
from api.tokens import Token
from language.errors import NotFound
from transcripts.audience import JoinCode
from transcripts.lessons import Lesson, Naming

NOBODY = "somebody in the audience"
"""What the transcript calls whoever gave no name."""
RESERVED = ("teacher", "the teacher", "moderator", "the moderator", "referee", "the referee")


class JoinRequest(BaseModel):
    """Who would like to watch."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"code": "K7P2MX", "nickname": "Kim"}]})
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)]
    nickname: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)] | None = None
    group: str | None = Field(
        default=None, max_length=80, description="Debate of a group; the whole class's by default"
    )


class Joined(BaseModel):
    """A place in the audience. The token is also set as a cookie, so that a page need not keep it."""

    debate_id: str
    member: str
    token: str


async def find_code(service: Service, request: Request, code: str) -> JoinCode:
    """The code that somebody typed. Those who type wrong ones must wait; a class behind one address need not.

    Raises:
        ProblemError: Too many wrong codes came from there.
        NotFound: It is not in force.
    """
    address = request.client.host if request.client else "-"
    per_minute = JOINS_PER_MINUTE * (1 if service.needs_keys else 60)
    wait_s = service.limits.peek_s(f"join {address}", per_minute)
    if wait_s:
        headers = {"Retry-After": str(int(wait_s) + 1)}
        raise ProblemError(429, "too-many-requests", "Too many requests", f"try again in {wait_s:.0f} s", headers)
    try:
        return await service.audience.find_code(code)
    except NotFound:
        service.limits.wait_s(f"join {address}", per_minute)
        raise


async def admit(request: Request, body: JoinRequest, service: Service) -> Joined:
    """Let somebody in who knows the code.

    Raises:
        NotFound: The code is not in force, or the group is none of this class.
        ProblemError: Too many wrong codes came from there, or the name cannot be taken.
    """
    code = await find_code(service, request, body.code)
    lessons = await lessons_of(service, code.debate_id)
    debate_id = body.group or code.debate_id
    if debate_id not in {one.debate_id for one in lessons}:
        raise NotFound(f"this class has no group {debate_id!r}")
    nickname = await fitting_name(service, lessons, body.nickname)
    # Nobody knows a token with this hash before the member's own is set.
    member = await service.audience.admit(debate_id, nickname, secrets.token_hex(32), code.expires_at_ms)
    token = Token("member", member.id)
    await service.audience.set_hash(member.id, token.hash)
    return Joined(debate_id=member.debate_id, member=member.id, token=token.text)


async def lessons_of(service: Service, debate_id: str) -> list[Lesson]:
    """The debates of the class that a debate belongs to, that of the whole class first; its own at least."""
    lesson = await service.lessons.of(debate_id)
    if lesson is None:
        return [Lesson(debate_id=debate_id, class_id=debate_id)]
    return await service.lessons.groups(lesson.class_id)


async def is_anonymous(service: Service, debate_id: str) -> bool:
    """Whether the class of a debate goes without names."""
    lesson = await service.lessons.of(debate_id)
    return lesson is not None and lesson.naming == "anonymous"


async def fitting_name(
    service: Service, lessons: list[Lesson], nickname: str | None, own: str | None = None
) -> str | None:
    """The name that somebody gets.

    Args:
        service: Who else is there.
        lessons: The debates of their class.
        nickname: What they would like to be called.
        own: Their member id, where they are in the class already.

    Raises:
        ProblemError: It is rude, blank, somebody else's, or missing where everybody gives one.
    """
    naming: Naming = lessons[0].naming
    if naming == "anonymous":
        return None
    if nickname is None:
        if naming == "names":
            raise ProblemError(422, "name-needed", "A name is needed", "in this class everybody gives a name")
        return None
    name = typed(nickname, MOST_IN_A_NAME)
    header = (await service.store.get(lessons[0].debate_id)).header
    reserved = {likeness(one) for one in RESERVED}
    reserved |= {likeness(one.pseudonym if header.pseudonymous else one.name) for one in header.participants}
    others = await service.lessons.pupils([one.debate_id for one in lessons])
    taken = {_key(one.nickname) for one in others if one.nickname and own not in {one.id, one.joined_from or one.id}}
    if likeness(name) in reserved or _key(name) in taken:
        raise ProblemError(409, "name-taken", "Somebody has this name", "somebody here has this name; take another")
    return name


def _key(name: str) -> str:
    return likeness(name) or name
