"""Whose words are they? Quotations, and what others are said to have said.

A speaker who names a source answers for what it says: "our textbook says that ...", "according to the ministry, ...",
"the figures show ..." are claims like any other, and the words that name the source are not part of them. A speaker who
tells what a person says, thinks or claims does not: "he claims that ...", "Zinoviev said that ...", "critics argue".
Whether somebody said it is another question than whether it is so, and a sheet of facts mostly knows only the second,
so such words are not ruled on. Nor are quotations set as such.
"""

import re
from typing import Literal, NamedTuple

from debate.referee.grammar import has_verb, starts_clause

Voice = Literal["own", "reported"]
Span = tuple[int, int]


class Report(NamedTuple):
    """Reported words inside a sentence: ``sentence[start:end]``."""

    lead: int
    """Where the words begin that say whose they are."""
    start: int
    end: int
    voice: Voice
    """"own" where the speaker answers for them, as when a source is named."""


_SOURCE = (
    r"(?:teachers?|professors?|lecturers?|textbooks?|books?|encyclop(?:a?e|æ)dias?|wikipedia|britannica|articles?"
    r"|stud(?:y|ies)"
    r"|papers?|reports?|surveys?|census(?:es)?|statistics|figures|data|numbers|records|archives?|documents?|museums?"
    r"|websites?|sites?|pages?|historians?|scholars?|scientists?|researchers?|experts?|economists?|ministry"
    r"|ministries"
    r"|office|agency|bureau|institute|department|university|academy|government|evidence|research|documentar(?:y|ies)"
    r"|sources?|law|constitution|treaty|charts?|tables?|graphs?|maps?|handbooks?|manuals?|dictionar(?:y|ies))"
)
_SAYS = (
    r"(?:says?|said|states?|stated|shows?|showed|reports?|reported|writes?|wrote|finds?|found|tells?|told"
    r"|teach(?:es)?"
    r"|taught|explains?|explained|notes?|noted|records?|recorded|concludes?|concluded|estimates?|estimated|confirms?"
    r"|confirmed|indicates?|indicated|reveals?|revealed|proves?|proved|suggests?|suggested|calculated|mentions?"
    r"|mentioned|admits?|admitted|concedes?|conceded|acknowledges?|acknowledged)"
)
_CLAIMS = (
    r"(?:claims?|claimed|alleges?|alleged|insists?|insisted|pretends?|pretended|maintains?|maintained|believes?"
    r"|believed"
    r"|thinks?|thought|reckons?|reckoned|argues?|argued|assumes?|assumed|imagines?|imagined|swears?|swore|suspects?"
    r"|suspected|fears?|feared|hopes?|hoped|supposes?|supposed|feels?|felt|denies|denied|asserts?|asserted|contends?"
    r"|contended|declares?|declared|announces?|announced|predicts?|predicted|promises?|promised|boasts?|boasted"
    r"|keeps? (?:saying|claiming|telling (?:us|me|people))|kept (?:saying|claiming)|want(?:s|ed)? us to believe"
    r"|would have us believe|says|say|said|states?|stated|tells?|told|wrote|writes?|suggests?|suggested|warns?|warned"
    r"|complains?|complained|admits?|admitted|concedes?|conceded)"
)
_PERSON = (
    r"(?:he|she|they|you|people|some|someone|somebody|everyone|everybody|many|most|others?|critics?|opponents?"
    r"|deniers?|fans?"
    r"|supporters?|friends?|brother|sister|father|mother|dad|mum|mom|uncle|aunt|neighbou?rs?|boss|colleagues?|guys?"
    r"|politicians?|headmaster|headmistress|mayor|minister|president|senator|[A-Z][\w'’.-]*[a-z])"
)
_TO = r"(?: (?:us|me|you|them|him|her|everyone|everybody|reporters|parliament|congress|people))?"
_ADVERB = (
    r"(?: (?:also|once|always|still|often|clearly|only|himself|herself|later|then|all|here|rightly|actually|even))*"
)
_OPENING = r"(?:^|[,;] |\b(?:and|but|because|since|as) )"
_BY_SOURCE = re.compile(
    _OPENING + rf"(?P<who>(?:[\w'’.-]+ ){{0,6}}?(?i:{_SOURCE})|(?:[Ee]ven )?(?:[Tt]he )?[A-Z]{{3,8}})"
    rf"(?: (?:of|by|from|in|on"
    rf"|at) (?:[\w'’.-]+ ){{0,3}}?[\w'’.-]+)?{_ADVERB} (?P<verb>{_SAYS}){_TO}(?P<that>:? that |:? )"
)
_BY_PERSON = re.compile(
    _OPENING + rf"(?P<who>(?!(?:I|we|one|let"
    rf"|if we)\b)(?:[\w'’.-]+ ){{0,5}}?{_PERSON})(?<! to)(?<! us)(?<! be)(?: here| there| in this thread"
    r"| (?:of|from) [\w'’. -]{1,30}?)?"
    rf"{_ADVERB} (?P<verb>{_CLAIMS}){_TO}(?P<that>,? that |:? )",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b[Aa]ccording to (?P<who>[^,]{2,60}?)(?:,\s+|\s+(?=the |there |[A-Z]\w+ (?:was|were|had|is|are|has)\b)"
    r"|(?P<last>[.!]?\s*$))"
)
_DISTANT = re.compile(
    r"^(?:him|her|them|you|some|people|many|critics|opponents|my \w+|your \w+|legend|rumou?rs?)\b", re.I
)
_HEARSAY = re.compile(
    r"\b(?:allegedly|supposedly|reportedly|purportedly|rumou?r has it|legend has it|it is (?:said|claimed|rumou?red"
    r"|alleged)"
    r"|is (?:said|rumou?red|alleged|supposed|believed|claimed) to|are (?:said|rumou?red|alleged|believed) to)\b"
    rf"|, (?:as )?(?:he|she|they|you|some|people|{_PERSON}) (?:say|says|said|claims?|claimed|put it|think|thinks"
    rf"|believe|writes|wrote),"
    r"|, (?:he|she|they|you|some|people) (?:say|says|said|claim|claims|claimed|reckons?|wrote)\W*$",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r";\s|\s[-–—]+\s|,?\s(?:but|yet|although|though|however|whereas)\s|,\s(?:which|and (?:I|that|this|you|he|she"
    r"|it)\b)"
)


def find_report(sentence: str) -> Report | None:
    """The words that a sentence reports of a source or a person; None where it reports nothing.

    Args:
        sentence: One sentence. Only its first report counts.
    """
    according = _ACCORDING.search(sentence)
    if according:
        voice: Voice = "reported" if _DISTANT.match(according["who"]) else "own"
        if according["last"] is not None:
            return Report(0, 0, according.start(), voice)
        end = _until(sentence, according.end()) if voice == "reported" else len(sentence)
        return Report(according.start(), according.end(), end, voice)
    if _HEARSAY.search(sentence):
        return Report(0, 0, len(sentence), "reported")
    source = _BY_SOURCE.search(sentence)
    if source and _opens_clause(sentence[source.end() :], "that" in source["that"]):
        return Report(source.start("who"), source.end(), len(sentence), "own")
    person = _BY_PERSON.search(sentence)
    if person and _opens_clause(sentence[person.end() :], "that" in person["that"]):
        return Report(person.start("who"), person.end(), _until(sentence, person.end()), "reported")
    return None


def _until(sentence: str, start: int) -> int:
    """Where the speaker takes over again."""
    turn = _TURNS.search(sentence, start)
    return turn.start() if turn else len(sentence)


def _opens_clause(text: str, introduced: bool) -> bool:
    """Whether reported words follow, and not an object ("showed signs of life") or an order ("told him to leave")."""
    return len(text.split()) >= 3 if introduced else starts_clause(text) and text[:3].lower() != "to "


_QUOTED = re.compile(
    r"(?:(?<=[\s(\[])|^)(?:\"(?=\S)[^\"]{8,1500}?(?<=\S)\"|“[^”]{8,1500}”|«[^»]{8,1500}»"
    r"|„[^“”]{8,1500}[“”])(?=[\s.,;:!?)\]]|$)",
    re.MULTILINE,
)
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


def find_quotations(text: str) -> tuple[Span, ...]:
    """Where others' words stand in a text: between quotation marks, four words or more, and in lines behind ">".

    Names and titles in quotation marks are the speaker's own words, and so is a text that is quoted as a whole.
    """
    found = [match.span() for match in _QUOTED_LINE.finditer(text)]
    for match in _QUOTED.finditer(text):
        inside = match[0][1:-1]
        if match[0].strip() != text.strip() and len(inside.split()) >= 4 and has_verb(inside):
            found.append(match.span())
    return tuple(sorted(found))
