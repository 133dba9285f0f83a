"""Pairs of claim and statement that the cross-encoder is trained on, by source; see `train_inference`.

Every set's licence allows to ship weights trained on it: FM2's dev part and Factcheck-GPT (Apache-2.0), InfoTabS
(Apache-2.0), TabFact, CREAK and ConjNLI (MIT), SNLI (CC BY-SA 4.0), practice claims made by `synthesise` from the
sentences of FM2 and FewRel, and the claims in `claims_beside_facts.jsonl`, which were written for this project. Nothing
of FEVER, Climate-FEVER or FM2's test part is read here.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.referee_data import load_trial
from benchmarks.training.practice_texts import Texts, half_of, pages, sentences, web
from benchmarks.training.synthesise import practise
from debate.referee.library import Library

SUPPORTS, CONTRADICTS, NEITHER = 0, 1, 2
OWN = Path(__file__).with_name("claims_beside_facts.jsonl")
_LABELS = {"supported": SUPPORTS, "contradicted": CONTRADICTS, "not_covered": NEITHER, "apart": NEITHER}
_LONGEST = 480
"""Characters; the text behind is cut off by the model anyway."""


class Pair(NamedTuple):
    """A claim beside a statement, and how the statement relates to it."""

    claim: str
    statement: str
    label: int
    source: str


def general_pairs(checkouts: Path, snli: Path) -> list[Pair]:
    """The pairs of the first stage, about 112,000.

    Args:
        checkouts: Folder with checkouts of the repositories fool-me-twice, FewRel, Table-Fact-Checking, infotabs,
            creak and ConjNLI under these names.
        snli: JSON lines of SNLI.
    """
    chance = random.Random(3)
    pairs: list[Pair] = []
    for name in ("fm2", "factcheck_gpt"):
        for seed in (0, 1):
            pairs += _of_trial(name, seed)
    sources = (pages(checkouts / "fool-me-twice"), sentences(checkouts / "FewRel"), web())
    for number, texts in enumerate(sources):
        pairs += _practice(texts, number)
    pairs += _tables(checkouts / "Table-Fact-Checking", chance)
    pairs += _conjunctions(checkouts / "ConjNLI")
    pairs += _pictures(snli, chance)
    pairs += _boxes(checkouts / "infotabs", chance)
    pairs += _common_sense(checkouts / "creak", chance)
    kept = [pair for pair in _balanced(pairs, chance) if _is_fit(pair)]
    chance.shuffle(kept)
    return kept


def own_pairs(chance: random.Random) -> tuple[list[Pair], list[Pair]]:
    """The pairs written for this project, for training and (a tenth of the facts) for choosing thresholds.

    Each claim also stands, now and then, beside another fact that shares words with it, which says nothing of it.
    Some of the claims with a negative word are left out, since more of them are right than wrong, so that the word
    by itself tells nothing.
    """
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    labels = {"S": SUPPORTS, "C": CONTRADICTS, "N": NEITHER}
    spoken = [_stems(row["fact"]) for row in rows]
    training: list[Pair] = []
    held: list[Pair] = []
    for place, row in enumerate(rows):
        target = held if place % 10 == 0 else training
        for claim in row["claims"]:
            if target is training and chance.random() < _LEFT_OUT[claim["l"]] and _NEGATIVE.search(claim["t"]):
                continue
            target.append(Pair(claim["t"], row["fact"], labels[claim["l"]], "own"))
            if target is training and chance.random() < _BESIDE_OTHERS:
                target.append(Pair(claim["t"], rows[_near(claim["t"], spoken, place, chance)]["fact"], NEITHER, "own"))
    return training, held


_BESIDE_OTHERS = 0.3
_LEFT_OUT = {"S": 0.4, "C": 0.0, "N": 0.3}
_NEGATIVE = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither|without|failed)\b|n['’]t\b", re.IGNORECASE)


def _near(claim: str, spoken: Sequence[set[str]], own: int, chance: random.Random) -> int:
    said = _stems(claim)
    others = (place for place in range(len(spoken)) if place != own and spoken[place] != spoken[own])
    best = sorted(others, key=lambda place: -len(said & spoken[place]) + chance.random() / 2)
    return chance.choice(best[:4])


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"\w+", text.lower()) if len(word) > 3 or word.isdigit()}


def _of_trial(name: str, seed: int) -> Iterable[Pair]:
    """Claims of a set beside their evidence, and beside what the search finds instead."""
    trial = load_trial(name, seed)
    library = Library(trial.sheet)
    statements = {fact.id: fact.statement for fact in trial.sheet.facts}
    for case in trial.cases:
        gold = set(case.facts) if case.label != "not_covered" else set()
        for fact_id in sorted(gold):
            yield Pair(case.claim, statements[fact_id], _LABELS[case.label], name)
        found = [entry.fact.id for entry, _ in library.candidates(case.claim, 6)]
        for fact_id in [one for one in found if one not in gold][:2]:
            yield Pair(case.claim, statements[fact_id], NEITHER, f"{name} beside")


def _practice(texts: Texts, seed: int) -> Iterable[Pair]:
    chance = random.Random(seed)
    order = sorted(set(texts.texts))
    chance.shuffle(order)
    made = practise(order, seed, texts.titles)
    chance.shuffle(made)
    library = half_of(order, texts.name)
    for one in made:
        yield Pair(one.claim, one.evidence, _LABELS[one.label], "practice")
    for one in made[:5_000]:
        found = [entry.fact.statement for entry, _ in library.candidates(one.claim, 3)]
        for statement in [text for text in found if text != one.evidence][:1]:
            yield Pair(one.claim, statement, NEITHER, "practice beside")


def _tables(checkout: Path, chance: random.Random) -> Iterable[Pair]:
    """True and false sentences about one table of Wikipedia, which exclude each other."""
    path = checkout / "pairwise_data" / "all_positive_negative_pairs.json"
    for row in json.loads(path.read_text(encoding="utf-8")):
        texts = [_respaced(text) for text in row[1:3]]
        if len(texts) == 2 and all(len(text) >= 20 for text in texts):
            chance.shuffle(texts)
            yield Pair(texts[0], texts[1], CONTRADICTS, "tables")


def _respaced(text: str) -> str:
    return re.sub(r"\s+([,.;:!?)'%])", r"\1", text.replace(" - ", "-")).strip()


def _conjunctions(checkout: Path) -> Iterable[Pair]:
    labels = {"entailment": SUPPORTS, "contradiction": CONTRADICTS, "neutral": NEITHER}
    path = checkout / "data" / "NLI" / "adversarial_train_15k.tsv"
    for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) == 3:
            yield Pair(fields[1], fields[0], labels[fields[2].strip()], "conjunctions")


def _pictures(path: Path, chance: random.Random) -> Iterable[Pair]:
    labels = {"entailment": SUPPORTS, "contradiction": CONTRADICTS, "neutral": NEITHER}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["gold_label"] in labels]
    chance.shuffle(rows)
    for row in rows[:14_000]:
        yield Pair(row["sentence2"], row["sentence1"], labels[row["gold_label"]], "pictures")


def _boxes(checkout: Path, chance: random.Random) -> Iterable[Pair]:
    """Sentences beside the lines of an infobox of Wikipedia that share words with them."""
    labels = {"E": SUPPORTS, "C": CONTRADICTS, "N": NEITHER}
    data = checkout / "data"
    boxes = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (data / "tables" / "json").iterdir()}
    names = sorted(boxes)
    for part in ("train", "dev", "test_alpha1", "test_alpha2", "test_alpha3"):
        lines = (data / "maindata" / f"infotabs_{part}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        for fields in (line.split("\t") for line in lines):
            if len(fields) < 4 or fields[1] not in boxes or fields[-1].strip() not in labels:
                continue
            said = _as_statement(boxes[fields[1]], fields[2], chance.choice((3, 4, 5)), chance)
            yield Pair(fields[2], said, labels[fields[-1].strip()], "boxes")
            if chance.random() < 0.2:
                other = _as_statement(boxes[chance.choice(names)], fields[2], 2, chance)
                yield Pair(fields[2], other, NEITHER, "boxes beside")


_MEANT = {
    "born": "birth old age", "died": "death dead", "released": "release year old", "spouse": "married wife husband",
    "children": "kids son daughter", "length": "minutes long", "height": "tall", "population": "people",
    "area": "big large size",
}  # fmt: skip


def _as_statement(box: dict[str, Any], claim: str, count: int, chance: random.Random) -> str:
    title = str((box.get("title") or [""])[0])
    asked = _prefixes(claim) - _prefixes(title)
    ranked: list[tuple[float, str, str]] = []
    for key, values in box.items():
        if key == "title" or not values:
            continue
        value = ", ".join(one.strip() for one in values if isinstance(one, str))[:160]
        score = len(asked & _prefixes(f"{key} {_MEANT.get(key.lower(), '')}")) * 2 + len(asked & _prefixes(value))
        numbered = bool(re.search(r"\d", claim) and re.search(r"\d", value))
        ranked.append((score + chance.random() * 0.6 + 0.7 * numbered, key, value))
    kept = sorted(ranked, reverse=True)[:count]
    chance.shuffle(kept)
    if not kept:
        return title
    match chance.randrange(3):
        case 0:
            return " ".join(f"The {key.lower()} of {title} is {value}." for _, key, value in kept)
        case 1:
            return f"{title}: " + "; ".join(f"{key}: {value}" for _, key, value in kept) + "."
        case _:
            first, *others = kept
            more = "".join(f", {key.lower()} {value}" for _, key, value in others)
            return f"{title} ({first[1].lower()} {first[2]}){more}."


def _prefixes(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w+", text.lower()) if len(word) > 2 or word.isdigit()}


def _common_sense(checkout: Path, chance: random.Random) -> Iterable[Pair]:
    """Claims about things beside the reason that an annotator gave for calling them true or false."""
    pairs = []
    for part in ("train", "dev"):
        lines = (checkout / "data" / "creak" / f"{part}.json").read_text(encoding="utf-8").splitlines()
        for row in map(json.loads, lines):
            if len(row["explanation"]) > 25:
                label = SUPPORTS if row["label"] == "true" else CONTRADICTS
                pairs.append(Pair(row["sentence"], row["explanation"], label, "common sense"))
    yield from pairs
    for pair in chance.sample(pairs, min(3_000, len(pairs))):
        yield pair._replace(statement=chance.choice(pairs).statement, label=NEITHER)


_MOST: dict[tuple[str, int], int] = {
    ("practice", SUPPORTS): 5_000, ("practice", CONTRADICTS): 10_000, ("practice", NEITHER): 5_000,
    ("practice beside", NEITHER): 5_000, ("tables", CONTRADICTS): 7_000, ("factcheck_gpt beside", NEITHER): 3_500,
}  # fmt: skip


def _balanced(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """No more of each kind than `_MOST`, and FM2's own claims twice."""
    chance.shuffle(pairs)
    counts: Counter[tuple[str, int]] = Counter()
    kept = []
    for pair in pairs:
        kind = (pair.source, pair.label)
        counts[kind] += 1
        if counts[kind] <= _MOST.get(kind, len(pairs)):
            kept += [pair, pair] if pair.source == "fm2" else [pair]
    return kept


def _is_fit(pair: Pair) -> bool:
    """Whether a pair is what its label says: long web pages seldom are."""
    if not pair.source.startswith("factcheck_gpt"):
        return True
    shared = len(_stems(pair.claim) & _stems(pair.statement))
    return len(pair.statement) <= _LONGEST and (pair.label == NEITHER or shared >= 2)


REPLAYED: dict[str, int] = {
    "boxes": 3_500, "fm2": 1_000, "fm2 beside": 1_000, "practice": 2_500, "practice beside": 500, "conjunctions": 1_200,
    "tables": 500, "common sense": 800, "pictures": 1_200, "factcheck_gpt": 200, "boxes beside": 300,
}  # fmt: skip
"""How many general pairs of each source are mixed into an epoch of the second stage, so that they are not forgotten."""


def replayed(general: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """A share of the general pairs."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in general:
        groups[pair.source].append(pair)
    return [
        pair for name, count in REPLAYED.items() for pair in chance.sample(groups[name], min(count, len(groups[name])))
    ]
