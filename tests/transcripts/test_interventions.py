"""What people did to a debate shows in every form of its transcript, and what they typed stays text."""

import io

from rich.console import Console

from debate.events import (
    Event,
    Moved,
    Paused,
    PollClosed,
    PollOpened,
    PremiseSet,
    Resumed,
    RoundAdded,
    SeatLeft,
    SeatTaken,
)
from tests.transcripts.transcripts_made import START, a_header
from transcripts.exports import export_html, export_markdown
from transcripts.rendering import DebateRenderer
from transcripts.transcript import Transcript

BY = "<b>Kim</b>"
EVENTS: tuple[Event, ...] = (
    Paused(seq=1, at=START, by=BY),
    Resumed(seq=2, at=START, by=BY, turns=1),
    RoundAdded(seq=3, at=START, by=BY),
    SeatTaken(seq=4, at=START, persona="anna", by=BY),
    SeatLeft(seq=5, at=START, persona="anna", by=BY),
    PollOpened(seq=6, at=START, poll="after", question="Build it?", choices=("yes", "no"), by=BY),
    PollClosed(
        seq=7,
        at=START,
        poll="after",
        counts={"yes": 3, "no": 1},
        compared_with="before",
        moved=(Moved(before="no", after="yes", voters=2), Moved(before="no", after="no", voters=1)),
        by=BY,
    ),
    PremiseSet(seq=8, at=START, premise="The <i>railway</i> was never built", by=BY),
    PremiseSet(seq=9, at=START, premise=None, by=BY),
)
EXPECTED = (
    "What if: The",
    "Nothing is stipulated",
    "Paused by",
    "for 1 turn.",
    "One more round",
    "takes the seat",
    "back.",
    "Build it? (yes / no)",
    "yes: 3",
)


def test_every_intervention_shows_in_every_form() -> None:
    """Terminal, Markdown and HTML say what people did; their markup never becomes markup."""
    transcript = Transcript(header=a_header(), events=EVENTS)
    console = Console(width=200, record=True, file=io.StringIO())
    renderer = DebateRenderer(console, transcript.header)
    for event in EVENTS:
        renderer.print_event(event)
    html = export_html(transcript)
    for text in (console.export_text(), export_markdown(transcript), html):
        for expected in (*EXPECTED, "2 changed their minds"):
            assert expected in text.replace("\\", "")
    assert BY not in html
    assert "&lt;b&gt;Kim" in html
