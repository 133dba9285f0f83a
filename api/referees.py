"""The referee without a chat model, as the settings have it: the rules, and the cross-encoder where it is installed."""

from typing import TYPE_CHECKING

from api.settings import read_settings

if TYPE_CHECKING:
    from debate.referee.facts import FactSheet
    from debate.referee.referee import RuleReferee


def open_referee(sheet: "FactSheet") -> "RuleReferee":
    """A referee for a sheet; large sheets are indexed once and kept in the user's cache folder."""
    from debate.referee.referee import RuleReferee
    from debate.referee.sheets import cache_folder
    from language.inference import installed

    return RuleReferee(sheet, cache_folder(), installed() if read_settings().nli else None)


def warm_up() -> None:
    """Load the cross-encoder, where it is installed, and read one pair with it."""
    from language.inference import installed

    encoder = installed()
    if encoder is not None:
        encoder.infer("A claim.", ["A statement."])
