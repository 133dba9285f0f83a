"""Whose words a quotation is: the writer of its source, whom the text names, or who defends it afterwards."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from personas.authorship_links import Clues, defences
from personas.quotation_cues import content_words
from personas.quotation_search import Quotation

_DEFENDED_DIRECTLY = 1.6
_DEFENDED = 0.6
_PER_RARE_WORD = 1.3
_THRESHOLD = 1.2
_MARGIN = 0.5
_MAX_POSTS_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a quotation is, None where nobody can tell, and how sure that is."""

    author: str | None
    confidence: float


def attribute_quotes(posts: Sequence[Clues], authors: Sequence[str]) -> tuple[tuple[Attribution, ...], ...]:
    """The writer of every quotation of every post, in order.

    Args:
        posts: In the order in which they were written.
        authors: The writer of each post, names or labels.
    """
    defenders = _defenders(posts, authors)
    rare = _RareWords(posts, authors)
    return tuple(
        tuple(_attribute(number, quote, posts, authors, defenders, rare) for quote in post.quotes)
        for number, post in enumerate(posts)
    )


def _attribute(
    number: int,
    quote: Quotation,
    posts: Sequence[Clues],
    authors: Sequence[str],
    defenders: dict[tuple[int, int], dict[str, float]],
    rare: "_RareWords",
) -> Attribution:
    if quote.source is not None:
        return Attribution(authors[quote.source], quote.confidence)
    if quote.name is not None:
        return Attribution(quote.name, quote.confidence)
    scores: defaultdict[str, float] = defaultdict(float)
    for author, score in defenders.get((number, quote.start), {}).items():
        scores[author] += score
    for author, score in rare.scores(posts[number].text[quote.start : quote.end]).items():
        scores[author] += score
    # Nobody answers himself; whoever quotes the words did not write them.
    scores.pop(authors[number], None)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _THRESHOLD:
        return Attribution(None, quote.confidence)
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _MARGIN:
        return Attribution(None, quote.confidence)
    sure = 1 / (1 + math.exp(1.0 - ranked[0][1]))
    return Attribution(ranked[0][0], round(quote.confidence * min(0.9, sure), 2))


def _defenders(posts: Sequence[Clues], authors: Sequence[str]) -> dict[tuple[int, int], dict[str, float]]:
    """For each quotation of unknown source, by post and start, who answered the answer to it."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    for defence in defences(posts):
        if defence.quotation.source is not None:
            continue
        scores = found.setdefault((defence.critic, defence.quotation.start), {})
        score = _DEFENDED_DIRECTLY if defence.directly else _DEFENDED
        author = authors[defence.defender]
        scores[author] = max(scores.get(author, 0.0), score)
    return found


class _RareWords:
    """Words that one writer of the discussion uses and no other: names, terms, spellings."""

    def __init__(self, posts: Sequence[Clues], authors: Sequence[str]) -> None:
        users: defaultdict[str, set[str]] = defaultdict(set)
        if len(posts) <= _MAX_POSTS_COMPARED:
            for post, author in zip(posts, authors, strict=True):
                for word in content_words(post.own):
                    users[word].add(author)
        self._sole = {word: next(iter(who)) for word, who in users.items() if len(who) == 1}

    def scores(self, text: str) -> dict[str, float]:
        """How much the rare words of a text speak for each writer."""
        words = content_words(text) | {
            part.lower() for link in re.findall(r"\S*://\S+", text) for part in re.findall(r"[A-Za-z]{5,}", link)
        }
        shared = Counter(self._sole[word] for word in words if word in self._sole and len(word) > 4)
        return {author: _PER_RARE_WORD * math.log1p(count) for author, count in shared.items()}
