"""Transcript files: what is written is what is read, also after a kill."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.events import EVENT
from language.errors import TranscriptError
from tests.transcripts.transcripts_made import a_header, a_transcript, some_events
from transcripts.files import continue_transcript, create_transcript, parse_transcript, read_transcript


def write(path: Path) -> Path:
    with create_transcript(path, a_header()) as writer:
        for event in some_events():
            writer.write(event)
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A transcript survives its file."""
    assert read_transcript(write(tmp_path / "t.jsonl")) == a_transcript()


def test_every_line_says_that_it_is_simulated(tmp_path: Path) -> None:
    """No line of a transcript can be taken for something that a person said."""
    lines = write(tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    assert all('"simulated":true' in line for line in lines)


@given(cut=st.integers(min_value=0))
def test_a_file_cut_anywhere_after_its_header_is_valid(cut: int) -> None:
    """Killed at any byte, a transcript keeps every event whose line was finished."""
    header = a_header().model_dump_json().encode() + b"\n"
    lines = [EVENT.dump_json(event) + b"\n" for event in some_events()]
    data = header + b"".join(lines)
    end = len(header) + cut % (len(data) - len(header) + 1)
    finished = data[len(header) : end].count(b"\n")
    assert parse_transcript(data[:end], "t").events == some_events()[:finished]


def test_continuing_removes_the_line_that_was_cut_off(tmp_path: Path) -> None:
    """After a kill in the middle of a line, the file goes on as if the line had never begun."""
    path = write(tmp_path / "t.jsonl")
    data = path.read_bytes()
    path.write_bytes(data[:-20])
    with continue_transcript(path) as writer:
        writer.write(some_events()[-1])
    assert path.read_bytes() == data


def test_an_existing_transcript_is_not_overwritten_by_accident(tmp_path: Path) -> None:
    """Nothing that was said is lost to a second run with the same name."""
    path = write(tmp_path / "t.jsonl")
    before = path.read_bytes()
    with pytest.raises(TranscriptError, match="--resume"):
        create_transcript(path, a_header())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not one whole line"),
        (b"hello\n", "not JSON"),
        (b"[]\n", "no schema_version"),
        (b'{"schema_version": 99}\n', "schema version 99"),
        (b'{"schema_version": 1}\n', "line 1"),
        (b"\xff\xfe\x00\n", "not JSON"),
    ],
)
def test_other_files_are_named_errors(tmp_path: Path, content: bytes, problem: str) -> None:
    """What is no transcript is refused in one line that says why."""
    path = tmp_path / "t.jsonl"
    path.write_bytes(content)
    with pytest.raises(TranscriptError, match=problem):
        read_transcript(path)


def test_a_gap_in_the_numbers_is_an_error_with_its_line(tmp_path: Path) -> None:
    """A missing event is noticed, not skipped."""
    path = write(tmp_path / "t.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    with pytest.raises(TranscriptError, match="line 3: event 3 where 2 should follow"):
        read_transcript(path)


def test_a_missing_file_is_a_named_error(tmp_path: Path) -> None:
    """A path that is not there is said to be not there."""
    with pytest.raises(TranscriptError, match="No such file"):
        read_transcript(tmp_path / "none.jsonl")


@pytest.mark.skipif(sys.platform == "win32", reason="no advisory locks of this kind on Windows")
def test_two_writers_of_one_transcript_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with create_transcript(path, a_header()) as writer:
        before = path.read_bytes()
        with pytest.raises(TranscriptError, match="another process is writing"):
            continue_transcript(path)
        with pytest.raises(TranscriptError, match="another process is writing"):
            create_transcript(path, a_header(), overwrite=True)
        assert path.read_bytes() == before
        writer.write(a_transcript().events[0])
    with pytest.raises(TranscriptError, match="resume it again"):
        continue_transcript(path, known_events=0)
    with continue_transcript(path, known_events=1):
        pass


def test_a_folder_is_no_transcript_to_replace(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="is a folder"):
        create_transcript(tmp_path, a_header())
