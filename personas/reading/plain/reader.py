"""Reads a plain dump of a thread: text without names, quote marks or links, as an extractor leaves it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from personas.authorship import PostClues, assign_authors
from personas.authorship_quotes import Attribution
from personas.quotation_search import Naming, Quotation
from personas.quotations import find_quotations
from personas.reading.plain.blocks import outline_page
from personas.reading.plain.furniture import is_quoted_attachment
from personas.reading.plain.lines import Block, Outline, QuoteHeader, split_lines
from personas.thread import Passage, Post, Thread


def looks_plain(source: str) -> bool:
    """Whether the text can be read as a plain dump: it holds words and is no markup, JSON or mailbox."""
    head = source.lstrip("\ufeff \t\r\n")[:200]
    if not any(character.isalnum() for character in source):
        return False
    return not (head.startswith(("<", "{", "From ")) or (head.startswith("[") and head[1:2] in '{"'))


def read_plain(source: str, digest: str) -> Thread:
    """Read a plain dump.

    Args:
        source: The decoded text; passages' offsets count its characters.
        digest: SHA-256 of the bytes it was decoded from, in hexadecimal.

    Returns:
        The thread, `offsets` "source". `notes` says what had to be guessed.
    """
    outline = outline_page(split_lines(source))
    blocks = outline.blocks
    texts = [block.visible(source) for block in blocks]
    namings = [[_naming(header, block) for header in block.headers] for block in blocks]
    quotations = [
        [_with_attachments(quote, block, source) for quote in quotes]
        for block, quotes in zip(
            blocks,
            find_quotations(
                texts,
                [block.name for block in blocks],
                namings,
                # Software that prints its own lines around posts prints one over each quotation too.
                infer=not outline.is_sure,
                opens_thread=outline.opens_thread,
                answered_only=True,
            ),
            strict=True,
        )
    ]
    nobodies = sum(block.is_nobody for block in blocks)
    names = [
        f"{block.name} (post {number + 1})" if block.is_nobody and nobodies > 1 else block.name
        for number, block in enumerate(blocks)
    ]
    people = assign_authors(
        [
            PostClues(name, text, quotes, block.likers, block.member)
            for block, name, text, quotes in zip(blocks, names, texts, quotations, strict=True)
        ]
    )
    posts = [
        Post(
            id=str(number + 1),
            author=people.authors[number].name,
            author_named=people.authors[number].named and not block.is_nobody,
            author_confidence=0.0 if block.is_nobody else people.authors[number].confidence,
            parent_id=None if block.answers is None else str(block.answers + 1),
            passages=tuple(_passages(block, source, quotations[number], people.quoted[number])),
        )
        for number, block in enumerate(blocks)
    ]
    return Thread(
        title=outline.title,
        format="plain",
        offsets="source",
        posts=tuple(posts),
        digest=digest,
        notes=tuple(_notes(outline, posts)),
    )


def _naming(header: QuoteHeader, block: Block) -> Naming:
    until = None if header.closes is None else header.closes - block.start
    return Naming(header.end - block.start, header.name, until, header.nested)


def _with_attachments(quote: Quotation, block: Block, source: str) -> Quotation:
    """Take in what a quotation shows in place of pictures right after its words."""
    end = block.start + quote.end
    for start, stop in block.holes[bisect_left(block.holes, (end, end)) :]:
        if source[end:start].strip() or not is_quoted_attachment(source[start:stop].strip()):
            break
        end = stop
    return replace(quote, end=end - block.start)


def _passages(block: Block, source: str, quotes: Sequence[Quotation], whose: Sequence[Attribution]) -> list[Passage]:
    passages: list[Passage] = []
    at = block.start
    for quote, attribution in zip(quotes, whose, strict=True):
        start, end = block.start + quote.start, block.start + quote.end
        passages += _own_passages(block, source, at, start)
        passages.append(
            Passage(
                kind="quote",
                text=source[start:end],
                start=start,
                end=end,
                quoted_author=attribution.author,
                quoted_post=None if quote.source is None else str(quote.source + 1),
                inferred=quote.name is None,
                confidence=attribution.confidence,
            )
        )
        at = end
    return passages + _own_passages(block, source, at, block.end)


def _own_passages(block: Block, source: str, start: int, end: int) -> list[Passage]:
    """The post's own words between two offsets, cut at its holes."""
    passages: list[Passage] = []
    first, last = bisect_left(block.holes, (start, start)), bisect_right(block.holes, (end, end))
    for hole_start, hole_end in [*block.holes[max(0, first - 1) : last], (end, end)]:
        if hole_end < start or hole_start > end:
            continue
        text = source[start : max(start, hole_start)]
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if text:
            passages.append(Passage(kind="own", text=text, start=start + lead, end=start + lead + len(text)))
        start = max(start, hole_end)
    return passages


def _notes(outline: Outline, posts: Sequence[Post]) -> list[str]:
    notes = list(outline.notes)
    labels = {post.author for post in posts if not post.author_named}
    if labels:
        count = sum(not post.author_named for post in posts)
        notes.append(
            f"{count} of {len(posts)} posts have no name over them; {len(labels)} writers of them were worked out"
        )
    guessed = sum(part.kind == "quote" and part.quoted_post is None for post in posts for part in post.passages)
    if guessed:
        notes.append(f"{guessed} quotations are of posts that are not in the file; they were inferred")
    if outline.furniture:
        different = list(dict.fromkeys(line.bare[:30] for line in outline.furniture))
        shown = ", ".join(map(repr, different[:3])) + (" ..." if len(different) > 3 else "")
        notes.append(f"{len(outline.furniture)} lines of page furniture were left out: {shown}")
    return notes
