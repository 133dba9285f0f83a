"""Sets of stretches of a text, asked quickly whether they touch another stretch."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """Stretches `start` to `end` (exclusive), merged where they overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of them shares a character with `start` to `end`."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end

    def covers(self, start: int, end: int) -> bool:
        """Whether one of them holds all of `start` to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]

    def starts_near(self, offset: int, distance: int) -> bool:
        """Whether one of them starts at most `distance` characters from an offset."""
        return _near(self._starts, offset, distance)

    def ends_near(self, offset: int, distance: int) -> bool:
        """Whether one of them ends at most `distance` characters from an offset."""
        return _near(self._ends, offset, distance)


def _near(values: list[int], offset: int, distance: int) -> bool:
    at = bisect_left(values, offset - distance)
    return at < len(values) and values[at] <= offset + distance
