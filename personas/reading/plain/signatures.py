"""Signatures under posts: what several posts end with, what stands below a note of an edit or a rule, a motto."""

import re
from collections import defaultdict
from collections.abc import Sequence

from personas.reading.plain.lines import Block, BodyLines, Line, Outline, make_block

_NEIGHBOURS = 2
_MIN_CHARS_UNNAMED = 20
_MIN_ALIKE = 3
_MAX_SIGN_OFF_CHARS = 12
_MOST_COMPARED = 20
_MAX_LINES_BELOW_RULE = 12
_EDIT_NOTE = re.compile(r"(?i)^last edited by .{1,60}?(?: on |; | \().{6,60}|^«\s*last edit: .{6,80}»$")
# What vBulletin sets between a post and its signature; a shorter rule, or one of dashes, may be the writer's own.
_RULE = re.compile(r"^_{10,}$")
_MAIL_RULE = re.compile(r"^--$")
_MAX_LINES_BELOW_MAIL_RULE = 4
# What Simple Machines Forum prints below every post.
_LOGGED = ("Logged", "Gespeichert", "Registrado")
_FOOTNOTE = re.compile(r"^(?:\*|\[|\(?\d|[¹²³⁽†])")
_SEPARATORS = re.compile(r"\s[|•○●◦✦►»★☆▪■·\x95]+\s|[|█]{2,}|^[|•○●◦✦►★☆▪■\x95]+\s")
_ADDRESS = re.compile(r"(?i)\b(?:https?://\S|www\.\S|[\w.-]+@[\w-]+\.\w|[\w-]{3,}\.(?:com|net|org|co|info|biz)\b)")
_MOTTO = re.compile(
    r"^[\"“”'«].{10,300}[\"“”'»]\s*[-–—~]{1,2}\s?[A-Z][^?!:]{2,50}$|^.{10,200}[.!?]\s[-–—~]{1,2}\s?[A-Z][^?!:.]{2,40}$"
)


def drop_signatures(outline: Outline, lines: Sequence[Line]) -> None:
    """Take off the ends of bodies what is no part of what was said there.

    That is what a member's posts all end with, what stands below a note of an edit or below the software's rule, and a
    motto: a saying and whose it is, as the last line.
    """
    body_lines = BodyLines(lines)
    bodies = [[line for line in body_lines.of(block) if not line.is_blank] for block in outline.blocks]
    shared = _shared_by_members(outline, bodies)
    for number, block in enumerate(outline.blocks):
        body = bodies[number]
        cut = min(_edit_note(body), _rule(body), len(body) - shared[number])
        if cut == len(body):
            cut = _advertisement(body) if not _is_motto(body) else cut - 1
        if cut in (0, len(body)):
            continue
        trimmed = make_block(body[:cut], outline.furniture, outline.names)
        if trimmed is not None:
            outline.furniture += body[cut:]
            trimmed.name, trimmed.number, trimmed.member = block.name, block.number, block.member
            outline.blocks[number] = trimmed


def _shared_by_members(outline: Outline, bodies: Sequence[Sequence[Line]]) -> list[int]:
    """How many lines at the end of each body another post of the same member ends with too.

    Where names are lost, any post will do that ends with the same two lines or more, and three with the same line; none
    of them may quote at its end.
    """
    shared = [0] * len(bodies)
    by_name: dict[str, list[int]] = defaultdict(list)
    by_end: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(outline.blocks):
        if (member := block.member or block.name) is not None:
            by_name[member].append(number)
        by_end[bodies[number][-1].bare].append(number)
    for numbers in by_name.values():
        _share(outline, bodies, numbers, shared, 1)
    for end, numbers in by_end.items():
        unnamed = any(outline.blocks[number].name is None for number in numbers)
        if unnamed and len(end) >= _MIN_CHARS_UNNAMED:
            _share(outline, bodies, numbers, shared, 1 if len(numbers) >= _MIN_ALIKE else 2)
    return shared


def _share(
    outline: Outline, bodies: Sequence[Sequence[Line]], numbers: Sequence[int], shared: list[int], least: int
) -> None:
    for place, one in enumerate(numbers):
        for other in _neighbours(numbers, place):
            length = _without_sign_off(bodies, numbers, one, _shared_end(bodies[one], bodies[other]))
            if not least <= length < len(bodies[one]):
                # A post that is repeated whole was said twice.
                continue
            if not any(_ends_with_quote(outline.blocks[post], bodies[post], length) for post in (one, other)):
                shared[one] = max(shared[one], length)


def _without_sign_off(bodies: Sequence[Sequence[Line]], numbers: Sequence[int], one: int, shared: int) -> int:
    """How many of the lines that two posts share at their ends are more than a typed name or thanks, which are said.

    What all posts of a member end with was not typed, however short it is.
    """
    body, length = bodies[one], shared
    while length and len(body[len(body) - length].bare) <= _MAX_SIGN_OFF_CHARS:
        length -= 1
    if length or not shared:
        return length
    return shared if all(_shared_end(body, bodies[other]) >= shared for other in numbers[:_MOST_COMPARED]) else 0


def _ends_with_quote(block: Block, body: Sequence[Line], length: int) -> bool:
    """Whether what a post shares at its end is what it quotes: the header of a quotation stands right above it."""
    above = body[max(0, len(body) - length - 1)]
    return bool(block.headers) and block.headers[-1].end >= above.start


def _neighbours(numbers: Sequence[int], place: int) -> list[int]:
    """The member's posts just before and after one; a signature need not be compared with every other."""
    return [*numbers[max(0, place - _NEIGHBOURS) : place], *numbers[place + 1 : place + 1 + _NEIGHBOURS]]


def _edit_note(body: Sequence[Line]) -> int:
    """How many lines of a body come before the software's note of an edit, which only a signature can follow."""
    for at in range(len(body) - 1, 0, -1):
        if _EDIT_NOTE.match(body[at].bare):
            return at
    return len(body)


def _rule(body: Sequence[Line]) -> int:
    """How many lines of a body come before the rule over a signature."""
    for at in range(len(body) - 1, max(0, len(body) - _MAX_LINES_BELOW_RULE), -1):
        below = len(body) - 1 - at
        if _RULE.match(body[at].bare) or body[at].bare in _LOGGED:
            return at
        is_signed = _MAIL_RULE.match(body[at].bare) and 0 < below <= _MAX_LINES_BELOW_MAIL_RULE
        if is_signed and not _FOOTNOTE.match(body[at + 1].bare):
            return at
    return len(body)


def _advertisement(body: Sequence[Line]) -> int:
    """How many lines of a body come before offers and addresses set apart by bars and bullets on one line."""
    at, offers = len(body), 0
    while at > 1:
        separators = len(_SEPARATORS.findall(body[at - 1].bare))
        if separators < 2 and not _ADDRESS.search(body[at - 1].bare):
            break
        at, offers = at - 1, max(offers, separators)
    return at if offers > 1 else len(body)


def _is_motto(body: Sequence[Line]) -> bool:
    """Whether the last line is a saying with the name of whose it is, and nothing announces it."""
    return len(body) > 1 and bool(_MOTTO.match(body[-1].bare)) and not body[-2].bare.endswith((":", ","))


def _shared_end(one: Sequence[Line], other: Sequence[Line]) -> int:
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared].bare == other[-1 - shared].bare:
        shared += 1
    return shared
