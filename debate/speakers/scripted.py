"""A speaker, a moderator and a referee that follow a script: for tests and measurements, with delays and faults.

What is said depends on the debate and the place in it alone, so that any process continues a debate the same way.
"""

import asyncio
import random
from collections.abc import Callable

from debate.events import Event as DebateEvent
from debate.events import ReplyTo, Setup, Turn, Utterance
from debate.referee.facts import Fact, Ruling, Source
from debate.referee.port import Background
from debate.speakers.port import Asked, Brief
from personas.persona import Persona

FACT = Fact(id="scripted", statement="This is scripted.", sources=(Source(author="The script", title="The script"),))


class ScriptedSpeaker:
    """Takes its time, fails now and then, and says what the script has for this place.

    Args:
        delay_s: Mean seconds to word a turn, in pieces; 0 says all at once.
        fault_rate: Share of attempts that fail and are made again, as a model's are.
        seed: Decides delays and faults.
        pieces: In how many runs of words a turn comes.
    """

    def __init__(self, delay_s: float = 0.0, fault_rate: float = 0.0, seed: int = 0, pieces: int = 3) -> None:
        self._delay_s = delay_s
        self._fault_rate = fault_rate
        self._random = random.Random(seed)
        self._pieces = pieces

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        """Word a turn; see `Speaker`."""
        number = sum(isinstance(event, Turn) for event in brief.events) + 1
        text = f"This is turn {number}, by {brief.speaker.name}: {brief.setup.motion} I say so, and I have my reasons."
        while self._random.random() < self._fault_rate:
            await self._take_time()
        words = text.split(" ")
        step = max(1, len(words) // self._pieces)
        for start in range(0, len(words), step):
            await self._take_time(1 / self._pieces)
            if on_words is not None:
                on_words(" ".join(words[start : start + step]) + " ")
        return Utterance(text=text, reply_to=_reply(brief))

    async def _take_time(self, share: float = 1.0) -> None:
        await asyncio.sleep(self._random.uniform(0.5, 1.5) * self._delay_s * share)


def _reply(brief: Brief) -> ReplyTo | None:
    if not brief.answerable:
        return None
    answered = brief.events[brief.answerable[0] - 1]
    speaker = answered.speaker if isinstance(answered, Turn) else None
    return ReplyTo(seq=answered.seq, speaker=speaker, text=getattr(answered, "text", ""))


class ScriptedModerator:
    """Asks everybody the same."""

    async def ask(self, setup: Setup, events: tuple[DebateEvent, ...], to: Persona) -> Asked:
        """Word a question; see `Moderator`."""
        del setup, events  # everybody is asked the same
        return Asked(text=f"What do you say, {to.name}?")


class ScriptedReferee:
    """Supports the first three words of every turn."""

    async def rule(self, text: str, background: Background) -> tuple[Ruling, ...]:
        """Rule on one claim; see `Referee`."""
        del background
        claim = " ".join(text.split(" ")[:3])
        return (
            Ruling(
                claim=claim,
                start=0,
                end=len(claim),
                verdict="supported",
                facts=(FACT.id,),
                explanation="The script says so.",
                confidence=1.0,
                checker="script",
            ),
        )

    def fact(self, fact_id: str) -> Fact:
        """The only fact there is; see `Referee`."""
        if fact_id != FACT.id:
            raise KeyError(fact_id)
        return FACT
