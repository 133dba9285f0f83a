"""Telling members apart by their counters where names are lost: two boxes with the same counts are one person's."""

import re
from collections.abc import Sequence

from personas.reading.plain import furniture

_LEAST_COUNT = 20
_COUNT = re.compile(r"(?i)^(?:[•·*]\s*)?(?:(?:posts?|messages|beiträge|mensajes)\s*:\s*)?(\d[\d.,]*)$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TO_THE_MINUTE = re.compile(r"\b\d{1,2}:\d\d\b")


def member_key(texts: Sequence[str]) -> str | None:
    """What tells a member from others: how often they posted and since when, None where that says too little.

    Two new members may have posted once each and joined in the same month.
    """
    told = [text for text in texts if _is_told(text)]
    counts = [int(re.sub(r"\D", "", match.group(1))) for text in told if (match := _COUNT.match(text))]
    since = [text for text in told if _YEAR.search(text) and not _COUNT.match(text)]
    if not counts or not since:
        return None
    says_enough = max(counts) >= _LEAST_COUNT or any(_TO_THE_MINUTE.search(text) for text in since)
    return "\n".join(told) if says_enough else None


def _is_told(text: str) -> bool:
    bare = text.lstrip("•·* ")
    return furniture.is_labelled(bare) or furniture.is_counter(bare) or bool(_COUNT.match(text))
