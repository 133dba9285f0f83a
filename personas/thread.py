"""A discussion as read from a file: who wrote which words, and whom they quoted."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of the types that cross packages: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Frozen):
    """Where markup in a passage leads: a link, a picture, an embedded film."""

    text: str
    """The words of the passage that are the link; "image" or "embedded" where it has none."""
    target: str
    """The address as the page gives it."""


class Passage(Frozen):
    """A run of words of one post with one author: the post's own, or a quotation.

    At the top level of a post every word of it is in exactly one passage. Words inside a quote are never credited to
    the person who quotes them.
    """

    kind: Literal["own", "quote"]
    text: str
    start: int | None = None
    """Offset in characters of the decoded source, ``source[start:end] == text``; None where markup lies between."""
    end: int | None = None
    quoted_author: str | None = None
    """Who wrote a quote, None where nobody can tell; always None for own words."""
    quoted_post: str | None = None
    """Id of the post quoted, as the source gives it (it may be on another page); None where unknown."""
    inferred: bool = False
    """True where no markup said that this is a quote, or whose, and the reader worked it out."""
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    """How sure the reader is of kind and author; 1.0 where markup says so."""
    nested: tuple["Passage", ...] = ()
    """Quotes inside this quote, outermost first; their text is part of `text` and belongs to their own authors."""
    links: tuple[Link, ...] = ()
    """Targets that markup hung on words of this passage, in order; addresses written out as words stay in `text`."""


class Post(Frozen):
    """One post of a thread."""

    id: str
    author: str
    """The name in the source, or a label such as "Member A" for a person whose name is lost."""
    author_named: bool = True
    """False where `author` is a made-up label or was inferred rather than read."""
    author_confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    written_at: datetime | None = None
    parent_id: str | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """All words of the post: its passages' texts, joined by a blank line."""
        return "\n\n".join(passage.text for passage in self.passages)

    @property
    def own_text(self) -> str:
        """The post's own words: its own passages' texts, joined by a blank line."""
        return "\n\n".join(passage.text for passage in self.passages if passage.kind == "own")


class Thread(Frozen):
    """A discussion: posts in reading order.

    `offsets` says what `Passage.start` and every evidence offset count: characters of the decoded source ("source",
    plain text), or characters of `Post.text` ("post", all formats with markup, whose passages carry None).
    """

    title: str | None
    format: str
    """Name of the reader that read it, for example "plain" or "xenforo2"."""
    offsets: Literal["source", "post"]
    posts: tuple[Post, ...]
    digest: str
    """SHA-256 of the source's bytes, in hexadecimal."""
    notes: tuple[str, ...] = ()
    """What the reader could not keep or had to guess, one sentence each, for the user to read."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Names and labels of the posters in order of first appearance."""
        return tuple(dict.fromkeys(post.author for post in self.posts))

    def post(self, post_id: str) -> Post:
        """The post with this id.

        Raises:
            KeyError: No post has it.
        """
        for post in self.posts:
            if post.id == post_id:
                return post
        raise KeyError(post_id)
