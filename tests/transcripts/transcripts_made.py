"""A small transcript for tests, with everything that a transcript can hold."""

from datetime import UTC, datetime, timedelta

from debate.events import (
    DebateEnded,
    Event,
    Fault,
    Question,
    ReplyTo,
    RoundStarted,
    RulingMade,
    RulingOverruled,
    Span,
    SpokenEvidence,
    Turn,
)
from debate.referee.facts import Fact, Source
from tests.personas_made import make_persona
from transcripts.transcript import Digests, Header, Transcript

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANNA = make_persona("anna", "The canal should be built.", "It opened in 1900.", stance="for")
BORIS = make_persona("boris", "The canal is <b>a waste</b>.", stance="against")
FACT = Fact(
    id="canal-opened",
    statement="The canal opened in 1910.",
    date="1910",
    sources=(Source(author="A. Author", title="Canals", year=1950, where="p. 7"),),
)
SAID = "To Boris: It opened in 1900."


def a_header(motion: str = "Should the canal be built?") -> Header:
    return Header(
        motion=motion,
        premise="The river never silts",
        format="forum",
        rounds=1,
        offsets="source",
        participants=(ANNA, BORIS),
        digests=Digests(thread="0" * 64, personas="1" * 64),
        facts_title="Canals",
        started_at=START,
        made_by="rejoinder test",
    )


def some_events() -> tuple[Event, ...]:
    def at(second: float) -> datetime:
        return START + timedelta(seconds=second)

    return (
        RoundStarted(seq=1, at=at(1), round=1, title="Round 1"),
        Question(seq=2, at=at(2), text="What of the canal, Boris?", to="boris"),
        Turn(
            seq=3, at=at(12), round=1, phase="answer", speaker="boris", speaker_name="Boris", text=BORIS.remarks[0].text
        ),
        Turn(
            seq=4,
            at=at(32),
            round=1,
            phase="reply",
            speaker="anna",
            speaker_name="Anna",
            text=SAID,
            connectives=(Span(start=0, end=9),),
            evidence=(
                SpokenEvidence(
                    post_id="post-anna", text="It opened in 1900.", start=27, end=45, spoken=Span(start=10, end=28)
                ),
            ),
            reply_to=ReplyTo(seq=3, speaker="boris", text=BORIS.remarks[0].text),
        ),
        RulingMade(
            seq=5,
            at=at(33),
            turn_seq=4,
            claim="It opened in 1900",
            start=10,
            end=27,
            verdict="contradicted",
            facts=("canal-opened",),
            explanation="The sheet says: the canal opened in 1910.",
            confidence=0.9,
            checker="rules",
            cited=(FACT,),
        ),
        RulingOverruled(seq=6, at=at(34), ruling_seq=5, verdict="not_covered", reason="another canal", by="a teacher"),
        Fault(seq=7, at=at(35), what="no answer", during="turn", speaker="anna"),
        DebateEnded(seq=8, at=at(36), reason="completed"),
    )


def a_transcript() -> Transcript:
    return Transcript(header=a_header(), events=some_events())
