"""`rejoinder fidelity`: how faithful the turns of a transcript are to their posters."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from debate.fidelity.report import FidelityReport


_NAME_WIDTH = 14


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("fidelity")(show_fidelity)


def show_fidelity(
    transcript: Annotated[Path, typer.Argument(metavar="TRANSCRIPT.jsonl", help="The transcript of a debate.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")] = False,
) -> None:
    """Show, per persona and round, how far a debate stayed with what its posters hold.

    For turns that a model worded: the share accepted at once, the flips that the check caught, what was replaced by the
    poster's own sentences. For all turns: how near they are to what the poster wrote, and the drift over the rounds.
    """
    from debate.fidelity.report import report_fidelity
    from transcripts.files import read_transcript

    read = read_transcript(transcript)
    report = report_fidelity(read.header.setup, read.events)
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
        return
    from rich.console import Console

    console = Console(highlight=False)
    if not report.rows:
        console.print("Nobody has spoken in this transcript yet.")
        return
    console.print(_table(report))
    rejected = [f"{row.speaker_name}: {_counted(row.rejected)}" for row in report.totals if row.rejected]
    if rejected:
        console.print("Rejected wordings:\n  " + "\n  ".join(rejected), markup=False)


def _table(report: "FidelityReport") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    from language.terminal import one_line

    table = Table(
        title="Fidelity of turns to their posters",
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    # A name is what the rows are read by; on a narrow terminal it wraps and is never cut.
    table.add_column("persona", overflow="fold", min_width=_NAME_WIDTH)
    for name in ("round", "turns", "by model", "held at once", "replaced", "flips caught", "quotes", "near", "drift"):
        table.add_column(name, justify="right", min_width=max(len(word) for word in name.split()))
    for row in report.rows:
        share = row.accepted_share
        unproven = f" ({row.quotations_unproven} unproven)" if row.quotations_unproven else ""
        table.add_row(
            escape(one_line(row.speaker_name)),
            str(row.round or "all"),
            str(row.turns),
            str(row.by_model),
            "" if share is None else f"{share:.0%}",
            str(row.replaced),
            str(row.flips_caught),
            f"{row.quotations_checked}{unproven}",
            f"{row.closeness:.2f}",
            f"{row.drift:+.2f}",
            end_section=row.round == 0,
            style="bold" if row.round == 0 else None,
        )
    return table


def _counted(rejected: dict[str, int]) -> str:
    return ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in rejected.items())
