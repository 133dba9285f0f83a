"""`rejoinder check` and `rejoinder facts` as a user runs them."""

import json
from pathlib import Path

import pytest

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
