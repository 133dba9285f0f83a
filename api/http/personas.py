"""Personas of a thread: get, edit, create by hand, pseudonyms, another motion."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from api.http.guard import Reader, Runner, audit
from api.http.problems import responses
from api.http.service import Served
from language.errors import PersonaError
from personas.persona import Cast, Persona, Position
from personas.thread import Thread
from transcripts.library import Origin, StoredPersona

router = APIRouter(prefix="/v1/threads/{thread_id}/personas", tags=["personas"])


class CastView(BaseModel):
    """All personas of a thread, and the motion that their stances refer to."""

    motion: str
    personas: list[StoredPersona]


class NewMotion(BaseModel):
    """What stances shall refer to."""

    motion: Annotated[str, Field(min_length=1, max_length=500, examples=["Should the canal be built?"])]


class NewPseudonyms(BaseModel):
    """Pseudonyms by persona id; those left out get one made up."""

    pseudonyms: dict[str, Annotated[str, Field(min_length=1, max_length=80)]] = Field(
        default_factory=dict, examples=[{"maja": "Heron"}]
    )


@router.get("", responses=responses(404))
async def list_personas(thread_id: str, actor: Reader, service: Served) -> CastView:
    """The thread's personas, in order of first appearance, with positions and evidence."""
    cast, stored = await service.library.cast(thread_id)
    return CastView(motion=cast.motion, personas=list(stored))


@router.get("/{persona_id}", responses=responses(404))
async def get_persona(thread_id: str, persona_id: str, actor: Reader, service: Served) -> StoredPersona:
    """One persona."""
    return await service.library.persona(thread_id, persona_id)


@router.post("", status_code=201, responses=responses(404, 409))
async def create_persona(
    request: Request, response: Response, thread_id: str, persona: Persona, actor: Runner, service: Served
) -> StoredPersona:
    """Add a persona made by hand. Its evidence must be words of the thread."""
    thread = (await service.library.thread(thread_id)).thread
    _check_evidence(persona, thread)
    made = await service.library.add_persona(thread_id, persona)
    await audit(service, request, actor, "persona.create", f"{thread_id}/{persona.id}")
    response.headers["Location"] = f"/v1/threads/{thread_id}/personas/{persona.id}"
    return made


@router.put("/{persona_id}", responses=responses(404, 409))
async def edit_persona(
    request: Request,
    thread_id: str,
    persona_id: str,
    persona: Persona,
    actor: Runner,
    service: Served,
    version: Annotated[int, Query(ge=1, le=2_000_000_000, description="The version that was edited")],
) -> StoredPersona:
    """Replace a persona with an edited one; its id stays. Its evidence must be words of the thread."""
    persona = persona.model_copy(update={"id": persona_id})
    _check_evidence(persona, (await service.library.thread(thread_id)).thread)
    changed = await service.library.change_persona(thread_id, persona, version)
    await audit(service, request, actor, "persona.edit", f"{thread_id}/{persona_id}")
    return changed


@router.delete("/{persona_id}", status_code=204, responses=responses(404))
async def delete_persona(request: Request, thread_id: str, persona_id: str, actor: Runner, service: Served) -> None:
    """Delete a persona. Debates that it takes part in stay."""
    await service.library.delete_persona(thread_id, persona_id)
    await audit(service, request, actor, "persona.delete", f"{thread_id}/{persona_id}")


@router.post(":motion", responses=responses(404))
async def set_motion(request: Request, thread_id: str, body: NewMotion, actor: Runner, service: Served) -> CastView:
    """Find the personas anew with regard to another motion; edited ones and those made by hand stay as they are."""
    thread = (await service.library.thread(thread_id)).thread
    _, stored = await service.library.cast(thread_id)
    found = await asyncio.to_thread(_extract, thread, body.motion)
    await service.library.replace_cast(thread_id, body.motion, _merged(found, stored))
    await audit(service, request, actor, "persona.motion", thread_id)
    return await list_personas(thread_id, actor, service)


def _extract(thread: Thread, motion: str) -> Cast:
    from personas.extraction import extract_cast

    return extract_cast(thread, motion)


def _merged(found: Cast, stored: tuple[StoredPersona, ...]) -> list[tuple[Persona, Origin]]:
    kept = {one.persona.id: one for one in stored if one.origin != "extracted"}
    merged: list[tuple[Persona, Origin]] = []
    for one in found.personas:
        mine = kept.pop(one.id, None)
        merged.append((one, "extracted") if mine is None else (mine.persona, mine.origin))
    return merged + [(one.persona, one.origin) for one in kept.values()]


@router.post(":pseudonymise", responses=responses(404))
async def pseudonymise(
    request: Request, thread_id: str, body: NewPseudonyms, actor: Runner, service: Served
) -> CastView:
    """Set the names that pseudonymous debates show."""
    cast, stored = await service.library.cast(thread_id)
    unknown = [one for one in body.pseudonyms if one not in {persona.id for persona in cast.personas}]
    if unknown:
        raise PersonaError(f"{unknown[0]!r} is nobody in this thread")
    from personas.naming import make_pseudonyms

    made_up = dict(
        zip((one.id for one in cast.personas), make_pseudonyms([one.name for one in cast.personas]), strict=True)
    )
    names = {**made_up, **body.pseudonyms}
    if len(set(names.values())) < len(names):
        raise PersonaError("two people would have the same pseudonym")
    changed: list[tuple[Persona, Origin]] = [
        (one.persona.model_copy(update={"pseudonym": names[one.persona.id]}), one.origin) for one in stored
    ]
    await service.library.replace_cast(thread_id, cast.motion, changed)
    await audit(service, request, actor, "persona.pseudonymise", thread_id)
    return await list_personas(thread_id, actor, service)


def _check_evidence(persona: Persona, thread: Thread) -> None:
    """Every position rests on words that stand in the thread, whoever wrote the persona."""
    texts = {post.id: " ".join(post.text.split()) for post in thread.posts}
    for position in persona.positions:
        _check_position(position, texts)
    for remark in persona.remarks:
        _check_words(remark.post_id, remark.text, "a remark", texts)


def _check_position(position: Position, texts: dict[str, str]) -> None:
    for evidence in position.evidence:
        _check_words(evidence.post_id, evidence.text, f"position {position.id!r}", texts)


def _check_words(post_id: str, words: str, what: str, texts: dict[str, str]) -> None:
    if post_id not in texts:
        raise PersonaError(f"the evidence of {what} names post {post_id!r}, which the thread does not have")
    if " ".join(words.split()) not in texts[post_id]:
        raise PersonaError(f"the evidence of {what} does not stand in post {post_id!r}")
