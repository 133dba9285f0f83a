"""Which sentences speak of other posters by name: they are about the thread, and lean on what it said before."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from personas.terms import words

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LEAST_SHORT_FORM = 4
_LEAST_IN_LOWER_CASE = 6
_MOST_SENTENCES = 5
_MOST_SHARE = 0.08


class Mentions:
    """The names by which the posters of one thread call each other.

    A name counts where it is written whole, and where its beginning is ("Calli" for "Calligirl"): four letters with a
    capital, or six without. What the discussion itself is about is nobody's name, even where somebody signed up with
    it ("Trotsky").

    Args:
        authors: The posters' names.
        texts: All sentences of the thread.
        motion: What the discussion is about.
    """

    def __init__(self, authors: Iterable[str], texts: Sequence[str], motion: str) -> None:
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for name in authors:
            self._by_beginning[name.casefold()[:_LEAST_SHORT_FORM]].append(name)
        counts = Counter(name for text in texts for name in self._named_in(text))
        most = max(_MOST_SENTENCES, _MOST_SHARE * len(texts))
        subject = set(words(motion))
        self._subjects = {name for name, count in counts.items() if count > most or name.casefold() in subject}

    def names_another(self, author: str, text: str) -> bool:
        """Whether a sentence by `author` speaks of somebody else in the thread by name."""
        return any(name != author for name in self._named_in(text) - self._subjects)

    def _named_in(self, text: str) -> set[str]:
        return {
            name
            for word in _WORD.finditer(text)
            for name in self._by_beginning.get(word[0][:_LEAST_SHORT_FORM].casefold(), ())
            if _is_called(name, word[0].removesuffix("'s").removesuffix("’s"), text[word.start() :])
        }


def _is_called(name: str, word: str, rest: str) -> bool:
    if len(word) < _LEAST_SHORT_FORM:
        return False
    if rest.startswith(name):
        # A member called "equity" is not meant by the word.
        return not (name.isalpha() and name.islower())
    is_short_form = len(word) >= (_LEAST_SHORT_FORM if word[0].isupper() else _LEAST_IN_LOWER_CASE)
    return is_short_form and " " not in name and name.casefold().startswith(word.casefold())
