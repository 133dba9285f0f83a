"""The curator's tools: what to add next, and what changed."""

from collections.abc import Iterable
from typing import NamedTuple

import yaml

from debate.referee.facts import Fact, FactSheet, Source
from debate.referee.port import Background
from debate.referee.reading import read
from debate.referee.referee import RuleReferee
from debate.referee.worthiness import worth


class Gap(NamedTuple):
    """A claim that the sheet does not cover, with how often something like it is said."""

    claim: str
    times: int
    where: tuple[str, ...]
    """Ids of the texts that say it, first to last."""


class Coverage(NamedTuple):
    """How much of what a discussion claims a sheet speaks about."""

    claims: int
    covered: int
    gaps: tuple[Gap, ...]
    """Most frequent first, then those most worth looking up, see `debate.referee.worthiness`."""


def coverage(texts: Iterable[tuple[str, str]], referee: RuleReferee, background: Background | None = None) -> Coverage:
    """Find the checkable claims of texts (id, words) that a sheet does not cover.

    Claims that share most of their content words count as one.
    """
    claims = covered = 0
    groups: list[tuple[frozenset[str], list[str], list[str]]] = []
    by_word: dict[str, list[int]] = {}
    for text_id, text in texts:
        for ruling in referee.judge(text, background):
            if ruling.verdict == "not_checkable":
                continue
            claims += 1
            if ruling.verdict != "not_covered":
                covered += 1
                continue
            stems = frozenset(word.stem for word in read(ruling.claim).content)
            group = _alike(stems, groups, by_word)
            if group is None:
                for one in stems:
                    by_word.setdefault(one, []).append(len(groups))
                groups.append((stems, [ruling.claim], [text_id]))
            else:
                groups[group][1].append(ruling.claim)
                groups[group][2].append(text_id)
    gaps = [Gap(min(said, key=len), len(said), tuple(dict.fromkeys(where))) for _, said, where in groups]
    return Coverage(claims, covered, tuple(sorted(gaps, key=lambda gap: (-gap.times, -worth(gap.claim)))))


def _alike(
    stems: frozenset[str], groups: list[tuple[frozenset[str], list[str], list[str]]], by_word: dict[str, list[int]]
) -> int | None:
    for number in sorted({number for one in stems for number in by_word.get(one, ())}):
        other = groups[number][0]
        if len(stems & other) >= max(2, 0.6 * len(stems | other)):
            return number
    return None


class Change(NamedTuple):
    """What became of one fact between two sheets."""

    fact: str
    kind: str
    """"added", "removed" or "changed"."""
    fields: tuple[tuple[str, str, str], ...]
    """For a changed fact: field, before, after."""


def diff(old: FactSheet, new: FactSheet) -> tuple[Change, ...]:
    """What changed, in the order of the new sheet, what was removed last."""
    before = {fact.id: fact for fact in old.facts}
    changes: list[Change] = []
    for fact in new.facts:
        other = before.pop(fact.id, None)
        if other is None:
            changes.append(Change(fact.id, "added", ()))
        elif other != fact:
            fields = tuple(
                (name, _shown(getattr(other, name)), _shown(getattr(fact, name)))
                for name in Fact.model_fields
                if getattr(other, name) != getattr(fact, name)
            )
            changes.append(Change(fact.id, "changed", fields))
    return (*changes, *(Change(one, "removed", ()) for one in before))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_shown(one) for one in value)
    if isinstance(value, Source):
        return ", ".join(str(part) for part in (value.author, value.title, value.year, value.where) if part)
    return "" if value is None else str(value)


def as_yaml(facts: Iterable[Fact]) -> str:
    """Facts as the lines that a YAML sheet's list `facts` holds."""
    entries = [fact.model_dump(mode="json", exclude_defaults=True) for fact in facts]
    text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    return "".join(f"  {line}\n" for line in text.splitlines())
