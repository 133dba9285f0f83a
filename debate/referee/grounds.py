"""Whether an objection to a bare statement could be explained: something that can be named must differ.

The trees weigh everything at once and would also object to a paraphrase that they do not understand. An objection
therefore needs a ground: another date, number, nation, place, name, rank or kind in the same place, an opposite, or a
denial of what is otherwise all there. How much of the claim must be met grows with how weak the ground is.
"""

from collections.abc import Sequence

from debate.referee.features import NAMES

_PLACE = {name: place for place, name in enumerate(NAMES)}
_PLAIN = (
    "affix_opposite", "place_rival_near", "place_rival_slot", "name_rival_near", "name_rival_slot", "nation_rival_near",
    "rank_rival", "noun_apart", "month_clash", "day_clash", "rank_added", "event_clash", "noun_rival_slot",
)  # fmt: skip
"""Grounds that stand on their own: each compares two fillers of one place."""
_WITH_HALF = (
    "number_clash", "opposites", "nation_rival", "denied", "exclusive", "siblings", "given_clash"
)  # fmt: skip
_KIND = ("type_missing", "fact_is_a", "leads")
"""The claim and the statement both say what the same subject is, and not the same."""
_HALF = 0.5
_FOR_A_DATE = 0.65
_NEARLY_ALL = 0.8
_LONG, _FOR_LONG = 10, 0.7
"""A claim of more words of meaning than this says several things, so that more of it must be met."""


def has_ground(values: Sequence[float]) -> bool:
    """Whether the features of a comparison hold a ground to object."""
    cover = values[_PLACE["cover"]]
    if values[_PLACE["claim_length"]] > _LONG and cover < _FOR_LONG:
        return False
    if any(values[_PLACE[name]] > 0 for name in _PLAIN):
        return True
    if all(values[_PLACE[name]] > 0 for name in _KIND) and cover >= _HALF:
        return True
    if values[_PLACE["defined_apart"]] > 0 or (
        values[_PLACE["defined_others"]] > 0 and values[_PLACE["type_missing"]] > 0
    ):
        return True
    if values[_PLACE["date_clash"]] > 0 and cover >= _FOR_A_DATE:
        return True
    if cover >= _HALF and any(values[_PLACE[name]] > 0 for name in _WITH_HALF):
        return True
    # What fails in all its launches may well have thirty engines: only what the statement denies can clash with it.
    denies = values[_PLACE["fact_negated"]] > 0
    if denies and (values[_PLACE["number_absent"]] > 0 or values[_PLACE["date_absent"]] > 0):
        return False
    return values[_PLACE["negation_differs"]] > 0 and cover >= (_NEARLY_ALL if denies else _HALF)


_SURE_COVER, _SURE_MONTH = 0.9, 0.75


def is_sure(values: Sequence[float]) -> bool:
    """Whether the ground alone decides: "the largest" of what is the fourth largest, March for what was in February."""
    cover = values[_PLACE["cover"]]
    if values[_PLACE["negation_differs"]] > 0 or values[_PLACE["missing_names"]] > 1:
        return False
    if values[_PLACE["rank_added"]] > 0 and cover >= _SURE_COVER:
        return True
    return values[_PLACE["month_clash"]] > 0 and cover >= _SURE_MONTH
