"""Cutting plain text into posts by lines that recur over them: a name, a date, a number.

For text that lost its markup but not its headers: pages of phpBB, FluxBB, vBulletin and others as an extractor flattens
them, and talk that was copied from a page or typed by hand. Each kind of line is one pattern; the one that cuts the
text most often wins, and is believed only where it recurs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from personas.reading.plain import furniture
from personas.reading.plain.headers import counters_length
from personas.reading.plain.lines import BodyLines, Line, Outline, make_block
from personas.reading.plain.members import member_key
from personas.reading.plain.recurring import HEAD_LINES, end_shapes, head_length, head_shapes, without_recurring_end
from personas.reading.plain.signatures import drop_signatures
from personas.reading.plain.subjects import drop_first_title, drop_subjects, subject_said_again

_MIN_CUTS = 2
_SURE_MARKS = frozenset({"phpBB", "FluxBB", "Invision", "vBulletin 3"})
_MAX_HEADER_LINES = 30
_MAX_MENU_LINES = 8
_MAX_PARAGRAPH_OF_HEADER = 9
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:\d{4}-\d\d-\d\d|\d{1,2}-\d{1,2}-\d{2,4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|"
_DAY += rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
_DAY += rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|(?i:today|yesterday)|(?:\d+|an?)\s+\w{{1,8}}\.?\s+ago)"
_WHEN = rf"(?:{_DAY}(?:,?\s+(?:at\s+|@\s*)?{_TIME})?|{_TIME})"
_NAME = r"(?P<name>[^\s:<>\[\]|][^:<>\[\]|\n]{0,38}?)"


_NOTICE = re.compile(rf"^(?:\[{_DAY},?\s+{_TIME}\]|{_DAY},?\s+{_TIME}\s+[-–—])\s+[^:]{{1,400}}$")
# What vBulletin prints beside and below posts; numbers alone are printed by other boards too.
_VBULLETIN = re.compile(r"(?i)^(?:join date\b.*|(?:quote )?originally posted by\b.*|.{1,40} is (?:off|on)line\b.*)$")
_TELEPHONE = re.compile(r"^\+\d[\d \u00a0()-]{6,20}$")
_DONE_THEN = frozenset(
    ["asked", "answered", "modified", "edited", "updated", "posted", "joined", "commented", "published", "created"]
)
# Without one of these no line says when; to try the patterns on every line would take long.
_MAY_SAY_WHEN = re.compile(r"(?i)\d|today|yesterday|\bago\b")
_MAX_DATED_CHARS = 160
# What Hacker News prints under the title.
_SCORED = re.compile(r"^\d+ points? by \S+ (?:on|\d)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A kind of line that opens a post."""

    name: str
    pattern: re.Pattern[str]
    needs: str = ""
    """What such a line always holds; most lines are passed over by it without trying the pattern."""
    dated: bool = False
    """Whether such a line always says when."""
    loose: bool = False
    """Whether ordinary writing may look the same, so that more evidence is wanted."""


_MARKS = (
    _Mark("phpBB", re.compile(rf"^(?:Re: .*\s)?(?:Unread\s+)?[Pp]ost ?by {_NAME}\s+».*$"), needs="»"),
    _Mark("FluxBB", re.compile(rf"^#(?P<number>\d+)\s+{_WHEN}$"), needs="#"),
    _Mark("vBulletin", re.compile(r"^(?:\d+\.\s+)?#(?P<number>\d+)$"), needs="#"),
    _Mark("vBulletin 3", re.compile(rf"^(?:\d+\.\s+)?(?:Old\s+)?{_WHEN}\s*#(?P<number>\d+)\b.*$"), needs="#"),
    _Mark(
        "Invision", re.compile(rf"^(?:Posted|Geschrieben|Publicado|Posté\(e\))(?:\s+{_WHEN})?(?:\s+\([^\W\d_]+\))?$")
    ),
    _Mark(
        "posted by",
        re.compile(
            rf"^(?:[Pp]osted|[Ww]ritten|[Ss]ubmitted|[Ss]ent)(?: by|:)\s+{_NAME}(?:\s*[,»|(-]|\s+on\b|\s+at\b|$).*$"
        ),
    ),
    _Mark("from", re.compile(r"^(?:From|Author|Autor|User|Von):\s+(?P<name>\S.{0,60}?)(?:\s+<[^>]*>)?$"), needs=":"),
    _Mark(
        "bracketed time",
        re.compile(rf"^\[?{_WHEN}\]?[,\s]*(?:[-–—]\s+)?<?{_NAME}(?:>|:|\s[-–—])\s+(?P<text>\S.*)$"),
        dated=True,
    ),
    _Mark(
        "name and date",
        re.compile(rf"^{_NAME}\s*(?:[,|•·»–—-]|wrote|said|\()?\s*(?:on\s+|at\s+)?{_WHEN}\)?(?:\s*:|\s+IP|\s*\|.*)?$"),
        dated=True,
    ),
    _Mark(
        "name alone", re.compile(r"^\*{0,2}(?P<name>[^\W_][^:<>\[\]|\n]{0,30}?)\*{0,2}:\*{0,2}$"), needs=":", loose=True
    ),
    _Mark(
        "name and text",
        re.compile(r"^\*{0,2}(?P<name>[^\W_][^:<>\[\]|\n]{0,30}?):\*{0,2}\s+(?P<text>\S.*)$"),
        needs=":",
        loose=True,
    ),
)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a post opens: line `at`; its text may begin on that line."""

    at: int
    name: str | None
    number: str | None
    text_from: int | None


@dataclass(frozen=True, slots=True)
class _Recurring:
    """Shapes of lines that posts begin and end with, and how many lines a head may have."""

    heads: frozenset[str]
    ends: frozenset[str]
    depth: int


_NOTHING_RECURS = _Recurring(frozenset(), frozenset(), 0)


def numbers_in_a_row(outline: Outline) -> bool:
    """Whether the posts carry the numbers that follow each other, and most of them a name."""
    numbers = [block.number for block in outline.blocks]
    if len(numbers) < _MIN_CUTS or not all(number is not None and len(number) < 9 for number in numbers):
        return False
    counted = [int(number or 0) for number in numbers]
    named = sum(block.name is not None for block in outline.blocks)
    rising = all(after > before for before, after in pairwise(counted))
    return rising and counted[-1] - counted[0] < 2 * len(counted) and 2 * named >= len(counted)


def outline_marked(lines: Sequence[Line]) -> Outline | None:
    """Cut a text by the header lines that recur in it, None where there are none.

    The notes say by which kind of line it was cut.
    """
    best: tuple[_Mark, list[_Cut]] | None = None
    may_be_dated = [line for line in enumerate(lines) if _MAY_SAY_WHEN.search(line[1].bare, 0, _MAX_DATED_CHARS)]
    for mark in _MARKS:
        cuts = _cuts(mark, lines, may_be_dated if mark.dated else enumerate(lines))
        if len(cuts) >= _MIN_CUTS and (best is None or (not mark.loose and len(cuts) > len(best[1]))):
            best = (mark, cuts)
    if best is None:
        return None
    mark, cuts = best
    outline = Outline(title=title_before(lines, cuts[0].at), blocks=[], furniture=[], named_lines=[])
    head = [line for line in lines[: cuts[0].at] if not line.is_blank]
    outline.named_lines += [line for line in head if line.bare == outline.title]
    outline.furniture += [line for line in head if line.bare != outline.title]
    outline.is_sure = mark.name in _SURE_MARKS
    outline.is_loose = mark.loose
    outline.notes.append(f"posts were told apart by lines of the kind {mark.name!r}")
    stops = [*(cut.at for cut in cuts[1:]), len(lines)]
    recurring = _recurring(lines, cuts, stops) if not mark.loose else _NOTHING_RECURS
    if outline.is_sure:
        outline.names = frozenset(cut.name for cut in cuts if cut.name)
    for cut, stop in zip(cuts, stops, strict=True):
        _add_block(lines, cut, stop, stop == len(lines), outline, recurring)
    _drop_headers_at_ends(outline, lines)
    outline.opens_thread = bool(outline.blocks) and outline.blocks[0].number == "1"
    if mark.name.startswith("vBulletin") and any(_VBULLETIN.match(line.bare) for line in lines):
        drop_first_title(outline, lines)
    drop_subjects(outline, lines)
    drop_signatures(outline, lines)
    return outline


def _recurring(lines: Sequence[Line], cuts: Sequence[_Cut], stops: Sequence[int]) -> _Recurring:
    """What the page's posts begin and end with.

    Where the cutting line has the name, the rest of the next post's header stands above it, is taken off as a whole,
    and must not be taken for the head of a short post.
    """
    segments = [lines[cut.at + 1 : stop] for cut, stop in zip(cuts, stops, strict=True)]
    if cuts[0].name is not None:
        return _Recurring(head_shapes(segments, 1), frozenset(), 1)
    ends = end_shapes(segments)
    trimmed = [segment[: without_recurring_end(segment, ends)] for segment in segments]
    return _Recurring(head_shapes(trimmed, HEAD_LINES), ends, HEAD_LINES)


def _cuts(mark: _Mark, lines: Sequence[Line], candidates: Iterable[tuple[int, Line]]) -> list[_Cut]:
    cuts: list[_Cut] = []
    paragraphs = 0
    for at, line in candidates:
        if line.is_blank:
            continue
        opens = at == 0 or lines[at - 1].is_blank
        paragraphs += opens
        if mark.needs not in line.bare or (mark.loose and not (opens or "text" in mark.pattern.groupindex)):
            continue
        # Counters of a member's box look like a name and what it says.
        is_other = line.has_wide_gap or (mark.loose and furniture.is_labelled(line.bare))
        match = None if is_other else mark.pattern.match(line.bare)
        if match is None:
            continue
        groups = match.groupdict()
        name = groups.get("name")
        if name is not None and mark.name not in _SURE_MARKS and not _may_open(name):
            continue
        begins = None if groups.get("text") is None else line.start + line.place(match.start("text"))
        cuts.append(_Cut(at, name, groups.get("number"), begins))
    if mark.loose and not _is_talk(cuts, paragraphs):
        return []
    return cuts


def _may_open(name: str) -> bool:
    """Whether what stands in a name's place could be one: no number, no date, and not what was done then."""
    return (
        furniture.may_be_person(name)
        and (any(map(str.isalpha, name)) or _TELEPHONE.match(name) is not None)
        and not furniture.is_when(name)
        and name.casefold() not in _DONE_THEN
    )


def _is_talk(cuts: Sequence[_Cut], paragraphs: int) -> bool:
    """Whether lines that begin with "NAME:" are turns of people: most paragraphs do, and names recur."""
    names = Counter(cut.name for cut in cuts)
    recurring = sum(count for count in names.values() if count > 1)
    return (
        len(cuts) >= _MIN_CUTS
        and 2 * len(cuts) >= paragraphs
        and (2 * recurring >= len(cuts) or len(cuts) == paragraphs)
    )


def title_before(lines: Sequence[Line], first: int) -> str | None:
    """The line of some length before the first post that the page says again, else the first such line.

    Where posts repeat the title after "Re:", that is the title, even where no other line is it.
    """
    if (said := subject_said_again(lines)) is not None:
        return said
    texts = [line.bare for line in lines[:first] if not line.is_blank and not line.bare.startswith("•")]
    scored = next((at for at, text in enumerate(texts) if at and _SCORED.match(text)), None)
    if scored is not None:
        return texts[scored - 1]
    found = [text for text in texts if len(text.split()) > 1 and not furniture.is_furniture(text)]
    counts = Counter(line.bare.casefold() for line in lines)
    return next((text for text in found if counts[text.casefold()] > 1), found[0] if found else None)


def _add_block(
    lines: Sequence[Line],
    cut: _Cut,
    stop: int,
    is_last: bool,
    outline: Outline,
    recurring: _Recurring,
) -> None:
    first = cut.at + 1
    if recurring.ends:
        left = cut.at + 1 + without_recurring_end(lines[cut.at + 1 : stop], recurring.ends)
        outline.furniture += [line for line in lines[left:stop] if not line.is_blank]
        stop = left
    name, member = cut.name, None
    body: list[Line] = []
    if cut.text_from is not None:
        line = lines[cut.at]
        before = cut.text_from - line.start
        outline.named_lines.append(Line(line.start, cut.text_from, line.text[:before]))
        body.append(Line(cut.text_from, line.end, line.text[before:]))
    else:
        outline.named_lines.append(lines[cut.at])
        if name is None:
            name, first = _header_after(lines, first, stop)
            if name is None:
                first += counters_length(lines[first : min(stop, first + _MAX_HEADER_LINES)])
        taken = head_length(lines[first:stop], recurring.heads, recurring.depth)
        # What leaves nothing to say was the post itself.
        first += taken if any(not line.is_blank for line in lines[first + taken : stop]) else 0
        if name is None:
            above = (line.bare for line in lines[cut.at + 1 : first] if not line.is_blank)
            # One letter stands for a picture.
            found = next((text for text in above if len(text) > 1 and not furniture.is_when(text)), "")
            found = found.removesuffix("'s Avatar")
            name = found if furniture.may_be_person(found) else None
        outline.named_lines += [line for line in lines[cut.at + 1 : first] if not line.is_blank]
        member = member_key([line.bare for line in lines[cut.at + 1 : first]])
    body += lines[first:stop]
    if cut.text_from is not None:
        # A chat prints a time before its own notices too, and no name.
        end = next((at for at in range(1, len(body)) if _NOTICE.match(body[at].bare)), len(body))
        outline.furniture += [line for line in body[end:] if not line.is_blank]
        body = body[:end]
    body, tail = without_tail(body, is_last=is_last)
    outline.furniture += [line for line in tail if not line.is_blank]
    if cut.name is None and (name is None or furniture.is_known_member_title(name)):
        name = name_below(tail)
    block = make_block(body, outline.furniture, outline.names)
    if block is not None:
        block.name, block.number, block.member = name, cut.number, member
        outline.blocks.append(block)


def _header_after(lines: Sequence[Line], first: int, stop: int) -> tuple[str | None, int]:
    """The name in a header below the cutting line ("NAME / rank / Posts: 3"), and where the body begins."""
    at = first
    while at < stop and (lines[at].is_blank or furniture.is_when(lines[at].bare)):
        at += 1
    if at >= stop:
        return None, first
    paragraph_end = next((other for other in range(at, stop) if lines[other].is_blank), stop)
    paragraph = [line.bare for line in lines[at:paragraph_end]]
    labelled = len(paragraph) <= _MAX_PARAGRAPH_OF_HEADER and any(map(furniture.is_labelled, paragraph))
    if labelled and furniture.may_be_name(paragraph[0]) and not furniture.is_sentence(paragraph[-1]):
        # The header is a paragraph of its own, with lines of the member's own making.
        return paragraph[0].removesuffix("'s Avatar"), paragraph_end
    window = range(at, min(stop, at + _MAX_HEADER_LINES // 2))
    labels = [other for other in window if furniture.is_labelled(lines[other].bare)]
    if labels and furniture.may_be_name(paragraph[0]):
        return paragraph[0].removesuffix("'s Avatar"), labels[-1] + 1
    match = re.match(r"^(?P<name>\S.{0,38}?)\s+is (?:off|on)line\b.*$", lines[at].bare)
    name = match.group("name") if match else lines[at].bare
    begin, evidence = at + 1, match is not None
    # The menu of a member's name stands between the name and whether he is there.
    menu = (
        other
        for other in range(begin, min(stop, begin + _MAX_MENU_LINES))
        if lines[other].bare.startswith(f"{name} is o")
    )
    if match is None and (below := next(menu, None)) is not None:
        begin, evidence = below + 1, True
    while begin < min(stop, at + _MAX_HEADER_LINES):
        taken = furniture.header_lines([line.bare for line in lines[begin : begin + 3]])
        if taken:
            evidence = True
            begin += taken
        elif (
            begin == at + 1
            and furniture.may_be_member_title(lines[begin].bare)
            and furniture.header_lines([line.bare for line in lines[begin + 1 : begin + 4]])
        ):
            begin += 1
        else:
            break
    if not evidence or not furniture.may_be_name(name):
        return None, first
    return name, begin


def without_tail(body: Sequence[Line], *, is_last: bool) -> tuple[list[Line], list[Line]]:
    """A body and the lines at its end that the software prints: buttons, edits, the page's foot."""
    end = len(body)
    if is_last:
        end = next((at for at in range(1, end) if _starts_foot(body, at)), end)
    while end > 0 and (_is_button(body, end - 1) or body[end - 1].is_blank):
        end -= 1
    end = _without_reactions(body, end)
    if end > 2 and furniture.is_edit_note(body[end - 2].bare):
        # Below who edited it stands why.
        end -= 2
    return list(body[:end]), list(body[end:])


def name_below(tail: Sequence[Line]) -> str | None:
    """The name in a line below a post that says whether its writer is there."""
    return next((name for line in tail if (name := furniture.present(line.bare)) is not None), None)


def _starts_foot(body: Sequence[Line], at: int) -> bool:
    above = body[at - 1]
    if furniture.is_surely_foot(body[at].bare) or furniture.present(above.bare) is not None:
        return True
    return above.is_blank and furniture.starts_page_foot(body[at].bare)


def _without_reactions(body: Sequence[Line], end: int) -> int:
    """How much is left of a body whose last bullets count reactions; what follows those is the next member's box."""
    first = end
    while first > 0 and end - first < _MAX_MENU_LINES and body[first - 1].bare[:1] in ("•", "·"):
        first -= 1
    reactions = (at for at in range(max(first, 1), end) if furniture.is_reaction(body[at].bare))
    end = next(reactions, end)
    while end > 1 and body[end - 1].is_blank:
        end -= 1
    return end


def _is_button(body: Sequence[Line], at: int) -> bool:
    """Whether a line is a button, or the address that one of them shows."""
    if furniture.is_post_end(body[at].bare):
        return True
    return at > 0 and body[at - 1].bare.casefold().startswith("link to ") and body[at].bare.startswith("http")


def _drop_headers_at_ends(outline: Outline, lines: Sequence[Line]) -> None:
    """Take the header of the next post off the end of each body, where the name stands above the cutting line."""
    body_lines = BodyLines(lines)
    for number in range(len(outline.blocks) - 1):
        block, following = outline.blocks[number], outline.blocks[number + 1]
        if following.name is None:
            continue
        inside = body_lines.of(block)
        for at in range(len(inside) - 1, max(-1, len(inside) - _MAX_HEADER_LINES), -1):
            below = [line.bare for line in inside[at + 1 : at + _MAX_PARAGRAPH_OF_HEADER]]
            if inside[at].bare == following.name and any(map(furniture.is_labelled, below)):
                while at and (furniture.is_post_end(inside[at - 1].bare) or inside[at - 1].is_blank):
                    at -= 1
                outline.named_lines += [line for line in inside[at:] if not line.is_blank]
                trimmed = make_block(inside[:at], outline.furniture, outline.names)
                if trimmed is not None:
                    trimmed.name, trimmed.number, trimmed.member = block.name, block.number, block.member
                    outline.blocks[number] = trimmed
                break
