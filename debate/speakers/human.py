"""A seat that a person takes: the turn is what they type."""

from collections.abc import Awaitable, Callable

from debate.events import Question, ReplyTo, Span, Turn, Utterance
from debate.speakers.port import Brief
from debate.speakers.wording import NOTHING_TO_ADD
from language.chat import clean_text

MAX_CHARS = 8_000

ReadLine = Callable[[str], Awaitable[str | None]]
"""Shows a prompt, and gives back what the person typed; None where they are gone (end of input)."""


class HumanSpeaker:
    """Words one participant's turns by asking a person.

    An empty line, or the end of the input, passes the turn in the fixed phrase of somebody who has nothing to add.
    """

    def __init__(self, read_line: ReadLine) -> None:
        self._read_line = read_line

    async def speak(self, brief: Brief, on_words: Callable[[str], None] | None = None) -> Utterance:
        """Word the turn that `brief` describes; see `debate.speakers.port.Speaker`."""
        reply_to = _most_pressing(brief)
        typed = await self._read_line(_prompt(brief, reply_to))
        text = " ".join(clean_text(typed or "").split())[:MAX_CHARS]
        if not text:
            spoken = Span(start=0, end=len(NOTHING_TO_ADD))
            return Utterance(text=NOTHING_TO_ADD, connectives=(spoken,), yielded=True, origin="human")
        if on_words is not None:
            on_words(text)
        return Utterance(text=text, reply_to=reply_to, origin="human")


def _most_pressing(brief: Brief) -> ReplyTo | None:
    for seq in brief.answerable:
        event = brief.events[seq - 1]
        if isinstance(event, Question):
            return ReplyTo(seq=seq, speaker=None, text=event.text)
        if isinstance(event, Turn) and not event.yielded:
            return ReplyTo(seq=seq, speaker=event.speaker, text=event.text)
    return None


def _prompt(brief: Brief, reply_to: ReplyTo | None) -> str:
    name = brief.setup.shown_name(brief.speaker.id)
    if reply_to is None:
        return f"{name}, your turn: "
    who = brief.setup.shown_name(reply_to.speaker) if reply_to.speaker else "the moderator"
    return f"{name}, your turn to answer {who}: "
