"""Finding the posts of a page: elements that recur, each with a writer and words of its own."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from personas.reading.web_page.agreement import are_surely_named, surest_names, surest_time
from personas.reading.web_page.elements import PageElements
from personas.reading.web_page.marks import NameMark, TimeMark

_LEAST_SHARE = 0.8
"""Share of the most covered characters that a kind of element must cover to be preferred for its number."""
_LEAST_SURE = 0.4
_SURE_KEYS = frozenset(
    f"itemtype={kind}"
    for kind in (
        "Comment",
        "Answer",
        "Question",
        "DiscussionForumPosting",
        "SocialMediaPosting",
        "UserComments",
        "Review",
    )
) | frozenset({"article.h-entry", "div.h-entry", "li.h-entry", "div.h-cite", "article.h-cite", "li.h-cite"})
_LEAST_SINGLE = 0.35
_MOST_OTHERS = 0.5
"""How many writers beside its own a post may name, on the average."""
_LEAST_NAMED = 0.6
_LEAST_TIMED = 0.6
_SURELY_NAMED = 0.9
_LEAST_WORDS = 2
_LEAST_MEDIAN_WORDS = 12
_MOST_ROUNDS = 4
_MOST_AGAIN = 0.6
_MOST_GROUPS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """One element that is taken for a post, with the marks that say whose it is and from when."""

    at: int
    name: NameMark | None
    time: TimeMark | None
    inside: tuple[int, ...]
    """Places of the units that lie in it, the outermost ones."""
    names: tuple[NameMark, ...] = ()
    """All marks that may name its writer, the surest kind first."""


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one kind."""

    key: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Rating:
    """How well a kind of element would do as the posts of a page."""

    key: str
    covered: int
    named: int
    is_crowded: bool
    """Whether it holds posts of several people."""
    sureness: int
    """2 where the markup itself says that it is a post, 1 where it names its writer in an attribute, else 0."""


@dataclass(slots=True)
class _Region:
    at: int
    end: int
    inner: list[tuple[int, int]]
    """Stretches of its subtree that belong to others, not overlapping, in order."""

    def own_stretches(self) -> Iterator[tuple[int, int]]:
        """What is left of its subtree, in order."""
        at = self.at
        for start, end in self.inner:
            if at < start:
                yield at, start
            at = end
        if at < self.end:
            yield at, self.end


class UnitSearch:
    """The search for posts on one page."""

    def __init__(self, page: PageElements, names: Sequence[NameMark], times: Sequence[TimeMark]) -> None:
        self._page = page
        self._names = names
        self._name_places = [mark.at for mark in names]
        self._times = times
        self._time_places = [mark.at for mark in times]
        self._by_key = {key: places for key, places in page.by_key().items() if len(places) > 1}

    def groups(self) -> list[Group]:
        """Groups of posts, the likeliest first; units of one may lie inside those of another."""
        found: list[Group] = []
        while len(found) < _MOST_GROUPS and (group := self._best(found)) is not None:
            found.append(group)
        return [group for group in found if self._belongs(group, found[0])]

    def _belongs(self, group: Group, main: Group) -> bool:
        """Whether a further kind of post stands among those of the main kind, in them or around them.

        What stands wholly before or after them is about other threads.
        """
        elements = self._page.elements
        first, last = main.units[0].at, max(elements[unit.at].end for unit in main.units)
        if not any(first <= unit.at < last or unit.at < first < elements[unit.at].end for unit in group.units):
            return False
        if group is main:
            return True
        # A part of a post names its writer once more; who comments below one is mostly somebody else.
        again = 0
        for unit in group.units:
            outer = [one for one in main.units if one.at < unit.at < elements[one.at].end]
            again += any(one.name and unit.name and one.name.name == unit.name.name for one in outer[-1:])
        return again < _MOST_AGAIN * len(group.units)

    def _best(self, taken: Sequence[Group]) -> Group | None:
        units = [unit for group in taken for unit in group.units]
        taken_at = sorted(unit.at for unit in units)
        # Inside a post that was taken nothing is a post that says whose or from when that one is.
        told = sorted(mark.at for unit in units for mark in (unit.name, unit.time) if mark is not None)
        rated = []
        for key, places in self._by_key.items():
            regions = self._regions(places, taken_at, told)
            rating = self._rate(key, regions)
            if rating is not None:
                rated.append(rating)
        # What holds posts of several people is no post, unless there is nothing smaller that says as much.
        most = max((entry.covered for entry in rated), default=0)
        single = [entry for entry in rated if not entry.is_crowded]
        crowded = [entry for entry in rated if entry.is_crowded]
        if max((entry.covered for entry in single), default=0) < _LEAST_SINGLE * most:
            single, crowded = rated, []
        for entry in (*self._by_preference(single), *self._by_preference(crowded)):
            group = self._group(entry.key, self._regions(self._by_key[entry.key], taken_at, told))
            if group is not None:
                return group
        return None

    def _by_preference(self, rated: Sequence[_Rating]) -> Iterator[_Rating]:
        """Kinds of element in the order in which they are tried as posts.

        Those that the markup surely says to be posts come first; then, of those that cover nearly as much as the best,
        more and smaller ones before fewer and larger ones, and of equals the outer element.
        """
        left = list(rated)
        for _ in range(_MOST_ROUNDS):
            most = max((entry.covered for entry in left), default=0)
            surest = max((entry.sureness for entry in left if entry.covered >= _LEAST_SURE * most), default=0)
            best = [e for e in left if surest and e.sureness == surest and e.covered >= _LEAST_SURE * most]
            best = best or [entry for entry in left if entry.covered >= _LEAST_SHARE * most]
            best.sort(key=lambda entry: (-entry.named, -entry.covered, self._by_key[entry.key][0]))
            yield from best
            left = [entry for entry in left if entry not in best]

    def _rate(self, key: str, regions: "Sequence[_Region]") -> "_Rating | None":
        covered = 0
        named: list[list[NameMark]] = []
        for region in regions:
            words = self._words(region)
            if words >= _LEAST_WORDS and (names := self._names_in(region)):
                named.append(names)
                covered += words
        if len(named) < 2:
            return None
        chosen = surest_names(named)
        if chosen is None:
            return None
        places = {region.at for region in regions}
        # An element that names its writer itself may hold names of others.
        others = sum(
            len({mark.name for mark in names if mark.key == chosen[0]} or {""}) - 1
            for names in named
            if not (names[0].key.startswith("@") and names[0].at in places)
        )
        own = sum(names[0].key.startswith("@") and names[0].at in places for names in named)
        sureness = 2 if key in _SURE_KEYS else int(own >= _SURELY_NAMED * len(named))
        return _Rating(key, covered, len(named), others > _MOST_OTHERS * len(named), sureness)

    def _regions(self, places: Sequence[int], taken: Sequence[int], told: Sequence[int]) -> list[_Region]:
        """What each element holds for itself: not what lies in others of its kind or in posts that were taken."""
        elements = self._page.elements
        own = set(taken)
        regions: list[_Region] = []
        open_regions: list[_Region] = []
        for at in sorted({*places, *taken}):
            while open_regions and at >= open_regions[-1].end:
                open_regions.pop()
            if open_regions:
                open_regions[-1].inner.append((at, elements[at].end))
            region = _Region(at, elements[at].end, [])
            if at not in own:
                regions.append(region)
            open_regions.append(region)
        return [region for region in regions if not (told and _any_within(told, region))]

    def _words(self, region: _Region) -> int:
        """Characters that a region says outside of links and of what names writers and times."""
        elements = self._page.elements
        count = elements[region.at].words - sum(elements[start].words for start, _ in region.inner)
        counted_until = -1
        for mark in self._times_in(region):
            if mark.at >= counted_until:
                count -= elements[mark.at].words
                counted_until = elements[mark.at].end
        counted_until = -1
        for name in self._names_in(region):
            if name.at >= counted_until and not name.key.startswith("@"):
                count -= elements[name.at].words
                counted_until = elements[name.at].end
        return count

    def _names_in(self, region: _Region) -> "list[NameMark]":
        places = self._name_places
        spans = ((bisect_left(places, start), bisect_left(places, end)) for start, end in region.own_stretches())
        return [mark for low, high in spans if low < high for mark in self._names[low:high]]

    def _times_in(self, region: _Region) -> "list[TimeMark]":
        places = self._time_places
        spans = ((bisect_left(places, start), bisect_left(places, end)) for start, end in region.own_stretches())
        return [mark for low, high in spans if low < high for mark in self._times[low:high]]

    def _group(self, key: str, regions: Sequence[_Region]) -> Group | None:
        """The elements of a key as posts, None where they do not look like posts."""
        regions = [region for region in regions if self._words(region) >= _LEAST_WORDS]
        if len(regions) < 2:
            return None
        named = [self._names_in(region) for region in regions]
        chosen = surest_names(named)
        if chosen is None:
            return None
        timed = [self._times_in(region) for region in regions]
        time_key = surest_time(timed)
        units = []
        for region, names, times in zip(regions, named, timed, strict=True):
            ranked = tuple(mark for one in chosen for mark in names if mark.key == one)
            time = next((mark for mark in times if mark.key == time_key), times[0] if times else None)
            units.append(Unit(region.at, next(iter(ranked), None), time, (), ranked))
        with_time = sum(unit.time is not None for unit in units)
        with_name = [unit for unit in units if unit.name is not None]
        if len(with_name) < _LEAST_NAMED * len(units):
            # Elements of one kind may serve for other things too.
            units = [unit for unit in with_name if unit.time is not None]
            with_time = len(units)
        if len(units) < 2:
            return None
        if with_time < _LEAST_TIMED * len(units) and not (
            key in _SURE_KEYS or are_surely_named([unit.name for unit in units])
        ):
            return None
        if with_time >= _LEAST_TIMED * len(units):
            # What says neither who nor when, where the others do, is something else of the same make.
            units = [unit for unit in units if unit.name is not None or unit.time is not None]
        kept = {unit.at for unit in units}
        said = [self._words(region) for region in regions if region.at in kept]
        linked = [self._linked(region) for region in regions if region.at in kept]
        if median(said) < _LEAST_MEDIAN_WORDS or sum(linked) > 1.5 * sum(said):
            return None
        return Group(key, tuple(units))

    def _linked(self, region: _Region) -> int:
        elements = self._page.elements
        return elements[region.at].linked - sum(elements[start].linked for start, _ in region.inner)


def nested(page: PageElements, groups: Sequence[Group]) -> list[Group]:
    """The groups with what each unit holds of other units."""
    elements = page.elements
    inner: dict[int, list[int]] = {}
    open_units: list[int] = []
    for at in sorted(unit.at for group in groups for unit in group.units):
        while open_units and at >= elements[open_units[-1]].end:
            open_units.pop()
        if open_units:
            inner.setdefault(open_units[-1], []).append(at)
        open_units.append(at)
    return [
        replace(group, units=tuple(replace(unit, inside=tuple(inner.get(unit.at, ()))) for unit in group.units))
        for group in groups
    ]


def _any_within(places: Sequence[int], region: _Region) -> bool:
    return any(bisect_left(places, start) < bisect_left(places, end) for start, end in region.own_stretches())
