"""Finding where posts begin on a page that was copied whole, by what recurs around each and where the names stand."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from personas.reading.plain import furniture
from personas.reading.plain.frame_lines import FrameLine
from personas.reading.plain.quote_headers import quote_header

_MIN_POSTS = 3
_LEAST_NAMED = 0.8
_LEAST_WORDED = 0.7
_MOST_TALKATIVE = 0.4
_MAX_FIELD_CHARS = 140
_NEARLY_AS_MANY = 0.7
_WORTH_OF_NUMBER = 0.6
_MOST_ABOVE = 5
_MOST_BELOW = 2
_MOST_ANSWERED = 2
_LOOKED_AT = 20
_LEAST_DIFFERENT = 2
_MOST_BY_ONE = 0.75
_WORTH_OF_KNOWN = 0.4
_ADDRESSED = re.compile(r"(?<![\w.])@([\w.-]{2,40})")


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to tell posts apart: where each begins among the visible lines, and where its name stands."""

    starts: tuple[int, ...]
    names: tuple[int, ...]
    worth: float
    first_mark: int
    """Place of the first line that recurs."""
    ends_posts: bool
    """Whether what recurs ends posts, so that the first one has none above it."""


def best_frame(seen: Sequence[FrameLine]) -> Frame | None:
    """The frame that tells most posts apart and looks most like one, None where nothing recurs with a name."""
    frames = [frame for places in _families(seen).values() for frame in _frames(seen, places)]
    if not frames:
        return None
    most = max(len(frame.names) for frame in frames)
    fit = [frame for frame in frames if len(frame.names) >= _NEARLY_AS_MANY * most]
    spoken_of = _spoken_of(seen)
    best = max(fit, key=lambda frame: _worth(seen, frame, spoken_of) + _WORTH_OF_NUMBER * len(frame.names) / most)
    return _with_first(seen, best)


def _families(seen: Sequence[FrameLine]) -> dict[str, list[int]]:
    """Places of the lines of each make that may belong to the frame of a post."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(seen):
        if line.family and (line.kind == "button" or _is_post_time(seen, place)):
            found[f"{line.kind} {line.family}"].append(place)
    return {family: places for family, places in found.items() if len(places) >= _MIN_POSTS}


def _is_post_time(seen: Sequence[FrameLine], place: int) -> bool:
    """Whether a line says when an answer was written; not when somebody joined, or submitted what all answer."""
    line = seen[place]
    if line.kind != "moment" or line.moment is None or line.moment.cue in ("joined", "submitted"):
        return False
    return place == 0 or not furniture.is_label(seen[place - 1].text)


def _frames(seen: Sequence[FrameLine], places: Sequence[int]) -> list[Frame]:
    if seen[places[0]].kind == "moment" and seen[places[0]].name is not None:
        frame = _frame(seen, places, 0)
        return [frame] if frame is not None else []
    offsets = (*range(-_MOST_ABOVE, 0), *range(1, _MOST_BELOW + 1))
    return [frame for offset in offsets if (frame := _frame(seen, places, offset)) is not None]


def _frame(seen: Sequence[FrameLine], places: Sequence[int], offset: int) -> Frame | None:
    """Names at an offset from lines of one make, None where too few are."""
    found = []
    opening = 0
    for before, place in zip([-1, *places], places, strict=False):
        at = _words_away(seen, place, offset)
        if at is None or (offset < 0 and at <= before):
            continue
        if seen[at].name is not None:
            found.append((place, at))
            opening += _opens(seen, at)
    names = [at for _, at in found]
    counts = Counter(seen[at].name for at in names)
    if offset > 0 and seen[places[0]].kind == "moment" and (not found or found[0][0] != places[0]):
        places = places[1:]  # below the moment of what all answer stand its words
    # Below what ends the last post stands no name, and above the first post stands nothing that ends one.
    expected = len(places) - (offset > 0)
    least = _MIN_POSTS - (offset > 0 and len(places) == _MIN_POSTS)
    if len(names) < least or len(names) < _LEAST_NAMED * expected or len(counts) < _LEAST_DIFFERENT:
        return None
    if len(names) > _MIN_POSTS and max(counts.values()) > _MOST_BY_ONE * len(names):
        return None
    worded = sum(_has_words(seen, one, other) for one, other in pairwise(names))
    if worded < _LEAST_WORDED * (len(names) - 1):
        return None
    is_moment = seen[places[0]].kind == "moment"
    talkative = sum(any(map(_is_talk, seen[at + 1 : place])) for place, at in found) if offset < 0 else 0
    if talkative > _MOST_TALKATIVE * len(found):
        return None  # words stand between them: the name is over the post, and what recurs below it
    # Ranks and places recur as names do, but stand below them and have nothing but the name above.
    worth = opening / len(names) + 0.2 * is_moment + 0.2 * (offset == 0) - 0.02 * abs(offset)
    # What ends a post has buttons; a moment right over a name begins one.
    between = (line.kind for place, at in found[:_LOOKED_AT] for line in seen[place + 1 : at])
    pressed = sum(place > 0 and seen[place - 1].kind == "button" for place, _ in found)
    is_below = is_moment and offset > 0 and 2 * pressed < len(found) and "button" not in between
    is_below = is_below and _words_away(seen, places[-1], 1) is not None
    starts = [place if is_below else at if offset > 0 else _top(seen, at, opening, len(names)) for place, at in found]
    return Frame(
        tuple(starts),
        tuple(_name_of(seen, start, at) for start, at in zip(starts, names, strict=True)),
        worth,
        places[0],
        offset > 0 and not is_below,
    )


def _words_away(seen: Sequence[FrameLine], place: int, offset: int) -> int | None:
    """Place of the line of words that stands so many lines of words below or above; None past the page's ends."""
    if offset == 0:
        return place
    step = 1 if offset > 0 else -1
    left = abs(offset)
    at = place
    while left:
        at += step
        if not 0 <= at < len(seen):
            return None
        left -= seen[at].kind == "words"
    return at


def _opens(seen: Sequence[FrameLine], at: int) -> bool:
    """Whether nothing but the page's own lines, or a gap, stands above a line."""
    return seen[at].opens or at == 0 or seen[at - 1].kind != "words"


def _top(seen: Sequence[FrameLine], at: int, opening: int, count: int) -> int:
    """Where nearly all names open a post, the one that does: below it may stand whom it answers."""
    top = at
    while not _opens(seen, top) and at - top < _MOST_ANSWERED and seen[top - 1].name is not None:
        top -= 1
    return top if 2 * opening >= count and _opens(seen, top) else at


def _name_of(seen: Sequence[FrameLine], start: int, at: int) -> int:
    return start if start < at and seen[start].kind == "words" else at


def _has_words(seen: Sequence[FrameLine], start: int, stop: int) -> bool:
    """Whether between two names there is something besides lines of the frame."""
    return any(line.kind == "words" and line.name is None for line in seen[start + 1 : stop]) or (
        sum(line.kind == "words" for line in seen[start + 1 : stop]) > 1
    )


def _spoken_of(seen: Sequence[FrameLine]) -> frozenset[str]:
    """Whom the page's posts quote or address, in lower case; ranks and places are neither quoted nor addressed."""
    found: set[str] = set()
    for line in seen:
        if quoted := quote_header(line.text):
            found.add(quoted[0].casefold())
        found.update(name.casefold() for name in _ADDRESSED.findall(line.text))
        found.update(name.casefold() for name in furniture.likers(line.text))
    return frozenset(found)


def _worth(seen: Sequence[FrameLine], frame: Frame, spoken_of: frozenset[str]) -> float:
    known = {name for at in frame.names if (name := seen[at].name) is not None and name.casefold() in spoken_of}
    return frame.worth + (_WORTH_OF_KNOWN if known else 0.0)


def _with_first(seen: Sequence[FrameLine], frame: Frame) -> Frame:
    """A frame whose marks end posts has no name yet for the first post, which no mark stands above."""
    if not frame.ends_posts:
        return frame
    end = frame.first_mark
    while end > 0 and seen[end - 1].kind != "words":
        end -= 1
    known = {seen[at].name for at in frame.names}
    fit = [at for at in range(end - 1) if seen[at].kind == "words" and seen[at].name is not None and _opens(seen, at)]
    of_known = [at for at in fit if seen[at].name in known]
    chosen = (of_known or fit)[-1:]
    timed = [at for at in range(frame.starts[0] - 2) if seen[at].name is not None and _is_post_time(seen, at + 1)]
    if timed and any(map(_is_said, seen[timed[-1] + 2 : frame.starts[0]])):
        # The text that all answer has its moment right below its writer.
        chosen = timed[-1:]
    hidden = [] if not chosen else _after_buttons(seen, chosen[0], frame.starts[0])
    first = (*chosen, *hidden)
    return replace(frame, starts=(*first, *frame.starts), names=(*first, *frame.names))


def _is_talk(line: FrameLine) -> bool:
    """Whether a line of words is too long, or ends too much like a sentence, for the head of a post."""
    return _is_said(line) and (len(line.text) > _MAX_FIELD_CHARS or line.text.endswith((".", "!", "?")))


def _is_said(line: FrameLine) -> bool:
    return line.kind == "words" and line.name is None


def _after_buttons(seen: Sequence[FrameLine], first: int, stop: int) -> list[int]:
    """The name of a first answer, between the buttons below the text that all answer and the second answer."""
    for at in range(first + 2, stop - 1):
        pressed = seen[at - 1].kind == "button" and seen[at - 2].kind == "button"
        if pressed and seen[at].kind == "words" and seen[at].name is not None and seen[at + 1].kind == "words":
            return [at]
    return []
