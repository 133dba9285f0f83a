"""The composition root: puts readers, personas, the fact sheet, speakers and the referee together."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from language.errors import InputError, PersonaError, TranscriptError

if TYPE_CHECKING:
    from debate.engine import Crew
    from debate.events import Setup, Side
    from debate.referee.facts import FactSheet
    from personas.persona import Cast, Persona
    from personas.thread import Thread
    from transcripts.transcript import Header


def read_discussion(files: Sequence[Path], format: str | None = None, corrections: Path | None = None) -> "Thread":
    """Read one discussion, "-" from standard input, and apply a person's corrections to it.

    Raises:
        ThreadError: A file cannot be read as a discussion, or the corrections do not fit it.
        InputError: Standard input is named beside files.
    """
    thread = _read_standard_input(files, format)
    if thread is None:
        from personas.reading import read_thread

        thread = read_thread(files, format)
    if corrections is None:
        return thread
    from personas.corrections import apply_corrections

    return apply_corrections(thread, read_text(corrections))


def _read_standard_input(files: Sequence[Path], format: str | None) -> "Thread | None":
    """The discussion on standard input; None where "-" is not named."""
    if not any(str(file) == "-" for file in files):
        return None
    if len(files) > 1:
        raise InputError("'-' is standard input and stands alone; name either it or files")
    from personas.reading import read_thread_text
    from personas.reading.files import MAX_BYTES

    return read_thread_text(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", format)


def refuse_to_replace(target: Path, sources: Sequence[Path | None]) -> None:
    """Make sure that writing `target` destroys nothing that this very command reads.

    Args:
        target: What is to be written; it need not exist.
        sources: Files and folders that are read; of a folder, everything directly in it. None is passed over.

    Raises:
        InputError: `target` is one of them.
    """
    if not target.exists():
        return
    for source in sources:
        if source is None or not source.exists():
            continue
        if target.samefile(source) or (source.is_dir() and target.is_file() and target.parent.samefile(source)):
            raise InputError(f"{str(target)!r} is what this command reads; write to another file")


def read_text(path: Path) -> str:
    """The text of a small UTF-8 file that a person edited.

    Raises:
        InputError: The file cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise InputError(f"cannot read {str(path)!r}: {exc.strerror or exc}") from exc
    except UnicodeDecodeError as exc:
        raise InputError(f"{str(path)!r} is not UTF-8: bad byte at position {exc.start}") from exc


def write_document(path: Path, text: str) -> None:
    """Write a file that the user asked for, and say so on standard error.

    Raises:
        InputError: The file cannot be written.
    """
    import typer

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise InputError(f"cannot write {str(path)!r}: {exc.strerror or exc}") from exc
    from language.terminal import one_line

    typer.echo(f"wrote {one_line(str(path))}", err=True)


def print_notes(notes: Sequence[str]) -> None:
    """Print notes on standard error, one line each."""
    import typer

    from language.terminal import one_line

    for note in notes:
        typer.echo(f"note: {one_line(note)}", err=True)


def load_cast(thread: "Thread", motion: str | None, personas_folder: Path | None) -> "Cast":
    """The personas of a thread: extracted from it, or as a person edited them.

    Raises:
        PersonaError: A persona file is broken or does not fit the thread.
    """
    if personas_folder is not None:
        from personas.persona_files import read_cast

        return read_cast(personas_folder, thread, motion)
    from personas.extraction import extract_cast

    return extract_cast(thread, motion)


ENOUGH_ARGUING = 3


def choose_participants(cast: "Cast", wanted: Sequence[str]) -> "tuple[Persona, ...]":
    """The personas that the user named, in that order; everybody with a position where none is named.

    Where fewer than `ENOUGH_ARGUING` people have a position, those without one speak as well.

    Args:
        cast: Everybody in the thread.
        wanted: Ids or names, in any case.

    Raises:
        PersonaError: A name fits nobody, or more than one person.
    """
    if not wanted:
        arguing = tuple(one for one in cast.personas if one.positions)
        return arguing if len(arguing) >= ENOUGH_ARGUING else cast.personas
    chosen: list[Persona] = []
    for name in wanted:
        key = name.strip().casefold()
        # An id is one person's alone, also where somebody else is called so.
        exact = [one for one in cast.personas if one.id == name.strip()]
        fitting = exact or [one for one in cast.personas if key in (one.id.casefold(), one.name.casefold())]
        if len(fitting) != 1:
            known = ", ".join(f"{one.id} ({one.name})" for one in cast.personas)
            problem = "nobody" if not fitting else f"{len(fitting)} people; use an id"
            raise PersonaError(f"{name!r} names {problem}; in this thread are {known}")
        if fitting[0] not in chosen:
            chosen.append(fitting[0])
    return tuple(chosen)


def load_sheet(path: Path) -> "FactSheet":
    """Load a fact sheet.

    Raises:
        SheetError: The sheet cannot be used; names line and id.
    """
    from debate.referee.sheets import load_sheet as load

    return load(path)


@dataclass(frozen=True, slots=True)
class Preparation:
    """A debate ready to run: nothing has been written or said yet."""

    header: "Header"
    sheet: "FactSheet | None"

    @property
    def setup(self) -> "Setup":
        """What the engine starts from."""
        return self.header.setup

    def using(self, models: "Mapping[str, str]") -> "Preparation":
        """The same debate, with the models that take part written into its header."""
        return Preparation(self.header.model_copy(update={"models": dict(models)}), self.sheet)

    def started_at(self, time: datetime) -> "Preparation":
        """The same debate, begun at this time."""
        return Preparation(self.header.model_copy(update={"started_at": time}), self.sheet)


def prepare_debate(
    cast: "Cast",
    *,
    participants: Sequence[str] = (),
    format: str = "forum",
    rounds: int = 2,
    premise: str | None = None,
    seed: int = 0,
    pseudonymous: bool = False,
    sides_swapped: bool = False,
    sides: "Mapping[str, Side] | None" = None,
    facts: "Path | FactSheet | None" = None,
) -> Preparation:
    """Check that a debate can run and make its header; `sides` are by name or id, whatever the people's stances.

    Raises:
        FormatError: The format is unknown or does not fit the participants.
        PersonaError: A participant is unknown.
        SheetError: The fact sheet cannot be used.
    """
    from debate.formats import find_format, seat_participants
    from transcripts.transcript import Digests, Header

    found = find_format(format)
    chosen = choose_participants(cast, participants)
    given = _put_on_sides(cast, chosen, sides or {})
    if pseudonymous:
        from personas.pseudonyms import pseudonymise

        # Chosen by the names that the user knows; the transcript itself must not hold them.
        hidden = dict(zip((one.id for one in cast.personas), pseudonymise(cast).personas, strict=True))
        chosen = tuple(hidden[one.id] for one in chosen)
        given = {hidden[one].id: side for one, side in given.items()}
    seated = seat_participants(found, chosen, given)
    sheet = load_sheet(facts) if isinstance(facts, Path) else facts
    personas_digest = hashlib.sha256("".join(one.model_dump_json() for one in seated).encode()).hexdigest()
    header = Header(
        motion=cast.motion,
        premise=premise,
        format=found.name,
        rounds=rounds,
        seed=seed,
        pseudonymous=pseudonymous,
        sides_swapped=sides_swapped,
        sides={one.id: given[one.id] for one in seated if one.id in given},
        offsets=cast.offsets,
        participants=seated,
        digests=Digests(
            thread=cast.thread_digest, facts=sheet.digest if sheet is not None else None, personas=personas_digest
        ),
        facts_path=str(facts) if isinstance(facts, Path) else None,
        facts_title=sheet.title if sheet is not None else None,
        started_at=datetime.now(UTC),
        made_by=f"rejoinder {version('rejoinder')}",
    )
    return Preparation(header, sheet)


def _put_on_sides(cast: "Cast", chosen: "Sequence[Persona]", sides: "Mapping[str, Side]") -> "dict[str, Side]":
    """The sides that were given, by persona id.

    Raises:
        PersonaError: Somebody is unknown, takes no part, or is put on both sides.
    """
    given: dict[str, Side] = {}
    for name, side in sides.items():
        (persona,) = choose_participants(cast, [name])
        if persona not in chosen:
            raise PersonaError(f"{persona.name!r} is put on a side and takes no part; name them among the participants")
        if given.setdefault(persona.id, side) != side:
            raise PersonaError(f"{persona.name!r} cannot be on both sides")
    return given


def prepare_continuation(header: "Header", facts: Path | None) -> Preparation:
    """Make ready to continue a recorded debate with the same fact sheet.

    Args:
        header: The transcript's header.
        facts: Where the sheet lies now; None where the header says.

    Raises:
        TranscriptError: The sheet has changed since, so that old and new rulings would not agree.
        SheetError: The sheet cannot be used.
    """
    path = facts or (Path(header.facts_path) if header.facts_path is not None else None)
    if path is None or header.digests.facts is None:
        if facts is not None:
            raise TranscriptError("this debate was begun without a fact sheet; continue it without --facts")
        return Preparation(header, None)
    sheet = load_sheet(path)
    if sheet.digest != header.digests.facts:
        raise TranscriptError(f"the fact sheet {str(path)!r} has changed since this debate began; begin a new one")
    return Preparation(header, sheet)


def assemble_crew(preparation: Preparation) -> "Crew":
    """Everybody who talks and checks in a debate without a model."""
    from debate.engine import Crew
    from debate.speakers.moderator import VerbatimModerator
    from debate.speakers.verbatim import VerbatimSpeaker

    speaker = VerbatimSpeaker()
    referee = None
    if preparation.sheet is not None:
        from api.referees import open_referee

        referee = open_referee(preparation.sheet)
    speakers = {persona.id: speaker for persona in preparation.setup.participants}
    return Crew(speakers=speakers, moderator=VerbatimModerator(), referee=referee)
