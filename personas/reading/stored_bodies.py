"""The bodies of posts as databases and programming interfaces give them out: HTML, BBCode, or text with entities."""

import html
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Literal

from personas.reading.attribution import clean_name
from personas.reading.markup import BodyRules, QuoteHead, parse_page, read_body
from personas.reading.quoted_lines import split_mail_quotes
from personas.thread import Passage

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BodyForm = Literal["html", "text"]

_BLOCKS = re.compile(r"<(?:p|br|div|blockquote)\b[^<>]{0,300}>", re.IGNORECASE)
_MOST_PLAIN = 0.7
"""Where fewer posts than this share of all are without a block of HTML, the file's posts are HTML."""
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|mdash|ndash|hellip|[lr][sd]quo|#\d{1,6}|#x[0-9a-f]{1,6});", re.I)
_BBCODE = re.compile(
    r"\[/(?:quote|b|i|u|s|url|img|color|size|font|code|list|center|left|right|indent|spoiler|strike|email|youtube|"
    r"media|highlight|sub|sup|align)(?::\w+)?\]",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\[(?P<closes>/?)quote(?::\w+)?(?P<of>[^\[\]\n]{0,300})\]", re.IGNORECASE)
_TAGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), put)
    for pattern, put in (
        (r"\[img(?::\w+)?[^\]]{0,100}\].{0,500}?\[/img(?::\w+)?\]", ""),
        (r"\[(youtube|media|video)(?::\w+)?[^\]]{0,100}\].{0,500}?\[/\1(?::\w+)?\]", ""),
        (r"\[url(?::\w+)?=[\"']?([^\]\"'<>\s]{1,500})[\"']?\](.{0,500}?)\[/url(?::\w+)?\]", r'<a href="\1">\2</a>'),
        (r"\[url(?::\w+)?\]([^\[\]<>\s]{1,500})\[/url(?::\w+)?\]", r'<a href="\1">\1</a>'),
        (r"\[code(?::\w+)?[^\]]{0,60}\](.{0,20000}?)\[/code(?::\w+)?\]", r"<pre>\1</pre>"),
        (r"\[\*(?::\w+)?\]", "<br>"),
        (
            r"\[/?(?:b|i|u|s|color|size|font|list|center|left|right|indent|spoiler|strike|email|highlight|sub|sup|"
            r"align|hr)(?::\w+)*(?:=[^\]\n]{0,100})?\]",
            "",
        ),
    )
)
# "Ann;1234", "Ann, post: 12, member: 3", 'author=Ann link=topic=1.msg2', "name='Ann' post='12'", '"Ann" pid="12"'.
_NAMED = re.compile(r"\b(?:author|name)=(?P<q>[\"']?)(?P<name>.+?)(?P=q)(?=\s+\w+=|$)", re.IGNORECASE)
_FIRST = re.compile(r"^(?P<q>[\"']?)(?P<name>.+?)(?:(?P=q))?(?=;\d|,\s*post\s*:|\s+(?:pid|post|link|date|dateline)=|$)")
_POST = re.compile(r"(?:;|post\s*:\s*|\bp?id=[\"']?|\bpost=[\"']?|\.msg)(\d+)", re.IGNORECASE)


def form_of(texts: Iterable[str]) -> BodyForm:
    """Whether the posts of one file are HTML; some of them may still be a line of bare text."""
    written = [text for text in texts if text.strip()]
    plain = sum(_BLOCKS.search(text) is None for text in written)
    return "html" if written and plain < _MOST_PLAIN * len(written) else "text"


def read_stored_body(text: str, form: BodyForm, ids: Collection[str] = ()) -> tuple[Passage, ...]:
    """The passages of one post.

    Args:
        text: The body as it is stored.
        form: From `form_of`. BBCode is known by its closing tags, in whatever form.
        ids: Of the file's posts; a quotation is said to be of one of them only.
    """
    is_bbcode = _BBCODE.search(text) is not None
    if form == "text" and not is_bbcode:
        return split_mail_quotes(html.unescape(text) if _ENTITY.search(text) else text)
    source = _as_html(text, form) if is_bbcode else text
    body = parse_page(f"<div>{source}</div>").body
    if body is None:
        return ()
    rules = BodyRules(quote_head=lambda node: _quote_head(node, ids))
    passages: list[Passage] = []
    for part in read_body(body, rules):
        if part.kind == "quote":
            passages.append(part)
            continue
        for piece in split_mail_quotes(part.text):
            own = tuple(link for link in part.links if link.text in piece.text)
            passages.append(piece.model_copy(update={"links": own}))
    return tuple(passages)


def _quote_head(node: "LexborNode", ids: Collection[str]) -> QuoteHead | None:
    if node.tag != "blockquote":
        return None
    post_id = node.attributes.get("data-post")
    return QuoteHead(
        author=clean_name(node.attributes.get("data-author") or node.attributes.get("data-username")),
        post_id=post_id if post_id in ids else None,
    )


def _as_html(text: str, form: BodyForm) -> str:
    """BBCode as HTML; a quotation that is never closed, or closed twice, stays the words that it is typed as."""
    source = text if form == "html" else html.escape(html.unescape(text), quote=False).replace("\n", "<br>")
    source = _with_quotes(source)
    for pattern, put in _TAGS:
        source = pattern.sub(put, source)
    return source


def _with_quotes(source: str) -> str:
    marks = list(_QUOTE.finditer(source))
    opened: list[int] = []
    put: dict[int, str] = {}
    for number, mark in enumerate(marks):
        if not mark["closes"]:
            opened.append(number)
        elif opened:
            put[opened.pop()] = ""
            put[number] = "</blockquote>"
    put |= {number: _opening(html.unescape(marks[number]["of"])) for number in put if not marks[number]["closes"]}
    pieces, place = [], 0
    for number, mark in enumerate(marks):
        pieces += [source[place : mark.start()], put.get(number, mark[0])]
        place = mark.end()
    return "".join((*pieces, source[place:]))


def _opening(of: str) -> str:
    of = of.strip().lstrip("=").strip()
    named = _NAMED.search(of) or _FIRST.match(of)
    post = _POST.search(of)
    author = f' data-author="{html.escape(named["name"].strip())}"' if named else ""
    return f"<blockquote{author}" + (f' data-post="{post[1]}"' if post else "") + ">"
