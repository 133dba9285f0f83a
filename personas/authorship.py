"""Who wrote the posts whose names are lost, and whose words quotations of unknown source are.

Clues to a name: "NAME said:" before words that an earlier post holds, a typed name at the end of a post. Clues that
two posts are by one person: who defends a text that was quoted, an exchange of two that goes on line by line, mention
of one's own opening post, and style. Two labels for one person is the smaller error, so posts are joined on strong
evidence only.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from personas.authorship_links import ALL_SIGNALS, Signal, exchange_links, links_between
from personas.authorship_quotes import Attribution, attribute_quotes
from personas.quotation_search import Quotation

_CONFIDENCE_OF_SINGLE = 0.6
_CONFIDENCE_OF_SIGN_OFF = 0.8
_CONFIDENCE_OF_QUOTED_NAME = 0.97
_CONFIDENCE_OF_MEMBER = 0.95
_LAST_REMARKS = (
    "thanks thx cheers regards hth lol edit bye amen peace wow yes no ok okay agreed exactly seriously please sorry "
    "good nice great true false hmm haha enjoy top back reply quote share end link links source sources also"
)
_NO_SIGN_OFF = frozenset(_LAST_REMARKS.split())


@dataclass(frozen=True, slots=True)
class PostClues:
    """What is known of one post before its writer is worked out."""

    name: str | None
    """The name over the post, None where none survived."""
    text: str
    quotes: Sequence[Quotation]
    likers: Sequence[str] = ()
    """Who liked the post, and so did not write it."""
    member: str | None = None
    """What is over all posts of one person and over nobody else's; None where nothing such is known."""

    @property
    def own(self) -> str:
        """The words that are not quoted."""
        pieces, at = [], 0
        for quote in self.quotes:
            pieces.append(self.text[at : quote.start])
            at = quote.end
        return "\n\n".join(piece.strip() for piece in [*pieces, self.text[at:]] if piece.strip())


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a post: a name, or a label for somebody whose name is lost."""

    name: str
    named: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class People:
    """The writers of a discussion: of each post, and of each of its quotations in order."""

    authors: tuple[Author, ...]
    quoted: tuple[tuple[Attribution, ...], ...]


def assign_authors(posts: Sequence[PostClues], signals: frozenset[Signal] = ALL_SIGNALS) -> People:
    """Give every post a writer and every quotation one where that can be told.

    Args:
        posts: In the order in which they were written; the sources of their quotations count these posts.
        signals: The evidence to use; less than all of it only to measure what each kind adds.

    Returns:
        Names as read, else names found in the text, else labels "Member A", "Member B" in order of first appearance.
    """
    names = _names(posts, signals)
    groups = _join(posts, names, signals)
    authors = _label(posts, names, groups)
    return People(authors, attribute_quotes(posts, [author.name for author in authors]))


def made_up_labels(taken: Sequence[str], count: int) -> list[str]:
    """Labels "Member A", "Member B", ... for people without a name, none of them in `taken`."""
    labels: list[str] = []
    number = 0
    used = {name.casefold() for name in taken}
    while len(labels) < count:
        label = f"Member {_letters(number)}"
        number += 1
        if label.casefold() not in used:
            labels.append(label)
    return labels


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    named: bool
    confidence: float


def _names(posts: Sequence[PostClues], signals: frozenset[Signal]) -> list[_Name | None]:
    names: list[_Name | None] = [None if post.name is None else _Name(post.name, True, 1.0) for post in posts]
    if "names" not in signals:
        return names
    votes: dict[int, Counter[str]] = {}
    for post in posts:
        for quote in post.quotes:
            if quote.name is not None and quote.source is not None:
                votes.setdefault(quote.source, Counter())[quote.name] += 1
    for number, counter in votes.items():
        if names[number] is None:
            names[number] = _Name(counter.most_common(1)[0][0], True, _CONFIDENCE_OF_QUOTED_NAME)
    signed = {
        number: name
        for number, post in enumerate(posts)
        if names[number] is None and (name := _sign_off(post)) is not None
    }
    bodies = (post.text.rstrip().rpartition("\n")[0] for post in posts) if signed else ()
    vocabulary = Counter(word for body in bodies for word in re.findall(r"\w+", body))
    for number, name in signed.items():
        # A word that the discussion uses is a last remark rather than a name.
        if not any(vocabulary[word.lower()] for word in name.split()):
            names[number] = _Name(name, False, _CONFIDENCE_OF_SIGN_OFF)
    return names


def _sign_off(post: PostClues) -> str | None:
    """The name typed at the end of a post, after a blank line; None where its last line is no name."""
    text = post.text.rstrip()
    if post.quotes and post.quotes[-1].end >= len(text):
        return None
    match = re.search(r"\n[ \t]*\n[ \t]*[-–—~]{0,2}[ \t]*([^\W\d_][\w.\- ]{2,24})$", text)
    if match is None:
        return None
    name = match.group(1).strip()
    words = name.split()
    if len(words) > 2 or name.endswith(".") or any(word.casefold() in _NO_SIGN_OFF for word in words):
        return None
    return None if name in post.likers or len(text) < 4 * len(name) else name


def _join(posts: Sequence[PostClues], names: Sequence[_Name | None], signals: frozenset[Signal]) -> "_Groups":
    groups = _Groups(len(posts))
    first_by_name: dict[str, int] = {}
    for number, name in enumerate(names):
        if name is not None:
            groups.set_name(number, name.text)
            key = name.text.casefold()
            groups.merge(first_by_name.setdefault(key, number), number, name.confidence)
    first_by_member: dict[str, int] = {}
    for number, post in enumerate(posts):
        if post.member is not None:
            groups.merge(first_by_member.setdefault(post.member, number), number, _CONFIDENCE_OF_MEMBER)
    for number, post in enumerate(posts):
        for liker in post.likers:
            groups.forbid_name(number, liker)
        for quote in post.quotes:
            if quote.source is not None and quote.source != number:
                groups.forbid(number, quote.source)
            if quote.name is not None:
                groups.forbid_name(number, quote.name)
    # Where names survive on later posts too, they are those of members without a link; a post without a header is then
    # by somebody else than any of them.
    headed = [number for number, post in enumerate(posts) if post.name is not None]
    if any(number > 0 for number in headed) and len(headed) < len(posts):
        groups.close_names()
    for link in links_between(posts, signals):
        groups.merge(link.first, link.second, link.confidence)
    for link in exchange_links(posts, groups.same) if "exchange" in signals else ():
        groups.merge(link.first, link.second, link.confidence)
    return groups


class _Groups:
    """Posts joined by writer, with what forbids it."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._members = [{number} for number in range(count)]
        self._foes: list[set[int]] = [set() for _ in range(count)]
        self._names: list[str | None] = [None] * count
        self._not_named: list[set[str]] = [set() for _ in range(count)]
        self._names_closed = False
        self.confidence = [1.0] * count

    def root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def same(self, first: int, second: int) -> bool:
        return self.root(first) == self.root(second)

    def set_name(self, number: int, name: str) -> None:
        self._names[self.root(number)] = name

    def forbid(self, first: int, second: int) -> None:
        self._foes[first].add(second)
        self._foes[second].add(first)

    def forbid_name(self, number: int, name: str) -> None:
        self._not_named[self.root(number)].add(name.casefold())

    def close_names(self) -> None:
        self._names_closed = True

    def merge(self, first: int, second: int, confidence: float) -> bool:
        one, other = self.root(first), self.root(second)
        if one == other:
            return True
        if self._clash(one, other):
            return False
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        self._parent[other] = one
        self._members[one] |= self._members[other]
        self._foes[one] |= self._foes[other]
        self._not_named[one] |= self._not_named[other]
        self._names[one] = self._names[one] or self._names[other]
        self.confidence[first] = min(self.confidence[first], confidence)
        self.confidence[second] = min(self.confidence[second], confidence)
        return True

    def _clash(self, one: int, other: int) -> bool:
        names = (self._names[one], self._names[other])
        if names[0] is not None and names[1] is not None:
            return names[0].casefold() != names[1].casefold()
        if self._names_closed and (names[0] is not None or names[1] is not None):
            return True
        for name, group in ((names[0], other), (names[1], one)):
            if name is not None and name.casefold() in self._not_named[group]:
                return True
        small, large = sorted((one, other), key=lambda group: len(self._foes[group]))
        return bool(self._foes[small] & self._members[large])


def _label(posts: Sequence[PostClues], names: Sequence[_Name | None], groups: _Groups) -> tuple[Author, ...]:
    known: dict[int, _Name] = {}
    for number, name in enumerate(names):
        if name is not None and (groups.root(number) not in known or name.named):
            known.setdefault(groups.root(number), name)
    unknown = dict.fromkeys(groups.root(number) for number in range(len(posts)) if groups.root(number) not in known)
    labels = dict(zip(unknown, made_up_labels([name.text for name in known.values()], len(unknown)), strict=True))
    sizes = Counter(groups.root(number) for number in range(len(posts)))
    authors = []
    for number in range(len(posts)):
        root, own = groups.root(number), names[number]
        if own is not None:
            authors.append(Author(own.text, own.named, own.confidence))
        elif root in known:
            authors.append(Author(known[root].text, False, groups.confidence[number]))
        elif sizes[root] == 1:
            authors.append(Author(labels[root], False, _CONFIDENCE_OF_SINGLE))
        else:
            authors.append(Author(labels[root], False, groups.confidence[number]))
    return tuple(authors)
