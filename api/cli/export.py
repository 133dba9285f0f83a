"""`rejoinder export`: a transcript as a document."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExportChoice(StrEnum):
    """What a transcript can become."""

    md = "md"
    html = "html"
    json = "json"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("export")(export)


def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl|DEBATE_ID", help="A transcript, or a debate in the service's store.")
    ],
    to: Annotated[
        ExportChoice | None,
        typer.Option(
            "--to", help="md: Markdown; html: one self-contained page; json: one document; jsonl: a transcript file."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write here instead of standard output; its ending tells --to.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace even another transcript.")] = False,
) -> None:
    """Turn a transcript into Markdown, a self-contained HTML page, or one JSON document.

    A debate in the service's store is named by its id; with --to jsonl it becomes a transcript file, byte for byte.
    """
    from api.wiring import refuse_to_replace
    from language.errors import TranscriptError
    from transcripts.exports import export_html, export_json, export_markdown
    from transcripts.files import parse_transcript

    kind = to.value if to is not None else (out.suffix.lstrip(".").lower() if out is not None else "md")
    makers = {"md": export_markdown, "html": export_html, "json": export_json}
    if kind not in (*makers, "jsonl"):
        raise typer.BadParameter(f"cannot tell the kind from {str(out)!r}; add --to md, html, json or jsonl")
    if out is not None:
        refuse_to_replace(out, [file])
        if not force and _holds_transcript(out):
            raise TranscriptError(f"{str(out)!r} holds a transcript; --force replaces it")
    data = _read(file)
    document = makers[kind](parse_transcript(data, str(file))) if kind != "jsonl" else data.decode()
    if out is None:
        typer.echo(document, nl=False)
        return
    try:
        out.write_text(document, encoding="utf-8")
    except OSError as exc:
        raise TranscriptError(f"cannot write {str(out)!r}: {exc.strerror or exc}") from exc
    typer.echo(f"wrote {out}", err=True)


def _holds_transcript(file: Path) -> bool:
    """Whether a transcript would be lost: nothing said in a debate is overwritten unasked."""
    from transcripts.files import looks_like_transcript

    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return looks_like_transcript(lines.read(1_000))
    except OSError:
        return False


def _read(file: Path) -> bytes:
    from language.errors import TranscriptError

    name = str(file)
    if not file.exists() and name.startswith("d_") and name.replace("_", "").isalnum():
        import asyncio

        from api.moving import stored_lines

        return "".join(f"{line}\n" for line in asyncio.run(stored_lines(name))).encode()
    try:
        return sys.stdin.buffer.read() if name == "-" else file.read_bytes()
    except OSError as exc:
        raise TranscriptError(f"cannot read {name!r}: {exc.strerror or exc}") from exc
