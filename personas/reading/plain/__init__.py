"""Plain text: what is left of a page when its markup is lost, cut into posts by the strongest marks that it has."""

from personas.reading.plain.reader import looks_plain, read_plain

__all__ = ["looks_plain", "read_plain"]
