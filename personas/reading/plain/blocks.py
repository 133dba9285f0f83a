"""Cutting a plain dump of a forum page into posts and page furniture, by position and not by meaning.

Rules of the dump (flattened XenForo pages): a line that holds only U+00A0 ends the body of a post; "Last edited:" and
the list of people who liked a post come after that line and belong to the post before it; a header, "name / blank line
/ title", survives only for members whose name was not a link.
"""

import re
from collections.abc import Iterator, Sequence

from personas.reading.plain import furniture
from personas.reading.plain.boxes import outline_boxes
from personas.reading.plain.counted import outline_counted
from personas.reading.plain.framed import outline_framed
from personas.reading.plain.headers import counters_length, find_header, number_line, recurring_openers, shape
from personas.reading.plain.lines import Block, Line, Outline, make_block
from personas.reading.plain.listed import are_listed, open_item
from personas.reading.plain.lone_names import outline_lone_names
from personas.reading.plain.marks import numbers_in_a_row, outline_marked, without_tail
from personas.reading.plain.numbered import outline_numbered
from personas.reading.plain.pasted import outline_pasted
from personas.reading.plain.pasted_comments import outline_comments
from personas.reading.plain.questions import outline_questions
from personas.reading.plain.tidy import tidy

_MAX_TITLE_CHARS = 160
_MAX_TITLE_CANDIDATES = 6
_MIN_ENDS = 3
_MANY_POSTS = 2
_LINES_OF_TEXT = 4
_MORE_NAMED = 1.2
_FEWER_THAN_LOOSE = 0.3
_MAX_VOCABULARY_CHARS = 1_000_000
_MAX_INSERTED = 6
_MIN_RUNNING_CHARS = 60
_MAX_HEADER_FIELDS = 16


def outline_page(lines: Sequence[Line]) -> Outline:
    """Cut a text into posts by the strongest marks that it has: ends of bodies, else headers, else not at all.

    Where what a page sets around its posts tells more of them apart, with their names, that is believed instead.
    """
    outline = _best_outline(lines)
    tidy(outline, lines)
    return outline


def _best_outline(lines: Sequence[Line]) -> Outline:
    outline = _outline_by_marks(lines)
    if not outline.blocks and sum(not line.is_blank for line in lines) >= _LINES_OF_TEXT:
        return outline_framed(lines) or _as_one_post(lines)
    named = sum(block.name is not None for block in outline.blocks)
    if outline.is_sure and 5 * named >= 4 * len(outline.blocks) and len(outline.blocks) >= _MANY_POSTS:
        return outline
    framed = outline_framed(lines)
    if framed is None:
        return outline
    # Lines that begin with "NAME:" are of many kinds, so that their number says little.
    least = _FEWER_THAN_LOOSE if outline.is_loose else _MORE_NAMED
    return framed if len(framed.blocks) >= least * named else outline


def _as_one_post(lines: Sequence[Line]) -> Outline:
    """A text in which all looked like a page's own lines, as what it may still be: a text."""
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[])
    outline.notes.append("no marks between posts were found; the whole text was read as one post")
    block = make_block(lines, outline.furniture)
    outline.blocks += [block] if block is not None else []
    return outline


def _outline_by_marks(lines: Sequence[Line]) -> Outline:
    pasted = outline_pasted(lines) or outline_questions(lines)
    if pasted is not None:
        return pasted
    headed = outline_numbered(lines)
    if headed is not None:
        return headed
    lone = outline_lone_names(lines)
    if lone is not None:
        return lone
    marked = outline_marked(lines)
    boxed = outline_boxes(lines)
    if boxed is not None and (marked is None or _has_more(boxed, marked)):
        return boxed
    comments = outline_comments(lines)
    if comments is not None and (marked is None or marked.is_loose or len(comments.blocks) > len(marked.blocks)):
        return comments
    ends = sum(line.ends_body for line in lines)
    counted = outline_counted(lines) if ends < _MIN_ENDS else None
    if counted is not None and (marked is None or not marked.is_sure or len(marked.blocks) < len(counted.blocks)):
        return counted
    closed = [line for line in lines if furniture.closes_post(line.bare)]
    if marked is not None and marked.is_loose and max(ends, len(closed)) >= _MIN_ENDS:
        marked = None
    if len(closed) > 1 and (marked is None or len(closed) >= len(marked.blocks)):
        return outline_dump(lines, frozenset(line.start for line in closed))
    numbered = marked is not None and (numbers_in_a_row(marked) or marked.is_sure)
    if ends and (marked is None or (ends >= len(marked.blocks) and not numbered)):
        return outline_dump(lines)
    if marked is not None:
        return marked
    outline = outline_dump(lines)
    outline.notes = ["no marks between posts were found; the whole text was read as one post"]
    return outline


def _has_more(boxed: Outline, marked: Outline) -> bool:
    """Whether members' boxes tell posts apart better than the lines that recur over posts do."""
    found, others = len(boxed.blocks), len(marked.blocks)
    if marked.is_sure:
        return 3 * found > 4 * others
    return marked.is_loose or 5 * found >= 3 * others


def outline_dump(lines: Sequence[Line], ends: frozenset[int] | None = None) -> Outline:
    """Cut a dump whose posts end with a line of only U+00A0.

    Args:
        lines: The page.
        ends: Where the lines start that end a post, where these are others.
    """
    segments = list(_segments(lines, ends))
    outline = Outline(title=None, blocks=[], furniture=[], named_lines=[])
    body_words = _vocabulary(lines)
    openers = recurring_openers([segment for segment, _ in segments])
    listed = are_listed([segment for segment, _ in segments])
    for number, (segment, ended) in enumerate(segments):
        rest = segment
        if number == 0:
            rest = _take_page_head(rest, body_words, outline)
        else:
            rest = _take_tail_of_post_before(rest, outline)
            rest = _without_inserted(rest, outline)
        if ends is not None:
            rest, buttons = without_tail(_without_posted(rest, outline), is_last=False)
            outline.furniture += [line for line in buttons if not line.is_blank]
        rest, name = _without_item(rest, outline, is_first=number == 0) if listed else (rest, None)
        rest = _without_opener(rest, openers, outline)
        if not ended and outline.blocks and _is_page_foot(rest):
            outline.furniture += [line for line in rest if not line.is_blank]
            continue
        block = _block(rest, outline, is_first=number == 0)
        if block is not None:
            if not ended:
                outline.notes.append("the last post has no end mark; it may be cut off, or be page furniture")
            block.name = block.name or name
            outline.blocks.append(block)
    # A page that counts its posts from one shows the whole thread's beginning.
    outline.opens_thread = outline.opens_thread or (bool(outline.blocks) and outline.blocks[0].number == "1")
    return outline


def _without_item(lines: list[Line], outline: Outline, *, is_first: bool) -> tuple[list[Line], str | None]:
    rest, taken, name = open_item(lines, is_first=is_first)
    if any(not line.is_blank for line in rest):
        outline.named_lines += [line for line in taken if not line.is_blank]
        return rest, name
    return lines, None


def _without_inserted(lines: list[Line], outline: Outline) -> list[Line]:
    """What is left after advertisements that stand between two posts."""
    last = max((at for at, line in enumerate(lines[:_MAX_INSERTED]) if furniture.is_inserted(line.bare)), default=-1)
    between = [line for line in lines[: last + 1] if not line.is_blank]
    if not between or not all(furniture.is_inserted(line.bare) for line in between) or last + 1 == len(lines):
        return lines
    outline.furniture += between
    return lines[last + 1 :]


def _without_posted(lines: list[Line], outline: Outline) -> list[Line]:
    """What is left after the buttons over a body that end with "Posted"."""
    at = next((at for at, line in enumerate(lines[:_MAX_INSERTED]) if furniture.says_posted(line.bare)), None)
    above = lines[: (at or 0) + 1] if at is not None else []
    while (at := len(above)) < len(lines) and (lines[at].is_blank or furniture.is_inserted(lines[at].bare)):
        above = lines[: at + 1]
    shown = [line for line in above if not line.is_blank]
    known = (
        furniture.says_posted(one.bare) or furniture.is_post_end(one.bare) or furniture.is_inserted(one.bare)
        for one in shown
    )
    if not all(known) or len(above) == len(lines):
        return lines
    outline.furniture += shown
    return lines[len(above) :]


def _without_opener(lines: list[Line], openers: frozenset[str], outline: Outline) -> list[Line]:
    """What is left after a line that recurs at the start of posts with another number each time."""
    at = next((at for at, line in enumerate(lines) if not line.is_blank), None)
    if at is None or shape(lines[at].bare) not in openers or at + 1 == len(lines):
        return lines
    outline.named_lines.append(lines[at])
    return lines[at + 1 :]


def _segments(lines: Sequence[Line], ends: frozenset[int] | None) -> Iterator[tuple[list[Line], bool]]:
    segment: list[Line] = []
    for line in lines:
        if (line.ends_body and not _is_empty_field(segment)) if ends is None else line.start in ends:
            if ends is not None:
                segment.append(line)
            yield segment, True
            segment = []
        else:
            segment.append(line)
    if any(not line.is_blank for line in segment):
        yield segment, False


def _is_empty_field(segment: Sequence[Line]) -> bool:
    """Whether what was read ends with the label of a header's field, whose value the line without words then is."""
    if not segment or not furniture.is_label(segment[-1].bare):
        return False
    return any(furniture.is_counter(line.bare) for line in segment[-_MAX_HEADER_FIELDS:-1])


def _vocabulary(lines: Sequence[Line]) -> dict[str, int]:
    counts: dict[str, int] = {}
    chars = 0
    for line in lines:
        chars += len(line.text)
        if chars > _MAX_VOCABULARY_CHARS:
            break
        for word in re.findall(r"\w{4,}", line.text.casefold()):
            counts[word] = counts.get(word, 0) + 1
    return counts


def _take_page_head(lines: list[Line], counts: dict[str, int], outline: Outline) -> list[Line]:
    header = find_header(lines, needs_gap=False)
    if header is not None and furniture.is_label(header.title) and _is_first_said(lines, header.name_at):
        # Counters without a name follow the thread's title; it is no member's name.
        header = None
    limit = header.name_at if header else len(lines)
    title_at = _find_title(lines[:limit], counts, whole=header is not None)
    outline.opens_thread = any(furniture.says_opening(line.bare) for line in lines[: header.body_at if header else 0])
    if title_at is None:
        return _without_furniture(lines, outline) if header is None else lines
    outline.title = lines[title_at].bare
    outline.named_lines.append(lines[title_at])
    outline.furniture += [line for line in lines[:title_at] if not line.is_blank]
    if header is None:
        return _without_furniture(lines[title_at + 1 :], outline)
    outline.furniture += [line for line in lines[title_at + 1 : limit] if not line.is_blank]
    return [Line(lines[title_at].end, lines[title_at].end, ""), *lines[limit:]]


def _is_first_said(lines: Sequence[Line], at: int) -> bool:
    above = (line.bare for line in lines[:at])
    return all(not text or furniture.is_furniture(text) or furniture.is_inserted(text) for text in above)


def _without_furniture(lines: list[Line], outline: Outline) -> list[Line]:
    """What is left of the first post after statistics and buttons that stand between it and the title."""
    at = 0
    while at < len(lines) and (lines[at].is_blank or furniture.is_furniture(lines[at].bare)):
        at += 1
    outline.furniture += [line for line in lines[:at] if not line.is_blank]
    return lines[at:]


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
            # Running text before any title is a post's already; the page's title is lost.
            if not whole and (seen or len(line.bare) > _MIN_RUNNING_CHARS):
                break
            continue
        seen += 1
        if seen > _MAX_TITLE_CANDIDATES:
            break
        if furniture.is_furniture(line.bare):
            continue
        score = _shared_fraction(line.bare, counts)
        following = next((other.bare for other in lines[at + 1 :] if not other.is_blank), "")
        if furniture.is_furniture(following) or furniture.post_number(following):
            score += 0.5
        # An earlier line is the title unless a later one is plainly more about what the page talks of, and no sentence.
        if best is None or (score > best[0] + 0.34 and not line.bare.endswith((".", "!", ",", ":", ";"))):
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


def _block(lines: list[Line], outline: Outline, *, is_first: bool) -> Block | None:
    header = find_header(lines, needs_gap=not is_first)
    name = title = None
    while header is not None:
        name, title = header.name, header.title
        outline.named_lines += [line for line in lines[header.name_at : header.body_at] if not line.is_blank]
        outline.furniture += [line for line in lines[: header.name_at] if not line.is_blank]
        ends_empty = furniture.is_label(lines[header.body_at - 1].bare)
        lines = lines[header.body_at :]
        # A post whose body was lost leaves its header right above the next one.
        header = find_header(lines, needs_gap=True) if ends_empty else None
    if name is not None:
        pass
    elif length := counters_length(lines):
        outline.named_lines += [line for line in lines[:length] if not line.is_blank]
        lines = lines[length:]
    start_at, number, above = number_line(lines)
    if number is not None:
        outline.named_lines += [line for line in lines[:start_at] if not line.is_blank]
        name = name or above
    body = lines[start_at:]
    block = make_block(body, outline.furniture)
    if block is not None:
        block.name, block.title, block.number = name, title, number
    return block
