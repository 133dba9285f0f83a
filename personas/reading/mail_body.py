"""One mail's text to passages: own words, quotes with the line that names their author, and no furniture."""

import re
from collections.abc import Iterable
from itertools import takewhile

from personas.reading.mail_attribution import attribution_at_end, attribution_at_start
from personas.reading.quoted_lines import split_mail_quotes
from personas.reading.typed_signature import without_typed_signature
from personas.thread import Passage

_NEXT_PART = re.compile(r"-{10,} next part -{10,}\s*$")
_SCRUBBED = re.compile(r".*\bwas scrubbed\.\.\.\s*$")
_SCRUBBED_FIELD = re.compile(r"(?:Name|Type|Size|Desc|URL)\s?:")
_VERSION_DELETED = re.compile(r"\s*\[\[alternative HTML version deleted\]\]\s*$")
_FOOTER_RULE = re.compile(r"(?:_{10,}|-{10,}|={10,})\s*$")
_FOOTER = re.compile(r"mailing list|listinfo|unsubscribe|/mailman/|list archive|posting guide", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_SIGNATURE_LINES = 16
_ORIGINAL = re.compile(
    r"\s*-{2,}\s*(?:original message|forwarded message|begin forwarded message|ursprüngliche nachricht|"
    r"message d'origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|"
    r"mensagem original|исходное сообщение|weitergeleitete nachricht)\s*:?\s*-*\s*$",
    re.IGNORECASE,
)
_HEAD_FROM = re.compile(r"\s*\*?(?:From|De|Von|Da|Van|Från|Fra|Od|От)\*?\s?:\*?\s*(\S.*)$")
_HEAD_FIELD = re.compile(
    r"\s*\*?(?:Sent|Date|To|Cc|Subject|Envoy\S|À|\?|Objet|Gesendet|Datum|An|Betreff|Enviado|Fecha|Para|Asunto|"
    r"Inviato|Data|A|Oggetto|Verzonden|Aan|Onderwerp|Assunto|Skickat|Till|Ämne|Sendt|Til|Emne|Reply-To|Importance|"
    r"Отправлено|Кому|Тема)\*?\s?:"
)
_HEAD_LINES = 9


def read_mail_body(text: str) -> tuple[Passage, ...]:
    """Split the text of one mail.

    The line that names a quote's author ("On Monday, Ann wrote:") belongs to no passage where it stands among the
    writer's own words; inside a quote it stays, for it was quoted. Signatures below "-- ", list footers, what list
    software says about attachments, and "Sent from my phone" are dropped. What follows the header lines of an
    unmarked original message is a quote of its sender.

    Args:
        text: The decoded body.

    Returns:
        Passages in order. `quoted_author` is the name as the attribution has it, an address where it has no name.
    """
    body, original = _cut_original(_without_list_chrome(re.split(r"\r\n|\r|\n", text)))
    passages = attributed(split_mail_quotes(re.sub(r"(?m)^>(>*From )", r"\1", body), attributed))
    return tidied((*passages, *original))


def attributed(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Move attributions out of own words: each names the author of the quote after it."""
    result: list[Passage] = []
    for part in passages:
        if part.kind == "quote" and part.quoted_author is None:
            part = _with_author(part, result)
        result.append(part)
    return tuple(part for part in result if part.text)


def tidied(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Drop signatures from own words, and own passages that are nothing else."""
    kept: list[Passage] = []
    for part in passages:
        if part.kind == "own":
            text = _without_signature(part.text)
            kept.extend(without_typed_signature((part.model_copy(update={"text": text}),)) if text else ())
        else:
            kept.append(part)
    return tuple(kept)


def _with_author(quote: Passage, before: list[Passage]) -> Passage:
    if before and before[-1].kind == "own":
        lines = before[-1].text.split("\n")
        found = attribution_at_end(lines)
        if found is not None:
            kept = "\n".join(lines[: len(lines) - found.lines]).rstrip()
            before[-1] = before[-1].model_copy(update={"text": kept})
            return quote.model_copy(update={"quoted_author": found.author})
    lines = list(takewhile(str.strip, quote.text.split("\n")))
    found = attribution_at_start(lines)
    if found is None:
        return quote
    # A line that names the author may carry more marks than the quote itself; that makes it no quote in the quote.
    head = " ".join(" ".join(lines[: found.lines]).split())
    nested = tuple(part for part in quote.nested if " ".join(part.text.split()) not in head)
    return quote.model_copy(update={"quoted_author": found.author, "nested": nested})


def _without_signature(text: str) -> str:
    marks = list(_SIGNATURE.finditer(text))
    if marks and len(text[marks[-1].end() :].split("\n")) <= _SIGNATURE_LINES:
        return text[: marks[-1].start()].rstrip()
    return text


def _without_list_chrome(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        following = next((later for later in lines[at + 1 : at + 4] if later.strip()), "")
        if _NEXT_PART.match(line):
            at += 1
            if at < len(lines) and _SCRUBBED.match(lines[at]):
                at += 1
                while at < len(lines) and _SCRUBBED_FIELD.match(lines[at]):
                    at += 1
            continue
        if _FOOTER_RULE.match(line) and _FOOTER.search(following):
            at += 1
            while at < len(lines) and (not lines[at].strip() or _is_footer_line(lines[at])):
                at += 1
            continue
        if not _VERSION_DELETED.match(line):
            kept.append(line)
        at += 1
    return kept


def _is_footer_line(line: str) -> bool:
    return _FOOTER.search(line) is not None or re.match(r"\s*(?:https?://\S+|\S+(?:@| at )\S+)\s*$", line) is not None


def _cut_original(lines: list[str]) -> tuple[str, tuple[Passage, ...]]:
    """Cut off an original message that carries no quote marks, which is what follows its header lines."""
    for at, line in enumerate(lines):
        sender = _HEAD_FROM.match(line)
        if sender is None:
            continue
        fields = 1
        while at + fields < len(lines) and fields < _HEAD_LINES and _HEAD_FIELD.match(lines[at + fields]):
            fields += 1
        if fields < 3:
            continue
        start = at
        while start and (not lines[start - 1].strip() or _is_cut_mark(lines[start - 1])):
            start -= 1
        rest = "\n".join(lines[at + fields :])
        inner = read_mail_body(rest)
        text = "\n\n".join(part.text for part in inner)
        if not text:
            return "\n".join(lines), ()
        nested = tuple(part for part in inner if part.kind == "quote")
        author = re.sub(r"\s*[<\[(][^<>\[\]()]*[>\])]\s*$", "", sender.group(1)).strip(" \"'*") or sender.group(1)
        quote = Passage(
            kind="quote", text=text, quoted_author=author, inferred=True, confidence=0.95, nested=nested[:8]
        )
        return "\n".join(lines[:start]), (quote,)
    return "\n".join(lines), ()


def _is_cut_mark(line: str) -> bool:
    return _ORIGINAL.match(line) is not None or re.match(r"\s*[_-]{5,}\s*$", line) is not None
