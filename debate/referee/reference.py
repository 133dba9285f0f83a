"""Who is "he", which is "that election", when was "a year later": claims made to stand on their own.

Resolved is only what a reader could not take otherwise: the one person named in the nearest words that name anybody,
the one year, the one election. Where two would do, the claim stays as it was said and mostly finds no fact, which is
better than a verdict about somebody else.
"""

import re
from collections.abc import Iterable, Sequence

from debate.referee.claims import Clause
from debate.referee.dates import find_dates
from debate.referee.grammar import is_finite
from debate.referee.mentions import Kind, Mention, find_mentions
from language.sentences import split_sentences
from language.words import STOPWORDS, Word, stem, word_set, words

_LOOK_BACK = 3
"""How many sentences back a name is looked for."""
_PEOPLE = word_set(
    """brother sister father mother son daughter wife husband king queen emperor tsar president minister general marshal
    officer soldier worker leader chief secretary teacher writer poet doctor friend rival successor predecessor man
    woman
    boy girl child uncle aunt cousin nephew player keeper coach referee scientist engineer murderer assassin deputy
    commissar commander ambassador bishop pope priest secretary historian author chairman somebody someone"""
)

_HE = re.compile(r"\b(?P<word>he|him|his|she|her|himself|herself)\b(?!['’]d\b)", re.IGNORECASE)
_IT = re.compile(r"^\W*(?:(?:and|but|so|then)\s+)?(?P<word>it|its)\b", re.IGNORECASE)
_THEY = re.compile(r"^\W*(?:(?:and|but|so|then)\s+)?(?P<word>they|their)\b", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"^\W*(?:(?:and|but|so|then)\s+)?it(?:['’]s| (?:is|was|were|isn['’]t|wasn['’]t|seems?|seemed|took|takes|turned"
    r"|turns|rained|may|might"
    r"|would|could|should|will|has been|had been))"
    r"(?: not| only)? (?:until|that|clear|true|likely|easy|hard|possible|because|in|on|at|by|out|a|an|the"
    r"|\w+ (?:that|to|who|which))\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\bthere\b(?! (?:is|are|was|were|has|had|have|will|would|could|might|may|can|should|exists?|came|to be))", re.I
)
_EVENTS = (
    r"election|elections|war|congress|treaty|pact|battle|trial|trials|strike|famine|law|plan|conference|revolution"
    r"|campaign|tournament"
    r"|final|mission|crisis|agreement|vote|referendum|coup|uprising|rebellion|act|ban|reform|invasion|siege|reactor"
    r"|march|speech|decree|purge|census|harvest|match|game|season|party|union|company|league|club|school|study|report"
)
_THAT_EVENT = re.compile(rf"\b(?:that|this|the same|said)\s+(?:very\s+|same\s+)?(?P<noun>{_EVENTS})\b", re.IGNORECASE)
_THAT_YEAR = re.compile(
    r"\b(?:of|in|during|later|earlier)?\s*\b(?:that|the) (?:very )?same year\b|\b(?:of|in|during|later"
    r"|earlier)\s+that year\b|\bthat year\b",
    re.I,
)
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twenty": 20, "thirty": 30,
}  # fmt: skip
_YEARS_LATER = re.compile(
    rf"\b(?:just |only |some )?(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}}) years? (?P<way>later|afterwards?|earlier"
    rf"|before)\b(?!(?<=before) [\w'’]+)"
    r"|\bthe (?P<next>next|following|previous) year\b|\bthe year (?P<side>before|after)\b(?! \w)",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:(?:no|nope|actually|wrong|but|and|well)\b[\s,.:;–—-]*)*(?:that|this|it) (?:was|happened|took place"
    r"|came|occurred)"
    r"(?: already| actually| really| only)? (?=(?:in|on|around|about|by|as early as|as late as)\b|\d)",
    re.IGNORECASE,
)


class Memory:
    """What was named in the words before, nearest last."""

    def __init__(self, preceding: str = "", familiar: frozenset[str] = frozenset()) -> None:
        """Begin with the last sentences of the turn that is answered; for `familiar` see `familiar_names`."""
        self._familiar = familiar
        self._heard: list[str] = [one.text for one in split_sentences(preceding[-2_000:])[-_LOOK_BACK:]]
        self._current: list[str] = []

    def hear(self, clause: str) -> None:
        """Take in a clause of the sentence at hand."""
        self._current.append(clause)

    def end_sentence(self, sentence: str) -> None:
        """The sentence at hand is over."""
        self._heard = [*self._heard, sentence][-_LOOK_BACK:]
        self._current = []

    def fill(self, clause: Clause) -> str:
        """The clause as it has to be read to stand alone; as it was said where nothing, or no one thing, is missing."""
        text = clause.reading
        corrected = self._corrected(text)
        if corrected is not None:
            return corrected
        text = self._with_event(text)
        text = self._with_year(text)
        text = self._with_person(text)
        text = self._with_thing(text)
        return self._with_place(text)

    def _nearest(self) -> Iterable[tuple[str, tuple[Mention, ...]]]:
        """Texts with what they name, nearest first; the clauses before in the same sentence are one text."""
        for text in (" ".join(self._current), *reversed(self._heard)):
            if text:
                yield text, find_mentions(text, self._familiar)

    def _with_person(self, text: str) -> str:
        first = _HE.search(text)
        if first is None or any(
            one.kind == "person" and one.start < first.start() for one in find_mentions(text, self._familiar)
        ):
            return text
        for before, mentions in self._nearest():
            people = [one for one in mentions if one.kind == "person"]
            if people:
                name = _only(before, people)
                return _replaced(_HE, text, name) if name else text
            if _has_person(before, ()):
                return text
        return text

    def _with_thing(self, text: str) -> str:
        pronoun = None if _EXPLETIVE.match(text) else _IT.match(text)
        kinds: tuple[Kind, ...] = ("thing",)
        if pronoun is None:
            pronoun, kinds = _THEY.match(text), ("group",)
        if pronoun is None:
            return text
        for before, mentions in self._nearest():
            fitting = [one for one in mentions if one.kind in kinds or (one.is_subject and one.kind == "person")]
            subjects = [one for one in mentions if one.is_subject]
            if subjects and subjects[0].kind in kinds:
                fitting = [one for one in fitting if one.is_subject or not _follows_preposition(before, one)]
            names = {one.text for one in fitting}
            if kinds == ("thing",) and len(names) == 1 and fitting[0].kind == "person":
                # "Tesla was not even the first.": a name that "it" takes up is no person's.
                return _replaced(_IT, text, fitting[0].text) if _is_lone(mentions) else text
            if len(names) == 1:
                return _replaced(_IT if kinds == ("thing",) else _THEY, text, names.pop())
            return text
        return text

    def _with_event(self, text: str) -> str:
        said = _THAT_EVENT.search(text)
        if said is None:
            return text
        noun = said["noun"].lower()
        pattern = re.compile(
            rf"(?:[\w'’-]+\s+){{0,3}}\b(?i:{re.escape(noun)})\b"
            r"(?:\s+(?:of|in|at|on|for|against)\s+(?:the\s+)?[\w'’-]+(?:\s+\d{4}|\s+[A-Z][\w'’-]*)*)*"
        )
        for before, mentions in self._nearest():
            found = list(pattern.finditer(before))
            if not found:
                continue
            if len(found) > 1:
                return text
            phrase = _trimmed(found[0][0])
            if not any(one.start >= found[0].start() and one.end <= found[0].end() for one in mentions):
                lead = next((one.text for one in mentions if one.is_subject), "")
                phrase = f"{lead} {phrase}".strip()
            if not find_dates(phrase) and not find_dates(text) and len(find_dates(before)) == 1:
                when = find_dates(before)[0]
                phrase += f" {before[when.start : when.end].strip()}"
            article = "the " if phrase[0].islower() else ""
            return f"{text[: said.start()]}{article}{phrase}{text[said.end() :]}"
        return text

    def _with_year(self, text: str) -> str:
        same, later = _THAT_YEAR.search(text), _YEARS_LATER.search(text)
        said = same or later
        if said is None or re.search(r"\b(?:1\d|20)\d\d\b", text):
            return text
        for before, _ in self._nearest():
            years = set(re.findall(r"\b(?:1\d|20)\d\d\b", before))
            if not years:
                continue
            if len(years) > 1:
                return text
            year = int(years.pop()) + (0 if same or later is None else _distance(later))
            return f"{text[: said.start()].rstrip()} in {year}{text[said.end() :]}".strip()
        return text

    def _with_place(self, text: str) -> str:
        said = _THERE.search(text)
        if said is None or said.start() == 0:
            return text
        for _, mentions in self._nearest():
            places = {one.text for one in mentions if one.kind == "place"}
            if places:
                return f"{text[: said.start()]}in {places.pop()}{text[said.end() :]}" if len(places) == 1 else text
        return text

    def _corrected(self, text: str) -> str | None:
        """ "No, that was in 1922.": what was said before, with the other date."""
        said = _CORRECTION.match(text)
        if said is None or len(find_dates(text)) != 1 or len(words(text[said.end() :])) > 6:
            return None
        before = self._current[-1] if self._current else (self._heard[-1] if self._heard else "")
        dates = find_dates(before)
        if len(dates) != 1 or len(words(before)) > 25:
            return None
        head = before[: dates[0].start].rstrip()
        head = re.sub(r"\s+(?:in|on|around|about|by|since|until|at)$", "", head, flags=re.IGNORECASE)
        return f"{head} {text[said.end() :].rstrip('.!')}{before[dates[0].end :]}"


def _only(before: str, people: Sequence[Mention]) -> str | None:
    """The one person that a text names, by the longest form of the name; None where there are several."""
    longest = max(people, key=lambda one: len(one.text))
    parts = set(longest.text.split())
    if any(not set(one.text.split()) <= parts for one in people):
        return None
    if all(before[one.end - 2 : one.end] in ("'s", "’s") for one in people) or _has_person(before, people):
        return None
    return longest.text


def _has_person(text: str, named: Sequence[Mention]) -> bool:
    """Whether a text speaks of somebody without a name, who may be meant as well."""
    found = words(text)
    for place, word in enumerate(found):
        if word.fold not in _PEOPLE or any(one.start <= word.start < one.end for one in named):
            continue
        # "He was a general", "general Frunze", "became general secretary": said of the person that is named.
        before = {one.fold for one in found[max(0, place - 4) : place]}
        following = found[place + 1] if place + 1 < len(found) else None
        if before & {"was", "is", "as", "became", "be", "been", "elected", "appointed", "named", "made"}:
            continue
        if following is not None and following.text[0].isupper():
            continue
        return True
    return False


def _is_lone(mentions: Sequence[Mention]) -> bool:
    return len({one.text for one in mentions}) == 1 and len(mentions[0].text) > 2


def _follows_preposition(text: str, one: Mention) -> bool:
    return bool(re.search(r"\b(?:in|for|of|at|from|on|to|with|near|under)\s+(?:the\s+)?$", text[: one.start], re.I))


def _replaced(pattern: re.Pattern[str], text: str, name: str) -> str:
    def put(match: re.Match[str]) -> str:
        word = match["word"].lower()
        head = match[0][: match.start("word") - match.start()]
        owns = word in ("his", "its", "their") or (word == "her" and re.match(r"\s+[a-z]", text[match.end() :]))
        return f"{head}{name}’s" if owns else f"{head}{name}"

    return pattern.sub(put, text)


def _trimmed(phrase: str) -> str:
    """A noun phrase without the function words that came before it."""
    parts = phrase.split()
    while len(parts) > 1 and (
        parts[0].lower() in STOPWORDS or is_finite(Word(0, 0, parts[0], parts[0].lower(), stem(parts[0].lower())))
    ):
        parts = parts[1:]
    return " ".join(parts)


def _distance(said: re.Match[str]) -> int:
    if said["next"]:
        return -1 if said["next"].lower() == "previous" else 1
    if said["side"]:
        return -1 if said["side"].lower() == "before" else 1
    count = said["count"].lower()
    number = int(count) if count.isdigit() else _NUMBERS[count]
    return -number if said["way"].lower() in ("earlier", "before") else number
