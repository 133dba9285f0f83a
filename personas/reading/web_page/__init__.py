"""Web pages of no software known here: posts are what recurs on the page with a writer and words of its own."""

from personas.reading.web_page.reader import looks_web_page, read_web_page

__all__ = ["looks_web_page", "read_web_page"]
