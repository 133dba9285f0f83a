"""Where a verbatim text stands in a poster's own words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from personas.thread import Post, Thread


class OwnRun(NamedTuple):
    """An own passage and the place of its first character, counted as the thread's evidence offsets are."""

    post_id: str
    text: str
    start: int


def own_runs(post: Post, thread: Thread) -> Iterator[OwnRun]:
    """The own passages of a post that have a place."""
    place = 0
    for passage in post.passages:
        start = place if thread.offsets == "post" else passage.start
        # Post.text joins passages by a blank line.
        place += len(passage.text) + 2
        if passage.kind == "own" and start is not None:
            yield OwnRun(post.id, passage.text, start)


def find_evidence(thread: Thread, posts: Sequence[str], evidence: Mapping[str, Any]) -> dict[str, Any] | None:
    """The place of a piece of evidence in the own words of `posts`.

    Args:
        thread: Where it has to stand.
        posts: Ids of the posts that count as the poster's.
        evidence: Its `text`, and `post_id`, `start`, `end` as far as they are known.

    Returns:
        `post_id`, `start` and `end`, unchanged where they are right, found anew where they are missing or shifted;
        None where the text is not verbatim in an own passage.
    """
    text = evidence.get("text")
    if not isinstance(text, str) or not text.strip():
        return None
    runs = [run for post_id in posts for run in own_runs(thread.post(post_id), thread)]
    start, end = evidence.get("start"), evidence.get("end")
    if isinstance(start, int) and end == start + len(text):
        for run in runs:
            within = start - run.start
            if run.post_id == evidence.get("post_id") and within >= 0 and run.text.startswith(text, within):
                return {"post_id": run.post_id, "start": start, "end": end}
    named = [run for run in runs if run.post_id == evidence.get("post_id")]
    for run in named + runs:
        within = run.text.find(text)
        if within >= 0:
            return {"post_id": run.post_id, "start": run.start + within, "end": run.start + within + len(text)}
    return None
