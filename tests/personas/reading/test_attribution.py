"""Names above quotations, titles, and times of posts."""

from datetime import UTC, datetime

import pytest

from personas.reading.attribution import attributed_name
from personas.reading.forum_page import title_without_page
from personas.reading.post_times import parse_times


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ann Lee wrote:", "Ann Lee"),
        ("Ann Lee said: ↑", "Ann Lee"),
        ("Ann Lee wrote: ↑ Sat Feb 24, 2024 12:41 pm", "Ann Lee"),
        ("Originally Posted by Ann Lee", "Ann Lee"),
        ("Quote from: Ann Lee on May 03, 2012, 01:20:11 PM", "Ann Lee"),
        ("Quote from: Ann on the Hill on Today at 01:20:11 PM", "Ann on the Hill"),
        ("Zitat von: Ann Lee am 03. Mai 2012, 13:20:11", "Ann Lee"),
        ("Zitat von Ann Lee", "Ann Lee"),
        ("Ann Lee hat geschrieben:", "Ann Lee"),
        ("Ann Lee a écrit :", "Ann Lee"),
        ("Ann Lee schrieb:", "Ann Lee"),
        ("Ann Lee escribió:", "Ann Lee"),
        ("Ann Lee писал(а):", "Ann Lee"),
        ("Цитата: Ann Lee от 03 мая 2012, 13:20:11", "Ann Lee"),
        ("The Times, page 5 wrote:", "The Times, page 5"),
        ("He said she said wrote:", "He said she said"),
        ("Quote:", None),
        ("Quote", None),
        ("Zitat", None),
        ("\u200b", None),
        ("", None),
    ],
)
def test_name_in_the_line_above_a_quotation(line: str, name: str | None) -> None:
    assert attributed_name(line) == name


def test_names_on_the_page_decide_in_unknown_languages() -> None:
    assert attributed_name("Ann Lee kwam met:", {"Ann", "Ann Lee", "Bo"}) == "Ann Lee"


def test_shorter_name_on_the_page_does_not_take_another_s_words() -> None:
    assert attributed_name("Quote from: Ann Smith on May 03, 2012, 01:20:11 PM", {"Ann"}) == "Ann Smith"
    assert attributed_name("Originally Posted by Ann Smith", {"Ann"}) == "Ann Smith"


def test_times_of_many_spellings() -> None:
    found = parse_times(
        [
            "2024-01-02T13:21:41+0000",
            "1704201701",
            "Sat Feb 24, 2024 12:41 pm",
            "« Reply #1 on: May 03, 2012, 01:20:11 AM »",
            "30th March 2020, 14:05",
            "2024-08-03 10:59:47",
            "Yesterday, 10:00",
            None,
            "31/31/2020",
        ]
    )
    assert found == [
        datetime(2024, 1, 2, 13, 21, 41, tzinfo=UTC),
        datetime(2024, 1, 2, 13, 21, 41, tzinfo=UTC),
        datetime(2024, 2, 24, 12, 41),
        datetime(2012, 5, 3, 1, 20, 11),
        datetime(2020, 3, 30, 14, 5),
        datetime(2024, 8, 3, 10, 59, 47),
        None,
        None,
        None,
    ]


def test_order_of_day_and_month_is_told_by_the_page() -> None:
    """07-03-2020 alone could be July or March; a 25 elsewhere on the page tells which."""
    assert parse_times(["07-03-2020"]) == [None]
    assert parse_times(["07-03-2020", "25-03-2020, 12:05 AM"]) == [datetime(2020, 3, 7), datetime(2020, 3, 25, 0, 5)]
    assert parse_times(["07-03-2020", "03-25-2020"]) == [datetime(2020, 7, 3), datetime(2020, 3, 25)]


@pytest.mark.parametrize(
    "title", ["Apples - Page 3", "Apples | Page 2 of 10", "Apples (Page 2)", "Apples – Seite 12", "Apples"]
)
def test_title_loses_the_page_s_number(title: str) -> None:
    assert title_without_page(title) == "Apples"


def test_title_about_a_page_is_kept() -> None:
    assert title_without_page("The news on front page 3") == "The news on front page 3"
    assert title_without_page("Page 3") == "Page 3"
