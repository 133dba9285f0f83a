"""What people see of a debate: terminal, Markdown, HTML, JSON."""

import io
import json

import pytest
from rich.console import Console

from debate.events import Turn
from tests.transcripts.transcripts_made import BORIS, FACT, SAID, a_header, a_transcript, some_events
from transcripts.exports import export_html, export_json, export_markdown, pieces_of
from transcripts.rendering import DebateRenderer
from transcripts.transcript import Transcript

HOSTILE = '<script>alert(1)</script> \x1b[31mred\x1b[0m \u202edlrow "quotes" & [link](x) # title'


def rendered(transcript: Transcript, **options: bool) -> str:
    console = Console(file=io.StringIO(), width=100, highlight=False)
    renderer = DebateRenderer(console, transcript.header, **options)
    renderer.print_header()
    for event in transcript.events:
        renderer.print_event(event)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def hostile_transcript() -> Transcript:
    events = tuple(
        event.model_copy(update={"text": HOSTILE, "connectives": (), "evidence": ()})
        if isinstance(event, Turn)
        else event
        for event in some_events()
    )
    return Transcript(header=a_header(motion=HOSTILE), events=events)


def test_the_terminal_shows_who_what_whom_and_the_ruling() -> None:
    """A reader sees speaker, whom they answer, added words in brackets, and the ruling with its fact."""
    shown = rendered(a_transcript())
    assert "SIMULATED" in shown
    assert "What if: The river never silts" in shown
    assert "Anna, the anna" in shown
    assert "to Boris" in shown
    assert "[To Boris:] It opened in 1900." in shown
    assert "✗ Referee: contradicted: “It opened in 1900”" in shown
    assert "canal-opened" in shown
    assert "Overruled by a teacher" in shown


def test_evidence_is_shown_on_demand() -> None:
    """With evidence on, each sentence's place in the thread is printed."""
    assert "post post-anna, characters 27–45" in rendered(a_transcript(), show_evidence=True)
    assert "characters 27–45" not in rendered(a_transcript())


@pytest.mark.parametrize("colour", [True, False])
def test_hostile_text_cannot_command_a_terminal(colour: bool) -> None:
    """Escape sequences and bidirectional overrides in words of a thread are never printed."""
    console = Console(file=io.StringIO(), width=100, force_terminal=colour, highlight=False)
    renderer = DebateRenderer(console, hostile_transcript().header)
    renderer.print_header()
    for event in hostile_transcript().events:
        renderer.print_event(event)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[31mred" not in shown
    assert "\u202e" not in shown
    assert "script" in shown


def test_html_shows_hostile_text_as_text_and_loads_nothing() -> None:
    """A page holds no script and no address to load from; words of a thread stay words."""
    page = export_html(hostile_transcript())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "src=" not in page
    assert "https:" not in page
    assert "http:" not in page
    assert "Simulated debate" in page


def test_html_links_replies_and_shows_facts_with_their_source() -> None:
    """A reply leads to what it answers, and a ruling shows the fact and where to look it up."""
    page = export_html(a_transcript())
    assert 'href="#e3"' in page
    assert FACT.statement in page
    assert "A. Author, Canals (1950), p. 7" in page
    assert "&lt;b&gt;a waste&lt;/b&gt;" in page
    assert BORIS.remarks[0].text not in page


def test_markdown_escapes_words_of_the_thread() -> None:
    """Markup in a post is not markup in the export."""
    document = export_markdown(hostile_transcript())
    assert "\\[link\\]" in document
    assert "\\<script\\>" in document
    assert "Simulated debate" in document


def test_json_holds_every_event() -> None:
    """The JSON document holds the header and all events, as in the file."""
    document = json.loads(export_json(a_transcript()))
    assert len(document["events"]) == len(some_events())
    assert Transcript.model_validate(document) == a_transcript()


def test_pieces_lose_no_word() -> None:
    """A turn cut at joining words and evidence is still the whole turn."""
    turn = some_events()[3]
    assert isinstance(turn, Turn)
    pieces = pieces_of(turn)
    assert " ".join(piece.text for piece in pieces) == SAID
    assert [piece.is_connective for piece in pieces] == [True, False]
