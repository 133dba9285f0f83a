"""Who is asking, and what they may do."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import ProblemError, problem_response
from api.http.service import Served, Service
from api.tokens import hash_token
from transcripts.access import Scope as KeyScope

COOKIE = "rejoinder_token"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
JOINS_PER_MINUTE = 20

Right = Literal["read", "run", "admin", "audience"]
_IMPLIED: dict[KeyScope, frozenset[Right]] = {
    "read": frozenset(["read", "audience"]),
    "run": frozenset(["read", "run", "audience"]),
    "admin": frozenset(["read", "run", "admin", "audience"]),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking."""

    id: str
    """Key or member id; "local" where the service is open to this machine only."""
    name: str
    rights: frozenset[Right]
    debate_id: str | None = None
    """The only debate that they may see; None for all."""

    @property
    def is_audience(self) -> bool:
        """Whether they have a place in the audience and no key."""
        return "read" not in self.rights


async def _actor(request: Request, service: Served) -> Actor:
    actor = await _identify(request, service)
    address = request.client.host if request.client else "-"
    who = address if actor is None or actor.id == "local" else actor.id
    wait_s = service.limits.wait_s(who, service.settings.requests_per_minute)
    if wait_s:
        headers = {"Retry-After": str(int(wait_s) + 1)}
        raise ProblemError(429, "too-many-requests", "Too many requests", f"try again in {wait_s:.0f} s", headers)
    if actor is None:
        detail = "send a valid key as 'Authorization: Bearer ...'"
        raise ProblemError(401, "no-valid-key", "No valid key", detail, {"WWW-Authenticate": "Bearer"})
    return actor


async def _identify(request: Request, service: Service) -> Actor | None:
    header = request.headers.get("authorization")
    text = request.cookies.get(COOKIE) if header is None else header.removeprefix("Bearer ").strip()
    if text:
        # A wrong key is an error also where none is needed: whoever sends one means to use it.
        return await holder(text, service)
    if service.needs_keys:
        return None
    return Actor("local", "someone at this machine", _IMPLIED["admin"])


async def holder(text: str, service: Service) -> Actor | None:
    """Whose token this is; None where it is nobody's any more."""
    kind, _, rest = text.partition(".")
    token_id = rest.partition(".")[0]
    if kind == "rjk":
        key = await service.access.key(token_id)
        if key is not None and hmac.compare_digest(key.hash, hash_token(text)):
            rights = frozenset[Right]().union(*(_IMPLIED[scope] for scope in key.scopes))
            return Actor(key.id, key.name, rights)
    elif kind == "rjm":
        member = await service.audience.member(token_id)
        if member is not None and hmac.compare_digest(member.hash, hash_token(text)):
            name = member.nickname or "somebody in the audience"
            return Actor(member.id, name, frozenset(["audience"]), member.debate_id)
    return None


def allowed(right: Right) -> Callable[[Request, Actor], Awaitable[Actor]]:
    """A dependency that lets in whoever has a right; the audience of a debate only to that debate."""

    async def check(request: Request, actor: Annotated[Actor, Depends(_actor)]) -> Actor:
        asked = request.path_params.get("debate_id")
        if right not in actor.rights or (actor.debate_id is not None and asked != actor.debate_id):
            detail = f"this needs the right {right!r}"
            raise ProblemError(403, "not-allowed", "Not allowed", detail)
        return actor

    return check


Reader = Annotated[Actor, Depends(allowed("read"))]
Runner = Annotated[Actor, Depends(allowed("run"))]
Admin = Annotated[Actor, Depends(allowed("admin"))]
Watcher = Annotated[Actor, Depends(allowed("audience"))]


async def audit(service: Service, request: Request, actor: Actor, action: str, target: str) -> None:
    """Write down who did what."""
    address = request.client.host if request.client else "-"
    await service.access.record(f"{actor.id} ({actor.name})", address, action, target)


class SameSite:
    """Keeps other sites' pages from using the service through a visitor's browser.

    A browser says where a request comes from in `Origin`; and where the service is open to this machine, the name in
    `Host` must be this machine's, so that no other name can be made to point here (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, only_loopback: bool, origins: tuple[str, ...]) -> None:
        self._app = app
        self._only_loopback = only_loopback
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it comes from another site."""
        if scope["type"] == "http" and not self._is_welcome(scope):
            detail = "requests from other sites' pages are refused; the operator can allow a site"
            await problem_response(403, "other-site", "Not allowed", detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_welcome(self, scope: Scope) -> bool:
        headers: dict[str, str] = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if self._only_loopback and _name(host) not in LOOPBACK_NAMES:
            return False
        origin = headers.get("origin")
        if origin is None or origin in self._origins:
            return True
        return str(origin).partition("://")[2] == host


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
