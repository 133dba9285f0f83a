"""The ground of an objection to a bare statement: what can be named to a pupil, in the words of both.

The trees weigh everything at once and would also object to a paraphrase that they do not understand, or because a
statement tells something else of the same subject. An objection therefore needs a ground that excludes the claim:
another date, number, rank, name, place, nation or kind of thing in the same place, an opposite, "only" where there is
more, a comparison turned round, or a denial of what the statement says.
"""

from collections.abc import Callable, Sequence

from debate.referee.comparison import Comparison
from debate.referee.findings import Ground
from debate.referee.grounds.dates import find_date, find_month
from debate.referee.grounds.denials import find_denial, find_more, find_opposite
from debate.referee.grounds.directions import find_side
from debate.referee.grounds.frequencies import find_frequency
from debate.referee.grounds.holders import find_holder
from debate.referee.grounds.lives import find_life
from debate.referee.grounds.names import find_name
from debate.referee.grounds.nations import find_nation
from debate.referee.grounds.numbers import find_number, find_rank
from debate.referee.grounds.pairing import Pair
from debate.referee.grounds.things import find_kind, find_part
from debate.referee.grounds.turned import find_turned

_LONG, _FOR_LONG = 10, 0.7
"""A claim of more words of meaning than this says several things, so that more of it must be met."""
_FINDERS: tuple[Callable[[Pair], Ground | None], ...] = (
    find_turned, find_frequency, find_life, find_side, find_holder, find_date, find_month, find_number, find_rank,
    find_nation, find_name, find_kind, find_part, find_opposite, find_more, find_denial,
)  # fmt: skip


def find_ground(one: Comparison, values: Sequence[float], weight: Callable[[str], float]) -> Ground | None:
    """What could be named for an objection; None where nothing excludes the claim."""
    pair = Pair(one, values, weight)
    if pair.is_qualified or (pair.value("claim_length") > _LONG and pair.cover < _FOR_LONG):
        return None
    found = (find(pair) for find in _FINDERS)
    ground = next((ground for ground in found if ground is not None), None)
    if (
        ground is not None
        and ground.why in _VALUES
        and pair.one.matched >= _FEWEST_MET
        and _is_all_else_met(pair, ground)
    ):
        return ground._replace(is_sure=True)
    return ground


_VALUES = ("date", "quantity", "value", "rank")
_FEWEST_MET = 3


def _is_all_else_met(pair: Pair, ground: Ground) -> bool:
    """Whether the statement says all that the claim says but for what differs."""
    start = pair.claim.text.find(ground.claimed)
    if start < 0 or pair.claim.negations or pair.statement.negations or pair.value("leads") <= 0:
        return False
    end = start + len(ground.claimed)
    before = pair.claim.text[: pair.verb_start]
    if not any(character.isupper() for character in before[1:]) and not before.lower().startswith("the "):
        return False
    return all(start <= match.word.start < end for match in pair.one.missing)
