"""Posts told apart by the frame that a page sets around each: a name at the same place of all, buttons, a moment.

For pages that were copied whole, of any site. Whatever recurs may tell where posts begin: a line that says when, or one
that holds a button. The place of the names is found by looking at which line above or below it most of them hold what
could be a name, and by what stands above that: the page's own lines, or a gap.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from personas.reading.plain import furniture
from personas.reading.plain.buttons import is_rule
from personas.reading.plain.frame_lines import FrameLine, frame_lines, may_be_framed
from personas.reading.plain.frames import Frame, best_frame
from personas.reading.plain.lines import Line, Outline, account_for_rest, make_block
from personas.reading.plain.marks import without_tail
from personas.reading.plain.recurring import head_length, head_shapes

_MIN_POSTS = 3
_LEAST_RANKED = 0.6
_MOST_HEAD = 10
_GLUED = re.compile(r"^(?P<name>.*[a-z0-9.])(?P<rank>Contributor|Moderator|Members?|Admin|Author|Mod|OPMA|OP|MA)\b.*$")
_MOST_SHAPED = 8
_MAX_LINES = 400_000


@dataclass(frozen=True, slots=True)
class _Part:
    """A post's visible lines: from its name, from its first word, to before the next post."""

    start: int
    body_at: int
    stop: int


def outline_framed(lines: Sequence[Line]) -> Outline | None:
    """The posts of a page by its frames, None where nothing recurs with a name at its place."""
    if len(lines) > _MAX_LINES or not may_be_framed(lines, _MIN_POSTS):
        return None
    seen = [line for line in frame_lines(lines) if line.kind != "badge"]
    frame = best_frame(seen)
    return None if frame is None else _cut(lines, seen, frame)


def _cut(lines: Sequence[Line], seen: Sequence[FrameLine], frame: Frame) -> Outline:
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[], is_sure=True)
    outline.notes.append("posts were told apart by what the page sets around each")
    starts = list(frame.names)
    stops = [*frame.starts[1:], len(seen)]
    timed = frame.starts[-1] == frame.names[-1] and _timed_heads(seen, starts, stops)
    head = seen[: frame.starts[0]]
    outline.title = _title(head)
    for line in head:
        (outline.named_lines if line.text == outline.title else outline.furniture).append(lines[line.at])
    tails = Counter(
        seen[at].family
        for start, stop in zip(starts, stops, strict=True)
        for at in _tail(seen, start, stop)
        if seen[at].family
    )
    common = frozenset(family for family, count in tails.items() if 2 * count >= len(starts))
    bodies = [_body_at(seen, start, stop, timed=timed) for start, stop in zip(starts, stops, strict=True)]
    said = [
        [lines[line.at] for line in seen[at : _tail(seen, at, stop).start]]
        for at, stop in zip(bodies, stops, strict=True)
    ]
    heads = head_shapes(said, _MOST_SHAPED)
    for start, body_at, stop, texts in zip(starts, bodies, stops, said, strict=True):
        taken = head_length(texts, heads, _MOST_SHAPED)
        leaves = any(line.kind == "words" for line in seen[body_at + taken : body_at + len(texts)])
        begin = body_at + taken if leaves else body_at
        _add(lines, seen, _Part(start, begin, stop), outline, common=common)
    _drop_ranks(outline)
    account_for_rest(outline, lines)
    return outline


def _drop_ranks(outline: Outline) -> None:
    """Take off the last words of names where they are ranks: nearly all end in words that several people share."""
    stems: dict[str, set[str]] = defaultdict(set)
    ends = [block.name.rpartition(" ") for block in outline.blocks if block.name]
    for stem, _, last in ends:
        stems[last].add(stem)
    ranked = sum(bool(stem) and len(stems[last]) > 1 for stem, _, last in ends)
    _drop_glued(outline)
    if ranked < _LEAST_RANKED * len(ends) or not all(stem for stem, _, _ in ends):
        return
    for block in outline.blocks:
        block.name = block.name.rpartition(" ")[0] if block.name else None


def _drop_glued(outline: Outline) -> None:
    """Take a rank off names that it is set right behind, where the page shows the name alone too, or others with it."""
    known = {block.name for block in outline.blocks if block.name}
    glued = [(block, match) for block in outline.blocks if (match := _GLUED.match(block.name or "")) is not None]
    stems: dict[str, set[str]] = defaultdict(set)
    for _, match in glued:
        stems[match["rank"]].add(match["name"])
    for block, match in glued:
        if match["name"] in known or len(stems[match["rank"]]) > 1:
            block.name = match["name"]


def _timed_heads(seen: Sequence[FrameLine], starts: Sequence[int], stops: Sequence[int]) -> bool:
    """Whether the moment stands in the head of posts: most have words below it."""
    found = 0
    for start, stop in zip(starts, stops, strict=True):
        at = _moment_below(seen, start, stop)
        found += at is not None and any(line.kind == "words" for line in seen[at + 1 : stop])
    return 2 * found > len(starts)


def _moment_below(seen: Sequence[FrameLine], start: int, stop: int) -> int | None:
    until = min(stop, start + _MOST_HEAD)
    return next((at for at in range(start, until) if seen[at].kind == "moment"), None)


def _body_at(seen: Sequence[FrameLine], start: int, stop: int, *, timed: bool) -> int:
    """Where the words of a post begin below its name."""
    at = start + 1
    if timed and (moment := _moment_below(seen, start, stop)) is not None:
        at = moment + 1
    while at < stop and seen[at].kind != "words":
        at += 1
    return at


def _tail(seen: Sequence[FrameLine], start: int, stop: int) -> range:
    """The lines at the end of a post that hold no words."""
    at = stop
    while at > start + 1 and seen[at - 1].kind != "words":
        at -= 1
    return range(at, stop)


def _add(
    lines: Sequence[Line], seen: Sequence[FrameLine], part: "_Part", outline: Outline, *, common: frozenset[str]
) -> None:
    start, body_at, stop = part.start, part.body_at, part.stop
    end = _tail(seen, max(start, body_at - 1), stop).start
    is_last = stop == len(seen)
    if is_last:
        # Below the buttons that end every post stands the page's foot.
        end = next((at for at in range(body_at + 1, stop) if seen[at].family and seen[at].family in common), end)
    outline.named_lines += [lines[line.at] for line in seen[start:body_at]]
    first = seen[body_at].at if body_at < len(seen) else len(lines)
    last = seen[end - 1].at + 1 if end > body_at else first
    body, tail = without_tail(lines[first : max(first, last)], is_last=is_last)
    while len(body) > 1 and (body[-1].is_blank or is_rule(body[-1].bare)):
        tail.append(body.pop())
    outline.furniture += [line for line in tail if not line.is_blank]
    outline.furniture += [lines[line.at] for line in seen[max(end, body_at) : stop]]
    block = make_block(body, outline.furniture)
    if block is not None:
        block.name = seen[start].name
        outline.blocks.append(block)


def _title(head: Sequence[FrameLine]) -> str | None:
    """The line of several words that the page's head says twice, else the last longer one before the first post."""
    texts = [line.text for line in head if line.kind == "words" and len(line.text.split()) > 2]
    texts = [text for text in texts if not furniture.is_furniture(text)]
    twice = [text for place, text in enumerate(texts) if text in texts[:place]]
    return twice[-1] if twice else (texts[-1] if texts else None)
