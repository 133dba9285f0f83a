"""Who examines whom: people who have something to say to each other, and another one each round.

A round is an assignment in which everybody examines one other and is examined by one other. Among those that repeat no
earlier pair it is chosen greedily, the strongest pair first; where greed leaves somebody over, seats are taken in turn.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from personas.persona import Persona
from personas.terms import terms

ANSWERED = 4.0
"""What one answer between two people in the thread counts, against one term that both use."""


def pair_for_examination(seats: Sequence[Persona], number: int) -> dict[str, str]:
    """Examinee by examiner, both persona ids, for round `number` (from 1) of a cross-examination.

    With n people rounds repeat pairs only after n - 1 rounds.
    """
    return dict(_rounds(tuple(seats), (number - 1) % (len(seats) - 1) + 1)[-1])


@lru_cache(maxsize=64)
def _rounds(seats: tuple[Persona, ...], count: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    used: set[tuple[str, str]] = set()
    rounds = []
    for number in range(1, count + 1):
        pairs = _greedy(seats, used) or _rotated(seats, number)
        used.update(pairs)
        rounds.append(tuple(pairs))
    return tuple(rounds)


def _greedy(seats: Sequence[Persona], used: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The strongest unused pairs; empty where they leave somebody without a partner."""
    taken = set(used)
    ranked = sorted(
        (
            (-_strength(one, other), place, one.id, other.id)
            for place, one in enumerate(seats)
            for other in seats
            if one.id != other.id and (one.id, other.id) not in taken
        ),
    )
    pairs: list[tuple[str, str]] = []
    examiners: set[str] = set()
    examinees: set[str] = set()
    for _, _, one_id, other_id in ranked:
        if one_id not in examiners and other_id not in examinees:
            pairs.append((one_id, other_id))
            examiners.add(one_id)
            examinees.add(other_id)
    return pairs if len(pairs) == len(seats) else []


def _rotated(seats: Sequence[Persona], number: int) -> list[tuple[str, str]]:
    shift = (number - 1) % (len(seats) - 1) + 1
    return [(one.id, seats[(place + shift) % len(seats)].id) for place, one in enumerate(seats)]


def _strength(one: Persona, other: Persona) -> float:
    answers = sum(remark.answers_author == other.name for remark in one.remarks)
    answered = sum(remark.answers_author == one.name for remark in other.remarks)
    return ANSWERED * (answers + answered) + len(_subjects(one) & _subjects(other))


@lru_cache(maxsize=1024)
def _subjects(persona: Persona) -> frozenset[str]:
    return frozenset().union(*(terms(remark.text) for remark in persona.remarks))
