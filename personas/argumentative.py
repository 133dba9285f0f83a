"""Which sentences argue something, and which can be understood on their own.

Plain rules on surface cues, after the features that argument mining finds to carry most (modals, causal and
contrastive connectives, evaluation, generalisation: Stab & Gurevych 2014, Habernal & Gurevych 2017). The cues are
English; `judge_plainly` is for other languages and goes by form alone.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from personas.housekeeping import is_foreign_matter, is_housekeeping
from personas.terms import terms, words


class Judgement(NamedTuple):
    """What the form of a sentence tells."""

    argues: float
    """Weight of its argumentative cues, about -4 to 6; from `ARGUES` on it counts as an argument."""
    self_contained: bool
    """Understandable without the sentence before it or the words that it answers."""
    speakable: bool
    """Fit to be said in a new round: no link, no greeting, no talk about the thread itself."""
    question: bool
    personal: bool
    """Speaks to one person ("you said"): right only where it is said to the same person again."""


ARGUES = 1.4


def _words_of(alternatives: str) -> re.Pattern[str]:
    joined = "|".join(part.strip().replace(" ", r"\s+") for part in alternatives.split(","))
    return re.compile(rf"\b(?:{joined})(?![\w'])", re.IGNORECASE)


_CUES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        1.0,
        _words_of(
            "going to, would, could, should, must, ought, cannot, can't, won't, will, wouldn't, couldn't, "
            "shouldn't, he'd,"
            "they'd, there'd, it'd, he'll, they'll, it'll, needs? to, has to, have to, had to, may, might, never"
        ),
    ),
    (
        1.0,
        _words_of(
            "because, therefore, thus, hence, so that, due to, leads? to, led to, results? in, resulted in, means,"
            "implies, causes?, caused, reasons?, proves?, proof, proved, shows?, evidence, if, unless, otherwise,"
            "thereby, consequences?, consequently, as long as, in order to, why"
        ),
    ),
    (
        1.0,
        _words_of(
            "i think, i believe, i would argue, i'd argue, i'd say, i would say, i doubt, i suspect, i don't think,"
            "i don't believe, i don't see, in my view, in my opinion, imo, imho, clearly, obviously, surely, likely,"
            "unlikely, plausible, implausible, realistic, unrealistic, certainly, no doubt, the truth is,"
            "the fact is, the problem is, the problem was, the answer is, the point is, plainly, simply, i agree,"
            "i disagree, i am against, i'm against, i am opposed,"
            "i'm opposed, i am in favour, i'm in favour,"
            "i am in favor, i'm in favor, i am all for, i'm all for,"
            "i find it, i can't see, i cannot see, i support, i oppose, hard to, impossible, "
            "possible, probably, essentially, in fact"
        ),
    ),
    (
        0.8,
        _words_of(
            "better, worse, best, worst, good, bad, wrong, right, evil, immoral, moral, unjust, fair, unfair,"
            "dangerous, harmful, useless, useful, important, necessary, unnecessary, difficult, easy, easier, scary,"
            "stupid, arrogant, popular, unpopular, false, true, justified, failure, success, fails?, failed, worth,"
            "superior, inferior, effective, ineffective, safe, unsafe, free, great, greater, terrible, valid,"
            "nonsense, ridiculous, absurd, flawed, mistake, problem, threat, capable, crime, cruel, real, more than,"
            "less than, too, as much as, no more, far more, much more, the same, different, differently"
        ),
    ),
    (
        0.6,
        _words_of(
            "but, however, although, though, despite, instead, rather than, while, whereas, unlike, even if,"
            "even though, nevertheless, nonetheless, on the other hand, not only, regardless, contrary, still, yet"
        ),
    ),
    (
        0.5,
        _words_of(
            "all, every, always, no one, nobody, most, only, any, anyone, none, everyone, people, nothing, nowhere"
        ),
    ),
    (0.4, re.compile(r"\b(?:not|no|nor|neither|hardly|barely|without)\b|n['’]t\b", re.IGNORECASE)),
    (0.4, re.compile(r"\b(?:is|are|was|were|has|have|had|means)\b|['’]s\b", re.IGNORECASE)),
)
_BRAKES: tuple[tuple[float, re.Pattern[str]], ...] = (
    # Sarcasm says the opposite of its words; where it shows, the words are not a position.
    (
        1.6,
        re.compile(
            r"^(?:oh|wow|sure|yeah|gee|of course|right|great|nice|hey|gosh|aw+|ah|hmm+|well)\b[,.! ]"
            r"|/s\b|\byeah,? right\b|\blol\b|\bhaha|\brolleyes\b|[:;]-?[)(PDp](?:\W|$)|[\U0001F600-\U0001F64F]",
            re.IGNORECASE,
        ),
    ),
    (
        1.5,
        re.compile(
            r"^(?:so |and |but )?i (?:think|believe|guess|suppose) (?:i\b|i['’]|my|back|about|of)", re.IGNORECASE
        ),
    ),
    (0.5, re.compile(r"!|\.\.\.|…")),
    (
        1.2,
        re.compile(
            r"^(?:and |but |so )?(?:i|we|my|our|i['’]?m|i['’]?ve|i['’]d)\b(?! (?:\w+ly )?(?:against|opposed to|"
            r"in favou?r of|all for)\b)(?!['’]?d? (?:think|believe|argue|doubt|"
            r"suspect|find it|"
            r"say|would argue|would say|(?:just |also |really )?(?:don['’]?t|can['’]?t|"
            r"cannot) (?:really )?(?:think|believe|see|support)|agree|disagree|support|oppose|"
            r"am (?:\w+ly )?(?:against|opposed|in favou?r|all for)))",
            re.IGNORECASE,
        ),
    ),
    (
        0.5,
        re.compile(
            r"^(?:please|read|look|go|try|check|see|consider|remember|take|get|stop|show|tell|explain|give|use|make|"
            r"do|don['’]t|keep|ask|put|buy|note|just)\b",
            re.IGNORECASE,
        ),
    ),
    # What others are said to think is not what the writer argues.
    (
        1.0,
        re.compile(
            r"\b(?:people|many|some|everyone|they|folks|who) (?:always |often |also |will |would )?"
            r"(?:assume|think|say|claim|believe|argue|forget)s?\b|\bbandied\b|\bso-called\b|\bsupposedly\b",
            re.IGNORECASE,
        ),
    ),
    # What somebody did or has is an anecdote, wherever in the sentence they speak of themselves.
    (
        0.7,
        re.compile(
            r"(?<!^)(?<!^but )(?<!^so )(?<!^and )\b(?:I|I['’](?:ve|m|ll|d)|my|we|our)\b(?! (?:think|believe|"
            r"argue|doubt|say|would (?:say|argue))\b)"
        ),
    ),
    (1.0, re.compile(r"\b(?:you|your|you['’]re|you['’]ve|u|ur)\b", re.IGNORECASE)),
)
_PERSONAL = re.compile(
    r"^your\b|^you can(?:not|['’]?t)? (?:continue|think|say|see|claim|keep|read|try|find|look)\b|^you (?!can|"
    r"cannot|could|would|need|have to|should|must|get|will|may|might|don['’]t need)|"
    r"\byou (?:have no|aren['’]t|are not|have made|made)\b|"
    r"(?<!\bwhen )(?<!\bif )(?<!\bonce )(?<!\bas )(?<!\buntil )(?<!\bthat )\b(?:you|u) (?:said|say|says|claim|"
    r"claimed|mean|meant|are saying|were saying|think|thought|believe|seem|keep|"
    r"wrote|stated|asked|mentioned|assume|might want|may want|are wrong|are right|just|obviously|clearly|don['’]t|"
    r"admit|admitted|forget|forgot|ignore|ignored|refuse|misread|missed|"
    r"didn['’]t|haven['’]t|still|really|honestly|actually|guys|sir|never|continue|want|talk)\b"
    r"|\bthat you, an? |\byour (?:previous|last|earlier|latest|first)\b"
    r"|\byour (?:post|point|argument|claim|logic|question|example|source|opinion|view|reply|response|own|statement|"
    r"analogy|reasoning|position|words?|belief|assertion|idea|theory|religion|side|problem|definition)s?\b"
    r"|(?<!\bwhen )(?<!\bif )(?<!\bonce )\b(?:you['’]re|you['’]ve|you['’]ll|you['’]d|you are|do you|did you|"
    r"are you|can you|have you|why do you|tell me|"
    r"show me|agree with you|with you|yourself|as you)\b",
    re.IGNORECASE,
)
_STIPULATES = re.compile(r"^(?:so |and |but |now )?(?:let['’]?s|let us|suppose|imagine|assume|assuming|say)\b", re.I)
# "Peace, Tom."
_EMOTICON = re.compile(r"\bemoticon_\w+|(?<!\w):\w+:(?!\w)", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:where|why|how|what|who|when|which|whose)(?: \w+)?(?: else)? "
    r"(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|had|about)\b(?!,)",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"^it(?:['’]s| is| was| wasn['’]?t| isn['’]?t| would be| will be| seems| appears| takes| took| may be| might be|"
    r"['’]d be| has been| makes)\b[^,.;:]{0,36}?\b(?:that|to|until|how|whether)\b",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"^(?:(?:this|that|these|those|it|he|she|they|him|his|her|their|its|such|the latter|the former|the first|"
    r"the second|"
    r"the other|the same|neither|another|same|which|or|than|either|both|one of (?:them|these|those)|nor|"
    r"here|then|also|too|likewise|similarly|again|second|secondly|third|thirdly|finally|firstly|"
    r"mainly|mostly|assumes|says|means|seems|looks|sounds|depends|makes|takes|gives|shows|proves|goes|comes|"
    r"gets|needs|(?:something|anything|someone|things?) (?:that|which|who)|is|are|was|were|does|did|has|have|"
    r"had|can|could|would|should|will|and|"
    r"because|not|unlikely|exactly|true|agreed|same|like|ditto|indeed|don['’]t|doesn['’]t|didn['’]t|wasn['’]t|"
    r"isn['’]t|"
    r"won['’]t|can['’]t|hence|therefore|thus|otherwise|in (?:this|that|which|such) (?:case|way|respect|sense)|"
    r"as such|as a result|for example|for instance|at (?:this|that) point|by then|after that|even then|even so|"
    r"if so|if not|if (?:it|he|she|they|that|this)|when (?:he|she|they|it)|the (?:problem|reason|answer|effort|"
    r"difference|point) (?:was|is|being)(?! that)|what (?:he|she|they|it|that)|as for)"
    r"|(?:it|he|she|they|that|this|here)['’](?:s|d|ll|re|ve))\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:so(?! (?:far|many|much|long|called|that|what)\b)|but|and|yet|also|however|actually|anyway|now|imo|imho|"
    r"besides|moreover|furthermore|additionally|personally|frankly|"
    r"therefore|thus|then|indeed|basically|plus)(?:,\s*|\s+(?=[\w'’-]+[\s,]))"
    r"|(?:well|no|yes|yeah|yep|nope|nah|still|again|first|second|third|firstly|secondly|finally|lastly|honestly|"
    r"of course|"
    r"in fact|in short|on the contrary|on the other hand|as such|long story short|p\.?\s?s\.?|after all|look|"
    r"true|sure|"
    r"oh|ok|okay),\s*|(?:and|but) (?:yet|so)\s+)+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|hers|he['’](?:d|s|ll)|she['’](?:d|s|ll))\b", re.IGNORECASE)
_PLURAL_PRONOUN = re.compile(r"\b(?:they|them|their|they['’](?:d|re|ll|ve))\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][\w'’]+")
_SOMEBODY = re.compile(
    r"\b(?:the|a|an|every|any|each|no|some) (?!only|way|first|best|last|one|same|other|main)\w+", re.IGNORECASE
)
_DEICTIC = re.compile(
    r"\b(?:in this case|that period|the (?:underlined|bolded|highlighted|quoted)|"
    r"mentioned here|the above|above|below|the following|that one|those ones|"
    r"do so|did so|doing so|"
    r"of them|any of (?:it|those|these|them)|those(?! (?:who|that|of|which|with|in|people|whose|whom|for)\b)|"
    r"that (?:point|way|comment|statement|argument|sentence|question|claim|definition|"
    r"case|regard)|"
    r"the (?:others|latter|former|other one)|(?:these|this)(?! (?:country|world|planet|year|century|day|nation|"
    r"earth|life)\b))"
    r"\b|\b(?:with|about|for|by|on|to|at|from|like|in|than|do|did|of|towards?|against|into|over|behind|after|"
    r"before|without|does|say|said|want|mean) "
    r"(?:that|it)(?=[.,;:!)]|$| (?:is|was|would|will|has|had|may|might|could|can|and|or|but)\b)",
    re.IGNORECASE,
)
# "I oppose it": what "it" is was said before.
_VAGUE = re.compile(
    r"^(?:i|we|you|people|nobody|no one|everybody|everyone)(?: \w+(?:['’]\w+)?){1,4}? (?:it|them|"
    r"this)\b(?! (?:is|was|would|will|takes|"
    r"seems|that|to)\b)|^from (?:there|then)\b|^please\b|^if the answer\b|^\w+ly,? (?:it|he|she|they|this)\b|"
    r"^(?:no|yes|ok|"
    r"well),? but\b|^the (?:reason|answer|solution|result|effort|conclusion|trick|"
    r"main \w+) (?:is|was|are|were)\b",
    re.IGNORECASE,
)
# "The woman was ..." goes on with a story, unless it names somebody.
_PAST_SCENE = re.compile(
    r"^[Tt]h(?:e|ese|ose) (?:[a-z]+ ){1,2}(?:was|were|had|did|didn['’]t)\b[^A-Z]{0,70}$", re.DOTALL
)
_ELLIPTIC_END = re.compile(
    r"\b(?:it|they|he|she) (?:did|does|do|was|were|is|are|has|had|will|would|can|could)\W*$", re.I
)
_SUBORDINATE = re.compile(
    r"^(?:(?:simply |just |only |mainly |probably )?because|so much so|the idea being|unless|although|"
    r"(?:even )?though|while|whereas|since|(?:even )?if|(?:even )?when|whenever|until|as long as|provided|"
    r"given that)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|"
    r"need|needs|want|wants|wanted|make|makes|made|take|takes|took|give|gives|gave|get|gets|got|go|goes|went|come|"
    r"comes|came|mean|means|meant|show|shows|lead|leads|led|keep|keeps|kept|let|lets|see|sees|saw|know|knows|knew|"
    r"think|thinks|thought|say|says|said|work|works|fail|fails|cause|causes|give|cost|costs|kill|kills|deserve|"
    r"deserves|exist|exists|believe|believes|become|becomes|became|seem|seems|depend|depends|allow|allows|require|"
    r"requires|prove|proves|choose|chooses|live|lives|die|dies|paid|told|found|stood|sold|built|bought|sent|"
    r"spent|held|brought|rose|fell|ran|broke|spoke|wrote|"
    r"chose|fought|taught|met|felt|heard|began|grew|drew|drove|threw|flew|won|lost|hit|set|put|cut|left|sat|rose|"
    r"\w{3,}s(?= (?:the|a|an|to|that|it|them|him|her|his|its|their|not|no)\b)|"
    r"\w{3,}ed|cannot)\b|\w['’](?:s|d|ll|re|ve|m|t)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?:i|we|my|our|me)\b", re.IGNORECASE)
_RELATIVE_BEFORE = re.compile(r"\b(?:that|which|who|to|mainly because)\s+$", re.IGNORECASE)


def leading_words(text: str) -> int:
    """Number of characters of the joining words that open a sentence ("So, ", "But ", "No, ")."""
    found = _LEADS.match(text)
    if not found or len(text) - found.end() < 12:
        return 0
    return found.end()


def stipulates(text: str) -> bool:
    """Whether a sentence asks to assume something ("Let's say that ...") and so begins another line of thought."""
    return _STIPULATES.match(text) is not None


@lru_cache(maxsize=8192)
def judge(text: str) -> Judgement:
    """What the form of an English sentence tells; a pure function of its words."""
    bare = text[leading_words(text) :]
    count = len(words(_EMOTICON.sub("", text)))
    question = text.rstrip("\"'”’) ").endswith("?") or bool(_ASKS.match(bare))
    meta = is_housekeeping(text)
    argues = sum(weight for weight, cue in _CUES if cue.search(bare))
    argues -= sum(weight for weight, brake in _BRAKES if brake.search(text))
    if not _FIRST_PERSON.match(bare):
        argues += 0.5
    if count > 45:
        argues -= 0.8
    if question or meta or count < 4 or _STIPULATES.match(text):
        argues -= 4.0
    personal = bool(_PERSONAL.search(text))
    if personal:
        argues -= 2.0
    speakable = not meta and count >= 2 and not _shouts(text)
    return Judgement(argues, _is_self_contained(text, bare), speakable, question, personal)


def judge_plainly(text: str) -> Judgement:
    """What the form of a sentence in any language tells: a statement of some length counts as an argument."""
    question = text.rstrip("\"'”’)） ").endswith(("?", "？", "؟", ";"))
    meta = is_foreign_matter(text)
    long_enough = len(terms(text)) >= 5 or len(text) >= 25
    argues = ARGUES if long_enough and not (question or meta or "!" in text) else -2.0
    return Judgement(argues, long_enough, not meta, question, personal=False)


def _is_self_contained(text: str, bare: str) -> bool:
    if len(terms(bare)) < 2 or bare.rstrip().endswith((":", ",", "...", "…", "-")):
        return False
    if _ELLIPTIC_END.search(bare) or not _has_own_verb(bare) or _DEICTIC.search(bare):
        return False
    if _STIPULATES.match(text):
        return False
    if _SUBORDINATE.match(bare) and not _has_main_clause(bare):
        return False
    if _VAGUE.match(bare) or _PAST_SCENE.match(bare):
        return False
    if not (bare[0].isalnum() or bare[0] in "\"'“‘«"):
        return False
    if _EXPLETIVE.match(bare):
        return True
    if _LEANS_BACK.match(bare) or (text[:1].islower() and _LEANS_BACK.match(text)):
        return False
    return _names_whom_it_means(bare)


def _has_own_verb(text: str) -> bool:
    """Whether some verb is not that of a relative clause: "a road that ends in a swamp" states nothing."""
    return any(not _RELATIVE_BEFORE.search(text[: found.start()]) for found in _VERB.finditer(text))


def _has_main_clause(text: str) -> bool:
    """Whether a sentence that opens with "if" or "although" goes on to what holds then."""
    parts = re.split(r",| then\b", text)
    return any(_VERB.search(part) for part in parts[1:]) or len(_VERB.findall(text)) >= 3


def _names_whom_it_means(text: str) -> bool:
    """Whether each "he" and "they" has somebody to stand for earlier in the sentence."""
    found = _PRONOUN.search(text)
    if found:
        before = text[: found.start()]
        named = any(terms(name[0]) for name in _NAME.finditer(before)) or _SOMEBODY.search(before)
        if not named and not (text.islower() and terms(before)):
            return False
    found = _PLURAL_PRONOUN.search(text)
    return not found or len(terms(text[: found.start()])) >= 1


def _shouts(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)
