"""Tables as CSV, for a spreadsheet that may come from anywhere."""

import csv
import io
from collections.abc import Iterable, Sequence

from language.terminal import one_line

_OBEYED = ("=", "+", "-", "@", "\t", "\r")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """A table with a byte order mark, which some spreadsheets need to read names right.

    What a pupil or a poster wrote could be taken for a formula, so cells that begin like one get an apostrophe.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_cell(one) for one in columns])
    writer.writerows([_cell(one) for one in row] for row in rows)
    return "\ufeff" + written.getvalue()


def _cell(value: str | int | float | None) -> str | int | float:
    if not isinstance(value, str):
        return "" if value is None else value
    clean = one_line(value)
    return f"'{clean}" if clean.startswith(_OBEYED) else clean
