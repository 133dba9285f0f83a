"""Claims as verbatim spans: the clauses of a sentence that can each be right or wrong on their own.

A clause is cut off only where what remains on both sides has a subject and a finite verb of its own; in
doubt the sentence stays whole, since a garbled claim is worse than a missed one.
"""

import re
from typing import NamedTuple

from debate.referee.lexicon import AUXILIARIES, MODALS, PAST_VERBS, PRESENT_VERBS
from language.sentences import Sentence, split_sentences
from language.words import STOPWORDS, Word, fold, word_set, words


class Clause(NamedTuple):
    """A clause in its text: ``source[start:end] == text``."""

    start: int
    end: int
    text: str
    sentence: Sentence
    link: str
    """The word that ties it to the rest of its sentence ("because", "who", "and"), empty for the first."""


_SUBJECTS = word_set(
    """he she they it we you i this that these those there nobody everyone everybody no-one some many most
    all both one who which the a an his her their its our my your neither each every another"""
)
_PRONOUNS = word_set("he she they it we you i there this that these those nobody everyone who")
_BREAK = re.compile(
    r"(?P<strong>\s*;\s+|\s+[-–—]{1,3}\s+|\s*—\s*|:\s+)"
    r"|(?P<comma>,\s+(?:(?:and|but|so|yet|or|nor|while|whereas|although|though|because|since|when|which|after|before|given\sthat"
    r"|even\sthough|plus|therefore|except\sthat)\s+)?)"
    r"|(?P<bare>\s+(?:and|but|because|while|whereas|although|though|when|since)\s+)"
    r"|(?P<that>\s+(?:that)\s+)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[\s*•…-]*(?:P\.\s?S\.\s+)?(?:\(?\d{1,2}[.)]\s+|[a-d]\)\s+)?"
    r"(?:(?:and|but|so|or|plus|yet|indeed|of course|after all|for example|for instance|in fact|also|besides|moreover"
    r"|therefore|well|yes|yeah|no|oh|sure|actually|again|first|firstly|second|secondly|third|thirdly"
    r"|finally|now|still"
    r"|however|anyway)(?:,\s+|(?<=\band)\s+(?=yet\b)|(?<=\bbut)\s+(?=then\b)))*"
    r"(?:(?:and|but|so|or|plus|yet|indeed|of course|however|also)\s+(?=(?:the|a|an|he|she|it|they|we|you|i"
    r"|this|that|these"
    r"|those|there|his|her|their|when|after|because|since|in|no|not|[A-Z])\b))?",
    re.IGNORECASE,
)
_FACTIVE = re.compile(
    r"\b(?:know|knows|knew|remember|forgets?|forgot|reali[sz]ed?|reali[sz]es|recall|(?:the|a) fact|no doubt"
    r"|it is true"
    r"|it's true|it is a fact|i think|i believe|i'd say|i would say|i'm sure|i am sure|sure|certain|clear"
    r"|obvious|note"
    r"|admit|given|considering|considering the fact|mention|point out|pointed out|remind|aware|learned"
    r"|shown|shows|proved"
    r"|proves|seeing)$",
    re.IGNORECASE,
)
_MAX_PIECES = 40


def find_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of every sentence of `text`, in order; they never overlap.

    Args:
        text: What was said; claims of 10,000 characters and more are fine, time grows linearly.
    """
    return tuple(clause for sentence in split_sentences(text) for clause in _clauses(sentence))


def _clauses(sentence: Sentence) -> list[Clause]:
    lead = _LEAD.match(sentence.text)
    left = lead.end() if lead and lead.end() < len(sentence.text) else 0
    found: list[Clause] = []
    link = ""
    for match in _BREAK.finditer(sentence.text, left):
        if match.start() <= left or len(found) >= _MAX_PIECES:
            continue
        before, after = sentence.text[left : match.start()], sentence.text[match.end() :]
        if not _separates(match, before, after):
            continue
        _add(found, sentence, left, match.start(), link)
        link = " ".join(re.findall(r"[a-z]+", match[0].lower())) or match[0].strip()
        left = match.end()
    _add(found, sentence, left, len(sentence.text), link)
    return _with_subordinate_leads(found)


def _separates(match: re.Match[str], before: str, after: str) -> bool:
    if before.count("(") > before.count(")") or before.count('"') % 2 or before.count("“") > before.count("”"):
        return False
    if match["that"]:
        return bool(_FACTIVE.search(before.strip()[-40:])) and is_clause(after)
    if match["strong"]:
        return (is_clause(before) or len(before.split()) <= 6) and is_clause(after)
    if match["comma"]:
        link = match["comma"].strip(", ").lower()
        if not link:
            # A comma alone joins sentences only in careless writing; a subject right after it shows that.
            return is_clause(before) and starts_clause(after) and not _RELATIVE.match(after)
        if link == "which" or _SHARED_SUBJECT.match(after):
            return len(before.split()) >= 4 and is_clause(before) and has_verb(after[:60])
        return is_clause(before) and starts_clause(after)
    link = match["bare"].strip().lower()
    if link == "though" and before.endswith(("as", "even")):
        return False
    if link == "and" and before.split()[-1][:1].isupper() and after[:1].isupper():
        # "France and Britain are ...": two names, not two sentences.
        return False
    if link in ("and", "but") and _SHARED_SUBJECT.match(after):
        return len(before.split()) >= 4 and is_clause(before)
    return is_clause(before) and starts_clause(after)


# "He stayed until 1929 and still could not ...": the first half stands alone, the second leans on its subject.
_SHARED_SUBJECT = re.compile(
    r"(?:(?:still|also|then|even|never|later|soon|eventually|finally|thus|so)\s+)*(?:was|were|had|could|did|would|is|are|has"
    r"|became|won|lost|died|went|took|made|remained|ended|left)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:which|who|whom|whose|that|where)\b", re.IGNORECASE)


def _add(found: list[Clause], sentence: Sentence, left: int, right: int, link: str) -> None:
    piece = sentence.text[left:right]
    bare = piece.strip().rstrip(",;:")
    left += len(piece) - len(piece.lstrip())
    if bare:
        found.append(
            Clause(sentence.start + left, sentence.start + left + len(bare), bare, sentence, link),
        )


_OPENING = re.compile(r"^(?:when|after|before|because|since|although|though|while|once|until)\s+", re.IGNORECASE)


def _with_subordinate_leads(found: list[Clause]) -> list[Clause]:
    """Cut "when the SRs won the election he was fine with ..." where a pronoun opens the main clause."""
    cut: list[Clause] = []
    for clause in found:
        opening = _OPENING.match(clause.text)
        split = _main_clause(clause.text, opening.end()) if opening else None
        if opening is None or split is None:
            cut.append(clause)
            continue
        head = clause.text[opening.end() : split].rstrip(", ")
        word = opening[0].strip().lower()
        start = clause.start + opening.end()
        cut.append(Clause(start, start + len(head), head, clause.sentence, word))
        cut.append(clause._replace(start=clause.start + split, text=clause.text[split:], link=clause.link))
    return cut


def _main_clause(text: str, start: int) -> int | None:
    found = words(text)
    for place, word in enumerate(found[:-1]):
        if word.start < start or not has_verb(text[start : word.start]):
            continue
        following = found[place + 1]
        if word.fold in _PRONOUNS - {"that", "this", "who", "i"} and is_finite(following):
            return word.start
        if text[word.start - 2 : word.start] == ", " and starts_clause(text[word.start :]):
            return word.start
    return None


def is_finite(word: Word) -> bool:
    """Whether a word looks like a finite verb."""
    folded = word.fold
    return (
        folded in AUXILIARIES
        or folded in PAST_VERBS
        or folded in PRESENT_VERBS
        or folded in MODALS
        or folded.endswith(("n't", "'d", "'ll", "'s", "'re", "'ve", "'m"))
        or (folded.endswith("ed") and len(folded) > 3 and word.text[0].islower())
    )


def has_verb(text: str) -> bool:
    """Whether a finite verb stands anywhere in a short piece."""
    return any(is_finite(word) for word in words(text))


def is_clause(text: str) -> bool:
    """Whether a piece has a subject and a finite verb after it."""
    return any(is_finite(word) for word in words(text)[1:40]) or _contracted(text)


def starts_clause(text: str) -> bool:
    """Whether a piece opens with a subject that a finite verb follows."""
    found = words(text)[:12]
    if not found:
        return False
    if _contracted(text):
        return True
    first = found[0]
    if first.fold in _PRONOUNS:
        return any(is_finite(word) for word in found[1:4])
    names = first.text[0].isupper() or first.fold in _SUBJECTS or fold(first.text) not in STOPWORDS
    if not names or is_finite(first):
        return False
    for word in found[1:8]:
        if word.fold in ("to", "of", "and", "or", "by", "for", "with") and word is found[1] and word.fold != "of":
            return False
        if is_finite(word):
            return not (word.fold.endswith("ed") and word.fold not in PAST_VERBS and found.index(word) == 1
                        and first.text[0].islower())  # fmt: skip
        if word.fold in ("and", "or", "which", "who", "that") or text[word.end : word.end + 1] in (",", ";", ":"):
            return False
    return False


_CONTRACTED = re.compile(
    r"\W*(?:i|he|she|it|they|we|you|there|that|who|what)(?:['’`](?:s|d|ll|re|ve|m))\b", re.IGNORECASE
)


def _contracted(text: str) -> bool:
    return bool(_CONTRACTED.match(text))
