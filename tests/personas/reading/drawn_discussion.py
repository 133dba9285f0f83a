"""A small discussion, and what every drawing of it as a forum page needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

CHROME = "chromeword"
"""Stands wherever the software itself writes something near the words of a post."""


@dataclass(frozen=True)
class Quoted:
    """A quotation as its poster inserted it."""

    author: str | None
    post_id: str | None
    parts: "tuple[str | Quoted, ...]"


@dataclass(frozen=True)
class Written:
    """A post: own words (with newlines) and quotations in order."""

    id: str
    author: str
    parts: tuple[str | Quoted, ...]

    @property
    def account(self) -> int:
        """The number of the poster's account."""
        return 1 + sum(self.author.encode())


@dataclass(frozen=True)
class Software:
    """How to draw a page, and what its markup cannot say."""

    format: str
    draw: Callable[[str, Sequence[Written]], str]
    names_quoted_post: bool = True


def words_html(text: str) -> str:
    """Text as forum software prints it: escaped, a line break for each newline."""
    return "<br />\n".join(escape(line) for line in text.split("\n"))


def body_html(parts: Sequence[str | Quoted], quote: Callable[[Quoted, str], str]) -> str:
    return "\n".join(
        words_html(part) if isinstance(part, str) else quote(part, body_html(part.parts, quote)) for part in parts
    )


def page_html(head: str, body: str, html: str = "<html>") -> str:
    return f"<!DOCTYPE html>\n{html}\n<head>{head}</head>\n{body}\n</html>"


ORCHARD = (
    Written("501", "Ann Lee", ("Grafted trees bear fruit in the third year.\n\nSeedlings take ten.",)),
    Written(
        "502",
        "Bo_77",
        (
            Quoted("Ann Lee", "501", ("Seedlings take ten.",)),
            "Mine took six, on poor soil & without a fence.",
            Quoted(None, None, ("An apple a day",)),
            "That proverb settles nothing.",
        ),
    ),
    Written(
        "503",
        "Çelik Ö.",
        (
            Quoted(
                "Bo_77",
                "502",
                (Quoted("Ann Lee", "501", ("Seedlings take ten.",)), "Mine took six, on poor soil & without a fence."),
            ),
            "One tree proves little.\nPlant <thirty> and count.",
        ),
    ),
    Written("504", "Ann Lee", ("I will.",)),
)
"""A discussion with a quotation of one post, one without a name, and one inside another."""
