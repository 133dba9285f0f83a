"""Signatures that a phone typed for its owner: not the poster's words, in any format."""

import re

from personas.thread import Passage

_MOBILE = re.compile(
    r"(?:\n|\A)[ \t]*(?:-{2,}[ \t]*\n[ \t]*)?"
    r"(?:(?:sent|posted|gesendet|envoyé|enviado|inviato|verzonden|wysłane|skickat|отправлено)"
    r"[ \t]+(?:from|via|using|with|von|mit|depuis|de|desde|dal?|vanaf|met|z|från|с|из|through)[ \t]+"
    r"(?=[^\n]*(?:phone|i(?:pad|pod)|tapatalk|mobile|android|galaxy|pixel|nexus|tablet|blackberry|app\b|"
    r"samsung|huawei|xiaomi|oneplus|htc|motorola|nokia|lg-|sm-|[A-Z]{2}-?\d{3}))[^\n]{1,100})[ \t]*\Z",
    re.IGNORECASE,
)


def without_typed_signature(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages without "Sent from my phone" as the last line of the post's own words."""
    if not passages or passages[-1].kind != "own":
        return passages
    last = passages[-1]
    found = _MOBILE.search(last.text[-400:])
    if found is None:
        return passages
    kept = last.text[: len(last.text) - len(last.text[-400:]) + found.start()].rstrip()
    if not kept:
        return passages[:-1]
    return (*passages[:-1], last.model_copy(update={"text": kept}))
