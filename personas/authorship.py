"""Who wrote the posts whose names are lost."""

from collections.abc import Sequence


def made_up_labels(taken: Sequence[str], count: int) -> list[str]:
    """Labels "Member A", "Member B", ... for people without a name, none of them in `taken`."""
    labels: list[str] = []
    number = 0
    used = {name.casefold() for name in taken}
    while len(labels) < count:
        label = f"Member {_letters(number)}"
        number += 1
        if label.casefold() not in used:
            labels.append(label)
    return labels


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
