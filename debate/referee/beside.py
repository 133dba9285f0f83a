"""What a sentence says beside its main clause: "unlike Stalin, who held the party, ...", "being a latecomer".

The words that set a sentence against somebody else are no part of its claim, and what is said of somebody in passing is
a claim of its own.
"""

import re
from typing import NamedTuple

from debate.referee.grammar import has_verb, starts_clause

_OPENING = re.compile(
    r"(?:unlike|in contrast (?:to|with)|as opposed to|compared (?:to|with)|contrary to|much like|just like|similar to)"
    r"\s+"
    r"(?P<who>[^,;.]{2,60}?)(?P<said>,?\s+(?P<word>who|which)\s+[^,;.]{3,200})?,\s+",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)(?: (?:was|is))?,\s+(?P<said>being\s+(?:an?|the)\s+[^,;.]{3,120})"
)


class Beside(NamedTuple):
    """Something said in passing: ``text[start:end]``, said of `who`."""

    start: int
    end: int
    who: str


def opening_end(text: str, left: int) -> tuple[int, Beside | None]:
    """Where the words end that set a sentence against somebody else, and what they say of him; `left` without any."""
    match = _OPENING.match(text, left)
    if match is None or not starts_clause(text[match.end() :][:300]):
        return left, None
    if match["said"] is None or not has_verb(match["said"]):
        # "Unlike the kolkhoz, the sovkhoz paid wages" says something of both.
        return left, None
    return match.end(), Beside(match.start("word"), match.end("said"), match["who"].strip())


def find_being(text: str) -> Beside | None:
    """What somebody is said to be in passing: "Trotsky, being a latecomer to the Bolsheviks, ..."."""
    match = _BEING.search(text)
    return Beside(match.start("said"), match.end("said"), match["who"]) if match else None
