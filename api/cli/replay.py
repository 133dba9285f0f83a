"""`rejoinder replay`: a recorded debate shown again, with the keys of a terminal player."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from debate.events import Event
    from transcripts.replay import Cue


class PaceChoice(StrEnum):
    """How fast a replay goes."""

    auto = "auto"
    recorded = "recorded"
    reading = "reading"


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("replay")(replay)


def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="A transcript.")],
    speed: Annotated[float, typer.Option("--speed", min=0, help="Times as fast; 0 shows all at once.")] = 1.0,
    idle_time_limit: Annotated[
        float | None, typer.Option("--idle-time-limit", "-i", min=0, metavar="SECONDS", help="Longest wait.")
    ] = None,
    pace: Annotated[
        PaceChoice,
        typer.Option(
            help="recorded: as it happened; reading: as long as each turn takes to read; "
            "auto: as it happened, unless that was faster than anybody reads."
        ),
    ] = PaceChoice.auto,
    pause_on_rulings: Annotated[
        bool, typer.Option("--pause-on-rulings", help="Stop after each objection or confirmation.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show the place in the thread of every sentence.")
    ] = False,
    all_rulings: Annotated[
        bool, typer.Option("--all-rulings", help="Show also where the referee cannot know.")
    ] = False,
) -> None:
    """Show a recorded debate again.

    While it plays: space pauses and goes on, . shows the next event of a paused replay, ] goes on to the next ruling,
    + and - change the speed, q leaves. Without a terminal, or with --speed 0, everything is printed at once.
    """
    import sys

    from rich.console import Console

    from api.cli.player import Player
    from transcripts.files import read_transcript
    from transcripts.rendering import DebateRenderer
    from transcripts.replay import plan_replay

    transcript = read_transcript(file)
    interactive = speed > 0 and sys.stdin.isatty() and sys.stdout.isatty()
    console = Console(highlight=False)
    renderer = DebateRenderer(console, transcript.header, show_evidence=evidence, show_all_rulings=all_rulings)
    timed = speed > 0 and sys.stdout.isatty()
    cues = plan_replay(
        transcript, speed=speed if timed else 0, idle_limit_s=idle_time_limit, pace=pace.value, is_shown=renderer.shows
    )
    renderer.print_header()
    if interactive:
        Player(cues, renderer.print_event, pause_on_rulings=pause_on_rulings).play()
    else:
        _play_without_keys(cues, renderer.print_event)
    if transcript.ending is None:
        typer.echo(f"(the recording stops here; rejoinder debate --resume {file} continues it)", err=True)


def _play_without_keys(cues: "tuple[Cue, ...]", show: "Callable[[Event], None]") -> None:
    import time

    for cue in cues:
        if cue.wait_s:
            time.sleep(cue.wait_s)
        show(cue.event)
