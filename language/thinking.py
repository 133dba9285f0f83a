"""Taking a model's thinking out of what it says."""

import re

_TAGS = r"(?:think|thinking|thought|reasoning|reflection|scratchpad)"
_CLOSED = re.compile(rf"<({_TAGS})>.*?</\1>", re.IGNORECASE | re.DOTALL)
_BEFORE_CLOSE = re.compile(rf"\A.*</{_TAGS}>", re.IGNORECASE | re.DOTALL)
_UNCLOSED = re.compile(rf"<{_TAGS}>.*\Z", re.IGNORECASE | re.DOTALL)
_OPEN = re.compile(rf"<{_TAGS}>", re.IGNORECASE)
_CLOSE = re.compile(rf"</{_TAGS}>", re.IGNORECASE)
_LONGEST_TAG = len("</scratchpad>")


def strip_thinking(text: str) -> str:
    """The words without thinking blocks; empty where the reply was cut off while thinking.

    Some servers put the opening tag into the prompt, so that a reply begins in the middle of a block; all
    before a closing tag without an opening one is thinking too.
    """
    said = _CLOSED.sub("", text)
    said = _BEFORE_CLOSE.sub("", said)
    return _UNCLOSED.sub("", said).strip()


class ThinkingFilter:
    """Lets through the spoken words of a stream that may hold thinking blocks."""

    def __init__(self) -> None:
        self._held = ""
        self._is_thinking = False

    def feed(self, words: str) -> str:
        """Take the next run of words, and give back what of it is spoken and sure not to be part of a tag."""
        self._held += words
        spoken = []
        while found := (_CLOSE if self._is_thinking else _OPEN).search(self._held):
            if not self._is_thinking:
                spoken.append(self._held[: found.start()])
            self._held = self._held[found.end() :]
            self._is_thinking = not self._is_thinking
        # The last characters may be the beginning of a tag that the next run completes.
        tail = self._held.rfind("<", max(len(self._held) - _LONGEST_TAG, 0))
        sure = len(self._held) if tail < 0 else tail
        if not self._is_thinking:
            spoken.append(self._held[:sure])
        self._held = self._held[sure:]
        return "".join(spoken)

    def finish(self) -> str:
        """What is left at the end of the stream."""
        left, self._held = ("" if self._is_thinking else self._held), ""
        return left
