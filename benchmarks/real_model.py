"""A real, small model on a real thread: what of its wording holds, what is replaced, what a turn costs.

    python -m benchmarks.real_model --base-url http://127.0.0.1:8081/v1 --model qwen-1.5b [--rounds 4] [--out DIR]

Debates the seed thread of ../shared where it is there, else the shipped example; six personas at most. Writes the
transcript, the recording and every wording with the reasons against it (`wordings.jsonl`, to be judged by hand) to DIR.
`--positions N` also lets the model read the first N posters and prints how many of its positions could be located.
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.models import ModelOptions, open_crew, open_recording, recorded_beside
from api.wiring import load_cast, prepare_debate, read_discussion
from benchmarks.many_debates import EXAMPLE, ROOT
from debate.engine import run_debate
from debate.events import Turn
from language.models import Endpoints, open_chat_model
from language.structured import ReplyModes
from personas.model_extraction import extract_cast_by_model
from personas.persona import Evidence
from personas.thread import Thread
from transcripts.files import create_transcript

SEED = ROOT.parent / "shared" / "threads" / "trotsky-west.txt"
PEOPLE = 6


async def debate(options: ModelOptions, thread: Thread, rounds: int, folder: Path) -> tuple[list[Turn], float]:
    """One debate with its transcript; its turns and how long it took."""
    cast = load_cast(thread, None, None)
    people = [one.id for one in cast.personas if one.remarks or one.positions][:PEOPLE]
    preparation = prepare_debate(cast, participants=people, rounds=rounds)
    preparation = preparation.using(options.named(preparation))
    path = folder / "transcript.jsonl"
    options = recorded_beside(options, path, overwrite=True)
    turns: list[Turn] = []
    started = time.monotonic()
    with (
        create_transcript(path, preparation.header, overwrite=True) as writer,
        open_recording(options) as recording,
    ):
        async with open_crew(preparation, options, recording) as crew:
            async for event in run_debate(preparation.setup, (), crew, recording.now):
                writer.write(event)
                if isinstance(event, Turn):
                    turns.append(event)
                    print(f"turn {len(turns)}: {event.speaker}, {event.origin}", flush=True)
                elif event.type in ("fault", "debate_ended"):
                    print(event.model_dump_json(exclude_none=True), flush=True)
    return turns, time.monotonic() - started


def write_wordings(turns: list[Turn], path: Path) -> None:
    """Every wording of the model, one a line, for a person to judge."""
    with path.open("w", encoding="utf-8") as file:
        for turn in turns:
            answers = turn.reply_to.model_dump() if turn.reply_to else None
            about = {"turn": turn.seq, "speaker": turn.speaker, "reply_to": answers}
            for attempt in turn.attempts:
                wording = {**about, "text": attempt.text, "reasons": attempt.reasons}
                file.write(json.dumps(wording, ensure_ascii=False) + "\n")
            if turn.origin == "model":
                file.write(json.dumps({**about, "text": turn.text, "reasons": []}, ensure_ascii=False) + "\n")


def print_debate(turns: list[Turn], seconds: float, title: str) -> None:
    """The debate in one table."""
    origins = Counter(turn.origin for turn in turns)
    at_once = sum(turn.origin == "model" and not turn.attempts for turn in turns)
    reasons = Counter(
        reason.partition(":")[0] for turn in turns for attempt in turn.attempts for reason in attempt.reasons
    )
    used = [turn.usage for turn in turns if turn.usage is not None]
    table = Table(title=title)
    table.add_column("")
    table.add_column("", justify="right")
    share = f"{at_once / len(turns):.0%}" if turns else "none"
    for name, value in (
        ("turns", len(turns)),
        ("wordings accepted at once", f"{at_once} ({share})"),
        ("accepted at the second try", origins["model"] - at_once),
        ("replaced by the poster's own sentences", origins["verbatim_fallback"]),
        ("wordings rejected, by reason", ", ".join(f"{kind} {count}" for kind, count in reasons.most_common())),
        ("calls a turn", f"{sum(one.calls for one in used) / max(len(turns), 1):.1f}"),
        ("tokens a turn, in", f"{sum(one.input_tokens for one in used) / max(len(turns), 1):.0f}"),
        ("tokens a turn, out", f"{sum(one.output_tokens for one in used) / max(len(turns), 1):.0f}"),
        ("seconds a turn", f"{seconds / max(len(turns), 1):.1f}"),
    ):
        table.add_row(name, str(value))
    Console().print(table)


def is_own_words(evidence: Evidence, thread: Thread, source: str) -> bool:
    """Whether evidence stands, letter for letter, where it says, and inside its post's own words."""
    post = thread.post(evidence.post_id)
    if thread.offsets != "source":
        return post.text[evidence.start : evidence.end] == evidence.text and evidence.text in post.own_text
    return source[evidence.start : evidence.end] == evidence.text and any(
        one.kind == "own"
        and one.start is not None
        and one.end is not None
        and one.start <= evidence.start
        and evidence.end <= one.end
        for one in post.passages
    )


async def read_positions(options: ModelOptions, thread: Thread, posters: int, source: str) -> None:
    """Let the model read some posters, and print what could be located."""
    authors = set(thread.authors[:posters])
    part = thread.model_copy(update={"posts": tuple(post for post in thread.posts if post.author in authors)})
    endpoints = Endpoints()
    try:
        assert options.model is not None
        model = open_chat_model(options.spec(options.model), endpoints)
        found = await extract_cast_by_model(part, model, ReplyModes())
    finally:
        await endpoints.close()
    kept = [position for persona in found.cast.personas for position in persona.positions]
    located = sum(is_own_words(one, part, source) for position in kept for one in position.evidence)
    evidence = sum(len(position.evidence) for position in kept)
    print(
        f"positions of {len(authors)} posters: {len(kept)} kept, {located} of {evidence} pieces of evidence verbatim, "
        f"{found.cast.dropped_positions} dropped, {sum(found.agreed.values())} found by both, unread {found.unread}"
    )


def main() -> None:
    """Run, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--out", type=Path, default=Path("real-model"))
    parser.add_argument("--example", action="store_true", help="the shipped example instead of the seed thread")
    parser.add_argument("--positions", type=int, default=0, help="how many posters the model reads")
    chosen = parser.parse_args()
    source = SEED if SEED.exists() and not chosen.example else EXAMPLE
    chosen.out.mkdir(parents=True, exist_ok=True)
    thread = read_discussion([source])
    options = ModelOptions(model=chosen.model, base_url=chosen.base_url, timeout_s=300)
    if chosen.rounds:
        turns, seconds = asyncio.run(debate(options, thread, chosen.rounds, chosen.out))
        write_wordings(turns, chosen.out / "wordings.jsonl")
        print_debate(turns, seconds, f"{chosen.model} on {source.name}, {chosen.rounds} rounds")
    if chosen.positions:
        asyncio.run(read_positions(options, thread, chosen.positions, source.read_bytes().decode()))


if __name__ == "__main__":
    main()
