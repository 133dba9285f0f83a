"""Wording that shows an opinion, a guess, a joke, a request or a remark about the speakers: nothing to check."""

import re
from typing import Literal

Subjective = Literal["", "opinion", "personal"]

_OPINION = re.compile(
    r"\b(?:in my (?:humble |honest )?(?:opinion|view|mind|book|eyes|experience)|if you ask me|imo|imho|to my mind"
    r"|i (?:\w+ly |still |also |do |just )?(?:think|believe|feel|guess|suspect|doubt|hope|wish|prefer|like|love"
    r"|hate|agree"
    r"|disagree|suppose|reckon|find|assume|imagine|expect|bet|fear|(?:don['’]?t|do not|can['’]?t|cannot) (?:think"
    r"|believe|see"
    r"|like|care|know|agree|imagine|understand)|would (?:argue|say|guess|think)|['’]d (?:argue|say|guess))"
    r"|it (?:seems|feels|looks|appears|sounds)|(?:seem|look|feel|sound|appear)s? (?:to|like|that|as if)"
    r"|(?:seem|look|sound|feel)s? (?:so |very |rather |pretty |quite |a bit |too )?\w+(?:ly|ing|ful|ous|ble|ic"
    r"|al)?\b(?=[.,!]|$)"
    r"|should|ought to|must be|must have|has to be|have to be|needs? to(?! be paid)|had better|probably|perhaps"
    r"|maybe|possibly"
    r"|presumably|arguably|likely|unlikely|plausibl[ey]|implausible|conceivabl[ey]|surely|no doubt|undoubtedly"
    r"|clearly(?= \w+)"
    r"|honestly|frankly|personally|hopefully|unfortunately|sadly|luckily|fortunately"
    r"|(?:it is|it['’]s|that is|that['’]s|there is|would be) (?:\w+ly |too |so |just |not |entirely "
    r"|quite )?(?:easy|hard|difficult|possible|impossible"
    r"|realistic|unrealistic|reasonable|conceivable|hardly|unlikely|funny|time|high time|no point|no need|no reason"
    r"|nothing wrong)"
    r"|depends? (?:on|how|whether)|(?:be|is|are|was|were) better (?:than|off)|worth (?:it|the)|in their right mind"
    r"|for god['’]?s sake"
    r"|whole (?:thing|point|idea)|kind of|sort of|the point is|my point|the problem is|the question is)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\b(?:evil|good(?! friday)|bad|terrible|awful|horrible|horrid|great(?! (?:war|britain|depression|power|purge"
    r"|terror|leap|lakes|wall))"
    r"|wonderful|beautiful|ugly|stupid|silly|ridiculous|absurd|nonsense|nonsensical|insane|sane|crazy|scary"
    r"|astonishing"
    r"|amazing|brilliant|fantastic|funny|nice|fair|unfair|wrong(?! decisions)|right(?! (?:wing|bank|hand|to|of))"
    r"|moral|immoral|better(?! known)|worse(?! known)"
    r"|best(?![- ](?:known|sell|friend|harvest|since|result))|worst(?![- ](?:sell|since|harvest))|boring"
    r"|interesting|cheap(?!er)|arrogant|incompetent|competent"
    r"|ruthless|pragmatic|capable(?! of)|cool(?!ed|er|ing)|lame|dumb|idiotic|idiots?|fools?|foolish|pathetic"
    r"|disgusting|overrated"
    r"|underrated|important|reasonable|sad|happy|glad|perfect|disappointing|impressive|paranoid|half-hearted|puppet"
    r"|advantageous|volatile|hopeless|useless|pointless|worthless|senseless|naive|clever|smart|lazy|greedy|cruel"
    r"|heroic"
    r"|genius|disgrace(?:ful)?|joke|scam|rubbish|garbage|crap|bullshit|shameful?|pity|weird|strange|odd|dull"
    r"|tedious|annoying"
    r"|hilarious|laughable|unacceptable|acceptable|outrageous|sensible|wise|unwise|hypocritical|hypocrites?"
    r"|cowardly|selfish|dead end"
    r"|waste of|the answer|the future|necessary evil|responsib(?:le|ly)|overdue|obsolete|harmful|harmless|healthy"
    r"|unhealthy"
    r"|kills? (?:all|the) (?:emotions?|joy|fun)|ruins? (?:the|everything)|dishonest|trustworthy|biased|lovely"
    r"|superb|excellent"
    r"|mediocre|tragic(?!ally)|delicious|comfortable|convenient|inconvenient|too (?:\w+ly )?(?!late in"
    r"|small to hold)(?:\w+)(?= (?:to|for)\b|[.,!]|$)"
    r"|far too|way too|much too|not enough|simply)\b",
    re.IGNORECASE,
)
_FIRM = re.compile(r"\b(?:1[0-9]|20)\d\d\b|\d+(?:[.,]\d+)?\s?(?:%|per\b)|\b\d{2,}\b|\b\d+[.,]\d", re.IGNORECASE)
_PERSONAL = re.compile(
    r"^\W*(?:i|i['’]\w+|my|mine|me|we['’]ve|you|you['’]\w+|your|thanks?|cheers|sorry|welcome|hi|hello|lol|haha"
    r"|(?:totally |fully |completely |strongly )?(?:dis)?agreed?|well said"
    r"|good point|fair enough|congratulations|congrats)\b",
    re.IGNORECASE,
)
_ASSERTED = re.compile(
    r"^\W*(?:i know|i remember|i read|i learned|i learnt|you forget|you forgot|you know)\b", re.IGNORECASE
)
_ORDER = re.compile(
    r"^\W*(?:please|kindly|treat (?:this|my|the|all|every)|approve|ignore|disregard|respond|reply|let|look (?:at|up"
    r"|into)|tell|show|give|don['’]?t|do not|go|make sure|remember(?! that)|come on"
    r"|stop|try"
    r"|think (?:of|about)|saying|edit(?:ed)?|last edited|read (?:the|a|this|that|my|your|up|some|[A-Z]\w+ (?:before"
    r"|first|again))|see (?:above|below|also|here|my|the)|check"
    r"|consider|compare|name (?:one|a)|prove|explain|keep in mind|take a look|imagine|picture|never mind|wait|vote"
    r"|google)\b",
    re.IGNORECASE,
)
_IRONY = re.compile(
    r"\b(?:yeah,? right|sarcasm|as if (?:that|this|he|she|they|it|anyone|anybody)|so much for"
    r"|what could (?:possibly )?go wrong"
    r"|because .{0,60} so well|good luck with that|how (?:surprising|convenient|original))\b"
    r"|(?:^|\s)/s\b|[;:]-?[)P]\s*$|[\U0001F600-\U0001F64F]\s*$"
    r"|^\W*(?:oh|sure|right|yeah|wow|of course|great idea|brilliant|yes)[,!.]? (?:sure|yes|right|great|of course"
    r"|because|and|let['’]?s|what a)\b"
    r"|^\W*(?:sure|right|of course|oh),? (?:because|and)\b",
    re.IGNORECASE,
)


_DISTANCED = re.compile(
    r"\b(?:it|that|this)(?:['’]s| is| was| would be| seems)(?: \w+){0,2}? (?:myth|lie|fallacy|misconception"
    r"|legend|rumou?r"
    r"|fairy ?tale|hoax|nonsense|wrong|false|untrue|incorrect|mistaken|silly|absurd|ridiculous|unrealistic|unreasonable"
    r"|impossible|implausible|unlikely|doubtful|questionable|debatable|misleading|unclear|uncertain"
    r"|(?:not|hardly|n['’]t) (?:\w+ )?(?:right|realistic|reasonable|fair|safe|clear|certain|possible|likely"
    r"|plausible))\b"
    r"[^.]{0,40}?\bthat\b"
    r"|\bthe (?:\w+ )?(?:idea|claim|notion|belief|story|view|myth|suggestion|assertion|allegation|rumou?r|lie|legend"
    r"|theory|misconception) that\b"
    r"|\b(?:can ?not|can['’]?t|couldn['’]?t|could not|wouldn['’]?t|would not|don['’]?t|do not|didn['’]?t|did not|never"
    r"|hardly|doubts?|doubted) (?:\w+ )?(?:say|claim|argue|assume|maintain|pretend|think|believe|state"
    r"|assert)?\w* ?that\b",
    re.IGNORECASE,
)


def is_distanced(text: str) -> bool:
    """Whether a clause holds something away from itself: "it is a myth that", "the idea that", "one can't say that"."""
    return bool(_DISTANCED.search(text))


def is_order(text: str) -> bool:
    """Whether a clause asks somebody to do something and states nothing."""
    return bool(_ORDER.match(text))


def is_ironic(sentence: str) -> bool:
    """Whether a sentence shows that it is not meant literally."""
    return bool(_IRONY.search(sentence))


def subjective(text: str) -> Subjective:
    """Whether a clause says what somebody thinks, feels or does in the talk, and not what is the case.

    A guess or a value beside a year or a figure still leaves the figure to check.
    """
    if _PERSONAL.match(text) and not _ASSERTED.match(text):
        return "personal"
    if _FIRM.search(text):
        return ""
    return "opinion" if _OPINION.search(text) or _values(text) else ""


def _values(text: str) -> bool:
    """Whether a word that judges stands in a text, not as part of a title: "Bad Romance", "The Good Wife"."""
    return any(not _in_title(text, match) for match in _VALUE.finditer(text))


def _in_title(text: str, match: re.Match[str]) -> bool:
    if not match[0][0].isupper():
        return False
    return bool(_CAPITAL_NEXT.match(text, match.end()) or _CAPITAL_BEFORE.search(text[: match.start()]))


_CAPITAL_NEXT = re.compile(r" [A-Z][a-z]")
_CAPITAL_BEFORE = re.compile(r"(?<![.!?] )\b[A-Z]\w+ $")
