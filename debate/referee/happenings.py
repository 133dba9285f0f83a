"""What happens to people and things, by the many words for it: founded, set up; died, lost his life; blew up.

Two sentences about one subject that tell of different things that happened to it do not exclude each other, however
near their dates and words: Beria took office in 1938 and was shot in 1953.
"""

import re
from functools import cache, lru_cache

from debate.referee.lexical import lemma
from language.words import stem, words

_NAMED = {
    "death": """died die dies dead death killed murdered assassinated executed perished suicide|lost his
        life|lost her life|lost their lives|passed away|bumped
        off|shot|drowned|beheaded|hanged|guillotined|poisoned|was no more|last breath""",
    "birth": "born birth birthplace|saw the light of day|came into the world",
    "beginning": """began begun begin begins beginning started starts start starting commenced launched launch
        outbreak|broke out|kicked off|got going|got under way|got underway|went into
        effect|set off|set in""",
    "end": "ended ends end ending finished concluded ceased over|came to an end|drew to a close|was over|ran out",
    "founding": """founded founding foundation established establishment created creation formed formation
        inaugurated|set up|came into being|came into existence|brought into being|called
        into being|was started|proclaimed|proclamation declared""",
    "publishing": """published publication printed released release bookshop bookshops bookstores bookstore|came
        out|appeared in print|in print|hit the shelves|on sale|went on sale""",
    "signing": "signed signing signature|put his name to|put her name to|put his signature|put her signature|inked",
    "adoption": "adopted adoption passed enacted approved ratified|voted through",
    "force": "force effect effective|came into force|took effect|entered into force|in force",
    "opening": "opened opening inaugurated inauguration|open to the public",
    "building": "built building construction constructed completed erected|put up",
    "explosion": """exploded explosion detonated detonation tested|blew up|blown up|went off|went up in
        flames|blew apart""",
    "abolition": """abolished abolition dissolved dissolution disbanded scrapped repealed liquidated|did away
        with|done away with|wound up|got rid of|shut down|closed down|broke up""",
    "joining": "joined joining join member membership entered|signed up|came over to|went over to",
    "expulsion": """expelled expulsion ousted|thrown out|threw out|kicked out|chucked out|booted out|cast
        out|turfed out""",
    "exile": """exiled exile deported deportation banished banishment|packed off|shipped off|sent away|sent
        into exile|driven out""",
    "election": "elected election|voted in|voted into|won the election",
    "office": """became appointed appointment named office headed head heads heading chairman chair chaired
        leader led leading ran running|took office|took over|in charge|was made|got the
        job|got the top job|came to power|in power""",
    "recognition": "recognised recognized recognition recognise recognize|diplomatic relations|diplomatic ties",
    "invasion": "invaded invasion invade overran|marched into|rolled into|attacked",
    "resignation": "resigned resignation|stepped down|stood down|quit",
    "discovery": "discovered discovery discoverer discover|found out|first found|came across",
    "invention": "invented invention inventor devised|thought up|dreamed up|dreamt up|came up with|put forward",
    "introduction": "introduced introduction introduce|brought in|came in with|put in place",
    "treaty": "treaty pact|came to terms|made a deal",
    "defeat": "defeated defeat beaten lost|was beaten",
    "victory": "won win victory victorious|came out on top",
    "rebellion": "rebelled rebellion revolted revolt mutiny mutinied uprising|rose up",
    "merger": "merged merger united unification",
    "independence": "independent independence|broke away|seceded",
    "arrest": "arrested arrest jailed imprisoned|put behind bars|locked up",
}  # fmt: skip


@cache
def _stems() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, said in _NAMED.items():
        single, *phrases = said.split("|")
        for word in (*single.split(), *(phrase.strip() for phrase in phrases if len(phrase.split()) == 1)):
            found.setdefault(lemma(stem(word)), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for name, said in _NAMED.items():
        phrases = [" ".join(one.split()) for one in said.split("|")[1:] if len(one.split()) > 1]
        if phrases:
            made.append((re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE), name))
    return tuple(made)


@lru_cache(maxsize=4096)
def happenings_of(text: str) -> frozenset[str]:
    """What a text says that happened: names of kinds of events, "death", "founding" and so on."""
    found: set[str] = set()
    for word in words(text):
        found |= _stems().get(lemma(word.stem), frozenset())
    return frozenset(found | {name for pattern, name in _phrases() if pattern.search(text)})
