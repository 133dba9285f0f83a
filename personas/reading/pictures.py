"""Pictures in a post: smilies become their text, a person's description is kept, the rest has an address."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SMILIE = re.compile(r"\b(?:smil(?:ie|ies|ey|eys)|emoji|emoticon|ipsEmoji)\b|smilie--|emoji--")
_SMILIE_SOURCE = re.compile(r"/(?:smil(?:ie|ey|e)s?|emoticons?|emojis?)/", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|heic|svg|tiff?|avif|mp4|pdf)$", re.IGNORECASE)


def address_of(node: "LexborNode") -> str:
    """Where a picture or an embedded page comes from; empty where the page holds it itself."""
    for name in ("data-url", "data-src", "data-fullURL", "src", "data-embed-src"):
        value = node.attributes.get(name) or ""
        if value and not value.startswith(("data:", "about:", "blob:")):
            return value
    return ""


def smilie_text(node: "LexborNode") -> str | None:
    """What a smilie stands for; None where the image is none."""
    known = node.attributes
    marked = _SMILIE.search(known.get("class") or "") or _SMILIE_SOURCE.search(known.get("src") or "")
    if not marked and not any(name in known for name in ("data-shortname", "data-smilie", "data-emoticon")):
        return None
    text = (known.get("alt") or known.get("data-shortname") or known.get("title") or "").strip()
    # FluxBB and vBulletin give a smilie's name ("smile", "Big Grin"), which would read as a word of the sentence.
    return f":{text.lower()}:" if text and text.replace(" ", "").isalnum() and text.isascii() else text


def described(alternative: str) -> str | None:
    """An image's alternative text where a person described it, None for file names and the software's own."""
    text = " ".join(alternative.split()).strip("[]")
    words = re.findall(r"[^\W\d_]{2,}", text)
    software = re.match(r"(?:user )?(?:posted )?(?:image|img|photo|attach\w*|avatar|view )\b", text, re.IGNORECASE)
    if (
        len(words) < 3
        or sum(char.isdigit() for char in text) > 5
        or _FILE_NAME.search(text)
        or "://" in text
        or software
        or len(text) > 300
    ):
        return None
    return text
