"""What single lines of a copied page may be: buttons, moments, names; and no line costs more than a moment."""

import time

import pytest

from personas.reading.plain.buttons import is_badge, is_button_line, is_count_line
from personas.reading.plain.frame_lines import as_name
from personas.reading.plain.moments import moment_in


@pytest.mark.parametrize(
    "line",
    [
        "Reply • Share ›",
        "Like Reply",
        "permalinkembedsavereportreply",
        "View 3 replies",
        "0 · Share on Facebook",
        "12 likes",
    ],
)
def test_buttons(line: str) -> None:
    assert is_button_line(line)


@pytest.mark.parametrize("line", ["Thanks", "I like this", "More!", "Like it or not", "Agreed", "Share it with me"])
def test_what_people_say_is_no_button(line: str) -> None:
    assert not is_button_line(line)


@pytest.mark.parametrize(
    "line", ["2d", "3 years ago (edited)", "answered Mar 3, 2012 at 9:15", "· 1y", "March 2025", "9/6/16 1:25 p.m."]
)
def test_lines_that_say_when_and_nothing_else(line: str) -> None:
    moment = moment_in(line)
    assert moment is not None
    assert moment.is_bare


@pytest.mark.parametrize("line", ["twice and dug once", "I was there in 2012", "May I ask", "a day and a half"])
def test_words_with_a_day_in_them_say_more(line: str) -> None:
    moment = moment_in(line)
    assert moment is None or not moment.is_bare


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("u/bertil88", "bertil88"),
        ("by serviscope_minor ( 664417 ) on", "serviscope_minor"),
        ("K17 ✭✭✭", "K17"),
        ("paru38", "paru38"),
        ("– Joe", "Joe"),
        ("617 Reputation", None),
        ("Tokyo, Japan", None),
        ("Send", None),
        ("x", None),
    ],
)
def test_names(line: str, name: str | None) -> None:
    assert as_name(line) == name


@pytest.mark.parametrize(
    "line",
    [
        *("a" + "✭" * 80 + "x", "1" * 119 + "x", "like " * 22 + "x!", "· " * 50 + "x", "on at " * 15 + "x", "12:" * 40),
        *("1 day, " * 18, "<" * 119, "- - " * 28 + "x", "edited " * 16 + "?"),
    ],
)
def test_no_line_takes_long(line: str) -> None:
    """A pattern that tries every way to part a line would take years with these."""
    began = time.process_time()
    for look in (is_button_line, is_badge, is_count_line, moment_in, as_name):
        look(line)
    assert time.process_time() - began < 0.5
