"""Reads a web page of no software known here, by the structure that repeats in it and by the data that it carries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from language.errors import ThreadError
from personas.reading.crediting import words_of
from personas.reading.forum_page import ForumPage, PagePost, build_thread, number_in, page_title
from personas.reading.markup import BodyRules, QuoteHead, parse_page
from personas.reading.quoted_lines import split_mail_quotes
from personas.reading.web_page.bodies import Said, body_rules, settle
from personas.reading.web_page.carried import CarriedPost, as_page_posts, carried_posts
from personas.reading.web_page.elements import Element, PageElements, page_elements
from personas.reading.web_page.levels import parents_by_level
from personas.reading.web_page.marks import NameMark, TimeMark, find_names, find_times, is_nobody, weak_names
from personas.reading.web_page.opening import find_opening
from personas.reading.web_page.units import UnitSearch
from personas.thread import Passage, Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_NOTHING = (
    "nothing on the page recurs as posts do, each with its writer and words; where the page fills itself by scripts, "
    "select all of it in the browser, copy it into a text file and give that"
)
_DATA_NOTE = "posts were read from the data that the page carries for search engines; it may have been shortened"
_COMPARED_WORDS = 8
_DELETED = re.compile(
    r"^\[?(?:(?:this )?(?:comment|post|message) )?(?:was )?(?:deleted|removed)(?: by \S.{0,30})?\]?\.?$", re.IGNORECASE
)
_FEW_NAMED = 0.5
_MOST_NAMED = 0.8
_NOTE = "a page of no software known here: posts are what recurs on it with a writer and words of its own"


def looks_web_page(source: str) -> bool:
    """Whether the text is a web page at all: what it holds is seen when it is read."""
    head = source[:20_000].lower()
    return "<html" in head or "<body" in head or "<div" in head or "<article" in head


def read_web_page(source: str, digest: str) -> Thread:
    """Read a page whose posts are told apart by its own structure.

    Posts are elements of one kind, each with a name and words; what lies inside another post answers it, as does
    what the page sets one level deeper. A page may have several kinds (an article and its comments).

    Args:
        source: The decoded page.
        digest: SHA-256 of its bytes.

    Raises:
        ThreadError: Nothing on the page recurs as posts do.
    """
    tree = parse_page(source)
    page = page_elements(tree)
    times = find_times(page)
    names = find_names(page, times)
    said = settle(page, UnitSearch(page, names, times).groups(), times)
    if times and sum(one.unit.name is not None for one in said) <= _FEW_NAMED * len(said):
        # A page may call its names nothing; short lines that differ from post to post are the next best.
        weak = weak_names(page)
        again = settle(page, UnitSearch(page, weak, times).groups(), times)
        if again and sum(one.unit.name is not None for one in again) >= _MOST_NAMED * len(again):
            names, said = weak, again
    carried = carried_posts(tree)
    if len(said) < len(carried) and len(carried) > 1:
        return _from_data(tree, carried, digest)
    if not said:
        raise ThreadError(_NOTHING)
    title = page_title(tree, "h1")
    opening = find_opening(page, names, times, said, title)
    if opening is not None:
        said = [_named_by_data(opening, carried), *said]
    posts = _posts(page, said, has_opening=opening is not None)
    known = frozenset(post.author for post in posts if post.author)
    found = ForumPage(
        software="unknown",
        format="web_page",
        posts=posts,
        title=title,
        rules=body_rules(page, said, known),
        notes=(_NOTE,),
    )
    return _with_marked_lines(build_thread(found, digest))


def _with_marked_lines(thread: Thread) -> Thread:
    """The thread with lines that begin with ">" as quotations, where a site has no other mark for them."""
    posts = (post.model_copy(update={"passages": tuple(_marked(post.passages))}) for post in thread.posts)
    return thread.model_copy(update={"posts": tuple(posts)})


def _marked(passages: Sequence[Passage]) -> Iterator[Passage]:
    for part in passages:
        if part.kind == "quote" or (not part.text.startswith(">") and "\n>" not in part.text):
            yield part
            continue
        for piece in split_mail_quotes(part.text):
            yield piece.model_copy(update={"links": tuple(link for link in part.links if link.text in piece.text)})


def _from_data(tree: "LexborHTMLParser", carried: list[CarriedPost], digest: str) -> Thread:
    found = ForumPage(
        software="unknown",
        format="web_page",
        posts=list(as_page_posts(carried)),
        title=page_title(tree, "h1"),
        rules=BodyRules(quote_head=lambda node: QuoteHead() if node.tag == "blockquote" else None),
        notes=(_DATA_NOTE,),
    )
    return build_thread(found, digest)


def _named_by_data(opening: Said, carried: Sequence[CarriedPost]) -> Said:
    """The opening with the writer that the page's data gives to the same words."""
    body = opening.body
    words = words_of(body.node.text())[:_COMPARED_WORDS] if body is not None else []
    for post in carried:
        if post.author is not None and words and words_of(post.text)[:_COMPARED_WORDS] == words:
            name = NameMark(opening.unit.at, "data", post.author, 4)
            when = TimeMark(opening.unit.at, "data", post.written_at) if post.written_at else opening.unit.time
            return replace(opening, unit=replace(opening.unit, name=name, time=when))
    return opening


def _posts(page: PageElements, said: Sequence[Said], *, has_opening: bool) -> list[PagePost]:
    ids = _ids([page.elements[one.unit.at] for one in said])
    parents: list[int | None] = [None] * len(said)
    holders = {one.unit.at: place for place, one in enumerate(said)}
    for place, one in enumerate(said):
        for at in one.unit.inside:
            if at in holders:
                parents[holders[at]] = place
    if not any(parent is not None for parent in parents):
        first = 1 if has_opening else 0
        levels = parents_by_level(page, [one.unit.at for one in said[first:]])
        parents = [*parents[:first], *(None if above is None else above + first for above in levels)]
    if has_opening and any(parent is not None for parent in parents):
        parents = [None, *(0 if parent is None else parent for parent in parents[1:])]
    found = [
        PagePost(
            id=post_id,
            author=None if one.unit.name is None or is_nobody(one.unit.name.name) else one.unit.name.name,
            body=one.body.node if one.body is not None else page.elements[one.unit.at].node,
            written_at=one.unit.time.value if one.unit.time is not None else None,
            parent=None if parent is None else ids[parent],
        )
        for one, post_id, parent in zip(said, ids, parents, strict=True)
    ]
    answered = {post.parent for post in found}
    # What a site writes in place of a deleted post is no post, unless somebody answers it.
    return [post for post in found if post.author or post.id in answered or not _is_deleted(post)]


def _is_deleted(post: PagePost) -> bool:
    return _DELETED.match(" ".join(post.body.text().split())) is not None


def _ids(elements: Sequence[Element]) -> list[str]:
    """The numbers that the page gives its posts where it gives each another one, else 1, 2, 3."""
    found = []
    for element in elements:
        known = element.node.attributes
        named = next(
            (
                known[name]
                for name in ("data-id", "data-post-id", "data-comment-id", "data-fullname", "thingid", "id")
                if known.get(name)
            ),
            None,
        )
        found.append(number_in(named, r"((?:t\d_)?[\da-z]*\d[\da-z]*)$") if named else None)
    if None in found or len(set(found)) < len(found):
        return [str(place + 1) for place in range(len(elements))]
    return [one or "" for one in found]
