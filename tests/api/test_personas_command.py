"""`rejoinder personas`: the page, the JSON, the files that are fed back."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from api.persona_views import print_cast
from personas.extraction import extract_cast
from personas.thread import Thread
from tests.api.commands import EXAMPLE, rejoinder
from tests.personas.discussions_made import HARBOUR, make_thread, own


def page_of(thread: Thread, width: int = 80) -> str:
    console = Console(width=width, highlight=False, no_color=True)
    with console.capture() as captured:
        print_cast(console, extract_cast(thread))
    return captured.get()


def test_json_gives_positions_with_verbatim_evidence(tmp_path: Path) -> None:
    """The documented shape, every evidence verbatim in the file."""
    outcome = rejoinder("personas", EXAMPLE, "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    data = json.loads(outcome.out)
    source = EXAMPLE.read_bytes().decode()
    assert data["motion"]
    assert len({persona["id"] for persona in data["personas"]}) == len(data["personas"]) >= 6
    for persona in data["personas"]:
        assert {"id", "name", "posts", "stance", "positions"} <= set(persona)
        for position in persona["positions"]:
            assert position["statement"]
            for evidence in position["evidence"]:
                assert source[evidence["start"] : evidence["end"]] == evidence["text"]
                assert evidence["post_id"] in persona["posts"]


def test_files_go_out_and_come_back(tmp_path: Path) -> None:
    """What --out wrote, --personas shows; a second --out overwrites nothing; a broken file is one line."""
    assert rejoinder("personas", EXAMPLE, "--out", "cast", cwd=tmp_path).status == 0
    again = rejoinder("personas", EXAMPLE, "--out", "cast", cwd=tmp_path)
    assert (again.status, again.err.count("exists already")) == (1, 1)
    direct = json.loads(rejoinder("personas", EXAMPLE, "--json", cwd=tmp_path).out)
    back = json.loads(rejoinder("personas", EXAMPLE, "--personas", "cast", "--json", cwd=tmp_path).out)
    assert back["personas"] == [persona for persona in direct["personas"] if persona["positions"]]
    broken = next((tmp_path / "cast").glob("*.yaml"))
    broken.write_text(broken.read_text(encoding="utf-8").replace("stance:", "stanze:"), encoding="utf-8")
    outcome = rejoinder("personas", EXAMPLE, "--personas", "cast", cwd=tmp_path)
    assert outcome.status == 1
    assert f"{broken.name}' line" in outcome.err.strip().splitlines()[-1]
    assert "Traceback" not in outcome.err


def test_motion_and_pseudonyms_are_options(tmp_path: Path) -> None:
    """With pseudonyms no name is left on the page but those inside the posters' own sentences."""
    outcome = rejoinder("personas", EXAMPLE, "--motion", "Who should lead?", "--pseudonyms", "--json", cwd=tmp_path)
    data = json.loads(outcome.out)
    assert data["motion"] == "Who should lead?"
    plain = json.loads(rejoinder("personas", EXAMPLE, "--json", cwd=tmp_path).out)
    names = {persona["name"] for persona in plain["personas"]}
    assert not names & {persona["name"] for persona in data["personas"]}
    assert not {persona["id"] for persona in plain["personas"]} & {persona["id"] for persona in data["personas"]}


def test_the_page_is_plain_where_it_is_no_terminal(tmp_path: Path) -> None:
    outcome = rejoinder("personas", EXAMPLE, cwd=tmp_path)
    assert outcome.status == 0
    assert "\x1b" not in outcome.out


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    outcome = rejoinder("personas", "nowhere.txt", cwd=tmp_path)
    assert outcome.status == 1
    assert len(outcome.err.strip().splitlines()) == 1
    assert "nowhere.txt" in outcome.err


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_page_shows_every_position_whole(width: int) -> None:
    """No statement, epithet or stance is cut off, however narrow the terminal."""
    shown = " ".join(page_of(HARBOUR.thread, width).split())
    for persona in extract_cast(HARBOUR.thread).personas:
        assert " ".join(persona.name.split()) in shown
        if persona.positions:
            assert persona.epithet in shown
        for position in persona.positions:
            assert position.statement in shown


def test_control_characters_of_a_thread_do_not_reach_the_terminal() -> None:
    """A post that tries to move the cursor or retitle the window is shown as words."""
    thread = make_thread(
        ("Ada\x1b[2J", [own("The \x1b]0;owned\x07 harbour road should be closed to every car, because it is loud.")]),
        title="Roads\x1b[31m",
    ).thread
    shown = page_of(thread)
    assert "harbour road" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown
