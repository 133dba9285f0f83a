"""A translation is one file: every text of every page comes from the catalogue, in any language and direction."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from api.web.layout import ASSETS
from api.web.texts import choose, english, say, texts
from language.errors import InputError
from tests.api.classroom.browsing import CHROMIUM, ClassServer, a_browser, problems_of
from tests.api.classroom.test_phones import Teacher

OPEN, CLOSE = "⟦", "⟧"
BLANK = re.compile(r"(\{\w+\})")

# Text nodes and labels that no catalogue gave: with letters, outside the brackets, and no words of people.
UNTRANSLATED = """(known) => {
  const letters = /\\p{L}/u;
  const isData = (one) => one.closest("bdi, script, style, textarea, code, option, title, svg, .code, .said, #round");
  const found = [];
  const note = (text, one) => {
    const isDate = /^\\p{N}/u.test(text.trim());
    const isTold = isDate || /[⟦⟧]/.test(text) || known.includes(text.trim());
    if (letters.test(text) && !isTold) found.push(`${one.tagName}: ${text.trim()}`);
  };
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!isData(one)) note(walk.currentNode.textContent, one);
  }
  for (const one of document.querySelectorAll("*"))
    for (const name of ["aria-label", "title", "alt", "placeholder"])
      if (one.hasAttribute(name) && !one.closest("svg")) note(one.getAttribute(name), one);
  for (const one of document.querySelectorAll("option")) note(one.textContent, one);
  return [...new Set(found)];
}"""


def a_made_language() -> dict[str, str]:
    """Every text in brackets, with letters that are written from right to left; its blanks as they were."""

    def told(text: str) -> str:
        parts = [
            part if BLANK.fullmatch(part) else f"{part} سلام" if part.strip() else part for part in BLANK.split(text)
        ]
        return f"{OPEN}{''.join(parts)}{CLOSE}"

    return {key: told(text) for key, text in english().items()} | {"language": "ar", "direction": "rtl"}


def test_a_translation_has_the_blanks_of_the_original(tmp_path: Path) -> None:
    """And one that has not, or has texts that no page shows, is refused with the place; what it lacks stays English."""
    path = tmp_path / "texts.xx.json"
    try:
        path.write_text(json.dumps({"language": "de", "close": "Zu"}), encoding="utf-8")
        choose(path)
        assert (say("close"), say("group"), texts()["language"]) == ("Zu", english()["group"], "de")
        for wrong, why in (
            ({"language": "de", "failed": "Geht nicht"}, "blanks"),
            ({"language": "de", "nothing": "x"}, "no page"),
            ({"close": "Zu"}, "language"),
            ({"language": "ar", "direction": "up"}, "direction"),
            (["x"], "no catalogue"),
        ):
            path.write_text(json.dumps(wrong), encoding="utf-8")
            with pytest.raises(InputError, match=why):
                choose(path)
        with pytest.raises(InputError, match="cannot be read"):
            choose(tmp_path / "none.json")
    finally:
        choose(None)
    assert say("close") == english()["close"]


def test_templates_hold_no_text_of_their_own() -> None:
    """Between tags stands only what the catalogue or the debate says."""
    for path in sorted((ASSETS.parent / "templates").glob("*.html")):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
        left = [one.strip() for one in re.findall(r">([^<>]*[^\W\d_][^<>]*)<", text) if one.strip()]
        assert left == [], (path.name, left)


def test_no_text_is_known_to_the_catalogue_alone() -> None:
    """Texts that no page, script or module names any more are no work for a translator."""
    code = "".join(one.read_text(encoding="utf-8") for one in ASSETS.glob("*.js"))
    code += "".join(one.read_text(encoding="utf-8") for one in (ASSETS.parent / "templates").glob("*.html"))
    code += "".join(one.read_text(encoding="utf-8") for one in ASSETS.parent.rglob("*.py"))
    made = {match[1] for match in re.finditer(r"[\"'`](\w+_)(?:[\"'] ~|[\"'] \+|\$\{|\{)", code)}
    unnamed = [
        key
        for key in english()
        if not re.search(rf"[\"'`]{re.escape(key)}[\"'`]", code) and not any(key.startswith(one) for one in made)
    ]
    assert unnamed == []


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")
def test_every_page_speaks_a_made_language_from_right_to_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No word of English is left on any page or state, nothing sticks out at 320 px, axe finds nothing."""
    path = tmp_path / "texts.ar.json"
    path.write_text(json.dumps(a_made_language(), ensure_ascii=False), encoding="utf-8")
    monkeypatch.setenv("REJOINDER_TEXTS", str(path))
    server = ClassServer(tmp_path)
    server.start()
    problems: list[str] = []

    def check(page: Page, name: str, known: list[str]) -> None:
        assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
        problems.extend(f"{name}: {one}" for one in page.evaluate(UNTRANSLATED, known))
        before = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            problems.append(f"{name}: {wide} px stick out at 320 px")
        problems.extend(f"{name}: {one}" for one in problems_of(page))
        assert before is not None
        page.set_viewport_size(before)

    teacher = Teacher(server)
    try:
        code = teacher.begin(premise="The army had stayed neutral")
        with a_browser() as browser:
            context = browser.new_context(viewport=ViewportSize(width=390, height=844), reduced_motion="reduce")
            context.set_default_navigation_timeout(90_000)
            header = teacher.client.get(f"/v1/debates/{teacher.debate}").json()["header"]
            names = [one["name"] for one in header["participants"]]
            phone = context.new_page()
            phone.goto(f"{server.url}/join?code={code}")
            expect(phone.locator("#way-in")).to_be_visible()
            check(phone, "join", names)
            phone.fill("#nickname", "Ann")
            phone.click("#join button")
            expect(phone.locator("#who")).to_be_visible()
            teacher.go_on()
            teacher.poll("vote")
            phone.click("[data-choice=yes]")
            check(phone, "vote", [*names, *("yes", "no")])
            teacher.tell("close_poll", poll="vote")
            ruling = next((one for one in reversed(teacher.events()) if one["type"] == "ruling"), None)
            if ruling is not None:
                choices = ["supported", "contradicted", "cannot know"]
                guess = {"kind": "guess", "question": ruling["claim"], "choices": choices, "about_seq": ruling["seq"]}
                teacher.tell("open_poll", poll="g", holds=False, **guess)
                phone.click("[data-choice=supported]")
                check(phone, "guess", names)
                teacher.tell("close_poll", poll="g")
                expect(phone.locator("#polls .card")).to_be_visible()
            check(phone, "after a poll", names)
            token = next(one for one in teacher.client.cookies.jar if one.name == "rejoinder_token")
            context.add_cookies([{"name": token.name, "value": str(token.value), "url": server.url}])
            for page in ("class", "stage", "after", "handout", "replay"):
                wall = context.new_page()
                wall.goto(f"{server.url}/{page}/{teacher.debate}")
                wall.wait_for_load_state("networkidle") if page in ("after", "handout") else wall.wait_for_timeout(1500)
                check(wall, page, names)
                wall.close()
            setting_up = context.new_page()
            setting_up.goto(f"{server.url}/teach")
            check(setting_up, "teach", names)
            context.close()
    finally:
        teacher.client.close()
        server.kill()
    assert problems == [], "\n".join(problems)
