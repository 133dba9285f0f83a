"""The curated fact sheet: short self-contained statements, each with its sources."""

from typing import Literal

from pydantic import Field

from personas.thread import Frozen


class Source(Frozen):
    """Where a fact can be looked up; a work that exists."""

    author: str
    title: str
    year: int | None = None
    where: str | None = None
    """Page, chapter, table or article, where known."""


class Fact(Frozen):
    """One fact: a subject, a relation and its value, and the statement that says so in words."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    statement: str = Field(min_length=1)
    subject: str | None = None
    relation: str | None = None
    value: str | int | float | None = None
    """What the relation holds for the subject: a name, a number, or words; dates belong in `date`."""
    unit: str | None = None
    """Unit of a numeric value, for example "%", "seats", "million tonnes"."""
    date: str | None = None
    """ISO 8601 date or part of one ("1929", "1929-02", "1929-02-11"), or two joined by "/" for an interval."""
    aliases: tuple[str, ...] = ()
    """Other names of the subject and of other entities in the statement, spellings and transliterations included."""
    misstatements: tuple[str, ...] = ()
    """Usual false versions, as whole sentences."""
    sources: tuple[Source, ...] = Field(min_length=1)


class FactSheet(Frozen):
    """A curated sheet; the referee knows nothing else."""

    id: str
    title: str
    version: str
    facts: tuple[Fact, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes, in hexadecimal; empty for a sheet that was not read from a file."""


Verdict = Literal["supported", "contradicted", "not_covered", "not_checkable", "unchecked"]


class Ruling(Frozen):
    """What the referee says of one claim.

    `start` and `end` count characters of the text that was checked: ``text[start:end] == claim``.
    """

    claim: str
    start: int = Field(ge=0)
    end: int
    verdict: Verdict
    facts: tuple[str, ...] = ()
    """Ids of the facts it rests on; never empty for "supported" and "contradicted"."""
    explanation: str
    """One sentence that a pupil understands, with the fact's words and source."""
    confidence: float = Field(ge=0.0, le=1.0)
    reads_as: str | None = None
    """The claim as it was understood, where the words before it say who "he" is; None where it stands alone."""
    checker: str
    """Which checker ruled: "rules", or the model's name, or both where they disagreed."""
