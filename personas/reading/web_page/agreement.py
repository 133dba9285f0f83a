"""Which marks name the writers of recurring posts and say when they wrote: those that most of the posts have."""

from collections import Counter
from collections.abc import Sequence

from personas.reading.web_page.marks import NameMark, TimeMark

_LEAST_SHARE = 0.3
_LEAST_DIFFERENT = 0.15
_MOST_DIFFERENT = 5
_FEW_POSTS = 3
_WORTH_OF_WEIGHT = 0.12
_SURE_WEIGHT = 3
_SURELY_NAMED = 0.9
_NEARLY_ALL = 0.9


def surest_names(named: Sequence[Sequence[NameMark]]) -> list[str] | None:
    """Keys of the marks that name the writers of posts, the surest first; None where none does."""
    counts: Counter[str] = Counter()
    weights: dict[str, int] = {}
    different: dict[str, set[str]] = {}
    order: Counter[str] = Counter()
    for marks in named:
        for place, key in enumerate(dict.fromkeys(mark.key for mark in marks)):
            counts[key] += 1
            order[key] += place
        for mark in marks:
            weights[mark.key] = mark.weight
            different.setdefault(mark.key, set()).add(mark.name)
    fit = [
        key
        for key, count in counts.items()
        if count >= _LEAST_SHARE * len(named)
        and (len(different[key]) >= _least_different(count, weights[key]) or len(named) <= _FEW_POSTS)
    ]
    if not fit:
        return None
    return sorted(
        fit, key=lambda key: (-(counts[key] / len(named) + _WORTH_OF_WEIGHT * weights[key]), order[key] / counts[key])
    )


def _least_different(count: int, weight: int) -> float:
    """How many names there must be: two may fill a page with their quarrel; ranks and labels are few too."""
    return 2 if weight > 1 else max(2, min(_MOST_DIFFERENT, _LEAST_DIFFERENT * count))


def surest_time(timed: Sequence[Sequence[TimeMark]]) -> str | None:
    """The key of the marks that say when posts were written, a time in full before one in words."""
    counts: Counter[str] = Counter()
    for marks in timed:
        counts.update({mark.key for mark in marks})
    if not counts:
        return None
    most = max(counts.values())
    for key in ("@datetime", "@title"):
        if counts[key] >= _NEARLY_ALL * most:
            return key
    return counts.most_common(1)[0][0]


def are_surely_named(names: Sequence[NameMark | None]) -> bool:
    """Whether the page calls the names of nearly all posts those of their writers."""
    sure = [name.name for name in names if name is not None and name.weight >= _SURE_WEIGHT]
    return len(sure) >= _SURELY_NAMED * len(names) and len(names) >= _FEW_POSTS and len(set(sure)) > 1
