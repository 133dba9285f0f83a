"""`rejoinder export`: a transcript as a document."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExportChoice(StrEnum):
    """What a transcript can become."""

    md = "md"
    html = "html"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("export")(export)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="A transcript.")],
    to: Annotated[
        ExportChoice | None,
        typer.Option("--to", help="md: Markdown; html: one self-contained page; json: one document."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write here instead of standard output; its ending tells --to.")
    ] = None,
) -> None:
    """Turn a transcript into Markdown, a self-contained HTML page, or one JSON document."""
    from language.errors import TranscriptError
    from transcripts.exports import export_html, export_json, export_markdown
    from transcripts.files import read_transcript

    kind = to.value if to is not None else (out.suffix.lstrip(".") if out is not None else "md")
    makers = {"md": export_markdown, "html": export_html, "json": export_json}
    if kind not in makers:
        raise typer.BadParameter(f"cannot tell the kind from {str(out)!r}; add --to md, html or json")
    document = makers[kind](read_transcript(file))
    if out is None:
        typer.echo(document, nl=False)
        return
    try:
        out.write_text(document, encoding="utf-8")
    except OSError as exc:
        raise TranscriptError(f"cannot write {str(out)!r}: {exc.strerror or exc}") from exc
    typer.echo(f"wrote {out}", err=True)
