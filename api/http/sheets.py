"""Fact sheets: upload with the lint's result, list versions, get, delete."""

import asyncio

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.http.guard import Reader, Runner, audit
from api.http.problems import responses
from api.http.service import Served
from debate.referee.facts import FactSheet
from language.errors import InputError, SheetError
from transcripts.library import SheetSummary

router = APIRouter(prefix="/v1/sheets", tags=["fact sheets"])

EXAMPLE = """id: canals
title: Canals
version: "1"
facts:
  - id: canal-opened
    statement: The canal opened in 1910.
    subject: the canal
    relation: opened
    date: "1910"
    sources:
      - {author: A. Author, title: Canals, year: 1950}
"""
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "minLength": 1}, "example": EXAMPLE}},
    }
}


class Lint(BaseModel):
    """What the check of a sheet found."""

    ok: bool = Field(description="Whether the referee can use it")
    problem: str | None = Field(default=None, description="The first thing to mend, with its line and fact")


class SheetList(BaseModel):
    """All sheets and their versions."""

    items: list[SheetSummary]


@router.post("", status_code=201, responses={200: {"model": SheetSummary}, **responses(413)}, openapi_extra=_UPLOAD)
async def upload_sheet(request: Request, response: Response, actor: Runner, service: Served) -> SheetSummary:
    """Keep a fact sheet (YAML or JSON). One that cannot be used is refused with line and fact; the same file twice is
    one sheet."""
    from debate.referee.sheets import parse_sheet

    sheet = await asyncio.to_thread(parse_sheet, await request.body())
    kept, is_new = await service.library.add_sheet(sheet, actor.id)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/sheets/{kept.digest}"
    await audit(service, request, actor, "sheet.upload", kept.digest)
    return kept


@router.post(":lint", responses=responses(413), openapi_extra=_UPLOAD)
async def lint_sheet(request: Request, actor: Reader, service: Served) -> Lint:
    """Check a fact sheet without keeping it."""
    from debate.referee.sheets import parse_sheet

    data = await request.body()
    if not data:
        raise InputError("send the sheet's YAML or JSON as the request's body")
    try:
        await asyncio.to_thread(parse_sheet, data)
    except SheetError as error:
        return Lint(ok=False, problem=str(error))
    return Lint(ok=True)


@router.get("", responses=responses())
async def list_sheets(actor: Reader, service: Served) -> SheetList:
    """All sheets and their versions, newest first."""
    return SheetList(items=await service.library.list_sheets())


@router.get("/{digest}", responses=responses(404))
async def get_sheet(digest: str, actor: Reader, service: Served) -> FactSheet:
    """One sheet with its facts."""
    return await service.library.sheet(digest)


@router.delete("/{digest}", status_code=204, responses=responses(404))
async def delete_sheet(request: Request, digest: str, actor: Runner, service: Served) -> None:
    """Delete a sheet. Debates that used it keep the facts that were cited, but cannot go on."""
    await service.library.delete_sheet(digest)
    await audit(service, request, actor, "sheet.delete", digest)
