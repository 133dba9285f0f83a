"""`rejoinder debate`: new rounds among the people of a thread."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.wiring import Preparation
    from debate.events import Event
    from transcripts.files import TranscriptWriter
    from transcripts.transcript import Header


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("debate")(debate)


def debate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="A saved discussion; not needed with --resume.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="SHEET.yaml", help="Fact sheet of the referee; without it, none.")
    ] = None,
    format: Annotated[str, typer.Option("--format", help="forum, panel, oxford or cross_examination.")] = "forum",
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=1000, help="How many rounds.")] = 2,
    what_if: Annotated[
        str | None, typer.Option("--what-if", metavar="TEXT", help='A stipulated premise: "Lenin lives until 1930".')
    ] = None,
    motion: Annotated[
        str | None, typer.Option("--motion", metavar="TEXT", help="What is debated; the thread's title by default.")
    ] = None,
    participants: Annotated[
        str | None, typer.Option("--participants", metavar="A,B,...", help="Names or ids; everybody by default.")
    ] = None,
    personas: Annotated[
        Path | None, typer.Option("--personas", metavar="DIR", help="Edited personas of `rejoinder personas --out`.")
    ] = None,
    corrections: Annotated[
        Path | None, typer.Option("--corrections", metavar="FILE.yaml", help="Corrections of `rejoinder thread`.")
    ] = None,
    read_as: Annotated[
        str | None, typer.Option("--read-as", metavar="NAME", help="Force the file's format; see `rejoinder thread`.")
    ] = None,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="Show made-up names for everybody.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Decides the seating; the same seed, the same debate.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE.jsonl", help="The transcript; named after FILE if unset."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing transcript.")] = False,
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE.jsonl", help="Continue a transcript that was cut off.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write the transcript, print nothing of it.")] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show the place of every sentence in the thread.")
    ] = False,
    all_rulings: Annotated[
        bool, typer.Option("--all-rulings", help="Show also where the referee cannot know.")
    ] = False,
) -> None:
    """Let the people of a discussion argue on, in their own words, with a referee beside them.

    Every event is written to the transcript before the next one is made: a debate that is killed loses nothing and
    goes on with --resume.
    """
    from api import wiring
    from api.settings import read_settings

    if resume is not None:
        _resume(resume, facts, _Shown(quiet, evidence, all_rulings))
        return
    if not files:
        raise typer.BadParameter("name the file of a discussion, or a transcript with --resume")
    thread = wiring.read_discussion(files, read_as, corrections)
    wiring.print_notes(thread.notes)
    cast = wiring.load_cast(thread, motion, personas)
    preparation = wiring.prepare_debate(
        cast,
        participants=participants.split(",") if participants else (),
        format=format,
        rounds=rounds,
        premise=what_if,
        seed=seed,
        pseudonymous=pseudonyms,
        facts=facts or read_settings().facts,
    )
    seated = {one.id for one in preparation.setup.participants}
    if participants is None:
        left_out = [one.name for one in cast.personas if one.id not in seated]
        if left_out:
            wiring.print_notes(
                [f"not in this debate for want of something to say, or of a side: {', '.join(left_out)}"]
            )
    from transcripts.files import create_transcript

    path = out or _free_name(files[0])
    with create_transcript(path, preparation.header, overwrite=force) as writer:
        _play(preparation, (), writer, _Shown(quiet, evidence, all_rulings))
    typer.echo(f"transcript: {path}", err=True)


class _Shown:
    """What the user wants to see while a debate runs."""

    def __init__(self, quiet: bool, evidence: bool, all_rulings: bool) -> None:
        self._quiet = quiet
        self._evidence = evidence
        self._all_rulings = all_rulings

    def printer(self, header: "Header") -> "Callable[[Event], None]":
        """Prints each event; the header is printed at once."""
        if self._quiet:
            return lambda _event: None
        from rich.console import Console

        from transcripts.rendering import DebateRenderer

        renderer = DebateRenderer(
            Console(highlight=False), header, show_evidence=self._evidence, show_all_rulings=self._all_rulings
        )
        renderer.print_header()
        return renderer.print_event


def _resume(path: Path, facts: Path | None, shown: _Shown) -> None:
    from api.wiring import prepare_continuation
    from transcripts.files import continue_transcript, read_transcript

    transcript = read_transcript(path)
    if transcript.ending is not None and transcript.ending.reason not in ("budget_spent", "failed"):
        typer.echo(f"note: {path} has ended; there is nothing to continue", err=True)
        return
    preparation = prepare_continuation(transcript.header, facts)
    with continue_transcript(path) as writer:
        _play(preparation, transcript.events, writer, shown)
    typer.echo(f"transcript: {path}", err=True)


def _play(preparation: "Preparation", so_far: "tuple[Event, ...]", writer: "TranscriptWriter", shown: _Shown) -> None:
    import asyncio

    from api.wiring import assemble_crew
    from debate.engine import run_debate

    crew = assemble_crew(preparation)
    show = shown.printer(preparation.header)

    async def play() -> None:
        async for event in run_debate(preparation.setup, so_far, crew):
            writer.write(event)
            show(event)

    for event in so_far:
        show(event)
    asyncio.run(play())


def _free_name(thread_file: Path) -> Path:
    """A transcript's name after its thread, in this folder, that no file has yet."""
    stem = thread_file.resolve().stem or "thread"
    path, number = Path(f"{stem}-debate.jsonl"), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-debate-{number}.jsonl")
    return path
