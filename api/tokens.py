"""Bearer tokens: what each is for, its id, and 256 random bits. Only their hash is kept."""

import hashlib
import secrets
from typing import Literal

_PREFIXES = {"key": "rjk", "member": "rjm"}


class Token:
    """A new token.

    Args:
        kind: An operator's key, or the place of somebody in an audience.
        token_id: Under which its hash is kept.
    """

    def __init__(self, kind: Literal["key", "member"], token_id: str) -> None:
        self.id = token_id
        self.text = f"{_PREFIXES[kind]}.{token_id}.{secrets.token_urlsafe(32)}"

    @property
    def hash(self) -> str:
        """SHA-256, in hexadecimal."""
        return hash_token(self.text)


def hash_token(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()
