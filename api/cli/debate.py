"""`rejoinder debate`: new rounds among the people of a thread."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.cli.playing import Shown
    from api.models import ModelOptions, Recording
    from api.wiring import Preparation
    from debate.events import Event, Side
    from transcripts.files import TranscriptWriter


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("debate")(debate)


def debate(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="A saved discussion; not needed with --resume.")
    ] = None,
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="SHEET.yaml", help="Fact sheet of the referee; without it, none.")
    ] = None,
    format: Annotated[str, typer.Option("--format", help="forum, panel, oxford or cross_examination.")] = "forum",
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=1000, help="How many rounds.")] = 2,
    what_if: Annotated[
        str | None, typer.Option("--what-if", metavar="TEXT", help='A stipulated premise: "Lenin lives until 1930".')
    ] = None,
    motion: Annotated[
        str | None, typer.Option("--motion", metavar="TEXT", help="What is debated; the thread's title by default.")
    ] = None,
    participants: Annotated[
        str | None,
        typer.Option("--participants", metavar="A,B,...", help="Names or ids; everybody with a position by default."),
    ] = None,
    personas: Annotated[
        Path | None, typer.Option("--personas", metavar="DIR", help="Edited personas of `rejoinder personas --out`.")
    ] = None,
    corrections: Annotated[
        Path | None, typer.Option("--corrections", metavar="FILE.yaml", help="Corrections of `rejoinder thread`.")
    ] = None,
    read_as: Annotated[
        str | None, typer.Option("--read-as", metavar="NAME", help="Force the file's format; see `rejoinder thread`.")
    ] = None,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="Show made-up names for everybody.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Decides the seating; the same seed, the same debate.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE.jsonl", help="The transcript; named after FILE if unset."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing transcript.")] = False,
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE.jsonl", help="Continue a transcript that was cut off.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="PROVIDER:NAME", help="Let a model word the turns; without it nobody does."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="OpenAI-compatible endpoint of the models.")
    ] = None,
    persona_model: Annotated[
        list[str] | None, typer.Option("--persona-model", metavar="PERSONA=MODEL", help="Another model for one person.")
    ] = None,
    judge_model: Annotated[
        str | None, typer.Option("--judge-model", metavar="MODEL", help="A second model judges each turn's fidelity.")
    ] = None,
    referee_model: Annotated[
        str | None, typer.Option("--referee-model", metavar="MODEL", help="A model checks claims beside the rules.")
    ] = None,
    moderator_model: Annotated[
        str | None, typer.Option("--moderator-model", metavar="MODEL", help="A model words the moderator's questions.")
    ] = None,
    small_model: Annotated[
        bool | None,
        typer.Option(
            "--small-model/--no-small-model",
            show_default=False,
            help="Short prompts and a strict check, as for models of a few billion parameters; by default where a "
            'model\'s name says that it is one ("qwen2.5:1.5b").',
        ),
    ] = None,
    seats: Annotated[
        list[str] | None,
        typer.Option("--seats", metavar="PERSONA=human", help="Type the turns of one person yourself."),
    ] = None,
    put_for: Annotated[
        str | None, typer.Option("--for", metavar="A,B,...", help="Whom to put on the side for the motion (oxford).")
    ] = None,
    put_against: Annotated[
        str | None, typer.Option("--against", metavar="A,B,...", help="Whom to put on the side against it (oxford).")
    ] = None,
    swap_sides: Annotated[
        bool, typer.Option("--swap-sides", help="Everybody argues the other side (steelmanning); needs a model.")
    ] = False,
    max_calls: Annotated[int | None, typer.Option("--max-calls", min=0, help="Budget: model calls.")] = None,
    max_tokens: Annotated[int | None, typer.Option("--max-tokens", min=0, help="Budget: tokens in and out.")] = None,
    max_cost: Annotated[float | None, typer.Option("--max-cost", min=0, help="Budget: US dollars.")] = None,
    max_seconds: Annotated[float | None, typer.Option("--max-seconds", min=0, help="Budget: wall time.")] = None,
    playback: Annotated[
        Path | None, typer.Option("--playback", metavar="FILE", help="Answer model calls from a recording; ask nobody.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Write the transcript, print nothing of it.")] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show the place of every sentence in the thread.")
    ] = False,
    all_rulings: Annotated[
        bool, typer.Option("--all-rulings", help="Show also where the referee cannot know.")
    ] = False,
) -> None:
    """Let the people of a discussion argue on, in their own words, with a referee beside them.

    Every event is written to the transcript before the next one is made: a debate that is killed loses nothing and
    goes on with --resume.
    """
    from api import models, wiring
    from api.cli.playing import Shown
    from api.settings import read_settings
    from debate.formats import find_format
    from language.resilience import Budget

    shown = Shown(quiet, evidence, all_rulings)
    settings = read_settings()
    options = models.ModelOptions(
        model=model or settings.model,
        base_url=base_url or settings.base_url,
        api_key=settings.api_key,
        judge=judge_model,
        referee=referee_model,
        moderator=moderator_model,
        is_small=small_model,
        budget=Budget(max_calls=max_calls, max_tokens=max_tokens, max_cost_usd=max_cost, max_seconds=max_seconds),
        timeout_s=settings.model_timeout_s,
        playback=playback,
    )
    if resume is not None:
        _refuse_changes(context)
        _resume(resume, facts, options, _Given(tuple(persona_model or ()), tuple(seats or ())), shown)
        return
    if swap_sides and options.model is None and not persona_model:
        raise typer.BadParameter("--swap-sides needs a model: nobody's own sentences argue the other side")
    if moderator_model is not None and not find_format(format).has_moderator:
        raise typer.BadParameter(
            f"--moderator-model: nobody asks questions in the format {format!r}; try --format panel"
        )
    if not files:
        raise typer.BadParameter("name the file of a discussion, or a transcript with --resume")
    thread = wiring.read_discussion(files, read_as, corrections)
    wiring.print_notes(thread.notes)
    cast = wiring.load_cast(thread, motion, personas)
    preparation = wiring.prepare_debate(
        cast,
        participants=participants.split(",") if participants else (),
        format=format,
        rounds=rounds,
        premise=what_if,
        seed=seed,
        pseudonymous=pseudonyms,
        sides_swapped=swap_sides,
        sides=_sides(put_for, put_against),
        facts=facts or settings.facts,
    )
    options = _Given(tuple(persona_model or ()), tuple(seats or ())).added_to(options, preparation)
    preparation = preparation.using(options.named(preparation))
    if participants is None:
        seated = {one.pseudonym for one in preparation.setup.participants}
        left_out = [one.pseudonym if pseudonyms else one.name for one in cast.personas if one.pseudonym not in seated]
        if left_out:
            wiring.print_notes([f"not in this debate for want of a position, or of a side: {', '.join(left_out)}"])
    from transcripts.files import create_transcript

    path = out or _free_name(files[0])
    wiring.refuse_to_replace(path, [*files, facts, corrections, personas, playback])
    options = models.recorded_beside(options, path, overwrite=force)
    with models.open_recording(options) as recording:
        preparation = preparation.started_at(recording.now())
        with create_transcript(path, preparation.header, overwrite=force) as writer:
            ending = _play(preparation, (), writer, options, recording, shown)
    _conclude(path, ending)


def _sides(put_for: str | None, put_against: str | None) -> "dict[str, Side]":
    sides: dict[str, Side] = {name: "for" for name in (put_for or "").split(",") if name}
    for name in filter(None, (put_against or "").split(",")):
        if sides.setdefault(name, "against") == "for":
            raise typer.BadParameter(f"{name!r} cannot be on both sides")
    return sides


@dataclass(frozen=True, slots=True)
class _Given:
    """What the user said about single participants."""

    persona_models: tuple[str, ...]
    seats: tuple[str, ...]

    def added_to(self, options: "ModelOptions", preparation: "Preparation") -> "ModelOptions":
        from api.models import with_persona_models, with_seats

        return with_seats(with_persona_models(options, self.persona_models, preparation), self.seats, preparation)


_OF_THE_RECORDED_DEBATE = {
    "files": "a discussion's file",
    "format": "--format",
    "rounds": "--rounds",
    "what_if": "--what-if",
    "motion": "--motion",
    "participants": "--participants",
    "personas": "--personas",
    "corrections": "--corrections",
    "read_as": "--read-as",
    "pseudonyms": "--pseudonyms",
    "seed": "--seed",
    "out": "--out",
    "force": "--force",
    "swap_sides": "--swap-sides",
    "put_for": "--for",
    "put_against": "--against",
}


def _refuse_changes(context: typer.Context) -> None:
    """A continued debate is the recorded one: what would make it another is not passed over in silence."""
    given = [
        shown
        for name, shown in _OF_THE_RECORDED_DEBATE.items()
        if (source := context.get_parameter_source(name)) is not None and source.name == "COMMANDLINE"
    ]
    if given:
        raise typer.BadParameter(
            f"{', '.join(given)} cannot go with --resume: the transcript says what is debated and is continued"
        )


def _resume(path: Path, facts: Path | None, options: "ModelOptions", given: _Given, shown: "Shown") -> None:
    from api import models
    from api.wiring import prepare_continuation
    from transcripts.files import continue_transcript, read_transcript

    transcript = read_transcript(path)
    if transcript.ending is not None and transcript.ending.reason not in ("budget_spent", "failed"):
        typer.echo(f"note: {path} has ended; there is nothing to continue", err=True)
        return
    preparation = prepare_continuation(transcript.header, facts)
    options = models.recorded_beside(given.added_to(options, preparation), path)
    models.check_continuation(transcript.header, options, preparation)
    with models.open_recording(options) as recording, continue_transcript(path, len(transcript.events)) as writer:
        ending = _play(preparation, transcript.events, writer, options, recording, shown)
    _conclude(path, ending)


def _conclude(path: Path, ending: "Event | None") -> None:
    """Say where the transcript lies; a debate that failed is a run that failed."""
    from debate.events import DebateEnded
    from language.errors import ModelError

    typer.echo(f"transcript: {path}", err=True)
    if isinstance(ending, DebateEnded) and ending.reason == "budget_spent":
        typer.echo(f"note: {ending.detail}: rejoinder debate --resume {path}", err=True)
    if isinstance(ending, DebateEnded) and ending.reason == "failed":
        raise ModelError(f"the debate stopped: {ending.detail}; continue it with --resume {path}")


def _play(
    preparation: "Preparation",
    so_far: "tuple[Event, ...]",
    writer: "TranscriptWriter",
    options: "ModelOptions",
    recording: "Recording",
    shown: "Shown",
) -> "Event | None":
    """Play to the end and return the last event."""
    import asyncio

    from api.models import estimate, open_crew, spent_in
    from debate.engine import run_debate

    expected = estimate(preparation, options, so_far)
    if expected is not None:
        typer.echo(f"note: {expected}", err=True)
    screen = shown.screen(preparation.header)

    async def play() -> "Event | None":
        last = None
        async with open_crew(
            preparation, options, recording, spent=spent_in(so_far), read_line=screen.read_line
        ) as crew:
            async for event in run_debate(preparation.setup, so_far, crew, recording.now, screen.on_words):
                writer.write(event)
                screen.show(event)
                last = event
        return last

    for event in so_far:
        screen.show(event)
    try:
        return asyncio.run(play())
    except (KeyboardInterrupt, SystemExit) as stop:
        screen.close()
        typer.echo(f"rejoinder: interrupted; continue with: rejoinder debate --resume {writer.path}", err=True)
        raise typer.Exit(stop.code if isinstance(stop, SystemExit) and isinstance(stop.code, int) else 130) from None
    finally:
        screen.close()


def _free_name(thread_file: Path) -> Path:
    """A transcript's name after its thread, in this folder, that no file has yet."""
    stem = "thread" if str(thread_file) == "-" else thread_file.resolve().stem or "thread"
    path, number = Path(f"{stem}-debate.jsonl"), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-debate-{number}.jsonl")
    return path
