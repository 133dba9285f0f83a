"""Rulings that a class may still guess are held back from it by the server, and nothing else is lost."""

import asyncio
import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from api.audience_view import View, Views, before_the_curtain
from api.fanout import encode_event
from debate.events import EVENT, Event, PollClosed, PollOpened, Resumed, RoundStarted, RulingMade, RulingOverruled
from debate.holding import HeldRulings
from tests.api.service_made import a_service, command, start, wait_for
from tests.debate.debates_made import ANNA, NOON, make_turn
from tests.transcripts.transcripts_made import a_header
from transcripts.store import StoredEvent
from transcripts.transcript import Transcript

GUESSES = ["supported", "contradicted", "cannot know"]


def a_pupil(client: TestClient, debate_id: str) -> dict[str, str]:
    """The headers of somebody who joined."""
    code = client.post(f"/v1/debates/{debate_id}/join-codes", json={}).json()["code"]
    token = client.post("/v1/join", json={"code": code}).json()["token"]
    client.cookies.clear()
    return {"Authorization": f"Bearer {token}"}


def everything(client: TestClient, debate_id: str, pupil: dict[str, str]) -> str:
    """All that a pupil with developer tools can ask for."""
    paths = [f"/v1/debates/{debate_id}", f"/v1/debates/{debate_id}/events"]
    paths += [f"/v1/debates/{debate_id}/transcript?format={one}" for one in ("md", "html", "json", "jsonl")]
    answers = [client.get(path, headers=pupil) for path in paths]
    assert [one.status_code for one in answers] == [200] * len(paths)
    return "".join(one.text for one in answers)


def test_a_pupil_cannot_read_a_ruling_before_the_guess_about_it_is_closed(tmp_path: Path) -> None:
    """Neither in the events nor in any transcript; the teacher can, all the time; after the guess everybody can."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        debate_id = start(client, start_paused=True)
        pupil = a_pupil(client, debate_id)
        command(client, debate_id, "resume", turns=1)
        wait_for(client, debate_id, "paused")

        def of(type: str, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
            page = client.get(f"/v1/debates/{debate_id}/events", headers=headers or {}).json()
            return [one for one in page["events"] if one["type"] == type]

        (ruling,) = of("ruling")
        for said in (ruling["explanation"], f'"{ruling["verdict"]}"', "> **Referee"):
            assert said not in everything(client, debate_id, pupil)
        assert of("ruling", pupil) == []
        assert [one["seq"] for one in of("held_back", pupil)] == [ruling["seq"]]

        poll = {"poll": "guess-1", "kind": "guess", "question": ruling["claim"], "choices": GUESSES, "holds": False}
        command(client, debate_id, "open_poll", **poll, about_seq=ruling["seq"])
        reason = "The teacher has another book"
        command(client, debate_id, "overrule", ruling_seq=ruling["seq"], verdict="not_covered", reason=reason)
        # The debate going on does not let it out as long as the class is guessing.
        command(client, debate_id, "resume", turns=1)
        wait_for(client, debate_id, "paused")
        seen = everything(client, debate_id, pupil)
        assert reason not in seen
        assert len(of("held_back", pupil)) == 3
        last = client.get(f"/v1/debates/{debate_id}/events").json()["last"]

        command(client, debate_id, "close_poll", poll="guess-1")
        page = client.get(f"/v1/debates/{debate_id}/events", params={"after": last}, headers=pupil).json()
        assert [one["type"] for one in page["events"]] == ["poll_closed"]
        assert page["released"] == [ruling, *of("ruling_overruled")]
        assert of("ruling", pupil) == [ruling]
        assert len(of("held_back", pupil)) == 1, "the ruling on the turn after it may still be guessed"


def test_a_debate_that_is_over_holds_nothing_back(tmp_path: Path) -> None:
    """Whoever looks afterwards gets the transcript that the teacher gets, and the stream gives all of it."""
    with a_service(f"sqlite:///{tmp_path / 'x.db'}") as client:
        debate_id = start(client)
        pupil = a_pupil(client, debate_id)
        wait_for(client, debate_id, "completed", "nothing_left")
        for kind in ("md", "jsonl"):
            path = f"/v1/debates/{debate_id}/transcript?format={kind}"
            assert client.get(path, headers=pupil).text == client.get(path).text
        full = client.get(f"/v1/debates/{debate_id}/events").json()["events"]
        assert client.get(f"/v1/debates/{debate_id}/events", headers=pupil).json()["events"] == full
        headers = {**pupil, "Accept": "text/event-stream"}
        streamed = client.get(f"/v1/debates/{debate_id}/events?until_end=true", headers=headers).content
        phone = Phone()
        phone.hear(streamed)
        assert [phone.events[seq] for seq in sorted(phone.events)] == full


class Phone:
    """What a phone keeps of a stream: every event once, a released one in the place that was kept for it."""

    def __init__(self) -> None:
        self.last = 0
        self.events: dict[int, dict[str, Any]] = {}

    def hear(self, chunk: bytes) -> None:
        """Take in whole frames."""
        for frame in chunk.decode().split("\n\n"):
            kind = frame.partition("\n")[0].removeprefix("event: ")
            if kind not in ("released", f"id: {self.last + 1}"):
                continue
            data = json.loads(frame.partition("data: ")[2])
            self.events[data["seq"]] = data
            if kind != "released":
                self.last = data["seq"]


def a_log(steps: list[tuple[str, int]]) -> list[Event]:
    """A log with turns, rulings, overrulings, guesses and everything that lets a debate go on."""
    log: list[Event] = []
    turns: list[int] = []
    rulings: list[RulingMade] = []
    opened: list[str] = []
    for kind, number in steps:
        stamp = {"seq": len(log) + 1, "at": NOON}
        if kind == "turn":
            turns.append(len(log) + 1)
            log.append(make_turn(len(log) + 1, ANNA, "The roof leaks."))
        elif kind == "ruling" and turns and log[-1].type in ("turn", "ruling"):
            fields = {"turn_seq": turns[-1], "claim": "The roof", "start": 0, "end": 8, "verdict": "not_covered"}
            more = {"facts": (), "explanation": "No fact.", "confidence": 0.5, "checker": "rules"}
            rulings.append(RulingMade.model_validate({**stamp, **fields, **more}))
            log.append(rulings[-1])
        elif kind == "overrule" and rulings:
            about = {"ruling_seq": rulings[number % len(rulings)].seq, "verdict": "supported", "reason": "I know"}
            log.append(RulingOverruled.model_validate({**stamp, **about, "by": "teacher"}))
        elif kind == "guess" and (rulings or turns):
            seqs = [*turns, *(one.seq for one in rulings)]
            fields = {"poll": f"g{len(log)}", "question": "?", "choices": GUESSES, "by": "teacher", "kind": "guess"}
            log.append(PollOpened.model_validate({**stamp, **fields, "about_seq": seqs[number % len(seqs)]}))
            opened.append(f"g{len(log) - 1}")
        elif kind == "close" and opened:
            poll = opened.pop(number % len(opened))
            log.append(PollClosed.model_validate({**stamp, "poll": poll, "counts": {}, "by": "teacher"}))
        elif kind == "resume":
            log.append(Resumed.model_validate({**stamp, "by": "teacher"}))
        elif kind == "round":
            log.append(RoundStarted.model_validate({**stamp, "round": 1, "title": "Round"}))
    return log


class Kept:
    """A store that has one log."""

    def __init__(self, log: list[Event]) -> None:
        self.events = [StoredEvent(seq=one.seq, type=one.type, body=EVENT.dump_json(one).decode()) for one in log]

    async def read_after(self, debate_id: str, after: int = 0, limit: int | None = None) -> list[StoredEvent]:
        """The events after a seq."""
        return self.events[after : None if limit is None else after + limit]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["turn", "ruling", "ruling", "overrule", "guess", "close", "resume", "round"]),
        st.integers(0, 20),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.lists(st.integers(0, 30), max_size=4))
def test_a_phone_that_is_cut_off_anywhere_loses_nothing(steps: list[tuple[str, int]], cuts: list[int]) -> None:
    """However often it connects again, it has each event once, in order, and at the end all that was let out."""
    log = a_log(steps)
    kept = Kept(log)

    async def listen() -> Phone:
        views = Views(kept)  # type: ignore[arg-type]
        phone = Phone()
        for cut in [*sorted(cuts), len(log)]:
            for stored in kept.events[phone.last : cut]:
                phone.hear(await views.of("d").shown(encode_event(stored)))
        return phone

    phone = asyncio.run(listen())
    assert sorted(phone.events) == [one.seq for one in log]
    rulings = HeldRulings()
    for event in log:
        rulings.take(event)
    held = {one.seq for one in rulings.held}
    for event in log:
        shown = phone.events[event.seq]
        assert shown["type"] == ("held_back" if event.seq in held else event.type)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_no_ruling_is_shown_while_the_class_guesses_about_its_turn(steps: list[tuple[str, int]]) -> None:
    """At every moment of every log: what is asked now was not told before, unless the debate had gone on by then."""
    guessed: set[str] = set()
    turn_of: dict[int, int] = {}
    secret: dict[int, set[str]] = {}
    rulings = HeldRulings()
    out: set[int] = set()
    for event in a_log(steps):
        if isinstance(event, RulingMade):
            turn_of[event.seq] = event.turn_seq
        if isinstance(event, PollOpened) and event.about_seq is not None:
            guessed.add(event.poll)
            turn = turn_of.get(event.about_seq, event.about_seq)
            for seq, about in turn_of.items():
                if about == turn and seq not in out:
                    secret.setdefault(seq, set()).add(event.poll)
        if isinstance(event, PollClosed):
            guessed.discard(event.poll)
        let_out = {one.seq for one in rulings.take(event)}
        assert not let_out & out
        out |= let_out
        assert all(not secret.get(seq, set()) & guessed for seq in out)


def test_a_view_reads_a_long_log_once() -> None:
    """Thirty phones share what was worked out for the first."""
    kept = Kept(a_log([("turn", 0), ("ruling", 0), ("resume", 0)] * 400))
    reads = 0
    read_after = kept.read_after

    async def counted(debate_id: str, after: int = 0, limit: int | None = None) -> list[StoredEvent]:
        nonlocal reads
        reads += 1
        return await read_after(debate_id, after, limit)

    kept.read_after = counted  # type: ignore[method-assign]
    whole = b"".join(encode_event(one) for one in kept.events)

    async def listen() -> None:
        view = View("d", kept)  # type: ignore[arg-type]
        shown = [await view.shown(whole) for _ in range(30)]
        assert len(set(shown)) == 1

    asyncio.run(listen())
    assert reads == 3, "1,200 events in pages of 500"


def test_a_transcript_ends_before_what_is_held_back() -> None:
    """What is handed out as a document is valid: numbered without gaps."""
    log = a_log([("turn", 0), ("ruling", 0), ("resume", 0), ("turn", 0), ("ruling", 0)])
    seen = before_the_curtain(Transcript(header=a_header(), events=tuple(log)))
    assert seen.events == tuple(log[:4])
