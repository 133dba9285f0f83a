"""`rejoinder import` and `rejoinder doctor`: transcripts into the store, and what is wrong with this machine's set-up.

`rejoinder export DEBATE_ID` is the way out of the store.
"""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("import")(import_transcripts)
    app.command("debates")(list_debates)
    app.command("doctor")(doctor)


def import_transcripts(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.jsonl...", help="Transcripts of `rejoinder debate`.")],
) -> None:
    """Put transcripts into the store of the service, byte for byte; prints the id of each new debate."""
    import asyncio

    from api.moving import import_files

    for path, debate_id in asyncio.run(import_files(files)):
        typer.echo(f"{debate_id}  {path}")


def list_debates(
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 20,
) -> None:
    """List the debates in the store of the service, newest first."""
    import asyncio

    from api.moving import newest_debates
    from language.terminal import one_line

    for one in asyncio.run(newest_debates(limit)):
        typer.echo(f"{one.id}  {one.status:<12} {one.last_seq:>5} events  {one_line(one.motion)}")


def doctor() -> None:
    """Check database, model, fact sheet and disk, and say what to do about what is wrong."""
    import asyncio

    from api.checkup import check_all

    findings = asyncio.run(check_all())
    for one in findings:
        typer.echo(f"{'ok  ' if one.ok else 'BAD '} {one.what:<10} {one.said}")
    if not all(one.ok for one in findings):
        raise typer.Exit(1)
