"""Small discussions for tests, built from passages; all words are this project's own."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from personas.thread import Passage, Post, Thread


class Said(NamedTuple):
    """One passage of a post to be."""

    text: str
    quoted: str | None = None
    """Author of the words where they are a quote; None for own words."""


def own(text: str) -> Said:
    """Words of the poster's own."""
    return Said(text)


def quote(author: str, text: str) -> Said:
    """Words of somebody else's, quoted."""
    return Said(text, author)


class Made(NamedTuple):
    """A thread and the source that its offsets count in (empty for "post" offsets)."""

    thread: Thread
    source: str


def make_thread(
    *posts: tuple[str, Sequence[Said]],
    title: str | None = "Should the harbour road be closed to cars?",
    offsets: Literal["source", "post"] = "source",
) -> Made:
    """A thread of (author, passages) pairs; with "source" offsets the passages lie in a source one after the other."""
    source = f"{title}\n\n"
    made: list[Post] = []
    for number, (author, said) in enumerate(posts, start=1):
        passages: list[Passage] = []
        for one in said:
            start = len(source)
            source += one.text + "\n\n"
            placed = offsets == "source"
            passages.append(
                Passage(
                    kind="own" if one.quoted is None else "quote",
                    text=one.text,
                    quoted_author=one.quoted,
                    start=start if placed else None,
                    end=start + len(one.text) if placed else None,
                )
            )
        made.append(Post(id=str(number), author=author, passages=tuple(passages)))
    thread = Thread(title=title, format="plain", offsets=offsets, posts=tuple(made), digest="0" * 64)
    return Made(thread, source if offsets == "source" else "")


HARBOUR = make_thread(
    (
        "Orsolya",
        [
            own(
                "Hi all, new here. The harbour road should be closed to cars because the fish market loses customers "
                "to the noise. Children cannot cross the harbour road safely before eight in the morning. "
                "What do you think?"
            )
        ],
    ),
    (
        "Bertil",
        [
            quote(
                "Orsolya",
                "The harbour road should be closed to cars because the fish market loses customers to the noise.",
            ),
            own(
                "No, the fish market loses customers because its prices doubled. The harbour road is the only road "
                "that lorries can take to the ferry. It carried four hundred lorries a day in 2019."
            ),
            quote("Orsolya", "Children cannot cross the harbour road safely before eight in the morning."),
            own("A crossing guard would be cheaper than a closed road."),
        ],
    ),
    (
        "李雷",
        [
            own(
                "The ferry company was never a friend of the fish market or of anybody else on the quay, and with "
                "reason. See https://example.org/ferry for the timetable."
            )
        ],
    ),
    (
        "Orsolya",
        [
            quote("Bertil", "A crossing guard would be cheaper than a closed road."),
            own("A crossing guard cannot stop the noise. Lol, good luck finding one at that hour."),
            quote("Bertil", "The harbour road is the only road that lorries can take to the ferry."),
            own("Lorries could take the quarry road to the ferry at night."),
        ],
    ),
)
"""Three people about a road, with quotes and answers to them."""
