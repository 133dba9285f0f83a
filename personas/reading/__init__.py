"""Readers of discussions: one file per format, chosen by what a file holds and not by what it is called."""

from personas.reading.files import MAX_BYTES
from personas.reading.registry import FORMATS, read_thread, read_thread_text

__all__ = ["FORMATS", "MAX_BYTES", "read_thread", "read_thread_text"]
