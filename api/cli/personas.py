"""`rejoinder personas`: what each person in a discussion argues, in their own words."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from personas.persona import Cast, Persona
    from personas.thread import Thread


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("personas")(show_personas)


def show_personas(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="A saved discussion; several pages or a folder make one.")
    ],
    format: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help='Force a format; "rejoinder thread --format help" lists them.'),
    ] = None,
    motion: Annotated[
        str | None, typer.Option("--motion", metavar="TEXT", help="What the stances refer to; else the thread's title.")
    ] = None,
    personas: Annotated[
        Path | None, typer.Option("--personas", metavar="DIR", help="Show the personas in a folder of --out instead.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write one YAML file a persona, to edit and feed back.")
    ] = None,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="Show pseudonyms instead of names.")] = False,
    corrections: Annotated[
        Path | None, typer.Option("--corrections", metavar="FILE.yaml", help="Apply a corrected file of --annotate.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="PROVIDER:NAME", help="Let a model state the positions and stances."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Address of an OpenAI-compatible endpoint.")
    ] = None,
) -> None:
    """Show what each person in a discussion argues, with the sentences that it rests on.

    With --model, positions are stated in the poster's sense; each still rests on the poster's own words, and what
    cannot be found there is dropped and counted. Write them with --out and use them with `rejoinder debate --personas`.
    """
    import json

    from api.wiring import load_cast, print_notes, read_discussion

    thread = read_discussion(files, format, corrections)
    if model is not None and personas is None:
        cast = _read_by_model(thread, motion, model, base_url)
    else:
        cast = load_cast(thread, motion, personas)
    if pseudonyms:
        from personas.pseudonyms import pseudonymise

        cast = pseudonymise(cast)
    if out is not None:
        from personas.persona_files import write_cast

        for path in write_cast(cast, out):
            typer.echo(f"wrote {path}", err=True)
    if as_json:
        from api.persona_views import cast_json

        typer.echo(json.dumps(cast_json(cast), ensure_ascii=False, indent=2))
    elif out is None:
        from rich.console import Console

        from api.persona_views import print_cast

        print_cast(Console(highlight=False), cast)
    print_notes(thread.notes)


def _read_by_model(thread: "Thread", motion: str | None, model: str, base_url: str | None) -> "Cast":
    """The personas as a model and the rules read them together; what came of it is said on standard error."""
    import asyncio

    from api.models import ModelOptions
    from api.settings import read_settings
    from api.wiring import print_notes
    from language.models import Endpoints, open_chat_model
    from language.structured import ReplyModes
    from language.terminal import one_line
    from personas.model_extraction import extract_cast_by_model

    settings = read_settings()
    options = ModelOptions(
        base_url=base_url or settings.base_url, api_key=settings.api_key, timeout_s=settings.model_timeout_s
    )

    read_so_far = 0

    def tell(persona: "Persona") -> None:
        nonlocal read_so_far
        read_so_far += 1
        typer.echo(f"  {read_so_far} of {len(thread.authors)}: {one_line(persona.name)}", err=True)

    async def read() -> "Cast":
        endpoints = Endpoints()
        try:
            opened = open_chat_model(options.spec(model), endpoints)
            found = await extract_cast_by_model(thread, opened, ReplyModes(), motion, tell)
        finally:
            await endpoints.close()
        notes = [
            f"{found.cast.dropped_positions} positions that the model named were dropped: "
            "no words of their poster bear them out"
        ]
        notes += [f"{who} was read without the model: {why}" for who, why in found.unread.items()]
        print_notes(notes if found.cast.dropped_positions else notes[1:])
        return found.cast

    typer.echo(f"asking {model} about {len(thread.authors)} people ...", err=True)
    return asyncio.run(read())
