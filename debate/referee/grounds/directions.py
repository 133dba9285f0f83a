"""What lies on which side: "Kentucky to the southwest" beside "Maine to the southwest"."""

import re

from debate.referee.findings import Ground
from debate.referee.grounds.pairing import Pair

_SIDE = re.compile(
    r"(?P<names>[A-Z][\w'’.-]*(?:[\s,]+(?:and\s+)?(?:(?:the|of)\s+)?[A-Z][\w'’.-]*)*)\s+(?:\([^()]*\)\s+)?"
    r"(?:is\s+|lies\s+|are\s+)?(?:to|in|on)\s+the\s+(?P<side>(?:north|south)[\s-]?(?:east|west)|north|south|east|west)\b(?!\s+(?:coast|bank|side)?\s*of)",
)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


def find_side(pair: Pair) -> Ground | None:
    """Another neighbour on the side that the claim names, where the statement tells who lies there."""
    claimed = _SIDE.search(pair.claim.text)
    if claimed is None or pair.claim.negations or not pair.subject_met or claimed.start() < pair.verb_start:
        return None
    known = [(name, match["side"]) for match in _SIDE.finditer(pair.statement.text) for name in _names(match["names"])]
    there = [name for name, side in known if side == claimed["side"]]
    wrong = [name for name in _names(claimed["names"]) if name not in there]
    if len(known) < _FEWEST or not there or not wrong:
        return None
    side = f"to the {claimed['side']}"
    return Ground("value", f"{wrong[0]} {side}", f"{' and '.join(there)} {side}", True)


_FEWEST = 2


def _names(text: str) -> list[str]:
    return [name for name in _SPLIT.split(text) if name]
