"""Make `english.json.gz`, the word relations that the referee uses, from a checkout of the Open English WordNet.

    python -m benchmarks.training.build_lexicon PATH/TO/english-wordnet

The Open English WordNet is under CC BY 4.0 and derives from Princeton WordNet (WordNet License); see the notice
beside the data. Kept are single words that its own definitions use at least twice, with their first senses.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import yaml

from language.words import fold, stem

TARGET = Path(__file__).resolve().parents[2] / "debate" / "referee" / "data" / "english.json.gz"
_SENSES_KEPT = {"n": 3, "v": 2, "a": 1, "s": 1}
_SYNSETS_KEPT = 5

Entries = dict[str, dict[str, Any]]


def main(checkout: Path) -> None:
    """Read the checkout, write the data file."""
    entries: Entries = {}
    synsets: Entries = {}
    fields: dict[str, str] = {}
    for file in sorted((checkout / "src" / "yaml").glob("*.yaml")):
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if file.name.startswith("entries"):
            entries.update(content)
        elif file.name.startswith(("noun", "verb", "adj", "adv")):
            synsets.update(content)
            fields.update(dict.fromkeys(content, file.stem))
    data = build(entries, synsets, fields)
    TARGET.parent.mkdir(exist_ok=True)
    text = json.dumps(data, separators=(",", ":"), sort_keys=True)
    TARGET.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{len(data['lemmas'])} words, {len(data['parents'])} synsets, {TARGET.stat().st_size} bytes")


def build(entries: Entries, synsets: Entries, fields: dict[str, str]) -> dict[str, Any]:
    """The relations between stems: senses, hypernyms, fields, opposites, derivations and irregular forms.

    `fields` gives each synset its lexicographer's file, for example "noun.person".
    """
    common = _common(synsets)
    owners = {
        sense["id"]: lemma for lemma, parts in entries.items() for entry in parts.values() for sense in entry["sense"]
    }
    senses: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    opposites: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, str] = {}
    for lemma, parts in entries.items():
        word = _stem(lemma)
        if not word or (word not in common and not lemma[0].isupper()):
            continue
        for part, entry in parts.items():
            for form in entry.get("form", ()):
                if _stem(form) and _stem(form) != word:
                    forms.setdefault(_stem(form), word)
            for number, sense in enumerate(entry["sense"]):
                if number < _SENSES_KEPT.get(part[0], 0):
                    senses[word].append((number, part, sense["synset"]))
                if number < 2:
                    _link(opposites, word, [owners.get(one, "") for one in sense.get("antonym", ())], common)
                    linked = [*sense.get("pertainym", ()), *sense.get("derivation", ())]
                    _link(related, word, [owners.get(one, "") for one in linked], None)
    used = _with_parents({synset for found in senses.values() for _, _, synset in found}, synsets)
    numbers = {synset: number for number, synset in enumerate(sorted(used))}
    named = sorted(set(fields.values()))
    return {
        "fields": named,
        # One character a synset: its place among the fields, counted from "0".
        "field_of": "".join(chr(ord("0") + named.index(fields[synset])) for synset in sorted(used)),
        "parents": [[numbers[one] for one in _parents(synset, synsets) if one in numbers] for synset in sorted(used)],
        "lemmas": {
            word: list(dict.fromkeys(numbers[synset] for _, _, synset in sorted(found)))[:_SYNSETS_KEPT]
            for word, found in senses.items()
        },
        "opposites": {word: sorted(others) for word, others in opposites.items()},
        "related": {word: sorted(others) for word, others in related.items()},
        "forms": {form: word for form, word in forms.items() if form not in senses},
    }


def _common(synsets: Entries) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for synset in synsets.values():
        lines = [*synset.get("definition", ()), *synset.get("example", ())]
        for line in lines:
            text = line if isinstance(line, str) else line.get("text", "")
            counts.update(stem(fold(word)) for word in re.findall(r"[A-Za-z]+", text))
    return frozenset(word for word, count in counts.items() if count >= 2)


def _stem(lemma: str) -> str:
    return stem(fold(lemma)) if re.fullmatch(r"[A-Za-z]{2,}", lemma) else ""


def _link(links: dict[str, set[str]], word: str, lemmas: list[str], common: frozenset[str] | None) -> None:
    for other in filter(None, map(_stem, lemmas)):
        if other != word and (common is None or other in common):
            links[word].add(other)
            links[other].add(word)


def _parents(synset: str, synsets: Entries) -> list[str]:
    found = synsets.get(synset, {})
    return [*found.get("hypernym", ()), *found.get("instance_hypernym", ())][:2]


def _with_parents(start: set[str], synsets: Entries) -> set[str]:
    used: set[str] = set()
    waiting = list(start)
    while waiting:
        synset = waiting.pop()
        if synset in synsets and synset not in used:
            used.add(synset)
            waiting.extend(_parents(synset, synsets))
    return used


if __name__ == "__main__":
    main(Path(sys.argv[1]))
