"""What people do to a running debate: every command fits or is refused, and no interruption changes what follows."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.commands import (
    AddRound,
    Ask,
    Cancel,
    ClosePoll,
    Command,
    LeaveSeat,
    OpenPoll,
    Overrule,
    Pause,
    Resume,
    SpeakAs,
    Stipulate,
    TakeSeat,
    carry_out,
)
from debate.engine import Crew, run_debate
from debate.events import EVENT, DebateEnded, Event, Question, RoundStarted, RulingMade, Setup, Turn, Utterance
from debate.formats import FORMATS, find_format, seat_participants
from debate.interventions import ending
from debate.referee.facts import Ruling
from debate.referee.port import Background
from debate.speakers.port import Brief
from debate.speakers.scripted import ScriptedModerator, ScriptedReferee, ScriptedSpeaker
from language.errors import CommandError
from tests.personas_made import make_persona

PEOPLE = (
    make_persona("anna", "The canal should be built.", stance="for"),
    make_persona("boris", "The canal is a waste.", stance="against"),
    make_persona("cleo", "It depends on the price.", stance="for"),
)


def a_setup(format: str = "forum", rounds: int = 2) -> Setup:
    seated = seat_participants(find_format(format), PEOPLE)
    return Setup(motion="Build it?", format=format, rounds=rounds, participants=seated, offsets="source")


def at(seq: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seq)


def go_on(setup: Setup, so_far: Sequence[Event], most: int = 500) -> list[Event]:
    """Play from where the log stops until the debate ends or waits, or `most` more events have come."""
    speaker = ScriptedSpeaker()
    crew = Crew(dict.fromkeys((one.id for one in setup.participants), speaker), ScriptedModerator(), ScriptedReferee())

    async def play() -> list[Event]:
        events = list(so_far)
        stream = run_debate(setup, so_far, crew, clock=lambda: at(len(events) + 1))
        async for event in stream:
            events.append(event)
            if len(events) == len(so_far) + most:
                await stream.aclose()  # type: ignore[attr-defined]
                break
        return events

    return asyncio.run(play())


def tell(setup: Setup, events: Sequence[Event], *commands: Command) -> list[Event]:
    told = list(events)
    for command in commands:
        told.append(carry_out(command, setup, told, at(len(told) + 1), {}))
    return told


def turns(events: Sequence[Event]) -> list[Turn]:
    return [event for event in events if isinstance(event, Turn)]


@pytest.mark.parametrize("format", FORMATS)
def test_a_pause_after_any_event_loses_nothing(format: str) -> None:
    """Pausing and resuming after any event changes neither who says what nor what is ruled on."""
    setup = a_setup(format)
    whole = go_on(setup, ())

    def said(events: Sequence[Event]) -> list[tuple[str, str]]:
        return [(event.speaker, event.phase) for event in turns(events)]

    def ruled(events: Sequence[Event]) -> list[str]:
        return [turn.speaker for ruling in events if isinstance(ruling, RulingMade) for turn in turns(events)
                if turn.seq == ruling.turn_seq]  # fmt: skip

    for stop in range(1, len(whole)):
        paused = tell(setup, go_on(setup, (), stop), Pause())
        still = go_on(setup, paused)
        assert turns(still) == turns(paused), "nothing is said in a pause"
        resumed = go_on(setup, tell(setup, still, Resume()))
        assert said(resumed) == said(whole)
        assert ruled(resumed) == ruled(whole)
        assert [event.seq for event in resumed] == list(range(1, len(resumed) + 1))


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5)), max_size=8), st.sampled_from(sorted(FORMATS)))
@settings(max_examples=60, deadline=None)
def test_whatever_people_do_the_log_alone_decides(script: list[tuple[int, int]], format: str) -> None:
    """After any interleaving of commands, an interruption at any event and going on gives the same log."""
    setup = a_setup(format)
    commands: list[Command] = [
        Pause(),
        Resume(turns=1),
        AddRound(),
        Ask(to="anna", text="Who pays?"),
        TakeSeat(persona="boris"),
        LeaveSeat(persona="boris"),
    ]
    events: list[Event] = []
    for steps, number in script:
        events = go_on(setup, events, steps)
        with contextlib.suppress(CommandError):
            events = tell(setup, events, commands[number])
    end = go_on(setup, events)
    step_by_step = list(events)
    while len(step_by_step) < len(end):
        before = len(step_by_step)
        step_by_step = go_on(setup, step_by_step, 1)
        assert len(step_by_step) == before + 1
    assert [event.model_copy(update={"at": at(0)}) for event in step_by_step] == [
        event.model_copy(update={"at": at(0)}) for event in end
    ]
    assert [EVENT.validate_json(EVENT.dump_json(event)) for event in end] == end


@pytest.mark.parametrize("format", FORMATS)
def test_a_question_from_the_floor_is_answered_next_and_costs_nobody_a_turn(format: str) -> None:
    """Whoever is asked answers at once, and has their turn of the round all the same."""
    setup = a_setup(format)
    whole = go_on(setup, ())
    for stop in range(2, len(whole)):
        asked = tell(setup, go_on(setup, (), stop), Ask(to="boris", text="Who pays?", by="Kim"))
        after = go_on(setup, asked)
        answer = next(event for event in after[len(asked) :] if isinstance(event, Turn))
        assert (answer.speaker, answer.phase) == ("boris", "answer")
        assert answer.reply_to is not None
        assert answer.reply_to.seq == len(asked)
        assert len(turns(after)) == len(turns(whole)) + 1


def test_added_rounds_come_before_closings_or_after_them() -> None:
    """A round added before the closings goes before them; one added later, or after the end, follows."""
    setup = a_setup("oxford", rounds=1)
    early = go_on(setup, tell(setup, go_on(setup, (), 3), AddRound()))
    titles = [event.title for event in early if isinstance(event, RoundStarted)]
    assert titles == ["Openings", "Rebuttals 1", "Rebuttals 2", "Closings"]
    late = go_on(setup, tell(setup, go_on(setup, ()), AddRound()))
    titles = [event.title for event in late if isinstance(event, RoundStarted)]
    assert titles == ["Openings", "Rebuttals", "Closings", "Rebuttals 2"]
    assert [event.reason for event in late if isinstance(event, DebateEnded)] == ["completed", "completed"]


def test_the_debate_waits_for_a_person_in_a_seat() -> None:
    """A seat that a person has is spoken from by nobody else, and only when it is its turn."""
    setup = a_setup()
    events = go_on(setup, tell(setup, (), TakeSeat(persona="anna", by="Lu")))
    assert ending(events) is None
    assert "anna" not in [turn.speaker for turn in turns(events)]
    with pytest.raises(CommandError, match="not waiting"):
        tell(setup, events, SpeakAs(persona="boris", text="I?"))
    events = go_on(setup, tell(setup, events, SpeakAs(persona="anna", text="I say so.", by="Lu")))
    spoken = [turn for turn in turns(events) if turn.speaker == "anna"]
    assert [(turn.origin, turn.by) for turn in spoken] == [("human", "Lu")]
    assert any(isinstance(event, RulingMade) and event.turn_seq == spoken[0].seq for event in events)


def test_commands_that_do_not_fit_are_refused() -> None:
    """Each command is refused in one line where it makes no sense."""
    setup = a_setup(rounds=1)
    over = go_on(setup, ())
    cancelled = tell(setup, go_on(setup, (), 2), Cancel())
    cases: list[tuple[Sequence[Event], Command]] = [
        (over, Pause()),
        (over, Resume()),
        (over, Cancel()),
        (over[:2], Resume()),
        (over[:2], LeaveSeat(persona="anna")),
        (over[:2], TakeSeat(persona="nobody")),
        (over[:2], Ask(to="nobody", text="?")),
        (over[:2], Overrule(ruling_seq=1, verdict="supported", reason="so")),
        (over[:2], ClosePoll(poll="p")),
        (over[:2], OpenPoll(poll="p", question="?", choices=("a", "a"))),
        (over[:2], OpenPoll(poll="p", question="?", choices=("a", "b"), about_seq=99)),
        (cancelled, AddRound()),
        (cancelled, Ask(to="anna", text="?")),
    ]
    for events, command in cases:
        with pytest.raises(CommandError):
            tell(setup, events, command)


def test_asking_after_the_end_is_answered_and_ends_again() -> None:
    """A debate that is over answers one more question and is over again."""
    setup = a_setup(rounds=1)
    events = go_on(setup, tell(setup, go_on(setup, ()), Ask(to="anna", text="Who pays?", by="Kim")))
    assert isinstance(events[-1], DebateEnded)
    assert sum(isinstance(event, Question) for event in events) == 1
    assert turns(events)[-1].speaker == "anna"


class Listening(ScriptedReferee):
    """Notes which premise each ruling was asked for under."""

    def __init__(self) -> None:
        super().__init__()
        self.premises: list[str | None] = []

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        self.premises.append(background.premise)
        return await super().rule(text, background)


class Told(ScriptedSpeaker):
    """Notes which premise each turn was worded under."""

    def __init__(self) -> None:
        super().__init__()
        self.premises: list[str | None] = []

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        self.premises.append(brief.setup.premise)
        return await super().speak(brief, on_words)


def test_a_premise_stipulated_on_the_way_holds_from_the_next_turn_on() -> None:
    """Speakers hear it from the next turn on, and each turn is ruled on under the premise it was said under."""
    setup = a_setup().model_copy(update={"premise": "The river silts"})
    before = go_on(setup, [], most=4)
    told = tell(setup, before, Stipulate(premise="The river never silts"))
    speaker, referee = Told(), Listening()
    crew = Crew(dict.fromkeys((one.id for one in setup.participants), speaker), ScriptedModerator(), referee)

    async def play() -> list[Event]:
        return [event async for event in run_debate(setup, told, crew, clock=lambda: at(99))]

    after = asyncio.run(play())
    assert len(turns(after)) > 2
    assert set(speaker.premises) == {"The river never silts"}
    was_unruled = len(referee.premises) - len(turns(after))
    assert referee.premises == ["The river silts"] * was_unruled + ["The river never silts"] * len(turns(after))


def test_a_premise_can_be_lifted_and_not_be_stipulated_twice() -> None:
    """None takes it away; the same again is refused; the end of a debate stays its end."""
    setup = a_setup(rounds=1)
    whole = go_on(setup, [])
    told = tell(setup, whole, Stipulate(premise="The river never silts"), Stipulate(premise=None))
    assert ending(told) == ending(whole)
    for wrong in (Stipulate(premise=None),):
        with pytest.raises(CommandError, match="stipulated already"):
            tell(setup, told, wrong)
    assert len(turns(go_on(setup, tell(setup, told, AddRound())))) > len(turns(whole))
