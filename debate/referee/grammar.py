"""Where a clause begins: subjects and finite verbs, known from small lists and endings."""

import re

from debate.referee.lexicon import AUXILIARIES, MODALS, PAST_VERBS, PRESENT_VERBS
from language.words import STOPWORDS, Word, fold, word_set, words

_SUBJECTS = word_set(
    """he she they it we you i this that these those there nobody everyone everybody no-one some many most
    all both one who which the a an his her their its our my your neither each every another"""
)
PRONOUNS = word_set("he she they it we you i there this that these those nobody everyone who")
MORE_PAST = word_set("cost beat sold shed rid split burst stank shone ground clung wove leapt learnt burnt dreamt")
"""Past forms that look like present ones, or are rare."""
MORE_PRESENT = word_set(
    """accounts adds affects agrees aims allows announces appears applies arrives asks attacks attracts attends backs
    bears believes blocks borders breaks brings builds burns buys calls captures carries catches ceases celebrates
    changes charges claims closes collapses combines commits compares competes complains concerns confirms connects
    consumes continues contradicts converts costs counts covers creates crosses declares decides declines defeats
    defends delivers demands denies describes destroys develops differs directs disagrees discovers divides doubles
    drives drops earns eats emits employs enables ends enjoys enters equals escapes exceeds excludes expects explains
    exports extends faces fails feels fights fills finds finishes flows flies follows forbids forces forgets forms
    gains happens hates heads hears helps hits hosts ignores imports improves increases influences insists invades
    invites involves joins jumps keeps kills lacks lasts launches lends lets lies lifts links listens looks loses
    loves lowers manages marries matters measures meets melts moves names needs occupies occurs offers opens operates
    orders outnumbers owes passes pays performs permits prefers prevents proves provides publishes pulls pushes
    quits raises reaches reads receives recovers reduces refers refuses rejects releases relies replaces requires
    resigns resists results retires returns reveals rules sells sends separates serves settles signs sinks sits
    speaks spends spreads starts stays stops strikes succeeds suffers supports surrenders survives takes talks tells
    tends threatens tries turns uses varies visits votes waits walks wants weighs withdraws worries writes yields
    spreads opens moves""".replace("\n", " ")
)
"""Third persons that are seldom nouns where a verb is looked for."""
_SPEAKERS = word_set("i we you they")
_JOINING = word_set("and or of who which that")


def is_finite(word: Word) -> bool:
    """Whether a word looks like a finite verb."""
    folded = word.fold
    return (
        folded in AUXILIARIES
        or folded in PAST_VERBS
        or folded in PRESENT_VERBS
        or folded in MORE_PAST
        or (folded in MORE_PRESENT and word.text[0].islower())
        or folded in MODALS
        or folded.endswith(("n't", "'d", "'ll", "'s", "'re", "'ve", "'m"))
        or (folded.endswith("ed") and len(folded) > 3 and (word.text[0].islower() or word.text.isupper()))
    )


def has_verb(text: str) -> bool:
    """Whether a finite verb stands anywhere in a short piece."""
    return any(is_finite(word) for word in words(text))


def is_clause(text: str) -> bool:
    """Whether a piece has a subject and a finite verb after it."""
    return any(is_finite(word) for word in words(text)[1:40]) or _contracted(text)


def starts_clause(text: str) -> bool:
    """Whether a piece opens with a subject that a finite verb follows."""
    found = words(text)[:12]
    if not found:
        return False
    if _contracted(text):
        return True
    first = found[0]
    if first.fold in _SPEAKERS and len(found) > 2 and found[1].fold not in _JOINING and text[first.end :][:1] == " ":
        # After "I" and "they" any word may be the verb.
        return True
    if first.fold in PRONOUNS:
        return any(is_finite(word) for word in found[1:4])
    names = first.text[0].isupper() or first.fold in _SUBJECTS or fold(first.text) not in STOPWORDS
    if not names or is_finite(first):
        return False
    for place, word in enumerate(found[1:8], 1):
        pair = found[place - 1].text[0].isupper() and place + 1 < len(found) and found[place + 1].text[0].isupper()
        if word.fold in ("and", "or") and pair:
            # "Kamenev and Zinoviev broke with ...": two names are one subject.
            continue
        if word.fold in ("to", "of", "and", "or", "by", "for", "with") and word is found[1] and word.fold != "of":
            return False
        if is_finite(word):
            return not (word.fold.endswith("ed") and word.fold not in PAST_VERBS and found.index(word) == 1
                        and first.text[0].islower())  # fmt: skip
        if word.fold in ("and", "or", "which", "who", "that") or text[word.end : word.end + 1] in (",", ";", ":"):
            return False
    return False


_CONTRACTED = re.compile(
    r"\W*(?:i|he|she|it|they|we|you|there|that|who|what)(?:['’`](?:s|d|ll|re|ve|m))\b", re.IGNORECASE
)


def _contracted(text: str) -> bool:
    return bool(_CONTRACTED.match(text))
