"""The positions that each poster argues: their own sentences, grouped so that one position is not said five times."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from personas.argumentative import ARGUES, Judgement, judge, judge_plainly, leading_words
from personas.own_words import OwnSentence
from personas.persona import Evidence, Position
from personas.terms import similarity, terms, words

MAX_POSITIONS = 7
MAX_EVIDENCE = 4
_SAME_POSITION = 0.5
_WORTH = 1.3
_LONG = 28
_MOST_PEERS = 150
_TELLING_SENTENCES = 150
_LEAST_TOPICAL_TERMS = 2
_CLAUSE_EDGE = re.compile(r";\s+|\s+[-–—]{1,2}\s+|—")
# "Economic reasons: ..." is a heading, not part of the claim.
_LABEL = re.compile(r"[A-Z][\w ]{2,30}:\s+(?=\w)")
# "Someone is going to have to ...": what is argued was said before.
_NOBODY_NAMED = re.compile(r"(?:someone|somebody|something|one of)\b", re.IGNORECASE)
_ENGLISH = "the of and to in is that it for was with are not this be have you on as but they"


class Claim(NamedTuple):
    """A sentence, or a clause of a long one, as a candidate for a position."""

    sentence: OwnSentence
    text: str
    start: int
    judgement: Judgement
    terms: frozenset[str]

    @property
    def evidence(self) -> Evidence:
        """The claim's verbatim place in the thread."""
        return Evidence(
            post_id=self.sentence.post_id, text=self.text, start=self.start, end=self.start + len(self.text)
        )


def is_english(texts: Sequence[str]) -> bool:
    """Whether the cues for English apply: at least one word in twelve is a common English one."""
    common = frozenset(_ENGLISH.split())
    found = total = 0
    for text in texts[:400]:
        for word in words(text):
            total += 1
            found += word in common
    return total > 0 and found * 12 >= total


def claims_of(sentences: Sequence[OwnSentence], english: bool) -> list[Claim]:
    """The clauses and sentences that argue something and can be understood on their own."""
    claims: list[Claim] = []
    for sentence in sentences:
        found = [_claim(sentence, start, end, english) for start, end in _clauses(sentence.text)]
        claims += [claim for claim in found if _is_fit(claim.judgement)]
    return [claim for claim in claims if claim.judgement.argues >= 0]


def _is_fit(judgement: Judgement) -> bool:
    return judgement.self_contained and judgement.speakable and not judgement.personal


def topic_of(sentences: Sequence[OwnSentence], motion: str) -> frozenset[str] | None:
    """The terms that a discussion is about: those of its motion, and those that two people or more use.

    Returns:
        None for a discussion too short to tell its subject from its asides.
    """
    if len(sentences) < _TELLING_SENTENCES:
        return None
    writers: dict[str, set[str]] = {}
    for sentence in sentences:
        for term in terms(sentence.text):
            writers.setdefault(term, set()).add(sentence.author)
    shared = {term for term, authors in writers.items() if len(authors) > 1}
    return frozenset(shared | terms(motion))


def group_positions(
    claims: Sequence[Claim], motion: str, weights: Mapping[str, float], topic: frozenset[str] | None = None
) -> list[list[Claim]]:
    """Group one poster's claims into positions.

    Args:
        claims: What the poster claims, in the thread's order.
        motion: What the discussion is about; claims about it are more central.
        weights: Rarity of terms in the thread.
        topic: From `topic_of`; a claim that shares fewer than two of its terms is an aside.

    Returns:
        At most `MAX_POSITIONS` groups, the central position first; in each the plainest claim first.
    """
    if topic is not None:
        claims = [claim for claim in claims if len(claim.terms & topic) >= _LEAST_TOPICAL_TERMS]
    # A poster with thousands of claims is measured against an even sample of them, so that time grows linearly.
    peers = claims[:: 1 + len(claims) // _MOST_PEERS]
    scored = sorted(
        ((_centrality(claim, peers, terms(motion), weights), -place, claim) for place, claim in enumerate(claims)),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    groups: list[list[Claim]] = []
    for score, _, claim in scored:
        home = _home(claim, groups, weights)
        if home is not None:
            if len(home) < MAX_EVIDENCE and claim.sentence not in [other.sentence for other in home]:
                home.append(claim)
        elif score >= _WORTH and claim.judgement.argues >= ARGUES and len(groups) < MAX_POSITIONS:
            groups.append([claim])
    return groups


def as_position(group: Sequence[Claim], number: int) -> Position:
    """The position that a group of claims argues; its statement is the first claim, tidied at its edges."""
    return Position(
        id=f"p{number}", statement=_statement(group[0].text), evidence=tuple(claim.evidence for claim in group)
    )


def _statement(text: str) -> str:
    plain = " ".join(text.split()).rstrip(" ,;:-–—")
    plain = plain[:1].upper() + plain[1:]
    return plain if plain.endswith((".", "!", "?", "…", '"', "”", ")", "。")) else plain + "."


def _claim(sentence: OwnSentence, start: int, end: int, english: bool) -> Claim:
    label = _LABEL.match(sentence.text, start, end)
    start = label.end() if label else start
    text = sentence.text[start:end]
    skipped = leading_words(text) if english else 0
    judgement = judge(text) if english else judge_plainly(text)
    text = text[skipped:]
    return Claim(sentence, text, sentence.start + start + skipped, judgement, terms(text))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Places of a long sentence's clauses that could stand alone; the whole sentence where it is short or has none."""
    whole = [(0, len(text))]
    if len(words(text)) <= _LONG:
        return whole
    edges = [match.span() for match in _CLAUSE_EDGE.finditer(text)]
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), len(text)]
    pieces = [(start, end) for start, end in zip(starts, ends, strict=True) if len(words(text[start:end])) >= 6]
    sound = [piece for piece in pieces if text[slice(*piece)].count("(") == text[slice(*piece)].count(")")]
    return sound if len(edges) and len(sound) > 1 else whole


def _centrality(claim: Claim, claims: Sequence[Claim], motion: frozenset[str], weights: Mapping[str, float]) -> float:
    """How much of what the poster has to say a claim holds: its argument, its subject, its plainness."""
    others = sorted(
        (similarity(claim.terms, other.terms, weights) for other in claims if other is not claim), reverse=True
    )
    kinship = sum(others[:5]) / 5
    common = sum(1.0 for term in claim.terms if weights.get(term, 9.0) < 3.0)
    length = len(words(claim.text))
    return (
        0.55 * min(claim.judgement.argues, 4.0)
        + 2.0 * kinship
        + 1.6 * similarity(claim.terms, motion, weights)
        + 0.15 * min(common, 4.0)
        + (0.5 if 6 <= length <= 24 else 0.0)
        + (0.2 if claim.sentence.opens_passage else 0.0)
        - (0.8 if _NOBODY_NAMED.match(claim.text) else 0.0)
        - 0.03 * max(0, length - 30)
    )


def _home(claim: Claim, groups: Sequence[list[Claim]], weights: Mapping[str, float]) -> list[Claim] | None:
    """The group that already says the same, None where there is none."""
    best, best_likeness = None, _SAME_POSITION
    for group in groups:
        likeness = max(similarity(claim.terms, member.terms, weights) for member in group)
        if likeness >= best_likeness:
            best, best_likeness = group, likeness
    return best
