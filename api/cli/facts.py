"""`rejoinder facts`: the tools of whoever curates a fact sheet."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from debate.referee.facts import Fact, FactSheet

_Sheet = Annotated[Path, typer.Argument(metavar="SHEET", help="A fact sheet (YAML or JSON).")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    facts = typer.Typer(
        name="facts", help="Curate a fact sheet: show, lint, add, coverage, diff.", no_args_is_help=True
    )
    for command in (show, lint, add, coverage, diff):
        facts.command(command.__name__)(command)
    app.add_typer(facts)


def _load(path: Path) -> "FactSheet":
    from debate.referee.sheets import load_sheet

    return load_sheet(path)


def show(sheet: _Sheet, as_json: _Json = False) -> None:
    """Say what a sheet is: title, version, digest, number of facts."""
    loaded = _load(sheet)
    about = {
        "id": loaded.id,
        "title": loaded.title,
        "version": loaded.version,
        "digest": loaded.digest,
        "facts": len(loaded.facts),
        "misstatements": sum(len(fact.misstatements) for fact in loaded.facts),
    }
    if as_json:
        typer.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    for name, value in about.items():
        typer.echo(f"{name:14} {value}")


def lint(sheet: _Sheet, as_json: _Json = False) -> None:
    """List what to mend in a sheet; exit status 1 where anything serious is found."""
    from debate.referee.lint import lint as find
    from debate.referee.sheets import BrokenSheet

    try:
        found = find(_load(sheet))
    except BrokenSheet as exc:
        _print_broken(exc.problems, as_json)
        raise typer.Exit(1) from exc
    if as_json:
        typer.echo(json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            typer.echo(f"{'error' if one.serious else 'hint '}  {one.fact}: {one.said} ({one.kind})")
        _print_count(sum(one.serious for one in found), sum(not one.serious for one in found))
    if any(one.serious for one in found):
        raise typer.Exit(1)


def _print_broken(problems: "list[str]", as_json: bool) -> None:
    """What makes a sheet unusable: all of it, so that it is mended at one go."""
    if as_json:
        rows = [{"fact": None, "kind": "schema", "said": one, "serious": True} for one in problems]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in problems:
        typer.echo(f"error  {one} (schema)")
    _print_count(len(problems), 0)


def _print_count(serious: int, hints: int) -> None:
    typer.echo(f"{serious} to mend, {hints} {'hint' if hints == 1 else 'hints'}", err=True)


def add(
    sheet: _Sheet,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="TABLE.csv", help="Add the rows of a table instead of asking.")
    ] = None,
) -> None:
    """Add facts to a sheet: asked for at the prompt, or the rows of a CSV table."""
    from debate.referee.fact_tables import facts_from_csv
    from debate.referee.sheet_files import add_facts

    before = _load(sheet)
    taken = {fact.id for fact in before.facts}
    made = facts_from_csv(_text(csv), taken) if csv is not None else (_asked(taken),)
    add_facts(sheet, made)
    typer.echo(f"added {', '.join(fact.id for fact in made) or 'nothing'} to {sheet}", err=True)
    if made:
        _say_what_to_mend(sheet, {fact.id for fact in made})


def _say_what_to_mend(sheet: Path, added: "set[str]") -> None:
    """What lint says about facts just added, and that the version is the curator's to raise."""
    from debate.referee.lint import lint as find

    after = _load(sheet)
    for one in find(after):
        if one.fact in added:
            typer.echo(f"{'to mend' if one.serious else 'hint'}: {one.fact}: {one.said} ({one.kind})", err=True)
    typer.echo(f"digest is now {after.digest[:12]}; the version is still {after.version!r}", err=True)


def _text(path: Path) -> str:
    from language.errors import SheetError

    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise SheetError(f"cannot read the table {str(path)!r}: {exc.strerror or exc}") from exc
    except UnicodeDecodeError as exc:
        raise SheetError(f"{str(path)!r} is not UTF-8; save it as “CSV UTF-8”") from exc


_QUESTIONS = (
    ("statement", "Statement, understandable alone"),
    ("subject", "Subject (who or what it is about)"),
    ("relation", "Relation (for example: date of birth, vote share)"),
    ("value", "Value (a number, a name; empty for a date)"),
    ("unit", "Unit of the number"),
    ("date", "Date (1929, 1929-02, 1929-02-11, or two with /)"),
    ("aliases", "Other names, parted by ;"),
    ("misstatements", "Usual false versions, parted by ;"),
    ("source_author", "Source: author"),
    ("source_title", "Source: title"),
    ("source_year", "Source: year"),
    ("source_where", "Source: page or section"),
    ("id", "Id (empty: made from the statement)"),
)
_NEEDED = frozenset(("statement", "source_author", "source_title"))


def _asked(taken: set[str]) -> "Fact":
    from debate.referee.fact_tables import make_fact
    from language.errors import SheetError

    given: dict[str, str] = {}
    while True:
        for key, said in _QUESTIONS:
            given[key] = _answer(key, said, given.get(key, ""), taken)
        try:
            return make_fact(given, taken)
        except SheetError as exc:
            # Nothing that was typed is lost: each answer is offered again.
            typer.echo(f"not yet: {exc}", err=True)


def _answer(key: str, said: str, before: str, taken: set[str]) -> str:
    """One answer, asked for again while it cannot stand."""
    from debate.referee.sheets import is_date

    while True:
        answer = str(typer.prompt(said, default=before, show_default=bool(before), err=True)).strip()
        if key in _NEEDED and not answer:
            typer.echo("this is needed (Ctrl+C ends without adding anything)", err=True)
        elif key == "date" and answer and not is_date(answer):
            typer.echo("write 1929, 1929-02 or 1929-02-11, or two of them with / between", err=True)
        elif key == "source_year" and answer and not answer.isdigit():
            typer.echo("write a year in digits, or nothing", err=True)
        elif key == "id" and answer in taken:
            typer.echo(f"the id {answer!r} is taken; ids are unique", err=True)
        else:
            return answer


def coverage(
    thread: Annotated[Path, typer.Argument(metavar="THREAD", help="A discussion, in any format that rejoinder reads.")],
    facts: Annotated[Path, typer.Option("--facts", metavar="SHEET", help="The fact sheet.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many claims to list.")] = 30,
    as_json: _Json = False,
) -> None:
    """List the claims of a discussion that a sheet does not cover: what to curate next."""
    from api.referees import open_referee
    from api.wiring import read_discussion
    from debate.referee.curation import coverage as measure
    from debate.referee.port import Background

    read = read_discussion([thread])
    texts = [(post.id, post.own_text) for post in read.posts]
    found = measure(texts, open_referee(_load(facts)), Background(motion=read.title))
    if as_json:
        gaps = [{"claim": gap.claim, "times": gap.times, "posts": list(gap.where)} for gap in found.gaps[:limit]]
        typer.echo(
            json.dumps({"claims": found.claims, "covered": found.covered, "gaps": gaps}, ensure_ascii=False, indent=2)
        )
        return
    from language.terminal import one_line

    typer.echo(f"{found.covered} of {found.claims} checkable claims are covered; not covered, most frequent first:")
    for gap in found.gaps[:limit]:
        where = ", ".join(gap.where[:5]) + (" …" if len(gap.where) > 5 else "")
        typer.echo(f"{gap.times:4}  {one_line(gap.claim)}  [{one_line(where)}]")
    if len(found.gaps) > limit:
        typer.echo(f"and {len(found.gaps) - limit} more; --limit shows them", err=True)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier sheet.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later sheet.")],
    as_json: _Json = False,
) -> None:
    """Say what changed between two versions of a sheet."""
    from debate.referee.curation import diff as compare

    before, after = _load(old), _load(new)
    changes = compare(before, after)
    if as_json:
        rows = [
            {"fact": one.fact, "kind": one.kind, "fields": {name: [was, now] for name, was, now in one.fields}}
            for one in changes
        ]
        sheets = {"old": before.digest, "new": after.digest}
        typer.echo(json.dumps({"digests": sheets, "changes": rows}, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{before.version} ({before.digest[:12]}) to {after.version} ({after.digest[:12]}): {len(changes)} changes"
    )
    for one in changes:
        typer.echo(f"{one.kind:8} {one.fact}")
        for name, was, now in one.fields:
            typer.echo(f"         {name}: {was or '(none)'} → {now or '(none)'}")
