"""A fact sheet made ready to be asked: its statements and misstatements indexed for search."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from debate.referee import forms, lexical, lexicon
from debate.referee.entries import Entry
from debate.referee.facts import Fact, FactSheet
from debate.referee.lexical import canonical
from debate.referee.reading import read
from language.cached import uncollected
from language.search import LARGE, Hit, Search, index_texts
from language.words import content_stems


class Library:
    """Finds the statements of a sheet that may speak about a claim."""

    def __init__(self, sheet: FactSheet, cache: Path | None = None) -> None:
        self.sheet = sheet
        with uncollected() if len(sheet.facts) >= LARGE else nullcontext():
            self._facts = {fact.id: fact for fact in sheet.facts}
            lines = ((index, line) for index, fact in enumerate(sheet.facts) for line in (None, *fact.misstatements))
            self._places = list(lines)
        self.has_subjects = any(fact.subject for fact in sheet.facts)
        """Whether any fact has a subject to compare by rule."""
        self._entries: dict[int, Entry] = {}
        made_by = (Path(__file__), Path(lexical.__file__), Path(lexicon.__file__), Path(forms.__file__), lexical.DATA)
        self._search: Search = index_texts(self._texts, len(self._places), sheet.digest or None, cache, made_by)

    def _texts(self) -> Iterator[list[str]]:
        for index, line in self._places:
            fact = self.sheet.facts[index]
            parts = (line or fact.statement, fact.subject, fact.relation, fact.unit, *fact.aliases)
            if line is None:
                parts = (*parts, str(fact.value) if fact.value is not None else None, fact.date)
            yield _stems(" . ".join(part for part in parts if part))

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id; KeyError where the sheet has none."""
        return self._facts[fact_id]

    def entry(self, place: int) -> Entry:
        """The statement at a place of the index."""
        if place not in self._entries:
            index, line = self._places[place]
            self._entries[place] = Entry(self.sheet.facts[index], line)
        return self._entries[place]

    def candidates(self, text: str, limit: int = 10) -> list[tuple[Entry, float]]:
        """Statements that share words with a text, best first, with their search scores."""
        stems = _stems(text)
        numbered = {word.stem for word in read(text).content if word.stem[0].isdigit()}
        spoken = [one for one in stems if not one[0].isdigit() or one in numbered]
        hits: list[Hit] = self._search.best(spoken or stems, limit)
        if spoken and len(spoken) < len(stems):
            # A year stands in many facts about other matters, so it may add some but not crowd out the words.
            seen = {hit.place for hit in hits[: limit - 3]}
            more = [hit for hit in self._search.best(stems, limit) if hit.place not in seen]
            hits = [*hits[: limit - 3], *more[:3]]
        return [(self.entry(hit.place), hit.score) for hit in hits]

    def weight(self, stem: str) -> float:
        """How rare a stem is in the sheet."""
        return self._search.weight(canonical(stem))


def _stems(text: str) -> list[str]:
    # "%" is no word, and yet says which facts a claim about a share can be about.
    share = ["percent"] if "%" in text else []
    return [canonical(one) for one in content_stems(text)] + share
