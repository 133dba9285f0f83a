"""The command line in rough hands: its input is never destroyed, names do not leak, signals end it cleanly."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from transcripts.files import read_transcript

THREAD = Path(__file__).parents[2] / "examples" / "politburo" / "thread.txt"
NAMES = (b"paper_cardinal", b"paper-cardinal", b"Oderbruch", b"oderbruch")


def run(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a user would, in a folder of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from api.cli.main import main; main()", *arguments],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, **settings},
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played")
    done = run("debate", str(THREAD), "--rounds", "1", "--pseudonyms", "--out", "t.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "t.jsonl"


@pytest.mark.parametrize(
    "arguments",
    [
        ("debate", "in.txt", "--out", "in.txt", "--force"),
        ("thread", "in.txt", "--html", "in.txt"),
        ("thread", ".", "--annotate", "in.txt"),
    ],
)
def test_a_command_never_writes_over_the_discussion_it_reads(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "in.txt").write_bytes(THREAD.read_bytes())
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert b"is what this command reads" in done.stderr
    assert (tmp_path / "in.txt").read_bytes() == THREAD.read_bytes()


def test_an_export_never_writes_over_its_transcript(played: Path) -> None:
    before = played.read_bytes()
    assert run("export", "t.jsonl", "--to", "md", "--out", "t.jsonl", cwd=played.parent).returncode == 1
    assert played.read_bytes() == before


def test_an_export_never_writes_over_another_transcript_unasked(played: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"schema_version":1}\n', encoding="utf-8")
    refused = run("export", str(played), "--out", "other.jsonl", cwd=tmp_path)
    assert (refused.returncode, other.read_text(encoding="utf-8")) == (1, '{"schema_version":1}\n')
    assert b"--force" in refused.stderr
    assert run("export", str(played), "--out", "other.jsonl", "--force", cwd=tmp_path).returncode == 0
    assert other.read_bytes() == played.read_bytes()


def test_the_ending_of_an_export_may_be_in_capitals(played: Path, tmp_path: Path) -> None:
    assert run("export", str(played), "--out", "PAGE.HTML", cwd=tmp_path).returncode == 0
    assert (tmp_path / "PAGE.HTML").read_text(encoding="utf-8").startswith("<!")


def test_a_pseudonymous_transcript_holds_no_persons_name_or_id(played: Path) -> None:
    participants = read_transcript(played).header.participants
    assert all(one.name == one.pseudonym and not one.named for one in participants)
    assert not [name for name in NAMES if name in played.read_bytes()]


def test_a_discussion_and_a_transcript_come_from_standard_input_too(played: Path, tmp_path: Path) -> None:
    for source, arguments in ((THREAD, ("thread", "-", "--json")), (played, ("export", "-"))):
        code = [sys.executable, "-c", "from api.cli.main import main; main()", *arguments]
        with source.open("rb") as stream:
            done = subprocess.run(code, stdin=stream, capture_output=True, cwd=tmp_path, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert b"Trotsky" in done.stdout


@pytest.mark.parametrize("arguments", [("thread", str(THREAD)), ("personas", str(THREAD))])
def test_a_locale_without_these_characters_loses_none_of_them(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    narrow = run(*arguments, cwd=tmp_path, PYTHONIOENCODING="ascii")
    wide = run(*arguments, cwd=tmp_path, PYTHONIOENCODING="utf-8")
    assert narrow.returncode == 0, narrow.stderr
    assert narrow.stdout == wide.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_one_clear_line(played: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code = [sys.executable, "-c", "from api.cli.main import main; main()", "export", str(played)]
        done = subprocess.run(code, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["rejoinder: cannot write the output: No space left on device"]


@pytest.mark.parametrize("changed", [("--rounds", "3"), ("--out", "other.jsonl"), (str(THREAD),)])
def test_resuming_refuses_what_would_make_it_another_debate(played: Path, changed: tuple[str, ...]) -> None:
    done = run("debate", "--resume", str(played), *changed, cwd=played.parent)
    assert done.returncode == 2
    assert b"--resume" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_debate_says_in_one_line_how_to_go_on(tmp_path: Path, number: signal.Signals) -> None:
    code = [sys.executable, "-c", "from api.cli.main import main; main()", "debate", str(THREAD)]
    code += ["--format", "panel", "--rounds", "1000", "--out", "t.jsonl"]
    # Nobody reads the debate: the full pipe holds it up, so that the signal meets it in its middle.
    running = subprocess.Popen(code, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    path, deadline = tmp_path / "t.jsonl", time.monotonic() + 50
    while not (path.exists() and path.read_bytes().count(b"\n") > 3) and time.monotonic() < deadline:
        assert running.poll() is None
    running.send_signal(number)
    _, messages = running.communicate(timeout=50)
    said = [line for line in messages.decode().splitlines() if not line.startswith("note:")]
    if running.returncode:  # a debate that ended before the signal came has nothing to say about it
        assert running.returncode == 128 + number
        assert said == ["rejoinder: interrupted; continue with: rejoinder debate --resume t.jsonl"]
    assert len(read_transcript(path).events) >= 3
