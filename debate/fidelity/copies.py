"""Sentences of a turn that are the poster's own but for a few words: a weak model's copies, put right.

A small model copies what it is shown and changes a word on the way: "he had a pragmatic view" becomes "I had a
pragmatic view", which nobody wrote. Where a sentence is plainly such a copy, the poster's real words take its place.
One that says the contrary is left as it is: it is a turned position, and no slip.
"""

import re
from functools import lru_cache

from language.sentences import split_sentences
from personas.persona import Persona
from personas.terms import denials, words

_SAME = 84.0
"""Likeness of two sentences, 0 to 100, from which on one is a copy of the other."""
_LEAST_WORDS = 5
_ASSENT = re.compile(r"^(?:yes|sure|certainly|of course|indeed)\b[,.! ]+", re.IGNORECASE)


def put_copies_right(text: str, speaker: Persona) -> str:
    """The turn with the poster's real words in place of each near copy of them; other sentences stay as they are."""
    own = _own_sentences(speaker)
    kept = [_real_words(sentence.text, own) for sentence in split_sentences(text)]
    return " ".join(dict.fromkeys(kept)) if kept else text


def _real_words(sentence: str, own: tuple[tuple[str, str], ...]) -> str:
    # Imported late: a debate without a small model needs no approximate matching.
    from rapidfuzz import fuzz, process

    said = " ".join(words(_ASSENT.sub("", sentence)))
    if len(said.split()) < _LEAST_WORDS:
        return sentence
    found = process.extractOne(said, [joined for joined, _ in own], scorer=fuzz.ratio, score_cutoff=_SAME)
    if found is None or denials(found[0].split()) != denials(said.split()):
        return sentence
    real = own[found[2]][1]
    # A clause of a longer sentence ends without a mark; as a sentence of a turn it needs one.
    return real if real[-1:] in ".!?…\"'”’)" else real.rstrip(" ,;:-–—") + "."


@lru_cache(maxsize=64)
def _own_sentences(speaker: Persona) -> tuple[tuple[str, str], ...]:
    """Each own sentence's words alone, and as it was written on one line."""
    texts = [" ".join(remark.text.split()) for remark in speaker.remarks]
    texts += [" ".join(one.text.split()) for position in speaker.positions for one in position.evidence]
    return tuple((" ".join(words(text)), text) for text in dict.fromkeys(texts))
