"""A cast under pseudonyms: nothing but the posters' own sentences is left of who they are."""

from personas.naming import make_ids
from personas.persona import Cast, Persona, Remark


def pseudonymise(cast: Cast) -> Cast:
    """The same cast with every name and id replaced by the pseudonym.

    Names that posters write inside their sentences stay: evidence is verbatim.
    """
    shown = {persona.name: persona.pseudonym for persona in cast.personas}
    ids = make_ids([persona.pseudonym for persona in cast.personas])
    hidden = tuple(_hide(persona, persona_id, shown) for persona, persona_id in zip(cast.personas, ids, strict=True))
    return cast.model_copy(update={"personas": hidden})


def _hide(persona: Persona, persona_id: str, shown: dict[str, str]) -> Persona:
    remarks = tuple(_hide_author(remark, shown) for remark in persona.remarks)
    return persona.model_copy(update={"id": persona_id, "name": persona.pseudonym, "named": False, "remarks": remarks})


def _hide_author(remark: Remark, shown: dict[str, str]) -> Remark:
    # Somebody who is quoted but takes no part has no pseudonym, and is not named either.
    return remark.model_copy(update={"answers_author": shown.get(remark.answers_author or "")})
