"""How much a statement looks like one that somebody should look up: a figure, a name, a deed, a comparison.

Weights set by hand from what a factual claim is; nothing was fitted. The score orders what a curator is shown first. It
decides no verdict: what is not worth a journalist's time may still be wrong.
"""

import re

from debate.referee.grammar import MORE_PAST, is_finite
from debate.referee.lexicon import PAST_VERBS
from debate.referee.reading import read
from language.words import word_set, words

WORTHY = 1.4
"""From this score on a statement is called worth checking."""

_BIG_FIGURE = re.compile(
    r"(?:[$€£]\s?\d|\d[\d.,]*\s?(?:%|percent|per ?cent|million|billion|trillion|thousand)"
    r"|\b(?:million|billion|trillion|percent|per cent|hundred thousand)s?\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b\d[\d.,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|dozen|half|third|quarter|double|doubled|tripled|twice)\b",
    re.IGNORECASE,
)
_MEASURED = word_set(
    """
    rate rates unemployment inflation deficit debt budget tax taxes jobs income wages prices cost costs spending
    economy growth exports imports crime murders poverty population billion percent surplus troops soldiers
    casualties deaths votes vote voted veto vetoed law bill act legislation treaty record currency pollution
    agreement premiums premium insurance weapons missiles percentage debts loans salary salaries wage workers
    unemployed drugs prisoners immigrants refugees emissions energy oil coal steel manufacturing factories
    bankruptcy bankruptcies investment dollars benefits coverage schools students graduates pupils average
    capita temperature temperatures export import tariffs tariff"""
)
_DEEDS = word_set(
    """
    voted cut cuts raised increased decreased reduced created lost doubled tripled passed signed vetoed opposed
    supported appointed fired spent borrowed built closed banned invaded attacked supplied sold bought imported
    exported added dropped rose fell grew declined went gained won elected introduced proposed endorsed called
    said promised refused inherited balanced killed died received paid provided produced led ran ended began
    started stopped approved gave"""
)
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|bigger|faster|slower|\w{3,}er) than\b"
    r"|\b(?:most|least|highest|lowest|largest|smallest|biggest|greatest|first|last|only|worst|best|never|ever|every"
    r"|all)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|['’]ve|hasn['’]t|haven['’]t|never)\b(?: \w+ly| not| never| already| been"
    r"| just){0,2} (?:\w+ed|been|gone|got|gotten|lost|won|cut|made"
    r"|done|taken|seen|grown|fallen|risen|spent|put|said|run|come|become|built|given|kept|led|sent|sold|paid|met"
    r"|held|left)\b",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(
    r"\b(?:he|she|it|they|we|[A-Z][a-z]+)(?:['’]s|['’]re| is| are| was| were) (?:now "
    r"|still )?\w{3,}ing\b(?<!going)(?<!talking)(?<!saying)"
)
_STATES = re.compile(
    r"\b(?:number one|there (?:is|are|was|were) (?:no|only|now|more|about|almost|over)|is the (?:only|first|last"
    r"|\w+est)|are the (?:only|\w+est)"
    r"|has the|have the|\w{3,}est)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:i|i['’]\w+|me|my|let me|we should|we must|we need|we can|we will|we['’]ll|we['’]re going)\b", re.I
)
_PLAN = re.compile(
    r"\b(?:will|won['’]t|would|should|could|might|may|must|ought|shall|can|can['’]t|cannot|need to|needs to|have to"
    r"|has to|going to"
    r"|wants? to|wanted to|i want|plans?|proposal|propose|proposing|suppose|if|got to|try(?:ing)? to|let['’]s"
    r"|\w+['’]ll|gonna)\b",
    re.IGNORECASE,
)
_FELT = re.compile(
    r"\b(?:think|believe|hope|feel|guess|sure|wish|care|love|want|matter|respect|thank|thanks|please|sorry|proud"
    r"|honor|important"
    r"|question|answer|agree|disagree|opinion|view|issue|point|problem|idea|wonderful|great|good|bad|terrible|wrong"
    r"|right"
    r"|better|true|freedom|principles?|values|leadership|strong|future)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^\W*(?:well|now|thank|thanks|mr|governor|senator|president|gentlemen|good (?:evening|morning)|welcome|okay|ok"
    r"|yes|no"
    r"|look|listen|you know|let|that['’]s|it['’]s|this is|what|so)\b",
    re.IGNORECASE,
)


def worth(text: str) -> float:
    """How much of a claim to look up a sentence is; about 0 for small talk, 2 and more for one with figures."""
    reading, found = read(text), words(text)
    folds = {word.fold for word in found}
    past = any(
        word.fold in PAST_VERBS or word.fold in MORE_PAST or word.fold.endswith("ed")
        for word in found
        if is_finite(word)
    )
    score = 1.6 * bool(_BIG_FIGURE.search(text)) + 0.9 * bool(reading.dates)
    score += min(1.2, 0.6 * len(_FIGURE.findall(text)))
    score += min(0.9, 0.3 * len(reading.names))
    score += 0.7 * bool(folds & _MEASURED) + 0.8 * bool(folds & _DEEDS) + 0.5 * past
    score += 0.3 * bool(_COMPARED.search(text)) + 0.3 * bool(folds & {"he", "she", "they", "his", "her", "their"})
    score += 0.3 * bool(_UNDER_WAY.search(text))
    score -= min(1.6, 0.6 * len(_PLAN.findall(text))) + min(0.8, 0.4 * len(_FELT.findall(text)))
    score += 0.4 * bool(_PERFECT.search(text)) + 0.3 * bool(_STATES.search(text))
    # "We cut taxes" tells of a deed, "we should cut taxes" of a plan.
    own = 0.2 if past and folds & _DEEDS else 0.4
    score -= min(0.8, own * len(_OWN.findall(text))) + 0.3 * bool(_ADDRESS.match(text))
    if text.rstrip().endswith("?"):
        score -= 1.5
    if len(found) < 6:
        score -= 0.8
    return round(score + min(0.4, 0.02 * max(0, len(found) - 8)), 3)
