"""`rejoinder personas`: what each person in a discussion argues, in their own words."""

from pathlib import Path
from typing import Annotated

import typer


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
) -> None:
    """Show what each person in a discussion argues, with the sentences that it rests on."""
    import json

    from api.wiring import load_cast, print_notes, read_discussion

    thread = read_discussion(files, format, corrections)
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
