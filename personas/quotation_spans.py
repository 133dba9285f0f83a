"""Where a repeated run of words is a quotation, and where exactly it begins and ends."""

import re
from dataclasses import dataclass

from language.alignment import Repeat, Words

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*\s*$|["”]\s*$""")
_MARK_BEFORE = re.compile(r"""["“”«„‟]\s?[.…\[\]]{0,6}\s?$""")
_MARK_AFTER = re.compile(r"""^[.,!?…\[\]]{0,6}\s?["“”»‟]""")
_MAX_SNAP_WORDS = 2
_MAX_STRAGGLERS = 3

# Fewest words that make a repeat a quotation, by how its ends fall; found on half of the IAC sample.
_MIN_WORDS_WHOLE_LINES = 4
_MIN_WORDS_LINE_AND_SENTENCE = 7
_MIN_WORDS_SENTENCES = 12
_MIN_WORDS_IN_MARKS = 12
_MIN_WORDS_ANYWHERE = 24
_MIN_SHARE_THE_SAME = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, as characters and as words; it repeats words `source_first` to `source_last`."""

    start: int
    end: int
    first: int
    last: int
    whole_lines: bool
    confidence: float


def quotation_span(text: str, words: Words, found: Repeat) -> Span | None:
    """The stretch of `text` that is quoted where words repeat, None where a repeat is too slight to be a quotation."""
    first, last = _snap(words, found)
    if found.same < _MIN_SHARE_THE_SAME * (last - first):
        return None
    opens, closes = words.opens_line(first), words.closes_line(last - 1)
    start, end = _with_marks(text, words, first, last)
    sentence_opens = opens or bool(_SENTENCE_END.search(text[max(0, start - 8) : start]))
    sentence_closes = closes or bool(_SENTENCE_END.search(text[max(start, end - 8) : end]))
    in_marks = bool(_MARK_BEFORE.search(text[max(0, words.starts[first] - 8) : words.starts[first]])) and bool(
        _MARK_AFTER.search(text[words.ends[last - 1] : words.ends[last - 1] + 9])
    )
    if opens and closes:
        needed = _MIN_WORDS_WHOLE_LINES
    elif (opens or closes) and sentence_opens and sentence_closes:
        needed = _MIN_WORDS_LINE_AND_SENTENCE
    elif in_marks:
        needed = _MIN_WORDS_IN_MARKS
    elif sentence_opens and sentence_closes:
        needed = _MIN_WORDS_SENTENCES
    else:
        needed = _MIN_WORDS_ANYWHERE
    if found.same < needed:
        return None
    surplus = min(1.0, (found.same - needed) / 12)
    confidence = (0.75 if opens and closes else 0.65) + 0.24 * surplus
    return Span(start, end, first, last, opens and closes, round(confidence, 2))


def _snap(words: Words, found: Repeat) -> tuple[int, int]:
    """Widen or narrow a run to whole lines where only a word or two at an end differ, or stand beyond a line's edge."""
    first, last = _without_stragglers(words, found.first, found.last)
    allowed = min(_MAX_SNAP_WORDS, found.same // 6)
    for step in range(allowed + 1):
        if first - step >= 0 and words.opens_line(first - step):
            first -= step
            break
        if first - step <= 0:
            break
    for step in range(allowed + 1):
        if last - 1 + step < len(words) and words.closes_line(last - 1 + step):
            last += step
            break
        if last + step >= len(words):
            break
    return first, last


def _without_stragglers(words: Words, first: int, last: int) -> tuple[int, int]:
    """Leave out the last words of the line before and the first words of the line after, alike by chance."""
    allowed = min(_MAX_STRAGGLERS, (last - first) // 3)
    if not words.opens_line(first):
        for at in range(first + 1, min(first + allowed + 1, last)):
            if words.opens_line(at):
                first = at
                break
    if not words.closes_line(last - 1):
        for at in range(last - 1, max(last - allowed - 1, first), -1):
            if words.closes_line(at - 1):
                last = at
                break
    return first, last


def _with_marks(text: str, words: Words, first: int, last: int) -> tuple[int, int]:
    """Characters of the words with the punctuation and smilies around them, up to their line's edges."""
    start, end = words.starts[first], words.ends[last - 1]
    if words.opens_line(first):
        start = text.rfind("\n", 0, start) + 1
    else:
        while start > 0 and text[start - 1] in "\"“”'‘«([{…":
            start -= 1
    if words.closes_line(last - 1):
        stop = text.find("\n", end)
        end = len(text) if stop < 0 else stop
    else:
        while end < len(text) and not text[end].isalnum() and not text[end].isspace() and text[end] not in "([{<“":
            end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
