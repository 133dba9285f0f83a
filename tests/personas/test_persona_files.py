"""Persona files: written, edited, read back."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from language.errors import PersonaError
from personas.extraction import extract_cast
from personas.persona_files import read_cast, write_cast
from personas.pseudonyms import pseudonymise
from tests.personas.discussions_made import HARBOUR, make_thread, own

THREAD = HARBOUR.thread


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the harbour discussion's personas."""
    write_cast(extract_cast(THREAD), tmp_path / "cast")
    return tmp_path / "cast"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_written_reads_back_the_same(folder: Path) -> None:
    """Files that nobody edited give the personas that were written."""
    cast = extract_cast(THREAD)
    assert read_cast(folder, THREAD) == cast
    assert {persona.id: persona for persona in read_cast(folder).personas} == {
        persona.id: persona for persona in cast.personas
    }


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_characters_survive_the_file(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    """Control characters, line separators and YAML's own signs come back as they were."""
    cast = extract_cast(THREAD)
    odd = cast.personas[0].model_copy(update={"name": words, "epithet": words})
    folder = tmp_path_factory.mktemp("odd") / "cast"
    write_cast(cast.model_copy(update={"personas": (odd,)}), folder)
    assert read_cast(folder).personas[0] == odd


def test_files_that_are_there_already_are_not_overwritten(folder: Path) -> None:
    """Somebody's edits are never lost: nothing at all is written then."""
    edit(folder / "bertil.yaml", "name: Bertil", "name: Bertil the Elder")
    (folder / "orsolya.yaml").unlink()
    with pytest.raises(PersonaError, match=r"bertil\.yaml' exists already"):
        write_cast(extract_cast(THREAD), folder)
    assert "the Elder" in (folder / "bertil.yaml").read_text(encoding="utf-8")
    assert not (folder / "orsolya.yaml").exists()


def test_a_new_position_needs_only_the_text_of_its_evidence(folder: Path) -> None:
    """Post and place of evidence that an editor typed are found in the thread."""
    data = yaml.safe_load((folder / "bertil.yaml").read_text(encoding="utf-8"))
    text = "It carried four hundred lorries a day in 2019."
    data["positions"].append({"id": "mine", "statement": "The road is busy.", "evidence": [{"text": text}]})
    (folder / "bertil.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    evidence = read_cast(folder, THREAD).persona("bertil").positions[-1].evidence[0]
    assert evidence.post_id == "2"
    assert HARBOUR.source[evidence.start : evidence.end] == text


def test_a_shifted_place_is_mended(folder: Path) -> None:
    """Evidence that was shortened keeps being verbatim, so its place is found anew."""
    path = folder / "orsolya.yaml"
    before = read_cast(folder, THREAD).persona("orsolya").positions[0].evidence[0]
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["positions"][0]["evidence"][0]["text"] = before.text[4:]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    after = read_cast(folder, THREAD).persona("orsolya").positions[0].evidence[0]
    assert (after.start, after.end) == (before.start + 4, before.end)


def test_a_deleted_position_leaves_its_remarks_without_one(folder: Path) -> None:
    data = yaml.safe_load((folder / "bertil.yaml").read_text(encoding="utf-8"))
    gone = data["positions"].pop(0)["id"]
    data["positions"] = data["positions"] or [
        {"id": "p9", "statement": "x", "evidence": [{"text": "A crossing guard would be cheaper"}]}
    ]
    (folder / "bertil.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert gone not in {one.position_id for one in read_cast(folder, THREAD).persona("bertil").remarks}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("stance: unclear", "stance: undecided", r"bertil\.yaml' line \d+: stance: Input should be"),
        ("epithet:", "epitet:", r"line \d+: (the key 'epithet' is missing|unknown key 'epitet')"),
        ("pseudonym:", "nickname: B\npseudonym:", r"line \d+: unknown key 'nickname'"),
        ("id: bertil", "id: Bertil Öst", r"line \d+: the id 'Bertil Öst' may hold only"),
        ("text: the fish", "text: the cod", r"line \d+: 'the cod .*' is not verbatim in this person's own"),
        ("- '2'", "- '77'", r"line \d+: the thread has no post '77'"),
        ("- '2'", "- '2'\n- '1'", r"line \d+: these posts are not all by the same person"),
        ("name: Bertil", "name: Bertil\nname: Berta", r"line \d+: the key 'name' is given twice"),
        ("name: Bertil", "name: [Bertil", r"line \d+: not valid YAML"),
        ("name: Bertil", "name: &a Bertil\nnote: *a", r"line \d+: aliases"),
        ("named: true", "named: 2024-01-01", r"line \d+: named: Input should be"),
    ],
)
def test_a_broken_file_is_named_with_its_line(folder: Path, old: str, new: str, message: str) -> None:
    """Every fault gives one line that names the file and where in it."""
    edit(folder / "bertil.yaml", old, new)
    with pytest.raises(PersonaError, match=message) as caught:
        read_cast(folder, THREAD)
    assert "\n" not in str(caught.value)


def test_nothing_is_constructed_from_a_tag(folder: Path) -> None:
    """A tag that asks for an object of some program is words to us."""
    edit(folder / "bertil.yaml", "name: Bertil", "name: !!python/object:os.system Bertil")
    assert read_cast(folder, THREAD).persona("bertil").name == "Bertil"


@pytest.mark.parametrize("positions", ["[]", "null"])
def test_a_persona_without_positions_is_refused(folder: Path, positions: str) -> None:
    data = yaml.safe_load((folder / "bertil.yaml").read_text(encoding="utf-8"))
    data["positions"] = yaml.safe_load(positions)
    (folder / "bertil.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(PersonaError, match=r"line \d+: a persona needs at least one position"):
        read_cast(folder, THREAD)


def test_a_quoted_sentence_is_no_evidence(folder: Path) -> None:
    """Words inside a quote stand in the post, but are not the poster's."""
    data = yaml.safe_load((folder / "bertil.yaml").read_text(encoding="utf-8"))
    data["positions"][0]["evidence"] = [{"text": "Children cannot cross the harbour road safely"}]
    (folder / "bertil.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(PersonaError, match="not verbatim"):
        read_cast(folder, THREAD)


def test_an_id_used_twice_names_both_files(folder: Path) -> None:
    (folder / "copy.yaml").write_bytes((folder / "bertil.yaml").read_bytes())
    with pytest.raises(PersonaError, match=r"copy\.yaml': the id 'bertil' is already used in .*bertil\.yaml"):
        read_cast(folder, THREAD)


def test_files_of_another_thread_are_refused(folder: Path) -> None:
    """Evidence that is verbatim elsewhere is not evidence here."""
    other = make_thread(("Ada", [own("Trams should be free.")]), ("Bo", [own("They should not.")])).thread
    with pytest.raises(PersonaError):
        read_cast(folder, other)


def test_unusable_folders_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PersonaError, match="cannot read the persona folder"):
        read_cast(tmp_path / "nowhere")
    with pytest.raises(PersonaError, match="no persona files"):
        read_cast(tmp_path)
    (tmp_path / "bad.yaml").write_bytes(b"name: \xff")
    with pytest.raises(PersonaError, match="not UTF-8: bad byte at position 6"):
        read_cast(tmp_path)
    (tmp_path / "bad.yaml").write_text("- just a list", encoding="utf-8")
    with pytest.raises(PersonaError, match="list of keys and values"):
        read_cast(tmp_path)


def test_nobody_arguing_is_said() -> None:
    thread = make_thread(("Ada", [own("Hello!")])).thread
    with pytest.raises(PersonaError, match="nobody in this thread argues anything"):
        write_cast(extract_cast(thread), Path("unused"))


def test_a_pseudonymous_cast_names_nobody() -> None:
    """Names and ids go; the order, positions and answers stay."""
    cast = extract_cast(THREAD)
    hidden = pseudonymise(cast)
    assert [one.positions for one in hidden.personas] == [one.positions for one in cast.personas]
    names = {one.name for one in hidden.personas}
    assert not names & {one.name for one in cast.personas}
    for persona in hidden.personas:
        assert persona.id not in {one.id for one in cast.personas}
        assert {remark.answers_author for remark in persona.remarks} <= names | {None}
