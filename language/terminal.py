"""Text of unknown origin made safe to print."""

import re

# Everything that a terminal could obey instead of show (C0 and C1 controls but tab and newline), and the marks that
# turn the order of the text around them (bidirectional embeddings, overrides and isolates; Unicode TR 9).
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """The text without characters that a terminal or a reader's eye would obey rather than see."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """The text printable and on one line, white space runs as one space."""
    return " ".join(printable(text).split())
