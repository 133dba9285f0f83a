"""The command `rejoinder`: its commands, assembled, and how errors reach the user.

Commands import what they need when they run, so that `rejoinder --help` answers at once.
"""

import errno
import io
import os
import signal
import sys
from typing import Annotated

import typer

from api.cli import check, debate, export, facts, fidelity, interview, personas, replay, serve, settings, store, thread

app = typer.Typer(
    name="rejoinder",
    help=(
        "Reads a real discussion, works out who argued what, and lets those personas argue on, "
        "with a referee that checks claims against a fact sheet.\n\n"
        "Start with: rejoinder thread FILE, then rejoinder personas FILE, then rejoinder debate FILE."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rejoinder {version('rejoinder')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version  # its callback has done the work


for module in (thread, personas, interview, debate, replay, export, fidelity, check, facts, store, serve, settings):
    module.register(app)


def main() -> None:
    """Run the command line.

    Exit status: 0 done, 1 the input or the run failed (one line on standard error), 2 wrong usage; 128 and the
    signal's number where it was interrupted.
    """
    from language.errors import RejoinderError

    _speak_utf8()
    _end_cleanly_on_signals()
    try:
        try:
            app()
        finally:
            # Here a full disk can still be told in one line; at the interpreter's end it could not.
            if sys.stdout is not None:
                sys.stdout.flush()
    except RejoinderError as error:
        _fail(str(error))
    except BrokenPipeError:
        # Whoever read our output has gone ("| head"); there is nobody left to tell.
        _drop_output()
        sys.exit(1)
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None and error.errno in (errno.ENOSPC, errno.EIO):
            # Files are written where errors name them; what is left is standard output.
            _drop_output()
            _fail(f"cannot write the output: {error.strerror}")
        if os.environ.get("REJOINDER_DEBUG", "").lower() in ("1", "true", "yes"):
            raise
        _fail(f"unexpected {type(error).__name__}: {error} (REJOINDER_DEBUG=1 shows where; please report it)")


def _drop_output() -> None:
    """Let what still waits to be printed go nowhere: Python would try again at its end, and exit with 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Print every character whatever the locale says: as UTF-8 into files and pipes, "?" on a terminal that has not it.

    A document or JSON that lost words to a locale would be wrong without anybody seeing it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.encoding.lower().replace("-", "").startswith("utf"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def _end_cleanly_on_signals() -> None:
    """Let a termination unwind like an interruption, so that files are closed and the terminal is put back."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
            signal.signal(getattr(signal, name), _leave)


def _leave(number: int, frame: object) -> None:
    del frame
    sys.exit(128 + number)


def _fail(message: str) -> None:
    from language.terminal import one_line

    print(f"rejoinder: {one_line(message)}", file=sys.stderr)
    sys.exit(1)
