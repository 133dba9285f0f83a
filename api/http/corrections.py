"""What a person corrects in a thread: who wrote what, whom they quote, and what people are called."""

import asyncio
import json
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.http.guard import Reader, Runner, audit
from api.http.problems import responses
from api.http.service import Served
from api.http.threads import ParseReport, report_on
from personas.corrections import annotations, apply_corrections, correction_values
from personas.extraction import extract_cast
from personas.persona import Cast
from personas.thread import Thread

router = APIRouter(prefix="/v1/threads/{thread_id}/corrections", tags=["threads"])


class CorrectedQuote(BaseModel):
    """One quotation of a post; what is not listed is the post's own."""

    words: str = Field(description="All its words, or its first … and its last")
    author: str | None = Field(description="Who wrote them; null where nobody can tell")
    post: str | None = Field(description="The post that they are from; null where it is not in the thread")


class CorrectedPost(BaseModel):
    """One post."""

    author: str
    quotes: list[CorrectedQuote]


class Corrections(BaseModel):
    """Everything that can be corrected, as it is now; posts and names that are left out stay as they are."""

    digest: str = Field(description="Of the file that was read")
    names: dict[str, str] = Field(description="People: as they are called now, and as they should be")
    posts: dict[str, CorrectedPost]


class CorrectedThread(BaseModel):
    """What became of a thread."""

    report: ParseReport
    personas: list[str] = Field(description="Ids, in order of first appearance")


_AS_YAML = {"application/yaml": {"schema": {"type": "string"}}}
_EXAMPLE = {"names": {"Maja": "Maja K."}, "posts": {"2": {"author": "Otto", "quotes": []}}}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": _EXAMPLE},
            "application/yaml": {"schema": {"type": "string", "minLength": 1}, "example": "names:\n  Maja: Maja K.\n"},
        },
    }
}


@router.get("", response_class=Response, responses={200: {"model": Corrections, "content": _AS_YAML}, **responses(404)})
async def get_corrections(
    thread_id: str, actor: Reader, service: Served, format: Literal["json", "yaml"] = "json"
) -> Response:
    """What can be corrected: as JSON, or as the file that `rejoinder thread --annotate` writes."""
    thread = (await service.library.thread(thread_id)).thread
    if format == "yaml":
        return Response(await asyncio.to_thread(annotations, thread), media_type="application/yaml")
    values = await asyncio.to_thread(correction_values, thread)
    return Response(json.dumps(values, ensure_ascii=False), media_type="application/json")


DiscardEdits = Annotated[bool, Query(description="Whether edited personas may be found anew as well")]


@router.put("", openapi_extra=_BODY, responses=responses(404, 409))
async def correct_thread(
    request: Request, thread_id: str, actor: Runner, service: Served, discard_edits: DiscardEdits = False
) -> CorrectedThread:
    """Apply corrections, and find the personas anew. Those made by hand stay; debates that have begun do too."""
    text = _as_yaml(await request.body())
    found = await service.library.thread(thread_id)
    corrected, cast = await asyncio.to_thread(_corrected, found.thread, text, found.motion)
    await service.library.correct_thread(thread_id, found.thread, corrected, cast, discard_edits=discard_edits)
    await audit(service, request, actor, "thread.correct", thread_id)
    return CorrectedThread(report=report_on(corrected), personas=[one.id for one in cast.personas])


@router.delete("", responses=responses(404, 409))
async def undo_corrections(
    request: Request, thread_id: str, actor: Runner, service: Served, discard_edits: DiscardEdits = False
) -> CorrectedThread:
    """Take all corrections back: the thread is as it was read, and its personas are found anew."""
    found = await service.library.thread(thread_id)
    before = await service.library.as_read(thread_id)
    cast = await asyncio.to_thread(extract_cast, before, found.motion)
    await service.library.correct_thread(thread_id, found.thread, before, cast, discard_edits=discard_edits)
    await audit(service, request, actor, "thread.uncorrect", thread_id)
    return CorrectedThread(report=report_on(before), personas=[one.id for one in cast.personas])


def _as_yaml(body: bytes) -> str:
    """The corrections as YAML, which JSON is but for its escapes and tabs."""
    text = body.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _corrected(thread: Thread, text: str, motion: str) -> tuple[Thread, Cast]:
    corrected = apply_corrections(thread, text)
    return corrected, extract_cast(corrected, motion)
