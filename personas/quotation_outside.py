"""Words from outside the discussion that a post pastes in: announced, credited, news items, sayings.

Their source is not in the file; that they are quoted shows in what stands around them: a line that announces them, a
line that says whose they are, a headline over a byline.
"""

from collections.abc import Sequence

from language.spans import Spans
from personas.quotation_cues import (
    announces_excerpt,
    begins_list,
    cites_source,
    introduces_quote,
    is_attribution,
    is_byline,
    is_link,
    is_personal,
    is_reported,
    is_saying,
    is_source_line,
    is_wrapped,
    opens_article,
)
from personas.quotation_inference import Edges, Guess, Line

_MIN_WORDS_WRAPPED = 20
_MIN_WORDS_ANNOUNCED = 12
_MIN_WORDS_ARTICLE = 60
_MAX_WORDS_HEADLINE = 16
_BYLINE_WITHIN = 4
_MAX_LINES_TO_CLOSE = 12
_MAX_LINES = 40
_SURE_EDGE = 0.7
_CLEAR_EDGE = 1.5


def announced_quotations(text: str, lines: Sequence[Line], known: Spans, edges: Edges) -> list[Guess]:
    """Words from outside the discussion: announced by a colon, or in quotation marks, as whole lines.

    Args:
        text: The post.
        lines: Its lines, from `split_text`.
        known: Quotations found already, as characters.
        edges: What was learned about the discussion.
    """
    guesses: list[Guess] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        content = text[line.start : line.end]
        if known.touches(line.start, line.end):
            at += 1
            continue
        if (
            (is_wrapped(content) and len(content.split()) >= _MIN_WORDS_WRAPPED)
            or is_saying(content)
            or _is_credited(text, lines, at)
        ):
            guesses.append(Guess(line.start, line.end, 0.7))
        elif at and _is_announced(text, lines, at, edges):
            last = _closing(text, lines, at, known, edges)
            if last is not None and len(text[line.start : lines[last].end].split()) >= _MIN_WORDS_ANNOUNCED:
                guesses.append(Guess(line.start, lines[last].end, 0.6))
                at = last
        at += 1
    return guesses


def _is_announced(text: str, lines: Sequence[Line], at: int, edges: Edges) -> bool:
    """Whether the line before announces words of somebody else, or the link below such a line does.

    Below a link mostly stands what the writer says of it, so the gap must be one that quotations have here.
    """
    before = text[lines[at - 1].start : lines[at - 1].end]
    if at > 1 and is_link(before) and edges.begins(lines[at]) > _CLEAR_EDGE:
        before = text[lines[at - 2].start : lines[at - 2].end]
    return introduces_quote(before)


def _is_credited(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether the next line, set close below a paragraph of nobody's own, only says whose it is."""
    if at + 1 >= len(lines) or lines[at + 1].gap != "1":
        return False
    content, below = text[lines[at].start : lines[at].end], text[lines[at + 1].start : lines[at + 1].end]
    if at + 2 == len(lines) and "," not in below:
        # The last line of a post that is no more than a name is the writer's own signature.
        return False
    of_somebody = len(content.split()) >= _MIN_WORDS_ANNOUNCED and not is_personal(content) and not begins_list(content)
    return of_somebody and is_attribution(below)


def pasted_articles(text: str, lines: Sequence[Line], quoted: Spans) -> list[Guess]:
    """News items pasted whole: a headline, its writer named right below, and all that follows.

    Args:
        text: The post.
        lines: Its lines, from `split_text`.
        quoted: Quotations found already, as characters.
    """
    guesses: list[Guess] = []
    at = 0
    while at < len(lines):
        last = None if quoted.touches(lines[at].start, lines[at].end) else _end_of_article(text, lines, at, quoted)
        if last is not None:
            guesses.append(Guess(lines[at].start, lines[last].end, 0.6))
            at = last
        at += 1
    return guesses


def _end_of_article(text: str, lines: Sequence[Line], at: int, known: Spans) -> int | None:
    """Last line of a news item whose headline is line `at`, its writer named right below; None where it is none."""
    headline = text[lines[at].start : lines[at].end]
    below = [text[line.start : line.end] for line in lines[at + 1 : at + 3]]
    if len(headline.split()) > _MAX_WORDS_HEADLINE or headline.endswith((".", ":")) or not any(map(is_byline, below)):
        return None
    last = _end_of_impersonal(text, lines, at, known, spoken=True)
    return last if len(text[lines[at].start : lines[last].end].split()) >= _MIN_WORDS_ARTICLE else None


def _closing(text: str, lines: Sequence[Line], at: int, known: Spans, edges: Edges) -> int | None:
    """Last line of announced words: before a link, with an attribution, at an edge like those after quotations."""
    said = [text[line.start : line.end] for line in lines[at : at + _MAX_LINES]]
    if is_link(said[0]):
        return None
    names_source = cites_source(text[lines[at - 1].start : lines[at - 1].end])
    for step, content in enumerate(said):
        last = at + step
        if known.touches(lines[last].start, lines[last].end):
            return None
        near = step < _MAX_LINES_TO_CLOSE
        # The last line of a post that looks like an attribution is the writer's own signature.
        if near and step and is_attribution(content) and last + 1 < len(lines):
            return last
        if near and step and is_source_line(content):
            return last - 1
        if names_source and last + 1 < len(lines) and edges.ends(lines[last]) > _SURE_EDGE:
            return last
    announcing = text[lines[at - 1].start : lines[at - 1].end]
    if is_link(announcing) and at > 1:
        announcing = text[lines[at - 2].start : lines[at - 2].end]
    if is_wrapped(said[0]):
        return at
    if names_source and (announces_excerpt(announcing) or any(map(opens_article, said[:_BYLINE_WITHIN]))):
        return _end_of_impersonal(text, lines, at, known)
    return at if names_source and not begins_list(said[0]) else None


def _end_of_impersonal(text: str, lines: Sequence[Line], at: int, known: Spans, *, spoken: bool = False) -> int:
    """Last of the lines from `at` on in which nobody says "I" or "you" or announces more, as in a pasted article.

    With `spoken`, paragraphs that open with a quotation mark, and such that say who said so, are passed.
    """
    last = at
    while last + 1 < len(lines) and not known.touches(lines[last + 1].start, lines[last + 1].end):
        content = text[lines[last + 1].start : lines[last + 1].end]
        if introduces_quote(content) and not spoken:
            break
        if is_personal(content) and not (spoken and is_reported(content)):
            break
        last += 1
    return last
