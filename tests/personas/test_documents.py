"""Documents that a post pastes in are nobody's to say; own words around them are."""

import pytest

from personas.documents import pasted_documents
from personas.extraction import extract_cast
from personas.thread import Passage, Post, Thread

LAW = "All fishing from a boat between the weir and the mill is hereby forbidden for ever."
NEWS = (
    "3/14/2004 8:05:10 AM\nMost anglers want the weir gone\nA new poll finds that six in ten would pay for it.\n \n"
    "Support is strongest among those who live above the mill, and weakest in the old town."
)
OWN = "I never believed that. The weir should go, because no salmon has passed it since the war."


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        (f"Not true. There was a law.\n \n{LAW}\n \n{OWN}", [LAW]),
        (f"{OWN}\n\n{NEWS}\n\n{OWN}", NEWS.split("\n \n")),
        (
            f"{OWN}\n\n1 a : love of fish b (1) : a wish to keep them (2) : a net\n\n{OWN}",
            ["1 a : love of fish b (1) : a wish to keep them (2) : a net"],
        ),
        ("There are two reasons : money : and time.", []),
        (
            f"{OWN}\nIV\nTHE WEIR\nPrint this section\nOld.\n\nA) Origins\nOak until World War I.\n\nI doubt it.",
            ["A) Origins\nOak until World War I."],
        ),
        (
            f"{OWN}\n\nThe weir is of oak.[1] The mill is of stone,[2] they say.\n\n{OWN}",
            ["The weir is of oak.[1] The mill is of stone,[2] they say."],
        ),
        ("The weir is of oak [1]. The mill is of stone [2].", []),
        (OWN, []),
        (f"I say that fishing is hereby forbidden in my pond.\n\n{OWN}", []),
        ("The weir was built in 1870. It holds back the water.\n\nhttps://weirs.example/history", []),
        (
            "The parish history says this:\n\n"
            + "The weir was built of oak and stone in one summer. " * 5
            + "\n\nhttps://weirs.example/history\n\nThe rest is legend.",
            ["The weir was built of oak and stone in one summer. " * 5],
        ),
    ],
)
def test_documents_are_told_from_own_words(text: str, pasted: list[str]) -> None:
    """A law, a news item, a page with its address; not a statement with a link behind it, nor what "I" say."""
    assert [text[start:end].strip() for start, end in pasted_documents(text)] == [one.strip() for one in pasted]


def test_a_persona_does_not_speak_as_a_law() -> None:
    """Nothing of a pasted document is a position or a remark, and the passage is left as the thread has it."""
    text = f"There was a law about that once.\n\n{LAW}\n\n{OWN}"
    post = Post(id="1", author="Ida", passages=(Passage(kind="own", text=text),))
    thread = Thread(title="Should the weir go?", format="x", offsets="post", digest="0" * 64, posts=(post,))
    ida = extract_cast(thread).persona("ida")
    said = [one.text for one in ida.remarks] + [place.text for one in ida.positions for place in one.evidence]
    assert any("The weir should go" in one for one in said)
    assert not any("hereby" in one for one in said)
