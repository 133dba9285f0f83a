"""Practice claims about what a thing is, made from sentences that define it: "X is a 1998 French film directed by Y".

What is changed is known to exclude what was said: a country for a country, a film for a city, one director for another,
a year, a birthplace. A person may have two professions and a film many actors, so that those are only "not covered".
"""

import random
import re
from collections import defaultdict
from typing import NamedTuple

from debate.referee.lexical import fields_of, is_country, kin
from language.words import stem, words

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LEAD = re.compile(
    r"^(?P<subject>[\"“]?(?:The )?[A-Z][^,;()]{1,60}?)[\"”]?\s*(?P<bracket>\([^)]*\))?\s*,?\s+"
    r"(?P<verb>is|was|are|were)\s+"
    r"(?P<article>an?|the)\s+(?P<rest>[^;]{4,200})"
)
_STOP = re.compile(
    r"\s(?:of|in|for|from|by|that|who|which|with|at|on|and|to|based|directed|starring|written|located|produced|released"
    r"|published|set|created|developed)\b|[,.;(]"
)
_BY = re.compile(
    r"\b(?P<verb>directed|written|produced|composed|created|developed|published|founded|designed|recorded|painted) by "
    r"(?:(?:the )?(?:[a-z]+|American|British|English) (?:[a-z]+ )?)?(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})"
)
_STARS = re.compile(r"\b(?:starring|stars) (?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,2})")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20[01]\d)\b")
_BORN = re.compile(
    rf"\b(?:born|\()\s*(?:on |in )?(?:(?P<d>\d{{1,2}}) (?P<m>{_MONTHS})|(?P<m2>{_MONTHS}) (?P<d2>\d{{1,2}})),?"
    r" (?P<y>1[5-9]\d\d)"
)
_BIRTHPLACE = re.compile(
    r"\bborn (?:on [^,]{3,20},? (?:\d{4},? )?)?(?:in|at) (?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
_PLACED = re.compile(r"\b(?P<how>located in|based in|in|from) (?:the )?(?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")
_ONLY = ("only", "exclusively", "solely", "strictly")

Made = tuple[str, str, str]
"""Claim, label, how it was made."""


class Lead(NamedTuple):
    """A defining sentence taken apart."""

    text: str
    subject: str
    verb: str
    nation: str
    phrase: str
    head: str
    is_person: bool


class Leads:
    """Defining sentences of a collection, and what can be put in the place of their parts."""

    def __init__(self, texts: list[str], chance: random.Random) -> None:
        self.chance = chance
        self.pools: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            one = parse(text)
            if one is None:
                continue
            self.pools["subject"].append(one.subject)
            self.pools["head"].append(one.head)
            if one.nation:
                self.pools["nation"].append(one.nation)
            for match in _BY.finditer(text):
                self.pools["person"].append(match["name"])
            for pattern in (_BIRTHPLACE, _PLACED):
                self.pools["place"] += [match["place"] for match in pattern.finditer(text)]

    def other(self, pool: str, text: str) -> str | None:
        """A member of a pool that the text does not have, nor anything like it."""
        for option in self.chance.sample(self.pools[pool], k=min(6, len(self.pools[pool]))):
            own = [word.stem for word in words(text)]
            if not any(kin(word.stem, one) in ("same", "broader", "narrower") for word in words(option) for one in own):
                return option
        return None


def parse(text: str) -> Lead | None:
    """A sentence as a definition; None where it is none."""
    match = _LEAD.match(text)
    if not match or len(match["subject"].split()) > 7:
        return None
    phrase = _STOP.split(match["rest"])[0].strip()
    parts = phrase.split()
    if not parts or not parts[-1].isalpha() or not parts[-1].islower():
        return None
    nation = next((part for part in parts if part[0].isupper() and is_country(stem(part.lower()))), "")
    is_person = "noun.person" in fields_of(stem(parts[-1].lower()))
    return Lead(text, match["subject"].strip('"“ '), match["verb"], nation, phrase, parts[-1], is_person)


def claims_of(text: str, leads: Leads) -> list[Made]:
    """Claims made from one defining sentence, a few of each kind."""
    one = parse(text)
    if one is None:
        return []
    chance = leads.chance
    made = [*_kinds(one, leads), *_nations(one, leads), *_makers(one, leads), *_times(one, leads), *_places(one, leads)]
    stranger = leads.other("subject", text)
    if stranger:
        made.append((f"{stranger} {one.verb} {_a(one.phrase)}.", "apart", "stranger"))
    return chance.sample(made, k=min(8, len(made)))


def _a(phrase: str) -> str:
    return f"{'an' if phrase[0].lower() in 'aeiou' else 'a'} {phrase}"


def _kinds(one: Lead, leads: Leads) -> list[Made]:
    subject, verb = one.subject, one.verb
    made: list[Made] = [
        (f"{subject} {verb} {_a(one.head)}.", "supported", "kind"),
        (f"{subject} {verb} {_a(one.phrase)}.", "supported", "kind"),
        (f"There is {_a(one.head)} called {subject}.", "supported", "kind"),
        (f"{subject} {verb} not {_a(one.head)}.", "contradicted", "negation"),
        (f"{subject} has never been {_a(one.head)}.", "contradicted", "negation"),
    ]
    if one.is_person:
        made.append((f"{subject} refused to ever be {_a(one.head)}.", "contradicted", "denial"))
        made.append((f"{subject} is incapable of being {_a(one.head)}.", "contradicted", "denial"))
    other = leads.other("head", one.text)
    if other:
        own, strange = set(fields_of(stem(one.head))), set(fields_of(stem(other)))
        both_people = one.is_person and "noun.person" in strange
        label = "contradicted" if own and strange and not own & strange else "not_covered"
        if label == "contradicted" and leads.chance.random() < 0.3:
            made.append((f"{subject} {verb} only ever {_a(other)}.", label, "kind"))
        if label == "contradicted" or both_people:
            made.append((f"{subject} {verb} {_a(other)}.", label, "kind"))
            made.append(
                (f"{subject} {verb} not {_a(other)}.", "supported" if label == "contradicted" else label, "not")
            )
    if re.search(rf"\b{re.escape(one.head)}(?:,| and| or) ", one.text):
        made.append((f"{subject} {verb} {leads.chance.choice(_ONLY)} {_a(one.head)}.", "contradicted", "only"))
    return made


def _nations(one: Lead, leads: Leads) -> list[Made]:
    if not one.nation:
        return []
    subject, verb = one.subject, one.verb
    made: list[Made] = [
        (f"{subject} {verb} {one.nation}.", "supported", "nation"),
        (f"{subject} {verb} {_a(f'{one.nation} {one.head}')}.", "supported", "nation"),
        (f"{subject} {verb} not {one.nation}.", "contradicted", "negation"),
    ]
    other = leads.other("nation", one.text)
    if other:
        only = f"{leads.chance.choice(_ONLY)} " if leads.chance.random() < 0.3 else ""
        made += [
            (f"{subject} {verb} {only}{other}.", "contradicted", "nation"),
            (f"{subject} {verb} {only}{_a(f'{other} {one.head}')}.", "contradicted", "nation"),
            (f"{subject} {verb} not {_a(f'{other} {one.head}')}.", "supported", "not"),
        ]
    return made


def _makers(one: Lead, leads: Leads) -> list[Made]:
    made: list[Made] = []
    for match in _BY.finditer(one.text):
        verb, name, other = match["verb"], match["name"], leads.other("person", one.text)
        made += [
            (f"{one.subject} was {verb} by {name}.", "supported", "maker"),
            (f"{one.subject} was not {verb} by {name}.", "contradicted", "negation"),
        ]
        if other:
            made += [
                (f"{one.subject} was {verb} by {other}.", "contradicted", "maker"),
                (f"{one.subject} is {_a(one.head)} {verb} by {other}.", "contradicted", "maker"),
                (f"{one.subject} was not {verb} by {other}.", "supported", "not"),
            ]
    star = _STARS.search(one.text)
    if star:
        other = leads.other("person", one.text)
        made.append((f"{one.subject} stars {star['name']}.", "supported", "star"))
        made.append((f"{star['name']} is not in {one.subject}.", "contradicted", "negation"))
        if other:
            made.append((f"{one.subject} stars {other}.", "not_covered", "star"))
    return made


def _times(one: Lead, leads: Leads) -> list[Made]:
    chance = leads.chance
    born = _BORN.search(one.text)
    if one.is_person and born and "born" in one.text[: born.end()]:
        year = int(born["y"])
        wrong = year + chance.choice([-25, -9, -3, -1, 1, 2, 5, 12, 30])
        return [
            (f"{one.subject} was born in {year}.", "supported", "born"),
            (f"{one.subject} was born in {wrong}.", "contradicted", "date"),
            (f"{one.subject} was born before {year - 5}.", "contradicted", "date"),
            (f"{one.subject} was born after {year - 5}.", "supported", "born"),
        ]
    year_match = _YEAR.match(one.phrase)
    if year_match:
        year = int(year_match[1])
        wrong = year + chance.choice([-12, -3, -1, 1, 2, 5, 20])
        return [
            (f"{one.subject} was released in {year}.", "supported", "year"),
            (f"{one.subject} is a {wrong} {one.head}.", "contradicted", "date"),
            (f"{one.subject} came out in {wrong}.", "contradicted", "date"),
        ]
    return []


def _places(one: Lead, leads: Leads) -> list[Made]:
    other = leads.other("place", one.text)
    if not other:
        return []
    birth = _BIRTHPLACE.search(one.text)
    if birth:
        return [
            (f"{one.subject} was born in {birth['place']}.", "supported", "birthplace"),
            (f"{one.subject} was born in {other}.", "contradicted", "birthplace"),
        ]
    placed = _PLACED.search(one.text)
    if placed and not one.is_person:
        return [
            (f"{one.subject} is {_a(one.head)} in {placed['place']}.", "supported", "place"),
            (f"{one.subject} is {_a(one.head)} in {other}.", "contradicted", "place"),
            (f"{one.subject} is in {other}.", "contradicted", "place"),
        ]
    return [(f"{one.subject} was born in {other}.", "not_covered", "place")] if one.is_person else []
