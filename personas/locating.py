"""Finding the words that a model says it quotes in what the poster really wrote.

Exact first, white space, case and kinds of quotation marks apart; then nearly, and what is nearly right is replaced by
the real words. What stands nowhere in the poster's own words is not evidence.
"""

import re
from collections.abc import Iterable

from language.alignment import split_words
from personas.evidence_places import OwnRun
from personas.persona import Evidence

LEAST_WORDS = 3
"""Shorter quotations prove nothing: they stand in every other post."""
LEAST_LIKENESS = 88.0
_ELLIPSIS = re.compile(r"\s*\[?(?:\.\.\.|…)\]?\s*")


def locate(quotation: str, passages: Iterable[OwnRun]) -> Evidence | None:
    """The real words behind a quotation, None where they stand nowhere.

    Args:
        quotation: As a model gave it, with or without quotation marks; of one with an omission the longest part counts.
        passages: The poster's own passages.
    """
    parts = [part for part in _ELLIPSIS.split(quotation) if part.strip()]
    if not parts:
        return None
    wanted = max(parts, key=len)
    words = split_words(wanted).words
    if len(words) < LEAST_WORDS:
        return None
    passages = list(passages)
    return _exact(words, passages) or _nearly(wanted, passages)


def _exact(words: tuple[str, ...], passages: list[OwnRun]) -> Evidence | None:
    for passage in passages:
        own = split_words(passage.text)
        for at in range(len(own) - len(words) + 1):
            if own.words[at] == words[0] and own.words[at : at + len(words)] == words:
                return _evidence(passage, own.starts[at], own.ends[at + len(words) - 1])
    return None


def _nearly(wanted: str, passages: list[OwnRun]) -> Evidence | None:
    # Loaded only where a model misquotes.
    from rapidfuzz import fuzz

    best: tuple[float, Evidence] | None = None
    plain = " ".join(split_words(wanted).words)
    for passage in passages:
        own = split_words(passage.text)
        if not own.words:
            continue
        text = " ".join(own.words)
        found = fuzz.partial_ratio_alignment(plain, text, score_cutoff=LEAST_LIKENESS)
        if found is None or len(plain) > len(text) or (best is not None and found.score <= best[0]):
            continue
        # Back from characters of the joined words to whole words of the passage.
        first = text.count(" ", 0, found.dest_start)
        last = text.count(" ", 0, max(found.dest_end - 1, found.dest_start))
        if last - first + 1 >= LEAST_WORDS:
            best = (found.score, _evidence(passage, own.starts[first], own.ends[last]))
    return best[1] if best else None


def _evidence(passage: OwnRun, start: int, end: int) -> Evidence:
    while end < len(passage.text) and passage.text[end] in ".!?…":
        end += 1
    return Evidence(
        post_id=passage.post_id, text=passage.text[start:end], start=passage.start + start, end=passage.start + end
    )
