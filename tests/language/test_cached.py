"""A cache makes a start slow or quick, never wrong: whatever is damaged, killed or written twice."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from language.cached import code_version, keep, take
from language.search import LARGE, LargeSearch, index_texts

TEXTS = [["harbour", f"town{number}"] for number in range(LARGE)]


def write(folder: Path) -> None:
    """An entry of two files."""
    (folder / "one.txt").write_text("1" * 1000, encoding="utf-8")
    (folder / "two.txt").write_text("2", encoding="utf-8")


def read(folder: Path) -> str:
    """What the entry says."""
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("one.txt", "two.txt"))


def test_what_is_kept_is_taken(tmp_path: Path) -> None:
    """An entry comes back as it was written, and nothing else lies beside it."""
    assert take(tmp_path / "kind-a", read) is None
    assert keep(tmp_path / "kind-a", write)
    assert take(tmp_path / "kind-a", read) == "1" * 1000 + "2"
    assert [entry.name for entry in tmp_path.iterdir()] == ["kind-a"]


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "missing", "more", "sums", "file"])
def test_a_damaged_entry_is_put_aside(tmp_path: Path, damage: str) -> None:
    """One bit, a cut, an empty or missing file, one too many, broken checksums, a file in its place."""
    entry = tmp_path / "kind-a"
    keep(entry, write)
    one = entry / "one.txt"
    if damage == "flip":
        one.write_text("1" * 999 + "0", encoding="utf-8")
    elif damage == "cut":
        one.write_text("1" * 500, encoding="utf-8")
    elif damage == "empty":
        one.write_bytes(b"")
    elif damage == "missing":
        one.unlink()
    elif damage == "more":
        (entry / "three.txt").write_text("3", encoding="utf-8")
    elif damage == "sums":
        (entry / "checksums.json").write_text("[", encoding="utf-8")
    else:
        for file in entry.iterdir():
            file.unlink()
        entry.rmdir()
        entry.write_text("a file", encoding="utf-8")
    assert take(entry, read) is None
    if damage != "file":
        assert not entry.exists()
        assert keep(entry, write)
        assert take(entry, read) is not None


def test_many_writers_at_once_leave_one_whole_entry(tmp_path: Path) -> None:
    """Whoever comes first wins; nobody fails, and no draft is left."""
    with ThreadPoolExecutor(8) as crowd:
        assert all(crowd.map(lambda _: keep(tmp_path / "kind-a", write), range(40)))
    assert take(tmp_path / "kind-a", read) is not None
    assert [entry.name for entry in tmp_path.iterdir()] == ["kind-a"]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """A file where the cache should be: nothing is kept, nothing breaks."""
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    assert not keep(tmp_path / "cache" / "kind-a", write)
    assert take(tmp_path / "cache" / "kind-a", read) is None


def test_only_the_last_used_entries_of_a_kind_are_kept(tmp_path: Path) -> None:
    """The cache does not grow for ever, and other kinds are left alone."""
    keep(tmp_path / "other-a", write)
    for number in range(20):
        keep(tmp_path / f"kind-{number}", write)
    assert sum(entry.name.startswith("kind-") for entry in tmp_path.iterdir()) == 12
    assert (tmp_path / "other-a").is_dir()


def test_other_code_has_another_version(tmp_path: Path) -> None:
    """A changed file changes the name under which entries lie."""
    source = tmp_path / "code.py"
    source.write_text("a = 1", encoding="utf-8")
    before = code_version(source, "library 1")
    assert code_version(source, "library 1") == before
    assert code_version(source, "library 2") != before
    source.write_text("a = 2", encoding="utf-8")
    assert code_version(source, "library 1") != before


def test_an_index_is_read_from_the_cache_and_made_anew_when_damaged(tmp_path: Path) -> None:
    """The texts are not asked for again while the index is whole; results are the same either way."""

    def refuse() -> list[list[str]]:
        raise AssertionError("the texts are not needed")

    made = index_texts(lambda: TEXTS, LARGE, "a" * 64, tmp_path)
    kept = index_texts(refuse, LARGE, "a" * 64, tmp_path)
    assert isinstance(kept, LargeSearch)
    assert kept.best(["town7"], 3) == made.best(["town7"], 3)
    (entry,) = tmp_path.iterdir()
    for file in entry.glob("*.npy"):
        file.write_bytes(file.read_bytes()[:-100])
    again = index_texts(lambda: TEXTS, LARGE, "a" * 64, tmp_path)
    assert again.best(["town7"], 3) == made.best(["town7"], 3)
    assert index_texts(refuse, LARGE, "a" * 64, tmp_path).best(["town7"], 1)


_CHILD = """
import sys
from pathlib import Path
from language.search import LARGE, index_texts
texts = [["harbour", f"town{number}"] for number in range(LARGE)]
print(index_texts(lambda: texts, LARGE, "b" * 64, Path(sys.argv[1])).best(["town7"], 1)[0].place)
"""


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    """Four processes with an empty cache, one of them killed: the others find the same, and so does the next."""
    children = [
        subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    children[0].kill()
    said = [child.communicate()[0].strip() for child in children]
    assert said[1:] == ["7", "7", "7"]
    assert subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout.strip() == "7"  # fmt: skip
