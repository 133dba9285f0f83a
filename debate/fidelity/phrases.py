"""Phrases by which a turn shows on its face that no poster wrote it, or that its persona has given in.

English only: these patterns are silent on other languages, where a judging model or the poster's own sentences have to
do their work.
"""

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE | re.MULTILINE)


ASSISTANT = _any(
    r"\bas an? (?:\w+ )?(?:ai|a\.i\.|artificial intelligence|language model|assistant|chatbot|bot)\b",
    r"\b(?:i am|i'm|being) (?:just |only )?an? (?:\w+ )?"
    r"(?:ai|artificial intelligence|language model|assistant|chatbot)\b",
    r"\bhow (?:can|may) i (?:help|assist)\b",
    r"\b(?:happy|glad|here) to (?:help|assist)\b",
    r"\b(?:let me know if|hope this helps|feel free to|is there anything else)\b",
    r"\bmy (?:training|programming)\b",
    r"\b(?:openai|alibaba cloud|anthropic|qwen|chatgpt)\b",
    r"\A(?:certainly|sure|of course|absolutely|okay|ok)[!,.]? (?:here|i can|i will|i'll|let me|below)\b",
    r"\A(?:here(?:'s| is| are)) (?:(?:the|a|an|my|your|one|some|\w+'s) )?(?:\w+ ){0,3}"
    r"(?:post|reply|response|answer|turn|draft|version|example|rewrite)\b",
    r"\bin (?:this|the) (?:role-?play|scenario|prompt)\b",
    r"\b(?:the|this|my|your) (?:persona|prompt|character)\b",
    r"\b(?:your|the) requested (?:post|reply|answer|turn)\b",
    r"\bas a poster\b|\bin (?:the|today's) (?:realm|world|landscape) of\b",
    r"\brole-?play(?:ing)?\b",
    r"\bword (?:count|limit)\b",
    r"\bthe (?:poster|discussion|motion|original post|thread) (?:is|was|holds?|argues?|states?|asks?|believes?)\b",
    r"\bmy (?:own words|positions)\b|\b(?:not )?supported by my\b|\bthe statement that\b",
    r"\bcommon misconception\b|\bone-size-fits-all\b",
    r"\byou (?:can|could|may|might) (?:also )?say(?: it)?\b",
    r"\bdepends? on (?:a lot of|many|several|various|a number of) (?:\w+ )?(?:factors|things|circumstances)\b",
    r"\bthe (?:best|short|simple|honest) answer (?:to|is)\b|\bthe question of whether\b",
    r"\bthe (?:last|previous|earlier|above) posts? (?:argue|indicate|suggest|show|say|state|mention|discuss|highlight)",
    r"\b(?:stance|position) on the motion\b",
    r"\bthe (?:user|assistant)\b",
    r"\b(?:your|the) (?:request|instructions?)\b",
    r"\bthank you for (?:your|the|sharing|bringing|asking|raising)\b",
    r"\b(?:great|excellent|interesting|good) question\b",
    r"\bit(?:'s| is) (?:important|worth|crucial|essential) (?:to|that we) "
    r"(?:note|noting|remember|recogni[sz]e|consider|acknowledge|understand)",
    r"\b(?:this|it) is a (?:complex|sensitive|nuanced|multifaceted) (?:topic|issue|question|matter|subject)\b",
    r"\bfrom (?:multiple|various|different) perspectives\b",
    r"\bdear (?:user|reader|sir|forum|all|friends?)\b",
)
"""Talk of an assistant, or about the task."""

REFUSAL = _any(
    r"\bi(?:'m| am) (?:sorry|afraid),? (?:but )?(?:i |that i )?"
    r"(?:can(?:no|')t|am (?:not able|unable)|won't|will not|do not|don't)\b",
    r"\bi (?:can(?:no|')t|am unable to|am not able to|won't|will not|must decline to) "
    r"(?:assist|help|provide|fulfil+|comply|engage|participate|generate|create|continue|answer (?:that|this))\b",
    r"\bi (?:must|have to) decline\b",
    r"\brather not (?:take (?:a |any )?sides?|say|answer|comment)\b",
    r"\bi do(?:n't| not) have (?:personal )?(?:opinions|beliefs|feelings|views)\b",
    r"\bsorry,? (?:but )?(?:i|we) can(?:no|')t\b",
    r"\bagainst my (?:guidelines|policy|policies)\b",
    r"\bi apologi[sz]e (?:for|but)\b",
)

LEAK = _any(
    r"[<‹]/?\s*data\b|\bdata name=|<[^<>\n]{1,60}>|```",
    r"\b(?:no (?:response|reply|answer|post)(?: was)? (?:provided|given|available)|n/a)\b",
    r"\[(?:insert|your|name|topic)\b",
    r"\bnext post\b",
    r"\A\s*(?:my|your) (?:views|positions|points|post)\s*:",
    r"\bin (?:my|this|your) (?:own )?post\b",
    r"^\s*(?:rules|move|points|note):",
    r"\b(?:position|point)s? (?:\d|number \d)",
    r"\bthe material\b|\b(?:your|my) own words\b",
    r"\bin the (?:first person|name of)\b",
)
"""Parts of the instructions, or of a form that was to be filled in."""

_PRAISE = "right|correct|spot on|valid|fair|good|great|excellent|interesting|important|strong|convincing|compelling"

GIVES_IN = _any(
    r"\byou(?:'re| are|'ve got| have| make| raise| do have| do make| bring up| may be| might be| could be)"
    r"(?: (?:absolutely|quite|completely|totally|very|probably|certainly|also|all|indeed|perfectly|actually|some|an?))*"
    rf" (?:{_PRAISE})\b(?! (?:wing|now|away))",
    r"\bi (?:\w+ ){0,2}(?:agree|concur)\b(?! to disagree)",
    r"\bi(?:'m| am) (?:in (?:full |complete |total )?agreement|convinced by you|on your side)\b",
    r"\bi (?:was|am|have been|stand) (?:wrong|mistaken|corrected)\b",
    r"\bi(?:'ve| have)? changed my mind\b",
    r"\bi (?:now )?(?:concede|admit|accept|see|understand)(?: that)? (?:you|your|that you)\b",
    r"\bi (?:must |have to |do |will )?(?:concede|acknowledge) (?:that|your|the)\b",
    r"\b(?:that(?:'s| is)|this is|it(?:'s| is)) an? (?:\w+ )?(?:good|great|fair|valid|excellent|interesting|strong)"
    r" (?:point|argument|observation)\b",
    r"\b(?:fair|good|great|valid|excellent) (?:point|enough|argument)\b",
    r"\byou(?:'ve| have) (?:convinced|persuaded) me\b",
    r"\b(?:common|middle) ground\b|\bboth sides\b",
    r"\bwe (?:can |could |should |all |both )+(?:agree|come together|work together)\b",
    r"\blet(?:'s|s| us) (?:agree|work together|find|compromise|all)\b",
    r"\bagree to disagree\b",
    r"\bi (?:appreciate|respect|understand|see) (?:your|the|where|what you|that you)\b",
    r"\byour (?:point|view|argument|perspective|concern|opinion)s? (?:is|are) (?:\w+ )?"
    r"(?:valid|well[- ]taken|fair|good|right|correct|understandable|interesting)\b",
    r"\bthere(?:'s| is) (?:some )?(?:truth|merit) (?:in|to) (?:what you|your)\b",
    r"\b(?:stronger|better|more) than i (?:allowed|thought|admitted|gave)\b|\b(?:you have|you've got) me there\b",
    r"\btalked me (?:out of|into|round)\b|\bsomewhere in (?:between|the middle)\b",
    r"\bboth of us are\b|\bwe are both\b",
    r"\bcouldn't agree more\b|\bon second thoughts?\b|\bi take (?:it|that|my words) back\b",
)
"""Agreement where there was a dispute."""

DENIED_BEFORE = re.compile(
    r"\b(?:not|never|n['’]t|cannot|hardly|no|nor|neither|if|unless|why would|why should|refuse to)\b[^.;:!?]{0,30}$",
    re.IGNORECASE,
)
"""Before a phrase of agreement: it is not meant."""

_CALLING = (
    "historian|teacher|professor|student|scholar|lawyer|doctor|soldier|veteran|journalist|writer|author|parent|mother"
    "|father|farmer|worker|engineer|researcher|economist|scientist|expert|member|citizen|immigrant|refugee|russian"
    "|german|chinese|american|jew|communist|socialist|marxist|liberal|conservative|christian|muslim|atheist"
    "|programmer|developer|nurse|officer|politician|diplomat|reader|fan|survivor|witness"
)
_KIN = (
    "father|mother|dad|mum|mom|grandfather|grandmother|grandparents?|parents?|family|wife|husband|brother|sister|son"
    "|daughter|uncle|aunt|childhood|degree|thesis|dissertation|phd|career|job|students?|teacher|professor|colleagues?"
    "|hometown|country|village|years? (?:of|in|as)|experiences?|research|studies|book|article|friends?|upbringing"
    "|background|youth|life"
)
_LIVED = "been|lived|worked|studied|seen|read|spent|witnessed|experienced|met|visited|always"

LIFE = _any(
    r"\b(?:as an?|being an?|i(?:'m| am| was| used to be| work(?:ed)? as| trained as)(?: also| once| now)? an?)"
    rf" (?:\w+[ -]){{0,3}}?(?:{_CALLING})\b",
    rf"\bmy (?:own )?(?:\w+ )?(?:{_KIN})\b",
    r"\bi (?:grew up|was born|was raised|lived|live in|moved to|travel+ed|visited|fought|studied|taught|teach)\b",
    r"\bi (?:wrote (?:a|my)|published|graduated|witnessed|experienced|met (?:with|him|her|a)"
    r"|worked (?:as|in|for|with|at)|remember (?:when|the|my|being|how)|spent \w+ (?:years|months|weeks|decades))\b",
    r"\bfor a living\b|\bhaving (?:worked|lived|studied|served|spent|been|grown|taught|visited)\b[^.]{0,40}\bi\b",
    r"\bi(?:'ve| have) (?:held|handled|touched|interviewed|talked to)\b",
    rf"\bi(?:'ve| have) (?:{_LIVED})\b",
    r"\bwhen i (?:was|were|lived|worked|studied|first|grew)\b",
    r"\byears ago,? i\b",
    r"\bin my (?:youth|childhood|time|day|years|country|experience|case|family)\b",
)
"""Telling of one's own life."""

REPORTED = _any(
    r"\byou(?:'ve| have)? (?:say|said|claim|claimed|argue|argued|think|believe|assume|suggest|seem|want|keep|talk|call"
    r"|mention\w*|make it sound|put it)\b",
    r"\b(?:your|his|her|their|this|that) (?:claim|argument|idea|point|view|notion|assumption|theory|belief|talk)\b",
    r"\b\w+['’]s (?:claim|assertion|argument|idea|point|view|notion|statement|suggestion|position)\b",
    r"\bi (?:do not |don't |dis)agree\b",
    r"\baccording to\b",
    r"\bthe (?:idea|notion|claim|belief|argument|assumption|suggestion|myth)\b",
    r"\bpeople (?:say|think|forget|assume|believe)\b",
    r"\bso you say\b|\bif you\b|\beven if\b|\bif\b[^.]{0,80}\bwere\b|\bsupposedly\b|\ballegedly\b",
)
"""Somebody else's claim, brought up to be answered."""

TAKEN_UP = _any(
    r"\A(?:yes|fine|sure|granted|true|certainly|of course|funny|suppose|right|very well|admittedly|perhaps|maybe)\b",
    r",? (?:yes|certainly|sure|granted|of course|true|to be sure|no doubt),",
    r",? (?:yes|certainly|sure|granted|of course|to be sure)\.",
)
"""Another's claim, taken up in order to go on from it."""
