"""`rejoinder check` and `rejoinder facts` as a user runs them."""

import json
from pathlib import Path

import pytest

from language.inference import installed
from tests.api.commands import rejoinder
from tests.debate.referee.sheets_made import make_sheet

FALSE = "Velmora became a republic in 1935."


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """The island's sheet as a file."""
    path = tmp_path / "velmora.json"
    path.write_text(json.dumps(make_sheet().model_dump(mode="json", exclude={"digest"})), encoding="utf-8")
    return path


def test_check_prints_json_alone(tmp_path: Path, sheet: Path) -> None:
    """Standard output is one JSON document with verbatim spans and known facts."""
    outcome = rejoinder("check", FALSE, "--facts", sheet, "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    (ruling,) = json.loads(outcome.out)["rulings"]
    assert set(ruling) == {
        "claim", "start", "end", "verdict", "facts", "explanation", "confidence", "reads_as", "checker",
    }  # fmt: skip
    assert FALSE[ruling["start"] : ruling["end"]] == ruling["claim"]
    assert (ruling["verdict"], ruling["facts"]) == ("contradicted", ["republic"])


@pytest.mark.parametrize(("wanted", "checker"), [("true", "rules, nli"), ("false", "rules")])
def test_the_encoder_reads_along_unless_it_is_turned_off(
    tmp_path: Path, sheet: Path, wanted: str, checker: str
) -> None:
    """Each ruling says who made it."""
    if installed() is None:
        pytest.skip("the extra nli is not installed")
    outcome = rejoinder("check", FALSE, "--facts", sheet, "--json", cwd=tmp_path, REJOINDER_NLI=wanted)
    assert [one["checker"] for one in json.loads(outcome.out)["rulings"]] == [checker]


def test_check_takes_files_standard_input_and_batches(tmp_path: Path, sheet: Path) -> None:
    """The same verdict from a file, from standard input, and from lines of claims in their order."""
    (tmp_path / "post.txt").write_text(FALSE, encoding="utf-8")
    for given, stdin in (("post.txt", ""), ("-", FALSE)):
        outcome = rejoinder("check", given, "--facts", sheet, "--json", cwd=tmp_path, stdin=stdin)
        assert [one["verdict"] for one in json.loads(outcome.out)["rulings"]] == ["contradicted"]
    lines = [{"id": "b", "text": FALSE}, {"id": 7, "text": ""}]
    (tmp_path / "claims.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    outcome = rejoinder("check", "--claims", "claims.jsonl", "--facts", sheet, "--json", cwd=tmp_path)
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [one["id"] for one in answers] == ["b", 7]
    assert [len(one["rulings"]) for one in answers] == [1, 0]


def test_check_writes_a_page_that_runs_nothing(tmp_path: Path, sheet: Path) -> None:
    """Markup in the text is shown, not obeyed."""
    text = f"{FALSE} <script>alert(1)</script>"
    outcome = rejoinder("check", text, "--facts", sheet, "--html", "out.html", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert '<mark class="contradicted"' in page


def test_wrong_use_and_bad_input_say_so(tmp_path: Path, sheet: Path) -> None:
    """Status 2 for wrong usage, 1 for what cannot be read, one line and no traceback."""
    assert rejoinder("check", FALSE, cwd=tmp_path).status == 2
    assert rejoinder("check", "--facts", sheet, cwd=tmp_path).status == 2
    for arguments in (("check", "none.txt", "--facts", sheet), ("check", FALSE, "--facts", "none.yaml")):
        outcome = rejoinder(*arguments, cwd=tmp_path)
        assert outcome.status == 1
        assert len(outcome.err.strip().splitlines()) == 1
        assert outcome.out == ""


def test_facts_show_lint_add_diff(tmp_path: Path, sheet: Path) -> None:
    """A sheet is described, found clean, added to from a table, and compared with what it was."""
    old = tmp_path / "old.json"
    old.write_bytes(sheet.read_bytes())
    assert json.loads(rejoinder("facts", "show", sheet, "--json", cwd=tmp_path).out)["facts"] == 5
    assert rejoinder("facts", "lint", sheet, cwd=tmp_path).status == 0
    table = "statement,source_author,source_title\nHe has two lighthouses on the shore.,A. Brook,History\n"
    (tmp_path / "new.csv").write_text(table, encoding="utf-8")
    assert rejoinder("facts", "add", sheet, "--csv", "new.csv", cwd=tmp_path).status == 0
    changes = json.loads(rejoinder("facts", "diff", old, sheet, "--json", cwd=tmp_path).out)["changes"]
    assert [one["kind"] for one in changes] == ["added"]
    outcome = rejoinder("facts", "lint", sheet, "--json", cwd=tmp_path)
    assert (outcome.status, json.loads(outcome.out)[0]["kind"]) == (1, "not_self_contained")


def test_facts_coverage_lists_what_to_curate_next(tmp_path: Path, sheet: Path) -> None:
    """Claims of a discussion without a fact, as JSON."""
    posts = [
        {"id": "1", "author": "Ann", "text": "The harbour of Selm burned down in 1928.", "parent_id": None},
        {"id": "2", "author": "Bob", "text": "Velmora became a republic in March 1931.", "parent_id": "1"},
    ]
    (tmp_path / "talk.jsonl").write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    outcome = rejoinder("facts", "coverage", "talk.jsonl", "--facts", sheet, "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    found = json.loads(outcome.out)
    assert (found["claims"], found["covered"]) == (2, 1)
    assert [gap["posts"] for gap in found["gaps"]] == [["1"]]


def test_check_reads_what_points_back(tmp_path: Path, sheet: Path) -> None:
    """Table, marks and page say how the words were understood; a line of a batch may bring what it answers."""
    said = "Nobody liked Ostrovsky. He was murdered in 1944."
    for option in ((), ("--marks",)):
        outcome = rejoinder("check", said, "--facts", sheet, *option, cwd=tmp_path)
        assert "Read as “Ostrovsky" in outcome.out
    line = json.dumps({"id": 1, "text": "He was murdered in 1944.", "preceding": "Nobody liked Ostrovsky."})
    outcome = rejoinder("check", "--claims", "-", "--facts", sheet, cwd=tmp_path, stdin=line)
    (ruling,) = json.loads(outcome.out)["rulings"]
    assert (ruling["verdict"], ruling["reads_as"]) == ("contradicted", "Ostrovsky was murdered in 1944.")


def test_a_batch_answers_up_to_the_line_that_is_broken(tmp_path: Path, sheet: Path) -> None:
    """What came before is answered, the line is named, the status is 1."""
    lines = "\ufeff" + json.dumps({"id": 1, "text": FALSE}) + "\r\n\r\n{broken\n"
    (tmp_path / "claims.jsonl").write_text(lines, encoding="utf-8", newline="")
    outcome = rejoinder("check", "--claims", "claims.jsonl", "--facts", sheet, cwd=tmp_path)
    assert outcome.status == 1
    assert json.loads(outcome.out)["id"] == 1
    assert "line 3" in outcome.err


def test_check_takes_a_saved_discussion_post_by_post(tmp_path: Path, sheet: Path) -> None:
    """Each post is named; "he" is who was named in the post that is answered."""
    posts = [
        {"id": "1", "author": "Ann", "text": "Nobody liked Ostrovsky.", "parent_id": None},
        {"id": "2", "author": "Bob", "text": "He was murdered in 1944.", "parent_id": "1"},
    ]
    (tmp_path / "talk.jsonl").write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    outcome = rejoinder("check", "talk.jsonl", "--facts", sheet, "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    turns = json.loads(outcome.out)["turns"]
    assert [one["turn"] for one in turns] == ["1 Ann", "2 Bob"]
    assert turns[1]["rulings"][0]["verdict"] == "contradicted"


def test_a_page_never_replaces_the_sheet(tmp_path: Path, sheet: Path) -> None:
    """Naming the sheet as the page to write is refused."""
    before = sheet.read_bytes()
    assert rejoinder("check", FALSE, "--facts", sheet, "--html", sheet, cwd=tmp_path).status == 1
    assert sheet.read_bytes() == before


def test_an_unreachable_model_leaves_claims_unchecked(tmp_path: Path, sheet: Path) -> None:
    """Nothing listens there: the verdict is "unchecked" and says why, and the command itself does not fail."""
    outcome = rejoinder(
        "check",
        FALSE,
        "--facts",
        sheet,
        "--json",
        "--model",
        "none",
        "--base-url",
        "http://127.0.0.1:9/v1",
        cwd=tmp_path,
    )
    assert outcome.status == 0, outcome.err
    (ruling,) = json.loads(outcome.out)["rulings"]
    assert ruling["verdict"] == "unchecked"
    assert "failed" in ruling["explanation"]
    assert ruling["facts"] == []


def test_lint_lists_all_that_breaks_a_sheet(tmp_path: Path) -> None:
    """Every fact that breaks the schema is named with its line, at one go; other commands name the first."""
    sheet = "id: m\ntitle: M\nversion: 1\nfacts:\n"
    for fact in ("id: A B", "id: b\n    date: 12.6.1817", "id: c\n    sorces: x"):
        sheet += f"  - {fact}\n    statement: Four words at least.\n    sources: [{{author: A, title: T}}]\n"
    (tmp_path / "m.yaml").write_text(sheet, encoding="utf-8")
    outcome = rejoinder("facts", "lint", "m.yaml", cwd=tmp_path)
    assert outcome.status == 1
    assert [line.split(":")[0] for line in outcome.out.splitlines()] == [
        "error  line 5",
        "error  line 8",
        "error  line 12",
    ]
    outcome = rejoinder("check", FALSE, "--facts", "m.yaml", cwd=tmp_path)
    assert outcome.status == 1
    assert "2 more" in outcome.err


def test_adding_at_the_prompt_asks_again_and_loses_nothing(tmp_path: Path, sheet: Path) -> None:
    """A missing statement and a date in another form are asked for again; what was added is linted."""
    old = sheet.read_bytes()
    answers = ["", "The lighthouse of Selm was lit two years ago.", "", "", "", "", "4.6.1940", "1940-06", "", "",
               "Ada Brook", "Lights", "", "", ""]  # fmt: skip
    outcome = rejoinder("facts", "add", sheet, cwd=tmp_path, stdin="\n".join(answers) + "\n")
    assert outcome.status == 0, outcome.err
    assert "this is needed" in outcome.err
    assert "write 1929" in outcome.err
    assert "relative_date" in outcome.err
    (tmp_path / "old.json").write_bytes(old)
    changes = json.loads(rejoinder("facts", "diff", "old.json", sheet, "--json", cwd=tmp_path).out)["changes"]
    assert [one["kind"] for one in changes] == ["added"]
