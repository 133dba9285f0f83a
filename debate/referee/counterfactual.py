"""Sentences that speak of what was not: "had he lived", "would have won if", "I wish it were"."""

import re

_PARTICIPLE = (
    r"(?:\w+ed|been|known|gone|taken|made|done|come|won|lost|left|given|seen|had|become|got|gotten|kept|held|put"
    r"|chosen|told|thought|found|fallen|grown|run|met|set|paid|said|felt|brought|built|bought|let|cut|spent|written"
    r"|begun|stayed)"
)
_WOULD = r"(?:would(?:n['’]?t)?|could(?:n['’]?t)?|might(?:n['’]?t)?|\w+['’]d)"
_WOULD_HAVE = re.compile(
    rf"\b{_WOULD}(?: \w+)? (?:have|['’]ve) (?:\w+ly |not |never |been )*{_PARTICIPLE}\b"
    r"|\b(?:would|could|might)['’]ve\b",
    re.IGNORECASE,
)
_ANY_WOULD = re.compile(rf"\b{_WOULD}\b", re.IGNORECASE)
_SHOULD_HAVE = re.compile(rf"\bshould(?:n['’]?t| not| never)? have (?:\w+ly |never )?{_PARTICIPLE}\b", re.IGNORECASE)
_PAST_CONDITION = re.compile(
    rf"\bif (?:[\w'’-]+ ){{1,7}}(?:had|hadn['’]?t)(?: \w+)? {_PARTICIPLE}\b|\bif [\w'’]+d {_PARTICIPLE}\b",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    rf"(?:^|[\"“,;.—-] ?|\w )had (?:not |it |he |she |they |we |i |you |the |this |that |these |an? |[A-Z][\w'’-]+ )"
    rf"(?:[\w'’-]+ ){{0,5}}?{_PARTICIPLE}\b|\bwere it not\b|\bwere (?:it|he|she|they|we|i|there) (?:not )?to\b"
)
_BUT_FOR = re.compile(r"\b(?:if|but|were it|was it) not (?:for|been for)\b|\bbut for\b|\bif only\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|otherwise|supposing|unless|instead of)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|had|without|otherwise|supposing|but for|wish\w*)\b", re.IGNORECASE)
_WERE = re.compile(r"\bif (?:i|he|she|it|there|this) were(?:n['’]t)?\b", re.IGNORECASE)
_WISH = re.compile(
    r"\b(?:i|we|you|they|he|she|who|people|many|some|just|really|only|\w+s) (?:\w+ly |do |just |now )?wish(?:es|ed)? "
    r"(?:that )?"
    r"(?:i|he|she|it|they|we|you|the|there|more|someone|people|[A-Z]\w+|my|his|her|our|their|this|that)\b"
    r"[^.]{0,60}?\b(?:could|would|were|was|had|did|didn['’]t|weren['’]t|wasn['’]t|\w{2,}ed|knew|saw)\b",
    re.IGNORECASE,
)


def is_counterfactual(sentence: str) -> bool:
    """Whether a sentence speaks, somewhere, of what was not or is not the case.

    A modal with a perfect ("could have been") is no more than a guess unless a condition stands beside it.
    """
    would_have = bool(_WOULD_HAVE.search(sentence))
    would = bool(_ANY_WOULD.search(sentence))
    return (
        (would_have and bool(_CONDITION.search(sentence)))
        or bool(_WISH.search(sentence))
        or (
            would
            and bool(
                _PAST_CONDITION.search(sentence)
                or _INVERTED.search(sentence)
                or _BUT_FOR.search(sentence)
                or _WERE.search(sentence)
            )
        )
        or bool(_SHOULD_HAVE.search(sentence))
    )
