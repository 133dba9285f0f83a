"""`rejoinder check`: a text's, a file's or a whole transcript's claims against a fact sheet."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.check_input import Part, read_lines, read_parts, read_row

if TYPE_CHECKING:
    import asyncio

    from debate.referee.facts import FactSheet, Ruling
    from debate.referee.port import Background, Referee


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("check")(check)


def check(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT|FILE", help="Words to check, a text file, a transcript, a saved discussion, or - for stdin."
        ),
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="SHEET", help="The fact sheet (YAML or JSON).")
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims",
            metavar="FILE.jsonl",
            help='Lines {"id", "text"}, - for stdin; answers {"id", "rulings"} a line.',
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    marks: Annotated[bool, typer.Option("--marks", help="Print the text with its claims marked.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT.html", help="Write the marked text as a page.")
    ] = None,
    motion: Annotated[
        str | None, typer.Option("--motion", help="Title or motion; tells whether the talk is of an imagined history.")
    ] = None,
    what_if: Annotated[str | None, typer.Option("--what-if", help="A stipulated premise; never an error.")] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="PROVIDER:NAME", help="Chat model that reads the claims beside the rules."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Address of an OpenAI-compatible endpoint.")
    ] = None,
    small_model: Annotated[
        bool | None,
        typer.Option(
            "--small-model/--no-small-model",
            show_default=False,
            help="Plain questions, one for each verdict; by default where the model's name says that it is small.",
        ),
    ] = None,
) -> None:
    """Check claims against a fact sheet: supported, contradicted, not covered, or nothing to check.

    Without a model the rules alone decide. With one, where both disagree, the weaker verdict counts; where the model
    fails, the claim is "unchecked" and says why. A small model is asked one plain question for each verdict of the
    rules.
    """
    from debate.referee.port import Background

    if facts is None:
        raise typer.BadParameter("a fact sheet is needed: --facts SHEET", param_hint="--facts")
    if (text is None) == (claims is None):
        raise typer.BadParameter("give either a TEXT or FILE, or --claims FILE.jsonl")
    background = Background(motion=motion, premise=what_if)
    with _judge(facts, model, base_url, small_model) as judge:
        if claims is not None:
            for answer in _batch(claims, judge, background):
                typer.echo(answer)
            return
        parts = read_parts(text or "", background)
        judged = [(name, words, judge.rule(words, about)) for name, words, about in _counted(parts, "texts")]
        sheet = judge.sheet
    if html is not None:
        from api.cli.marked import page
        from api.wiring import refuse_to_replace

        refuse_to_replace(html, (facts, Path(text) if text and _exists(text) else None))
        _write(html, page(judged, sheet))
    if as_json:
        typer.echo(json.dumps(_document(judged), ensure_ascii=False, indent=2))
    elif html is None or marks:
        _print(judged, marks)


class _Judge:
    """Rules on texts one after another, with the model's connection kept open between them."""

    def __init__(self, sheet: "FactSheet", referee: "Referee", runner: "asyncio.Runner") -> None:
        self.sheet = sheet
        self._referee = referee
        self._runner = runner

    def rule(self, words: str, background: "Background") -> "tuple[Ruling, ...]":
        """Every ruling on a text."""
        return self._runner.run(self._referee.rule(words, background))


@contextmanager
def _judge(facts: Path, model: str | None, base_url: str | None, is_small: bool | None) -> "Iterator[_Judge]":
    import asyncio

    from api.referees import open_referee
    from debate.referee.sheets import load_sheet

    rules = open_referee(load_sheet(facts))
    with asyncio.Runner() as runner:
        if model is None:
            yield _Judge(rules.sheet, rules, runner)
            return
        from api.models import ModelOptions, referee_beside
        from api.settings import read_settings
        from language.models import Endpoints, open_chat_model

        settings = read_settings()
        options = ModelOptions(
            base_url=base_url or settings.base_url,
            api_key=settings.api_key,
            timeout_s=settings.model_timeout_s,
            is_small=is_small,
        )
        endpoints = Endpoints()
        try:
            chat = open_chat_model(options.spec(model), endpoints)
            yield _Judge(rules.sheet, referee_beside(rules, chat, options), runner)
        finally:
            runner.run(endpoints.close())


Judged = tuple[str | None, str, "tuple[Ruling, ...]"]
_SHOWN_FROM = 50
"""From this many texts on, the work is worth watching."""


def _counted(parts: "Sequence[Part]", what: str) -> "Iterator[Part]":
    """The parts, with a count on a terminal's standard error while they are worked on."""
    shown = len(parts) >= _SHOWN_FROM and sys.stderr.isatty()
    for number, part in enumerate(parts, 1):
        if shown:
            sys.stderr.write(f"\r{number} of {len(parts)} {what}")
            sys.stderr.flush()
        yield part
    if shown:
        sys.stderr.write("\r\033[K")


def _exists(given: str) -> bool:
    try:
        return Path(given).exists()
    except (OSError, ValueError):
        return False


def _batch(path: Path, judge: _Judge, background: "Background") -> Iterator[str]:
    """One answer a line, each printed as soon as it is there: a file of any length takes little memory."""
    shown = sys.stderr.isatty() and not sys.stdout.isatty()
    for number, line in read_lines(path):
        row = read_row(line, f"{str(path)!r}, line {number}")
        about = background.model_copy(
            update={key: row[key] for key in ("motion", "premise", "preceding") if isinstance(row.get(key), str)}
        )
        rulings = judge.rule(str(row["text"]), about)
        yield json.dumps({"id": row["id"], "rulings": [one.model_dump() for one in rulings]}, ensure_ascii=False)
        if shown and number % 100 == 0:
            sys.stderr.write(f"\r{number} lines")
            sys.stderr.flush()
    if shown:
        sys.stderr.write("\r\033[K")


def _document(judged: list[Judged]) -> dict[str, object]:
    if len(judged) == 1 and judged[0][0] is None:
        return {"rulings": [one.model_dump() for one in judged[0][2]]}
    return {"turns": [{"turn": name, "rulings": [one.model_dump() for one in rulings]} for name, _, rulings in judged]}


def _print(judged: list[Judged], marks: bool) -> None:
    from rich.console import Console

    from api.cli.marked import marked_text, table

    console = Console(highlight=False)
    for name, words, rulings in judged:
        if name is not None:
            console.print(name, style="bold", markup=False)
        console.print(marked_text(words, rulings) if marks else table(rulings))


def _write(path: Path, page: str) -> None:
    from language.errors import InputError

    try:
        path.write_text(page, encoding="utf-8")
    except OSError as exc:
        raise InputError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
    typer.echo(f"wrote {path}", err=True)
