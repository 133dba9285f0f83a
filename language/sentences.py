"""Sentences of informal text, with their places.

Own rules rather than a library: forum text has numbered points, bare links, missing capitals, hard-wrapped
lines and "word.Next" typos, and every sentence must be a verbatim slice of its source.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence and its place: ``source[start:end] == text``, no white space at either end."""

    start: int
    end: int
    text: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name or a number these never end a sentence.
_OPENING_ABBREVIATIONS = _words(
    """mr mrs ms mx dr prof sen rep gov gen col capt cpt lt sgt maj adm cmdr st ste rev hon pres fr msgr mt
    ft vs v e.g eg i.e ie cf pp vol vols fig figs ca approx viz esp incl resp op ed eds trans chap ch sec
    art jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun p.s ps
    nb n.b"""
)
# These often stand last in a sentence: they end one only before a word that usually opens the next.
_CLOSING_ABBREVIATIONS = _words(
    """etc jr sr inc ltd co corp bros al a.m p.m am pm a.d b.c ad bc ce bce ph.d dept est assn govt ave blvd
    u.s u.k u.n ussr"""
)
_NUMBER_ABBREVIATIONS = _words("no nos nr p art para s c")
_OPENERS = _words(
    """the a an this that these those it its he she they we you i his her their our my your there here what
    who when where why how which if but and so or yet nor for in on at by as with after before since while
    although though because however also then thus still even not no yes is are was were do does did have
    has had can could would should will may might to of from all most many some one both each every another
    other only just now let perhaps maybe well"""
)
_WORD = re.compile(r"[^\W_]")
_LOOK_BACK = 60
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_CLOSERS = "\"'”’»)]}*_"
_END = re.compile(
    r"(?P<mark>[.!?…]+(?:[ ][.!?…](?![\w.]))?)(?P<close>[\"'”’»)\]}*_]*)(?=\s|$|(?P<glued>[A-Z][a-z]*\b))"
    r"|(?P<wide>[。！？｡।؟۔]+)(?P<wide_close>[」』”’)）]*)"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]+$")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[*_]*([^\s,.;:!?\"'”’)\]]*)")
_MARKER = re.compile(r"[ \t]*(?:[-*•·–—>#]+[ \t]+|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)][ \t]+)", re.IGNORECASE)
_BARE_MARKER = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]*$")
_PARENTHESIS = re.compile(r"\([^()\n]{1,300}\)")


@lru_cache(maxsize=1024)
def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order.

    Only white space and runs without letter or digit ("_____") are left out. A blank line always ends a
    sentence; a single line break does unless the line is hard-wrapped or goes on in lower case. The marker
    of a numbered point ("1)") belongs to the sentence that it opens. Time grows linearly.
    """
    sentences: list[Sentence] = []
    for start, end in _blocks(text):
        for left, right in _split_block(text, start, end):
            piece = text[left:right]
            bare = piece.strip()
            if _WORD.search(bare):
                left += len(piece) - len(piece.lstrip())
                sentences.append(Sentence(left, left + len(bare), bare))
    return tuple(sentences)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Runs of lines that may hold one sentence across a line break."""
    blocks: list[tuple[int, int]] = []
    start = position = 0
    previous: str | None = None
    for line in text.splitlines(keepends=True):
        content = line.rstrip()
        if previous is not None and not _runs_on(previous, content):
            blocks.append((start, position))
            start = position
        previous = content
        position += len(line)
    blocks.append((start, len(text)))
    return blocks


def _runs_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    bare = following.strip()
    if not line.strip() or not bare or _MARKER.match(following):
        return False
    if _URL.match(bare) or _URL.fullmatch(line.strip()):
        return False
    stripped = line.rstrip(_CLOSERS + " ")
    if stripped.endswith((".", "!", "?", "…", ":")):
        # Splitting inside the block finds the end; a hard-wrapped "U.S." stays whole.
        return _is_wrapped(line, bare) and not stripped.endswith(":")
    if bare[0].islower() or line.rstrip().endswith((",", ";", "-", "(")):
        return True
    return _is_wrapped(line, bare)


def _is_wrapped(line: str, following: str) -> bool:
    # A mail client breaks where the next word no longer fits into 60 to 100 columns.
    return 45 <= len(line) <= 100 and len(line) + 1 + len(following.split(maxsplit=1)[0]) > 60


def _split_block(text: str, start: int, end: int) -> list[tuple[int, int]]:
    block = text[start:end]
    links = [match.span() for match in _URL.finditer(block)]
    asides = [match.span() for match in _PARENTHESIS.finditer(block)]
    pieces: list[tuple[int, int]] = []
    left = 0
    for match in _END.finditer(block):
        cut = match.end()
        if cut <= left or _inside(links, match.start(), match.end()):
            continue
        aside = _inside(asides, match.start(), match.start() + 1)
        if aside and block[left : aside[0]].strip() and match.start() < aside[1] - 2:
            continue
        if _ends(block, left, match):
            pieces.append((start + left, start + cut))
            left = cut
    pieces.append((start + left, end))
    return pieces


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The span that holds these characters with some of its own to follow."""
    place = bisect_right(spans, (start, len(spans) and spans[-1][1] + 1)) - 1
    if place >= 0 and spans[place][0] <= start and end < spans[place][1]:
        return spans[place]
    return None


def _ends(block: str, left: int, match: re.Match[str]) -> bool:
    """Whether the punctuation found at `match` ends the sentence that began at `left`."""
    if match["wide"]:
        return True
    following = _NEXT_WORD.match(block, match.end())
    word = following[1] if following else ""
    if not word and not block[match.end() :].strip():
        return True
    # What decides stands near either end of the sentence so far: bounded slices keep the time linear.
    opening = block[left : min(match.start(), left + _LOOK_BACK)]
    found = _LAST_WORD.search(block[max(left, match.start() - _LOOK_BACK) : match.start()])
    last = found[0] if found else ""
    if match["glued"]:
        return len(last) > 2 and last.islower() and word.lower() in _OPENERS and match["mark"][0] != "…"
    if "!" in match["mark"] or "?" in match["mark"]:
        return not (match["close"] and word[:1].islower()) and bool(opening.strip() or not word[:1].islower())
    if match["mark"][0] == "…" or ".." in match["mark"] or " ." in match["mark"]:
        return not word[:1].islower() and len(opening.split()) > 3
    return _full_stop_ends(opening, last, word, bool(match["close"]))


def _full_stop_ends(opening: str, last: str, word: str, closed: bool) -> bool:
    lower, opens = last.lower().lstrip("(*_"), word.lower() in _OPENERS
    if _BARE_MARKER.fullmatch(opening) and not closed:
        return False
    if lower in _OPENING_ABBREVIATIONS:
        return False
    if lower in _NUMBER_ABBREVIATIONS and word[:1].isdigit():
        return False
    if lower in _CLOSING_ABBREVIATIONS or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):
        return opens and word[:1].isupper()
    if len(last) == 1 and last.isalpha() and last.isupper():
        return opens and word != "I"
    if word[:1].islower():
        # People who write without capitals still end their sentences.
        return not closed and len(last) > 1 and not last[-1].isdigit()
    return True
