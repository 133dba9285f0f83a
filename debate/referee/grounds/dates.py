"""Another date or month of the same event."""

import re
from collections.abc import Sequence

from debate.referee.comparison import without_lives
from debate.referee.dates import When, agrees, disagrees
from debate.referee.findings import Ground
from debate.referee.grounds.pairing import PHRASE_END, Pair, one_event, word_before
from debate.referee.reading import Reading
from debate.referee.rivalry import same_verb
from language.sentences import split_sentences
from language.words import stem, word_set

_FOR_A_DATE = 0.55
_AS_OF = re.compile(r"\b(?:as of|as at|updated|retrieved|until|through|up to)\s+(?:\w+\s+)?$", re.IGNORECASE)
_USES = {"before": "before ", "after": "after ", "by": "by ", "since": "since ", "until": "until "}
_MADE = frozenset(
    stem(word)
    for word in word_set(
        """released release made make published publish written write produced filmed premiered came come out debuted
        created announced appeared aired airing shot recorded issued launched began directed starring is film movie
        novel book album song series show year office"""
    )
)
"""What the year in "is a 1959 film" dates."""


def find_date(pair: Pair) -> Ground | None:
    """Another date of the same event."""
    one = pair.one
    if not one.claim.dates or pair.cover < _FOR_A_DATE or not pair.subject_met:
        return None
    known = [when for when in without_lives(one.claim, one.entry) if not _AS_OF.search(one.entry.text[: when.start])]
    for claimed in one.claim.dates:
        best = _another_date(pair, claimed, known)
        if best is not None:
            said = f"{_USES.get(claimed.use, '')}{_plain(one.claim.text[claimed.start : claimed.end])}"
            return Ground("date", said, _plain(one.entry.text[best.start : best.end]))
    return None


def _another_date(pair: Pair, claimed: When, known: Sequence[When]) -> When | None:
    """The statement's date of what the claim dates, where it is another."""
    ranged = _another_range(pair, claimed, known)
    if ranged is not None:
        return ranged
    named = [when for when in known if _dates_one_work(pair, claimed, when)]
    if named:
        return named[0] if all(disagrees(claimed, when) for when in named) else None
    event = word_before(pair.claim, claimed.start)
    dated = [when for when in known if event and same_verb(event, word_before(pair.statement, when.start) or "-")]
    if claimed.use == "at" and any(agrees(claimed, when) and _dates_the_same(pair, claimed, when) for when in known):
        return None
    if dated and event not in pair.claim.names:
        return dated[0] if all(disagrees(claimed, when) for when in dated) else None
    if pair.one.dates != "clash" or any(not disagrees(claimed, when) for when in known):
        return None
    others = [when for when in pair.claim.dates if when is not claimed]
    rivals = [when for when in known if not any(agrees(other, when) for other in others)]
    return next((when for when in rivals if _dates_the_same(pair, claimed, when)), None)


_TWO_YEARS = re.compile(r"\b[12]\d\d\d\b.*\b\d\d(?:\d\d)?\b")


def _another_range(pair: Pair, claimed: When, known: Sequence[When]) -> When | None:
    """Another span of years of the same office or run: "from 2000 to 2010" of what lasted from 1996 to 2007."""
    if not _TWO_YEARS.search(pair.claim.text[claimed.start : claimed.end]):
        return None
    spans = [when for when in known if _TWO_YEARS.search(pair.statement.text[when.start : when.end])]
    before = word_before(pair.claim, claimed.start)
    alike = [when for when in spans if before and before == word_before(pair.statement, when.start)]
    if not alike or any(abs(claimed.low - when.low) < 1 or abs(claimed.high - when.high) < 1 for when in alike):
        return None
    return alike[0]


def _dates_one_work(pair: Pair, claimed: When, known: When) -> bool:
    """Whether both years stand before the same noun: "the 1980 novel" beside "the 1947 novel"."""
    mine, theirs = _noun_after(pair.claim, claimed), _noun_after(pair.statement, known)
    return bool(mine and mine[-1] in theirs) and pair.subject_met


def _noun_after(reading: Reading, when: When) -> tuple[str, ...]:
    """Stems of the words that follow a year at once, up to a comma or a preposition."""
    text = reading.text
    stop = PHRASE_END.search(text, when.end)
    end = stop.start() if stop else len(text)
    if text[when.end : when.end + 1] != " " or _DATED_BY.search(text[: when.start]):
        return ()
    return tuple(word.stem for word in reading.content if when.end <= word.start < end)


_DATED_BY = re.compile(r"\b(?:in|since|by|until|from|to|before|after|during|around|of)\s+$", re.IGNORECASE)


def _plain(text: str) -> str:
    return text.strip().removesuffix(" of").strip()


def _dates_the_same(pair: Pair, claimed: When, known: When) -> bool:
    """Whether both dates are of one event: its word stands in that sentence, or both say when it was made."""
    mine = _events(pair, claimed)
    number = _sentence_of(pair.statement.text, known.start)
    theirs = [word.stem for word in pair.statement.content if _sentence_of(pair.statement.text, word.start) == number]
    if any(one_event(event, other) for event in mine for other in theirs):
        return True
    made = _is_adjective(pair.claim.text, claimed) or bool(set(mine) & _MADE)
    return made and _is_of_definition(pair, known, number, theirs)


def _events(pair: Pair, claimed: When) -> list[str]:
    """Stems of what the claim's date may be the date of: the word before it, and the verbs of its sentence."""
    text = pair.claim.text
    verbs = [facet.stems[0] for facet in pair.rivals.claimed if facet.sort == "verb" and facet.stems[0] not in _SAID]
    before = [word for word in pair.claim.content if word.end <= claimed.start and word.stem not in pair.claim.names]
    nearest = [before[-1].stem] if before and not _is_adjective(text, claimed) else []
    return [*nearest, *verbs]


_SAID = frozenset(map(stem, ("say", "said", "says", "tell", "told", "claims", "states", "reports", "argues", "shows")))


def _sentence_of(text: str, start: int) -> int:
    return sum(sentence.end <= start for sentence in split_sentences(text))


def _is_adjective(text: str, when: When) -> bool:
    """Whether a year says when something was made: "is a 1959 film"."""
    return bool(_IS_A.search(text[: when.start]))


_IS_A = re.compile(r"\b(?:is|was|are|were)\s+(?:(?:only|not|also)\s+)?(?:an?|the)\s+$", re.IGNORECASE)


def _is_of_definition(pair: Pair, known: When, number: int, theirs: Sequence[str]) -> bool:
    if pair.sentence_of_definition != number:
        return False
    text = pair.statement.text
    in_title = bool(re.match(r"\s*\)", text[known.end :]) and re.search(r"\(\s*$", text[: known.start]))
    return _is_adjective(text, known) or in_title or bool(set(theirs) & _SHOWN)


_SHOWN = frozenset(map(stem, ("ran", "run", "aired", "released", "published", "premiered", "broadcast")))


_MONTH = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b(?: \d{1,2}\b)?"
)


def find_month(pair: Pair) -> Ground | None:
    """Another month, or day of one."""
    if not (pair.value("month_clash") > 0 or pair.value("day_clash") > 0) or not pair.subject_met:
        return None
    mine, theirs = _MONTH.search(pair.claim.text), _MONTH.search(pair.statement.text)
    if not mine or not theirs or mine[0] == theirs[0] or pair.cover < _FOR_A_DATE:
        return None
    at = When(mine.start(), mine.end(), 0.0, 0.0, "at", False)
    if not _dates_the_same(pair, at, at._replace(start=theirs.start(), end=theirs.end())):
        return None
    return Ground("date", mine[0], theirs[0], pair.cover >= _SURE_MONTH and not pair.value("negation_differs"))


_SURE_MONTH = 0.75
