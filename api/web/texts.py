"""All words of the classroom's pages, in one catalogue, so that a translation is a file."""

import json
import re
from functools import cache
from pathlib import Path

from language.errors import InputError

_ASSETS = Path(__file__).parent / "assets"
_BLANK = re.compile(r"\{(\w+)\}")


@cache
def english() -> dict[str, str]:
    """The catalogue that is shipped."""
    found: dict[str, str] = json.loads((_ASSETS / "texts.en.json").read_text(encoding="utf-8"))
    return found


class _Catalogue:
    """The catalogue that this process shows; one for all its pages, as what it puts on record is in one language."""

    def __init__(self) -> None:
        self.texts = english()


_SHOWN = _Catalogue()


def choose(path: Path | None) -> None:
    """Show the pages in the words of a translated catalogue; None for English.

    What a translation lacks is shown in English.

    Raises:
        InputError: The file is no catalogue, or a text of it lacks a blank that the English one has.
    """
    _SHOWN.texts = english() if path is None else {**english(), **_read(path)}


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be read as a catalogue of texts: {error}") from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise InputError(f"{str(path)!r} is no catalogue: it must be one JSON object of texts, as texts.en.json is")
    known = english()
    for key, text in found.items():
        if key not in known:
            raise InputError(f"{str(path)!r} has a text {key!r} that no page shows")
        if set(_BLANK.findall(text)) != set(_BLANK.findall(known[key])):
            raise InputError(f"{str(path)!r}: {key!r} must have the blanks of {known[key]!r}")
    if found.get("direction", "ltr") not in ("ltr", "rtl"):
        raise InputError(f"{str(path)!r}: 'direction' is 'ltr' or 'rtl'")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", found.get("language", "")):
        raise InputError(f"{str(path)!r} must say its 'language', such as 'de' or 'pt-BR' (BCP 47)")
    return found


def texts() -> dict[str, str]:
    """All words of the pages, by their key."""
    return _SHOWN.texts


def say(key: str, **values: object) -> str:
    """A text of the catalogue with its blanks filled in.

    Raises:
        KeyError: The catalogue does not have it.
    """
    return _BLANK.sub(lambda blank: str(values[blank[1]]), texts()[key])
