"""Sentences that practice claims are made from, and the half of them that such claims are laid beside."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.referee_data import SHARED
from debate.referee.facts import Fact, FactSheet, Source
from debate.referee.library import Library


class Texts(NamedTuple):
    """Sentences to make practice claims from; `titles` says whom those that open with a pronoun speak of."""

    name: str
    texts: list[str]
    titles: dict[str, str]


def pages(fm2: Path) -> Texts:
    """The sentences of FM2's dev pages, gold and retrieved, each with its page's title."""
    titles: dict[str, str] = {}
    for line in (fm2 / "dataset" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for evidence in (*row["gold_evidence"], *row["retrieved_evidence"]):
            if 30 < len(evidence["text"]) < 400:
                titles[evidence["text"]] = row["wikipedia_page"].split(" (")[0]
    return Texts("FM2", list(titles), titles)


def sentences(fewrel: Path) -> Texts:
    """FewRel's sentences, their tokens set together again."""
    relations = json.loads((fewrel / "data" / "val_wiki.json").read_text(encoding="utf-8"))
    return Texts("FewRel", [_joined(row["tokens"]) for rows in relations.values() for row in rows], {})


def _joined(tokens: Sequence[str]) -> str:
    text = re.sub(r"\s+([,.;:!?)'’%])", r"\1", " ".join(tokens))
    text = re.sub(r"([(])\s+", r"\1", text)
    text = re.sub(r" - (?=[a-z])", "-", text)
    text = re.sub(r'" ([^"]+?) "', r'"\1"', text)
    return re.sub(r"\s+", " ", text).strip()


def web() -> Texts:
    """The shorter texts of Factcheck-GPT."""
    lines = (SHARED / "factcheck_gpt" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [text for line in lines for text in json.loads(line)["evidence"] if len(text) < 400]
    return Texts("Factcheck-GPT", texts, {})


def half_of(order: Sequence[str], name: str) -> Library:
    """A sheet of the first half of some texts, so that a claim whose text is not there meets its neighbours instead."""
    source = (Source(author="The set", title=name),)
    kept = order[: len(order) // 2]
    facts = tuple(Fact(id=f"f{number}", statement=text, sources=source) for number, text in enumerate(kept))
    return Library(FactSheet(id="practice", title=name, version="1", facts=facts))
