"""Words that speak to whoever checks them, instead of to the people in the debate.

The rules read such words as words. A model may obey them, and then its answer says nothing about the claim: where they
are found, the rules rule alone. Found too often, this costs a second opinion; found too seldom, no more than that a
verdict is weakened, since a model can never make one stronger than the rules' own.
"""

import re

_VERDICT = r"(?:supported|contradicted|not[ _]covered|not[ _]checkable|unchecked)"
_CHECKER = (
    r"(?:referee|(?:fact[- ]?)?checker|judge|grader|evaluator|verifier|moderator|model|assistant|a\.?i\.?|llm"
    r"|chat ?bot|system)"
)
_ORDERS = re.compile(
    r"<\s*\|.{0,40}?\|\s*>|\[/?(?:INST|SYS|SYSTEM)\]|<<\s*/?\s*SYS\s*>>"
    r"|<\s*/?\s*(?:data|system|claims?|facts?|assistant|user|instructions?|prompt|verdicts?|turn)\b[^<>]{0,40}>"
    r"|(?:^|\n|[.!?:]\s+)\W*(?:system|assistant|developer|user|human|note to (?:the )?\w+|instructions?|admin"
    r"|root)\s*(?:prompt|message|note)?\s*:"
    r"|#{2,}\s*(?:system|instruction|response|new|end)"
    rf"|\bverdicts?\b['\"]?\s*(?:[:=]|(?:is|are|must|should|shall)\b)|[\"'](?:verdicts?|facts?|quote)[\"']\s*:"
    rf"|\bchecker\s*[:=]"
    rf"|\b(?:answer|reply|respond|output|return|print|say|write|rule|mark|label|classify|rate|grade|score|judge"
    rf"|declare|treat|consider|call|give)\b[^.!?\n]{{0,60}}\b{_VERDICT}\b"
    rf"|\b{_VERDICT}\b[^.!?\n]{{0,30}}\b(?:answer|verdict|ruling|only|always|everything|every claim|all claims)\b"
    rf"|\b(?:every|all|any|this|my|the next|each) (?:claims?|statements?|sentences?"
    rf"|turns?)\b[^.!?\n]{{0,40}}\b(?:is|are|be|as) {_VERDICT}\b"
    rf"|\b(?:ignore|disregard|forget|override|bypass|skip|drop|discard)\s+(?:(?:all|any|the|your|these|those|every"
    rf"|of|fact|other)\s+){{0,4}}"
    rf"(?:instructions?|sheet|facts?|rules?|prompts?|above|previous|prior|guidelines)\b"
    r"|\bnew (?:instructions?|rules|task|system prompt)\b|\b(?:your|these|those|following|secret"
    r"|hidden) (?:new )?instructions?\b|\byour (?:task|job|role) is\b"
    rf"|\byou are (?:now )?(?:a|an|the|no longer)\b[^.!?\n]{{0,40}}\b{_CHECKER}\b|\bas an? (?:ai|llm|language model"
    rf"|assistant)\b"
    rf"|\b(?:dear|hey|hello|attention,?|attn:?|to the) {_CHECKER}\b"
    rf"|\b(?:the )?{_CHECKER}\b[^.!?\n]{{0,40}}\b(?:must|should|shall|has to|have to|needs? to|will|is (?:told"
    rf"|ordered|asked|obliged) to|already|agreed|confirmed)\b"
    rf"[^.!?\n]{{0,40}}\b(?:answer|say|said|rule|ruled|agree|agreed|accept|{_VERDICT}|object|side|true|correct"
    rf"|approve|confirm(?:ed)?|reply|output|ignore)"
    r"|\bdo(?: not|n['’]t) (?:object|contradict|rule against|check|cite|flag)\b"
    r"|\b(?:the )?facts? (?:above|below|on the sheet|beside)?\s*(?:was|were|is|are|has been|have been) (?:withdrawn"
    r"|retracted|wrong|outdated|void|revoked|deleted|replaced)\b"
    r"|\bfacts?\s*:\s*\S+ (?:is|are) (?:wrong|void|false)\b|\bend of (?:data|prompt|input|instructions)\b"
    r"|\bjailbreak\b|\bdeveloper mode\b|\bprompt injection\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]+")


def gives_orders(text: str) -> bool:
    """Whether a text tries to tell a checker what to answer, or to look like a part of its instructions."""
    return bool(_ORDERS.search(_SPACES.sub("", text)))
