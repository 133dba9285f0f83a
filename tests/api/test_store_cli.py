"""Transcripts between files and the store, and the doctor, through the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from debate.events import EVENT
from tests.transcripts.transcripts_made import a_transcript

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REJOINDER_DATABASE_URL", database_url)


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    made = a_transcript()
    lines = [made.header.model_dump_json(), *(EVENT.dump_json(event).decode() for event in made.events)]
    path = tmp_path / "t.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    done = runner.invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_transcript_goes_into_the_store_and_comes_out_the_same(transcript: Path, tmp_path: Path) -> None:
    """After import and export a transcript is the same file, byte for byte; what was cut off at its end is left out."""
    whole = transcript.read_bytes()
    transcript.write_bytes(whole + b'{"seq": 999, "ty')
    debate_id = run("import", str(transcript)).split()[0]
    out = tmp_path / "back.jsonl"
    run("export", debate_id, "--out", str(out))
    assert out.read_bytes() == whole
    assert "# " in run("export", debate_id, "--to", "md")
    assert debate_id in run("debates")


def test_doctor_says_what_is_well_and_what_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Everything well: status 0. A missing sheet and a dead endpoint: status 1 and what to do."""
    assert "BAD" not in run("doctor")
    monkeypatch.setenv("REJOINDER_FACTS", str(tmp_path / "none.yaml"))
    monkeypatch.setenv("REJOINDER_MODEL", "openai:x")
    monkeypatch.setenv("REJOINDER_BASE_URL", "http://127.0.0.1:9/v1")
    done = runner.invoke(app, ["doctor"])
    assert done.exit_code == 1
    assert "none.yaml" in done.stdout
    assert "REJOINDER_BASE_URL" in done.stdout


def test_keys_are_made_listed_and_revoked() -> None:
    """A key is printed once, listed without its secret, and useless when revoked."""
    key = run("keys", "create", "the teacher", "--scope", "admin").strip()
    listed = run("keys", "list")
    assert "the teacher" in listed
    assert key.rsplit(".", 1)[1] not in listed
    run("keys", "revoke", key.split(".")[1])
    assert "revoked" in run("keys", "list")
