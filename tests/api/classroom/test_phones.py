"""Pupils' phones in a real browser: what happens to them, and what they let a pupil do."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from api.http.guard import COOKIE
from api.web.texts import english
from tests.api.classroom.browsing import CHROMIUM, Album, ClassServer, Faults, a_browser
from tests.api.classroom.light_phones import LightPhone
from tests.api.service_made import wait_until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")

WIDTHS = ((320, 640), (390, 844), (768, 1024))
NASTY = "<img src=x onerror=alert(1)>\u202e\u200b"
CHOICES = ["yes", "no"]


class Teacher:
    """A teacher without a page: sets debates up and leads them.

    Args:
        server: The class's server.
    """

    def __init__(self, server: ClassServer) -> None:
        self.server = server
        self.client = httpx.Client(base_url=server.url, timeout=60)
        self.client.get(server.teacher_link)
        self._example = self.client.post("/classroom/example").json()
        self.debate = ""

    def begin(self, **changed: object) -> str:
        """Begin a debate; the class's code leads to it."""
        thread = self._example["read"]["thread"]["id"]
        body = {"thread": thread, "sheet": self._example["sheet"], "start_paused": True, **changed}
        self.debate = self.client.post("/v1/debates", json=body).json()["id"]
        return str(self.client.post(f"/classroom/debates/{self.debate}/code").json()["code"])

    def tell(self, type: str, **fields: object) -> dict[str, object]:
        """Give a command."""
        answer = self.client.post(f"/v1/debates/{self.debate}/commands", json={"type": type, **fields})
        assert answer.is_success, answer.text
        return dict(answer.json())

    def ask(self, method: str, path: str, json: object = None) -> dict[str, object]:
        """Ask for something below this debate's class."""
        answer = self.client.request(method, f"/classroom/debates/{self.debate}{path}", json=json)
        assert answer.is_success, answer.text
        return dict(answer.json()) if answer.content else {}

    def events(self) -> list[dict[str, object]]:
        """The log."""
        return list(self.client.get(f"/v1/debates/{self.debate}/events").json()["events"])

    def go_on(self) -> str:
        """Let the debate take a turn; what it does then."""
        before = self._state()["last_seq"]
        self.tell("resume", turns=1)
        seen = wait_until(
            self._state, lambda one: one["last_seq"] > before and one["status"] not in ("running", "queued"), 60
        )
        return str(seen["status"])

    def _state(self) -> dict[str, Any]:
        return dict(self.client.get(f"/v1/debates/{self.debate}").json())

    def poll(self, key: str, **fields: object) -> None:
        """Open a poll."""
        self.tell("open_poll", poll=key, question="Was it close?", choices=CHOICES, holds=False, **fields)


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teacher]:
    """A class's server and its teacher."""
    server = ClassServer(tmp_path_factory.mktemp("phones"))
    server.start()
    made = Teacher(server)
    yield made
    made.client.close()
    server.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with a_browser() as made:
        yield made


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Where screenshots go: the folder that REJOINDER_SCREENSHOTS names, if it does."""
    folder = os.environ.get("REJOINDER_SCREENSHOTS")
    return Album(Path(folder) if folder else tmp_path_factory.mktemp("screenshots"))


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with nothing on it."""
    context = browser.new_context(viewport=ViewportSize(width=390, height=844), reduced_motion="reduce")
    yield context
    context.close()


def join(context: BrowserContext, teacher: Teacher, code: str, nickname: str = "") -> Page:
    """A page that has joined."""
    page = context.new_page()
    page.goto(f"{teacher.server.url}/join?code={code}")
    page.fill("#nickname", nickname)
    page.click("#join button")
    expect(page.locator("#who")).to_be_visible()
    return page


def the_wall(browser: Browser, teacher: Teacher) -> BrowserContext:
    """The teacher's own browser."""
    wall = browser.new_context(viewport=ViewportSize(width=1366, height=768), reduced_motion="reduce")
    token = teacher.client.cookies[COOKIE]
    wall.add_cookies([{"name": COOKIE, "value": token, "url": teacher.server.url}])
    return wall


def test_a_choice_without_a_connection_is_kept_and_sent(teacher: Teacher, phone: BrowserContext) -> None:
    """A phone in a lift, or asleep: it says so, keeps the choice, connects again by itself, and has missed nothing."""
    code = teacher.begin()
    page = join(phone, teacher, code, "Ann")
    teacher.poll("vote")
    expect(page.locator("[data-poll=vote]")).to_be_visible()
    phone.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.click("[data-choice=yes]")
    expect(page.locator("[data-choice=yes]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".status")).to_have_text(english()["sent_later"])
    assert teacher.ask("GET", "/overview")["ballots"] == {"vote": 0}
    teacher.go_on()
    phone.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator(".status")).to_have_text(re.compile("You chose: yes"))
    assert teacher.ask("GET", "/overview")["ballots"] == {"vote": 1}
    expect(page.locator("#said li")).to_have_count(1)
    page.reload()
    expect(page.locator("[data-choice=yes]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said li")).to_have_count(1)


def test_two_tabs_of_one_phone_are_one_pupil(teacher: Teacher, phone: BrowserContext) -> None:
    """Also where both show the way in, and where the second one forgot; each shows what the other chose."""
    code = teacher.begin()
    url = f"{teacher.server.url}/join?code={code}"
    second = phone.new_page()
    second.goto(url)
    expect(second.locator("#way-in")).to_be_visible()
    first = join(phone, teacher, code, "Ann")
    teacher.poll("vote")
    first.click("[data-choice=yes]")
    expect(second.locator("[data-choice=yes]")).to_have_attribute("aria-pressed", "true")
    second.click("[data-choice=no]")
    expect(second.locator(".status")).to_have_text(re.compile("You chose: no"))
    second.evaluate("localStorage.clear()")
    again = join(phone, teacher, code, "Ann")
    again.click("[data-choice=yes]")
    expect(again.locator(".status")).to_have_text(re.compile("You chose: yes"))
    overview = teacher.ask("GET", "/overview")
    assert (overview["pupils"], overview["ballots"]) == (1, {"vote": 1})


def test_whoever_comes_late_finds_all_of_it(teacher: Teacher, phone: BrowserContext) -> None:
    """What was said, the question that is open, and no ruling before its time; over a slow network too."""
    code = teacher.begin()
    for _ in range(3):
        teacher.go_on()
    ruling = next(one for one in reversed(teacher.events()) if one["type"] == "ruling")
    claim = str(ruling["claim"])
    guess = {"question": claim, "choices": ["supported", "contradicted", "cannot know"], "about_seq": ruling["seq"]}
    teacher.tell("open_poll", poll="g", kind="guess", holds=False, **guess)
    slow = phone.new_page()
    devtools = phone.new_cdp_session(slow)
    conditions = {"offline": False, "latency": 400, "downloadThroughput": 40_000, "uploadThroughput": 20_000}
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", conditions)
    slow.goto(f"{teacher.server.url}/join?code={code}")
    slow.fill("#nickname", "Late", timeout=30000)
    slow.click("#join button")
    expect(slow.locator("[data-poll=g] .asked")).to_have_text(claim, timeout=30000)
    expect(slow.locator("#said li")).to_have_count(3)
    slow.click("[data-choice=supported]")
    expect(slow.locator(".status")).to_have_text(re.compile("You chose: supported"), timeout=30000)
    assert slow.locator(".card").count() == 0
    teacher.tell("close_poll", poll="g")
    expect(slow.locator("#polls .card .verdict")).to_be_visible(timeout=30000)
    expect(slow.locator("#polls .score")).to_have_count(1)


def test_a_seat_by_keyboard_alone(teacher: Teacher, phone: BrowserContext, browser: Browser, album: Album) -> None:
    """Asked for, given on the stage, spoken from, marked as a person's words; taken back by the teacher."""
    code = teacher.begin()
    page = join(phone, teacher, code, "Ann")
    page.locator("#seat-who").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#seat-part")).to_contain_text("You asked for the seat")
    wall = browser.new_context(viewport=ViewportSize(width=1366, height=768), reduced_motion="reduce")
    wall.add_cookies(
        [{"name": one.name, "value": str(one.value), "url": teacher.server.url} for one in teacher.client.cookies.jar]
    )
    stage = wall.new_page()
    stage.goto(f"{teacher.server.url}/stage/{teacher.debate}")
    expect(stage.locator("#class .badge")).to_have_text("1")
    stage.keyboard.press("c")
    album.take(stage, "stage-class", ("laptop",))
    stage.keyboard.press("Enter")
    expect(page.locator("#seat-part .framed")).to_be_visible()
    stage.keyboard.press("Escape")
    while teacher.go_on() != "person":
        pass
    expect(page.locator("#turn")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("It is your turn")
    expect(stage.locator(".class-bar")).to_contain_text("Ann is writing a turn", timeout=15000)
    take(album, page, "phone-turn")
    album.take(stage, "stage-seat", ("laptop",))
    page.locator("#turn-text").focus()
    page.keyboard.type(f"Nobody had the votes. {NASTY}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#turn")).to_be_hidden()
    expect(page.locator("#latest .human")).to_contain_text("Ann, a person in the class")
    expect(page.locator("#latest")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(stage.locator(".class-bar")).to_be_hidden()
    turn = [one for one in teacher.events() if one["type"] == "turn"][-1]
    assert (turn["origin"], turn["text"]) == ("human", "Nobody had the votes. <img src=x onerror=alert(1)>")
    while teacher.go_on() != "person":
        pass
    stage.locator(".class-bar button").click(timeout=15000)
    expect(page.locator("#turn")).to_be_hidden()
    expect(page.locator("#live")).to_have_text(english()["seat_gone"])
    wall.close()


def test_groups_on_phones(teacher: Teacher, phone: BrowserContext, browser: Browser, album: Album) -> None:
    """A phone goes into a group, leads it, guesses there and goes back, and is in one place at a time."""
    code = teacher.begin()
    page = join(phone, teacher, code, "Ann")
    assert page.locator("#to-groups").is_hidden()
    teacher.client.post(
        f"/classroom/debates/{teacher.debate}/groups",
        json={"groups": [{"name": "Reds"}, {"name": "Blues", "premise": "The army had stayed neutral"}]},
    )
    expect(page.locator("#group-choices button")).to_have_count(2, timeout=15000)
    take(album, page, "phone-groups")
    page.locator("#group-choices button").last.click()
    expect(page.locator("#lead")).to_be_visible()
    expect(page.locator("#premise")).to_contain_text("The army had stayed neutral")
    page.click("#lead button:not(.main)")
    page.click("[data-poll=vote-1] [data-choice=no]")
    expect(page.locator(".status")).to_have_text(re.compile("You chose: no"))
    page.click("#lead button.main")
    expect(page.locator("#polls .bars")).to_be_visible()
    page.click("#lead button.main")
    expect(page.locator("#said li")).to_have_count(1)
    take(album, page, "phone-group-lead")
    page.get_by_role("button", name="Back to the whole class").click()
    expect(page.locator("#group-choices button")).to_have_count(2)
    newcomer = browser.new_context(viewport=ViewportSize(width=390, height=844)).new_page()
    newcomer.goto(f"{teacher.server.url}/join?code={code}")
    expect(newcomer.locator("#groups label")).to_have_count(2)
    take(album, newcomer, "phone-way-in-groups")
    newcomer.context.close()
    wall = browser.new_context(viewport=ViewportSize(width=1366, height=768))
    wall.add_cookies(
        [{"name": one.name, "value": str(one.value), "url": teacher.server.url} for one in teacher.client.cookies.jar]
    )
    overview = wall.new_page()
    overview.goto(f"{teacher.server.url}/class/{teacher.debate}")
    expect(overview.locator("#groups > li")).to_have_count(3)
    expect(overview.locator("#pupils tr")).to_have_count(1)
    expect(overview.locator("#pupils tr td").first).to_have_text("Blues")
    for one in overview.locator("details").all():
        one.evaluate("(details) => { details.open = true; }")
    album.take(overview, "class", whole=True)
    with overview.expect_download() as download:
        overview.click("a[download]")
    assert "Ann" in download.value.path().read_text(encoding="utf-8-sig")
    wall.close()


def test_a_phone_goes_where_the_class_goes(teacher: Teacher, phone: BrowserContext) -> None:
    """The next debate of the lesson, with one press and under the same name; and out, where the teacher says so."""
    page = join(phone, teacher, teacher.begin(), "Ann")
    code = teacher.begin(premise="The army had stayed neutral")
    page.click("#move", timeout=15000)
    expect(page.locator("#premise")).to_contain_text("The army had stayed neutral")
    expect(page.locator("#who")).to_have_text("You are Ann.")
    pupil = teacher.ask("GET", "/class")["pupils"][0]  # type: ignore[index]
    teacher.ask("DELETE", f"/pupils/{pupil['member']}")
    expect(page.locator("#join")).to_be_visible(timeout=15000)
    expect(page.locator("#notice")).to_have_text(english()["signed_out"])
    expect(page.locator("#code")).to_have_value(code)


def test_names_and_codes_on_the_way_in(teacher: Teacher, phone: BrowserContext, album: Album) -> None:
    """What the class wants is asked for, and what is wrong is said, in words of the page."""
    code = teacher.begin()
    page = phone.new_page()
    page.goto(f"{teacher.server.url}/join")
    take(album, page, "phone-code")
    page.fill("#code", "NONE99")
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text(english()["no_code"])
    page.fill("#code", code.lower())
    page.keyboard.press("Enter")
    expect(page.locator("#naming")).to_be_visible()
    expect(page.locator("#nickname")).to_be_focused()
    for name, why in (("Sh1thead", "rude"), ("The Teacher", "name-taken")):
        page.fill("#nickname", name)
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_contain_text(english()[f"problem_{why}"])
    for naming, text in (("names", "join_named_help"), ("anonymous", "join_anonymous")):
        teacher.ask("PUT", "/class", {"naming": naming, "turn_s": 180, "guess_s": 30})
        page.goto(f"{teacher.server.url}/join?code={code}")
        expect(page.locator("#way-in")).to_contain_text(english()[text])
        take(album, page, f"phone-{naming}")
    page.click("#join button")
    expect(page.locator("#who")).to_have_text(english()["you_are_anonymous"])


def test_a_screen_reader_is_told_what_is_new_and_nothing_else(teacher: Teacher, phone: BrowserContext) -> None:
    """One short line for each vote, its result and the like; none for every turn, which the class hears anyway."""
    code = teacher.begin()
    page = join(phone, teacher, code, "Ann")
    page.evaluate(
        """() => {
          window.told = [];
          const note = (found) => found.forEach((one) => {
            const place = one.target.nodeType === 1 ? one.target : one.target.parentElement;
            const region = place?.closest("[aria-live], [role=status], [role=alert]");
            if (region && region.textContent.trim()) window.told.push(region.textContent.trim());
          });
          new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
        }"""
    )
    for number in range(3):
        teacher.go_on()
        expect(page.locator("#said li")).to_have_count(number + 1)
    page.wait_for_timeout(4500)
    assert page.evaluate("window.told") == []
    teacher.poll("vote")
    page.wait_for_function("(line) => window.told.includes(line)", arg="Your vote: Was it close?")
    page.click("[data-choice=yes]")
    expect(page.locator(".status")).to_have_text(re.compile("You chose"))
    teacher.tell("close_poll", poll="vote")
    expect(page.locator("#polls .bars")).to_be_visible()
    expect(page.locator("#polls h2")).to_be_focused()
    page.wait_for_function("(line) => window.told.includes(line)", arg=english()["vote_result"])
    told = set(page.evaluate("window.told")) - {english()["sending"]}  # said where sending takes long
    chosen = english()["chosen"].replace("{choice}", "yes")
    assert sorted(told) == sorted(["Your vote: Was it close?", chosen, english()["vote_result"]])


def test_what_pupils_type_stays_text_everywhere(teacher: Teacher, phone: BrowserContext, browser: Browser) -> None:
    """On their phones, on others', on the stage and in the overview."""
    code = teacher.begin()
    faults = Faults()
    page = faults.watch(join(phone, teacher, code, f"Ben {NASTY}"))
    page.fill("#text", f"Why? {NASTY}")
    page.click("#ask button")
    expect(page.locator("#my-questions li").first).to_contain_text("Why? <img src=x onerror=alert(1)>")
    question = teacher.client.get(f"/v1/debates/{teacher.debate}/questions").json()["items"][0]
    assert "\u202e" not in json.dumps(question, ensure_ascii=False)
    teacher.client.post(f"/v1/debates/{teacher.debate}/questions/{question['id']}:release")
    expect(page.locator("#said li").first).to_contain_text("Ben <img src=x onerror=alert(1)>")
    assert page.locator("#said img, #my-questions img, #who img").count() == 0
    assert faults.seen == []


def take(album: Album, page: Page, name: str) -> None:
    """Photograph a phone's page in its sizes, light and dark; axe looks at both."""
    before = page.viewport_size
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            album.problems.append(f"{name} at {width}: {wide} px stick out")
        page.screenshot(path=album.folder / f"{name}-{width}.png", full_page=True)
    if before is not None:
        page.set_viewport_size(before)
    album.check(page, name)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    album.check(page, f"{name}, dark, text at 200 %")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        album.problems.append(f"{name} with text at 200 %: {wide} px stick out")
    page.screenshot(path=album.folder / f"{name}-dark-large.png", full_page=True)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(color_scheme="light")


def test_thirty_phones_are_served_beside_each_other(teacher: Teacher) -> None:
    """All of them vote at once, and every vote counts once."""
    code = teacher.begin()
    assert code == teacher.server.code
    phones = [LightPhone(teacher.server, f"Pupil no. {number}") for number in range(30)]
    teacher.poll("vote")
    for number, one in enumerate(phones):
        one.choose("vote", CHOICES[number % 2])
        one.choose("vote", CHOICES[number % 3 == 0])
    teacher.tell("close_poll", poll="vote")
    assert teacher.events()[-1]["counts"] == {"yes": 20, "no": 10}
    for one in phones:
        one.wait_for(len(teacher.events()))
        one.leave()


def test_no_page_of_these_has_a_fault(album: Album) -> None:
    """What axe found against WCAG 2.2 AA on the pages above, and what stuck out of them, in light and dark."""
    assert album.problems == []
