"""How personas look: in a terminal, and as JSON."""

from itertools import cycle
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from language.terminal import one_line
from personas.persona import Cast, Persona, Position, Voice
from transcripts.rendering import SPEAKER_STYLES

_STANCES = {
    "for": "for the motion",
    "against": "against the motion",
    "mixed": "of two minds on the motion",
    "unclear": "where they stand on the motion is unclear",
}


def cast_json(cast: Cast) -> dict[str, Any]:
    """What `rejoinder personas --json` prints: the personas without the list of all their remarks."""
    data = cast.model_dump(mode="json")
    for persona in data["personas"]:
        del persona["remarks"]
    return data


def print_cast(console: Console, cast: Cast) -> None:
    """Print the profiles of a cast as a page."""
    console.print(Text(one_line(cast.motion), style="bold"))
    if not any(persona.positions for persona in cast.personas):
        console.print(Text("Nobody here wrote anything that can stand as a position of its own.", style="dim"))
        return
    arguing = sum(1 for persona in cast.personas if persona.positions)
    stated = sum(len(persona.positions) for persona in cast.personas)
    people, positions = _count(len(cast.personas), "person", "people"), _count(stated, "position", "positions")
    console.print(Text(f"{people}, {arguing} of them with {positions}, each in their own words", style="dim"))
    silent = [persona for persona in cast.personas if not persona.positions]
    for persona, style in zip((one for one in cast.personas if one.positions), cycle(SPEAKER_STYLES), strict=False):
        _print_persona(console, persona, style)
    if silent:
        console.print()
        names = ", ".join(one_line(persona.name) for persona in silent)
        console.print(Text(f"Nothing that can stand as a position of its own: {names}", style="dim"))


def _print_persona(console: Console, persona: Persona, style: str) -> None:
    # The epithet stands on a line of its own: in a rule's title a narrow terminal would cut it off.
    console.print()
    console.print(Rule(Text(one_line(persona.name), style=style), align="left", style="dim"))
    console.print(Padding(Text(one_line(persona.epithet), style="italic"), (0, 0, 0, 2), expand=False))
    stance = Text(_STANCES[persona.stance].capitalize(), style="dim" if persona.stance == "unclear" else "")
    if persona.stance_evidence is not None:
        stance.append(f": “{one_line(persona.stance_evidence.text)}”", style="dim")
    console.print(Padding(stance, (0, 0, 0, 2), expand=False))
    for number, position in enumerate(persona.positions, start=1):
        stated = Table.grid(padding=(0, 1, 0, 0))
        stated.add_row(Text(f"  {number}.", style=style), Text(one_line(position.statement)))
        stated.add_row("", Text(_places(position), style="dim"))
        console.print(stated)
    console.print(Padding(Text(_voice(persona), style="dim"), (0, 0, 0, 2), expand=False))


def _places(position: Position) -> str:
    return "; ".join(f"post {one.post_id}, characters {one.start}–{one.end}" for one in position.evidence)


def _voice(persona: Persona) -> str:
    voice: Voice = persona.voice
    manner = "speaks to people" if voice.address == "direct" else "speaks about the matter"
    return (
        f"{_count(len(persona.posts), 'post', 'posts')}, about {voice.words_per_post:.0f} words each and "
        f"{voice.words_per_sentence:.0f} a sentence; {voice.formality}; {manner}"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
