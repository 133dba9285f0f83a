"""A careful reading of the seed thread, as offsets only: where each post quotes, and from where.

Offsets count characters of ``../shared/threads/trotsky-west.txt``. `source` is the number of the post quoted, counted
from 1, or None for words from an earlier page of the thread.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SeedQuote:
    """One quotation: characters `start` to `end` of the file."""

    start: int
    end: int
    source: int | None


@dataclass(frozen=True)
class SeedPost:
    """One post: characters `start` to `end` of the file, header and end mark not counted."""

    number: int
    start: int
    end: int
    quotes: tuple[SeedQuote, ...]


SEED_POSTS = (
    SeedPost(1, 83, 1213, (SeedQuote(83, 171, None),)),
    SeedPost(
        2,
        1216,
        2572,
        (
            SeedQuote(1216, 1443, 1),
            SeedQuote(1546, 1709, 1),
            SeedQuote(1835, 2136, 1),
            SeedQuote(2198, 2544, 1),
        ),
    ),
    SeedPost(
        3,
        2575,
        6280,
        (
            SeedQuote(2575, 2775, None),
            SeedQuote(2964, 3233, None),
            SeedQuote(3528, 3877, None),
            SeedQuote(4520, 4757, None),
        ),
    ),
    SeedPost(
        4,
        6283,
        11228,
        (
            SeedQuote(6283, 6469, 3),
            SeedQuote(6667, 6959, 3),
            SeedQuote(7362, 7533, 3),
            SeedQuote(8011, 8479, 3),
            SeedQuote(8498, 9101, 3),
            SeedQuote(9498, 10148, 3),
            SeedQuote(10651, 10916, 3),
        ),
    ),
    SeedPost(5, 11231, 14037, (SeedQuote(11231, 11707, 4), SeedQuote(13062, 13562, 4))),
    SeedPost(6, 14054, 14697, ()),
    SeedPost(7, 14713, 20487, (SeedQuote(19843, 20100, None),)),
    SeedPost(8, 20537, 21118, ()),
)
