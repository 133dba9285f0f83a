"""Whose turn it is: a pure function of the setup and the events so far. No model calls here."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from debate.events import EndReason, Event, Phase, Question, RoundAdded, RoundStarted, Setup, Turn
from debate.formats import PhaseRule, Section, find_format, side_of
from debate.interventions import WaitReason, is_paused, open_question, people_in_seats, polls_open, without_audience
from debate.pairings import pair_for_examination
from personas.persona import Persona

MAX_ANSWERABLE = 12  # older turns have scrolled out of what people in a discussion still answer


@dataclass(frozen=True, slots=True)
class StartRound:
    """The next section begins."""

    round: int
    title: str


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """The moderator puts a question to one participant."""

    to: Persona


@dataclass(frozen=True, slots=True)
class Speak:
    """One participant takes a turn."""

    speaker: Persona
    round: int
    phase: Phase
    answerable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The debate is over."""

    reason: EndReason


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing happens until a person does something."""

    reason: WaitReason
    turn: Speak | None = None
    """The turn that a person in a seat is to word; None for every other reason."""


Step = StartRound | AskQuestion | Speak | End | Wait


def next_step(setup: Setup, events: Sequence[Event]) -> Step:
    """What happens next.

    Rulings, faults and the end of a part that was continued later do not change whose turn it is, so that an
    interrupted debate goes on where it stopped.
    """
    if is_paused(events):
        return Wait("paused")
    if any(poll.holds for poll in polls_open(events)):
        return Wait("poll")
    step = _planned_step(setup, events)
    if isinstance(step, Speak) and step.speaker.id in people_in_seats(events):
        return Wait("person", step)
    return step


def _planned_step(setup: Setup, events: Sequence[Event]) -> StartRound | AskQuestion | Speak | End:
    sections = _sections(setup, events)
    starts = [index for index, event in enumerate(events) if isinstance(event, RoundStarted)]
    if starts:
        number = len(starts)
        asked = open_question(events)
        if asked is not None and asked.to not in setup.absent:
            return Speak(_participant(setup, asked.to), number, "answer", (asked.seq,))
        step = _step_in(sections[number - 1], number, setup, events, without_audience(events, starts[-1]))
        if step is not None:
            return step
    for number in range(len(starts) + 1, len(sections) + 1):
        if _step_in(sections[number - 1], number, setup, events, ()) is not None:
            return StartRound(round=number, title=sections[number - 1].title)
    return End("completed" if len(starts) == len(sections) and not _all_silent(setup, events) else "nothing_left")


def _sections(setup: Setup, events: Sequence[Event]) -> tuple[Section, ...]:
    """The format's sections; rounds that a person added come before the closings, or after them once those began."""
    format_ = find_format(setup.format)
    rounds, late, started = setup.rounds, 0, 0
    for event in events:
        if isinstance(event, RoundStarted):
            started += 1
        elif isinstance(event, RoundAdded):
            if started <= len(format_.before) + rounds:
                rounds += 1
            else:
                late += 1
    title = format_.each_round.title
    afterwards = (
        format_.each_round.model_copy(update={"title": f"{title} {rounds + number}"}) for number in range(1, late + 1)
    )
    return (*format_.sections(rounds), *afterwards)


def _step_in(
    section: Section, number: int, setup: Setup, events: Sequence[Event], since: Sequence[Event]
) -> AskQuestion | Speak | None:
    """The next step of this section, of which `since` has happened; None where it is over."""
    for rule in section.phases:
        step: AskQuestion | Speak | None
        if rule.order == "examinations":
            step = _step_in_examinations(number, setup, events, since)
        else:
            step = _step_in_phase(rule, number, setup, events, since)
        if step is not None:
            return step
    return None


def _step_in_phase(
    rule: PhaseRule, number: int, setup: Setup, events: Sequence[Event], since: Sequence[Event]
) -> AskQuestion | Speak | None:
    spoken = {event.speaker for event in since if isinstance(event, Turn) and event.phase == rule.phase}
    out = spoken | _silent(events)
    waiting = [one for one in _in_order(rule, setup, events) if one.id not in out]
    if not waiting:
        return None
    if not rule.is_asked:
        return Speak(waiting[0], number, rule.phase, _answerable(waiting[0], rule, setup, events))
    # Whoever was asked answers, before anybody else is asked.
    asked = next((event for event in reversed(since) if isinstance(event, Question)), None)
    if asked is not None and asked.to not in spoken and asked.to not in setup.absent:
        return Speak(_participant(setup, asked.to), number, rule.phase, (asked.seq,))
    return AskQuestion(waiting[0])


def _step_in_examinations(number: int, setup: Setup, events: Sequence[Event], since: Sequence[Event]) -> Speak | None:
    """Everybody examines one other; in each round another one, so that all pairs meet."""
    seats = _seated(setup)
    turns = [event for event in since if isinstance(event, Turn)]
    if turns and turns[-1].phase == "question" and not turns[-1].yielded and turns[-1].speaker not in setup.absent:
        return Speak(_examinee(seats, turns[-1].speaker, number), number, "answer", (turns[-1].seq,))
    examined = {turn.speaker for turn in turns if turn.phase == "question"} | _silent(events)
    for one in seats:
        if one.id not in examined:
            other = _examinee(seats, one.id, number)
            rule = PhaseRule(phase="question", order="examinations")
            theirs = [seq for seq in _answerable(one, rule, setup, events) if _speaker_at(events, seq) == other.id]
            return Speak(one, number, "question", tuple(theirs))
    return None


def examinee_of(setup: Setup, examiner: str, number: int) -> Persona:
    """Whom a participant examines in round `number` of a cross-examination."""
    return _examinee(_seated(setup), examiner, number)


def _examinee(seats: Sequence[Persona], examiner: str, number: int) -> Persona:
    examinee = pair_for_examination(seats, number)[examiner]
    return next(one for one in seats if one.id == examinee)


def _in_order(rule: PhaseRule, setup: Setup, events: Sequence[Event]) -> list[Persona]:
    seats = _seated(setup)
    if rule.order == "alternate_sides":
        pro = [one for one in seats if side_of(setup, one) == "for"]
        con = [one for one in seats if side_of(setup, one) == "against"]
        return [one for one in chain.from_iterable(zip_longest(pro, con)) if one is not None]
    if rule.order == "most_contested":
        contested = _contested(setup, events)
        turns = Counter(event.speaker for event in events if isinstance(event, Turn))
        return sorted(seats, key=lambda one: (-contested[one.id], turns[one.id]))
    return seats


def _contested(setup: Setup, events: Sequence[Event]) -> Counter[str]:
    """How many turns have answered each participant since they last spoke.

    Before anybody has spoken, how often their words were answered in the thread itself.
    """
    counts: Counter[str] = Counter()
    if not any(isinstance(event, Turn) for event in events):
        names = {persona.name: persona.id for persona in setup.participants}
        remarks = chain.from_iterable(persona.remarks for persona in setup.participants)
        counts.update(names[one.answers_author] for one in remarks if one.answers_author in names)
        return counts
    for event in events:
        if isinstance(event, Turn):
            counts[event.speaker] = 0
            if event.reply_to is not None and event.reply_to.speaker is not None:
                counts[event.reply_to.speaker] += 1
    return counts


def _answerable(speaker: Persona, rule: PhaseRule, setup: Setup, events: Sequence[Event]) -> tuple[int, ...]:
    """Turns that `speaker` may answer: those that answered them first, then the latest of the others."""
    if rule.answers == "nobody":
        return ()
    answered: set[int] = set()
    direct: list[int] = []
    others: list[int] = []
    side = side_of(setup, speaker)
    for event in events:
        if not isinstance(event, Turn):
            continue
        if event.speaker == speaker.id:
            answered.update(_seqs(event))
        elif not event.yielded and (
            rule.answers == "everybody" or side_of(setup, _participant(setup, event.speaker)) != side
        ):
            is_direct = event.reply_to is not None and event.reply_to.speaker == speaker.id
            (direct if is_direct else others).append(event.seq)
    pressing = [seq for seq in chain(reversed(direct), reversed(others)) if seq not in answered]
    return tuple(pressing[:MAX_ANSWERABLE])


def _seqs(turn: Turn) -> Iterable[int]:
    return () if turn.reply_to is None else (turn.reply_to.seq,)


def _silent(events: Sequence[Event]) -> set[str]:
    """Those who have yielded and whom nobody has addressed since."""
    silent: set[str] = set()
    for event in events:
        if isinstance(event, Turn):
            if event.yielded:
                silent.add(event.speaker)
                continue
            silent.discard(event.speaker)
            if event.reply_to is not None and event.reply_to.speaker is not None:
                silent.discard(event.reply_to.speaker)
        elif isinstance(event, Question):
            silent.discard(event.to)
    return silent


def _all_silent(setup: Setup, events: Sequence[Event]) -> bool:
    return {one.id for one in _seated(setup)} <= _silent(events)


def _seated(setup: Setup) -> list[Persona]:
    """The participants in the order that the seed gives, the same in every process."""
    seats = [one for one in setup.participants if one.id not in setup.absent]
    if setup.seed:
        random.Random(setup.seed).shuffle(seats)
    return seats


def _participant(setup: Setup, persona_id: str) -> Persona:
    return next(one for one in setup.participants if one.id == persona_id)


def _speaker_at(events: Sequence[Event], seq: int) -> str | None:
    event = events[seq - 1]
    return event.speaker if isinstance(event, Turn) else None
