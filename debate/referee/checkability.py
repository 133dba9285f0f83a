"""Is there anything to check, and in which history?

A statement about the real world can be checked, also inside a hypothetical; opinions, wishes, predictions,
questions, stipulated premises, reported words and statements about an imagined history cannot. In doubt there is
nothing to check: a missed claim is better than a verdict on what nobody claimed.
"""

import re
from typing import Literal, NamedTuple

from debate.referee.claims import Clause
from debate.referee.grammar import starts_clause
from debate.referee.lexicon import AUXILIARIES
from debate.referee.reading import read
from debate.referee.subjectivity import is_distanced, is_ironic, is_order, subjective
from debate.referee.time_lines import (
    Story,
    imagines,
    is_marked_real,
    is_past,
    is_premise,
    is_verbless,
    restates,
    unreal,
)
from language.words import STOPWORDS, words

__all__ = ["Assessment", "Reason", "TimeLine", "assess", "imagines", "leans"]

Reason = Literal[
    "",
    "question",
    "fragment",
    "imagined",
    "general",
    "premise",
    "prediction",
    "opinion",
    "personal",
    "request",
    "irony",
    "reported",
]
TimeLine = Literal["real", "imagined", "none"]
"""Of which history a clause speaks; "none" where it states nothing of any."""


class Assessment(NamedTuple):
    """Whether a clause can be checked; `reason` says why not, empty where it can."""

    checkable: bool
    reason: Reason

    @property
    def time_line(self) -> TimeLine:
        """The real history for what can be checked, the imagined one for premises and what follows from them."""
        if self.checkable:
            return "real"
        return "imagined" if self.reason in ("imagined", "premise") else "none"


def assess(
    clause: Clause, imagined_setting: bool, story: Story = "", premises: tuple[str | None, ...] = ()
) -> Assessment:
    """Say whether a clause can be checked.

    Args:
        clause: The clause, with its sentence.
        imagined_setting: Whether the discussion is about an imagined history, see `imagines`.
        story: Whether the sentences before began an imagined story that may go on here, and in which tense.
        premises: What the discussion stipulates; to restate it is no error.
    """
    reason = _reason(clause, imagined_setting, story, premises)
    return Assessment(not reason, reason)


_CUT_OFF = re.compile(
    r"\b(?:the|an?|is|are|was|were|that|who|which|because|if|than|and|but|or|of|with|from|his|their|its|your|my"
    r"|our)$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"\W*(?:or|nor)\s+(?:(?:never|not|even|maybe|perhaps|just|simply|at least)\s+)*", re.IGNORECASE
)
_ON_SAYING = re.compile(
    r"\W*(?:to (?:deny|say|claim|argue|suggest|insist|pretend|believe|think|assert|maintain)"
    r"|(?:denying|claiming|arguing|suggesting|insisting|pretending))(?: \w+ly)? that\b",
    re.IGNORECASE,
)
"""\"To deny that ... is ...\" is about whoever says or denies it."""
_HYPOTHETICAL = re.compile(
    r"\b(?:if|unless|would|could|should|might|may|had|[ai]tl|ittl|iotl|otl|timeline|scenario|suppose|imagine|assume)\b"
    r"|['’]d\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(r"\W*(?:you|one|nobody|no one|everybody|everyone|people|an?)\b", re.IGNORECASE)
_OWN_VIEW = re.compile(
    r"\W*(?:my|our) (?:own )?(?:answer|view|opinion|guess|position|verdict|impression|vote|take|bet|question)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"^\W*(?:this|that|it|these|those|they|he|she|there|which|who|what|such)\b", re.IGNORECASE)


def leans(reading: str) -> bool:
    """Whether a claim still points to something that nobody names: "this is what happens"."""
    if not _POINTING.match(reading):
        return False
    found = read(reading)
    return not found.dates and not found.quantities and not found.names


def is_general(reading: str) -> bool:
    """Whether a clause says of nobody by name how things are: "a gamble that pays off is still a gamble"."""
    if _HYPOTHETICAL.search(reading) or is_past(reading):
        return False
    found = read(reading)
    is_of_anybody = _ANYBODY.match(reading) is not None
    return not found.dates and not found.names and (is_of_anybody or not found.quantities)


def _reason(clause: Clause, imagined_setting: bool, story: Story, premises: tuple[str | None, ...]) -> Reason:
    text, sentence = clause.text, clause.sentence.text
    if clause.voice == "reported":
        return "reported"
    if sentence.rstrip("\"'”’) ").endswith("?") and text in sentence[-len(text) - 3 :]:
        return "question"
    found = words(clause.reading)
    is_closed = sentence.rstrip("\"'”’) ").endswith((".", "!"))
    verbless = is_verbless(clause.reading) and (len(found) < 5 or not is_closed)
    if _NO_SUBJECT.match(text) and not starts_clause(_NO_SUBJECT.sub("", text)):
        # "Or never become a leader": it goes on what was said before.
        return "fragment"
    if found and (found[0].fold in AUXILIARIES or _CUT_OFF.search(clause.text)):
        # Without its subject, or without its end, a piece says nothing.
        return "fragment"
    if len(found) < 3 or verbless or all(word.fold in STOPWORDS for word in found):
        return "fragment"
    if is_order(text) and not is_premise(text):
        return "request"
    if is_ironic(sentence):
        return "irony"
    if is_distanced(text) or _ON_SAYING.match(text):
        return "opinion"
    real = is_marked_real(text)
    if not real:
        if is_premise(text) or (imagined_setting and restates(clause.reading, *premises)):
            return "premise"
        said = unreal(clause, imagined_setting, story)
        if said:
            if _OWN_VIEW.match(text):
                return "personal"
            return "general" if said == "imagined" and is_general(clause.reading) else said
    return subjective(text)
