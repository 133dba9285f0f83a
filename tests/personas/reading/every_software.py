"""Every forum software that is read from pages, and how to draw one of its pages."""

from tests.personas.reading.board_pages import invision4, invision5, ipboard3, smf11, smf20, smf21, subsilver2
from tests.personas.reading.drawn_discussion import Software
from tests.personas.reading.forum_pages import (
    fluxbb,
    phpbb,
    phpbb30,
    vbulletin3,
    vbulletin4,
    vbulletin5,
    xenforo1,
    xenforo2,
)
from tests.personas.reading.further_pages import mybb, mybb16, tapatalk, vbulletin6, xenforo2_cards

SOFTWARE = {
    "xenforo2": Software("xenforo2", xenforo2),
    "xenforo1": Software("xenforo1", xenforo1),
    "phpbb": Software("phpbb", phpbb),
    "phpbb30": Software("phpbb", phpbb30, names_quoted_post=False),
    "fluxbb": Software("fluxbb", fluxbb, names_quoted_post=False),
    "vbulletin4": Software("vbulletin", vbulletin4),
    "vbulletin3": Software("vbulletin", vbulletin3),
    "invision4": Software("invision", invision4),
    "invision5": Software("invision", invision5),
    "smf20": Software("smf", smf20),
    "smf21": Software("smf", smf21),
    "smf11": Software("smf", smf11),
    "ipboard3": Software("invision", ipboard3),
    "vbulletin5": Software("vbulletin", vbulletin5),
    "mybb": Software("mybb", mybb),
    "mybb16": Software("mybb", mybb16),
    "xenforo2_cards": Software("xenforo2", xenforo2_cards),
    "vbulletin6": Software("vbulletin", vbulletin6),
    "tapatalk": Software("phpbb", tapatalk, names_quoted_post=False),
    "subsilver2": Software("phpbb", subsilver2, names_quoted_post=False),
}
