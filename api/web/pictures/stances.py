"""Where each persona stands, in the thread and in every round, as far as their words say it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from api.web.pictures.drawing import Canvas, Picture, Table, shortened
from api.web.texts import say
from debate.events import RoundStarted, Turn
from language.sentences import split_sentences
from personas.own_words import OwnSentence
from personas.persona import Persona
from personas.stance import Motion, find_stance, read_motion
from personas.terms import rarity
from transcripts.transcript import Transcript

Sign = Literal["for", "against", "mixed", "unclear", "yielded", "silent"]

_NAMES = 220.0
_ROW = 38.0
_TOP = 64.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What one persona's words in one round say about the motion, and the sentence that says it."""

    sign: Sign
    words: str = ""


def draw_stances(transcript: Transcript) -> Picture | None:
    """The stance of each persona over the rounds; None where nobody has spoken."""
    rounds = sorted({turn.round for turn in transcript.turns()})
    if not rounds:
        return None
    grid = dict(_grid(transcript, rounds))
    titles = [say("picture_in_thread"), *_titles(transcript, rounds)]
    width = max(900.0, _NAMES + 64 * len(titles) + 20)
    step = (width - _NAMES - 20) / len(titles)
    canvas = Canvas(width, _TOP + _ROW * len(grid) + 50, say("picture_stances"))
    for place, title in enumerate(titles):
        middle = _NAMES + step * (place + 0.5)
        canvas.text(
            middle, _TOP - 24, shortened(title, step - 4, 14), size=14, colour="quiet", anchor="middle", hint=title
        )
    for place, (persona, marks) in enumerate(grid.items()):
        y = _TOP + _ROW * place
        name = transcript.name(persona)
        canvas.line(f"M0 {y + _ROW / 2 - 0.5:g}H{width:g}", "soft")
        canvas.text(8, y + 5, shortened(name, _NAMES - 16), bold=True, hint=name)
        _draw_track(canvas, marks, y, step, [name, *titles])
    _legend(canvas, _TOP + _ROW * len(grid) + 20)
    rows = tuple((transcript.name(one), *(say(f"stance_{mark.sign}") for mark in marks)) for one, marks in grid.items())
    table = Table((say("after_person"), *titles), rows)
    return Picture("stances", say("picture_stances"), canvas.svg(), table, say("picture_stances_note"))


def _grid(transcript: Transcript, rounds: Sequence[int]) -> Iterator[tuple[str, list[Mark]]]:
    said: dict[tuple[str, int], list[Turn]] = {}
    for turn in transcript.turns():
        said.setdefault((turn.speaker, turn.round), []).append(turn)
    speakers = {speaker for speaker, _ in said}
    weights = rarity(remark.text for one in transcript.header.participants for remark in one.remarks)
    motion = read_motion(transcript.header.motion, weights)
    for person in transcript.header.participants:
        if person.id in speakers:
            marks = (_mark(said.get((person.id, number), ()), motion) for number in rounds)
            yield person.id, [_in_thread(person), *marks]


def _in_thread(persona: Persona) -> Mark:
    return Mark(persona.stance, persona.stance_evidence.text if persona.stance_evidence is not None else "")


def _mark(turns: Sequence[Turn], motion: Motion) -> Mark:
    spoken = [one for one in turns if not one.yielded]
    if not spoken:
        return Mark("yielded" if turns else "silent")
    found = find_stance([one for turn in spoken for one in _sentences(turn)], motion, None)
    return Mark(found.stance, found.evidence.text if found.evidence is not None else "")


def _sentences(turn: Turn) -> Iterator[OwnSentence]:
    answers = turn.reply_to
    for one in split_sentences(turn.text):
        # A speaker's joining words ("Maja, on that:") stand before the sentence and are not theirs.
        cut = max((span.end for span in turn.connectives if one.start <= span.start < one.end), default=one.start)
        text = turn.text[min(cut, one.end) : one.end].strip()
        if text:
            yield OwnSentence(
                f"turn {turn.seq}",
                turn.speaker,
                text,
                one.start,
                one.end,
                answers.text if answers is not None else None,
                answers.speaker if answers is not None else None,
                follows_quote=answers is not None,
            )


def _titles(transcript: Transcript, rounds: Sequence[int]) -> list[str]:
    titles: Mapping[int, str] = {one.round: one.title for one in transcript.events if isinstance(one, RoundStarted)}
    return [titles.get(one) or str(one) for one in rounds]


def _draw_track(canvas: Canvas, marks: Sequence[Mark], y: float, step: float, names: Sequence[str]) -> None:
    last: float | None = None
    for place, mark in enumerate(marks):
        x = _NAMES + step * (place + 0.5)
        if mark.sign != "silent":
            if last is not None:
                canvas.line(f"M{last + 13:g} {y:g}H{x - 13:g}", "line", 1.5)
            last = x
        quoted = f": “{mark.words}”" if mark.words else ""
        hint = f"{names[0]}, {names[place + 1]}: {say(f'stance_{mark.sign}')}{quoted}"
        _symbol(canvas, mark.sign, x, y, hint)


def _symbol(canvas: Canvas, sign: Sign, x: float, y: float, hint: str = "") -> None:
    if sign == "for":
        canvas.polygon([(x, y - 11), (x + 11, y + 8), (x - 11, y + 8)], "right", hint=hint)
    elif sign == "against":
        canvas.polygon([(x, y + 11), (x + 11, y - 8), (x - 11, y - 8)], "wrong", hint=hint)
    elif sign == "mixed":
        canvas.polygon([(x, y - 11), (x + 11, y), (x, y + 11), (x - 11, y)], "unsure", hint=hint)
    elif sign == "unclear":
        canvas.circle(x, y, 7, "paper", "ink", hint=hint)
    elif sign == "yielded":
        canvas.rect(x - 8, y - 2, 16, 4, "quiet", hint=hint)


def _legend(canvas: Canvas, y: float) -> None:
    x = 20.0
    signs: tuple[Sign, ...] = ("for", "against", "mixed", "unclear", "yielded")
    for sign in signs:
        _symbol(canvas, sign, x, y - 5)
        words = say(f"stance_{sign}")
        canvas.text(x + 18, y, words, size=14, colour="quiet")
        x += 48 + 7.6 * len(words)
