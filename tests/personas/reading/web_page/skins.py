"""One small discussion in the markup of ten forums that do not exist, each set another way."""

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

CHROME = "chromeword"
"""Stands wherever a site itself writes something in or beside a post."""


class Remark(NamedTuple):
    """A post: its writer, when, its words, and how deep it is set among answers."""

    author: str
    when: str
    words: str
    depth: int = 0


TALK = (
    Remark("Ann Lee", "2024-03-01", "Grafted trees bear fruit in the third year, seedlings take ten."),
    Remark("Bo_77", "2024-03-02", "Mine took six years on poor soil, and without any fence at all.", 1),
    Remark("Çelik Ö.", "2024-03-02", "One tree proves little. Plant thirty of them and count again.", 2),
    Remark("Ann Lee", "2024-03-04", "I will, as soon as the ground is no longer frozen.", 1),
    Remark("Dora", "2024-03-05", "Nobody in this village has ever planted thirty trees in a year."),
)


def page(inside: str) -> str:
    """A page with the menus, lists and notices that stand around any discussion."""
    other = "".join(
        f'<li><a href="/t/{number}">Another thread {CHROME}</a> by <a href="/user/x{number}">Eve {number}</a></li>'
        for number in range(8)
    )
    return f"""<!doctype html><html><head><title>Apples | Garden talk</title></head><body>
    <nav><a href="/">Home {CHROME}</a></nav><div class="cookie">We use cookies {CHROME}. <a>Agree</a></div>
    <h1>Apples</h1>{inside}<aside><h3>Other threads {CHROME}</h3><ul class="other">{other}</ul></aside>
    <footer>Imprint {CHROME}</footer></body></html>"""


def cards(talk: Sequence[Remark]) -> str:
    """Names by class, times as `time`, buttons as links."""
    return "".join(
        f"""<div class="card"><div class="card-head"><span class="author-name">{escape(one.author)}</span>
        <span class="rank">Gardener {CHROME}</span><time datetime="{one.when}">then</time></div>
        <div class="card-text"><p>{escape(one.words)}</p></div>
        <div class="actions"><a href="#">Reply</a> <a href="#">Share</a> <span>{CHROME}</span></div></div>"""
        for one in talk
    )


def profile_links(talk: Sequence[Remark]) -> str:
    """Nothing is called anything: only links lead to members' pages."""
    return "".join(
        f"""<section class="c1"><div class="c2"><a href="/members/{number}/">{escape(one.author)}</a>
        <small>{one.when}</small></div><div class="c3">{escape(one.words)}</div><div class="c4">{CHROME}</div>
        </section>"""
        for number, one in enumerate(talk)
    )


def table(talk: Sequence[Remark]) -> str:
    """A row for each post, a cell for its writer."""
    rows = "".join(
        f"""<tr class="row"><td class="poster"><b class="nick">{escape(one.author)}</b><br>Posts: 12 {CHROME}</td>
        <td class="cell"><div class="date">Posted: {one.when} 12:0{number}</div>
        <div class="words">{escape(one.words)}</div></td></tr>"""
        for number, one in enumerate(talk)
    )
    return f"<table>{rows}</table>"


def microdata(talk: Sequence[Remark]) -> str:
    """schema.org says it all, and no time is shown."""
    return "".join(
        f"""<div itemscope itemtype="https://schema.org/Comment"><p itemprop="author" itemscope>
        <span itemprop="name">{escape(one.author)}</span></p><div itemprop="text">{escape(one.words)}</div>
        <div>{CHROME}</div></div>"""
        for one in talk
    )


def h_entries(talk: Sequence[Remark]) -> str:
    """Microformats."""
    return "".join(
        f"""<article class="h-entry"><header><a class="p-author h-card" href="/x">{escape(one.author)}</a>
        <a class="u-url" href="#p{number}">
        <time class="dt-published" datetime="{one.when}T10:00:00Z">a while ago</time></a>
        </header><div class="e-content"><p>{escape(one.words)}</p></div><footer>{CHROME}</footer></article>"""
        for number, one in enumerate(talk)
    )


def nested(talk: Sequence[Remark]) -> str:
    """Answers lie inside what they answer."""
    drawn = []
    depth = -1
    for one in talk:
        while depth >= one.depth:
            drawn.append("</ul></li>")
            depth -= 1
        drawn.append(
            f"""<li class="comment"><div class="meta"><a class="user" href="/~x">{escape(one.author)}</a>
            <span class="age">{one.when}</span></div><div class="said">{escape(one.words)}</div><ul class="children">"""
        )
        depth += 1
    return f'<ul class="tree">{"".join(drawn)}{"</ul></li>" * (depth + 1)}</ul>'


def levels(talk: Sequence[Remark]) -> str:
    """Answers are only set further right, by a margin."""
    return "".join(
        f"""<div class="msg" style="margin-left: {20 * one.depth}px"><b class="username">{escape(one.author)}</b>
        <i class="date">{one.when} 10:1{number}</i><div class="body">{escape(one.words)}</div></div>"""
        for number, one in enumerate(talk)
    )


def own_elements(talk: Sequence[Remark]) -> str:
    """The page's own elements name the writer in an attribute."""
    return "".join(
        f"""<garden-comment author="{escape(one.author)}" depth="{one.depth}" id="c{1000 + number}">
        <div slot="meta">{CHROME}</div><div slot="text"><p>{escape(one.words)}</p></div>
        <garden-bar>{CHROME}</garden-bar>
        </garden-comment>"""
        for number, one in enumerate(talk)
    )


def styled(talk: Sequence[Remark]) -> str:
    """Classes made by a machine: the name is what stands before the time."""
    return "".join(
        f"""<div class="sc-a1 xYz"><div class="sc-b2"><p class="sc-c3">{escape(one.author)}</p>
        <p class="sc-d4">{one.when} 10:1{number}</p></div><div class="sc-e5"><p>{escape(one.words)}</p></div>
        <div class="sc-f6">{number}</div></div>"""
        for number, one in enumerate(talk)
    )


def blog(talk: Sequence[Remark]) -> str:
    """An article, and comments below it that are marked in another way."""
    first, *answers = talk
    comments = "".join(
        f"""<li id="comment-{70 + number}"><cite class="fn">{escape(one.author)}</cite> <span class="says">says:</span>
        <div class="comment-meta"><a href="#c">{one.when} at 10:1{number}</a></div>
        <p class="text">{escape(one.words)}</p>
        <div class="reply"><a href="#r">Reply</a></div></li>"""
        for number, one in enumerate(answers)
    )
    return f"""<div class="byline">By <a rel="author" class="byline-name" href="/author/ann">{escape(first.author)}</a>
    <time datetime="{first.when}">1 March</time></div><div class="entry"><p>{escape(first.words)}</p>
    <p>That is what my grandmother used to say, and she knew a thing or two about them.</p></div>
    <ol class="comments">{comments}</ol>"""


SKINS: dict[str, Callable[[Sequence[Remark]], str]] = {
    "cards": cards,
    "profile links": profile_links,
    "table": table,
    "microdata": microdata,
    "h-entries": h_entries,
    "nested": nested,
    "levels": levels,
    "own elements": own_elements,
    "styled": styled,
    "blog": blog,
}
TREES = ("nested", "levels", "own elements")
"""Skins that show who answers whom."""
