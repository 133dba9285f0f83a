"""Personas for tests, made from sentences; their evidence lies in one imagined source after the other."""

from personas.persona import Evidence, Persona, Position, Remark, Stance, Voice


def make_persona(persona_id: str, *sentences: str, stance: Stance = "unclear", answers: str | None = None) -> Persona:
    """A persona whose remarks are these sentences, in one post of their own; the first is their central position."""
    post = f"post-{persona_id}"
    place, remarks = 0, []
    for number, sentence in enumerate(sentences, start=1):
        remarks.append(
            Remark(
                post_id=post,
                text=sentence,
                start=place,
                end=place + len(sentence),
                answers=answers if number == 1 else None,
                position_id=f"{persona_id}-p{number}",
            )
        )
        place += len(sentence) + 1
    positions = tuple(
        Position(
            id=f"{persona_id}-p{number}",
            statement=one.text,
            evidence=(Evidence(post_id=post, text=one.text, start=one.start, end=one.end),),
        )
        for number, one in enumerate(remarks, start=1)
    )
    return Persona(
        id=persona_id,
        name=persona_id.title(),
        pseudonym=f"Speaker {persona_id[:1].upper()}",
        epithet=f"the {persona_id}",
        stance=stance,
        stance_evidence=positions[0].evidence[0] if positions and stance != "unclear" else None,
        positions=positions,
        remarks=tuple(remarks),
        voice=Voice(words_per_post=40, words_per_sentence=10, formality="neutral", address="indirect"),
        posts=(post,),
    )
