"""Dates and numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.referee.dates import agrees, disagrees, find_dates, parse_iso
from debate.referee.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("in early 1933", 1933.0, 1933.42),
        ("in the 1950's", 1950, 1960),
        ("during the mid-1930s", 1933, 1937),
        ("in the late thirties", 1935.8, 1940),
        ("in the 19th century", 1800, 1900),
        ("from 1918 to 1921", 1918, 1922),
        ("in 1937-38", 1937, 1939),
        ("in 44 BC", -44, -43),
        ("in October 1949", 1949.75, 1949.84),
    ],
)
def test_dates_are_intervals(text: str, low: float, high: float) -> None:
    """A decade, part of a year, a range, before Christ."""
    (when,) = find_dates(text)
    assert when.low == pytest.approx(low, abs=0.01)
    assert when.high == pytest.approx(high, abs=0.01)


@pytest.mark.parametrize(
    ("claimed", "known", "verdict"),
    [
        ("by the 1950s", "1949", "fits"),
        ("by 1945", "1949", "clash"),
        ("not until 1950", "1949", "clash"),
        ("before 1949", "1950", "clash"),
        ("after 1950", "1949", "clash"),
        ("since 1903", "1917", "clash"),
        ("until 1930", "1918/1925", "clash"),
        ("until 1925", "1918/1925", "fits"),
        ("around 1930", "1931", "fits"),
        ("in early 1933", "1932-11-06", "clash"),
        ("in 1949", "1949-10-01", "fits"),
    ],
)
def test_what_a_date_is_used_for_decides(claimed: str, known: str, verdict: str) -> None:
    """ "By", "not until", "since": each disagrees with something else."""
    (when,) = find_dates(claimed)
    assert disagrees(when, parse_iso(known)) == (verdict == "clash")
    assert agrees(when, parse_iso(known)) == (verdict == "fits")


@pytest.mark.parametrize(
    ("claimed", "known", "fits"),
    [
        ("17 %", "16.9 percent", True),
        ("about seventeen per cent", "16.9 %", True),
        ("25 %", "16.9 %", False),
        ("between 80 and 90 %", "89.4 %", True),
        ("more than 13,000 men", "20,000 men", True),
        ("more than 13,000 men", "9,000 men", False),
        ("two million people", "2.03 million people", True),
        ("nearly half of the land", "47 % of the land", True),
        ("125 seats", "one hundred and twenty-five seats", True),
        ("125 seats", "124 seats", False),
        ("120 %", "119.8 %", True),
    ],
)
def test_numbers_have_tolerance(claimed: str, known: str, fits: bool) -> None:
    """Rounding, bounds, words and shares."""
    assert find_quantities(claimed)[0].admits(find_quantities(known)[0]) == fits


def test_a_list_shares_its_unit() -> None:
    """In "85, 86 and 89.4 %" all three are per cent."""
    assert [one.unit for one in find_quantities("85, 86 and 89.4 %")] == ["%", "%", "%"]


def test_years_are_no_quantities() -> None:
    """A counted 1,500 is a number, a year is not."""
    text = "In 1500 the town was small; 1500 people came."
    dates = find_dates(text)
    assert [text[when.start : when.end] for when in dates] == ["1500"]


@given(st.text(alphabet=st.sampled_from("0123456789 .,-/%'sthinbyearlymillionBC"), max_size=80))
def test_anything_can_be_read(text: str) -> None:
    """No text breaks the readers, and spans are inside it."""
    for when in find_dates(text):
        assert 0 <= when.start < when.end <= len(text)
        assert when.low < when.high
    for number in find_quantities(text):
        assert 0 <= number.start < number.end <= len(text)
