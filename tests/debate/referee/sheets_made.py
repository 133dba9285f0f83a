"""A small sheet on an invented island, so that no test rests on the world."""

from debate.referee.facts import Fact, FactSheet, Source

SOURCE = (Source(author="Ada Brook", title="A History of Velmora", year=1999, where="p. 12"),)


def make_fact(fact_id: str, statement: str, **fields: object) -> Fact:
    """A fact with a source."""
    return Fact.model_validate({"id": fact_id, "statement": statement, "sources": SOURCE, **fields})


FACTS = (
    make_fact(
        "republic",
        "Velmora became a republic in March 1931.",
        subject="Velmora",
        relation="became a republic",
        date="1931-03",
        aliases=("the island of Velmora", "Velmorans"),
        misstatements=("Velmora became a republic only in the 1940s.",),
    ),
    make_fact(
        "harvest-share",
        "In the election of May 1934 the Harvest Party won 23.4 % of the votes.",
        subject="Harvest Party",
        relation="vote share",
        value=23.4,
        unit="%",
        date="1934-05",
        aliases=("Harvesters",),
    ),
    make_fact(
        "ostrov-died",
        "Ilya Ostrovsky died in Port Selm on 4 June 1940.",
        subject="Ilya Ostrovsky",
        relation="date of death",
        date="1940-06-04",
        aliases=("Ostrovsky", "Ostrovskii", "I. Ostrovsky"),
    ),
    make_fact(
        "ostrov-minister",
        "Ilya Ostrovsky was minister of mines of Velmora from 1932 to 1936.",
        subject="Ilya Ostrovsky",
        relation="held office",
        value="minister of mines",
        date="1932/1936",
        aliases=("Ostrovsky", "Ostrovskii"),
        misstatements=("Ostrovsky never held any office in Velmora.",),
    ),
    make_fact(
        "ferry-strike",
        "The ferry strike of Port Selm began in October 1935.",
        subject="ferry strike of Port Selm",
        relation="began",
        date="1935-10",
        aliases=("ferry strike",),
    ),
)


def make_sheet(*facts: Fact) -> FactSheet:
    """A sheet of these facts, or of the island's."""
    return FactSheet(id="velmora", title="Velmora between the wars", version="1", facts=facts or FACTS)
