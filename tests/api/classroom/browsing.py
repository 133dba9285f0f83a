"""A server of a class, a real browser, and phones, for the classroom's tests."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"phone": (360, 740), "laptop": (1366, 768), "projector": (1920, 1080), "wall": (3840, 2160)}
USUAL = ("phone", "laptop", "projector")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    # A machine that does other things too is slow, not wrong.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class ClassServer:
    """`rejoinder serve --classroom` on this machine, that can be killed and started again.

    Args:
        folder: Where its store lies.
        settings: Environment variables beside its own.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = settings
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None
        self.printed = ""

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(Path(sys.executable).parent / "rejoinder"), "serve", "--classroom", "--host", "127.0.0.1", "-p"]
        environment = {
            **os.environ,
            **self._settings,
            "REJOINDER_DATABASE_URL": f"sqlite:///{self._folder / 'class.db'}",
        }
        output = self._folder / "printed.txt"
        with output.open("w") as out, (self._folder / "log.txt").open("a") as log:
            self._process = subprocess.Popen(
                [*command, str(self.port)], stdout=out, stderr=log, text=True, env=environment
            )
        for _ in range(300):
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200:
                    self.printed = output.read_text()
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start: {(self._folder / 'log.txt').read_text()}")

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    @property
    def teacher_link(self) -> str:
        """As it was printed."""
        return found(r"http\S+ticket=\S+", self.printed)

    @property
    def code(self) -> str:
        """As it was printed."""
        return found(r"Code for pupils:\s+(\w+)", self.printed)


def found(pattern: str, text: str) -> str:
    """The one group, or all, of what a pattern finds."""
    match = re.search(pattern, text)
    assert match is not None, f"no {pattern!r} in {text!r}"
    return match.group(match.lastindex or 0)


def problems_of(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on a page."""
    # The page's policy forbids scripts from elsewhere; the debugger's own world is not bound by it.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


class Faults:
    """What went wrong in the scripts of all pages."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def watch(self, page: Page) -> Page:
        """Note errors, dialogs and what the policy refused."""
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))
        page.on("dialog", self._refuse)
        page.on(
            "console",
            lambda line: (
                self.seen.append(f"{page.url}: {line.text}") if "Content Security Policy" in line.text else None
            ),
        )
        return page

    def _refuse(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Album:
    """Screenshots of pages in every size, and axe's opinion of each.

    Args:
        folder: Where pictures go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.problems: list[str] = []

    def take(self, page: Page, name: str, sizes: tuple[str, ...] = USUAL, *, whole: bool = False) -> None:
        """Photograph a page, check it, and check that nothing sticks out at the side."""
        before = page.viewport_size
        for size in sizes:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=self.folder / f"{name}-{size}.png", full_page=whole)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                self.problems.append(f"{name} at {size}: {wide} px stick out")
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            self.problems.append(f"{name} at 320 px sticks out")
        if before is not None:
            page.set_viewport_size(before)
        self.check(page, name)

    def check(self, page: Page, name: str) -> None:
        """Ask axe about a page as it is."""
        self.problems += [f"{name}: {one}" for one in problems_of(page)]
