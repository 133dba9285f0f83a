"""From a thread to its cast, without a model: what each poster argues, in their own words."""

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from personas.argumentative import ARGUES, Judgement, judge, judge_plainly
from personas.epithets import make_epithet
from personas.mentions import Mentions
from personas.naming import make_ids, make_pseudonyms
from personas.own_words import OwnSentence, own_sentences
from personas.persona import Cast, Persona, Remark, Stance
from personas.positions import Claim, as_position, claims_of, group_positions, is_english, topic_of
from personas.stance import Motion, find_stance, read_motion
from personas.terms import rarity
from personas.thread import Thread
from personas.voice import measure_voice

UNTITLED = "the matter of this discussion"


class _Setting(NamedTuple):
    """What is the same for every poster of a thread."""

    thread: Thread
    motion: Motion
    weights: Mapping[str, float]
    topic: frozenset[str] | None
    mentions: Mentions
    english: bool


def extract_cast(thread: Thread, motion: str | None = None) -> Cast:
    """The personas of a thread, one for each poster who wrote words of their own, in order of first appearance.

    Args:
        thread: As read by `personas.reading`.
        motion: What the stances refer to; the thread's title where None.

    Returns:
        The cast. Every evidence is verbatim in an own passage of its poster; a poster who argues nothing that can
        be understood on its own has no positions and nothing to say in a debate.
    """
    motion_text = (motion or thread.title or UNTITLED).strip()
    setting, by_author = _read(thread, motion_text)
    names = [author for author in thread.authors if author in by_author]
    personas = tuple(
        _persona(setting, name, persona_id, pseudonym, by_author[name])
        for name, persona_id, pseudonym in zip(names, make_ids(names), make_pseudonyms(names), strict=True)
    )
    return Cast(motion=motion_text, offsets=thread.offsets, thread_digest=thread.digest, personas=personas)


def claims_by_author(thread: Thread, motion: str) -> dict[str, list[Claim]]:
    """Each poster's sentences and clauses that argue something and can be understood on their own."""
    setting, by_author = _read(thread, motion)
    return {
        name: _claims(setting, said, [one for one in said if setting.mentions.names_another(name, one.text)])
        for name, said in by_author.items()
    }


def _read(thread: Thread, motion: str) -> tuple[_Setting, dict[str, list[OwnSentence]]]:
    sentences = list(own_sentences(thread))
    texts = [sentence.text for sentence in sentences]
    weights = rarity(texts)
    setting = _Setting(
        thread,
        read_motion(motion, weights),
        weights,
        topic_of(sentences, motion),
        Mentions(thread.authors, texts, motion),
        is_english(texts),
    )
    by_author: dict[str, list[OwnSentence]] = {}
    for sentence in sentences:
        by_author.setdefault(sentence.author, []).append(sentence)
    return setting, by_author


def _claims(setting: _Setting, sentences: Sequence[OwnSentence], named: Container[OwnSentence]) -> list[Claim]:
    return claims_of([sentence for sentence in sentences if sentence not in named], setting.english)


def _persona(
    setting: _Setting, name: str, persona_id: str, pseudonym: str, sentences: Sequence[OwnSentence]
) -> Persona:
    thread = setting.thread
    named = {sentence for sentence in sentences if setting.mentions.names_another(name, sentence.text)}
    claims = _claims(setting, sentences, named)
    groups = group_positions(claims, setting.motion.text, setting.weights, setting.topic)
    positions = tuple(as_position(group, number) for number, group in enumerate(groups, start=1))
    found = find_stance(sentences, setting.motion, thread.posts[0].id)
    posts = [post for post in thread.posts if post.author == name]
    judgements = [judge(one.text) if setting.english else judge_plainly(one.text) for one in sentences]
    return Persona(
        id=persona_id,
        name=name,
        named=any(post.author_named for post in posts),
        pseudonym=pseudonym,
        epithet=make_epithet(
            positions,
            [claim.text for claim in claims],
            found.stance,
            setting.motion.text,
            asks=sum(judgement.question for judgement in judgements) * 2 >= len(judgements),
        ),
        stance=found.stance,
        stance_evidence=found.evidence,
        positions=positions,
        remarks=_remarks(sentences, judgements, groups, named, found.stance),
        voice=measure_voice(sentences),
        posts=tuple(post.id for post in posts),
    )


def _remarks(
    sentences: Sequence[OwnSentence],
    judgements: Sequence[Judgement],
    groups: Sequence[Sequence[Claim]],
    named: Container[OwnSentence],
    stance: Stance,
) -> tuple[Remark, ...]:
    """All that may be said in a new round: no links, greetings or talk about the thread, no question out of place.

    Somebody who argues nothing at all has none, so that they are not put into a debate.
    """
    argues = any(one.self_contained and one.speakable and one.argues >= ARGUES for one in judgements)
    if not groups and stance == "unclear" and not argues:
        return ()
    home = {claim.sentence: f"p{number}" for number, group in enumerate(groups, start=1) for claim in reversed(group)}
    return tuple(
        Remark(
            post_id=sentence.post_id,
            text=sentence.text,
            start=sentence.start,
            end=sentence.end,
            answers=sentence.answers,
            answers_author=sentence.answers_author,
            position_id=home.get(sentence),
            stands_alone=judgement.self_contained
            and not (judgement.question or judgement.personal or sentence in named),
        )
        for sentence, judgement in zip(sentences, judgements, strict=True)
        if judgement.speakable and (not judgement.question or sentence.answers is not None)
    )
