"""A whole lesson in a real browser: set-up, stage, phones, a crash in the middle, and what is left of it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.api.classroom.browsing import CHROMIUM, Album, ClassServer, Faults, a_browser
from tests.api.classroom.light_phones import LightPhone

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")

PHONE = ViewportSize(width=360, height=740)
NASTY = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ClassServer]:
    """A class's server."""
    made = ClassServer(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A real browser."""
    with a_browser() as made:
        yield made


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """Where screenshots go: the folder that REJOINDER_SCREENSHOTS names, if it does."""
    return Album(Path(os.environ.get("REJOINDER_SCREENSHOTS", tmp_path / "screenshots")))


def join(browser: Browser, server: ClassServer, faults: Faults, nickname: str) -> Page:
    """A phone that has joined."""
    phone = faults.watch(browser.new_context(viewport=PHONE).new_page())
    phone.goto(f"{server.url}/join?code={server.code}")
    phone.fill("#nickname", nickname)
    phone.click("#join button")
    expect(phone.locator("#lesson")).to_be_visible()
    return phone


def choose(phone: Page, poll: str, choice: str) -> None:
    """Press a choice on a phone, and see that it counts."""
    phone.click(f'[data-poll="{poll}"] [data-choice="{choice}"]')
    expect(phone.locator(f'[data-poll="{poll}"] [aria-pressed="true"]')).to_have_attribute("data-choice", choice)


def next_guess(stage: Page) -> str:
    """Press Next until the class is asked to guess; the poll's id."""
    for _ in range(60):
        opened = stage.evaluate("document.querySelector('#panel:not([hidden]) #votes-in') !== null")
        if opened:
            break
        stage.keyboard.press("ArrowRight")
        stage.wait_for_timeout(150)
    expect(stage.locator("#panel-title")).to_have_text("What will the referee say?")
    debate = stage.url.rsplit("/", 1)[1]
    overview = stage.evaluate(f"fetch('/classroom/debates/{debate}/overview').then((one) => one.json())")
    return str(next(iter(overview["ballots"])))


def check_what_phones_have(stage: Page, debate: str, phones: list[LightPhone]) -> list[dict[str, object]]:
    """Every phone has every event that it may see, once and in order, across the crash; all of them the same."""
    events: list[dict[str, object]] = stage.evaluate(
        f"fetch('/v1/debates/{debate}/events').then((one) => one.json()).then((one) => one.events)"
    )
    for phone in phones:
        phone.wait_for(len(events))
        phone.leave()
        assert phone.connections > 1, "no phone was cut off by the crash"
        assert sorted(phone.events) == list(range(1, len(events) + 1))
        for event in events:
            shown = phone.events[int(str(event["seq"]))]
            assert shown == event or shown["type"] == "held_back", event["type"]
    held = [one for one in phones[0].events.values() if one["type"] == "held_back"]
    last_turn = max(int(str(one["seq"])) for one in events if one["type"] == "turn")
    assert all(one["seq"] > last_turn for one in held), "a ruling never reached the phones"
    return events


def test_a_whole_lesson(server: ClassServer, browser: Browser, album: Album) -> None:
    """Set-up, votes, guesses, a question, a reload, a crash of the server, the vote after, the handout."""
    faults = Faults()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    teacher = faults.watch(context.new_page())
    teacher.goto(server.teacher_link)
    expect(teacher).to_have_url(f"{server.url}/teach")
    album.take(teacher, "teach-empty")
    teacher.click("#example")
    expect(teacher.locator("#people li").first).to_be_visible()
    assert teacher.locator("#counts dd").all_inner_texts()[1] == "14"
    teacher.locator("#people button.link").first.click()
    expect(teacher.locator("#posts mark")).to_be_visible()
    album.take(teacher, "teach-read", whole=True)
    teacher.fill("#premise", "The army had stayed neutral")
    teacher.click("#start")
    expect(teacher.locator("#begin")).to_be_visible()
    stage = teacher
    expect(stage.locator("#motion")).to_contain_text("Trotsky")
    album.take(stage, "stage-begin")

    stage.keyboard.press("j")
    expect(stage.locator("#dialog .code")).to_have_text(server.code)
    expect(stage.locator("#dialog img")).to_be_visible()
    assert stage.evaluate("document.querySelector('#dialog img').naturalWidth") > 100
    album.take(stage, "stage-join")
    stage.keyboard.press("Escape")
    ann, ben, cem = (join(browser, server, faults, name) for name in ("Ann", NASTY, "Cem"))
    plain = [LightPhone(server) for _ in range(27)]
    album.take(ann, "phone-joined", ("phone", "laptop"))

    # The vote before
    stage.keyboard.press("v")
    for phone, choice in ((ann, "yes"), (ben, "no"), (cem, "not sure")):
        choose(phone, "vote-1", choice)
    for number, one in enumerate(plain):
        one.choose("vote-1", "yes" if number % 2 else "no")
    album.take(ann, "phone-vote", ("phone", "laptop"))
    expect(stage.locator("#votes-in")).to_have_text("30 of 30 have answered")
    album.take(stage, "stage-vote")
    stage.click("#panel-go")
    expect(stage.locator("#panel-title")).to_have_text("How the class voted")
    assert stage.locator("#panel .bars strong").all_inner_texts() == ["14", "15", "1"]
    stage.click("#panel-go")

    # The debate, and the first guess
    for _ in range(6):
        stage.click("#faster")
    poll = next_guess(stage)
    expect(ann.locator("#polls legend")).to_have_text("Your guess: what will the referee say?")
    assert stage.locator("#panel .card").count() == 0, "the ruling shows before the class has guessed"
    assert ann.locator(".card").count() == 0
    choose(ann, poll, "supported")
    choose(ben, poll, "contradicted")
    choose(cem, poll, "cannot know")
    for number, one in enumerate(plain):
        one.choose(poll, ("supported", "contradicted", "cannot know")[number % 3])
        assert one.events[int(poll.removeprefix("guess-"))]["type"] == "held_back", "a phone was told the ruling"
    album.take(ann, "phone-guess", ("phone", "laptop"))
    album.take(stage, "stage-guess")
    stage.keyboard.press("ArrowRight")
    expect(stage.locator("#panel .score")).to_have_text("10 of 30 guessed right")
    expect(ann.locator("#polls .card .verdict")).to_be_visible()
    album.take(stage, "stage-ruling")
    album.take(ann, "phone-ruling", ("phone", "laptop"))
    stage.keyboard.press("ArrowRight")
    expect(stage.locator("#panel")).to_be_hidden()
    stage.keyboard.press("g")

    # A phone reloads and misses nothing; so does the stage
    seen = ben.locator("#said li").count()
    ben.reload()
    expect(ben.locator("#said li")).to_have_count(seen)
    expect(ben.locator("#polls .card .verdict")).to_be_visible()

    # The server is killed and started again; all pages come back by themselves
    server.kill()
    expect(stage.locator("#offline")).to_be_visible(timeout=15000)
    album.take(stage, "stage-offline", ("laptop",))
    code = server.code
    server.start()
    for page in (stage, ann, cem):
        expect(page.locator("#offline")).to_be_hidden(timeout=15000)
    before = int(stage.locator("#turns .turn").last.get_attribute("data-seq") or 0)
    stage.keyboard.press("ArrowRight")
    expect(stage.locator("#turns .turn.now")).not_to_have_attribute("data-seq", str(before))
    expect(cem.locator("#said li")).to_have_count(seen + 1)

    # A question waits until the teacher releases it
    ben.fill("#text", f"Who paid? {NASTY}")
    ben.click("#ask button")
    expect(ben.locator("#asked")).to_have_text("Your question waits for the teacher.")
    expect(stage.locator("#waiting")).to_have_text("1")
    assert "Who paid?" not in stage.locator("#turns").inner_text()
    stage.wait_for_timeout(300)
    stage.keyboard.press("ArrowRight")
    stage.keyboard.press("q")
    album.take(stage, "stage-questions")
    stage.click("#dialog .queue button.main")
    question = stage.locator("#turns .question .said")
    expect(question).to_have_text(f"Who paid? {NASTY}", timeout=15000)
    expect(stage.locator("#turns .question + .turn")).to_be_visible(timeout=15000)

    # Somebody plays it on; then a claim, its fact and its source
    stage.keyboard.press(" ")
    expect(stage.locator("#turns .claim.contradicted").first).to_be_attached(timeout=60000)
    stage.keyboard.press(" ")
    stage.locator("#turns .claim.contradicted").first.click()
    expect(stage.locator("#dialog .card")).to_contain_text("Source: ")
    told = stage.locator("#dialog").inner_text()
    fact = re.search(r"“([^”]+)” \(", told)
    assert fact, told
    assert told.count(fact[1]) == 1, "the fact is shown twice"
    album.take(stage, "stage-source")
    stage.click("#dialog summary")
    stage.fill("#reason", "The book says so on page 7")
    stage.click("#dialog form button")
    expect(stage.locator("#turns .verdict.supported").first).to_be_attached()
    album.take(stage, "stage-turn")
    stage.keyboard.press("t")
    album.take(stage, "stage-dark")

    # The vote after, and what is left
    stage.keyboard.press("v")
    choose(ann, "vote-2", "no")
    choose(ben, "vote-2", "no")
    choose(cem, "vote-2", "not sure")
    for number, one in enumerate(plain):
        one.choose("vote-2", "not sure" if number < 3 else "yes" if number % 2 else "no")
    stage.click("#panel-go")
    expect(stage.locator("#panel .score")).to_have_text("4 of 30 who voted both times changed their mind")
    album.take(stage, "stage-moved")
    debate = stage.url.rsplit("/", 1)[1]
    stage.goto(f"{server.url}/after/{debate}")
    expect(stage.locator(".score")).to_have_text("4 of 30 who voted both times changed their mind")
    album.take(stage, "after", whole=True)
    with stage.expect_download() as download:
        stage.click('a[href$="jsonl"]')
    assert download.value.path().read_text(encoding="utf-8").count("\n") > 10
    stage.goto(f"{server.url}/handout/{debate}")
    expect(stage.locator("h1")).to_be_visible()
    album.take(stage, "handout", whole=True)
    events = check_what_phones_have(stage, debate, plain)
    assert code == server.code
    assert sum(one["type"] == "turn" for one in events) > 3
    assert faults.seen == []
    assert album.problems == []
