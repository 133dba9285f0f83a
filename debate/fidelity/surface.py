"""What can be seen of a turn without understanding it: labels, length, language, assistant talk, repetition."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from debate.events import Question
from debate.fidelity.findings import Finding, Occasion
from debate.fidelity.phrases import ASSISTANT, LEAK, REFUSAL
from language.sentences import split_sentences
from personas.persona import Persona
from personas.terms import terms, words

ESSAY_WORDS = 450
"""From here on a turn is no turn that could be cut, but another kind of text."""

_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*[^\n]{0,80}\n"
    r"|(?:\*\*)?(?:my )?(?:reply|response|answer|post|turn)(?:\*\*)?\s*:\s*(?:\*\*)?)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"^(?:hi|hello|hey|greetings|dear)\b[^.!?\n]{0,40}[,.!]\s+", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"^(?:certainly|sure|of course|okay)[,.!] (?:here's|here is) (?:my|the|a) [\w ]{1,30}:\s*"
    r"|^i (?:hold|stand by|maintain)(?: (?:what i (?:hold|said|wrote)|my views?))?(?: that|:)\s+",
    re.IGNORECASE,
)
"""What small models put before the words that were asked for."""
_MARKUP = re.compile(r"\*{1,3}|__|^\s*(?:[-*•]|\d{1,2}[.)])\s+|^\s*>\s?|^#{1,6}\s+", re.MULTILINE)
_LEAST_MOTION = 3
_LATIN = re.compile("[\0-\x7f\u00c0-\u024f]")
_ENDS = (".", "!", "?", "…", '"', "”", "’", "'", ")", "»")
_FUNCTION_WORDS = frozenset(
    "the of and a to in is that it was for on are with as be at this have from or by not but what all were we when "  # noqa: SIM905
    "there can an which their if will would has had they you i he she his her its no so do did than who how".split()
)


def tidy(raw: str, occasion: Occasion, *, was_cut: bool = False) -> str:
    """The words of a turn without what models put around them, cut at a sentence's end where it is too long.

    Args:
        raw: As the model wrote it.
        occasion: Whose label may stand in front, and how long the turn may be.
        was_cut: True where the reply ended for its length, so that its last sentence is a fragment.
    """
    text = raw.strip().strip("`").strip()
    for _ in range(3):
        text = _SALUTATION.sub("", _HEADING.sub("", _own_label(occasion).sub("", text))).strip()
        led_in = _LEAD_IN.sub("", text)
        text = led_in[:1].upper() + led_in[1:] if led_in != text else text
    if len(text) > 2 and text[0] in "\"“'" and text[-1] in "\"”'" and not any(mark in text[1:-1] for mark in '"“”'):
        text = text[1:-1].strip()
    text = " ".join(_MARKUP.sub("", text).split())
    sentences = [sentence.text for sentence in split_sentences(text)]
    if len(sentences) > 1 and (was_cut or not sentences[-1].endswith(_ENDS)):
        sentences.pop()
    if len(text.split()) > ESSAY_WORDS:
        return text
    kept: list[str] = []
    length = 0
    for sentence in sentences[: occasion.max_sentences + 2]:
        length += len(sentence.split())
        if kept and length > occasion.max_words * 1.4:
            break
        kept.append(sentence)
    return " ".join(kept) if kept else text


def inspect_surface(raw: str, text: str, occasion: Occasion) -> Iterator[Finding]:
    """What is wrong with a turn on its face.

    Args:
        raw: As the model wrote it, with its lines.
        text: The same after `tidy`.
        occasion: What it is said on.
    """
    said = words(text)
    if len(said) < 3:
        yield Finding(kind="empty", detail="it has no words that say anything")
        return
    if len(said) > ESSAY_WORDS:
        yield Finding(kind="length", detail=f"it is {len(said)} words long; write at most {occasion.max_words}")
    for kind, pattern in (("assistant", ASSISTANT), ("refusal", REFUSAL), ("leak", LEAK)):
        found = pattern.search(text) or (None if raw == text else pattern.search(raw.strip()))
        if found and not _is_own_phrase(found[0], occasion.speaker):
            yield Finding.model_validate({"kind": kind, "detail": f"{_TALK[kind]} (“{' '.join(found[0].split())}”)"})
    if occasion.instructions and (shared := _grams(said) & _grams_of(occasion.instructions)):
        yield Finding(kind="leak", detail=f"{_TALK['leak']} (“{' '.join(min(shared))}”)")
    if _only_repeats_motion(text, occasion):
        yield Finding(kind="repetition", detail="it only says the motion again; argue")
    yield from _language(said, occasion.speaker)
    yield from _mouths(raw, text, occasion)
    yield from _repetitions(said, text, occasion)


def _only_repeats_motion(text: str, occasion: Occasion) -> bool:
    found, motion = terms(text), terms(occasion.setup.motion)
    return len(motion) >= _LEAST_MOTION and len(found - motion) <= len(found & motion) // _LEAST_MOTION


def _is_own_phrase(phrase: str, speaker: Persona) -> bool:
    """Whether the poster writes so: "the material basis of his power" is no talk of the instructions."""
    spoken = " ".join(phrase.casefold().split())
    return any(spoken in " ".join(remark.text.casefold().split()) for remark in speaker.remarks)


_TALK = {
    "assistant": "it talks like an assistant or about the task, not like a poster",
    "refusal": "it declines instead of arguing",
    "leak": "it repeats parts of the instructions",
}


def _language(said: list[str], speaker: Persona) -> Iterator[Finding]:
    own = _script_of(" ".join(remark.text for remark in speaker.remarks[:20]))
    if own.words < 20:
        return
    share, own_share = _function_share(said), own.function_share
    # Scripts without spaces give few long words: they are told by their letters alone.
    other_script = abs(_latin_share(said) - own.latin_share) > 0.4
    not_english = own_share > 0.25 and share < 0.1
    suddenly_english = own_share < 0.08 and share > 0.3
    if other_script or (len(said) >= 12 and (not_english or suddenly_english)):
        yield Finding(kind="language", detail="it is not in the language in which the poster writes")


class _Script(NamedTuple):
    """What tells a poster's language."""

    words: int
    latin_share: float
    function_share: float


@lru_cache(maxsize=1024)
def _script_of(text: str) -> _Script:
    own = words(text)
    return _Script(len(own), _latin_share(own), _function_share(own)) if own else _Script(0, 0.0, 0.0)


def _latin_share(said: list[str]) -> float:
    text = "".join(said)
    return 1.0 if text.isascii() else len(_LATIN.findall(text)) / len(text)


def _function_share(said: list[str]) -> float:
    return sum(word in _FUNCTION_WORDS for word in said) / len(said)


def _mouths(raw: str, text: str, occasion: Occasion) -> Iterator[Finding]:
    """Words put into others' mouths, and talk about oneself by name."""
    own = occasion.setup.shown_name(occasion.speaker.id)
    others = [occasion.setup.shown_name(one.id) for one in occasion.setup.participants if one.id != occasion.speaker.id]
    # "Cook: you are wrong" may also address Cook; a speaker's label comes with other lines.
    if raw.strip().count("\n"):
        for name in others:
            if re.search(rf"^[\s*_>#]*{re.escape(name)}[*_]*\s*:", raw, re.IGNORECASE | re.MULTILINE):
                yield Finding(kind="speaks_for_others", detail=f"it puts words into {name}'s mouth")
                break
    if len(own) > 2 and re.search(rf"(?<![\w-]){re.escape(own)}(?:'s|’s)?(?![\w-])", text, re.IGNORECASE):
        yield Finding(kind="third_person", detail=f"it speaks of {own} by name; {own} is the one who speaks")


def _own_label(occasion: Occasion) -> re.Pattern[str]:
    speaker = occasion.speaker
    names = {occasion.setup.shown_name(speaker.id), speaker.name, speaker.pseudonym, speaker.id}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"^[\s*_#\[(]*(?:{alternatives})[\])*_]*(?:'s (?:reply|post|turn|response))?\s*[:–—]\s*[*_]*"
        rf"|^(?:as|i am|i'm),? (?:{alternatives})[,.:]\s+",
        re.IGNORECASE,
    )


def _repetitions(said: list[str], text: str, occasion: Occasion) -> Iterator[Finding]:
    sentences = [sentence.text.casefold() for sentence in split_sentences(text)]
    if len(set(sentences)) < len(sentences):
        yield Finding(kind="repetition", detail="it says the same sentence twice")
        return
    grams = _grams(said)
    if not grams:
        return
    for turn in occasion.turns[-40:]:
        shared = len(grams & _grams_of(turn.text)) / len(grams)
        if turn.speaker == occasion.speaker.id and shared > 0.5:
            yield Finding(kind="repetition", detail="it says again what this poster has said before")
            return
        if turn.speaker != occasion.speaker.id and shared > 0.4:
            yield Finding(kind="echo", detail=f"it repeats the words of {turn.speaker_name}")
            return
    for event in occasion.events[-3:]:
        if isinstance(event, Question) and len(grams & _grams_of(event.text)) / len(grams) > 0.6:
            yield Finding(kind="echo", detail="it repeats the question")
            return


@lru_cache(maxsize=1024)
def _grams_of(text: str) -> frozenset[tuple[str, ...]]:
    """Of the instructions and of turns said already, which each new turn is held against."""
    return _grams(words(text))


def _grams(said: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(said[at : at + 4]) for at in range(len(said) - 3))
