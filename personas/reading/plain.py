"""Reads a plain dump of a thread: text without names, quote marks or links, as an extractor leaves it."""

from personas.authorship import made_up_labels
from personas.quotations import mark_quotations
from personas.reading.plain_blocks import Block, outline_dump, split_lines
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
    outline = outline_dump(split_lines(source))
    labels = iter(made_up_labels([], sum(block.name is None for block in outline.blocks)))
    posts = tuple(
        _post(str(number), block, block.name or next(labels), source)
        for number, block in enumerate(outline.blocks, start=1)
    )
    return Thread(
        title=outline.title,
        format="plain",
        offsets="source",
        posts=mark_quotations(posts),
        digest=digest,
    )


def _post(post_id: str, block: Block, author: str, source: str) -> Post:
    passages: list[Passage] = []
    lines = block.lines
    start = lines[0].start
    end = lines[-1].end
    text = source[start:end]
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if text:
        passages.append(Passage(kind="own", text=text, start=start + lead, end=start + lead + len(text)))
    return Post(id=post_id, author=author, author_named=block.name is not None, passages=tuple(passages))
