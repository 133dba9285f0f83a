"""Mutated samples through every reader: no crash, no hang, and for plain text no lost word.

Run as ``python -m benchmarks.fuzz_readers [runs] [seed] [first]`` (20,000 runs unless told); `first` takes up a run
that was cut short, at the number that its last progress line names. Each run takes a sample, damages
it (cut, bytes changed, parts doubled, swapped or mixed with another sample, odd characters put in) and reads it. An
`InputError` is an answer; any other exception, or more than 5 s, is a failure and is printed with what repeats it.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from language.errors import InputError
from personas.reading import read_thread_text
from personas.reading.plain import read_plain
from personas.reading.plain.blocks import outline_page
from personas.reading.plain.lines import split_lines

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "threads"
LIMIT_S = 5.0
_MAX_SAMPLE_CHARS = 16_000
_MAX_FAILURES_SHOWN = 10
_PROGRESS_EVERY = 250
_WORD = re.compile(r"\w+")
_ODD = [
    "\u200b", "\u200f", "\u202e", "\u00a0", "\ufeff", "\u0000", "\r", "\r\n", "\n\u00a0\n", "\x85", "\u2028", "\u0301",
    "\U0001f642", "<", ">", "&", "&#0;", "<div>", "</div>", "<blockquote>", "[QUOTE=", "[/QUOTE]", "{", "}", '"', "\\",
    "> ", ">> ", "From x Thu Jan  1 00:00:00 1970\n", "wrote:\n", "said:\n", "#1\n", "Top\n", "null", "[]", "1e999",
]  # fmt: skip


@dataclass
class Tally:
    """What came of the runs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0

    def fail(self, kind: str, repeat: str) -> None:
        """Count a failure and print what repeats it."""
        self.outcomes[kind] += 1
        if len(self.failures) < _MAX_FAILURES_SHOWN:
            print(f"{kind}: {repeat}", flush=True)
        self.failures.append(repeat)


def load_samples() -> list[tuple[str, str]]:
    """Name and text of every sample, long ones cut."""
    samples = []
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and not path.name.endswith((".gold.json", ".md")):
            text = path.read_bytes().decode("utf-8", errors="replace")
            start = max(0, len(text) // 2 - _MAX_SAMPLE_CHARS // 2) if path.suffix == ".html" else 0
            samples.append((path.name, text[start : start + _MAX_SAMPLE_CHARS]))
    return samples


def mutate(text: str, other: str, chance: random.Random) -> str:
    """A damaged copy of a text."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_MUTATIONS)(text, other, chance)
    return text


def _cut(text: str, _: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] if chance.random() < 0.7 else text[at:]


def _remove(text: str, _: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(0, 400) :]


def _double(text: str, _: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    part = text[at : at + chance.randint(0, 3000)]
    return text[:at] + part * chance.randint(2, 5) + text[at:]


def _swap(text: str, _: str, chance: random.Random) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _splice(text: str, other: str, chance: random.Random) -> str:
    at, begin = chance.randint(0, len(text)), chance.randint(0, len(other))
    return text[:at] + other[begin : begin + chance.randint(0, 2000)] + text[at:]


def _put_odd(text: str, _: str, chance: random.Random) -> str:
    for _step in range(chance.randint(1, 8)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(_ODD) * chance.randint(1, 3) + text[at:]
    return text


def _change(text: str, _: str, chance: random.Random) -> str:
    letters = list(text)
    for _step in range(chance.randint(1, 20)) if letters else ():
        letters[chance.randrange(len(letters))] = chr(
            chance.choice([chance.randint(1, 255), chance.randint(1, 0xD7FF)])
        )
    return "".join(letters)


def _rejoin(text: str, _: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice(["\r\n", "\r", " ", "\n\n", "\n \n "]))


_MUTATIONS: list[Callable[[str, str, random.Random], str]] = [
    _cut, _remove, _double, _swap, _splice, _put_odd, _change, _rejoin,
]  # fmt: skip


def lost_words(source: str) -> list[str]:
    """Words of a plain text that are neither in one passage nor in a line that the reader calls furniture."""
    thread, outline = read_plain(source, "0" * 64), outline_page(split_lines(source))
    taken = bytearray(len(source))
    spans = [(line.start, line.end) for line in [*outline.furniture, *outline.named_lines]]
    for start, end in [*spans, *(hole for block in outline.blocks for hole in block.holes)]:
        taken[start:end] = b"\1" * (end - start)
    for post in thread.posts:
        for part in post.passages:
            start, end = part.start or 0, part.end or 0
            if source[start:end] != part.text:
                return [f"offsets {start} to {end} are not the passage's text"]
            taken[start:end] = b"\1" * (end - start)
    return [word.group() for word in _WORD.finditer(source) if not taken[word.start()]]


def run(runs: int, seed: int, samples: Sequence[tuple[str, str]], first: int = 0) -> Tally:
    """Read the damaged samples `first` to `runs`."""
    tally = Tally()
    for number in range(first, runs):
        if number % _PROGRESS_EVERY == 0:
            print(f"at run {number:,}, failures {len(tally.failures)}", file=sys.stderr, flush=True)
        chance = random.Random(f"{seed}:{number}")
        name, text = chance.choice(samples)
        source = mutate(text, chance.choice(samples)[1], chance)
        repeat = f"run {number} of seed {seed}, a copy of {name}"
        began = time.process_time()
        try:
            thread = read_thread_text(source.encode("utf-8", "surrogatepass"), name)
            tally.outcomes[f"read as {thread.format}"] += 1
            if name.endswith(".txt") and (lost := lost_words(source)):
                tally.fail("lost words", f"{repeat}: {lost[:5]}")
        except InputError:
            tally.outcomes["refused with a clear error"] += 1
        except Exception as exc:  # noqa: BLE001 - whatever else comes out is what this script looks for
            tally.fail("crash", f"{repeat}: {type(exc).__name__}: {str(exc)[:120]}")
        took = time.process_time() - began
        tally.slowest_s = max(tally.slowest_s, took)
        if took > LIMIT_S:
            tally.fail("hang", f"{repeat}: {took:.1f} s")
    return tally


def main(arguments: Sequence[str]) -> int:
    """Print what came of the runs; the exit status is 1 where one failed."""
    if not SAMPLES.is_dir():
        print(f"the sample threads are not at {SAMPLES}; nothing was run")
        return 0
    runs = int(arguments[0]) if arguments else 20_000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    first = int(arguments[2]) if len(arguments) > 2 else 0
    tally = run(runs, seed, load_samples(), first)
    for outcome, count in tally.outcomes.most_common():
        print(f"{outcome:40} {count:>8,}")
    print(f"{'slowest run, s of processor time':40} {tally.slowest_s:>8.2f}")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
