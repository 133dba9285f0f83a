"""Threads: upload, list, get, delete."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.http.guard import Reader, Runner, audit
from api.http.paging import Before, Limit, Page, page_of
from api.http.problems import responses
from api.http.retention import delete_after_ms
from api.http.service import Served
from api.reading_apart import ReadRequest, read_upload
from personas.reading import FORMATS
from personas.thread import Thread
from transcripts.library import StoredThread, ThreadSummary

router = APIRouter(prefix="/v1/threads", tags=["threads"])

EXAMPLE = (
    "#1 Maja, 3 May 2024\nThe canal pays for itself within ten years, because trade needs it.\n\n"
    "#2 Otto, 3 May 2024\nNobody will use the canal. The railway is cheaper and already built.\n"
)
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "minLength": 1}, "example": EXAMPLE},
        },
    }
}


FormatName = StrEnum("FormatName", {name: name for name in FORMATS})  # type: ignore[misc]  # made from the readers


class ParseReport(BaseModel):
    """What was read, and what was guessed."""

    format: str = Field(examples=["plain"])
    posts: int
    people: list[str]
    quotes: int
    inferred_quotes: int
    inferred_names: int
    notes: list[str]


_THREAD = {"thread_id": "$response.body#/thread/id"}
_LINKS = {
    name: {"operationId": name, "parameters": _THREAD}
    for name in (
        "get_thread",
        "get_report",
        "list_personas",
        "get_corrections",
        "pseudonymise",
        "set_motion",
        "delete_thread",
    )
} | {"create_debate": {"operationId": "create_debate", "requestBody": {"thread": _THREAD["thread_id"], "rounds": 1}}}


class ReadThread(BaseModel):
    """A thread that was just read."""

    thread: ThreadSummary
    report: ParseReport
    personas: list[str] = Field(description="Ids, in order of first appearance")


@router.post("", status_code=201, responses={201: {"links": _LINKS}, **responses(413)}, openapi_extra=_UPLOAD)
async def upload_thread(
    request: Request,
    response: Response,
    actor: Runner,
    service: Served,
    name: Annotated[str, Query(max_length=200, description="What to call it")] = "thread",
    format: Annotated[FormatName | None, Query(description="Force a format; it is chosen by content otherwise")] = None,
    motion: Annotated[str | None, Query(min_length=1, max_length=500, description="What stances refer to")] = None,
) -> ReadThread:
    """Read a discussion from the bytes of a file, in any format that `rejoinder thread --format help` lists."""
    data = await request.body()
    wanted = ReadRequest(name=name, format=format, motion=motion)
    thread, cast = await read_upload(data, wanted, service.settings.read_limit_s)
    kept = await service.library.add_thread(
        thread, cast, name=name, owner=actor.id, delete_after_ms=delete_after_ms(service.settings)
    )
    await audit(service, request, actor, "thread.upload", kept.id)
    response.headers["Location"] = f"/v1/threads/{kept.id}"
    return ReadThread(thread=kept, report=report_on(thread), personas=[one.id for one in cast.personas])


def report_on(thread: Thread) -> ParseReport:
    """What was read, and what was guessed."""
    quotes = [one for post in thread.posts for one in post.passages if one.kind == "quote"]
    return ParseReport(
        format=thread.format,
        posts=len(thread.posts),
        people=list(thread.authors),
        quotes=len(quotes),
        inferred_quotes=sum(one.inferred for one in quotes),
        inferred_names=len({post.author for post in thread.posts if not post.author_named}),
        notes=list(thread.notes),
    )


@router.get("", responses=responses())
async def list_threads(actor: Reader, service: Served, before: Before = None, limit: Limit = 50) -> Page[ThreadSummary]:
    """Threads, newest first."""
    return page_of(await service.library.list_threads(before, limit), limit, lambda one: one.id)


@router.get("/{thread_id}", responses=responses(404))
async def get_thread(thread_id: str, actor: Reader, service: Served) -> StoredThread:
    """One thread with all its posts."""
    return await service.library.thread(thread_id)


@router.get("/{thread_id}/report", responses=responses(404))
async def get_report(thread_id: str, actor: Reader, service: Served) -> ParseReport:
    """What was read of one thread, and what was guessed."""
    return report_on((await service.library.thread(thread_id)).thread)


@router.delete("/{thread_id}", status_code=204, responses=responses(404))
async def delete_thread(request: Request, thread_id: str, actor: Runner, service: Served) -> None:
    """Delete a thread and its personas. Debates made from it stay."""
    await service.library.delete_thread(thread_id)
    await audit(service, request, actor, "thread.delete", thread_id)
