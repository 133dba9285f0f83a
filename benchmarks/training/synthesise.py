"""Practice claims made from evidence texts by rule: true ones by cutting, false ones by changing one thing.

The texts are those of FM2 and Factcheck-GPT (Apache-2.0). A changed noun comes from the word relations, a changed name
from another text, so that what is wrong with a claim is known, and no set kept for measuring is touched.
"""

import random
import re
from collections import defaultdict
from typing import NamedTuple

from debate.referee.lexical import _data, _senses, kin
from debate.referee.reading import read
from language.sentences import split_sentences
from language.words import STOPWORDS, words


class Practice(NamedTuple):
    """A claim made from a text, and how the text relates to it."""

    claim: str
    evidence: str
    label: str
    made_by: str


_CUT = re.compile(r",\s|;\s|\s(?:and|which|who|where|while|after|before|when|but|because|that|until)\s|\s[-–—]+\s|\s\(")
_IS = re.compile(r"\b(is|was|are|were|has|had|can|could)\b(?!\s+not)")
_IS_A = re.compile(
    r"^(?P<subject>[A-Z][^,;()]{2,50}?)\s*(?:\([^)]*\)\s*)?(?P<verb>is|was|are|were)\s+(?P<article>an?|the)\s+(?P<rest>[^,.;]{4,90})"
)
_HEAD_STOP = re.compile(
    r"\s(?:of|in|for|from|by|that|who|which|with|at|on|and|to|based|directed|starring|written|located)\b"
)
_YEAR = re.compile(r"\b(1[0-9]\d\d|20[01]\d)\b")
_DATE = re.compile(
    r"\b(?:on\s+)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2},?"
    r"|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December))\s+(?P<y>\d{4})"
)
_NUMBER = re.compile(r"(?<![\w.,-])(\d{1,3}(?:,\d{3})*|\d+)(?![\w,.-]|\s*%)")
_NAME_AFTER = re.compile(r"\b(by|in|of|from|with|at|to|for)\s+((?:[A-Z][\w'’.-]+)(?:\s+[A-Z][\w'’.-]+){0,2})")
_PRONOUN = re.compile(r"^(?:he|she|it|they|this|these|that|his|her|its|their|there|in|on|at|after|before|during"
                      r"|when|as|while|although|however|by|for|some|many|other)\b", re.IGNORECASE)  # fmt: skip


class _Texts:
    """What is drawn from other texts: names by the word before them, and tails."""

    def __init__(self, texts: list[str], chance: random.Random) -> None:
        self.chance = chance
        self.names: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            for match in _NAME_AFTER.finditer(text):
                self.names[match[1]].append(match[2])
        self.siblings: dict[str, list[str]] = {}
        self.by_parent: dict[int, list[str]] = defaultdict(list)
        seen = {word.stem: word.fold for text in texts for word in words(text) if word.text.islower()}
        for stem, folded in sorted(seen.items()):
            for sense in sorted(_senses(stem))[:3]:
                for parent in _data()["parents"][sense]:
                    self.by_parent[parent].append(folded)

    def sibling(self, word: str, stem: str, known: frozenset[str]) -> str | None:
        """Another word of the same kind that the text does not have."""
        from language.words import stem as stem_of

        parents = [parent for sense in sorted(_senses(stem))[:2] for parent in _data()["parents"][sense]]
        options = sorted({other for parent in parents for other in self.by_parent[parent]})
        self.chance.shuffle(options)
        for other in options[:8]:
            sibling = other != word and kin(stem_of(other), stem) == "sibling"
            if sibling and not any(kin(stem_of(other), one) in ("same", "broader") for one in known):
                return other
        return None


def practise(texts: list[str], seed: int = 0) -> list[Practice]:
    """Claims made from every text."""
    chance = random.Random(seed)
    pool = _Texts(texts, chance)
    made: list[Practice] = []
    for text in texts:
        sentences = [one.text for one in split_sentences(text) if 6 <= len(one.text.split()) <= 45]
        chance.shuffle(sentences)
        for sentence in sentences[:3]:
            made += [Practice(claim, text, label, how) for claim, label, how in _from(sentence, text, pool)]
    return made


def _from(sentence: str, text: str, pool: _Texts) -> list[tuple[str, str, str]]:
    base = _shorten(sentence)
    if base is None or _PRONOUN.match(base):
        return []
    made = [(base + ".", "supported", "cut")]
    chance = pool.chance
    kind = _IS_A.match(sentence)
    if kind:
        made += _of_kind(kind, text, pool)
    dated = _DATE.sub(lambda found: f"in {found['y']}", base)
    if dated != base:
        made.append((dated + ".", "supported", "date"))
    wrong = [
        _negated(base), _other_year(dated, chance), _other_number(base, chance), _other_name(base, text, pool),
        _other_noun(base, text, pool), _only(base, chance),
    ]  # fmt: skip
    possible = [one for one in wrong if one]
    made += chance.sample(possible, k=min(2, len(possible)))
    extra = _with_tail(base, text, pool)
    if extra and chance.random() < 0.35:
        made.append(extra)
    return made


def _shorten(sentence: str) -> str | None:
    plain = re.sub(r"\s*\([^)]*\)", "", sentence).strip().rstrip(".")
    for match in _CUT.finditer(plain):
        head = plain[: match.start()]
        if len(head.split()) >= 5 and re.search(
            r"\b(?:is|was|are|were|has|had|\w+ed|won|made|became|began|took|wrote)\b", head
        ):
            return head
    return plain if 5 <= len(plain.split()) <= 22 else None


def _of_kind(kind: re.Match[str], text: str, pool: _Texts) -> list[tuple[str, str, str]]:
    phrase = _HEAD_STOP.split(kind["rest"])[0].strip()
    head = phrase.split()[-1]
    subject, verb = kind["subject"].strip(), kind["verb"]
    made = [(f"{subject} {verb} a {head}.", "supported", "kind")]
    if len(phrase.split()) > 1:
        made.append((f"{subject} {verb} a {phrase}.", "supported", "kind"))
    known = frozenset(word.stem for word in read(text).content)
    stem = words(head)[-1].stem if words(head) else ""
    other = pool.sibling(head.lower(), stem, known)
    if other:
        made.append((f"{subject} {verb} a {other}.", "contradicted", "kind"))
    made.append((f"{subject} {verb} not a {head}.", "contradicted", "negation"))
    if " and " in kind.string[kind.start("rest") : kind.start("rest") + 80] and pool.chance.random() < 0.5:
        made.append((f"{subject} {verb} only a {head}.", "contradicted", "only"))
    return pool.chance.sample(made, k=min(3, len(made)))


def _negated(base: str) -> tuple[str, str, str] | None:
    changed, count = _IS.subn(lambda found: f"{found[1]} not", base, count=1)
    return (changed + ".", "contradicted", "negation") if count else None


def _only(base: str, chance: random.Random) -> tuple[str, str, str] | None:
    match = re.search(r"\b(?:is|was|are|were)\s+(?=an?\s)", base)
    if not match:
        return None
    word = chance.choice(["only", "exclusively", "solely"])
    return f"{base[: match.end()]}{word} {base[match.end() :]}.", "contradicted", "only"


def _other_year(base: str, chance: random.Random) -> tuple[str, str, str] | None:
    match = _YEAR.search(base)
    if not match:
        return None
    year = int(match[1]) + chance.choice([-30, -17, -9, -4, -2, -1, 1, 2, 3, 8, 14, 25])
    return f"{base[: match.start()]}{year}{base[match.end() :]}.", "contradicted", "date"


def _other_number(base: str, chance: random.Random) -> tuple[str, str, str] | None:
    found = [match for match in _NUMBER.finditer(base) if not _YEAR.fullmatch(match[1])]
    if not found:
        return None
    match = chance.choice(found)
    value = int(match[1].replace(",", ""))
    other = max(0, value + chance.choice([-1, 1]) * max(2, round(value * chance.choice([0.3, 0.6, 1.0, 2.0]))))
    return (
        (f"{base[: match.start()]}{other}{base[match.end() :]}.", "contradicted", "number") if other != value else None
    )


def _other_name(base: str, text: str, pool: _Texts) -> tuple[str, str, str] | None:
    found = list(_NAME_AFTER.finditer(base, 8))
    if not found:
        return None
    match = pool.chance.choice(found)
    for other in pool.chance.sample(pool.names[match[1]], k=min(4, len(pool.names[match[1]]))):
        if other not in text:
            return f"{base[: match.start(2)]}{other}{base[match.end(2) :]}.", "contradicted", "name"
    return None


def _other_noun(base: str, text: str, pool: _Texts) -> tuple[str, str, str] | None:
    known = frozenset(word.stem for word in read(text).content)
    options = [
        word for word in words(base)[2:] if word.text.islower() and word.fold not in STOPWORDS and len(word.fold) > 3
    ]
    pool.chance.shuffle(options)
    for word in options[:4]:
        other = pool.sibling(word.fold, word.stem, known)
        if other:
            return f"{base[: word.start]}{other}{base[word.end :]}.", "contradicted", "noun"
    return None


def _with_tail(base: str, text: str, pool: _Texts) -> tuple[str, str, str] | None:
    if not pool.names["in"]:
        return None
    place = pool.chance.choice(pool.names["in"])
    if place in text or re.search(r"\bin\b", base):
        return None
    return f"{base} in {place}.", "not_covered", "tail"
