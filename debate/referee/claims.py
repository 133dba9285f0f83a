"""Claims as verbatim spans: the clauses of a sentence that can each be right or wrong on their own.

A clause is cut off only where what remains on both sides has a subject and a finite verb of its own; in
doubt the sentence stays whole, since a garbled claim is worse than a missed one.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from debate.referee.beside import Beside, find_being, opening_end
from debate.referee.framing import frame_end, tail_start
from debate.referee.grammar import PRONOUNS, has_verb, is_clause, is_finite, starts_clause
from debate.referee.relatives import RELATIVE, RELATIVES, cut_relatives, share_subjects
from debate.referee.reports import Span, Voice, find_quotations, find_report
from language.sentences import Sentence, split_sentences
from language.words import words


class Clause(NamedTuple):
    """A clause in its text: ``source[start:end] == text``."""

    start: int
    end: int
    text: str
    sentence: Sentence
    link: str
    """The word that ties it to the rest of its sentence ("because", "who", "and"), empty for the first."""
    lead: str = ""
    """Words of the same sentence that it cannot be read without: its subject, or what its "who" stands for."""
    voice: Voice = "own"

    @property
    def reading(self) -> str:
        """The clause with what its own sentence lends it: "Stalin became general secretary", for "who became ..."."""
        if not self.lead:
            return self.text
        if self.link == "being":
            return f"{self.lead} was {self.text[len(self.link) :].strip()}"
        said = RELATIVE.sub("", self.text, count=1) if self.link in RELATIVES else self.text
        return f"{self.lead} {_CONTRACTED.sub(lambda found: _FULL[found['short']], said, count=1)}"


_CONTRACTED = re.compile(r"^['’](?P<short>d|ve)(?=\s)")
_FULL = {"d": "had", "ve": "have"}
"""What "who'd" and "who've" have in short; "who would" is imagined and no claim."""
_BREAK = re.compile(
    r"(?P<strong>\s*;\s+|\s+[-–—]{1,3}\s+|\s*—\s*|:\s+)"
    r"|(?P<comma>,\s+(?:(?:and|but|so|yet|or|nor|while|whereas|although|though|because|since|when|which|after"
    r"|before|given\sthat"
    r"|even\sthough|plus|therefore|except\sthat)\s+)?)"
    r"|(?P<bare>\s+(?:and|but|because|while|whereas|although|though|when|since|so(?=\s+(?:he|she|it|they|we)\b))\s+)"
    r"|(?P<that>\s+that\s+)"
    r"|(?P<sure>\b(?:i\s+(?:do\s+)?(?:know|remember)|i['’]?\s?a?m\s+(?:\w+\s+)?(?:sure|certain|aware|convinced)"
    r"|i\s+(?:think|believe|guess)"
    r"|you\s+(?:know|forget|forgot)|everyone\s+knows|everybody\s+knows|don['’]t\s+forget"
    r"|we\s+(?:all\s+)?know)\s+(?!that\b))",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[\s*•…-]*(?:as (?:you|he|she|they|we|i|others|has been) (?:\w+ )?(?:said|say|wrote|mentioned|noted"
    r"|pointed out|know),\s+)?"
    r"(?:P\.\s?S\.\s+)?(?:\(?\d{1,2}[.)]\s+|[a-d]\)\s+)?"
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
    r"|shown|shows|proved|(?:no|not|never|nobody|cannot|can['’]?t|n['’]t)\s+(?:\w+\s+){0,2}(?:doubts?|deny"
    r"|denies|denied|disputes?|questions?)|pity|shame|(?:the )?reason \w+ \w+ is|problem is"
    r"|point is|thing is"
    r"|proves|seeing)$",
    re.IGNORECASE,
)
_MAX_PIECES = 40


def find_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of every sentence of `text`, in order; they never overlap.

    Args:
        text: What was said; claims of 10,000 characters and more are fine, time grows linearly.
    """
    quotations = find_quotations(text)
    return tuple(
        clause._replace(voice="reported") if _is_quoted(clause, quotations) else clause
        for sentence in split_sentences(text)
        for clause in _of_sentence(sentence)
    )


def _is_quoted(clause: Clause, quotations: tuple[Span, ...]) -> bool:
    """Whether others' words make up most of a clause, or stand in it whole."""
    place = bisect_left(quotations, (clause.start, 0))
    return any(
        min(clause.end, end) - max(clause.start, start) > min(clause.end - clause.start, end - start) / 2
        for start, end in quotations[max(0, place - 1) : place + 2]
    )


def _of_sentence(sentence: Sentence) -> list[Clause]:
    text = sentence.text
    left, right = frame_end(text), tail_start(text)
    # What is framed stands on its own, whatever the frame says: "if I remember correctly".
    link = ";" if left else ""
    report = find_report(text[left:])
    if report is None:
        return _clauses(sentence, left, right, link)
    lead, start, end = left + report.lead, left + report.start, left + report.end
    found = _clauses(sentence, left, lead, link) if lead > left else []
    if report.voice == "own":
        found += _clauses(sentence, start, end, "says")
    else:
        told: list[Clause] = []
        _add(told, sentence, lead, end, "says")
        found += [clause._replace(voice="reported") for clause in told]
    turn = _TURN.match(text, end)
    after = turn.end() if turn else end
    return found + (_clauses(sentence, after, len(text), "but") if after < len(text) else [])


_TURN = re.compile(r"[\s,;–—-]*(?:(?:but|yet|although|though|however|whereas|and)\s+)?")


def _clauses(sentence: Sentence, left: int, right: int, link: str) -> list[Clause]:
    lead = _LEAD.match(sentence.text[left:right])
    left += lead.end() if lead and lead.end() < right - left else 0
    found: list[Clause] = []
    left, beside = opening_end(sentence.text, left)
    if beside is not None:
        found.append(_in_passing(sentence, beside, "who"))
    for match in _BREAK.finditer(sentence.text, left, right):
        if (match.start() <= left and not match["sure"]) or match.start() < left or len(found) >= _MAX_PIECES:
            continue
        if _is_open(sentence.text, left, match.start()) or not _separates(match, *_around(match, left, right)):
            continue
        _add(found, sentence, left, match.start(), link)
        link = " ".join(re.findall(r"[a-z]+", match[0].lower())) or match[0].strip()
        left = match.end()
    _add(found, sentence, left, right, link)
    whole = [piece for clause in _with_subordinate_leads(found) for piece in cut_relatives(clause)]
    return share_subjects([piece for clause in whole for piece in _cut_being(clause)])


def _in_passing(sentence: Sentence, beside: Beside, link: str) -> Clause:
    text = sentence.text[beside.start : beside.end]
    return Clause(sentence.start + beside.start, sentence.start + beside.end, text, sentence, link, beside.who)


def _cut_being(clause: Clause) -> list[Clause]:
    """A clause, and before it what it says in passing that somebody is."""
    being = find_being(clause.text) if clause.link != "being" else None
    if being is None:
        return [clause]
    start, end = clause.start + being.start, clause.start + being.end
    said = clause._replace(
        start=start, end=end, text=clause.text[being.start : being.end], link="being", lead=being.who
    )
    before = clause.text[: being.start].rstrip(" ,")
    return [clause._replace(end=clause.start + len(before), text=before), said]


_REACH = 600
"""How many characters on either side of a break are looked at: more than a clause's forty first words."""


def _around(match: re.Match[str], left: int, right: int) -> tuple[str, str]:
    """The words before a break and after it; of long ones their beginning, and the end of those before it."""
    text = match.string
    before = text[left : match.start()]
    if len(before) > 2 * _REACH:
        before = f"{before[:_REACH]} {before[-_REACH:]}"
    return before, text[match.end() : min(right, match.end() + _REACH)]


def _is_open(text: str, left: int, right: int) -> bool:
    """Whether a bracket or a quotation mark stands open at a place."""
    if text.count("(", left, right) > text.count(")", left, right) or text.count('"', left, right) % 2:
        return True
    return text.count("“", left, right) > text.count("”", left, right)


_SINCE_WHEN = re.compile(r"(?:since|before|after|until|when)\s*$", re.IGNORECASE)
_DATED = re.compile(r"(?:the\s+)?(?:\d|early\b|late\b|mid\b|spring\b|summer\b|autumn\b|winter\b)", re.IGNORECASE)


def _separates(match: re.Match[str], before: str, after: str) -> bool:
    if _HANGING.match(after) or (_SINCE_WHEN.search(match[0]) and _DATED.match(after)):
        return False
    if match["that"]:
        return bool(_FACTIVE.search(before.strip()[-40:])) and is_clause(after) and _is_firm(before, after)
    if match["sure"]:
        return starts_clause(after) and _is_firm(match["sure"], after)
    if match["strong"]:
        return (is_clause(before) or len(before.split()) <= 6) and is_clause(after)
    if match["comma"]:
        link = match["comma"].strip(", ").lower()
        if not link:
            # A comma alone joins sentences only in careless writing; a subject right after it shows that.
            return is_clause(before) and starts_clause(after) and not _RELATIVE.match(after)
        if link in ("because", "since", "given that", "but", "yet", "although", "though") and starts_clause(after):
            return True
        if link in ("but", "yet") and _ASIDE.match(after):
            return is_clause(before)
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


_HANGING = re.compile(
    r"(?:unlike|despite|including|especially|particularly|such as|rather than|instead of|as opposed to|let alone"
    r"|(?:something|anything|someone|somebody|one|those|things?|people) (?:that|which|who|whom))\b",
    re.IGNORECASE,
)
"""What hangs on the words before it, and is no clause of its own."""
_ASIDE = re.compile(
    r"(?:with|without|in|on|by|after|before|if|even|had|given|for|as)\b[^.]*\b(?:would|could|might|was|were|had)\b",
    re.I,
)
_GUESS = re.compile(r"\bi\s+(?:\w+ly\s+)?(?:think|believe|guess|suppose)\W*$", re.IGNORECASE)
_FIGURE = re.compile(r"\d{2}|\bper ?cent\b|%")


def _is_firm(before: str, after: str) -> bool:
    """Whether what is thought or believed has a year or a figure to check; what is known need not."""
    return not _GUESS.search(before.strip()) or bool(_FIGURE.search(after))


# "He stayed until 1929 and still could not ...": the first half stands alone, the second leans on its subject.
_SHARED_SUBJECT = re.compile(
    r"(?:(?:still|also|then|even|never|later|soon|eventually|finally|thus|so)\s+)*(?:was|were|had|could|did|would"
    r"|is|are|has"
    r"|became|won|lost|died|went|took|made|remained|ended|left)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:which|who|whom|whose|that|where)\b", re.IGNORECASE)


def _add(found: list[Clause], sentence: Sentence, left: int, right: int, link: str) -> None:
    piece = sentence.text[left:right]
    bare = _JOINT.sub("", piece.strip()).rstrip(",;:")
    left += len(piece) - len(piece.lstrip())
    if bare:
        found.append(
            Clause(sentence.start + left, sentence.start + left + len(bare), bare, sentence, link),
        )


_JOINT = re.compile(r"[\s,;]+(?:and|but|or|so|yet)$", re.IGNORECASE)
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


_COMPARING = frozenset(("what", "than", "that", "which", "how", "where", "who", "as", "if", "whom"))


_MOST_WORDS = 80
"""How far a clause in front of its main clause may reach."""


def _main_clause(text: str, start: int) -> int | None:
    found = words(text)
    for place, word in enumerate(found[: min(len(found) - 1, _MOST_WORDS)]):
        if word.start < start or not has_verb(text[start : word.start]):
            continue
        following = found[place + 1]
        if place and found[place - 1].fold in _COMPARING:
            continue
        if word.fold in PRONOUNS - {"that", "this", "who", "i"} and is_finite(following):
            return word.start
        if text[word.start - 2 : word.start] == ", " and starts_clause(text[word.start :]):
            return word.start
    return None
