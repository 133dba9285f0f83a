"""Sheets: a broken one says where, a good one keeps everything, a large one comes from the cache."""

import json
from pathlib import Path

import pytest

from debate.referee.curation import as_yaml, coverage, diff
from debate.referee.fact_tables import facts_from_csv
from debate.referee.lint import lint
from debate.referee.referee import RuleReferee
from debate.referee.sheet_files import add_facts
from debate.referee.sheets import load_sheet, parse_sheet
from language.errors import SheetError
from tests.debate.referee.sheets_made import FACTS, make_fact, make_sheet

HEAD = "id: velmora\ntitle: Velmora\nversion: 1\nfacts:\n"
ONE = "  - id: a\n    statement: Velmora has three harbours.\n    sources: [{author: A. Brook, title: History}]\n"

BROKEN = {
    "unknown key of the sheet": ("colour: red\n" + HEAD + ONE, "unknown key 'colour'"),
    "unknown key of a fact": (HEAD + ONE + "    colour: red\n", r"line 5: fact 'a': unknown key 'colour'"),
    "repeated id": (HEAD + ONE + ONE.replace("three", "four"), r"line 8: fact 'a': the id is taken"),
    "no source": (HEAD + ONE + "  - id: b\n    statement: It is so.\n", r"line 8: fact 'b' has no source"),
    "no statement": (HEAD + "  - id: b\n    sources: [{author: A, title: B}]\n", r"line 5: fact 'b': 'statement'"),
    "bad date": (HEAD + ONE + "    date: in spring\n", r"line 5: fact 'a': date 'in spring'"),
    "bad id": (HEAD + ONE.replace("id: a", "id: A B"), r"line 5: fact 'A B': an id has small letters"),
    "key given twice": (HEAD + ONE + "    statement: Again.\n", r"line 8: key 'statement' is given twice"),
    "not YAML": (HEAD + "  - {a: [\n", r"line \d+: not valid YAML"),
    "not JSON": ('{"id": 1,', r"line 1: not valid JSON"),
    "a list": ("- a\n- b\n", "a sheet is a mapping"),
    "facts missing": ("id: a\ntitle: b\nversion: c\n", "the key 'facts' is missing"),
    "facts no list": ("id: a\ntitle: b\nversion: c\nfacts: none of them\n", "'facts' is a list"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_sheet_says_where(name: str) -> None:
    """One line, with the line of the fact and its id."""
    text, said = BROKEN[name]
    with pytest.raises(SheetError, match=said) as caught:
        parse_sheet(text.encode(), "sheet.yaml")
    assert "\n" not in str(caught.value)


def test_facts_that_contradict_each_other_are_refused() -> None:
    """The same figure with two values; the same statement once denied."""
    slot = "    subject: Velmora\n    relation: harbours\n    value: {}\n    unit: harbours\n"
    other = ONE.replace("id: a", "id: b").replace("three", "four")
    with pytest.raises(SheetError, match=r"'a' and 'b' contradict each other"):
        parse_sheet((HEAD + ONE + slot.format(3) + other + slot.format(4)).encode())
    denied = ONE.replace("id: a", "id: b").replace("has three", "has not three")
    with pytest.raises(SheetError, match="denies the other"):
        parse_sheet((HEAD + ONE + denied).encode())


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """Wrong encoding, nothing at all, no file."""
    with pytest.raises(SheetError, match="byte 4 is not UTF-8"):
        parse_sheet(b"id: \xff")
    (tmp_path / "empty.yaml").write_bytes(b"  \n")
    with pytest.raises(SheetError, match="is empty"):
        load_sheet(tmp_path / "empty.yaml")
    with pytest.raises(SheetError, match="cannot read"):
        load_sheet(tmp_path / "none.yaml")


def test_json_and_yaml_give_the_same_facts(tmp_path: Path) -> None:
    """Numbers as dates, a single alias without a list: both forms mean the same."""
    sheet = parse_sheet((HEAD + ONE + "    date: 1931\n    aliases: the island\n").encode())
    assert sheet.facts[0].date == "1931"
    assert sheet.facts[0].aliases == ("the island",)
    path = tmp_path / "sheet.json"
    path.write_text(json.dumps(sheet.model_dump(mode="json")), encoding="utf-8")
    assert load_sheet(path).facts == sheet.facts


def test_a_large_sheet_is_kept_checked_and_indexed(tmp_path: Path) -> None:
    """6,000 facts: the second load and the second index come from the cache, and answer the same."""
    facts = tuple(make_fact(f"f{number}", f"Harbour number {number} of Velmora opened in {1500 + number % 500}.")
                  for number in range(6_000))  # fmt: skip
    path, cache = tmp_path / "large.json", tmp_path / "cache"
    path.write_text(make_sheet(*facts).model_dump_json() + " " * 400_000, encoding="utf-8")
    first = load_sheet(path, cache)
    again = load_sheet(path, cache)
    assert again == first
    assert len(list(cache.glob("sheet-*"))) == 1
    hits = [RuleReferee(one, cache).library.candidates("harbour 4711 of Velmora") for one in (first, again)]
    assert [entry.fact.id for entry, _ in hits[0]] == [entry.fact.id for entry, _ in hits[1]]
    assert hits[0]


def test_lint_finds_what_a_curator_should_mend() -> None:
    """Duplicates, relative dates, statements that need the one before, sources that are none."""
    sheet = make_sheet(
        make_fact("a", "Velmora has three harbours."),
        make_fact("b", "Velmora has three harbours."),
        make_fact("c", "The bridge of Selm was closed two years ago."),
        make_fact("d", "He was the first president of Velmora."),
        make_fact("e", "Selm was founded in 1620.", date="1720"),
        make_fact("f", "Velmora exports salt and wool.").model_copy(
            update={"sources": (FACTS[0].sources[0].model_copy(update={"title": "internet"}),)}
        ),
    )
    assert [(one.fact, one.kind) for one in lint(sheet)] == [
        ("b", "duplicate"), ("c", "relative_date"), ("d", "not_self_contained"), ("e", "date"), ("f", "unsourced"),
    ]  # fmt: skip
    assert lint(make_sheet()) == ()


def test_diff_names_facts_and_fields() -> None:
    """Added, changed, removed."""
    changed = FACTS[0].model_copy(update={"date": "1932"})
    new = make_sheet(changed, *FACTS[1:-1], make_fact("new", "Velmora has a lighthouse."))
    changes = diff(make_sheet(), new)
    assert [(one.fact, one.kind) for one in changes] == [
        ("republic", "changed"), ("new", "added"), ("ferry-strike", "removed"),
    ]  # fmt: skip
    assert changes[0].fields == (("date", "1931-03", "1932"),)


def test_coverage_lists_what_is_said_most_first() -> None:
    """Claims that the sheet does not cover, alike ones together; opinions are not claims."""
    texts = [
        ("1", "The harbour of Selm burned down in 1928. Velmora became a republic in March 1931."),
        ("2", "The harbour of Selm burned down. I love harbours. Salt was taxed in 1911."),
    ]
    found = coverage(texts, RuleReferee(make_sheet()))
    assert found.covered == 1
    assert (found.gaps[0].times, found.gaps[0].where) == (2, ("1", "2"))
    assert len(found.gaps) == 2


def test_facts_are_added_from_a_table_with_comments_kept(tmp_path: Path) -> None:
    """New facts are appended, nothing else changes, and a row without source stops all."""
    path = tmp_path / "sheet.yaml"
    text = "# kept\n" + HEAD + ONE
    path.write_text(text, encoding="utf-8")
    columns = "statement,value,unit,aliases,source_author,source_title"
    rows = f'{columns}\n"Selm has 4,000 people.",4000,people,Port Selm; S.,A,B\n'
    (fact,) = facts_from_csv(rows, {"a"})
    assert (fact.value, fact.aliases) == (4000, ("Port Selm", "S."))
    add_facts(path, (fact,))
    assert path.read_text(encoding="utf-8").startswith(text)
    assert load_sheet(path).facts[1] == fact
    with pytest.raises(SheetError, match=r"line 2: fact .* has no source"):
        facts_from_csv("statement,source_author,source_title\nSelm is small.,,\n")
    before = path.read_bytes()
    with pytest.raises(SheetError, match="the id is taken"):
        add_facts(path, (fact,))
    assert path.read_bytes() == before


def test_yaml_of_facts_reads_back() -> None:
    """What is written is what was meant."""
    assert parse_sheet((HEAD + as_yaml(FACTS)).encode()).facts == FACTS


@pytest.mark.parametrize(
    "table",
    [
        "statement,source_author,source_title\nSelm has two piers.,A. Brook,History\n",
        "statement;source_author;source_title\r\nSelm has two piers.;A. Brook;History\r\n",
        "Statement\tSource Author\tSource-Title\nSelm has two piers.\tA. Brook\tHistory\n",
        "\ufefffact,author,source\n,,\nSelm has two piers.,A. Brook,History\n,,\n",
        'statement,source_author,source_title\n"Selm has two piers.","A. Brook","History"',
    ],
)
def test_tables_of_any_spreadsheet_are_read(table: str) -> None:
    """Commas, semicolons, tabs, a byte order mark, other line ends, empty rows, headers as people write them."""
    (fact,) = facts_from_csv(table)
    assert (fact.statement, fact.sources[0].author, fact.sources[0].title) == (
        "Selm has two piers.",
        "A. Brook",
        "History",
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("statement,source_author,source_title\nSelm has piers, two.,A,T\n", "line 2: more cells than columns"),
        ('statement,source_author,source_title\n"Selm has piers.,A,T\n', "never closed"),
        ("statement,source_author,source_title\nSelm has piers.,,T\nSelm,,\n", "(and 1 more; nothing was added)"),
        ("statement,source_author,source_title,date\nSelm has piers.,A,T,4.6.1940\n", "4.6.1940"),
        ("statement,statement,source_author,source_title\na,b,c,d\n", "twice"),
        ("statement,source_author,source_title\n,A,T\n", "no statement"),
        ("", "missing"),
    ],
)
def test_tables_that_cannot_be_facts_say_where(table: str, said: str) -> None:
    """Too many cells, an open quotation mark, no source, a date in another form, a column twice, nothing."""
    with pytest.raises(SheetError) as caught:
        facts_from_csv(table)
    assert said in str(caught.value)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_adding_keeps_what_the_editor_wrote(tmp_path: Path, end: str, mark: bytes) -> None:
    """Byte order mark, ends of lines and comments of a sheet stay as they are; other scripts too."""
    lines = ("id: s", "title: Сельм", "version: '1'", "facts:  # вот", "  - id: a", "    statement: Selm has piers, 3.",
             "    sources: [{author: A, title: T}]", "")  # fmt: skip
    path = tmp_path / "s.yaml"
    path.write_bytes(mark + end.join(lines).encode())
    add_facts(path, [make_fact("b", "島には港が三つある。")])
    data = path.read_bytes()
    assert data.startswith(mark + b"id: s")
    assert "# вот".encode() in data
    assert data.count(b"\r\n") == (data.count(b"\n") if end == "\r\n" else 0)
    assert [fact.id for fact in load_sheet(path).facts] == ["a", "b"]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("\t- id: a", "tab"),
        ("  - id: a\n    statement: The price: it rose", "colon"),
        ("  - id: a\n   statement: b", "indented"),
        ('  - id: a\n    statement: "never closed', "never closed"),
        ("  - id: Ä\n    statement: b\n    sources: [{author: A, title: T}]", "small letters"),
        ("  - id: a\n    statement: b\n    sources: A book", "list of works"),
        ("  - id: a\n    statement: b\n    sources: [{author: A}]", "source 1 has no 'title'"),
    ],
)
def test_a_broken_sheet_says_what_to_do(fact: str, said: str) -> None:
    """The usual slips of the hand, in words of a curator rather than of a parser."""
    with pytest.raises(SheetError) as caught:
        parse_sheet(f"id: s\ntitle: S\nversion: '1'\nfacts:\n{fact}\n".encode())
    assert said in str(caught.value)
    assert "line " in str(caught.value)
