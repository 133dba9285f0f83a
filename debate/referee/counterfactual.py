"""Sentences that speak of what was not: "had he lived", "would have won if", "I wish it were".

English marks them by tense: a condition in the past tense with "would" in what follows from it, a past perfect with
"would have", an inversion ("had he", "were it not"), "should have" and "wish". A condition in the present, or one
after a verb of saying ("he said that if it rained he would ..."), speaks of what may still be.
"""

import re

_PARTICIPLE = (
    r"(?:\w+ed|been|known|gone|taken|made|done|come|won|lost|left|given|seen|had|become|got|gotten|kept|held|put"
    r"|chosen|told|thought|found|fallen|grown|run|met|set|paid|said|felt|brought|built|bought|let|cut|spent|written"
    r"|begun|stayed|hit|shot|read|led|sold|sent|stood|fought|caught|driven|drawn|risen|broken|spoken|struck|beaten"
    r"|hurt|shown|sunk|torn|worn|withdrawn|forgotten|understood|proven|dealt|meant|sought|taught|sworn|thrown|flown"
    r"|forgiven|hidden)"
)
_WOULD = r"(?:would(?:n['’]?t)?|could(?:n['’]?t)?|might(?:n['’]?t)?|(?:i|he|she|it|we|you|they|there|that|who)['’]d)"
_ADVERBS = r"(?: (?:\w+ly|not|never|also|still|even|already|just|then|ever|been|probably))*"
_WOULD_HAVE = re.compile(
    rf"\b{_WOULD}{_ADVERBS} (?:have|['’]ve|of|a){_ADVERBS} {_PARTICIPLE}\b|\b(?:would|could"
    rf"|might)(?:n['’]t)?['’]ve\b",
    re.IGNORECASE,
)
_STRONG_WOULD_HAVE = re.compile(rf"\bwould(?:n['’]?t)?{_ADVERBS} have{_ADVERBS} {_PARTICIPLE}\b", re.IGNORECASE)
_ANY_WOULD = re.compile(rf"\b{_WOULD}\b", re.IGNORECASE)
_SHOULD_HAVE = re.compile(
    rf"\b(?:should|ought)(?:n['’]?t| not| never)?(?: to)? (?:\w+ly )?have (?:\w+ly |never |not )?{_PARTICIPLE}\b"
    r"|\bshould(?:n['’]t)?['’]ve\b",
    re.IGNORECASE,
)
_PAST_CONDITION = re.compile(
    rf"\bif (?:[\w'’.-]+,? ){{1,9}}?(?:had|hadn['’]?t){_ADVERBS} {_PARTICIPLE}\b|\bif (?:i|he|she|it|we|you"
    rf"|they)['’]d {_PARTICIPLE}\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\bif (?:only )?(?:[\w'’.-]+ ){1,5}?(?:had|hadn['’]t)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|without|otherwise|supposing|but for)\b", re.IGNORECASE)
_PAST_IF = re.compile(
    r"\bif (?:[\w'’.-]+ ){1,4}?(?:was|were|could have|did|\w{2,}(?:ed|ew|ook|ent|ame))\b", re.IGNORECASE
)
_EVEN_IF = re.compile(r"\beven (?:if|though)\b", re.IGNORECASE)
_INDIRECT = re.compile(
    r"\b(?:said|says|told|warned|noted|thought|promised|wrote|testified|estimated|acknowledged|added|argued|suggested"
    r"|announced|believe[sd]?)\b(?: \w+){0,2} (?:that|if|it|he|she|they|the|there|even)\b|\baccording to\b",
    re.IGNORECASE,
)
_MAY_HAVE = re.compile(r"\bmay(?: not)? have\b", re.IGNORECASE)
_INVERTED = re.compile(
    rf"(?:^|[\"“,;.—–-] ?|\w )[Hh]ad (?:not |it |he |she |they |we |i |I |you |the |this |that |these |there |an? "
    rf"|[A-Z][\w'’-]+ )"
    rf"(?:[\w'’-]+ ){{0,5}}?{_PARTICIPLE}\b"
)
_WERE_IT = re.compile(
    r"\bwere it not\b|\bwere (?:it|this|that) (?:true|so|otherwise)\b|\bas it were true\b", re.IGNORECASE
)
_WERE_FIRST = re.compile(
    r"(?:^|[\"“;.—–-] ?|, )[Ww]ere (?:the \w+|this|that|he|she|it|they|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r" (?:an?|the|still|not|more|less)\b[^?!]*?\b(?:would|could|might)\b"
)
_BUT_FOR = re.compile(
    r"\b(?:if|but|were it|was it|had it) not (?:been )?for\b|\bif (?:it )?(?:was|were)(?: not|n['’]t) for\b"
    r"|\bbut for\b",
    re.I,
)
_WERE = re.compile(
    r"\bif (?:I|you|we|he|she|there) were(?:n['’]t)?\b(?! to\b)"
    r"|\bif (?:[\w'’.-]+ ){2,5}?were\b(?! to\b| \w+ed\b)|\bif (?:[\w'’.-]+ ){1,5}?(?:weren['’]t|were not)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    rf"\b(?:assuming|supposing|suppose|provided|providing|imagin(?:e|ing)|unless"
    rf"|on condition)(?: that)? (?:[\w'’.-]+ ){{1,8}}?"
    rf"(?:had{_ADVERBS} {_PARTICIPLE}|were|was|did|didn['’]t|happened|took|\w{{3,}}ed)\b",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(
    r"\b(?:without|otherwise|in (?:a|an) (?:perfect|ideal|different|normal|sane|better|just|fair) world"
    r"|in (?:different|other|normal|better) circumstances|under (?:different|other|normal) circumstances|in my shoes"
    r"|in (?:his|her|their|your) place|instead of|rather than|by now|absent)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|see|know|knew|sure|question|determine|unclear|doubt\w*|said|says"
    r"|told|asking)"
    r" (?:\w+ )?if\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:i|we|you|they|he|she|who|people|many|some|just|really|only|almost|often|\w+s) (?:\w+ly |do |just |now "
    r"|so )?wish(?:es|ed)? "
    r"(?:that )?"
    r"(?:i|he|she|it|they|we|you|the|there|more|someone|people|[A-Z]\w+|my|his|her|our|their|this|that|all"
    r"|every\w+)\b"
    r"[^.]{0,60}?\b(?:could|would|were|was|had|did|didn['’]?t|weren['’]?t|wasn['’]?t|\w{2,}ed|knew|saw|found|went"
    r"|came|got|lived)\b",
    re.IGNORECASE,
)


def is_counterfactual(sentence: str) -> bool:
    """Whether a sentence speaks, somewhere, of what was not or is not the case.

    A modal with a perfect ("could have been") is no more than a guess unless a condition stands beside it, and a past
    condition that somebody is reported to have spoken of may have been an open one.
    """
    if _WISH.search(sentence) or _SHOULD_HAVE.search(sentence):
        return True
    if not _ANY_WOULD.search(sentence):
        return bool(_MAY_HAVE.search(sentence) and (_PAST_CONDITION.search(sentence) or _INVERTED.search(sentence)))
    if any(one.search(sentence) for one in (_INVERTED, _BUT_FOR, _WERE_IT, _WERE_FIRST)):
        return True
    if _PAST_CONDITION.search(sentence) and not _ASKED.search(sentence):
        return True
    if _WOULD_HAVE.search(sentence):
        strong = _STRONG_WOULD_HAVE.search(sentence) and _CONDITION.search(sentence)
        conditions = (_SUPPOSED, _CIRCUMSTANCE, _HAD, _PAST_IF)
        return bool(strong) or any(one.search(sentence) for one in conditions)
    if _EVEN_IF.search(sentence) or _INDIRECT.search(sentence):
        return False
    return bool(_HAD.search(sentence) or _WERE.search(sentence) or _SUPPOSED.search(sentence))
