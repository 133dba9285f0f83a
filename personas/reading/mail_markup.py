"""A mail that came only as HTML, to own words and quotes."""

from typing import TYPE_CHECKING

from personas.reading.markup import BodyRules, QuoteHead, parse_page, read_body
from personas.thread import Passage

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CHROME = frozenset({"gmail_signature", "moz-signature", "gmail_signature_prefix"})


def read_mail_markup(source: str) -> tuple[Passage, ...]:
    """The passages of an HTML mail; lines such as "On Monday, Ann wrote:" are still among the own words."""
    body = parse_page(source).body
    return read_body(body, BodyRules(_quote_head, _CHROME)) if body is not None else ()


def _quote_head(node: "LexborNode") -> QuoteHead | None:
    return QuoteHead() if node.tag == "blockquote" else None
