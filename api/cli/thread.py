"""`rejoinder thread`: who said what in a discussion, and whom they quote."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("thread")(show_thread)


def show_thread(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="A saved discussion; several pages or a folder make one.")
    ],
    format: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help='Force a format; "help" lists them.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT.html", help="Write a page with quotes linked to their source.")
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="OUT.yaml", help="Write a file to correct authors, quotes and names in."),
    ] = None,
    corrections: Annotated[
        Path | None, typer.Option("--corrections", metavar="FILE.yaml", help="Apply a corrected file of --annotate.")
    ] = None,
) -> None:
    """Show who said what in a discussion, whom they quote, and how sure the reader is of what it inferred."""
    import json

    from api.wiring import print_notes, read_discussion, refuse_to_replace, write_document

    if format == "help":
        _list_formats()
        return
    for target in (html, annotate):
        if target is not None:
            refuse_to_replace(target, [*files, corrections])
    thread = read_discussion(files, format, corrections)
    if html is not None:
        from api.thread_views import thread_page

        write_document(html, thread_page(thread))
    if annotate is not None:
        from personas.corrections import annotations

        write_document(annotate, annotations(thread))
    if as_json:
        typer.echo(json.dumps(thread.model_dump(mode="json"), ensure_ascii=False, indent=2))
    elif html is None and annotate is None:
        from rich.console import Console

        from api.thread_views import print_thread

        print_thread(Console(highlight=False), thread)
    print_notes(thread.notes)


def _list_formats() -> None:
    from personas.reading import FORMATS

    for name, description in FORMATS.items():
        typer.echo(f"{name:<12} {description}")
