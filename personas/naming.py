"""Ids and pseudonyms of personas."""

import re
import unicodedata
from collections.abc import Sequence

_NAMES = """Heron Kestrel Linden Alder Plover Rowan Teal Juniper Osprey Hazel Curlew Aspen Merlin Laurel Avocet Cedar
    Dunlin Maple Egret Willow Fulmar Hawthorn Gannet Myrtle Lapwing Sorrel Pipit Tamarind Siskin Bramble Swift
    Clover Tern Fennel Wren Yarrow Petrel Acacia Bunting Sequoia"""
_HUES = ("Grey", "Amber", "Blue", "Copper", "Green", "Ivory", "Russet", "Silver", "Scarlet", "Violet")


def make_ids(names: Sequence[str]) -> list[str]:
    """One id a name, in order: lower-case ASCII letters, digits and hyphens, unique, at most 48 characters.

    A name without Latin letters becomes "poster-" and its place.
    """
    taken: set[str] = set()
    ids: list[str] = []
    for place, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or f"poster-{place}"
        unique, count = stem, 1
        while unique in taken:
            count += 1
            unique = f"{stem}-{count}"
        taken.add(unique)
        ids.append(unique)
    return ids


def make_pseudonyms(names: Sequence[str]) -> list[str]:
    """One pseudonym a name, in order of appearance: nothing in it is computed from the name.

    A pseudonym that is part of any real name, or holds one, is passed over.
    """
    real = [name.casefold() for name in names if name.strip()]
    pseudonyms: list[str] = []
    for candidate in _candidates():
        if len(pseudonyms) == len(names):
            break
        plain = candidate.casefold()
        if not any(plain in name or name in plain for name in real if len(name) > 1):
            pseudonyms.append(candidate)
    number = 0
    while len(pseudonyms) < len(names):
        number += 1
        pseudonyms.append(f"Member No. {number}")
    return pseudonyms


def _candidates() -> list[str]:
    names = _NAMES.split()
    return [*names, *(f"{hue} {name}" for hue in _HUES for name in names)]
