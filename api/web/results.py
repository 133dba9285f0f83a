"""What can be taken away from a debate: its pictures, their tables, and everything in one archive."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Response

from api.http.guard import Reader
from api.http.problems import ProblemError
from api.http.service import Served, Service
from api.web.layout import ASSETS, HEADERS, DebateId, render
from api.web.lesson import sum_up
from api.web.pictures import Picture, draw_pictures
from api.web.tables import to_csv
from api.web.texts import say
from language.errors import NotFound
from personas.answers import Answer, find_answers
from personas.thread import Thread
from transcripts.exports import export_html, export_json, export_markdown
from transcripts.store import StoredDebate
from transcripts.transcript import Transcript

router = APIRouter(prefix="/classroom/debates/{debate_id}", include_in_schema=False)


@router.get("/pictures/{name}.{kind}")
async def take_picture(
    debate_id: DebateId, name: str, kind: Literal["svg", "csv"], actor: Reader, service: Served
) -> Response:
    """One picture, as a drawing or as a table."""
    draw = await drawing_of(service, debate_id, await service.store.transcript(debate_id))
    picture = (await asyncio.to_thread(draw)).get(name)
    if picture is None:
        raise ProblemError(404, "not-found", "No picture", f"debate {debate_id!r} has no picture {name!r} (yet)")
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    if kind == "svg":
        return Response(picture.document, media_type="image/svg+xml", headers=headers)
    table = to_csv(picture.table.columns, picture.table.rows)
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/all.zip")
async def take_all(debate_id: DebateId, actor: Reader, service: Served) -> Response:
    """Transcript in every form, pictures and tables, the handout, and the thread as it was read."""
    debate = await service.store.get(debate_id)
    transcript = await service.store.transcript(debate_id)
    lines = await service.store.lines(debate_id)
    pictures = await asyncio.to_thread(await drawing_of(service, debate_id, transcript))
    files = {
        "transcript.jsonl": "".join(f"{line}\n" for line in lines),
        "transcript.md": export_markdown(transcript),
        "transcript.html": export_html(transcript),
        "transcript.json": export_json(transcript),
        "handout.html": _handout(debate_id, transcript),
    }
    for name, picture in pictures.items():
        files[f"pictures/{name}.svg"] = picture.document
        files[f"tables/{name}.csv"] = to_csv(picture.table.columns, picture.table.rows)
    thread = await _thread_of(service, debate)
    if thread is not None and not transcript.header.pseudonymous:
        files["thread.json"] = thread.model_dump_json(indent=2)
    made = await asyncio.to_thread(_zipped, files)
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{debate_id}.zip"'}
    return Response(made, media_type="application/zip", headers=headers)


async def drawing_of(service: Service, debate_id: str, transcript: Transcript) -> Callable[[], dict[str, Picture]]:
    """All pictures that a debate has so far, by name, to be drawn when somebody asks; drawing takes processor time.

    Raises:
        NotFound: There is no such debate.
    """
    debate = await service.store.get(debate_id)
    names = await _names(service, debate)
    thread = await _thread_of(service, debate)
    return lambda: _draw(transcript, thread, names)


def _draw(transcript: Transcript, thread: Thread | None, names: dict[str, str]) -> dict[str, Picture]:
    answers: list[Answer] = []
    if thread is not None:
        answers = [
            one._replace(author=names[one.author], answered=names[one.answered])
            for one in find_answers(thread)
            if one.author in names and one.answered in names
        ]
    return draw_pictures(transcript, sum_up(transcript), answers)


async def _names(service: Service, debate: StoredDebate) -> dict[str, str]:
    """Participants' ids by the names under which they wrote in the thread."""
    header = debate.header
    if not header.pseudonymous or debate.thread_id is None:
        return {one.name: one.id for one in header.participants}
    try:
        cast, _ = await service.library.cast(debate.thread_id)
    except NotFound:
        return {}
    shown = {one.name: one.id for one in header.participants}
    return {one.name: shown[one.pseudonym] for one in cast.personas if one.pseudonym in shown}


async def _thread_of(service: Service, debate: StoredDebate) -> Thread | None:
    """The thread that it was made from; None where it was deleted since."""
    if debate.thread_id is None:
        return None
    try:
        return (await service.library.thread(debate.thread_id)).thread
    except NotFound:
        return None


def foot_of_pages() -> str:
    """A style that prints on every sheet of paper that the debate is simulated."""
    words = say("simulated_long").replace("\\", "").replace('"', "'")
    letters = "font: 7.5pt sans-serif; color: #444;"
    number = f"@bottom-right {{ content: counter(page); {letters} }}"
    return f'@page {{ @bottom-center {{ content: "{words}"; {letters} }} {number} }}\n'


def _handout(debate_id: str, transcript: Transcript) -> str:
    """The handout as a page that needs nothing else."""
    style = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in ("classroom.css", "after.css"))
    style += foot_of_pages()
    made = sum_up(transcript)
    return render("handout", layout="alone.html", style=style, debate_id=debate_id, transcript=transcript, lesson=made)


def _zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()
