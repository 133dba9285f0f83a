"""Who answers whom in a discussion, and whether the answer says that it disagrees.

Of 40 answers each that were drawn at random from forum discussions and read by a person, 36 of those called "disagrees"
did, and 35 of those called "agrees"; about one in ten answers says either.

Only words that say so count ("That is not true", "I agree"), at the beginning of an answer, where people put them. All
else is "unclear": most disagreement is never announced, so a missing sign is no sign of agreement. English only; on
other languages every answer is "unclear".
"""

import re
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Literal, NamedTuple

from language.sentences import split_sentences
from personas.own_words import own_sentences
from personas.terms import words
from personas.thread import Thread

Manner = Literal["disagrees", "agrees", "unclear"]

_LOOKED_AT = 2
"""Sentences at the beginning of an answer that are read for a sign."""


class Answer(NamedTuple):
    """One post's answer to the words of somebody else."""

    author: str
    answered: str
    post_id: str
    manner: Manner


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_VERY = r"(?:(?:very|quite|completely|totally|absolutely|just|simply|really|strongly|plainly|clearly|entirely|also) )*"
_BAD = (
    r"(?:wrong|false|untrue|incorrect|nonsense|rubbish|ridiculous|absurd|mistaken|a (?:lie|myth|strawman|straw man|red "
    r"herring|non sequitur|false \w+|fallacy)|bull\w*|bs|hogwash|silly|illogical|inaccurate|misleading|a load of)\b"
)
_OPENS_AGAINST = _any(
    r"no(?=[,.!;:—-]|$)(?!,? (?:doubt|question))|no,? (?:it|that|this|they|he|she|you|i|we|there|not)\b",
    r"(?:nope|nah|nonsense|rubbish|wrong|false|untrue|incorrect|hogwash|hardly|bull\w*|baloney)\b(?! side)",
    r"not (?:true|really|at all|quite|so|exactly|necessarily|even close|always|in the least|remotely)\b",
    r"on the contrary|quite the (?:contrary|opposite|reverse)|just the opposite|to the contrary|far from it",
    r"(?:since when|says who|who says)\b",
    rf"(?:this|that|it|which)(?: is|'s| was|’s) {_VERY}{_BAD}",
    rf"(?:this|that|it)(?: is|'s| was|’s) {_VERY}not (?:\w+ )?(?:true|so|right|correct|the (?:case|point|same|"
    r"issue)|what|how|why|a valid|evidence|proof|relevant|accurate)\b",
    r"(?:this|that|it) (?:isn|wasn|doesn)['’]t (?:\w+ )?(?:true|so|right|correct|the|what|how|why|follow|mean|make|"
    r"prove|change)\b",
    r"(?:this|that|it) (?:does not|proves nothing|makes no sense)\b",
    r"(?:but|yet|except(?: that)?|and yet) \w+",
)
_SAYS_AGAINST = _any(
    rf"\bi {_VERY}(?:have to |must |beg to |would |do )?(?:disagree|differ|dispute|doubt|reject)\b",
    r"\bi (?:do not|don['’]?t|cannot|can['’]?t|can not|wouldn['’]?t|couldn['’]?t) (?:\w+ly )?(?:agree|buy|accept|"
    r"think so|believe (?:that|this|you|it))\b(?! (?:with you )?more)",
    r"\bi (?:never|did not|didn['’]?t) (?:say|said|claim|claimed|write|wrote)\b",
    rf"\byou(?:['’]re|r| are) {_VERY}(?:wrong|mistaken|missing|ignoring|confusing|confused|assuming|forgetting|lying|"
    r"incorrect|dodging|misunderstanding|misreading|misrepresenting|overlooking)\b",
    r"\byou (?:\w+ly )?(?:ignore|forget|overlook|misunderstand|misunderstood|misread|miss(?:ed)? the point|"
    r"fail(?:ed)? to|do(?:n['’]t| not) (?:seem to )?(?:understand|get it)|have it backwards|got it wrong|"
    r"keep (?:saying|ignoring))\b",
    r"\byour? (?:\w+ )?(?:argument|logic|claim|reasoning|premise|point|analogy|conclusion|statement|assertion)s? "
    rf"(?:is|are|fails?|makes? no|does(?: not|n['’]t)|do(?: not|n['’]t)) {_VERY}"
    rf"(?:{_BAD}|flawed|invalid|weak|sense|hold|follow|work)",
    r"\b(?:straw ?man|non ?sequitur|does(?: not|n['’]t) follow|false (?:premise|dichotomy|analogy|dilemma))\b",
)
_OPENS_WITH = _any(
    # Not "yes": it answers "It is not" as well as "It is".
    r"(?:exactly|agreed|precisely|absolutely|amen|bingo|ditto|seconded|(?:very|so|quite) (?:true|right)|(?:very )?"
    r"(?:good|great|fair|excellent) point|well (?:said|put)|(?:that's |that is )?true)(?=[,.!;: ]|$)"
    r"(?! (?:to|now|if|not|that)\b)",
)
_SAYS_WITH = _any(
    rf"(?<!not )(?<!n't )(?<!n’t )\bi {_VERY}(?:do |would |have to |must |can )?(?:agree|concur)\b"
    r"(?! to disagree| with (?:half|part|some|most|much|a few)\b)",
    r"\b(?:couldn['’]?t|could not) agree more\b",
    rf"\byou(?:['’]re|r| are) {_VERY}(?:right|correct|spot on)\b(?! (?:wing|now|away))",
    rf"\b(?:that|this)(?: is|['’]s) {_VERY}(?:true|right|correct|a (?:\w+ )?good point)\b",
)
_TURNS = re.compile(r"\b(?:but|however|although|though|except|yet|only (?:if|when|that))\b", re.IGNORECASE)
_ASKED = re.compile(r"^(?:if|when|whether|suppose)\b", re.IGNORECASE)


def manner_of(text: str) -> Manner:
    """Whether an answer says at its beginning that it disagrees or agrees with what it answers."""
    told: set[Manner] = set()
    for place, sentence in enumerate(islice(split_sentences(text), _LOOKED_AT)):
        found = _sign(" ".join(sentence.text.split()).lstrip("\"'“”’‘.…-–— "), is_first=place == 0)
        if found == "disagrees":
            return "unclear" if "agrees" in told else "disagrees"
        told.add(found)
    return "agrees" if "agrees" in told else "unclear"


def _sign(sentence: str, *, is_first: bool) -> Manner:
    if _ASKED.match(sentence):
        return "unclear"
    if _SAYS_AGAINST.search(sentence) or (is_first and _OPENS_AGAINST.match(sentence)):
        return "disagrees"
    if _SAYS_WITH.search(sentence) or (is_first and _OPENS_WITH.match(sentence)):
        # "True, but ..." grants something and disputes the rest.
        return "unclear" if _TURNS.search(sentence) else "agrees"
    return "unclear"


def find_answers(thread: Thread) -> Iterator[Answer]:
    """Every answer of one poster to another, once for each post and person answered, in the thread's order."""
    for post_id, group in groupby(own_sentences(thread), lambda one: one.post_id):
        texts: dict[str, list[str]] = {}
        author = ""
        for sentence in group:
            author = sentence.author
            if sentence.answers_author is not None and sentence.answers_author != author:
                texts.setdefault(sentence.answers_author, []).append(sentence.text)
        for answered, said in texts.items():
            if answered in thread.authors and any(words(one) for one in said):
                yield Answer(author, answered, post_id, manner_of(" ".join(said[:_LOOKED_AT])))
