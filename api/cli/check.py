"""`rejoinder check`: a text's, a file's or a whole transcript's claims against a fact sheet."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from debate.referee.facts import Ruling
    from debate.referee.port import Background
    from debate.referee.referee import RuleReferee


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("check")(check)


def check(
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT|FILE", help="Words to check, a text file, a transcript (.jsonl), or - for stdin."),
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="SHEET", help="The fact sheet (YAML or JSON).")
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE.jsonl", help='Lines {"id", "text"}; answers {"id", "rulings"} a line.'),
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
) -> None:
    """Check claims against a fact sheet: supported, contradicted, not covered, or nothing to check."""
    from debate.referee.port import Background

    if facts is None:
        raise typer.BadParameter("a fact sheet is needed: --facts SHEET", param_hint="--facts")
    if (text is None) == (claims is None):
        raise typer.BadParameter("give either a TEXT or FILE, or --claims FILE.jsonl")
    referee = _referee(facts)
    background = Background(motion=motion, premise=what_if)
    if claims is not None:
        for answer in _batch(claims, referee, background):
            typer.echo(answer)
        return
    parts = _parts(text or "", background)
    judged = [(name, words, referee.judge(words, about)) for name, words, about in parts]
    if html is not None:
        from api.cli.marked import page

        _write(html, page(judged, referee))
    if as_json:
        typer.echo(json.dumps(_document(judged), ensure_ascii=False, indent=2))
    elif html is None or marks:
        _print(judged, marks)


def _referee(facts: Path) -> "RuleReferee":
    from debate.referee.referee import RuleReferee
    from debate.referee.sheets import cache_folder, load_sheet

    return RuleReferee(load_sheet(facts), cache_folder())


Judged = tuple[str | None, str, "tuple[Ruling, ...]"]


def _parts(given: str, background: "Background") -> "list[tuple[str | None, str, Background]]":
    """The texts to check: one, or a transcript's turns, each named by its seq and speaker."""
    from transcripts.files import read_transcript

    if given == "-":
        return [(None, _decoded(sys.stdin.buffer.read(), "standard input"), background)]
    path = Path(given)
    if not _is_file(path, given):
        return [(None, given, background)]
    words = _decoded(_bytes(path), given)
    if not _is_transcript(words):
        return [(None, words, background)]
    transcript = read_transcript(path)
    about = background.model_copy(
        update={
            "motion": background.motion or transcript.header.motion,
            "premise": background.premise or transcript.header.premise,
        }
    )
    turns = [event for event in transcript.events if event.type == "turn"]
    return [(f"{turn.seq} {turn.speaker_name}", turn.text, about) for turn in turns]


def _is_file(path: Path, given: str) -> bool:
    from language.errors import InputError

    try:
        if path.is_file():
            return True
        is_folder = path.is_dir()
    except (OSError, ValueError):
        return False
    if is_folder:
        raise InputError(f"{given!r} is a folder; name a file, or give the words themselves")
    if " " not in given and path.suffix.lower() in (".txt", ".jsonl", ".md", ".json", ".yaml", ".html"):
        raise InputError(f"no file {given!r}; name one that exists, or give the words themselves")
    return False


def _is_transcript(words: str) -> bool:
    first = words.lstrip().split("\n", 1)[0]
    return first.startswith("{") and '"schema_version"' in first


def _bytes(path: Path) -> bytes:
    from language.errors import InputError

    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"cannot read {str(path)!r}: {exc.strerror or exc}") from exc


def _decoded(data: bytes, name: str) -> str:
    from language.errors import InputError

    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise InputError(f"{name!r}: byte {exc.start} is not UTF-8; save the text as UTF-8") from exc


def _batch(path: Path, referee: "RuleReferee", background: "Background") -> Iterator[str]:
    from language.errors import InputError

    for number, line in enumerate(_decoded(_bytes(path), str(path)).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as exc:
            raise InputError(f"{str(path)!r}, line {number}: not valid JSON") from exc
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            raise InputError(f'{str(path)!r}, line {number}: a line is {{"id": ..., "text": "..."}}')
        rulings = referee.judge(row["text"], background)
        yield json.dumps({"id": row["id"], "rulings": [one.model_dump() for one in rulings]}, ensure_ascii=False)


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
