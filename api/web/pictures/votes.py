"""The votes: bars of one vote, or two joined by bands of those who stayed and those who moved."""

from collections import Counter
from collections.abc import Mapping, Sequence

from api.web.lesson import Lesson, Tally
from api.web.pictures.drawing import Canvas, Cell, Colour, Picture, Table, lines_of, shortened
from api.web.texts import say

_WIDTH = 900.0
_COLOURS: tuple[Colour, ...] = ("accent", "unsure", "line", "right", "wrong", "quiet")
_TALL = 260.0
_GAP = 14.0


def draw_votes(lesson: Lesson) -> Picture | None:
    """Every vote, with how many moved where two asked the same; None where nobody voted."""
    by_poll = {one.poll.poll: one for one in lesson.votes}
    pairs = [(by_poll.get(one.closed.compared_with or ""), one) for one in lesson.votes]
    compared = {before.poll.poll for before, _ in pairs if before is not None}
    shown = [(before, vote) for before, vote in pairs if before is not None or vote.poll.poll not in compared]
    shown = [pair for pair in shown if pair[1].total]
    if not shown:
        return None
    heights = [_TALL + 130 if before is not None else 60 + 40.0 * len(vote.poll.choices) for before, vote in shown]
    canvas = Canvas(_WIDTH, sum(heights), say("after_votes"))
    top = 0.0
    for (before, vote), height in zip(shown, heights, strict=True):
        for number, line in enumerate(lines_of(vote.poll.question, _WIDTH - 16)):
            canvas.text(8, top + 22 + 20 * number, line, bold=True)
        if before is not None:
            _draw_flow(canvas, before, vote, top + 88)
        else:
            _draw_bars(canvas, vote, top + 56)
        top += height
    return Picture("votes", say("after_votes"), canvas.svg(), _table(lesson.votes), say("picture_votes_note"))


def _draw_bars(canvas: Canvas, vote: Tally, top: float) -> None:
    unit = (_WIDTH - 300) / max(1, max(vote.closed.counts.values()))
    for place, (choice, number) in enumerate(vote.closed.counts.items()):
        y = top + 40 * place
        canvas.text(8, y + 20, shortened(choice, 190), hint=choice)
        canvas.rect(210, y, max(1.0, number * unit), 28, _COLOURS[place % len(_COLOURS)])
        canvas.text(220 + number * unit, y + 20, str(number), bold=True)


def _draw_flow(canvas: Canvas, before: Tally, after: Tally, top: float) -> None:
    choices = after.poll.choices
    left, right = before.closed.counts, after.closed.counts
    colours = {one: _COLOURS[place % len(_COLOURS)] for place, one in enumerate(choices)}
    # One voter is equally tall on both sides, so that a band is as thick as it is many.
    unit = (_TALL - _GAP * (len(choices) - 1)) / max(1, sum(left.values()), sum(right.values()))
    canvas.text(250, top - 14, say("after_from"), size=15, colour="quiet", anchor="middle")
    canvas.text(650, top - 14, say("after_to"), size=15, colour="quiet", anchor="middle")
    starts, ends = _tops(choices, left, unit, top), _tops(choices, right, unit, top)
    used_left: Counter[str] = Counter()
    used_right: Counter[str] = Counter()
    for one in after.closed.moved:
        high = one.voters * unit
        y1, y2 = starts[one.before] + used_left[one.before] * unit, ends[one.after] + used_right[one.after] * unit
        used_left[one.before] += one.voters
        used_right[one.after] += one.voters
        path = (
            f"M262 {y1:.1f}C450 {y1:.1f} 450 {y2:.1f} 638 {y2:.1f}V{y2 + high:.1f}"
            f"C450 {y2 + high:.1f} 450 {y1 + high:.1f} 262 {y1 + high:.1f}Z"
        )
        hint = say("picture_moved", number=one.voters, before=one.before, after=one.after)
        canvas.band(path, colours[one.before], opacity=0.25 if one.before == one.after else 0.7, hint=hint)
    for choice in choices:
        for x, counts, places, edge in ((238.0, left, starts, "end"), (638.0, right, ends, "start")):
            number = counts.get(choice, 0)
            canvas.rect(x, places[choice], 24, max(1.0, number * unit), colours[choice])
            label = f"{shortened(choice, 150)}: {number}"
            y = places[choice] + max(16.0, number * unit / 2 + 6)
            if edge == "end":
                canvas.text(x - 10, y, label, anchor="end", hint=choice)
            else:
                canvas.text(x + 34, y, label, hint=choice)
    score = say("moved", moved=after.moved, compared=after.compared)
    canvas.text(_WIDTH / 2, top + _TALL + 26, score, size=18, anchor="middle", bold=True)


def _tops(choices: Sequence[str], counts: Mapping[str, int], unit: float, top: float) -> dict[str, float]:
    tops = {}
    for choice in choices:
        tops[choice] = top
        top += counts.get(choice, 0) * unit + _GAP
    return tops


def _table(votes: Sequence[Tally]) -> Table:
    """One row for each vote and choice, and one for each way that somebody moved."""
    rows: list[tuple[Cell, ...]] = []
    for number, vote in enumerate(votes, start=1):
        rows += [(number, vote.poll.question, "", choice, count) for choice, count in vote.closed.counts.items()]
        rows += [(number, vote.poll.question, one.before, one.after, one.voters) for one in vote.closed.moved]
    columns = ("vote", "question", "before", "choice", "voters")
    return Table(tuple(say(f"column_{one}") for one in columns), tuple(rows))
