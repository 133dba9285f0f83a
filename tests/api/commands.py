"""Running the command line as a user does: its own process, its own folder."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "examples" / "politburo" / "thread.txt"
SHEET = ROOT / "examples" / "interwar-ussr.yaml"
REJOINDER = Path(sys.executable).parent / "rejoinder"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command answered."""

    status: int
    out: str
    err: str


def rejoinder(*arguments: object, cwd: Path, stdin: str = "", **environment: str) -> Outcome:
    """Run `rejoinder` to its end; a minute at most."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REJOINDER_MODEL")}
    finished = subprocess.run(
        [str(REJOINDER), *(str(one) for one in arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**kept, "PYTHONUTF8": "1", **environment},
    )
    return Outcome(finished.returncode, finished.stdout, finished.stderr)
