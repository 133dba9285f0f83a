"""A transcript as a document: Markdown, one self-contained HTML page, or one JSON document."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from debate.events import DebateEnded, Fault, Question, RoundStarted, RulingMade, RulingOverruled, Turn
from language.terminal import one_line, printable
from transcripts.interventions import intervention_line
from transcripts.rendering import ENDINGS, ORIGIN_NAMES, PHASE_NAMES, SHOWN_VERDICTS
from transcripts.transcript import Transcript

NOTICE = (
    "Simulated debate. Nobody named here said this in this debate; every turn is made from what they wrote in the "
    "thread, and each names the posts that it rests on."
)


def export_json(transcript: Transcript) -> str:
    """The transcript as one JSON document: {"header": ..., "events": [...]}, the same fields as in the file."""
    return json.dumps(transcript.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def export_markdown(transcript: Transcript) -> str:
    """The transcript as Markdown; words of the thread cannot become markup."""
    header = transcript.header
    lines = [f"# {_md(header.motion)}", ""]
    if header.premise:
        lines += [f"*What if: {_md(header.premise)}*", ""]
    lines += [f"> **{NOTICE}**", "", "## Participants", ""]
    for persona in header.participants:
        lines.append(f"- **{_md(transcript.name(persona.id))}**, {_md(persona.epithet)} ({header.stands(persona)})")
    for event in transcript.events:
        if isinstance(event, RoundStarted):
            lines += ["", f"## {_md(event.title)}"]
        elif isinstance(event, Question):
            lines += [
                "",
                f"**{_md(event.asker or 'Moderator')}** to {_md(transcript.name(event.to))}: {_md(event.text)}",
            ]
        elif isinstance(event, Turn):
            lines += _turn_in_markdown(transcript, event)
        elif isinstance(event, RulingMade) and event.verdict in SHOWN_VERDICTS:
            facts = f" [{', '.join(event.facts)}]" if event.facts else ""
            verdict = event.verdict.replace("_", " ")
            lines += ["", f"> **Referee: {verdict}**: “{_md(event.claim)}” {_md(event.explanation)}{facts}"]
        elif isinstance(event, RulingOverruled):
            lines += ["", f"> **Overruled by {_md(event.by)}**: {event.verdict.replace('_', ' ')}. {_md(event.reason)}"]
        elif isinstance(event, Fault):
            lines += ["", f"*A {event.during} failed: {_md(event.what)}*"]
        elif isinstance(event, DebateEnded):
            lines += ["", f"*{ENDINGS[event.reason]}*"]
        elif (line := intervention_line(transcript, event)) is not None:
            lines += ["", f"*{_md(line)}*"]
    lines += ["", "## Facts cited by the referee", ""]
    lines += _sources_in_markdown(transcript) or ["None."]
    return "\n".join(lines) + "\n"


def _turn_in_markdown(transcript: Transcript, turn: Turn) -> list[str]:
    notes = [note for note in ("simulated", PHASE_NAMES[turn.phase], ORIGIN_NAMES[turn.origin]) if note]
    posts = dict.fromkeys(evidence.post_id for evidence in turn.evidence)
    if posts:
        notes.append(f"from post{'s' if len(posts) > 1 else ''} {', '.join(posts)}")
    lines = ["", f"**{_md(turn.speaker_name)}** ({_md('; '.join(notes))})", ""]
    if turn.reply_to is not None and turn.reply_to.speaker is not None:
        lines += [f"> {_md(transcript.name(turn.reply_to.speaker))}: {_md(turn.reply_to.text)}", ""]
    pieces = (f"*[{_md(piece.text)}]*" if piece.is_connective else _md(piece.text) for piece in pieces_of(turn))
    return [*lines, " ".join(piece for piece in pieces if piece)]


def _sources_in_markdown(transcript: Transcript) -> list[str]:
    cited = {
        fact.id: fact
        for event in transcript.events
        if isinstance(event, RulingMade) and event.verdict in SHOWN_VERDICTS
        for fact in event.cited
    }
    return [
        f"- `{fact.id}`: {_md(fact.statement)} Source: {_md('; '.join(source_line(one) for one in fact.sources))}."
        for fact in cited.values()
    ]


def source_line(source: object) -> str:
    """A source as one line: author, title (year), where."""
    author, title = getattr(source, "author", ""), getattr(source, "title", "")
    year, where = getattr(source, "year", None), getattr(source, "where", None)
    return f"{author}, {title}" + (f" ({year})" if year else "") + (f", {where}" if where else "")


def _md(text: str) -> str:
    """Text as Markdown that shows it and nothing else."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", one_line(text))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a turn as a document shows it."""

    text: str
    is_connective: bool = False
    place: str = ""
    """Where in the thread it stands, for a title or a footnote; empty for joining words."""


def pieces_of(turn: Turn) -> tuple[Piece, ...]:
    """The turn's text cut at its joining words and evidence, in order, without losing a character but white space."""
    marks: list[tuple[int, int, bool, str]] = [(span.start, span.end, True, "") for span in turn.connectives]
    if turn.origin in ("verbatim", "verbatim_fallback"):
        marks += [
            (one.spoken.start, one.spoken.end, False, f"post {one.post_id}, characters {one.start} to {one.end}")
            for one in turn.evidence
        ]
    pieces: list[Piece] = []
    reached = 0
    for start, end, is_connective, place in sorted(marks):
        if start < reached:
            continue
        pieces.append(Piece(printable(turn.text[reached:start]).strip()))
        pieces.append(Piece(printable(turn.text[start:end]).strip(), is_connective, place))
        reached = end
    pieces.append(Piece(printable(turn.text[reached:]).strip()))
    return tuple(piece for piece in pieces if piece.text)


def export_html(transcript: Transcript) -> str:
    """The transcript as one HTML page that needs nothing else: no script, no network, readable in print."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("transcripts"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["clean"] = printable
    environment.filters["source"] = source_line
    environment.globals["pieces_of"] = pieces_of
    environment.globals["intervention_line"] = intervention_line
    template = environment.get_template("transcript.html")
    return template.render(
        transcript=transcript,
        header=transcript.header,
        notice=NOTICE,
        endings=ENDINGS,
        phases=PHASE_NAMES,
        origins=ORIGIN_NAMES,
        blocks=_blocks(transcript),
    )


@dataclass(frozen=True, slots=True)
class Block:
    """An event and the rulings that belong under it."""

    event: object
    rulings: Sequence[RulingMade]


def _blocks(transcript: Transcript) -> list[Block]:
    rulings: dict[int, list[RulingMade]] = {}
    for event in transcript.events:
        if isinstance(event, RulingMade) and event.verdict in SHOWN_VERDICTS:
            rulings.setdefault(event.turn_seq, []).append(event)
    return [
        Block(event, rulings.get(event.seq, [])) for event in transcript.events if not isinstance(event, RulingMade)
    ]
