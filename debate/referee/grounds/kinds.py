"""Kinds of things that exclude each other: no novel is a film, no city a country, no person a place.

Only kinds that a pupil would never take for one another are listed. What people do (athlete, president), genres
(comedy) and what works are made from (remake, sequel) exclude nothing: one person may be both, and a comedy may be a
play.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from debate.referee.lexical import fields_of, kin, lemma
from language.words import stem, word_set

_LISTED = {
    "film": "film movie documentary blockbuster",
    "series": "sitcom telenovela",
    "album": "album soundtrack",
    "song": "song anthem ballad",
    "piece": "symphony concerto sonata",
    "opera": "opera",
    "book": "book paperback",
    "novel": "novel novella",
    "poem": "poem sonnet",
    "play": "play",
    "true story": "autobiography memoir essay treatise",
    "periodical": "newspaper magazine journal tabloid",
    "image": "painting fresco sculpture",
    "site": "website podcast blog",
    "video game": "videogame",
    "country": "country republic",
    "town": "city town village hamlet suburb municipality",
    "river": "river tributary",
    "lake": "lake reservoir",
    "sea": "sea ocean",
    "mountain": "mountain volcano",
    "continent": "continent",
    "building": "castle palace stadium facility skyscraper lighthouse hotel restaurant theatre airport hospital park",
    "bridge": "bridge viaduct",
    "company": "company corporation manufacturer airline retailer",
    "band": "band orchestra",
    "choir": "choir",
    "party": "party",
    "school": "university college",
    "disease": "disease illness infection virus",
    "food": "food dish dessert fruit vegetable cheese soup",
    "drink": "wine beer",
    "fight": "war battle",
    "plant": "tree flower shrub plant",
    "body in space": "planet star asteroid comet moon",
    "vehicle": "car automobile ship aircraft airplane locomotive submarine",
    "language": "language",
    "religion": "religion",
    "holiday": "holiday",
    "person": "person man woman human",
    "metal": "metal",
    "gas": "gas",
    "thing": "weapon furniture clothing garment instrument",
    "sport": "sport",
    "colour": "color",
    "event": "festival ceremony tournament",
    "mammal": "mammal dog cat horse cow pig sheep elephant whale dolphin bat",
    "bird": "bird",
    "fish": "fish shark",
    "insect": "insect",
    "reptile": "reptile snake lizard",
    "arachnid": "arachnid spider scorpion",
}
_FIELDS = {"noun.person": "person", "noun.animal": "animal", "noun.plant": "plant"}
"""Fields of the word net whose words, where they have no other sense, are kinds of their own."""
_UNSURE_WORDS = """member character figure star head part model native band duo team cast single label host giant
    captain guide ruler double player beast monster hero creature icon being setting musical drama comedy thriller
    western classic hit smash flop epic romance mystery horror fantasy adventure adaptation remake sequel prequel spin
    cover version tribute parody satire work piece product production creation feature record recording picture track
    tape set box book story tale series show programme program title release project franchise brand name group
    center centre site place area point field house home body capital state seat hub base mix blend source form
    disc disk lp vinyl cassette cd dvd reel cartridge video script blockbuster document manuscript map letter"""
_UNSURE = frozenset(map(stem, _UNSURE_WORDS.split()))
"""Words that may name a person, a figure or something else."""
_COLLECTIONS = frozenset(map(stem, ("series", "franchise", "trilogy", "show", "program", "programme")))
_TELEVISION = frozenset(map(stem, ("television", "tv")))
_WORKS = frozenset(("noun.communication", "noun.artifact"))
_FIELD_OF = {
    **dict.fromkeys(("thing", "vehicle", "building", "bridge"), frozenset(("noun.artifact",))),
    **dict.fromkeys(("food", "drink"), frozenset(("noun.food",))),
    **dict.fromkeys(("town", "country", "continent"), frozenset(("noun.location",))),
    **dict.fromkeys(("river", "lake", "sea", "mountain", "body in space"), frozenset(("noun.object",))),
    **dict.fromkeys(("company", "band", "choir", "party", "school"), frozenset(("noun.group",))),
    **dict.fromkeys(("film", "series", "song", "piece", "opera", "novel", "poem", "true story", "periodical"), _WORKS),
    **dict.fromkeys(("image", "site", "album"), _WORKS),
    "disease": frozenset(("noun.state",)),
    "language": frozenset(("noun.communication",)),
    "fight": frozenset(("noun.act", "noun.event")),
    "sport": frozenset(("noun.act",)),
    **dict.fromkeys(("metal", "gas"), frozenset(("noun.substance",))),
    "plant": frozenset(("noun.plant",)),
}  # fmt: skip
"""Of which field a word must be first of all to be a kind of these: an attachment may be a device, but seldom is."""
_CLASSES = ("mammal", "bird", "fish", "insect", "reptile", "amphibian", "mollusk", "arachnid")
"""Classes of animals; an animal is looked for among what is below them in the word net."""
_MAY_BE_BOTH = frozenset(
    frozenset(pair)
    for pair in (("book", "novel"), ("book", "poem"), ("book", "play"), ("book", "true story"), ("book", "periodical"),
                 ("food", "plant"), ("food", "animal"), ("song", "poem"), ("play", "poem"),
                 ("play", "opera"), ("building", "company"), ("piece", "song"), ("body in space", "person"),
                 ("company", "site"), ("periodical", "site"), ("album", "film"),
                 ("true story", "poem"), ("company", "band"), ("company", "school"), ("country", "continent"),
                 ("series", "song"), ("disease", "animal"), ("disease", "plant"), ("company", "vehicle"),
                 ("company", "food"))
)  # fmt: skip
"""Kinds that one thing may be: a drawn-out list of "no", so that what stays may be called impossible."""


@cache
def _listed() -> dict[str, str]:
    return {lemma(stem(word)): kind for kind, line in _LISTED.items() for word in line.split()}


@lru_cache(maxsize=20_000)
def _kind_of(stemmed: str) -> str:
    """The kind that a word names; empty where it names none that excludes anything."""
    listed = _listed().get(lemma(stemmed))
    if listed:
        return listed
    nouns = [field for field in fields_of(stemmed) if field.startswith("noun")]
    if not nouns or stemmed in _UNSURE:
        return ""
    above = {
        kind
        for word, kind in _listed().items()
        if nouns[0] in _FIELD_OF.get(kind, ()) and kin(word, stemmed) == "broader"
    }
    if len(above) == 1:
        return above.pop()
    if len(nouns) > 1:
        # A squid is an animal and a food.
        nouns = [field for field in nouns if field != "noun.food"]
    kind = _FIELDS.get(nouns[0], "") if len(set(nouns)) == 1 else ""
    if kind == "animal":
        return next((one for one in _CLASSES if kin(stem(one), stemmed) in ("same", "broader")), kind)
    return kind


def _kind(kinds: Sequence[str]) -> tuple[str, str]:
    """The kind that a phrase names, and the word that names it."""
    if kinds[-1] in _COLLECTIONS:
        return ("series", kinds[-1]) if any(word in _TELEVISION for word in kinds) else ("", "")
    named = [(_kind_of(word), word) for word in reversed(kinds)]
    people = [pair for pair in named if pair[0] == "person"]
    # A newspaper editor is no newspaper.
    return people[0] if people else named[0]


_BODIES = frozenset(f"noun.{field}" for field in ("artifact", "food", "body", "plant", "animal", "substance", "object"))
_NO_BODIES = word_set(
    "person film series song album novel poem band town country disease language fight event religion"
)
"""Kinds that nothing is which can be touched as a whole: no film is a bicycle, no city a shoe."""


def _is_body(stemmed: str) -> bool:
    """Whether all that a word names can be touched."""
    known = fields_of(stemmed)
    nouns = {field for field in known if field.startswith("noun")}
    return bool(nouns) and nouns <= _BODIES and stemmed not in _UNSURE and known[0].startswith("noun")


def excludes(claimed: Sequence[str], known: Sequence[str]) -> str | None:
    """The word of a definition that excludes what a claim calls its subject; None where nothing does.

    Args:
        claimed: Stems of the claim's phrase, its noun last: "American", "novel" of "is an American novel".
        known: Stems of the words that say what the thing is: "American", "drama", "film".
    """
    mine = _kind(claimed)[0] if _kind_of(claimed[-1]) or claimed[-1] in _COLLECTIONS else ""
    theirs, word = _kind(known)
    if not mine and theirs in _NO_BODIES and _is_body(claimed[-1]) and claimed[-1] not in known:
        return word
    if "animal" in (mine, theirs) and {mine, theirs} & {"animal", *_CLASSES} == {mine, theirs}:
        return None
    if not mine or not theirs or mine == theirs or frozenset((mine, theirs)) in _MAY_BE_BOTH:
        return None
    return None if any(_kind_of(other) == mine for other in known) else word
