"""The words with which speakers introduce what they stand for: "I'd say that", "for the record:", "fact is,".

What such words introduce is asserted and ruled on like any other claim. "Suppose that", "let's say that" and "say that"
ask to accept something for the sake of the argument, and are no such words (see `debate.referee.time_lines`); nor are
words that tell what somebody else says (see `debate.referee.reports`).
"""

import re

from debate.referee.grammar import starts_clause

_SAY = (
    r"(?:say|argue|add|note|point out|stress|emphasi[sz]e|maintain|claim|contend|repeat|mention|remind (?:you|everyone"
    r"|everybody|people)|recall|observe|remark|insist|state|submit|remember)"
)
_ADVERB = r"(?:also|just|only|still|simply|even|again|personally|really|quickly|briefly|further|first)"
_KNOWN = r"(?:know|knows|knew|remember|remembers|agree|agrees|learned|learnt)"
_HOW = r"(?:(?!not\b|hardly\b|never\b|barely\b|scarcely\b)\w+ )?"
_OPENERS = re.compile(
    # Adverbs and short phrases that a comma, a colon or nothing follows.
    r"(?:honestly|frankly|obviously|clearly|evidently|certainly|surely|undoubtedly|admittedly|sadly|unfortunately"
    r"|luckily|fortunately"
    r"|ironically|interestingly|curiously|basically|technically|factually|naturally|of course|no doubt|in fact"
    r"|in point of fact|as a matter of fact|in truth|in short|in other words|in any case|in any event|in the end"
    r"|in addition|after all|at the end of the day|on top of that|simply put|put simply|needless to say"
    r"|suffice (?:it )?to say|by the way|btw|afaik|iirc|fwiw|for what it['’]s worth|imho|imo|in my (?:humble )?opinion"
    r"|if you ask me|(?:just )?for the record|(?:just )?to be (?:fair|honest|clear|precise|sure|exact|blunt"
    r"|more precise)|to (?:begin|start) with|with (?:all )?(?:due )?respect|mind you|trust me|believe me|look|listen"
    r"|remember|note|guess what"
    r"|hard to believe,? but|believe it or not(?:,? but)?|funn(?:y|ily) enough|lol(?: no)?|lmao|haha|nope|nah|no"
    r"|first of all|first off|last but not least|sorry,? but|i['’]?\s?a?m (?:really )?sorry,? but"
    r"|correct me if i['’]?\s?a?m (?:wrong|mistaken)(?:,? but)?"
    r"|(?:if|unless) (?:i (?:remember|recall|am not mistaken|['’]m not mistaken|['’]m mistaken|am mistaken)"
    r"|i['’]m not mistaken|memory serves(?: me)?)"
    r"(?: (?:correctly|right|rightly|well))?|as far as (?:i|we) (?:know|can tell|remember)"
    r"|(?:if|when) you (?:go by|believe|trust|look at|look up|read|check|count) [^,;.]{3,50}(?=,)"
    r"|as (?:we|you|i|everyone|everybody|anyone)(?: (?:all|may|might|probably|surely|should|well))* "
    r"(?:know|knows|remember|recall)"
    r"|p\.?\s?s\.?|edit|note well|n\.?b\.?|fun fact|small correction|correction|reality check"
    r"|(?:just )?(?:one|another|a) (?:more )?(?:small |little |minor )?"
    r"(?:thing|point|detail|note|remark|correction|question of fact)"
    r"|my (?:\w+ )?point|let['’]s (?:be (?:honest|fair|clear|frank|real|serious)|face it|get (?:this|that|one thing"
    r"|something) straight)|let me be (?:clear|honest|frank|blunt))"
    r"(?P<mark>\s*[,:]\s+|\s+[-–—]+\s+|\s+(?=\S))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:hard to believe,? but|believe it or not(?:,? but)?|lol|lmao|haha|nope|nah"
    r"|honestly|frankly|obviously|clearly|evidently|certainly|undoubtedly|admittedly|sadly|unfortunately|luckily"
    r"|fortunately|ironically|basically|technically|of course|no doubt|in fact|as a matter of fact|afaik|iirc|fwiw"
    r"|as (?:we|you|i|everyone|everybody)(?: \w+)? (?:know|knows)|as far as i know|imho|imo|btw)\s*$",
    re.IGNORECASE,
)
"""Openers that need no comma behind them."""
_MATRIX = re.compile(
    # Main clauses that stand for what "that", a colon or a comma opens after them.
    rf"(?:(?:i|we)(?: (?:{_ADVERB}))*(?:['’]d| would| might| must| can| could| may| should| will|['’]ll| have to"
    rf"| need to| want to)(?: (?:{_ADVERB}|have to|like to|want to))* {_SAY}(?: {_ADVERB})*(?: (?:here|this))?"
    rf"|(?:let|allow) me (?:{_ADVERB} )*(?:to )?(?:{_SAY}|tell you)(?: this)?"
    rf"|(?:let us|let['’]s) (?:not forget|not overlook|remember|recall|keep in mind|bear in mind|note)"
    r"|(?:please )?(?:also )?(?:remember|note|notice|recall|keep in mind|bear in mind|(?:do not|don['’]?t"
    r"|never) (?:ever )?"
    r"forget|be aware|rest assured)"
    rf"|it(?: is|['’]s| was) {_HOW}(?:worth|important) (?:noting|remembering|mentioning|pointing out|repeating"
    r"|adding|saying|to (?:note|remember|point out|add|mention|recall|say))"
    rf"|it(?: is|['’]s) {_HOW}(?:safe|fair|right|correct|accurate|true|only fair|just fair) to (?:say|state|note|add)"
    r"|it (?:should|must|has to|needs to|can) (?:also )?be (?:said|noted|remembered|pointed out|added|stressed"
    r"|mentioned"
    r"|stated|repeated|emphasi[sz]ed)"
    r"|it (?:bears|deserves) (?:repeating|mentioning|noting|mention)"
    r"|(?:the|one|another|an?)?\s?(?:\w+ )?(?:fact|truth|reality|thing|point|problem|trouble|irony) (?:of the matter )?"
    r"(?:is|was|remains)"
    r"|(?:the |one |another )?(?:\w+ )?(?:thing|point|fact|problem|trouble|irony) (?:about|with) [\w'’ -]{2,50}?"
    r" (?:is|was)(?= that\b)"
    r"|what (?:nobody|no one|everybody|everyone|(?:most |many |some |few )?people|you|they|we|i|makes (?:it|this|that))"
    r"(?: [\w'’]+){1,6}? (?:is|was)(?= that\b)"
    r"|my (?:\w+ )?(?:point|argument|claim|view) (?:is|was)"
    r"|there(?: is|['’]s| can be) (?:really )?no (?:doubt|denying|question|disputing|dispute|way around the fact)"
    r"|(?:nobody|no one|no-one) (?:can|could|will|would|may) (?:\w+ )?(?:deny|dispute|doubt|disagree)"
    r"|(?:i|we) (?:am|are) (?:\w+ )?(?:convinced|sure|certain|positive|confident|aware)"
    r"|i['’]m (?:\w+ )?(?:convinced|sure|certain|positive|confident|aware)"
    rf"|(?:everyone|everybody|we|we all|you|you all|any schoolchild|every schoolchild)(?: (?:all|surely|should"
    rf"|must))* {_KNOWN}"
    r"|you (?:are|['’]re|seem to be|keep) forgetting|you (?:seem to|must have|have|always"
    r"|conveniently) forg[eo]t(?:ten)?"
    r"|you (?:forget|forgot|overlook|ignore)"
    r"|you (?:have to|must|should|need to|ought to|will have to) (?:also )?(?:remember|know|admit|concede|understand"
    r"|note|keep in mind|bear in mind|realise|realize)"
    r"|not to mention|suffice (?:it )?to say)"
    r"(?P<mark>\s+that\s+|,?\s+that,\s+|,\s[^.;:]{3,120},\s+that\s+|\s*:\s+(?:that\s+)?|,\s+|\s+(?=\S))",
    re.IGNORECASE,
)
_GUESS = re.compile(
    rf"(?:(?:i|we) (?:(?:\w+ly|still|also|do|would|will) )*(?:think|believe|guess|suppose|assume|reckon|presume"
    rf"|figure|bet)"
    rf"|it(?: is|['’]s) {_HOW}(?:realistic|reasonable|safe|fair|plausible|logical|natural|likely|probable|sensible"
    r"|not unreasonable|sound|possible) to (?:assume|suppose|believe|think|expect|conclude|guess|presume)"
    r"|(?:one|we|you) (?:can|may|might|could) (?:\w+ )?(?:assume|suppose|conclude|presume)"
    r"|chances are|odds are|my guess is|it seems|it appears|it looks like|apparently)"
    r"(?P<mark>\s+that\s+|\s*:\s+|,\s+|\s+(?=\S))",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d{2}|\bper ?cent\b|%")
_JOIN = re.compile(
    r"[\s*•…>-]*(?:(?:and|but|so|or|plus|yet|well|still|now|then|again|however|anyway|also|besides|moreover|actually"
    r"|ok|okay)\b,?\s+|(?:yes|yeah|no|nope|oh)\b,\s+)*",
    re.IGNORECASE,
)
_MOST_FRAMES = 4


def frame_end(sentence: str) -> int:
    """Where the words end that introduce what the speaker stands for; 0 where a sentence opens without any."""
    end = 0
    for _ in range(_MOST_FRAMES):
        joined = _JOIN.match(sentence, end)
        begin = joined.end() if joined else end
        found = _next_frame(sentence, begin)
        if found is None:
            break
        end = found
    return end


def _next_frame(sentence: str, begin: int) -> int | None:
    for pattern in (_MATRIX, _GUESS, _OPENERS):
        match = pattern.match(sentence, begin)
        if match is None:
            continue
        rest = sentence[match.end() :]
        mark = match["mark"].strip()
        if pattern is _GUESS and not _FIGURE.search(rest):
            # A guess without a year or a figure is an opinion.
            continue
        if _stands_open(pattern, match[0].removesuffix(match["mark"]), mark, rest):
            return match.end()
    return None


def _stands_open(pattern: re.Pattern[str], words: str, mark: str, rest: str) -> bool:
    """Whether a statement follows the words, and not their object ("I remember him") or nothing at all."""
    if len(rest.split()) < _FEWEST_WORDS:
        return False
    if "that" in mark:
        return True
    if mark in (":", ",") or mark.startswith(("-", "–", "—")):
        return pattern is _OPENERS or (_JOIN.match(rest) is not None and starts_clause(_unjoined(rest)))
    if pattern is _OPENERS:
        return bool(_BARE.match(words)) and starts_clause(rest)
    return starts_clause(rest)


def _unjoined(text: str) -> str:
    joined = _JOIN.match(text)
    return text[joined.end() :] if joined else text


_FEWEST_WORDS = 3
_TAIL = re.compile(
    r",\s+(?P<said>(?:and )?(?:(?P<guess>i (?:think|believe|guess|suppose|reckon|assume)|if i (?:remember"
    r"|recall)(?: \w+)?)"
    r"|you (?:know|see)|as (?:we|you|i|everyone|everybody|anyone)(?: \w+)? (?:know|knows|remember)|to be (?:fair|honest"
    r"|clear|precise|exact)|for the record|of course|by the way|btw|after all|in fact|as a matter of fact"
    r"|actually|remember"
    r"|mind you|iirc|afaik|fwiw|imho|imo|right|ok|okay|lol|as far as i know|if memory serves(?: me \w+)?"
    r"|no doubt|obviously|(?:everybody|everyone|we all) knows? (?:this|that|it)|look it up|google it"
    r"|read a (?:\w+ )?book"
    r"|look up|get over it|sorry|full stop|period"
    r"|that['’]?s (?:a fact|for sure|(?:a|some|what a) (?:joke|disgrace|shame|scandal|pity))))(?P<end>\W*)$",
    re.IGNORECASE,
)


def tail_start(sentence: str) -> int:
    """Where the words begin that hang on at the end of what a speaker stands for: ", as everybody knows"."""
    tail = _TAIL.search(sentence)
    if tail is None or "?" in tail["end"] or (tail["guess"] and not _FIGURE.search(sentence[: tail.start()])):
        return len(sentence)
    return tail.start()
