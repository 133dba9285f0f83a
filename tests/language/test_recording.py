from datetime import UTC, datetime
from pathlib import Path

import pytest

from language.chat import ChatModel, ChatRequest, Message, Parameters
from language.errors import InputError, ModelUnavailable, PlaybackMiss, RateLimited
from language.recording import CallLog, PlaybackModel, RecordingModel, read_recording
from language.scripted import ScriptedChatModel, ScriptLine


def request(text: str, template: str = "turn@aaa") -> ChatRequest:
    return ChatRequest(messages=(Message(role="user", content=text),), template=template)


async def record(path: Path, model: ChatModel, requests: list[ChatRequest]) -> list[str]:
    log = CallLog(path)
    recording = RecordingModel(model, log)
    said = []
    for one in requests:
        try:
            said.append((await recording.complete(one)).text)
        except (ModelUnavailable, RateLimited) as error:
            said.append(repr(error))
    log.close()
    return said


async def test_a_run_is_played_back_word_for_word(tmp_path: Path) -> None:
    """Replies and errors come back as they were, to the same questions in any order."""
    script: list[ScriptLine] = ["One.", "Two.", RateLimited("slow", 3.0), "Three – ünïcode."]
    requests = [request("a"), request("a"), request("b"), request("c")]
    said = await record(tmp_path / "calls.jsonl", ScriptedChatModel(script), requests)

    played = PlaybackModel(read_recording(tmp_path / "calls.jsonl"), "scripted", "scripted")
    assert (await played.complete(request("c"))).text == said[3]
    assert (await played.complete(request("a"))).text == said[0]
    with pytest.raises(RateLimited) as caught:
        await played.complete(request("b"))
    assert caught.value.retry_after_s == 3.0
    assert (await played.complete(request("a"))).text == said[1]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (request("other", "turn@bbb"), "has changed since"),
        (request("other", "turn@aaa"), "filled with"),
        (request("other", "verdict@aaa"), "no call of the prompt 'verdict'"),
        (request("a").model_copy(update={"parameters": Parameters(temperature=1.0)}), "parameters differ"),
    ],
)
async def test_a_changed_prompt_misses_loudly(tmp_path: Path, changed: ChatRequest, why: str) -> None:
    """An old answer is never given to a new question, and the error says what changed."""
    await record(tmp_path / "calls.jsonl", ScriptedChatModel(["One."]), [request("a")])

    with pytest.raises(PlaybackMiss, match=why):
        await PlaybackModel(read_recording(tmp_path / "calls.jsonl"), "scripted", "x").complete(changed)


async def test_a_recorded_call_is_given_out_once(tmp_path: Path) -> None:
    """A run that asks more often than the recorded one has changed too."""
    await record(tmp_path / "calls.jsonl", ScriptedChatModel(["One."]), [request("a")])
    played = PlaybackModel(read_recording(tmp_path / "calls.jsonl"), "scripted", "x")
    await played.complete(request("a"))

    with pytest.raises(PlaybackMiss):
        await played.complete(request("a"))


async def test_a_recording_is_continued(tmp_path: Path) -> None:
    """A resumed debate writes on in the same file."""
    for text in ("a", "b"):
        await record(tmp_path / "calls.jsonl", ScriptedChatModel([text.upper()]), [request(text)])

    played = PlaybackModel(read_recording(tmp_path / "calls.jsonl"), "scripted", "x")
    assert [(await played.complete(request(text))).text for text in ("a", "b")] == ["A", "B"]


async def test_a_cut_off_last_line_is_left_out(tmp_path: Path) -> None:
    """A killed run leaves a recording that can be used; any other damage is an error with its line."""
    path = tmp_path / "calls.jsonl"
    await record(path, ScriptedChatModel(["One.", "Two."]), [request("a"), request("b")])
    whole = path.read_text(encoding="utf-8")

    path.write_text(whole[:-20], encoding="utf-8")
    assert (await PlaybackModel(read_recording(path), "scripted", "x").complete(request("a"))).text == "One."
    path.write_text("{broken\n" + whole, encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_recording(path)


def test_a_missing_recording_is_named(tmp_path: Path) -> None:
    """No traceback for a misspelt file."""
    with pytest.raises(InputError, match=r"nothing\.jsonl"):
        read_recording(tmp_path / "nothing.jsonl")


async def test_times_are_played_back(tmp_path: Path) -> None:
    """A clock that was recorded tells the same times again, and no more of them."""
    moments = iter(datetime(2026, 5, 1, 12, number, tzinfo=UTC) for number in range(3))
    log = CallLog(tmp_path / "calls.jsonl")
    clock = log.clock(lambda: next(moments))
    told = [clock() for _ in range(3)]
    log.close()

    playback = read_recording(tmp_path / "calls.jsonl")
    assert [playback.clock() for _ in range(3)] == told
    with pytest.raises(PlaybackMiss):
        playback.clock()
