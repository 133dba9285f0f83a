"""The pictures of a debate: each drawn on the server, with the table that it was drawn from."""

from collections.abc import Sequence

from api.web.lesson import Lesson
from api.web.pictures.bars import draw_guesses, draw_rulings
from api.web.pictures.drawing import Picture, Table
from api.web.pictures.exchange import draw_debate, draw_thread
from api.web.pictures.stances import draw_stances
from api.web.pictures.votes import draw_votes
from personas.answers import Answer
from transcripts.transcript import Transcript

__all__ = ["NAMES", "Picture", "Table", "draw_pictures"]

NAMES = ("votes", "guesses", "rulings", "debate", "thread", "stances")
"""Of all pictures, in the order in which a page shows them."""


def draw_pictures(transcript: Transcript, lesson: Lesson, answers: Sequence[Answer]) -> dict[str, Picture]:
    """Every picture that has something to show, by name.

    Args:
        transcript: The debate so far.
        lesson: What came of it.
        answers: Who answered whom in the thread, authors and answered given as the participants' ids; empty where the
            thread is gone.
    """
    drawn = (
        draw_votes(lesson),
        draw_guesses(lesson),
        draw_rulings(lesson),
        draw_debate(transcript),
        draw_thread(transcript, answers),
        draw_stances(transcript),
    )
    return {one.name: one for one in drawn if one is not None}
