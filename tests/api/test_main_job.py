"""The main job through the command line: thread, personas, debate, replay, export, and what goes wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from debate.events import DebateEnded, RulingMade, Turn
from personas.reading import read_thread
from tests.api.commands import EXAMPLE, REJOINDER, SHEET, rejoinder
from transcripts.files import read_transcript
from transcripts.transcript import Transcript


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A debate of three rounds of the shipped example."""
    folder = tmp_path_factory.mktemp("played")
    outcome = rejoinder("debate", EXAMPLE, "--facts", SHEET, "--rounds", 3, "--out", "t.jsonl", cwd=folder)
    assert outcome.status == 0, outcome.err
    return folder / "t.jsonl"


def without_times(transcript: Transcript) -> list[dict[str, object]]:
    return [event.model_dump(exclude={"at"}) for event in transcript.events]


def test_every_word_of_a_debate_is_its_posters_own(played: Path) -> None:
    """Each turn is made of evidence and marked joining words, and the evidence is that poster's own words."""
    transcript = read_transcript(played)
    source = EXAMPLE.read_bytes().decode()
    own = {post.id: post for post in read_thread([EXAMPLE]).posts}
    people = {one.id: one for one in transcript.header.participants}
    assert len(transcript.turns()) > 2 * len(people)
    for turn in transcript.turns():
        covered: set[int] = set()
        for span in (*turn.connectives, *(one.spoken for one in turn.evidence)):
            covered.update(range(span.start, span.end))
        rest = "".join(letter for place, letter in enumerate(turn.text) if place not in covered)
        assert not rest.strip(), (turn.seq, rest)
        for evidence in turn.evidence:
            assert source[evidence.start : evidence.end] == evidence.text
            assert evidence.post_id in people[turn.speaker].posts
            assert any(
                passage.kind == "own" and passage.start <= evidence.start and evidence.end <= passage.end
                for passage in own[evidence.post_id].passages
                if passage.start is not None and passage.end is not None
            )


def test_nobody_repeats_themselves(played: Path) -> None:
    """No evidence is spoken twice in a debate."""
    spoken = [(turn.speaker, one.start, one.end) for turn in read_transcript(played).turns() for one in turn.evidence]
    assert len(spoken) == len(set(spoken))


def test_the_referee_objects_on_the_example_and_cites_real_facts(played: Path) -> None:
    """The shipped example shows objections; every ruling quotes its speaker's words and cites facts of the sheet."""
    transcript = read_transcript(played)
    rulings = [event for event in transcript.events if isinstance(event, RulingMade)]
    assert any(ruling.verdict == "contradicted" for ruling in rulings)
    for ruling in rulings:
        turn = transcript.events[ruling.turn_seq - 1]
        assert isinstance(turn, Turn)
        assert turn.text[ruling.start : ruling.end] == ruling.claim
        joining = [span for span in turn.connectives if turn.text[span.start : span.end].strip(" .")]
        assert not any(span.start < ruling.end and ruling.start < span.end for span in joining)
        assert {fact.id for fact in ruling.cited} == set(ruling.facts)


def test_the_same_seed_gives_the_same_debate(played: Path, tmp_path: Path) -> None:
    """Without a model a debate is reproducible; another seed seats people otherwise."""
    again = rejoinder("debate", EXAMPLE, "--facts", SHEET, "--rounds", 3, "--out", "a.jsonl", "-q", cwd=tmp_path)
    other = rejoinder("debate", EXAMPLE, "--rounds", 3, "--seed", 7, "--out", "b.jsonl", "-q", cwd=tmp_path)
    assert (again.status, other.status) == (0, 0)
    assert without_times(read_transcript(tmp_path / "a.jsonl")) == without_times(read_transcript(played))
    order = [turn.speaker for turn in read_transcript(tmp_path / "b.jsonl").turns()]
    assert order != [turn.speaker for turn in read_transcript(played).turns()]


def test_cut_anywhere_and_resumed_it_is_the_same_debate(played: Path, tmp_path: Path) -> None:
    """A transcript that was cut off at any byte is continued to the very same debate."""
    data = played.read_bytes()
    header = data.index(b"\n") + 1
    for part in (0.0, 0.13, 0.5, 0.77, 0.99):
        cut = tmp_path / "cut.jsonl"
        cut.write_bytes(data[: header + int(part * (len(data) - header))])
        outcome = rejoinder("debate", "--resume", cut, "-q", cwd=tmp_path)
        assert outcome.status == 0, outcome.err
        assert without_times(read_transcript(cut)) == without_times(read_transcript(played))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is there on POSIX only")
def test_a_killed_debate_leaves_a_transcript_that_goes_on(played: Path, tmp_path: Path) -> None:
    """kill -9 in the middle of a debate loses nothing that was written."""
    path = tmp_path / "killed.jsonl"
    command = [str(REJOINDER), "debate", str(EXAMPLE), "--facts", str(SHEET), "--rounds", "3", "--out", str(path), "-q"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    while process.poll() is None and (not path.exists() or path.read_bytes().count(b"\n") < 3):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(read_transcript(path).events) >= 1
    assert rejoinder("debate", "--resume", path, "-q", cwd=tmp_path).status == 0
    assert without_times(read_transcript(path)) == without_times(read_transcript(played))


def test_resuming_a_finished_debate_changes_nothing(played: Path, tmp_path: Path) -> None:
    """There is nothing to continue, and the user is told so."""
    before = played.read_bytes()
    outcome = rejoinder("debate", "--resume", played, cwd=tmp_path)
    assert outcome.status == 0
    assert "has ended" in outcome.err
    assert played.read_bytes() == before


def test_a_changed_sheet_is_not_mixed_into_an_old_debate(played: Path, tmp_path: Path) -> None:
    """Continuing with a sheet that changed since is refused."""
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"\n".join(played.read_bytes().split(b"\n")[:5]) + b"\n")
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(SHEET.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    outcome = rejoinder("debate", "--resume", cut, "--facts", sheet, cwd=tmp_path)
    assert outcome.status == 1
    assert "has changed" in outcome.err


@pytest.mark.parametrize("format", ["panel", "cross_examination"])
def test_other_formats_play_the_example(format: str, tmp_path: Path) -> None:
    """Every format that fits the example's people runs to its end."""
    outcome = rejoinder("debate", EXAMPLE, "--format", format, "--rounds", 2, "-o", "t.jsonl", "-q", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    last = read_transcript(tmp_path / "t.jsonl").events[-1]
    assert isinstance(last, DebateEnded)


def test_people_are_put_on_sides(tmp_path: Path) -> None:
    """Two people whose words say no side debate on two; the transcript and its export tell who put them there."""
    out = tmp_path / "oxford.jsonl"
    sides = ["--participants", "member-a,member-b", "--for", "member-b", "--against", "Member A"]
    arguments = ("debate", EXAMPLE, "--format", "oxford", "--rounds", 1, *sides, "--out", out)
    assert rejoinder(*arguments, cwd=tmp_path).status == 0
    header = read_transcript(out).header
    assert header.sides == {"member-b": "for", "member-a": "against"}
    assert {one.stance for one in header.participants} == {"unclear"}
    first = [one.speaker for one in read_transcript(out).turns()[:2]]
    assert first == ["member-b", "member-a"]
    assert rejoinder("export", out, "--out", tmp_path / "oxford.md", cwd=tmp_path).status == 0
    assert "stance: unclear; put on the side 'for'" in (tmp_path / "oxford.md").read_text()
    replayed = rejoinder("replay", out, "--speed", 0, cwd=tmp_path, COLUMNS="100").out
    assert "Sides given for this debate: Member A against, Member B for." in replayed


def test_replay_at_once_prints_what_was_printed_live(played: Path, tmp_path: Path) -> None:
    """One renderer: the replay is the live debate, line by line."""
    live = rejoinder(
        "debate", EXAMPLE, "--facts", SHEET, "--rounds", 3, "--out", "t.jsonl", cwd=tmp_path, COLUMNS="100"
    )
    replayed = rejoinder("replay", tmp_path / "t.jsonl", "--speed", 0, cwd=tmp_path, COLUMNS="100")
    assert live.status == replayed.status == 0
    assert replayed.out == live.out
    assert "\x1b" not in replayed.out


@pytest.mark.parametrize("kind", ["md", "html", "json"])
def test_exports_are_written_by_their_ending(played: Path, tmp_path: Path, kind: str) -> None:
    """`--out x.html` writes HTML, and the document holds the motion."""
    out = tmp_path / f"debate.{kind}"
    outcome = rejoinder("export", played, "--out", out, cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    assert "Could Trotsky ever have won" in out.read_text(encoding="utf-8")


def test_thread_json_has_the_documented_fields(tmp_path: Path) -> None:
    """`rejoinder thread --json` prints JSON alone on standard output, with offsets into the decoded source."""
    outcome = rejoinder("thread", EXAMPLE, "--json", cwd=tmp_path)
    assert outcome.status == 0
    document = json.loads(outcome.out)
    assert {"title", "format", "posts"} <= document.keys()
    source = EXAMPLE.read_bytes().decode()
    for post in document["posts"]:
        assert {"id", "author", "author_named", "passages"} <= post.keys()
        for passage in post["passages"]:
            assert {"kind", "text", "start", "end", "quoted_author", "quoted_post"} <= passage.keys()
            assert source[passage["start"] : passage["end"]] == passage["text"]


def test_personas_json_has_the_documented_fields(tmp_path: Path) -> None:
    """`rejoinder personas --json` gives every position verbatim evidence."""
    outcome = rejoinder("personas", EXAMPLE, "--json", cwd=tmp_path)
    assert outcome.status == 0
    document = json.loads(outcome.out)
    source = EXAMPLE.read_bytes().decode()
    assert document["motion"].startswith("Could Trotsky")
    for persona in document["personas"]:
        assert {"id", "name", "posts", "stance", "positions"} <= persona.keys()
        for position in persona["positions"]:
            assert position["evidence"]
            for evidence in position["evidence"]:
                assert source[evidence["start"] : evidence["end"]] == evidence["text"]


@pytest.mark.parametrize(
    ("content", "command"),
    [
        (b"", ("thread",)),
        (b"\x00\x01\x02\x03" * 100, ("thread",)),
        (b"   \n\n \n", ("personas",)),
        (b"One title\n\njust one line\n", ("debate",)),
        (b'{"a": 1}', ("debate",)),
        (b"<html><body>hello</body></html>", ("thread",)),
    ],
)
def test_bad_files_are_one_line_and_status_1(content: bytes, command: tuple[str], tmp_path: Path) -> None:
    """A file that cannot be used gives status 1, one clear line, no traceback, and nothing half-written."""
    (tmp_path / "bad.txt").write_bytes(content)
    outcome = rejoinder(*command, "bad.txt", cwd=tmp_path)
    assert outcome.status == 1, outcome.out
    lines = [line for line in outcome.err.splitlines() if not line.startswith("note: ")]
    assert len(lines) == 1
    assert lines[0].startswith("rejoinder: ")
    assert "Traceback" not in outcome.err
    assert [one.name for one in tmp_path.iterdir()] == ["bad.txt"]


@pytest.mark.parametrize(
    "arguments",
    [("debate",), ("debate", EXAMPLE, "--rounds", "0"), ("nonsense",), ("replay",), ("replay", "x", "--speed", "-1")],
)
def test_wrong_usage_is_status_2(arguments: tuple[object, ...], tmp_path: Path) -> None:
    """Wrong usage is told apart from failed runs."""
    assert rejoinder(*arguments, cwd=tmp_path).status == 2


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--format", "quiz"), "unknown format"),
        (("--participants", "nobody-here"), "names nobody"),
        (("--facts", "missing.yaml"), "missing.yaml"),
        (("--personas", "missing"), "missing"),
    ],
)
def test_a_debate_that_cannot_run_writes_nothing(arguments: tuple[str, ...], problem: str, tmp_path: Path) -> None:
    """What is wrong is said before anything runs, and no transcript is left behind."""
    outcome = rejoinder("debate", EXAMPLE, *arguments, "--out", "t.jsonl", cwd=tmp_path)
    assert outcome.status == 1
    assert problem in outcome.err
    assert not (tmp_path / "t.jsonl").exists()


def test_settings_are_listed(tmp_path: Path) -> None:
    """Every setting is printed with its present value."""
    outcome = rejoinder("settings", "--json", cwd=tmp_path, REJOINDER_FACTS=str(SHEET))
    assert json.loads(outcome.out)["REJOINDER_FACTS"]["value"] == str(SHEET)


def test_help_loads_nothing_heavy() -> None:
    """Starting the command line imports none of the libraries that take long."""
    heavy = ("langchain", "openai", "numpy", "bm25s", "fastapi", "pydantic", "selectolax", "jinja2", "sqlalchemy")
    script = f"import sys, api.cli.main; print([name for name in {heavy!r} if name in sys.modules])"
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    assert finished.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["thread", "personas", "debate", "replay", "export", "settings", "check"])
def test_every_command_has_help_that_says_what_it_does(command: str, tmp_path: Path) -> None:
    """`--help` of every command prints its purpose and options."""
    outcome = rejoinder(command, "--help", cwd=tmp_path)
    assert outcome.status == 0
    assert len(outcome.out.split()) > 20
