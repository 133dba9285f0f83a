"""Asking one persona one question, outside any debate, with the same grounding as a turn."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from debate.events import Question, Setup, Utterance
from debate.speakers.port import Brief, Speaker
from personas.persona import Persona

FORMAT = "interview"


async def interview(
    persona: Persona,
    question: str,
    speaker: Speaker,
    *,
    motion: str,
    offsets: Literal["source", "post"],
    seed: int = 0,
    on_words: Callable[[str], None] | None = None,
) -> Utterance:
    """What a persona answers to a question.

    Args:
        persona: Who is asked.
        question: The question, in anybody's words.
        speaker: Words the answer: the poster's own sentences, or a model held to them.
        motion: What the thread is about.
        offsets: What the persona's evidence offsets count.
        seed: Decides between equal choices.
        on_words: Called with each run of words; provisional.

    Raises:
        ModelError: The model behind the speaker failed for good.
    """
    setup = Setup(motion=motion, format=FORMAT, rounds=1, participants=(persona,), offsets=offsets, seed=seed)
    asked = Question(seq=1, at=datetime.now(UTC), text=question, to=persona.id)
    brief = Brief(setup=setup, events=(asked,), speaker=persona, round=1, phase="answer", answerable=(1,))
    return await speaker.speak(brief, on_words)
