"""How a poster writes, measured on their own words."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Literal

from personas.own_words import OwnSentence
from personas.persona import Voice
from personas.terms import words

_CASUAL = re.compile(
    r"\b(?:lol|yeah|yep|nope|gonna|wanna|gotta|kinda|sorta|dude|guys?|stuff|crap|damn|hell|wow|hey|ok|okay|u|ur|imo|"
    r"imho|btw|afaik|tbh|alot|dont|cant|im|ive|thats|isnt|doesnt|haha\w*|\w+n['’]t|\w+['’](?:ll|re|ve|d|m))\b"
    r"|!|\?{2,}|\.{3}|[:;]-?[)(PD]",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"\b(?:you|your|yours|you['’](?:re|ve|ll|d)|u)\b", re.IGNORECASE)


def measure_voice(sentences: Sequence[OwnSentence]) -> Voice:
    """The voice of one poster.

    Formality goes by casual marks a hundred words (contractions, slang, exclamations: under 1.5 is formal, over 5
    informal) and by missing capitals; address by the share of sentences that say "you" (a third or more is direct).
    """
    by_post: dict[str, int] = {}
    lengths: list[int] = []
    for sentence in sentences:
        count = len(words(sentence.text))
        lengths.append(count)
        by_post[sentence.post_id] = by_post.get(sentence.post_id, 0) + count
    total = sum(lengths)
    if not total:
        return Voice(words_per_post=0, words_per_sentence=0, formality="neutral", address="indirect")
    direct = sum(1 for sentence in sentences if _DIRECT.search(sentence.text))
    return Voice(
        words_per_post=float(median(by_post.values())),
        words_per_sentence=float(median(lengths)),
        formality=_formality(sentences, total),
        address="direct" if direct * 3 >= len(sentences) else "indirect",
    )


def _formality(sentences: Sequence[OwnSentence], total: int) -> Literal["formal", "neutral", "informal"]:
    casual = sum(len(_CASUAL.findall(sentence.text)) for sentence in sentences)
    lower = sum(1 for sentence in sentences if sentence.text[:1].islower())
    rate = 100 * casual / total
    if rate > 5 or lower * 2 > len(sentences):
        return "informal"
    return "formal" if rate < 1.5 and total >= 30 else "neutral"
