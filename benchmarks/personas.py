"""Personas without a model: are stances right, are positions positions, and what does a long thread cost?

Stances are measured on 40 discussions of the Internet Argument Corpus, where annotators voted on each author's side of
the topic; the motion is the topic, quotes are the corpus's own marks. Positions were judged by hand, once, on a random
sample of 70 from these discussions and 30 from all other sample threads (mostly technical or personal ones, with little
debate): good means that the sentence can be understood without any other and argues or asserts something that somebody
could deny; anecdotes, pleas, scenes and sentences with an unresolved "it" are bad. `judged_positions.jsonl` holds the
places and verdicts, no text. Run: python -m benchmarks.personas
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from personas.extraction import extract_cast
from personas.persona import Cast
from personas.thread import Passage, Post, Thread

ROOT = Path(__file__).resolve().parent.parent
THREADS = ROOT.parent / "shared" / "threads"
IAC = THREADS / "iac" / "dev.jsonl"
JUDGED = Path(__file__).with_name("judged_positions.jsonl")
LONG_THREAD_POSTS = 1000


class Discussion(NamedTuple):
    """A discussion of the corpus with the annotators' votes."""

    name: str
    topic: str
    thread: Thread
    votes: dict[str, dict[str, int]]


def read_corpus() -> Iterator[Discussion]:
    """The discussions, with quotes where the corpus marks them."""
    for line in IAC.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        posts = tuple(
            Post(
                id=str(post["id"]),
                author=post["author"] or "?",
                parent_id=str(post["parent_id"]) if post["parent_id"] else None,
                passages=tuple(_passages(post)),
            )
            for post in data["posts"]
        )
        thread = Thread(title=data["title"], format="iac", offsets="post", posts=posts, digest="0" * 64)
        yield Discussion(f"iac/{data['discussion_id']}", data["topic"], thread, data["author_stance"])


def _passages(post: dict[str, Any]) -> Iterator[Passage]:
    text, place = post["text"], 0
    for mark in sorted(post["quotes"], key=lambda one: one["start"]):
        if mark["start"] < place:
            continue
        if text[place : mark["start"]].strip():
            yield Passage(kind="own", text=text[place : mark["start"]].strip())
        yield Passage(kind="quote", text=text[mark["start"] : mark["end"]], quoted_author=mark["quoted_author"])
        place = mark["end"]
    if text[place:].strip():
        yield Passage(kind="own", text=text[place:].strip())


def measure_stances(casts: dict[str, Cast], corpus: list[Discussion]) -> list[tuple[str, str]]:
    """How often a stance was told, and how often it was the side that most annotators saw."""
    seen: Counter[str] = Counter()
    for discussion in corpus:
        for persona in casts[discussion.name].personas:
            votes = discussion.votes.get(persona.name)
            if not votes:
                continue
            side = "for" if votes["pro"] > votes["anti"] else "against" if votes["anti"] > votes["pro"] else "neither"
            if persona.stance in ("for", "against"):
                seen["right" if persona.stance == side else "wrong"] += 1
            seen[persona.stance] += 1
    told = seen["right"] + seen["wrong"]
    return [
        ("authors with annotated stance", str(sum(seen[one] for one in ("for", "against", "mixed", "unclear")))),
        ("stance told (for or against)", str(told)),
        ("  of these on the annotators' side", f"{seen['right']} ({seen['right'] / max(told, 1):.0%})"),
        ("stance mixed / unclear", f"{seen['mixed']} / {seen['unclear']}"),
    ]


def measure_positions(casts: dict[str, Cast]) -> list[tuple[str, str]]:
    """The share of hand-judged positions that are good, of those that are still extracted."""
    places = {
        (name, evidence.post_id, evidence.start, evidence.end)
        for name, cast in casts.items()
        for persona in cast.personas
        for position in persona.positions
        for evidence in position.evidence[:1]
    }
    rows: list[tuple[str, str]] = []
    judged = [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]
    for label, is_debate in (("debates", True), ("other threads", False)):
        listed = [one for one in judged if one["source"].startswith("iac/") == is_debate]
        still = [one for one in listed if (one["source"], one["post"], one["start"], one["end"]) in places]
        good = sum(one["good"] for one in still)
        rows.append((f"judged positions, {label}", f"{good} of {len(still)} good ({good / max(len(still), 1):.0%})"))
        if len(still) < len(listed):
            rows.append(("  judged but not extracted any more", str(len(listed) - len(still))))
    return rows


def extract_other_threads() -> dict[str, Cast]:
    """The casts of the sample threads that the judged positions come from."""
    from personas.reading import read_thread

    names = {json.loads(line)["source"] for line in JUDGED.read_text(encoding="utf-8").splitlines()}
    return {name: extract_cast(read_thread([THREADS / name])) for name in names if not name.startswith("iac/")}


def measure_long_thread(corpus: list[Discussion]) -> list[tuple[str, str]]:
    """Time and memory of `rejoinder personas` on a thread of a thousand posts, the whole process."""
    rows = [
        {"id": f"{discussion.name}-{post.id}", "author": post.author, "text": post.own_text}
        for discussion in corpus
        for post in discussion.thread.posts
        if post.own_text.strip()
    ][:LONG_THREAD_POSTS]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "long.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", "from api.cli.main import main; main()", "personas", str(file), "--json"]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [
        (f"personas of {len(rows)} posts, whole process", f"{spent:.1f} s of processor time"),
        ("  largest memory of a child process", f"{after.ru_maxrss / 1024:.0f} MB"),
    ]


def main() -> None:
    """Print the table; says so and stops where the sample threads are absent."""
    if not IAC.exists():
        print(f"no sample threads at {IAC.relative_to(ROOT.parent)}; nothing measured")
        return
    corpus = list(read_corpus())
    casts = {one.name: extract_cast(one.thread, one.topic) for one in corpus}
    rows = measure_stances(casts, corpus)
    rows += measure_positions({**casts, **extract_other_threads()})
    rows += measure_long_thread(corpus)
    for label, figure in rows:
        print(f"{label:<46} {figure}")


if __name__ == "__main__":
    main()
