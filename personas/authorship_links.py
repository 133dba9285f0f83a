"""Evidence that two posts without a name are by one person.

The weights are those of a logistic regression on pairs of posts of the IAC sample with the names blanked (half to fit,
half to check), rounded; at the threshold nine of ten joined pairs were right there.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from personas.quotation_search import Quotation

_WINDOW = 40
_MAX_POSTS_FOR_STYLE = 400
_THRESHOLD = 1.2
_CONFIDENCE_OF_EXCHANGE = 0.75
_MAX_STYLE_CHARS = 6000

Signal = Literal["names", "defence", "exchange", "own thread", "turns", "style"]
"""Kinds of evidence: typed and quoted names, who defends a quoted text, exchanges of two, mention of one's own opening
post, who takes turns with whom, how a person types."""
ALL_SIGNALS: frozenset[Signal] = frozenset(get_args(Signal))
_OWN_THREAD = re.compile(
    r"(?i)\bmy (?:own )?(?:original|initial|first|opening) (?:post|question|message|thread)\b|"
    r"\bI (?:started|opened|created|made) this (?:thread|topic|discussion|poll)\b|"
    r"\b(?:OP|original poster|thread starter) here\b|\bas (?:the )?(?:OP|original poster|thread starter),? I\b"
)


class Clues(Protocol):
    """What the links need of a post."""

    @property
    def name(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def quotes(self) -> Sequence[Quotation]: ...
    @property
    def own(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Link:
    """Two posts that are likely by one person."""

    first: int
    second: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Defence:
    """Post `defender` answers what `critic` said to a quotation; `directly` where that stood just before."""

    defender: int
    critic: int
    quotation: Quotation
    """The quotation in the critic's post that is being defended."""
    directly: bool


def defences(posts: Sequence[Clues]) -> list[Defence]:
    """Every place where a post answers an answer to a quotation, in reading order."""
    found: list[Defence] = []
    for number, post in enumerate(posts):
        for quote in post.quotes:
            if quote.source is None or quote.source_start is None:
                continue
            before = [other for other in posts[quote.source].quotes if other.end <= quote.source_start + 3]
            if before:
                between = posts[quote.source].text[before[-1].end : quote.source_start]
                directly = len(between.strip()) < 5
                found.append(Defence(number, quote.source, before[-1], directly))
    return found


def links_between(posts: Sequence[Clues], signals: frozenset[Signal] = ALL_SIGNALS) -> list[Link]:
    """Pairs of posts, in the order in which they were written, that are likely by one person; surest first."""
    scores = _scores(posts, signals)
    links = [Link(first, second, _probability(score)) for (first, second), score in scores.items()]
    return sorted(
        (link for link in links if link.confidence >= _probability(_THRESHOLD)),
        key=lambda link: (-link.confidence, link.first, link.second),
    )


def exchange_links(posts: Sequence[Clues], same: Callable[[int, int], bool]) -> list[Link]:
    """Links from exchanges of two: A, B, A, B, where B is known and A answers line by line both times.

    On the IAC sample 31 of 37 such pairs were one person.

    Args:
        posts: In the order in which they were written.
        same: Whether two posts are known to be by one person.
    """
    targets = [{quote.source for quote in post.quotes if quote.source is not None} for post in posts]
    links = []
    for number in range(3, len(posts)):
        first, reply, second = number - 3, number - 2, number - 1
        line_by_line = len(posts[first].quotes) >= 2 and len(posts[second].quotes) >= 2
        answers = reply in targets[second] and second in targets[number] and first not in targets[second]
        if line_by_line and answers and same(reply, number):
            links.append(Link(first, second, _CONFIDENCE_OF_EXCHANGE))
    return links


def _probability(score: float) -> float:
    return round(1 / (1 + math.exp(-score)), 2)


def _scores(posts: Sequence[Clues], signals: frozenset[Signal]) -> dict[tuple[int, int], float]:
    targets = [{quote.source for quote in post.quotes if quote.source is not None} for post in posts]
    chains: Counter[tuple[int, int]] = Counter()
    for defence in defences(posts) if "defence" in signals else ():
        source = defence.quotation.source
        if defence.directly and source is not None and source != defence.defender:
            chains[(source, defence.defender)] += 1
    styles = _Styles(posts)
    pairs = set(chains)
    if len(posts) <= _MAX_POSTS_FOR_STYLE and signals & {"turns", "style"}:
        pairs |= {(first, second) for second in range(len(posts)) for first in range(max(0, second - _WINDOW), second)}
    scores: dict[tuple[int, int], float] = {}
    for first, second in pairs:
        if first in targets[second]:
            continue
        score = -1.5 + (0.0, 1.2, 2.3)[min(2, chains[(first, second)])]
        if "turns" in signals:
            score += 0.7 * (second - first == 2) + 0.2 * (3 <= second - first <= 6)
            score -= 1.5 * bool(targets[first] & targets[second])
            score += 0.3 * (min(len(targets[first]), len(targets[second])) >= 2)
        if "style" in signals:
            score += styles.score(first, second)
        scores[(first, second)] = score
    for number, post in enumerate(posts):
        if number and "own thread" in signals and _OWN_THREAD.search(post.own):
            scores[(0, number)] = scores.get((0, number), -1.5) + 4.0
    return scores


class _Styles:
    """How alike two posts are typed: runs of three and four characters, and how sentences begin."""

    def __init__(self, posts: Sequence[Clues]) -> None:
        self._own = [post.own[:_MAX_STYLE_CHARS] for post in posts]
        self._weighted: dict[int, dict[str, float]] = {}
        self._documents: Counter[str] = Counter()
        self._counted = len(posts) <= _MAX_POSTS_FOR_STYLE
        if self._counted:
            for text in self._own:
                self._documents.update(set(_runs(text)))

    def score(self, first: int, second: int) -> float:
        if not self._counted:
            return 0.0
        shorter = math.log1p(min(len(self._own[first]), len(self._own[second])))
        one, other = self._vector(first), self._vector(second)
        if len(other) < len(one):
            one, other = other, one
        alike = sum(weight * other.get(run, 0.0) for run, weight in one.items())
        return (
            alike * (4.0 + 1.5 * shorter)
            - 0.19 * shorter
            - 1.15 * abs(_lower_starts(self._own[first]) - _lower_starts(self._own[second]))
        )

    def _vector(self, number: int) -> dict[str, float]:
        if number not in self._weighted:
            count = len(self._own)
            weights = {
                run: (1 + math.log(times)) * math.log((count + 1) / (self._documents[run] + 0.5))
                for run, times in _runs(self._own[number]).items()
            }
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            self._weighted[number] = {run: weight / length for run, weight in weights.items()}
        return self._weighted[number]


def _runs(text: str) -> Counter[str]:
    text = re.sub(r"\s+", " ", text.lower())
    counts: Counter[str] = Counter()
    for size in (3, 4):
        counts.update(text[at : at + size] for at in range(len(text) - size + 1))
    return counts


def _lower_starts(text: str) -> float:
    starts: list[str] = re.findall(r"[.!?]\s+(\S)", text)
    return sum(letter.islower() for letter in starts) / (len(starts) + 1)
