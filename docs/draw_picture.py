"""Draws docs/debate.svg, the picture in the README, from a real debate of the shipped example.

python docs/draw_picture.py
"""

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from debate.events import DebateEnded, RulingMade
from transcripts.files import read_transcript
from transcripts.rendering import DebateRenderer

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "rejoinder debate examples/politburo/thread.txt --facts examples/interwar-ussr.yaml --rounds 2"
TURNS_AROUND = 2
"""How many turns before the first objection the picture begins, and how many follow it."""


def main() -> None:
    """Play, cut out the part around the first objection, and draw it as the terminal shows it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "t.jsonl"
        rejoinder = Path(sys.executable).parent / "rejoinder"
        arguments = COMMAND.split()[1:]
        subprocess.run(
            [rejoinder, *arguments, "--out", out, "--quiet"], cwd=ROOT, check=True, stderr=subprocess.DEVNULL
        )
        transcript = read_transcript(out)
    console = Console(record=True, width=104, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(f"[dim]$ {COMMAND}[/dim]", highlight=False)
    renderer = DebateRenderer(console, transcript.header)
    renderer.print_header()
    objection = next(
        event for event in transcript.events if isinstance(event, RulingMade) and event.verdict == "contradicted"
    )
    turns = [turn.seq for turn in transcript.turns()]
    around = turns.index(objection.turn_seq)
    first = turns[max(0, around - TURNS_AROUND)]
    last = turns[min(len(turns) - 1, around + TURNS_AROUND)]
    for event in transcript.events[first - 1 : last]:
        if not isinstance(event, DebateEnded):
            renderer.print_event(event)
    # The picture loads nothing from anywhere: fonts of the reader's own machine do.
    local = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="rejoinder", code_format=local)
    (ROOT / "docs" / "debate.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
