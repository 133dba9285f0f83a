"""Sentences about the discussion itself, which are nobody's position and out of place in a new round.

Many of the words have another life, so they count in their company alone: a minister holds a post, genes have links, an
envoy replies, a trial is held thanks to a witness.
"""

import re
from functools import lru_cache

_WHOSE = (
    "this that these those my your ur his her their last previous earlier original first second next latest another "
    "other above same entire whole old quoted each every few many some any one more long short single great good nice "
    "awesome excellent several opening initial subsequent countless various free the a of in to"
)
_LATER = "war modern office soviet coloni industri communis revolution ww world partum conviction abort"
_FORUM = "|".join(
    (
        r"(?<!common )\bthreads?\b",
        r"\bsubforum\b|(?<!economic )(?<!roman )\bforums?\b|\bmod(?:erator)?s\b|(?<![-\w])op(?:['’]s)?(?![-\w])",
        r"\bthis (?:web ?)?(?:site|board)\b|\bfirst page\b|\busername\b|\blogin\b|\bscreenshots?\b|\bmy signature\b",
        r"(?<!from )(?<!lost )(?<!left )(?<!held )(?<!resigned )(?<!given )"
        rf"\b(?:{_WHOSE.replace(' ', '|')}|\w+['’]s|\d+) posts?\b"
        r"(?! (?:of|as|in the (?:party|army|government|state))\b)"
        rf"(?![- ]?(?:{_LATER.replace(' ', '|')}))",
        r"^posts?\b(?![- ]\w)|\bposts? #?\d|\b(?:i|you|no|to|don['’]t) post\b|\bpostings?\b",
        r"\bposted\b(?! (?:to|him|her|them)\b)",
        r"(?<!propaganda )(?<!election )(?<!campaign )\bposters?\b(?![- ]child)|\b(?:see|the) attach(?:ed|ments?)\b",
        r"\b(?:this|that|your|my|his|her|their|the|these|those|following|above) links?\b"
        r"(?! (?:between|to|with|in|of|from)\b)",
        r"\bhere(?:['’]s| is| are) (?:a|one more|some|another|the) links?\b|\blinks?:|\blinks? (?:above|below|here)\b",
        r"\bclick (?:here|on|the|that|this)\b",
        r"\b(?:my|your|his|her|the|this|that|last|previous|first|a) repl(?:y|ies)\b|\bi (?:have )?repl(?:y|ied)\b",
        r"\brepl(?:y|ied|ying) to (?:me|you|my|your|this|that|anything)\b|\byou (?:have )?replied\b",
        r"\b(?:i|you|he|she|i['’]ve|you['’]ve|just) quoted\b|\b(?:i['’]m|i am|you['’]re|you are) quoting\b|^quoting\b",
        r"\bquoting (?:me|you|myself|yourself)\b|^\W*edit(?:ed)?\b|\bedited (?:very late |just )?to add\b",
        r"\bedit (?:my|your|the|this|function)\b|\byour edit\b|\btypo\b|\btl;?dr\b|^bump\b",
        r"\bsee above\b|\bi (?:said|mentioned) above\b|\boff[- ]topic\b|\b(?:being|under) discuss(?:ed|ion)\b",
        r"\b(?:in|of) this discussion\b",
    )
)
_MANNERS = "|".join(
    (
        r"\bbtw\b|\brofl\b|\blmao\b|\bhello\b|\bhi\b|\bgood morning\b|\bhappy (?:new year|birthday)\b",
        r"\bcongrat(?:s|ulations)\b|\bapologies\b|(?<!feel )(?<!felt )(?<!feeling )\bsorry\b",
        r"\bthank (?:you|u)\b|\bthan(?:ks(?! to\b)|x)\b|\bthx\b|^cheers\b|\bcheers\W*$",
        r"^\W*(?:hey,? |hi,? |and )*welcome\b|\bwelcome to\b|\bare welcome\W*$",
    )
)
_CUES = tuple(re.compile(cues, re.IGNORECASE) for cues in (_FORUM, _MANNERS))
_SIGN_OFF = re.compile(
    r"^(?:peace|cheers|regards|(?:best|kind|warm) (?:regards|wishes)|blessings|god bless|take care|sincerely|yours|"
    r"love)"
    r"(?:[,.! ]+[A-Z][\w.'’-]+){0,2}[,.! ]*$",
    re.IGNORECASE,
)
# "Here's a quote that you may want to read ...", "Let me ask you this.": what it announces is not said with it.
_ANNOUNCES = re.compile(
    r"^(?:and |but |so |now |well,? |then )*(?:let me ask|i(?:['’]ll| will|['’]d like to| would like to)? ask)\b"
    r"[^?]*[^?\s]\s*$|"
    r"^(?:and |but |so )?(?:here(?:['’]s| is| are)|this is from|(?:taken|quoted|excerpt(?:ed)?|copied) from|"
    r"(?:from|according to) (?:the|this|an?) (?:article|link|site|page|book|study|source)\b)[^.]*"
    r"(?:\.\.\.|…|[:-]|(?:link|quote|article|excerpt|quotation|definition|source)s?[^.]{0,40}\.)\s*$",
    re.IGNORECASE,
)
# Program text and its output.
_CODE = re.compile(r"[{}]|\w\(\)|\w\(\w+\)\B|<-|==|::|\$\w+\$|##|\w_\w+\(|;$")
_LINK = re.compile(r"https?://|www\.|\b\w+\.(?:com|org|net)\b|\[/?\w+\]|</?\w+>|[\w.+-]+@[\w-]+\.\w+")
_QUOTED_WHOLE = re.compile(r"^[\"“«].*[\"”»][.!]?$", re.DOTALL)


@lru_cache(maxsize=8192)
def is_housekeeping(text: str) -> bool:
    """Whether an English sentence greets, thanks, announces, or speaks of posts, threads, links and the like."""
    return is_foreign_matter(text) or any(cue.search(text) for cue in (*_CUES, _ANNOUNCES, _SIGN_OFF))


def is_foreign_matter(text: str) -> bool:
    """Whether a sentence of any language holds an address or program text, or is a quotation from end to end."""
    return any(cue.search(text) for cue in (_LINK, _CODE)) or bool(_QUOTED_WHOLE.match(text))
