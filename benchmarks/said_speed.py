"""How the time to tell quotations from own words grows with a discussion, on made-up posts that quote each other."""

import random
import time
from collections.abc import Callable

from personas.quotations import mark_quotations
from personas.reading.plain import read_plain
from personas.thread import Passage, Post

SIZES = (1_000, 3_000, 10_000)
_VOCABULARY = 8_000
_MEMBERS = 300
_REACH = 40


def speed_rows() -> list[tuple[str, str, str]]:
    """Rows of a table: seconds of processor time by number of posts, and the growth against linear growth."""
    rows = []
    for name, run in (("posts with names (mark_quotations)", _mark), ("a plain dump (read_plain)", _read)):
        took = [run(_discussion(size)) for size in SIZES]
        seen = ", ".join(f"{size}: {seconds:.1f} s" for size, seconds in zip(SIZES, took, strict=True))
        growth = took[-1] / SIZES[-1] / (took[0] / SIZES[0])
        rows.append((f"speed: {name}", seen, "10000: 30 s"))
        rows.append((f"speed: {name}, time per post at {SIZES[-1]} by that at {SIZES[0]}", f"{growth:.2f}", "about 1"))
    return rows


def _discussion(size: int) -> list[str]:
    """Posts of one to five paragraphs; two of three answer whole paragraphs of one of the forty before."""
    chance = random.Random(7)
    vocabulary = [
        "".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))
        for _ in range(_VOCABULARY)
    ]

    def sentences(most: int) -> str:
        return " ".join(
            " ".join(chance.choices(vocabulary, k=chance.randint(6, 16))).capitalize() + "."
            for _ in range(chance.randint(1, most))
        )

    posts: list[str] = []
    own: list[list[str]] = []
    for number in range(size):
        answers = [
            f"{chance.choice(own[chance.randint(max(0, number - _REACH), number - 1)])}\n{sentences(2)}"
            for _ in range(chance.randint(0, 2) if number else 0)
        ]
        own.append([sentences(4) for _ in range(chance.randint(1, 3))])
        posts.append("\n\n".join([*answers, *own[-1]]))
    return posts


def _mark(texts: list[str]) -> float:
    posts = [
        Post(id=str(number), author=f"member {number % _MEMBERS}", passages=(Passage(kind="own", text=text),))
        for number, text in enumerate(texts)
    ]
    return _timed(lambda: mark_quotations(posts))


def _read(texts: list[str]) -> float:
    dump = "\n\u00a0\n".join(texts)
    return _timed(lambda: read_plain(dump, "speed"))


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
