"""From a persona's lines to the words of a turn, with every span accounted for."""

import zlib
from collections.abc import Sequence

from debate.events import ReplyTo, Span, SpokenEvidence, Utterance
from personas.persona import Remark

NOTHING_TO_ADD = "I have nothing to add to that."
"""What a persona says when nothing that its poster wrote, and it has not said yet, bears on what may be answered."""
NOTHING_IN_THREAD = "I wrote nothing in the thread that bears on this."
"""What a persona says to a question that its poster's words do not answer."""

_ANSWERS = ("{name}, my answer to that:", "To that, {name}:", "{name}, to exactly that:")
_ON_TOPIC = ("{name}, on that:", "{name}, consider this:", "On this point, {name}:", "{name}, there is also this:")
_LAST_WORD = ("To close:",)
_ENDINGS = (".", "!", "?", "…", '"', "”", "’", ")", ":", ";", "。", "！", "？")


def word_turn(
    remarks: Sequence[Remark], lead: str | None, reply_to: ReplyTo | None, asks: str | None = None
) -> Utterance:
    """An utterance of these remarks in this order.

    Args:
        remarks: The poster's own sentences.
        lead: Words before them ("Cook, on that:"), marked as a connective.
        reply_to: What is answered.
        asks: Words after them, marked likewise.

    Returns:
        The utterance. Evidence and connectives cover every character of its text but spaces.
    """
    parts: list[str] = []
    evidence: list[SpokenEvidence] = []
    connectives: list[Span] = []
    place = 0

    def add(text: str, glue: str) -> Span:
        nonlocal place
        parts.append(glue + text)
        span = Span(start=place + len(glue), end=place + len(glue) + len(text))
        place = span.end
        return span

    if lead:
        connectives.append(add(lead, ""))
    for remark in remarks:
        spoken = add(" ".join(remark.text.split()), " " if parts else "")
        evidence.append(
            SpokenEvidence(
                post_id=remark.post_id,
                text=remark.text,
                start=remark.start,
                end=remark.end,
                spoken=spoken,
                position_id=remark.position_id,
            )
        )
        if not parts[-1].endswith(_ENDINGS):
            connectives.append(add(".", ""))
    if asks:
        connectives.append(add(asks, " "))
    return Utterance(text="".join(parts), evidence=tuple(evidence), connectives=tuple(connectives), reply_to=reply_to)


def word_yield(phrase: str, reply_to: ReplyTo | None = None) -> Utterance:
    """A turn that says, in a fixed phrase, that nothing is left to say."""
    return Utterance(text=phrase, connectives=(Span(start=0, end=len(phrase)),), reply_to=reply_to, yielded=True)


def lead_to(name: str, answered_in_thread: bool, seed: int, turn: int) -> str:
    """The words that name whom a turn answers; they claim no more than that it bears on what was said."""
    return _pick(_ANSWERS if answered_in_thread else _ON_TOPIC, seed, turn).format(name=name)


def lead_closing(seed: int, turn: int) -> str:
    """The words before a closing."""
    return _pick(_LAST_WORD, seed, turn)


def asks_back(name: str) -> str:
    """The words that turn a point into a question to somebody."""
    return f"What do you say to that, {name}?"


def _pick(choices: Sequence[str], seed: int, turn: int) -> str:
    # Not `hash()`, which differs from process to process.
    return choices[zlib.crc32(f"{seed}:{turn}".encode()) % len(choices)]
