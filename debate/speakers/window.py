"""What of a debate a model is shown: the last turns in full, the older ones as single sentences of theirs.

Both are bounded, so that the fortieth turn costs about as much as the tenth. No model calls here.
"""

from debate.events import Event, Question, RulingMade, Setup, Turn
from language.sentences import split_sentences
from personas.terms import terms

RECENT_TURNS = 4
RECENT_CHARS = 340
DIGEST_LINES = 3
DIGEST_CHARS = 150
RULING_LINES = 4
OPENINGS = 3
OPENING_WORDS = 5


def recent_turns(setup: Setup, events: tuple[Event, ...], count: int = RECENT_TURNS) -> str:
    """The last turns and questions, each under its speaker's name; passed turns are left out."""
    spoken = [event for event in events if isinstance(event, Question) or (isinstance(event, Turn) and _says(event))]
    return "\n\n".join(
        f"{_who(setup, event)}: {_cut(own_words(event), RECENT_CHARS)}" for event in (spoken[-count:] if count else ())
    )


def own_words(event: Turn | Question) -> str:
    """What was said, without the words that join a poster's sentences: a model would take them for the house style."""
    if not isinstance(event, Turn) or not event.connectives:
        return event.text
    kept, place = [], 0
    for span in event.connectives:
        # A full stop that was set behind a sentence belongs to it.
        end = span.start if span.end - span.start > 1 else span.end
        kept.append(event.text[place:end])
        place = span.end
    return " ".join("".join([*kept, event.text[place:]]).split())


def openings_heard(events: tuple[Event, ...], speaker: str) -> tuple[str, ...]:
    """How the speaker's own last turns and the last turn of anybody began, so that the next begins otherwise."""
    turns = [event for event in events if isinstance(event, Turn) and _says(event) and event.origin != "human"]
    own = [turn for turn in turns if turn.speaker == speaker][-(OPENINGS - 1) :]
    return tuple(dict.fromkeys(" ".join(own_words(turn).split()[:OPENING_WORDS]) for turn in (*own, *turns[-1:])))


def _says(turn: Turn) -> bool:
    return not turn.yielded


def digest(setup: Setup, events: tuple[Event, ...], speaker: str, recent: int = RECENT_TURNS) -> str:
    """The older turns, each as the one sentence of its own that bears most on the motion and was answered most.

    What was said to the speaker, and then what the speaker said, comes before the rest; in the debate's order, at most
    `DIGEST_LINES` lines, empty while everything is recent.
    """
    turns = [event for event in events if isinstance(event, Turn | Question)]
    older = [event for event in turns[: len(turns) - recent] if isinstance(event, Turn) and not event.yielded]
    answered = [event.reply_to for event in events if isinstance(event, Turn) and event.reply_to is not None]
    ranked = sorted(
        older,
        key=lambda turn: (
            turn.reply_to is not None and turn.reply_to.speaker == speaker,
            turn.speaker == speaker,
            sum(one.seq == turn.seq for one in answered),
            turn.seq,
        ),
        reverse=True,
    )[:DIGEST_LINES]
    motion = terms(setup.motion)
    lines = []
    for turn in sorted(ranked, key=lambda turn: turn.seq):
        said = own_words(turn)
        sentences = [one.text for one in split_sentences(said)] or [said]
        quoted = [one.text for one in answered if one.seq == turn.seq]
        best = max(sentences, key=lambda text: (any(text in one for one in quoted), len(terms(text) & motion)))
        lines.append(f"{_who(setup, turn)}: {_cut(best, DIGEST_CHARS)}")
    return "\n".join(lines)


def standing_rulings(events: tuple[Event, ...], speaker: str) -> str:
    """The referee's last rulings on this speaker's claims that found a fact; empty where there is none."""
    own = {event.seq for event in events if isinstance(event, Turn) and event.speaker == speaker}
    ruled = [
        event
        for event in events
        if isinstance(event, RulingMade) and event.turn_seq in own and event.verdict in ("contradicted", "supported")
    ][-RULING_LINES:]
    return "\n".join(
        f"- {event.verdict}: {_cut(event.claim, DIGEST_CHARS)} ({_cut(event.explanation, 240)})" for event in ruled
    )


def _who(setup: Setup, event: Turn | Question) -> str:
    return setup.shown_name(event.speaker) if isinstance(event, Turn) else "Moderator"


def _cut(text: str, limit: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else f"{plain[: limit - 1].rsplit(' ', 1)[0]}…"
