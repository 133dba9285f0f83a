"""How fast the classroom's pages are: first paint, weight of their scripts, a long transcript scrolled and scrubbed.

    python -m benchmarks.classroom_pages [--runs 5] [--events 2000]

A real server on this machine, Debian's Chromium, and the browser's own trace. Frames are counted as the browser's
compositor reports them ("PipelineReporter"): presented, or dropped although something had changed.
"""

import argparse
import asyncio
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from api.web.layout import ASSETS
from api.wiring import prepare_debate
from debate.events import EVENT, DebateEnded, Event, ReplyTo, RoundStarted, RulingMade, Turn
from debate.referee.facts import Fact, Source
from personas.extraction import extract_cast
from personas.reading import read_thread
from tests.api.classroom.browsing import ClassServer, a_browser
from transcripts.database import open_database
from transcripts.store import NewDebate, Store, StoredEvent
from transcripts.transcript import Header

EXAMPLE = Path(__file__).parents[1] / "examples" / "politburo" / "thread.txt"
SECONDS = 5.0
"""How long each motion lasts."""
LONG_TASK_MS = 50.0
"""Of processor time on the page's main thread; beside other work a task's wall time says little."""
FACT = Fact(id="made-up", statement="Made up to be cited.", sources=(Source(author="A. Author", title="A Title"),))


@dataclass(frozen=True, slots=True)
class Motion:
    """What the browser's trace says of one motion."""

    presented: int
    dropped: int
    gap_p95_ms: float
    gap_worst_ms: float
    long_tasks: int

    def line(self) -> str:
        """For people."""
        share = 100 * self.dropped / max(1, self.dropped + self.presented)
        return (
            f"{self.presented / SECONDS:5.1f} frames/s, {share:4.1f} % dropped, 95 % within {self.gap_p95_ms:.0f} ms, "
            f"worst {self.gap_worst_ms:.0f} ms, {self.long_tasks} tasks over {LONG_TASK_MS:.0f} ms of processor time"
        )


class Made(NamedTuple):
    """A long debate."""

    header: Header
    events: list[Event]


def long_debate(number: int) -> Made:
    """A debate of so many events: the example's people say their sentences over and over, every third is ruled on."""
    header = prepare_debate(extract_cast(read_thread([EXAMPLE])), rounds=20).header
    start = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    speakers = cycle(header.participants)
    events: list[Event] = []
    last: Turn | None = None
    while len(events) < number - 1:
        seq = len(events) + 1
        stamp: dict[str, Any] = {"seq": seq, "at": start + timedelta(seconds=seq)}
        if seq % 100 == 1:
            events.append(RoundStarted(**stamp, round=1 + seq // 100, title=f"Round {1 + seq // 100}"))
            continue
        if last is not None and seq % 3 == 0 and events[-1] is last:
            claim = last.text.partition(".")[0][:80]
            verdict = ("contradicted", "supported", "not_covered")[seq % 9 // 3]
            fields = {**stamp, "turn_seq": last.seq, "claim": claim, "start": 0, "end": len(claim), "verdict": verdict}
            rest = {"facts": ("made-up",), "cited": (FACT,), "explanation": "Made up.", "confidence": 0.9}
            events.append(RulingMade.model_validate({**fields, **rest, "checker": "none"}))
            continue
        speaker = next(speakers)
        said = cycle(speaker.remarks)
        text = " ".join(next(said).text for _ in range(1 + seq % 4))
        reply = ReplyTo(seq=last.seq, speaker=last.speaker, text=last.text[:120]) if last is not None else None
        turn = Turn(
            **stamp,
            round=1 + seq // 100,
            phase="reply",
            speaker=speaker.id,
            speaker_name=speaker.name,
            text=text,
            reply_to=reply,
        )
        events.append(turn)
        last = turn
    events.append(DebateEnded(seq=number, at=start + timedelta(hours=2), reason="completed"))
    return Made(header, events)


def keep(folder: Path, made: Made) -> str:
    """Put a debate into the store of a server that is not running; its id."""

    async def create() -> str:
        database = await open_database(f"sqlite:///{folder / 'class.db'}")
        stored = tuple(
            StoredEvent(seq=one.seq, type=one.type, body=EVENT.dump_json(one).decode()) for one in made.events
        )
        new = NewDebate(header=made.header, owner="benchmark", events=stored, status="completed")
        debate, _ = await Store(database).create(new)
        await database.close()
        return debate.id

    return asyncio.run(create())


def first_paint_ms(browser: Browser, server: ClassServer, cookies: list[Any], path: str) -> float:
    """From the beginning of the navigation to the first words, with nothing in the browser's store."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{server.url}{path}", wait_until="load")
    look = "() => performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
    found = page.evaluate(look)
    context.close()
    return float(found[0])


def script_bytes(page: Page) -> int:
    """The scripts that a page has loaded, each compressed."""
    names = page.evaluate("performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)")
    scripts = {one.rsplit("/", 1)[1] for one in names if one.endswith(".js")}
    return sum(len(gzip.compress((ASSETS / one).read_bytes())) for one in scripts)


def traced(browser: Browser, page: Page, move: Callable[[], None]) -> Motion:
    """Do something, and read in the trace how it looked."""
    categories = ["cc", "benchmark", "toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"]
    browser.start_tracing(page=page, categories=categories)
    move()
    trace = json.loads(browser.stop_tracing())
    return read_trace(trace["traceEvents"])


def read_trace(events: list[dict[str, Any]]) -> Motion:
    """Frames and long tasks of the page's own process."""
    mains = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    pids = {pid for pid, _ in mains}
    frames = sorted(
        (
            (one["ts"] / 1000, one["args"]["frame_reporter"])
            for one in events
            if one.get("name") == "PipelineReporter" and one["pid"] in pids and "frame_reporter" in one.get("args", {})
        ),
        key=lambda one: one[0],
    )
    presented = dropped = 0
    gaps: list[float] = []
    last: float | None = None
    for at_ms, reporter in frames:
        if reporter["state"] in ("STATE_PRESENTED_ALL", "STATE_PRESENTED_PARTIAL"):
            presented += 1
            gaps += [at_ms - last] if last is not None else []
            last = at_ms
        elif reporter["state"] == "STATE_DROPPED" and reporter.get("affects_smoothness"):
            dropped += 1
        elif reporter["state"] == "STATE_NO_UPDATE_DESIRED":
            last = None  # nothing had changed, so nothing was waited for
    tasks = [one["tdur"] / 1000 for one in events if _is_task(one, mains)]
    ranked = sorted(gaps) or [0.0]
    return Motion(
        presented=presented,
        dropped=dropped,
        gap_p95_ms=ranked[int(0.95 * (len(ranked) - 1))],
        gap_worst_ms=ranked[-1],
        long_tasks=sum(one > LONG_TASK_MS for one in tasks),
    )


def _is_task(one: dict[str, Any], mains: set[tuple[int, int]]) -> bool:
    is_task = one.get("name") in ("RunTask", "ThreadControllerImpl::RunTask")
    return is_task and "tdur" in one and (one["pid"], one["tid"]) in mains


def scroll(page: Page, place: str) -> Callable[[], None]:
    """The wheel over a part of the page, up and down again."""

    def move() -> None:
        box = page.locator(place).bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            up = time.monotonic() < end - SECONDS / 2
            page.mouse.wheel(0, -120 if up else 120)
            time.sleep(0.012)

    return move


def scrub(page: Page) -> Callable[[], None]:
    """The handle of the line of time, drawn from one end to the other and back."""

    def move() -> None:
        box = page.locator("#place").bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + 8, y)
        page.mouse.down()
        begin = time.monotonic()
        while (passed := time.monotonic() - begin) < SECONDS:
            part = 1 - abs(1 - 2 * passed / SECONDS)
            page.mouse.move(box["x"] + 8 + part * (box["width"] - 16), y)
            time.sleep(0.012)
        page.mouse.up()

    return move


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--events", type=int, default=2000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        debate = keep(folder, long_debate(asked.events))
        server = ClassServer(folder)
        server.start()
        try:
            with a_browser() as browser:
                measure(browser, server, debate, asked.runs)
        finally:
            server.kill()


def measure(browser: Browser, server: ClassServer, debate: str, runs: int) -> None:
    """All figures of one server."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(server.teacher_link)
    cookies: list[Any] = context.cookies()
    for path in ("/teach", f"/stage/{debate}", f"/replay/{debate}", f"/after/{debate}", f"/handout/{debate}", "/join"):
        times = [first_paint_ms(browser, server, cookies, path) for _ in range(runs)]
        page.goto(f"{server.url}{path}")
        page.wait_for_timeout(1500)
        label = path.split("/")[1]
        print(
            f"{label:8} first paint {statistics.median(times):4.0f} ms (worst of {runs}: {max(times):4.0f}), "
            f"scripts {script_bytes(page) / 1000:5.1f} kB compressed"
        )
    page.goto(f"{server.url}/replay/{debate}")
    page.wait_for_selector("#turns .now")
    page.keyboard.press("End")
    page.wait_for_timeout(1000)
    for _ in range(runs):
        print(f"replay, scrolled  {traced(browser, page, scroll(page, '#main')).line()}")
    for _ in range(runs):
        print(f"replay, scrubbed  {traced(browser, page, scrub(page)).line()}")
    page.goto(f"{server.url}/stage/{debate}")
    page.wait_for_selector("#turns .turn")
    page.wait_for_timeout(1000)
    for _ in range(runs):
        print(f"stage, scrolled   {traced(browser, page, scroll(page, '#main')).line()}")


if __name__ == "__main__":
    main()
