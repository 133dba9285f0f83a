"""Cutting a plain dump of a forum page into posts and page furniture, by position and not by meaning.

Rules of the dump (flattened XenForo pages): a line that holds only U+00A0 ends the body of a post; "Last edited:" and
the list of people who liked a post come after that line and belong to the post before it; a header, "name / blank line
/ title", survives only for members whose name was not a link.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from personas.reading import plain_furniture as furniture
from personas.reading.plain_lines import Block, Line, Outline, make_block
from personas.reading.plain_marks import numbers_in_a_row, outline_marked

_MAX_TITLE_CHARS = 160
_MAX_TITLE_CANDIDATES = 6
_MAX_LINES_TO_NUMBER = 40


def outline_page(lines: Sequence[Line]) -> Outline:
    """Cut a text into posts by the strongest marks that it has: ends of bodies, else headers, else not at all."""
    marked = outline_marked(lines)
    ends = sum(line.ends_body for line in lines)
    if ends and (marked is None or (ends >= len(marked.blocks) and not numbers_in_a_row(marked))):
        return outline_dump(lines)
    if marked is not None:
        return marked
    outline = outline_dump(lines)
    outline.notes = ["no marks between posts were found; the whole text was read as one post"]
    return outline


def outline_dump(lines: Sequence[Line]) -> Outline:
    """Cut a dump whose posts end with a line of only U+00A0."""
    segments = list(_segments(lines))
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[])
    body_words = _vocabulary(lines)
    for number, (segment, ended) in enumerate(segments):
        rest = segment
        if number == 0:
            rest = _take_page_head(rest, body_words, outline)
        else:
            rest = _take_tail_of_post_before(rest, outline)
        if not ended and _is_page_foot(rest):
            outline.furniture += [line for line in rest if not line.is_blank]
            continue
        block = _block(rest, outline, is_first=number == 0)
        if block is not None:
            if not ended:
                outline.notes.append("the last post has no end mark; it may be cut off, or be page furniture")
            outline.blocks.append(block)
    return outline


def _segments(lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    segment: list[Line] = []
    for line in lines:
        if line.ends_body:
            yield segment, True
            segment = []
        else:
            segment.append(line)
    if any(not line.is_blank for line in segment):
        yield segment, False


def _vocabulary(lines: Sequence[Line]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        for word in re.findall(r"\w{4,}", line.text.casefold()):
            counts[word] = counts.get(word, 0) + 1
    return counts


def _take_page_head(lines: list[Line], counts: dict[str, int], outline: Outline) -> list[Line]:
    header = _find_header(lines, needs_gap=False)
    limit = header.name_at if header else len(lines)
    title_at = _find_title(lines[:limit], counts, whole=header is not None)
    outline.opens_thread = any(furniture.says_opening(line.bare) for line in lines[: header.body_at if header else 0])
    if title_at is None:
        return lines
    outline.title = lines[title_at].bare
    outline.named_lines.append(lines[title_at])
    outline.furniture += [line for line in lines[:title_at] if not line.is_blank]
    if header is None:
        return lines[title_at + 1 :]
    outline.furniture += [line for line in lines[title_at + 1 : limit] if not line.is_blank]
    return [Line(lines[title_at].end, lines[title_at].end, ""), *lines[limit:]]


def _find_title(lines: Sequence[Line], counts: dict[str, int], *, whole: bool) -> int | None:
    """Index of the thread's title: the early one-line paragraph that shares most words with the page.

    Args:
        lines: The head of the page.
        counts: How often each word stands on the page.
        whole: Whether all of `lines` is known to come before the first post; else the search ends with the first
            paragraph that is no title.
    """
    best: tuple[float, int] | None = None
    seen = 0
    for at, line in enumerate(lines):
        if line.is_blank or line.text[:1] in " \t" or line.bare.startswith("•"):
            continue
        alone = (at == 0 or lines[at - 1].is_blank) and (at + 1 >= len(lines) or lines[at + 1].is_blank)
        if not alone or len(line.bare) > _MAX_TITLE_CHARS:
            if seen and not whole:
                break
            continue
        seen += 1
        if seen > _MAX_TITLE_CANDIDATES:
            break
        if furniture.is_furniture(line.bare):
            continue
        score = _shared_fraction(line.bare, counts)
        # An earlier line is the title unless a later one is plainly more about what the page talks of.
        if best is None or score > best[0] + 0.34:
            best = (score, at)
    return best[1] if best else None


def _shared_fraction(text: str, counts: dict[str, int]) -> float:
    words = re.findall(r"\w{4,}", text.casefold())
    if not words:
        return 0.0
    own = {word: words.count(word) for word in words}
    return sum(counts.get(word, 0) > own[word] for word in words) / len(words)


def _take_tail_of_post_before(lines: list[Line], outline: Outline) -> list[Line]:
    """Give "Last edited:" and the list of likes to the post before, and return what is left."""
    at = 0
    signed = False
    while at < len(lines):
        line = lines[at]
        if line.is_blank:
            # A blank line here may belong to a header; it is kept for it unless more of the tail follows.
            following = next((other for other in lines[at:] if not other.is_blank), None)
            if following is None or not furniture.is_post_tail(following.bare):
                break
            at += 1
            continue
        signed = signed or furniture.signed_by(line.bare) is not None
        if not (furniture.is_post_tail(line.bare) or (signed and furniture.is_post_end(line.bare))):
            break
        if outline.blocks:
            outline.blocks[-1].likers += furniture.likers(line.bare)
            outline.blocks[-1].name = outline.blocks[-1].name or furniture.signed_by(line.bare)
        outline.furniture.append(line)
        at += 1
    return lines[at:]


def _is_page_foot(lines: Sequence[Line]) -> bool:
    """Whether what follows the last end mark is page furniture and not a post that was cut off."""
    texts = [line.bare for line in lines if not line.is_blank]
    return not texts or furniture.is_page_foot(texts)


@dataclass(frozen=True, slots=True)
class _Header:
    name_at: int
    body_at: int
    name: str
    title: str


def _block(lines: list[Line], outline: Outline, *, is_first: bool) -> Block | None:
    header = _find_header(lines, needs_gap=not is_first)
    name = title = None
    if header is not None:
        name, title = header.name, header.title
        outline.named_lines += [line for line in lines[header.name_at : header.body_at] if not line.is_blank]
        outline.furniture += [line for line in lines[: header.name_at] if not line.is_blank]
        lines = lines[header.body_at :]
    start_at, number, above = _number_line(lines)
    if number is not None:
        outline.named_lines += [line for line in lines[:start_at] if not line.is_blank]
        name = name or above
    body = lines[start_at:]
    block = make_block(body, outline.furniture)
    if block is not None:
        block.name, block.title, block.number = name, title, number
    return block


def _number_line(lines: Sequence[Line]) -> tuple[int, str | None, str | None]:
    """Where the body begins after a line that only counts the posts, that number, and the name above it.

    Such a line opens the post, or stands under a member's header with its counters (XenForo 1).
    """
    counters = 0
    name: str | None = None
    for at, line in enumerate(lines[:_MAX_LINES_TO_NUMBER]):
        if line.is_blank:
            continue
        if found := furniture.post_number(line.bare):
            return (at + 1, found, name) if counters or not name else (0, None, None)
        counters += bool(furniture.header_lines([other.bare for other in lines[at : at + 2]]))
        listed = re.sub(r"^\d{1,4}\.\s+", "", line.bare)
        if name is None and furniture.may_be_name(listed):
            name = listed
        elif name is None or (len(line.bare) > 60 and not counters):
            break
    return 0, None, None


def _find_header(lines: Sequence[Line], *, needs_gap: bool) -> _Header | None:
    """The "name / blank / title" that opens a post, None where it opens with its body.

    Args:
        lines: What stands between two end marks, the tail of the post before taken off.
        needs_gap: Whether a blank line must come before the name, as it does in all posts but the first; without
            it a short first paragraph would pass for a name. The first post may have the page's head before it.
    """
    if needs_gap:
        start = next((at for at, line in enumerate(lines) if not line.is_blank), None)
        if not start:
            return None
        candidates = [start]
        if furniture.post_number(lines[start].bare):
            candidates = [at for at in range(start + 1, min(start + 4, len(lines))) if not lines[at].is_blank][:1]
    else:
        candidates = [at for at, line in enumerate(lines[:400]) if not line.is_blank]
    for at in candidates:
        header = _header_at(lines, at, strict=not needs_gap)
        if header is not None:
            return header
    return None


def _header_at(lines: Sequence[Line], at: int, *, strict: bool) -> _Header | None:
    if at and not lines[at - 1].is_blank and not furniture.is_furniture(lines[at - 1].bare):
        return None
    name_at = at
    # The letter that stands for a missing picture comes before the name.
    letter = lines[at].bare.casefold()
    follows = len(letter) == 1 and at + 2 < len(lines) and lines[at + 1].is_blank
    if follows and lines[at + 2].bare[:1].casefold() == letter:
        name_at = at + 2
    if not furniture.may_be_name(lines[name_at].bare):
        return None
    body_at, title = name_at + 1, None
    if body_at < len(lines) and lines[body_at].is_blank:
        body_at += 1
        if body_at >= len(lines) or not furniture.may_be_member_title(lines[body_at].bare):
            return None
        title = lines[body_at].bare
        body_at += 1
    evidence = title is not None and furniture.is_known_member_title(title)
    while body_at < len(lines):
        taken = furniture.header_lines([line.bare for line in lines[body_at : body_at + 3]])
        if not taken:
            break
        evidence = True
        body_at += taken
    if title is None and not evidence:
        return None
    if strict and not evidence and not _title_then_text(lines, name_at, body_at):
        return None
    return _Header(name_at=at, body_at=body_at, name=lines[name_at].bare, title=title or "")


def _title_then_text(lines: Sequence[Line], name_at: int, body_at: int) -> bool:
    """Whether a one-word name and a short title stand before running text with no blank line between."""
    if " " in lines[name_at].bare or body_at >= len(lines):
        return False
    return not lines[body_at].is_blank and len(lines[body_at].bare) > 60
