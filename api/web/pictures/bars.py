"""What the referee said of each person's claims, and how the class judged claims before it did: bars in parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.lesson import Guessed, Lesson
from api.web.pictures.drawing import Canvas, Cell, Colour, Picture, Table, lines_of, shortened
from api.web.texts import say
from debate.referee.facts import Verdict

_WIDTH = 900.0
_VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "not_covered", "not_checkable", "unchecked")
_FILLS: dict[Verdict, Colour] = {
    "supported": "right",
    "contradicted": "wrong",
    "not_covered": "line",
    "not_checkable": "soft",
    "unchecked": "unsure",
}
_GUESSES: dict[str, Colour] = {"supported": "right", "contradicted": "wrong", "cannot know": "unsure"}


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    fill: Colour
    hint: str
    label: str = ""
    """Written before the number where there is room for it."""


def draw_rulings(lesson: Lesson) -> Picture | None:
    """How the referee ruled on each person's claims; None where it has ruled on none."""
    people = [one for one in lesson.people if one.counts.total()]
    if not people:
        return None
    names, row, top = 220.0, 40.0, 20.0
    most = max(one.counts.total() for one in people)
    unit = (_WIDTH - names - 70) / most
    canvas = Canvas(_WIDTH, top + row * len(people) + 46, say("after_rulings"))
    for place, one in enumerate(people):
        y = top + row * place
        canvas.text(8, y + 20, shortened(one.name, names - 16), bold=True, hint=one.name)
        parts = [
            _Part(one.counts[verdict], _FILLS[verdict], f"{one.name}: {say(f'verdict_{verdict}')}")
            for verdict in _VERDICTS
        ]
        end = _draw_parts(canvas, parts, names, y, unit, 28)
        canvas.text(end + 10, y + 20, str(one.counts.total()), colour="quiet")
    used = [one for one in _VERDICTS if any(person.counts[one] for person in people)]
    _legend(canvas, top + row * len(people) + 26, [(_FILLS[one], say(f"verdict_{one}")) for one in used])
    columns = (say("after_person"), say("after_turns"), *(say(f"verdict_{one}") for one in _VERDICTS))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.name, one.turns, *(one.counts[verdict] for verdict in _VERDICTS)) for one in lesson.people
    )
    return Picture("rulings", say("after_rulings"), canvas.svg(), Table(columns, rows), say("picture_rulings_note"))


def draw_guesses(lesson: Lesson) -> Picture | None:
    """How the class judged claims before the referee did; None where nothing was guessed."""
    asked = [one for one in lesson.guesses if one.tally.total]
    if not asked:
        return None
    size = 16.0
    claims = [lines_of(one.ruling.claim, _WIDTH - 200, size) for one in asked]
    canvas = Canvas(_WIDTH, sum(58.0 + 19 * len(lines) for lines in claims), say("after_guesses"))
    y = 0.0
    for one, lines in zip(asked, claims, strict=True):
        for number, line in enumerate(lines):
            canvas.text(8, y + 18 + 19 * number, line, size=size, hint=one.ruling.claim)
        score = say("guess_result", right=one.right, total=one.tally.total)
        canvas.text(_WIDTH - 8, y + 18, score, size=15, anchor="end", bold=True)
        y += 19 * len(lines)
        _draw_parts(canvas, _guess_parts(one), 8, y + 8, (_WIDTH - 16) / one.tally.total, 28)
        y += 58
    columns = (say("claim"), say("referee"), *(say(f"guess_{one}") for one in _GUESSES), say("after_right"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.ruling.claim,
            say(f"verdict_{one.ruling.verdict}"),
            *(one.tally.closed.counts.get(guess, 0) for guess in _GUESSES),
            one.right,
        )
        for one in lesson.guesses
    )
    return Picture("guesses", say("after_guesses"), canvas.svg(), Table(columns, rows), say("picture_guesses_note"))


def _guess_parts(one: Guessed) -> list[_Part]:
    return [
        _Part(
            one.tally.closed.counts.get(guess, 0),
            colour if guess == one.answer else "soft",
            f"{say(f'guess_{guess}')}: {one.tally.closed.counts.get(guess, 0)}",
            f"{'✓ ' if guess == one.answer else ''}{say(f'guess_{guess}')}",
        )
        for guess, colour in _GUESSES.items()
    ]


def _draw_parts(canvas: Canvas, parts: Sequence[_Part], x: float, y: float, unit: float, height: float) -> float:
    for part in parts:
        if not part.number:
            continue
        width = part.number * unit
        canvas.rect(
            x, y, max(1.0, width - 2), height, part.fill, "ink" if part.fill == "soft" else None, hint=part.hint
        )
        words = str(part.number)
        if part.label and width >= 9.5 * len(f"{part.label} {words}"):
            words = f"{part.label} {words}"
        if width >= 12 * len(str(part.number)):
            colour: Colour = "ink" if part.fill == "soft" else "paper"
            canvas.text(x + width / 2 - 1, y + height / 2 + 6, words, colour=colour, anchor="middle", bold=True)
        x += width
    return x


def _legend(canvas: Canvas, y: float, labels: Sequence[tuple[Colour, str]]) -> None:
    x = 8.0
    for colour, words in labels:
        canvas.rect(x, y - 12, 16, 14, colour, "ink" if colour == "soft" else None)
        canvas.text(x + 24, y, words, size=14, colour="quiet")
        x += 46 + 7.8 * len(words)
