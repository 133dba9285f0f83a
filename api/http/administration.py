"""For the operator: keys, the audit log, a person's data."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.http.guard import Admin, audit
from api.http.paging import Before, Limit, Page, page_of
from api.http.problems import responses
from api.http.service import Served
from api.tokens import Token
from transcripts.access import AuditEntry, Scope
from transcripts.people import Erasure, Export, People

router = APIRouter(prefix="/v1/admin", tags=["administration"])

PersonName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class KeyRequest(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "class 7b", "scopes": ["run"]}]})
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    scopes: list[Scope] = Field(min_length=1, max_length=3)


class KeyView(BaseModel):
    """A key without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    created_at_ms: int
    revoked_at_ms: int | None


class NewKey(BaseModel):
    """A key, shown this once."""

    id: str
    key: str


class KeyList(BaseModel):
    """All keys."""

    items: list[KeyView]


class PersonRequest(BaseModel):
    """A person, by the name that they post under."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Otto"}]})
    name: PersonName


@router.post("/keys", status_code=201, responses=responses())
async def create_key(request: Request, body: KeyRequest, actor: Admin, service: Served) -> NewKey:
    """Make a key. It is shown this once; only its hash is kept."""
    token = Token("key", f"k{secrets.token_hex(6)}")
    await service.access.add_key(token.id, body.name, token.hash, tuple(dict.fromkeys(body.scopes)))
    await audit(service, request, actor, "key.create", token.id)
    return NewKey(id=token.id, key=token.text)


@router.get("/keys", responses=responses())
async def list_keys(actor: Admin, service: Served) -> KeyList:
    """All keys, the revoked ones too."""
    fields = set(KeyView.model_fields)
    keys = [KeyView.model_validate(one.model_dump(include=fields)) for one in await service.access.list_keys()]
    return KeyList(items=keys)


@router.delete("/keys/{key_id}", status_code=204, responses=responses(404))
async def revoke_key(request: Request, key_id: str, actor: Admin, service: Served) -> None:
    """Make a key useless from now on."""
    await service.access.revoke_key(key_id)
    await audit(service, request, actor, "key.revoke", key_id)


@router.get("/audit", responses=responses())
async def read_audit(actor: Admin, service: Served, before: Before = None, limit: Limit = 50) -> Page[AuditEntry]:
    """Who did what, newest first."""
    return page_of(await service.access.entries(before, limit), limit, lambda one: one.id)


@router.get("/people", responses=responses())
async def export_person(
    request: Request, actor: Admin, service: Served, name: Annotated[PersonName, Query()]
) -> Export:
    """Everything that is kept about a person."""
    found = await People(service.database).export(name)
    await audit(service, request, actor, "person.export", "a person")
    return found


@router.post("/people:erase", responses=responses())
async def erase_person(request: Request, body: PersonRequest, actor: Admin, service: Served) -> Erasure:
    """Erase a person: their posts and quotes become blank, their personas and their debates are deleted."""
    erased = await People(service.database).erase(body.name)
    await audit(service, request, actor, "person.erase", "a person")
    return erased
