"""The thread that the product must handle first, against a careful reading of it."""

from benchmarks.said_table import SAMPLES, Table, same_span, span_of
from benchmarks.seed_thread import SEED_POSTS, SeedPost
from personas.reading import read_thread
from personas.thread import Passage, Post, Thread


def measure_seed(table: Table, *, verbose: bool = False) -> None:
    """The eight posts of the seed thread against a careful reading of it."""
    path = SAMPLES / "trotsky-west.txt"
    source = path.read_bytes().decode("utf-8")
    thread = read_thread([path])
    table.add("seed: posts", f"{len(thread.posts)} of {len(SEED_POSTS)}", "8 of 8")
    if len(thread.posts) != len(SEED_POSTS):
        return
    here = elsewhere = right_here = right_elsewhere = credited = 0
    for post, gold in zip(thread.posts, SEED_POSTS, strict=True):
        for quote in gold.quotes:
            hit = _seed_hit(post, quote.start, quote.end, source)
            right = hit is not None and _seed_author_right(thread, hit, quote.source, gold)
            if quote.source is None:
                elsewhere += 1
                right_elsewhere += right
            else:
                here += 1
                right_here += right
            own = [part for part in post.passages if part.kind == "own"]
            credited += sum(max(0, min(quote.end, part.end or 0) - max(quote.start, part.start or 0)) for part in own)
            if verbose and not right:
                print("seed", post.id, quote, hit and hit.quoted_author)
    table.add("seed: quotes from the page", f"{right_here} of {here}", "13 of 13")
    table.add("seed: quotes from earlier pages", f"{right_elsewhere} of {elsewhere}", "5 of 6")
    table.add("seed: quoted characters credited to the quoter", str(credited), "0")
    names = [post.author for post in thread.posts]
    joined = names[1] == names[3] and names[2] == names[4] and len(set(names)) == 6
    table.add("seed: posts 2 and 4 one person, 3 and 5 another, six people", "yes" if joined else f"no: {names}", "yes")


def _seed_hit(post: Post, start: int, end: int, source: str) -> Passage | None:
    quotes = (part for part in post.passages if part.kind == "quote")
    return next((part for part in quotes if same_span(source, span_of(part), (start, end))), None)


def _seed_author_right(thread: Thread, hit: Passage, source: int | None, gold: SeedPost) -> bool:
    """From the page: the right post. From elsewhere: nobody, or not the one who quotes it."""
    if source is not None:
        return hit.quoted_post == thread.posts[source - 1].id
    return hit.quoted_author is None or hit.quoted_author != thread.posts[gold.number - 1].author
