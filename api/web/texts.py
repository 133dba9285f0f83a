"""All words of the classroom's pages, in one catalogue, so that a translation is a file."""

import json
import re
from functools import cache
from pathlib import Path

LANGUAGE = "en"
_ASSETS = Path(__file__).parent / "assets"


@cache
def texts() -> dict[str, str]:
    """All words of the pages, by their key."""
    found: dict[str, str] = json.loads((_ASSETS / f"texts.{LANGUAGE}.json").read_text(encoding="utf-8"))
    return found


def say(key: str, **values: object) -> str:
    """A text of the catalogue with its blanks filled in.

    Raises:
        KeyError: The catalogue does not have it.
    """
    return re.sub(r"\{(\w+)\}", lambda blank: str(values[blank[1]]), texts()[key])
