"""Files, folders and bytes: the right reader by content, and one clear line where nothing can be read."""

import json
from pathlib import Path

import pytest

from language.errors import ThreadError
from personas.reading import FORMATS, MAX_BYTES, read_thread, read_thread_text
from tests.personas.reading.reading_made import outline, read_text, read_value

JSONL = (
    '{"id": "a", "author": "Ann", "text": "Bread is better than rice."}\n'
    '{"id": "b", "author": "Bob", "text": "Rice keeps longer.", "parent_id": "a", '
    '"created_at": "2024-05-01T10:00:00Z"}\n'
)
MAIL = "From: Ann Lee <ann@example.org>\nSubject: Bread\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\nBread it is.\n"
PAGE = "<!doctype html><html><head><title>Shop</title></head><body><p>Buy our bread.</p></body></html>"


def test_plain_json_lines_are_read_whole() -> None:
    """Ids, authors, answers and times come through."""
    thread = read_text(JSONL)
    assert thread.format == "jsonl"
    assert [post.id for post in thread.posts] == ["a", "b"]
    assert thread.authors == ("Ann", "Bob")
    assert thread.posts[1].parent_id == "a"
    assert thread.posts[1].written_at is not None
    assert thread.offsets == "post"


def test_json_lines_may_be_an_array_with_numbers_for_ids() -> None:
    """An array of posts reads like the lines, and numbers are ids."""
    value = [{"id": 1, "author": "Ann", "text": "Yes."}, {"id": 2, "author": 7, "text": "No.", "parent_id": 1.0}]
    thread = read_value(value)
    assert [post.id for post in thread.posts] == ["1", "2"]
    assert thread.posts[1].author == "7"
    assert thread.posts[1].parent_id == "1"


def test_words_repeated_from_an_earlier_post_are_a_quote() -> None:
    """Plain JSON lines keep no quote marks: repeated words are credited to who wrote them first."""
    first = "The old mill by the river grinds the finest flour in the whole of the valley."
    thread = read_value(
        [
            {"id": "a", "author": "Ann", "text": first},
            {"id": "b", "author": "Bob", "text": f"{first}\nThat mill closed years ago, sadly."},
        ]
    )
    quote, own = thread.posts[1].passages
    assert (quote.kind, quote.quoted_author, quote.quoted_post) == ("quote", "Ann", "a")
    assert own.text == "That mill closed years ago, sadly."


def test_nameless_posts_get_a_label_each() -> None:
    """Two posts without an author are not made one person."""
    thread = read_value([{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}])
    assert len(thread.authors) == 2
    assert not any(post.author_named for post in thread.posts)


def test_a_broken_line_is_left_out_and_named() -> None:
    """One bad line of many costs that line, and the note gives its number."""
    lines = [json.dumps({"id": n, "author": "Ann", "text": f"Line {n}."}) for n in range(4)]
    lines[2] = '{"id": 2, "author": "Ann", "te'
    thread = read_text("\n".join(lines))
    assert len(thread.posts) == 3
    assert any("line 3" in note for note in thread.notes)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t \r\n", "empty"),
        (b'{"id": "a", "author": "Ann", "tex', "breaks at line 1"),
        (b'{"rows": [1, 2, 3]}', "no discussion format|of no discussion"),
        (b'[{"id": 1, "author": "Ann", "text": "  "}]', "no post with words"),
        (PAGE.encode(), "web page of no forum software known"),
        (b"[" * 200_000, "breaks at line 1"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "no discussion format|of no discussion"),
    ],
)
def test_unusable_bytes_give_one_clear_line(data: bytes, message: str) -> None:
    """The error names the file and says what is wrong with it."""
    with pytest.raises(ThreadError, match=message) as caught:
        read_thread_text(data, "sent.dat")
    assert "\n" not in str(caught.value)


def test_too_large_is_refused_before_loading(tmp_path: Path) -> None:
    """100 MB are refused by size, without reading them; the error gives the limit."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(ThreadError, match="100 MB"):
        read_thread([path])
    with pytest.raises(ThreadError, match=f"{MAX_BYTES / 1e6:,.0f} MB"):
        read_thread_text(b"a" * (MAX_BYTES + 1), "upload")


def test_missing_files_are_named(tmp_path: Path) -> None:
    """A path that does not exist, and a folder without files, give one line."""
    with pytest.raises(ThreadError, match="cannot read"):
        read_thread([tmp_path / "no-such-file.html"])
    with pytest.raises(ThreadError, match="no file"):
        read_thread([tmp_path])
    with pytest.raises(ThreadError, match="no file"):
        read_thread([])


def test_unknown_format_lists_the_known() -> None:
    """A misspelt --format is answered with the list."""
    with pytest.raises(ThreadError, match="reddit"):
        read_text(JSONL, "redit")


def test_every_format_has_a_reader_and_a_description() -> None:
    """Each name of `FORMATS` can be forced: it reads or refuses, and never fails otherwise."""
    for name, description in FORMATS.items():
        assert description
        for text in (JSONL, MAIL, PAGE, "just some words"):
            assert "\n" not in _outcome(text, name)


def _outcome(text: str, format: str) -> str:
    try:
        return read_text(text, format).format
    except ThreadError as error:
        return str(error)


def test_small_threads_are_read_with_a_note() -> None:
    """One post, and one poster, are honest smaller results."""
    one = read_value([{"id": "a", "author": "Ann", "text": "Alone here."}])
    assert "only one post was found" in one.notes
    same = read_value([{"id": n, "author": "Ann", "text": f"Me again, {n}."} for n in range(3)])
    assert "all posts are by one person" in same.notes


def test_lone_surrogates_become_replacement_characters() -> None:
    """JSON may hold half a character; it is replaced, not passed on to fail elsewhere."""
    thread = read_text('[{"id": "a", "author": "A\\ud800n", "text": "half \\udc00 a word"}]')
    assert thread.posts[0].author == "A\ufffdn"
    assert "\ufffd" in thread.posts[0].text


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    """A mailbox called .html is a mailbox."""
    path = tmp_path / "page.html"
    path.write_text(MAIL)
    assert read_thread([path]).format == "mbox"


def _lines(*numbers: int) -> str:
    return "\n".join(
        json.dumps({"id": n, "author": f"P{n % 3}", "text": f"Post number {n}.", "created_at": 1_700_000_000 + n})
        for n in numbers
    )


def test_pages_are_joined_in_order_of_time_and_repeats_dropped(tmp_path: Path) -> None:
    """Pages named in the wrong order, one post on both: one thread, each post once."""
    (tmp_path / "one").write_text(_lines(1, 2, 3))
    (tmp_path / "two").write_text(_lines(3, 4, 5))
    thread = read_thread([tmp_path / "two", tmp_path / "one"])
    assert [post.id for post in thread.posts] == ["1", "2", "3", "4", "5"]
    assert any("1 posts stand on more than one page" in note for note in thread.notes)
    same = read_thread([tmp_path / "one", tmp_path / "two"])
    assert same.digest == thread.digest


def test_a_folder_is_read_in_natural_order_and_says_what_it_left_out(tmp_path: Path) -> None:
    """Without times the names decide, page-2 before page-10; a file that is no thread is noted."""
    for page in (2, 10, 1):
        line = {"id": f"p{page}", "author": "Ann", "text": f"On page {page}."}
        (tmp_path / f"page-{page}.jsonl").write_text(json.dumps(line))
    (tmp_path / "stray.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "style.css").write_text("p {}")
    thread = read_thread([tmp_path])
    assert [post.id for post in thread.posts] == ["p1", "p2", "p10"]
    assert any("stray.bin" in note for note in thread.notes)


def test_one_id_for_two_posts_does_not_lose_either(tmp_path: Path) -> None:
    """Pages that number their posts from 1 keep all posts, references renamed with them."""
    (tmp_path / "1").write_text(
        '{"id": 1, "author": "Ann", "text": "Tea."}\n{"id": 2, "author": "Bob", "text": "Mate.", "parent_id": 1}'
    )
    (tmp_path / "2").write_text(
        '{"id": 1, "author": "Cid", "text": "Milk."}\n{"id": 2, "author": "Dot", "text": "Soup.", "parent_id": 1}'
    )
    thread = read_thread([tmp_path / "1", tmp_path / "2"])
    assert [author for author, _ in outline(thread)] == ["Ann", "Bob", "Cid", "Dot"]
    assert thread.posts[3].parent_id == thread.posts[2].id
    assert len({post.id for post in thread.posts}) == 4


def test_nameless_people_of_two_pages_stay_two(tmp_path: Path) -> None:
    """A made-up label of one page is not given to somebody of the next."""
    (tmp_path / "1").write_text('{"id": "a", "text": "Tea."}')
    (tmp_path / "2").write_text('{"id": "b", "text": "Milk."}')
    assert len(read_thread([tmp_path / "1", tmp_path / "2"]).authors) == 2


def test_pages_of_different_kinds_or_threads_are_refused(tmp_path: Path) -> None:
    """Files of two formats, or of two topics, are not silently made one discussion."""
    (tmp_path / "lines").write_text(JSONL)
    (tmp_path / "mail").write_text(MAIL)
    with pytest.raises(ThreadError, match="one at a time"):
        read_thread([tmp_path / "lines", tmp_path / "mail"])
    for number, title in enumerate(["Bread", "Circuses"]):
        topic = {"title": title, "post_stream": {"posts": [{"id": number, "username": "ann", "cooked": "<p>Hi</p>"}]}}
        (tmp_path / f"{number}.json").write_text(json.dumps(topic))
    with pytest.raises(ThreadError, match="different threads, 'Bread' and 'Circuses'"):
        read_thread([tmp_path / "0.json", tmp_path / "1.json"])


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    """A file named twice, or with its folder, counts once."""
    path = tmp_path / "lines"
    path.write_text(JSONL)
    assert len(read_thread([path, tmp_path]).posts) == 2


def test_a_page_saved_as_one_file_is_unpacked() -> None:
    """MHTML is a page, not a mail: the error speaks of the page in it."""
    archive = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://example.org/\nSubject: Shop\n"
        'Date: Mon, 1 Jan 2024 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        f"--b\nContent-Type: text/html\n\n{PAGE}\n--b--\n"
    )
    with pytest.raises(ThreadError, match="web page"):
        read_text(archive)


def test_importing_the_entry_loads_no_reader() -> None:
    """`personas.reading` stays cheap: no parser is imported before a file needs it."""
    import subprocess
    import sys

    code = (
        "import sys, personas.reading;"
        "print([m for m in sys.modules if m.startswith(('selectolax', 'numpy', 'rapidfuzz', 'email.mime'))"
        " or m in ('personas.reading.mbox', 'personas.reading.xenforo2', 'personas.quotations')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
