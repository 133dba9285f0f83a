"""How likely the end of one line and the start of the next are a quotation and its answer, by their words alone.

The weights are those of a logistic regression on line ends of the IAC sample (half to fit, half to check), rounded;
"answer" and "quote" name the two lines. They are weak evidence and are meant to be added to how the lines are set.
"""

import math
import re
from collections import Counter
from functools import lru_cache

_ANSWER_OPENS = re.compile(
    r"(?i)^[\"'“(*]*(?:"
    r"yes\b|yeah|yep|yup|no\b|nope|nah|not (?:really|even|necessarily|at all|true|quite|exactly|so)|"
    r"well\b|actually|i see|doh|ah+\b|oh+\b|thanks|thank you|agreed?\b|exactly|precisely|indeed|true\b|right\b|wrong\b|"
    r"correct\b|false\b|sure\b|of course|maybe|perhaps|really\b|huh|hm+|lol|haha|same here|"
    r"so you|"
    r"or (?:never|maybe|not)|"
    r"and yet|i (?:agree|disagree|don['’]?t|didn['’]?t|never|doubt|already|would argue)|you\b|"
    r"you['’]?re|your\b|imh?o\b|"
    r"that['’]?s|again\b|sorry|nonsense|unlikely|interesting|semantics|i can second|could\s?n['’]t agree|"
    r"what (?:do|does|is|are|about|makes)|how (?:do|does|is|are|about|can)|why (?:do|does|is|are|would|not))"
)
_POINTS_BACK = re.compile(r"(?i)^(?:this|that|these|those|it|which|such)\b")
_GREETING = re.compile(
    r"(?i)^(?:hi|hello|hey|dear|greetings|thanks|thank you|good (?:morning|evening|day)|welcome|ok|regards|cheers|"
    r"best)\b"
)
_BULLET = re.compile(r"^(?:[•\-*–—]\s|\(?\d{1,2}[.)]|[a-z]\))")
_LINK = re.compile(r"^\S*(?:://|www\.)\S*$")
_YOU = re.compile(r"(?i)\b(?:you|your|you['’]re|yours)\b")
# World War I, Nicholas I and Part I speak of nobody.
_ME = re.compile(
    r"\b(?:(?<!War )(?<!Part )(?<!Act )(?<!Volume )(?<!Book )(?<!Chapter )(?<!Phase )(?<!Type )"
    r"(?<!Alexander )(?<!Nicholas )(?<!Peter )(?<!Francis )(?<!Charles )(?<!James )(?<!Elizabeth )(?<!George )"
    r"I|I['’]m|I['’]ve|I['’]d|my|me|i|im)\b"
)
_ADDS = re.compile(
    r"(?i)^(?:also|furthermore|moreover|then|next|finally|second|third|lastly|additionally|another|edit)\b"
)
_SOURCE = re.compile(
    r"(?i)://|\bwww\.|\b(?:from|according to|quot(?:e|es|ed|ing)|article|news|website|web ?page|web ?site|site|source|"
    r"dictionary|wikipedia|encyclopa?edia|book|chapter|verse|letter|editorial|report|study|poll|speech|statement|"
    r"said|says|saying|wrote|writes|states?|stated|reads|writing|words of|excerpts?|passage|paragraph|snippet|"
    r"definition|defined|definitions)\b"
)
_ARTICLE = re.compile(
    r"^(?:By [A-Z]\w+ [A-Z]|Posted:|©|\(?[A-Z]{2,}[A-Za-z ,.]{0,30}\)? ?(?:--?|—|–|\() ?|[\"'‘“].{10,120}[\"'’”]? \w)"
)
_BYLINE = re.compile(r"^By (?:[A-Z][\w.'’-]+\s+){1,3}[A-Z][\w.'’-]+(?:,? [A-Z][\w ]{2,40})?$")
_SOURCE_LINE = re.compile(
    r"(?i)^(?:source|from|taken from|via|link)\s*:?\s+\S*(?:://|www\.)\S+$|^.{3,80} - wikipedia\b.{0,40}$"
)
_REPORTS = re.compile(
    r"[\"”,] (?:[A-Z][\w'’-]+ ){0,3}(?:he |she |they )?(?:said|says|told|added|continued|wrote)\b|\bsaid: [\"“]"
)
_SAYING = re.compile(r"^[\"“][^\"“”]{30,600}[\"”]\s*(?:--?|—|–|~)\s?(?:[A-Z]\S*[ ,.]*){1,8}[^.!?]{0,60}\.?$")
_POSTSCRIPT = re.compile(r"(?i)^\(?(?:p\.\s?)+s\b\.?|^ps\b[:.]")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
_IN_MARKS = re.compile(r"[\"“]([^\"“”]{5,200})[\"”]")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FUNCTION_WORDS = (
    "the a an of to in and or is are was were be been it this that these those for on at by with as i you he "
    "she they we not no do does did have has had but so if then than from my your his her its our their what "
    "who which when where why how can could would should will just about there here all any some one more most "
    "very only also into out up down over under again me him them us am "
)
_COMMON = frozenset(_FUNCTION_WORDS.split())


def answer_score(quote: str, answer: str) -> float:
    """Log odds, up to a constant, that `quote` is quoted and `answer` answers it.

    Args:
        quote: The line before the edge.
        answer: The line after it.
    """
    quote, answer = quote.strip(), answer.strip()
    quote_words, answer_words = _WORD.findall(quote.lower()), _WORD.findall(answer.lower())
    start_of_answer = " ".join(answer_words[:14])
    # Smilies and marks may follow the question mark.
    asks = re.sub(r"[^\w?]+$", "", quote).endswith("?")
    score = 2.0 * _overlap(quote, answer)
    score += 1.0 * bool(_ANSWER_OPENS.match(answer))
    score += 0.4 * bool(_YOU.search(start_of_answer))
    score += 0.4 * bool(_YOU.search(quote) and _ME.search(answer))
    score += 0.4 * (asks and "?" not in answer[:120])
    score += 0.4 * bool(_POINTS_BACK.match(answer))
    score -= 2.0 * quote.endswith((":", ",", ";"))
    score -= 1.5 * bool(_BULLET.match(answer) and not _BULLET.match(quote))
    score -= 1.0 * (answer[:1] in '"“')
    score -= 1.5 * bool(_LINK.match(answer))
    score -= 1.0 * (len(quote_words) < 4)
    score -= 0.5 * (len(quote_words) < 7 and len(answer_words) < 7)
    score -= 1.0 * bool(_GREETING.match(quote))
    score -= 1.5 * (quote.count("(") > quote.count(")") + quote.count(":("))
    score -= 0.6 * bool(_ADDS.match(answer))
    return score


def foreign_score(quote: str, answer: str, of_post: Counter[str]) -> float:
    """Log odds, up to a constant, that somebody else than the writer of the post wrote `quote`.

    Args:
        quote: The words in question.
        answer: The line after them.
        of_post: The post's apostrophes, from `apostrophes`.
    """
    score = 0.0
    typed = apostrophes(quote)
    rest = of_post - typed
    if typed and rest and not typed.keys() & rest.keys():
        # One keyboard types one kind of apostrophe.
        score += 1.5
    if _POSTSCRIPT.match(quote) and len(answer.split()) > 3 and not _POSTSCRIPT.match(answer):
        # A postscript comes last; one that is followed by an answer is somebody else's.
        score += 3.0
    lowered = " ".join(_WORD.findall(quote.lower()))
    fragments = (" ".join(_WORD.findall(found.lower())) for found in _IN_MARKS.findall(answer))
    if any(" " in fragment and fragment in lowered for fragment in fragments):
        score += 1.5
    return score


def apostrophes(text: str) -> Counter[str]:
    """How often each kind of apostrophe stands inside the words of a text."""
    return Counter(_APOSTROPHE.findall(text))


def _overlap(one: str, other: str) -> float:
    first, second = content_words(one), content_words(other)
    return len(first & second) / math.sqrt((len(first) + 2) * (len(second) + 2))


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, in lower case."""
    return frozenset(word for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in _COMMON)


def introduces_quote(line: str) -> bool:
    """Whether a line announces words of somebody else ("From the article:", "he wrote:")."""
    line = line.rstrip()
    # ":name:" is a smiley.
    return line.endswith(":") and not re.search(r":\w+:$", line) and len(_last_sentence(line).split()) <= 60


def announces_excerpt(line: str) -> bool:
    """Whether an announcing line says that what follows is taken from somewhere ("From the article:")."""
    return bool(
        re.match(r"(?i)(?:here is |this is )?(?:taken |quoted? |an excerpt |excerpts? )?from\b", _last_sentence(line))
    )


def _last_sentence(line: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", line[-600:])[-1]


def is_link(line: str) -> bool:
    """Whether a line is nothing but a link."""
    return bool(_LINK.match(line.strip()))


def is_postscript(line: str) -> bool:
    """Whether a line begins with "P.S."."""
    return bool(_POSTSCRIPT.match(line))


def is_attribution(line: str) -> bool:
    """Whether a line only says whose the words before it are ("-- Name, title, year")."""
    return bool(re.match(r"^\s*(?:--?|—|–|~)\s?[A-Z\"“]", line)) and len(line.split()) <= 12


def is_wrapped(line: str) -> bool:
    """Whether a line stands in quotation marks, or between dots of omission, from end to end."""
    line = line.strip()
    if re.match(r"^(?:…|\.\.\.|\[\.\.\.\]|\[…\])", line) and re.search(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])$", line):
        return True
    return line[:1] in '"“«' and line.rstrip(".,;")[-1:] in '"”»' and line.count('"') <= 2


def is_saying(line: str) -> bool:
    """Whether a line is a saying in quotation marks with its author behind it (``"Know thyself." -- Somebody``)."""
    return bool(_SAYING.match(line.strip()))


def cites_source(line: str) -> bool:
    """Whether an announcing line names where the words come from: a link, a paper, a book, somebody who said them."""
    return bool(_SOURCE.search(line[-160:]))


def opens_article(line: str) -> bool:
    """Whether a line begins a pasted news item: a byline, a dateline, a date of posting."""
    return bool(_ARTICLE.match(line.strip()))


def is_byline(line: str) -> bool:
    """Whether a line only says who wrote the news item that it stands over ("By Ida Jonson")."""
    return bool(_BYLINE.match(line.strip()))


def is_source_line(line: str) -> bool:
    """Whether a line only says where the text above it is from: a link, the title of an encyclopedia's page."""
    line = line.strip()
    return is_link(line) or bool(_SOURCE_LINE.match(line))


def is_personal(line: str) -> bool:
    """Whether somebody speaks of himself or to somebody in a line, quoted speech left out."""
    line = _IN_MARKS.sub("", line)
    return bool(_ME.search(line) or _YOU.search(line))


def is_reported(line: str) -> bool:
    """Whether a line of a news item reports speech: it opens with a quotation mark, or says that somebody said so."""
    return line.strip()[:1] in '"“' or bool(_REPORTS.search(line))


def begins_list(line: str) -> bool:
    """Whether a line is the first point of a list."""
    return bool(_BULLET.match(line.strip()))
