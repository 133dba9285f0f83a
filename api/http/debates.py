"""Debates: create, list, get, change the pace, delete; their transcript as a document."""

import asyncio
import hashlib
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.audience_view import before_the_curtain, lines_before_the_curtain
from api.http.estimating import Estimate, estimate
from api.http.guard import Actor, Reader, Runner, Watcher, audit
from api.http.model_choice import BudgetChoice, ModelChoice, bounded, check_budget, resolve
from api.http.paging import Before, Limit, Page, page_of
from api.http.problems import ProblemError, responses
from api.http.retention import delete_after_ms
from api.http.service import Served, Service
from api.wiring import choose_participants, prepare_debate
from debate.engine import utc_now
from debate.events import EVENT, Paused, Side
from language.errors import InputError
from language.resilience import Budget
from personas.persona import Cast
from personas.pseudonyms import pseudonymise
from transcripts.model_calls import ModelCalls
from transcripts.store import DebateSummary, NewDebate, Options, Status, StoredDebate, StoredEvent

router = APIRouter(prefix="/v1/debates", tags=["debates"])

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Pace = Annotated[float | None, Field(gt=0, le=1000, description="Words a second; null for as fast as it goes")]


class DebateRequest(BaseModel):
    """What a new debate is about, and who takes part."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"thread": "t_018c2a7d1f0a1b2c3d4e5f", "format": "forum", "rounds": 2}]},
    )

    thread: str = Field(description="Id of the thread")
    participants: list[str] = Field(
        default=[], max_length=200, description="Persona ids; everybody with a position by default"
    )
    format: str = Field(default="forum", max_length=40, description="forum, panel, oxford or cross_examination")
    rounds: int = Field(default=2, ge=1, le=100)
    premise: Words | None = Field(default=None, description='A stipulated premise: "The river never silts"')
    seed: int = Field(default=0, ge=0, le=2**31, description="Decides the seating")
    pseudonymous: bool = Field(default=False, description="Leave every name out, of the transcript's header as well")
    sheet: str | None = Field(default=None, description="Digest of the referee's fact sheet; none: no referee")
    models: ModelChoice | None = Field(default=None, description="Chat models; none: everybody in their own sentences")
    budget: BudgetChoice | None = Field(default=None, description="What its models may take")
    sides_swapped: bool = Field(default=False, description="Everybody argues the other side; needs models")
    sides: dict[str, Side] = Field(
        default={}, max_length=200, description="Whom to put on which side in a format with sides, by persona id"
    )
    words_per_s: Pace = None
    start_paused: bool = Field(default=False, description="Say nothing before it is resumed")
    delete_after_days: float | None = Field(default=None, gt=0, le=36500)


class PaceChange(BaseModel):
    """How fast a debate goes, and what its models may take; what is left out stays as it is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"words_per_s": 4}, {"budget": {"max_calls": 400}}]}
    )
    words_per_s: Pace = None
    budget: BudgetChoice | None = None


_LINKS = {
    name: {"operationId": name, "parameters": {"debate_id": "$response.body#/id"}}
    for name in (
        "get_debate",
        "get_events",
        "get_transcript",
        "get_calls",
        "give_command",
        "branch_debate",
        "change_pace",
        "open_to_audience",
        "queue_question",
        "list_questions",
        "cast_ballot",
        "delete_debate",
    )
}


@router.post(
    "", status_code=201, responses={200: {"model": StoredDebate}, 201: {"links": _LINKS}, **responses(404, 409)}
)
async def create_debate(
    request: Request,
    response: Response,
    body: DebateRequest,
    actor: Runner,
    service: Served,
    idempotency_key: Annotated[
        str | None, Header(min_length=1, max_length=200, description="The same key again gives the same debate")
    ] = None,
) -> StoredDebate:
    """Create a debate and start it."""
    digest = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
    new = await _prepared(service, actor, body)
    new = replace(new, idempotency_key=idempotency_key, request_digest=digest)
    debate, is_new = await service.store.create(new)
    if debate.request_digest != digest:
        detail = f"the idempotency key {idempotency_key!r} was used for another request; use a new one"
        raise ProblemError(422, "idempotency-key-reused", "Another request had this key", detail)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/debates/{debate.id}"
    if is_new:
        await audit(service, request, actor, "debate.create", debate.id)
        await service.wake(debate.id)
    return debate


async def _prepared(service: Service, actor: Actor, body: DebateRequest) -> NewDebate:
    cast, _ = await service.library.cast(body.thread)
    sheet = await service.library.sheet(body.sheet) if body.sheet is not None else None
    seated = Cast(**{**dict(cast), "personas": choose_participants(cast, body.participants)})
    shown = pseudonymise(seated) if body.pseudonymous else seated
    ids = dict(zip((one.id for one in seated.personas), (one.id for one in shown.personas), strict=True))
    preparation = await asyncio.to_thread(
        prepare_debate,
        shown,
        participants=[one.id for one in shown.personas],
        format=body.format,
        rounds=body.rounds,
        premise=body.premise,
        seed=body.seed,
        pseudonymous=body.pseudonymous,
        sides_swapped=body.sides_swapped,
        sides={ids.get(one, one): side for one, side in body.sides.items()},
        facts=sheet,
    )
    models, budget = _models(service, body, [one.id for one in preparation.header.participants])
    new = NewDebate(
        header=preparation.using(models).header,
        owner=actor.id,
        thread_id=body.thread,
        sheet_digest=body.sheet,
        options=Options(words_per_s=body.words_per_s, budget=budget),
        delete_after_ms=delete_after_ms(service.settings, body.delete_after_days),
    )
    return paused_at_first(new, actor) if body.start_paused else new


def _models(service: Service, body: DebateRequest, participants: list[str]) -> tuple[dict[str, str], Budget]:
    """Which models take part, and what they may take."""
    models = resolve(body.models, participants, service.catalogue, format=body.format, has_sheet=body.sheet is not None)
    if body.sides_swapped and not all(one in models for one in participants):
        raise InputError("swapped sides need a model for everybody: nobody's own sentences argue the other side")
    budget = bounded(body.budget, service.settings)
    check_budget(budget, models, service.catalogue)
    return models, budget


@router.post(":estimate", responses=responses(404))
async def estimate_debate(body: DebateRequest, actor: Runner, service: Served) -> Estimate:
    """What a debate's models would take, told without asking any and without creating it."""
    return await estimate((await _prepared(service, actor, body)).header, service.catalogue)


def paused_at_first(new: NewDebate, actor: Actor) -> NewDebate:
    """The same debate, saying nothing before it is resumed."""
    pause = Paused(seq=len(new.events) + 1, at=utc_now(), by=actor.name)
    stored = StoredEvent(seq=pause.seq, type=pause.type, body=EVENT.dump_json(pause).decode())
    return replace(new, events=(*new.events, stored), status="paused")


@router.get("", responses=responses())
async def list_debates(
    actor: Reader,
    service: Served,
    before: Before = None,
    limit: Limit = 50,
    status: Status | None = None,
    thread: Annotated[str | None, Query(max_length=100)] = None,
) -> Page[DebateSummary]:
    """Debates, newest first."""
    return page_of(await service.store.list_debates(before, limit, status, thread), limit, lambda one: one.id)


@router.get("/{debate_id}", responses=responses(404))
async def get_debate(debate_id: str, actor: Watcher, service: Served) -> StoredDebate:
    """One debate: its header, who takes part, and what it is doing."""
    return await service.store.get(debate_id)


@router.patch("/{debate_id}", responses=responses(404))
async def change_pace(
    request: Request, debate_id: str, body: PaceChange, actor: Runner, service: Served
) -> DebateSummary:
    """Change how fast a debate goes, or its budget. One that has spent it goes on with a larger one when resumed."""
    options = (await service.store.get_summary(debate_id)).options
    if "words_per_s" in body.model_fields_set:
        options = options.model_copy(update={"words_per_s": body.words_per_s})
    if "budget" in body.model_fields_set:
        budget = bounded(body.budget, service.settings)
        check_budget(budget, dict((await service.store.get(debate_id)).header.models), service.catalogue)
        options = options.model_copy(update={"budget": budget})
    await service.store.set_options(debate_id, options)
    await service.wake(debate_id)
    await audit(service, request, actor, "debate.pace", debate_id)
    return await service.store.get_summary(debate_id)


@router.delete("/{debate_id}", status_code=204, responses=responses(404))
async def delete_debate(request: Request, debate_id: str, actor: Runner, service: Served) -> None:
    """Delete a debate with all its events, ballots and questions; a running one stops."""
    await service.store.delete(debate_id)
    service.fanout.gone(debate_id)
    await audit(service, request, actor, "debate.delete", debate_id)


_DOCUMENTS = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
}


@router.get(
    "/{debate_id}/transcript",
    response_class=Response,
    responses={
        200: {
            "description": "The transcript",
            "content": {
                "text/markdown": {"schema": {"type": "string"}},
                "text/html": {"schema": {"type": "string"}},
                "application/json": {"schema": {"type": "object"}},
                "application/jsonl": {"schema": {"type": "string"}},
            },
        },
        **responses(404),
    },
)
async def get_transcript(
    debate_id: str, actor: Watcher, service: Served, format: Literal["md", "html", "json", "jsonl"] = "md"
) -> Response:
    """The transcript so far: for people (md, html), for programs (json), or as the command line's file (jsonl).

    For the audience it ends before the first ruling that may still be guessed.
    """
    from transcripts.exports import export_html, export_json, export_markdown

    if format == "jsonl":
        lines = await service.store.lines(debate_id)
        if actor.is_audience:
            lines = lines_before_the_curtain(lines)
        return Response("".join(f"{line}\n" for line in lines), media_type=_DOCUMENTS[format])
    transcript = await service.store.transcript(debate_id)
    if actor.is_audience:
        transcript = before_the_curtain(transcript)
    made = {"md": export_markdown, "html": export_html, "json": export_json}[format](transcript)
    return Response(made, media_type=_DOCUMENTS[format])


@router.get(
    "/{debate_id}/calls",
    response_class=Response,
    responses={
        200: {"description": "One call a line", "content": {"application/jsonl": {"schema": {"type": "string"}}}},
        **responses(404),
    },
)
async def get_calls(debate_id: str, actor: Runner, service: Served) -> Response:
    """Every model call of a debate, as the command line's recording has it: what was asked as a digest, what came back.

    A call is there about a second after it was made.
    """
    await service.store.get_summary(debate_id)
    lines = await ModelCalls(service.database).lines(debate_id)
    return Response("".join(f"{line}\n" for line in lines), media_type=_DOCUMENTS["jsonl"])
