"""Two people of whom a claim says one thing: "Zinoviev and Kamenev were shot in 1936" says it of each."""

import re

_NAME = r"(?:[A-Z][\w'’.-]*)(?: [A-Z][\w'’.-]*){0,2}"
_BOTH = re.compile(
    rf"^(?:Both )?(?P<first>{_NAME}) and (?P<second>{_NAME}) (?P<verb>were|are|both|had|have|[a-z]+ed)\b(?P<rest>.*)$"
)
_SINGULAR = {"were": "was", "are": "is", "have": "has", "both": ""}
_SHARED = re.compile(
    r"\b(?:together|each other|one another|between|allies|allied|friends|rivals|enemies|against)\b", re.IGNORECASE
)


def split_subjects(claim: str) -> tuple[str, ...]:
    """The same claim of each of two subjects; empty where it has one, or says what only two can do together."""
    match = _BOTH.match(claim)
    if match is None or _SHARED.search(match["rest"]):
        return ()
    verb = _SINGULAR.get(match["verb"], match["verb"])
    return tuple(" ".join(f"{match[name]} {verb}{match['rest']}".split()) for name in ("first", "second"))
