"""Which rulings an audience may not see yet: those that it may still be asked to guess.

A pure function of the log. A ruling is held back from the moment it is made until the debate goes on or the guess about
its turn is closed; while such a guess is open, nothing but its closing lets the ruling out.
"""

from debate.events import (
    DebateEnded,
    Event,
    PollClosed,
    PollOpened,
    Question,
    Resumed,
    RoundStarted,
    RulingMade,
    RulingOverruled,
    Turn,
)

Held = RulingMade | RulingOverruled


class HeldRulings:
    """Follows a log event by event, and says what each lets out."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}
        self._turns: dict[int, int] = {}
        self._guesses: dict[str, int] = {}

    @property
    def held(self) -> tuple[Held, ...]:
        """What is held back now, in the order of the log."""
        return tuple(self._held.values())

    def take(self, event: Event) -> tuple[Held, ...]:
        """Take the next event of the log; events are taken once each and in order.

        Returns:
            What was held back and may be seen from this event on, in the order of the log.
        """
        match event:
            case RulingMade():
                self._turns[event.seq] = event.turn_seq
                self._held[event.seq] = event
            case RulingOverruled() if event.ruling_seq in self._held:
                self._turns[event.seq] = self._turns[event.ruling_seq]
                self._held[event.seq] = event
            case PollOpened(kind="guess") if event.about_seq is not None:
                self._guesses[event.poll] = self._turns.get(event.about_seq, event.about_seq)
            case PollClosed() if event.poll in self._guesses:
                return self._let_out({self._guesses.pop(event.poll)})
            case Turn() | RoundStarted() | Resumed() | DebateEnded() | Question(asker=None):
                return self._let_out(set(self._turns.values()))
        return ()

    def _let_out(self, turns: set[int]) -> tuple[Held, ...]:
        turns = turns - set(self._guesses.values())
        seqs = [seq for seq in self._held if self._turns[seq] in turns]
        return tuple(self._held.pop(seq) for seq in seqs)
