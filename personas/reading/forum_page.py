"""What the readers of forum pages share: from the posts found on a page to a thread, its title, its notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.errors import ThreadError
from personas.reading.attribution import clean_name
from personas.reading.markup import BodyRules, read_body
from personas.reading.post_times import parse_times
from personas.thread import Passage, Post, Thread

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_PAGE_NUMBER = re.compile(
    r"\s*[|,–—(·•:-]\s*\(?(?:page|seite|página|pagina|strona|sida|side|pagină|страница|strana|sivu)\s*\d+"
    r"(?:\s*(?:of|von|de|di|z|av|af|из|/)\s*\d+)?\)?\s*$",
    re.IGNORECASE,
)
_MAX_TITLE_CHARS = 400
_SAME_NAME = re.compile(r" \(member \d+\)$")
_SITE = re.compile(r"^(?P<title>.*\S)\s+(?:[|•·»«–—-]|::)\s+(?P<site>\S.*)$", re.DOTALL)


@dataclass(frozen=True)
class PagePost:
    """One post as found on a page, its words still markup."""

    id: str | None
    author: str | None
    body: "LexborNode"
    written_at: str | None = None
    """What the page says of the time, in any form that `parse_times` reads."""
    member: str | None = None
    """The account's number, where the page links it; tells two people of one name apart."""
    parent: str | None = None
    """Id of the post that it answers, where the page shows that."""


@dataclass(frozen=True)
class ForumPage:
    """What a reader found on one page."""

    software: str
    format: str
    posts: Sequence[PagePost]
    title: str | None
    rules: BodyRules
    notes: tuple[str, ...] = ()


def build_thread(page: ForumPage, digest: str) -> Thread:
    """The thread on one page: every post once, in the page's order.

    Raises:
        ThreadError: The page holds no posts.
    """
    if not page.posts:
        titled = f" titled {page.title!r}" if page.title else ""
        raise ThreadError(
            f"no posts on this {page.software} page{titled}: it looks like a list of threads, a login or an error "
            "page, or a damaged copy; open the discussion itself, save that page and give it"
        )
    authors = _authors(page.posts)
    times = parse_times([post.written_at for post in page.posts])
    posts: dict[str, Post] = {}
    for place, (found, author, moment) in enumerate(zip(page.posts, authors, times, strict=True), start=1):
        passages = read_body(found.body, page.rules)
        post_id = _free_id(found.id or str(place), author, passages, posts)
        if post_id is None:
            continue
        named = author is not None
        posts[post_id] = Post(
            id=post_id,
            author=author or f"Unnamed (post {post_id})",
            author_named=named,
            author_confidence=1.0 if named else 0.0,
            written_at=moment,
            parent_id=found.parent,
            passages=passages,
        )
    return Thread(
        title=page.title,
        format=page.format,
        offsets="post",
        posts=tuple(posts.values()),
        digest=digest,
        notes=(*page.notes, *_notes(list(posts.values()), authors)),
    )


def _authors(posts: Sequence[PagePost]) -> list[str | None]:
    """Names of the posters; two accounts of one name stay two people."""
    accounts: dict[str, list[str]] = {}
    names: list[str | None] = []
    for post in posts:
        name = clean_name(post.author)
        if name is not None and post.member is not None:
            known = accounts.setdefault(name, [])
            if post.member not in known:
                known.append(post.member)
            if known[0] != post.member:
                name = f"{name} (member {post.member})"
        names.append(name)
    return names


def _free_id(post_id: str, author: str | None, passages: tuple[Passage, ...], taken: dict[str, Post]) -> str | None:
    """An id for a post; None where the page shows a post a second time."""
    base, copy = post_id, 1
    while post_id in taken:
        if (author is None or taken[post_id].author == author) and taken[post_id].passages == passages:
            return None
        copy += 1
        post_id = f"{base}-{copy}"
    return post_id


def _notes(posts: Sequence[Post], names: Sequence[str | None]) -> list[str]:
    notes: list[str] = []
    wordless = sum(not post.passages for post in posts)
    if wordless:
        posts_hold = "1 post holds" if wordless == 1 else f"{wordless:,} posts hold"
        notes.append(f"{posts_hold} no words (pictures, embedded media)")
    renamed = sorted({name for name in names if name is not None and _SAME_NAME.search(name)})
    notes += [f"two accounts have one name; the posts of the second are credited to {name!r}" for name in renamed]
    if None in names:
        notes.append("some posts name no author; each of them got a label of its own")
    return notes


def page_title(tree: "LexborHTMLParser", *selectors: str, names_site: bool = True) -> str | None:
    """The thread's title: the first of these elements with words, else the page's title without the site's name.

    Args:
        tree: The page.
        selectors: Where this software puts the title, the surest first.
        names_site: Whether this software puts the site's name behind the title of the page.
    """
    for selector in selectors:
        node = tree.css_first(selector)
        title = _short(node) if node is not None else None
        if title:
            return title_without_page(title)
    node = tree.css_first("head title") or tree.css_first("title")
    title = _short(node) if node is not None else None
    if title is None:
        return None
    site = tree.css_first('meta[property="og:site_name"]')
    name = clean_name(site.attributes.get("content")) if site is not None else None
    if name and title.endswith(name) and title != name:
        title = title[: -len(name)].rstrip(" |•·»«–—-:/")
    elif names_site and (match := _SITE.match(title)):
        title = match["title"]
    return title_without_page(title)


def _short(node: "LexborNode") -> str | None:
    # On a damaged page half of it may stand inside a heading.
    return clean_name(node.text()[:_MAX_TITLE_CHARS])


def title_without_page(title: str) -> str:
    """A title without "Page 3" behind it."""
    return _PAGE_NUMBER.sub("", title).strip() or title


def first_text(node: "LexborNode", *selectors: str) -> str | None:
    """The words of the first of these elements that has any, None where none has."""
    for selector in selectors:
        for found in node.css(selector):
            if text := clean_name(found.text()):
                return text
    return None


def first_attribute(node: "LexborNode", name: str, *selectors: str) -> str | None:
    """This attribute of the first of these elements that has it filled, None where none has."""
    for selector in selectors:
        for found in node.css(selector):
            if value := (found.attributes.get(name) or "").strip():
                return value
    return None


def number_in(text: str | None, pattern: str) -> str | None:
    """The digits that the pattern's first group finds in the text, None where it finds none."""
    match = re.search(pattern, text) if text else None
    return match[1] if match else None
