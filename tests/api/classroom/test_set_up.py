"""Setting a debate up, in a real browser: a thread in every way, what was read put right, sheet, model and cost."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from api.http.sheets import EXAMPLE as SHEET
from api.web.coverage import MOST_WORDS, sample
from personas.reading import read_thread_text
from tests.api.classroom.browsing import CHROMIUM, Album, ClassServer, Faults, a_browser
from tests.api.service_made import PLAIN, a_service, upload

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")

THREAD = PLAIN.replace("trade on the river needs it.", "trade on the river needs it. The canal opened in 1910.")


@pytest.fixture
def set_up(tmp_path: Path) -> Iterator[tuple[ClassServer, Page, Album, Faults]]:
    """The set-up page of a server that offers one model, whose endpoint is there and is never asked."""
    with socket.create_server(("127.0.0.1", 0)) as endpoint, a_browser() as browser:
        offered = f'["small=made-up@http://127.0.0.1:{endpoint.getsockname()[1]}/v1"]'
        server = ClassServer(tmp_path, REJOINDER_MODELS_ALLOWED=offered)
        server.start()
        faults = Faults()
        page = faults.watch(_page(browser))
        page.goto(server.teacher_link)
        expect(page.locator("#model option")).to_have_count(2)
        yield server, page, Album(Path(os.environ.get("REJOINDER_SCREENSHOTS", tmp_path / "screenshots"))), faults
        server.kill()


def _page(browser: Browser) -> Page:
    return browser.new_context(viewport=ViewportSize(width=1366, height=768)).new_page()


@needs_browser
def test_what_was_read_is_put_right_on_the_page(set_up: tuple[ClassServer, Page, Album, Faults]) -> None:
    """A writer, a quotation and what is no quotation: each shows at once, and all of it can be taken back."""
    _, page, album, faults = set_up
    page.click("#example")
    expect(page.locator("#people > li").first).to_be_visible()
    page.locator("#thread > summary").click()
    inferred = int(page.locator("#counts dd").nth(3).inner_text())
    quotes = int(page.locator("#counts dd").nth(2).inner_text())
    quote = page.locator("#posts blockquote.inferred").first
    quote.locator(".correct").click()
    album.take(page, "teach-correct")
    page.get_by_label("Whose words").select_option(label="somebody else …")
    page.get_by_label("Name", exact=True).fill("Somebody <i>else</i>")
    page.click(".correcting button.main")
    expect(page.locator("#counts dd").nth(3)).to_have_text(str(inferred - 1))
    expect(page.locator("#posts blockquote").first).to_contain_text("quoting Somebody <i>else</i>")
    page.locator("#posts blockquote .correct").first.click()
    page.locator(".correcting input[type=checkbox]").check()
    page.click(".correcting button.main")
    expect(page.locator("#counts dd").nth(2)).to_have_text(str(quotes - 1))
    page.locator("#posts .post").nth(1).locator("header .correct").click()
    page.locator(".correcting select").first.select_option("kvass_and_effect")
    page.keyboard.press("Enter")
    page.click(".correcting button.main")
    expect(page.locator("#posts .post").nth(1).locator("h3")).to_have_text("kvass_and_effect")
    page.click("#undo-corrections")
    expect(page.locator("#counts dd").nth(3)).to_have_text(str(inferred))
    expect(page.locator("#undo-corrections")).to_be_hidden()
    assert faults.seen == []
    assert album.problems == []


@needs_browser
def test_a_pasted_thread_its_sheet_and_a_model_with_its_cost(
    set_up: tuple[ClassServer, Page, Album, Faults], tmp_path: Path
) -> None:
    """Coverage of this very thread; a format that does not fit says why; the cost is told before anything begins."""
    _, page, album, faults = set_up
    page.locator("#pasting summary").click()
    page.fill("#paste", THREAD)
    page.click("#read-paste")
    expect(page.locator("#people > li")).to_have_count(2)
    expect(page.locator("#cost")).to_have_text("It costs nothing, and nothing leaves this computer.")
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET)
    page.set_input_files("#sheet-file", sheet)
    expect(page.locator("#coverage strong")).to_contain_text("checkable claims are covered.")
    page.select_option("#model", "small")
    expect(page.locator("#cost")).to_contain_text("model calls", timeout=15000)
    expect(page.locator("#cost")).to_contain_text("The price is unknown.")
    page.locator("#people input").first.uncheck()
    expect(page.locator("#format-help")).to_have_text("Tick at least two people who argue something.")
    expect(page.locator("#start")).to_be_disabled()
    page.click("#all")
    expect(page.locator("#start")).to_be_enabled()
    expect(page.locator("#cost")).to_contain_text("model calls", timeout=15000)
    album.take(page, "teach-ready", whole=True)
    page.select_option("#model", "")
    page.click("#start")
    expect(page.locator("#begin-cast li")).to_have_count(2)
    page.goto(page.url.partition("/stage/")[0] + "/teach")
    expect(page.locator("#earlier-list a").first).to_be_visible()
    assert faults.seen == []
    assert album.problems == []


@needs_browser
def test_a_two_sided_debate_seats_whom_the_teacher_puts_on_a_side(
    set_up: tuple[ClassServer, Page, Album, Faults],
) -> None:
    """Own words come first; who has not said where they stand goes where the teacher says, and the stage tells so."""
    _, page, album, faults = set_up
    page.click("#example")
    expect(page.locator("#people > li").first).to_be_visible()
    expect(page.locator("#sides")).to_be_hidden()
    page.select_option("#format", "oxford")
    people = page.locator("#people input:checked").count()
    expect(page.locator("#sides-people select")).to_have_count(people)
    expect(page.get_by_label("paper_cardinal", exact=True)).to_have_value("against")
    expect(page.get_by_label("Member A", exact=True)).to_have_value("")
    page.get_by_label("Member G", exact=True).select_option("")
    expect(page.locator("#format-help")).to_contain_text("nobody is on this one yet: for")
    expect(page.locator("#start")).to_be_disabled()
    page.get_by_label("Member G", exact=True).select_option("for")
    page.get_by_label("Member A", exact=True).select_option("for")
    expect(page.locator("#start")).to_be_enabled()
    page.click("#sides-share")
    sides = [one.input_value() for one in page.locator("#sides-people select").all()]
    assert abs(sides.count("for") - sides.count("against")) <= 1
    assert "" not in sides
    page.get_by_label("Member B", exact=True).select_option("")
    album.take(page, "teach-sides", whole=True)
    page.click("#start")
    expect(page.locator("#begin-cast li")).to_have_count(people - 1)
    expect(page.locator("#begin-cast li", has_text="Member A")).to_contain_text("put on the side for")
    expect(page.locator("#begin-cast li", has_text="paper_cardinal")).not_to_contain_text("put on")
    assert faults.seen == []
    assert album.problems == []


@needs_browser
def test_a_file_is_dropped_on_the_page(set_up: tuple[ClassServer, Page, Album, Faults]) -> None:
    """A dropped thread is read like a chosen one; a file that is no thread is refused in words."""
    _, page, _, faults = set_up
    drop = """([name, text]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], name, {type: 'text/plain'}));
        document.getElementById('drop').dispatchEvent(new DragEvent('drop', {dataTransfer: carried, bubbles: true}));
    }"""
    page.evaluate(drop, ["thread.jsonl", THREAD])
    expect(page.locator("#people > li")).to_have_count(2)
    page.evaluate(drop, ["empty.jsonl", ""])
    expect(page.locator("#notice")).to_contain_text("That did not work")
    assert faults.seen == []


def test_coverage_tells_what_a_sheet_knows_of_a_thread(tmp_path: Path) -> None:
    """Claims that a sheet speaks about count as covered, the others are listed with where they stand."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        thread = upload(client, THREAD)
        digest = client.post("/v1/sheets", content=SHEET).json()["digest"]
        found = client.get(f"/classroom/threads/{thread}/coverage/{digest}").json()
        assert found["posts"] == found["all_posts"] == 3
        assert 0 < found["covered"] < found["claims"]
        assert all(one["posts"] for one in found["gaps"])
        assert client.get(f"/classroom/threads/{thread}/coverage/none").status_code == 404


def test_of_a_long_thread_posts_from_all_over_it_are_looked_at() -> None:
    """As many words as a teacher waits for, the last posts as well as the first."""
    words = "The canal should be built, because trade on the river needs it. " * 20
    posts = "".join(f'{{"id": "{number}", "author": "A{number % 7}", "text": "{words}"}}\n' for number in range(400))
    thread = read_thread_text(posts.encode(), "long.jsonl", None)
    chosen = sample(thread)
    assert sum(len(one.own_text.split()) for one in chosen) <= MOST_WORDS * 1.1
    numbers = [int(one.id) for one in chosen]
    assert numbers[0] == 0
    assert numbers[-1] > 390
    short = thread.model_copy(update={"posts": thread.posts[:5]})
    assert sample(short) == list(short.posts)
