"""How a discussion as it was read looks: in a terminal, and as a page."""

from itertools import cycle

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from language.terminal import one_line, printable
from personas.thread import Passage, Post, Thread
from transcripts.rendering import SPEAKER_STYLES

SURE = 0.995  # at and above this a percentage would only read "100 %"


def print_thread(console: Console, thread: Thread) -> None:
    """Print a thread post by post: who, whom they quote, what is inferred and how surely."""
    styles = dict(zip(thread.authors, cycle(SPEAKER_STYLES), strict=False))
    console.print(Text(one_line(thread.title or "(no title)"), style="bold"))
    quotes = sum(passage.kind == "quote" for post in thread.posts for passage in post.passages)
    console.print(
        Text(
            f"{_count(len(thread.posts), 'post')} by {_count(len(thread.authors), 'person', 'people')}, "
            f"{_count(quotes, 'quote')}; read as {thread.format}",
            style="dim",
        )
    )
    for post in thread.posts:
        console.print()
        line = Text(one_line(post.author), style=styles[post.author])
        line.append(f"  {author_note(post)}", style="dim not bold")
        console.print(line)
        for passage in post.passages:
            if passage.kind == "quote":
                console.print(Padding(Text(f"┌ {quote_note(passage)}", style="dim"), (0, 2, 0, 2)))
                console.print(Padding(Text(printable(passage.text).strip(), style="dim italic"), (0, 4, 0, 4)))
            else:
                console.print(Padding(Text(printable(passage.text).strip()), (0, 0, 0, 2)))
            for link in passage.links:
                console.print(
                    Padding(Text(f"→ {one_line(link.text)}: {one_line(link.target)}", style="dim"), (0, 2, 0, 4))
                )


def is_followable(target: str) -> bool:
    """True for an address that a page may lead to; a script of somebody's post never is."""
    return target.lower().startswith(("http://", "https://", "mailto:"))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def author_note(post: Post) -> str:
    """What to say of a post beside its author: number, time, and how sure the author is."""
    parts = [f"post {post.id}"]
    if post.written_at is not None:
        parts.append(f"{post.written_at:%Y-%m-%d %H:%M}")
    if not post.author_named:
        parts.append(f"name lost, person inferred{_sureness(post.author_confidence)}")
    elif post.author_confidence < SURE:
        parts.append(f"name inferred{_sureness(post.author_confidence)}")
    return ", ".join(parts)


def quote_note(passage: Passage) -> str:
    """Whom a quote is from, and whether that was read or inferred."""
    who = f"quoting {one_line(passage.quoted_author)}" if passage.quoted_author else "quoting somebody unknown"
    where = f", post {passage.quoted_post}" if passage.quoted_post else ""
    return who + where + (f" (inferred{_sureness(passage.confidence)})" if passage.inferred else "")


def _sureness(confidence: float) -> str:
    return f", {confidence:.0%} sure" if confidence < SURE else ""


def thread_page(thread: Thread) -> str:
    """One self-contained HTML page of a thread: quotes linked to their source, inferred attributions marked."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["clean"] = printable
    environment.tests["followable"] = is_followable
    known = {post.id for post in thread.posts}
    return environment.get_template("thread.html").render(
        thread=thread, known=known, author_note=author_note, quote_note=quote_note
    )
