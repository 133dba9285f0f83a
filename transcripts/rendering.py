"""How a debate looks in a terminal: one renderer for live debates and replays."""

from itertools import cycle

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from debate.events import DebateEnded, Event, Fault, Question, RoundStarted, RulingMade, RulingOverruled, Turn
from language.terminal import one_line, printable
from transcripts.interventions import intervention_line
from transcripts.transcript import Header, Transcript

SPEAKER_STYLES = ("bold cyan", "bold magenta", "bold blue", "bold yellow", "bold green", "bold bright_red")
VERDICT_MARKS = {
    "contradicted": ("✗", "bold red"),
    "supported": ("✓", "green"),
    "unchecked": ("?", "yellow"),
    "not_covered": ("·", "dim"),
    "not_checkable": ("·", "dim"),
}
SHOWN_VERDICTS = ("contradicted", "supported", "unchecked")
ENDINGS = {
    "completed": "The debate is over.",
    "nothing_left": "The debate is over: nobody has anything left to say.",
    "budget_spent": "The budget is spent; the debate can be continued with --resume and a larger budget.",
    "failed": "The debate stopped for a failure; it can be continued with --resume.",
    "cancelled": "The debate was cancelled.",
}
PHASE_NAMES = {
    "opening": "opening",
    "question": "asks",
    "answer": "answers",
    "reply": "",
    "rebuttal": "rebuttal",
    "closing": "closing",
}
ORIGIN_NAMES = {
    "verbatim": "",
    "model": "worded by a model",
    "human": "spoken by a person",
    "verbatim_fallback": "own words in place of a model's turn that was not faithful",
}
"""What is said of a turn beside its speaker; nothing of what is the rule, the poster's own words."""


class DebateRenderer:
    """Prints a debate event by event.

    Args:
        console: Where to print; colour and width are its business.
        header: Whose debate it is.
        show_evidence: Also print where in the thread each sentence stands.
        show_all_rulings: Also print rulings that say only that the referee cannot know.
    """

    def __init__(
        self, console: Console, header: Header, *, show_evidence: bool = False, show_all_rulings: bool = False
    ) -> None:
        self._console = console
        self._names = Transcript(header=header)
        self._header = header
        self._show_evidence = show_evidence
        self._shown = (*SHOWN_VERDICTS, "not_covered", "not_checkable") if show_all_rulings else SHOWN_VERDICTS
        self._styles = dict(zip((one.id for one in header.participants), cycle(SPEAKER_STYLES), strict=False))
        self._epithets = {one.id: one.epithet for one in header.participants}
        self._introduced: set[str] = set()

    def print_header(self) -> None:
        """Print what the debate is about and who takes part."""
        header = self._header
        self._console.print()
        self._console.print(Text(one_line(header.motion), style="bold"))
        if header.premise:
            self._console.print(Text(f"What if: {one_line(header.premise)}", style="italic"))
        facts = f" Referee's sheet: {one_line(header.facts_title)}." if header.facts_title else " No referee."
        self._console.print(
            Text(
                "SIMULATED DEBATE. Nobody named here said this in this debate; "
                f"it is made from what they wrote in the thread.{facts}",
                style="dim",
            )
        )

        if header.sides:
            put = [f"{one_line(self._names.name(one))} {side}" for one, side in header.sides.items()]
            self._console.print(Text(f"Sides given for this debate: {', '.join(put)}.", style="dim"))

    def shows(self, event: Event) -> bool:
        """True where `print_event` prints anything for this event."""
        return not isinstance(event, RulingMade) or event.verdict in self._shown

    def print_event(self, event: Event) -> None:
        """Print one event."""
        if isinstance(event, RoundStarted):
            self._console.print()
            self._console.print(Rule(Text(one_line(event.title), style="bold"), style="dim", align="left"))
        elif isinstance(event, Question):
            self._print_question(event)
        elif isinstance(event, Turn):
            self._print_turn(event)
        elif isinstance(event, RulingMade):
            self._print_ruling(event)
        elif isinstance(event, RulingOverruled):
            self._indented(
                Text(f"Overruled by {one_line(event.by)}: {event.verdict.replace('_', ' ')}. {one_line(event.reason)}")
            )
        elif isinstance(event, Fault):
            self._console.print(Text(f"! A {event.during} failed: {one_line(event.what)}", style="yellow"))
        elif isinstance(event, DebateEnded):
            self._console.print()
            detail = f" ({one_line(event.detail)})" if event.detail else ""
            self._console.print(Text(ENDINGS[event.reason] + detail, style="bold"))
        elif (line := intervention_line(self._names, event)) is not None:
            self._console.print()
            self._console.print(Text(one_line(line), style="dim italic"))

    def _print_question(self, event: Question) -> None:
        self._console.print()
        asker = one_line(event.asker) if event.asker else "Moderator"
        self._console.print(Text(f"{asker} to {one_line(self._names.name(event.to))}", style="bold"))
        self._console.print(Padding(Text(printable(event.text)), (0, 0, 0, 2)))

    def _print_turn(self, turn: Turn) -> None:
        self._console.print()
        line = Text(one_line(turn.speaker_name), style=self._styles.get(turn.speaker, "bold"))
        if turn.speaker not in self._introduced:
            self._introduced.add(turn.speaker)
            line.append(f", {one_line(self._epithets.get(turn.speaker, ''))}", style="italic not bold")
        line.append(self._phase_note(turn), style="dim not bold")
        self._console.print(line)
        if turn.reply_to is not None and turn.reply_to.speaker is not None:
            quoted = Text(f"“{one_line(turn.reply_to.text)}”", style="dim")
            self._console.print(Padding(quoted, (0, 4, 0, 4)))
        self._console.print(Padding(self._spoken(turn), (0, 0, 0, 2)))
        if self._show_evidence:
            for evidence in turn.evidence:
                place = f"post {evidence.post_id}, characters {evidence.start}–{evidence.end}"
                self._indented(Text(f"{place}: “{one_line(evidence.text)}”", style="dim"))

    def _phase_note(self, turn: Turn) -> str:
        parts = ["simulated"]
        if PHASE_NAMES[turn.phase]:
            parts.append(PHASE_NAMES[turn.phase])
        if turn.reply_to is not None and turn.reply_to.speaker is not None:
            parts.append(f"to {one_line(self._names.name(turn.reply_to.speaker))}")
        if ORIGIN_NAMES[turn.origin]:
            parts.append(ORIGIN_NAMES[turn.origin])
        posts = list(dict.fromkeys(evidence.post_id for evidence in turn.evidence))
        if posts:
            parts.append(f"from post{'s' if len(posts) > 1 else ''} {', '.join(posts)}")
        return f"  ({'; '.join(parts)})"

    def _spoken(self, turn: Turn) -> Text:
        """The turn's words; what the speaker added to join them stands in square brackets."""
        spoken = Text()
        place = 0
        for span in turn.connectives:
            spoken.append(printable(turn.text[place : span.start]))
            words = turn.text[span.start : span.end]
            inner = words.strip()
            before = words[: len(words) - len(words.lstrip())]
            spoken.append(before)
            spoken.append(f"[{printable(inner)}]" if inner else "", style="dim italic")
            spoken.append(words[len(words.rstrip()) :] if inner else "")
            place = span.end
        spoken.append(printable(turn.text[place:]))
        return spoken

    def _print_ruling(self, ruling: RulingMade) -> None:
        if not self.shows(ruling):
            return
        mark, style = VERDICT_MARKS[ruling.verdict]
        text = Text(f"{mark} Referee: {ruling.verdict.replace('_', ' ')}: ", style=style)
        text.append(f"“{one_line(ruling.claim)}”", style="italic")
        self._indented(text)
        facts = f" [{', '.join(ruling.facts)}]" if ruling.facts else ""
        self._console.print(Padding(Text(f"{one_line(ruling.explanation)}{facts}", style="dim"), (0, 2, 0, 8)))

    def _indented(self, text: Text) -> None:
        self._console.print(Padding(text, (0, 2, 0, 6)))
