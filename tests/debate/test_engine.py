"""The engine: whose turn it is, and that nothing is lost or changed by an interruption."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.engine import Crew, run_debate
from debate.events import DebateEnded, Event, Fault, ReplyTo, RoundStarted, RulingMade, Setup, Span, Turn, Utterance
from debate.formats import FORMATS, find_format, seat_participants
from debate.pairings import pair_for_examination
from debate.referee.facts import Fact, Ruling, Source
from debate.referee.port import Background
from debate.speakers.port import Asked, Brief
from language.errors import BudgetExceeded, FormatError, ModelError, ModelUnavailable
from personas.persona import Persona
from tests.personas_made import make_persona

PRO = make_persona("anna", "The canal should be built.", "It pays for itself.", "Trade needs it.", stance="for")
CON = make_persona("boris", "The canal is a waste.", "Nobody will use it.", stance="against")
THIRD = make_persona("cleo", "It depends on the price.", "Prices fall.", stance="mixed")
FACT = Fact(
    id="canal-length", statement="The canal is 40 km long.", sources=(Source(author="A. Author", title="Canals"),)
)


def a_setup(
    format: str = "forum", rounds: int = 2, seed: int = 0, people: Sequence[Persona] = (PRO, CON, THIRD)
) -> Setup:
    return Setup(
        motion="Should the canal be built?",
        format=format,
        rounds=rounds,
        participants=seat_participants(find_format(format), tuple(people)),
        offsets="source",
        seed=seed,
    )


class ListSpeaker:
    """Says each remark of its persona once, in order, answering the most pressing turn; then yields."""

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        await asyncio.sleep(0)
        said = sum(isinstance(event, Turn) and event.speaker == brief.speaker.id for event in brief.events)
        if said >= len(brief.speaker.remarks):
            return Utterance(text="I have nothing to add.", yielded=True)
        text = brief.speaker.remarks[said].text
        if on_words is not None:
            on_words(text)
        reply_to = None
        if brief.answerable:
            target = brief.events[brief.answerable[0] - 1]
            assert isinstance(target, Turn) or target.type == "question"
            speaker = target.speaker if isinstance(target, Turn) else None
            reply_to = ReplyTo(seq=target.seq, speaker=speaker, text=target.text)
        return Utterance(text=text, reply_to=reply_to)


class FailingSpeaker:
    """Fails with the given error on its n-th turn, and speaks like a `ListSpeaker` otherwise."""

    def __init__(self, error: ModelError, on_turn: int) -> None:
        self._error = error
        self._left = on_turn

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        self._left -= 1
        if self._left == 0:
            raise self._error
        return await ListSpeaker().speak(brief, on_words)


class PlainModerator:
    async def ask(self, setup: Setup, events: tuple[Event, ...], to: Persona) -> Asked:
        return Asked(text=f"What do you say, {to.name}?")


class WordReferee:
    """Rules on every word "canal" and "it"."""

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        await asyncio.sleep(0)
        rulings = []
        for word in ("canal", "it"):
            place = text.lower().find(word)
            if place >= 0:
                rulings.append(
                    Ruling(
                        claim=text[place : place + len(word)],
                        start=place,
                        end=place + len(word),
                        verdict="contradicted",
                        facts=(FACT.id,),
                        explanation="The canal is 40 km long.",
                        confidence=0.9,
                        checker="words",
                    )
                )
        return tuple(sorted(rulings, key=lambda ruling: ruling.start))

    def fact(self, fact_id: str) -> Fact:
        assert fact_id == FACT.id
        return FACT


def a_crew(setup: Setup, speaker: object = None) -> Crew:
    worded_by = speaker or ListSpeaker()
    return Crew(
        speakers=dict.fromkeys((one.id for one in setup.participants), worded_by),  # type: ignore[arg-type]
        moderator=PlainModerator(),
        referee=WordReferee(),
    )


def a_clock(start: int) -> Callable[[], datetime]:
    ticks = iter(range(start, 100_000))
    return lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks))


def play(
    setup: Setup, so_far: Sequence[Event] = (), crew: Crew | None = None, stop_at: int | None = None
) -> list[Event]:
    async def run() -> list[Event]:
        events = list(so_far)
        stream = run_debate(setup, so_far, crew or a_crew(setup), clock=a_clock(len(so_far)))
        async for event in stream:
            events.append(event)
            if len(events) == stop_at:
                await stream.aclose()  # type: ignore[attr-defined]
                break
        return events

    return asyncio.run(run())


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_and_numbers_its_events(format: str) -> None:
    """A debate of any format has seq 1..n, ends with one debate_ended, and every ruling names an earlier turn."""
    events = play(a_setup(format))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [type(event) for event in events].count(DebateEnded) == 1
    assert isinstance(events[-1], DebateEnded)
    for event in events:
        if isinstance(event, RulingMade):
            turn = events[event.turn_seq - 1]
            assert isinstance(turn, Turn)
            assert event.turn_seq < event.seq
            assert turn.text[event.start : event.end] == event.claim


@settings(max_examples=60, deadline=None)
@given(format=st.sampled_from(sorted(FORMATS)), rounds=st.integers(1, 4), seed=st.integers(0, 5), cuts=st.data())
def test_killing_at_any_event_and_resuming_gives_the_same_debate(
    format: str, rounds: int, seed: int, cuts: st.DataObject
) -> None:
    """A debate stopped after any events, however often, is the uninterrupted one, times included."""
    setup = a_setup(format, rounds, seed)
    whole = play(setup)
    events: list[Event] = []
    while not (events and isinstance(events[-1], DebateEnded)):
        stop_at = cuts.draw(st.integers(len(events) + 1, len(whole)))
        events = play(setup, events, stop_at=stop_at)
    assert events == whole


def test_whoever_was_answered_speaks_next() -> None:
    """In the forum format the participant answered most often since they last spoke takes the next turn."""
    turns = [event for event in play(a_setup("forum", rounds=1)) if isinstance(event, Turn)]
    assert [turn.speaker for turn in turns] == ["anna", "boris", "cleo"]
    assert turns[1].reply_to is not None
    assert turns[1].reply_to.speaker == "anna"


def test_everybody_speaks_once_a_round_in_the_forum() -> None:
    """No participant is left out of a round while they have something to say."""
    events = play(a_setup("forum", rounds=2))
    for number in (1, 2):
        speakers = [event.speaker for event in events if isinstance(event, Turn) and event.round == number]
        assert sorted(speakers) == ["anna", "boris", "cleo"]


def test_oxford_alternates_sides_and_answers_only_the_other() -> None:
    """Openings, rebuttals and closings go for, against, ...; nobody rebuts their own side."""
    second = make_persona("dora", "The canal will unite us.", "It is cheap.", "We want it.", stance="for")
    events = play(a_setup("oxford", rounds=1, people=(PRO, second, CON)))
    assert [event.title for event in events if isinstance(event, RoundStarted)] == ["Openings", "Rebuttals", "Closings"]
    openings = [event.speaker for event in events if isinstance(event, Turn) and event.phase == "opening"]
    assert openings == ["anna", "boris", "dora"]
    for event in events:
        if isinstance(event, Turn) and event.phase == "rebuttal" and event.reply_to is not None:
            assert (event.speaker == "boris") != (event.reply_to.speaker == "boris")


def test_panel_asks_each_before_they_answer() -> None:
    """Each answer follows the moderator's question to that participant."""
    events = play(a_setup("panel", rounds=1))
    for index, event in enumerate(events):
        if isinstance(event, Turn) and event.phase == "answer":
            question = next(one for one in reversed(events[:index]) if one.type == "question")
            assert question.to == event.speaker
            assert event.reply_to is not None
            assert event.reply_to.seq == question.seq


def test_cross_examination_pairs_a_question_with_the_examinees_answer() -> None:
    """Every question turn is followed by a turn of somebody else that answers it."""
    turns = [event for event in play(a_setup("cross_examination", rounds=1)) if isinstance(event, Turn)]
    questions = [index for index, turn in enumerate(turns) if turn.phase == "question" and not turn.yielded]
    assert questions
    for index in questions:
        answer = turns[index + 1]
        assert answer.phase == "answer"
        assert answer.speaker != turns[index].speaker
        assert answer.reply_to is None or answer.reply_to.seq == turns[index].seq


@given(people=st.integers(2, 7), rounds=st.integers(1, 12))
def test_everybody_examines_and_is_examined_once_a_round(people: int, rounds: int) -> None:
    """A round of cross-examination is an assignment without anybody left over or facing themselves."""
    seats = [make_persona(f"p{number}", f"Claim number {number} about canals.") for number in range(people)]
    for number in range(1, rounds + 1):
        pairs = pair_for_examination(seats, number)
        assert set(pairs) == set(pairs.values()) == {one.id for one in seats}
        assert all(one != other for one, other in pairs.items())


def test_people_who_argued_with_each_other_examine_each_other() -> None:
    """Who answered whom in the thread decides who examines whom first."""
    rival = make_persona("dora", "Ships are slow.", answers="The canal is a waste.")
    rival = rival.model_copy(
        update={"remarks": tuple(one.model_copy(update={"answers_author": CON.name}) for one in rival.remarks)}
    )
    pairs = pair_for_examination([PRO, rival, THIRD, CON], 1)
    assert pairs["dora"] == "boris"
    assert pairs["boris"] == "dora"


def test_a_debate_with_nothing_left_says_so() -> None:
    """Where everybody has yielded, the debate ends early with that reason."""
    events = play(a_setup("forum", rounds=50))
    assert isinstance(events[-1], DebateEnded)
    assert events[-1].reason == "nothing_left"
    assert sum(isinstance(event, RoundStarted) for event in events) < 50


@pytest.mark.parametrize(
    ("error", "reason"),
    [(BudgetExceeded("100 calls are spent"), "budget_spent"), (ModelUnavailable("no answer"), "failed")],
)
def test_a_failed_debate_says_why_and_can_be_continued(error: ModelError, reason: str) -> None:
    """A failure ends the log with its reason; continuing gives the turns of a debate that never failed."""
    setup = a_setup("forum", rounds=2)
    broken = play(setup, crew=a_crew(setup, FailingSpeaker(error, on_turn=3)))
    assert isinstance(broken[-1], DebateEnded)
    assert broken[-1].reason == reason
    assert any(isinstance(event, Fault) for event in broken) == (reason == "failed")
    healed = play(setup, broken)
    assert [event.seq for event in healed] == list(range(1, len(healed) + 1))
    said = [(event.speaker, event.text) for event in healed if isinstance(event, Turn)]
    assert said == [(event.speaker, event.text) for event in play(setup) if isinstance(event, Turn)]
    rulings = [(event.turn_seq, event.start) for event in healed if isinstance(event, RulingMade)]
    assert len(rulings) == len(set(rulings))


def test_a_finished_debate_has_no_further_events() -> None:
    """Continuing a completed debate adds nothing."""
    setup = a_setup()
    whole = play(setup)
    assert play(setup, whole) == whole


def test_speakers_never_see_rulings_on_the_turn_just_before() -> None:
    """What a speaker may know does not depend on how fast the referee was."""
    seen: list[tuple[Event, ...]] = []

    class Watching(ListSpeaker):
        async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
            seen.append(brief.events)
            return await super().speak(brief, on_words)

    setup = a_setup()
    play(setup, crew=a_crew(setup, Watching()))
    assert seen
    assert all(not events or not isinstance(events[-1], RulingMade | RoundStarted) for events in seen)


def test_the_beginning_of_a_round_waits_for_no_referee() -> None:
    """The first speaker of a round is at work before the rulings on the last turn of the round before are there."""
    order: list[str] = []

    class Watching(ListSpeaker):
        async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
            order.append(f"speaks {brief.round}")
            return await super().speak(brief, on_words)

    class Noting(WordReferee):
        async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
            for _ in range(5):
                await asyncio.sleep(0)
            order.append("ruled")
            return await super().rule(text, background)

    setup = a_setup("forum", rounds=2)
    crew = a_crew(setup, Watching())
    play(setup, crew=Crew(crew.speakers, crew.moderator, Noting()))

    before = order[: order.index("speaks 2")]
    assert before.count("ruled") == before.count("speaks 1") - 1


def test_joining_words_are_nobodys_claim() -> None:
    """What the speaker only added to join sentences is not ruled on; the rest of the turn is."""

    class Joining(ListSpeaker):
        async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
            said = await super().speak(brief, on_words)
            lead = "On the canal: "
            return said.model_copy(update={"text": lead + said.text, "connectives": (Span(start=0, end=len(lead)),)})

    setup = a_setup()
    rulings = [one for one in play(setup, crew=a_crew(setup, Joining())) if isinstance(one, RulingMade)]
    assert rulings
    assert all(one.start >= len("On the canal: ") for one in rulings)


def test_a_format_that_does_not_fit_is_refused_before_anything_runs() -> None:
    """Oxford without a second side, and any format with one person who can speak, are named errors."""
    with pytest.raises(FormatError, match="nobody here is clearly 'against'"):
        a_setup("oxford", people=(PRO, THIRD))
    with pytest.raises(FormatError, match="at least 2 people"):
        a_setup("forum", people=(PRO, make_persona("mute")))
    with pytest.raises(FormatError, match="unknown format 'quiz'"):
        find_format("quiz")
