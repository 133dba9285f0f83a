"""`rejoinder interview`: one question to one persona."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from debate.events import Utterance
    from language.models import ModelSpec
    from personas.persona import Cast, Persona


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("interview")(interview_persona)


def interview_persona(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE... QUESTION", help="A saved discussion, then the question.")
    ],
    persona: Annotated[str, typer.Option("--persona", metavar="NAME", help="Name or id of the one who is asked.")],
    motion: Annotated[
        str | None, typer.Option("--motion", metavar="TEXT", help="What is discussed; the thread's title by default.")
    ] = None,
    personas: Annotated[
        Path | None, typer.Option("--personas", metavar="DIR", help="Edited personas of `rejoinder personas --out`.")
    ] = None,
    read_as: Annotated[
        str | None, typer.Option("--read-as", metavar="NAME", help="Force the file's format; see `rejoinder thread`.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="PROVIDER:NAME", help="Chat model; none: the poster's own words.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Address of an OpenAI-compatible endpoint.")
    ] = None,
    small_model: Annotated[
        bool | None,
        typer.Option(
            "--small-model/--no-small-model",
            show_default=False,
            help="A short prompt and a strict check; by default where the model's name says that it is small.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="The same seed, the same answer, as far as the model allows.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")] = False,
) -> None:
    """Ask one persona one question; the answer rests on what its poster wrote.

    Without a model the answer is made of the poster's own sentences. With one it is worded anew, checked like a turn of
    a debate, and replaced by the poster's own sentences where it does not hold.
    """
    from api import wiring
    from api.settings import read_settings

    *threads, question = files
    if not threads:
        raise typer.BadParameter('name the file of a discussion and then the question: interview FILE "question"')
    thread = wiring.read_discussion(threads, read_as)
    cast = wiring.load_cast(thread, motion, personas)
    (asked,) = wiring.choose_participants(cast, (persona,))
    settings = read_settings()
    name, address = model or settings.model, base_url or settings.base_url
    spec, is_small = None, False
    if name is not None:
        from api.models import ModelOptions

        options = ModelOptions(
            base_url=address, api_key=settings.api_key, timeout_s=settings.model_timeout_s, is_small=small_model
        )
        spec, is_small = options.spec(name), options.takes_for_small(name)
    said = _ask(cast, asked, str(question), spec, is_small, seed)
    if as_json:
        typer.echo(said.model_dump_json(indent=2))
        return
    _print(asked, said)


def _ask(
    cast: "Cast", asked: "Persona", question: str, spec: "ModelSpec | None", is_small: bool, seed: int
) -> "Utterance":
    import asyncio

    from debate.interview import interview
    from debate.speakers.port import Speaker
    from debate.speakers.verbatim import VerbatimSpeaker

    verbatim = VerbatimSpeaker()

    async def answer(speaker: Speaker) -> "Utterance":
        return await interview(asked, question, speaker, motion=cast.motion, offsets=cast.offsets, seed=seed)

    async def answer_by_model(chosen: "ModelSpec") -> "Utterance":
        from debate.fidelity.check import FidelityCheck
        from debate.speakers.model_speaker import Manner, ModelSpeaker
        from language.models import Endpoints, open_chat_model

        endpoints = Endpoints()
        try:
            model = open_chat_model(chosen, endpoints)
            speaker = ModelSpeaker(
                model, verbatim, FidelityCheck(is_strict=is_small), Manner(has_short_prompts=is_small)
            )
            return await answer(speaker)
        finally:
            await endpoints.close()

    return asyncio.run(answer(verbatim) if spec is None else answer_by_model(spec))


_MARKS = {
    "verbatim": "in the poster's own sentences",
    "verbatim_fallback": "in the poster's own sentences; the model's wordings did not hold",
    "model": "simulated: worded by a model, held against what the poster wrote",
    "human": "by a person",
}


def _print(asked: "Persona", said: "Utterance") -> None:
    from language.terminal import one_line

    typer.echo(f"{one_line(asked.name)} ({_MARKS[said.origin]}):\n{one_line(said.text)}")
    for evidence in said.evidence:
        place = f"post {evidence.post_id}, characters {evidence.start} to {evidence.end}"
        typer.echo(f"  rests on {place}: {one_line(evidence.text)}")
    for attempt in said.attempts:
        typer.echo(f"  did not hold: {one_line('; '.join(attempt.reasons))}")
