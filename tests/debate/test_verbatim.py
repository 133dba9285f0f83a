"""Speaking in the poster's own sentences, and the questions that bring them out."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.engine import Crew, run_debate
from debate.events import Event, Question, Setup, Turn, Utterance
from debate.speakers.moderator import VerbatimModerator, moderator_question
from debate.speakers.port import Brief
from debate.speakers.verbatim import VerbatimSpeaker
from debate.speakers.wording import NOTHING_IN_THREAD, NOTHING_TO_ADD
from personas.extraction import extract_cast
from personas.persona import Persona
from personas.thread import Thread
from tests.personas.discussions_made import make_thread, own, quote

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

ORSOLYA = (
    "The harbour road should be closed to cars because the fish market loses its customers to the noise. "
    "Children cannot cross the harbour road safely before eight in the morning."
)
DAM = make_thread(
    ("Orsolya", [own(ORSOLYA)]),
    (
        "Bertil",
        [
            quote("Orsolya", ORSOLYA.split(". ")[0] + "."),
            own("Nonsense. The fish market loses customers because its prices doubled in 2017."),
            quote("Orsolya", ORSOLYA.split(". ")[1]),
            own("A crossing guard would be cheaper than a closed road. It would also keep the lorries moving."),
        ],
    ),
    (
        "Orsolya",
        [
            quote("Bertil", "A crossing guard would be cheaper than a closed road."),
            own("You forget the noise, Bertil. A crossing guard cannot stop the noise of four hundred lorries."),
        ],
    ),
    (
        "Saskia",
        [
            own(
                "The ferry company never paid for the harbour road. It should pay for the quarry road instead. "
                "Lorries could then take the quarry road to the ferry at night. If the old quarry reopens, the quarry "
                "road will need a second lane."
            )
        ],
    ),
    (
        "Bertil",
        [
            own(
                "The quarry road is too steep for loaded lorries. Winter ice closes the quarry road for weeks. "
                "I think the council must never spend money on two roads to one ferry."
            )
        ],
    ),
)


def a_setup(thread: Thread, format: str = "forum", rounds: int = 3, seed: int = 0, **more: object) -> Setup:
    cast = extract_cast(thread)
    return Setup.model_validate(
        {
            "motion": cast.motion,
            "format": format,
            "rounds": rounds,
            "participants": cast.personas,
            "offsets": cast.offsets,
            "seed": seed,
            **more,
        }
    )


def play(setup: Setup, so_far: Sequence[Event] = ()) -> list[Event]:
    async def run() -> list[Event]:
        speaker = VerbatimSpeaker()
        crew = Crew(speakers={one.id: speaker for one in setup.participants}, moderator=VerbatimModerator())
        return [event async for event in run_debate(setup, so_far, crew, clock=lambda: NOON)]

    return asyncio.run(run())


def turns_of(events: Sequence[Event]) -> list[Turn]:
    return [event for event in events if isinstance(event, Turn)]


def say(setup: Setup, speaker: str, events: Sequence[Event], *answerable: int, phase: str = "reply") -> Utterance:
    """What a participant says next, where these turns may be answered."""
    brief = Brief.model_validate(
        {
            "setup": setup,
            "events": tuple(events),
            "speaker": persona_of(setup, speaker),
            "round": 1,
            "phase": phase,
            "answerable": answerable,
        }
    )
    return asyncio.run(VerbatimSpeaker().speak(brief))


def persona_of(setup: Setup, persona_id: str) -> Persona:
    return next(one for one in setup.participants if one.id == persona_id)


def a_turn(seq: int, speaker: str, text: str) -> Turn:
    """A turn that a person worded, so that all of it may be answered."""
    return Turn(
        seq=seq, at=NOON, round=1, phase="reply", speaker=speaker, speaker_name=speaker, text=text, origin="human"
    )


def asked(seq: int, to: str, text: str) -> Question:
    return Question(seq=seq, at=NOON, text=text, to=to, asker="a pupil")


def check_turn(turn: Turn, setup: Setup, source: str, events: Sequence[Event]) -> None:
    """What holds for every turn that is spoken without a model."""
    spoken = [False] * len(turn.text)
    for one in turn.evidence:
        assert source[one.start : one.end] == one.text
        assert turn.text[one.spoken.start : one.spoken.end].split() == one.text.split()
        assert one.post_id in persona_of(setup, turn.speaker).posts
        spoken[one.spoken.start : one.spoken.end] = [True] * (one.spoken.end - one.spoken.start)
    for span in turn.connectives:
        assert not any(spoken[span.start : span.end])
        spoken[span.start : span.end] = [True] * (span.end - span.start)
    assert all(covered or char.isspace() for covered, char in zip(spoken, turn.text, strict=True))
    assert turn.yielded == (not turn.evidence)
    if turn.reply_to is not None:
        target = events[turn.reply_to.seq - 1]
        assert isinstance(target, Turn | Question)
        assert turn.reply_to.text in target.text


@settings(deadline=None, max_examples=40)
@given(
    format=st.sampled_from(["forum", "panel", "cross_examination"]),
    rounds=st.integers(1, 5),
    seed=st.integers(0, 50),
)
def test_every_word_spoken_is_the_posters_or_marked_as_joining(format: str, rounds: int, seed: int) -> None:
    """Evidence and connectives cover a turn, evidence is verbatim in the speaker's own posts, nothing is said twice."""
    setup = a_setup(DAM.thread, format, rounds, seed)
    events = play(setup)
    said: set[tuple[str, str]] = set()
    for turn in turns_of(events):
        check_turn(turn, setup, DAM.source, events)
        for one in turn.evidence:
            assert (turn.speaker, one.text) not in said
            said.add((turn.speaker, one.text))


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 20), cut=st.integers(0, 30))
def test_a_debate_goes_on_the_same_wherever_it_was_cut(seed: int, cut: int) -> None:
    """Another process, knowing only setup and events, says what the first would have said."""
    setup = a_setup(DAM.thread, seed=seed)
    whole = play(setup)
    assert whole[:cut] + play(setup, whole[:cut]) == whole


def test_what_answered_a_sentence_in_the_thread_answers_it_again() -> None:
    """The strongest sign is that these words answered those words before."""
    setup = a_setup(DAM.thread)
    words = ORSOLYA.split(". ")[1]
    answer = say(setup, "bertil", [a_turn(1, "orsolya", words)], 1)
    assert "A crossing guard would be cheaper than a closed road." in answer.text
    assert answer.reply_to is not None
    assert (answer.reply_to.seq, answer.reply_to.speaker, answer.reply_to.text) == (1, "orsolya", words)
    assert "Orsolya" in answer.text[: answer.evidence[0].spoken.start]


def test_a_reply_bears_on_the_sentence_that_it_quotes() -> None:
    """Of several sentences the one that there is something to say to is answered."""
    setup = a_setup(DAM.thread)
    turn = a_turn(
        1, "saskia", "Bicycles are a fine thing. Lorries could take the quarry road in winter, ice or no ice."
    )
    answer = say(setup, "bertil", [turn], 1)
    assert "quarry road" in answer.text
    assert answer.reply_to is not None
    assert answer.reply_to.text == "Lorries could take the quarry road in winter, ice or no ice."


def test_a_leaning_sentence_follows_what_it_leans_on() -> None:
    """ "It would also keep ..." is never heard without the sentence before it."""
    for seed in range(12):
        for turn in turns_of(play(a_setup(DAM.thread, seed=seed, rounds=4))):
            texts = [one.text for one in turn.evidence]
            for leaning, before in (
                ("It would also keep the lorries moving.", "A crossing guard would be cheaper than a closed road."),
                ("It should pay for the quarry road instead.", "The ferry company never paid for the harbour road."),
            ):
                if leaning in texts:
                    assert texts[texts.index(leaning) - 1] == before


def test_a_sentence_to_one_person_is_not_said_to_another() -> None:
    """ "You forget the noise" was meant for Bertil."""
    setup = a_setup(DAM.thread)
    answer = say(setup, "orsolya", [a_turn(1, "saskia", "Nobody hears the noise of lorries on the harbour road.")], 1)
    assert "You forget" not in answer.text


def test_one_with_nothing_left_says_so_and_yields() -> None:
    """The fixed phrase is all joining words: it claims nothing in the poster's name."""
    thread = make_thread(("Ada", [own("Trams should be free for every pupil in town.")]), ("Bo", [own("Buses smell.")]))
    setup = a_setup(thread.thread, rounds=3)
    last = [turn for turn in turns_of(play(setup)) if turn.speaker == "ada"][-1]
    assert last.yielded
    assert last.text == NOTHING_TO_ADD
    assert [(span.start, span.end) for span in last.connectives] == [(0, len(NOTHING_TO_ADD))]


def test_a_question_that_the_thread_does_not_answer_is_not_answered() -> None:
    setup = a_setup(DAM.thread)
    question = asked(1, "bertil", "Which opera did you enjoy most?")
    answer = say(setup, "bertil", [question], 1, phase="answer")
    assert (answer.text, answer.yielded) == (NOTHING_IN_THREAD, True)
    question = asked(1, "bertil", "Is the quarry road fit for loaded lorries?")
    answer = say(setup, "bertil", [question], 1, phase="answer")
    assert answer.evidence[0].text == "The quarry road is too steep for loaded lorries."


def test_sentences_about_a_stipulated_premise_come_first() -> None:
    """A what-if that a poster wrote about draws those words out."""
    turn = a_turn(1, "bertil", "Who would send lorries down the quarry road?")
    without = say(a_setup(DAM.thread), "saskia", [turn], 1)
    setup = a_setup(DAM.thread, premise="The old quarry reopens next spring")
    withit = say(setup, "saskia", [turn], 1)
    about = "If the old quarry reopens, the quarry road will need a second lane."
    assert withit.evidence[0].text == about
    assert without.evidence[0].text != about


def test_pseudonyms_are_used_in_address() -> None:
    setup = a_setup(DAM.thread, pseudonymous=True)
    answer = say(setup, "bertil", [a_turn(1, "orsolya", ORSOLYA)], 1)
    lead = answer.text[: answer.evidence[0].spoken.start]
    assert setup.shown_name("orsolya") in lead
    assert "Orsolya" not in lead


def test_a_persona_that_lists_only_positions_can_speak() -> None:
    """A file written by hand needs no remarks: then positions' evidence is what can be said."""
    cast = extract_cast(DAM.thread)
    bare = tuple(one.model_copy(update={"remarks": ()}) for one in cast.personas)
    setup = a_setup(DAM.thread, participants=bare)
    events = play(setup)
    assert any(turn.evidence for turn in turns_of(events))
    for turn in turns_of(events):
        check_turn(turn, setup, DAM.source, events)


def test_words_are_shown_as_they_are_spoken() -> None:
    shown: list[str] = []
    setup = a_setup(DAM.thread)
    brief = Brief(setup=setup, events=(), speaker=setup.participants[0], round=1, phase="opening")
    spoken = asyncio.run(VerbatimSpeaker().speak(brief, shown.append))
    assert "".join(shown) == spoken.text


@pytest.mark.parametrize("format", ["forum", "panel"])
def test_most_turns_answer_somebody(format: str) -> None:
    """It is a debate, not a list: most turns after the first few name whom they answer."""
    turns = turns_of(play(a_setup(DAM.thread, format)))
    spoken = [turn for turn in turns if not turn.yielded]
    assert sum(turn.reply_to is not None for turn in spoken[2:]) * 2 >= len(spoken[2:])


def test_the_moderator_asks_what_can_be_answered_and_nothing_twice() -> None:
    """Each question quotes a position verbatim; no participant gets the same one again."""
    setup = a_setup(DAM.thread, "panel", rounds=4)
    events = play(setup)
    questions = [event for event in events if isinstance(event, Question)]
    assert questions
    seen: set[tuple[str, int]] = set()
    for question in questions:
        if question.evidence is not None:
            assert question.evidence.text.split()[-1] in question.text
            assert DAM.source[question.evidence.start : question.evidence.end] == question.evidence.text
            assert (question.to, question.evidence.start) not in seen
            seen.add((question.to, question.evidence.start))


def test_the_moderator_turns_to_the_motion_when_nothing_is_left_to_quote() -> None:
    thread = make_thread(("Ada", [own("Trams, please!")]), ("Bo", [own("Buses smell.")]), title="Trams or buses?")
    setup = a_setup(thread.thread, "panel")
    question = moderator_question(setup, (), setup.participants[0])
    assert question.evidence is None
    assert "Trams or buses?" in question.text


def test_somebody_who_said_where_they_stand_begins_with_it() -> None:
    """Where a poster declared a stance, the first thing their persona says in a new round is that declaration."""
    thread = make_thread(
        ("Saskia", [own("Our council spent nine weeks on the question of the harbour road and paid two engineers.")]),
        (
            "Jonna",
            [
                own(
                    "The fish market has eleven stalls, which is more than any other market on this coast. "
                    "I am against closing the harbour road. Four hundred lorries need the harbour road every day."
                )
            ],
        ),
        title="Should the harbour road be closed?",
    )
    setup = a_setup(thread.thread, rounds=1)
    turns = turns_of(play(setup))
    first = next(turn for turn in turns if turn.speaker == "jonna")
    assert persona_of(setup, "jonna").stance == "against"
    assert first.text.startswith("I am against closing the harbour road.")


BINS = make_thread(
    (
        "Tove",
        [
            own(
                "Lamp posts would be easier to move than the old mill if the council asked its own electricians first. "
                "Glass bins must never stand beside a school. Children climb on glass bins because nobody is there."
            )
        ],
    ),
    (
        "Emrik",
        [
            quote("Tove", "Children climb on glass bins because nobody is there."),
            own("Go figure, huh!"),
        ],
    ),
    (
        "Emrik",
        [
            quote("Tove", "Lamp posts would be easier to move than the old mill"),
            own("Electricians cost more than glass bins, because every lamp post needs a new cable."),
        ],
    ),
    title="The week in our town",
)


def test_somebody_begins_with_what_they_are_introduced_by() -> None:
    """The epithet's words and the first sentence are of one piece; what others happened to answer comes later."""
    setup = a_setup(BINS.thread, rounds=1)
    known_for = persona_of(setup, "tove").epithet.split('"')[1]
    assert "glass bins" in known_for
    first = turns_of(play(setup))[0]
    assert first.speaker == "tove"
    assert first.text.startswith(known_for)


def test_an_exclamation_that_states_nothing_is_no_answer() -> None:
    """What answered a sentence in the thread without stating anything is not given as an answer."""
    setup = a_setup(BINS.thread)
    turn = a_turn(1, "tove", "Children climb on glass bins because nobody is there.")
    answer = say(setup, "emrik", [turn], 1)
    assert "Go figure" not in answer.text
    assert "Electricians cost more than glass bins" in answer.text
