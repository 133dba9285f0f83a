"""The stage and the pages after a debate, in a real browser: by keyboard, in every size, at any moment."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.api.classroom.browsing import CHROMIUM, Album, ClassServer, Faults, a_browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")

LAPTOP = ViewportSize(width=1366, height=768)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassServer]:
    """A class's server."""
    made = ClassServer(tmp_path_factory.mktemp("class"))
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with a_browser() as made:
        yield made


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Where screenshots go: the folder that REJOINDER_SCREENSHOTS names, if it does."""
    return Album(Path(os.environ.get("REJOINDER_SCREENSHOTS", tmp_path_factory.mktemp("screenshots"))))


@pytest.fixture(scope="module")
def teacher(server: ClassServer, browser: Browser) -> Iterator[httpx.Client]:
    """A client with the teacher's key."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.teacher_link)
    token = next(one["value"] for one in context.cookies() if one["name"] == "rejoinder_token")
    context.close()
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        yield client


class Lesson:
    """A debate on the example, and pages that the teacher opens on it."""

    def __init__(self, browser: Browser, server: ClassServer, teacher: httpx.Client, **fields: object) -> None:
        self._client, self._url = teacher, server.url
        example = teacher.post("/classroom/example").raise_for_status().json()
        body = {"thread": example["read"]["thread"]["id"], "sheet": example["sheet"], "start_paused": True, **fields}
        self.id = str(teacher.post("/v1/debates", json=body).raise_for_status().json()["id"])
        self.faults = Faults()
        self.context = browser.new_context(viewport=LAPTOP, reduced_motion="reduce")
        token = teacher.headers["Authorization"].removeprefix("Bearer ")
        self.context.add_cookies([{"name": "rejoinder_token", "value": token, "url": server.url}])

    def open(self, path: str, ready: str) -> Page:
        """A page, once an element of it is there."""
        page = self.faults.watch(self.context.new_page())
        page.goto(f"{self._url}/{path}")
        expect(page.locator(ready).first).to_be_visible()
        return page

    def play(self) -> None:
        """Let it run to its end."""
        self._client.post(f"/v1/debates/{self.id}/commands", json={"type": "resume"}).raise_for_status()
        for _ in range(200):
            if self._client.get(f"/v1/debates/{self.id}").json()["status"] in ("completed", "nothing_left"):
                return
            time.sleep(0.05)
        raise AssertionError("the debate does not end")

    def events(self) -> list[dict[str, object]]:
        """All events so far."""
        found: list[dict[str, object]] = self._client.get(f"/v1/debates/{self.id}/events").json()["events"]
        return found


@pytest.fixture
def lesson(browser: Browser, server: ClassServer, teacher: httpx.Client) -> Iterator[Lesson]:
    """A debate that nobody has begun."""
    made = Lesson(browser, server, teacher)
    yield made
    made.context.close()
    assert made.faults.seen == []


def test_a_what_if_is_stipulated_from_the_stage(lesson: Lesson, album: Album) -> None:
    """By keyboard alone; it shows at the top, is in the log, and lifted it is gone."""
    stage = lesson.open(f"stage/{lesson.id}", "#begin-cast li")
    album.take(stage, "stage-welcome")
    stage.keyboard.press("ArrowRight")
    expect(stage.locator("#turns .turn.now")).to_be_visible()
    stage.keyboard.press("ArrowRight")
    stage.keyboard.press("w")
    expect(stage.locator("#premise-now")).to_be_focused()
    album.take(stage, "stage-what-if")
    stage.keyboard.type("Lenin had lived <b>until</b> 1930")
    stage.keyboard.press("Enter")
    expect(stage.locator("#premise")).to_have_text("What if: Lenin had lived <b>until</b> 1930")
    assert [one["premise"] for one in lesson.events() if one["type"] == "premise_set"] == [
        "Lenin had lived <b>until</b> 1930"
    ]
    expect(stage.locator("#dialog")).to_be_hidden()
    stage.keyboard.press("w")
    stage.get_by_role("button", name="Take it back").click()
    expect(stage.locator("#premise")).to_be_hidden()
    stage.reload()
    expect(stage.locator("#turns .turn").first).to_be_visible()
    expect(stage.locator("#premise")).to_be_hidden()


def test_evidence_is_found_without_a_mouse(lesson: Lesson) -> None:
    """Going to a sentence by Tab tells where it stands; Enter opens it, Escape closes it; who speaks is marked."""
    stage = lesson.open(f"stage/{lesson.id}", "#begin-cast li")
    stage.keyboard.press("ArrowRight")
    now = stage.locator("#turns .turn.now")
    expect(now.locator(".piece").first).to_be_visible()
    speaker = now.locator(".who bdi").first.inner_text()
    expect(stage.locator("#cast [aria-current]")).to_contain_text(speaker)
    stage.keyboard.press("ArrowRight")
    expect(now.locator(".w")).to_have_count(0)
    now.locator(".piece").first.focus()
    expect(stage.locator("#source")).to_contain_text(f"{speaker}, post ")
    stage.keyboard.press("Enter")
    expect(stage.locator("#dialog blockquote").first).to_be_visible()
    stage.keyboard.press("Escape")
    expect(stage.locator("#dialog")).to_be_hidden()


def test_a_guess_leaves_who_reads_a_sentence_there(lesson: Lesson) -> None:
    """What the class is asked opens by itself; the Enter that was meant for a sentence tells no verdict."""
    stage = lesson.open(f"stage/{lesson.id}", "#begin-cast li")
    stage.keyboard.press("ArrowRight")
    piece = stage.locator("#turns .turn.now .piece").first
    piece.focus()
    expect(stage.locator("#panel #panel-go")).to_be_visible()
    expect(piece).to_be_focused()
    stage.keyboard.press("Enter")
    expect(stage.locator("#dialog blockquote").first).to_be_visible()
    stage.keyboard.press("Escape")
    expect(piece).to_be_focused()
    expect(stage.locator("#panel .choices")).to_be_visible()
    stage.keyboard.press("ArrowRight")
    expect(stage.locator("#panel .verdict")).to_be_visible()


def test_a_persona_is_asked_from_the_stage(lesson: Lesson) -> None:
    """The teacher's own question is put at once and answered by whom it is for."""
    stage = lesson.open(f"stage/{lesson.id}", "#begin-cast li")
    stage.keyboard.press("q")
    stage.select_option("#ask-to", index=3)
    asked = stage.locator("#ask-to option:checked").inner_text()
    stage.fill("#ask-text", "What about the army?")
    stage.keyboard.press("Enter")
    expect(stage.locator("#turns .question .said")).to_have_text("What about the army?")
    expect(stage.locator("#turns .question + .turn .who")).to_contain_text(asked, timeout=15000)


def test_any_moment_can_be_gone_to_played_and_branched(lesson: Lesson, album: Album) -> None:
    """The line of time by mouse and by keys; a branch has what was said so far, and other people from there on."""
    lesson.play()
    replay = lesson.open(f"replay/{lesson.id}", "#turns .now")
    turns = sum(one["type"] in ("turn", "round_started", "debate_ended") for one in lesson.events())
    expect(replay.locator("#where")).to_have_text(f"1 / {turns}")
    replay.keyboard.press("End")
    expect(replay.locator("#where")).to_have_text(f"{turns} / {turns}")
    expect(replay.locator("#turns .ending")).to_be_visible()
    replay.keyboard.press("Home")
    replay.locator("#place").fill("6")
    expect(replay.locator("#where")).to_have_text(f"6 / {turns}")
    assert replay.locator("#turns > li:visible").count() == 6
    expect(replay.locator("#place")).to_have_attribute("aria-valuetext", re.compile(f"^6 of {turns}: "))
    album.take(replay, "replay")
    seq = int(replay.locator("#turns .now").get_attribute("data-seq") or 0)
    for _ in range(20):
        replay.keyboard.press("+")
    replay.keyboard.press(" ")
    expect(replay.locator("#where")).to_have_text(f"7 / {turns}", timeout=15000)
    replay.keyboard.press(" ")
    expect(replay.locator("#play")).to_have_text("Play")
    replay.locator("#place").fill("6")
    expect(replay.locator("#where")).to_have_text(f"6 / {turns}")
    replay.keyboard.press("b")
    replay.fill("#branch-premise", "Zinoviev had sided with Trotsky")
    album.take(replay, "replay-branch")
    replay.locator(".who-takes-part input").last.uncheck()
    left = replay.locator(".who-takes-part label").last.inner_text().strip()
    replay.locator("#dialog button.main").click()
    expect(replay).to_have_url(re.compile(r"/stage/(?!" + lesson.id + ")"))
    branch = replay.url.rsplit("/", 1)[1]
    expect(replay.locator("#premise")).to_have_text("What if: Zinoviev had sided with Trotsky")
    assert int(replay.locator("#turns .turn").last.get_attribute("data-seq") or 0) == seq
    expect(replay.locator("#cast")).not_to_contain_text(left)
    for key in ("g", "ArrowRight", "ArrowRight"):
        replay.keyboard.press(key)
    expect(replay.locator(f'#turns .turn[data-seq="{seq}"]')).not_to_have_class(re.compile("now"), timeout=15000)

    both = lesson.open(f"compare/{lesson.id}/{branch}", "h1")
    expect(both.locator(".shared summary")).to_contain_text(re.compile("What both have in common: [5-9] turns"))
    expect(both.locator(".about").first).to_contain_text(left)
    album.take(both, "compare", whole=True)
    after = lesson.open(f"after/{lesson.id}", ".plate")
    assert after.locator("svg.picture").count() >= 4
    after.locator("details summary").first.click()
    expect(after.locator("details table").first).to_be_visible()
    expect(after.locator(f'a[href="/compare/{lesson.id}/{branch}"]')).to_be_visible()
    album.take(after, "after-pictures", whole=True)


def test_the_pages_hold_from_a_phone_to_a_wall_in_both_themes_and_directions(
    lesson: Lesson, browser: Browser, album: Album
) -> None:
    """At 320 px and at 4K, light and dark, left to right and right to left, nothing sticks out and axe is silent."""
    lesson.play()
    for path, ready in (("stage", ".turn"), ("replay", ".now"), ("after", ".plate"), ("handout", "h1")):
        page = lesson.open(f"{path}/{lesson.id}", ready)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            album.take(page, f"wide-{path}-{scheme}", ("wall",))
        page.evaluate("document.documentElement.dir = 'rtl'")
        album.take(page, f"rtl-{path}", ("phone", "laptop"))
        page.close()
    assert album.problems == []


def test_the_handout_prints_on_a_few_clean_pages(lesson: Lesson, tmp_path: Path) -> None:
    """Motion, positions, exchange, rulings with sources and questions, on A4, without buttons."""
    lesson.play()
    page = lesson.open(f"handout/{lesson.id}", "h1")
    page.emulate_media(media="print")
    expect(page.locator("#print")).to_be_hidden()
    for heading in ("Who argued what", "From the debate", "What the referee checked", "To discuss"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator(".source-line").first).to_contain_text("Source: ")
    foot = lesson.open("handout.css", "pre")
    expect(foot.locator("pre")).to_contain_text("Simulated debate.")
    made = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", made)) <= 4


def test_screenshots_show_no_problem(album: Album) -> None:
    """Whatever was photographed: WCAG 2.2 AA by axe, and nothing that sticks out at the side."""
    assert album.problems == []
