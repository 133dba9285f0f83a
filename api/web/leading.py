"""Leading a group's debate from a phone, one step after another, by rules that the stage follows too.

The server decides what comes next, so that whoever leads knows no more than the others: also they guess.
"""

from collections.abc import Sequence

from api.http.commands import hand_over
from api.http.guard import Actor
from api.http.service import Service
from api.web.texts import say
from debate.commands import AddRound, ClosePoll, Command, OpenPoll, Resume
from debate.events import Event, PollOpened, RulingMade, Turn
from debate.holding import HeldRulings
from debate.interventions import ending, polls_open
from language.errors import CommandError
from transcripts.lessons import Lesson
from transcripts.transcript import Transcript

GUESS_CHOICES = ("supported", "contradicted", "cannot know")
GUESS_GAP = 3
"""Turns without a guess after which one about a claim that nobody can check is asked."""
GONE_S = 60.0
"""So long after their phone was last heard of, another pupil may lead the group."""
_MOST_IN_A_QUESTION = 480


async def leads(service: Service, lesson: Lesson) -> bool:
    """Whether whoever leads a group is there."""
    if lesson.leader is None:
        return False
    pupils = {one.id: one for one in await service.lessons.pupils([lesson.debate_id])}
    leader = pupils.get(lesson.leader)
    if leader is None or leader.is_removed:
        return False
    now_ms = await service.lessons.now_ms()
    return max(leader.seen_at_ms or 0, leader.created_at_ms) > now_ms - GONE_S * 1000


async def lead_on(service: Service, actor: Actor, debate_id: str) -> None:
    """Let the next thing happen in a debate.

    Raises:
        CommandError: Nothing can happen now: somebody is speaking, or the debate is over.
    """
    transcript = await service.logs.transcript(debate_id)
    await hand_over(service, actor, debate_id, next_command(transcript))


def next_command(transcript: Transcript) -> Command:
    """What comes next: a poll that is open is closed; a ruling is guessed; the debate takes a turn."""
    by = say("group")
    events = transcript.events
    if opened := polls_open(events):
        return ClosePoll(poll=opened[0].poll, by=by)
    if ending(events) is not None:
        return AddRound(by=by)
    if (ruling := _worth_guessing(events)) is not None:
        return OpenPoll(
            poll=f"guess-{ruling.seq}",
            kind="guess",
            question=ruling.claim[:_MOST_IN_A_QUESTION],
            choices=GUESS_CHOICES,
            holds=False,
            about_seq=ruling.seq,
            by=by,
        )
    return Resume(turns=1, by=by)


def _worth_guessing(events: Sequence[Event]) -> RulingMade | None:
    """The ruling on the latest turn that the class is asked to guess; None where there is none, or they have."""
    rulings = HeldRulings()
    for event in events:
        rulings.take(event)
    held = [one for one in rulings.held if isinstance(one, RulingMade)]
    told = next((one for one in held if one.verdict in ("supported", "contradicted")), None)
    if told is not None:
        return told
    since = 0
    for event in events:
        if isinstance(event, Turn):
            since += 1
        elif isinstance(event, PollOpened) and event.kind == "guess":
            since = 0
    uncovered = next((one for one in held if one.verdict == "not_covered"), None)
    return uncovered if since > GUESS_GAP else None


async def open_vote(service: Service, actor: Actor, debate_id: str) -> None:
    """Ask for a vote on the motion; the same question each time, so that votes can be compared.

    Raises:
        CommandError: Something is asked already.
    """
    transcript = await service.logs.transcript(debate_id)
    if polls_open(transcript.events):
        raise CommandError("something is asked already; close it first")
    motion = transcript.header.motion[:_MOST_IN_A_QUESTION]
    number = sum(isinstance(one, PollOpened) and one.kind == "vote" for one in transcript.events) + 1
    kind = ("choice_yes", "choice_no") if motion.endswith("?") else ("choice_agree", "choice_disagree")
    choices = tuple(say(one) for one in (*kind, "choice_unsure"))
    command = OpenPoll(poll=f"vote-{number}", question=motion, choices=choices, holds=False, by=say("group"))
    await hand_over(service, actor, debate_id, command)
