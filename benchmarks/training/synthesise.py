"""Practice claims made from evidence texts by rule: true ones by cutting, false ones by changing one thing.

The texts are those of FM2 and Factcheck-GPT (Apache-2.0). A changed noun comes from the word relations, a changed name
from another text, so that what is wrong with a claim is known, and no set kept for measuring is touched.
"""

import random
import re
from collections import defaultdict
from typing import NamedTuple

from benchmarks.training.leads import Leads, claims_of
from debate.referee.lexical import _data, _senses, is_known, kin
from debate.referee.lexicon import PAIRS, SYNONYMS
from debate.referee.reading import read
from language.sentences import split_sentences
from language.words import STOPWORDS, stem, words


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
_LEADING_PRONOUN = re.compile(r"^(?:He|She|It|They|The (?:film|book|novel|album|song|series|game|play))(?= )")
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
        for own, folded in sorted(seen.items()):
            for sense in sorted(_senses(own))[:3]:
                for parent in _data()["parents"][sense]:
                    self.by_parent[parent].append(folded)

    def sibling(self, word: str, own: str, known: frozenset[str]) -> str | None:
        """Another word of the same kind that the text does not have."""
        parents = [parent for sense in sorted(_senses(own))[:2] for parent in _data()["parents"][sense]]
        options = sorted({other for parent in parents for other in self.by_parent[parent]})
        self.chance.shuffle(options)
        for other in options[:8]:
            sibling = other != word and kin(stem(other), own) == "sibling"
            if sibling and not any(kin(stem(other), one) in ("same", "broader") for one in known):
                return other
        return None


def practise(texts: list[str], seed: int = 0, titles: dict[str, str] | None = None) -> list[Practice]:
    """Claims made from every text; `titles` names whom a text that opens with a pronoun speaks of."""
    titles = titles or {}
    chance = random.Random(seed)
    pool = _Texts(texts, chance)
    firsts = {text: next((one.text for one in split_sentences(text)), "") for text in texts}
    leads = Leads(list(firsts.values()), chance)
    made: list[Practice] = []
    for text in texts:
        made += [Practice(claim, text, label, how) for claim, label, how in claims_of(firsts[text], leads)]
        sentences = [one.text for one in split_sentences(text) if 6 <= len(one.text.split()) <= 45]
        chance.shuffle(sentences)
        for sentence in sentences[:3]:
            named = _LEADING_PRONOUN.sub(titles[text], sentence) if text in titles else sentence
            made += [Practice(claim, text, label, how) for claim, label, how in _from(named, text, pool)]
    return made


def _from(sentence: str, text: str, pool: _Texts) -> list[tuple[str, str, str]]:
    base = _shorten(sentence)
    if base is None or _PRONOUN.match(base):
        return []
    made = [(base + ".", "supported", "cut")]
    made += [(one + ".", "supported", "paraphrase") for one in _paraphrased(sentence, base, pool.chance)]
    chance = pool.chance
    kind = _IS_A.match(sentence)
    if kind:
        made += _of_kind(kind, text, pool)
    dated = _DATE.sub(lambda found: f"in {found['y']}", base)
    if dated != base:
        made.append((dated + ".", "supported", "date"))
    wrong = [
        _negated(base), _other_year(dated, chance), _other_number(base, chance), _other_name(base, text, pool),
        _other_noun(base, text, pool), _only(base, chance), _opposite(base, text), _other_rank(base, chance),
        _denied(base, chance), _denied(base, chance), _other_month(base, chance),
    ]  # fmt: skip
    possible = [one for one in wrong if one]
    made += chance.sample(possible, k=min(3, len(possible)))
    extra = _with_tail(base, text, pool)
    if extra and chance.random() < 0.35:
        made.append(extra)
    return made


def _paraphrased(sentence: str, base: str, chance: random.Random) -> list[str]:
    """The same in other words: a longer cut, names shortened, wider terms, like words, a date made coarser."""
    made = []
    longer = [match.start() for match in _CUT.finditer(sentence) if match.start() > len(base) + 8]
    if longer and "(" not in sentence[: longer[0]]:
        made.append(sentence[: longer[0]])
    changed = _SHORTER_NAME.sub(r"\2", base, count=1)
    if changed != base:
        made.append(changed)
    for word in words(base)[1:]:
        if not word.text.islower() or word.fold in STOPWORDS:
            continue
        options = sorted({one for line in SYNONYMS if word.fold in line for one in line if one.isalpha()} - {word.fold})
        if options and chance.random() < 0.5:
            made.append(base[: word.start] + chance.choice(options) + base[word.end :])
            break
    bare = _QUALITY.sub(lambda found: found[1], base, count=1)
    if bare != base:
        made.append(bare)
    return chance.sample(made, k=min(2, len(made)))


_SHORTER_NAME = re.compile(r"\b(?!The |A |An |In )([A-Z][a-z]+ (?:[A-Z]\. |[A-Z][a-z]+ )?)([A-Z][a-z]+)(?= [a-z])")
_QUALITY = re.compile(r"\b((?:an?|the) )[a-z]+(?:al|ous|ive|ic|ent|ant|ful) (?=[a-z])")


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
    own = words(head)[-1].stem if words(head) else ""
    other = pool.sibling(head.lower(), own, known)
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


def _opposite(base: str, text: str) -> tuple[str, str, str] | None:
    """A verb or quality turned into its opposite, or denied by a prefix."""
    known = frozenset(word.stem for word in read(text).content)
    for word in words(base)[2:]:
        if not word.text.islower() or word.fold in STOPWORDS:
            continue
        other = next((b if word.fold == a else a for a, b in PAIRS if word.fold in (a, b)), None)
        if other and stem(other) not in known:
            return f"{base[: word.start]}{other}{base[word.end :]}.", "contradicted", "opposite"
    return None


_DENIALS = ("refused to", "failed to", "was unable to", "declined to", "was incapable to", "never managed to",
            "has yet to", "did not", "never", "would not")  # fmt: skip
_DENIALS_OF_BEING = ("refused to be", "failed to be", "was never", "has yet to be", "was unable to be",
                     "is incapable of being", "was not", "declined to be", "avoided being",
                     "was anything but")  # fmt: skip
_VERB = re.compile(r"^(?P<subject>[A-Z][^,;]{1,60}?) (?P<verb>was|were|is|are|[a-z]{3,}ed)\b (?P<rest>\w.*)$")


def _denied(base: str, chance: random.Random) -> tuple[str, str, str] | None:
    """The clause denied in other words than "not": refused to, failed to, was never."""
    match = _VERB.match(base)
    if not match or read(base).negations:
        return None
    subject, verb, rest = match["subject"], match["verb"], match["rest"]
    if verb in ("was", "were", "is", "are"):
        return f"{subject} {chance.choice(_DENIALS_OF_BEING)} {rest}.", "contradicted", "denial"
    plain = next((one for one in (verb[:-2], verb[:-1]) if is_known(stem(one)) and stem(one) == stem(verb)), None)
    return (f"{subject} {chance.choice(_DENIALS)} {plain} {rest}.", "contradicted", "denial") if plain else None


_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip


def _other_month(base: str, chance: random.Random) -> tuple[str, str, str] | None:
    match = re.search(rf"\b(?:{'|'.join(_MONTH_NAMES)})\b", base)
    if not match:
        return None
    other = chance.choice([month for month in _MONTH_NAMES if month != match[0]])
    tail = (
        re.sub(r"^ \d{4}|^( \d{1,2}),? \d{4}", r"\1", base[match.end() :])
        if chance.random() < 0.5
        else base[match.end() :]
    )
    return f"{base[: match.start()]}{other}{tail}.", "contradicted", "month"


_RANK_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "final")


def _other_rank(base: str, chance: random.Random) -> tuple[str, str, str] | None:
    match = re.search(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|final)\b(?= [a-z])", base)
    if not match:
        return None
    other = chance.choice([rank for rank in _RANK_WORDS if rank != match[0]])
    return f"{base[: match.start()]}{other}{base[match.end() :]}.", "contradicted", "rank"


def _with_tail(base: str, text: str, pool: _Texts) -> tuple[str, str, str] | None:
    if not pool.names["in"]:
        return None
    place = pool.chance.choice(pool.names["in"])
    if place in text or re.search(r"\bin\b", base):
        return None
    return f"{base} in {place}.", "not_covered", "tail"
