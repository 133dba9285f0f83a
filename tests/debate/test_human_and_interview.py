from collections.abc import Callable

from debate.interview import interview
from debate.speakers.human import HumanSpeaker
from debate.speakers.model_speaker import ModelSpeaker
from debate.speakers.port import Brief
from debate.speakers.verbatim import VerbatimSpeaker
from debate.speakers.wording import NOTHING_TO_ADD
from language.scripted import ScriptedChatModel
from tests.debate.debates_made import ANNA, BERT, make_setup, make_turn

QUESTION = "What about the old people who meet in the library in winter?"


def typed(*lines: str | None) -> tuple[Callable[[str], object], list[str]]:
    waiting, prompts = list(lines), []

    async def read_line(prompt: str) -> str | None:
        prompts.append(prompt)
        return waiting.pop(0)

    return read_line, prompts


def brief(answerable: tuple[int, ...] = (1,)) -> Brief:
    return Brief(
        setup=make_setup(),
        events=(make_turn(1, BERT, BERT.remarks[0].text),),
        speaker=ANNA,
        round=1,
        phase="reply",
        answerable=answerable,
    )


async def test_a_person_takes_a_seat() -> None:
    """What is typed is the turn, marked as a person's, and answers what was most pressing."""
    read_line, prompts = typed("  Then meet in   the town hall.\ud800 ")

    said = await HumanSpeaker(read_line).speak(brief())  # type: ignore[arg-type]

    assert (said.text, said.origin, said.yielded) == ("Then meet in the town hall.�", "human", False)
    assert said.reply_to is not None
    assert said.reply_to.speaker == "bert"
    assert prompts == ["Anna, your turn to answer Bert: "]


async def test_an_empty_line_or_the_end_passes() -> None:
    """Nobody has to say something, and nothing hangs when the person has left."""
    for line in ("   ", None):
        said = await HumanSpeaker(typed(line)[0]).speak(brief(()))  # type: ignore[arg-type]
        assert (said.text, said.yielded) == (NOTHING_TO_ADD, True)


async def test_a_persona_is_asked_in_its_own_words() -> None:
    """Without a model every sentence of the answer is the poster's."""
    said = await interview(BERT, QUESTION, VerbatimSpeaker(), motion="The library", offsets="post")

    assert said.origin == "verbatim"
    assert said.evidence
    assert all(said.text[one.spoken.start : one.spoken.end] == one.text for one in said.evidence)


async def test_a_persona_is_asked_by_a_model() -> None:
    """With a model the answer is held to the positions like any turn, and the question is material for it."""
    answer = "The library is the only warm room where old people meet in winter."
    model = ScriptedChatModel(["You are right, close the library.", answer])

    said = await interview(BERT, QUESTION, ModelSpeaker(model, VerbatimSpeaker()), motion="The library", offsets="post")

    assert (said.text, said.origin, len(said.attempts)) == (answer, "model", 1)
    assert QUESTION in model.requests[0].messages[-1].content
