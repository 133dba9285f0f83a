"""Laws, news items and reports that a post pastes in without a mark: nobody's opinion, nothing for a persona to say.

What readers of threads find by its surroundings is a quotation already. Here the register gives away what is left, and
only for what a persona may say: the passage stays what the thread says that it is.
"""

import re
from collections.abc import Iterator

from personas.quotation_cues import is_personal, is_source_line

_PARAGRAPH = re.compile(r"\S(?:(?!\n[^\S\n]*\n).)*", re.DOTALL)
_LAW = re.compile(
    r"\b(?:hereby|herein(?:after)?|thereof|thereto|make no law|notwithstanding any|as defined in section)\b|"
    r"\bshall (?:be (?:deemed|construed|punished|guilty|liable|unlawful|entitled)|"
    r"not be (?:infringed|construed|abridged|denied))\b|"
    r"(?:^|\s)(?:§+ ?\d|Sec(?:tion|\.) \d+[.:(])",
    re.IGNORECASE,
)
# "1 a : loyalty to a person b (1) : keeping of promises"
_DICTIONARY = re.compile(
    r"(?:(?:^|\s)(?:\d+ )?[a-z]?(?: ?\(\d\))? : (?=\w)[^:]+){2}|^[\w·-]+ \((?:noun|verb|adj\w*|adv\w*|n|v)\.?\)", re.M
)
_NEWS = re.compile(
    r"^(?:posted:? |published:? |updated:? )?(?:\w{3,9},? )?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:,? \d{1,2}:\d\d.*)?$|"
    r"^(?:posted|published|updated|last modified):? \S.{4,50}$|"
    r"\((?:AP|AFP|UPI|CNN|Reuters|dpa|PA)\)|^(?:associated press|reuters)\b|"
    r"^[A-Z][A-Z .,'-]{3,40}(?:, \w+\.? \d{1,2})? (?:--?|—|–) [A-Z]|"
    r"\b(?:survey|poll|study) was (?:conducted|carried out|commissioned)\b|\bmargin of error\b|"
    r"\btimes out of (?:20|twenty)\b|"
    r"\bwere (?:surveyed|polled|interviewed) (?:between|from|in)\b|^for more information\b|^copyright\b|©|"
    r"\ball rights reserved\b|"
    # encyclopedias as their pages copy
    r"^\W*from wikipedia\b|\[edit\]|\[citation needed\]|[.,\w\"”)]\[\d{1,3}\].*?[.,\w\"”)]\[\d{1,3}\]",
    re.IGNORECASE | re.MULTILINE,
)
_BUTTON = re.compile(r"^\W*(?:print|e-?mail|share|save) this (?:section|page|article|story)\W*$", re.I | re.MULTILINE)
_LEAST_WORDS_CITED = 40
_ANNOUNCES = re.compile(r"(?::|\.\.\.|…|-)\s*$")


def pasted_documents(text: str) -> list[tuple[int, int]]:
    """The paragraphs of somebody's own words that read like a document pasted in.

    Args:
        text: An own passage.

    Returns:
        Start and end of each run of such paragraphs, in characters of `text`, in order.
    """
    places = [found.span() for found in _PARAGRAPH.finditer(text)]
    paragraphs = [text[start:end].rstrip() for start, end in places]
    kinds = list(_kinds(paragraphs))
    return [place for place, is_document in zip(places, kinds, strict=True) if is_document]


def _kinds(paragraphs: list[str]) -> Iterator[bool]:
    inside = False
    for at, paragraph in enumerate(paragraphs):
        last_line = paragraph.rpartition("\n")[2]
        has_button = _BUTTON.search(paragraph) is not None
        if has_button and is_personal(paragraph):
            # "... here they are:" and below it, without a blank line, the page that was copied.
            yield False
            inside = True
            continue
        if is_personal(paragraph) or is_source_line(paragraph):
            inside = False
        elif has_button or _NEWS.search(paragraph) or _is_cited(paragraphs, at):
            inside = True
        yield inside or (_is_entry(paragraph) and not is_personal(paragraph))
        if is_source_line(last_line):
            inside = False


def _is_entry(paragraph: str) -> bool:
    """Whether a paragraph is of a law or a dictionary; what stands after it may be anybody's."""
    return _LAW.search(paragraph) is not None or _DICTIONARY.search(paragraph) is not None


def _is_cited(paragraphs: list[str], at: int) -> bool:
    """Whether a long paragraph is announced by the one before it, and followed by nothing but where it is from."""
    paragraph = paragraphs[at]
    following = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
    sourced = is_source_line(following) or ("\n" in paragraph and is_source_line(paragraph.rpartition("\n")[2]))
    announced = at > 0 and _ANNOUNCES.search(paragraphs[at - 1]) is not None
    return sourced and announced and len(paragraph.split()) >= _LEAST_WORDS_CITED
